//! What a terminal without more than ASCII can show of the finished frame.
//!
//! Sentences and values are written once, for every terminal; the last step before output finds each cell a stand-in.

use ratatui::buffer::Buffer;

/// Replaces each symbol that is not ASCII by one of the same width.
pub(super) fn fold(buffer: &mut Buffer) {
    for cell in buffer.content.iter_mut().filter(|cell| !cell.symbol().is_ascii()) {
        let stand_in = cell.symbol().chars().next().map_or(' ', replacement);
        // The cell after a wide character is blank already.
        cell.set_char(stand_in);
    }
}

/// A text with a stand-in for each character that is not ASCII.
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
