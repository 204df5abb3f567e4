//! What `--format json` prints: the words of these objects are a contract with scripts.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::value::RawValue;

use super::finding::{Examined, Finding, Related};
use super::region::Region;
use crate::catalog::FieldRole;
use crate::document::{self, Value};
use crate::text;

/// The result of `check` on one payload.
#[derive(Serialize)]
pub(super) struct JsonReport<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<&'a str>,
    /// Of a payload that is a line of its file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) line: Option<usize>,
    errors: usize,
    warnings: usize,
    hints: usize,
    problems: Vec<JsonProblem<'a>>,
    /// What the safe fixes did, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fixed: Option<&'a [String]>,
    /// The payload after them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) document: Option<Box<RawValue>>,
}

/// One problem.
#[derive(Serialize)]
pub(super) struct JsonProblem<'a> {
    code: &'static str,
    severity: &'static str,
    evidence: &'static str,
    pointer: String,
    message: &'a str,
    line: usize,
    column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Mending<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    related: Option<RelatedPlace>,
}

/// The likeliest way to mend a problem.
#[derive(Serialize)]
struct Mending<'a> {
    label: &'a str,
    safe: bool,
}

/// Another place of a problem.
#[derive(Serialize)]
struct RelatedPlace {
    line: usize,
    column: usize,
    message: &'static str,
}

impl<'a> JsonReport<'a> {
    /// The report on a payload.
    pub(super) fn of(examined: &'a Examined) -> Self {
        let counts = examined.counts();
        Self {
            file: None,
            line: None,
            errors: counts.errors,
            warnings: counts.warnings,
            hints: counts.hints,
            problems: entries(&examined.findings),
            fixed: None,
            document: None,
        }
    }
}

/// Problems in the form of the contract.
pub(super) fn entries(findings: &[Finding]) -> Vec<JsonProblem<'_>> {
    findings.iter().map(JsonProblem::of).collect()
}

impl<'a> JsonProblem<'a> {
    fn of(finding: &'a Finding) -> Self {
        let Finding { problem, region, related, .. } = finding;
        let fix = problem.fixes.first().map(|fix| Mending { label: &fix.label, safe: fix.safe });
        let beside = |related: &Related| {
            let Region { line, columns, .. } = related.region;
            RelatedPlace { line, column: columns.0, message: related.label }
        };
        Self {
            code: problem.code,
            severity: problem.severity.word(),
            evidence: problem.evidence.word(),
            pointer: problem.at.to_string(),
            message: &problem.message,
            line: region.line,
            column: region.columns.0,
            fix,
            related: related.as_ref().map(beside),
        }
    }
}

/// The result of `send`.
#[derive(Serialize)]
pub(super) struct SendResult<'a> {
    pub(super) outcome: &'a str,
    pub(super) status: Option<u16>,
    pub(super) attempts: u32,
    pub(super) environment: &'a str,
    pub(super) url: &'a str,
    pub(super) identity: JsonIdentity,
    pub(super) problems: Vec<JsonProblem<'a>>,
    pub(super) reply: Option<Box<RawValue>>,
}

/// What makes a run the run it is, each value as the payload has it.
#[derive(Serialize)]
pub(super) struct JsonIdentity {
    instance_guid: Option<Box<RawValue>>,
    job_full_name: Option<Box<RawValue>>,
    build_number: Option<Box<RawValue>>,
}

impl JsonIdentity {
    /// The identity as far as the payload has one.
    pub(super) fn of(payload: &Value) -> Self {
        let value = |role: FieldRole| {
            let run = payload.as_object()?;
            role.names().find_map(|name| run.get(name))
        };
        let raw = |value: Option<&Value>| value.and_then(raw);
        Self {
            instance_guid: raw(value(FieldRole::InstanceGuid)),
            job_full_name: raw(value(FieldRole::FullName)),
            build_number: raw(value(FieldRole::BuildNumber)),
        }
    }
}

/// The body of a reply: JSON as it came, anything else as a text.
pub(super) fn reply(body: &str) -> Option<Box<RawValue>> {
    let json = document::read(body).ok().map(|value| document::write_compact(&value));
    let text = json.or_else(|| serde_json::to_string(body).ok())?;
    RawValue::from_string(text).ok()
}

/// A document as it is, with its order and the spelling of its numbers.
pub(super) fn raw(value: &Value) -> Option<Box<RawValue>> {
    RawValue::from_string(document::write_compact(value)).ok()
}

/// One object on one line, which a terminal may safely show: what would steer it stands as `\u` escapes.
pub(super) fn line(object: &impl Serialize) -> anyhow::Result<String> {
    let json = serde_json::to_string(object)?;
    let mut line = String::with_capacity(json.len() + 1);
    // Such characters stand inside texts only, and all of them are below U+10000.
    for c in json.chars() {
        if text::is_hidden(c) {
            write!(line, "\\u{:04x}", u32::from(c))?;
        } else {
            line.push(c);
        }
    }
    line.push('\n');
    Ok(line)
}
