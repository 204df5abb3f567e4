//! Texts that are longer than the columns of SEI's store.

use super::phrase::quote;
use super::place::Place;
use super::plan::Part;
use super::rule::BACKEND;
use super::walk::{Expect, Walk};
use super::{Evidence, Rule, Severity};
use crate::text::count;

pub(super) const ID_LONG: Rule = Rule {
    code: "id-long",
    severity: Severity::Error,
    evidence: Evidence::Seen,
    meaning: "The `id` of a stage or step has more than 50 characters.",
    why: "SEI's store has no room for it: this stage and all that follow it are lost, though the run itself is kept.",
    source: BACKEND,
    example: r#""stages": [{"id": "integration-tests/linux-amd64/postgres-16/shard-03-of-12", "durationInMillis": 5000}]"#,
    good: r#""stages": [{"id": "integration-tests-03", "durationInMillis": 5000}]"#,
    fix: "",
};

pub(super) const NAME_CUT: Rule = Rule {
    code: "name-cut",
    severity: Severity::Hint,
    evidence: Evidence::Seen,
    meaning: "A name has more than 50 characters, or a description more than 200 in a stage or 50 in a step.",
    why: "SEI shortens it; stages whose names differ only behind the cut look alike in its reports.",
    source: BACKEND,
    example: r#""stages": [{"id": "1", "durationInMillis": 5000, "displayName": "Integration tests on Linux with PostgreSQL 16, part 3 of 12"}]"#,
    good: r#""stages": [{"id": "1", "durationInMillis": 5000, "displayName": "Integration tests, Linux, PostgreSQL 16, part 3"}]"#,
    fix: "",
};

pub(super) const WORD_LONG: Rule = Rule {
    code: "word-long",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    meaning: "The result or state of a stage or step has more than 30 characters.",
    why: "SEI's store has no room for it, so the stage may be lost; no known word is as long.",
    source: BACKEND,
    example: r#""stages": [{"id": "1", "durationInMillis": 5000, "result": "succeeded after the second attempt"}]"#,
    good: r#""stages": [{"id": "1", "durationInMillis": 5000, "result": "succeededWithIssues"}]"#,
    fix: "",
};

/// Looks at a text whose length is limited; false when it is too long for a word.
pub(super) fn fits(walk: &mut Walk<'_>, expect: Expect, text: &str, place: &Place<'_>) -> bool {
    // A text has no more characters than bytes.
    if expect.most == 0 || text.len() <= expect.most {
        return true;
    }
    let length = text.chars().count();
    if length <= expect.most {
        return true;
    }
    let size = count(length, "character", "characters");
    let (shown, most, name) = (quote(text), expect.most, place.name());
    let is_word = matches!(expect.part, Part::StageResult | Part::StageState);
    let problem = if expect.part == Part::StageId {
        ID_LONG.at(place, format!("{shown} has {size}, and SEI has room for {most} in an id."), Vec::new())
    } else if is_word {
        WORD_LONG.at(
            place,
            format!("{shown} has {size}, and SEI has room for {most} in a {name}."),
            Vec::new(),
        )
    } else {
        NAME_CUT.at(place, format!("{shown} has {size}: SEI shows the first {most}."), Vec::new())
    };
    walk.add(place, problem);
    !is_word
}
