//! A key as it is written in the keymap and on the screen.

use std::fmt;

/// A key with its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Press {
    /// The key itself.
    pub key: Key,
    /// Whether Control is held.
    pub ctrl: bool,
    /// Whether Alt is held.
    pub alt: bool,
    /// Whether Shift is held; never set for characters, which are what they are.
    pub shift: bool,
}

/// How the modifiers of a key are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeySpelling {
    /// `^K` and `⇧F8`, for screens.
    Short,
    /// `Ctrl-K` and `Shift-F8`, for readers who may not know the signs.
    Long,
}

/// A key without modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A character.
    Char(char),
    /// A function key.
    F(u8),
    /// A key with a name.
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

    /// Reads a key as the keymap writes it, such as `ctrl-s`.
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

/// Reads keys pressed one after the other: names apart by spaces, and text to type in single quotes.
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
                press.ok_or_else(|| format!("“{word}” is no key; text to type stands in single quotes"))?,
            );
        }
    }
    Ok(presses)
}

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
    /// The key as texts name it.
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
        let held = modifiers.into_iter().filter_map(|(is_held, name)| is_held.then_some(name));
        held.chain([key.as_str()]).collect()
    }
}

impl fmt::Display for Press {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.spell(KeySpelling::Short))
    }
}
