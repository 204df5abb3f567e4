//! The overlays above the form: lists, prompts, questions, the review, the reply, help.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::editor::HiddenEntry;
use crate::app::overlay::{Content, List, Overlay, Page, Prompt, Question};
use crate::app::{Action, Model, Scene};
use crate::{text, wire};

use super::{DrawContext, block, field, search};

pub(super) mod comparison;
mod draft_list;
mod help;
mod incoming;
mod mapper;
mod pick;
mod received_run;
mod sending;

pub(super) fn overlay(model: &Model, overlay: &Overlay, context: DrawContext<'_>, frame: &mut Frame<'_>) {
    match overlay {
        Overlay::Pick(picker, List::Drafts(drafts)) => draft_list::draft_list(picker, drafts, context, frame),
        Overlay::Pick(picker, list) => pick::pick(picker, list, context, frame),
        Overlay::Prompt(prompt) => self::prompt(prompt, context, frame),
        Overlay::Find(words) => search::line(words, model, context, frame),
        Overlay::Key { entry, fault, keep, .. } => {
            key(model, context, frame, (entry, fault.as_deref(), *keep));
        }
        Overlay::Ask(question) => ask(question, context, frame),
        Overlay::Review { scroll, typed, fault, .. } => {
            sending::review(model, context, frame, (*scroll, typed, fault.as_deref()));
        }
        Overlay::Waiting => sending::waiting(model, context, frame),
        Overlay::Import(incoming) => incoming::incoming(incoming, context, frame),
        Overlay::Mapper(mapper) => mapper::mapper(model, mapper, context, frame),
        Overlay::Page(shown) => page(model, shown, context, frame),
    }
}

fn page(model: &Model, page: &Page, context: DrawContext<'_>, frame: &mut Frame<'_>) {
    let scroll = page.scroll;
    match &page.content {
        Content::Help => help::help(model, context, frame, scroll),
        Content::MapperHelp => mapper::help(context, frame, scroll),
        Content::Text { title, lines } => sending::read((title, lines), context, frame, scroll),
        Content::Exported { target, lines } => {
            sending::read((target.label(), &crate::app::reading::cut(lines)), context, frame, scroll);
        }
        Content::Compare(comparison) => comparison::compare(comparison, context, frame, scroll),
        Content::ReceivedRuns(overview) => received_run::received_runs(overview, context, frame, scroll),
        Content::Reply(explanation) => sending::reply(explanation, context, frame, scroll),
    }
}

fn prompt(prompt: &Prompt, context: DrawContext<'_>, frame: &mut Frame<'_>) {
    let theme = *context.theme;
    let width = 60.min(frame.area().width.saturating_sub(2));
    let columns = usize::from(width.saturating_sub(6)).max(10);
    let lines: Vec<String> =
        prompt.purpose.lines().iter().flat_map(|line| text::wrap(&context.shown(line), columns)).collect();
    let fault = prompt.fault.as_deref().map_or_else(Vec::new, |why| text::wrap(&context.shown(why), columns));
    let below = fault.len().max(1);
    let inner = block::dialog(frame, prompt.purpose.title(), (width, lines.len() + 2 + below), context);
    // On a low screen the input line gets the rows of the sentences.
    let shown = lines.len().min(usize::from(inner.height).saturating_sub(1 + below));
    for (index, line) in lines.iter().skip(lines.len() - shown).enumerate() {
        if let Some(place) = block::row(inner, index) {
            frame.buffer_mut().set_stringn(place.x + 2, place.y, line, columns, Style::new());
        }
    }
    let Some(place) = block::row(inner, if lines.is_empty() { 1 } else { shown }) else { return };
    let place = Rect { x: place.x + 2, width: place.width.saturating_sub(4), ..place };
    let style = if prompt.fresh { theme.chosen() } else { theme.edited() };
    let cursor = (prompt.editor.cursor(), style);
    let x = field::input(context, frame, place, &prompt.editor.text(), cursor);
    frame.set_cursor_position((x, place.y));
    let first = usize::from(inner.height).saturating_sub(below);
    for (index, words) in fault.iter().enumerate() {
        if let Some(place) = block::row(inner, first + index) {
            frame.buffer_mut().set_stringn(place.x + 2, place.y, words, columns, theme.bad());
        }
    }
}

/// Draws the prompt for a key. Each character of the key is shown as a dot, at most 24.
fn key(
    model: &Model,
    context: DrawContext<'_>,
    frame: &mut Frame<'_>,
    (entry, wrong, keep): (&HiddenEntry, Option<&str>, bool),
) {
    let theme = *context.theme;
    let Some(chosen) = model.target() else { return };
    let environment = &chosen.environment;
    let sentences = [
        format!("For {}. The key is sent only there.", context.shown(&environment.host())),
        context.shown(&model.key_keeping(environment)).into_owned(),
    ];
    let why_none = chosen.fault.iter().chain(&chosen.not_found).map(|why| context.shown(why).into_owned());
    let width = 76.min(frame.area().width.saturating_sub(2));
    let columns = usize::from(width.saturating_sub(4)).max(10);
    let wrapped = |words: String| text::wrap(&words, columns);
    // The reason why no key was found comes first: the other sentences may not fit.
    let lines: Vec<String> = why_none.chain(sentences).flat_map(wrapped).collect();
    let note = wire::key_note(entry.show_value(), environment);
    let (words, style) = match (wrong, note) {
        (Some(why), _) => (context.shown(why).into_owned(), theme.bad()),
        (None, Some(note)) => {
            (note.sentence(), if note.is_warning() { theme.careful() } else { theme.good() })
        }
        (None, None) => (String::new(), theme.dim()),
    };
    let wrong: Vec<String> = if words.is_empty() { Vec::new() } else { wrapped(words) };
    let title = format!("API key for {}", environment.label);
    let is_offered = model.offers_keyring();
    // On a low screen the input line gets the rows of the sentences, never the other way round.
    let wanted = 1 + usize::from(is_offered) + wrong.len();
    let inner = block::dialog(frame, &title, (width, lines.len() + wanted), context);
    let room = usize::from(inner.height).saturating_sub(wanted);
    for (index, words) in lines.iter().take(room).enumerate() {
        if let Some(place) = block::row(inner, index) {
            frame.buffer_mut().set_stringn(place.x + 1, place.y, words, columns, theme.dim());
        }
    }
    let typed = lines.len().min(room);
    if let Some(place) = block::row(inner, typed) {
        let masked = theme.symbols().dot.repeat(entry.len().min(24));
        let more = if entry.len() > 24 { format!(" {} characters", entry.len()) } else { String::new() };
        let column = u16::try_from(entry.len().min(24)).unwrap_or(0);
        let line = Line::from(vec![
            Span::raw(" Key: "),
            Span::styled(format!("{masked}{more}"), theme.strong()),
            Span::styled("_".repeat(24_usize.saturating_sub(entry.len())), theme.dim()),
        ]);
        frame.set_cursor_position((place.x + 6 + column, place.y));
        block::line(frame.buffer_mut(), place, line, None);
    }
    if is_offered && let Some(place) = block::row(inner, typed + 1) {
        let mark = if keep { "[x]" } else { "[ ]" };
        let toggle = context.keymap.label(Scene::Prompt, Action::Next).unwrap_or_default();
        let words = format!("{mark} also in the keyring of this system · {toggle}");
        frame.buffer_mut().set_stringn(place.x + 1, place.y, words, columns, Style::new());
    }
    for (index, words) in wrong.iter().enumerate() {
        if let Some(place) = block::row(inner, typed + 1 + usize::from(is_offered) + index) {
            frame.buffer_mut().set_stringn(place.x + 1, place.y, words, columns, style);
        }
    }
}

fn ask(question: &Question, context: DrawContext<'_>, frame: &mut Frame<'_>) {
    let theme = *context.theme;
    let screen = block::stage(frame, context);
    let width = 80.min(screen.width.saturating_sub(2));
    let columns = usize::from(width.saturating_sub(6)).max(10);
    let wrapped: Vec<String> =
        question.lines.iter().flat_map(|line| text::wrap(&context.shown(line), columns)).collect();
    let room = usize::from(screen.height.saturating_sub(4));
    // On a low screen the list of answers scrolls, so that the question is in view.
    let (lines, answers) = (wrapped.len(), question.answers.len());
    let listed = answers.min(room.saturating_sub(lines + 1).max(room / 3).max(2));
    let shown = lines.min(room.saturating_sub(listed + 1).max(1));
    let inner = block::dialog(frame, &question.title, (width, lines + answers + 1), context);
    let first = question.chosen.saturating_sub(listed.saturating_sub(1));
    block::more(context, frame, (inner, inner.y.saturating_sub(1)), (first, answers - (first + listed)));
    for (index, line) in wrapped.iter().take(shown).enumerate() {
        if let Some(place) = block::row(inner, index) {
            let line = if index + 1 == shown && wrapped.len() > shown {
                format!("… and {} more", wrapped.len() - shown + 1)
            } else {
                line.clone()
            };
            frame.buffer_mut().set_stringn(place.x + 2, place.y, line, columns, Style::new());
        }
    }
    for (index, (answer, _)) in question.answers.iter().enumerate().skip(first).take(listed) {
        if let Some(place) = block::row(inner, shown + 1 + index - first) {
            let is_chosen = index == question.chosen;
            let style = if is_chosen { theme.chosen() } else { Style::new() };
            let mark = if is_chosen { theme.symbols().focus } else { " " };
            let line = Line::from(vec![
                Span::raw(" "),
                Span::styled(mark, theme.accent()),
                Span::styled(format!(" {} ", text::cut(answer, columns)), style),
            ]);
            block::line(frame.buffer_mut(), place, line, None);
        }
    }
}
