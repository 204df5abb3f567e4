//! What `--format json` prints: the words of these objects are a contract with scripts.

use serde::Serialize;
use serde_json::value::RawValue;

use crate::check::{self, Problem};
use crate::document::{self, Value};
use crate::import::ImportError;

/// The result of `check`.
#[derive(Serialize)]
pub(super) struct Report {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    errors: usize,
    warnings: usize,
    hints: usize,
    problems: Vec<Entry>,
}

/// One problem.
#[derive(Serialize)]
pub(super) struct Entry {
    code: &'static str,
    severity: &'static str,
    evidence: &'static str,
    pointer: String,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Mending>,
}

/// The likeliest way to mend a problem.
#[derive(Serialize)]
struct Mending {
    label: String,
    safe: bool,
}

impl Report {
    /// The report on a payload; `file` is named when there are several.
    pub(super) fn new(file: Option<&str>, problems: &[Problem]) -> Self {
        let counts = check::count(problems);
        Self {
            file: file.map(str::to_owned),
            errors: counts.errors,
            warnings: counts.warnings,
            hints: counts.hints,
            problems: entries(problems),
        }
    }

    /// The report on a text that is no payload.
    pub(super) fn of_fault(file: Option<&str>, fault: &ImportError) -> Self {
        Self {
            file: file.map(str::to_owned),
            errors: 1,
            warnings: 0,
            hints: 0,
            problems: vec![Entry::of_fault(fault)],
        }
    }
}

impl Entry {
    /// A text that is no payload, as a problem.
    pub(super) fn of_fault(fault: &ImportError) -> Self {
        let (line, column, message) = match fault {
            ImportError::Syntax(syntax) => (Some(syntax.line), Some(syntax.column), syntax.message.clone()),
            ImportError::Inside(_)
            | ImportError::Draft(_)
            | ImportError::List(_)
            | ImportError::NoObject(_) => (None, None, fault.to_string()),
        };
        let evidence = check::Evidence::Doc.word();
        let (code, severity) = ("syntax", check::Severity::Error.word());
        Self { code, severity, evidence, pointer: String::new(), message, line, column, fix: None }
    }
}

/// Problems in the form of the contract.
pub(super) fn entries(problems: &[Problem]) -> Vec<Entry> {
    let entry = |problem: &Problem| Entry {
        code: problem.code,
        severity: problem.severity.word(),
        evidence: problem.evidence.word(),
        pointer: problem.at.to_string(),
        message: problem.message.clone(),
        line: None,
        column: None,
        fix: problem.fixes.first().map(|fix| Mending { label: fix.label.clone(), safe: fix.safe }),
    };
    problems.iter().map(entry).collect()
}

/// The result of `send`.
#[derive(Serialize)]
pub(super) struct Sent<'a> {
    pub(super) outcome: &'a str,
    pub(super) status: Option<u16>,
    pub(super) attempts: u32,
    pub(super) environment: &'a str,
    pub(super) url: &'a str,
    pub(super) identity: Identity,
    pub(super) problems: Vec<Entry>,
    pub(super) reply: Option<Box<RawValue>>,
}

/// What makes a run the run it is, each value as the payload has it.
#[derive(Serialize)]
pub(super) struct Identity {
    instance_guid: Option<Box<RawValue>>,
    job_full_name: Option<Box<RawValue>>,
    build_number: Option<Box<RawValue>>,
}

impl Identity {
    /// The identity as far as the payload has one.
    pub(super) fn of(payload: &Value) -> Self {
        let value = |key: &str| payload.as_object().and_then(|run| run.get(key));
        let raw = |value: Option<&Value>| {
            value.and_then(|value| RawValue::from_string(document::write_compact(value)).ok())
        };
        Self {
            instance_guid: raw(value("instance_guid").or_else(|| value("jenkins_instance_guid"))),
            job_full_name: raw(value("job_full_name")),
            build_number: raw(value("build_number")),
        }
    }
}

/// The body of a reply: JSON as it came, anything else as a text.
pub(super) fn reply(body: &str) -> Option<Box<RawValue>> {
    let json = document::read(body).ok().map(|value| document::write_compact(&value));
    let text = json.or_else(|| serde_json::to_string(body).ok())?;
    RawValue::from_string(text).ok()
}

/// One object on one line.
pub(super) fn line(object: &impl Serialize) -> anyhow::Result<String> {
    Ok(serde_json::to_string(object)? + "\n")
}
