//! New drafts, from templates and as deployments of builds.

use sei_compose::document::Value;

use super::script::{GOOD, Script, draft};

/// A good build that produced an image.
fn build() -> String {
    let image = r#","artifacts":[{"input":false,"output":true,"type":"container","location":"r","name":"web","qualifier":"1.2"}]}"#;
    format!("{}{image}", GOOD.strip_suffix('}').unwrap())
}

#[test]
fn a_new_draft_starts_with_a_template() {
    let mut script = Script::new();
    script.keys("ctrl-n");
    assert_eq!(script.overlays(), ["New draft"]);
    script.shows("Blank").hides("CD run of this build").picks("Pipeline-2");
    assert_eq!(script.value("/execution_id"), r#""UNIQUE_EXECUTION_ID""#);
    assert!(!script.model.is_unsaved(), "nothing of a person's is in it yet");
    assert_eq!(script.model.draft.file.name, None);
    script.keys("ctrl-n enter");
    assert_eq!(script.model.document.value(), &Value::empty_object());
}

#[test]
fn a_new_draft_deploys_the_build_on_the_screen() {
    let mut script = Script::on(&build());
    script.keys("ctrl-n").picks("this build");
    assert_eq!((script.value("/ci"), script.value("/cd")), ("false".to_owned(), "true".to_owned()));
    assert_eq!(script.value("/artifacts/0/input"), "true");
    assert_eq!(script.value("/trigger_chain/0/id"), r#""shop/web""#);
    assert!(script.notice().contains("Deployment of the build's artifacts"), "{}", script.notice());
}

#[test]
fn a_build_in_another_draft_is_chosen_from_the_list_and_not_changed() {
    let mut script = Script::new();
    let mut kept = draft("nightly", &build());
    kept.rest.put("integration_id", Value::Text("4620".to_owned()));
    script.drafts.insert("nightly".to_owned(), kept);
    script.keys("ctrl-n").picks("another draft").settles();
    assert_eq!(script.overlays(), ["Build to deploy"]);
    script.keys("delete f2 ctrl-d");
    assert_eq!(script.overlays(), ["Build to deploy"], "here a draft is only chosen");
    script.keys("enter").settles();
    assert!(script.overlays().is_empty());
    assert_eq!(script.value("/artifacts/0/output"), "false");
    assert_eq!(script.model.draft.file.name, None, "saving must not replace the build");
    assert_eq!(script.model.draft.integration, "4620");
}

#[test]
fn a_build_without_artifacts_is_reported() {
    let mut script = Script::new();
    script.drafts.insert("bare".to_owned(), draft("bare", GOOD));
    script.keys("ctrl-n").picks("another draft").settles();
    script.keys("enter").settles();
    assert!(script.notice().contains("no output artifact"), "{}", script.notice());
    assert_eq!(script.value("/cd"), "true");
}

#[test]
fn a_template_replaces_unsaved_work_only_after_a_question() {
    let mut script = Script::new();
    script.go("/pipeline").types("x").keys("ctrl-n").picks("CI run");
    assert_eq!(script.overlays(), ["Start a new draft"]);
    script.keys("enter");
    assert_eq!(script.value("/pipeline"), r#""x""#);
    script.keys("ctrl-n").picks("CI run").keys("down enter");
    assert_eq!(script.value("/pipeline"), "");
    assert_eq!(script.value("/job_run/stages/0/displayName"), r#""Build""#);
}
