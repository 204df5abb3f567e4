//! The payload as editable text: the typed text, its parse state, and its undo history.
//!
//! ```text
//!            typing                    JSON: the difference, as one step
//!  RawText ──────────> pending ──┬─────────────────────────────────────────> Document
//!     ^                          └─> not JSON: a fault, the document is unchanged
//!     └────────────────── another change of the document: its pretty text ──────┘
//! ```
//!
//! A short text is parsed before the next frame, a long one when typing pauses. `update::raw`
//! handles the keys.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::check::Severity;
use crate::document::{Document, SyntaxError};
use crate::time::{Duration, Timestamp};

mod buffer;
mod reading;

pub use buffer::{TextBuffer, TextPosition};

/// Up to this size in bytes a text is parsed at each key.
const SMALL: usize = 48 << 10;
/// A longer text is parsed after a pause in typing of this length.
const PAUSE: Duration = Duration::from_millis(150);
/// The label of the undo steps.
const LABEL: &str = "JSON edited";

/// The payload as text.
#[derive(Debug, Clone, PartialEq)]
pub struct RawText {
    /// The text and its cursor.
    pub editor: TextBuffer,
    /// Whether the text has the focus.
    pub has_focus: bool,
    /// Why the parsed text is not JSON.
    pub fault: Option<SyntaxError>,
    /// The first visible line.
    pub top: usize,
    /// The lines with problems, in order, each with the worst severity.
    pub marks: Vec<(usize, Severity)>,
    /// Since when the text is not parsed.
    pub(crate) pending: Option<Timestamp>,
    /// The revision of the document that this text had when it last parsed.
    pub(crate) revision: u64,
    /// A number that differs after each change.
    pub(crate) version: u64,
    /// Identifies the current text in the undo history.
    state: TextState,
    pub(crate) past: Past,
}

/// Identifies a text of the undo history: by number, or by a hash of its content if the document
/// wrote it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum TextState {
    Typed(u64),
    Written(u64),
}

impl TextState {
    fn written(editor: &TextBuffer) -> Self {
        let mut hasher = DefaultHasher::new();
        editor.lines().hash(&mut hasher);
        Self::Written(hasher.finish())
    }
}

/// The undo history of the typed text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Past {
    pub(crate) done: Vec<Burst>,
    pub(crate) undone: Vec<Burst>,
    /// The number of typed texts.
    typed: u64,
}

/// The changes of one undo step.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Burst {
    group: u64,
    changes: Vec<TextChange>,
    /// The texts before and after. The positions of the changes are valid only for these texts.
    states: (TextState, TextState),
    /// The number of undo steps of the document that belong to the burst.
    pub(crate) steps: usize,
    /// The revisions of the document before and after.
    pub(crate) revisions: (u64, u64),
}

/// A replacement of text.
#[derive(Debug, Clone, PartialEq)]
struct TextChange {
    from: TextPosition,
    removed: String,
    inserted: String,
}

impl RawText {
    /// A text for a document of this revision.
    pub(crate) fn new(text: &str, revision: u64) -> Self {
        let editor = TextBuffer::new(text);
        Self {
            state: TextState::written(&editor),
            editor,
            has_focus: false,
            fault: None,
            top: 0,
            marks: Vec::new(),
            pending: None,
            revision,
            version: 0,
            past: Past::default(),
        }
    }

    /// Whether the text is unparsed or not JSON.
    pub(crate) const fn is_apart(&self) -> bool {
        self.fault.is_some() || self.pending.is_some()
    }

    /// Whether the text is too long to parse at each key.
    const fn is_long(&self) -> bool {
        self.editor.len() > SMALL
    }

    /// Changes the text as part of the burst `group`, at this revision of the document; `false` if
    /// nothing changes.
    pub(crate) fn change(
        &mut self,
        range: (TextPosition, TextPosition),
        text: &str,
        group: u64,
        revision: u64,
    ) -> bool {
        if range.0 == range.1 && text.is_empty() {
            return false;
        }
        let change = self.splice(range, text);
        self.past.undone.clear();
        self.past.typed += 1;
        let before = std::mem::replace(&mut self.state, TextState::Typed(self.past.typed));
        let last = self.past.done.last_mut();
        if let Some(burst) = last.filter(|burst| burst.group == group && burst.states.1 == before) {
            burst.changes.push(change);
            burst.states.1 = self.state;
        } else {
            let (states, revisions) = ((before, self.state), (revision, revision));
            self.past.done.push(Burst { group, changes: vec![change], states, steps: 0, revisions });
        }
        true
    }

    /// Replaces this text by that of the document. Undo and redo still apply wherever the document
    /// leads back to the same text.
    pub(crate) fn rewrite(&mut self, written: Self) {
        let (state, content) = (self.state, TextState::written(&self.editor));
        let mut past = std::mem::take(&mut self.past);
        for burst in past.done.iter_mut().chain(&mut past.undone) {
            for known in [&mut burst.states.0, &mut burst.states.1] {
                if *known == state {
                    *known = content;
                }
            }
        }
        *self = Self { past, ..written };
    }

    /// Clears the redo history if the document has changed otherwise since.
    pub(crate) fn forget_undone(&mut self, document: &Document) {
        let next = self.past.undone.last().map(|burst| burst.revisions.0);
        if next.is_some_and(|next| next != document.revision() && !document.leads_to(next, true)) {
            self.past.undone.clear();
        }
    }

    /// Whether a burst can be undone on this text, or redone.
    pub(crate) fn fits(&self, burst: &Burst, redo: bool) -> bool {
        self.state == if redo { burst.states.0 } else { burst.states.1 }
    }

    /// Undoes the changes of a burst.
    pub(crate) fn undo(&mut self, burst: &Burst) {
        self.state = burst.states.0;
        for TextChange { from, removed, inserted } in burst.changes.iter().rev() {
            self.splice((*from, TextBuffer::end_of(*from, inserted)), removed);
        }
    }

    /// Redoes the changes of a burst.
    pub(crate) fn redo(&mut self, burst: &Burst) {
        self.state = burst.states.1;
        for TextChange { from, removed, inserted } in &burst.changes {
            self.splice((*from, TextBuffer::end_of(*from, removed)), inserted);
        }
    }

    /// Changes the text and moves the marks below with their lines.
    fn splice(&mut self, range: (TextPosition, TextPosition), text: &str) -> TextChange {
        let before = self.editor.lines().len();
        let removed = self.editor.splice(range, text);
        let after = self.editor.lines().len();
        for (line, _) in self.marks.iter_mut().filter(|(line, _)| *line > range.0.line) {
            *line = (*line + after).saturating_sub(before).max(range.0.line);
        }
        TextChange { from: range.0, removed, inserted: text.to_owned() }
    }

    /// The worst severity of a line.
    pub fn mark(&self, line: usize) -> Option<Severity> {
        let found = self.marks.binary_search_by_key(&line, |(line, _)| *line).ok()?;
        self.marks.get(found).map(|(_, severity)| *severity)
    }
}
