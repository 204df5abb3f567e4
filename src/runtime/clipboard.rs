//! The clipboard, through the terminal: OSC 52 also works over SSH, where local clipboard programs
//! do not.

use crate::text::base64;

/// The sequence that copies a text to the clipboard of the terminal.
///
/// Inside tmux the request is sent twice: tmux handles the first if it keeps the clipboard itself,
/// and passes the second on if it allows programs to write to its terminal.
pub fn sequence(text: &str, is_tmux: bool) -> String {
    let plain = format!("\x1b]52;c;{}\x07", base64(text.as_bytes()));
    if is_tmux { format!("{plain}\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b")) } else { plain }
}
