//! The model drawn as cells. `view` reads the model and changes nothing.

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
mod slot;
pub mod theme;
mod tour;
mod welcome;

pub use ascii::in_ascii;
pub use theme::Theme;

/// What the drawing needs beside the model.
#[derive(Debug, Clone, Copy)]
pub struct DrawContext<'a> {
    /// Colours and symbols.
    pub theme: &'a Theme,
    /// Where the names of keys come from.
    pub keymap: &'a Keymap,
    /// How many of the last rows dialogs leave free.
    below: u16,
    /// What the keys do in the dialog that is drawn.
    hints: &'a [hint::Hint],
    /// What hides the keys of the session.
    redactor: &'a ScreenRedactor,
}

impl<'a> DrawContext<'a> {
    /// A theme, and a keymap for the names of keys.
    pub const fn new(theme: &'a Theme, keymap: &'a Keymap) -> Self {
        Self { theme, keymap, below: 0, hints: &[], redactor: ScreenRedactor::NONE }
    }

    /// A text from elsewhere as it may be seen: without what steers a terminal, and with dots for a key. It is to be
    /// asked for before a text is wrapped, scrolled or cut.
    fn shown<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.redactor.redact(text::visible(text))
    }

    /// A text of a scene with the keys of the actions that it mentions.
    fn with_keys(&self, words: &str, scene: Scene) -> String {
        self.keymap.with_keys(words, scene, KeySpelling::Short)
    }
}

/// Draws the whole screen.
pub fn view(model: &Model, look: DrawContext<'_>, frame: &mut Frame<'_>) {
    let Some(layout) = model.layout() else {
        too_small(model, frame);
        return;
    };
    let veil = ScreenRedactor::new(&model.keys.known);
    let look = DrawContext { redactor: &veil, ..look };
    header::title(model, look, frame, rect(layout.title));
    header::tabs(model, look, frame, rect(layout.tabs));
    if let Some(form) = layout.form {
        form::form(model, look, frame, form);
    }
    if let Some(preview) = layout.preview {
        preview::preview(model, look, frame, preview);
    }
    if let Some(problems) = layout.problems {
        let draw = if model.is_pristine() { welcome::below } else { problem::problems };
        draw(model, look, frame, problems);
    }
    let hint = tour::hint_above(model, look, layout);
    if hint.is_none() {
        footer::help(model, look, frame, rect(layout.help));
    }
    if let (Some(tour), Some(card)) = (&model.tour.current, layout.card) {
        tour::card(model, tour, look, frame, rect(card));
    }
    footer::keys(model, look, frame, rect(layout.keys));
    // The card of the tour stays in sight, whatever is open.
    let look = DrawContext { below: layout.card.map_or(0, |card| card.height + 1), ..look };
    for overlay in &model.overlays {
        let hints = hint::of(model, overlay, look);
        overlay::overlay(model, overlay, DrawContext { hints: &hints, ..look }, frame);
    }
    if let Some(hint) = hint {
        footer::sentences(frame, rect(layout.help), &hint, look.theme.careful(), None);
    }
    if !model.keys.known.is_empty() {
        redaction::hide(&veil, model.keys.holds_key, frame.buffer_mut());
    }
    if look.theme.ascii {
        ascii::fold(frame.buffer_mut());
    }
}

/// One line that says how much room is needed; nothing is lost meanwhile.
fn too_small(model: &Model, frame: &mut Frame<'_>) {
    let area = frame.area();
    let sentence = format!(
        "sei-compose needs {}x{}, this is {}x{}.",
        LEAST.columns, LEAST.rows, model.size.columns, model.size.rows
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
