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

use crate::app::model::{Model, Notice, PreviewForm, Tone};
use crate::app::search::Search;
use crate::check::{Counts, Severity};
use crate::document::{self, Document, Edit, Places, Pointer, SyntaxError};
use crate::time::{Duration, Timestamp};

mod sheet;

pub use sheet::{Sheet, Spot};

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
    pub editor: Sheet,
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
    fn written(editor: &Sheet) -> Self {
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
    changes: Vec<Change>,
    /// The texts before and after, outside which the places of its changes mean nothing.
    states: (TextState, TextState),
    /// The steps that the document took for it.
    pub(crate) steps: usize,
    /// The revisions of the document before and after.
    pub(crate) revisions: (u64, u64),
}

/// Text put in the place of other text.
#[derive(Debug, Clone, PartialEq)]
struct Change {
    from: Spot,
    removed: String,
    inserted: String,
}

impl RawText {
    /// A text that says a document, or fails to.
    pub(crate) fn new(text: &str, revision: u64) -> Self {
        let editor = Sheet::new(text);
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
    pub(crate) fn change(&mut self, range: (Spot, Spot), text: &str, (group, revision): (u64, u64)) -> bool {
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
        for Change { from, removed, inserted } in burst.changes.iter().rev() {
            self.splice((*from, Sheet::behind(*from, inserted)), removed);
        }
    }

    /// Does the changes of a burst again.
    pub(crate) fn redo(&mut self, burst: &Burst) {
        self.state = burst.states.1;
        for Change { from, removed, inserted } in &burst.changes {
            self.splice((*from, Sheet::behind(*from, removed)), inserted);
        }
    }

    /// Changes the text and moves the marks below with their lines.
    fn splice(&mut self, range: (Spot, Spot), text: &str) -> Change {
        let before = self.editor.lines().len();
        let removed = self.editor.splice(range, text);
        let after = self.editor.lines().len();
        for (line, _) in self.marks.iter_mut().filter(|(line, _)| *line > range.0.line) {
            *line = (*line + after).saturating_sub(before).max(range.0.line);
        }
        Change { from: range.0, removed, inserted: text.to_owned() }
    }

    /// The worst problem of a line.
    pub fn mark(&self, line: usize) -> Option<Severity> {
        let found = self.marks.binary_search_by_key(&line, |(line, _)| *line).ok()?;
        self.marks.get(found).map(|(_, severity)| *severity)
    }
}

impl Model {
    /// Whether the keys go to the text of the payload.
    pub fn edits_text(&self) -> bool {
        self.payload.raw.as_ref().is_some_and(|raw| raw.has_focus)
    }

    /// The text that stands in the payload pane in place of the document's own.
    pub fn shown_text(&self) -> Option<&RawText> {
        self.payload.raw.as_ref().filter(|_| self.payload.preview.form == PreviewForm::Json)
    }

    /// Why the text of the payload is not JSON.
    pub fn text_fault(&self) -> Option<&SyntaxError> {
        self.payload.raw.as_ref().and_then(|raw| raw.fault.as_ref())
    }

    /// Why a text that was left is not JSON: in the pane it is seen as it is typed, beside the form it is an error.
    pub fn torn(&self) -> Option<&SyntaxError> {
        self.text_fault().filter(|_| !self.edits_text())
    }

    /// How much is wrong in all: with the document, and with text that is not JSON.
    pub fn counts_in_all(&self) -> Counts {
        let torn = usize::from(self.text_fault().is_some());
        Counts { errors: self.counts().errors + torn, ..self.counts() }
    }

    /// The text that the document does not say, so that it has to be kept beside it.
    pub(crate) fn unparsed(&self) -> Option<&RawText> {
        self.payload.raw.as_ref().filter(|raw| raw.is_apart())
    }

    /// The columns before the text in the payload pane: marks, line number, gaps.
    pub fn text_gutter(&self) -> usize {
        let lines = self.preview_top() + self.preview_height();
        4 + lines.max(10).to_string().len()
    }

    /// The first column of the text that is shown, so that the cursor or what was found is in sight.
    pub fn text_left(&self) -> usize {
        let pane = self.layout().and_then(|layout| layout.preview);
        let width = pane.map_or(80, |pane| usize::from(pane.inside().width));
        let room = width.saturating_sub(self.text_gutter() + 1).max(8);
        let column = match self.payload.raw.as_ref().filter(|raw| raw.has_focus) {
            Some(raw) => raw.editor.column(),
            None => self.search().map_or(0, Search::columns),
        };
        if column < room { 0 } else { (column - room).next_multiple_of(room / 2).max(room / 2) }
    }

    /// Scrolls the text so that its cursor is in sight.
    pub(crate) fn follow_cursor(&mut self) {
        let height = self.preview_height();
        if let Some(raw) = self.payload.raw.as_mut().filter(|raw| raw.has_focus) {
            let line = raw.editor.spot().line;
            raw.top = raw.top.min(line).max((line + 1).saturating_sub(height));
        }
    }

    /// When a long text is to be read.
    pub(crate) fn reading_time(&self) -> Option<Timestamp> {
        let since = self.payload.raw.as_ref().and_then(|raw| raw.pending)?;
        Some(Timestamp::from_millis(since.millis() + PAUSE.millis()))
    }

    /// Reads the text if it is time.
    pub(crate) fn read_text_in_time(&mut self) {
        let is_long = self.payload.raw.as_ref().is_some_and(RawText::is_long);
        if self.reading_time().is_some_and(|at| !is_long || self.now >= at) {
            self.read_text();
        }
    }

    /// Reads what was typed: what parses becomes the document.
    pub(crate) fn read_text(&mut self) {
        let Some(raw) = self.payload.raw.as_mut().filter(|raw| raw.pending.is_some()) else { return };
        raw.pending = None;
        let value = match document::read(&raw.editor.text()) {
            Ok(value) => value,
            Err(fault) => {
                raw.fault = Some(fault);
                return;
            }
        };
        let was_torn = raw.fault.take().is_some();
        let is_overtaken = raw.revision != self.document.revision();
        let edits = document::difference(self.document.value(), &value);
        if !edits.is_empty() {
            let (group, before) = (self.form.typing.group, self.document.steps());
            self.checks.touched.extend(edits.iter().flat_map(Edit::places));
            if self.document.apply(LABEL, edits, Some(group)).is_err() {
                // The difference is made to fit; should it not, the whole value always does.
                let whole = Edit::Replace { at: Pointer::root(), value };
                self.checks.touched.push(Pointer::root());
                self.document.apply(LABEL, vec![whole], Some(group)).ok();
            }
            let steps = self.document.steps() - before;
            if let Some(burst) = raw.past.done.last_mut().filter(|burst| burst.group == group) {
                burst.steps += steps;
                burst.revisions.1 = self.document.revision();
            }
            self.checks.is_stale = true;
            if is_overtaken {
                let text =
                    "The text took the place of what the form changed meanwhile; {undo} brings that back.";
                self.notice = Some(Notice { text: text.to_owned(), tone: Tone::Note });
            }
        } else if was_torn {
            self.mark_text();
        }
        if let Some(raw) = self.payload.raw.as_mut() {
            raw.revision = self.document.revision();
        }
    }

    /// Finds the lines of the problems; a text that is not read has those it had.
    pub(crate) fn mark_text(&mut self) {
        let Some(raw) = self.payload.raw.as_mut().filter(|raw| !raw.is_apart()) else { return };
        raw.marks.clear();
        if self.checks.problems.is_empty() {
            return;
        }
        let Ok(places) = Places::read(&raw.editor.text()) else { return };
        let starts: Vec<usize> = raw
            .editor
            .lines()
            .iter()
            .scan(0, |start, line| {
                let here = *start;
                *start += line.len() + 1;
                Some(here)
            })
            .collect();
        let lines =
            self.checks.problems.iter().filter(|problem| !problem.at.is_root()).filter_map(|problem| {
                let span = places.find(&problem.at)?;
                let byte = span.key.map_or(span.value.start, |key| key.start);
                Some((starts.partition_point(|start| *start <= byte).saturating_sub(1), problem.severity))
            });
        raw.marks = lines.collect();
        raw.marks.sort_by_key(|(line, severity)| (*line, rank(*severity)));
        raw.marks.dedup_by_key(|(line, _)| *line);
    }
}

const fn rank(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Hint => 2,
    }
}
