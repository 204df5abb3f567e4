//! SARIF 2.1.0: what code-scanning services and editors take in.
//!
//! The log is written in three parts, so that a file of any length needs no more memory than a line of it: the head
//! with all rules, one result a line, the tail.

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::percent;
use crate::check::{self, Fix, Rule, Severity};
use crate::cli::finding::{Examined, Finding, Related};
use crate::cli::region::{LineIndex, Region};
use crate::document::{Edit, Places, Pointer, Value, write_compact};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Everything before the results.
pub(super) fn head() -> String {
    let driver = json!({
        "name": "sei-compose",
        "version": env!("CARGO_PKG_VERSION"),
        "shortDescription": { "text": "Says what SEI would drop, alter or misread of a job run." },
        "rules": check::rules().iter().map(rule).collect::<Vec<_>>(),
    });
    format!(
        "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{driver}}},\
         \"columnKind\":\"utf16CodeUnits\",\"results\":["
    )
}

/// Everything behind the results; `is_whole` tells whether all that was asked for could be read.
pub(super) fn tail(is_whole: bool) -> String {
    format!("\n],\"invocations\":[{{\"executionSuccessful\":{is_whole}}}]}}]}}\n")
}

/// The results for all findings of a text, between commas.
pub(super) fn results(examined: &Examined) -> String {
    if examined.findings.is_empty() {
        return String::new();
    }
    let source = &examined.source;
    // A text within the text, and one that is no payload, have no places that could be replaced.
    let places = (!examined.has_own_lines()).then(|| Places::read(&source.text).ok()).flatten();
    let site = SarifSite {
        uri: if source.is_input { "stdin".to_owned() } else { uri(&source.label) },
        lines: LineIndex::of(&source.text, source.first_line()),
        root: examined.root(),
        places,
    };
    let words = |finding| serde_json::to_string(&site.result(finding)).unwrap_or_default();
    examined.findings.iter().map(words).collect::<Vec<_>>().join(",\n")
}

fn rule(rule: &Rule) -> Json {
    let fix = if rule.fix.is_empty() { "Only a person can know." } else { rule.fix };
    json!({
        "id": rule.code,
        "shortDescription": { "text": message(rule.meaning) },
        "fullDescription": { "text": message(rule.why) },
        "help": { "text": message(&format!("Bad: {}\nGood: {}\nFix: {fix}", rule.example, rule.good)) },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "evidence": rule.evidence.word(), "source": rule.source },
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

/// A result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Json,
    locations: Vec<Json>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Json>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Json>,
    properties: Json,
}

/// A file, and how to find places in it.
struct SarifSite<'t> {
    uri: String,
    lines: LineIndex<'t>,
    root: Pointer,
    places: Option<Places>,
}

impl SarifSite<'_> {
    fn result(&self, finding: &Finding) -> SarifResult {
        let Finding { problem, region, related, .. } = finding;
        let beside = |related: &Related| {
            json!({
                "physicalLocation": self.location(&related.region),
                "message": { "text": message(related.label) },
            })
        };
        let located = json!({
            "physicalLocation": self.location(region),
            "logicalLocations": [{ "fullyQualifiedName": problem.at.to_string(), "kind": "value" }],
        });
        SarifResult {
            rule_id: problem.code,
            rule_index: check::rules().iter().position(|rule| rule.code == problem.code),
            level: level(problem.severity),
            message: json!({ "text": message(&problem.message) }),
            locations: vec![located],
            related_locations: related.iter().map(beside).collect(),
            fixes: problem.fixes.iter().filter_map(|fix| self.fix(fix)).collect(),
            properties: json!({ "evidence": problem.evidence.word(), "pointer": problem.at.to_string() }),
        }
    }

    fn location(&self, region: &Region) -> Json {
        json!({ "artifactLocation": { "uri": self.uri }, "region": self::region(region) })
    }

    /// A fix of one edit that replaces what stands in the text already.
    fn fix(&self, fix: &Fix) -> Option<Json> {
        let [edit] = fix.edits.as_slice() else { return None };
        let (span, content) = match edit {
            Edit::Replace { at, value } => (self.find(at)?.value, write_compact(value)),
            Edit::Rename { at, key } => (self.find(at)?.key?, write_compact(&Value::Text(key.clone()))),
            Edit::Insert { .. } | Edit::Remove { .. } | Edit::Move { .. } => return None,
        };
        Some(json!({
            "description": { "text": message(&fix.label) },
            "artifactChanges": [{
                "artifactLocation": { "uri": self.uri },
                "replacements": [{
                    "deletedRegion": region(&self.lines.region(&span)),
                    "insertedContent": { "text": content },
                }],
            }],
        }))
    }

    fn find(&self, at: &Pointer) -> Option<crate::document::Span> {
        let at = at.tokens().iter().fold(self.root.clone(), |at, token| at.with(token.clone()));
        self.places.as_ref()?.find(&at)
    }
}

fn region(region: &Region) -> Json {
    let Region { line, end_line, utf16, .. } = region;
    json!({ "startLine": line, "startColumn": utf16.0, "endLine": end_line, "endColumn": utf16.1 })
}

/// A text as a message string: a brace begins a placeholder there, and a bracket may begin a link.
fn message(text: &str) -> String {
    let text = text.replace('{', "{{").replace('}', "}}");
    if text.contains("](") {
        text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
    } else {
        text
    }
}

/// A path as a reference: relative ones stay so, and are resolved where the log is read.
fn uri(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path).replace(std::path::MAIN_SEPARATOR, "/");
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri += &percent(byte);
        }
    }
    uri
}
