//! The meaning of complete escape sequences: keys of xterm, rxvt, kitty and the Linux console, and
//! mouse events.
//!
//! Each function returns the token, or `None` for an expected report that is not input, such as the
//! release of a mouse button.

use crate::keymap::Press;
use crate::keymap::press::{Key, Named};

use super::TerminalInput;
use super::token::{InputToken, typed};

/// The modifiers of a key in a sequence.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "the modifiers are independent")]
struct Modifiers {
    shift: bool,
    alt: bool,
    ctrl: bool,
    /// Super, Hyper or Meta, which the keymap does not use.
    other: bool,
    /// Whether the key is released, not pressed.
    is_release: bool,
}

impl Modifiers {
    /// Reads the parameter of a sequence: the sum of the modifier bits, plus one.
    const fn of(parameter: u32) -> Self {
        let bits = parameter.saturating_sub(1);
        Self {
            shift: bits & 1 != 0,
            alt: bits & 2 != 0,
            ctrl: bits & 4 != 0,
            other: bits & 0b11_1000 != 0,
            is_release: false,
        }
    }

    /// Reads a field like `5` or `5:3`; the second number is the kind of the event.
    fn read(field: Option<&str>) -> Option<Self> {
        let Some(field) = field.filter(|field| !field.is_empty()) else { return Some(Self::default()) };
        let (modifiers, kind) = field.split_once(':').unwrap_or((field, "1"));
        Some(Self { is_release: number(kind)? == 3, ..Self::of(number(modifiers)?) })
    }

    fn press(self, key: Key) -> Option<InputToken> {
        let press = Press { key, ctrl: self.ctrl, alt: self.alt, shift: self.shift };
        (!self.is_release).then_some(InputToken::Sequence(TerminalInput::Press(press)))
    }

    fn named(self, named: Named) -> Option<InputToken> {
        self.press(Key::Named(named))
    }

    /// The token of a function key. Some terminals send F19 for Shift-F7.
    fn function(self, number: u32) -> Option<InputToken> {
        match u8::try_from(number) {
            Ok(number @ 1..=12) => self.press(Key::F(number)),
            Ok(number @ 13..=24) => Self { shift: true, ..self }.press(Key::F(number - 12)),
            Ok(_) | Err(_) => None,
        }
    }

    /// The token of a character key; `shifted` is its character with Shift, if known.
    fn character(self, character: char, shifted: Option<char>) -> Option<InputToken> {
        if self.other {
            return None;
        }
        let character = match shifted {
            _ if self.ctrl => character.to_ascii_lowercase(),
            Some(shifted) if self.shift => shifted,
            _ if self.shift => character.to_uppercase().next().unwrap_or(character),
            _ => character,
        };
        Self { shift: false, ..self }.press(Key::Char(character))
    }
}

fn number(text: &str) -> Option<u32> {
    text.parse().ok()
}

/// The token of a function key without modifiers.
pub(super) fn function(number: u32) -> InputToken {
    Modifiers::default().function(number).unwrap_or(InputToken::Noise)
}

/// The token of a sequence that starts with ESC O.
pub(super) fn ss3(modifier: u8, last: u8) -> Option<InputToken> {
    let modifiers = Modifiers::of(u32::from(modifier));
    match last {
        b'a'..=b'd' => letter(Modifiers { ctrl: true, ..modifiers }, last.to_ascii_uppercase()),
        b'M' => modifiers.named(Named::Enter),
        b'X' => modifiers.press(Key::Char('=')),
        // The keypad in its application mode: * + , - . / and the digits.
        b'j'..=b'y' => modifiers.press(Key::Char(char::from(last - b'j' + b'*'))),
        b'R' => modifiers.function(3),
        _ => letter(modifiers, last),
    }
}

/// The token of a sequence that ends with a letter.
fn letter(modifiers: Modifiers, last: u8) -> Option<InputToken> {
    match last {
        b'A' => modifiers.named(Named::Up),
        b'B' => modifiers.named(Named::Down),
        b'C' => modifiers.named(Named::Right),
        b'D' => modifiers.named(Named::Left),
        b'F' => modifiers.named(Named::End),
        b'H' => modifiers.named(Named::Home),
        b'P' => modifiers.function(1),
        b'Q' => modifiers.function(2),
        b'S' => modifiers.function(4),
        _ => Some(InputToken::Noise),
    }
}

/// The token of a control sequence: its parameter bytes with separators, and its last byte.
pub(super) fn csi(parameters: &[u8], last: u8) -> Option<InputToken> {
    let Ok(text) = std::str::from_utf8(parameters) else { return Some(InputToken::Noise) };
    if let Some(report) = text.strip_prefix('<') {
        return mouse_decimal(report, last);
    }
    if !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b';' | b':')) {
        return Some(InputToken::Noise);
    }
    let fields: Vec<&str> = text.split(';').collect();
    match (fields.as_slice(), last) {
        // The window got or lost the focus.
        ([""], b'I' | b'O') => None,
        ([""], b'Z') => Modifiers { shift: true, ..Modifiers::default() }.named(Named::Tab),
        (["1", modifiers], b'Z') => {
            keyed(modifiers, |read| Modifiers { shift: true, ..read }.named(Named::Tab))
        }
        ([""], b'a'..=b'd') => {
            letter(Modifiers { shift: true, ..Modifiers::default() }, last.to_ascii_uppercase())
        }
        ([""], b'R') => Modifiers::default().function(3),
        // A report of the cursor in row 1 looks the same: F3 only opens a list.
        (["1", modifiers @ ("2" | "3" | "4" | "5" | "6" | "7" | "8")], b'R') => {
            keyed(modifiers, |read| read.function(3))
        }
        (_, b'R') => Some(InputToken::Noise),
        ([button, column, row], b'M') => mouse_rxvt(button, column, row),
        (["27", modifiers, code], b'~') => keyed(modifiers, |read| code_key(read, code)),
        ([code], b'u') => code_key(Modifiers::default(), code),
        ([code, modifiers] | [code, modifiers, _], b'u') => keyed(modifiers, |read| code_key(read, code)),
        ([number], b'~' | b'$' | b'^' | b'@') => {
            let (shift, ctrl) = (matches!(last, b'$' | b'@'), matches!(last, b'^' | b'@'));
            numbered(Modifiers { shift, ctrl, ..Modifiers::default() }, number)
        }
        ([number, modifiers], b'~') => keyed(modifiers, |read| numbered(read, number)),
        ([""], _) => letter(Modifiers::default(), last),
        // An old form has modifiers only.
        (["1", modifiers] | [modifiers], _) => keyed(modifiers, |read| letter(read, last)),
        _ => Some(InputToken::Noise),
    }
}

/// The token of a key with the modifiers of a field.
fn keyed(field: &str, key: impl FnOnce(Modifiers) -> Option<InputToken>) -> Option<InputToken> {
    Modifiers::read(Some(field)).map_or(Some(InputToken::Noise), key)
}

/// The token of a key that is sent as a number.
fn numbered(modifiers: Modifiers, text: &str) -> Option<InputToken> {
    let named = match number(text) {
        Some(1 | 7) => Named::Home,
        Some(2) => Named::Insert,
        Some(3) => Named::Delete,
        Some(4 | 8) => Named::End,
        Some(5) => Named::PageUp,
        Some(6) => Named::PageDown,
        Some(code @ 11..=15) => return modifiers.function(code - 10),
        Some(code @ 17..=21) => return modifiers.function(code - 11),
        Some(code @ 23..=26) => return modifiers.function(code - 12),
        Some(code @ 28..=29) => return modifiers.function(code - 13),
        Some(code @ 31..=34) => return modifiers.function(code - 14),
        _ => return Some(InputToken::Noise),
    };
    modifiers.named(named)
}

/// The token of a key that is sent as a Unicode code point, or as a code that kitty defines for
/// other keys.
fn code_key(modifiers: Modifiers, field: &str) -> Option<InputToken> {
    let mut codes = field.split(':');
    let code = codes.next().and_then(number);
    let shifted = codes.next().and_then(number).and_then(char::from_u32);
    match code {
        Some(9) => modifiers.named(Named::Tab),
        Some(13) => modifiers.named(Named::Enter),
        Some(27) => modifiers.named(Named::Esc),
        Some(127) => modifiers.named(Named::Backspace),
        Some(code @ 57_376..=57_387) => modifiers.function(code - 57_376 + 13),
        Some(code @ 57_399..=57_427) => keypad(modifiers, code),
        // Modifier, lock and media keys.
        Some(0xe000..=0xf8ff) => None,
        Some(code) => match char::from_u32(code).filter(|character| !character.is_control()) {
            Some(character) => modifiers.character(character, shifted),
            None => Some(InputToken::Noise),
        },
        None => Some(InputToken::Noise),
    }
}

fn keypad(modifiers: Modifiers, code: u32) -> Option<InputToken> {
    const CHARACTERS: &[u8] = b"0123456789./*-+\r=,";
    const NAMED: [Named; 10] = [
        Named::Left,
        Named::Right,
        Named::Up,
        Named::Down,
        Named::PageUp,
        Named::PageDown,
        Named::Home,
        Named::End,
        Named::Insert,
        Named::Delete,
    ];
    let index = usize::try_from(code - 57_399).ok()?;
    if let Some(byte) = CHARACTERS.get(index) {
        return modifiers.press(typed(char::from(*byte)).key);
    }
    NAMED.get(index - CHARACTERS.len()).and_then(|named| modifiers.named(*named))
}

/// The token of a mouse report with decimal numbers (SGR).
fn mouse_decimal(report: &str, last: u8) -> Option<InputToken> {
    let fields: Vec<Option<u32>> = report.split(';').map(number).collect();
    match (fields.as_slice(), last) {
        ([Some(button), Some(column), Some(row)], b'M') => mouse(*button, *column, *row),
        ([Some(_), Some(_), Some(_)], b'm') => None,
        _ => Some(InputToken::Noise),
    }
}

/// The token of a mouse report of rxvt: decimal numbers, with 32 added to the button.
fn mouse_rxvt(button: &str, column: &str, row: &str) -> Option<InputToken> {
    match (number(button).and_then(|button| button.checked_sub(32)), number(column), number(row)) {
        (Some(button), Some(column), Some(row)) => mouse(button, column, row),
        _ => Some(InputToken::Noise),
    }
}

/// The token of a mouse report with a byte for each number, with 32 added to each.
pub(super) fn mouse_bytes(button: u8, column: u8, row: u8) -> Option<InputToken> {
    let [button, column, row] = [button, column, row].map(|byte| byte.checked_sub(32).map(u32::from));
    match (button, column, row) {
        (Some(button), Some(column), Some(row)) => mouse(button, column, row),
        _ => Some(InputToken::Noise),
    }
}

/// The token of a mouse event; columns and rows count from 1.
fn mouse(button: u32, column: u32, row: u32) -> Option<InputToken> {
    const MOVED: u32 = 0b10_0000;
    const ALL: u32 = 0b1111_1111;
    let cell = |number: u32| number.checked_sub(1).and_then(|number| u16::try_from(number).ok());
    let (Some(column), Some(row), 0..=ALL) = (cell(column), cell(row), button) else {
        return Some(InputToken::Noise);
    };
    let input = match (button & 0b11) | ((button & 0b1100_0000) >> 4) {
        _ if button & MOVED != 0 => return None,
        0 => TerminalInput::Click { column, row },
        4 => TerminalInput::Wheel { column, row, down: false },
        5 => TerminalInput::Wheel { column, row, down: true },
        _ => return None,
    };
    Some(InputToken::Sequence(input))
}
