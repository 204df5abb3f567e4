//! Curly quotes that a word processor, or a web page, put around a value.

use crate::catalog::Evidence;
use crate::check::phrase::quote;
use crate::check::place::ValuePlace;
use crate::check::plan::Expect;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::retype::replace;
use crate::check::rule::{PAGES, Rule};
use crate::document::Value;

pub(in crate::check) const CURLY_QUOTE: Rule = Rule {
    code: "curly-quote",
    severity: Severity::Warning,
    evidence: Evidence::Doc,
    meaning: "A value stands in curly quotes, inside the straight ones of JSON.",
    why: "Some pages of the documentation print their samples with curly quotes; copied from there they become part of \
          the value, and the name is another one.",
    source: PAGES,
    example: r#""pipeline": "“Node.js CI”""#,
    good: r#""pipeline": "Node.js CI""#,
    fix: "Takes the quotes off.",
};

const CURLY: [char; 8] = ['“', '”', '„', '‟', '‘', '’', '‚', '‛'];

pub(super) fn curly_quote(
    report: &mut Report<'_>,
    expect: Expect,
    text: &str,
    place: &ValuePlace<'_>,
) -> bool {
    // A description may well be a quotation.
    if expect.is_prose() {
        return false;
    }
    let trimmed = text.trim();
    let inner = trimmed
        .strip_prefix(CURLY)
        .and_then(|rest| rest.strip_suffix([CURLY.as_slice(), &['"']].concat().as_slice()));
    let inner = inner.or_else(|| trimmed.strip_prefix('"').and_then(|rest| rest.strip_suffix(CURLY)));
    // Two quotations, or an apostrophe beside one, are text of their own.
    let Some(inner) = inner.filter(|inner| !inner.contains(CURLY)) else { return false };
    let message = format!("{} stands in curly quotes, which are part of the value.", quote(inner.trim()));
    let fix = Fix::safe("take the quotes off", replace(place, Value::Text(inner.trim().to_owned())));
    report.add(&CURLY_QUOTE, place, message, vec![fix]);
    true
}
