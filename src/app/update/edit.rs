//! Changes to the document: each change, or each burst of keys, is one undo step.

use crate::app::Model;
use crate::app::update::notify::complain;
use crate::catalog::FieldRole;
use crate::document;
use crate::document::{Edit, Pointer, Value};
use crate::time::Duration;

/// The note, with a leading space, that the running sandbox did not create the GUID of the
/// document.
pub(in crate::app::update) fn sandbox_guid_note(model: &Model) -> &'static str {
    if model.is_guid_lost() {
        " This sandbox did not create the GUID and drops the run: {generate-guid} creates an instance."
    } else {
        ""
    }
}

/// A pause longer than this starts a new undo step.
const PAUSE: Duration = Duration::from_millis(1_500);

/// Makes the next change start a new undo step.
pub(in crate::app::update) fn new_group(model: &mut Model) {
    model.form.typing.group += 1;
    model.form.typing.last = None;
}

/// The undo group of a keystroke: a new group after a pause or at a word start, if `may_start`.
pub(in crate::app::update) fn group(model: &mut Model, starts_word: bool, may_start: bool) -> u64 {
    let paused = model.form.typing.last.is_some_and(|last| model.now - last > PAUSE);
    if (paused || starts_word) && may_start {
        new_group(model);
    }
    model.form.typing.last = Some(model.now);
    model.form.typing.group
}

/// Sets or clears one value of the document; changes with the same `group` share an undo step.
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

/// The field label of a place, or its key or index, for use in sentences.
pub(in crate::app::update) fn label(at: &Pointer) -> String {
    crate::app::row::field_at(at).map_or_else(
        || at.last().map_or_else(|| "the document".to_owned(), |token| token.word().into_owned()),
        |field| field.label.clone(),
    )
}

/// Applies edits to the document and updates everything that is derived from it.
pub(in crate::app::update) fn apply(model: &mut Model, label: &str, edits: Vec<Edit>, group: Option<u64>) {
    let places = edits.iter().flat_map(Edit::places).collect::<Vec<_>>();
    match model.document.apply(label, edits, group) {
        Ok(()) => {
            model.checks.touched.extend(places);
            model.checks.is_stale = true;
            // After a keystroke, derived state waits until all pending keys are applied.
            if group.is_none() {
                model.settle();
            }
        }
        Err(error) => complain(model, format!("That change does not fit the document: {error}.")),
    }
}

/// Sets one value as a separate undo step and shows it in the editor.
pub(in crate::app::update) fn set_value(model: &mut Model, at: &Pointer, value: Option<Value>) {
    put(model, at, value, None);
    model.open_editor();
}

/// The notice when no step is left to undo or redo.
pub(in crate::app::update) const fn no_step(redo: bool) -> &'static str {
    if redo { "Nothing to redo." } else { "Nothing to undo." }
}

/// The notice after an undo or redo step.
pub(in crate::app::update) fn describe(redo: bool, label: &str) -> String {
    format!("{}: {label}", if redo { "Redone" } else { "Undone" })
}

/// `CI`, `CD` or `unset`, from the two booleans; `None` for any other combination.
pub fn kind(root: &Value) -> Option<&'static str> {
    let flag = |role: FieldRole| root.get(&Pointer::root().key(role.name())).map(Value::as_bool);
    match (flag(FieldRole::Ci), flag(FieldRole::Cd)) {
        (Some(Some(true)), Some(Some(false)) | None) => Some("CI"),
        (Some(Some(false)) | None, Some(Some(true))) => Some("CD"),
        (None, None) => Some("unset"),
        _ => None,
    }
}

/// Sets the two booleans for `CI` or `CD`, or clears them for `None`.
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
