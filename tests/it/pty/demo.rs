//! The tour that plays itself: to its end on a terminal, and into a recording that shows the same.

use super::terminal::{Home, Terminal};

/// A screen without what differs between two runs: the port of the sandbox and the GUID it gave.
fn alike(screen: &vt100::Screen) -> String {
    let text = screen.contents();
    let hidden = |word: &str| {
        let is_hex = |c: char| c.is_ascii_hexdigit() || c == '-' || c == '"' || c == ',';
        if word.len() > 12 && word.chars().all(is_hex) {
            return "GUID".to_owned();
        }
        word.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
    };
    let lines = text.lines().map(|line| line.split_whitespace().map(hidden).collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join("\n")
}

/// What a terminal of the recording's size shows after all this.
fn last_screen(output: impl Iterator<Item = u8>) -> String {
    let mut terminal = vt100::Parser::new(30, 100, 0);
    terminal.process(&output.collect::<Vec<_>>());
    alike(terminal.screen())
}

/// Each event of a recording: when, and what came out.
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
    recorded.see("Recorded into");
    assert_eq!(recorded.exit(), 0);
    let cast = std::fs::read_to_string(&file).unwrap();
    let head: serde_json::Value = serde_json::from_str(cast.lines().next().unwrap()).unwrap();
    assert_eq!((&head["version"], &head["width"], &head["height"]), (&2.into(), &100.into(), &30.into()));
    let events = events(&cast);
    assert!(events.is_sorted_by(|one, two| one.0 <= two.0), "time goes backwards");
    let last = last_screen(events.iter().flat_map(|(_, output)| output.bytes()));
    assert!(last.contains("That was the whole way"), "{last}");

    let command = home.command(&["demo", "--play", "--speed", "60"], &[]);
    let played = Terminal::start_sized(command, (100, 30));
    assert_eq!(played.exit(), 0);
    let output = String::from_utf8(played.bytes()).unwrap();
    let (shown, _given_back) = output.split_once("\x1b[?1049l").unwrap();
    assert_eq!(last_screen(shown.bytes()), last);
    let left = std::fs::read_dir(home.path(".")).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(left.collect::<Vec<_>>(), ["tour.cast"], "nothing else was left");
}

#[test]
fn a_play_pauses_at_space_goes_on_and_is_left_at_q() {
    let home = Home::new();
    let mut played = home.open(&["demo", "--play"]);
    played.see("Tour 1/");
    played.type_text(" ");
    played.see("Paused. Space goes on, q leaves.");
    played.type_text("xyz");
    played.type_text(" ");
    played.see_no_more("Paused.");
    played.type_text("q");
    assert_eq!(played.exit(), 0);
}
