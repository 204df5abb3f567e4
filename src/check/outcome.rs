//! How the run ended, and whether it was a build or a deployment.

use super::fields::Fields;
use super::phrase::quote;
use super::place::Place;
use super::plan::{Noun, Part};
use super::retype::replace;
use super::walk::Walk;
use super::{Evidence, Fix, Rule, Severity};
use crate::document::{self, Object, Value};
use crate::text::closest;

pub(super) const RESULT_WORD: Rule = Rule {
    code: "result-word",
    severity: Severity::Error,
    evidence: Evidence::Doc,
    meaning: "The result is none of the documented words, SUCCESS and FAILURE or both in lower case.",
    why: "SEI stores the word as it is and looks for the documented ones, letter by letter: success and failure rates \
          would leave the run out. The words of Jenkins that are neither are only warned of.",
    example: r#""result": "FAILED""#,
    fix: "Puts the documented word for a known synonym, in the same case.",
};

pub(super) const CI_CD_BOTH: Rule = Rule {
    code: "ci-cd-both",
    severity: Severity::Warning,
    evidence: Evidence::Doc,
    meaning: "Of `ci` and `cd` both are true, or both are false.",
    why: "One says build, the other deployment, and a run is documented as one of the two.",
    example: r#""ci": true, "cd": true"#,
    fix: "Makes the run one or the other.",
};

pub(super) const CI_CD_MISSING: Rule = Rule {
    code: "ci-cd-missing",
    severity: Severity::Hint,
    evidence: Evidence::Doc,
    meaning: "Neither `ci` nor `cd` is set.",
    why: "SEI cannot tell whether the run built something or deployed it, and reports of either kind may miss it.",
    example: r#""ci": null, "cd": null"#,
    fix: "Sets both; the directions of the artifacts tell which is likelier.",
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

pub(super) fn result(walk: &mut Walk<'_>, word: &str, place: &Place<'_>) {
    let lower = word.to_lowercase();
    let is_lower = word == lower;
    if WORDS.iter().any(|known| *known == word || (is_lower && known.eq_ignore_ascii_case(word))) {
        return;
    }
    let in_case = |known: &str| if is_lower { known.to_lowercase() } else { known.to_owned() };
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

/// Looks at both switches, from the place of the first; `ci` is a boolean.
pub(super) fn kind(walk: &mut Walk<'_>, fields: &Fields<'_>, ci: bool, place: &Place<'_>) {
    if fields.part(Part::Cd).and_then(Value::as_bool) != Some(ci) {
        return;
    }
    let message = if ci {
        "ci and cd are both true: SEI documents one true and the other false.".to_owned()
    } else {
        "ci and cd are both false: SEI documents one true and the other false.".to_owned()
    };
    let problem = CI_CD_BOTH.at(place, message, choices(walk, fields));
    walk.add(place, problem);
}

/// `ci` is absent or null.
pub(super) fn kind_missing(walk: &mut Walk<'_>, fields: &Fields<'_>, place: &Place<'_>) {
    let is_unset = fields.part(Part::Cd).is_none_or(|cd| *cd == Value::Null);
    if fields.plan.noun != Noun::Run || fields.object.is_empty() || !is_unset {
        return;
    }
    let message = "Neither ci nor cd is set: SEI cannot tell a build from a deployment.".to_owned();
    let problem = CI_CD_MISSING.at(place, message, choices(walk, fields));
    walk.add(place, problem);
}

/// Build or deployment, the likelier by the artifacts first.
fn choices(walk: &Walk<'_>, fields: &Fields<'_>) -> Vec<Fix> {
    let key = |part| fields.plan.part(part).and_then(|position| fields.plan.fields.get(position));
    let (Some(ci), Some(cd)) = (key(Part::Ci), key(Part::Cd)) else { return Vec::new() };
    let fix = |label: &str, is_ci: bool| {
        let at = |name: &str| document::Pointer::root().key(name);
        let mut edits = document::set(walk.root, &at(&ci.field.name), Value::Bool(is_ci));
        edits.extend(document::set(walk.root, &at(&cd.field.name), Value::Bool(!is_ci)));
        Fix::offer(label, edits)
    };
    let (build, deployment) = (fix("CI: it built something", true), fix("CD: it deployed something", false));
    if is_deployment(fields) { vec![deployment, build] } else { vec![build, deployment] }
}

/// Whether all artifacts that tell a direction are inputs.
fn is_deployment(fields: &Fields<'_>) -> bool {
    let Some(artifacts) = fields.part(Part::Artifacts).and_then(Value::as_array) else { return false };
    let any = |key: &str| {
        let is_set = |artifact: &Object| artifact.get(key).and_then(Value::as_bool) == Some(true);
        artifacts.iter().filter_map(Value::as_object).any(is_set)
    };
    any("input") && !any("output")
}
