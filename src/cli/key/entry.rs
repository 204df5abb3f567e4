//! Asking for a key: typed without being shown, or one line of standard input. It is never an argument.

use std::io::{self, IsTerminal as _, Write as _};

use anyhow::{Context as _, ensure};

use crate::app::editor::HiddenEntry;
use crate::cli::console::Console;
use crate::cli::redaction;
use crate::runtime::hidden::{Hidden, piped};
use crate::text;

/// The key for something of this name; `None` when the person thought better of it.
pub(super) fn typed(label: &str) -> anyhow::Result<Option<HiddenEntry>> {
    if !io::stdin().is_terminal() {
        let entry = piped().context("Standard input holds no key")?;
        return Ok(Some(entry.unwrap_or_default()));
    }
    ensure!(
        Console::can_ask(),
        "Standard error is no terminal, so nobody can be asked. Pipe the key in instead."
    );
    let mut err = io::stderr().lock();
    let mut hidden = Hidden::enter()?;
    write!(err, "Key for {} (not shown, Esc gives up): ", redaction::redacted(&text::visible(label)))?;
    err.flush()?;
    let entry = hidden.read();
    drop(hidden);
    writeln!(err)?;
    Ok(entry?)
}
