//! The journal of the real app: written before anything leaves, and known to the next session.

use std::path::Path;

use sei_compose::sandbox::{self, Settings};
use sei_compose::world::{Folders, Machine, journal};

use super::terminal::Home;

const KEY: [(&str, &str); 1] = [("HARNESS_SEI_API_KEY", "any-key")];

fn sample(home: &Home) {
    let run = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/ci-run.json");
    std::fs::copy(run, home.path("run.json")).unwrap();
}

#[test]
fn what_the_app_sent_is_in_the_journal_and_warned_of_in_the_next_session() {
    let (home, sandbox) = (Home::new(), sandbox::start(0, Settings::default()).unwrap());
    sample(&home);
    let url = sandbox.url();
    let arguments = ["run.json", "--env", "sandbox", "--base-url", &url];
    let mut app = home.open_with(&arguments, &KEY);
    app.see("no errors");
    app.press("F5");
    app.see("Ready: Enter sends it");
    app.press("Enter");
    app.see("202: queued, not stored yet");
    app.press("Enter");
    app.press("F10");
    assert_eq!(app.exit(), 0);

    let machine = Machine::at(Folders { config: home.path("config"), data: home.path("data") });
    let entries = journal::all(&machine).unwrap().entries;
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].body, sandbox.arrivals()[0].body);
    assert_eq!(entries[0].ending.as_ref().unwrap().status, Some(202));

    let mut again = home.open_with(&arguments, &KEY);
    again.see("1 warning");
    again.press("F10");
    assert_eq!(again.exit(), 0);
}

#[test]
fn the_app_sends_nothing_that_it_cannot_write_down() {
    let (home, sandbox) = (Home::new(), sandbox::start(0, Settings::default()).unwrap());
    sample(&home);
    std::fs::create_dir_all(home.path("data")).unwrap();
    std::fs::write(home.path("data/journal"), "a file where a folder is wanted").unwrap();
    let url = sandbox.url();
    let mut app = home.open_with(&["run.json", "--env", "sandbox", "--base-url", &url], &KEY);
    app.see("Sandbox");
    app.press("F5");
    app.see("Ready: Enter sends it");
    app.press("Enter");
    app.see("Nothing was sent");
    app.press("Enter");
    app.press("F10");
    assert_eq!(app.exit(), 0);
    assert!(sandbox.arrivals().is_empty());
}
