//! The sandbox in the app: its received runs and its next answer.

use sei_compose::app::{Effect, Msg, SandboxEffect, SandboxMsg};
use sei_compose::document::{Value, read, write_compact};
use sei_compose::sandbox::{Fault, Planned};

use super::script::{GOOD, GUID, Script};

/// A script whose sandbox knows the instance of its run.
fn known(json: &str) -> Script {
    let mut script = Script::on(json);
    "4620".clone_into(&mut script.model.draft.integration);
    script.keys("f6 down enter").settles();
    assert_eq!(script.value("/instance_guid"), format!("\"{GUID}\""));
    script
}

fn sends(script: &mut Script) {
    script.keys("f5 enter").settles();
    script.keys("esc");
}

#[test]
fn the_view_shows_the_outcome_of_each_run_newest_first() {
    let mut script = known(GOOD);
    sends(&mut script);
    script.go("/build_number").keys("ctrl-u '8'").go("/instance_guid").keys("ctrl-u");
    script.types("0f0e0d0c-0b0a-4908-8706-050403020199");
    sends(&mut script);
    script.asks("sandbox").settles();
    assert_eq!(script.overlays(), ["arrivals"]);
    script.shows("Sandbox · 2 runs").shows("#8").shows("dropped").shows(": SEI drops the run.");
    script
        .shows("#7")
        .shows("kept")
        .shows("success · ")
        .shows("F6 creates an instance and fills in its GUID");
    let screen = script.screen();
    assert!(screen.find("#8") < screen.find("#7"), "{screen}");
}

#[test]
fn an_empty_sandbox_says_how_to_fill_it() {
    let mut script = Script::new();
    script.asks("sandbox").settles();
    script.shows("No runs received yet").keys("esc");
    assert_eq!(script.overlays(), [""; 0]);
}

#[test]
fn a_chosen_fault_affects_the_next_request_only() {
    let mut script = known(GOOD);
    script.asks("sandbox").settles();
    script.keys("enter '401' enter");
    assert_eq!(
        script.effects(),
        [Effect::Sandbox(SandboxEffect::PlanFaults(vec![Planned::once(Fault::Unauthorized)]))]
    );
    script.ledger.plan([Planned::once(Fault::Unauthorized)]);
    assert_eq!(script.overlays(), ["arrivals"], "the view is there again");
    script.shows("Planned: 401 for the next request.").keys("esc");
    script.keys("f5 enter").settles();
    script.shows("401: the key was not accepted").keys("esc");
    script.keys("f5 enter").settles();
    script.shows("202: queued");
}

#[test]
fn a_fault_for_every_request_stays_until_the_usual_answer_is_chosen() {
    let mut script = known(GOOD);
    script.asks("sandbox").settles();
    script.keys("enter '500 every' enter");
    script.settles();
    assert_eq!(
        script.ledger.planned().copied().collect::<Vec<_>>(),
        [Planned { fault: Fault::Internal, times: None }]
    );
    script.shows("Planned: 500 for every request.").keys("enter enter");
    script.settles();
    assert_eq!(script.ledger.planned().count(), 0);
    script.hides("To come").shows("normally again");
}

/// The good run with some fields replaced.
fn run_with(fields: &str) -> String {
    let mut run = read(GOOD).unwrap().as_object().unwrap().clone();
    for (key, value) in read(fields).unwrap().as_object().unwrap().iter() {
        run.put(key, value.clone());
    }
    write_compact(&Value::Object(run))
}

#[test]
fn stages_that_are_lost_and_artifacts_that_pair_are_counted() {
    let build = run_with(
        r#"{"artifacts":[{"type":"container","name":"web","qualifier":"1","location":"r.example/shop"}],
            "job_run":{"stages":[{"id":"1","displayName":"Build","durationInMillis":1},
                                 {"displayName":"Test","durationInMillis":1}]}}"#,
    );
    let deployment = run_with(
        r#"{"artifacts":[{"type":"container","name":"web","qualifier":"1","location":"r.example/shop"}],
            "ci":false,"cd":true,"build_number":8,"job_full_name":"shop/deploy"}"#,
    );
    let mut first = known(&build);
    sends(&mut first);
    let mut script = known(&deployment);
    script.ledger = first.ledger;
    sends(&mut script);
    script.asks("sandbox").settles();
    script.shows("1 of 2 stages kept").shows("“Test” has no id");
    script.shows("web:1 pairs with shop/web #7").shows("web:1 pairs with shop/deploy #8");
}

#[test]
fn a_sandbox_outside_of_the_program_is_reported_in_a_sentence() {
    let mut script = Script::new();
    script.receive(Msg::Sandbox(SandboxMsg::Received(Err("No sandbox runs in this program.".to_owned()))));
    assert_eq!(script.notice(), "No sandbox runs in this program.");
    assert_eq!(script.overlays(), [""; 0]);
}

#[test]
fn an_open_view_is_refreshed_when_a_run_arrives_and_a_closed_one_stays_closed() {
    let mut script = known(GOOD);
    script.asks("sandbox").settles();
    script.shows("No runs received yet").keys("enter");
    script.ledger = {
        let mut other = known(GOOD);
        sends(&mut other);
        other.ledger
    };
    script.receive(Msg::Sandbox(SandboxMsg::Stirred));
    assert_eq!(script.effects(), [Effect::Sandbox(SandboxEffect::ReadReceivedLater)]);
    let overview = Box::new(script.ledger.overview());
    script.receive(Msg::Sandbox(SandboxMsg::Renewed(overview.clone())));
    assert_eq!(script.overlays(), ["arrivals", "Next sandbox reply"], "what lies above it stays there");
    script.keys("esc").shows("Sandbox · 1 run").keys("esc");
    script.receive(Msg::Sandbox(SandboxMsg::Stirred));
    assert_eq!(script.effects(), []);
    script.receive(Msg::Sandbox(SandboxMsg::Renewed(overview)));
    assert_eq!(script.overlays(), [""; 0]);
}

#[test]
fn an_artifact_that_cannot_pair_says_why() {
    let artifact = |fields: &str| format!(r#"{{"artifacts":[{{{fields}}}]}}"#);
    for (fields, why) in [
        (r#""type":"container","name":"web","location":"r.example""#, "web: no qualifier, never paired"),
        (r#""type":"container","name":"web","qualifier":"1""#, "web:1: no location, never paired"),
        (r#""type":"container","name":"","qualifier":"1""#, ":1: no name, never paired"),
        (r#""name":"web","qualifier":"1""#, "web:1: no type, never paired"),
        (r#""type":"maven","name":"web","qualifier":"1""#, "web:1: not of type container, never paired"),
        (
            r#""type":"container","name":"web","qualifier":"1","location":"r.example""#,
            "web:1 pairs with no run yet",
        ),
        (r#""type":"container","name":"web","hash":"a1""#, "web pairs with no run yet"),
    ] {
        let mut script = known(&run_with(&artifact(fields)));
        sends(&mut script);
        script.asks("sandbox").settles();
        script.shows(why);
    }
}
