//! Asks SEI what it has of an instance: of the book, or of the form.

use crate::app::overlay::{List, Overlay, OverlayAnswer};
use crate::app::row::place_of;
use crate::app::update::navigate;
use crate::app::update::notify::complain;
use crate::app::update::send::{key, request};
use crate::app::{Action, Model};
use crate::catalog::FieldRole;
use crate::document::Value;
use crate::{book, wire};

/// Verifies the instance that is chosen in the open list, otherwise the instance of the form.
pub(in crate::app::update) fn verify(model: &mut Model) {
    if matches!(model.overlays.last(), Some(Overlay::Pick(_, List::Instances))) {
        chosen(model);
    } else {
        form(model);
    }
}

/// Verifies the instance that is chosen in the instance book; the list stays open.
pub(in crate::app::update) fn chosen(model: &mut Model) {
    let Some(Overlay::Pick(picker, List::Instances)) = model.overlays.last() else { return };
    let chosen = picker.chosen().and_then(|index| picker.answer(index));
    let Some(OverlayAnswer::TakeInstance(entry)) = chosen else { return };
    let (guid, environment) = (entry.guid.clone(), entry.environment.clone());
    let position = environment.as_ref().map_or(Some(model.sending.environment), |id| {
        model.sending.environments.iter().position(|choice| choice.environment.id == *id)
    });
    if let Some(position) = position {
        ask(model, position, &guid, None);
    } else {
        let id = environment.unwrap_or_default();
        complain(model, format!("The environment of the instance, {id}, does not exist here."));
    }
}

/// Verifies the instance of the form in the chosen environment.
fn form(model: &mut Model) {
    let at = place_of(model.document.value(), FieldRole::InstanceGuid);
    let guid = model.document.value().get(&at).and_then(Value::as_text).and_then(book::guid);
    if let Some(guid) = guid {
        ask(model, model.sending.environment, &guid, Some(Action::VerifyInstance));
    } else {
        navigate::scroll_to(model, &at);
        complain(model, "The form has no instance GUID to verify; {choose-instance} chooses an instance.");
    }
}

/// Asks the environment at a position for an instance, or for the missing key; `then` follows the
/// key.
fn ask(model: &mut Model, position: usize, guid: &str, then: Option<Action>) {
    if !request::may_start(model) {
        return;
    }
    let Some(target) = model.sending.environments.get(position) else { return };
    let (has_key, environment) = (target.key.is_some(), target.environment.clone());
    if has_key && !environment.is_unstarted() {
        return request::read(model, position, wire::read_instance(&environment, guid));
    }
    if position == model.sending.environment {
        if !key::seek(model, then) {
            request::ask_key(model, then);
        }
        return;
    }
    model.overlays.pop();
    complain(
        model,
        format!(
            "The instance belongs to environment {}, which needs a key: {{choose-environment}} goes there.",
            environment.id
        ),
    );
}
