//! The problem list as it stands on the screen: which problems, over how many rows, for drawing and for the mouse.

use crate::app::geometry::Area;
use crate::app::model::Model;
use crate::check::Problem;
use crate::document::SyntaxError;
use crate::text;

/// The problem list in its pane.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProblemPane {
    /// What the first row says of a text that was left torn.
    pub torn: Option<String>,
    /// The columns of the places.
    pub columns: usize,
    /// The rows below that, from the top.
    pub rows: Vec<ProblemRow>,
    /// How many problems lie above and below what is shown.
    pub hidden: (usize, usize),
}

/// One row of the problem list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemRow {
    /// The problem's index.
    pub index: usize,
    /// Its place; empty on the further rows of its sentence.
    pub place: String,
    /// The sentence, or a part of it.
    pub text: String,
    /// The fix, where it stands on this row.
    pub fix: Option<String>,
}

/// The columns before the place: focus and severity.
const GUTTER: usize = 3;

/// The columns that a fix beside a sentence takes beyond its own: a gap, and the key that applies it.
const BESIDE: usize = 8;

impl Model {
    /// The problem list for its area on the screen.
    ///
    /// Each problem has one row, but the focused field's are spelled out.
    pub fn problem_pane(&self, area: Area) -> ProblemPane {
        let torn = self.torn().map(torn_words);
        let width = usize::from(area.width);
        let height = usize::from(area.height).saturating_sub(usize::from(torn.is_some()));
        let here = self.problems_here();
        let top = self.problems_top(height);
        let shown = || self.problems.iter().enumerate().skip(top).take(height);
        let widest = shown().map(|(_, problem)| text::width(&place_of(problem))).max().unwrap_or_default();
        let columns = widest.clamp(8, (width / 4).max(8));
        let room = width.saturating_sub(GUTTER + columns + 1).max(10);
        let mut rows: Vec<ProblemRow> = shown()
            .flat_map(|(index, problem)| {
                // Only the first of the focused field's is spelled out, and never over more than the pane.
                let rows = if here.first() == Some(&index) { height } else { 1 };
                spelled((index, problem), columns, room, rows)
            })
            .collect();
        rows.truncate(height);
        let last = rows.last().map_or(top, |row| row.index + 1);
        let hidden = (top, self.problems.len().saturating_sub(last));
        ProblemPane { torn, columns, rows, hidden }
    }

    /// The first problem shown in the list: so that the focused field's are in sight.
    fn problems_top(&self, height: usize) -> usize {
        match self.problems_here().first() {
            // In a low pane what is spelled out begins at the top.
            Some(first) if height < 4 => *first,
            Some(first) => first.saturating_sub(height / 3),
            None => 0,
        }
    }
}

/// What the list says of a text that was left torn.
fn torn_words(fault: &SyntaxError) -> String {
    format!("payload text  not JSON at {}:{} · {{edit-json}} mends it", fault.line, fault.column)
}

/// The rows of one problem, at most so many; its fix is the last to give way.
fn spelled((index, problem): (usize, &Problem), columns: usize, room: usize, most: usize) -> Vec<ProblemRow> {
    let message = text::visible(&problem.message);
    let fix = match problem.fixes.as_slice() {
        [] => None,
        [only] => Some(format!("fix: {}", text::visible(&only.label))),
        several => Some(format!("fix: choose one of {}", several.len())),
    };
    let fits_beside =
        fix.as_ref().is_some_and(|fix| text::width(&message) + text::width(fix) + BESIDE <= room);
    let fix_below = fix.is_some() && !fits_beside && most > 1;
    let lines = most - usize::from(fix_below);
    let parts = text::wrap(&message, room);
    let row = |text: String| ProblemRow { index, place: String::new(), text, fix: None };
    let mut rows: Vec<ProblemRow> = if parts.len() <= lines {
        parts.into_iter().map(row).collect()
    } else {
        let whole = parts.iter().take(lines - 1).cloned();
        let rest = parts.iter().skip(lines - 1).cloned().collect::<Vec<_>>().join(" ");
        whole.chain([text::cut(&rest, room).into_owned()]).map(row).collect()
    };
    if let Some(first) = rows.first_mut() {
        first.place = short_place(&place_of(problem), columns);
        first.fix = fix.clone().filter(|_| fits_beside);
    }
    if fix_below {
        rows.push(ProblemRow { index, place: String::new(), text: String::new(), fix });
    }
    rows
}

/// The place of a problem in words.
pub fn place_of(problem: &Problem) -> String {
    let at = problem.at.to_string();
    let at = text::visible(at.trim_start_matches('/')).into_owned();
    if at.is_empty() { "document".to_owned() } else { at }
}

/// A place cut at its front, since its end says most.
fn short_place(at: &str, columns: usize) -> String {
    if text::width(at) <= columns {
        return at.to_owned();
    }
    let mut tail = String::new();
    for part in at.rsplit('/') {
        if text::width(&tail) + text::width(part) + 2 > columns {
            break;
        }
        tail = if tail.is_empty() { part.to_owned() } else { format!("{part}/{tail}") };
    }
    if tail.is_empty() { text::cut(at, columns).into_owned() } else { format!("…{tail}") }
}
