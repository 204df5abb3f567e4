//! Reads an API key: typed without echo, or from one line of standard input.

use std::io::{self, BufRead as _, Read as _};

use crossterm::terminal;
use secrecy::zeroize::Zeroizing;

use crate::app::editor::HiddenEntry;
use crate::keymap::Press;
use crate::keymap::press::{Key, Named};

use super::input::token::InputToken;
use super::input::{Keyboard, TerminalInput};

/// The most bytes of a line that are read: a longer line is not a key.
const LONGEST: usize = 16 * 1024;

/// The terminal in raw mode, until this value is dropped.
#[derive(Debug)]
pub struct Hidden(Keyboard);

impl Hidden {
    /// Enters raw mode. Call this before the question is printed, so that an early answer is not
    /// echoed.
    pub fn enter() -> io::Result<Self> {
        let keyboard = Keyboard::open()?;
        terminal::enable_raw_mode().map(|()| Self(keyboard))
    }

    /// The text typed up to Enter; `None` if the user cancels.
    ///
    /// A line break ends the answer even if it arrives together with the text before it.
    pub fn read(&mut self) -> io::Result<Option<HiddenEntry>> {
        let mut entry = HiddenEntry::default();
        loop {
            for token in self.0.tokens()? {
                if let InputToken::Sequence(TerminalInput::Paste(text)) = &token {
                    entry.push(text.0.trim_matches(['\n', '\r']));
                }
                let Some(press) = token.press() else { continue };
                match read_key_press(press, &mut entry) {
                    HiddenInput::More => {}
                    HiddenInput::Done => return Ok(Some(entry)),
                    HiddenInput::GivenUp => return Ok(None),
                }
            }
        }
    }
}

/// The state of the answer after a key.
enum HiddenInput {
    More,
    Done,
    GivenUp,
}

fn read_key_press(press: Press, entry: &mut HiddenEntry) -> HiddenInput {
    match (press.key, press.ctrl) {
        // Text that was typed before raw mode ends with a line feed.
        (Key::Named(Named::Enter), _) | (Key::Char('j'), true) => return HiddenInput::Done,
        (Key::Named(Named::Esc), _) | (Key::Char('c'), true) => return HiddenInput::GivenUp,
        (Key::Char('d'), true) if entry.is_empty() => return HiddenInput::GivenUp,
        (Key::Char('u' | 'w'), true) => entry.clear(),
        (Key::Named(Named::Backspace), _) => entry.pop(),
        (Key::Char(typed), false) => entry.push(typed.encode_utf8(&mut [0; 4])),
        (Key::Char(_) | Key::F(_) | Key::Named(_), _) => {}
    }
    HiddenInput::More
}

impl Drop for Hidden {
    fn drop(&mut self) {
        // A fault cannot be reported here.
        terminal::disable_raw_mode().ok();
    }
}

/// Reads a key from a line of standard input, without copies in memory; `None` at the end of input.
pub fn piped() -> io::Result<Option<HiddenEntry>> {
    let mut line = Zeroizing::new(String::with_capacity(LONGEST));
    if io::stdin().lock().take(LONGEST as u64).read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut entry = HiddenEntry::default();
    entry.push(line.trim_end_matches(['\n', '\r']));
    Ok(Some(entry))
}
