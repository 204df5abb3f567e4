//! The last two lines: what the field means or what just happened, and the keys.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::entry::Entry;
use crate::app::row::Role;
use crate::app::{Action, Model, Scene};
use crate::text;

use super::{Look, block};

/// What just happened, else what is wrong here where the list has no room, else what the field means.
pub(super) fn help(model: &Model, look: Look<'_>, frame: &mut Frame<'_>, area: Rect) {
    let theme = *look.theme;
    if let Some(notice) = &model.notice {
        let (mark, style) = if notice.is_fault {
            (theme.symbols().error, theme.bad())
        } else {
            (theme.symbols().ok, theme.good())
        };
        return sentences(frame, area, &format!("{mark} {}", text::visible(&notice.text)), style);
    }
    let is_listed = model.layout().is_some_and(|layout| layout.problems.is_some());
    if !is_listed
        && let Some(problem) = model.problems_here().first().and_then(|index| model.problems.get(*index))
    {
        let words = format!("{} {}", theme.mark(problem.severity), text::visible(&problem.message));
        return sentences(frame, area, &words, theme.severity(problem.severity));
    }
    sentences(frame, area, &sentence(model, area), Style::new());
}

/// Writes text over as many lines as there are; what does not fit is cut.
fn sentences(frame: &mut Frame<'_>, area: Rect, words: &str, style: Style) {
    let columns = usize::from(area.width).saturating_sub(2).max(10);
    let lines = text::wrap(words, columns);
    let room = usize::from(area.height);
    for (index, line) in lines.iter().take(room).enumerate() {
        let Some(place) = block::row(area, index) else { break };
        let is_cut = index + 1 == room && lines.len() > room;
        let line =
            if is_cut { text::cut(&format!("{line} …"), columns).into_owned() } else { line.clone() };
        block::line(frame.buffer_mut(), place, Line::styled(format!(" {line}"), style), None);
    }
}

/// What the focused row is for.
fn sentence(model: &Model, area: Rect) -> String {
    let Some(row) = model.focused() else { return String::new() };
    match row.role {
        Role::Field => row.field().map_or_else(String::new, |field| {
            let how = model.entry_of(row).map_or("", how_to_type);
            let both = format!("{} {how}", field.help);
            let columns = usize::from(area.width).saturating_sub(2).max(10);
            let fits = text::wrap(&both, columns).len() <= usize::from(area.height);
            if fits { both } else { field.help.clone() }
        }),
        Role::Kind => {
            "CI builds and outputs artifacts; CD takes them in. ← → choose, or type i, d, u.".to_owned()
        }
        Role::Other => "Not documented, kept and sent as it is. Typed as JSON.".to_owned(),
        Role::Item(_) => {
            "Enter unfolds and folds · Del removes · Alt-↑ Alt-↓ move · ^D duplicates".to_owned()
        }
        Role::Add(_) => "Enter adds one and opens it.".to_owned(),
        Role::Integration => {
            "The number SEI gave the Custom integration: in satellite.yml, or on its page in SEI.".to_owned()
        }
        Role::Button(action) => format!("Enter: {}.", action.text()),
        Role::Problem(_) => "Enter goes to the field · F8 mends it where a fix is ready".to_owned(),
        Role::Heading(_) => String::new(),
    }
}

/// How a kind of value is typed.
const fn how_to_type(entry: Entry) -> &'static str {
    match entry {
        Entry::Instant | Entry::IsoInstant => "Type now, -15m, 14:05, 2023-03-22 06:44, or epoch s or ms.",
        Entry::Span => "Type 77s, 1m 17s, 00:01:17, or milliseconds.",
        Entry::Choice => "← → choose, Enter lists, or type.",
        Entry::Toggle => "y, n, or Space; Del for neither.",
        Entry::List => "Many at once, by commas or lines.",
        Entry::Pairs => "key=value, by commas.",
        Entry::Raw => "Typed as JSON.",
        Entry::Text | Entry::Number => "",
    }
}

/// The keys worth knowing now, as many as fit.
pub(super) fn keys(model: &Model, look: Look<'_>, frame: &mut Frame<'_>, area: Rect) {
    let theme = *look.theme;
    let mut spans = vec![Span::raw(" ")];
    let mut room = usize::from(area.width).saturating_sub(1);
    let is_wide = model.layout().is_some_and(|layout| layout.form.is_some() && layout.preview.is_some());
    let offers = look.keymap.footer().iter();
    for (action, word) in offers.filter(|(action, _)| !(is_wide && *action == Action::TogglePreview)) {
        let Some(key) = look.keymap.label(Scene::Form, *action) else { continue };
        let width = text::width(&key) + text::width(word) + 3;
        if width > room {
            break;
        }
        room -= width;
        spans.push(Span::styled(key, theme.accent()));
        spans.push(Span::styled(format!(" {word}  "), theme.dim()));
    }
    block::line(frame.buffer_mut(), area, Line::from(spans), None);
}
