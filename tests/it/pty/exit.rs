//! The program always restores the terminal at its end.

use std::io::{Read as _, Write as _};

use portable_pty::native_pty_system;

use super::terminal::{Home, size};

#[test]
fn quitting_by_key_restores_the_terminal() {
    let home = Home::new();
    let mut app = home.open(&[]);
    app.see("Instance GUID");
    app.assert_set_up();
    app.press("F10");
    assert_eq!(app.exit(), 0);
    app.assert_restored();
}

#[test]
fn a_signal_restores_the_terminal_even_from_a_dialog() {
    for signal in ["TERM", "HUP", "INT"] {
        let home = Home::new();
        let mut app = home.open(&["demo", "--sample"]);
        app.see("3 errors");
        app.press("F1");
        app.see("Help");
        app.assert_set_up();
        app.signal(signal);
        assert_eq!(app.exit(), 0, "{signal}");
        app.assert_restored();
    }
}

#[test]
fn an_error_before_the_first_frame_does_not_change_the_terminal() {
    let home = Home::new();
    let app = home.open(&["no-such-draft"]);
    app.see("Unknown draft");
    assert_eq!(app.exit(), 2);
    assert!(!app.bytes().contains(&b'\x1b'), "{}", app.screen());
}

/// A closed terminal window: no reader, no writer, and SIGHUP from the kernel.
#[test]
fn a_closed_terminal_ends_the_program() {
    let home = Home::new();
    let pair = native_pty_system().openpty(size(120, 36)).unwrap();
    let mut child = pair.slave.spawn_command(home.command(&[], &[])).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let (mut shown, mut buffer) = (Vec::new(), [0; 4096]);
    while !String::from_utf8_lossy(&shown).contains("quit") {
        let count = reader.read(&mut buffer).unwrap();
        assert_ne!(count, 0, "ended before its first frame");
        shown.extend_from_slice(&buffer[..count]);
    }
    let mut keyboard = pair.master.take_writer().unwrap();
    keyboard.write_all(b"precious").unwrap();
    let mut parser = vt100::Parser::new(36, 120, 0);
    while !parser.screen().contents().contains("precious") {
        parser.process(&shown);
        let count = reader.read(&mut buffer).unwrap();
        shown = buffer[..count].to_vec();
    }
    drop((reader, keyboard, pair.master));
    // A program in an endless loop never exits here.
    child.wait().unwrap();
    let kept = std::fs::read_to_string(home.path("data/recovery/1.json")).unwrap();
    assert!(kept.contains("precious"), "{kept}");
}
