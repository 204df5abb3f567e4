//! Qualifiers that name another artifact after each build.

use crate::catalog::Evidence;
use crate::check::loss::Loss;
use crate::check::phrase::quote;
use crate::check::place::ValuePlace;
use crate::check::problem::Severity;
use crate::check::report::Report;
use crate::check::rule::{BACKEND, Rule};

pub(in crate::check) const QUALIFIER_MUTABLE: Rule = Rule {
    code: "qualifier-mutable",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    loss: Some(Loss::Pairing),
    other_losses: &[],
    meaning: "The qualifier of an artifact is a branch or a moving tag, such as `latest` or `main`.",
    why: "SEI pairs a build with every deployment of the same name, qualifier and location. A qualifier that all runs \
          share pairs every build with every deployment.",
    source: BACKEND,
    example: r#""artifacts": [{"output": true, "type": "container", "location": "registry.example/shop", "name": "web", "qualifier": "latest"}]"#,
    good: r#""artifacts": [{"output": true, "type": "container", "location": "registry.example/shop", "name": "web", "qualifier": "1.2.318"}]"#,
    fix: "",
};

/// Branches and moving tags, in lower case.
const MUTABLE: [&str; 11] = [
    "latest",
    "main",
    "master",
    "stable",
    "nightly",
    "edge",
    "head",
    "trunk",
    "develop",
    "development",
    "dev",
];

pub(in crate::check) fn qualifier_mutable(report: &mut Report<'_>, qualifier: &str, place: &ValuePlace<'_>) {
    if is_mutable(qualifier) {
        let message = format!(
            "{} is the same in every run: SEI pairs every build with every deployment.",
            quote(qualifier)
        );
        report.add(&QUALIFIER_MUTABLE, place, message, Vec::new());
    }
}

/// Whether a qualifier is a branch or a moving tag, so that many runs have it.
pub fn is_mutable(qualifier: &str) -> bool {
    MUTABLE.iter().any(|word| word.eq_ignore_ascii_case(qualifier))
}
