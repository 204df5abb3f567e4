//! Invisible characters that change the text around them.

use crate::catalog::Evidence;
use crate::check::loss::Loss;
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
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "A text contains a control character, or a character that reverses the writing direction.",
    why: "Usually copied terminal output with colors, rarely an attack. SEI shows another text than it stores, and \
          neither filters nor pairs match.",
    source: OURS,
    example: r#""pipeline": "\u001b[32mweb\u001b[0m""#,
    good: r#""pipeline": "web""#,
    fix: "Removes these characters, and whole color sequences of terminals.",
};

pub(super) fn control_character(report: &mut Report<'_>, value: &str, place: &ValuePlace<'_>) -> bool {
    let Some(found) = value.chars().find(|c| is_control(*c)) else { return false };
    let at = if place.name().is_empty() { "This entry" } else { place.name() };
    let kind = if found.is_control() { "control character" } else { "bidirectional override" };
    let message = format!(
        "{} contains the {kind} U+{:04X}: no SEI filter matches.",
        text::visible(at),
        u32::from(found)
    );
    let fix = Fix::safe("remove invisible characters", replace(place, Value::Text(cleaned(value))));
    report.add(&CONTROL_CHARACTER, place, message, vec![fix]);
    true
}

/// Whether a character is invisible and harmful; tabs and line breaks are allowed.
fn is_control(c: char) -> bool {
    let is_space = matches!(c, '\t' | '\n' | '\r');
    (c.is_control() && !is_space) || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The text without control characters and without whole color and cursor sequences.
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
