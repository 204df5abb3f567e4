//! What goes wrong around a program: sizes nobody told, signals at bad moments, reports that no terminal should send.

use std::io::Read as _;

use portable_pty::native_pty_system;

use super::terminal::{Home, Terminal, size};

/// Without a controlling terminal no signal tells of a new size, so that the first to learn of it is whoever draws.
#[test]
fn a_size_that_changed_unseen_is_drawn_as_it_is() {
    let home = Home::new();
    let mut command = home.command(&["demo", "--sample"], &[]);
    command.set_controlling_tty(false);
    let mut app = Terminal::start(command);
    app.see("3 errors");
    for (columns, rows, typed, shown) in [
        (60, 20, "one", "one"),
        (40, 10, "two", "this is 40x10"),
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
fn a_signal_as_the_terminal_is_taken_gives_it_back() {
    for signal in ["TERM", "HUP", "INT", "QUIT"] {
        let home = Home::new();
        let app = home.open(&["demo", "--sample"]);
        app.see_that("the alternate screen", vt100::Screen::alternate_screen);
        app.signal(signal);
        assert_eq!(app.exit(), 0, "{signal}");
        app.assert_left_as_found();
    }
}

/// The help hides the cursor, and showing it again is what fails first on a terminal that is gone.
#[test]
fn a_terminal_that_goes_while_its_cursor_is_hidden_is_no_panic() {
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
fn a_thread_that_panics_ends_the_program_and_not_only_itself() {
    let home = Home::new();
    let mut app = home.open_with(&["demo", "--sample"], &[("SEI_COMPOSE_PANIC", "1")]);
    app.see("3 errors");
    app.send(b"\x1c");
    assert_eq!(app.exit(), 2);
    app.see("A part of the program broke");
    app.assert_left_as_found();
}

#[test]
fn the_second_of_two_programs_to_save_a_draft_is_asked() {
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
fn a_start_on_the_screen_of_a_killed_program_begins_with_an_empty_one() {
    let home = Home::new();
    let left = (1..=36).fold(String::new(), |left, row| left + &format!("\x1b[{row};60Hleft by somebody"));
    let mut parser = vt100::Parser::new(36, 120, 0);
    parser.process(format!("\x1b[?1049h\x1b[42m{left}").as_bytes());
    let mut app = home.open(&[]);
    app.press("F10");
    assert_eq!(app.exit(), 0);
    app.assert_left_as_found();
    let bytes = String::from_utf8(app.bytes()).unwrap();
    let (bytes, _given_back) = bytes.split_once("\x1b[?1049l").unwrap();
    // A terminal that is in the alternate screen already does nothing about being asked for it.
    parser.process(bytes.replace("\x1b[?1049h", "").as_bytes());
    let screen = parser.screen();
    assert!(!screen.contents().contains("left by somebody"), "{}", screen.contents());
    assert_eq!(screen.cell(35, 119).unwrap().bgcolor(), vt100::Color::Default);
}
