//! Stages, steps, artifacts, parameters, triggers: add, duplicate, remove, move, fold.

use super::script::Script;

const TWO: &str = r#"{"job_run":{"stages":[{"id":"1","displayName":"Build","durationInMillis":1},{"id":"2","displayName":"Test","durationInMillis":2}]}}"#;

fn ids(script: &Script, list: &str) -> Vec<String> {
    let mut ids = Vec::new();
    while !script.value(&format!("{list}/{}", ids.len())).is_empty() {
        ids.push(script.value(&format!("{list}/{}/id", ids.len())).replace('"', ""));
    }
    ids
}

#[test]
fn a_stage_with_a_step_is_added_by_enter_and_starts_with_an_id() {
    let mut script = Script::new();
    script.keys("alt-3 enter 'Build'");
    assert_eq!(script.json(), r#"{"job_run":{"stages":[{"displayName":"Build","id":"1"}]}}"#);
    script.go("/job_run/stages/0/steps/0").keys("enter 'compile'");
    assert_eq!(
        script.value("/job_run/stages/0/steps"),
        r#"[{"displayName":"compile","id":"1"}]"#,
        "{}",
        script.json()
    );
    script.keys("insert");
    assert_eq!(ids(&script, "/job_run/stages/0/steps"), ["1", "2"], "another of the same kind, after it");
    assert_eq!(script.focus(), "/job_run/stages/0/steps/1/displayName");
}

#[test]
fn a_new_id_is_one_more_than_the_largest() {
    let mut script = Script::on(r#"{"job_run":{"stages":[{"id":"7"},{"id":"x"}]}}"#);
    script.go("/job_run/stages/2").keys("enter");
    assert_eq!(ids(&script, "/job_run/stages"), ["7", "x", "8"]);
}

#[test]
fn a_duplicate_follows_the_original_with_its_own_id() {
    let mut script = Script::on(TWO);
    script.go("/job_run/stages/0").keys("ctrl-d");
    assert_eq!(ids(&script, "/job_run/stages"), ["1", "3", "2"]);
    assert_eq!(script.value("/job_run/stages/1/displayName"), r#""Build""#);
    assert_eq!(script.focus(), "/job_run/stages/1");
    script.keys("ctrl-z");
    assert_eq!(script.json(), TWO);
}

#[test]
fn removing_an_item_is_undone_whole() {
    let mut script = Script::on(TWO);
    script.go("/job_run/stages/0").keys("delete");
    assert_eq!(ids(&script, "/job_run/stages"), ["2"]);
    assert_eq!(script.focus(), "/job_run/stages/0");
    script.keys("ctrl-z");
    assert_eq!(script.json(), TWO);
}

#[test]
fn removing_the_last_item_removes_its_list() {
    let mut script = Script::on(r#"{"pipeline":"a","job_run":{"stages":[{"id":"1"}]}}"#);
    script.go("/job_run/stages/0").keys("alt-x");
    assert_eq!(script.json(), r#"{"pipeline":"a"}"#);
    assert_eq!(script.focus(), "/job_run/stages/0", "the place to add another has the focus");

    let mut script = Script::on(r#"{"job_run":{"stages":[{"id":"1"}],"more":1}}"#);
    script.go("/job_run/stages/0").keys("delete");
    assert_eq!(script.json(), r#"{"job_run":{"more":1}}"#, "an undocumented member stays");
}

#[test]
fn items_move_with_their_unfolded_state() {
    let mut script = Script::on(TWO);
    script.go("/job_run/stages/0").keys("right alt-down");
    assert_eq!(ids(&script, "/job_run/stages"), ["2", "1"]);
    assert_eq!(script.focus(), "/job_run/stages/1");
    script.keys("down");
    assert_eq!(script.focus(), "/job_run/stages/1/displayName", "still unfolded");
    script.keys("alt-down");
    assert_eq!(script.notice(), "Already the last item.");
    script.keys("alt-up alt-up");
    assert_eq!(script.json(), TWO);
    assert_eq!(script.notice(), "Already the first item.");
}

#[test]
fn folding_shows_one_line_and_unfolding_the_fields() {
    let mut script = Script::on(TWO);
    script.go("/job_run/stages/0");
    let folded = script.model.form.rows.len();
    for (keys, is_open) in
        [("enter", true), ("enter", false), ("right", true), ("left", false), ("' '", true)]
    {
        script.keys(keys);
        assert_eq!(script.model.form.rows.len() > folded, is_open, "after {keys}");
    }
    assert_eq!(script.json(), TWO, "folding changes nothing");
    script.keys("alt-f");
    assert_eq!(script.model.form.rows.len(), folded, "anything unfolded: all is folded");
    script.keys("alt-f").shows("Test").shows("Name");
    assert!(script.model.form.rows.len() > folded);
}

#[test]
fn folding_all_from_within_an_item_leaves_the_focus_on_it() {
    let mut script = Script::on(TWO);
    script.go("/job_run/stages/1").keys("enter down down alt-f");
    assert_eq!(script.focus(), "/job_run/stages/1");
}

#[test]
fn a_folded_stage_shows_its_summary_and_bar() {
    let mut script = Script::on(
        r#"{"duration":4000,"job_run":{"stages":[{"id":"1","displayName":"Build","result":"succeeded","durationInMillis":1000,"steps":[{},{}]},{"id":"2","displayName":"Test","result":"failed","durationInMillis":3000}]}}"#,
    );
    script.keys("alt-3");
    script.shows("▸ ✓ Build  succeeded · 1s · 2 steps").shows("▸ ✗ Test  failed · 3s");
    script.shows("▒▒▒▒············").shows("····▒▒▒▒▒▒▒▒▒▒▒▒");
}

#[test]
fn a_new_artifact_has_the_defaults_of_the_kind_of_run() {
    for (json, artifact) in [
        ("{}", r#"{"type":"container","output":true,"input":false}"#),
        (r#"{"ci":true,"cd":false}"#, r#"{"type":"container","output":true,"input":false}"#),
        (r#"{"ci":false,"cd":true}"#, r#"{"type":"container","output":false,"input":true}"#),
    ] {
        let mut script = Script::on(json);
        script.go("/artifacts/0").keys("enter");
        let made: serde_json::Value = serde_json::from_str(&script.value("/artifacts/0")).unwrap();
        let wanted: serde_json::Value = serde_json::from_str(artifact).unwrap();
        assert_eq!(made, wanted, "for {json}");
    }
}

#[test]
fn parameters_and_triggers_are_added_in_their_tables() {
    let mut script = Script::new();
    script.go("/job_run_params/0").keys("enter 'TARGET' tab 'staging'");
    assert_eq!(
        script.value("/job_run_params"),
        r#"[{"name":"TARGET","value":"staging","type":"StringParameterValue"}]"#
    );
    script.go("/trigger_chain/0").keys("enter");
    script.go("/trigger_chain/0/direct_parents/0").keys("enter");
    script.go("/trigger_chain/0/direct_parents/0/id").types("up-1");
    assert_eq!(script.value("/trigger_chain"), r#"[{"direct_parents":[{"id":"up-1"}]}]"#);
}

#[test]
fn the_item_keys_report_a_missing_item() {
    let mut script = Script::new();
    for keys in ["insert", "ctrl-d", "alt-x", "alt-up", "alt-down"] {
        script.keys(keys);
        assert!(script.notice().contains("No stage, step, artifact"), "{keys}: {}", script.notice());
        assert_eq!(script.json(), "{}");
    }
}

#[test]
fn a_null_list_becomes_a_list_when_an_item_is_added() {
    let mut script = Script::on(r#"{"job_run":null,"artifacts":null}"#);
    script.keys("alt-3 enter").go("/artifacts/0").keys("enter");
    assert_eq!(script.value("/job_run/stages/0/id"), r#""1""#);
    assert!(script.value("/artifacts").starts_with("[{"));
}

#[test]
fn adding_an_item_names_it_with_the_right_article() {
    for (at, label) in [("/artifacts/0", "Added an artifact"), ("/job_run/stages/0", "Added a stage")] {
        let mut script = Script::new();
        script.go(at).keys("enter ctrl-z");
        assert_eq!(script.notice(), format!("Undone: {label}"));
    }
}
