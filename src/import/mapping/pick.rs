//! Expressions for a value that the user chose in a run.

use super::definition::{Definition, EACH, MappingTable, RUNS};
use super::suggest::{self, ChosenDuration, path_expression};
use crate::catalog::{FieldRole, Shape};
use crate::document::{Pointer, Token, Value};
use crate::text;

/// The expression that maps a value of a run to a field, with a unit or a word that the field
/// needs. A refusal is a clause about the field: what it needs, what the value is, and what to
/// choose.
pub fn pick(
    definition: &Definition,
    run: &Value,
    (table, key): (MappingTable, &str),
    at: &Pointer,
) -> Result<String, String> {
    let value = run.get(at).ok_or("needs a value of the run: choose one.")?;
    if key == EACH {
        let refusal =
            || format!("needs a list of objects, not {}: choose a list, or a value in one.", shown(value));
        return each(definition, run, table, at).ok_or_else(refusal);
    }
    if table == MappingTable::Top {
        return top(definition, key, &path_expression(at.tokens()), value);
    }
    let shape = field_shape(table, key);
    refuse_parts(table, key, value)?;
    let is_list = table == MappingTable::Fields && matches!(shape, Some(Shape::List(_)));
    let path = match table {
        MappingTable::Top | MappingTable::Fields if is_list => listed(at, value),
        MappingTable::Top | MappingTable::Fields => path_expression(at.tokens()),
        MappingTable::Stage
        | MappingTable::Step
        | MappingTable::Artifact
        | MappingTable::Parameter
        | MappingTable::Trigger => within(definition, run, table, at),
    };
    fitted(definition, (table, key), &path, (value, at))
}

/// A value as it is named in a refusal.
fn shown(value: &Value) -> String {
    const WIDEST: usize = 30;
    match value {
        Value::Text(text) => format!("the text “{}”", text::cut(&text::visible(text), WIDEST)),
        Value::Array(items) => format!("a list of {}", text::count(items.len(), "item", "items")),
        Value::Object(object) => format!("an object with {}", text::count(object.len(), "field", "fields")),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.kind().to_string(),
    }
}

/// The expression for what recognizes a run, or for the runs while the example is the whole JSON.
fn top(definition: &Definition, key: &str, path: &str, value: &Value) -> Result<String, String> {
    if key == RUNS {
        return match value {
            Value::Array(_) if definition.expression(MappingTable::Top, RUNS).is_none() => {
                Ok(format!("({path}[])? // ."))
            }
            Value::Array(_) => {
                Err("applies to the whole JSON, not to one run: type an expression, such as .items[]."
                    .to_owned())
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Object(_) => {
                Err(format!("needs a list of runs, not {}: choose a list.", shown(value)))
            }
        };
    }
    Ok(match value {
        Value::Text(text) => format!("objects | {path} == {}", suggest::quoted(text)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            format!("objects | {path} != null")
        }
    })
}

/// Refuses a list or an object for a field that holds one value, or texts.
fn refuse_parts(table: MappingTable, key: &str, value: &Value) -> Result<(), String> {
    let is_single = |value: &Value| !matches!(value, Value::Array(_) | Value::Object(_));
    let role = table.record().and_then(|record| record.field(key)?.0.role);
    let (is_right, needed) = match field_shape(table, key) {
        // A parameter may hold any value as text.
        Some(Shape::Text | Shape::Integer | Shape::Boolean) if role != Some(FieldRole::ParameterValue) => {
            (is_single(value), "one value")
        }
        Some(Shape::List(inner)) if matches!(**inner, Shape::Text | Shape::Integer | Shape::Boolean) => {
            let are_right = match value {
                Value::Array(items) => items.first().is_none_or(is_single),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Object(_) => {
                    is_single(value)
                }
            };
            (are_right, "a list of single values")
        }
        Some(
            Shape::Text | Shape::Integer | Shape::Boolean | Shape::List(_) | Shape::Record(_) | Shape::Map,
        )
        | None => return Ok(()),
    };
    if is_right {
        return Ok(());
    }
    let inner = match value {
        Value::Array(items) if items.iter().any(|item| !is_single(item)) => "a value in one of its items",
        Value::Array(_) => "one of its items",
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Object(_) => {
            "a value in it"
        }
    };
    Err(format!("holds {needed}, not {}: choose {inner}.", shown(value)))
}

fn field_shape(table: MappingTable, key: &str) -> Option<&'static Shape> {
    Some(&table.record()?.field(key)?.0.shape)
}

/// The path of a value in a list of texts: all values with the same path in the list.
fn listed(at: &Pointer, value: &Value) -> String {
    let path = everywhere(at);
    if value.as_array().is_some() { format!("{path}[]?") } else { path }
}

/// A path with `[]` for each position in a list.
fn everywhere(at: &Pointer) -> String {
    let mut path = String::new();
    let mut plain: Vec<Token> = Vec::new();
    for token in at.tokens() {
        match token {
            Token::Index(_) => {
                path = joined(&path, &plain, "[]?");
                plain.clear();
            }
            Token::Key(_) => plain.push(token.clone()),
        }
    }
    if plain.is_empty() && !path.is_empty() { path } else { joined(&path, &plain, "") }
}

/// A path, the path of further tokens after it, and an ending.
fn joined(path: &str, tokens: &[Token], ending: &str) -> String {
    let more = if tokens.is_empty() && !path.is_empty() { String::new() } else { path_expression(tokens) };
    let more =
        if path.is_empty() || !more.starts_with(".[") { more.as_str() } else { more.get(1..).unwrap_or("") };
    format!("{path}{more}{ending}")
}

/// The expression of a value with the unit or the word of its field.
fn fitted(
    definition: &Definition,
    (table, key): (MappingTable, &str),
    path: &str,
    (value, at): (&Value, &Pointer),
) -> Result<String, String> {
    let role = table.record().and_then(|record| record.field(key)?.0.role);
    let text = value.as_text();
    Ok(match role {
        Some(FieldRole::StartTime | FieldRole::StageStart) => format!("{path} | time"),
        // A code is a word once it is text.
        Some(FieldRole::Result) if value.as_number().is_some() => {
            format!("{path} | numbers | tostring | result")
        }
        Some(FieldRole::Result) => format!("{path} | result"),
        Some(FieldRole::Duration | FieldRole::StageDuration) => {
            return duration(definition, table, path, (value, at));
        }
        Some(FieldRole::BuildNumber) => return build_number(path, value),
        Some(FieldRole::ParameterValue) if !matches!(value, Value::Text(_) | Value::Number(_)) => {
            format!("{path} | tostring")
        }
        Some(FieldRole::Branch) if text.is_some_and(|text| text.starts_with("refs/heads/")) => {
            format!("{path} | ltrimstr(\"refs/heads/\")")
        }
        _ => path.to_owned(),
    })
}

/// The expression for a duration; an instant is the end, so that it needs the start.
fn duration(
    definition: &Definition,
    table: MappingTable,
    path: &str,
    (value, at): (&Value, &Pointer),
) -> Result<String, String> {
    let role = if table == MappingTable::Fields { FieldRole::StartTime } else { FieldRole::StageStart };
    match suggest::chosen_duration(path, at, value) {
        ChosenDuration::Length(expression) => Ok(expression),
        ChosenDuration::Instant => {
            let start = definition.expression(table, role.name());
            let start = start.map(|start| start.trim_end_matches("| time").trim_end());
            let label = table.record().and_then(|record| record.with_role(role));
            let label = label.map_or(role.name(), |(_, field)| field.label.as_str());
            match start {
                Some(start) if start == path => Err(format!(
                    "is measured from {label}, which this value is: choose the end, or a duration."
                )),
                Some(start) => Ok(format!("between({start}; {path})")),
                None => Err(format!(
                    "is measured from {label} to this instant: map {label} first, then choose this value again."
                )),
            }
        }
        ChosenDuration::Other => Err(format!(
            "needs a duration, not {}: choose a number, a text such as 3m 12s, or the end.",
            shown(value)
        )),
    }
}

/// The expression for a build number; of a text, the digits at its end.
fn build_number(path: &str, value: &Value) -> Result<String, String> {
    match value {
        Value::Text(text) if text.trim().parse::<i64>().is_ok() => Ok(format!("{path} | tonumber")),
        Value::Text(text) if text.ends_with(|letter: char| letter.is_ascii_digit()) => {
            // `tostring` lets other runs have a number, or nothing.
            Ok(format!("{path} | tostring | capture(\"(?<n>[0-9]+)$\").n | tonumber"))
        }
        Value::Text(_) | Value::Bool(_) => Err(format!(
            "needs a number, not {}: choose a number, or a text with digits at its end.",
            shown(value)
        )),
        Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => Ok(path.to_owned()),
    }
}

/// The expression for the items around or in a value: the nearest list, or an object of objects. A
/// run without them has no items.
fn each(definition: &Definition, run: &Value, table: MappingTable, at: &Pointer) -> Option<String> {
    let base =
        if table == MappingTable::Step { items_place(definition, run, MappingTable::Stage) } else { None };
    let is_items = |place: &Pointer| match run.get(place) {
        Some(Value::Array(_)) => Some("[]?"),
        Some(Value::Object(object)) => {
            let has_objects =
                !object.is_empty() && object.iter().all(|(_, member)| member.as_object().is_some());
            has_objects.then_some(" | objects | to_entries[]")
        }
        _ => None,
    };
    let mut place = Some(at.clone());
    while let Some(here) = place {
        let is_inside = base.as_ref().is_none_or(|base| {
            here.is_within(&base.place) && here.tokens().len() > base.place.tokens().len() + 1
        });
        if let Some(ending) = is_items(&here).filter(|_| is_inside) {
            let path =
                base.as_ref().map_or_else(|| path_expression(here.tokens()), |base| base.inside(&here));
            return Some(format!("{path}{ending}"));
        }
        place = here.parent();
    }
    let value = run.get(at)?;
    let is_member = table == MappingTable::Parameter && value.as_object().is_some();
    is_member.then(|| format!("{} | objects | to_entries[]", path_expression(at.tokens())))
}

/// Where the items of a table are in the run.
struct ItemsPlace {
    place: Pointer,
    /// Whether an item is a member as `{key, value}`.
    is_entry: bool,
}

impl ItemsPlace {
    /// The path of a value in an item.
    fn inside(&self, at: &Pointer) -> String {
        let depth = self.place.tokens().len();
        let key = at.tokens().get(depth);
        let rest = at.tokens().get(depth + 1..).unwrap_or_default();
        if !self.is_entry {
            return path_expression(rest);
        }
        match (key, rest.is_empty()) {
            (Some(_), true) => ".value".to_owned(),
            _ => joined(".value", rest, ""),
        }
    }
}

/// Finds the place whose path is the one in the expression for the items.
fn items_place(definition: &Definition, run: &Value, table: MappingTable) -> Option<ItemsPlace> {
    let expression = definition.expression(table, EACH)?;
    let expression = expression.strip_suffix('?').unwrap_or(expression);
    let entries = expression.strip_suffix(" | to_entries[]");
    let is_entry = entries.is_some();
    // Suggested expressions skip a value of another kind.
    let entries = entries.map(|path| path.strip_suffix(" | objects").unwrap_or(path));
    let path = entries.or_else(|| expression.strip_suffix("[]"))?;
    let mut places = vec![Pointer::root()];
    while let Some(here) = places.pop() {
        if path_expression(here.tokens()) == path {
            return Some(ItemsPlace { place: here, is_entry });
        }
        if let Some(Value::Object(object)) = run.get(&here) {
            places.extend(object.iter().map(|(key, _)| here.key(key)));
        }
    }
    None
}

/// The first item of a table in a run; of steps, the stage around them.
pub fn first_item(definition: &Definition, run: &Value, table: MappingTable) -> Option<Pointer> {
    let outer = if table == MappingTable::Step { MappingTable::Stage } else { table };
    let place = items_place(definition, run, outer)?.place;
    match run.get(&place)? {
        Value::Array(items) => (!items.is_empty()).then(|| place.index(0)),
        Value::Object(object) => object.iter().next().map(|(key, _)| place.key(key)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => None,
    }
}

/// The path of a value for a field of an item: inside of the item, or from the run.
fn within(definition: &Definition, run: &Value, table: MappingTable, at: &Pointer) -> String {
    let from_run = || joined("$run", at.tokens(), "");
    let outer = if table == MappingTable::Step { MappingTable::Stage } else { table };
    let Some(items) = items_place(definition, run, outer) else { return from_run() };
    let is_item = at.is_within(&items.place) && at.tokens().len() > items.place.tokens().len();
    if !is_item {
        return from_run();
    }
    if table != MappingTable::Step {
        return items.inside(at);
    }
    // A step: its list is in the item of the stage.
    let item = items.place.tokens().len() + 1;
    let item = at.tokens().get(..item).map(|tokens| tokens.iter().cloned().collect::<Pointer>());
    let steps = item.as_ref().and_then(|item| {
        let run = run.get(item)?;
        let inner = Definition {
            entries: definition
                .entries
                .iter()
                .filter(|entry| entry.table == MappingTable::Step)
                .cloned()
                .collect(),
            ..Definition::default()
        };
        let run = if items.is_entry { entry_of(run) } else { run.clone() };
        let mut places = items_place(&inner, &run, MappingTable::Step)?;
        let mut tokens: Vec<Token> = item.tokens().to_vec();
        let own = if items.is_entry { places.place.tokens().get(1..)? } else { places.place.tokens() };
        tokens.extend(own.iter().cloned());
        places.place = tokens.into_iter().collect();
        Some(places)
    });
    match steps.filter(|steps| at.is_within(&steps.place) && at.tokens().len() > steps.place.tokens().len()) {
        Some(steps) => steps.inside(at),
        None => format!("$stage{}", items.inside(at)),
    }
}

/// A member of an object as `to_entries` gives it, without its key.
fn entry_of(value: &Value) -> Value {
    let mut object = crate::document::Object::default();
    object.push("value", value.clone());
    Value::Object(object)
}
