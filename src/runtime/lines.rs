//! Lines in and out: a thread that reads one when one is wanted, and the stream that all is said on.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::sync::mpsc::{Sender, channel};

use crate::app::Pasted;
use crate::app::editor::HiddenEntry;

use super::Event;
use super::hidden::{Hidden, piped};

/// What is to be read.
enum ReadRequest {
    Line,
    /// A key, asked for with these words.
    Hidden(String),
}

/// The two streams of a conversation.
pub(super) struct LineInput {
    orders: Sender<ReadRequest>,
    /// Whether the answers stand on a terminal, line breaks and all.
    is_terminal: bool,
    is_ascii: bool,
}

impl LineInput {
    /// Starts the thread that reads.
    pub(super) fn new(sender: &Sender<Event>, is_ascii: bool) -> io::Result<Self> {
        let (orders, wanted) = channel();
        let sender = sender.clone();
        std::thread::Builder::new().name("lines".to_owned()).spawn(move || {
            for order in wanted {
                let event = match order {
                    ReadRequest::Line => Event::Line(line()),
                    ReadRequest::Hidden(question) => hidden(&question),
                };
                if sender.send(event).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self { orders, is_terminal: io::stdin().is_terminal(), is_ascii })
    }

    /// Says something.
    pub(super) fn say(&self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        if self.is_ascii {
            out.write_all(crate::ui::in_ascii(text).as_bytes())?;
        } else {
            out.write_all(text.as_bytes())?;
        }
        out.flush()
    }

    /// Asks for a line, which will arrive as an event.
    pub(super) fn ask(&self, question: &str) -> io::Result<()> {
        self.say(question)?;
        // Without its thread nothing more comes, which is what the loop then learns.
        self.orders.send(ReadRequest::Line).ok();
        Ok(())
    }

    /// Asks for a key, which will arrive as an event and is not shown.
    pub(super) fn ask_hidden(&self, question: &str) -> io::Result<()> {
        if self.is_terminal {
            self.orders.send(ReadRequest::Hidden(question.to_owned())).ok();
            return Ok(());
        }
        self.say(question)?;
        self.orders.send(ReadRequest::Hidden(String::new())).ok();
        Ok(())
    }

    /// Ends the line of a question whose answer brought no line break with it.
    pub(super) fn end_question(&self, is_answered: bool) -> io::Result<()> {
        if self.is_terminal && is_answered { Ok(()) } else { self.say("\n") }
    }
}

impl Drop for LineInput {
    fn drop(&mut self) {
        // A signal may have come while a key was being typed.
        crossterm::terminal::disable_raw_mode().ok();
    }
}

/// The next line; `None` at the end.
fn line() -> Option<Pasted> {
    let mut line = Vec::new();
    let read = io::stdin().lock().read_until(b'\n', &mut line);
    match read {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(Pasted(String::from_utf8_lossy(&line).into_owned())),
    }
}

/// A key, or the end of input, which includes a terminal that can no longer be read.
fn hidden(question: &str) -> Event {
    if io::stdin().is_terminal() {
        typed(question).map_or(Event::Line(None), Event::Typed)
    } else {
        piped().ok().flatten().map_or(Event::Line(None), |entry| Event::Typed(Some(entry)))
    }
}

fn typed(question: &str) -> io::Result<Option<HiddenEntry>> {
    let mut hidden = Hidden::enter()?;
    let mut out = io::stdout().lock();
    out.write_all(question.as_bytes())?;
    out.flush()?;
    drop(out);
    hidden.read()
}
