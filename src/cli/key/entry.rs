//! Reads a key: typed without echo, or one line of standard input. A key is never an argument.

use std::io::{self, IsTerminal as _, Write as _};

use anyhow::{Context as _, ensure};

use crate::app::editor::HiddenEntry;
use crate::cli::console::Console;
use crate::cli::redaction;
use crate::runtime::hidden::{Hidden, piped};
use crate::text;

/// Asks for the key of `label`; `None` when the user cancels.
pub(super) fn typed(label: &str) -> anyhow::Result<Option<HiddenEntry>> {
    if !io::stdin().is_terminal() {
        let entry = piped().context("Standard input holds no key")?;
        return Ok(Some(entry.unwrap_or_default()));
    }
    ensure!(
        Console::can_ask(),
        "Standard error is not a terminal, so the prompt cannot be shown. Pipe the key in instead."
    );
    let mut err = io::stderr().lock();
    let mut hidden = Hidden::enter()?;
    write!(err, "Key for {} (not shown, Esc cancels): ", redaction::redacted(&text::visible(label)))?;
    err.flush()?;
    let entry = hidden.read();
    drop(hidden);
    writeln!(err)?;
    Ok(entry?)
}
