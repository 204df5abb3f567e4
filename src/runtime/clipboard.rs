//! The clipboard, by way of the terminal: OSC 52, which also works over SSH, where no program here could reach it.

use crate::text::base64;

/// What asks a terminal to put a text on the clipboard. Inside tmux it is asked twice: tmux takes the first where it
/// keeps the clipboard itself, and hands the second on where it lets programs speak to its terminal.
pub fn sequence(text: &str, is_tmux: bool) -> String {
    let plain = format!("\x1b]52;c;{}\x07", base64(text.as_bytes()));
    if is_tmux { format!("{plain}\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b")) } else { plain }
}
