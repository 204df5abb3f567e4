//! Curly quotes around a value, from a word processor or a web page.

use crate::catalog::Evidence;
use crate::check::loss::Loss;
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
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "A value is in curly quotes, inside the straight quotes of JSON.",
    why: "Some pages of the documentation print samples with curly quotes. Copied quotes become part of the value and \
          change the name.",
    source: PAGES,
    example: r#""pipeline": "“Node.js CI”""#,
    good: r#""pipeline": "Node.js CI""#,
    fix: "Removes the quotes.",
};

const CURLY: [char; 8] = ['“', '”', '„', '‟', '‘', '’', '‚', '‛'];

pub(super) fn curly_quote(
    report: &mut Report<'_>,
    expect: Expect,
    text: &str,
    place: &ValuePlace<'_>,
) -> bool {
    // A description may be a quotation.
    if expect.is_prose() {
        return false;
    }
    let trimmed = text.trim();
    let inner = trimmed
        .strip_prefix(CURLY)
        .and_then(|rest| rest.strip_suffix([CURLY.as_slice(), &['"']].concat().as_slice()));
    let inner = inner.or_else(|| trimmed.strip_prefix('"').and_then(|rest| rest.strip_suffix(CURLY)));
    // Two quotations, or a quotation and an apostrophe, are ordinary text.
    let Some(inner) = inner.filter(|inner| !inner.contains(CURLY)) else { return false };
    let message = format!("{} is in curly quotes, which are part of the value.", quote(inner.trim()));
    let fix = Fix::safe("remove the quotes", replace(place, Value::Text(inner.trim().to_owned())));
    report.add(&CURLY_QUOTE, place, message, vec![fix]);
    true
}
