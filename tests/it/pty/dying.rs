//! Every way to die: the terminal is as it was found, and unsaved work is offered at the next start.

use super::terminal::{Home, Terminal};

/// The name of a way to die, what is done to the program, and the exit code.
type Way = (&'static str, fn(&mut Terminal), u32);

const WAYS: &[Way] = &[
    ("leaving without saving", |app| app.send(b"\x1b[21~\x1b[B\r"), 0),
    ("SIGTERM", |app| app.signal("TERM"), 0),
    ("SIGHUP", |app| app.signal("HUP"), 0),
    ("SIGINT", |app| app.signal("INT"), 0),
    ("SIGQUIT", |app| app.signal("QUIT"), 0),
    // A debug build panics at Ctrl-\ when it is asked to.
    #[cfg(debug_assertions)]
    ("a panic", |app| app.send(b"\x1c"), 2),
];

#[expect(clippy::print_stdout, reason = "the table that the test is for")]
#[test]
fn each_way_to_die_leaves_the_terminal_as_found_and_the_work_on_disk() {
    for (way, die, code) in WAYS {
        let home = Home::new();
        let mut app = home.open_with(&[], &[("SEI_COMPOSE_PANIC", "1")]);
        app.see("Instance GUID");
        app.type_text("precious");
        app.see("unsaved");
        app.assert_taken();
        die(&mut app);
        assert_eq!(app.exit(), *code, "{way}");
        app.assert_left_as_found();
        assert_eq!(pushed_keyboard_flags(&app.bytes()), 0, "{way}");
        let again = home.open(&[]);
        again.see("Instance GUID");
        if *way == "leaving without saving" {
            again.see("A blank run");
            assert!(!home.path("data/recovery/1.json").exists(), "{way}");
        } else {
            again.see("Unsaved work");
            let kept = std::fs::read_to_string(home.path("data/recovery/1.json")).unwrap();
            assert!(kept.contains("precious"), "{way}: {kept}");
        }
        println!("{way:<24} exit {code}: raw mode, alternate screen, paste, mouse and cursor as found");
    }
}

/// How many sets of keyboard flags were pushed and not popped.
fn pushed_keyboard_flags(bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(bytes);
    let count = |start: &str| {
        text.match_indices(start)
            .filter(|(at, _)| {
                let rest = &text[at + start.len()..];
                rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('u')
            })
            .count()
    };
    count("\x1b[>").saturating_sub(count("\x1b[<"))
}

/// A signal does not wait behind keys: on a document where each of them takes its time, it comes before the last ones.
#[cfg(target_os = "linux")]
#[test]
fn a_signal_overtakes_the_keys_that_wait() {
    let home = Home::new();
    let step = |n: usize| format!(r#"{{"name":"step {n}"}}"#);
    let steps = (0..10_000).map(step).collect::<Vec<_>>().join(",");
    let run = format!(r#"{{"instance_guid":"","job_run":{{"stages":[{{"id":"s","steps":[{steps}]}}]}}}}"#);
    std::fs::write(home.path("run.json"), run).unwrap();
    let mut app = home.open(&["run.json"]);
    app.see("Instance GUID");
    let keys = "x\x1b[D".repeat(300);
    let before = app.bytes_read();
    app.send(keys.as_bytes());
    while app.bytes_read() < before + keys.len() as u64 {}
    app.signal("TERM");
    assert_eq!(app.exit(), 0);
    app.assert_left_as_found();
    let kept = std::fs::read_to_string(home.path("data/recovery/1.json")).unwrap_or_default();
    let typed = kept.matches('x').count();
    assert!(typed < 300, "all keys came before the signal");
}

#[test]
fn a_program_that_is_suspended_gives_the_terminal_and_takes_it_again() {
    let home = Home::new();
    let mut app = home.open(&[]);
    app.see("Instance GUID");
    app.type_text("precious");
    app.see("\"instance_guid\": \"precious\"");
    for by_signal in [true, false] {
        if by_signal {
            app.signal("TSTP");
        } else {
            app.press("F9");
            app.see("type to find");
            app.answer("suspend");
        }
        app.see_it_stopped();
        app.assert_left_as_found();
        let kept = std::fs::read_to_string(home.path("data/recovery/1.json")).unwrap();
        assert!(kept.contains("precious"), "{kept}");
        app.signal("CONT");
        app.see("precious");
        app.assert_taken();
    }
    app.type_text(" more");
    app.see("precious more");
    app.send(b"\x1b[21~\x1b[B\r");
    assert_eq!(app.exit(), 0);
    app.assert_left_as_found();
}

/// Stopped from outside, nobody gave the terminal back; what the shell made of it meanwhile is made good.
#[test]
fn a_program_that_was_stopped_from_outside_draws_all_of_itself_again() {
    let home = Home::new();
    let mut app = home.open(&[]);
    app.see("Instance GUID");
    app.signal("STOP");
    app.see_it_stopped();
    let before = app.bytes().len();
    app.signal("CONT");
    app.wait_for_bytes("all of it drawn again", move |bytes| {
        let new = String::from_utf8_lossy(&bytes[before.min(bytes.len())..]).into_owned();
        new.contains("\x1b[?1049h\x1b[m\x1b[H\x1b[2J")
            && new.contains("\x1b[?2004h")
            && new.contains("sei-compose")
    });
    app.assert_taken();
    app.type_text("x");
    app.see("unsaved");
}
