//! SARIF 2.1.0, the format of code-scanning services and editors.
//!
//! The log is written in three parts: the head with all rules, one result per line, the tail. So
//! memory does not grow with the length of a file.

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::percent;
use crate::check::{self, Fix, Loss, Problem, Rule, Severity};
use crate::cli::finding::{Examined, Finding, Related};
use crate::cli::region::{LineIndex, Region};
use crate::document::{Edit, Places, Pointer, Value, write_compact};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The text before the results.
pub(super) fn head() -> String {
    let driver = json!({
        "name": "sei-compose",
        "version": env!("CARGO_PKG_VERSION"),
        "shortDescription": { "text": "Reports what SEI would drop, alter or misread in a job run." },
        "rules": check::rules().iter().map(rule).collect::<Vec<_>>(),
    });
    format!(
        "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{driver}}},\
         \"columnKind\":\"utf16CodeUnits\",\"results\":["
    )
}

/// The text after the results; `is_whole` says whether all files could be read.
pub(super) fn tail(is_whole: bool) -> String {
    format!("\n],\"invocations\":[{{\"executionSuccessful\":{is_whole}}}]}}]}}\n")
}

/// The results for all findings of a text, separated by commas.
pub(super) fn results(examined: &Examined) -> String {
    if examined.findings.is_empty() {
        return String::new();
    }
    let source = &examined.source;
    // A payload inside another text, and a text that is not a payload, have no replaceable spans.
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
    let fix = if rule.fix.is_empty() { "None." } else { rule.fix };
    json!({
        "id": rule.code,
        "shortDescription": { "text": message(rule.meaning) },
        "fullDescription": { "text": message(rule.why) },
        "help": { "text": message(&format!("Bad: {}\nGood: {}\nFix: {fix}", rule.example, rule.good)) },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": with_loss(json!({ "evidence": rule.evidence.word(), "source": rule.source }), rule.loss),
    })
}

/// The properties of a rule or a result with its loss, if any.
fn with_loss(mut properties: Json, loss: Option<Loss>) -> Json {
    if let (Some(loss), Some(properties)) = (loss, properties.as_object_mut()) {
        properties.insert("loss".to_owned(), loss.word().into());
    }
    properties
}

fn properties(problem: &Problem) -> Json {
    let own = json!({ "evidence": problem.evidence.word(), "pointer": problem.at.to_string() });
    with_loss(own, problem.loss)
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

/// A SARIF `result`.
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

/// A file, with the index of its lines and values.
struct SarifSite<'t> {
    uri: String,
    lines: LineIndex<'t>,
    root: Pointer,
    places: Option<Places>,
}

impl SarifSite<'_> {
    fn result(&self, finding: &Finding) -> SarifResult {
        let Finding { problem, region, related, .. } = finding;
        let related_location = |related: &Related| {
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
            related_locations: related.iter().map(related_location).collect(),
            fixes: problem.fixes.iter().filter_map(|fix| self.fix(fix)).collect(),
            properties: properties(problem),
        }
    }

    fn location(&self, region: &Region) -> Json {
        json!({ "artifactLocation": { "uri": self.uri }, "region": self::region(region) })
    }

    /// A fix with one edit that replaces existing text; other fixes have no SARIF form here.
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

/// Escapes a SARIF message string: a brace starts a placeholder, and a bracket may start a link.
fn message(text: &str) -> String {
    let text = text.replace('{', "{{").replace('}', "}}");
    if text.contains("](") {
        text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
    } else {
        text
    }
}

/// A path as a URI reference; relative paths stay relative.
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
