//! The payload as text under a person's hands: what was typed, whether it parses, and how to take it back.
//!
//! ```text
//!            typing                    parses: the difference, as one step
//!  RawText ──────────> pending ──┬─────────────────────────────────────────> Document ─> form, problems, request
//!     ^                          └─> does not: fault, the last good document stands
//!     └────────────────── another change of the document: its pretty text ──────┘
//! ```
//!
//! A small text is read before the next picture, a long one once typing pauses. What the keys do is for `update::raw`.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::check::Severity;
use crate::document::{Document, SyntaxError};
use crate::time::{Duration, Timestamp};

mod buffer;
mod reading;

pub use buffer::{TextBuffer, TextPosition};

/// Up to this many bytes a text is read at each key.
const SMALL: usize = 48 << 10;
/// A longer one is read when typing pauses for so long.
const PAUSE: Duration = Duration::from_millis(150);
/// The name of the undo steps.
const LABEL: &str = "JSON edited";

/// The payload as text.
#[derive(Debug, Clone, PartialEq)]
pub struct RawText {
    /// The text and its cursor.
    pub editor: TextBuffer,
    /// Whether the keys go to it.
    pub has_focus: bool,
    /// Why it is not JSON, as far as it was read.
    pub fault: Option<SyntaxError>,
    /// The first line shown.
    pub top: usize,
    /// The lines with problems, from the top, and how bad the worst is.
    pub marks: Vec<(usize, Severity)>,
    /// Since when there is something to read.
    pub(crate) pending: Option<Timestamp>,
    /// The document that this text said when it was last good.
    pub(crate) revision: u64,
    /// Another number after each change.
    pub(crate) version: u64,
    /// Which of the texts that were seen this is.
    state: TextState,
    pub(crate) past: Past,
}

/// A text among those that undo leads through: by number, or by content where the document wrote it.
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

/// What was typed, so that it can be taken back, and what was taken back.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Past {
    pub(crate) done: Vec<Burst>,
    pub(crate) undone: Vec<Burst>,
    /// How many texts were typed.
    typed: u64,
}

/// The changes between two pauses or words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Burst {
    group: u64,
    changes: Vec<TextChange>,
    /// The texts before and after, outside which the places of its changes mean nothing.
    states: (TextState, TextState),
    /// The steps that the document took for it.
    pub(crate) steps: usize,
    /// The revisions of the document before and after.
    pub(crate) revisions: (u64, u64),
}

/// Text put in the place of other text.
#[derive(Debug, Clone, PartialEq)]
struct TextChange {
    from: TextPosition,
    removed: String,
    inserted: String,
}

impl RawText {
    /// A text that says a document, or fails to.
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

    /// Whether it is not known to say the document.
    pub(crate) const fn is_apart(&self) -> bool {
        self.fault.is_some() || self.pending.is_some()
    }

    /// Whether it is too long to be read at each key.
    const fn is_long(&self) -> bool {
        self.editor.len() > SMALL
    }

    /// Changes the text as part of a burst, beside a document of some revision; whether there was anything to change.
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

    /// Puts the text of the document in the place of this one, with what was typed before still to be undone or done
    /// again wherever the document leads back to the same text.
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

    /// Forgets what was undone where the document has gone another way since, as any new change does.
    pub(crate) fn forget_undone(&mut self, document: &Document) {
        let next = self.past.undone.last().map(|burst| burst.revisions.0);
        if next.is_some_and(|next| next != document.revision() && !document.leads_to(next, true)) {
            self.past.undone.clear();
        }
    }

    /// Whether this is the text that a burst is taken back from, or done again on.
    pub(crate) fn fits(&self, burst: &Burst, redo: bool) -> bool {
        self.state == if redo { burst.states.0 } else { burst.states.1 }
    }

    /// Takes the changes of a burst back.
    pub(crate) fn undo(&mut self, burst: &Burst) {
        self.state = burst.states.0;
        for TextChange { from, removed, inserted } in burst.changes.iter().rev() {
            self.splice((*from, TextBuffer::end_of(*from, inserted)), removed);
        }
    }

    /// Does the changes of a burst again.
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

    /// The worst problem of a line.
    pub fn mark(&self, line: usize) -> Option<Severity> {
        let found = self.marks.binary_search_by_key(&line, |(line, _)| *line).ok()?;
        self.marks.get(found).map(|(_, severity)| *severity)
    }
}
