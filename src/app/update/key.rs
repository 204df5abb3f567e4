//! Keys that are looked for when they are needed: a command may ask, and takes its time.

use crate::app::model::Seeking;
use crate::app::overlay::Overlay;
use crate::app::{Action, Effect, Model};
use crate::wire::Secret;

use super::{complain, on_form, say, send};

/// Looks for the key of the chosen environment where that takes time, and goes on with an action when it is there.
/// Without such a place there is no effect.
pub(super) fn seek(model: &mut Model, then: Option<Action>) -> Vec<Effect> {
    let Some(chosen) = model.target() else { return Vec::new() };
    let environment = chosen.environment.clone();
    let is_slow = environment.key_sources().iter().any(|source| !source.is_at_hand());
    if model.demo || model.read_only || chosen.key.is_some() || !is_slow || model.is_seeking() {
        return Vec::new();
    }
    model.seeking = Some(Seeking { environment: environment.id.clone(), then });
    if then.is_some() {
        say(model, "The key is being looked up …");
    }
    vec![Effect::FindKey { environment: Box::new(environment) }]
}

/// The search ended: keeps the key, or says why there is none.
pub(super) fn found(
    model: &mut Model,
    environment: String,
    result: Result<(String, Secret), String>,
) -> Vec<Effect> {
    let seeking = model.seeking.take_if(|seeking| seeking.environment == environment);
    let is_chosen = model.target().is_some_and(|chosen| chosen.environment.id == environment);
    let then = seeking.and_then(|seeking| seeking.then).filter(|_| is_chosen && model.overlays.is_empty());
    let (source, key) = match result {
        Ok(found) => found,
        Err(why) => {
            if let Some(Overlay::Review { fault, .. }) = model.overlays.last_mut() {
                *fault = Some(why);
                return Vec::new();
            }
            complain(model, why);
            return then.map_or_else(Vec::new, |action| send::ask_key(model, Some(action)));
        }
    };
    let slot = model.environments.iter_mut().find(|choosable| choosable.environment.id == environment);
    // A key that was typed meanwhile is the one that is meant.
    let Some(slot) = slot.filter(|slot| slot.key.is_none()) else { return Vec::new() };
    slot.key = Some(source);
    let mut effects = vec![Effect::KeepKey { environment, key }];
    effects.extend(then.map_or_else(Vec::new, |action| on_form(model, action)));
    effects
}
