//! Keys that a user types to store them.

use super::terminal::{Home, Terminal};
use crate::secrets::{Mood, Secrets};

const KEY: &str = "planted-key-7f3a";

fn open(home: &Home, secrets: &Secrets, arguments: &[&str]) -> Terminal {
    home.open_with(arguments, &[("DBUS_SESSION_BUS_ADDRESS", &secrets.address())])
}

/// Checks that the output does not contain the key.
fn assert_hidden(terminal: &Terminal) {
    assert!(!String::from_utf8_lossy(&terminal.bytes()).contains(KEY), "the key was shown");
}

#[test]
fn a_key_typed_at_the_shell_is_not_shown() {
    let (home, secrets) = (Home::new(), Secrets::start(Mood::Open));
    let mut given_up = open(&home, &secrets, &["key", "set", "--env", "eu"]);
    given_up.see("Key for Harness EU (not shown");
    given_up.type_text(KEY);
    given_up.press("Esc");
    assert_eq!(given_up.exit(), 130);
    assert!(secrets.items().is_empty());
    assert_hidden(&given_up);

    let mut set = open(&home, &secrets, &["key", "set", "--env", "eu"]);
    set.see("Key for Harness EU (not shown");
    set.type_text(&format!("mistake\x15{KEY}x\x7f\r"));
    set.see("Saved in the keyring: SEI key for Harness EU (https://accounts.eu.harness.io).");
    assert_eq!(set.exit(), 0);
    assert_hidden(&set);
    assert_eq!(secrets.items().first().unwrap().value, KEY.as_bytes());
}

#[test]
fn a_key_stored_in_the_app_is_used_at_the_next_start() {
    let (home, secrets) = (Home::new(), Secrets::start(Mood::Open));
    let mut app = open(&home, &secrets, &["--env", "eu"]);
    app.see("no key");
    app.send(b"\x0b");
    app.see("[ ] also in the keyring");
    app.type_text(KEY);
    app.see("••••••");
    app.send(b"\t");
    app.see("[x] also in the keyring");
    app.send(b"\r");
    app.see("key from keyring");
    app.press("F10");
    assert_eq!(app.exit(), 0);
    assert_hidden(&app);
    assert_eq!(secrets.items().first().unwrap().value, KEY.as_bytes());

    let connections = secrets.connections();
    let mut next = open(&home, &secrets, &["--env", "eu"]);
    next.see("no key");
    assert_eq!(secrets.connections(), connections, "a start does not ask the keyring");
    next.press("F5");
    next.see("from the keyring");
    next.press("Esc");
    next.see_no_more("Review");
    next.press("F10");
    assert_eq!(next.exit(), 0);
    assert_hidden(&next);
}

#[test]
fn a_demo_does_not_use_the_keyring() {
    let (home, secrets) = (Home::new(), Secrets::start(Mood::Open));
    let mut demo = open(&home, &secrets, &["demo"]);
    demo.see("key from demo");
    demo.send(b"\x0b");
    demo.see("API key for");
    demo.type_text(KEY);
    demo.see("••••••");
    demo.send(b"\t\r");
    demo.see("key typed (this session)");
    demo.press("F10");
    assert_eq!(demo.exit(), 0);
    assert_eq!((secrets.connections(), secrets.items().len()), (0, 0));
    assert_hidden(&demo);
}
