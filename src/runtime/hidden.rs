//! Reading a key: typed without being shown, or one line of standard input.

use std::io::{self, BufRead as _, Read as _};

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::terminal;
use secrecy::zeroize::Zeroizing;

use crate::app::editor::HiddenEntry;

/// More of a line than this is no key.
const LONGEST: usize = 16 * 1024;

/// The terminal with every key for this program alone, until it is dropped.
#[derive(Debug)]
pub struct Hidden(());

impl Hidden {
    /// Takes the keys. To be done before anything is asked, so that whoever answers at once is not echoed either.
    pub fn enter() -> io::Result<Self> {
        terminal::enable_raw_mode().map(|()| Self(()))
    }

    /// What is typed up to Enter; `None` when the person thought better of it.
    pub fn read(&self) -> io::Result<Option<HiddenEntry>> {
        let mut entry = HiddenEntry::default();
        loop {
            let Event::Key(KeyEvent { code, modifiers, kind, .. }) = event::read()? else { continue };
            if kind == KeyEventKind::Release {
                continue;
            }
            match (code, modifiers.contains(KeyModifiers::CONTROL)) {
                // What was typed before the question was there ends in a line feed.
                (KeyCode::Enter, _) | (KeyCode::Char('j'), true) => return Ok(Some(entry)),
                (KeyCode::Esc, _) | (KeyCode::Char('c'), true) => return Ok(None),
                (KeyCode::Char('d'), true) if entry.is_empty() => return Ok(None),
                (KeyCode::Char('u' | 'w'), true) => entry.clear(),
                (KeyCode::Backspace, _) => entry.pop(),
                (KeyCode::Char(typed), false) => entry.push(typed.encode_utf8(&mut [0; 4])),
                _ => {}
            }
        }
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        // There is nobody left to tell.
        terminal::disable_raw_mode().ok();
    }
}

/// A line of standard input that holds a key, without leaving copies in memory; `None` at the end of input.
pub fn piped() -> io::Result<Option<HiddenEntry>> {
    let mut line = Zeroizing::new(String::with_capacity(LONGEST));
    if io::stdin().lock().take(LONGEST as u64).read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut entry = HiddenEntry::default();
    entry.push(line.trim_end_matches(['\n', '\r']));
    Ok(Some(entry))
}
