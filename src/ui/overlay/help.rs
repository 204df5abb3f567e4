//! Help: the card of the tour while it is on, what the focused field means, then every key, from the one table of actions.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use crate::app::entry::FieldEntry;
use crate::app::reading::SIGNS;
use crate::app::{Action, ActionGroup, Model, Scene};
use crate::catalog::Field;
use crate::text;
use crate::ui::{DrawContext, block, footer, tour};

use super::sending::paragraph;

/// Draws help.
pub(super) fn help(model: &Model, look: DrawContext<'_>, frame: &mut Frame<'_>, scroll: usize) {
    let width = 100.min(frame.area().width.saturating_sub(2));
    let columns = usize::from(width.saturating_sub(4)).max(20);
    let mut lines = tour::whole(model, look, columns);
    lines.extend(about_line(model, look, columns));
    lines.extend(about_row(model, look, columns));
    lines.extend(signs(look, columns));
    lines.extend(all_keys(look, columns));
    let inner = block::dialog(frame, "Help", (width, lines.len()), look);
    paragraph(frame, inner, &lines, scroll);
}

/// The whole of what the line above the keys says, unless that is about a field.
fn about_line(model: &Model, look: DrawContext<'_>, columns: usize) -> Vec<Line<'static>> {
    let is_about_field = model.focused().is_some_and(|row| row.field().is_some());
    if is_about_field && model.notice.is_none() && !model.edits_text() {
        return Vec::new();
    }
    let (words, style) = footer::said(model, look);
    if words.is_empty() {
        return Vec::new();
    }
    let parts = text::wrap(&words, columns).into_iter().map(|part| Line::styled(format!(" {part}"), style));
    parts.chain([Line::default()]).collect()
}

/// What the focused field means and what is wrong with it.
fn about_row(model: &Model, look: DrawContext<'_>, columns: usize) -> Vec<Line<'static>> {
    let theme = *look.theme;
    let mut lines = Vec::new();
    let Some(row) = model.focused() else { return lines };
    let field = row.field();
    if let Some(field) = field {
        lines.extend(about_field(field, look, columns));
        let how = model.entry_of(row).map_or("", FieldEntry::how);
        lines.extend(
            text::wrap(&look.with_keys(how, Scene::Form), columns)
                .into_iter()
                .filter(|part| !part.is_empty())
                .map(|part| Line::raw(format!(" {part}"))),
        );
    }
    for index in model.problems_here() {
        let Some(problem) = model.checks.problems.get(index) else { continue };
        let words = format!("{}: {}", problem.code, look.shown(&problem.message));
        for part in text::wrap(&words, columns) {
            lines.push(Line::styled(format!(" {part}"), theme.severity(problem.severity)));
        }
        for fix in &problem.fixes {
            lines.push(Line::styled(format!("   fix: {}", look.shown(&fix.label)), theme.good()));
        }
    }
    if !lines.is_empty() {
        lines.push(Line::default());
    }
    lines
}

fn about_field(field: &Field, look: DrawContext<'_>, columns: usize) -> Vec<Line<'static>> {
    let theme = *look.theme;
    let required = if field.required { "required" } else { "optional" };
    let legacy = field.legacy.as_ref().map_or_else(String::new, |legacy| format!(", formerly {legacy}"));
    let named = format!("{} ({required}{legacy})", field.name);
    let label = Span::styled(format!(" {} ", field.label), theme.accent());
    let mut lines = if label.width() + text::width(&named) <= columns {
        vec![Line::from(vec![label, Span::raw(named)])]
    } else {
        let parts = text::wrap(&named, columns).into_iter().map(|part| Line::raw(format!(" {part}")));
        std::iter::once(Line::from(label)).chain(parts).collect()
    };
    lines.extend(text::wrap(&field.help, columns).into_iter().map(|part| Line::raw(format!(" {part}"))));
    let known = format!("Known from: {}. Sample: {}", field.source, field.sample);
    lines.extend(
        text::wrap(&known, columns).into_iter().map(|part| Line::styled(format!(" {part}"), theme.dim())),
    );
    lines
}

/// What the signs of keys, counts and environments mean.
fn signs(look: DrawContext<'_>, columns: usize) -> Vec<Line<'static>> {
    let known = look.theme.symbols();
    let signs = [
        ("{x}", known.error),
        ("{w}", known.warning),
        ("{h}", known.hint),
        ("{o}", known.ok),
        ("{u}", known.unsaved),
        ("{p}", known.protected),
    ];
    let told = |words: &&str| {
        signs.iter().fold((*words).to_owned(), |words, (name, sign)| words.replace(name, sign))
    };
    let lines = SIGNS.iter().map(told).flat_map(|words| text::wrap(&words, columns));
    let lines = lines.map(|part| Line::raw(format!(" {part}")));
    [Line::styled(" Signs", look.theme.accent())].into_iter().chain(lines).chain([Line::default()]).collect()
}

fn all_keys(look: DrawContext<'_>, columns: usize) -> Vec<Line<'static>> {
    let theme = *look.theme;
    let mut lines = Vec::new();
    for area in ActionGroup::ALL {
        lines.push(Line::styled(format!(" {}", area.title()), theme.accent()));
        for action in Action::ALL.iter().filter(|action| action.group() == area) {
            let of = |scene| look.keymap.presses(scene, *action).map(|press| press.to_string());
            let keys: Vec<String> = of(Scene::Form).collect();
            let keys: Vec<String> = if keys.is_empty() { of(Scene::Json).collect() } else { keys };
            let keys = if keys.is_empty() { "palette".to_owned() } else { keys.join(" ") };
            let padding = 22_usize.saturating_sub(text::width(&keys));
            let mut parts = text::wrap(action.text(), columns.saturating_sub(25)).into_iter();
            lines.push(Line::from(vec![
                Span::styled(format!("   {keys}{}", " ".repeat(padding)), theme.strong()),
                Span::raw(parts.next().unwrap_or_default()),
            ]));
            lines.extend(parts.map(|part| Line::raw(format!("{}{part}", " ".repeat(25)))));
        }
        lines.push(Line::default());
    }
    lines
}
