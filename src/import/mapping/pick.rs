//! Expressions for a value that the user chose in a run.

use super::definition::{Definition, EACH, MappingTable};
use super::suggest::{self, path_expression};
use crate::catalog::{FieldRole, Shape};
use crate::document::{Pointer, Token, Value};

/// The expression that maps a value of a run to a field, with a unit or a word that the field
/// needs; `None` where the field cannot hold the value.
pub fn pick(
    definition: &Definition,
    run: &Value,
    (table, key): (MappingTable, &str),
    at: &Pointer,
) -> Option<String> {
    let value = run.get(at)?;
    if key == EACH {
        return each(definition, run, table, at);
    }
    let path = match table {
        MappingTable::Top | MappingTable::Fields => {
            let is_list = field_shape(table, key).is_some_and(|shape| matches!(shape, Shape::List(_)));
            if is_list { listed(at, value) } else { path_expression(at.tokens()) }
        }
        MappingTable::Stage
        | MappingTable::Step
        | MappingTable::Artifact
        | MappingTable::Parameter
        | MappingTable::Trigger => within(definition, run, table, at),
    };
    Some(fitted(table, key, &path, (value, at)))
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
fn fitted(table: MappingTable, key: &str, path: &str, (value, at): (&Value, &Pointer)) -> String {
    let role = table.record().and_then(|record| record.field(key)?.0.role);
    match role {
        Some(FieldRole::StartTime | FieldRole::StageStart) => format!("{path} | time"),
        Some(FieldRole::Result) => format!("{path} | result"),
        Some(FieldRole::Duration | FieldRole::StageDuration) => suggest::chosen_duration(path, at, value),
        Some(FieldRole::BuildNumber) if value.as_text().is_some() => format!("{path} | tonumber"),
        Some(FieldRole::ParameterValue) if !matches!(value, Value::Text(_) | Value::Number(_)) => {
            format!("{path} | tostring")
        }
        Some(FieldRole::Branch) if value.as_text().is_some_and(|text| text.starts_with("refs/heads/")) => {
            format!("{path} | ltrimstr(\"refs/heads/\")")
        }
        _ => path.to_owned(),
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
