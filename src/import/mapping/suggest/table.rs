//! The tables with items: stages, steps, artifacts, parameters and triggers.

use super::duration::durations;
use super::fit;
use super::leaf::Leaf;
use super::list::{ItemKind, ItemList, lists, wholes};
use super::path::path_expression;
use super::rule::{self, RULES};
use super::score::{self, Scored, by_name, sorted};
use super::word::is_in;
use crate::catalog::FieldRole;
use crate::document::Value;
use crate::import::mapping::{EACH, MappingTable};

/// The value of a table's field without a path.
const TYPES: [(MappingTable, &str); 2] =
    [(MappingTable::Artifact, "\"container\""), (MappingTable::Parameter, "\"string\"")];

/// The guesses of a table: the lists that may hold its items, best first, and the fields of the
/// first.
pub(super) struct TableGuess {
    pub(super) each: Vec<Scored>,
    pub(super) fields: Vec<Vec<Scored>>,
    /// An item with the members of all.
    pub(super) item: Option<Value>,
}

/// Guesses a table from a run, or the steps from the item of a stage.
pub(super) fn table(table: MappingTable, leaves: &[Leaf<'_>]) -> TableGuess {
    let mut lists = lists(leaves);
    if table == MappingTable::Trigger {
        lists.extend(wholes(leaves));
    }
    let mut found: Vec<(Scored, &ItemList)> = lists
        .iter()
        .filter_map(|list| {
            let points = points(table, list)?;
            let reason = described(table, list);
            let is_json = table == MappingTable::Parameter && list.kind == ItemKind::Alone;
            let each = if is_json {
                format!(
                    "{} | strings | fromjson? | objects | to_entries[]",
                    path_expression(list.at.tokens())
                )
            } else {
                list.each()
            };
            Some((Scored::new((table, EACH), each, &reason, points).at(&list.at), list))
        })
        .collect();
    found.sort_by_key(|(scored, _)| (std::cmp::Reverse(scored.points), scored.at.tokens().len()));
    let best = found.first().map(|(_, list)| *list);
    let fields = best.map_or_else(Vec::new, |list| fields(table, list));
    TableGuess {
        fields,
        item: best.map(|list| list.item.clone()),
        each: sorted(found.into_iter().map(|(scored, _)| scored).collect()),
    }
}

fn described(table: MappingTable, list: &ItemList) -> String {
    let is_stages = matches!(table, MappingTable::Stage | MappingTable::Step);
    let what = match list.kind {
        ItemKind::Objects => "a list of objects",
        ItemKind::Members => "an object of objects",
        ItemKind::Texts => "a list of texts",
        ItemKind::Pairs => "names and values",
        ItemKind::Alone => "a text",
        ItemKind::Whole => "an object",
    };
    if is_stages { format!("{what} with results or times") } else { format!("key name; {what}") }
}

/// How likely a list holds the items of a table.
fn points(table: MappingTable, list: &ItemList) -> Option<i32> {
    let name = |names, own: &[&str]| list.words.points(names, own);
    match table {
        MappingTable::Stage | MappingTable::Step => {
            stage_points(list, name(super::name::STAGES, &["stage", "job", "step", "task"]))
        }
        MappingTable::Artifact => {
            let points = name(super::name::ARTIFACTS, &["docker", "container", "output"])?;
            artifact_points(list).map(|bonus| points + bonus)
        }
        MappingTable::Parameter => {
            let points = name(super::name::PARAMETERS, &["environment", "input", "parameter", "original"])?;
            parameter_points(list).map(|bonus| points + bonus)
        }
        MappingTable::Trigger => {
            let points = name(super::name::TRIGGERS, &["upstream"])?;
            trigger_points(list).map(|bonus| points + bonus)
        }
        MappingTable::Top | MappingTable::Fields => None,
    }
}

fn has(item: &[Leaf<'_>], table: MappingTable, key: &str) -> Option<i32> {
    let rule = rule::rule(table, key)?;
    Some(by_name(rule, item).first()?.points).filter(|points| *points >= score::SURE)
}

/// Stages have a time, a duration or a result, and mostly a name.
fn stage_points(list: &ItemList, name: Option<i32>) -> Option<i32> {
    /// With a name, a result and a time, a list is sure without a known name.
    const UNKNOWN: i32 = 20;
    const OTHER: &str = "\
        condition history event commit change artifact log approval previous parameter author comment \
        message check test image container warning alert retry attempt resource";
    if !matches!(list.kind, ItemKind::Objects | ItemKind::Members) {
        return None;
    }
    let item = score::of(&list.item);
    let shown = stage_evidence(&item)?;
    let nested = lists(&item);
    let has_steps = nested
        .iter()
        .any(|inner| inner.kind == ItemKind::Objects && stage_evidence(&score::of(&inner.item)).is_some());
    // Members of an object are stages only where the name or each member shows it.
    let is_loose = list.kind == ItemKind::Members && name.is_none() && list.count < 2;
    let foreign = list.words.all.iter().filter(|word| is_in(OTHER, word)).count();
    let cost = i32::try_from(foreign).unwrap_or(1) * 40 + i32::from(is_loose) * 40;
    Some(name.unwrap_or(UNKNOWN) + shown + i32::from(has_steps) * 14 - cost)
}

/// The points of an item for what a stage has; `None` without a result, a time or a duration.
fn stage_evidence(item: &[Leaf<'_>]) -> Option<i32> {
    let has = |key| has(item, MappingTable::Stage, key).is_some();
    let starts =
        rule::rule(MappingTable::Stage, "startTime").map(|rule| by_name(rule, item)).unwrap_or_default();
    let has_time = starts.first().is_some_and(|start| start.points >= score::SURE);
    let bounds = score::bounds(&starts, item);
    let has_duration = durations((MappingTable::Stage, "durationInMillis"), item, &bounds)
        .first()
        .is_some_and(|duration| duration.points >= score::SURE);
    let has_result = has("result");
    let points = i32::from(has("displayName")) * 8
        + i32::from(has_result) * 14
        + i32::from(has_time) * 14
        + i32::from(has_duration) * 10;
    (has_result || has_time || has_duration).then_some(points)
}

/// Whether a text may name an image, as in `registry/team/app:1.2`.
fn is_image(text: &str) -> bool {
    !text.is_empty() && !text.contains([' ', '\n']) && !text.contains("://") && text.len() <= 300
}

fn artifact_points(list: &ItemList) -> Option<i32> {
    match list.kind {
        ItemKind::Objects | ItemKind::Members => {
            let item = score::of(&list.item);
            has(&item, MappingTable::Artifact, "name")?;
            let more = ["qualifier", "hash", "location"].map(|key| has(&item, MappingTable::Artifact, key));
            Some(i32::try_from(more.into_iter().flatten().count().min(2)).unwrap_or(0) * 6 - 6)
        }
        ItemKind::Texts => list.item.as_text().filter(|text| is_image(text)).map(|_| 0),
        ItemKind::Alone => {
            let text = list.item.as_text().filter(|text| is_image(text))?;
            let is_clear = text.contains('/') && text.contains([':', '@']);
            Some(if is_clear { 0 } else { -40 })
        }
        ItemKind::Pairs | ItemKind::Whole => None,
    }
}

fn parameter_points(list: &ItemList) -> Option<i32> {
    match list.kind {
        ItemKind::Pairs => Some(0),
        ItemKind::Objects => {
            let item = score::of(&list.item);
            has(&item, MappingTable::Parameter, "name")?;
            has(&item, MappingTable::Parameter, "value").map(|_| 5)
        }
        ItemKind::Texts => list.item.as_text().filter(|text| text.contains('=')).map(|_| 0),
        ItemKind::Members => {
            let item = score::of(&list.item);
            has(&item, MappingTable::Parameter, "value").map(|_| 0)
        }
        ItemKind::Alone => {
            let text = list.item.as_text()?.trim_start();
            text.starts_with('{').then_some(0)
        }
        ItemKind::Whole => None,
    }
}

fn trigger_points(list: &ItemList) -> Option<i32> {
    match list.kind {
        ItemKind::Objects | ItemKind::Whole => {
            let item = score::of(&list.item);
            has(&item, MappingTable::Trigger, "type").map(|_| 0)
        }
        ItemKind::Alone => {
            let text = list.item.as_text()?;
            let is_text = text.len() <= 80 && !text.contains("://") && !text.contains('\n');
            let is_by = list.words.last().last().is_some_and(|word| word == "by");
            (is_text && (!is_by || fit::is_reason(text))).then_some(0)
        }
        ItemKind::Members | ItemKind::Texts | ItemKind::Pairs => None,
    }
}

/// The fields of the items of a list, the best guesses of each first.
fn fields(table: MappingTable, list: &ItemList) -> Vec<Vec<Scored>> {
    let constant = |key: &str, expression: &str| {
        vec![Scored::new((table, key), expression.to_owned(), "part of the text", score::SURE)]
    };
    let mut fields = match (table, list.kind) {
        (MappingTable::Artifact, ItemKind::Texts | ItemKind::Alone) => {
            // A digest follows `@`, a tag the last `:` after the last `/`.
            let tail = "sub(\"@.*$\"; \"\") | split(\"/\") | last | split(\":\")";
            vec![
                constant("name", &format!("{tail} | .[0]")),
                constant("qualifier", &format!("{tail} | .[1]")),
                constant(
                    "location",
                    "sub(\"@.*$\"; \"\") | split(\"/\") | .[:-1] | join(\"/\") | select(. != \"\")",
                ),
                constant("hash", "split(\"@\") | .[1]"),
            ]
        }
        (MappingTable::Parameter, ItemKind::Texts) => {
            vec![
                constant("name", "split(\"=\") | .[0]"),
                constant("value", "split(\"=\") | .[1:] | join(\"=\")"),
            ]
        }
        (MappingTable::Parameter, ItemKind::Pairs | ItemKind::Alone) => {
            vec![constant("name", ".key"), constant("value", ".value | values | tostring")]
        }
        (MappingTable::Parameter, ItemKind::Members) => {
            let value = by_rule(table, &list.item).into_iter().nth(1).unwrap_or_default();
            vec![constant("name", ".key"), value]
        }
        (MappingTable::Trigger, ItemKind::Alone) => vec![constant("type", ".")],
        _ => by_rule(table, &list.item),
    };
    let holds_type = fields.iter().flatten().any(|field| field.guess.key == "type");
    let constant = TYPES.into_iter().find(|(other, _)| *other == table && !holds_type);
    let is_container = list.kind != ItemKind::Members
        && list.words.all.iter().any(|word| ["image", "docker", "container"].contains(&word.as_str()));
    if let Some((_, constant)) = constant.filter(|_| table == MappingTable::Parameter || is_container) {
        let guess = Scored::new((table, "type"), constant.to_owned(), "a fixed word", score::SURE);
        fields.push(vec![guess]);
    }
    fields.retain(|field| !field.is_empty());
    fields
}

fn by_rule(table: MappingTable, item: &Value) -> Vec<Vec<Scored>> {
    let leaves = score::of(item);
    let mut fields: Vec<_> =
        RULES.iter().filter(|rule| rule.table == table).map(|rule| by_name(rule, &leaves)).collect();
    if matches!(table, MappingTable::Stage | MappingTable::Step) {
        let is_start = |field: &&Vec<Scored>| {
            field.first().is_some_and(|scored| scored.guess.key == FieldRole::StageStart.name())
        };
        let bounds = score::bounds(fields.iter().find(is_start).map_or(&[], Vec::as_slice), &leaves);
        fields.push(durations((table, FieldRole::StageDuration.name()), &leaves, &bounds));
    }
    fields
}
