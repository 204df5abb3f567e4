//! Problems: from one to the next, fixed one by one or all at once, marked when useful.

use super::script::{GOOD, Script, corpus_documents};

#[test]
fn the_problem_keys_cycle_through_all_problems() {
    let mut script = Script::on(r#"{"start_time":1679467494,"result":"succes"}"#);
    let count = script.model.checks.problems.len();
    assert!(count > 5);
    let mut seen = Vec::new();
    for _ in 0..count {
        script.keys("f7");
        seen.extend(script.model.problems_here());
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen, (0..count).collect::<Vec<_>>());
    let mut script = Script::on(r#"{"start_time":1679467494,"result":"succes"}"#);
    script.keys("alt-5 shift-f7");
    assert_eq!(script.model.problems_here().last(), Some(&(count - 1)), "backwards from nowhere: the last");
    script.keys("shift-f7");
    assert_ne!(script.model.problems_here().last(), Some(&(count - 1)));
}

#[test]
fn every_problem_of_every_corpus_document_is_reached_by_the_next_key() {
    for (name, json) in corpus_documents() {
        let mut script = Script::on(&json);
        let count = script.model.checks.problems.len();
        let mut seen = Vec::new();
        for _ in 0..count {
            script.keys("f7");
            seen.extend(script.model.problems_here());
        }
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen, (0..count).collect::<Vec<_>>(), "{name}: {:?}", script.model.checks.problems);
    }
}

#[test]
fn a_problem_deep_inside_is_unfolded_and_focused() {
    let mut script = Script::on(
        r#"{"job_run":{"stages":[{"id":"1","durationInMillis":1,"steps":[{"id":"1","durationInMillis":-4}]}]}}"#,
    );
    let index = script.model.checks.problems.iter().position(|p| p.code == "duration-negative").unwrap();
    script.keys("alt-5 ctrl-home");
    for _ in 0..50 {
        if script.model.problems_here() == [index] {
            break;
        }
        script.keys("down");
    }
    script.keys("enter");
    assert_eq!(script.focus(), "/job_run/stages/0/steps/0/durationInMillis");
    script.shows("-4");
}

#[test]
fn a_fix_is_applied_where_the_focus_is_and_can_be_undone() {
    let mut script = Script::on(r#"{"start_time":1679467494}"#);
    script.go("/start_time").keys("f8");
    assert_eq!(script.json(), r#"{"start_time":1679467494000}"#);
    assert!(script.notice().starts_with("Fixed Started: "), "{}", script.notice());
    script.shows("2023-03-22 06:44:54 UTC");
    script.keys("ctrl-z");
    assert_eq!(script.json(), r#"{"start_time":1679467494}"#);
}

#[test]
fn of_several_fixes_one_is_chosen() {
    let mut script = Script::on(r#"{"ci":true,"cd":true}"#);
    script.go("/ci").keys("f8");
    assert_eq!(script.overlays(), ["Fix"]);
    let before = script.json();
    script.keys("esc");
    assert_eq!(script.json(), before);
    script.keys("f8 enter");
    assert_ne!(script.json(), before);
}

#[test]
fn a_fix_can_be_applied_from_the_check_list() {
    let mut script = Script::on(r#"{"duration":"77000"}"#);
    let index = script.model.checks.problems.iter().position(|p| p.at.to_string() == "/duration").unwrap();
    script.keys("alt-5 ctrl-home");
    while script.model.problems_here() != [index] {
        script.keys("down");
    }
    script.keys("f8");
    assert_eq!(script.value("/duration"), "77000");
    assert_eq!(script.model.form.tab.title(), "Send", "the check list stays in sight");
}

#[test]
fn the_fix_key_reports_that_nothing_can_be_fixed() {
    let mut script = Script::new();
    script.go("/branch_name").keys("f8");
    script.shows("F7 goes to the next problem");
    script.go("/result").keys("f8");
    assert!(script.notice().contains("no automatic fix"), "{}", script.notice());
    let mut good = Script::on(GOOD);
    good.keys("f8");
    assert_eq!(good.notice(), "Nothing to fix.");
    good.keys("f7");
    assert!(good.notice().starts_with("No problems"), "{}", good.notice());
}

#[test]
fn all_safe_fixes_are_shown_then_applied_as_one_step() {
    let json = r#"{"pipeline":"web","start_time":1679467494,"duration":"77000","job_run":{"stages":[{"durationInMillis":5}]}}"#;
    let mut script = Script::on(json);
    script.keys("shift-f8");
    assert!(script.overlays()[0].contains("safe fixes"), "{:?}", script.overlays());
    assert_eq!(script.json(), json, "nothing before the answer");
    script.keys("enter");
    assert_eq!(script.value("/start_time"), "1679467494000");
    assert_eq!(script.value("/duration"), "77000");
    assert_eq!(script.value("/job_run/stages/0/id"), r#""1""#);
    script.keys("ctrl-z");
    assert_eq!(script.json(), json);
    script.keys("shift-f8 down enter");
    assert_eq!(script.json(), json, "the second answer leaves all as it is");
    let mut good = Script::on(GOOD);
    good.keys("shift-f8");
    assert_eq!(good.notice(), "Nothing to fix.");
}

#[test]
fn an_untouched_field_is_not_marked_until_the_focus_leaves_it() {
    let mut script = Script::on(r#"{"branch_name":"main"}"#);
    let mark = |script: &Script, label: &str| {
        let screen = script.screen();
        let line = screen.lines().find(|line| line.contains(label)).unwrap().to_owned();
        line.split('│').nth(1).unwrap().contains('✗')
    };
    script.keys("alt-2");
    assert!(!mark(&script, "Pipeline *"), "the field was not visited");
    script.keys("down");
    assert!(mark(&script, "Pipeline *"), "it was left empty");
    assert!(!mark(&script, "Full name *"), "the one that has the focus is quiet");
    assert!(!mark(&script, "Result *"));
}

#[test]
fn after_a_send_attempt_every_problem_is_marked() {
    let mut script = Script::new();
    script.keys("alt-2 f5 esc");
    let screen = script.screen();
    for label in ["Pipeline *", "Full name *", "Result *", "Started *", "Duration *"] {
        let line = screen.lines().find(|line| line.contains(label)).unwrap();
        assert!(line.split('│').nth(1).unwrap().contains('✗'), "{label} is not marked on\n{screen}");
    }
}

#[test]
fn a_wrong_value_that_was_there_before_is_marked_at_once() {
    let mut script = Script::on(r#"{"result":"succes"}"#);
    script.keys("alt-2");
    let screen = script.screen();
    let line = screen.lines().find(|line| line.contains("Result *")).unwrap();
    assert!(line.split('│').nth(1).unwrap().contains('✗'), "{screen}");
}

#[test]
fn tabs_count_their_errors_and_warnings() {
    let mut script = Script::new();
    script
        .keys("f7")
        .shows("1 Instance ✗2")
        .shows("2 Job run ✗6")
        .shows("3 Stages  4 Artifacts  5 Send")
        .shows("8 errors");
}

#[test]
fn after_a_fix_the_problem_keys_continue_at_the_same_place() {
    let mut script =
        Script::on(r#"{"pipeline":"p","result":"FAILED","start_time":1679467494,"duration":-4}"#);
    script.keys("alt-2").go("/start_time").keys("shift-f7 f7");
    assert_eq!(script.focus(), "/start_time");
    script.keys("f8 f7");
    assert_eq!(script.focus(), "/duration");
    script.keys("f7");
    assert_eq!(script.focus(), "/result");
    script.keys("f8 f7");
    assert_eq!(script.focus(), "/build_number");
}

#[test]
fn the_problem_keys_visit_two_problems_of_one_place_that_are_apart_in_the_list() {
    // The error and the hint about the address have the warning between them.
    let mut script = Script::on(
        r#"{"job_name":"<NAME>","job_full_name":"shop/web","qualified_name":"web","instance_name":"ci","duration":77000,
            "instance_guid":"5a4a12d6-6a1b-4b51-9c9e-0a3a3a0f7f42","start_time":1751358600000,"result":"SUCCESS"}"#,
    );
    let places: Vec<_> = script.model.checks.problems.iter().map(|problem| problem.at.to_string()).collect();
    let is_apart = places.first() == Some(&"/job_name".to_owned())
        && places.get(1) != places.first()
        && places.iter().skip(2).any(|place| place == "/job_name");
    assert!(is_apart, "{places:?}");
    let (mut forward, mut backward) = (Vec::new(), Vec::new());
    for _ in 0..places.len() {
        forward.push(script.keys("f7").focus());
    }
    for _ in 0..places.len() {
        backward.push(script.focus());
        script.keys("shift-f7");
    }
    backward.reverse();
    assert_eq!(forward, backward);
    assert!(forward.iter().any(|place| place == "/build_number"), "{forward:?}");
}

#[test]
fn the_fixes_of_a_collapsed_item_name_the_item_that_they_fix() {
    let mut script = Script::on(
        r#"{"job_run":{"stages":[{"displayName":"Build","steps":[{"displayName":"Compile"},{}]}]}}"#,
    );
    script.go("/job_run/stages/0").keys("f8");
    assert_eq!(script.overlays(), ["Fix"]);
    script.shows("Build: assign id 1").shows("Compile: assign id 1").shows("step 2: assign id 2");
    let mut script = Script::on(r#"{"ci":true,"cd":true}"#);
    script.go("/ci").keys("f8");
    let screen = script.screen();
    assert!(!screen.contains("CI: "), "several fixes of one place need no name\n{screen}");
}
