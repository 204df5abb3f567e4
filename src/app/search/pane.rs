//! The search in the model: the text of the payload pane.

use super::{Search, SearchStamp, SearchText, small};
use crate::app::editor::Editor;
use crate::app::model::{Model, PreviewForm};
use crate::app::overlay::Overlay;
use crate::wire::ScreenRedactor;

impl Search {
    /// A search for words, starting at a row and a byte offset in it.
    pub(crate) fn new(model: &Model, words: &str, (row, byte): (usize, usize)) -> Self {
        let text = SearchText::of(model);
        let from = text.rows.get(row).copied().unwrap_or_default() + byte;
        let (found, length, chosen) = (Vec::new(), 0, None);
        let mut search = Self { words: Editor::new(words), fresh: true, text, found, length, chosen, from };
        search.text_of_pane();
        search
    }

    /// Updates the text if the pane changed.
    pub(crate) fn follow(&mut self, model: &Model) {
        if self.text.stamp == stamp(model) {
            return;
        }
        let row = self.text.row_of(self.from);
        self.text = SearchText::of(model);
        self.from = self.text.rows.get(row).copied().unwrap_or_default();
        self.text_of_pane();
    }
}

impl SearchText {
    fn of(model: &Model) -> Self {
        let (text, rows) = model.pane_text();
        let rows = rows.unwrap_or_else(|| {
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
        });
        let folded =
            if text.is_ascii() { text.to_ascii_lowercase() } else { text.chars().map(small).collect() };
        Self { text, folded, rows, stamp: stamp(model) }
    }
}

fn stamp(model: &Model) -> SearchStamp {
    match (&model.payload.layout, model.shown_text()) {
        (Some(layout), _) => (Some(layout.stamp.clone()), false, 0),
        (None, Some(raw)) => (None, true, raw.version),
        (None, None) => (None, false, model.document.revision()),
    }
}

impl Model {
    /// The search in the payload pane, while it is open.
    pub fn search(&self) -> Option<&Search> {
        match self.overlays.last() {
            Some(Overlay::Find(search)) => Some(search),
            _ => None,
        }
    }

    /// Whether Enter in the search focuses the field of the match, instead of the next match.
    pub fn finds_fields(&self) -> bool {
        self.payload.preview.form == PreviewForm::Json && self.payload.raw.is_none()
    }

    /// The text of the payload pane, and the offsets of its rows unless each line is one row.
    fn pane_text(&self) -> (String, Option<Vec<usize>>) {
        if self.payload.preview.form == PreviewForm::Json {
            // A search must not reveal a redacted key letter by letter.
            return (ScreenRedactor::new(&self.keys.known).redact(self.preview_text()).into_owned(), None);
        }
        let (mut whole, mut starts) = (String::new(), Vec::new());
        for row in self.pane_rows() {
            starts.push(whole.len());
            whole.push_str(&row.text());
            whole.push_str(row.gap());
        }
        (whole, Some(starts))
    }
}
