//! The plain conversation in a terminal that supports only lines.

use super::terminal::{Home, Terminal, until};
use crate::planted::KEY;
use crate::planted::home::Home as Planted;
use crate::planted::search::assert_clean;

/// Answers the current question.
fn answer(terminal: &mut Terminal, question: &str, line: &str) {
    terminal.see(question);
    terminal.type_text(&format!("{line}\r"));
}

#[test]
fn the_demo_is_fixed_and_sent_in_plain_mode() {
    let home = Home::new();
    let mut talk = home.open_with(&["demo", "--plain"], &[("TERM", "dumb")]);
    answer(&mut talk, "Instance GUID (required): ", ":guid");
    answer(&mut talk, "Pipeline (required) [checkout-service]: ", ":go result");
    answer(&mut talk, "Result (required; 1 SUCCESS, 2 FAILURE) [FAILED]: ", "f");
    answer(&mut talk, "Started (required) [1767603600]: ", "f");
    answer(&mut talk, "Duration (required) [5m 12s]: ", ":fix-all");
    answer(&mut talk, "4 safe fixes", "1");
    answer(&mut talk, "Applied 4 safe fixes", ":go send");
    answer(&mut talk, "Enter reviews what goes to Sandbox", "");
    answer(&mut talk, "Send to Sandbox? [y/N]: ", "y");
    talk.see("202: queued");
    answer(&mut talk, "Enter quits", ":save");
    answer(&mut talk, "Save draft as [checkout-service]: ", "");
    answer(&mut talk, "Saved as “checkout-service”.", "");
    assert_eq!(talk.exit(), 0);
    talk.assert_untouched();
    assert_eq!(home.draft_in("data/demo", "checkout-service")["result"], "FAILURE");
}

/// The program with folders that the test searches afterwards.
fn open(home: &Planted, arguments: &[&str]) -> Terminal {
    let mut command = Home::new().command(arguments, &[]);
    command.cwd(home.made());
    for (name, value) in home.variables() {
        command.env(name, value);
    }
    Terminal::start_sized(command, (120, 36))
}

#[test]
fn a_key_is_not_echoed_and_not_written_to_any_file() {
    let home = Planted::new();
    let mut talk = open(&home, &["--plain", "--env", "eu"]);
    answer(&mut talk, "Instance GUID (required): ", ":go pipeline");
    answer(&mut talk, "Pipeline (required): ", "shop");
    answer(&mut talk, "Full name (required): ", ":key");
    answer(&mut talk, "API key for Harness EU", KEY);
    talk.see("kept for this session only");
    answer(&mut talk, "in memory.", ":json");
    answer(&mut talk, "\"pipeline\": \"shop\"", ":key");
    talk.see_that("the question for another key", |screen| {
        screen.contents().matches("not shown").count() == 2
    });
    talk.type_text(KEY);
    talk.signal("TERM");
    assert_eq!(talk.exit(), 130);
    talk.assert_untouched();
    assert_clean("what went to the terminal", talk.bytes());
    home.assert_clean();
}

#[test]
fn a_key_in_a_field_is_redacted_in_every_file() {
    let home = Planted::new();
    let mut talk = open(&home, &["--plain", "--env", "eu"]);
    answer(&mut talk, "Instance GUID (required): ", ":key");
    answer(&mut talk, "API key for Harness EU", KEY);
    answer(&mut talk, "in memory.", ":go pipeline");
    answer(&mut talk, "Pipeline (required): ", KEY);
    talk.see("That line contained the API key.");
    answer(&mut talk, "Full name (required)", ":save mine");
    talk.see("Saved as");
    talk.signal("INT");
    assert_eq!(talk.exit(), 130);
    home.assert_clean();
}

#[test]
fn an_interrupt_keeps_unsaved_work_for_the_next_start() {
    let home = Home::new();
    let mut talk = home.open(&["--plain"]);
    answer(&mut talk, "Instance GUID (required): ", ":go pipeline");
    answer(&mut talk, "Pipeline (required): ", "unfinished");
    talk.see("Full name (required): ");
    talk.type_text("half of a li\x03");
    assert_eq!(talk.exit(), 130);
    talk.assert_untouched();
    let mut next = home.open(&["--plain"]);
    answer(&mut next, "Number [1]: ", "1");
    next.see("Restored the unsaved work");
    answer(&mut next, "Instance GUID (required): ", ":json");
    next.see("\"pipeline\": \"unfinished\"");
    next.type_text("\x04");
    assert_eq!(next.exit(), 130);
}

#[test]
fn a_folder_as_an_export_file_is_refused_without_a_question() {
    let home = Home::new();
    std::fs::create_dir(home.path("out")).unwrap();
    let mut talk = home.open(&["--plain", "--env", "eu"]);
    answer(&mut talk, "Instance GUID (required): ", ":export sh");
    let folder = home.path("out").display().to_string();
    answer(&mut talk, "File to save it in (Enter cancels): ", &folder);
    talk.see("is a folder. Choose a file in the folder.");
    talk.see_that("the question again", |screen| screen.contents().matches("(Enter cancels)").count() == 2);
    talk.type_text("\r");
    talk.see("Instance GUID (required): ");
    assert!(!talk.screen().contains("File exists"), "{}", talk.screen());
    talk.type_text(":quit\r");
    assert_eq!(talk.exit(), 0);
}

#[test]
fn work_that_cannot_be_written_is_not_promised_for_the_next_start() {
    let home = Home::new();
    std::fs::write(home.path("data"), "a file where the folder should be").unwrap();
    let mut talk = home.open(&["--plain"]);
    answer(&mut talk, "Instance GUID (required): ", ":go pipeline");
    answer(&mut talk, "Pipeline (required): ", "unfinished");
    talk.see("Full name (required): ");
    talk.type_text("\x03");
    assert_eq!(talk.exit(), 130);
    talk.see("The unsaved work is not kept.");
    assert!(!talk.screen().contains("next start offers"), "{}", talk.screen());
}

#[test]
fn an_interrupt_first_stops_a_request() {
    let home = Home::new();
    let sandbox = sei_compose::sandbox::start(0, sei_compose::sandbox::SandboxSettings::default()).unwrap();
    let run = home.path("run.json");
    std::fs::write(&run, crate::app::script::GOOD).unwrap();
    sandbox.watch().plan(vec![sei_compose::sandbox::Planned {
        fault: sei_compose::sandbox::Fault::Slow,
        times: Some(1),
    }]);
    let arguments = ["--plain", run.to_str().unwrap(), "--env", "sandbox", "--base-url", &sandbox.url()];
    let mut talk = home.open_with(&arguments, &[("HARNESS_SEI_API_KEY", "any-key")]);
    answer(&mut talk, "Instance GUID", ":send");
    answer(&mut talk, "Send to Sandbox? [y/N]: ", "y");
    talk.see("Ctrl-C cancels it.");
    until("the run at the sandbox", || sandbox.watch().overview().count > 0);
    talk.type_text("\x03");
    talk.see("Next steps:");
    talk.type_text(":quit\r");
    assert_eq!(talk.exit(), 130, "as of a `send` that was cancelled");
}
