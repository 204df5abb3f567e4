//! Failures around the program: unreported sizes, signals at bad moments, unexpected terminal
//! reports.

use std::io::Read as _;

use portable_pty::native_pty_system;

use super::terminal::{Home, Terminal, size};

/// Without a controlling terminal, no signal reports a new size; the program finds it only when it
/// draws.
#[test]
fn an_unreported_size_change_is_drawn_correctly() {
    let home = Home::new();
    let mut command = home.command(&["demo", "--sample"], &[]);
    command.set_controlling_tty(false);
    let mut app = Terminal::start(command);
    app.see("3 errors");
    for (columns, rows, typed, shown) in [
        (60, 20, "one", "one"),
        (40, 10, "two", "too small: 40x10"),
        (120, 36, "three", "onetwothree"),
        (50, 12, "four", "onetwothreefour"),
    ] {
        app.resize(columns, rows);
        app.type_text(typed);
        app.see(shown);
    }
    app.signal("TERM");
    assert_eq!(app.exit(), 0);
}

#[test]
fn a_signal_during_the_terminal_setup_restores_the_terminal() {
    for signal in ["TERM", "HUP", "INT", "QUIT"] {
        let home = Home::new();
        let app = home.open(&["demo", "--sample"]);
        app.see_that("the alternate screen", vt100::Screen::alternate_screen);
        app.signal(signal);
        assert_eq!(app.exit(), 0, "{signal}");
        app.assert_restored();
    }
}

/// The help hides the cursor, and showing it again is the first operation that fails on a closed
/// terminal.
#[test]
fn closing_a_terminal_with_a_hidden_cursor_does_not_panic() {
    let home = Home::new();
    let pair = native_pty_system().openpty(size(120, 36)).unwrap();
    let mut child = pair.slave.spawn_command(home.command(&["demo", "--sample"], &[])).unwrap();
    drop(pair.slave);
    let mut keyboard = pair.master.take_writer().unwrap();
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut screen = vt100::Parser::new(36, 120, 0);
    let mut read_until = |text: &str| {
        let mut buffer = [0; 4096];
        while !screen.screen().contents().contains(text) {
            let count = reader.read(&mut buffer).unwrap();
            assert_ne!(count, 0, "ended before it showed {text}");
            screen.process(&buffer[..count]);
        }
    };
    read_until("3 errors");
    keyboard.write_all(b"\x1bOP").unwrap();
    read_until("Review the run");
    drop((reader, keyboard, pair.master));
    assert_ne!(child.wait().unwrap().exit_code(), 101);
}

#[cfg(debug_assertions)]
#[test]
fn a_panic_in_a_thread_ends_the_program() {
    let home = Home::new();
    let mut app = home.open_with(&["demo", "--sample"], &[("SEI_COMPOSE_PANIC", "1")]);
    app.see("3 errors");
    app.send(b"\x1c");
    assert_eq!(app.exit(), 2);
    app.see("The program ended because a part of it failed");
    app.assert_restored();
}

#[test]
fn the_second_program_that_saves_a_draft_asks() {
    let home = Home::new();
    let mut first = home.open(&[]);
    first.type_text("one");
    first.press("F4");
    first.see("Save draft as");
    first.answer("shared");
    first.see("Saved as “shared”");
    let mut second = home.open(&[]);
    second.type_text("two");
    second.press("F4");
    second.see("Save draft as");
    second.answer("shared");
    second.see("That name is taken");
    second.send(b"\x1b[B\r");
    second.see("Saved as “shared”");
    first.type_text("four");
    first.press("F4");
    first.see("Another program changed “shared”");
    assert_eq!(home.draft("shared")["instance_guid"], "two");
    first.send(b"\x1b[B\r");
    first.see_no_more("Another program");
    first.see("Saved as “shared”");
    first.see_no_more("unsaved");
    assert_eq!(home.draft("shared")["instance_guid"], "onefour");
}

#[test]
fn a_start_on_the_screen_of_a_killed_program_clears_it() {
    let home = Home::new();
    let left = (1..=36).fold(String::new(), |left, row| left + &format!("\x1b[{row};60Hleft over"));
    let mut parser = vt100::Parser::new(36, 120, 0);
    parser.process(format!("\x1b[?1049h\x1b[42m{left}").as_bytes());
    let mut app = home.open(&[]);
    app.press("F10");
    assert_eq!(app.exit(), 0);
    app.assert_restored();
    let bytes = String::from_utf8(app.bytes()).unwrap();
    let (bytes, _given_back) = bytes.split_once("\x1b[?1049l").unwrap();
    // A terminal in the alternate screen ignores a second request for it.
    parser.process(bytes.replace("\x1b[?1049h", "").as_bytes());
    let screen = parser.screen();
    assert!(!screen.contents().contains("left over"), "{}", screen.contents());
    assert_eq!(screen.cell(35, 119).unwrap().bgcolor(), vt100::Color::Default);
}
