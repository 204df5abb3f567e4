//! The draft file format.

mod template;

use sei_compose::document::{read, write_pretty};
use sei_compose::draft::{Draft, DraftError, file_stem};
use sei_compose::time::Timestamp;

const DRAFT: &str = r#"{
  "format": "sei-compose-draft",
  "version": 1,
  "name": "Nightly build",
  "environment": "prod2",
  "saved": "2023-03-22T06:44:54Z",
  "document": {
    "zeta": 1.10,
    "pipeline": "Node.js CI",
    "build_number": 12345678901234567890123,
    "zeta": null
  },
  "color": {
    "b": 1,
    "a": 2
  },
  "pinned": true
}
"#;

#[test]
fn a_draft_is_written_as_it_was_read() {
    let draft = Draft::read(DRAFT).unwrap();
    assert_eq!(draft.name, "Nightly build");
    assert_eq!(draft.environment.as_deref(), Some("prod2"));
    assert_eq!(draft.saved, Timestamp::parse_rfc3339("2023-03-22T06:44:54Z"));
    assert_eq!(draft.rest.keys().collect::<Vec<_>>(), ["color", "pinned"]);
    assert_eq!(draft.write(), DRAFT);
}

#[test]
fn a_draft_that_was_never_saved_writes_only_known_members() {
    let draft = Draft::new("first", read("[]").unwrap());
    assert_eq!(
        draft.write(),
        "{\n  \"format\": \"sei-compose-draft\",\n  \"version\": 1,\n  \"name\": \"first\",\n  \"document\": []\n}\n"
    );
}

#[test]
fn unparsed_text_is_saved_next_to_the_payload() {
    let draft = Draft {
        unparsed: Some("{\n  \"pipeline\": \"é".to_owned()),
        ..Draft::new("half", read("{}").unwrap())
    };
    let text = draft.write();
    assert!(text.contains(r#""unparsed": "{\n  \"pipeline\": \"é""#), "{text}");
    assert_eq!(Draft::read(&text).unwrap(), draft);
    let odd = text.replace(r#""unparsed": "{\n  \"pipeline\": \"é""#, r#""unparsed": 7"#);
    assert_eq!(Draft::read(&odd).unwrap_err(), DraftError::Key { key: "unparsed", wanted: "text" });
}

#[test]
fn an_integration_id_that_is_a_number_is_read_as_its_digits() {
    let with = |id: &str| DRAFT.replace("\"pinned\": true", &format!("\"integration_id\": {id}"));
    let draft = Draft::read(&with("4620")).unwrap();
    assert!(draft.write().contains("\"integration_id\": \"4620\""), "{}", draft.write());
    let mut script = crate::app::script::Script::new();
    sei_compose::app::open_draft(&mut script.model, draft.clone());
    assert_eq!(script.model.draft.integration, "4620");
    assert_eq!(script.model.draft_now().rest, draft.rest, "a save keeps it");
    for odd in ["4.5", "-1", "true", "[4620]", "{}"] {
        let wanted = "a whole number or text";
        assert_eq!(Draft::read(&with(odd)).unwrap_err(), DraftError::Key { key: "integration_id", wanted });
    }
}

#[test]
fn a_draft_holds_any_document_valid_or_not() {
    for document in ["null", "[]", "\"text\"", "{\"result\":7}"] {
        let draft = Draft::new("odd", read(document).unwrap());
        let again = Draft::read(&draft.write()).unwrap();
        assert_eq!(write_pretty(&again.document), write_pretty(&read(document).unwrap()));
    }
}

#[test]
fn a_text_that_is_not_a_draft_is_refused_with_the_reason() {
    let fault = |text: &str| Draft::read(text).unwrap_err();
    assert!(matches!(fault("{"), DraftError::Syntax(_)));
    assert_eq!(fault("{\"format\":\"other\"}"), DraftError::Format);
    assert_eq!(fault("[]"), DraftError::Format);
    let with = |rest: &str| format!("{{\"format\":\"sei-compose-draft\",{rest}}}");
    let key = |key, wanted| DraftError::Key { key, wanted };
    assert_eq!(fault(&with("\"document\":{}")), key("version", "a number"));
    assert_eq!(fault(&with("\"version\":1")), key("document", "the payload"));
    assert_eq!(fault(&with("\"version\":1,\"name\":7,\"document\":{}")), key("name", "text"));
    assert_eq!(
        fault(&with("\"version\":2,\"document\":{}")).to_string(),
        "The draft has format version 2; this program reads up to 1. Open it with a newer sei-compose."
    );
}

#[test]
fn an_unreadable_save_time_does_not_prevent_opening_a_draft() {
    let text = DRAFT.replace("2023-03-22T06:44:54Z", "yesterday");
    assert_eq!(Draft::read(&text).unwrap().saved, None);
}

#[test]
fn a_file_stem_is_safe_for_any_name() {
    for (name, stem) in [
        ("Nightly build", "nightly-build"),
        ("../../etc/passwd", "etc-passwd"),
        ("Ночная сборка №5", "ночная-сборка-5"),
        ("  ", "draft"),
        (".", "draft"),
        ("a\u{0}b\nc", "a-b-c"),
        ("under_score--", "under_score"),
    ] {
        assert_eq!(file_stem(name), stem, "{name:?}");
    }
    assert!(file_stem(&"ж".repeat(500)).len() <= 80);
}
