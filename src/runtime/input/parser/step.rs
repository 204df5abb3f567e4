//! The steps of the parser inside control sequences and pastes.

use crate::app::Pasted;
use crate::keymap::Press;

use super::{ESC, InputToken, PARAMETERS, PASTE_END, Parser, ParserState};
use crate::runtime::input::{TerminalInput, sequence};

impl Parser {
    pub(super) fn ss3(&mut self, modifier: Option<u8>, byte: u8) {
        match byte {
            ESC => {
                self.noise();
                self.start(ParserState::Escape);
            }
            b'0'..=b'9' if modifier.is_none() => {
                self.state = ParserState::Ss3 { modifier: Some(byte - b'0') }
            }
            0x20..=0x7e => {
                let token = sequence::ss3(modifier.unwrap_or(1), byte);
                self.finish(token);
            }
            0x00..=0x1f | 0x7f => self.noise(),
            0x80.. => {
                self.noise();
                self.ground(byte);
            }
        }
    }

    pub(super) fn csi(&mut self, byte: u8) {
        match byte {
            ESC => {
                self.noise();
                self.start(ParserState::Escape);
            }
            b'[' if self.stored.is_empty() && !self.muted => self.state = ParserState::Console,
            b'M' if self.stored.is_empty() && !self.muted => self.state = ParserState::Mouse,
            // In rxvt this byte ends a key with Shift; in a reply, more bytes follow.
            b'$' if is_number(&self.stored) => self.end_csi(byte),
            0x20..=0x3f if self.stored.len() < PARAMETERS => self.stored.push(byte),
            0x20..=0x3f => self.muted = true,
            0x40..=0x7e => self.end_csi(byte),
            0x7f => {}
            0x00..=0x1f => self.noise(),
            0x80.. => {
                self.noise();
                self.ground(byte);
            }
        }
    }

    pub(super) fn end_csi(&mut self, last: u8) {
        if self.muted {
            return self.noise();
        }
        if (self.stored.as_slice(), last) == (b"200", b'~') {
            self.escape_before();
            self.start(ParserState::Paste);
            return;
        }
        let token = sequence::csi(&self.stored, last);
        self.finish(token);
    }

    pub(super) fn console(&mut self, byte: u8) {
        match byte {
            b'A'..=b'E' => {
                let token = sequence::function(u32::from(byte - b'A') + 1);
                self.finish(Some(token));
            }
            ESC => {
                self.noise();
                self.start(ParserState::Escape);
            }
            _ => self.noise(),
        }
    }

    pub(super) fn mouse(&mut self, byte: u8) {
        if byte == ESC {
            self.noise();
            return self.start(ParserState::Escape);
        }
        self.stored.push(byte);
        if let [button, column, row] = *self.stored.as_slice() {
            let token = sequence::mouse_bytes(button, column, row);
            self.finish(token);
        }
    }

    pub(super) fn paste(&mut self, byte: u8) {
        self.stored.push(byte);
        if byte == b'~' && self.stored.ends_with(PASTE_END) {
            let mut text = std::mem::take(&mut self.stored);
            text.truncate(text.len() - PASTE_END.len());
            let text = String::from_utf8(text)
                .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
            self.end(InputToken::Sequence(TerminalInput::Paste(Pasted(text))));
        }
    }

    /// Ends a sequence: a key, a mouse event, noise, or (`None`) a report that is ignored.
    pub(super) fn finish(&mut self, token: Option<InputToken>) {
        match token {
            Some(InputToken::Sequence(TerminalInput::Press(press))) => {
                let alt = press.alt || std::mem::take(&mut self.alt);
                self.end(InputToken::Sequence(TerminalInput::Press(Press { alt, ..press })));
            }
            Some(InputToken::Noise) => self.noise(),
            Some(other) => {
                self.escape_before();
                self.end(other);
            }
            None => {
                self.escape_before();
                self.start(ParserState::Ground);
            }
        }
    }
}

fn is_number(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(u8::is_ascii_digit)
}
