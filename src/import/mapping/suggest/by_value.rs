//! Guesses without a name: the value alone shows what it is, in tools with names of another language.

use super::fit;
use super::leaf::Leaf;
use super::path::path_expression;
use super::rule::{END, NameRule, RULES};
use super::score::{SURE, Scored};
use super::word::is_in;
use crate::catalog::FieldRole;
use crate::document::{Pointer, Value};
use crate::import::ci::word::{ResultWord, RunEnd};
use crate::import::mapping::MappingTable;
use crate::time::Timestamp;

/// A time after the start with one of these words is not the end.
const NO_END: &str = "expire expires expiry deadline due next until timeout estimated expected planned eta";

/// Whether no value has a name that says whether it is the name, the result or the start.
pub(super) fn is_foreign(leaves: &[Leaf<'_>]) -> bool {
    let keys = [FieldRole::Pipeline.name(), FieldRole::Result.name(), FieldRole::StartTime.name()];
    let rules = || RULES.iter().filter(|rule| rule.table == MappingTable::Fields && keys.contains(&rule.key));
    let has_name = |leaf: &Leaf<'_>| {
        rules().any(|rule| {
            (rule.fit)(leaf.value, &leaf.words).is_some()
                && leaf.words.points(rule.names, rule.own).is_some_and(|points| points >= SURE)
        })
    };
    !leaves.iter().any(has_name)
}

/// Guesses for a field by the values alone.
pub(super) fn guesses(rule: &NameRule, leaves: &[Leaf<'_>]) -> Vec<Scored> {
    let is = |key: FieldRole| rule.key == key.name();
    if is(FieldRole::Commits) {
        only(rule, leaves, ("", "40 hexadecimal digits"), is_commit)
    } else if is(FieldRole::RepositoryUrl) {
        only(rule, leaves, ("", "a git address"), is_repository)
    } else if is(FieldRole::Result) || is(FieldRole::StageResult) {
        only(rule, leaves, (" | result", "a word of a result"), is_result)
    } else if is(FieldRole::StartTime) || is(FieldRole::StageStart) {
        let first = instants(leaves).into_iter().min_by_key(|(instant, _)| *instant);
        first
            .map(|(_, leaf)| scored(rule, leaf, (" | time", "the earliest time"), SURE))
            .into_iter()
            .collect()
    } else if rule.key == END {
        let times = instants(leaves);
        let last = times.iter().max_by_key(|(instant, _)| *instant).filter(|_| times.len() > 1);
        last.map(|(_, leaf)| scored(rule, leaf, (" | time", "the latest time"), SURE)).into_iter().collect()
    } else if is(FieldRole::StageName) {
        let name = leaves.iter().find(|leaf| is_name(leaf));
        name.map(|leaf| scored(rule, leaf, ("", "the first text"), SURE)).into_iter().collect()
    } else {
        Vec::new()
    }
}

/// The only time after a start, next to it.
pub(super) fn end(start: &Pointer, leaves: &[Leaf<'_>]) -> Option<Scored> {
    let times = instants(leaves);
    let (from, _) = times.iter().find(|(_, leaf)| leaf.at == *start)?;
    let is_end = |(instant, leaf): &&(Timestamp, &Leaf<'_>)| {
        let has_other = leaf.words.last().iter().any(|word| is_in(NO_END, word));
        instant > from && leaf.at.parent() == start.parent() && !has_other
    };
    let mut later = times.iter().filter(is_end);
    let (_, leaf) = later.next().filter(|_| later.next().is_none())?;
    Some(scored(&super::rule::END_RULE, leaf, (" | time", "the only time after the start"), SURE))
}

fn scored(rule: &NameRule, leaf: &Leaf<'_>, (form, why): (&str, &str), points: i32) -> Scored {
    let expression = format!("{}{form}", path_expression(leaf.at.tokens()));
    Scored::new((rule.table, rule.key), expression, &format!("the value; {why}"), points).at(&leaf.at)
}

/// The values of a kind: sure where only one is in the run.
fn only(
    rule: &NameRule,
    leaves: &[Leaf<'_>],
    why: (&str, &str),
    is_kind: impl Fn(&Leaf<'_>) -> bool,
) -> Vec<Scored> {
    let found: Vec<_> = leaves.iter().filter(|leaf| is_kind(leaf)).collect();
    let points = if found.len() == 1 { SURE } else { SURE - 10 };
    found.into_iter().map(|leaf| scored(rule, leaf, why, points)).collect()
}

fn is_commit(leaf: &Leaf<'_>) -> bool {
    leaf.value.as_text().is_some_and(fit::is_commit)
}

fn is_repository(leaf: &Leaf<'_>) -> bool {
    leaf.value.as_text().is_some_and(|text| {
        let is_address = text.contains("://") || text.starts_with("git@");
        is_address && text.trim_end_matches('/').rsplit('.').next() == Some("git")
    })
}

fn is_result(leaf: &Leaf<'_>) -> bool {
    let word = leaf.value.as_text().map(ResultWord::of_any_tool);
    word.is_some_and(|word| !word.is_open() && word.ending != RunEnd::Unknown)
}

/// Dates, and numbers that can only be instants.
fn instants<'l, 'v>(leaves: &'l [Leaf<'v>]) -> Vec<(Timestamp, &'l Leaf<'v>)> {
    leaves.iter().filter_map(|leaf| Some((fit::instant(leaf.value)?.0, leaf))).collect()
}

fn is_name(leaf: &Leaf<'_>) -> bool {
    matches!(leaf.value, Value::Text(_)) && fit::name(leaf.value, &leaf.words).is_some() && !is_result(leaf)
}
