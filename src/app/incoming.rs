//! What is about to come in from elsewhere: what was found in a text, and which parts of it are to be taken.

use std::borrow::Cow;

use crate::app::comparison::DescribedChange;
use crate::app::pasted::Pasted;
use crate::catalog::FieldRole;
use crate::document::{Pointer, Value};
use crate::text;
use crate::wire::Secret;

mod build;

/// Fields that tie a run to its instance: what comes in without them does not take them away.
const INSTANCE: [FieldRole; 3] = [FieldRole::InstanceGuid, FieldRole::InstanceName, FieldRole::InstanceUrl];

/// Something read, before it is taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// What it is, with its article.
    pub noun: String,
    /// How it was read: repairs and notes, a sentence each.
    pub notes: Vec<String>,
    /// What can be taken.
    pub parts: Vec<IncomingPart>,
    /// The focused part.
    pub focus: usize,
    /// How many rows above it somebody went on, to read the notes.
    pub raised: usize,
    /// The whole document that came, for when all of it is taken.
    pub document: Value,
    /// The text itself, to be typed into the field after all.
    pub source: Pasted,
}

/// One thing that can be taken or left.
#[derive(Debug, Clone, PartialEq)]
pub struct IncomingPart {
    /// What it is.
    pub what: What,
    /// The change it makes, in words.
    pub change: DescribedChange,
    /// Whether it is to be taken.
    pub is_wanted: bool,
}

/// What a part is.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The environment, by its position.
    Environment(usize),
    /// The integration id.
    Integration(String),
    /// A key, for this session.
    Key(Secret),
    /// A field of the run, and its new value if it is to have one.
    Field(Pointer, Option<Value>),
}

impl Incoming {
    /// Whether every field that came is wanted, and none stays that did not come.
    pub fn is_whole(&self) -> bool {
        let fields = |part: &&IncomingPart| matches!(part.what, What::Field(..));
        self.parts.iter().filter(fields).all(|part| part.is_wanted)
    }

    /// The rows of the notes above the parts, and one between, in so many columns, their words as they may be shown.
    pub fn notes<'t>(&'t self, columns: usize, shown: impl Fn(&'t str) -> Cow<'t, str>) -> Vec<String> {
        let words = |words: &'t String| text::wrap(&shown(words), columns.saturating_sub(2));
        let mut rows: Vec<String> = self.notes.iter().flat_map(words).collect();
        if !rows.is_empty() {
            rows.push(String::new());
        }
        rows
    }

    /// The first row in sight, below so many rows of notes and with so much room.
    pub fn top(&self, notes: usize, room: usize) -> usize {
        self.top_at_focus(notes, room).saturating_sub(self.raised)
    }

    /// The first row in sight where the focused part is to be.
    fn top_at_focus(&self, notes: usize, room: usize) -> usize {
        let rows = notes + self.parts.len();
        (notes + self.focus + 2).saturating_sub(room).min(rows.saturating_sub(room))
    }

    /// Marks or unmarks the focused part.
    pub(crate) fn toggle(&mut self) {
        self.raised = 0;
        if let Some(part) = self.parts.get_mut(self.focus) {
            part.is_wanted = !part.is_wanted;
            let (is_wanted, is_place) = (part.is_wanted, matches!(part.what, What::Environment(_)));
            // A key goes with its environment.
            for key in self.parts.iter_mut().filter(|part| is_place && matches!(part.what, What::Key(_))) {
                key.is_wanted = is_wanted;
            }
        }
    }

    /// Marks all parts, or none where all are marked.
    pub(crate) fn toggle_all(&mut self) {
        let all = self.parts.iter().all(|part| part.is_wanted);
        for part in &mut self.parts {
            part.is_wanted = !all;
        }
    }

    /// Moves the focus up by so many parts; beyond the first, goes on to the notes, which take so many rows.
    pub(crate) fn up(&mut self, by: usize, notes: usize, room: usize) {
        let parts = by.min(self.focus);
        self.focus -= parts;
        self.raised = (self.raised + by - parts).min(self.top_at_focus(notes, room));
    }

    /// Comes back from the notes, then moves the focus down by so many parts in all.
    pub(crate) fn down(&mut self, by: usize) {
        let rows = by.min(self.raised);
        self.raised -= rows;
        self.focus = (self.focus + by - rows).min(self.parts.len().saturating_sub(1));
    }
}
