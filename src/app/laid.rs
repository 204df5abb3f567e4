//! What the payload pane shows where that is not the JSON: laid out once for many pictures.
//!
//! A short document is laid out anew at each key, a long one once typing pauses, and none while the pane shows the JSON
//! or is out of sight.

use std::borrow::Cow;

use crate::app::comparison::{Comparison, Row};
use crate::app::model::{Model, PreviewForm};
use crate::document::Value;
use crate::text;
use crate::time::{Duration, Timestamp};
use crate::wire::Veil;

/// Up to this many bytes a document is laid out at each key.
const SMALL: usize = 48 << 10;
/// A longer one when typing pauses for so long.
const PAUSE: Duration = Duration::from_millis(150);

/// A row of the payload pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaneRow {
    /// Text, and what the break behind it took the place of.
    Text(String, &'static str),
    /// A place that differs from another state of the document, or a part of it.
    Change(Row),
}

/// What the rows were made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) form: PreviewForm,
    pub(crate) revision: u64,
    place: String,
    columns: usize,
    /// How many keys were hidden.
    keys: usize,
}

/// The rows, and since when they are behind the document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Laid {
    pub(crate) stamp: Stamp,
    rows: Vec<PaneRow>,
    /// How many places differ, where two states are compared.
    count: usize,
    behind: Option<(u64, Timestamp)>,
}

/// The run of the job that the environment accepted last.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// What it is called.
    pub name: String,
    /// What was sent.
    pub run: Value,
}

impl PaneRow {
    /// The row as it stands on the screen.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text, _) => Cow::Borrowed(text),
            Self::Change(row) => Cow::Owned(row.text()),
        }
    }

    /// What stands between it and the next row where both are one text.
    pub(super) const fn gap(&self) -> &'static str {
        match self {
            Self::Text(_, gap) => gap,
            Self::Change(_) => "\n",
        }
    }
}

impl Model {
    /// The rows of the payload pane, where it does not show the JSON.
    pub fn pane_rows(&self) -> &[PaneRow] {
        self.laid.as_ref().map_or(&[], |laid| &laid.rows)
    }

    /// How many places differ, where the payload pane compares two states.
    pub fn pane_changes(&self) -> usize {
        self.laid.as_ref().map_or(0, |laid| laid.count)
    }

    /// The forms that the payload pane can take now, in the order they are turned through.
    pub fn pane_forms(&self) -> Vec<PreviewForm> {
        let mut forms = vec![PreviewForm::Json, PreviewForm::Request, PreviewForm::Curl];
        if self.baseline != Value::empty_object() {
            forms.push(PreviewForm::Saved);
        }
        if self.accepted.is_some() {
            forms.push(PreviewForm::Accepted);
        }
        forms
    }

    /// What the document is compared with where its changes are told.
    pub const fn since_saved(&self) -> &'static str {
        if self.draft.name.is_some() { "saved" } else { "opened" }
    }

    /// What changed since the document was saved or opened.
    pub(crate) fn changes_since_saved(&self) -> Comparison {
        let rest = if self.text_fault().is_some() { ", but for text that is not JSON" } else { "" };
        let title = format!("Changes since it was {}{rest}", self.since_saved());
        Comparison::new(title, &self.baseline, self.document.value())
    }

    /// Lays out what the pane shows, if that is another thing by now.
    pub(super) fn lay_out(&mut self) {
        let Some(stamp) = self.wanted() else {
            self.laid = None;
            return;
        };
        let (is_long, now) = (self.extent.bytes > SMALL, self.now);
        if let Some(laid) = &mut self.laid {
            if laid.stamp == stamp {
                laid.behind = None;
                return;
            }
            let is_same = laid.stamp == Stamp { revision: laid.stamp.revision, ..stamp.clone() };
            if is_long && is_same {
                let since = match laid.behind {
                    Some((revision, since)) if revision == stamp.revision => since,
                    Some(_) | None => now,
                };
                laid.behind = Some((stamp.revision, since));
                if now.millis() - since.millis() < PAUSE.millis() {
                    return;
                }
            }
        }
        let (rows, count) = self.rows_of(stamp.columns);
        self.laid = Some(Laid { stamp, rows, count, behind: None });
    }

    /// When the pane is to be laid out.
    pub(super) fn laying_time(&self) -> Option<Timestamp> {
        let (_, since) = self.laid.as_ref()?.behind?;
        Some(Timestamp::from_millis(since.millis() + PAUSE.millis()))
    }

    /// What the rows are to be made of; nothing where none are to be seen.
    fn wanted(&self) -> Option<Stamp> {
        let pane = self.layout()?.preview?;
        let form = self.preview.form;
        let place = self.chosen().map_or_else(String::new, |chosen| chosen.environment.base.clone());
        let columns = usize::from(pane.inside().width).saturating_sub(1).max(1);
        (form != PreviewForm::Json).then(|| Stamp {
            form,
            revision: self.document.revision(),
            place,
            columns,
            keys: self.keys.len(),
        })
    }

    fn rows_of(&self, columns: usize) -> (Vec<PaneRow>, usize) {
        let veil = Veil::new(&self.keys);
        let comparison = match (self.preview.form, &self.accepted) {
            (PreviewForm::Saved, _) => self.changes_since_saved(),
            (PreviewForm::Accepted, Some(accepted)) => {
                Comparison::new("", &accepted.run, self.document.value())
            }
            (PreviewForm::Json | PreviewForm::Request | PreviewForm::Curl | PreviewForm::Accepted, _) => {
                let text = self.preview_text();
                let rows = text.lines().flat_map(|line| wrapped(&veil.cover(text::visible(line)), columns));
                return (rows.map(|(row, gap)| PaneRow::Text(row, gap)).collect(), 0);
            }
        };
        let comparison = comparison.covered(&veil);
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
