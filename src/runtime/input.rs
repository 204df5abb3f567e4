//! Reads the keyboard and the mouse on a thread of its own, and makes messages of what they report.
//!
//! Until a bracketed paste ends, whatever is typed is part of it: a paste whose end never comes keeps the keys, not the
//! program, which draws on and ends on a signal or when its terminal is closed.

use std::io;
use std::sync::mpsc::Sender;

use crossterm::event::{self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};

use crate::app::{Msg, Pasted, Scene};
use crate::keymap::Keymap;
use crate::keymap::press::{Key, Named, Press};

use super::{Event, size_of, tell};

/// Starts the thread that reads; it asks the loop to end when the terminal is gone.
pub(super) fn watch(sender: &Sender<Event>) -> io::Result<()> {
    let sender = sender.clone();
    std::thread::Builder::new().name("input".to_owned()).spawn(move || {
        while let Ok(event) = event::read() {
            if sender.send(Event::Input(event)).is_err() {
                return;
            }
        }
        tell(&sender, Msg::Leave);
    })?;
    Ok(())
}

/// The message of a terminal event in a situation; none where it means nothing.
pub(super) fn message(event: event::Event, keymap: &Keymap, scene: Scene) -> Option<Msg> {
    match event {
        event::Event::Key(key) if key.kind != KeyEventKind::Release => key_message(key, keymap, scene),
        event::Event::Paste(text) => Some(Msg::Paste(Pasted(text))),
        event::Event::Resize(columns, rows) => Some(Msg::Resize(size_of(columns, rows))),
        event::Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                Some(Msg::Click { column: mouse.column, row: mouse.row })
            }
            MouseEventKind::ScrollUp => {
                Some(Msg::Wheel { column: mouse.column, row: mouse.row, down: false })
            }
            MouseEventKind::ScrollDown => {
                Some(Msg::Wheel { column: mouse.column, row: mouse.row, down: true })
            }
            MouseEventKind::Down(_)
            | MouseEventKind::Up(_)
            | MouseEventKind::Drag(_)
            | MouseEventKind::Moved
            | MouseEventKind::ScrollLeft
            | MouseEventKind::ScrollRight => None,
        },
        event::Event::Key(_) | event::Event::FocusGained | event::Event::FocusLost => None,
    }
}

fn key_message(key: KeyEvent, keymap: &Keymap, scene: Scene) -> Option<Msg> {
    keymap.message(scene, press(key)?)
}

/// A key as the keymap writes it.
fn press(event: KeyEvent) -> Option<Press> {
    let held = |modifier| event.modifiers.contains(modifier);
    let is_shifted = held(KeyModifiers::SHIFT);
    #[expect(clippy::wildcard_enum_match_arm, reason = "all other keys have names")]
    let (key, shift) = match event.code {
        KeyCode::Char(character) if held(KeyModifiers::CONTROL) => {
            (Key::Char(character.to_ascii_lowercase()), false)
        }
        KeyCode::Char(character) => (Key::Char(character), false),
        // Terminals without a Shift-F7 of their own send F19.
        KeyCode::F(number @ 13..=24) => (Key::F(number - 12), true),
        KeyCode::F(number) => (Key::F(number), is_shifted),
        KeyCode::BackTab => (Key::Named(Named::Tab), true),
        other => (Key::Named(named(other)?), is_shifted),
    };
    Some(Press { key, ctrl: held(KeyModifiers::CONTROL), alt: held(KeyModifiers::ALT), shift })
}

fn named(code: KeyCode) -> Option<Named> {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "keys without a name here mean nothing to the program"
    )]
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
