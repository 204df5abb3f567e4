//! The reader of the terminal on systems with consoles that report keys, not bytes.

use std::io;

use crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};

use crate::app::Pasted;
use crate::keymap::Press;
use crate::keymap::press::{Key, Named};

use super::TerminalInput;
use super::token::InputToken;

/// Reads the console.
#[derive(Debug)]
pub(in crate::runtime) struct Keyboard(());

impl Keyboard {
    /// Reads the console of the process.
    #[expect(clippy::unnecessary_wraps, reason = "on Unix there may be no terminal")]
    pub(in crate::runtime) const fn open() -> io::Result<Self> {
        Ok(Self(()))
    }

    /// Waits for input.
    #[expect(clippy::unused_self, reason = "only the owner of the console may read it")]
    pub(in crate::runtime) fn inputs(&mut self) -> io::Result<Vec<TerminalInput>> {
        Ok(input(event::read()?).into_iter().collect())
    }

    /// Waits for tokens.
    pub(in crate::runtime) fn tokens(&mut self) -> io::Result<Vec<InputToken>> {
        Ok(self.inputs()?.into_iter().map(InputToken::Sequence).collect())
    }
}

fn input(event: Event) -> Option<TerminalInput> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => press(key).map(TerminalInput::Press),
        Event::Paste(text) => Some(TerminalInput::Paste(Pasted(text))),
        Event::Mouse(mouse) => {
            let (column, row) = (mouse.column, mouse.row);
            match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => Some(TerminalInput::Click { column, row }),
                MouseEventKind::ScrollUp => Some(TerminalInput::Wheel { column, row, down: false }),
                MouseEventKind::ScrollDown => Some(TerminalInput::Wheel { column, row, down: true }),
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
    let is_pressed = |modifier| event.modifiers.contains(modifier);
    let (ctrl, alt) = (is_pressed(KeyModifiers::CONTROL), is_pressed(KeyModifiers::ALT));
    #[expect(clippy::wildcard_enum_match_arm, reason = "all other keys have names")]
    let (key, shift) = match event.code {
        KeyCode::Char(character) if ctrl => (Key::Char(character.to_ascii_lowercase()), false),
        KeyCode::Char(character) => (Key::Char(character), false),
        KeyCode::F(number) => (Key::F(number), is_pressed(KeyModifiers::SHIFT)),
        KeyCode::BackTab => (Key::Named(Named::Tab), true),
        other => (Key::Named(named(other)?), is_pressed(KeyModifiers::SHIFT)),
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
