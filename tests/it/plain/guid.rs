//! The GUID of the instance, and its integration id.

use super::PlainSession;
use crate::app::script::{GOOD, GUID};

#[test]
fn a_new_guid_is_requested_with_the_integration_id_before_the_next_question() {
    let mut talk = PlainSession::on(GOOD);
    talk.answers(&[":guid"]).says("Integration id required").asks("Integration id: ");
    assert_ne!(talk.script.value("/instance_guid"), format!("\"{GUID}\""));
    talk.answers(&["seven"]).says("“seven” is not an integration id").asks("Integration id [seven]: ");
    talk.answers(&["4620"]).says("The form already has a GUID").says("1. Keep the GUID").asks("Number [1]: ");
    talk.answers(&["2"]).says("its GUID is filled in").asks("Pipeline (required) [web]: ");
    assert_eq!(talk.script.value("/instance_guid"), format!("\"{GUID}\""));
    assert_eq!(talk.script.value("/pipeline"), "\"web\"");
}

#[test]
fn a_missing_name_is_asked_too() {
    let mut talk = PlainSession::on(&GOOD.replace(r#","instance_name":"Acme CI""#, ""));
    talk.answers(&[":guid"]).says("needs an instance name").asks("Integration id: ");
    talk.answers(&["4620"]).says("The instance needs a name first").asks("Instance name");
    talk.answers(&["Acme CI"])
        .says("already has a GUID")
        .answers(&["2"])
        .says("its GUID is filled in")
        .asks("Pipeline (required) [web]: ");
    assert_eq!(talk.script.value("/instance_guid"), format!("\"{GUID}\""));
}

#[test]
fn without_an_integration_id_no_guid_is_requested() {
    let mut talk = PlainSession::on(GOOD);
    talk.answers(&[":guid", ""]).asks("Pipeline");
    talk.answers(&[":guid", ":go instance_name", "Other"]).asks("Instance URL");
    talk.answers(&[":go integration id", "4620"]).asks("Pipeline");
    assert_ne!(talk.script.value("/instance_guid"), format!("\"{GUID}\""));
}

#[test]
fn go_finds_the_integration_id_by_name_and_by_label() {
    let mut talk = PlainSession::on(GOOD);
    talk.answers(&[":go integration_id"]).asks("Integration id: ").answers(&["4620"]).asks("Pipeline");
    talk.answers(&[":go Integration ID"]).asks("Integration id [4620]: ").answers(&["-"]);
    assert_eq!(talk.script.model.draft.integration, "");
}
