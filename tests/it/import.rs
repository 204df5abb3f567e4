//! Import of payloads, wrapped bodies and drafts.

use sei_compose::document::{read, write_compact};
use sei_compose::import::{ImportError, ImportKind, import};

mod ci;
mod client;
mod curl;
mod embedded;
mod fuzz;
mod kind;
mod lenient;
mod list;
mod mutation;
mod option;
mod page;
mod run;
mod satellite;
mod shape;
mod tool;
mod variable;

#[test]
fn a_payload_is_imported_unchanged() {
    let imported = import("{\"pipeline\":\"a\",\"x\":1.0,\"pipeline\":\"b\"}").unwrap();
    assert_eq!(imported.kind, ImportKind::Payload);
    assert_eq!(write_compact(&imported.document), "{\"pipeline\":\"a\",\"x\":1.0,\"pipeline\":\"b\"}");
    assert!(imported.notes.is_empty());
}

#[test]
fn the_payload_of_a_wrapped_body_is_extracted() {
    let body = r#"{"request_type":"JenkinsPluginJobRunComplete","payload":"{\"pipeline\":\"a \\\"b\\\"\"}"}"#;
    let imported = import(body).unwrap();
    assert_eq!(imported.kind, ImportKind::Wrapped);
    assert_eq!(imported.document, read(r#"{"pipeline":"a \"b\""}"#).unwrap());
    assert_eq!(imported.notes, ["This is a wrapped body; only its payload is imported."]);
}

#[test]
fn unusual_members_of_a_wrapped_body_are_noted() {
    let imported = import(r#"{"request_type":"Other","payload":{"pipeline":"a"},"extra":1}"#).unwrap();
    assert_eq!(
        imported.notes[1..],
        [
            "“payload” is an object; SEI expects JSON as text.",
            "“request_type” is “Other”; sei-compose sends JenkinsPluginJobRunComplete.",
            "Ignored around the payload: extra.",
        ]
    );
}

#[test]
fn a_payload_that_only_looks_wrapped_stays_whole() {
    let imported = import(r#"{"payload":"{}","pipeline":"a"}"#).unwrap();
    assert_eq!(imported.kind, ImportKind::Payload);
}

#[test]
fn a_draft_brings_its_name_and_environment() {
    let draft =
        r#"{"format":"sei-compose-draft","version":1,"name":"n","environment":"eu","document":{"ci":true}}"#;
    let imported = import(draft).unwrap();
    assert_eq!(imported.kind, ImportKind::Draft);
    assert_eq!(imported.name.as_deref(), Some("n"));
    assert_eq!(imported.environment.as_deref(), Some("eu"));
    assert_eq!(write_compact(&imported.document), "{\"ci\":true}");
}

#[test]
fn legacy_names_are_kept_and_noted() {
    let imported = import(r#"{"job_name":"a","jenkins_instance_guid":"b","result":"SUCCESS"}"#).unwrap();
    assert_eq!(imported.document.as_object().unwrap().keys().next(), Some("job_name"));
    assert_eq!(imported.notes, ["2 legacy names left unchanged: job_name, jenkins_instance_guid."]);
}

#[test]
fn a_text_that_is_not_a_payload_is_refused_with_what_it_is() {
    let fault = |text: &str| import(text).unwrap_err();
    let ImportError::Syntax(syntax) = fault("{\n  \"a\": 1,\n}") else { panic!("a syntax fault") };
    assert_eq!((syntax.line, syntax.column), (2, 9));
    assert_eq!(fault("[{},{}]"), ImportError::List(2));
    assert_eq!(fault("12").to_string(), "this is a number; a job run is an object");
    let inside = fault(r#"{"request_type":"x","payload":"{'a':1}"}"#);
    assert!(inside.to_string().starts_with("the text under “payload” is not JSON: its line 1, column 2: "));
    let draft = fault(r#"{"format":"sei-compose-draft","version":9,"document":{}}"#);
    assert!(draft.to_string().contains("version 9"), "{draft}");
}
