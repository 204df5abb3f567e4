//! The last two lines: what the field means or what just happened, and the keys.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::entry::Entry;
use crate::app::row::Role;
use crate::app::{Action, Model, Scene};
use crate::text;

use super::{Look, block};

/// What just happened, else what is wrong here where the list has no room, else what the field means.
pub(super) fn help(model: &Model, look: Look<'_>, frame: &mut Frame<'_>, area: Rect) {
    let theme = *look.theme;
    let room = usize::from(area.width).saturating_sub(1);
    if let Some(notice) = &model.notice {
        let (mark, style) = if notice.is_fault {
            (theme.symbols().error, theme.bad())
        } else {
            (theme.symbols().ok, theme.good())
        };
        let line = format!(" {mark} {}", text::visible(&notice.text));
        block::line(frame.buffer_mut(), area, Line::styled(text::cut(&line, room).into_owned(), style), None);
        return;
    }
    if area.y < 17
        && let Some(problem) = model.problems_here().first().and_then(|index| model.problems.get(*index))
    {
        let line = format!(" {} {}", theme.mark(problem.severity), text::visible(&problem.message));
        let line = Line::styled(text::cut(&line, room).into_owned(), theme.severity(problem.severity));
        block::line(frame.buffer_mut(), area, line, None);
        return;
    }
    let sentence = format!(" {}", sentence(model));
    block::line(frame.buffer_mut(), area, Line::raw(text::cut(&sentence, room).into_owned()), None);
}

/// What the focused row is for.
fn sentence(model: &Model) -> String {
    let Some(row) = model.focused() else { return String::new() };
    match row.role {
        Role::Field => row.field().map_or_else(String::new, |field| {
            let how = model.entry_of(row).map_or("", how_to_type);
            if how.is_empty() || text::width(&field.help) + text::width(how) > usize::from(model.size.columns)
            {
                field.help.clone()
            } else {
                format!("{} {how}", field.help)
            }
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
