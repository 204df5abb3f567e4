//! What reaches the loops, and how answers get there.

use std::sync::mpsc::Sender;

use crate::app::editor::HiddenEntry;
use crate::app::{Msg, Pasted};

use super::input::TerminalInput;

/// Something that reached a loop.
#[derive(Debug)]
pub(super) enum Event {
    /// A key, paste or mouse event.
    Input(TerminalInput),
    /// The terminal has another size, which the loop learns as it draws.
    Resized,
    /// An answer.
    Msg(Msg),
    /// A line that was asked for; none at the end of standard input.
    Line(Option<Pasted>),
    /// A key that was asked for; none when nobody wants to type it.
    Typed(Option<HiddenEntry>),
    /// An interrupt, where it is no key.
    Interrupt,
    /// The terminal asks the program to stop for a while.
    Stop,
    /// The program was stopped and goes on.
    Continued,
    /// A thread that panicked: what it was there for will never come.
    Panic,
}

/// Sends to a loop; one that has ended needs no answers.
pub(super) fn notify(sender: &Sender<Event>, msg: Msg) {
    sender.send(Event::Msg(msg)).ok();
}
