//! The two output streams, with handling of closed pipes, color and API keys.

use std::io::{self, BufRead, IsTerminal, Write};

use super::redaction;
use crate::document::{self, Value};
use crate::text::{self, Visible};
use crate::world::World;

/// Writes results to standard output and all other messages to standard error.
pub(super) struct Console {
    color: bool,
    is_closed: bool,
    /// Whether the note about redacted keys was written.
    is_noted: bool,
}

impl Console {
    pub(super) fn new(world: &dyn World) -> Self {
        let is_plain =
            world.variable("NO_COLOR").is_some() || world.variable("TERM").is_some_and(|term| term == "dumb");
        Self { color: io::stdout().is_terminal() && !is_plain, is_closed: false, is_noted: false }
    }

    /// Whether results may use color.
    pub(super) fn has_color(&self) -> bool {
        self.color
    }

    /// The width for results: that of the terminal from 60 to 140, else 100.
    pub(super) fn columns() -> usize {
        const DEFAULT_COLUMNS: usize = 100;
        if !io::stdout().is_terminal() {
            return DEFAULT_COLUMNS;
        }
        crossterm::terminal::size()
            .map_or(DEFAULT_COLUMNS, |(columns, _)| usize::from(columns.clamp(60, 140)))
    }

    /// Whether questions are possible: standard input and standard error are terminals.
    pub(super) fn can_ask() -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Writes a result with all known keys redacted. When the reader has closed the pipe, the rest
    /// is dropped without an error.
    pub(super) fn print<'a>(&mut self, text: impl Into<Visible<'a>>) -> io::Result<()> {
        self.write(&text.into())
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        if self.is_closed {
            return Ok(());
        }
        let redactor = redaction::redactor();
        let redacted = redactor.as_ref().map(|redactor| redactor.redact(text));
        let shown = redacted.as_deref().unwrap_or(text);
        if shown != text {
            self.note_redaction();
        }
        let mut out = io::stdout().lock();
        match out.write_all(shown.as_bytes()).and_then(|()| out.flush()) {
            Err(fault) if fault.kind() == io::ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(())
            }
            other => other,
        }
    }

    /// Reports once that a key was redacted in the results.
    pub(super) fn note_redaction(&mut self) {
        if !std::mem::replace(&mut self.is_noted, true) {
            Self::say("note: The results contained an API key. The key was replaced with ••••••.");
        }
    }

    /// Writes a document of the user with all known keys redacted.
    pub(super) fn document(&mut self, document: &Value) -> io::Result<()> {
        let (document, is_redacted) = redaction::redact_document(document.clone());
        if is_redacted {
            self.note_redaction();
        }
        self.data(&document::write_pretty(&document))
    }

    /// Writes a line of a result.
    pub(super) fn line<'a>(&mut self, text: impl Into<Visible<'a>>) -> io::Result<()> {
        self.write(&format!("{}\n", text.into()))
    }

    /// Writes text of a file or a user, and a line break: unchanged to a pipe; on a terminal with a
    /// visible sign for each character that would move the cursor or change the text direction.
    pub(super) fn data(&mut self, text: &str) -> io::Result<()> {
        if io::stdout().is_terminal() {
            self.line(text::visible_lines(text))
        } else {
            self.write(&format!("{text}\n"))
        }
    }

    /// Writes a message to standard error, with all known keys and cut parts of keys redacted.
    #[expect(
        clippy::let_underscore_must_use,
        reason = "a closed standard error cannot be reported anywhere else"
    )]
    pub(super) fn say<'a>(text: impl Into<Visible<'a>>) {
        let text = text.into();
        let redactor = redaction::redactor();
        let redacted = redactor.as_ref().map(|redactor| redactor.redact_cut(&*text));
        let _ = writeln!(io::stderr().lock(), "{}", redacted.as_deref().unwrap_or(&text));
    }

    /// Asks for a line; `None` at the end of input.
    pub(super) fn ask<'a>(question: impl Into<Visible<'a>>) -> io::Result<Option<String>> {
        let question = redaction::redacted(&question.into());
        let mut err = io::stderr().lock();
        write!(err, "{question} ")?;
        err.flush()?;
        let mut answer = String::new();
        let read = io::stdin().lock().read_line(&mut answer)?;
        Ok((read > 0).then(|| answer.trim().to_owned()))
    }
}
