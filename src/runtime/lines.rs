//! The streams of plain mode: a thread that reads a line on request, and standard output.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::sync::mpsc::{Sender, channel};

use crate::app::Pasted;
use crate::app::editor::HiddenEntry;

use super::Event;
use super::hidden::{Hidden, piped};

/// A request to the reading thread.
enum ReadRequest {
    Line,
    /// An API key, with the question to print.
    Hidden(String),
}

/// Standard input and output of a conversation.
pub(super) struct LineInput {
    requests: Sender<ReadRequest>,
    /// Whether standard input is a terminal, which echoes the answers with their line breaks.
    is_terminal: bool,
    is_ascii: bool,
}

impl LineInput {
    /// Starts the reading thread.
    pub(super) fn new(sender: &Sender<Event>, is_ascii: bool) -> io::Result<Self> {
        let (requests, received) = channel();
        let sender = sender.clone();
        std::thread::Builder::new().name("lines".to_owned()).spawn(move || {
            for request in received {
                let event = match request {
                    ReadRequest::Line => Event::Line(line()),
                    ReadRequest::Hidden(question) => hidden(&question),
                };
                if sender.send(event).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self { requests, is_terminal: io::stdin().is_terminal(), is_ascii })
    }

    /// Prints a text to standard output.
    pub(super) fn say(&self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        if self.is_ascii {
            out.write_all(crate::ui::in_ascii(text).as_bytes())?;
        } else {
            out.write_all(text.as_bytes())?;
        }
        out.flush()
    }

    /// Prints a question and requests a line, which arrives as an event.
    pub(super) fn ask(&self, question: &str) -> io::Result<()> {
        self.say(question)?;
        // If the thread has ended, the loop sees that its channel is closed.
        self.requests.send(ReadRequest::Line).ok();
        Ok(())
    }

    /// Prints a question and requests an API key, which arrives as an event and is not echoed.
    pub(super) fn ask_hidden(&self, question: &str) -> io::Result<()> {
        if self.is_terminal {
            self.requests.send(ReadRequest::Hidden(question.to_owned())).ok();
            return Ok(());
        }
        self.say(question)?;
        self.requests.send(ReadRequest::Hidden(String::new())).ok();
        Ok(())
    }

    /// Ends the line of a question, unless the terminal echoed the line break of the answer.
    pub(super) fn end_question(&self, is_answered: bool) -> io::Result<()> {
        if self.is_terminal && is_answered { Ok(()) } else { self.say("\n") }
    }
}

impl Drop for LineInput {
    fn drop(&mut self) {
        // A signal may have ended the program while a key was typed.
        crossterm::terminal::disable_raw_mode().ok();
    }
}

/// The next line of standard input; `None` at its end.
fn line() -> Option<Pasted> {
    let mut line = Vec::new();
    let read = io::stdin().lock().read_until(b'\n', &mut line);
    match read {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(Pasted(String::from_utf8_lossy(&line).into_owned())),
    }
}

/// An API key, or the end of input, also if the terminal cannot be read.
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
