//! The conversation on lines with answers from a pipe.

use std::io::{Read as _, Write as _};
use std::process::Stdio;

use sei_compose::sandbox::{self, Fault, Planned, SandboxSettings};
use snapbox::cmd::OutputAssert;

use super::{Home, good_run, stderr, stdout};

const KEY: &str = "planted-key-7f3a";

fn talk(home: &Home, arguments: &[&str], answers: &str) -> OutputAssert {
    let ended = home.command(arguments.iter().copied()).stdin(answers).assert();
    assert!(!stdout(&ended).contains('\u{1b}'), "{}", stdout(&ended));
    assert_eq!(stderr(&ended), "");
    ended
}

#[test]
fn the_exit_code_shows_the_outcome() {
    let home = Home::new();
    talk(&home, &["--plain"], ":quit\n").code(0);
    talk(&home, &["--plain"], "").code(130);
    let blocked = talk(&home, &["--plain"], ":send\n").code(1);
    assert!(stdout(&blocked).contains("Errors block the send."), "{}", stdout(&blocked));
}

#[test]
fn a_script_sends_a_run_and_gets_its_outcome() {
    let (home, sandbox) = (Home::new(), sandbox::start(0, SandboxSettings::default()).unwrap());
    let run = home.put("run.json", &good_run());
    let url = sandbox.url();
    let arguments = ["--plain", run, "--env", "sandbox", "--base-url", &url];
    let send = |answers: &str, code: i32| {
        let command = home.command(arguments).env("HARNESS_SEI_API_KEY", KEY);
        let ended = command.stdin(answers).assert().code(code);
        assert!(!stdout(&ended).contains(KEY), "{}", stdout(&ended));
        stdout(&ended)
    };
    send(":send\nn\n:quit\n", 0);
    let printed = send(":send\ny\n:quit\n", 0);
    assert!(printed.contains("202: queued, not stored yet"), "{printed}");
    sandbox.watch().plan(vec![Planned { fault: Fault::Unauthorized, times: Some(1) }]);
    let printed = send(":send\ny\n:quit\n", 3);
    assert!(printed.contains("- :key type another key for this session"), "{printed}");
}

#[test]
fn answers_in_advance_match_their_questions() {
    let home = Home::new();
    let answers = ":go pipeline\nshop\n:save mine\n:go branch\nmain\n:open mine\n2\n:json\n:quit\n";
    let ended = talk(&home, &["--plain"], answers).code(0);
    let printed = stdout(&ended);
    assert!(printed.contains("Saved as “mine”.") && printed.contains("Opened “mine”."), "{printed}");
    assert!(printed.contains("{\n  \"pipeline\": \"shop\"\n}"), "{printed}");
}

#[test]
fn a_key_from_a_pipe_is_not_repeated() {
    let home = Home::new();
    let answers = format!(":key\n{KEY}\n:go pipeline\n{KEY}\n:json\n:env {KEY}\n:{KEY}\n:quit\n2\n");
    let ended = talk(&home, &["--plain", "--env", "eu"], &answers).code(0);
    let printed = stdout(&ended);
    assert!(
        printed.contains("kept for this session only")
            && printed.contains("That line contained the API key."),
        "{printed}"
    );
    assert!(!printed.contains(KEY), "{printed}");
}

#[test]
fn a_terminal_of_ascii_gets_ascii() {
    let home = Home::new();
    let ended = home.command(["--plain", "--ascii"]).stdin(":nothing “of” it\n:quit\n").assert().code(0);
    assert!(stdout(&ended).is_ascii(), "{}", stdout(&ended));
}

/// The largest output of a conversation of these tests, in bytes.
const MOST_OUTPUT: u64 = 256 * 1024;

/// Runs the program with these answers and the end of input; returns its output and exit code.
fn talk_to_the_end(home: &Home, arguments: &[&str], answers: &[u8]) -> (String, Option<i32>) {
    let mut program = home.program(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = program.stdin.take().unwrap();
    // The program may end before it reads all input.
    input.write_all(answers).ok();
    drop(input);
    let mut printed = Vec::new();
    program.stdout.take().unwrap().take(MOST_OUTPUT).read_to_end(&mut printed).unwrap();
    let printed = String::from_utf8_lossy(&printed).into_owned();
    if printed.len() as u64 >= MOST_OUTPUT {
        program.kill().unwrap();
    }
    (printed, program.wait().unwrap().code())
}

/// Ends the input at each line of a conversation and in the middle of each line.
fn assert_ends_everywhere(arguments: &[&str], answers: &str, prepare: impl Fn(&Home)) {
    let line_ends = answers.match_indices('\n').map(|(at, _)| at + 1);
    let middles = answers.lines().scan(0, |start, line| {
        let middle = *start + line.len() / 2;
        *start += line.len() + 1;
        Some(middle)
    });
    for end in line_ends.chain(middles).chain([0]) {
        let home = Home::new();
        prepare(&home);
        let input = answers.as_bytes().get(..end).unwrap();
        let (printed, code) = talk_to_the_end(&home, arguments, input);
        let said = String::from_utf8_lossy(input);
        let tail: String = printed.chars().rev().take(600).collect::<Vec<_>>().into_iter().rev().collect();
        assert!((printed.len() as u64) < MOST_OUTPUT, "no end after {said:?}:\n{tail}");
        assert!(code.is_some(), "a signal ended it after {said:?}:\n{tail}");
        assert!(
            !printed.contains("The program ended because a part of it failed"),
            "after {said:?}:\n{tail}"
        );
    }
}

#[test]
fn the_end_of_input_ends_every_question_of_a_run_that_is_sent() {
    let put = |home: &Home| {
        home.put("run.json", &good_run());
    };
    // An unusable key, no key, a good key, the id of a protected environment.
    let answers =
        ":send\ncurly “key”\n\n:key\n\n:send\nplanted-key\nprod\n:env eu\n:key\n:send\n\n:quit\n2\n";
    assert_ends_everywhere(&["--plain", "run.json"], answers, put);
}

#[test]
fn the_end_of_input_ends_every_question_about_a_draft() {
    let answers = ":go pipeline\nshop\n:save\nmine\n:go branch\nmain\n:save\n:rename\nother\n:duplicate\nthird\n\
                   :new\n1\n:open\n2\n:import\nabsent.json\n\n:import\n{\n\"pipeline\": 1}\n.\n1\n\n\
                   :export sh\nout.sh\n:export\n2\n\n:env\n2\n:explain\n:fix-all\n:diff\n\n:journal\n\n:quit\n2\n";
    assert_ends_everywhere(&["--plain", "--env", "eu"], answers, |_| {});
}

#[test]
fn the_end_of_input_ends_the_demo_and_its_questions_for_a_guid() {
    let answers =
        ":guid\n:go integration\n4620\n:guid\n:instances\n1\n:fix-all\n1\n:sandbox\nf\n2\n:send\ny\n:send\n";
    assert_ends_everywhere(&["demo", "--plain"], answers, |_| {});
}

#[test]
fn a_closed_output_pipe_ends_the_conversation_without_a_message() {
    // Before the greeting, within it, and at a question.
    for last_seen in ["", "\n", "(required): "] {
        let home = Home::new();
        let mut program = home.program(&["--plain"]);
        let program = program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut program = program.spawn().unwrap();
        let mut output = program.stdout.take().unwrap();
        let mut seen = Vec::new();
        while !seen.ends_with(last_seen.as_bytes()) {
            let mut byte = [0];
            output.read_exact(&mut byte).unwrap();
            seen.extend(byte);
        }
        drop(output);
        let mut input = program.stdin.take().unwrap();
        input.write_all(":go pipeline\nshop\n:json\n:key\nplanted\n".repeat(50).as_bytes()).ok();
        let ended = program.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(ended.stderr).unwrap(), "");
        assert_eq!(ended.status.code(), Some(130));
        drop(input);
    }
}

#[test]
fn a_send_without_a_key_is_canceled_and_returns_to_the_form() {
    let home = Home::new();
    let run = home.put("run.json", &good_run());
    let ended = talk(&home, &["--plain", run], ":send\n\n:go pipeline\n:quit\n").code(0);
    let printed = stdout(&ended);
    assert!(printed.contains("Not sent: the environment needs a key; :key asks for it."), "{printed}");
    assert_eq!(printed.matches("API key for Harness PROD2").count(), 1, "{printed}");
}
