//! Tests of `wire`: requests here, the rest in submodules.

use std::io::Write;
use std::process::{Command, Stdio};

use sei_compose::document::{Value, read, write_compact};
use sei_compose::time::Duration;
use sei_compose::wire::{
    BodyFormat, Environment, Failure, FailureKind, FieldNames, Reply, RequestPurpose, Scheme, as_curl,
    as_http, create_instance, find, identity, job_run, with_names, wrap,
};

mod address;
mod attempt;
mod key;
mod key_note;
mod leak;
mod reply;
mod suggestion;

const RUN: &str = r#"{"pipeline":"Node.js CI","zebra":1.10,"job_full_name":"o'Brien \"x\" $HOME `id`","instance_guid":"89d2491c-764a-4f77-93d9-18e8ac7c7d9d","build_number":7}"#;

fn run() -> Value {
    read(RUN).unwrap()
}

fn prod2() -> Environment {
    find("prod2").unwrap().clone()
}

fn reply(status: u16, body: &str) -> Reply {
    Reply {
        status,
        content_type: Some("application/json".to_owned()),
        retry_after: None,
        verdict: None,
        body: body.to_owned(),
        truncated: false,
        elapsed: Duration::from_millis(12),
    }
}

fn failure(kind: FailureKind, sent: bool) -> Result<Reply, Failure> {
    Err(Failure { kind, sent, detail: "as reported".to_owned() })
}

#[test]
fn the_flat_format_sends_the_document_byte_for_byte() {
    let request = job_run(&prod2(), &run());
    assert_eq!(request.body, RUN);
    assert_eq!(request.url, "https://app.harness.io/gratis/sei/api/v1/custom-cicd");
    assert_eq!((request.purpose, request.scheme), (RequestPurpose::JobRun, Scheme::ApiKey));
}

#[test]
fn the_wrapped_format_sends_the_document_as_a_string() {
    let environment = Environment { format: BodyFormat::Wrapped, ..prod2() };
    let request = job_run(&environment, &read(r#"{"pipeline":"a\"b","duration":1.0}"#).unwrap());
    assert_eq!(
        request.body,
        r#"{"request_type":"JenkinsPluginJobRunComplete","payload":"{\"pipeline\":\"a\\\"b\",\"duration\":1.0}"}"#
    );
    assert_eq!(request.url, "https://app.harness.io/gratis/sei/api/v1/generic-requests");
    assert_eq!(write_compact(&request.run().unwrap()), r#"{"pipeline":"a\"b","duration":1.0}"#);
    assert_eq!(wrap(&run()), read(&job_run(&environment, &run()).body).unwrap());
}

#[test]
fn a_guid_is_requested_with_the_type_and_an_id_only_when_chosen() {
    let request = create_instance(&prod2(), "4620", "my \"CI\"", None);
    assert_eq!(request.body, r#"{"integration_id":"4620","name":"my \"CI\"","type":"jenkins"}"#);
    assert_eq!(request.url, "https://app.harness.io/gratis/sei/api/v1/cicd/instances");
    assert_eq!(request.purpose, RequestPurpose::CreateInstance);
    let chosen = create_instance(&prod2(), "4620", "CI", Some("89d2491c-764a-4f77-93d9-18e8ac7c7d9d"));
    assert!(chosen.body.ends_with(r#","type":"jenkins","id":"89d2491c-764a-4f77-93d9-18e8ac7c7d9d"}"#));
}

#[test]
fn respelling_keeps_order_and_values_and_unknown_fields() {
    let legacy = with_names(&run(), FieldNames::Legacy);
    assert_eq!(
        write_compact(&legacy),
        RUN.replace("\"pipeline\"", "\"job_name\"").replace("\"instance_guid\"", "\"jenkins_instance_guid\"")
    );
    assert_eq!(with_names(&legacy, FieldNames::Current), run());
    assert_eq!(with_names(&legacy, FieldNames::Unchanged), legacy);
}

#[test]
fn respelling_never_duplicates_a_field() {
    let both = read(r#"{"pipeline":"a","job_name":"b"}"#).unwrap();
    assert_eq!(with_names(&both, FieldNames::Current), both);
    assert_eq!(with_names(&both, FieldNames::Legacy), both);
    let list = read("[1]").unwrap();
    assert_eq!(with_names(&list, FieldNames::Legacy), list);
}

#[test]
fn the_identity_is_read_under_either_name() {
    let legacy = identity(&with_names(&run(), FieldNames::Legacy));
    assert_eq!(legacy, identity(&run()));
    assert_eq!(legacy.instance_guid.as_deref(), Some("89d2491c-764a-4f77-93d9-18e8ac7c7d9d"));
    assert_eq!(legacy.build_number, Some(7));
    assert_eq!(identity(&read("3").unwrap()), sei_compose::wire::RunIdentity::default());
}

// Renderings.

#[test]
fn a_request_is_rendered_as_http_with_its_key_redacted() {
    let request = create_instance(&prod2(), "1", "é", None);
    let expected = "POST /gratis/sei/api/v1/cicd/instances HTTP/1.1\nHost: app.harness.io\n\
         Authorization: ApiKey ••••••\nContent-Type: application/json\nAccept: application/json\n\
         Accept-Encoding: gzip\nUser-Agent: sei-compose/0.1.0\nContent-Length: 51\n\n{\"integration_id\":\"1\",\"name\":\"é\",\"type\":\"jenkins\"}";
    assert_eq!(as_http(&request), expected);
    assert_eq!(request.body.len(), 51);
}

/// Runs a shell text with a fake `curl` that prints its arguments, each ended by a NUL.
fn arguments(shell_text: &str) -> Vec<String> {
    let mut shell = Command::new("sh")
        .env_clear()
        .env("HARNESS_SEI_API_KEY", "the key")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let script = format!("curl() {{ for word; do printf '%s\\0' \"$word\"; done; }}\n{shell_text}\n");
    shell.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let printed = shell.wait_with_output().unwrap();
    assert!(printed.status.success());
    let text = String::from_utf8(printed.stdout).unwrap();
    text.split_terminator('\0').map(str::to_owned).collect()
}

#[test]
fn a_real_shell_gives_curl_the_exact_bytes_whatever_they_are() {
    let hostile = [
        "it's $(reboot) `id` $HOME ${X} !! \\ \\\\ \" '' ''' \\n % * ? ~ # & ; | > <",
        "'",
        "''",
        "-- @/etc/passwd",
        "line\nbreak\ttab\rreturn \u{1b}[31m\u{7f}",
        "naïve 🦀 \u{202e} \u{2028}",
        "",
    ];
    for text in hostile {
        for format in [BodyFormat::Flat, BodyFormat::Wrapped] {
            let environment = Environment { format, ..prod2() };
            let mut fields = run().as_object().unwrap().clone();
            fields.push(text, text);
            let request = job_run(&environment, &Value::Object(fields));
            let given = arguments(&as_curl(&request));
            let expected = [
                "--request",
                "POST",
                &request.url,
                "--header",
                "Authorization: ApiKey the key",
                "--header",
                "Content-Type: application/json",
                "--data-raw",
                &request.body,
            ];
            assert_eq!(given, expected, "{text:?}");
        }
    }
}
