//! The length of overlays, so that scrolling stops at the end.

use crate::app::action::{Action, ActionGroup};
use crate::app::entry::FieldEntry;
use crate::app::model::Model;
use crate::app::overlay::{Content, Overlay};
use crate::app::reading;
use crate::app::review::ReviewLine;
use crate::text;

/// The rows of the dialog frame and the screen margin.
const FRAME: usize = 4;

/// The most rows of the hint at the top of help.
const HINT: usize = 8;

/// The furthest scroll position of lines in rows; the last row shows the number of hidden lines.
const fn furthest(lines: usize, rows: usize) -> usize {
    if lines > rows { lines - rows.saturating_sub(1) } else { 0 }
}

impl Model {
    /// The furthest scroll position of the topmost overlay, with its last line visible. Help may
    /// scroll some lines further, because its length depends on the names of keys.
    pub(crate) fn furthest_scroll(&self) -> usize {
        let lines = match self.overlays.last() {
            Some(Overlay::Page(page)) => self.page_lines(&page.content),
            Some(Overlay::Review { fault, .. }) => {
                let (lines, room) = (self.review_lines(), self.dialog_rows());
                let is_tight = fault.is_none() && lines + 3 > room;
                let rows = room.min(lines + 3).saturating_sub(if is_tight { 1 } else { 2 });
                return furthest(lines, rows);
            }
            Some(
                Overlay::Pick(..)
                | Overlay::Prompt(_)
                | Overlay::Find(_)
                | Overlay::Key { .. }
                | Overlay::Ask(_)
                | Overlay::Import(_)
                | Overlay::Mapper(_)
                | Overlay::Waiting,
            )
            | None => return 0,
        };
        furthest(lines, self.dialog_rows())
    }

    fn page_lines(&self, content: &Content) -> usize {
        let (most, frame) = content.width();
        let columns = self.dialog_columns(most, frame).max(10);
        content.row_count(columns).unwrap_or_else(|| self.help_lines())
    }

    /// The most rows inside a dialog.
    pub(crate) fn dialog_rows(&self) -> usize {
        let card = self.layout().and_then(|layout| layout.card).map_or(0, |card| card.height + 1);
        usize::from(self.size.rows.saturating_sub(card)).saturating_sub(FRAME).max(1)
    }

    pub(crate) fn dialog_columns(&self, most: u16, margin: u16) -> usize {
        usize::from(most.min(self.size.columns.saturating_sub(2)).saturating_sub(margin))
    }

    fn review_lines(&self) -> usize {
        let columns = self.dialog_columns(100, 4);
        let wrapped =
            |words: &str, taken: usize| text::wrap(words, columns.saturating_sub(taken).max(10)).len();
        self.review()
            .iter()
            .map(|line| match line {
                ReviewLine::Fact(_, what) => wrapped(&text::visible(what), 14),
                ReviewLine::Problem(_, _, _, what) => 1 + wrapped(what, 4),
                ReviewLine::Alarm(words) => wrapped(words, 4),
                ReviewLine::Text(words) => wrapped(words, 1),
                ReviewLine::Gap | ReviewLine::Change(_) => 1,
            })
            .sum()
    }

    /// The length of help: the tour card, the hint, the focused field, and the keys by chapter.
    fn help_lines(&self) -> usize {
        let columns = self.dialog_columns(100, 4).max(20);
        let wrapped = |words: &str| text::wrap(words, columns).len();
        let tour = self.tour.current.as_ref().and_then(|tour| Some((tour, tour.step()?)));
        let card = tour.map_or(0, |(tour, step)| {
            wrapped(&tour.press(self)) + wrapped(&tour.text(self)) + wrapped(&step.hint) + 2
        });
        let is_about_field = self.focused().is_some_and(|row| row.field().is_some()) && !self.edits_text();
        let hint = match &self.notice {
            Some(notice) => wrapped(&format!("  {}", text::visible(&notice.text))) + 1,
            None if is_about_field => 0,
            None => HINT,
        };
        let keys: usize = Action::ALL
            .iter()
            .map(|action| text::wrap(action.text(), columns.saturating_sub(25)).len())
            .sum();
        let signs: usize = reading::SIGNS.iter().map(|words| wrapped(words)).sum();
        card + hint + self.help_row_lines(columns) + signs + 2 + keys + ActionGroup::ALL.len() * 2
    }

    /// The length of the help on the focused row.
    fn help_row_lines(&self, columns: usize) -> usize {
        let wrapped = |words: &str| text::wrap(words, columns).len();
        let Some(row) = self.focused() else { return 0 };
        let field = row.field();
        let about = field.map_or(0, |field| {
            let how = self.entry_of(row).map_or("", FieldEntry::how);
            let legacy = field.legacy.as_ref().map_or_else(String::new, |name| format!(", formerly {name}"));
            // “Required” and “optional” have the same length.
            let named = format!("{} (required{legacy})", field.name);
            let is_short = text::width(&field.label) + 2 + text::width(&named) <= columns;
            let known = format!("Evidence: {}. Sample: {}", field.source, field.sample);
            let named = 1 + if is_short { 0 } else { wrapped(&named) };
            named + wrapped(&field.help) + wrapped(&known) + if how.is_empty() { 0 } else { wrapped(how) }
        });
        let problems: usize = self
            .problems_here()
            .iter()
            .filter_map(|index| self.checks.problems.get(*index))
            .map(|problem| {
                let words = format!("{}: {}", problem.code, text::visible(&problem.message));
                wrapped(&words) + problem.fixes.len()
            })
            .sum();
        about + problems + usize::from(about + problems > 0)
    }
}
