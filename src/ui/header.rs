//! The first two lines: draft, environment, key and counts; the tabs.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use crate::app::model::{TYPED, key_from};
use crate::app::preview::TAB_KEY;
use crate::app::row::Tab;
use crate::app::{Access, Action, Model, Scene};
use crate::text;

use super::{DrawContext, block};

/// Draws the name of the draft, the environment, its key and the counts.
pub(super) fn title(model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>, area: Rect) {
    let theme = *context.theme;
    let symbols = theme.symbols();
    let name = model.draft.file.name.as_deref().unwrap_or("unnamed draft");
    let wide = area.width >= 100;
    let brand = if wide { " sei-compose " } else { " " };
    let mut left = vec![Span::styled(brand, theme.accent().add_modifier(Modifier::BOLD))];
    left.push(Span::styled(
        text::cut(&context.shown(name), if wide { 30 } else { 16 }).into_owned(),
        theme.strong(),
    ));
    if model.is_unsaved() {
        let word = if wide { " unsaved" } else { "" };
        left.push(Span::styled(format!(" {}{word}", symbols.unsaved), theme.careful()));
    }
    if model.settings.read_only || model.draft.file.access == Access::ReadOnly {
        left.push(Span::styled(" read-only", theme.careful()));
    }
    left.push(Span::raw("  "));
    left.extend(environment(model, context, wide));
    let right = counts(model, context);
    let width = usize::from(area.width);
    let room = width.saturating_sub(Line::from(right.clone()).width() + 1);
    let left = fitted(left, room);
    block::line(frame.buffer_mut(), area, Line::from(left), None);
    let right = Line::from(right);
    let width = u16::try_from(right.width()).unwrap_or(area.width).min(area.width);
    frame.buffer_mut().set_line(area.right() - width, area.y, &right, width);
}

/// The target of the run: environment, host and key; a protected environment has a mark.
fn environment(model: &Model, context: DrawContext<'_>, wide: bool) -> Vec<Span<'static>> {
    let theme = *context.theme;
    let Some(chosen) = model.chosen() else { return Vec::new() };
    let environment = &chosen.environment;
    let mut spans = Vec::new();
    if environment.protected {
        spans.push(Span::styled(format!("{} ", theme.symbols().protected), theme.bad()));
    }
    let label = context.shown(&environment.label).into_owned();
    spans.push(Span::styled(label, theme.strong()));
    // On a narrow screen a refused key is more important than the host.
    if wide || !chosen.is_refused {
        spans.push(Span::raw(format!("  {}", context.shown(&environment.host()))));
    }
    let (key, style) = match (&chosen.key, &chosen.fault) {
        (Some(_), _) if chosen.is_refused => ("  key refused".to_owned(), theme.bad()),
        (None, Some(_)) => ("  key unusable".to_owned(), theme.bad()),
        (None, None) => ("  no key".to_owned(), theme.dim()),
        (Some(source), _) if wide => (format!("  {}", key_from(source)), theme.dim()),
        (Some(source), _) => (format!("  {}", in_brief(source)), theme.dim()),
    };
    spans.push(Span::styled(key, style));
    spans
}

/// The source of a key in few words: a variable is “env”.
fn in_brief(source: &str) -> String {
    let word = match source.strip_prefix("the ") {
        None => "env",
        Some(_) if source == TYPED => "typed",
        Some(noun) => noun.split([' ', ',']).next().unwrap_or(noun),
    };
    format!("{word} key")
}

fn counts(model: &Model, context: DrawContext<'_>) -> Vec<Span<'static>> {
    let theme = *context.theme;
    let counts = model.counts_in_all();
    if model.is_pristine() {
        return vec![Span::styled("empty ", theme.dim())];
    }
    if counts.errors == 0 && counts.warnings == 0 {
        return vec![Span::styled(format!("{} no errors ", theme.symbols().ok), theme.good())];
    }
    let is_wide = model.size.columns >= 100;
    let marked = |count: usize, mark: &str, words: (&str, &str)| {
        let shown =
            if is_wide { format!(" {}", text::count(count, words.0, words.1)) } else { count.to_string() };
        (count > 0).then(|| format!("{mark}{shown} "))
    };
    let errors = marked(counts.errors, theme.symbols().error, ("error", "errors"));
    let warnings = marked(counts.warnings, theme.symbols().warning, ("warning", "warnings"));
    let errors = errors.map(|words| Span::styled(words, theme.bad().add_modifier(Modifier::BOLD)));
    errors.into_iter().chain(warnings.map(|words| Span::styled(words, theme.careful()))).collect()
}

/// The spans that fit; the last span is cut.
fn fitted(spans: Vec<Span<'static>>, room: usize) -> Vec<Span<'static>> {
    let mut left = room;
    let mut fitting = Vec::new();
    for span in spans {
        if left == 0 {
            break;
        }
        let content = text::cut(&span.content, left).into_owned();
        left = left.saturating_sub(text::width(&content));
        fitting.push(Span::styled(content, span.style));
    }
    fitting
}

/// The shared prefix of the keys of the tabs; `None` if the keys do not end with the tab numbers.
fn tab_key(context: DrawContext<'_>) -> Option<String> {
    let keys = [
        (Action::GoInstance, '1'),
        (Action::GoRun, '2'),
        (Action::GoStages, '3'),
        (Action::GoArtifacts, '4'),
        (Action::GoSend, '5'),
    ];
    let mut prefixes = keys.into_iter().map(|(action, number)| {
        let key = context.keymap.label(Scene::Form, action)?;
        key.strip_suffix(number).map(str::to_owned)
    });
    let first = prefixes.next()??;
    let is_shared = prefixes.all(|other| other.as_ref() == Some(&first)) && text::width(&first) < TAB_KEY;
    is_shared.then_some(first)
}

/// Draws the prefix of the tab keys, and the five tabs with their counts.
pub(super) fn tabs(model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>, area: Rect) {
    let theme = *context.theme;
    let before = tab_key(context).unwrap_or_default();
    let mut spans = vec![Span::styled(format!("{before:>TAB_KEY$}"), theme.dim())];
    for (tab, label) in Tab::ALL.into_iter().zip(model.tab_labels()) {
        let counts = model.tab_marks(tab);
        let mut style = if counts.errors == 0 && counts.warnings == 0 {
            ratatui::style::Style::new()
        } else if counts.errors > 0 {
            theme.bad()
        } else {
            theme.careful()
        };
        if tab == model.form.tab {
            style = style.add_modifier(Modifier::BOLD | Modifier::REVERSED);
        }
        spans.push(Span::styled(label, style));
    }
    block::line(frame.buffer_mut(), area, Line::from(spans), None);
}
