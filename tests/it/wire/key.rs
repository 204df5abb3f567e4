//! The API key: reading, refusal, redaction and origin.

use sei_compose::wire::{Origin, Secret, SecretError};

use super::prod2;

const KEY: &str = "sei-planted-key-7f3a";

#[test]
fn characters_added_by_copying_are_removed_from_a_key() {
    let bare = [
        format!("  {KEY}\r\n"),
        format!("ApiKey {KEY}"),
        format!("apikey  {KEY}"),
        format!("Bearer {KEY}"),
        format!("Authorization: ApiKey {KEY}"),
    ];
    for text in bare {
        assert_eq!(prod2().key(text.as_str()).unwrap().expose(), KEY, "{text}");
    }
}

#[test]
fn an_invalid_key_is_refused_without_repeating_it() {
    let fault = |text: &str| prod2().key(text).unwrap_err();
    assert_eq!(fault("  \n"), SecretError::Empty);
    assert_eq!(fault("Bearer"), SecretError::Empty);
    for (text, what) in [
        ("planted\nkey", "a line break at character 8"),
        ("planted key", "a space at character 8"),
        ("planted“key”", "a curly quote at character 8"),
        ("planted\u{1b}key", "a control character at character 8"),
        ("plantedkéy", "a character outside ASCII at character 9"),
    ] {
        let said = fault(text).to_string();
        assert!(said.contains(what), "{said}");
        assert!(!said.contains("planted"), "{said}");
    }
    assert!(fault(&"x".repeat(9000)).to_string().contains("9000"));
}

#[test]
fn the_debug_text_of_a_key_is_redacted() {
    let key = prod2().key(KEY).unwrap();
    assert_eq!(format!("{key:?}"), "Secret(…)");
    assert_eq!(format!("{key:#?}"), "Secret(…)");
    assert!(key.matches(KEY) && !key.matches("sei-planted-key-7f3b") && !key.matches("sei"));
}

#[test]
fn a_key_belongs_to_one_protocol_host_and_port() {
    let key = Secret::new(KEY, Origin::of("https://app.harness.io").unwrap()).unwrap();
    assert!(key.belongs_to("https://app.harness.io:443/prod1/sei/api/v1/custom-cicd"));
    for elsewhere in [
        "http://app.harness.io/",
        "https://app.harness.io:8443/",
        "https://app3.harness.io/",
        "https://app.harness.io.example.com/",
        "https://app.harness.io@example.com/",
        "app.harness.io",
        "",
    ] {
        assert!(!key.belongs_to(elsewhere), "{elsewhere}");
    }
}
