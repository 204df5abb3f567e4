//! A GUID: from the environment with all required input, or a random one.

use sei_compose::app::{
    DiskReply, Effect, EnvironmentChoice, KeyEffect, Msg, NetworkEffect, NetworkMsg, SandboxEffect,
    SandboxMsg,
};
use sei_compose::book::{Book, BookEntry};
use sei_compose::check::KnownInstance;
use sei_compose::wire::find;

use super::script::{GOOD, GUID, Script, reply};

#[test]
fn generating_asks_for_the_integration_then_the_name_then_the_key() {
    let mut script = Script::new();
    script.sends_to("levelops").keys("alt-2 f6");
    assert!(script.notice().contains("needs an instance name"), "{}", script.notice());
    script.types("abc").keys("f6");
    assert!(script.notice().contains("“abc” is not an integration id"), "{}", script.notice());
    script.keys("ctrl-u '4620' f6");
    assert!(script.notice().contains("needs a name first"), "{}", script.notice());
    assert_eq!(script.focus(), "/instance_name");
    script.types("Acme CI").keys("f6");
    assert_eq!(script.overlays(), ["key"]);
    script.effects();
    script.keys("'secret' enter");
    let effects = script.effects();
    let [Effect::Key(KeyEffect::KeepKey { .. }), Effect::Network(NetworkEffect::Post { request, .. })] =
        &effects[..]
    else {
        panic!("{effects:?}")
    };
    assert_eq!(request.url, "https://api.levelops.io/v1/cicd/instances");
    assert!(request.body.contains("4620") && request.body.contains("Acme CI"), "{}", request.body);
    let ticket = script.ticket();
    script.receive(Msg::Network(NetworkMsg::Replied {
        ticket,
        result: Ok(reply(200, &format!(r#"{{"id":"{GUID}"}}"#))),
    }));
    assert_eq!(script.value("/instance_guid"), format!("\"{GUID}\""));
    assert_eq!(script.focus(), "/instance_guid");
    assert!(script.notice().contains("its GUID is filled in"));
    assert!(!script.notice().contains("restores"), "no GUID was replaced: {}", script.notice());
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
    script.receive(Msg::Network(NetworkMsg::Replied { ticket, result: Ok(reply(401, "")) }));
    assert_eq!(script.overlays(), ["reply"]);
    assert_eq!(script.json(), r#"{"instance_name":"Acme CI"}"#);
}

#[test]
fn a_random_guid_is_marked_as_unknown_to_sei() {
    let mut script = Script::new();
    script.asks("random-guid").settles();
    assert_eq!(script.value("/instance_guid"), format!("\"{GUID}\""));
    assert!(script.notice().contains("SEI drops runs with a random GUID"), "{}", script.notice());
}

#[test]
fn a_guid_uses_the_legacy_name_where_that_is_in_use() {
    let mut script = Script::on(r#"{"jenkins_instance_guid":"x","jenkins_instance_name":"Acme CI"}"#);
    script.keys("alt-1 ctrl-end up up up '4620' f6 down enter").settles();
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
    script.keys("ctrl-n enter");
    assert_eq!(script.model.draft.integration, "");
    script.keys("f3").settles();
    script.keys("enter").settles();
    assert_eq!(script.model.draft.integration, "4620");
}

#[test]
fn the_sandbox_is_started_when_it_is_chosen_and_not_running() {
    let mut script = Script::new();
    script.sends_to("eu");
    let slot = script.model.sending.environments.last_mut().unwrap();
    assert_eq!(slot.environment.id, "sandbox");
    *slot = EnvironmentChoice::without_key(find("sandbox").unwrap().clone());
    script.sends_to("sandbox");
    assert_eq!(script.effects(), [Effect::Sandbox(SandboxEffect::StartSandbox)]);
    script.receive(Msg::Sandbox(SandboxMsg::Sandbox(Err("No port is free.".to_owned()))));
    assert!(script.notice().contains("No port is free."));
    script.sends_to("eu").sends_to("sandbox").settles();
    assert!(script.notice().contains("127.0.0.1:4620"), "{}", script.notice());
    assert!(script.model.chosen().unwrap().key.is_some(), "any key will do for it");
}

/// The reply of the endpoint for runs to a request for a GUID.
const WRONG_PATH: &str = r#"{"payload":"job_name/pipeline field is missing in request"}"#;

fn posted(script: &mut Script) -> Vec<(String, String)> {
    let mut posts = Vec::new();
    for effect in script.effects() {
        if let Effect::Network(NetworkEffect::Post { request, .. }) = effect {
            posts.push((request.url, request.body));
        }
    }
    posts
}

/// A script whose sandbox creates GUIDs at another path than the requested one.
fn refused() -> (Script, (String, String)) {
    let mut script = Script::new();
    let place = script.model.sending.environment;
    let environment = &mut script.model.sending.environments.get_mut(place).unwrap().environment;
    "v1/custom-cicd".clone_into(&mut environment.guid_path);
    script.keys("tab 'Acme CI' tab tab '4620' f6");
    let first = posted(&mut script).remove(0);
    let ticket = script.ticket();
    script.receive(Msg::Network(NetworkMsg::Replied { ticket, result: Ok(reply(400, WRONG_PATH)) }));
    (script, first)
}

#[test]
fn the_wrong_path_is_reported_and_one_key_sends_the_request_to_the_other() {
    let (mut script, (url, body)) = refused();
    assert_eq!(url, "http://127.0.0.1:4620/v1/custom-cicd");
    assert_eq!(posted(&mut script), [], "nothing is asked again by itself");
    for (columns, rows) in [(80, 24), (120, 36)] {
        script.sized(columns, rows).shows("Ask at v1/cicd/instances now").shows("creates GUIDs");
    }
    script.keys("enter");
    let other = "http://127.0.0.1:4620/v1/cicd/instances".to_owned();
    assert_eq!(posted(&mut script), [(other, body)]);
    let ticket = script.ticket();
    script.receive(Msg::Network(NetworkMsg::Replied {
        ticket,
        result: Ok(reply(200, &format!(r#"{{"id":"{GUID}"}}"#))),
    }));
    assert_eq!(script.value("/instance_guid"), format!("\"{GUID}\""));
    let keeps = r#"guid_path = "v1/cicd/instances" under [environments.sandbox] in config.toml"#;
    assert!(script.notice().contains(keeps), "{}", script.notice());
    script.keys("f6 down enter");
    assert_eq!(posted(&mut script)[0].0, url, "the environment is as it was");
}

#[test]
fn the_other_path_is_offered_once_and_can_be_declined_and_found_again() {
    let (mut script, _) = refused();
    script.keys("down enter");
    assert!(script.overlays().is_empty() && posted(&mut script).is_empty());
    script.asks("show-reply").shows("Ask at v1/cicd/instances now").keys("enter");
    let ticket = script.ticket();
    script.receive(Msg::Network(NetworkMsg::Replied { ticket, result: Ok(reply(404, "")) }));
    assert_eq!(script.overlays(), ["reply"]);
    script.shows("Both documented paths failed").hides("Ask at v1/").keys("enter");
    script.asks("show-reply");
    assert_eq!(script.overlays(), ["reply"]);
}

/// A script on a protected environment with a key and all input for a GUID.
fn protected(json: &str) -> Script {
    let mut script = Script::on(json);
    script.sends_to("prod2").keys("ctrl-k 'abc' enter").effects();
    "4620".clone_into(&mut script.model.draft.integration);
    script
}

#[test]
fn an_instance_in_a_protected_environment_requires_the_id_each_time() {
    let mut script = protected(r#"{"instance_name":"Acme CI"}"#);
    for (columns, rows) in [(60, 20), (80, 24), (120, 36)] {
        script.sized(columns, rows).keys("f6").shows("Harness PROD2 is protected");
        script.shows("Type “prod2” to create the instance").hides("GUID in the form");
        script.shows("________").shows("Enter create").keys("esc");
    }
    assert!(script.overlays().is_empty() && posted(&mut script).is_empty());
    script.keys("f6 enter").shows("Type the id of the environment");
    script.keys("'prod1' enter").shows("“prod1” is not “prod2”: nothing was created.");
    assert_eq!(posted(&mut script), []);
    script.keys("ctrl-u 'prod2' enter");
    let posts = posted(&mut script);
    assert_eq!(posts.len(), 1);
    assert!(posts[0].0.ends_with("/v1/cicd/instances"), "{posts:?}");
    let ticket = script.ticket();
    script.receive(Msg::Network(NetworkMsg::Replied {
        ticket,
        result: Ok(reply(200, &format!(r#"{{"id":"{GUID}"}}"#))),
    }));
    assert_eq!(script.value("/instance_guid"), format!("\"{GUID}\""));
    script.keys("f6").shows(&format!("GUID in the form: {GUID}")).shows("The new GUID replaces it.");
    script.keys("enter esc");
    assert_eq!(posted(&mut script), []);
}

#[test]
fn each_action_that_creates_an_instance_asks_in_a_protected_environment() {
    let ways: [fn(&mut Script); 4] = [
        |script| {
            script.keys("f6");
        },
        |script| {
            script.keys("alt-g");
        },
        |script| {
            script.asks("generate-guid");
        },
        |script| {
            script.keys("alt-1 ctrl-end up up enter");
        },
    ];
    for way in ways {
        let mut script = protected(r#"{"instance_name":"Acme CI"}"#);
        way(&mut script);
        assert_eq!(script.overlays(), ["Create an instance"]);
        assert_eq!(posted(&mut script), []);
    }
}

#[test]
fn the_other_path_also_asks_in_a_protected_environment() {
    let mut script = protected(r#"{"instance_name":"Acme CI"}"#);
    let place = script.model.sending.environment;
    let environment = &mut script.model.sending.environments.get_mut(place).unwrap().environment;
    "v1/custom-cicd".clone_into(&mut environment.guid_path);
    script.keys("f6 'prod2' enter");
    assert_eq!(posted(&mut script).len(), 1);
    let ticket = script.ticket();
    script.receive(Msg::Network(NetworkMsg::Replied { ticket, result: Ok(reply(400, WRONG_PATH)) }));
    script.shows("Ask at v1/cicd/instances now").keys("enter");
    assert_eq!(script.overlays(), ["Create an instance"]);
    assert_eq!(posted(&mut script), []);
    script.keys("'prod2' enter");
    let posts = posted(&mut script);
    assert!(posts.len() == 1 && posts[0].0.ends_with("/v1/cicd/instances"), "{posts:?}");
}

#[test]
fn a_guid_in_the_form_is_replaced_only_after_a_yes() {
    for action in ["generate-guid", "random-guid"] {
        let mut script = Script::on(GOOD);
        "4620".clone_into(&mut script.model.draft.integration);
        let old = script.value("/instance_guid");
        for (columns, rows) in [(60, 20), (80, 24), (120, 36)] {
            script.sized(columns, rows).asks(action).shows("The form already has a GUID");
            script.shows(old.trim_matches('"')).shows("Keep the GUID").keys("enter");
            script.asks(action).keys("esc").asks(action).keys("down down enter");
        }
        assert_eq!((script.effects(), script.value("/instance_guid")), (vec![], old.clone()));
        script.asks(action).keys("down enter").settles();
        assert_eq!(script.value("/instance_guid"), format!("\"{GUID}\""));
        assert!(script.notice().contains("{undo} restores the previous GUID"), "{}", script.notice());
        script.keys("ctrl-z");
        assert_eq!(script.value("/instance_guid"), old);
    }
}

#[test]
fn any_value_in_the_guid_field_is_replaced_only_after_a_question() {
    let table = [
        (r#"{"instance_guid":7}"#, true),
        (r#"{"jenkins_instance_guid":"x"}"#, true),
        (r#"{"jenkins_instance_guid":"","instance_guid":"x"}"#, true),
        (r#"{"instance_guid":"\u0007[2J"}"#, true),
        (r#"{"instance_guid":" "}"#, false),
        (r#"{"instance_guid":null}"#, false),
        ("{}", false),
    ];
    for (json, is_asked) in table {
        let mut script = Script::on(json);
        script.asks("random-guid").hides("\u{7}");
        assert_eq!(script.overlays() == ["The form already has a GUID"], is_asked, "{json}");
        assert_eq!(script.effects().is_empty(), is_asked, "{json}");
    }
}

/// A script whose sandbox belongs to the program.
fn embedded(json: &str) -> Script {
    let mut script = Script::on(json);
    let sandbox = script.model.chosen().unwrap().environment.clone();
    script.receive(Msg::Sandbox(SandboxMsg::Sandbox(Ok(Box::new(sandbox)))));
    script
}

#[test]
fn a_guid_that_the_internal_sandbox_does_not_know_causes_a_warning_until_it_creates_one() {
    let mut script = embedded(GOOD);
    assert_eq!(script.codes("/instance_guid"), ["guid-unknown"]);
    assert_eq!(script.model.counts().warnings, 1);
    assert!(script.notice().contains("did not create the GUID"), "{}", script.notice());
    script.go("/instance_guid").shows("it would drop the run").shows("F6 create instance");
    script.keys("f5").shows("it would drop the run").keys("esc");
    "4620".clone_into(&mut script.model.draft.integration);
    script.keys("f6 down enter").settles();
    assert_eq!(script.codes("/instance_guid"), [""; 0]);
    assert_eq!(script.model.counts().warnings, 0);
}

#[test]
fn an_instance_of_the_internal_sandbox_is_offered_in_place_of_an_unknown_guid() {
    let mut script = embedded(GOOD);
    script.receive(Msg::Sandbox(SandboxMsg::InstanceMade(KnownInstance {
        guid: GUID.to_owned(),
        name: "Acme CI".to_owned(),
        url: None,
        environment: Some("sandbox".to_owned()),
    })));
    script.go("/instance_guid").shows("F8 ").keys("f8");
    assert_eq!(script.value("/instance_guid"), format!("\"{GUID}\""));
    assert_eq!(script.codes("/instance_guid"), [""; 0]);
}

#[test]
fn an_external_sandbox_may_know_any_guid() {
    let mut script = Script::on(GOOD);
    assert_eq!(script.codes("/instance_guid"), [""; 0]);
    script.sends_to("prod2");
    assert_eq!(script.codes("/instance_guid"), [""; 0]);
}

#[test]
fn the_instance_book_does_not_list_the_instances_of_the_internal_sandbox() {
    let mut script = embedded(GOOD);
    let entry = BookEntry {
        guid: "6f1f3c52-5d0e-4c8a-9b7e-2f4d1a90c3e8".to_owned(),
        name: "Acme CI".to_owned(),
        environment: Some("sandbox".to_owned()),
        ..BookEntry::default()
    };
    script.receive(Msg::Disk(DiskReply::Book(Ok(Book { entries: vec![entry], ..Book::default() }))));
    assert_eq!(script.codes("/instance_guid"), ["guid-unknown"]);
}
