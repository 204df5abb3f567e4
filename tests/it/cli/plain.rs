//! The conversation on lines with answers out of a pipe.

use sei_compose::sandbox::{self, Fault, Planned, Settings};
use snapbox::cmd::OutputAssert;

use super::{Home, faultless, stderr, stdout};

const KEY: &str = "planted-key-7f3a";

fn talk(home: &Home, arguments: &[&str], answers: &str) -> OutputAssert {
    let ended = home.command(arguments.iter().copied()).stdin(answers).assert();
    assert!(!stdout(&ended).contains('\u{1b}'), "{}", stdout(&ended));
    assert_eq!(stderr(&ended), "");
    ended
}

#[test]
fn how_it_ends_is_told_by_the_exit_code() {
    let home = Home::new();
    talk(&home, &["--plain"], ":quit\n").code(0);
    talk(&home, &["--plain"], "").code(130);
    let blocked = talk(&home, &["--plain"], ":send\n").code(1);
    assert!(stdout(&blocked).contains("Errors block the send."), "{}", stdout(&blocked));
}

#[test]
fn a_script_sends_a_run_and_learns_what_became_of_it() {
    let (home, sandbox) = (Home::new(), sandbox::start(0, Settings::default()).unwrap());
    let run = home.put("run.json", &faultless());
    let url = sandbox.url();
    let arguments = ["--plain", run, "--env", "sandbox", "--base-url", &url];
    let send = |answers: &str, code: i32| {
        let command = home.command(arguments).env("HARNESS_SEI_API_KEY", KEY);
        let ended = command.stdin(answers).assert().code(code);
        assert!(!stdout(&ended).contains(KEY), "{}", stdout(&ended));
        stdout(&ended)
    };
    send(":send\nn\n:quit\n", 0);
    let told = send(":send\ny\n:quit\n", 0);
    assert!(told.contains("202: queued, not stored yet"), "{told}");
    sandbox.watch().plan(vec![Planned { fault: Fault::Unauthorized, times: Some(1) }]);
    let told = send(":send\ny\n:quit\n", 3);
    assert!(told.contains("- :key takes another key for this session"), "{told}");
}

#[test]
fn answers_that_are_all_there_meet_the_questions_they_were_meant_for() {
    let home = Home::new();
    let answers = ":go pipeline\nshop\n:save mine\n:go branch\nmain\n:open mine\n2\n:json\n:quit\n";
    let ended = talk(&home, &["--plain"], answers).code(0);
    let told = stdout(&ended);
    assert!(told.contains("Saved as “mine”.") && told.contains("Opened “mine”."), "{told}");
    assert!(told.contains("{\n  \"pipeline\": \"shop\"\n}"), "{told}");
}

#[test]
fn a_key_from_a_pipe_is_not_repeated() {
    let home = Home::new();
    let answers = format!(":key\n{KEY}\n:go pipeline\n{KEY}\n:json\n:env {KEY}\n:{KEY}\n:quit\n2\n");
    let ended = talk(&home, &["--plain", "--env", "eu"], &answers).code(0);
    let told = stdout(&ended);
    assert!(
        told.contains("kept for this session only") && told.contains("That line held the API key."),
        "{told}"
    );
    assert!(!told.contains(KEY), "{told}");
}

#[test]
fn a_terminal_of_ascii_gets_ascii() {
    let home = Home::new();
    let ended = home.command(["--plain", "--ascii"]).stdin(":nothing “of” it\n:quit\n").assert().code(0);
    assert!(stdout(&ended).is_ascii(), "{}", stdout(&ended));
}
