//! How the run ended: the words that SEI counts, and those that others use for the same.

use super::phrase::quote;
use super::place::Place;
use super::retype::replace;
use super::rule::PAGES;
use super::walk::Walk;
use super::{Dialect, Evidence, Fix, Rule, Severity};
use crate::document::Value;
use crate::text::closest;

pub(super) const RESULT_WORD: Rule = Rule {
    code: "result-word",
    severity: Severity::Error,
    evidence: Evidence::Doc,
    meaning: "The result is none of the documented words, SUCCESS and FAILURE or both in lower case.",
    why: "SEI stores the word as it is and looks for the documented ones, letter by letter: success and failure rates \
          would leave the run out. The words of Jenkins that are neither are only warned of.",
    source: PAGES,
    example: r#""result": "FAILED""#,
    good: r#""result": "FAILURE""#,
    fix: "Puts the documented word for a known synonym, in the case of the job's earlier runs, otherwise in upper case.",
};

const WORDS: [&str; 2] = ["SUCCESS", "FAILURE"];

/// Words of other tools, in lower case, and the documented word each stands for.
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

/// Words of Jenkins for what is neither.
const BETWEEN: [&str; 3] = ["unstable", "aborted", "not_built"];

/// Whether this is one of the documented words, all in one case.
pub(super) fn is_documented(word: &str) -> bool {
    let is_lower = || word.bytes().all(|b| b.is_ascii_lowercase());
    WORDS.iter().any(|known| *known == word || (known.eq_ignore_ascii_case(word) && is_lower()))
}

/// Whether a word says success or failure, in whatever case and whichever tool's words.
pub(super) fn is_success(word: &str) -> Option<bool> {
    let known = SYNONYMS.iter().find(|(other, _)| other.eq_ignore_ascii_case(word));
    known.map(|(_, known)| *known == "SUCCESS")
}

pub(super) fn result(walk: &mut Walk<'_>, word: &str, place: &Place<'_>) {
    if is_documented(word) {
        return;
    }
    let lower = word.to_lowercase();
    // A fix in another case than the rest of the job would be the next problem.
    let case = walk.of_job.or(walk.context.dialect).unwrap_or(Dialect::Upper);
    let in_case = |known: &str| case.spell(known);
    let both = WORDS.map(in_case);
    let fix = |known: &str| replace(place, Value::Text(known.to_owned()));
    let shown = quote(word);
    let synonym = SYNONYMS.iter().find(|(other, _)| *other == lower).map(|(_, known)| in_case(known));
    let problem = if let Some(known) = synonym {
        let message = format!("{shown} is not what SEI calls it: its reports look for {known}.");
        RESULT_WORD.at(place, message, vec![Fix::safe(known.clone(), fix(&known))])
    } else if BETWEEN.contains(&lower.as_str()) {
        let message =
            format!("{shown} is a word of Jenkins: SEI keeps it, counted neither as success nor as failure.");
        RESULT_WORD.mild(place, message, both.iter().rev().map(|w| Fix::offer(w.clone(), fix(w))).collect())
    } else {
        let all = both.iter().map(String::as_str);
        let likely: Vec<_> = closest(word, all.clone()).map_or_else(|| all.collect(), |near| vec![near]);
        let message =
            format!("{shown} is none of {} and {}, the words that SEI reports on.", both[0], both[1]);
        RESULT_WORD.at(place, message, likely.iter().map(|w| Fix::offer(*w, fix(w))).collect())
    };
    walk.add(place, problem);
}
