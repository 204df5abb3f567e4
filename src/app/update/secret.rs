//! Keys of this session that come to where they do not belong: out of a paste, or letter by letter.

use crate::app::overlay::Overlay;
use crate::app::pasted::Pasted;
use crate::app::update::notify::complain;
use crate::app::update::payload::pane;
use crate::app::update::{import, typing};
use crate::app::{Effect, KeyEffect, Model};
use crate::{text, wire};

/// Learns the keys that are about to be kept; says where the document holds one.
pub(in crate::app::update) fn learn(model: &mut Model) {
    let kept = model.outcome.effects.iter().filter_map(|effect| {
        if let Effect::Key(KeyEffect::KeepKey { key, .. }) = effect { Some(key.clone()) } else { None }
    });
    for key in kept.collect::<Vec<_>>() {
        model.learn(std::slice::from_ref(&key));
        if let Some(at) = wire::place_of_leak(model.document.value(), &key) {
            let place = at.to_string();
            let place = text::visible(place.trim_start_matches('/'));
            complain(
                model,
                format!(
                    "This key stands in the payload as well, in {place}. It is hidden there, and neither saved nor sent: \
                     take it out."
                ),
            );
        }
    }
}

/// Pasted text goes on with dots in the place of a key, except to where a key is asked for.
pub(in crate::app::update) fn paste(model: &mut Model, pasted: &Pasted) {
    if matches!(model.overlays.last(), Some(Overlay::Key { .. })) {
        return typing::paste(model, pasted);
    }
    // A command is imported with its own key, also when the key is known from an earlier paste.
    if typing::takes_import(model) && import::command(&pasted.0).is_some() {
        return typing::paste(model, pasted);
    }
    let clean = Pasted(model.keys.redacted(&pasted.0));
    typing::paste(model, &clean);
    if clean != *pasted {
        complain(
            model,
            "The paste held the API key of this session: dots stand in its place. It is sent in a header of its own.",
        );
    }
}

/// Text in the place of what the focused field holds, as one step.
pub(in crate::app::update) fn fill(model: &mut Model, text: &Pasted) {
    model.notice = None;
    if model.is_form_hidden() {
        pane::lead_back(model);
    }
    if let Some(field) = model.form.editor.as_mut() {
        field.fresh = false;
        field.editor.replace("");
    }
    // A row without text, such as a toggle, has keys that choose.
    let is_choice = model.overlays.is_empty() && !model.edits_text() && model.form.editor.is_none();
    if is_choice {
        typing::type_text(model, text.0.trim_matches('\n'));
    } else {
        paste(model, text);
    }
    if !model.overlays.is_empty() {
        // The text was something to take in, and the field is as it was.
        model.open_editor();
    }
}

/// Says so when what is being typed has become a key.
pub(in crate::app::update) fn typed(model: &mut Model) {
    let text = model.form.editor.as_ref().map_or_else(String::new, |field| field.editor.text());
    if model.overlays.is_empty() && model.keys.known.iter().any(|key| !key.places(&text).is_empty()) {
        complain(
            model,
            "That is the API key of this session. It is hidden here, and neither saved nor sent: take it out. It goes \
             with each request in a header of its own.",
        );
    }
}
