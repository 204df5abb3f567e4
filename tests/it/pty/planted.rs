//! A key in the app: entered, typed in wrong places, repeated by a server. The test searches every
//! frame, file and copy for it.

use portable_pty::CommandBuilder;
use sei_compose::sandbox::{self, SandboxSettings};

use super::terminal::{Home as Folders, Terminal, until};
use crate::planted::KEY;
use crate::planted::echo::Echo;
use crate::planted::home::{Home, VARIABLE, curl, run, run_with_key, satellite};
use crate::planted::search::{assert_clean, assert_frames_clean, base64};

const SIZE: (u16, u16) = (120, 36);

fn open(home: &Home, arguments: &[&str], variables: &[(&str, &str)]) -> Terminal {
    let mut command: CommandBuilder = Folders::new().command(arguments, variables);
    command.cwd(home.made());
    for (name, value) in home.variables() {
        command.env(name, value);
    }
    Terminal::start_sized(command, SIZE)
}

/// Checks that the terminal output contains no key, as bytes, as a frame or as a copy, and that no
/// file does.
fn assert_hidden(app: &Terminal, home: &Home) {
    let bytes = app.bytes();
    assert_clean("what went to the terminal", &bytes);
    let frames = assert_frames_clean(&bytes, SIZE);
    assert!(frames > 5, "{frames} pictures");
    for copy in String::from_utf8_lossy(&bytes).split("\x1b]52;c;").skip(1) {
        let coded = copy.split('\x07').next().unwrap();
        assert_clean("what was copied", decoded(coded));
    }
    home.assert_clean();
}

fn decoded(coded: &str) -> Vec<u8> {
    // The inverse table, one group of three bytes at a time.
    let signs = base64(&(0..64_u8).flat_map(|six| [six << 2, 0, 0]).collect::<Vec<_>>());
    let place = |sign: char| signs.chars().step_by(4).position(|known| known == sign).unwrap_or(0);
    let groups: Vec<char> = coded.chars().collect();
    groups
        .chunks(4)
        .flat_map(|four| {
            let number = four.iter().fold(0, |number, sign| number << 6 | place(*sign));
            number.to_be_bytes().into_iter().skip(5).collect::<Vec<_>>()
        })
        .collect()
}

/// Runs an action by its name in the palette.
fn ask(app: &mut Terminal, name: &str) {
    app.press("F9");
    app.see("All actions");
    app.answer(name);
    app.see_no_more("All actions");
}

fn give_key(app: &mut Terminal, how: impl Fn(&mut Terminal)) {
    app.send(b"\x0b");
    app.see("API key for");
    how(app);
    app.see("••••••••••••••");
    app.send(b"\r");
    app.see("this session only");
}

/// Quits and discards unsaved work.
fn leave(app: &mut Terminal) {
    app.signal("TERM");
    assert_eq!(app.exit(), 0);
}

/// Waits until the unsaved work on disk contains these words.
fn wait_for_work(home: &Home, words: &str) {
    let file = home.made().join("data/recovery/1.json");
    until(&format!("“{words}” in {}", file.display()), || {
        std::fs::read_to_string(&file).is_ok_and(|text| text.contains(words))
    });
}

#[test]
fn a_key_in_wrong_places_is_hidden_not_saved_and_not_recovered() {
    let home = Home::new();
    let sandbox = sandbox::start(0, SandboxSettings::with_key(KEY).unwrap()).unwrap();
    home.environments(&sandbox.url(), &[("lab", "env:HARNESS_SEI_API_KEY")]);
    let mut app = open(&home, &["--env", "lab"], &[]);
    app.see("no key");
    give_key(&mut app, |app| app.type_text(KEY));
    app.paste(&format!("{KEY}\n"));
    app.see("which is redacted");
    app.send(b"\x15");
    app.paste(&base64(KEY.as_bytes()));
    app.see("which is redacted");
    app.send(b"\x15");
    app.type_keys(KEY);
    app.see("This is the API key of this session");
    app.press("F4");
    app.see("Save draft as");
    app.send(b"\x15");
    app.answer("mine");
    app.see("Nothing was saved: the API key is in instance_guid");
    app.send(b"\x1b");
    app.see_no_more("Nothing was saved");
    ask(&mut app, "copy-value");
    app.see("with the key redacted");
    ask(&mut app, "copy-json");
    app.see("Asked the terminal to copy the payload");
    app.press("F5");
    app.see("Review");
    app.send(b"\x1b");
    app.see_no_more("Review");
    wait_for_work(&home, "••••••");
    app.signal("KILL");
    app.exit();
    assert_hidden(&app, &home);

    let mut again = open(&home, &["--env", "lab"], &[(VARIABLE, KEY)]);
    again.see("nsaved work");
    again.send(b"\r");
    again.see("••••••");
    // Into the payload text, pasted and typed.
    again.send(b"\x1be");
    again.see("editing");
    again.paste(KEY);
    again.see("which is redacted");
    again.type_keys(KEY);
    again.see("not JSON");
    again.press("F4");
    again.see("Save draft as");
    again.send(b"\x15");
    again.answer("text");
    again.see("Nothing was saved: the API key is in the payload text");
    again.send(b"\x1b");
    again.see_no_more("Nothing was saved");
    // Into the prompt for a file, and as the name of a draft.
    ask(&mut again, "import");
    again.see("Import: paste here");
    again.paste(KEY);
    again.see("••••••");
    again.send(b"\x1b");
    leave(&mut again);
    assert_hidden(&again, &home);
}

#[test]
fn a_key_in_an_import_is_offered_and_never_shown() {
    let sandbox = sandbox::start(0, SandboxSettings::with_key(KEY).unwrap()).unwrap();
    let given = [curl(&sandbox.url()), satellite(&sandbox.url())];
    for text in &given {
        let home = Home::new();
        home.environments(&sandbox.url(), &[("lab", "env:HARNESS_SEI_API_KEY")]);
        let mut app = open(&home, &["--env", "lab"], &[]);
        app.see("no key");
        app.paste(text);
        app.see("Import a");
        app.see("for this session");
        // As text instead: the field gets the text without the key.
        app.type_text("t");
        app.see_no_more("Import a");
        wait_for_work(&home, "••••••");
        app.send(b"\x15");
        app.paste(text);
        app.see("Import a");
        app.send(b"\r");
        app.see("Imported");
        app.see("key from import (this session)");
        app.paste(text);
        app.see("Import a");
        app.send(b"\x1b");
        app.see_no_more("Import a");
        leave(&mut app);
        assert_hidden(&app, &home);
    }
}

#[test]
fn a_key_is_sent_and_runs_are_saved_exported_copied_and_compared_without_it() {
    let home = Home::new();
    let sandbox = sandbox::start(0, SandboxSettings::with_key(KEY).unwrap()).unwrap();
    home.environments(&sandbox.url(), &[("lab", "env:HARNESS_SEI_API_KEY")]);
    let run = home.given("run.json", &run());
    let mut app = open(&home, &[&run, "--env", "lab"], &[(VARIABLE, "a-wrong-key-altogether")]);
    app.see("no errors");
    app.press("F5");
    app.see("Enter sends");
    app.send(b"\r");
    app.see("401: ");
    app.send(b"\r");
    app.see_no_more("401: ");
    give_key(&mut app, |app| app.paste(&format!("ApiKey {KEY}\r\n")));
    app.press("F5");
    app.see("Enter sends");
    app.send(b"\r");
    app.see("202: queued, not stored yet");
    app.send(b"\r");
    for picture in ["http", "curl", "JSON"] {
        app.send(b"\x12");
        app.see_that(picture, |_| true);
        ask(&mut app, "copy-preview");
        app.see("Asked the terminal to copy the");
    }
    for target in ["shell", "github", "gitlab", "jenkins", "azure", "propel", "curl"] {
        app.send(b"\x1bp");
        app.see("Export as");
        app.answer(target);
        app.see("Enter copy");
        app.press("F4");
        app.see("Save export as file");
        app.send(b"\x15");
        app.answer(&format!("export-{target}"));
        app.see("Saved for");
    }
    app.press("F4");
    app.see("Save draft as");
    app.send(b"\x15");
    app.answer("mine");
    app.see("Saved as “mine”");
    app.send(b"\x1bj");
    app.see("dropped 202 · lab");
    app.send(b"\r");
    app.see("Send again");
    leave(&mut app);
    assert_hidden(&app, &home);
    assert_eq!(sandbox.received().len(), 1);
}

#[test]
fn a_run_that_contains_the_key_is_redacted_and_not_sent() {
    let home = Home::new();
    let sandbox = sandbox::start(0, SandboxSettings::with_key(KEY).unwrap()).unwrap();
    home.environments(&sandbox.url(), &[("lab", "env:HARNESS_SEI_API_KEY")]);
    let held = home.given("held.json", &run_with_key());
    let mut app = open(&home, &[&held, "--env", "lab"], &[(VARIABLE, KEY)]);
    app.see("••••••");
    app.press("F5");
    app.see("Enter sends");
    app.send(b"\r");
    app.see("Nothing was sent: the API key is in branch_name");
    app.send(b"\r");
    app.see_no_more("Nothing was sent");
    app.send(b"\x1bp");
    app.see("Export as");
    app.answer("shell");
    app.see("Enter copy");
    app.press("F4");
    app.see("Save export as file");
    app.send(b"\r");
    app.see("Nothing was saved");
    app.send(b"\x1b");
    app.see_no_more("Save export as file");
    ask(&mut app, "copy-preview");
    app.see("with the key redacted");
    leave(&mut app);
    assert_hidden(&app, &home);
    assert!(sandbox.received().is_empty());
}

#[test]
fn a_key_that_a_server_repeats_is_redacted_in_the_app() {
    let (home, echo) = (Home::new(), Echo::start());
    home.environments(&echo.url, &[("lab", "env:HARNESS_SEI_API_KEY")]);
    let run = home.given("run.json", &run());
    let mut app = open(&home, &[&run, "--env", "lab"], &[(VARIABLE, KEY)]);
    app.see("no errors");
    for status in ["401", "307", "400", "500", "202", "403"] {
        app.press("F5");
        app.see("Enter sends");
        app.send(b"\r");
        app.see(&format!("{status}: "));
        app.send(b"\r");
        app.see_no_more(&format!("{status}: "));
    }
    app.send(b"\x1bj");
    app.see("refused 403");
    app.send(b"\r");
    app.see("Send again");
    #[cfg(target_os = "linux")]
    assert_clean("the arguments of the program", app.command_line());
    leave(&mut app);
    assert_hidden(&app, &home);
    assert_eq!(echo.counts(), (6, 0), "each with the key, and none to where it was redirected");
}

/// With this variable, a debug build panics at Ctrl-\.
#[cfg(debug_assertions)]
#[test]
fn a_panic_does_not_reveal_the_key() {
    let home = Home::new();
    let sandbox = sandbox::start(0, SandboxSettings::with_key(KEY).unwrap()).unwrap();
    home.environments(&sandbox.url(), &[("lab", "env:HARNESS_SEI_API_KEY")]);
    let mut app = open(&home, &["--env", "lab"], &[("SEI_COMPOSE_PANIC", "1")]);
    app.see("no key");
    give_key(&mut app, |app| app.type_text(KEY));
    app.type_text("unsaved");
    app.see("unsaved");
    app.send(b"\x1c");
    assert_eq!(app.exit(), 2);
    assert!(String::from_utf8_lossy(&app.bytes()).contains("panicked"), "{}", app.screen());
    assert_hidden(&app, &home);
}
