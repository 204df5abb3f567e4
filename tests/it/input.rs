//! Tests of `runtime::input`: bytes in, keys, pastes and mouse events out.
#![expect(clippy::indexing_slicing, reason = "a test stops at the first surprise")]

mod burst;
mod keys;
pub(crate) mod noise;
mod reply;

use std::time::Duration;

use sei_compose::app::Pasted;
use sei_compose::keymap::Press;
use sei_compose::keymap::press::read_all;
use sei_compose::runtime::input::TerminalInput;
use sei_compose::runtime::input::burst::resolve;
use sei_compose::runtime::input::parser::Parser;
use sei_compose::runtime::input::token::InputToken;

/// The longest wait for the rest of a key.
const KEY_WAIT: Duration = Duration::from_millis(100);

/// A terminal that sends bytes with pauses between them.
#[derive(Default)]
pub(crate) struct Sender {
    parser: Parser,
    held: Vec<InputToken>,
    inputs: Vec<TerminalInput>,
}

impl Sender {
    /// Feeds the bytes of one read.
    pub(crate) fn read(&mut self, bytes: &[u8]) -> &mut Self {
        self.held.extend(self.parser.feed(bytes));
        if self.parser.patience().is_none_or(|patience| patience > KEY_WAIT) {
            self.deliver();
        }
        self
    }

    /// A pause without bytes.
    pub(crate) fn pause(&mut self, millis: u64) -> &mut Self {
        if self.parser.patience().is_some_and(|patience| patience <= Duration::from_millis(millis)) {
            self.held.extend(self.parser.expire());
            self.deliver();
        }
        self
    }

    fn deliver(&mut self) {
        self.inputs.extend(resolve(std::mem::take(&mut self.held), 0));
    }

    pub(crate) fn inputs(&mut self) -> Vec<TerminalInput> {
        std::mem::take(&mut self.inputs)
    }
}

/// The inputs of bytes that arrive in one read, with nothing after them.
fn inputs(bytes: &[u8]) -> Vec<TerminalInput> {
    Sender::default().read(bytes).pause(60_000).inputs()
}

/// Keys in the notation of the keymap.
fn keys(line: &str) -> Vec<TerminalInput> {
    read_all(line).unwrap().into_iter().map(TerminalInput::Press).collect()
}

fn key(name: &str) -> Vec<TerminalInput> {
    vec![TerminalInput::Press(Press::read(name).unwrap())]
}

fn pasted(text: &str) -> Vec<TerminalInput> {
    vec![TerminalInput::Paste(Pasted(text.to_owned()))]
}
