//! Reading a key: typed without being shown, or one line of standard input. It is never an argument.

use std::io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _};

use anyhow::{Context as _, ensure};
use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::terminal;
use secrecy::zeroize::Zeroizing;

use crate::app::editor::HiddenEntry;
use crate::cli::console::Console;
use crate::text;

/// More of a line than this is no key.
const LONGEST: u64 = 16 * 1024;

/// The key for something of this name; `None` when the person thought better of it.
pub(super) fn typed(label: &str) -> anyhow::Result<Option<HiddenEntry>> {
    if !io::stdin().is_terminal() {
        return piped().map(Some);
    }
    ensure!(
        Console::can_ask(),
        "Standard error is no terminal, so nobody can be asked. Pipe the key in instead."
    );
    let mut err = io::stderr().lock();
    // Before the question: whoever answers at once is not echoed either.
    let raw = Raw::enter()?;
    write!(err, "Key for {} (not shown, Esc gives up): ", text::visible(label))?;
    err.flush()?;
    let entry = ask();
    drop(raw);
    writeln!(err)?;
    Ok(entry?)
}

fn piped() -> anyhow::Result<HiddenEntry> {
    // As large as it may become, so that no copy of a part stays behind.
    let mut line = Zeroizing::new(String::with_capacity(usize::try_from(LONGEST)?));
    let read = io::stdin().lock().take(LONGEST).read_line(&mut line);
    read.context("Standard input holds no key")?;
    let mut entry = HiddenEntry::default();
    entry.push(line.trim_end_matches(['\n', '\r']));
    Ok(entry)
}

/// The terminal with every key for this program alone, until it is dropped.
struct Raw;

impl Raw {
    fn enter() -> io::Result<Self> {
        terminal::enable_raw_mode().map(|()| Self)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        // There is nobody left to tell.
        terminal::disable_raw_mode().ok();
    }
}

fn ask() -> io::Result<Option<HiddenEntry>> {
    let mut entry = HiddenEntry::default();
    loop {
        let Event::Key(KeyEvent { code, modifiers, kind, .. }) = event::read()? else { continue };
        if kind == KeyEventKind::Release {
            continue;
        }
        match (code, modifiers.contains(KeyModifiers::CONTROL)) {
            (KeyCode::Enter, _) => return Ok(Some(entry)),
            (KeyCode::Esc, _) | (KeyCode::Char('c'), true) => return Ok(None),
            (KeyCode::Char('d'), true) if entry.is_empty() => return Ok(None),
            (KeyCode::Char('u' | 'w'), true) => entry.clear(),
            (KeyCode::Backspace, _) => entry.pop(),
            (KeyCode::Char(typed), false) => entry.push(typed.encode_utf8(&mut [0; 4])),
            _ => {}
        }
    }
}
