//! Stages, steps, artifacts, parameters, triggers: add, duplicate, remove, move, fold.

use crate::app::row::Role;
use crate::app::row::summary::summary;
use crate::app::update::notify::say;
use crate::app::update::{edit, navigate};
use crate::app::{Action, Model};
use crate::catalog::{FieldRole, RecordId, RecordKind, catalog};
use crate::document::{Edit, Object, Pointer, Token, Value};
use crate::{document, text};
use std::collections::HashSet;

/// Adds, duplicates or removes an item.
pub(in crate::app::update) fn act(model: &mut Model, action: Action) {
    #[expect(clippy::wildcard_enum_match_arm, reason = "only three actions come here")]
    match action {
        Action::Add => add(model),
        Action::Duplicate => duplicate(model),
        _ => remove(model),
    }
}

/// The list and index of the item that has or contains the focus.
fn here(model: &Model) -> Option<(Pointer, usize)> {
    let row = model.focused()?;
    let mut at = match row.role {
        Role::Item(_) | Role::Field | Role::Other => row.at.clone(),
        Role::Add(_)
        | Role::Kind
        | Role::Heading(_)
        | Role::Integration
        | Role::Button(_)
        | Role::Problem(_) => {
            return None;
        }
    };
    loop {
        if let (Some(Token::Index(index)), Some(list)) = (at.last(), at.parent()) {
            return Some((list, *index));
        }
        at = at.parent()?;
    }
}

/// The kind of record in a list.
fn record_of(list: &Pointer) -> Option<RecordId> {
    use crate::catalog::Shape;
    match &crate::app::row::field_at(list)?.shape {
        Shape::List(of) => match **of {
            Shape::Record(id) => Some(id),
            Shape::Text | Shape::Integer | Shape::Boolean | Shape::List(_) | Shape::Map => None,
        },
        Shape::Text | Shape::Integer | Shape::Boolean | Shape::Record(_) | Shape::Map => None,
    }
}

/// The name of the innermost item that holds a place, else the label of its field.
pub(super) fn name(model: &Model, at: &Pointer) -> String {
    let mut item = Some(at.clone());
    while let Some(here) = item {
        let list = here.parent();
        if let (Some(index), Some(list)) = (here.last().and_then(Token::as_index), &list)
            && let (Some(id), Some(value)) = (record_of(list), model.document.value().get(&here))
        {
            return text::visible(&summary(id, value, index).name).into_owned();
        }
        item = list;
    }
    edit::label(at)
}

fn nowhere(model: &mut Model) {
    say(model, "No stage, step, artifact, parameter or trigger here; go to one on tab 3 or 4 first.");
}

/// Adds an item at the focused Add row, or after the item the focus is in.
pub(in crate::app::update) fn add(model: &mut Model) {
    let place = match model.focused().map(|row| (row.role, row.at.clone())) {
        Some((Role::Add(_), at)) => at.parent().zip(at.last().cloned()),
        _ => here(model).map(|(list, index)| (list, Token::Index(index + 1))),
    };
    let Some((list, Token::Index(index))) = place else { return nowhere(model) };
    let Some(id) = record_of(&list) else { return nowhere(model) };
    let siblings = items(model, &list);
    let value = template(model, id, &siblings);
    let noun = &catalog().record(id).noun;
    insert(model, &list, index, value, &format!("Added {}", text::with_article(noun)));
    unfold_and_enter(model, &list.index(index));
}

/// Inserts an item, and creates the list if it is missing.
fn insert(model: &mut Model, list: &Pointer, index: usize, value: Value, label: &str) {
    let root = model.document.value();
    let edits = match root.get(list) {
        Some(Value::Array(_)) => vec![Edit::Insert { parent: list.clone(), index, key: None, value }],
        _ => document::set(root, list, Value::Array(vec![value])),
    };
    shift_open(model, list, |old| if old >= index { Some(old + 1) } else { Some(old) });
    edit::apply(model, label, edits, None);
}

fn unfold_and_enter(model: &mut Model, at: &Pointer) {
    model.form.open.insert(at.clone());
    model.rebuild();
    let first =
        model.form.rows.iter().position(|row| row.at.is_within(at) && matches!(row.role, Role::Field));
    navigate::focus_row(model, first.unwrap_or_default());
    // Scrolls so that the new item is visible from its header on.
    let header = model.form.rows.iter().position(|row| row.at == *at).unwrap_or_default();
    let below = model.form.rows.iter().skip(header).take_while(|row| row.at.is_within(at)).count();
    if header + below > model.form.scroll + model.form_height() {
        model.form.scroll = header.min(model.form.rows.len().saturating_sub(model.form_height()));
    }
}

fn items(model: &Model, list: &Pointer) -> Vec<Value> {
    model.document.value().get(list).and_then(Value::as_array).map(<[Value]>::to_vec).unwrap_or_default()
}

/// The first fields of a new item: an id where SEI drops stages without an id, and common values.
fn template(model: &Model, id: RecordId, siblings: &[Value]) -> Value {
    let mut object = Object::default();
    match catalog().record(id).kind {
        RecordKind::Stage | RecordKind::Step => {
            object.push(FieldRole::StageId.name(), Value::Text(next_id(siblings)));
        }
        RecordKind::Artifact => {
            let is_cd = edit::kind(model.document.value()) == Some("CD");
            object.push(FieldRole::ArtifactInput.name(), Value::Bool(is_cd));
            object.push(FieldRole::ArtifactOutput.name(), Value::Bool(!is_cd));
            object.push(FieldRole::ArtifactType.name(), Value::Text("container".to_owned()));
        }
        RecordKind::Parameter => {
            object.push(FieldRole::ParameterType.name(), Value::Text("StringParameterValue".to_owned()));
        }
        RecordKind::Trigger | RecordKind::PhaseEvent | RecordKind::Stages | RecordKind::JobRun => {}
    }
    Value::Object(object)
}

/// One more than the largest numeric id among the siblings.
fn next_id(siblings: &[Value]) -> String {
    let largest = siblings
        .iter()
        .filter_map(|item| item.as_object()?.get(FieldRole::StageId.name())?.as_text()?.parse::<u64>().ok())
        .max()
        .unwrap_or_default();
    largest.saturating_add(1).max(siblings.len() as u64 + 1).to_string()
}

/// Inserts a copy right after the item, with a new id.
fn duplicate(model: &mut Model) {
    let Some((list, index)) = here(model) else { return nowhere(model) };
    let siblings = items(model, &list);
    let Some(mut copy) = siblings.get(index).cloned() else { return nowhere(model) };
    if let Value::Object(object) = &mut copy
        && object.contains(FieldRole::StageId.name())
        && record_of(&list)
            .is_some_and(|id| matches!(catalog().record(id).kind, RecordKind::Stage | RecordKind::Step))
    {
        object.put(FieldRole::StageId.name(), Value::Text(next_id(&siblings)));
    }
    insert(model, &list, index + 1, copy, "Duplicated");
    focus_item(model, &list.index(index + 1));
}

/// Removes the item, and its list if the list becomes empty.
pub(in crate::app::update) fn remove(model: &mut Model) {
    let Some((list, index)) = here(model) else { return nowhere(model) };
    let root = model.document.value();
    let is_last = root.get(&list).and_then(Value::as_array).is_some_and(|items| items.len() == 1);
    let edits = if is_last {
        let stages = Pointer::root().key(FieldRole::StageTree.name());
        let is_alone = root.get(&stages).and_then(Value::as_object).is_some_and(|object| object.len() == 1);
        document::clear(root, if list.parent() == Some(stages.clone()) && is_alone { &stages } else { &list })
    } else {
        document::clear(root, &list.index(index))
    };
    shift_open(model, &list, |old| match old.cmp(&index) {
        std::cmp::Ordering::Less => Some(old),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(old - 1),
    });
    let name = name(model, &list.index(index));
    edit::apply(model, "Removed", edits, None);
    focus_item(model, &list.index(index));
    say(model, format!("Removed “{name}”; {{undo}} restores it."));
}

/// Moves the item by one place.
pub(in crate::app::update) fn shift(model: &mut Model, up: bool) {
    let Some((list, index)) = here(model) else { return nowhere(model) };
    let count = model.document.value().get(&list).and_then(Value::as_array).map_or(0, <[Value]>::len);
    let to = if up { index.checked_sub(1) } else { Some(index + 1).filter(|to| *to < count) };
    let Some(to) = to else {
        say(model, if up { "Already the first item." } else { "Already the last item." });
        return;
    };
    shift_open(model, &list, |old| {
        Some(if old == index {
            to
        } else if old == to {
            index
        } else {
            old
        })
    });
    edit::apply(model, "Moved", vec![Edit::Move { at: list.index(index), to }], None);
    focus_item(model, &list.index(to));
}

/// Focuses the row of an item, or the add row of its list if the item is gone.
fn focus_item(model: &mut Model, at: &Pointer) {
    model.rebuild();
    let found = model.form.rows.iter().position(|row| row.at == *at && row.takes_focus()).or_else(|| {
        model
            .form
            .rows
            .iter()
            .rposition(|row| matches!(row.role, Role::Add(_)) && row.at.parent() == at.parent())
    });
    let index = found.unwrap_or_else(|| model.focus_index());
    navigate::focus_row(model, index);
}

/// Folds or unfolds the focused item.
pub(in crate::app::update) fn fold(model: &mut Model) {
    let Some(row) = model.focused().cloned() else { return };
    let is_open = model.form.open.contains(&row.at);
    fold_to(model, !is_open);
}

/// Unfolds the focused item if `open`, else folds it.
pub(in crate::app::update) fn fold_to(model: &mut Model, open: bool) {
    let Some(row) = model.focused().cloned() else { return };
    if open {
        model.form.open.insert(row.at);
    } else {
        model.form.open.remove(&row.at);
    }
    model.rebuild();
}

/// Folds everything if anything is unfolded, else unfolds the items of this tab.
pub(in crate::app::update) fn fold_all(model: &mut Model) {
    let items: Vec<Pointer> = model
        .form
        .rows
        .iter()
        .filter(|row| matches!(row.role, Role::Item(_)))
        .map(|row| row.at.clone())
        .collect();
    if items.iter().any(|at| model.form.open.contains(at)) {
        let outermost = model.focused().and_then(|row| items.iter().find(|at| row.at.is_within(at)).cloned());
        model.form.open.clear();
        if let Some(at) = outermost {
            focus_item(model, &at);
        }
    } else {
        model.form.open.extend(items);
    }
    model.rebuild();
    model.open_editor();
}

/// Updates the unfolded and visited items after the indexes of a list change.
fn shift_open(model: &mut Model, list: &Pointer, new_index: impl Fn(usize) -> Option<usize>) {
    let depth = list.tokens().len();
    let shifted = |at: &Pointer| -> Option<Pointer> {
        if !at.is_within(list) || at == list {
            return Some(at.clone());
        }
        let mut tokens = at.tokens().to_vec();
        if let Some(Token::Index(index)) = tokens.get_mut(depth) {
            *index = new_index(*index)?;
        }
        Some(tokens.into_iter().fold(Pointer::root(), |at, token| at.with(token)))
    };
    let open: HashSet<Pointer> = model.form.open.iter().filter_map(shifted).collect();
    let visited: HashSet<Pointer> = model.form.left.iter().filter_map(shifted).collect();
    model.form.open = open;
    model.form.left = visited;
}
