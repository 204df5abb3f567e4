//! The instance book in the app: it records new instances and offers them for selection.

use crate::app::overlay::{List, Overlay, OverlayAnswer};
use crate::app::picker::{Picker, PickerLine};
use crate::app::row::place_of;
use crate::app::update::notify::{complain, say};
use crate::app::update::{edit, navigate};
use crate::app::{DiskEffect, Effect, Model};
use crate::book::{Book, BookEntry};
use crate::catalog::FieldRole;
use crate::check::KnownInstance;
use crate::document::{Edit, Value};
use crate::wire::{Environment, SANDBOX};
use crate::{book, document};

/// Adds the entries of this session to the book from disk, or reports why it cannot be read.
pub(in crate::app::update) fn booked(model: &mut Model, result: Result<Book, String>) {
    match result {
        Ok(book) => {
            let own = std::mem::replace(&mut model.instances.book, book);
            for entry in own.entries {
                model.instances.book.put(entry);
            }
            model.refresh();
        }
        Err(why) => complain(model, why),
    }
}

/// Adds a created instance to the book, and outside of a demo also to the book on disk.
pub(in crate::app::update) fn made(model: &mut Model, environment: &Environment, guid: &str, name: String) {
    let integration = Some(model.draft.integration.trim().to_owned()).filter(|text| !text.is_empty());
    let entry = BookEntry {
        guid: book::guid(guid).unwrap_or_else(|| guid.to_owned()),
        name,
        environment: Some(environment.id.clone()),
        integration,
        date: Some(model.now),
        ..BookEntry::default()
    };
    model.instances.book.put(entry.clone());
    if environment.id == SANDBOX {
        made_here(model, entry.known());
    }
    let keep = Effect::Disk(DiskEffect::KeepInstance {
        environment: Box::new(environment.clone()),
        entry: Box::new(entry),
    });
    if !model.settings.demo {
        model.emit(keep);
    }
}

/// Records an instance that the sandbox of this program created; other GUIDs are foreign to it.
pub(in crate::app::update) fn made_here(model: &mut Model, instance: KnownInstance) {
    let Some(made) = &mut model.instances.made_here else { return };
    made.retain(|other| other.guid != instance.guid);
    made.push(instance.clone());
    let KnownInstance { guid, name, environment, .. } = instance;
    model.instances.book.put(BookEntry {
        guid,
        name,
        environment,
        date: Some(model.now),
        ..BookEntry::default()
    });
    model.refresh();
}

/// Lists the instances, those of the chosen environment first.
pub(in crate::app::update) fn choose(model: &mut Model) {
    let here = model.chosen().map(|chosen| chosen.environment.id.clone());
    let mut entries = model.instances.book.entries.clone();
    if entries.is_empty() {
        say(
            model,
            "The instance book is empty. {generate-guid} creates an instance; `sei-compose instances add` adds an \
             existing one.",
        );
        return;
    }
    entries.sort_by_key(|entry| entry.environment.is_some() && entry.environment != here);
    let items = entries.into_iter().map(|entry| {
        (PickerLine::new(&entry.name, note(&entry)), OverlayAnswer::TakeInstance(Box::new(entry)))
    });
    model.overlays.push(Overlay::Pick(Picker::new(items, 0), List::Instances));
}

fn note(entry: &BookEntry) -> String {
    let integration = entry.integration.as_ref().map(|id| format!("integration {id}"));
    let parts = [entry.environment.clone(), Some(entry.guid.clone()), integration, entry.note.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Fills in an instance, as one undo step.
pub(in crate::app::update) fn take(model: &mut Model, entry: &BookEntry) {
    edit::apply(model, &format!("Instance “{}”", entry.name), edits(model.document.value(), entry), None);
    if let Some(integration) = entry.integration.as_ref().filter(|id| **id != model.draft.integration) {
        integration.clone_into(&mut model.draft.integration);
        model.draft.file.is_changed |= model.draft.file.name.is_some();
    }
    if model.notice.is_some() {
        return;
    }
    navigate::scroll_to(model, &place_of(model.document.value(), FieldRole::InstanceGuid));
    model.open_editor();
    let here = model.chosen().map(|chosen| chosen.environment.id.as_str());
    let elsewhere = entry.environment.as_deref().filter(|own| here.is_some_and(|here| here != *own));
    let words = match elsewhere {
        Some(own) => {
            format!(
                "The instance belongs to environment {own}: {{choose-environment}} goes there, {{undo}} undoes it."
            )
        }
        None => "The instance is filled in; {undo} undoes it.".to_owned(),
    };
    say(model, words);
}

/// The edits that set the three instance fields, and clear the address of another instance.
fn edits(root: &Value, entry: &BookEntry) -> Vec<Edit> {
    let is_other = root
        .get(&place_of(root, FieldRole::InstanceGuid))
        .and_then(Value::as_text)
        .is_some_and(|guid| !guid.eq_ignore_ascii_case(&entry.guid));
    let wanted = [
        (FieldRole::InstanceGuid, Some(&entry.guid)),
        (FieldRole::InstanceName, Some(&entry.name).filter(|name| !name.is_empty())),
        (FieldRole::InstanceUrl, entry.url.as_ref()),
    ];
    let mut scratch = root.clone();
    let mut all = Vec::new();
    for (role, text) in wanted {
        let at = place_of(&scratch, role);
        let edits = match text {
            Some(text) if scratch.get(&at).and_then(Value::as_text) == Some(text) => Vec::new(),
            Some(text) => document::set(&scratch, &at, Value::from(text.as_str())),
            None if is_other => document::clear(&scratch, &at),
            None => Vec::new(),
        };
        for edit in edits {
            if document::apply(&mut scratch, &edit).is_ok() {
                all.push(edit);
            }
        }
    }
    all
}
