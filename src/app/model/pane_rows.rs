//! Wraps the content of the payload pane for the views other than the JSON, and caches the rows for
//! many frames.
//!
//! A short document is wrapped at each key, a long one when typing pauses. Nothing is wrapped while
//! the pane shows the JSON or is not on screen.

use crate::app::comparison::Comparison;
use crate::app::pane_layout::{LayoutStamp, PaneLayout, PaneRow};
use crate::app::reading;
use crate::document::Value;
use crate::simulation::{
    LineKind, Profile, Simulation, SimulationFacts, SimulationLine, SimulationRow, lines, rows, simulate,
    stored_identity,
};
use crate::text;
use crate::time::{Duration, Timestamp};
use crate::wire::{BodyFormat, Redactor, ScreenRedactor};

use super::{Model, PreviewForm};

/// Up to this size in bytes a document is wrapped at each key.
const SMALL: usize = 48 << 10;
/// A longer document is wrapped after a pause in typing of this length.
const PAUSE: Duration = Duration::from_millis(150);

impl Model {
    /// The rows of the payload pane; empty while it shows the JSON.
    pub fn pane_rows(&self) -> &[PaneRow] {
        self.payload.layout.as_ref().map_or(&[], |layout| &layout.rows)
    }

    /// The number of places that differ, in a view that compares two documents; of losses, in the
    /// simulation.
    pub fn pane_changes(&self) -> usize {
        self.payload.layout.as_ref().map_or(0, |layout| layout.count)
    }

    /// The available views of the payload pane, in the order of the key that switches them.
    pub fn pane_forms(&self) -> Vec<PreviewForm> {
        let mut forms =
            vec![PreviewForm::Json, PreviewForm::Request, PreviewForm::Curl, PreviewForm::Simulation];
        if self.draft.baseline != Value::empty_object() {
            forms.push(PreviewForm::Saved);
        }
        if self.payload.accepted.is_some() {
            forms.push(PreviewForm::Accepted);
        }
        forms
    }

    /// The base of the shown changes: “saved” or “opened”.
    pub const fn since_saved(&self) -> &'static str {
        if self.draft.file.name.is_some() { "saved" } else { "opened" }
    }

    /// The changes since the document was saved or opened.
    pub(crate) fn changes_since_saved(&self) -> Comparison {
        let rest = if self.text_fault().is_some() { ", without the unparsed text" } else { "" };
        let title = format!("Changes since {}{rest}", self.since_saved());
        Comparison::new(title, &self.draft.baseline, self.document.value())
    }

    /// Wraps the content of the pane, if it changed.
    pub(crate) fn lay_out(&mut self) {
        let Some(stamp) = self.wanted() else {
            self.payload.layout = None;
            return;
        };
        let (is_long, now) = (self.checks.size.bytes > SMALL, self.now);
        if let Some(layout) = &mut self.payload.layout {
            if layout.stamp == stamp {
                layout.stale = None;
                return;
            }
            let is_same = layout.stamp == LayoutStamp { revision: layout.stamp.revision, ..stamp.clone() };
            if is_long && is_same {
                let since = match layout.stale {
                    Some((revision, since)) if revision == stamp.revision => since,
                    Some(_) | None => now,
                };
                layout.stale = Some((stamp.revision, since));
                if now - since < PAUSE {
                    return;
                }
            }
        }
        let (rows, count) = self.rows_of(stamp.columns);
        self.payload.layout = Some(PaneLayout { stamp, rows, count, stale: None });
    }

    /// When the pane must be wrapped again.
    pub(crate) fn layout_time(&self) -> Option<Timestamp> {
        let (_, since) = self.payload.layout.as_ref()?.stale?;
        Some(since + PAUSE)
    }

    /// The filters of the chosen environment.
    fn profile(&self) -> Option<&Profile> {
        self.payload.profiles.of(self.chosen().map(|chosen| chosen.environment.id.as_str()))
    }

    /// What SEI makes of the document, with keys redacted.
    pub(super) fn simulation(&self) -> Simulation {
        let (run, _) = Redactor::new(&self.keys.known).redact_document(self.document.value().clone());
        let (context, identity) = (self.context(), stored_identity(&run));
        let facts = SimulationFacts {
            format: self.chosen().map_or(BodyFormat::Flat, |chosen| chosen.environment.format),
            profile: self.profile(),
            ..SimulationFacts::of(&context, &identity)
        };
        simulate(&run, &facts)
    }

    /// The stamp of the rows to show; `None` if the pane shows no rows.
    fn wanted(&self) -> Option<LayoutStamp> {
        let pane = self.layout()?.preview?;
        let form = self.payload.preview.form;
        let place = if form == PreviewForm::Simulation {
            self.simulation_place()
        } else {
            self.chosen().map_or_else(String::new, |chosen| chosen.environment.base.clone())
        };
        let columns = usize::from(pane.inside().width).saturating_sub(1).max(1);
        (form != PreviewForm::Json).then(|| LayoutStamp {
            form,
            revision: self.document.revision(),
            place,
            columns,
            keys: self.keys.known.len(),
        })
    }

    /// What a simulation depends on in addition to the document: the environment with its profile,
    /// and the runs and instances that are known.
    pub(super) fn simulation_place(&self) -> String {
        let environment = self.chosen().map(|chosen| &chosen.environment);
        let (id, base) = environment.map_or(("", ""), |own| (own.id.as_str(), own.base.as_str()));
        let (runs, instances) = (self.sending.sent.here().len(), self.known_instances(environment).count());
        format!("{id} {base} {runs} {instances}")
    }

    fn rows_of(&self, columns: usize) -> (Vec<PaneRow>, usize) {
        let redactor = ScreenRedactor::new(&self.keys.known);
        let comparison = match (self.payload.preview.form, &self.payload.accepted) {
            (PreviewForm::Simulation, _) => return self.simulated_rows(&redactor, columns),
            (PreviewForm::Saved, _) => self.changes_since_saved(),
            (PreviewForm::Accepted, Some(accepted)) => {
                Comparison::new("", &accepted.run, self.document.value())
            }
            (PreviewForm::Json | PreviewForm::Request | PreviewForm::Curl | PreviewForm::Accepted, _) => {
                let text = self.preview_text();
                let shown = |line| redactor.redact(text::visible(line));
                return (text.lines().flat_map(|line| wrapped(&shown(line), columns)).collect(), 0);
            }
        };
        let comparison = comparison.redacted(&redactor);
        (comparison.rows(columns).into_iter().map(PaneRow::Change).collect(), comparison.count())
    }

    /// The rows of the simulation, and the number of losses. Keys are redacted before values are
    /// cut.
    fn simulated_rows(&self, redactor: &ScreenRedactor, columns: usize) -> (Vec<PaneRow>, usize) {
        let simulation = self.simulation();
        let mut lines = lines(&simulation);
        if self.profile().is_none()
            && let Some(index) = lines.iter().position(|line| line.label == "Counts")
        {
            lines.insert(index + 1, no_profile());
        }
        let rows = rows(&lines, columns).into_iter().map(|row| {
            let text = redactor.redact(&row.text).into_owned();
            PaneRow::Simulated(SimulationRow { text, ..row })
        });
        (rows.collect(), simulation.losses.len())
    }
}

/// The line that says how to add a profile.
fn no_profile() -> SimulationLine {
    SimulationLine {
        kind: LineKind::More,
        label: String::new(),
        words: "No profile is loaded. sei-compose profile import FILE adds one.".to_owned(),
        at: None,
        code: None,
    }
}

/// The rows of a line; their texts without the line breaks are the line.
fn wrapped(line: &str, columns: usize) -> Vec<PaneRow> {
    let rows = reading::rows(&[line.to_owned()], columns);
    let last = rows.len().saturating_sub(1);
    let row = |(index, row): (usize, reading::TextRow)| {
        let gap = if index == last { "\n" } else { "" };
        if row.continues {
            PaneRow::Text(row.text, gap, row.indent + reading::MARK)
        } else {
            PaneRow::Text(" ".repeat(row.indent) + &row.text, gap, 0)
        }
    };
    rows.into_iter().enumerate().map(row).collect()
}
