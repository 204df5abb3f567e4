//! Texts that are longer than the columns of SEI's database.

use crate::catalog::{Evidence, FieldRole};
use crate::check::loss::Loss;
use crate::check::phrase::quote;
use crate::check::place::ValuePlace;
use crate::check::plan::Expect;
use crate::check::problem::Severity;
use crate::check::report::Report;
use crate::check::rule::{BACKEND, Rule};
use crate::text::count;

pub(in crate::check) const ID_LONG: Rule = Rule {
    code: "id-long",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "The `id` of a stage or step has more than 50 characters.",
    why: "SEI stores only the first 50 characters. Two stages whose ids differ only after them become one.",
    source: BACKEND,
    example: r#""stages": [{"id": "integration-tests/linux-amd64/postgres-16/shard-03-of-12", "durationInMillis": 5000}]"#,
    good: r#""stages": [{"id": "integration-tests-03", "durationInMillis": 5000}]"#,
    fix: "",
};

pub(in crate::check) const NAME_CUT: Rule = Rule {
    code: "name-cut",
    severity: Severity::Hint,
    evidence: Evidence::Seen,
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "A name has more than 50 characters, or a description more than 200 in a stage or 50 in a step.",
    why: "SEI truncates the text. Stages whose names differ only after the limit get the same name, and filters compare \
          the truncated name.",
    source: BACKEND,
    example: r#""stages": [{"id": "1", "durationInMillis": 5000, "displayName": "Integration tests on Linux with PostgreSQL 16, part 3 of 12"}]"#,
    good: r#""stages": [{"id": "1", "durationInMillis": 5000, "displayName": "Integration tests, Linux, PostgreSQL 16, part 3"}]"#,
    fix: "",
};

pub(in crate::check) const WORD_LONG: Rule = Rule {
    code: "word-long",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "The result or state of a stage or step has more than 30 characters.",
    why: "SEI stores at most 30 characters of the word, so no filter finds a longer word. SEI keeps the stage. Whether it \
          cuts the word or stores none is unknown.",
    source: BACKEND,
    example: r#""stages": [{"id": "1", "durationInMillis": 5000, "result": "succeeded after the second attempt"}]"#,
    good: r#""stages": [{"id": "1", "durationInMillis": 5000, "result": "succeededWithIssues"}]"#,
    fix: "",
};

/// Checks the length of a text; false when it is a result or state that is too long.
pub(in crate::check) fn fits(
    report: &mut Report<'_>,
    expect: Expect,
    text: &str,
    place: &ValuePlace<'_>,
) -> bool {
    // A text has no more characters than bytes.
    if expect.limit == 0 || text.len() <= expect.limit {
        return true;
    }
    let length = text.chars().count();
    if length <= expect.limit {
        return true;
    }
    let shown = format!("{} has {}", quote(text), count(length, "character", "characters"));
    let is_word = matches!(expect.role, Some(FieldRole::StageResult | FieldRole::StageState));
    if expect.role == Some(FieldRole::StageId) {
        id_long(report, &shown, expect.limit, place);
    } else if is_word {
        word_long(report, &shown, expect.limit, place);
    } else {
        name_cut(report, &shown, expect.limit, place);
    }
    !is_word
}

fn id_long(report: &mut Report<'_>, shown: &str, limit: usize, place: &ValuePlace<'_>) {
    let message = format!("{shown}: SEI stores at most {limit} in an id.");
    report.add(&ID_LONG, place, message, Vec::new());
}

fn word_long(report: &mut Report<'_>, shown: &str, limit: usize, place: &ValuePlace<'_>) {
    let message = format!("{shown}: SEI stores at most {limit} in a {}.", place.name());
    report.add(&WORD_LONG, place, message, Vec::new());
}

fn name_cut(report: &mut Report<'_>, shown: &str, limit: usize, place: &ValuePlace<'_>) {
    report.add(&NAME_CUT, place, format!("{shown}: SEI shows only the first {limit}."), Vec::new());
}
