//! Replaces characters that are not ASCII in the finished frame.
//!
//! Texts are written once, for every terminal: the last step before output replaces each cell.

use ratatui::buffer::Buffer;

/// Replaces each symbol that is not ASCII with an ASCII symbol of the same width.
pub(super) fn fold(buffer: &mut Buffer) {
    for cell in buffer.content.iter_mut().filter(|cell| !cell.symbol().is_ascii()) {
        let ascii = cell.symbol().chars().next().map_or(' ', replacement);
        // The cell after a wide character is blank already.
        cell.set_char(ascii);
    }
}

/// A text with each character that is not ASCII replaced by an ASCII character.
pub fn in_ascii(text: &str) -> String {
    text.chars()
        .map(|character| if character.is_ascii() { character } else { replacement(character) })
        .collect()
}

const fn replacement(character: char) -> char {
    match character {
        '“' | '”' | '„' => '"',
        '‘' | '’' => '\'',
        '…' => '~',
        '·' | '–' | '—' | '−' | '─' => '-',
        '→' | '›' | '⟩' => '>',
        '←' | '‹' | '⟨' => '<',
        '↑' | '▲' => '^',
        '↓' => 'v',
        '×' | '✗' => 'x',
        '÷' => '/',
        '•' => '*',
        '⇧' => 'S',
        '│' => '|',
        '✓' | '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' => '+',
        '█' | '▒' => '#',
        '\u{a0}' | '\u{202f}' => ' ',
        _ => '?',
    }
}
