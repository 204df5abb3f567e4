//! A pending import: the parts found in a text, and which of them are selected.

use std::borrow::Cow;

use crate::app::comparison::DescribedChange;
use crate::app::pasted::Pasted;
use crate::catalog::FieldRole;
use crate::document::{Pointer, Value};
use crate::text;
use crate::wire::Secret;

mod build;

/// Fields that bind a run to its instance: an import without them does not remove them.
pub(crate) const INSTANCE: [FieldRole; 3] =
    [FieldRole::InstanceGuid, FieldRole::InstanceName, FieldRole::InstanceUrl];

/// A parsed import that waits for confirmation.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// The kind of input, with its article.
    pub noun: String,
    /// Repairs and notes of the parser, one sentence each.
    pub notes: Vec<String>,
    /// The parts that can be imported.
    pub parts: Vec<IncomingPart>,
    /// The index of the focused part.
    pub focus: usize,
    /// How many rows the list is scrolled up from the focused part, to show the notes.
    pub raised: usize,
    /// The whole imported document, used if all fields are selected.
    pub document: Value,
    /// Whether a mapping read the input.
    pub is_mapped: bool,
    /// The input text, which can be typed into the field instead.
    pub source: Pasted,
}

/// A part that the user can select.
#[derive(Debug, Clone, PartialEq)]
pub struct IncomingPart {
    /// What the part sets.
    pub what: What,
    /// The described change.
    pub change: DescribedChange,
    /// Whether the part is selected.
    pub is_wanted: bool,
}

/// What a part sets.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The environment, by its position in the list.
    Environment(usize),
    /// The integration id.
    Integration(String),
    /// A key, for this session.
    Key(Secret),
    /// A field of the run, with its new value; `None` removes the field.
    Field(Pointer, Option<Value>),
}

impl Incoming {
    /// Whether all field changes are selected, so that the imported document replaces the whole
    /// document.
    pub fn is_whole(&self) -> bool {
        let fields = |part: &&IncomingPart| matches!(part.what, What::Field(..));
        self.parts.iter().filter(fields).all(|part| part.is_wanted)
    }

    /// The wrapped rows of the notes above the parts, with an empty row after them. `shown` redacts
    /// each note.
    pub fn notes<'t>(&'t self, columns: usize, shown: impl Fn(&'t str) -> Cow<'t, str>) -> Vec<String> {
        let words = |words: &'t String| text::wrap(&shown(words), columns.saturating_sub(2));
        let mut rows: Vec<String> = self.notes.iter().flat_map(words).collect();
        if !rows.is_empty() {
            rows.push(String::new());
        }
        rows
    }

    /// The first visible row, where `notes` rows precede the parts and `room` rows fit.
    pub fn top(&self, notes: usize, room: usize) -> usize {
        self.top_at_focus(notes, room).saturating_sub(self.raised)
    }

    /// The first visible row that shows the focused part.
    fn top_at_focus(&self, notes: usize, room: usize) -> usize {
        let rows = notes + self.parts.len();
        (notes + self.focus + 2).saturating_sub(room).min(rows.saturating_sub(room))
    }

    /// Selects or deselects the focused part.
    pub(crate) fn toggle(&mut self) {
        self.raised = 0;
        if let Some(part) = self.parts.get_mut(self.focus) {
            part.is_wanted = !part.is_wanted;
            let (is_wanted, is_place) = (part.is_wanted, matches!(part.what, What::Environment(_)));
            // The key belongs to the environment.
            for key in self.parts.iter_mut().filter(|part| is_place && matches!(part.what, What::Key(_))) {
                key.is_wanted = is_wanted;
            }
        }
    }

    /// Selects all parts, or none if all are selected.
    pub(crate) fn toggle_all(&mut self) {
        let all = self.parts.iter().all(|part| part.is_wanted);
        for part in &mut self.parts {
            part.is_wanted = !all;
        }
    }

    /// Moves the focus up; beyond the first part, scrolls up to the notes, which have `notes` rows.
    pub(crate) fn up(&mut self, by: usize, notes: usize, room: usize) {
        let parts = by.min(self.focus);
        self.focus -= parts;
        self.raised = (self.raised + by - parts).min(self.top_at_focus(notes, room));
    }

    /// Scrolls down from the notes, then moves the focus down; `by` counts rows and parts together.
    pub(crate) fn down(&mut self, by: usize) {
        let rows = by.min(self.raised);
        self.raised -= rows;
        self.focus = (self.focus + by - rows).min(self.parts.len().saturating_sub(1));
    }
}
