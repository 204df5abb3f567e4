//! The runs of a document, and what recognizes them.

use super::leaf::Leaf;
use super::path::{path_expression, quoted};
use super::rule::rule;
use super::score::{self, SURE, Scored, by_name};
use super::word::{is_in, words};
use crate::document::{Pointer, Value};
use crate::import::mapping::{DETECT, MappingTable, RUNS};

/// The runs of a document: the expression, and those of the example.
pub(super) struct FoundRuns<'v> {
    pub(super) guess: Scored,
    pub(super) runs: Vec<&'v Value>,
}

/// Finds the runs of a document: the items of a list, an object in a wrapper, or the document.
pub(super) fn runs(document: &Value) -> FoundRuns<'_> {
    let found = |expression: String, reason: &str, runs| FoundRuns {
        guess: Scored::new((MappingTable::Top, RUNS), expression, reason, SURE),
        runs,
    };
    if let Value::Array(items) = document {
        let runs = items.iter().filter(|item| item.as_object().is_some()).collect();
        return found(".".to_owned(), "the items of the list", runs);
    }
    if let Some((at, items)) = page(document) {
        let path = path_expression(at.tokens());
        let runs = items.iter().filter(|item| item.as_object().is_some()).collect();
        return found(format!("({path}[])? // ."), "a page: a list of objects that look like runs", runs);
    }
    match wrapped(document) {
        Some((at, run)) => {
            let path = path_expression(at.tokens());
            found(format!("({path})? // ."), "the object that looks like a run", vec![run])
        }
        None => found(".".to_owned(), "the document is the run", vec![document]),
    }
}

/// The most levels of wrappers.
const WRAPPERS: usize = 3;

/// What a value has that a run has.
struct RunEvidence {
    has_result: bool,
    has_time: bool,
    has_name: bool,
}

impl RunEvidence {
    /// The evidence at the places that count.
    fn of(leaves: &[Leaf<'_>], is_counted: impl Fn(&Pointer) -> bool) -> Self {
        let has = |key: &str| {
            rule(MappingTable::Fields, key).is_some_and(|rule| {
                by_name(rule, leaves).iter().any(|found| found.points >= SURE && is_counted(&found.at))
            })
        };
        Self {
            has_result: has("result")
                || super::condition::result(leaves).is_some_and(|found| is_counted(&found.at)),
            has_time: has("start_time"),
            has_name: has("pipeline") || has("build_number"),
        }
    }

    /// Whether a value may be a run.
    fn is_run(value: &Value) -> bool {
        let leaves = score::of(value);
        let found = Self::of(&leaves, |_| true);
        let is_named = || {
            rule(MappingTable::Fields, "execution_id").is_some_and(|rule| !by_name(rule, &leaves).is_empty())
        };
        found.has_result && found.has_time && (found.has_name || is_named())
    }

    /// Whether it is only that of a wrapper, which often has a status of the request.
    const fn is_wrapper(&self) -> bool {
        !(self.has_time || self.has_result && self.has_name)
    }
}

/// The list of runs in a page of a list.
fn page(document: &Value) -> Option<(Pointer, &[Value])> {
    if !RunEvidence::of(&score::of(document), |_| true).is_wrapper() {
        return None;
    }
    super::leaf::leaves(document, WRAPPERS).into_iter().find_map(|leaf| {
        let items = leaf.value.as_array().filter(|items| !items.is_empty())?;
        let item = items.iter().find(|item| item.as_object().is_some())?;
        let is_part =
            leaf.words.singular().points(super::name::STAGES, &[]).is_some_and(|points| points >= 40)
                && !is_page(document);
        (RunEvidence::is_run(item) && !is_part).then(|| (leaf.at.clone(), items))
    })
}

/// Whether an object is a page of a list: it says how many there are, or where the next page is.
fn is_page(document: &Value) -> bool {
    const SIGNS: &str = "\
    count total next page pages pagination cursor items offset limit nextpagetoken size hasmore";
    let is_sign = |key: &str| {
        let key: String = key.chars().filter(|letter| letter.is_alphanumeric()).collect();
        is_in(SIGNS, &key.to_lowercase()) || key.to_lowercase().starts_with("total")
    };
    let object = document.as_object();
    object.is_some_and(|object| {
        let is_list = object.get("kind").and_then(Value::as_text).is_some_and(|kind| kind.ends_with("List"));
        object.len() == 1 || is_list || object.keys().any(is_sign)
    })
}

/// The object in a wrapper that looks like a run, where the wrapper itself does not.
fn wrapped(document: &Value) -> Option<(Pointer, &Value)> {
    let mut at = Pointer::root();
    let mut here = document;
    for _ in 0..WRAPPERS {
        let leaves = score::of(here);
        let inner = here.as_object()?.iter().find(|(key, member)| {
            let place = Pointer::root().key(key);
            // Lists and maps of objects next to the run may be its stages.
            let has_lists = here.as_object().is_some_and(|object| {
                object.iter().filter(|(other, _)| other != key).any(|(_, other)| holds_objects(other))
            });
            !has_lists
                && RunEvidence::is_run(member)
                && RunEvidence::of(&leaves, |other| !other.is_within(&place)).is_wrapper()
        });
        let Some((key, member)) = inner else { break };
        at = at.key(key);
        here = member;
    }
    (!at.is_root()).then_some((at, here))
}

/// Whether a value is a list with objects, or an object of several objects.
fn holds_objects(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| item.as_object().is_some()),
        Value::Object(object) => {
            object.len() > 1 && object.iter().all(|(_, member)| member.as_object().is_some())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => false,
    }
}

/// Members whose text names the kind of an object.
const KINDS: [&str; 8] =
    ["kind", "apiVersion", "type", "object", "object_kind", "_class", "__typename", "resource_type"];

/// Words of keys that many tools use.
pub(super) const COMMON: &str = "\
    id uuid name number status state result conclusion url link links type kind created started \
    finished completed updated ended start end at time date duration on by user author branch commit \
    ref sha message description title display build run job pipeline workflow project repo \
    repository stages jobs steps tasks web html href self event trigger parameters artifacts \
    metadata spec data error key path version value tags";

/// The expression that recognizes the runs of the example.
pub(super) fn detect(runs: &[&Value]) -> Scored {
    /// So many unusual members are enough; of usual ones it takes more.
    const FEW: usize = 3;
    const MORE: usize = 5;
    let first = runs.first().and_then(|run| run.as_object());
    let mut conditions: Vec<String> = Vec::new();
    let mut names = Vec::new();
    for (key, value) in first.into_iter().flat_map(crate::document::Object::iter) {
        let is_everywhere = runs.iter().all(|run| run.as_object().is_some_and(|run| run.contains(key)));
        let is_equal = runs.iter().all(|run| run.as_object().and_then(|run| run.get(key)) == Some(value));
        match value.as_text().filter(|text| KINDS.contains(&key) && is_equal && is_kind(text)) {
            Some(text) => conditions.push(kind(key, text)),
            None if is_everywhere && !KINDS.contains(&key) => names.push(key),
            None => {}
        }
    }
    let usual = |key: &str| words(key).iter().filter(|word| is_in(COMMON, word)).count();
    let is_unusual = |key: &str| words(key).len() > usual(key);
    let weight = |key: &&str| (!is_unusual(key), std::cmp::Reverse(words(key).len()));
    names.sort_by_key(weight);
    let unusual = names.iter().filter(|key| is_unusual(key)).count();
    let wanted = if unusual + conditions.len() >= FEW || conditions.len() >= 2 { FEW } else { MORE };
    let room = wanted.saturating_sub(conditions.len().max(if conditions.len() >= 2 { FEW } else { 0 }));
    conditions.extend(names.iter().take(room).map(|key| format!("has({})", quoted(key))));
    if conditions.len() < FEW {
        conditions.extend(names.iter().take(room).filter_map(|key| members(runs, key)));
    }
    let expression = if conditions.is_empty() {
        "false".to_owned()
    } else {
        format!("objects | {}", conditions.join(" and "))
    };
    let points = if conditions.is_empty() { 0 } else { SURE };
    Scored::new((MappingTable::Top, DETECT), expression, "members that only this tool seems to have", points)
}

/// The condition on the members of a member, where the run itself has few.
fn members(runs: &[&Value], key: &str) -> Option<String> {
    const MOST: usize = 4;
    let inner = |run: &Value| run.as_object()?.get(key)?.as_object().cloned();
    let all: Vec<_> = runs.iter().filter_map(|run| inner(run)).collect();
    let first = all.first().filter(|_| all.len() == runs.len())?;
    let names = first.iter().map(|(name, _)| name).filter(|name| all.iter().all(|one| one.contains(name)));
    let conditions: Vec<_> = names.take(MOST).map(|name| format!("has({})", quoted(name))).collect();
    let path = path_expression(&[crate::document::Token::Key(key.to_owned())]);
    (!conditions.is_empty()).then(|| format!("({path} | objects | {})", conditions.join(" and ")))
}

/// Whether a text is the name of a kind, not a sentence or an address.
pub(super) fn is_kind(text: &str) -> bool {
    !text.is_empty() && text.len() <= 80 && !text.contains([' ', '\n', ':'])
}

/// A condition on the kind; of an API version, only the group counts.
fn kind(key: &str, text: &str) -> String {
    let path = path_expression(&[crate::document::Token::Key(key.to_owned())]);
    match text.split_once('/').filter(|_| key == "apiVersion") {
        Some((group, _)) => {
            format!("({path} // \"\" | tostring | startswith({}))", quoted(&format!("{group}/")))
        }
        None => format!("{path} == {}", quoted(text)),
    }
}
