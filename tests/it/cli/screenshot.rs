//! `--screenshot`: a screen of the app without a terminal.

use sei_compose::draft::Draft;
use sei_compose::text;

use super::{FAULTY, Home, asset, stdout};

impl Home {
    /// Each line of a screenshot.
    fn screen(&self, arguments: &[&str]) -> Vec<String> {
        let shot = self.run([&["--screenshot", "text"], arguments].concat()).success().stderr_eq("");
        stdout(&shot).lines().map(str::to_owned).collect()
    }

    fn shows(&self, arguments: &[&str], words: &[&str]) {
        let screen = self.screen(arguments).join("\n");
        for word in words {
            assert!(screen.contains(word), "no “{word}” on\n{screen}");
        }
    }

    fn files(&self) -> Vec<String> {
        let mut names: Vec<String> = walk(self.0.path());
        names.sort();
        names
    }
}

fn walk(folder: &std::path::Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    entries
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() { walk(&path) } else { vec![path.display().to_string()] }
        })
        .collect()
}

#[test]
fn the_first_screen_is_as_large_as_was_asked_and_shows_the_file() {
    let home = Home::new();
    let run = home.put("run.json", FAULTY);
    for (columns, rows) in [(120, 36), (80, 24), (60, 20)] {
        let screen = home.screen(&[run, "--size", &format!("{columns}x{rows}")]);
        assert_eq!(screen.len(), rows);
        assert!(screen.iter().all(|line| text::width(line) <= columns), "{screen:#?}");
        assert!(screen.iter().any(|line| text::width(line) == columns), "{screen:#?}");
        assert!(screen.join("\n").contains("✗2") || screen.join("\n").contains("2 errors"), "{screen:#?}");
    }
    assert_eq!(home.screen(&[run]).len(), 24, "80x24 unless it is said");
    home.shows(&[run, "--size", "20x5"], &["Terminal too small"]);
}

#[test]
fn keys_lead_to_any_screen_and_texts_are_typed() {
    let home = Home::new();
    let run = home.put("run.json", FAULTY);
    home.shows(&[run, "--keys", "f5"], &["Review", "Errors block the send."]);
    home.shows(&[run, "--keys", "f1"], &["Help"]);
    home.shows(&[run, "--keys", "alt-2 ctrl-u 'a name typed'"], &["a name typed"]);
    home.shows(&[run, "--keys", "f9 'export'"], &["All actions"]);
}

#[test]
fn drafts_come_from_the_disk_and_nothing_is_written_to_it() {
    let home = Home::new();
    let document = sei_compose::document::read(FAULTY).unwrap();
    let draft = Draft::new("nightly", document);
    home.put("data/drafts/nightly.json", &draft.write());
    let before = home.files();
    home.shows(&["nightly"], &["nightly", "✗2"]);
    home.shows(&["--keys", "f3"], &["Drafts", "nightly"]);
    home.shows(
        &["--keys", "'x' f4 'another' enter"],
        &["A screenshot changes nothing: this action did not run."],
    );
    assert_eq!(home.files(), before);
}

#[test]
fn requests_go_to_the_sandbox_inside_and_nowhere_else() {
    let home = Home::new();
    let run = home.put("run.json", &asset("samples/ci-run.json"));
    let sandbox = [run, "--env", "sandbox", "--size", "100x30", "--keys"];
    home.shows(&[&sandbox[..], &["f5 enter"]].concat(), &["202: queued", "Sandbox verdict: dropped"]);
    home.shows(
        &[&sandbox[..], &["f5 enter esc f9 'received' enter"]].concat(),
        &["Sandbox · 1 run", "dropped"],
    );
    let real = [run, "--env", "levelops", "--keys", "ctrl-k 'sei-planted-key-7f3a' enter f5 enter"];
    home.shows(&real, &["a screenshot sends requests to its own sandbox only"]);
    assert!(!home.screen(&real).join("\n").contains("planted"));
    assert_eq!(home.files().len(), 1, "{:?}", home.files());
}

#[test]
fn the_demo_has_screenshots_too_without_a_socket() {
    let home = Home::new();
    let shot = home.run(["demo", "--sample", "--screenshot", "text", "--size", "100x30"]).success();
    assert!(stdout(&shot).contains("127.0.0.1:8999"), "{}", stdout(&shot));
    home.run(["demo", "--screenshot", "text"]).success();
    assert_eq!(home.files(), [""; 0]);
}

#[test]
fn a_drawing_contains_the_text_of_the_screen_in_color_and_loads_nothing_else() {
    let home = Home::new();
    let run = home.put("run.json", &FAULTY.replace("shop/checkout", "a <b> & c"));
    let svg =
        stdout(&home.run([run, "--screenshot", "svg", "--size", "100x30", "--keys", "alt-2"]).success());
    assert!(
        svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"920\" height=\"590\""),
        "{svg}"
    );
    assert!(svg.ends_with("</svg>\n"));
    assert!(svg.contains("a &lt;b&gt; &amp; c"), "{svg}");
    assert!(svg.contains("fill=\"#f07178\""), "an error is red: {svg}");
    for word in ["href", "@import", "url(", "<script", "<style"] {
        assert!(!svg.contains(word), "{word}");
    }
    let opened = svg.matches("<text ").count();
    assert!(opened > 30 && opened == svg.matches("</text>").count());
    let plain = home.command([run, "--screenshot", "svg"]).env("NO_COLOR", "1").assert().success();
    assert!(!stdout(&plain).contains("#f07178"));
}

#[test]
fn a_review_and_the_journal_know_the_requests_of_the_same_screenshot() {
    let home = Home::new();
    let keys = |more: &str| format!("shift-f8 enter f6 f5 enter esc {more}");
    let shot = |more: &str| {
        let keys = keys(more);
        let arguments = ["demo", "--sample", "--screenshot", "text", "--size", "120x36", "--keys", &keys];
        stdout(&home.run(arguments).success())
    };
    let review = shot("f5");
    assert!(review.contains("Already sent. Run 1483"), "{review}");
    assert!(review.contains("none since #1483, accepted 2026-01-05"), "{review}");
    let journal = shot("alt-j");
    assert!(journal.contains("shop/checkout-service/main #1483"), "{journal}");
    assert!(
        journal.contains("kept 202 · sandbox") && journal.contains("accepted 200 · sandbox"),
        "{journal}"
    );
    assert_eq!(home.files(), [""; 0]);
}
