//! The search within the model: what the pane shows.

use super::{Search, SearchStamp, SearchText, small};
use crate::app::editor::Editor;
use crate::app::model::{Model, PreviewForm};
use crate::app::overlay::Overlay;
use crate::wire::ScreenRedactor;

impl Search {
    /// A search for words, from the row and the byte of it that a person looks at.
    pub(crate) fn new(model: &Model, words: &str, (row, byte): (usize, usize)) -> Self {
        let text = SearchText::of(model);
        let from = text.rows.get(row).copied().unwrap_or_default() + byte;
        let (found, length, chosen) = (Vec::new(), 0, None);
        let mut search = Self { words: Editor::new(words), fresh: true, text, found, length, chosen, from };
        search.text_of_pane();
        search
    }

    /// Takes in what the pane shows now, if that is something else.
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
        (Some(laid), _) => (Some(laid.stamp.clone()), false, 0),
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

    /// Whether Enter in the search goes to the field of the line that was found, not to the next place.
    pub fn finds_fields(&self) -> bool {
        self.payload.preview.form == PreviewForm::Json && self.payload.raw.is_none()
    }

    /// What the payload pane shows as one text, and where its rows begin where that is not behind each line break.
    fn pane_text(&self) -> (String, Option<Vec<usize>>) {
        if self.payload.preview.form == PreviewForm::Json {
            // What stands as dots on the screen is not to be found out letter by letter.
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
