//! Characters that cannot be seen and change what is seen around them.

use crate::catalog::Evidence;
use crate::check::place::ValuePlace;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::retype::replace;
use crate::check::rule::{OURS, Rule};
use crate::document::Value;
use crate::text;

pub(in crate::check) const CONTROL_CHARACTER: Rule = Rule {
    code: "control-character",
    severity: Severity::Error,
    evidence: Evidence::Advice,
    meaning: "A text holds a control character, or one that turns the direction of writing round.",
    why: "It comes from coloured terminal output or from a trap: what people see in SEI is not what is stored, and \
          neither filters nor pairs will match.",
    source: OURS,
    example: r#""pipeline": "\u001b[32mweb\u001b[0m""#,
    good: r#""pipeline": "web""#,
    fix: "Removes these characters, and colours of the terminal as a whole.",
};

pub(super) fn control_character(report: &mut Report<'_>, value: &str, place: &ValuePlace<'_>) -> bool {
    let Some(found) = value.chars().find(|c| is_control(*c)) else { return false };
    let at = if place.name().is_empty() { "This entry" } else { place.name() };
    let sort = if found.is_control() { "control character" } else { "bidirectional override" };
    let message =
        format!("{} holds the {sort} U+{:04X}, which nobody will see.", text::visible(at), u32::from(found));
    let fix = Fix::safe("remove what cannot be seen", replace(place, Value::Text(cleaned(value))));
    report.add(&CONTROL_CHARACTER, place, message, vec![fix]);
    true
}

/// Tabs and line breaks are left to those who write prose.
fn is_control(c: char) -> bool {
    let is_space = matches!(c, '\t' | '\n' | '\r');
    (c.is_control() && !is_space) || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The text without control characters; of a colour or cursor sequence nothing remains.
fn cleaned(value: &str) -> String {
    let mut clean = String::with_capacity(value.len());
    let mut rest = value.chars();
    while let Some(c) = rest.next() {
        if c == '\u{1b}' && rest.as_str().starts_with('[') {
            let sequence = rest.as_str().get(1..).unwrap_or_default();
            let end = sequence.find(|c: char| !matches!(c, '0'..='9' | ';' | '?' | ':'));
            let is_whole = end.is_some_and(|end| {
                sequence.get(end..).is_some_and(|s| s.starts_with(|c: char| c.is_ascii_alphabetic()))
            });
            if let Some(end) = end.filter(|_| is_whole) {
                rest = sequence.get(end + 1..).unwrap_or_default().chars();
            }
        } else if !is_control(c) {
            clean.push(c);
        }
    }
    clean
}
