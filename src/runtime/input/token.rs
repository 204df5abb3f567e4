//! The units of terminal input, and the keys of plain bytes.

use crate::keymap::Press;
use crate::keymap::press::{Key, Named};

use super::TerminalInput;

const ESC: u8 = 0x1b;

/// The smallest unit of terminal input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputToken {
    /// A printable character, sent without an escape sequence.
    Char(char),
    /// A control byte below 0x20, or DEL, sent without an escape sequence.
    Control(u8),
    /// ESC with a character or control byte: a key with Alt.
    Alt(Press),
    /// A key, paste or mouse event that has an escape sequence.
    Sequence(TerminalInput),
    /// Bytes that are not input: a reply, an unknown or incomplete sequence, bytes that are not
    /// UTF-8.
    Noise,
}

impl InputToken {
    /// The key of the token; `None` for pastes, mouse events and noise.
    pub fn press(&self) -> Option<Press> {
        match self {
            Self::Char(character) => Some(typed(*character)),
            Self::Control(byte) => Some(control(*byte)),
            Self::Alt(press) | Self::Sequence(TerminalInput::Press(press)) => Some(*press),
            Self::Sequence(_) | Self::Noise => None,
        }
    }
}

/// The key of a character that was sent without an escape sequence.
pub(super) const fn typed(character: char) -> Press {
    if character.is_ascii_control() { control(character as u8) } else { Press::plain(Key::Char(character)) }
}

pub(super) const fn control(byte: u8) -> Press {
    let key = match byte {
        b'\r' => return Press::plain(Key::Named(Named::Enter)),
        b'\t' => return Press::plain(Key::Named(Named::Tab)),
        ESC => return Press::plain(Key::Named(Named::Esc)),
        0x7f => return Press::plain(Key::Named(Named::Backspace)),
        0x01..=0x1a => byte - 0x01 + b'a',
        0x1c..=0x1f => byte - 0x1c + b'4',
        _ => b' ',
    };
    Press { ctrl: true, ..Press::plain(Key::Char(key as char)) }
}
