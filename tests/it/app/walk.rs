//! Viewing a document never changes it.

use sei_compose::app::Msg;
use sei_compose::app::row::{FormRow, Role};

use super::script::{Script, corpus};

/// Documents with values that their fields would change when they are read again.
const TRICKY: [&str; 8] = [
    r#"{"start_time":1.0,"duration":1e3,"build_number":1.50,"result":"succes"}"#,
    r#"{"start_time":"now","duration":"77","build_number":"7","ci":"yes","cd":1,"cfr_status":"true"}"#,
    r#"{"start_time":1679467494,"duration":-5,"build_number":null,"ci":null,"cd":null,"cfr_status":0}"#,
    r#"{"themes":["a,b"," c ","",7,null],"scm_commit_ids":[["x"]],"module_name":12,"pipeline":"  "}"#,
    r#"{"pipeline":"a\nb\r\nc\td","job_full_name":"\u0000\u001b","branch_name":"","user_id":null}"#,
    r#"{"job_name":"old","pipeline":"new","pipeline":"twice","unknown":{"deep":[1,{"a":null}]},"0":1,"a/b~c":2}"#,
    r#"{"job_run":{"stages":[{"startTime":"2023-03-22T08:44:54.5+02:00","durationInMillis":"5","steps":null},7,{"steps":[{"id":1,"x":[]}]}],"y":0},"artifacts":[{"metadata":{"a":1,"b":"c,d","=":""},"input":"no"},null,[]],"job_run_params":"none","trigger_chain":[{"direct_parents":[{"direct_parents":[{}]}]}]}"#,
    r#"{"job_run":[{"stages":[]}],"artifacts":{},"job_run_params":[],"trigger_chain":0,"instance_guid":{},"instance_name":false}"#,
];

fn walk(json: &str) {
    let mut script = Script::on(json);
    let before = script.json();
    let mut rows = 0;
    for tab in 1..=5 {
        script.keys(&format!("alt-{tab}"));
        loop {
            let is_folded = |row: &&FormRow| {
                matches!(row.role, Role::Item(_)) && !script.model.form.open.contains(&row.at)
            };
            let Some(at) = script.model.form.rows.iter().find(is_folded).map(|row| row.at.to_string()) else {
                break;
            };
            script.go(&at).keys("right");
        }
        script.keys("ctrl-home");
        for _ in 0..=script.model.form.rows.len() {
            rows += 1;
            assert_eq!(script.json(), before, "after {} on tab {tab}", script.focus());
            script.keys("home end").receive(Msg::Wake);
            script.keys("down");
        }
        for _ in 0..=script.model.form.rows.len() {
            script.keys("up");
        }
        assert_eq!(script.json(), before, "after walking back on tab {tab}");
    }
    assert!(rows > 30);
    assert!(!script.model.document.can_undo(), "nothing was done that could be undone");
    assert!(!script.model.is_unsaved());
}

#[test]
fn walking_over_every_row_of_the_whole_examples_leaves_them_identical() {
    walk(&corpus("whole/node-js-ci.json"));
    walk(&corpus("whole/pipeline-2.json"));
}

#[test]
fn walking_over_every_row_of_tricky_documents_leaves_them_identical() {
    for json in TRICKY {
        walk(json);
    }
}

#[test]
fn typing_a_character_and_deleting_it_leaves_the_document_identical() {
    for json in [corpus("whole/node-js-ci.json"), corpus("whole/pipeline-2.json")] {
        let mut script = Script::on(&json);
        let before = script.json();
        for tab in 1..=4 {
            script.keys(&format!("alt-{tab} alt-f ctrl-home"));
            for _ in 0..script.model.form.rows.len() {
                let is_text = script.model.form.editor.as_ref().is_some_and(|editor| !editor.fresh);
                let was = script.value(&script.focus());
                // SEI reads a number here as text, and so does the field once it is edited.
                let is_lenient = script.focus().ends_with("/value");
                if is_text && !is_lenient && !was.is_empty() && was != "null" {
                    script.keys("'7' backspace");
                    assert_eq!(script.json(), before, "at {}", script.focus());
                }
                script.keys("down");
            }
        }
    }
}
