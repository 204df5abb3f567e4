//! Saves, renames, duplicates, deletes and restores drafts for the app; a reply has the result or
//! the draft that is in the way.

use crate::app::{DraftEffect, DraftReply, Effect, Msg, RestoreOutcome, SaveOutcome};
use crate::draft::{Draft, Fingerprint};
use crate::world::World;
use crate::world::store::{self, StoreError};

/// Saves a draft over the content that it was loaded from; with `keeps_replaced`, that content goes
/// to the trash first.
pub(super) fn save(world: &dyn World, draft: &Draft, keeps_replaced: bool) -> SaveOutcome {
    if keeps_replaced && let Err(error) = store::trash_copy(world, draft) {
        return SaveOutcome::Failed(error.to_string());
    }
    match store::save_draft(world, draft) {
        Ok(entry) => SaveOutcome::Saved { at: entry.saved.unwrap_or_else(|| world.now()), base: entry.base },
        Err(StoreError::Taken(_)) => {
            SaveOutcome::Exists(store::find(world, &draft.name).ok().and_then(|entry| entry.base))
        }
        Err(error @ StoreError::Changed(_)) => match store::load_draft(world, &draft.name) {
            Ok(found) => SaveOutcome::Changed(Box::new(found)),
            // The draft changed again, so it could not be read.
            Err(_) => SaveOutcome::Failed(error.to_string()),
        },
        Err(error @ StoreError::Gone { .. }) => SaveOutcome::Gone(error.to_string()),
        Err(error) => SaveOutcome::Failed(error.to_string()),
    }
}

/// Reads a draft again; unsaved changes of the draft go to the trash first.
pub(super) fn reload(
    world: &dyn World,
    name: &str,
    unsaved: Option<&Draft>,
) -> Result<Box<Draft>, StoreError> {
    let draft = store::load_draft(world, name)?;
    if let Some(work) = unsaved {
        store::trash_draft(world, work)?;
    }
    Ok(Box::new(draft))
}

pub(super) fn rename(world: &dyn World, from: String, to: String, base: Option<Fingerprint>) -> Msg {
    match store::rename_draft(world, &from, &to, base) {
        Err(StoreError::Changed(_)) => {
            let found = found(world, &from);
            Msg::Draft(DraftReply::ChangedOnDisk {
                refused: Box::new(Effect::Draft(DraftEffect::RenameDraft { from, to, base })),
                found,
            })
        }
        ended => Msg::Draft(DraftReply::Renamed(
            ended.map(|entry| (entry.name, entry.base)).map_err(|error| error.to_string()),
        )),
    }
}

pub(super) fn duplicate(world: &dyn World, from: String, to: String, base: Option<Fingerprint>) -> Msg {
    match store::duplicate_draft(world, &from, &to, base) {
        Err(StoreError::Changed(_)) => {
            let found = found(world, &from);
            Msg::Draft(DraftReply::ChangedOnDisk {
                refused: Box::new(Effect::Draft(DraftEffect::DuplicateDraft { from, to, base })),
                found,
            })
        }
        ended => Msg::Draft(DraftReply::Duplicated(
            ended.map(|entry| entry.name).map_err(|error| error.to_string()),
        )),
    }
}

pub(super) fn delete(world: &dyn World, name: String, base: Option<Fingerprint>) -> Msg {
    match store::delete_draft(world, &name, base) {
        Err(StoreError::Changed(_)) => {
            let found = found(world, &name);
            Msg::Draft(DraftReply::ChangedOnDisk {
                refused: Box::new(Effect::Draft(DraftEffect::DeleteDraft { name, base })),
                found,
            })
        }
        ended => {
            Msg::Draft(DraftReply::Deleted(ended.map(|_trashed| name).map_err(|error| error.to_string())))
        }
    }
}

pub(super) fn restore(world: &dyn World, name: String, to: Option<String>, base: Option<Fingerprint>) -> Msg {
    let outcome = match store::restore_draft(world, &name, to.as_deref(), base) {
        Ok(entry) => RestoreOutcome::Restored(entry.name),
        Err(StoreError::Taken(_)) if to.is_none() => RestoreOutcome::Taken(base),
        Err(error @ StoreError::Changed(_)) => {
            let refused = Box::new(Effect::Draft(DraftEffect::RestoreDraft { name, to, base }));
            return Msg::Draft(DraftReply::ChangedOnDisk { refused, found: Err(error.to_string()) });
        }
        Err(error) => RestoreOutcome::Failed(error.to_string()),
    };
    Msg::Draft(DraftReply::Restored { name, outcome })
}

/// The draft that is on disk now.
fn found(world: &dyn World, name: &str) -> Result<Box<Draft>, String> {
    store::load_draft(world, name).map(Box::new).map_err(|error| error.to_string())
}
