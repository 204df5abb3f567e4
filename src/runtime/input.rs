//! Terminal input: bytes from the terminal become keys, pastes and mouse events.
//!
//! ```text
//!  terminal ──bytes──> Keyboard ──> parser ──tokens──> burst ──inputs──> loop ──keymap──> Msg
//! ```
//!
//! The [`parser`] splits the bytes into tokens and knows every escape sequence that is a key. The
//! parser consumes everything else a terminal may send, such as late replies to queries of a
//! previous program. The [`burst`] module decides whether bytes that arrived together are keys or a
//! paste. Both are pure. The keyboard is the only reader of the terminal: the
//! [`hidden`](super::hidden) prompt uses it too.
//!
//! A bracketed paste ends only with its end marker. Until then all keys are part of the paste, and
//! signals still end the program.

use std::io;
use std::sync::mpsc::Sender;

use crate::app::{Msg, Pasted, Scene};
use crate::keymap::{Keymap, Press};

use super::{Event, notify};

pub mod burst;
#[cfg(not(unix))]
mod console;
pub mod parser;
mod sequence;
pub mod token;
#[cfg(unix)]
mod tty;

#[cfg(not(unix))]
pub(super) use console::Keyboard;
#[cfg(unix)]
pub(super) use tty::Keyboard;

/// An action of the user at the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalInput {
    /// A key was pressed.
    Press(Press),
    /// Text was pasted, with or without the brackets of a paste.
    Paste(Pasted),
    /// The left mouse button was pressed over a cell.
    Click {
        /// Column, from 0.
        column: u16,
        /// Row, from 0.
        row: u16,
    },
    /// The mouse wheel was turned over a cell.
    Wheel {
        /// Column, from 0.
        column: u16,
        /// Row, from 0.
        row: u16,
        /// Whether the wheel was turned down, towards the user.
        down: bool,
    },
}

/// The key at which the input thread panics in tests: Ctrl-\.
const PANIC: TerminalInput = TerminalInput::Press(token::control(0x1c));

/// Starts the input thread, which sends `Exit` to the loop when the terminal is gone.
///
/// With `panics`, Ctrl-\ makes the thread panic, for the tests of a panic.
pub(super) fn watch(sender: &Sender<Event>, panics: bool) -> io::Result<()> {
    let mut keyboard = Keyboard::open()?;
    let sender = sender.clone();
    std::thread::Builder::new().name("input".to_owned()).spawn(move || {
        while let Ok(inputs) = keyboard.inputs() {
            assert!(!panics || !inputs.contains(&PANIC), "a panic was requested");
            for input in inputs {
                if sender.send(Event::Input(input)).is_err() {
                    return;
                }
            }
        }
        notify(&sender, Msg::Exit);
    })?;
    Ok(())
}

/// The message of an input in a scene; `None` if the input has no meaning there.
pub fn message(input: TerminalInput, keymap: &Keymap, scene: Scene) -> Option<Msg> {
    match input {
        TerminalInput::Press(press) => keymap.message(scene, press),
        TerminalInput::Paste(text) => Some(Msg::Paste(text)),
        TerminalInput::Click { column, row } => Some(Msg::Click { column, row }),
        TerminalInput::Wheel { column, row, down } => Some(Msg::Wheel { column, row, down }),
    }
}
