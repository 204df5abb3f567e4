//! The answers, documented or observed, byte for byte; where neither is known, plain ones of our own.

use uuid::Uuid;

use crate::catalog::FieldRole;
use crate::document::{self, Object, Value};
use crate::wire::{BodyFormat, Scheme};

use super::SandboxSettings;
use super::fault::Fault;
use super::list::instance;
use super::log::{Intake, REFUSED, SandboxInstance, SandboxLog, TAKEN};
use super::reply::{Manner, SandboxAnswer};

/// The answer to a run that was taken. The payload is JSON inside a string.
const QUEUED: &str =
    r#"{"response_type":"JenkinsPluginJobRunCompleteResponse","payload":"{\"run_ids\":[]}"}"#;

/// What the flat door asks for, in the order it asks.
const ASKED_FOR: [FieldRole; 6] = [
    FieldRole::Pipeline,
    FieldRole::InstanceName,
    FieldRole::InstanceGuid,
    FieldRole::FullName,
    FieldRole::QualifiedName,
    FieldRole::Result,
];

/// A request as far as the answer depends on it.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// `GET`, `POST` and so on.
    pub method: &'a str,
    /// The path, without a query.
    pub path: &'a str,
    /// The `Authorization` header.
    pub authorization: Option<&'a str>,
    /// The fault that this request itself asks for, in the word of [`Fault`].
    pub fault: Option<&'a str>,
    /// The body.
    pub body: &'a str,
}

/// Answers a request and remembers what it brought; `new_id` is asked only when a GUID has to be made.
///
/// A fault that the request asks for goes before one that is planned. What is planned waits for a POST.
pub fn answer(
    ledger: &mut SandboxLog,
    settings: &SandboxSettings,
    asked: &Asked<'_>,
    new_id: impl FnOnce() -> Uuid,
) -> SandboxAnswer {
    let path = asked.path.trim_end_matches('/');
    if (asked.method, path) == ("GET", "/sandbox/runs") {
        return SandboxAnswer::json(200, ledger.to_json());
    }
    let fault = match asked.fault.map(str::trim) {
        Some(word) => {
            let Some(fault) = Fault::named(word) else {
                let words = Fault::words();
                return SandboxAnswer::refusal(400, &format!("“{word}” is no fault: there are {words}"));
            };
            Some(fault)
        }
        None if asked.method == "POST" => ledger.next_fault(),
        None => None,
    };
    if let Some(refusal) = fault.and_then(Fault::refusal) {
        return refusal;
    }
    let answer = true_answer(ledger, settings, &Asked { path, ..*asked }, new_id);
    SandboxAnswer { manner: fault.map_or(Manner::Whole, Fault::manner), ..answer }
}

fn true_answer(
    ledger: &mut SandboxLog,
    settings: &SandboxSettings,
    asked: &Asked<'_>,
    new_id: impl FnOnce() -> Uuid,
) -> SandboxAnswer {
    if !is_authorised(settings, asked.authorization) {
        return SandboxAnswer::refusal(401, "Unauthorized");
    }
    match (asked.method, asked.path) {
        ("POST", "/v1/custom-cicd" | "/v1/generic-requests" | "/v1/cicd/instances") => {
            match document::read(asked.body) {
                Ok(body) => posted(ledger, settings, asked, &body, new_id),
                Err(fault) => {
                    SandboxAnswer::refusal(400, &format!("the body is not JSON: {}", fault.message))
                }
            }
        }
        ("GET", path) if path.starts_with("/v1/cicd/instances/") => show(ledger, path),
        (_, "/v1/custom-cicd" | "/v1/generic-requests" | "/v1/cicd/instances") => {
            SandboxAnswer::refusal(405, "this path takes a POST")
        }
        _ => SandboxAnswer::refusal(404, "no such path"),
    }
}

fn posted(
    ledger: &mut SandboxLog,
    settings: &SandboxSettings,
    asked: &Asked<'_>,
    body: &Value,
    new_id: impl FnOnce() -> Uuid,
) -> SandboxAnswer {
    match asked.path {
        "/v1/generic-requests" => wrapped(ledger, settings, asked.body, body),
        "/v1/custom-cicd" if !is_instance(body) => flat(ledger, settings, asked.body, body),
        _ => create(ledger, body, new_id),
    }
}

/// `ApiKey` or `Bearer` in any case, and a key: any, or the one that was set.
fn is_authorised(settings: &SandboxSettings, header: Option<&str>) -> bool {
    let Some((word, key)) = header.and_then(|header| header.trim().split_once(' ')) else { return false };
    let key = key.trim();
    let is_right = settings.key.as_ref().is_none_or(|own| own.matches(key));
    Scheme::from_word(word).is_some() && !key.is_empty() && is_right
}

/// A member that is there: neither null nor empty text.
fn given<'a>(object: &'a Object, key: &str) -> Option<&'a Value> {
    object.get(key).filter(|value| **value != Value::Null && value.as_text() != Some(""))
}

/// The older pages print the GUID body against the door for runs.
fn is_instance(body: &Value) -> bool {
    body.as_object().is_some_and(|object| {
        object.contains("integration_id") && !FieldRole::Pipeline.names().any(|name| object.contains(name))
    })
}

fn flat(ledger: &mut SandboxLog, settings: &SandboxSettings, text: &str, run: &Value) -> SandboxAnswer {
    let empty = Object::default();
    let fields = run.as_object().unwrap_or(&empty);
    let missing = ASKED_FOR.iter().find(|role| role.names().all(|name| given(fields, name).is_none()));
    if let Some(role) = missing {
        let names: Vec<_> = role.legacy().into_iter().chain([role.name()]).collect();
        return SandboxAnswer::saying(
            400,
            "payload",
            &format!("{} field is missing in request", names.join("/")),
        );
    }
    take(ledger, settings, &Intake { format: BodyFormat::Flat, body: text, run: Some(run) })
}

/// Looks at the envelope only: what is inside is found out after the answer.
fn wrapped(
    ledger: &mut SandboxLog,
    settings: &SandboxSettings,
    text: &str,
    envelope: &Value,
) -> SandboxAnswer {
    let member = |key: &str| envelope.as_object().and_then(|object| object.get(key)).and_then(Value::as_text);
    if member("request_type") != Some("JenkinsPluginJobRunComplete") {
        return SandboxAnswer::refusal(400, "request_type is not JenkinsPluginJobRunComplete");
    }
    let Some(payload) = member("payload") else {
        return SandboxAnswer::refusal(400, "payload is not a string");
    };
    let run = document::read(payload).ok();
    take(ledger, settings, &Intake { format: BodyFormat::Wrapped, body: text, run: run.as_ref() })
}

/// Takes a run in. The service queues each; a strict sandbox refuses what the service would drop later.
fn take(ledger: &mut SandboxLog, settings: &SandboxSettings, intake: &Intake<'_>) -> SandboxAnswer {
    match ledger.take(intake, settings.strict) {
        Some(reason) => SandboxAnswer::refusal(REFUSED, reason),
        None => SandboxAnswer::json(TAKEN, QUEUED),
    }
}

fn create(ledger: &mut SandboxLog, body: &Value, new_id: impl FnOnce() -> Uuid) -> SandboxAnswer {
    let empty = Object::default();
    let fields = body.as_object().unwrap_or(&empty);
    let Some(integration_id) = given(fields, "integration_id").and_then(number) else {
        return SandboxAnswer::refusal(404, "no such integration");
    };
    let chosen = given(fields, "id").map(|id| id.as_text().and_then(|id| Uuid::parse_str(id).ok()));
    let id = match chosen {
        Some(Some(id)) => id,
        Some(None) => return SandboxAnswer::refusal(400, "id is not a UUID"),
        None => new_id(),
    };
    let name = given(fields, "name").and_then(Value::as_text).unwrap_or_default().to_owned();
    ledger.add_instance(SandboxInstance { id, name, integration_id });
    SandboxAnswer::json(200, format!(r#"{{"id":"{id}"}}"#))
}

/// An integration id: digits, as text or as a number.
fn number(value: &Value) -> Option<String> {
    let text = match value.as_text() {
        Some(text) => text.to_owned(),
        None => value.as_i64()?.to_string(),
    };
    text.bytes().all(|b| b.is_ascii_digit()).then_some(text)
}

fn show(ledger: &SandboxLog, path: &str) -> SandboxAnswer {
    let id = path.rsplit('/').next().and_then(|id| Uuid::parse_str(id).ok());
    match id.and_then(|id| ledger.instance(id)) {
        Some(found) => SandboxAnswer::json(200, document::write_compact(&instance(found))),
        None => SandboxAnswer::refusal(404, "Instance not found."),
    }
}
