//! The answers: exact copies of documented or observed ones; otherwise plain answers of the
//! sandbox.

use uuid::Uuid;

use crate::catalog::FieldRole;
use crate::document::{self, Object, Value};
use crate::simulation;
use crate::wire::{BodyFormat, Scheme};

use super::SandboxSettings;
use super::fault::Fault;
use super::list::instance;
use super::log::{ACCEPTED, REFUSED, RunInput, SandboxInstance, SandboxLog};
use super::reply::{Manner, SandboxAnswer};

/// The answer to an accepted run. The payload is JSON inside a string.
const QUEUED: &str =
    r#"{"response_type":"JenkinsPluginJobRunCompleteResponse","payload":"{\"run_ids\":[]}"}"#;

/// The parts of a request that the answer depends on.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The HTTP method, as `GET`.
    pub method: &'a str,
    /// The path, without a query.
    pub path: &'a str,
    /// The value of the `Authorization` header.
    pub authorization: Option<&'a str>,
    /// The fault that the request asks for, as the word of a [`Fault`].
    pub fault: Option<&'a str>,
    /// The body.
    pub body: &'a str,
}

/// Answers a request and logs it; `new_id` is called only for a new GUID.
///
/// A fault of the request goes before a planned fault. A planned fault applies to the next POST.
pub fn answer(
    log: &mut SandboxLog,
    settings: &SandboxSettings,
    asked: &Asked<'_>,
    new_id: impl FnOnce() -> Uuid,
) -> SandboxAnswer {
    let path = asked.path.trim_end_matches('/');
    if (asked.method, path) == ("GET", "/sandbox/runs") {
        return SandboxAnswer::json(200, log.to_json());
    }
    let fault = match asked.fault.map(str::trim) {
        Some(word) => {
            let Some(fault) = Fault::named(word) else {
                let words = Fault::words();
                return SandboxAnswer::refusal(
                    400,
                    &format!("“{word}” is not a fault: the faults are {words}"),
                );
            };
            Some(fault)
        }
        None if asked.method == "POST" => log.next_fault(),
        None => None,
    };
    if let Some(refusal) = fault.and_then(Fault::refusal) {
        return refusal;
    }
    let answer = regular_answer(log, settings, &Asked { path, ..*asked }, new_id);
    SandboxAnswer { manner: fault.map_or(Manner::Whole, Fault::manner), ..answer }
}

fn regular_answer(
    log: &mut SandboxLog,
    settings: &SandboxSettings,
    asked: &Asked<'_>,
    new_id: impl FnOnce() -> Uuid,
) -> SandboxAnswer {
    if !is_authorized(settings, asked.authorization) {
        return SandboxAnswer::refusal(401, "Unauthorized");
    }
    match (asked.method, asked.path) {
        ("POST", "/v1/custom-cicd" | "/v1/generic-requests" | "/v1/cicd/instances") => {
            match document::read(asked.body) {
                Ok(body) => post(log, settings, asked, &body, new_id),
                Err(fault) => {
                    SandboxAnswer::refusal(400, &format!("the body is not JSON: {}", fault.message))
                }
            }
        }
        ("GET", path) if path.starts_with("/v1/cicd/instances/") => show(log, path),
        (_, "/v1/custom-cicd" | "/v1/generic-requests" | "/v1/cicd/instances") => {
            SandboxAnswer::refusal(405, "this path accepts only POST")
        }
        _ => SandboxAnswer::refusal(404, "no such path"),
    }
}

fn post(
    log: &mut SandboxLog,
    settings: &SandboxSettings,
    asked: &Asked<'_>,
    body: &Value,
    new_id: impl FnOnce() -> Uuid,
) -> SandboxAnswer {
    match asked.path {
        "/v1/generic-requests" => wrapped(log, settings, asked.body, body),
        "/v1/custom-cicd" if !is_instance(body) => flat(log, settings, asked.body, body),
        _ => create(log, body, new_id),
    }
}

/// Whether the header has a known scheme, in any case, and an accepted key.
fn is_authorized(settings: &SandboxSettings, header: Option<&str>) -> bool {
    let Some((word, key)) = header.and_then(|header| header.trim().split_once(' ')) else { return false };
    let key = key.trim();
    let is_right = settings.key.as_ref().is_none_or(|own| own.matches(key));
    Scheme::from_word(word).is_some() && !key.is_empty() && is_right
}

/// A member, unless it is null or empty text.
fn given<'a>(object: &'a Object, key: &str) -> Option<&'a Value> {
    object.get(key).filter(|value| **value != Value::Null && value.as_text() != Some(""))
}

/// Older documentation posts the body for a GUID to the endpoint for runs.
fn is_instance(body: &Value) -> bool {
    body.as_object().is_some_and(|object| {
        object.contains("integration_id") && !FieldRole::Pipeline.names().any(|name| object.contains(name))
    })
}

fn flat(log: &mut SandboxLog, settings: &SandboxSettings, text: &str, run: &Value) -> SandboxAnswer {
    if let Some(role) = simulation::missing_field(run) {
        let names: Vec<_> = role.legacy().into_iter().chain([role.name()]).collect();
        return SandboxAnswer::saying(
            400,
            "payload",
            &format!("{} field is missing in request", names.join("/")),
        );
    }
    receive(log, settings, &RunInput { format: BodyFormat::Flat, body: text, run: Some(run) })
}

/// Checks only the envelope: the service reads the payload after its answer.
fn wrapped(log: &mut SandboxLog, settings: &SandboxSettings, text: &str, envelope: &Value) -> SandboxAnswer {
    let member = |key: &str| envelope.as_object().and_then(|object| object.get(key)).and_then(Value::as_text);
    if member("request_type") != Some("JenkinsPluginJobRunComplete") {
        return SandboxAnswer::refusal(400, "request_type is not JenkinsPluginJobRunComplete");
    }
    let Some(payload) = member("payload") else {
        return SandboxAnswer::refusal(400, "payload is not a string");
    };
    let run = document::read(payload).ok();
    receive(log, settings, &RunInput { format: BodyFormat::Wrapped, body: text, run: run.as_ref() })
}

/// Logs a run. The service queues each run; a strict sandbox refuses what the service would drop.
fn receive(log: &mut SandboxLog, settings: &SandboxSettings, input: &RunInput<'_>) -> SandboxAnswer {
    match log.receive(input, settings.strict) {
        Some(reason) => SandboxAnswer::refusal(REFUSED, reason),
        None => SandboxAnswer::json(ACCEPTED, QUEUED),
    }
}

fn create(log: &mut SandboxLog, body: &Value, new_id: impl FnOnce() -> Uuid) -> SandboxAnswer {
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
    let text = |key: &str| given(fields, key).and_then(Value::as_text).map(str::to_owned);
    let name = text("name").unwrap_or_default();
    log.add_instance(SandboxInstance { id, name, integration_id, kind: text("type"), url: text("url") });
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

fn show(log: &SandboxLog, path: &str) -> SandboxAnswer {
    let id = path.rsplit('/').next().and_then(|id| Uuid::parse_str(id).ok());
    match id.and_then(|id| log.instance(id)) {
        Some(found) => SandboxAnswer::json(200, document::write_compact(&instance(found))),
        None => SandboxAnswer::refusal(404, "Instance not found."),
    }
}
