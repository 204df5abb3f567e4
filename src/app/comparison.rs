//! The difference between two documents, described for the screen.

use crate::app::change::{place, short};
use crate::catalog::{FieldRole, Widget, catalog};
use crate::document::{Change, Pointer, Value, changes};
use crate::text;
use crate::time::{Duration, Timestamp};
use crate::wire::ScreenRedactor;

/// The most changes that are listed. The screen is drawn from them at each key, so the number is
/// limited.
const MOST: usize = 500;

/// The described changes between two documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The heading.
    pub title: String,
    /// The first changes, in document order.
    pub changes: Vec<DescribedChange>,
    /// The number of further changes.
    pub untold: usize,
}

/// One change, described.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DescribedChange {
    /// The place in the document, as words.
    pub place: String,
    /// The old value; `None` if the place was absent.
    pub gone: Option<String>,
    /// The new value; `None` if the place is absent now.
    pub come: Option<String>,
}

/// A row of a comparison on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ComparisonRow {
    /// A change that fits on one row. The place is padded to the width of the longest.
    Whole(String, DescribedChange),
    /// A place, with its change on the rows below.
    Place(String),
    /// A row of the old value.
    Gone(String),
    /// A row of the new value.
    Come(String),
    /// A sentence.
    Note(String),
}

impl ComparisonRow {
    /// The row as text, with its indent.
    pub fn text(&self) -> String {
        match self {
            Self::Whole(place, change) => format!(" {place}  {}", change.words()),
            Self::Place(words) | Self::Note(words) => format!(" {words}"),
            Self::Gone(words) | Self::Come(words) => format!("   {words}"),
        }
    }
}

impl Comparison {
    /// Compares two documents.
    pub fn new(title: impl Into<String>, old: &Value, new: &Value) -> Self {
        let changes = changes(old, new);
        let described = changes.iter().take(MOST).map(DescribedChange::of).collect();
        Self { title: title.into(), changes: described, untold: changes.len().saturating_sub(MOST) }
    }

    /// The comparison with redacted keys.
    #[must_use]
    pub fn redacted(mut self, redactor: &ScreenRedactor) -> Self {
        for change in &mut self.changes {
            let texts = [Some(&mut change.place), change.gone.as_mut(), change.come.as_mut()];
            for words in texts.into_iter().flatten() {
                *words = redactor.redact(std::mem::take(words)).into_owned();
            }
        }
        self
    }

    /// The number of places that differ.
    pub fn count(&self) -> usize {
        self.changes.len() + self.untold
    }

    /// The changes as rows of at most so many columns.
    pub fn rows(&self, columns: usize) -> Vec<ComparisonRow> {
        if self.changes.is_empty() {
            return vec![ComparisonRow::Note("No differences.".to_owned())];
        }
        let widest = self.changes.iter().map(|change| text::width(&change.place)).max().unwrap_or_default();
        let widest = widest.min(columns / 2);
        let mut rows: Vec<ComparisonRow> =
            self.changes.iter().flat_map(|change| change.rows(widest, columns)).collect();
        if self.untold > 0 {
            rows.push(ComparisonRow::Note(format!("… and {} more places", self.untold)));
        }
        rows
    }
}

impl DescribedChange {
    /// Describes a change.
    pub fn of(change: &Change) -> Self {
        let words = |value: &Option<Value>| value.as_ref().map(|value| worded(&change.at, value));
        let reordered = change.is_reordered();
        Self {
            place: place(&change.at),
            gone: words(&change.old).filter(|_| !reordered),
            come: if reordered { Some("in another order".to_owned()) } else { words(&change.new) },
        }
    }

    /// The change without its place: `old → new`, `+ new` or `- old`.
    pub fn words(&self) -> String {
        match (&self.gone, &self.come) {
            (Some(gone), Some(come)) => format!("{gone} → {come}"),
            (None, Some(come)) => format!("+ {come}"),
            (Some(gone), None) => format!("- {gone}"),
            (None, None) => String::new(),
        }
    }

    fn rows(&self, widest: usize, columns: usize) -> Vec<ComparisonRow> {
        let room = columns.saturating_sub(widest + 2);
        if text::width(&self.place) <= widest && text::width(&self.words()) <= room {
            let filled = " ".repeat(widest - text::width(&self.place));
            return vec![ComparisonRow::Whole(format!("{}{filled}", self.place), self.clone())];
        }
        let mut rows = vec![ComparisonRow::Place(text::cut(&self.place, columns).into_owned())];
        rows.extend(below('-', self.gone.as_ref(), columns).map(ComparisonRow::Gone));
        rows.extend(below('+', self.come.as_ref(), columns).map(ComparisonRow::Come));
        rows
    }
}

/// One value of a change on its own rows; the first row has the sign.
fn below(sign: char, words: Option<&String>, columns: usize) -> impl Iterator<Item = String> {
    let parts = words.map_or_else(Vec::new, |words| text::wrap(words, columns.saturating_sub(6).max(10)));
    let signed = move |(index, part): (usize, String)| {
        let sign = if index == 0 { sign } else { ' ' };
        format!("{sign} {part}")
    };
    parts.into_iter().enumerate().map(signed)
}

/// A value as words; times and durations get their readable form as well.
fn worded(at: &Pointer, value: &Value) -> String {
    let names: Vec<_> = at.words().collect();
    let widget = catalog().field(names.iter().map(AsRef::as_ref)).map(|field| field.widget);
    match (widget, value) {
        (Some(Widget::Time), Value::Number(number)) => number.as_i64().map_or_else(
            || short(value),
            |millis| format!("{number} ({})", Timestamp::from_millis(millis).human()),
        ),
        (Some(Widget::Duration), Value::Number(number)) => number.as_i64().map_or_else(
            || short(value),
            |millis| format!("{number} ({})", Duration::from_millis(millis).human()),
        ),
        (_, Value::Text(words)) => {
            let quoted = crate::document::write_compact(&Value::Text(text::cut(words, LONGEST).into_owned()));
            text::visible(&quoted).into_owned()
        }
        (_, Value::Object(object)) => {
            let name = [FieldRole::StageName, FieldRole::StageId]
                .iter()
                .find_map(|role| object.get(role.name())?.as_text());
            let fields = text::count(object.len(), "field", "fields");
            name.map_or_else(|| fields.clone(), |name| format!("“{}”, {fields}", text::visible(name)))
        }
        (_, Value::Array(items)) if items.len() > 3 || value.node_count() > items.len() + 1 => {
            text::count(items.len(), "item", "items")
        }
        (_, Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_)) => short(value),
    }
}

/// The most characters of a text value that are shown.
const LONGEST: usize = 400;
