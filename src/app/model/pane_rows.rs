//! Wraps what the payload pane shows in views other than the JSON, once for many frames.
//!
//! A short document is wrapped at each key, a long one when typing pauses, and nothing while the pane shows the JSON or
//! is not on screen.

use crate::app::comparison::Comparison;
use crate::app::pane_layout::{LayoutStamp, PaneLayout, PaneRow};
use crate::document::Value;
use crate::text;
use crate::time::{Duration, Timestamp};
use crate::wire::ScreenRedactor;

use super::{Model, PreviewForm};

/// Up to this many bytes a document is laid out at each key.
const SMALL: usize = 48 << 10;
/// A longer one when typing pauses for so long.
const PAUSE: Duration = Duration::from_millis(150);

impl Model {
    /// The rows of the payload pane, where it does not show the JSON.
    pub fn pane_rows(&self) -> &[PaneRow] {
        self.payload.layout.as_ref().map_or(&[], |laid| &laid.rows)
    }

    /// How many places differ, where the payload pane compares two states.
    pub fn pane_changes(&self) -> usize {
        self.payload.layout.as_ref().map_or(0, |laid| laid.count)
    }

    /// The forms that the payload pane can take now, in the order they are turned through.
    pub fn pane_forms(&self) -> Vec<PreviewForm> {
        let mut forms = vec![PreviewForm::Json, PreviewForm::Request, PreviewForm::Curl];
        if self.draft.baseline != Value::empty_object() {
            forms.push(PreviewForm::Saved);
        }
        if self.payload.accepted.is_some() {
            forms.push(PreviewForm::Accepted);
        }
        forms
    }

    /// What the document is compared with where its changes are told.
    pub const fn since_saved(&self) -> &'static str {
        if self.draft.file.name.is_some() { "saved" } else { "opened" }
    }

    /// What changed since the document was saved or opened.
    pub(crate) fn changes_since_saved(&self) -> Comparison {
        let rest = if self.text_fault().is_some() { ", but for text that is not JSON" } else { "" };
        let title = format!("Changes since it was {}{rest}", self.since_saved());
        Comparison::new(title, &self.draft.baseline, self.document.value())
    }

    /// Lays out what the pane shows, if that is another thing by now.
    pub(crate) fn lay_out(&mut self) {
        let Some(stamp) = self.wanted() else {
            self.payload.layout = None;
            return;
        };
        let (is_long, now) = (self.checks.size.bytes > SMALL, self.now);
        if let Some(laid) = &mut self.payload.layout {
            if laid.stamp == stamp {
                laid.suffix = None;
                return;
            }
            let is_same = laid.stamp == LayoutStamp { revision: laid.stamp.revision, ..stamp.clone() };
            if is_long && is_same {
                let since = match laid.suffix {
                    Some((revision, since)) if revision == stamp.revision => since,
                    Some(_) | None => now,
                };
                laid.suffix = Some((stamp.revision, since));
                if now - since < PAUSE {
                    return;
                }
            }
        }
        let (rows, count) = self.rows_of(stamp.columns);
        self.payload.layout = Some(PaneLayout { stamp, rows, count, suffix: None });
    }

    /// When the pane is to be laid out.
    pub(crate) fn laying_time(&self) -> Option<Timestamp> {
        let (_, since) = self.payload.layout.as_ref()?.suffix?;
        Some(since + PAUSE)
    }

    /// What the rows are to be made of; nothing where none are to be seen.
    fn wanted(&self) -> Option<LayoutStamp> {
        let pane = self.layout()?.preview?;
        let form = self.payload.preview.form;
        let place = self.chosen().map_or_else(String::new, |chosen| chosen.environment.base.clone());
        let columns = usize::from(pane.inside().width).saturating_sub(1).max(1);
        (form != PreviewForm::Json).then(|| LayoutStamp {
            form,
            revision: self.document.revision(),
            place,
            columns,
            keys: self.keys.known.len(),
        })
    }

    fn rows_of(&self, columns: usize) -> (Vec<PaneRow>, usize) {
        let veil = ScreenRedactor::new(&self.keys.known);
        let comparison = match (self.payload.preview.form, &self.payload.accepted) {
            (PreviewForm::Saved, _) => self.changes_since_saved(),
            (PreviewForm::Accepted, Some(accepted)) => {
                Comparison::new("", &accepted.run, self.document.value())
            }
            (PreviewForm::Json | PreviewForm::Request | PreviewForm::Curl | PreviewForm::Accepted, _) => {
                let text = self.preview_text();
                let rows = text.lines().flat_map(|line| wrapped(&veil.redact(text::visible(line)), columns));
                return (rows.map(|(row, gap)| PaneRow::Text(row, gap)).collect(), 0);
            }
        };
        let comparison = comparison.redacted(&veil);
        (comparison.rows(columns).into_iter().map(PaneRow::Change).collect(), comparison.count())
    }
}

/// The rows of a line, each with what the break behind it took the place of.
fn wrapped(line: &str, columns: usize) -> Vec<(String, &'static str)> {
    let rows = if line.is_empty() { vec![String::new()] } else { text::wrap(line, columns) };
    let count = rows.len();
    let mut rest = line;
    rows.into_iter()
        .enumerate()
        .map(|(index, row)| {
            // Of several spaces only one is left in a row: words are what the text and its rows have in common.
            for word in row.split_ascii_whitespace() {
                rest = rest.trim_ascii_start().get(word.len()..).unwrap_or_default();
            }
            let gap = match rest.starts_with(|c: char| c.is_ascii_whitespace()) {
                _ if index + 1 == count => "\n",
                true => " ",
                false => "",
            };
            (row, gap)
        })
        .collect()
}
