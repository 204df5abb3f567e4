//! Help: the card of the running tour, the meaning of the focused field, then every key, from the
//! table of actions.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use crate::app::entry::FieldEntry;
use crate::app::reading::SIGNS;
use crate::app::{Action, ActionGroup, Model, Scene};
use crate::catalog::Field;
use crate::text;
use crate::ui::{DrawContext, block, footer, tour};

use super::sending::paragraph;

pub(super) fn help(model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>, scroll: usize) {
    let width = 100.min(frame.area().width.saturating_sub(2));
    let columns = usize::from(width.saturating_sub(4)).max(20);
    let mut lines = tour::whole(model, context, columns);
    lines.extend(about_line(model, context, columns));
    lines.extend(about_row(model, context, columns));
    lines.extend(signs(context, columns));
    lines.extend(all_keys(context, columns));
    let inner = block::dialog(frame, "Help", (width, lines.len()), context);
    paragraph(frame, inner, &lines, scroll);
}

/// The full text of the help line above the keys, unless that text is about a field.
fn about_line(model: &Model, context: DrawContext<'_>, columns: usize) -> Vec<Line<'static>> {
    let is_about_field = model.focused().is_some_and(|row| row.field().is_some());
    if is_about_field && model.notice.is_none() && !model.edits_text() {
        return Vec::new();
    }
    let (words, style) = footer::message(model, context);
    if words.is_empty() {
        return Vec::new();
    }
    let parts = text::wrap(&words, columns).into_iter().map(|part| Line::styled(format!(" {part}"), style));
    parts.chain([Line::default()]).collect()
}

/// The meaning of the focused field, its problems and their fixes.
fn about_row(model: &Model, context: DrawContext<'_>, columns: usize) -> Vec<Line<'static>> {
    let theme = *context.theme;
    let mut lines = Vec::new();
    let Some(row) = model.focused() else { return lines };
    let field = row.field();
    if let Some(field) = field {
        lines.extend(about_field(field, context, columns));
        let how = model.entry_of(row).map_or("", FieldEntry::how);
        lines.extend(
            text::wrap(&context.with_keys(how, Scene::Form), columns)
                .into_iter()
                .filter(|part| !part.is_empty())
                .map(|part| Line::raw(format!(" {part}"))),
        );
    }
    for index in model.problems_here() {
        let Some(problem) = model.checks.problems.get(index) else { continue };
        let words = format!("{}: {}", problem.code, context.shown(&problem.message));
        for part in text::wrap(&words, columns) {
            lines.push(Line::styled(format!(" {part}"), theme.severity(problem.severity)));
        }
        for fix in &problem.fixes {
            lines.push(Line::styled(format!("   fix: {}", context.shown(&fix.label)), theme.good()));
        }
    }
    if !lines.is_empty() {
        lines.push(Line::default());
    }
    lines
}

fn about_field(field: &Field, context: DrawContext<'_>, columns: usize) -> Vec<Line<'static>> {
    let theme = *context.theme;
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
    let known = format!("Evidence: {}. Sample: {}", field.source, field.sample);
    lines.extend(
        text::wrap(&known, columns).into_iter().map(|part| Line::styled(format!(" {part}"), theme.dim())),
    );
    lines
}

/// The meaning of the signs of keys, counts and environments.
fn signs(context: DrawContext<'_>, columns: usize) -> Vec<Line<'static>> {
    let known = context.theme.symbols();
    let signs = [
        ("{x}", known.error),
        ("{w}", known.warning),
        ("{h}", known.hint),
        ("{o}", known.ok),
        ("{u}", known.unsaved),
        ("{p}", known.protected),
    ];
    let with_signs = |words: &&str| {
        signs.iter().fold((*words).to_owned(), |words, (name, sign)| words.replace(name, sign))
    };
    let lines = SIGNS.iter().map(with_signs).flat_map(|words| text::wrap(&words, columns));
    let lines = lines.map(|part| Line::raw(format!(" {part}")));
    [Line::styled(" Symbols", context.theme.accent())]
        .into_iter()
        .chain(lines)
        .chain([Line::default()])
        .collect()
}

fn all_keys(context: DrawContext<'_>, columns: usize) -> Vec<Line<'static>> {
    let theme = *context.theme;
    let mut lines = Vec::new();
    for area in ActionGroup::ALL {
        let title = context.with_keys(area.title(), Scene::Form);
        lines.push(Line::styled(format!(" {title}"), theme.accent()));
        for action in Action::ALL.iter().filter(|action| action.group() == area) {
            let mut parts = text::wrap(action.text(), columns.saturating_sub(KEYS + 3)).into_iter();
            let first = parts.next().unwrap_or_default();
            let keys = keys_of(*action, context, columns.saturating_sub(text::width(&first) + 3));
            let padding = KEYS.saturating_sub(text::width(&keys)).max(2);
            lines.push(Line::from(vec![
                Span::styled(format!("   {keys}{}", " ".repeat(padding)), theme.strong()),
                Span::raw(first),
            ]));
            lines.extend(parts.map(|part| Line::raw(format!("{}{part}", " ".repeat(KEYS + 3)))));
        }
        lines.push(Line::default());
    }
    lines
}

/// The columns of the keys, with the gap after them.
const KEYS: usize = 22;

/// The keys of an action, as many as fit, so that its description still has its columns.
fn keys_of(action: Action, context: DrawContext<'_>, room: usize) -> String {
    let keymap = context.keymap;
    let presses = |scene| keymap.presses(scene, action);
    let scene = if action.group() == ActionGroup::Text { Scene::Json } else { Scene::Form };
    let is_in_text = presses(Scene::Json).next().is_some();
    let mut keys = Vec::new();
    for press in presses(scene) {
        // A key with another action in the text editor works only in the form.
        let in_text = keymap.resolve(Scene::Json, press);
        let is_form_only = is_in_text && in_text.is_some_and(|other| other != action);
        keys.push(if is_form_only { format!("(form {press})") } else { press.to_string() });
    }
    while keys.len() > 1 && text::width(&keys.join(" ")) + 2 > room.max(KEYS) {
        keys.pop();
    }
    if keys.is_empty() {
        let palette = keymap.label(Scene::Form, Action::Palette);
        return palette.map_or_else(String::new, |key| format!("{key} …"));
    }
    keys.join(" ")
}
