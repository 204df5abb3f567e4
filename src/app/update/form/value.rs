//! Keys on the focused field: its text, its choices, undo and redo.

use crate::app::entry::FieldEntry;
use crate::app::row::{FormRow, Role};
use crate::app::update::form::{field, item};
use crate::app::update::notify::say;
use crate::app::update::{edit, navigate};
use crate::app::{Action, Model, entry};
use crate::document::{Token, Value};

/// Moves the cursor, edits the text, or changes the choice of the focused row.
pub(in crate::app::update) fn edit(model: &mut Model, action: Action) {
    let Some(row) = model.focused().cloned() else { return };
    let sideways = matches!(action, Action::Left | Action::Right);
    let deletes =
        matches!(action, Action::Backspace | Action::Delete | Action::DeleteWord | Action::DeleteLine);
    let entry = if row.role == Role::Field { model.entry_of(&row) } else { None };
    match (row.role, entry) {
        (Role::Kind, _) if sideways => return cycle_kind(model, action == Action::Right),
        (Role::Kind, _) if deletes => return edit::set_kind(model, None),
        (Role::Item(_), _) if action == Action::Delete => return item::remove(model),
        (Role::Item(_), _) if sideways => return item::fold_to(model, action == Action::Right),
        (_, Some(FieldEntry::Toggle)) if sideways => {
            return cycle_toggle(model, &row, action == Action::Right);
        }
        (_, Some(FieldEntry::Toggle)) if deletes => return field::clear(model),
        (_, Some(FieldEntry::Choice)) if sideways => return cycle_word(model, &row, action == Action::Right),
        _ => {}
    }
    let Some(field) = model.form.editor.as_mut() else { return };
    field.fresh = false;
    let before = field.editor.text();
    if field.editor.act(action) && field.editor.text() != before {
        store(model, &row, false);
    }
}

/// Writes the parsed text of the editor into the document.
pub(in crate::app::update) fn store(model: &mut Model, row: &FormRow, starts_word: bool) {
    let Some(field) = model.form.editor.as_ref() else { return };
    let (entry, text) = (field.entry, field.editor.text());
    if row.role == Role::Integration {
        model.draft.integration = text;
        model.draft.file.is_changed = true;
        return;
    }
    let words = row.field().map_or(&[] as &[String], |field| field.words.as_slice());
    let value = entry::to_value(entry, words, &text, model.now);
    // An empty item stays as null; otherwise the next item would move under the cursor.
    let is_item = matches!(row.at.last(), Some(Token::Index(_)));
    let value = value.or_else(|| is_item.then_some(Value::Null));
    let group = edit::group(model, starts_word, true);
    edit::put(model, &row.at, value, Some(group));
}

/// Undoes or redoes a step, and focuses the place of the change.
pub(in crate::app::update) fn history(model: &mut Model, redo: bool) {
    let step = if redo { model.document.redo() } else { model.document.undo() };
    let Some(step) = step else {
        say(model, edit::no_step(redo));
        return;
    };
    model.refresh();
    if !step.at.is_root() {
        navigate::scroll_to(model, &step.at);
    }
    navigate::open_field(model);
    let stays = if model.unparsed_fault().is_some() { "; the unparsed text stays as it is" } else { "" };
    say(model, edit::describe(redo, &step.label) + stays);
}

/// The next or previous choice, wrapping around, with `None` for no value.
fn cycled(words: &[String], current: Option<&str>, forward: bool) -> Option<String> {
    let position = current.and_then(|current| words.iter().position(|word| word == current));
    let next = match (position, forward) {
        (None, true) => Some(0),
        (None, false) => words.len().checked_sub(1),
        (Some(position), true) => Some(position + 1).filter(|next| *next < words.len()),
        (Some(position), false) => position.checked_sub(1),
    };
    next.and_then(|next| words.get(next).cloned())
}

fn cycle_word(model: &mut Model, row: &FormRow, forward: bool) {
    let Some(field) = row.field() else { return };
    let current = model.value_of(row).and_then(Value::as_text);
    let next = cycled(&field.words, current, forward);
    edit::set_value(model, &row.at, next.map(Value::Text));
}

fn cycle_toggle(model: &mut Model, row: &FormRow, forward: bool) {
    let next = match (model.value_of(row).and_then(Value::as_bool), forward) {
        (None, true) | (Some(false), false) => Some(true),
        (Some(true), true) | (None, false) => Some(false),
        (Some(false), true) | (Some(true), false) => None,
    };
    edit::set_value(model, &row.at, next.map(Value::Bool));
}

pub(in crate::app::update) fn toggle(model: &mut Model, row: &FormRow, text: &str) {
    match text {
        "y" | "Y" | "t" | "T" | "1" => edit::set_value(model, &row.at, Some(Value::Bool(true))),
        "n" | "N" | "f" | "F" | "0" => edit::set_value(model, &row.at, Some(Value::Bool(false))),
        " " => cycle_toggle(model, row, true),
        _ => say(model, "y for yes, n for no, Space to change, {delete} for neither."),
    }
}

fn cycle_kind(model: &mut Model, forward: bool) {
    let next = match (edit::kind(model.document.value()), forward) {
        (Some("CI"), true) | (Some("unset"), false) => Some("CD"),
        (Some("CD"), true) | (Some("CI"), false) => None,
        _ => Some("CI"),
    };
    edit::set_kind(model, next);
}

/// Sets the kind of the run to a clicked option, unless the run already has this kind.
pub(in crate::app::update) fn choose_kind(model: &mut Model, option: &str) {
    if edit::kind(model.document.value()) == Some(option) {
        return;
    }
    edit::set_kind(model, Some(option).filter(|option| *option != "unset"));
}

pub(in crate::app::update) fn type_kind(model: &mut Model, text: &str) {
    match text {
        "i" | "I" => edit::set_kind(model, Some("CI")),
        "d" | "D" => edit::set_kind(model, Some("CD")),
        "u" | "U" => edit::set_kind(model, None),
        _ => {
            say(model, "← and → change; i for CI, d for CD, u for unset.");
        }
    }
}
