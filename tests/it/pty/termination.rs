//! Every ending to end the program: the terminal is restored, and the next start offers the unsaved
//! work.

use super::terminal::{Home, Terminal};

/// The name of an ending, its action on the program, and the exit code.
type Ending = (&'static str, fn(&mut Terminal), u32);

const ENDINGS: &[Ending] = &[
    ("leaving without saving", |app| app.send(b"\x1b[21~\x1b[B\r"), 0),
    ("SIGTERM", |app| app.signal("TERM"), 0),
    ("SIGHUP", |app| app.signal("HUP"), 0),
    ("SIGINT", |app| app.signal("INT"), 0),
    ("SIGQUIT", |app| app.signal("QUIT"), 0),
    // With this variable, a debug build panics at Ctrl-\.
    #[cfg(debug_assertions)]
    ("a panic", |app| app.send(b"\x1c"), 2),
];

#[expect(clippy::print_stdout, reason = "the table that the test is for")]
#[test]
fn each_ending_restores_the_terminal_and_leaves_the_work_on_disk() {
    for (ending, end, code) in ENDINGS {
        let home = Home::new();
        let mut app = home.open_with(&[], &[("SEI_COMPOSE_PANIC", "1")]);
        app.see("Instance GUID");
        app.type_text("precious");
        app.see("unsaved");
        app.assert_set_up();
        end(&mut app);
        assert_eq!(app.exit(), *code, "{ending}");
        app.assert_restored();
        assert_eq!(pushed_keyboard_flags(&app.bytes()), 0, "{ending}");
        let again = home.open(&[]);
        again.see("Instance GUID");
        if *ending == "leaving without saving" {
            again.see("Blank run");
            assert!(!home.path("data/recovery/1.json").exists(), "{ending}");
        } else {
            again.see("Unsaved work");
            let kept = std::fs::read_to_string(home.path("data/recovery/1.json")).unwrap();
            assert!(kept.contains("precious"), "{ending}: {kept}");
        }
        println!("{ending:<24} exit {code}: raw mode, alternate screen, paste, mouse and cursor as found");
    }
}

/// The number of sets of keyboard flags that were pushed and not popped.
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

/// A signal does not wait for queued keys: in a document with slow keys, it is processed before the
/// last ones.
#[cfg(target_os = "linux")]
#[test]
fn a_signal_overtakes_queued_keys() {
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
    app.assert_restored();
    let kept = std::fs::read_to_string(home.path("data/recovery/1.json")).unwrap_or_default();
    let typed = kept.matches('x').count();
    assert!(typed < 300, "all keys came before the signal");
}

#[test]
fn a_suspended_program_releases_the_terminal_and_takes_it_again() {
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
            app.see("type to search");
            app.answer("suspend");
        }
        app.see_it_stopped();
        app.assert_restored();
        let kept = std::fs::read_to_string(home.path("data/recovery/1.json")).unwrap();
        assert!(kept.contains("precious"), "{kept}");
        app.signal("CONT");
        app.see("precious");
        app.assert_set_up();
    }
    app.type_text(" more");
    app.see("precious more");
    app.send(b"\x1b[21~\x1b[B\r");
    assert_eq!(app.exit(), 0);
    app.assert_restored();
}

/// A program that SIGSTOP stops cannot restore the terminal. After it continues, it sets up the
/// terminal again.
#[test]
fn a_program_that_continues_after_sigstop_draws_its_whole_screen() {
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
    app.assert_set_up();
    app.type_text("x");
    app.see("unsaved");
}
