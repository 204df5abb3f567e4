//! The problem list on the screen: which problems, on how many rows, for drawing and for the mouse;
//! and the start options before anything is composed.

use std::sync::Arc;

use crate::app::geometry::Area;
use crate::app::model::{Model, PreviewForm};
use crate::app::row::Tab;
use crate::app::{Action, change};
use crate::catalog::FieldRole;
use crate::check::{self, Loss, Problem};
use crate::document::{Edit, Object, Pointer, SyntaxError, Value, ValueKind};
use crate::text;

/// The problem list in its pane.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProblemPane {
    /// The first row, about unparsed text.
    pub unparsed: Option<String>,
    /// The width of the place column.
    pub columns: usize,
    /// The width of the loss column; 0 if no problem nearby loses anything.
    pub loss_columns: usize,
    /// The other rows.
    pub rows: Vec<ProblemRow>,
    /// The numbers of problems above and below the shown rows.
    pub hidden: (usize, usize),
}

/// One row of the problem list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemRow {
    /// The index of the problem.
    pub index: usize,
    /// Its place; empty on further rows of the same problem.
    pub place: String,
    /// What SEI loses, as a word; empty if nothing, and on further rows of the same problem.
    pub loss: &'static str,
    /// The message, or a part of it.
    pub text: String,
    /// The fix, if it is shown on this row; for a GUID without fixes, the effect of the action that
    /// creates one.
    pub fix: Option<String>,
}

/// A way to start a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StartOption {
    /// The action, if the option has one.
    pub action: Option<Action>,
    /// The word shown instead of a key.
    pub word: &'static str,
    /// The description of the option.
    pub words: &'static str,
}

const fn start_option(action: Action, words: &'static str) -> StartOption {
    StartOption { action: Some(action), word: "", words }
}

/// The start options, in the order most useful to a new user.
pub const START_OPTIONS: [StartOption; 6] = [
    start_option(Action::Tour, "open the guided demo"),
    StartOption { action: None, word: "paste", words: "a run, curl, CI JSON" },
    start_option(Action::New, "start from a template"),
    start_option(Action::Import, "import a file: run, curl, satellite.yml"),
    start_option(Action::Open, "open a draft"),
    StartOption { action: None, word: "type", words: "into the blank form" },
];

/// The row of the payload pane with the first start option.
pub const START_OPTIONS_TOP: usize = 2;

/// The columns before the place: focus mark and severity.
const GUTTER: usize = 3;

/// The extra columns of a fix next to a message: a gap, and the key that applies it.
const NEXT_TO: usize = 9;

/// The widths of the parts of a row.
#[derive(Clone, Copy)]
struct Widths {
    place: usize,
    loss: usize,
    sentence: usize,
}

impl Model {
    /// Whether nothing was composed yet, so that the payload pane shows the start options.
    pub fn offers_start_options(&self) -> bool {
        let is_empty = self.document.value().as_object().is_some_and(Object::is_empty);
        is_empty && self.draft.file.name.is_none() && !self.document.can_undo()
    }

    /// The start option on a row of the payload pane.
    pub fn start_option_at(&self, row: usize) -> Option<StartOption> {
        let shows_options = self.payload.preview.form == PreviewForm::Json
            && self.payload.raw.is_none()
            && self.offers_start_options();
        // A running tour is not offered.
        let first = usize::from(self.tour.current.is_some());
        let options = START_OPTIONS.get(first..).filter(|_| shows_options)?;
        options.get(row.checked_sub(START_OPTIONS_TOP)?).copied()
    }

    /// Whether problems are hidden because nothing was composed yet. A send attempt, a jump to a
    /// problem, the check list or the text editor shows them.
    pub fn is_pristine(&self) -> bool {
        let has_asked =
            self.form.tried || self.checks.is_sought || self.form.tab == Tab::Send || self.edits_text();
        !has_asked && self.offers_start_options()
    }

    /// The problem list for an area of the screen.
    ///
    /// The problem of the focused field is shown in full, each other problem on one row. Spare rows
    /// go to messages that are cut.
    pub fn problem_pane(&self, area: Area) -> ProblemPane {
        let unparsed = self.unparsed_fault().map(unparsed_message);
        let height = usize::from(area.height).saturating_sub(usize::from(unparsed.is_some()));
        let here = self.problems_here();
        let Some(last) = self.checks.problems.len().checked_sub(1).filter(|_| height > 0) else {
            return ProblemPane { unparsed, ..ProblemPane::default() };
        };
        let anchor = here.first().copied().unwrap_or(self.checks.last_stop).min(last);
        let from = anchor.saturating_sub(height / 3).min((last + 1).saturating_sub(height));
        let near = self.checks.problems.iter().skip(from).take(height + height / 3);
        let widths = widths(usize::from(area.width), near);
        let of = |index: usize, most: usize| match self.checks.problems.get(index) {
            Some(problem) => self.spelled(index, problem, widths, most),
            None => Vec::new(),
        };
        let spelled = of(anchor, if here.is_empty() { 1 } else { height });
        let rest = height.saturating_sub(spelled.len());
        let after = last - anchor;
        let above = anchor.min((rest / 3).max(rest.saturating_sub(after)));
        let below = after.min(rest - above);
        let mut spare = rest - above - below;
        let mut rows = Vec::with_capacity(height);
        for index in anchor - above..=anchor + below {
            if index == anchor && !here.is_empty() {
                rows.extend(spelled.iter().cloned());
                continue;
            }
            let own = of(index, 1 + spare);
            spare = spare.saturating_sub(own.len().saturating_sub(1));
            rows.extend(own);
        }
        ProblemPane {
            unparsed,
            columns: widths.place,
            loss_columns: widths.loss,
            rows,
            hidden: (anchor - above, after - below),
        }
    }

    /// The number of rows that the list needs, at most `most`: one for each problem, and those that
    /// show the longest problem in full.
    pub(super) fn problem_rows(&self, most: usize) -> usize {
        let unparsed = usize::from(self.unparsed_fault().is_some());
        let count = self.checks.problems.len();
        if count + unparsed >= most {
            return most;
        }
        let widths = widths(usize::from(self.size.columns).saturating_sub(2), self.checks.problems.iter());
        let spelled =
            |(index, problem): (usize, &Arc<Problem>)| self.spelled(index, problem, widths, most).len() - 1;
        let longest = self.checks.problems.iter().enumerate().map(spelled).max().unwrap_or(1);
        (count + longest + unparsed).min(most)
    }

    /// The rows of one problem, from one to `most`. A cut shortens the message before the fix.
    fn spelled(&self, index: usize, problem: &Problem, widths: Widths, most: usize) -> Vec<ProblemRow> {
        let (place, sentence) = message_of(problem);
        let fix = self.fix_words(problem, widths.sentence.saturating_sub(NEXT_TO));
        let fits_next_to = |part: &str| {
            fix.as_ref().is_some_and(|fix| text::width(part) + text::width(fix) + NEXT_TO <= widths.sentence)
        };
        let parts = text::wrap(&sentence, widths.sentence);
        let is_next_to = parts.len() <= most && parts.last().is_some_and(|part| fits_next_to(part));
        let is_below = fix.is_some() && !is_next_to && most > 1;
        let lines = most.saturating_sub(usize::from(is_below)).max(1);
        let row = |text: String| ProblemRow { index, place: String::new(), loss: "", text, fix: None };
        let mut rows: Vec<ProblemRow> = if parts.len() <= lines {
            parts.into_iter().map(row).collect()
        } else {
            let whole = parts.iter().take(lines - 1).cloned();
            let rest = parts.iter().skip(lines - 1).cloned().collect::<Vec<_>>().join(" ");
            whole.chain([text::cut(&rest, widths.sentence).into_owned()]).map(row).collect()
        };
        if let Some(first) = rows.first_mut() {
            first.place = short_place(&place, widths.place);
            first.loss = loss_word(problem);
        }
        if is_below {
            rows.push(row(String::new()));
        }
        if let Some(last) = rows.last_mut().filter(|_| is_next_to || is_below) {
            last.fix = fix;
        }
        rows
    }

    /// The description of a fix: the change from old to new value if it is short, otherwise the
    /// label.
    fn fix_words(&self, problem: &Problem, room: usize) -> Option<String> {
        let only = match problem.fixes.as_slice() {
            [] => return is_about_guid(problem).then(|| "create instance".to_owned()),
            [only] => only,
            several => return Some(format!("{} choices", several.len())),
        };
        let label = text::visible(&only.label).into_owned();
        let [Edit::Replace { at, value }] = only.edits.as_slice() else { return Some(label) };
        if label.contains('→') || *at != problem.at || self.may_hold_secret(at) {
            return Some(label);
        }
        let is_plain = |value: &&Value| !matches!(value.kind(), ValueKind::Array | ValueKind::Object);
        let before = self.document.value().get(at).filter(is_plain);
        let change = before.filter(|_| is_plain(&value)).map(|before| change::describe(before, value));
        Some(change.filter(|change| text::width(change) <= room).unwrap_or(label))
    }

    /// Whether the value at a place may be a secret, according to any problem of that place.
    fn may_hold_secret(&self, at: &Pointer) -> bool {
        self.checks.problems.iter().any(|problem| check::has_secret(problem.code) && problem.at == *at)
    }
}

/// The widths of the columns of place and loss, fitted to the nearby problems, and of the messages
/// next to them.
fn widths<'a>(width: usize, near: impl Iterator<Item = &'a Arc<Problem>>) -> Widths {
    let most = match width {
        ..70 => 13,
        70..100 => 14,
        100.. => 16,
    };
    let (mut place, mut loss) = (8, 0);
    for problem in near {
        place = place.max(text::width(&short_place(&message_of(problem).0, most)));
        loss = loss.max(loss_word(problem).len());
    }
    let taken = GUTTER + place + 1 + if loss > 0 { loss + 1 } else { 0 };
    Widths { place, loss, sentence: width.saturating_sub(taken).max(10) }
}

/// What a problem costs, as a word; empty if nothing.
pub fn loss_word(problem: &Problem) -> &'static str {
    problem.loss.map_or("", Loss::word)
}

/// The row about unparsed text.
fn unparsed_message(fault: &SyntaxError) -> String {
    format!("payload text  not JSON at {}:{} · {{edit-json}} edit", fault.line, fault.column)
}

/// Whether a problem is about the instance GUID, which an environment can create.
fn is_about_guid(problem: &Problem) -> bool {
    let field = problem.at.last().map(|token| token.word().into_owned());
    field.is_some_and(|word| FieldRole::InstanceGuid.names().any(|name| name == word))
}

/// The place of a problem, without the leading slash.
pub fn place_of(problem: &Problem) -> String {
    change::place(&problem.at)
}

/// The place of a problem and its message, without repeating the field name.
pub fn message_of(problem: &Problem) -> (String, String) {
    let place = place_of(problem);
    let sentence = text::visible(&problem.message).into_owned();
    let (above, name) = place.rsplit_once('/').unwrap_or(("", &place));
    let rest = sentence.strip_prefix(name).or_else(|| {
        let quoted = sentence.strip_prefix('“')?.strip_prefix(name)?;
        quoted.strip_prefix('”')
    });
    match rest.and_then(|rest| rest.strip_prefix(' ')) {
        Some(rest) if above.is_empty() && !rest.starts_with("and ") => (place, rest.to_owned()),
        Some(_) if !above.is_empty() => (above.to_owned(), sentence),
        Some(_) | None => (place, sentence),
    }
}

/// A place cut at the front, because its end says most.
pub fn short_place(at: &str, columns: usize) -> String {
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
    let end = at.rsplit('/').next().unwrap_or(at);
    if tail.is_empty() { text::cut(end, columns).into_owned() } else { format!("…{tail}") }
}
