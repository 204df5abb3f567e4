//! The payload text in the model: when it is parsed, which lines are marked, which part is visible.

use super::{LABEL, PAUSE, RawText};
use crate::app::model::{Model, Notice, PreviewForm, Tone};
use crate::app::search::Search;
use crate::check::{Counts, Severity};
use crate::document;
use crate::document::{Edit, Places, Pointer, SyntaxError};
use crate::time::Timestamp;

impl Model {
    /// Whether the payload text has the focus.
    pub fn edits_text(&self) -> bool {
        self.payload.raw.as_ref().is_some_and(|raw| raw.has_focus)
    }

    /// The text that the payload pane shows instead of the document.
    pub fn shown_text(&self) -> Option<&RawText> {
        self.payload.raw.as_ref().filter(|_| self.payload.preview.form == PreviewForm::Json)
    }

    /// Why the payload text is not JSON.
    pub fn text_fault(&self) -> Option<&SyntaxError> {
        self.payload.raw.as_ref().and_then(|raw| raw.fault.as_ref())
    }

    /// Why unparsed text is not JSON, once it lost the focus: next to the form it counts as an
    /// error.
    pub fn unparsed_fault(&self) -> Option<&SyntaxError> {
        self.text_fault().filter(|_| !self.edits_text())
    }

    /// The problems of the document, plus an error for text that is not JSON.
    pub fn counts_in_all(&self) -> Counts {
        let unparsed = usize::from(self.text_fault().is_some());
        Counts { errors: self.counts().errors + unparsed, ..self.counts() }
    }

    /// The unparsed text, which a draft stores next to the document.
    pub(crate) fn unparsed(&self) -> Option<&RawText> {
        self.payload.raw.as_ref().filter(|raw| raw.is_apart())
    }

    /// The columns before the text: marks, line number, gaps.
    pub fn text_gutter(&self) -> usize {
        let lines = self.preview_top() + self.preview_height();
        4 + lines.max(10).to_string().len()
    }

    /// The first visible column of the text, such that the cursor or the search match is visible.
    pub fn text_left(&self) -> usize {
        let pane = self.layout().and_then(|layout| layout.preview);
        let width = pane.map_or(80, |pane| usize::from(pane.inside().width));
        let columns = width.saturating_sub(self.text_gutter() + 1).max(8);
        let column = match self.payload.raw.as_ref().filter(|raw| raw.has_focus) {
            Some(raw) => raw.editor.column(),
            None => self.search().map_or(0, Search::columns),
        };
        if column < columns { 0 } else { (column - columns).next_multiple_of(columns / 2).max(columns / 2) }
    }

    /// Scrolls the text so that the cursor is visible.
    pub(crate) fn follow_cursor(&mut self) {
        let height = self.preview_height();
        if let Some(raw) = self.payload.raw.as_mut().filter(|raw| raw.has_focus) {
            let line = raw.editor.spot().line;
            raw.top = raw.top.min(line).max((line + 1).saturating_sub(height));
        }
    }

    /// When a long text is parsed.
    pub(crate) fn reading_time(&self) -> Option<Timestamp> {
        let since = self.payload.raw.as_ref().and_then(|raw| raw.pending)?;
        Some(since + PAUSE)
    }

    /// Parses the text if it is due.
    pub(crate) fn read_text_in_time(&mut self) {
        let is_long = self.payload.raw.as_ref().is_some_and(RawText::is_long);
        if self.reading_time().is_some_and(|at| !is_long || self.now >= at) {
            self.read_text();
        }
    }

    /// Parses the typed text; valid JSON becomes the document.
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
        let was_unparsed = raw.fault.take().is_some();
        let is_overtaken = raw.revision != self.document.revision();
        let edits = document::difference(self.document.value(), &value);
        if !edits.is_empty() {
            let (group, before) = (self.form.typing.group, self.document.steps());
            self.checks.touched.extend(edits.iter().flat_map(Edit::places));
            if self.document.apply(LABEL, edits, Some(group)).is_err() {
                // The difference should apply; if it does not, the whole value does.
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
                let text = "The text replaced changes made in the form meanwhile; {undo} restores them.";
                self.notice = Some(Notice { text: text.to_owned().into(), tone: Tone::Note });
            }
        } else if was_unparsed {
            self.mark_text();
        }
        if let Some(raw) = self.payload.raw.as_mut() {
            raw.revision = self.document.revision();
        }
    }

    /// Marks the lines of the problems; unparsed text keeps its marks.
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
