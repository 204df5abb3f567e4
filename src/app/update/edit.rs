//! Changes of the document: one undo step for each, or for each burst of keys.

use crate::app::Model;
use crate::app::update::notify::complain;
use crate::catalog::FieldRole;
use crate::document;
use crate::document::{Edit, Pointer, Value};
use crate::time::Duration;

/// What to say of a document whose GUID the sandbox has not made, as that of an earlier demo: with a space before it.
pub(in crate::app::update) fn lost(model: &Model) -> &'static str {
    if model.is_guid_lost() {
        " This sandbox has not made its GUID and would drop the run: {generate-guid} makes an instance."
    } else {
        ""
    }
}

/// A pause this long begins a new undo step.
const PAUSE: Duration = Duration::from_millis(1_500);

/// Begins a new undo step with the next change.
pub(in crate::app::update) fn new_group(model: &mut Model) {
    model.form.typing.group += 1;
    model.form.typing.last = None;
}

/// The group of a keystroke: a new one after a pause, or where a word begins, if the one before is done with.
pub(in crate::app::update) fn group(model: &mut Model, begins_word: bool, may_begin: bool) -> u64 {
    let paused = model.form.typing.last.is_some_and(|last| model.now - last > PAUSE);
    if (paused || begins_word) && may_begin {
        new_group(model);
    }
    model.form.typing.last = Some(model.now);
    model.form.typing.group
}

/// Sets or clears one place of the document, as one undo step or as part of the newest.
pub(in crate::app::update) fn put(model: &mut Model, at: &Pointer, value: Option<Value>, group: Option<u64>) {
    let root = model.document.value();
    if root.get(at) == value.as_ref() {
        return;
    }
    let edits = match value {
        Some(value) => document::set(root, at, value),
        None => document::clear(root, at),
    };
    apply(model, &format!("{} changed", label(at)), edits, group);
}

/// What a place is called in sentences.
pub(in crate::app::update) fn label(at: &Pointer) -> String {
    crate::app::row::field_at(at).map_or_else(
        || at.last().map_or_else(|| "the document".to_owned(), |token| token.word().into_owned()),
        |field| field.label.clone(),
    )
}

/// Applies edits to the document and derives everything from it anew.
pub(in crate::app::update) fn apply(model: &mut Model, label: &str, edits: Vec<Edit>, group: Option<u64>) {
    let places = edits.iter().flat_map(Edit::places).collect::<Vec<_>>();
    match model.document.apply(label, edits, group) {
        Ok(()) => {
            model.checks.touched.extend(places);
            model.checks.is_stale = true;
            // What follows from a keystroke is derived once the keys that wait are through.
            if group.is_none() {
                model.settle();
            }
        }
        Err(error) => complain(model, format!("That change does not fit the document: {error}.")),
    }
}

/// Sets one place as an undo step of its own and shows it in the editor.
pub(in crate::app::update) fn set_value(model: &mut Model, at: &Pointer, value: Option<Value>) {
    put(model, at, value, None);
    model.open_editor();
}

/// What is said where there is no step.
pub(in crate::app::update) const fn no_step(redo: bool) -> &'static str {
    if redo { "Nothing to do again." } else { "Nothing to undo." }
}

/// What is said of a step.
pub(in crate::app::update) fn describe(redo: bool, label: &str) -> String {
    format!("{}: {label}", if redo { "Done again" } else { "Undone" })
}

/// CI, CD or unset, as the two booleans say it; none where they say something else.
pub fn kind(root: &Value) -> Option<&'static str> {
    let flag = |role: FieldRole| root.get(&Pointer::root().key(role.name())).map(Value::as_bool);
    match (flag(FieldRole::Ci), flag(FieldRole::Cd)) {
        (Some(Some(true)), Some(Some(false)) | None) => Some("CI"),
        (Some(Some(false)) | None, Some(Some(true))) => Some("CD"),
        (None, None) => Some("unset"),
        _ => None,
    }
}

/// Makes the run CI or CD, or neither.
pub(in crate::app::update) fn set_kind(model: &mut Model, kind: Option<&str>) {
    let mut after = model.document.value().clone();
    let mut edits = Vec::new();
    for (role, word) in [(FieldRole::Ci, "CI"), (FieldRole::Cd, "CD")] {
        let at = Pointer::root().key(role.name());
        let step = match kind {
            Some(kind) => document::set(&after, &at, Value::Bool(kind == word)),
            None => document::clear(&after, &at),
        };
        for edit in &step {
            if document::apply(&mut after, edit).is_err() {
                return;
            }
        }
        edits.extend(step);
    }
    apply(model, "Kind changed", edits, None);
}
