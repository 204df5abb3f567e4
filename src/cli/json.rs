//! The objects of `--format json`: scripts depend on the names of their members.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::value::RawValue;

use super::finding::{Examined, Finding, Related};
use super::region::Region;
use crate::catalog::FieldRole;
use crate::check::Loss;
use crate::document::{self, Value};
use crate::text;

/// The result of `check` for one payload.
#[derive(Serialize)]
pub(super) struct JsonReport<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<&'a str>,
    /// The line number, for a file with one payload per line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) line: Option<usize>,
    errors: usize,
    warnings: usize,
    hints: usize,
    problems: Vec<JsonProblem<'a>>,
    /// The applied safe fixes, with `--fix`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fixed: Option<&'a [String]>,
    /// The fixed payload, with `--fix`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) document: Option<Box<RawValue>>,
}

/// An element of `problems`.
#[derive(Serialize)]
pub(super) struct JsonProblem<'a> {
    code: &'static str,
    severity: &'static str,
    evidence: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    loss: Option<&'static str>,
    pointer: String,
    message: &'a str,
    line: usize,
    column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<JsonFix<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    related: Option<RelatedPlace>,
}

/// The first fix of a problem.
#[derive(Serialize)]
struct JsonFix<'a> {
    label: &'a str,
    safe: bool,
}

/// The second place of a problem.
#[derive(Serialize)]
struct RelatedPlace {
    line: usize,
    column: usize,
    message: &'static str,
}

impl<'a> JsonReport<'a> {
    /// The report without the optional members.
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

/// The findings as elements of `problems`.
pub(super) fn entries(findings: &[Finding]) -> Vec<JsonProblem<'_>> {
    findings.iter().map(JsonProblem::of).collect()
}

impl<'a> JsonProblem<'a> {
    fn of(finding: &'a Finding) -> Self {
        let Finding { problem, region, related, .. } = finding;
        let fix = problem.fixes.first().map(|fix| JsonFix { label: &fix.label, safe: fix.safe });
        let related_place = |related: &Related| {
            let Region { line, columns, .. } = related.region;
            RelatedPlace { line, column: columns.0, message: related.label }
        };
        Self {
            code: problem.code,
            severity: problem.severity.word(),
            evidence: problem.evidence.word(),
            loss: problem.loss.map(Loss::word),
            pointer: problem.at.to_string(),
            message: &problem.message,
            line: region.line,
            column: region.columns.0,
            fix,
            related: related.as_ref().map(related_place),
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

/// The identifying fields of a run, with the values of the payload.
#[derive(Serialize)]
pub(super) struct JsonIdentity {
    instance_guid: Option<Box<RawValue>>,
    job_full_name: Option<Box<RawValue>>,
    build_number: Option<Box<RawValue>>,
}

impl JsonIdentity {
    /// The identity; fields that the payload lacks are `null`.
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

/// The body of a reply: JSON unchanged, anything else as a string.
pub(super) fn reply(body: &str) -> Option<Box<RawValue>> {
    let json = document::read(body).ok().map(|value| document::write_compact(&value));
    let text = json.or_else(|| serde_json::to_string(body).ok())?;
    RawValue::from_string(text).ok()
}

/// A document with its own order of keys and spelling of numbers.
pub(super) fn raw(value: &Value) -> Option<Box<RawValue>> {
    RawValue::from_string(document::write_compact(value)).ok()
}

/// One object on one line that is safe to show on a terminal: control characters become `\u`
/// escapes.
pub(super) fn line(object: &impl Serialize) -> anyhow::Result<String> {
    let json = serde_json::to_string(object)?;
    let mut line = String::with_capacity(json.len() + 1);
    // Such characters occur only inside strings, and all of them are below U+10000.
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
