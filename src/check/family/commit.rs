//! The commits of a run: full ids, each once, not too many.

use crate::catalog::Evidence;
use crate::check::loss::Loss;
use crate::check::phrase::quote;
use crate::check::place::ValuePlace;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::rule::{BACKEND, OURS, PAGES, Rule};
use crate::document::Edit;

pub(in crate::check) const COMMIT_FORM: Rule = Rule {
    code: "commit-form",
    severity: Severity::Warning,
    evidence: Evidence::Doc,
    loss: Some(Loss::Count),
    other_losses: &[],
    meaning: "An entry of `scm_commit_ids` is not a full commit id of 40 or 64 hex digits.",
    why: "SEI links runs to commits by the full id. A short id, a branch or a tag matches no commit.",
    source: PAGES,
    example: r#""scm_commit_ids": ["64be72b"]"#,
    good: r#""scm_commit_ids": ["64be72b2c1f7d2a33082f98a40a848880fcdcd5e"]"#,
    fix: "",
};

pub(in crate::check) const COMMIT_DUPLICATE: Rule = Rule {
    code: "commit-duplicate",
    severity: Severity::Hint,
    evidence: Evidence::Advice,
    loss: None,
    other_losses: &[],
    meaning: "A commit is listed twice in `scm_commit_ids`.",
    why: "The second entry adds nothing. Lists that were merged from several sources have such entries.",
    source: OURS,
    example: r#""scm_commit_ids": ["64be72b2c1f7d2a33082f98a40a848880fcdcd5e", "64be72b2c1f7d2a33082f98a40a848880fcdcd5e"]"#,
    good: r#""scm_commit_ids": ["64be72b2c1f7d2a33082f98a40a848880fcdcd5e"]"#,
    fix: "Removes the later one.",
};

pub(in crate::check) const COMMIT_MANY: Rule = Rule {
    code: "commit-many",
    severity: Severity::Hint,
    evidence: Evidence::Seen,
    loss: None,
    other_losses: &[],
    meaning: "`scm_commit_ids` has more than 100 entries.",
    why: "The list is for the commits since the last successful run. Hundreds of entries are usually the whole history.",
    source: BACKEND,
    example: r#""scm_commit_ids": ["64be72b2c1f7d2a33082f98a40a848880fcdcd5e", "… and 100 more"]"#,
    good: r#""scm_commit_ids": ["64be72b2c1f7d2a33082f98a40a848880fcdcd5e"]"#,
    fix: "",
};

/// Usual runs have fewer commits.
const MANY: usize = 100;

/// The fewest digits of an id that git abbreviates.
const SHORT: usize = 4;

pub(in crate::check) fn commit_form(report: &mut Report<'_>, commit: &str, place: &ValuePlace<'_>) {
    let is_hex = commit.bytes().all(|b| b.is_ascii_hexdigit());
    if is_hex && matches!(commit.len(), 40 | 64) {
        return;
    }
    let fault = match commit.len() {
        0 => "is blank".to_owned(),
        SHORT..40 if is_hex => format!("is a short id of {} digits", commit.len()),
        length if is_hex => format!("has {length} hex digits"),
        _ => "is not a commit id".to_owned(),
    };
    let message = format!("{} {fault}: SEI needs 40 or 64 hex digits.", quote(commit));
    report.add(&COMMIT_FORM, place, message, Vec::new());
}

pub(in crate::check) fn commit_duplicate(report: &mut Report<'_>, commit: &str, place: &ValuePlace<'_>) {
    let (Some(index), Some(texts)) = (place.position(), report.texts.as_ref()) else { return };
    let Some(first) = texts.first(&commit).filter(|first| *first < index) else { return };
    let message = format!("{} repeats entry {}.", quote(commit), first + 1);
    let fix = Fix::safe("remove this entry", vec![Edit::Remove { at: place.pointer() }]);
    report.add(&COMMIT_DUPLICATE, place, message, vec![fix]);
}

pub(in crate::check) fn commit_many(report: &mut Report<'_>, count: usize, place: &ValuePlace<'_>) {
    if count > MANY {
        let message = format!("{count} commits: only commits since the last successful run belong here.");
        report.add(&COMMIT_MANY, place, message, Vec::new());
    }
}
