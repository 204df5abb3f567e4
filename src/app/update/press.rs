//! The effect of Enter on a row of the form.

use crate::app::entry::FieldEntry;
use crate::app::model::FollowUp;
use crate::app::overlay::{List, Overlay, OverlayAnswer};
use crate::app::picker::{Picker, PickerLine};
use crate::app::row::Role;
use crate::app::update::form::{item, problem, value};
use crate::app::update::navigate;
use crate::app::update::payload::json;
use crate::app::{Action, Model};
use crate::document::Value;

/// Unfolds, chooses, adds, presses a button, or moves on, depending on the role of the row.
pub(in crate::app::update) fn enter(model: &mut Model) {
    let Some(row) = model.focused().cloned() else { return };
    match row.role {
        Role::Item(_) => item::fold(model),
        Role::Add(_) => item::add(model),
        Role::Button(Action::EditJson) => json::repair(model),
        Role::Button(action) => model.follow_up(FollowUp::Form(action)),
        Role::Problem(index) => problem::jump(model, index),
        Role::Kind => value::edit(model, Action::Right),
        Role::Field if model.entry_of(&row) == Some(FieldEntry::Toggle) => value::edit(model, Action::Right),
        Role::Field if model.entry_of(&row) == Some(FieldEntry::Choice) => choose_word(model),
        Role::Field | Role::Other | Role::Integration | Role::Heading(_) => {
            navigate::step(model, Action::Next);
        }
    }
}

fn choose_word(model: &mut Model) {
    let Some(row) = model.focused().cloned() else { return };
    let Some(field) = row.field() else { return };
    let current = model.value_of(&row).and_then(Value::as_text);
    let chosen = field.words.iter().position(|word| Some(word.as_str()) == current).unwrap_or_default();
    let answer = |word: Option<&String>| OverlayAnswer::SetWord { at: row.at.clone(), word: word.cloned() };
    let words = field.words.iter().map(|word| (PickerLine::new(word, ""), answer(Some(word))));
    let items: Vec<_> =
        words.chain([(PickerLine::new("unset", "removes the field"), answer(None))]).collect();
    let list = List::Words { label: field.label.clone() };
    model.overlays.push(Overlay::Pick(Picker::new(items, chosen), list));
}
