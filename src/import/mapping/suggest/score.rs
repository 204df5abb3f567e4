//! Guesses with points, and their expressions.

use super::Guess;
use super::by_value;
use super::fit;
use super::leaf::{Leaf, leaves};
use super::path::path_expression;
use super::rule::{END_RULE, NameRule};
use crate::document::{Pointer, Value};
use crate::import::mapping::MappingTable;
use crate::time::Timestamp;

/// Guesses with as many points are sure.
pub(super) const SURE: i32 = 50;
/// Guesses with fewer points are none.
const LEAST: i32 = 15;

/// A guess with its points.
#[derive(Debug, Clone)]
pub(super) struct Scored {
    pub(super) guess: Guess,
    pub(super) points: i32,
    pub(super) at: Pointer,
}

impl Scored {
    pub(super) fn new(
        (table, key): (MappingTable, &str),
        expression: String,
        reason: &str,
        points: i32,
    ) -> Self {
        let guess = Guess {
            table,
            key: key.to_owned(),
            expression,
            value: Vec::new(),
            reason: reason.to_owned(),
            is_sure: points >= SURE,
        };
        Self { guess, points, at: Pointer::root() }
    }

    pub(super) fn at(self, at: &Pointer) -> Self {
        Self { at: at.clone(), ..self }
    }
}

/// Sorts by points, then by depth; the order of the document decides between equals.
pub(super) fn sorted(mut found: Vec<Scored>) -> Vec<Scored> {
    found.sort_by_key(|scored| (std::cmp::Reverse(scored.points), scored.at.tokens().len()));
    found.retain(|scored| scored.points >= LEAST);
    found
}

/// All guesses for a field by the names and values in a run or an item.
pub(super) fn by_name(rule: &NameRule, leaves: &[Leaf<'_>]) -> Vec<Scored> {
    let scored = |leaf: &Leaf<'_>| {
        let fit = (rule.fit)(leaf.value, &leaf.words)?;
        let points = leaf.words.points(rule.names, rule.own)? + fit.bonus;
        let expression = format!("{}{}", path_expression(leaf.at.tokens()), fit.form);
        let reason =
            if fit.why.is_empty() { "key name".to_owned() } else { format!("key name; {}", fit.why) };
        Some(Scored::new((rule.table, rule.key), expression, &reason, points).at(&leaf.at))
    };
    let found: Vec<_> = leaves.iter().filter_map(scored).collect();
    if !found.is_empty() {
        return sorted(found);
    }
    // Most rules have no guess by value, and whether the names are foreign takes longer to find.
    let by_value = by_value::guesses(rule, leaves);
    if by_value.is_empty() || !by_value::is_foreign(leaves) { Vec::new() } else { sorted(by_value) }
}

/// The start and the end of a run or an item: expressions, and the instants of the example.
pub(super) struct Bounds {
    pub(super) start: Option<String>,
    pub(super) end: Option<String>,
    /// The time between the two, in milliseconds.
    pub(super) millis: Option<i64>,
}

/// Finds the start and the end.
pub(super) fn bounds(start: &[Scored], leaves: &[Leaf<'_>]) -> Bounds {
    let start = start.first();
    let mut ends = by_name(&END_RULE, leaves);
    if ends.is_empty() {
        ends.extend(start.and_then(|start| by_value::end(&start.at, leaves)));
    }
    // The end is next to the start where several fit.
    let is_near = |end: &&Scored| start.is_some_and(|start| start.at.parent() == end.at.parent());
    let best = ends.first().map_or(0, |end| end.points);
    let end = ends.iter().filter(is_near).find(|end| end.points + 20 >= best).or_else(|| ends.first());
    let end = end.filter(|end| start.is_none_or(|start| start.at != end.at));
    let instant = |scored: &Scored| {
        let leaf = leaves.iter().find(|leaf| leaf.at == scored.at)?;
        fit::instant(leaf.value).map(|(instant, _)| instant)
    };
    let path = |scored: &Scored| path_expression(scored.at.tokens());
    let millis = |(start, end): (Timestamp, Timestamp)| end.millis().checked_sub(start.millis());
    Bounds {
        start: start.map(path),
        end: end.map(path),
        millis: start
            .and_then(instant)
            .zip(end.and_then(instant))
            .and_then(millis)
            .filter(|millis| *millis >= 0),
    }
}

/// The leaves of a run or an item.
pub(super) fn of(value: &Value) -> Vec<Leaf<'_>> {
    const DEEPEST: usize = 7;
    leaves(value, DEEPEST)
}
