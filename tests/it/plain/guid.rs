//! The GUID of the instance, and the integration id that it is asked for with.

use super::PlainSession;
use crate::app::script::{GOOD, GUID};

#[test]
fn another_guid_is_asked_for_with_the_integration_id_before_the_questions_go_on() {
    let mut talk = PlainSession::on(GOOD);
    talk.hears(&[":guid"]).says("Integration id required").asks("Integration id: ");
    assert_ne!(talk.script.value("/instance_guid"), format!("\"{GUID}\""));
    talk.hears(&["seven"]).says("“seven” is no integration id").asks("Integration id [seven]: ");
    talk.hears(&["4620"]).says("The form already has a GUID").says("1. Keep the GUID").asks("Number [1]: ");
    talk.hears(&["2"]).says("its GUID is filled in").asks("Pipeline (required) [web]: ");
    assert_eq!(talk.script.value("/instance_guid"), format!("\"{GUID}\""));
    assert_eq!(talk.script.value("/pipeline"), "\"web\"");
}

#[test]
fn a_missing_name_is_asked_for_as_well() {
    let mut talk = PlainSession::on(&GOOD.replace(r#","instance_name":"Acme CI""#, ""));
    talk.hears(&[":guid"]).says("requires two fields").asks("Integration id: ");
    talk.hears(&["4620"]).says("The instance needs a name first").asks("Instance name");
    talk.hears(&["Acme CI"])
        .says("already has a GUID")
        .hears(&["2"])
        .says("its GUID is filled in")
        .asks("Pipeline (required) [web]: ");
    assert_eq!(talk.script.value("/instance_guid"), format!("\"{GUID}\""));
}

#[test]
fn who_gives_no_integration_id_or_goes_elsewhere_asks_for_no_guid() {
    let mut talk = PlainSession::on(GOOD);
    talk.hears(&[":guid", ""]).asks("Pipeline");
    talk.hears(&[":guid", ":go instance_name", "Other"]).asks("Instance URL");
    talk.hears(&[":go integration id", "4620"]).asks("Pipeline");
    assert_ne!(talk.script.value("/instance_guid"), format!("\"{GUID}\""));
}

#[test]
fn go_finds_the_integration_id_by_name_and_by_label() {
    let mut talk = PlainSession::on(GOOD);
    talk.hears(&[":go integration_id"]).asks("Integration id: ").hears(&["4620"]).asks("Pipeline");
    talk.hears(&[":go Integration ID"]).asks("Integration id [4620]: ").hears(&["-"]);
    assert_eq!(talk.script.model.draft.integration, "");
}
