//! However the program ends, the terminal is as it was before.

use std::io::{Read as _, Write as _};

use portable_pty::native_pty_system;

use super::terminal::{Home, size};

#[test]
fn leaving_by_key_gives_the_terminal_back() {
    let home = Home::new();
    let mut app = home.open(&[]);
    app.see("Instance GUID");
    app.assert_taken();
    app.press("F10");
    assert_eq!(app.exit(), 0);
    app.assert_left_as_found();
}

#[test]
fn a_signal_gives_the_terminal_back_even_from_a_dialog() {
    for signal in ["TERM", "HUP", "INT"] {
        let home = Home::new();
        let mut app = home.open(&["demo", "--sample"]);
        app.see("3 errors");
        app.press("F1");
        app.see("Help");
        app.assert_taken();
        app.signal(signal);
        assert_eq!(app.exit(), 0, "{signal}");
        app.assert_left_as_found();
    }
}

#[test]
fn a_fault_before_the_first_frame_leaves_the_terminal_alone() {
    let home = Home::new();
    let app = home.open(&["no-such-draft"]);
    app.see("There is no draft called");
    assert_eq!(app.exit(), 2);
    assert!(!app.bytes().contains(&b'\x1b'), "{}", app.screen());
}

/// A terminal window that is closed: no reader, no writer, and SIGHUP from the kernel.
#[test]
fn a_terminal_that_is_gone_ends_the_program() {
    let home = Home::new();
    let pair = native_pty_system().openpty(size(120, 36)).unwrap();
    let mut child = pair.slave.spawn_command(home.command(&[], &[])).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let (mut shown, mut buffer) = (Vec::new(), [0; 4096]);
    while !String::from_utf8_lossy(&shown).contains("leave") {
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
    // A program that spins or hangs here never comes back.
    child.wait().unwrap();
    let kept = std::fs::read_to_string(home.path("data/recovery/1.json")).unwrap();
    assert!(kept.contains("precious"), "{kept}");
}
