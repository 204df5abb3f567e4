//! Actions on the focused field: clear, null, empty, revert, and the field menu.

use crate::app::entry::FieldEntry;
use crate::app::overlay::{List, Overlay, OverlayAnswer};
use crate::app::picker::{Picker, PickerLine};
use crate::app::row::{FormRow, Role, kind_places};
use crate::app::update::notify::say;
use crate::app::update::{edit, navigate};
use crate::app::{Action, Model, change};
use crate::document::{Pointer, Value};
use crate::{document, text};

/// Removes the focused field from the document.
pub(in crate::app::update) fn clear(model: &mut Model) {
    let cleared = model.focused().and_then(|row| {
        let label = if row.role == Role::Kind { "CI or CD".to_owned() } else { edit::label(&row.at) };
        model.value_of(row).is_some().then_some(label)
    });
    let revision = model.document.revision();
    on_field(model, |_| None);
    if let Some(label) = cleared.filter(|_| model.document.revision() != revision) {
        say(model, format!("Cleared “{}”; {{undo}} restores it.", text::visible(&label)));
    }
}

pub(in crate::app::update) fn set_null(model: &mut Model) {
    on_field(model, |_| Some(Value::Null));
}

/// Sets the focused field to the empty value of its kind.
pub(in crate::app::update) fn set_empty(model: &mut Model) {
    on_field(model, |entry| {
        Some(match entry {
            FieldEntry::List => Value::Array(Vec::new()),
            FieldEntry::Pairs => Value::empty_object(),
            FieldEntry::Text
            | FieldEntry::Choice
            | FieldEntry::Instant
            | FieldEntry::IsoInstant
            | FieldEntry::Duration
            | FieldEntry::Number
            | FieldEntry::Toggle
            | FieldEntry::Raw => Value::Text(String::new()),
        })
    });
}

fn on_field(model: &mut Model, value: impl Fn(FieldEntry) -> Option<Value>) {
    let Some(row) = model.focused().cloned() else { return };
    match (row.role, model.entry_of(&row)) {
        (Role::Field | Role::Other, Some(entry)) => edit::set_value(model, &row.at, value(entry)),
        (Role::Kind, _) => edit::set_kind(model, None),
        (Role::Integration, _) => {
            model.draft.integration.clear();
            model.open_editor();
        }
        _ => say(model, "This row is not a field; go to a field first."),
    }
}

/// Reverts the focused field or item to its saved or opened value.
pub(in crate::app::update) fn revert(model: &mut Model) {
    let Some(row) = model.focused().cloned() else { return };
    let places = places(&row);
    let Some(first) = places.first() else {
        say(model, "This row is not a field; go to a field first.");
        return;
    };
    if !differs(model, &places) {
        say(model, "Nothing to revert.");
        return;
    }
    if first.parent().is_some_and(|holder| model.draft.baseline.get(&holder).is_none()) {
        say(model, "The item of this field was added after the last save and has no saved value.");
        return;
    }
    let label = format!("{} reverted", edit::label(first));
    let mut after = model.document.value().clone();
    let mut edits = Vec::new();
    for at in &places {
        let step = match model.draft.baseline.get(at) {
            Some(value) => document::set(&after, at, value.clone()),
            None => document::clear(&after, at),
        };
        for edit in &step {
            if document::apply(&mut after, edit).is_err() {
                return;
            }
        }
        edits.extend(step);
    }
    edit::apply(model, &label, edits, None);
    navigate::open_field(model);
}

/// The places of the payload that a row edits; empty for rows without a value.
fn places(row: &FormRow) -> Vec<Pointer> {
    match row.role {
        Role::Kind => kind_places().into(),
        Role::Field | Role::Other | Role::Item(_) => vec![row.at.clone()],
        Role::Add(_) | Role::Heading(_) | Role::Integration | Role::Button(_) | Role::Problem(_) => {
            Vec::new()
        }
    }
}

fn differs(model: &Model, places: &[Pointer]) -> bool {
    places.iter().any(|at| model.document.value().get(at) != model.draft.baseline.get(at))
}

/// Lists the actions for the focused row.
pub(in crate::app::update) fn menu(model: &mut Model) {
    let Some(row) = model.focused().cloned() else { return };
    let offers = offers(model, &row);
    let items: Vec<_> = offers
        .iter()
        .map(|action| {
            let note = if *action == Action::RevertField { saved_value(model, &row) } else { String::new() };
            (PickerLine::new(action.text(), note), OverlayAnswer::Screen(*action))
        })
        .collect();
    let title = match row.role {
        Role::Kind => "CI or CD".to_owned(),
        Role::Field | Role::Other | Role::Item(_) => edit::label(&row.at),
        Role::Add(_) | Role::Heading(_) | Role::Integration | Role::Button(_) | Role::Problem(_) => {
            "This row".to_owned()
        }
    };
    model.overlays.push(Overlay::Pick(Picker::new(items, 0), List::Field { title }));
}

/// The actions that apply to a row now, the most useful first.
fn offers(model: &Model, row: &FormRow) -> Vec<Action> {
    let places = places(row);
    let value = model.value_of(row);
    let is_field = matches!(row.role, Role::Field | Role::Other | Role::Kind);
    let is_item = matches!(row.role, Role::Item(_));
    let here = model.problems_here();
    let mut problems = here.iter().filter_map(|index| model.checks.problems.get(*index));
    let is_fixable = problems.any(|problem| !problem.fixes.is_empty());
    let is_null = value.is_some_and(|value| *value == Value::Null);
    let is_placed = is_field || is_item || matches!(row.role, Role::Problem(_));
    [
        (Action::Fix, is_fixable),
        (Action::Explain, !here.is_empty()),
        (Action::Duplicate, is_item),
        (Action::MoveUp, is_item),
        (Action::MoveDown, is_item),
        (Action::Remove, is_item),
        (Action::RevertField, differs(model, &places)),
        (Action::Clear, is_field && value.is_some()),
        (Action::SetNull, is_field && row.role != Role::Kind && !is_null),
        (Action::SetEmpty, is_field && row.role != Role::Kind),
        (Action::CopyValue, row.role == Role::Integration || (is_placed && value.is_some())),
        (Action::CopyPointer, is_placed),
        (Action::CopyJson, true),
        (Action::CopyPreview, true),
    ]
    .into_iter()
    .filter_map(|(action, is_offered)| is_offered.then_some(action))
    .collect()
}

/// The saved value of a row, shortened.
fn saved_value(model: &Model, row: &FormRow) -> String {
    let words =
        |at: &Pointer| model.draft.baseline.get(at).map_or_else(|| "absent".to_owned(), change::short);
    places(row).iter().map(words).collect::<Vec<_>>().join(", ")
}
