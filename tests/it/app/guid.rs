//! A GUID: from the environment, with what it takes to ask, or a random one.

use sei_compose::app::{Choosable, Effect, Msg};
use sei_compose::wire::find;

use super::script::{GUID, Script, reply};

#[test]
fn generating_asks_for_the_integration_then_the_name_then_the_key() {
    let mut script = Script::new();
    script.sends_to("levelops").keys("alt-2 f6");
    assert!(
        script.notice().contains("integration id and the instance name are needed"),
        "{}",
        script.notice()
    );
    script.types("abc").keys("f6");
    assert!(script.notice().contains("“abc” is no integration id"), "{}", script.notice());
    script.keys("ctrl-u '4620' f6");
    assert!(script.notice().contains("needs a name first"), "{}", script.notice());
    assert_eq!(script.focus(), "/instance_name");
    script.types("Acme CI").keys("f6");
    assert_eq!(script.overlays(), ["key"]);
    script.effects();
    script.keys("'secret' enter");
    let effects = script.effects();
    let [Effect::KeepKey { .. }, Effect::Post { request, .. }] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(request.url, "https://api.levelops.io/v1/cicd/instances");
    assert!(request.body.contains("4620") && request.body.contains("Acme CI"), "{}", request.body);
    let ticket = script.ticket();
    script.tell(Msg::Replied { ticket, result: Ok(reply(200, &format!(r#"{{"id":"{GUID}"}}"#))) });
    assert_eq!(script.value("/instance_guid"), format!("\"{GUID}\""));
    assert_eq!(script.focus(), "/instance_guid");
    assert!(script.notice().contains("its GUID is filled in"));
    assert!(script.overlays().is_empty());
    script.keys("ctrl-z");
    assert_eq!(script.value("/instance_guid"), "");
}

#[test]
fn the_buttons_of_the_instance_tab_do_the_same() {
    let mut script = Script::new();
    script.keys("tab 'Acme CI' tab tab '4620' tab enter").settles();
    assert_eq!(script.value("/instance_guid"), format!("\"{GUID}\""));
    assert_eq!(script.ledger.instances().count(), 1);
}

#[test]
fn a_refused_guid_is_explained_and_nothing_is_filled_in() {
    let mut script = Script::new();
    script.keys("tab 'Acme CI' tab tab '4620' f6").effects();
    let ticket = script.ticket();
    script.tell(Msg::Replied { ticket, result: Ok(reply(401, "")) });
    assert_eq!(script.overlays(), ["reply"]);
    assert_eq!(script.json(), r#"{"instance_name":"Acme CI"}"#);
}

#[test]
fn a_random_guid_says_that_sei_does_not_know_it() {
    let mut script = Script::new();
    script.asks("random-guid").settles();
    assert_eq!(script.value("/instance_guid"), format!("\"{GUID}\""));
    assert!(script.notice().contains("SEI drops runs of one it did not make"), "{}", script.notice());
}

#[test]
fn a_guid_goes_under_the_legacy_name_where_that_is_in_use() {
    let mut script = Script::on(r#"{"jenkins_instance_guid":"x","jenkins_instance_name":"Acme CI"}"#);
    script.keys("alt-1 ctrl-end up up up '4620' f6").settles();
    assert_eq!(
        script.json(),
        format!(r#"{{"jenkins_instance_guid":"{GUID}","jenkins_instance_name":"Acme CI"}}"#)
    );
}

#[test]
fn the_integration_id_is_not_sent_but_kept_in_the_draft() {
    let mut script = Script::new();
    script.keys("alt-1 ctrl-end up up up '4620'");
    assert_eq!(script.json(), "{}");
    assert!(script.model.is_unsaved());
    script.keys("f4 ctrl-u 'a' enter").settles();
    assert!(!script.model.is_unsaved());
    script.keys("ctrl-n");
    assert_eq!(script.model.integration, "");
    script.keys("f3").settles();
    script.keys("enter").settles();
    assert_eq!(script.model.integration, "4620");
}

#[test]
fn the_sandbox_is_started_once_it_is_chosen_and_not_up() {
    let mut script = Script::new();
    script.sends_to("eu");
    let slot = script.model.environments.last_mut().unwrap();
    assert_eq!(slot.environment.id, "sandbox");
    *slot = Choosable { environment: find("sandbox").unwrap().clone(), key: None };
    script.sends_to("sandbox");
    assert_eq!(script.effects(), [Effect::StartSandbox]);
    script.tell(Msg::Sandbox(Err("No port is free.".to_owned())));
    assert!(script.notice().contains("No port is free."));
    script.sends_to("eu").sends_to("sandbox").settles();
    assert!(script.notice().contains("127.0.0.1:4620"), "{}", script.notice());
    assert!(script.model.chosen().unwrap().key.is_some(), "any key will do for it");
}
