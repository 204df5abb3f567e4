//! The tour that plays itself: to its end in a terminal, and as a recording with the same result.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sei_compose::app::tour::steps;
use sei_compose::keymap::press::{Key, Named, Press, read_all};

use super::terminal::{Home, Terminal, sequence, until};

/// A screen without the data that differ between two runs: the port of the sandbox and its GUID.
fn normalized(screen: &vt100::Screen) -> String {
    let text = screen.contents();
    let hidden = |word: &str| {
        let is_hex = |c: char| c.is_ascii_hexdigit() || c == '-' || c == '"' || c == ',';
        if word.len() > 12 && word.chars().all(is_hex) {
            return "GUID".to_owned();
        }
        word.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
    };
    // The heading of a card names other keys during the playback.
    let unkeyed = |line: &str| match line.split_once("   ") {
        Some((heading, _keys)) if line.starts_with(" Tour") => heading.to_owned(),
        Some(_) | None => line.to_owned(),
    };
    let lines =
        text.lines().map(|line| unkeyed(line).split_whitespace().map(hidden).collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join("\n")
}

/// The screen of a terminal of the recording's size after all this output.
fn last_screen(output: impl Iterator<Item = u8>) -> String {
    let mut terminal = vt100::Parser::new(30, 100, 0);
    terminal.process(&output.collect::<Vec<_>>());
    normalized(terminal.screen())
}

/// Each event of a recording: its time and its output.
fn events(cast: &str) -> Vec<(f64, String)> {
    let event = |line: &str| {
        let (at, kind, output): (f64, String, String) = serde_json::from_str(line).unwrap();
        assert_eq!(kind, "o");
        (at, output)
    };
    cast.lines().skip(1).map(event).collect()
}

#[test]
fn the_played_demo_ends_by_itself_and_its_recording_ends_on_the_same_screen() {
    let home = Home::new();
    let file = home.path("tour.cast");
    let recorded = home.open(&["demo", "--record", file.to_str().unwrap()]);
    recorded.see("Recorded to");
    assert_eq!(recorded.exit(), 0);
    let cast = std::fs::read_to_string(&file).unwrap();
    let head: serde_json::Value = serde_json::from_str(cast.lines().next().unwrap()).unwrap();
    assert_eq!((&head["version"], &head["width"], &head["height"]), (&2.into(), &100.into(), &30.into()));
    let events = events(&cast);
    assert!(events.is_sorted_by(|one, two| one.0 <= two.0), "time goes backwards");
    assert!(events[0].1.starts_with("\x1b[m\x1b[H\x1b[2J"), "it starts with an empty screen");
    assert!(events.last().unwrap().1.ends_with("\x1b[?25h"), "it leaves no terminal without a cursor");
    let last = last_screen(events.iter().flat_map(|(_, output)| output.bytes()));
    assert!(last.contains("The tour is complete"), "{last}");

    let command = home.command(&["demo", "--play", "--speed", "60"], &[]);
    let played = Terminal::start_sized(command, (100, 30));
    assert_eq!(played.exit(), 0);
    let output = String::from_utf8(played.bytes()).unwrap();
    let (shown, given_back) = output.split_once("\x1b[?1049l").unwrap();
    assert!(given_back.contains("This was the tour of sei-compose"), "{given_back}");
    assert!(given_back.contains("To try it yourself, without an account: sei-compose demo"), "{given_back}");
    assert_eq!(last_screen(shown.bytes()), last);
    let left = std::fs::read_dir(home.path(".")).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(left.collect::<Vec<_>>(), ["tour.cast"], "nothing else was left");
}

#[test]
fn a_recording_does_not_create_missing_folders() {
    let home = Home::new();
    let file = home.path("talks/tour.cast");
    let recorded = home.open(&["demo", "--record", file.to_str().unwrap()]);
    assert_eq!(recorded.exit(), 2);
    recorded.see("The folder ");
    recorded.see("Create it first, or choose another file.");
    assert!(!home.path("talks").exists());
}

#[test]
fn a_recording_replaces_no_file_and_has_the_default_permissions() {
    use std::os::unix::fs::PermissionsExt as _;

    let home = Home::new();
    std::fs::create_dir(home.path("talks")).unwrap();
    std::fs::write(home.path("own.cast"), "mine").unwrap();
    for (file, why) in
        [("own.cast", "already exists. Remove it"), ("talks", "is a folder. Choose a file in the folder.")]
    {
        let refused = home.open(&["demo", "--record", file]);
        assert_eq!(refused.exit(), 2);
        refused.see(why);
    }
    assert_eq!(std::fs::read_to_string(home.path("own.cast")).unwrap(), "mine");
    std::fs::write(home.path("usual"), "").unwrap();
    assert_eq!(home.open(&["demo", "--record", "new.cast"]).exit(), 0);
    let mode = |file: &str| std::fs::metadata(home.path(file)).unwrap().permissions().mode();
    assert_eq!(mode("new.cast"), mode("usual"));
}

#[test]
fn a_recording_that_a_signal_stops_leaves_no_folder() {
    for signal in ["TERM", "HUP", "INT"] {
        let home = Home::new();
        std::fs::create_dir(home.path("aside")).unwrap();
        let aside = home.path("aside");
        let variables = [("TMPDIR", aside.to_str().unwrap())];
        let recorded = home.open_with(&["demo", "--record", "tour.cast"], &variables);
        // The demo has created its own data when it draws.
        until("the data of the recording", || {
            std::fs::read_dir(&aside).unwrap().any(|folder| folder.unwrap().path().join("data").exists())
        });
        recorded.signal(signal);
        assert_eq!(recorded.exit(), 130, "{signal}");
        assert_eq!(std::fs::read_dir(&aside).unwrap().count(), 0, "{signal}");
        assert!(!home.path("tour.cast").exists());
    }
}

#[test]
fn a_killed_tour_offers_its_unsaved_work_and_a_sample_has_none() {
    let home = Home::new();
    let mut demo = home.open(&["demo"]);
    demo.see("Tour 1/");
    demo.type_text("precious");
    let kept = home.path("data/demo/recovery/1.json");
    until("unsaved work on disk", || {
        std::fs::read_to_string(&kept).is_ok_and(|text| text.contains("precious"))
    });
    demo.signal("KILL");
    demo.exit();
    for arguments in [&["demo", "--sample"][..], &["demo", "--plain"]] {
        let mut sample = home.open(arguments);
        sample.see(if arguments.contains(&"--plain") { "Instance GUID (required): " } else { "3 errors" });
        sample.type_text("typed");
        sample.type_text("\r");
        sample.see("typed");
        sample.signal("TERM");
        sample.exit();
        assert!(!sample.screen().contains("next start offers"), "{}", sample.screen());
        assert!(!home.path("data/demo/recovery/2.json").exists());
    }
    let mut next = home.open(&["demo"]);
    next.see("The program ended before");
    next.type_text("\r");
    next.see("Restored the unsaved work");
    next.see("precious");
}

#[test]
fn a_playback_waits_while_the_screen_is_too_small() {
    let home = Home::new();
    let command = home.command(&["demo", "--play", "--speed", "100"], &[]);
    let played = Terminal::start_sized(command, (40, 10));
    played.see("too small: 40x10");
    played.resize(100, 30);
    played.see("playing · Space pauses · q quits");
    assert_eq!(played.exit(), 0);
}

#[test]
fn a_pipe_in_the_place_of_the_progress_file_does_not_block_the_start() {
    let home = Home::new();
    std::fs::create_dir_all(home.path("data/demo")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(home.path("data/demo/tour.json")).status().unwrap();
    assert!(made.success());
    let mut demo = home.open_with(&["demo"], &[("TERM", "dumb")]);
    demo.see("Tour 1/");
    assert!(demo.bytes().is_ascii(), "a terminal that promises nothing gets no borders of more than ASCII");
    demo.press("F10");
    assert_eq!(demo.exit(), 0);
}

#[test]
fn a_playback_and_a_recording_refuse_arguments_without_effect() {
    let home = Home::new();
    for (arguments, why) in [
        (&["demo", "--record", "a.cast", "--play"][..], "cannot be used with"),
        (&["demo", "--record", "a.cast", "--size", "80x24"], "--s"),
        (&["demo", "--play", "--speed", "-1"], "is not a speed"),
    ] {
        let refused = home.open(arguments);
        assert_eq!(refused.exit(), 2);
        refused.see(why);
    }
}

#[test]
fn the_demo_inside_the_app_keeps_the_style_of_the_app() {
    let home = Home::new();
    let mut app = home.open(&["--ascii", "--no-mouse"]);
    app.see("Job run");
    app.send(b"\x1bt");
    app.see("Quit and start the demo");
    app.type_text("\r");
    app.see("Tour 1/");
    let bytes = app.bytes();
    assert!(!bytes.windows(6).any(|some| some == b"?1000h"), "the mouse is left alone");
    assert!(bytes.is_ascii());
}

#[test]
fn a_demo_without_saved_drafts_prints_nothing_at_its_end() {
    let home = Home::new();
    let mut demo = home.open(&["demo", "--sample"]);
    demo.see("3 errors");
    demo.press("F10");
    assert_eq!(demo.exit(), 0);
    assert!(!String::from_utf8(demo.bytes()).unwrap().contains("The demo saved"));
}

#[test]
fn a_playback_pauses_and_continues_at_space_and_ends_at_q() {
    let home = Home::new();
    let mut played = home.open(&["demo", "--play"]);
    played.see("Tour 1/");
    played.type_text(" ");
    played.see("Paused. Space continues, q quits.");
    played.type_keys("xyz");
    played.type_text(" ");
    played.see_no_more("Paused.");
    played.type_text("q");
    assert_eq!(played.exit(), 0);
}

/// Every file below a folder except those of the demo, with its content.
fn user_files(folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("data/demo") {
            user_files(&path, found);
        } else if path.is_file() {
            found.insert(path.clone(), std::fs::read(path).unwrap());
        }
    }
}

/// The text that the screen must show before a later group of a step's keys.
fn opened(step: &str, group: usize) -> &'static str {
    match (step, group) {
        ("environment", _) => "type to search",
        ("key" | "cure", _) => "API key for",
        ("tool", 1) => "new mapping",
        ("tool", 2) => "Save the mapping?",
        ("paste" | "setup" | "tool", _) => "selected",
        ("problems", _) => "safe fixes",
        ("refusal", 1) => "All actions",
        ("refusal", 2) => "Enter set next reply",
        ("refusal", 3) => "Next sandbox reply",
        ("refused" | "again", _) => "Review",
        ("save", _) => "Save draft as",
        ("reopen", _) => "Enter open",
        ("export", _) => "Export as",
        _ => panic!("nothing is known to open in {step}"),
    }
}

/// Sends the bytes of a key of the tour's script.
fn press(terminal: &mut Terminal, press: Press) {
    match (press.key, press.ctrl, press.alt) {
        (Key::Char(character), true, _) => terminal.key(&[character as u8 & 0x1f]),
        (Key::Char(character), _, true) => terminal.key(format!("\x1b{character}").as_bytes()),
        (Key::Char(character), ..) => terminal.type_keys(&character.to_string()),
        (Key::F(8), ..) if press.shift => terminal.key(b"\x1b[19;2~"),
        (Key::F(number), ..) => terminal.key(sequence(&format!("F{number}"))),
        (Key::Named(Named::Enter), ..) => terminal.key(b"\r"),
        (Key::Named(Named::Esc), ..) => {
            terminal.send(b"\x1b");
            // Another key directly after it would be read as a key with Alt.
            terminal.see_no_more("Esc ");
        }
        (Key::Named(Named::Tab), ..) => terminal.key(b"\t"),
        (Key::Named(Named::Down), ..) => terminal.key(b"\x1b[B"),
        (Key::Named(name), ..) => panic!("{name:?} is not in the tour yet"),
    }
}

#[test]
fn a_demo_does_not_touch_the_files_of_the_user() {
    let home = Home::new();
    let own = [
        ("config/config.toml", "environment = \"prod1\"\n"),
        ("config/keys.toml", ""),
        ("data/drafts/nightly.json", include_str!("../../../assets/samples/ci-run.json")),
        ("data/instances.json", "{\"format\":\"sei-compose-instances\",\"version\":1,\"instances\":[]}\n"),
        ("data/journal/2026-01.ndjson", ""),
    ];
    for (file, text) in own {
        std::fs::create_dir_all(home.path(file).parent().unwrap()).unwrap();
        std::fs::write(home.path(file), text).unwrap();
    }
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    user_files(&home.path("."), &mut before);
    assert_eq!(before.len(), own.len());

    let mut demo = home.open_with(&["demo"], &[("HARNESS_SEI_API_KEY", "the-persons-own-key")]);
    for (position, step) in steps().iter().enumerate().take(steps().len() - 1) {
        demo.see(&format!("Tour {}/", position + 1));
        for (group, keys) in step.keys.iter().enumerate() {
            if group > 0 {
                demo.see(opened(&step.id, group));
            }
            for key in read_all(keys).unwrap() {
                press(&mut demo, key);
            }
        }
    }
    demo.see("The tour is complete");
    // The last step imports a run into the saved draft.
    demo.press("F10");
    demo.see("Quit without saving");
    demo.send(b"\x1b[B\r");
    assert_eq!(demo.exit(), 0);

    user_files(&home.path("."), &mut after);
    assert_eq!(after, before);
    assert!(home.path("data/demo/drafts/nightly.json").exists(), "the demo has a draft of that name itself");
}

#[test]
fn the_hint_about_saved_drafts_names_the_key_from_keys_toml() {
    let home = Home::new();
    // A demo has its own configuration.
    std::fs::create_dir_all(home.path("data/demo/config")).unwrap();
    std::fs::write(home.path("data/demo/config/keys.toml"), "[form]\nopen = [\"ctrl-o\"]\n").unwrap();
    let mut demo = home.open(&["demo", "--sample"]);
    demo.see("3 errors");
    demo.press("F4");
    demo.see("Save draft as");
    demo.press("Enter");
    demo.see("Saved as");
    demo.press("F10");
    assert_eq!(demo.exit(), 0);
    demo.see("To open them again: sei-compose demo, then Ctrl-O");
}
