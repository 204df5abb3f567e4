//! Finds keys of this session in the payload, in pasted text and in typed text.

use crate::app::overlay::Overlay;
use crate::app::pasted::Pasted;
use crate::app::update::notify::complain;
use crate::app::update::payload::pane;
use crate::app::update::{import, typing};
use crate::app::{Effect, KeyEffect, Model};
use crate::{text, wire};

/// Adds the keys of pending effects to the known keys, and reports a key in the document.
pub(in crate::app::update) fn learn(model: &mut Model) {
    let keys = model.outcome.effects.iter().filter_map(|effect| {
        if let Effect::Key(KeyEffect::KeepKey { key, .. }) = effect { Some(key.clone()) } else { None }
    });
    for key in keys.collect::<Vec<_>>() {
        model.learn(std::slice::from_ref(&key));
        if let Some(at) = wire::place_of_leak(model.document.value(), &key) {
            let place = at.to_string();
            let place = text::visible(place.trim_start_matches('/'));
            complain(
                model,
                format!(
                    "The payload contains this key, in {place}. The key is redacted there, and neither saved \
                     nor sent: remove it."
                ),
            );
        }
    }
}

/// Pastes text with known keys redacted; the key prompt and imports get the text unchanged.
pub(in crate::app::update) fn paste(model: &mut Model, pasted: &Pasted) {
    if matches!(model.overlays.last(), Some(Overlay::Key { .. })) {
        return typing::paste(model, pasted);
    }
    // A command is imported with its own key, also when a previous paste made the key known.
    if typing::takes_import(model) && import::command(&pasted.0).is_some() {
        return typing::paste(model, pasted);
    }
    let clean = Pasted(model.keys.redacted(&pasted.0));
    typing::paste(model, &clean);
    if clean != *pasted {
        complain(
            model,
            "The paste contained the API key of this session, which is redacted. Requests send it in a header.",
        );
    }
}

/// Replaces the text of the focused field, as one undo step.
pub(in crate::app::update) fn fill(model: &mut Model, text: &Pasted) {
    model.notice = None;
    if model.is_form_hidden() {
        pane::show_form(model);
    }
    if let Some(field) = model.form.editor.as_mut() {
        field.fresh = false;
        field.editor.replace("");
    }
    // A row without text, such as a toggle, takes single keys as choices.
    let is_choice = model.overlays.is_empty() && !model.edits_text() && model.form.editor.is_none();
    if is_choice {
        typing::type_text(model, text.0.trim_matches('\n'));
    } else {
        paste(model, text);
    }
    if !model.overlays.is_empty() {
        // The text opened an import, and the field is unchanged.
        model.open_editor();
    }
}

/// Warns when the typed text has become a known key.
pub(in crate::app::update) fn typed(model: &mut Model) {
    let text = model.form.editor.as_ref().map_or_else(String::new, |field| field.editor.text());
    if model.overlays.is_empty() && model.keys.known.iter().any(|key| !key.places(&text).is_empty()) {
        complain(
            model,
            "This is the API key of this session: redacted here, and neither saved nor sent. Remove it. Requests \
             send the key in a header.",
        );
    }
}
