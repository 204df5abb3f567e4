//! Splits the bytes of a terminal into tokens, with a state machine.
//!
//! A sequence may arrive in parts, so the state is kept across reads. The parser has no clock. If a
//! sequence is incomplete, [`Parser::patience`] says how long to wait for the rest, and
//! [`Parser::expire`] ends the wait:
//!
//! | incomplete | wait | without more bytes |
//! |---|---|---|
//! | ESC | 30 ms | the key Esc |
//! | ESC and a first byte of a sequence (`[ O ] P X ^ _`) | 100 ms | Alt with that character |
//! | a longer part of a sequence or string | 3 s | dropped |
//! | a bracketed paste | no limit | |
//!
//! Strings (OSC, DCS, SOS, PM, APC) are only replies of the terminal. They end at ST, an OSC also
//! at BEL, and are dropped without being stored. The rest of a string may arrive so late that its
//! first bytes were delivered as a key. The rest is still recognized if one read has enough of it.
//!
//! The 8-bit forms of the introducers (C1) count only if the byte is not part of a UTF-8 character
//! and the payload looks like a reply. They are dropped, never keys.

use std::time::Duration;

use crate::keymap::Press;

use super::token::{InputToken, typed};

mod reply;
mod step;

const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;
const CAN: u8 = 0x18;
const SUB: u8 = 0x1a;
/// The 8-bit form of ST, the end of a string.
const C1_ST: u8 = 0x9c;

/// How long ESC waits for the rest of a sequence.
const ALONE: Duration = Duration::from_millis(30);
/// How long ESC and one more byte wait for the rest of a sequence. After a longer wait, a sequence
/// is never a key.
pub(super) const ESCAPE_STARTED: Duration = Duration::from_millis(100);
/// How long the rest of a reply may take.
const REPLY: Duration = Duration::from_secs(3);

/// The most bytes of parameters of a control sequence that are stored; the sequences of keys are
/// shorter.
const PARAMETERS: usize = 64;

const PASTE_END: &[u8] = b"\x1b[201~";

/// The position of the parser in a sequence.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum ParserState {
    #[default]
    Ground,
    /// In a UTF-8 character, before its last `missing` bytes.
    Utf8 { missing: u8 },
    /// After ESC.
    Escape,
    /// After ESC and a byte that starts strings.
    Introduced(u8),
    /// After the 8-bit form of the byte that starts strings or control sequences.
    EightBit(u8),
    /// After ESC O and an optional modifier.
    Ss3 { modifier: Option<u8> },
    /// After ESC [.
    Csi,
    /// After ESC [ [: a function key of the Linux console.
    Console,
    /// After ESC [ M: button, column and row as a byte each.
    Mouse,
    /// In a string, before the last `missing` bytes of a UTF-8 character.
    Text { introducer: u8, missing: u8 },
    /// After ESC in a string.
    TextEscape,
    /// In a bracketed paste.
    Paste,
}

/// The parser, with the state of the current sequence.
#[derive(Default)]
pub struct Parser {
    state: ParserState,
    /// The bytes of an incomplete character, parameter list or paste.
    stored: Vec<u8>,
    /// Whether another ESC came before the sequence: the key is pressed with Alt.
    alt: bool,
    /// Whether the sequence started with an 8-bit control or is too long, and so is not a key.
    muted: bool,
    /// The state before the last `expire`: the rest of its sequence may still arrive.
    late: ParserState,
    tokens: Vec<InputToken>,
}

impl std::fmt::Debug for Parser {
    /// Does not print the bytes, which may be a pasted API key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parser")
            .field("state", &self.state)
            .field("stored", &self.stored.len())
            .finish_non_exhaustive()
    }
}

impl Parser {
    /// Reads bytes and returns the completed tokens.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<InputToken> {
        let late = std::mem::take(&mut self.late);
        if is_rest(late, bytes) {
            self.state = late;
        }
        for byte in bytes {
            self.step(*byte);
        }
        std::mem::take(&mut self.tokens)
    }

    /// How long to wait for more bytes before [`Parser::expire`]; `None` if no sequence is
    /// incomplete.
    pub fn patience(&self) -> Option<Duration> {
        match self.state {
            ParserState::Ground | ParserState::Paste => None,
            ParserState::Escape => Some(ALONE),
            ParserState::Introduced(_) | ParserState::Ss3 { modifier: None } | ParserState::Utf8 { .. } => {
                Some(ESCAPE_STARTED)
            }
            ParserState::Csi if self.stored.is_empty() => Some(ESCAPE_STARTED),
            ParserState::EightBit(_)
            | ParserState::Ss3 { .. }
            | ParserState::Csi
            | ParserState::Console
            | ParserState::Mouse
            | ParserState::Text { .. }
            | ParserState::TextEscape => Some(REPLY),
        }
    }

    /// Ends an incomplete sequence after the wait, and returns its tokens.
    pub fn expire(&mut self) -> Vec<InputToken> {
        let state = std::mem::take(&mut self.state);
        match state {
            ParserState::Ground => {}
            ParserState::Escape => {
                self.escape_before();
                self.tokens.push(InputToken::Control(ESC));
                self.late = state;
            }
            ParserState::Introduced(byte) => {
                self.alt_with(byte);
                self.late = state;
            }
            ParserState::Ss3 { modifier: None } => self.alt_with(b'O'),
            ParserState::Csi if self.stored.is_empty() && !self.muted => {
                self.alt_with(b'[');
                self.late = state;
            }
            ParserState::Paste => self.state = state,
            ParserState::Utf8 { .. }
            | ParserState::EightBit(_)
            | ParserState::Ss3 { .. }
            | ParserState::Csi
            | ParserState::Console
            | ParserState::Mouse
            | ParserState::Text { .. }
            | ParserState::TextEscape => self.noise(),
        }
        std::mem::take(&mut self.tokens)
    }

    fn step(&mut self, byte: u8) {
        match self.state {
            ParserState::Ground => self.ground(byte),
            ParserState::Utf8 { missing } => self.utf8(byte, missing),
            ParserState::Escape => self.escape(byte),
            ParserState::Introduced(introducer) => self.introduced(introducer, byte),
            ParserState::EightBit(introducer) => self.eight_bit(introducer, byte),
            ParserState::Ss3 { modifier } => self.ss3(modifier, byte),
            ParserState::Csi => self.csi(byte),
            ParserState::Console => self.console(byte),
            ParserState::Mouse => self.mouse(byte),
            ParserState::Text { introducer, missing } => self.text(introducer, missing, byte),
            ParserState::TextEscape => self.text_escape(byte),
            ParserState::Paste => self.paste(byte),
        }
    }

    fn ground(&mut self, byte: u8) {
        match byte {
            ESC => self.start(ParserState::Escape),
            0x00..=0x1f | 0x7f => self.tokens.push(InputToken::Control(byte)),
            0x20..=0x7e => self.tokens.push(InputToken::Char(char::from(byte))),
            0x80.. => self.start_utf8(byte),
        }
    }

    fn start(&mut self, state: ParserState) {
        self.stored.clear();
        (self.alt, self.muted) = (false, false);
        self.state = state;
    }

    fn start_utf8(&mut self, byte: u8) {
        match continuation_bytes(byte) {
            0 => self.c1(byte),
            missing => {
                self.stored.clear();
                self.stored.push(byte);
                self.state = ParserState::Utf8 { missing };
            }
        }
    }

    fn utf8(&mut self, byte: u8, missing: u8) {
        if !is_continuation(byte) {
            self.noise();
            return self.ground(byte);
        }
        self.stored.push(byte);
        if missing > 1 {
            self.state = ParserState::Utf8 { missing: missing - 1 };
            return;
        }
        let character = std::str::from_utf8(&self.stored).ok().and_then(|text| text.chars().next());
        match character {
            Some(control @ '\u{80}'..='\u{9f}') => self.c1(control as u8),
            Some(character) if std::mem::take(&mut self.alt) => {
                self.end(InputToken::Alt(Press { alt: true, ..typed(character) }));
            }
            Some(character) => self.end(InputToken::Char(character)),
            None => self.noise(),
        }
    }

    /// Handles a byte from 0x80 to 0x9f that is not part of a character, or another byte that
    /// starts no character.
    fn c1(&mut self, byte: u8) {
        self.noise();
        let Some(introducer) = reply::introducer(byte) else { return };
        self.start(ParserState::EightBit(introducer));
        self.muted = true;
    }

    fn eight_bit(&mut self, introducer: u8, byte: u8) {
        self.state = match introducer {
            _ if !reply::starts_payload(introducer, byte) => ParserState::Ground,
            b'[' => ParserState::Csi,
            _ => ParserState::Text { introducer, missing: 0 },
        };
        self.step(byte);
    }

    fn escape(&mut self, byte: u8) {
        match byte {
            ESC => {
                self.escape_before();
                self.alt = true;
            }
            b'[' => self.state = ParserState::Csi,
            b'O' => self.state = ParserState::Ss3 { modifier: None },
            b']' | b'P' | b'X' | b'^' | b'_' => self.state = ParserState::Introduced(byte),
            // The end of a string without its start, and two controls that only cancel.
            b'\\' | CAN | SUB => self.noise(),
            0x00..=0x7f => self.alt_with(byte),
            0x80.. => {
                self.escape_before();
                self.start_utf8(byte);
                self.alt = matches!(self.state, ParserState::Utf8 { .. });
            }
        }
    }

    /// Delivers the ESC before a sequence as a key, because that sequence has no form with Alt.
    fn escape_before(&mut self) {
        if std::mem::take(&mut self.alt) {
            self.tokens.push(InputToken::Control(ESC));
        }
    }

    fn alt_with(&mut self, byte: u8) {
        self.escape_before();
        self.end(InputToken::Alt(Press { alt: true, ..typed(char::from(byte)) }));
    }

    fn introduced(&mut self, introducer: u8, byte: u8) {
        match byte {
            ESC => self.state = ParserState::TextEscape,
            CAN | SUB => self.noise(),
            BEL if introducer == b']' => self.noise(),
            0x00..=0x1f => {
                self.alt_with(introducer);
                self.ground(byte);
            }
            0x20.. => {
                self.escape_before();
                // Bytes in one batch with the start of a reply are not input, even if its rest
                // arrives later.
                self.tokens.push(InputToken::Noise);
                self.state = ParserState::Text { introducer, missing: 0 };
                self.text(introducer, 0, byte);
            }
        }
    }

    fn text(&mut self, introducer: u8, missing: u8, byte: u8) {
        if missing > 0 && is_continuation(byte) {
            self.state = ParserState::Text { introducer, missing: missing - 1 };
            return;
        }
        match byte {
            ESC => self.state = ParserState::TextEscape,
            CAN | SUB | C1_ST => self.noise(),
            BEL if introducer == b']' => self.noise(),
            _ => self.state = ParserState::Text { introducer, missing: continuation_bytes(byte) },
        }
    }

    fn text_escape(&mut self, byte: u8) {
        self.noise();
        match byte {
            b'\\' => {}
            ESC => self.start(ParserState::Escape),
            _ => {
                self.start(ParserState::Escape);
                self.escape(byte);
            }
        }
    }

    fn end(&mut self, token: InputToken) {
        self.tokens.push(token);
        self.start(ParserState::Ground);
    }

    fn noise(&mut self) {
        self.end(InputToken::Noise);
    }
}

/// The number of bytes after the first byte of a UTF-8 character; 0 if the byte starts no such
/// character.
const fn continuation_bytes(byte: u8) -> u8 {
    match byte {
        0xc2..=0xdf => 1,
        0xe0..=0xef => 2,
        0xf0..=0xf4 => 3,
        _ => 0,
    }
}

const fn is_continuation(byte: u8) -> bool {
    matches!(byte, 0x80..=0xbf)
}

/// Whether bytes are the rest of a reply after its first bytes were delivered as a key.
fn is_rest(expired: ParserState, bytes: &[u8]) -> bool {
    match (expired, bytes) {
        (ParserState::Escape, [introducer, payload @ ..]) => reply::is_reply(*introducer, payload),
        (ParserState::Introduced(introducer), payload) => reply::is_reply(introducer, payload),
        (ParserState::Csi, payload) => reply::is_reply(b'[', payload),
        _ => false,
    }
}
