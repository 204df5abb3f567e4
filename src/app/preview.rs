//! The visible part of the payload, and the labels of the tabs.

use crate::app::model::{Model, PreviewForm};
use crate::app::pane_layout::PaneRow;
use crate::app::row::{Role, Tab, place_of};
use crate::catalog::FieldRole;
use crate::check::Counts;
use crate::document::{self, Object, Pointer, Token};
use crate::text;
use crate::wire;

/// The columns before the tabs, for the modifier key of their numbers.
pub const TAB_KEY: usize = 5;

impl Model {
    /// The place in the document that the payload pane scrolls to.
    pub fn followed(&self) -> Pointer {
        self.focused().map_or_else(Pointer::root, |row| match row.role {
            Role::Problem(index) => {
                self.checks.problems.get(index).map_or_else(Pointer::root, |problem| problem.at.clone())
            }
            Role::Integration => place_of(self.document.value(), FieldRole::InstanceGuid),
            // The row that adds an item shows the last item.
            Role::Add(_) => before(&row.at),
            Role::Field | Role::Kind | Role::Other | Role::Item(_) | Role::Heading(_) | Role::Button(_) => {
                row.at.clone()
            }
        })
    }

    /// The line of the followed place in the pretty payload, from 0; for an absent place, the line
    /// of its nearest ancestor.
    pub fn followed_line(&self) -> usize {
        let root = self.document.value();
        let mut at = Some(self.followed());
        while let Some(here) = at {
            if let Some(line) = document::line_of(root, &here) {
                return line;
            }
            at = here.parent();
        }
        0
    }

    /// Whether the payload replaces the form, so that the keys move the payload.
    pub fn is_form_hidden(&self) -> bool {
        !self.edits_text() && self.layout().is_some_and(|layout| layout.form.is_none())
    }

    /// The rows of the pane that lead to a field, by their first row.
    pub(crate) fn leading_rows(&self) -> impl DoubleEndedIterator<Item = (usize, &Pointer)> {
        self.pane_rows().iter().enumerate().filter_map(|(index, row)| match row {
            PaneRow::Simulated(row) if row.is_first => Some((index, row.at.as_ref()?)),
            PaneRow::Simulated(_) | PaneRow::Text(..) | PaneRow::Change(_) => None,
        })
    }

    /// The chosen row of the simulation, while its keys go to the pane.
    pub fn chosen_row(&self) -> Option<usize> {
        if !self.is_form_hidden() {
            return None;
        }
        let wanted = self.payload.preview.row.unwrap_or_default();
        let mut rows = self.leading_rows().map(|(index, _)| index);
        let last = self.leading_rows().next_back().map(|(index, _)| index);
        rows.find(|index| *index >= wanted).or(last)
    }

    /// The height of the payload pane in rows.
    pub fn preview_height(&self) -> usize {
        let preview = self.layout().and_then(|layout| layout.preview);
        preview.map_or(1, |preview| usize::from(preview.inside().height)).max(1)
    }

    /// The number of lines in the payload pane.
    pub fn preview_lines(&self) -> usize {
        match self.payload.preview.form {
            PreviewForm::Json if self.payload.raw.is_some() => {
                self.payload.raw.as_ref().map_or(0, |raw| raw.editor.lines().len())
            }
            PreviewForm::Json => self.checks.size.lines,
            PreviewForm::Request
            | PreviewForm::Curl
            | PreviewForm::Simulation
            | PreviewForm::Saved
            | PreviewForm::Accepted => self.pane_rows().len(),
        }
    }

    /// The whole text of the payload pane.
    pub fn preview_text(&self) -> String {
        let Some(request) = self.request() else { return String::new() };
        match self.payload.preview.form {
            PreviewForm::Json => self
                .payload
                .raw
                .as_ref()
                .map_or_else(|| document::write_pretty(self.document.value()), |raw| raw.editor.text()),
            PreviewForm::Request => wire::as_http(&request),
            PreviewForm::Curl => wire::as_curl(&request),
            PreviewForm::Simulation => {
                self.pane_rows().iter().map(|row| row.text().trim_end().to_owned() + "\n").collect()
            }
            PreviewForm::Saved | PreviewForm::Accepted => {
                let rows = self.pane_rows().iter().map(|row| row.text().trim_start().to_owned() + "\n");
                rows.collect()
            }
        }
    }

    /// The first visible line: where the user scrolled to, otherwise such that the followed line is
    /// visible.
    pub fn preview_top(&self) -> usize {
        let height = self.preview_height();
        let lines = self.preview_lines();
        if let Some(raw) = self.shown_text() {
            return raw.top.min(lines.saturating_sub(1));
        }
        let top = self.payload.preview.scrolled.unwrap_or_else(|| match self.payload.preview.form {
            PreviewForm::Json => self.followed_line().saturating_sub(height / 3),
            PreviewForm::Request
            | PreviewForm::Curl
            | PreviewForm::Simulation
            | PreviewForm::Saved
            | PreviewForm::Accepted => 0,
        });
        top.min(lines.saturating_sub(height))
    }

    /// Whether the document has a field of a tab.
    fn is_started(&self, tab: Tab) -> bool {
        let root = Pointer::root();
        let mut keys = self.document.value().as_object().into_iter().flat_map(Object::keys);
        keys.any(|key| Tab::of(&root.key(key)) == tab)
    }

    /// The errors and warnings shown on a tab; none before anything is composed.
    pub fn tab_marks(&self, tab: Tab) -> Counts {
        if self.is_pristine() { Counts::default() } else { self.tab_counts(tab) }
    }

    /// The tab at a column of the tab line.
    pub fn tab_at(&self, column: u16) -> Option<Tab> {
        let mut rest = usize::from(column).checked_sub(TAB_KEY)?;
        let mut tabs = Tab::ALL.into_iter().zip(self.tab_labels());
        tabs.find_map(|(tab, label)| {
            let width = text::width(&label);
            let is_here = rest < width;
            rest = rest.saturating_sub(width);
            is_here.then_some(tab)
        })
    }

    /// The tab labels: number, title, count of errors or warnings. Short titles are used if the
    /// long ones do not fit.
    pub fn tab_labels(&self) -> Vec<String> {
        let columns = usize::from(self.size.columns).saturating_sub(TAB_KEY);
        let labels = |title: fn(Tab) -> &'static str, around: &str, gap: &str| -> Vec<String> {
            let label = |tab: Tab| {
                let (number, mark) = (tab.position() + 1, self.tab_mark(tab));
                let gap = if mark.is_empty() { "" } else { gap };
                let around = if number == 1 { "" } else { around };
                format!("{around}{number} {}{gap}{mark} ", title(tab))
            };
            Tab::ALL.map(label).to_vec()
        };
        let fits =
            |labels: &Vec<String>| labels.iter().map(|label| text::width(label)).sum::<usize>() <= columns;
        let whole = labels(Tab::title, " ", " ");
        if fits(&whole) {
            return whole;
        }
        let short = labels(Tab::short, " ", " ");
        if fits(&short) { short } else { labels(Tab::short, "", "") }
    }

    fn tab_mark(&self, tab: Tab) -> String {
        let counts = self.tab_marks(tab);
        match (counts.errors, counts.warnings) {
            (0, 0) if tab == Tab::Send || !self.is_started(tab) => String::new(),
            (0, 0) => "✓".to_owned(),
            (0, warnings) => format!("!{warnings}"),
            (errors, _) => format!("✗{errors}"),
        }
    }
}

/// The item before a place in a list; the list itself for the first place.
fn before(at: &Pointer) -> Pointer {
    let list = at.parent().unwrap_or_default();
    match at.last().and_then(Token::as_index) {
        Some(index) if index > 0 => list.index(index - 1),
        _ => list,
    }
}
