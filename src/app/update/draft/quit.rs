//! Quits the program.

use crate::app::overlay::{Overlay, OverlayAnswer, Question};
use crate::app::{Effect, Model, TerminalEffect};
use crate::text;

/// Quits; asks first if changes are unsaved.
pub(in crate::app::update) fn quit(model: &mut Model) {
    if !model.is_unsaved() || model.settings.read_only {
        model.emit(Effect::Terminal(TerminalEffect::Quit));
        return;
    }
    let answers = vec![
        ("Save, then quit".to_owned(), OverlayAnswer::SaveThen(Box::new(OverlayAnswer::Quit))),
        ("Quit without saving".to_owned(), OverlayAnswer::Quit),
        ("Show changes".to_owned(), OverlayAnswer::ShowChanges),
        ("Cancel".to_owned(), OverlayAnswer::Stay),
    ];
    let name = model.draft.file.name.as_deref().unwrap_or("This draft").to_owned();
    model.overlays.push(Overlay::Ask(Question {
        title: "Quit".to_owned(),
        lines: vec![format!("{} has unsaved changes.", text::visible(&name))],
        answers,
        chosen: 0,
    }));
}
