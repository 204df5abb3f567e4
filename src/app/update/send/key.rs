//! API keys: typed, kept, or looked up on demand, because a key command may be slow.

use crate::app::model::FollowUp;
use crate::app::model::{Seeking, TYPED};
use crate::app::overlay::Overlay;
use crate::app::update::notify::{complain, done, say};
use crate::app::update::send::request;
use crate::app::{Action, Effect, KeyEffect, Model};
use crate::wire::{Environment, KeyNote, KeySource, Secret};

/// Looks up the key of the target environment in slow sources, then runs an action. Returns
/// whether a lookup started.
pub(in crate::app::update) fn seek(model: &mut Model, then: Option<Action>) -> bool {
    let Some(chosen) = model.target() else { return false };
    let environment = chosen.environment.clone();
    if model.settings.demo
        || model.settings.read_only
        || chosen.key.is_some()
        || !is_slow(model, &environment)
        || model.is_seeking()
    {
        return false;
    }
    model.keys.seeking = Some(Seeking { environment: environment.id.clone(), then });
    if then.is_some() {
        say(model, "The key is being looked up …");
    }
    model.emit(Effect::Key(KeyEffect::FindKey { environment: Box::new(environment) }));
    true
}

/// Whether the environment has a key source that is slow to read.
fn is_slow(model: &Model, environment: &Environment) -> bool {
    model.key_sources(environment).iter().any(|source| !source.is_at_hand())
}

/// Keeps the key of a finished lookup, or reports why the lookup failed.
pub(in crate::app::update) fn found(
    model: &mut Model,
    environment: String,
    result: Result<(String, Secret), String>,
) {
    let seeking = model.keys.seeking.take_if(|seeking| seeking.environment == environment);
    let is_chosen = model.target().is_some_and(|chosen| chosen.environment.id == environment);
    let then = seeking.and_then(|seeking| seeking.then).filter(|_| is_chosen && model.overlays.is_empty());
    let (source, key) = match result {
        Ok(found) => found,
        Err(why) => {
            let slot = model.sending.environments.iter_mut().find(|slot| slot.environment.id == environment);
            if let Some(slot) = slot.filter(|slot| slot.key.is_none()) {
                slot.not_found = Some(why.clone());
            }
            if let Some(Overlay::Review { fault, .. }) = model.overlays.last_mut() {
                *fault = Some(why);
                return;
            }
            complain(model, why);
            if let Some(action) = then {
                request::ask_key(model, Some(action));
            }
            return;
        }
    };
    let slot = model.sending.environments.iter_mut().find(|choice| choice.environment.id == environment);
    // A key that was typed meanwhile takes precedence.
    let Some(slot) = slot.filter(|slot| slot.key.is_none()) else { return };
    slot.take_key(source, &key);
    model.emit(Effect::Key(KeyEffect::KeepKey { environment, key }));
    if let Some(action) = then {
        model.follow_up(FollowUp::Form(action));
    }
}

/// Keeps the typed key, and continues with the action that needs it.
pub(in crate::app::update) fn typed(model: &mut Model) {
    let origin = model.target().map(|target| target.environment.origin());
    let Some(Overlay::Key { entry, fault, then, keep }) = model.overlays.last_mut() else {
        return;
    };
    let key = match origin {
        Some(Ok(origin)) => Secret::new(entry.show_value(), origin).map_err(|error| error.to_string()),
        Some(Err(error)) => Err(error.to_string()),
        None => return,
    };
    let key = match key {
        Ok(key) => key,
        Err(why) => {
            *fault = Some(why);
            return;
        }
    };
    let (then, keep) = (*then, *keep);
    model.overlays.pop();
    let position = model.aim();
    let Some(chosen) = model.sending.environments.get_mut(position) else { return };
    chosen.take_key(TYPED, &key);
    let warning = chosen.key_note.as_ref().filter(|note| note.is_warning()).map(KeyNote::sentence);
    model
        .outcome
        .effects
        .push(Effect::Key(KeyEffect::KeepKey { environment: chosen.environment.id.clone(), key }));
    if keep {
        store(model);
    }
    match then {
        // The review is still open below.
        Some(Action::Send) if matches!(model.overlays.last(), Some(Overlay::Review { .. })) => {}
        Some(action) => model.follow_up(FollowUp::Screen(action)),
        None if keep => {}
        None => {
            let warning = warning.map_or_else(String::new, |words| format!(" {words}"));
            say(model, format!("The key is kept for this session only, in memory.{warning}"));
        }
    }
}

/// Turns on or off that the typed key also goes into the keyring.
pub(in crate::app::update) fn toggle_keeping(model: &mut Model) {
    let is_offered = model.offers_keyring();
    if let Some(Overlay::Key { keep, .. }) = model.overlays.last_mut() {
        *keep = is_offered && !*keep;
    }
}

/// Stores the typed key of the target environment in the keyring.
pub(in crate::app::update) fn store(model: &mut Model) {
    let Some(chosen) = model.target() else { return };
    let (environment, is_typed) = (chosen.environment.clone(), chosen.key.as_deref() == Some(TYPED));
    let why_not = if model.settings.demo || model.settings.read_only {
        "A demo or a read-only session stores no key."
    } else if !model.settings.has_keyring {
        "No keyring is available; `sei-compose doctor` says why."
    } else if !model.offers_keyring() {
        "The keyring is not a key source of this environment."
    } else if !is_typed {
        "No typed key to store; {enter-key} asks for a key."
    } else {
        say(model, "Storing the key in the keyring …");
        model.emit(Effect::Key(KeyEffect::StoreKey { environment: Box::new(environment) }));
        return;
    };
    complain(model, why_not);
}

/// Reports whether the keyring stored the key.
pub(in crate::app::update) fn stored(model: &mut Model, environment: &str, result: Result<(), String>) {
    let slot = model.sending.environments.iter_mut().find(|choice| choice.environment.id == environment);
    let Some(slot) = slot else { return };
    let label = slot.environment.label.clone();
    match result {
        Ok(()) => {
            if slot.key.as_deref() == Some(TYPED) {
                slot.key = Some(KeySource::Keyring.description());
            }
            done(
                model,
                format!("The key of {label} is in the keyring; `sei-compose key remove` removes it."),
            );
        }
        Err(why) => complain(model, format!("The key is kept for this session only: {why}.")),
    }
}
