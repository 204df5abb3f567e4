//! The result of the run: the words that SEI counts, and the words of other tools for the same.

use crate::catalog::Evidence;
use crate::check::context::ResultCase;
use crate::check::loss::Loss;
use crate::check::phrase::quote;
use crate::check::place::ValuePlace;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::retype::replace;
use crate::check::rule::{PAGES, Rule};
use crate::document::Value;
use crate::text::closest;

pub(in crate::check) const RESULT_WORD: Rule = Rule {
    code: "result-word",
    severity: Severity::Error,
    evidence: Evidence::Doc,
    loss: Some(Loss::Count),
    other_losses: &[],
    meaning: "The result is neither SUCCESS nor FAILURE, in upper or lower case.",
    why: "SEI stores the word unchanged, and the filters of its metrics compare words exactly. The usual filters, \
          for SUCCESS or FAILURE, skip any other word. Other Jenkins results (UNSTABLE, ABORTED, NOT_BUILT) are warnings.",
    source: PAGES,
    example: r#""result": "FAILED""#,
    good: r#""result": "FAILURE""#,
    fix: "Writes the documented word for a known synonym, in the case of the job's previous runs, otherwise in upper case.",
};

const WORDS: [&str; 2] = ["SUCCESS", "FAILURE"];

/// Words of other tools, in lower case, each with its documented word.
const SYNONYMS: [(&str, &str); 11] = [
    ("success", "SUCCESS"),
    ("succeeded", "SUCCESS"),
    ("successful", "SUCCESS"),
    ("passed", "SUCCESS"),
    ("pass", "SUCCESS"),
    ("ok", "SUCCESS"),
    ("failure", "FAILURE"),
    ("failed", "FAILURE"),
    ("fail", "FAILURE"),
    ("error", "FAILURE"),
    ("errored", "FAILURE"),
];

/// Words of Jenkins for outcomes that are neither success nor failure, in lower case.
const NEUTRAL: [&str; 3] = ["unstable", "aborted", "not_built"];

/// Whether a result is a documented word, all in upper or all in lower case.
pub fn is_documented(word: &str) -> bool {
    let is_lower = || word.bytes().all(|b| b.is_ascii_lowercase());
    WORDS.iter().any(|known| *known == word || (known.eq_ignore_ascii_case(word) && is_lower()))
}

/// Whether a word means success or failure in any tool and any case; `None` for other words.
pub(in crate::check) fn is_success(word: &str) -> Option<bool> {
    let known = SYNONYMS.iter().find(|(other, _)| other.eq_ignore_ascii_case(word));
    known.map(|(_, known)| *known == "SUCCESS")
}

pub(in crate::check) fn result_word(report: &mut Report<'_>, word: &str, place: &ValuePlace<'_>) {
    if is_documented(word) {
        return;
    }
    let lower = word.to_lowercase();
    // A fix in another case than previous runs would cause the next problem.
    let case = report.result_case.or(report.context.result_case).unwrap_or(ResultCase::Upper);
    let in_case = |known: &str| case.spell(known);
    let both = WORDS.map(in_case);
    let fix = |known: &str| replace(place, Value::Text(known.to_owned()));
    let shown = quote(word);
    let synonym = SYNONYMS.iter().find(|(other, _)| *other == lower).map(|(_, known)| in_case(known));
    if let Some(known) = synonym {
        let message = format!("Usual filters skip {shown}: use {known}.");
        report.add(&RESULT_WORD, place, message, vec![Fix::safe(known.clone(), fix(&known))]);
    } else if NEUTRAL.contains(&lower.as_str()) {
        let message = format!("{shown} is a Jenkins word: usual filters skip it.");
        let fixes = both.iter().rev().map(|word| Fix::offer(word.clone(), fix(word))).collect();
        report.warn(&RESULT_WORD, place, message, fixes);
    } else {
        let all = both.iter().map(String::as_str);
        let likely: Vec<_> = closest(word, all.clone()).map_or_else(|| all.collect(), |near| vec![near]);
        let message = format!("{shown} is neither {} nor {}: usual filters skip it.", both[0], both[1]);
        let fixes = likely.iter().map(|word| Fix::offer(*word, fix(word))).collect();
        report.add(&RESULT_WORD, place, message, fixes);
    }
}
