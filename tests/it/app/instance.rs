//! The instance book: chosen from, filled, and used by the rules.

use sei_compose::app::{DiskEffect, DiskReply, Effect, Msg, NetworkEffect, NetworkMsg};
use sei_compose::book::{Book, BookEntry};
use sei_compose::document::Object;

use super::script::{GOOD, GUID, Script, reply};

/// The GUID of another instance.
const OTHER: &str = "0f0e0d0c-0b0a-4908-8706-050403020199";

fn entry(guid: &str, name: &str, environment: &str) -> BookEntry {
    BookEntry {
        guid: guid.to_owned(),
        name: name.to_owned(),
        environment: Some(environment.to_owned()),
        integration: Some("4620".to_owned()),
        ..BookEntry::default()
    }
}

fn book(entries: &[BookEntry]) -> Msg {
    Msg::Disk(DiskReply::Book(Ok(Book { entries: entries.to_vec(), rest: Object::default() })))
}

#[test]
fn an_instance_of_the_book_fills_its_fields_and_the_integration_as_one_step() {
    let mut script =
        Script::on(r#"{"pipeline":"web","instance_guid":"x","instance_url":"https://old.example"}"#);
    let shop = BookEntry { url: Some("https://ci.example".to_owned()), ..entry(GUID, "Shop CI", "sandbox") };
    script.receive(book(&[entry("5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41", "Lab", "eu"), shop]));
    script.keys("alt-i");
    assert_eq!(script.overlays(), ["Instances"]);
    script.shows("Shop CI").shows(GUID).shows("integration 4620");
    script.picks("shop");
    assert_eq!(
        script.json(),
        format!(
            r#"{{"pipeline":"web","instance_guid":"{GUID}","instance_name":"Shop CI","instance_url":"https://ci.example"}}"#
        )
    );
    assert_eq!(script.model.draft.integration, "4620");
    assert!(script.notice().contains("filled in"), "{}", script.notice());
    script.keys("ctrl-z");
    assert_eq!(
        script.json(),
        r#"{"pipeline":"web","instance_guid":"x","instance_url":"https://old.example"}"#
    );
}

#[test]
fn instances_of_the_chosen_environment_come_first_and_others_show_theirs() {
    let mut script = Script::new();
    script.receive(book(&[
        entry("5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41", "Lab", "eu"),
        entry(GUID, "Shop", "sandbox"),
    ]));
    script.keys("alt-i enter");
    assert_eq!(script.value("/instance_name"), "\"Shop\"");
    script.keys("alt-i down enter");
    assert_eq!(script.value("/instance_name"), "\"Lab\"");
    assert!(script.notice().contains("belongs to environment eu"), "{}", script.notice());
    assert_eq!(script.codes("/instance_guid"), ["guid-elsewhere"]);
}

#[test]
fn the_address_of_the_previous_instance_is_removed() {
    let mut script = Script::on(r#"{"jenkins_instance_guid":"x","instance_url":"https://old.example"}"#);
    script.receive(book(&[entry(GUID, "Shop", "sandbox")]));
    script.keys("alt-i enter");
    assert_eq!(script.value("/jenkins_instance_guid"), format!("\"{GUID}\""));
    assert_eq!(script.value("/instance_url"), "");
    script.go("/instance_url").types("https://new.example").keys("alt-i enter");
    assert_eq!(script.value("/instance_url"), "\"https://new.example\"", "it is the same instance");
}

#[test]
fn a_created_instance_is_added_to_the_book() {
    let mut script = Script::new();
    script.keys("tab 'Acme CI' tab tab '4620' f6").effects();
    let ticket = script.ticket();
    script.receive(Msg::Network(NetworkMsg::Replied {
        ticket,
        result: Ok(reply(200, &format!(r#"{{"id":"{GUID}"}}"#))),
    }));
    let effects = script.effects();
    let [Effect::Disk(DiskEffect::KeepInstance { environment, entry })] = &effects[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(
        (environment.id.as_str(), entry.guid.as_str(), entry.name.as_str()),
        ("sandbox", GUID, "Acme CI")
    );
    assert_eq!(entry.integration.as_deref(), Some("4620"));
    script.keys("ctrl-n enter alt-i enter");
    assert_eq!(script.value("/instance_guid"), format!("\"{GUID}\""));
}

#[test]
fn a_demo_writes_nothing_into_the_instance_book() {
    let mut script = Script::new();
    script.model.settings.demo = true;
    script.keys("tab 'Acme CI' tab tab '4620' f6").effects();
    let ticket = script.ticket();
    script.receive(Msg::Network(NetworkMsg::Replied {
        ticket,
        result: Ok(reply(200, &format!(r#"{{"id":"{GUID}"}}"#))),
    }));
    assert_eq!(script.effects(), []);
    assert_eq!(script.model.instances.book.entries.len(), 1, "the session knows it");
}

#[test]
fn the_rules_use_the_book_once_it_is_read_from_disk() {
    let mut script = Script::on(GOOD);
    assert_eq!(script.codes("/instance_guid"), [""; 0]);
    script.receive(book(&[entry(GUID, "Shop", "sandbox")]));
    assert_eq!(script.codes("/instance_guid"), ["guid-unknown"]);
    script.receive(book(&[entry("6f1f3c52-5d0e-4c8a-9b7e-2f4d1a90c3e8", "Acme", "sandbox")]));
    assert_eq!(script.codes("/instance_name"), ["instance-renamed"]);
}

#[test]
fn an_empty_or_broken_book_is_reported() {
    let mut script = Script::new();
    script.keys("alt-i");
    assert!(script.notice().contains("instance book is empty") && script.overlays().is_empty());
    script.receive(Msg::Disk(DiskReply::Book(Err("instances.json cannot be used.".to_owned()))));
    assert!(script.notice().contains("cannot be used"));
}

#[test]
fn an_instance_of_the_book_is_verified_and_the_answer_is_shown() {
    let mut script = Script::new();
    script.keys("tab 'Acme CI' tab tab '4620' f6").settles();
    script.receive(book(&[entry("5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41", "Lab", "sandbox")]));
    script.keys("alt-i").shows("verify in SEI").types("acme").keys("f6");
    assert_eq!(script.overlays(), ["Instances", "waiting"]);
    script.shows("Verifying the instance").shows("GET http");
    script.settles();
    script.shows(&format!("200: Sandbox has the instance {GUID}")).shows("Name: Acme CI");
    script.shows("Type: jenkins").shows("Integration id: 4620");
    script.keys("esc");
    assert_eq!(script.overlays(), ["Instances"], "the list is still open");
    script.keys("ctrl-u").types("lab").keys("alt-k").settles();
    script.shows("404: Sandbox does not have the instance 5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41");
    assert!(script.journal.is_empty());
    // The key of the reply asks for the same instance again.
    script.keys("esc alt-k").effects();
    let ticket = script.ticket();
    script.receive(Msg::Network(NetworkMsg::Replied { ticket, result: Ok(reply(503, "")) }));
    script.shows("Alt-k verify the instance again").keys("alt-k");
    let effects = script.effects();
    let [Effect::Network(NetworkEffect::Read { request, .. })] = &effects[..] else { panic!("{effects:?}") };
    assert!(request.url.ends_with("/5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41"), "{}", request.url);
}

#[test]
fn the_instance_of_the_form_is_verified() {
    let mut script = Script::new();
    script.keys("alt-k");
    assert!(script.notice().contains("no instance GUID to verify"), "{}", script.notice());
    script.keys("tab 'Acme CI' tab tab '4620' f6").settles();
    script.keys("alt-k").settles();
    script.shows("has the instance").keys("esc");
    assert!(script.overlays().is_empty());
    // A key is asked for first, and the question follows.
    script.sends_to("prod2").keys("alt-k");
    assert_eq!(script.overlays(), ["key"]);
    script.effects();
    script.types("planted-key").keys("enter");
    assert_eq!(script.overlays(), ["waiting"]);
    let ticket = script.ticket();
    script.receive(Msg::Network(NetworkMsg::Replied { ticket, result: Ok(reply(500, "")) }));
    script.shows("500: server error").shows("SEI also answers 500 to a key");
}

#[test]
fn an_instance_of_an_environment_without_a_key_says_where_to_go() {
    let mut script = Script::new();
    script.receive(book(&[entry(GUID, "Shop", "eu"), entry(GUID, "Lab", "gone")])).keys("alt-i");
    script.types("shop").keys("f6");
    assert!(script.notice().contains("environment eu, which needs a key"), "{}", script.notice());
    script.keys("alt-i").types("lab").keys("f6");
    assert!(script.notice().contains("gone, does not exist here"), "{}", script.notice());
    script.model.settings.read_only = true;
    script.keys("esc alt-i").types("shop").keys("f6");
    assert!(script.notice().contains("read-only"), "{}", script.notice());
}

#[test]
fn a_second_instance_of_an_integration_names_the_first_without_a_block() {
    let other = "for integration 4620: one GUID per tool";
    let first = entry("5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41", "Shop CI", "prod2");
    let mut script = Script::new();
    script.receive(book(&[first, entry(OTHER, "Lab CI", "sandbox")]));
    script.keys("tab 'Acme CI' tab tab '4620' f6").settles();
    assert!(script.notice().contains("filled in"), "{}", script.notice());
    assert!(script.notice().contains("“Lab CI”") && script.notice().contains(other), "{}", script.notice());
    // The question about a GUID in the form says so first.
    script.keys("f6").shows("GUID in the form").shows("one GUID per tool").keys("esc");
    script.sends_to("prod2").keys("f6").types("planted-key").keys("enter");
    script.shows("“Shop CI”").hides("Lab CI").shows("Type “prod2” to create");
    script.keys("esc ctrl-u");
    "4621".clone_into(&mut script.model.draft.integration);
    script.keys("f6").hides("one GUID per tool");
}
