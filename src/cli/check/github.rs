//! GitHub Actions workflow commands: each line becomes an annotation of the file.

use super::percent;
use crate::check::Severity;
use crate::cli::finding::{Examined, Finding, Related};
use crate::text;

/// One annotation per finding.
pub(super) fn annotations(examined: &Examined) -> String {
    examined.findings.iter().map(|finding| annotation(examined, finding)).collect()
}

fn annotation(examined: &Examined, finding: &Finding) -> String {
    let Finding { problem, region, related, .. } = finding;
    let command = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "notice",
    };
    let label = &examined.source.label;
    let mut lines = vec![text::visible(&problem.message).into_owned()];
    lines.extend(problem.fixes.iter().map(|fix| format!("fix: {}", text::visible(&fix.label))));
    lines.extend(related.as_ref().map(Related::words));
    let message = lines.join("\n");
    let title = property(problem.code);
    // Without a file name, GitHub ignores the line: put the place into the message.
    if examined.source.is_input {
        let place = format!("{label}:{}:{}: ", region.line, region.columns.0);
        return format!("::{command} title={title}::{}\n", data(&(place + &message)));
    }
    let file = property(label.strip_prefix("./").unwrap_or(label));
    // GitHub ignores end columns of a range over several lines.
    let end = if region.end_line == region.line && region.columns.1 > region.columns.0 {
        format!(",endLine={},endColumn={}", region.end_line, region.columns.1)
    } else {
        String::new()
    };
    let place = format!("file={file},line={},col={}", region.line, region.columns.0);
    format!("::{command} {place}{end},title={title}::{}\n", data(&message))
}

/// A message of a workflow command.
fn data(text: &str) -> String {
    escape(text, &['%', '\r', '\n'])
}

/// The value of a property of a workflow command.
fn property(text: &str) -> String {
    escape(text, &['%', '\r', '\n', ':', ','])
}

fn escape(text: &str, special: &[char]) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match u8::try_from(c) {
            Ok(byte) if special.contains(&c) => escaped += &percent(byte),
            Ok(_) | Err(_) => escaped.push(c),
        }
    }
    escaped
}
