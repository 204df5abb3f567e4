//! Draws the model as cells. `view` reads the model and changes nothing.

use std::borrow::Cow;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::geometry::{Area, LEAST};
use crate::app::{Model, Scene};
use crate::keymap::{KeySpelling, Keymap};
use crate::text;
use crate::wire::ScreenRedactor;

mod ascii;
mod block;
mod field;
mod footer;
mod form;
mod header;
mod hint;
mod item;
mod overlay;
pub mod picture;
mod preview;
mod problem;
mod raw;
mod redaction;
mod search;
mod simulation;
mod slot;
pub mod theme;
mod tour;
mod welcome;

pub use ascii::in_ascii;
pub use theme::Theme;

/// What the drawing needs in addition to the model.
#[derive(Debug, Clone, Copy)]
pub struct DrawContext<'a> {
    /// Colors and symbols.
    pub theme: &'a Theme,
    /// The source of the key names.
    pub keymap: &'a Keymap,
    /// Rows at the bottom that dialogs do not use.
    below: u16,
    /// The key hints of the dialog that is drawn.
    hints: &'a [hint::Hint],
    /// Redacts the API keys of the session.
    redactor: &'a ScreenRedactor,
}

impl<'a> DrawContext<'a> {
    /// A context without dialog hints and without API keys to redact.
    pub const fn new(theme: &'a Theme, keymap: &'a Keymap) -> Self {
        Self { theme, keymap, below: 0, hints: &[], redactor: ScreenRedactor::NONE }
    }

    /// A text from outside the program, without control characters and with API keys redacted.
    ///
    /// Call this before a text is wrapped, scrolled or cut: a part of a key is not recognized.
    fn shown<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.redactor.redact(text::visible(text))
    }

    /// A text with its action placeholders replaced by the keys of a scene.
    fn with_keys(&self, words: &str, scene: Scene) -> String {
        self.keymap.with_keys(words, scene, KeySpelling::Short)
    }
}

/// Draws the whole screen.
pub fn view(model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>) {
    let Some(layout) = model.layout() else {
        too_small(model, frame);
        return;
    };
    let redactor = ScreenRedactor::new(&model.keys.known);
    let context = DrawContext { redactor: &redactor, ..context };
    header::title(model, context, frame, rect(layout.title));
    header::tabs(model, context, frame, rect(layout.tabs));
    if let Some(form) = layout.form {
        form::form(model, context, frame, form);
    }
    if let Some(preview) = layout.preview {
        preview::preview(model, context, frame, preview);
    }
    if let Some(problems) = layout.problems {
        let draw = if model.is_pristine() { welcome::below } else { problem::problems };
        draw(model, context, frame, problems);
    }
    let hint = tour::hint_above(model, context, layout);
    if hint.is_none() {
        footer::help(model, context, frame, rect(layout.help));
    }
    if let (Some(tour), Some(card)) = (&model.tour.current, layout.card) {
        tour::card(model, tour, context, frame, rect(card));
    }
    footer::keys(model, context, frame, rect(layout.keys));
    // Dialogs do not cover the tour card.
    let context = DrawContext { below: layout.card.map_or(0, |card| card.height + 1), ..context };
    for overlay in &model.overlays {
        let hints = hint::of(model, overlay, context);
        overlay::overlay(model, overlay, DrawContext { hints: &hints, ..context }, frame);
    }
    if let Some(hint) = hint {
        footer::sentences(frame, rect(layout.help), &hint, context.theme.careful(), None);
    }
    if !model.keys.known.is_empty() {
        redaction::hide(&redactor, model.keys.holds_key, frame.buffer_mut());
    }
    if context.theme.ascii {
        ascii::fold(frame.buffer_mut());
    }
}

/// Draws the minimum size in place of the app; the model does not change.
fn too_small(model: &Model, frame: &mut Frame<'_>) {
    let area = frame.area();
    let sentence = format!(
        "Terminal too small: {}x{}, minimum {}x{}.",
        model.size.columns, model.size.rows, LEAST.columns, LEAST.rows
    );
    for (y, line) in (area.y..area.bottom()).zip(crate::text::wrap(&sentence, usize::from(area.width))) {
        frame.buffer_mut().set_stringn(
            area.x,
            y,
            line,
            usize::from(area.width),
            ratatui::style::Style::new(),
        );
    }
}

fn rect(area: Area) -> Rect {
    Rect { x: area.x, y: area.y, width: area.width, height: area.height }
}
