//! A recording of the screen in the format asciicast v2: a header line, then a line for each
//! output.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use crate::app::geometry::Size;

use super::terminal::CLEAR;

/// Restores the default colors and the cursor of the terminal that plays the recording.
const LEFT: &str = "\x1b[m\x1b[?25h";

/// The output since the last `take`.
#[derive(Debug, Clone)]
struct Tape(Arc<Mutex<Vec<u8>>>);

impl Tape {
    fn take(&self) -> String {
        let bytes = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Write for Tape {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A screen that exists only in a recording.
pub(super) struct Cast {
    terminal: Terminal<CrosstermBackend<Tape>>,
    tape: Tape,
    lines: String,
}

impl Cast {
    /// An empty recording of a screen; `started` is in seconds since 1970.
    pub(super) fn new(size: Size, started: i64) -> anyhow::Result<Self> {
        // The theme decides about colors, as on a real screen.
        crossterm::style::force_color_output(true);
        let tape = Tape(Arc::new(Mutex::new(CLEAR.as_bytes().to_vec())));
        let area = Rect::new(0, 0, size.columns, size.rows);
        let options = TerminalOptions { viewport: Viewport::Fixed(area) };
        let terminal = Terminal::with_options(CrosstermBackend::new(tape.clone()), options)?;
        let head = serde_json::json!({
            "version": 2,
            "width": size.columns,
            "height": size.rows,
            "timestamp": started,
            "title": "sei-compose",
            "env": { "TERM": "xterm-256color" },
        });
        Ok(Self { terminal, tape, lines: format!("{head}\n") })
    }

    /// Draws a frame; `at` is the time since the start.
    pub(super) fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>), at: Duration) -> anyhow::Result<()> {
        self.terminal.draw(view)?;
        let output = self.tape.take();
        if !output.is_empty() {
            self.note(at, &output);
        }
        Ok(())
    }

    /// The text of the recording, with the last frame shown until `at`.
    pub(super) fn finish(mut self, at: Duration) -> String {
        self.note(at, LEFT);
        self.lines
    }

    fn note(&mut self, at: Duration, output: &str) {
        self.lines.push_str(&serde_json::json!([seconds(at), "o", output]).to_string());
        self.lines.push('\n');
    }
}

/// Seconds, rounded to milliseconds, the precision of players.
fn seconds(at: Duration) -> f64 {
    Duration::from_millis(u64::try_from(at.as_millis()).unwrap_or(u64::MAX)).as_secs_f64()
}
