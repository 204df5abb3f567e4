//! The clipboard, by way of the terminal: OSC 52, which also works over SSH, where no program here could reach it.

/// The letters of base64.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// What asks a terminal to put a text on the clipboard. Inside tmux it is asked twice: tmux takes the first where it
/// keeps the clipboard itself, and hands the second on where it lets programs speak to its terminal.
pub fn sequence(text: &str, is_tmux: bool) -> String {
    let plain = format!("\x1b]52;c;{}\x07", base64(text.as_bytes()));
    if is_tmux { format!("{plain}\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b")) } else { plain }
}

fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let word =
            (0..3).fold(0, |word, index| (word << 8) | u32::from(three.get(index).copied().unwrap_or(0)));
        for index in 0..4_usize {
            let six = usize::try_from((word >> (18 - 6 * index)) & 63).unwrap_or_default();
            let letter = LETTERS.get(six).filter(|_| index <= three.len());
            out.push(letter.map_or('=', |letter| char::from(*letter)));
        }
    }
    out
}
