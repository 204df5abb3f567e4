//! Documents that are too large or too deep to be sure of their way.

use crate::catalog::Evidence;
use crate::check::excess::MOST_DEPTH;
use crate::check::phrase::quote;
use crate::check::place::ValuePlace;
use crate::check::problem::Severity;
use crate::check::report::Report;
use crate::check::rule::{OURS, Rule};
use crate::text::bytes;

pub(in crate::check) const TOO_LARGE: Rule = Rule {
    code: "too-large",
    severity: Severity::Warning,
    evidence: Evidence::Advice,
    meaning: "The body is over 1 MiB, or nested deeper than 64 lists and objects.",
    why: "Gateways and parsers on the way have limits that nobody documents; most refuse somewhere beyond these.",
    source: OURS,
    example: r#""job_run": {"stages": ["… over 1 MiB of them"]}"#,
    good: r#""job_run": {"stages": []}"#,
    fix: "",
};

/// Looks at the member of a run at an index.
pub(in crate::check) fn too_large(report: &mut Report<'_>, index: usize, place: &ValuePlace<'_>) {
    let of_this = |found: Option<(usize, usize)>| found.filter(|(at, _)| *at == index).map(|(_, n)| n);
    let name = || quote(place.name());
    if let Some(length) = of_this(report.excess.large) {
        let message = format!(
            "The body has {}, most of it in {}: over 1 MiB it may be refused.",
            bytes(length),
            name()
        );
        report.add(&TOO_LARGE, place, message, Vec::new());
    }
    if let Some(depth) = of_this(report.excess.deep) {
        let message = format!("{} is nested {depth} deep: beyond {MOST_DEPTH} it may not be read.", name());
        report.add(&TOO_LARGE, place, message, Vec::new());
    }
}
