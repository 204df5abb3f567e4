//! The problem list as it stands on the screen: which problems, over how many rows, for drawing and for the mouse.

use crate::app::geometry::Area;
use crate::app::model::Model;
use crate::check::Problem;
use crate::text;

/// The problem list in its pane.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProblemPane {
    /// The columns of the places.
    pub columns: usize,
    /// The rows, from the top.
    pub rows: Vec<ProblemRow>,
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
        let (width, height) = (usize::from(area.width), usize::from(area.height));
        let here = self.problems_here();
        let top = self.problems_top(height);
        let shown = || self.problems.iter().enumerate().skip(top).take(height);
        let widest = shown().map(|(_, problem)| text::width(&place_of(problem))).max().unwrap_or_default();
        let columns = widest.clamp(8, (width / 4).max(8));
        let room = width.saturating_sub(GUTTER + columns + 1).max(10);
        let mut rows: Vec<ProblemRow> = shown()
            .flat_map(|(index, problem)| spelled((index, problem), columns, room, here.contains(&index)))
            .collect();
        let cut = rows.get(height).map(|row| (row.index, row.text.is_empty()));
        rows.truncate(height);
        if let (Some((index, false)), Some(last)) = (cut, rows.last_mut())
            && last.index == index
        {
            // The rest of this sentence has no row.
            last.text = text::cut(&format!("{} …", last.text), room).into_owned();
        }
        ProblemPane { columns, rows }
    }

    /// The first problem shown in the list: so that the focused field's are in sight.
    fn problems_top(&self, height: usize) -> usize {
        let first = self.problems_here().first().copied().unwrap_or_default();
        first.saturating_sub(height / 2).min(self.problems.len().saturating_sub(height))
    }
}

/// The rows of one problem.
fn spelled(
    (index, problem): (usize, &Problem),
    columns: usize,
    room: usize,
    is_here: bool,
) -> Vec<ProblemRow> {
    let message = text::visible(&problem.message);
    let fix = problem.fixes.first().map(|fix| format!("fix: {}", text::visible(&fix.label)));
    let fits_beside =
        fix.as_ref().is_some_and(|fix| text::width(&message) + text::width(fix) + BESIDE <= room);
    let parts =
        if is_here { text::wrap(&message, room) } else { vec![text::cut(&message, room).into_owned()] };
    let mut rows: Vec<ProblemRow> =
        parts.into_iter().map(|text| ProblemRow { index, place: String::new(), text, fix: None }).collect();
    if let Some(first) = rows.first_mut() {
        first.place = short_place(&place_of(problem), columns);
        first.fix = fix.clone().filter(|_| fits_beside);
    }
    if is_here && !fits_beside && fix.is_some() {
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
