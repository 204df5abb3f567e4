//! The reader of the terminal on systems whose consoles report keys, not bytes.

use std::io;

use crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};

use crate::app::Pasted;
use crate::keymap::Press;
use crate::keymap::press::{Key, Named};

use super::Input;
use super::token::Token;

/// Reads the console.
#[derive(Debug)]
pub(in crate::runtime) struct Keyboard(());

impl Keyboard {
    /// Reads the console of the process.
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere there may be no terminal")]
    pub(in crate::runtime) const fn open() -> io::Result<Self> {
        Ok(Self(()))
    }

    /// Waits for input.
    #[expect(clippy::unused_self, reason = "only who holds the console may read it")]
    pub(in crate::runtime) fn inputs(&mut self) -> io::Result<Vec<Input>> {
        Ok(input(event::read()?).into_iter().collect())
    }

    /// Waits for tokens.
    pub(in crate::runtime) fn tokens(&mut self) -> io::Result<Vec<Token>> {
        Ok(self.inputs()?.into_iter().map(Token::Sequence).collect())
    }
}

fn input(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => press(key).map(Input::Press),
        Event::Paste(text) => Some(Input::Paste(Pasted(text))),
        Event::Mouse(mouse) => {
            let (column, row) = (mouse.column, mouse.row);
            match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => Some(Input::Click { column, row }),
                MouseEventKind::ScrollUp => Some(Input::Wheel { column, row, down: false }),
                MouseEventKind::ScrollDown => Some(Input::Wheel { column, row, down: true }),
                MouseEventKind::Down(_)
                | MouseEventKind::Up(_)
                | MouseEventKind::Drag(_)
                | MouseEventKind::Moved
                | MouseEventKind::ScrollLeft
                | MouseEventKind::ScrollRight => None,
            }
        }
        // The loop notices a new size when it draws.
        Event::Key(_) | Event::Resize(..) | Event::FocusGained | Event::FocusLost => None,
    }
}

fn press(event: KeyEvent) -> Option<Press> {
    let held = |modifier| event.modifiers.contains(modifier);
    let (ctrl, alt) = (held(KeyModifiers::CONTROL), held(KeyModifiers::ALT));
    #[expect(clippy::wildcard_enum_match_arm, reason = "all other keys have names")]
    let (key, shift) = match event.code {
        KeyCode::Char(character) if ctrl => (Key::Char(character.to_ascii_lowercase()), false),
        KeyCode::Char(character) => (Key::Char(character), false),
        KeyCode::F(number) => (Key::F(number), held(KeyModifiers::SHIFT)),
        KeyCode::BackTab => (Key::Named(Named::Tab), true),
        other => (Key::Named(named(other)?), held(KeyModifiers::SHIFT)),
    };
    Some(Press { key, ctrl, alt, shift })
}

fn named(code: KeyCode) -> Option<Named> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "keys without a name here have no meaning")]
    Some(match code {
        KeyCode::Enter => Named::Enter,
        KeyCode::Esc => Named::Esc,
        KeyCode::Tab => Named::Tab,
        KeyCode::Backspace => Named::Backspace,
        KeyCode::Delete => Named::Delete,
        KeyCode::Insert => Named::Insert,
        KeyCode::Up => Named::Up,
        KeyCode::Down => Named::Down,
        KeyCode::Left => Named::Left,
        KeyCode::Right => Named::Right,
        KeyCode::Home => Named::Home,
        KeyCode::End => Named::End,
        KeyCode::PageUp => Named::PageUp,
        KeyCode::PageDown => Named::PageDown,
        _ => return None,
    })
}
