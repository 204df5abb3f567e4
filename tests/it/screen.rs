//! Whole screens as text, at common sizes.

use sei_compose::app::comparison::Comparison;
use sei_compose::app::overlay::Content;
use sei_compose::document::{self, Value};

use crate::app::script::{Script, corpus, draft};

/// Sizes: wide with both panes, the classic terminal, a small one.
const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (60, 20)];

/// A run with most kinds of problem.
const FAULTY: &str = r#"{"pipeline":"checkout-service","job_full_name":"shop/checkout-service/main","result":"succes","start_time":1714560000,"duration":77,"ci":true,"cd":false,"branch_name":"main","scm_commit_ids":["64be72b2c1f7d2a33082f98a40a848880fcdcd5e","9c1f0f7a4d3b6e2859f1c07d84b3a6e5d2908f41"],"repo_url":"https://github.com/acme/checkout-service","themes":[],"module_name":null,"team":"payments","instance_guid":"6f1f3c52-5d0e-4c8a-9b7e-2f4d1a90c3e8","instance_name":"Acme CI","artifacts":[{"name":"checkout","qualifier":"2.14.0","type":"container","output":true}]}"#;

/// A run with stages of different lengths and results.
const STAGED: &str = r#"{"pipeline":"checkout-service","job_full_name":"shop/checkout-service/main","qualified_name":"checkout-service","result":"FAILURE","start_time":1714560000000,"duration":600000,"build_number":318,"ci":true,"cd":false,"instance_guid":"6f1f3c52-5d0e-4c8a-9b7e-2f4d1a90c3e8","instance_name":"Acme CI","job_run":{"stages":[{"id":"1","displayName":"Build image","result":"succeeded","state":"completed","durationInMillis":180000,"steps":[{"id":"1","displayName":"checkout","result":"succeeded","durationInMillis":9000},{"id":"2","displayName":"docker build","result":"succeeded","durationInMillis":130000},{"id":"3","displayName":"docker push","result":"succeeded","durationInMillis":41000}]},{"id":"2","displayName":"Integration tests against the staging database","result":"failed","state":"completed","durationInMillis":360000},{"id":"3","displayName":"Deploy","result":"skipped","durationInMillis":0}]}}"#;

/// Compares the screen with its snapshots at all sizes.
fn at_all_sizes(name: &str, script: &mut Script) {
    for (columns, rows) in SIZES {
        script.sized(columns, rows);
        insta::assert_snapshot!(format!("{name}-{columns}x{rows}"), script.screen());
    }
}

#[test]
fn the_instance_tab_of_an_empty_document() {
    at_all_sizes("instance", &mut Script::new());
}

#[test]
fn the_job_run_tab_with_problems() {
    at_all_sizes("job-run", Script::on(FAULTY).go("/result"));
}

#[test]
fn the_stages_tab_unfolded_with_its_waterfall() {
    let mut script = Script::on(STAGED);
    script.go("/job_run/stages/0").keys("right").go("/job_run/stages/0/steps/1");
    at_all_sizes("stages", &mut script);
}

#[test]
fn the_artifacts_tab_of_a_whole_example() {
    let mut script = Script::on(&corpus("whole/node-js-ci.json"));
    script.keys("alt-4 enter").go("/artifacts/0/qualifier");
    at_all_sizes("artifacts", &mut script);
}

#[test]
fn the_send_tab_with_its_check_list() {
    at_all_sizes("send", Script::on(FAULTY).keys("alt-5"));
}

#[test]
fn the_review_of_a_protected_environment() {
    let mut script = Script::on(STAGED);
    script.sends_to("prod2").keys("ctrl-k 'key' enter f5 'prod'");
    at_all_sizes("review", &mut script);
}

#[test]
fn the_review_with_blocking_errors() {
    at_all_sizes("blocked", Script::on(FAULTY).keys("f5"));
}

#[test]
fn the_reply_explained() {
    let mut script = Script::on(STAGED);
    script.keys("f5 enter").settles();
    at_all_sizes("reply", &mut script);
}

#[test]
fn two_states_compared() {
    let old = document::read(STAGED).unwrap();
    let mut new = document::read(FAULTY).unwrap();
    let long = Value::Text("a branch whose name is far too long for one row of any screen ".repeat(3));
    for edit in document::set(&new, &"/branch_name".parse().unwrap(), long) {
        document::apply(&mut new, &edit).unwrap();
    }
    let comparison = Comparison::new("Since the last save", &old, &new);
    let mut script = Script::on(STAGED);
    script.model.overlays.push(Content::Compare(comparison).page());
    at_all_sizes("compare", &mut script);
}

#[test]
fn the_runs_that_the_sandbox_received() {
    let artifact =
        r#""artifacts":[{"type":"container","name":"web","qualifier":"1.2","output":true}],"job_run""#;
    let mut script = Script::on(&STAGED.replace(r#""job_run""#, artifact).replace(r#""id":"3","#, ""));
    "4620".clone_into(&mut script.model.draft.integration);
    script.keys("f6 down enter").settles();
    script.keys("f5 enter").settles();
    script.keys("esc").go("/instance_guid").keys("backspace '1' f5 enter").settles();
    script.keys("esc").asks("sandbox").settles();
    at_all_sizes("arrivals", &mut script);
    script.keys("enter");
    at_all_sizes("answers", &mut script);
}

#[test]
fn the_payload_edited_as_text() {
    let mut script = Script::on(FAULTY);
    script.go("/duration").keys("alt-e end enter").types("\"build_number\": 318,");
    at_all_sizes("text", &mut script);
}

#[test]
fn text_that_is_not_json_yet() {
    let mut script = Script::on(FAULTY);
    script.go("/duration").keys("alt-e end enter").types("\"build_number\": true false");
    at_all_sizes("text-fault", &mut script);
}

#[test]
fn the_palette_narrowed_by_typing() {
    at_all_sizes("palette", Script::new().keys("f9 'draft'"));
}

#[test]
fn the_environments_to_choose_from() {
    at_all_sizes("environments", Script::new().keys("f2"));
}

#[test]
fn the_prompt_for_a_key() {
    at_all_sizes("key", Script::new().sends_to("prod2").keys("ctrl-k 'secret'"));
}

#[test]
fn help_for_the_focused_field() {
    at_all_sizes("help", Script::on(FAULTY).go("/start_time").keys("f1"));
}

#[test]
fn the_payload_on_a_narrow_screen() {
    let mut script = Script::on(FAULTY);
    script.sized(80, 24).go("/start_time").keys("f12");
    insta::assert_snapshot!("payload-80x24", script.screen());
    script.keys("f11");
    let screen = script.screen().replace(env!("CARGO_PKG_VERSION"), "0.0.0");
    insta::assert_snapshot!("request-80x24", screen);
}

#[test]
fn the_simulation_of_a_run_that_loses_a_stage() {
    let mut script =
        Script::on(&STAGED.replacen(r#""id":"3","displayName":"Deploy""#, r#""displayName":"Deploy""#, 1));
    at_all_sizes("simulation", script.sized(80, 24).keys("f11 f11 f11 down"));
}

#[test]
fn a_terminal_that_is_too_small() {
    let mut script = Script::new();
    script.sized(40, 8);
    insta::assert_snapshot!("too-small-40x8", script.screen());
}

#[test]
fn the_drafts_to_choose_from() {
    let mut script = Script::new();
    script.drafts.insert("nightly".to_owned(), draft("nightly", STAGED));
    script.drafts.insert("release".to_owned(), draft("release", FAULTY));
    script.keys("f3").settles();
    script.keys("down").settles();
    at_all_sizes("drafts", &mut script);
}

#[test]
fn the_templates_for_a_new_draft() {
    at_all_sizes("new", Script::on(FAULTY).keys("ctrl-n"));
}
