//! Documents that may be too large or too deep for SEI.

use crate::catalog::Evidence;
use crate::check::excess::MAX_DEPTH;
use crate::check::loss::Loss;
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
    loss: Some(Loss::Run),
    other_losses: &[],
    meaning: "The body is over 1 MiB, or nested deeper than 64 lists and objects.",
    why: "Proxies and parsers may reject larger bodies. Their limits are undocumented.",
    source: OURS,
    example: r#""job_run": {"stages": ["… over 1 MiB of them"]}"#,
    good: r#""job_run": {"stages": []}"#,
    fix: "",
};

/// Reports the member of a run at an index, if it is the cause of the excess.
pub(in crate::check) fn too_large(report: &mut Report<'_>, index: usize, place: &ValuePlace<'_>) {
    let of_this = |found: Option<(usize, usize)>| found.filter(|(at, _)| *at == index).map(|(_, n)| n);
    let name = || quote(place.name());
    if let Some(length) = of_this(report.excess.large) {
        let message =
            format!("The body has {}, mostly in {}: SEI may refuse more than 1 MiB.", bytes(length), name());
        report.add(&TOO_LARGE, place, message, Vec::new());
    }
    if let Some(depth) = of_this(report.excess.deep) {
        let message = format!("{} has {depth} levels: SEI possibly reads only {MAX_DEPTH}.", name());
        report.add(&TOO_LARGE, place, message, Vec::new());
    }
}
