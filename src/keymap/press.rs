//! Keys with their modifiers: their spelling in the keymap and on screen.

use std::fmt;

/// A key with its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Press {
    /// The key without its modifiers.
    pub key: Key,
    /// Whether Control is pressed too.
    pub ctrl: bool,
    /// Whether Alt is pressed too.
    pub alt: bool,
    /// Whether Shift is pressed too; never set for characters, which include Shift.
    pub shift: bool,
}

/// The spelling of the modifiers of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeySpelling {
    /// `^K` and `⇧F8`, for screens.
    Short,
    /// `Ctrl-K` and `Shift-F8`, for readers who do not know the signs.
    Long,
}

/// A key without modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A printable character.
    Char(char),
    /// A function key by number, from 1 to 24.
    F(u8),
    /// A key that has a name.
    Named(Named),
}

macro_rules! named {
    ($($variant:ident, $word:literal, $shown:literal;)*) => {
        /// The keys that have names.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Named { $(#[doc = concat!("`", $word, "`")] $variant,)* }

        impl Named {
            fn read(word: &str) -> Option<Self> { match word { $($word => Some(Self::$variant),)* _ => None } }

            const fn shown(self) -> &'static str { match self { $(Self::$variant => $shown,)* } }
        }
    };
}

named! {
    Enter, "enter", "Enter";
    Esc, "esc", "Esc";
    Tab, "tab", "Tab";
    Backspace, "backspace", "Backspace";
    Delete, "delete", "Del";
    Insert, "insert", "Ins";
    Up, "up", "↑";
    Down, "down", "↓";
    Left, "left", "←";
    Right, "right", "→";
    Home, "home", "Home";
    End, "end", "End";
    PageUp, "pageup", "PgUp";
    PageDown, "pagedown", "PgDn";
}

impl Press {
    /// A key without modifiers.
    pub const fn plain(key: Key) -> Self {
        Self { key, ctrl: false, alt: false, shift: false }
    }

    /// Reads a key in the spelling of the keymap, such as `ctrl-s`.
    pub fn read(text: &str) -> Option<Self> {
        let mut rest = text;
        let mut press = Self::plain(Key::Char(' '));
        loop {
            if let Some(after) = rest.strip_prefix("ctrl-") {
                (press.ctrl, rest) = (true, after);
            } else if let Some(after) = rest.strip_prefix("alt-") {
                (press.alt, rest) = (true, after);
            } else if let Some(after) = rest.strip_prefix("shift-") {
                (press.shift, rest) = (true, after);
            } else {
                break;
            }
        }
        press.key = key(rest)?;
        Some(press)
    }
}

/// Reads a sequence of keys: names separated by spaces, and text to type in single quotes.
pub fn read_all(line: &str) -> Result<Vec<Press>, String> {
    let mut presses = Vec::new();
    for (index, part) in line.split('\'').enumerate() {
        if index % 2 == 1 {
            presses.extend(part.chars().map(|character| Press::plain(Key::Char(character))));
            continue;
        }
        for word in part.split_whitespace() {
            let press = Press::read(word);
            presses.push(
                press.ok_or_else(|| format!("“{word}” is not a key. {KEYS}; text needs single quotes"))?,
            );
        }
    }
    Ok(presses)
}

/// Samples of key names.
const KEYS: &str = "Keys: f5, ctrl-s, pageup, delete, up …";

fn key(text: &str) -> Option<Key> {
    if let Some(named) = Named::read(text) {
        return Some(Key::Named(named));
    }
    if let Some(number) = text.strip_prefix('f').and_then(|number| number.parse().ok()) {
        return (1..=24).contains(&number).then_some(Key::F(number));
    }
    if text == "space" {
        return Some(Key::Char(' '));
    }
    let mut characters = text.chars();
    let first = characters.next()?;
    characters.next().is_none().then_some(Key::Char(first))
}

impl Press {
    /// The name of the key with its modifiers, for texts.
    pub fn spell(self, spelling: KeySpelling) -> String {
        let (ctrl, shift) = match spelling {
            KeySpelling::Short => ("^", "⇧"),
            KeySpelling::Long => ("Ctrl-", "Shift-"),
        };
        let key = match self.key {
            Key::Char(' ') => "Space".to_owned(),
            Key::Char(character) if self.ctrl => character.to_uppercase().to_string(),
            Key::Char(character) => character.to_string(),
            Key::F(number) => format!("F{number}"),
            Key::Named(named) => named.shown().to_owned(),
        };
        let modifiers = [(self.ctrl, ctrl), (self.alt, "Alt-"), (self.shift, shift)];
        let pressed = modifiers.into_iter().filter_map(|(is_pressed, name)| is_pressed.then_some(name));
        pressed.chain([key.as_str()]).collect()
    }
}

impl fmt::Display for Press {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.spell(KeySpelling::Short))
    }
}
