//! Leaving the program.

use crate::app::overlay::{Overlay, OverlayAnswer, Question};
use crate::app::{Effect, Model, TerminalEffect};
use crate::text;

/// Leaves, asking first when something is not saved.
pub(in crate::app::update) fn quit(model: &mut Model) {
    if !model.is_unsaved() || model.settings.read_only {
        model.emit(Effect::Terminal(TerminalEffect::Quit));
        return;
    }
    let answers = vec![
        ("Save, then leave".to_owned(), OverlayAnswer::SaveThen(Box::new(OverlayAnswer::Quit))),
        ("Leave without saving".to_owned(), OverlayAnswer::Quit),
        ("See what changed".to_owned(), OverlayAnswer::ShowChanges),
        ("Stay".to_owned(), OverlayAnswer::Stay),
    ];
    let name = model.draft.file.name.as_deref().unwrap_or("this document").to_owned();
    model.overlays.push(Overlay::Ask(Question {
        title: "Leave".to_owned(),
        lines: vec![format!("There are unsaved changes in {}.", text::visible(&name))],
        answers,
        chosen: 0,
    }));
}
