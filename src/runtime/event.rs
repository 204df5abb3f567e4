//! The events of the loops, and how threads send them.

use std::sync::mpsc::Sender;

use crate::app::editor::HiddenEntry;
use crate::app::{Msg, Pasted};

use super::input::TerminalInput;

/// An event for a loop, from any thread.
#[derive(Debug)]
pub(super) enum Event {
    Input(TerminalInput),
    /// The terminal has a new size; the loop reads the size when it draws.
    Resized,
    /// The result of an effect, or a request to exit.
    Msg(Msg),
    /// A requested line; `None` at the end of standard input.
    Line(Option<Pasted>),
    /// A requested API key; `None` if the user cancels.
    Typed(Option<HiddenEntry>),
    /// SIGINT in plain mode; in the app, Ctrl-C is a key.
    Interrupt,
    /// SIGTSTP: the program is asked to suspend.
    Stop,
    /// SIGCONT: the program was stopped and continues.
    Continued,
    /// A thread panicked: its results will never arrive.
    Panic,
}

/// Sends a message to a loop; does nothing if the loop has ended.
pub(super) fn notify(sender: &Sender<Event>, msg: Msg) {
    sender.send(Event::Msg(msg)).ok();
}
