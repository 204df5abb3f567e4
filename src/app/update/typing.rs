//! Typing into the focused row: text to value at each key, one undo step for each burst.

use crate::app::entry::{self, Entry};
use crate::app::message::Pasted;
use crate::app::overlay::{Overlay, Prompt, Purpose};
use crate::app::row::{Role, Row};
use crate::app::{Action, Effect, Model};
use crate::document::{self, Edit, Pointer, Token, Value};
use crate::time::Duration;

use super::{behind, complain, field, focus, incoming, item, overlay, raw, say};

/// A pause this long begins a new undo step.
const PAUSE: Duration = Duration::from_millis(1_500);

/// Begins a new undo step with the next change.
pub(super) fn new_group(model: &mut Model) {
    model.form.typing.group += 1;
    model.form.typing.last = None;
}

/// The group of a keystroke: a new one after a pause, or where a word begins, if the one before is done with.
pub(super) fn group(model: &mut Model, begins_word: bool, may_begin: bool) -> u64 {
    let paused =
        model.form.typing.last.is_some_and(|last| model.now.millis() - last.millis() > PAUSE.millis());
    if (paused || begins_word) && may_begin {
        new_group(model);
    }
    model.form.typing.last = Some(model.now);
    model.form.typing.group
}

/// Types text where the keys go.
pub(super) fn type_text(model: &mut Model, text: &str) -> Vec<Effect> {
    if !model.overlays.is_empty() {
        return overlay::type_text(model, text);
    }
    if model.edits_text() {
        return raw::type_text(model, text);
    }
    if model.is_form_covered() {
        return behind::refuse(model);
    }
    let Some(row) = model.focused().cloned() else { return Vec::new() };
    match row.role {
        Role::Kind if text == " " => return edit(model, Action::Right),
        Role::Kind => return type_kind(model, text),
        Role::Field if model.entry_of(&row) == Some(Entry::Toggle) => return toggle(model, &row, text),
        Role::Item(_) if text == " " => return item::fold(model),
        Role::Add(_) | Role::Button(_) | Role::Problem(_) if text == " " => return focus::enter(model),
        Role::Field
        | Role::Other
        | Role::Integration
        | Role::Item(_)
        | Role::Add(_)
        | Role::Heading(_)
        | Role::Button(_)
        | Role::Problem(_) => {}
    }
    let Some(field) = model.form.editor.as_mut() else { return Vec::new() };
    if std::mem::take(&mut field.fresh) {
        field.editor.replace("");
    }
    field.editor.insert_text(text);
    let begins_word = text.starts_with(' ');
    store(model, &row, begins_word)
}

/// Moves the cursor, edits the text, or turns the choice of the focused row.
pub(super) fn edit(model: &mut Model, action: Action) -> Vec<Effect> {
    let Some(row) = model.focused().cloned() else { return Vec::new() };
    let sideways = matches!(action, Action::Left | Action::Right);
    let deletes =
        matches!(action, Action::Backspace | Action::Delete | Action::DeleteWord | Action::DeleteLine);
    let entry = if row.role == Role::Field { model.entry_of(&row) } else { None };
    match (row.role, entry) {
        (Role::Kind, _) if sideways => return turn_kind(model, action == Action::Right),
        (Role::Kind, _) if deletes => return set_kind(model, None),
        (Role::Item(_), _) if action == Action::Delete => return item::remove(model),
        (Role::Item(_), _) if sideways => return item::fold_to(model, action == Action::Right),
        (_, Some(Entry::Toggle)) if sideways => return turn_toggle(model, &row, action == Action::Right),
        (_, Some(Entry::Toggle)) if deletes => return field::clear(model),
        (_, Some(Entry::Choice)) if sideways => return turn_word(model, &row, action == Action::Right),
        _ => {}
    }
    let Some(field) = model.form.editor.as_mut() else { return Vec::new() };
    field.fresh = false;
    let before = field.editor.text();
    if field.editor.act(action) && field.editor.text() != before {
        return store(model, &row, false);
    }
    Vec::new()
}

/// Writes the editor's text into the document.
fn store(model: &mut Model, row: &Row, begins_word: bool) -> Vec<Effect> {
    let Some(field) = model.form.editor.as_ref() else { return Vec::new() };
    let (entry, text) = (field.entry, field.editor.text());
    if row.role == Role::Integration {
        model.draft.integration = text;
        model.draft.file.is_changed = true;
        return Vec::new();
    }
    let words = row.field().map_or(&[] as &[String], |field| field.words.as_slice());
    let value = entry::to_value(entry, words, &text, model.now);
    // An emptied item keeps its place, or the next one would come under the cursor.
    let is_item = matches!(row.at.last(), Some(Token::Index(_)));
    let value = value.or_else(|| is_item.then_some(Value::Null));
    let group = group(model, begins_word, true);
    put(model, &row.at, value, Some(group));
    Vec::new()
}

/// Sets or clears one place of the document, as one undo step or as part of the newest.
fn put(model: &mut Model, at: &Pointer, value: Option<Value>, group: Option<u64>) {
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
pub(super) fn label(at: &Pointer) -> String {
    crate::app::row::field_at(at).map_or_else(
        || at.last().map_or_else(|| "the document".to_owned(), |token| token.word().into_owned()),
        |field| field.label.clone(),
    )
}

/// Applies edits to the document and derives everything from it anew.
pub(super) fn apply(model: &mut Model, label: &str, edits: Vec<Edit>, group: Option<u64>) {
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
pub(super) fn set_value(model: &mut Model, at: &Pointer, value: Option<Value>) {
    put(model, at, value, None);
    model.open_editor();
}

/// Undo or redo, with the focus where the change was.
pub(super) fn history(model: &mut Model, redo: bool) -> Vec<Effect> {
    let step = if redo { model.document.redo() } else { model.document.undo() };
    let Some(step) = step else {
        say(model, no_step(redo));
        return Vec::new();
    };
    model.refresh();
    if !step.at.is_root() {
        focus::reveal(model, &step.at);
    }
    focus::arrive(model);
    let stays = if model.torn().is_some() { "; the text that is not JSON stays as it is" } else { "" };
    say(model, told(redo, &step.label) + stays);
    Vec::new()
}

/// What is said where there is no step.
pub(super) const fn no_step(redo: bool) -> &'static str {
    if redo { "Nothing to do again." } else { "Nothing to undo." }
}

/// What is said of a step.
pub(super) fn told(redo: bool, label: &str) -> String {
    format!("{}: {label}", if redo { "Done again" } else { "Undone" })
}

/// The choices in a ring, with no value as one of them.
fn turned(words: &[String], current: Option<&str>, forward: bool) -> Option<String> {
    let position = current.and_then(|current| words.iter().position(|word| word == current));
    let next = match (position, forward) {
        (None, true) => Some(0),
        (None, false) => words.len().checked_sub(1),
        (Some(position), true) => Some(position + 1).filter(|next| *next < words.len()),
        (Some(position), false) => position.checked_sub(1),
    };
    next.and_then(|next| words.get(next).cloned())
}

fn turn_word(model: &mut Model, row: &Row, forward: bool) -> Vec<Effect> {
    let Some(field) = row.field() else { return Vec::new() };
    let current = model.value_of(row).and_then(Value::as_text);
    let next = turned(&field.words, current, forward);
    set_value(model, &row.at, next.map(Value::Text));
    Vec::new()
}

fn turn_toggle(model: &mut Model, row: &Row, forward: bool) -> Vec<Effect> {
    let next = match (model.value_of(row).and_then(Value::as_bool), forward) {
        (None, true) | (Some(false), false) => Some(true),
        (Some(true), true) | (None, false) => Some(false),
        (Some(false), true) | (Some(true), false) => None,
    };
    set_value(model, &row.at, next.map(Value::Bool));
    Vec::new()
}

fn toggle(model: &mut Model, row: &Row, text: &str) -> Vec<Effect> {
    match text {
        "y" | "Y" | "t" | "T" | "1" => set_value(model, &row.at, Some(Value::Bool(true))),
        "n" | "N" | "f" | "F" | "0" => set_value(model, &row.at, Some(Value::Bool(false))),
        " " => return turn_toggle(model, row, true),
        _ => say(model, "y for yes, n for no, Space to turn, Delete for neither."),
    }
    Vec::new()
}

/// CI, CD or unset, as the two booleans say it; none where they say something else.
pub fn kind(root: &Value) -> Option<&'static str> {
    let flag = |name: &str| root.get(&Pointer::root().key(name)).map(Value::as_bool);
    match (flag("ci"), flag("cd")) {
        (Some(Some(true)), Some(Some(false)) | None) => Some("CI"),
        (Some(Some(false)) | None, Some(Some(true))) => Some("CD"),
        (None, None) => Some("unset"),
        _ => None,
    }
}

fn turn_kind(model: &mut Model, forward: bool) -> Vec<Effect> {
    let next = match (kind(model.document.value()), forward) {
        (Some("CI"), true) | (Some("unset"), false) => Some("CD"),
        (Some("CD"), true) | (Some("CI"), false) => None,
        _ => Some("CI"),
    };
    set_kind(model, next)
}

/// Makes the run the kind that an option names, unless the run is of this kind already.
pub(super) fn choose_kind(model: &mut Model, option: &str) -> Vec<Effect> {
    if kind(model.document.value()) == Some(option) {
        return Vec::new();
    }
    set_kind(model, Some(option).filter(|option| *option != "unset"))
}

fn type_kind(model: &mut Model, text: &str) -> Vec<Effect> {
    match text {
        "i" | "I" => set_kind(model, Some("CI")),
        "d" | "D" => set_kind(model, Some("CD")),
        "u" | "U" => set_kind(model, None),
        _ => {
            say(model, "← and → choose: i for CI, d for CD, u for unset.");
            Vec::new()
        }
    }
}

/// Makes the run CI or CD, or neither.
pub(super) fn set_kind(model: &mut Model, kind: Option<&str>) -> Vec<Effect> {
    let mut after = model.document.value().clone();
    let mut edits = Vec::new();
    for (name, word) in [("ci", "CI"), ("cd", "CD")] {
        let at = Pointer::root().key(name);
        let step = match kind {
            Some(kind) => document::set(&after, &at, Value::Bool(kind == word)),
            None => document::clear(&after, &at),
        };
        for edit in &step {
            if document::apply(&mut after, edit).is_err() {
                return Vec::new();
            }
        }
        edits.extend(step);
    }
    apply(model, "Kind changed", edits, None);
    Vec::new()
}

/// Whether pasted text can be imported here.
pub(super) fn takes_import(model: &Model) -> bool {
    match model.overlays.last() {
        Some(overlay) => matches!(overlay, Overlay::Prompt(Prompt { purpose: Purpose::Import, .. })),
        None => !model.edits_text(),
    }
}

/// Pasted text: into the field, or, where it is something to take in, shown first.
pub(super) fn paste(model: &mut Model, pasted: &Pasted) -> Vec<Effect> {
    let text = pasted.0.replace("\r\n", "\n").replace('\r', "\n");
    if model.overlays.is_empty() && model.edits_text() {
        if let Some(noun) = incoming::command(&text) {
            // Its key would stand in the draft with the rest of it.
            complain(
                model,
                format!("This is {noun}, which may hold a key. Esc, and paste it into the form."),
            );
            return Vec::new();
        }
        return raw::paste(model, &text);
    }
    if takes_import(model) && incoming::recognised(model, &text) {
        return Vec::new();
    }
    if !model.overlays.is_empty() {
        if !overlay::takes_text(model) {
            return refuse_paste(model);
        }
        return overlay::type_text(model, text.trim_matches('\n'));
    }
    paste_text(model, &text)
}

/// Types pasted text into the field; line breaks around it are no part of it. Where the focus takes no text, the paste
/// does nothing: characters that are keys there must not press them.
pub(super) fn paste_text(model: &mut Model, text: &str) -> Vec<Effect> {
    let is_on_form = model.overlays.is_empty() && !model.edits_text() && !model.is_form_covered();
    if is_on_form && model.form.editor.is_none() {
        return refuse_paste(model);
    }
    new_group(model);
    let text = text.trim_matches('\n');
    let is_list =
        model.form.editor.as_ref().is_some_and(|field| matches!(field.entry, Entry::List | Entry::Pairs));
    if is_list {
        let has_items =
            model.form.editor.as_ref().is_some_and(|field| !field.editor.text().trim().is_empty());
        let joined = entry::split_list(text).join(", ");
        return type_text(model, &if has_items { format!(", {joined}") } else { joined });
    }
    type_text(model, text)
}

fn refuse_paste(model: &mut Model) -> Vec<Effect> {
    complain(model, "Text cannot be pasted here. Go to a text field, then paste again.");
    Vec::new()
}
