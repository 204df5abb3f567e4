//! The progress bar of a long check, on standard error.

use std::io::{self, IsTerminal as _, Write as _};

use crate::cli::redaction;
use crate::text;
use crate::time::{Duration, Timestamp};
use crate::world::World;

/// A shorter check shows no bar.
const DELAY: Duration = Duration::from_millis(300);
/// The time between two updates.
const UPDATE_INTERVAL: Duration = Duration::from_millis(100);
const WIDTH: u64 = 24;

/// A bar on the last line of the terminal, cleared before other output.
pub(super) struct CheckProgress<'a> {
    world: &'a dyn World,
    is_on: bool,
    label: String,
    size: Option<u64>,
    bytes: u64,
    runs: usize,
    started: Timestamp,
    drawn: Option<Timestamp>,
    is_shown: bool,
}

impl<'a> CheckProgress<'a> {
    /// A bar for a file of this size; disabled when standard error is not a terminal.
    pub(super) fn new(world: &'a dyn World, label: &str, size: Option<u64>) -> Self {
        let is_dumb = world.variable("TERM").is_some_and(|term| term == "dumb");
        let is_on = io::stderr().is_terminal() && !is_dumb;
        let label = text::cut(&redaction::redacted(&text::visible(label)), 24).into_owned();
        let (started, drawn) = (world.now(), None);
        Self { world, is_on, label, size, bytes: 0, runs: 0, started, drawn, is_shown: false }
    }

    /// Adds to the counts, and draws the bar when an update is due.
    pub(super) fn advance(&mut self, bytes: usize, runs: usize) {
        self.bytes += bytes as u64;
        self.runs += runs;
        if !self.is_on {
            return;
        }
        let now = self.world.now();
        let elapsed = now - self.started;
        if elapsed >= DELAY && self.drawn.is_none_or(|drawn| now - drawn >= UPDATE_INTERVAL) {
            self.drawn = Some(now);
            self.is_shown = true;
            write(&format!("\r{}\x1b[K", self.line(elapsed)));
        }
    }

    /// Clears the bar before other output.
    pub(super) fn clear(&mut self) {
        if self.is_shown {
            self.is_shown = false;
            write("\r\x1b[K");
        }
    }

    fn line(&self, elapsed: Duration) -> String {
        let Self { label, runs, .. } = self;
        let rate = *runs as u64 * 1000 / elapsed.millis().max(1).unsigned_abs();
        let share = self.size.filter(|size| *size > 0).map(|size| (self.bytes * 100 / size).min(100));
        let bar = share.map(|share| {
            let bar: String =
                (0..WIDTH).map(|cell| if cell * 100 < share * WIDTH { '#' } else { '.' }).collect();
            format!("[{bar}] {share:>3} %  ")
        });
        format!("{label}  {}{runs} runs, {rate} a second", bar.unwrap_or_default())
    }
}

#[expect(clippy::let_underscore_must_use, reason = "a failed update of the bar has no consequence")]
fn write(text: &str) {
    let mut err = io::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}
