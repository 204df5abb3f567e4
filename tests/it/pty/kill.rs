//! A program that is killed during typing, and two programs with one draft.

use std::time::{Duration, Instant};

use super::terminal::Home;

/// The variable with the number of rounds, for longer runs than the default.
const ROUNDS: &str = "SEI_COMPOSE_KILL_ROUNDS";
/// The time between two keys of a fast typist.
const KEYSTROKE: Duration = Duration::from_millis(15);
/// Text older than this must be on disk: the promised second, and half a second for a busy machine.
const MISSED: Duration = Duration::from_millis(1_500);

/// Types for a random time; returns each character with its time, and the time of the kill.
fn typed_until_killed(home: &Home, random: &mut u64, round: usize) -> (Vec<(char, Instant)>, Instant) {
    *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    let length = 20 + usize::try_from((*random >> 33) % 130).unwrap();
    let mut app = home.open(&[]);
    app.see("Instance GUID");
    let mut typed = Vec::new();
    for index in 0..length {
        let letter = char::from(b'a' + u8::try_from((index + round) % 26).unwrap());
        app.send(&[u8::try_from(letter).unwrap()]);
        typed.push((letter, clock()));
        std::thread::sleep(KEYSTROKE);
    }
    // Some programs are killed between two keys, some during a write, some in an idle state.
    *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    std::thread::sleep(Duration::from_micros((*random >> 33) % 700_000));
    let killed = clock();
    app.signal("KILL");
    app.exit();
    (typed, killed)
}

#[expect(clippy::disallowed_methods, reason = "the test measures the age of lost characters")]
fn clock() -> Instant {
    Instant::now()
}

#[expect(clippy::print_stdout, reason = "the figures that the test is for")]
#[test]
fn a_killed_program_loses_at_most_the_last_second() {
    let rounds = std::env::var_os(ROUNDS).and_then(|text| text.to_str()?.parse().ok()).unwrap_or(6);
    let (mut random, mut worst, mut oldest, mut all) = (0x9e37_79b9_u64, 0, Duration::ZERO, 0);
    for round in 0..rounds {
        let home = Home::new();
        let (typed, killed) = typed_until_killed(&home, &mut random, round);
        let recovered = recovered_text(&home);
        let text: String = typed.iter().map(|(letter, _)| *letter).collect();
        assert!(text.starts_with(&recovered), "round {round}: {recovered} is not what was typed: {text}");
        let lost = &typed[recovered.chars().count()..];
        let age = lost.first().map_or(Duration::ZERO, |(_, first)| killed.duration_since(*first));
        assert!(age < MISSED, "round {round}: {} characters of {age:?} are lost", lost.len());
        (worst, oldest, all) = (worst.max(lost.len()), oldest.max(age), all + typed.len());
    }
    let oldest = oldest.as_millis();
    println!("{rounds} rounds, {all} characters: at most {worst} lost in one, the oldest of {oldest} ms");
}

/// The text that the next start recovers, saved as a draft; empty if the program had no time to
/// save anything.
fn recovered_text(home: &Home) -> String {
    if !home.path("data/recovery/1.json").exists() {
        return String::new();
    }
    let mut again = home.open(&[]);
    again.see("Unsaved work");
    again.see("Compare with the saved draft");
    again.send(b"\r");
    again.see("Restored the unsaved work");
    again.send(b"\x1bOS");
    again.see("Save draft as");
    again.answer("kept");
    again.see("Saved as “kept”");
    again.send(b"\x1b[21~");
    assert_eq!(again.exit(), 0);
    let left: Vec<_> = std::fs::read_dir(home.path("data/recovery")).unwrap().flatten().collect();
    // A kill during a write leaves the new file next to the old one.
    let is_known = |file: &std::fs::DirEntry| {
        file.path().extension().is_some_and(|ending| ending == "lock")
            || file.file_name().to_string_lossy().starts_with(".new-")
    };
    assert!(left.iter().all(is_known), "{left:?}");
    home.draft("kept")["instance_guid"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn two_programs_with_one_draft_lose_no_character() {
    let home = Home::new();
    let mut first = home.open(&[]);
    first.type_text("one");
    first.press("F4");
    first.see("Save draft as");
    first.answer("shared");
    first.see("Saved as “shared”");

    let mut copy = home.open(&["shared"]);
    copy.see("Another program has “shared” open");
    copy.send(b"\r");
    copy.see("sei-compose shared copy");
    let mut reader = home.open(&["shared"]);
    reader.see("Another program has “shared” open");
    reader.send(b"\x1b[B\r");
    reader.see_no_more("Another program has “shared” open");
    reader.see("read-only");

    first.type_text("two");
    copy.type_text("three");
    reader.type_text("four");
    first.see("unsaved");
    first.press("F4");
    first.see_no_more("unsaved");
    copy.press("F4");
    copy.see("Saved as “shared copy”");
    reader.press("F4");
    reader.see("Save draft as");
    reader.answer(" of mine");
    reader.see("Saved as “shared copy of mine”");
    for (name, text) in
        [("shared", "onetwo"), ("shared-copy", "onethree"), ("shared-copy-of-mine", "onefour")]
    {
        assert_eq!(home.draft(name)["instance_guid"], text, "{name}");
    }

    first.signal("KILL");
    first.exit();
    let again = home.open(&["shared"]);
    again.see("Opened “shared”");
}
