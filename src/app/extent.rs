//! How long what stands above the form is, so that scrolling stops at its end.

use crate::app::action::{Action, Area};
use crate::app::arrival;
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::reading;
use crate::app::review::Line;
use crate::text;

/// The rows that a dialog's frame and the edge of the screen take.
const FRAME: usize = 4;

impl Model {
    /// The furthest that the topmost overlay can be scrolled; no more than a page short of exact.
    pub(crate) fn furthest_scroll(&self) -> usize {
        let lines = match self.overlays.last() {
            Some(Overlay::Help { .. }) => self.help_lines(),
            Some(Overlay::Review { .. }) => self.review_lines() + 3,
            Some(Overlay::Reply { explanation, .. }) => {
                let columns = self.dialog_columns(90, 6);
                let wrapped = |words: &String| text::wrap(words, columns.max(10)).len();
                let meaning: usize = explanation.meaning.iter().map(wrapped).sum();
                let next: usize = explanation.next.iter().map(wrapped).sum();
                meaning + next + explanation.ways.len() + wrapped(&explanation.headline) + 3
            }
            Some(Overlay::Sent { lines, .. } | Overlay::Exported { lines, .. }) => {
                reading::rows(lines, self.dialog_columns(100, 4).max(10)).len()
            }
            Some(Overlay::Compare { comparison, .. }) => {
                comparison.rows(self.dialog_columns(100, 4).max(10)).len()
            }
            Some(Overlay::Arrivals { overview, .. }) => {
                arrival::rows(overview, self.dialog_columns(100, 4).max(10)).len()
            }
            Some(
                Overlay::Pick(..)
                | Overlay::Prompt(_)
                | Overlay::Find(_)
                | Overlay::Key { .. }
                | Overlay::Ask(_)
                | Overlay::Import(_)
                | Overlay::Waiting,
            )
            | None => return 0,
        };
        let card = self.layout().and_then(|layout| layout.card).map_or(0, |card| card.height + 1);
        let room = usize::from(self.size.rows.saturating_sub(card)).saturating_sub(FRAME + 1);
        lines.saturating_sub(room)
    }

    fn dialog_columns(&self, most: u16, margin: u16) -> usize {
        usize::from(most.min(self.size.columns.saturating_sub(2)).saturating_sub(margin))
    }

    fn review_lines(&self) -> usize {
        let columns = self.dialog_columns(100, 4);
        let wrapped =
            |words: &str, taken: usize| text::wrap(words, columns.saturating_sub(taken).max(10)).len();
        self.review()
            .iter()
            .map(|line| match line {
                Line::Fact(_, what) => wrapped(what, 14),
                Line::Problem(_, _, what) => 1 + wrapped(what, 4),
                Line::Alarm(words) => wrapped(words, 4),
                Line::Text(words) => wrapped(words, 1),
                Line::Gap | Line::Change(_) => 1,
            })
            .sum()
    }

    /// The keys by chapter, and about as much as there is to say of a field.
    fn help_lines(&self) -> usize {
        let columns = self.dialog_columns(100, 4).max(20);
        let help = self
            .focused()
            .and_then(crate::app::row::Row::field)
            .map_or(0, |field| text::wrap(&field.help, columns).len() + 4);
        let problems: usize = self
            .problems_here()
            .iter()
            .filter_map(|index| self.problems.get(*index))
            .map(|problem| text::wrap(&problem.message, columns).len() + 1 + problem.fixes.len())
            .sum();
        let said = self.notice.as_ref().map_or(4, |notice| text::wrap(&notice.text, columns).len() + 2);
        let keys: usize = Action::ALL
            .iter()
            .map(|action| text::wrap(action.text(), columns.saturating_sub(25)).len())
            .sum();
        keys + Area::ALL.len() * 2 + said + help + problems
    }
}
