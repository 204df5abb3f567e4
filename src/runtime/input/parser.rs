//! Splits what a terminal sends into tokens: a state machine, bytes in and tokens out.
//!
//! A sequence may come in pieces, so the state is kept across reads. The parser has no clock. Where a sequence is
//! incomplete, [`Parser::patience`] says how long to wait for the rest, and [`Parser::expire`] ends the wait:
//!
//! | incomplete | wait | without more bytes |
//! |---|---|---|
//! | ESC | 30 ms | the key Esc |
//! | ESC and a byte that begins longer sequences (`[ O ] P X ^ _`) | 100 ms | Alt with that character |
//! | more than that of a sequence or string | 3 s | dropped |
//! | a bracketed paste | for ever | |
//!
//! Strings (OSC, DCS, SOS, PM, APC) are only replies of the terminal. They end at ST, an OSC also at BEL, and are dropped
//! without being stored. Their first two bytes may arrive so late that ESC was delivered as a key. The rest is still
//! recognized where one read holds enough of it.
//!
//! The 8-bit forms of the introducers (C1) count only where the byte belongs to no UTF-8 character and its payload looks
//! like a reply. They are dropped, never keys.

use std::time::Duration;

use crate::keymap::Press;

use super::token::{InputToken, typed};

mod reply;
mod step;

const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;
const CAN: u8 = 0x18;
const SUB: u8 = 0x1a;
/// ST as one byte.
const C1_ST: u8 = 0x9c;

/// How long ESC alone waits for the rest of a sequence.
const ALONE: Duration = Duration::from_millis(30);
/// How long ESC and one more byte wait for the rest of a sequence. Nothing that is waited for longer can be a key.
pub(super) const ESCAPE_STARTED: Duration = Duration::from_millis(100);
/// How long the rest of a reply may take.
const REPLY: Duration = Duration::from_secs(3);

/// The longest parameters of a control sequence that are stored; no key has more.
const PARAMETERS: usize = 64;

const PASTE_END: &[u8] = b"\x1b[201~";

/// Where in a sequence the parser is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum ParserState {
    #[default]
    Ground,
    /// In a UTF-8 character that lacks so many bytes.
    Utf8 { missing: u8 },
    /// After ESC.
    Escape,
    /// After ESC and a byte that begins strings.
    Introduced(u8),
    /// After the 8-bit form of the byte that begins strings or control sequences.
    EightBit(u8),
    /// After ESC O, and perhaps a modifier.
    Ss3 { modifier: Option<u8> },
    /// After ESC [.
    Csi,
    /// After ESC [ [: a function key of the Linux console.
    Console,
    /// After ESC [ M: button, column and row as a byte each.
    Mouse,
    /// In a string, perhaps in a UTF-8 character that lacks so many bytes.
    Text { introducer: u8, missing: u8 },
    /// After ESC in a string.
    TextEscape,
    /// In a bracketed paste.
    Paste,
}

/// The state machine.
#[derive(Default)]
pub struct Parser {
    state: ParserState,
    /// The bytes of the character, parameters or paste that are not complete.
    stored: Vec<u8>,
    /// Whether another ESC came before the sequence: Alt with a key that has a sequence.
    alt: bool,
    /// Whether the sequence began with an 8-bit control or is too long, and so is not a key.
    muted: bool,
    /// The state that was given up when it had waited long enough.
    late: ParserState,
    tokens: Vec<InputToken>,
}

impl std::fmt::Debug for Parser {
    /// Without the bytes, which may be those of a pasted key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parser")
            .field("state", &self.state)
            .field("stored", &self.stored.len())
            .finish_non_exhaustive()
    }
}

impl Parser {
    /// The tokens that bytes complete.
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

    /// How long to wait for more bytes before [`Parser::expire`]; `None` where nothing is incomplete.
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

    /// The tokens of what is incomplete, when no more bytes came.
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

    /// Begins a sequence.
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

    /// A byte from 0x80 to 0x9f that is not part of a character, or any other byte that no character begins with.
    fn c1(&mut self, byte: u8) {
        self.noise();
        let Some(introducer) = reply::introducer(byte) else { return };
        self.start(ParserState::EightBit(introducer));
        self.muted = true;
    }

    fn eight_bit(&mut self, introducer: u8, byte: u8) {
        self.state = match introducer {
            _ if !reply::begins_payload(introducer, byte) => ParserState::Ground,
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
            // The end of a string whose beginning went elsewhere, and two controls that only cancel.
            b'\\' | CAN | SUB => self.noise(),
            0x00..=0x7f => self.alt_with(byte),
            0x80.. => {
                self.escape_before();
                self.start_utf8(byte);
                self.alt = matches!(self.state, ParserState::Utf8 { .. });
            }
        }
    }

    /// Delivers the ESC before the one that began a sequence, since that sequence has no form with Alt.
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
                // What comes in one go with the beginning of a reply is no input, even where the rest comes later.
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

/// How many bytes follow the first byte of a UTF-8 character of more than one.
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

/// Whether bytes are the rest of a reply whose first bytes were given up as a key.
fn is_rest(given_up: ParserState, bytes: &[u8]) -> bool {
    match (given_up, bytes) {
        (ParserState::Escape, [introducer, payload @ ..]) => reply::is_reply(*introducer, payload),
        (ParserState::Introduced(introducer), payload) => reply::is_reply(introducer, payload),
        (ParserState::Csi, payload) => reply::is_reply(b'[', payload),
        _ => false,
    }
}
