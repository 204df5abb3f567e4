//! The two output streams, as one place that knows about closed pipes and colour.

use std::borrow::Cow;
use std::io::{self, BufRead, IsTerminal, Write};
use std::sync::OnceLock;

use crate::wire::Secret;
use crate::world::World;

/// The keys that must not be repeated.
static HIDDEN: OnceLock<Vec<Secret>> = OnceLock::new();

fn veiled(text: &str) -> Cow<'_, str> {
    let keys = HIDDEN.get().map(Vec::as_slice).unwrap_or_default();
    if keys.is_empty() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(keys.iter().fold(text.to_owned(), |text, key| key.veil(text, false)))
}

/// Standard output for results, standard error for everything else.
pub(super) struct Console {
    colour: bool,
    is_closed: bool,
}

impl Console {
    pub(super) fn new(world: &dyn World) -> Self {
        let is_plain =
            world.variable("NO_COLOR").is_some() || world.variable("TERM").is_some_and(|term| term == "dumb");
        Self { colour: io::stdout().is_terminal() && !is_plain, is_closed: false }
    }

    /// Whether results may be coloured.
    pub(super) fn has_colour(&self) -> bool {
        self.colour
    }

    /// Columns of the screen that results are laid out for.
    pub(super) fn columns() -> usize {
        const USUAL: usize = 100;
        if !io::stdout().is_terminal() {
            return USUAL;
        }
        crossterm::terminal::size().map_or(USUAL, |(columns, _)| usize::from(columns.clamp(60, 140)))
    }

    /// Whether a person can be asked: they type here and see what is asked.
    pub(super) fn can_ask() -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Writes a result. A reader that went away has seen enough: that is no fault, and the rest is dropped.
    pub(super) fn print(&mut self, text: &str) -> io::Result<()> {
        if self.is_closed {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(fault) if fault.kind() == io::ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(())
            }
            other => other,
        }
    }

    /// Writes what is said of a file, with dots in the place of keys that are at hand: a report quotes, and its reader
    /// is often a log.
    pub(super) fn report(&mut self, text: &str) -> io::Result<()> {
        self.print(&veiled(text))
    }

    /// Keeps keys out of reports, and out of all that is said beside results, from now on.
    pub(super) fn hide(keys: Vec<Secret>) {
        // Set once for each run of the program; a second set would be of the same keys.
        HIDDEN.set(keys).ok();
    }

    /// Writes a line of a result.
    pub(super) fn line(&mut self, text: &str) -> io::Result<()> {
        self.print(&format!("{text}\n"))
    }

    /// Writes what a file or a person gave, and a line break: into a pipe as it is; on a terminal with a visible sign for
    /// each character that would move its cursor or turn its text round.
    pub(super) fn data(&mut self, text: &str) -> io::Result<()> {
        if !io::stdout().is_terminal() {
            return self.line(text);
        }
        let lines: Vec<_> = text.split('\n').map(crate::text::visible).collect();
        self.line(&lines.join("\n"))
    }

    /// Says something to the person beside the results.
    #[expect(
        clippy::let_underscore_must_use,
        reason = "there is no other place to say that this place is closed"
    )]
    pub(super) fn say(text: &str) {
        let _ = writeln!(io::stderr().lock(), "{}", veiled(text));
    }

    /// Asks for a line; `None` at the end of input.
    pub(super) fn ask(question: &str) -> io::Result<Option<String>> {
        let mut err = io::stderr().lock();
        write!(err, "{question} ")?;
        err.flush()?;
        let mut answer = String::new();
        let read = io::stdin().lock().read_line(&mut answer)?;
        Ok((read > 0).then(|| answer.trim().to_owned()))
    }
}
