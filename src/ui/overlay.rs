//! What stands above the form: lists, prompts, questions, the review, the reply, help.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::editor::HiddenEntry;
use crate::app::overlay::{Content, List, Overlay, Page, Prompt, Question};
use crate::app::{Action, Model, Scene};
use crate::text;

use super::{DrawContext, block, field, search};

pub(super) mod comparison;
mod draft_list;
mod help;
mod incoming;
mod pick;
mod received_run;
mod sending;

/// Draws one overlay.
pub(super) fn overlay(model: &Model, overlay: &Overlay, look: DrawContext<'_>, frame: &mut Frame<'_>) {
    match overlay {
        Overlay::Pick(picker, List::Drafts(drafts)) => draft_list::draft_list(picker, drafts, look, frame),
        Overlay::Pick(picker, list) => pick::pick(picker, list, look, frame),
        Overlay::Prompt(prompt) => self::prompt(prompt, look, frame),
        Overlay::Find(words) => search::line(words, model, look, frame),
        Overlay::Key { entry, fault, keep, .. } => {
            key(model, look, frame, (entry, fault.as_deref(), *keep));
        }
        Overlay::Ask(question) => ask(question, look, frame),
        Overlay::Review { scroll, typed, fault, .. } => {
            sending::review(model, look, frame, (*scroll, typed, fault.as_deref()));
        }
        Overlay::Waiting => sending::waiting(model, look, frame),
        Overlay::Import(incoming) => incoming::incoming(incoming, look, frame),
        Overlay::Page(shown) => page(model, shown, look, frame),
    }
}

fn page(model: &Model, page: &Page, look: DrawContext<'_>, frame: &mut Frame<'_>) {
    let scroll = page.scroll;
    match &page.content {
        Content::Help => help::help(model, look, frame, scroll),
        Content::Text { title, lines } => sending::read((title, lines), look, frame, scroll),
        Content::Exported { target, lines } => sending::read((target.label(), lines), look, frame, scroll),
        Content::Compare(comparison) => comparison::compare(comparison, look, frame, scroll),
        Content::ReceivedRuns(overview) => received_run::received_runs(overview, look, frame, scroll),
        Content::Reply(explanation) => sending::reply(explanation, look, frame, scroll),
    }
}

fn prompt(prompt: &Prompt, look: DrawContext<'_>, frame: &mut Frame<'_>) {
    let theme = *look.theme;
    let width = 60.min(frame.area().width.saturating_sub(2));
    let columns = usize::from(width.saturating_sub(6)).max(10);
    let lines: Vec<String> =
        prompt.purpose.lines().iter().flat_map(|line| text::wrap(&look.shown(line), columns)).collect();
    let fault = prompt.fault.as_deref().map_or_else(Vec::new, |why| text::wrap(&look.shown(why), columns));
    let below = fault.len().max(1);
    let inner = block::dialog(frame, prompt.purpose.title(), (width, lines.len() + 2 + below), look);
    // On a low screen the sentences give way to what is typed.
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
    let x = field::input(look, frame, place, &prompt.editor.text(), cursor);
    frame.set_cursor_position((x, place.y));
    let first = usize::from(inner.height).saturating_sub(below);
    for (index, words) in fault.iter().enumerate() {
        if let Some(place) = block::row(inner, first + index) {
            frame.buffer_mut().set_stringn(place.x + 2, place.y, words, columns, theme.bad());
        }
    }
}

/// A key is shown as dots, and as no more of them than say that something is there.
fn key(
    model: &Model,
    look: DrawContext<'_>,
    frame: &mut Frame<'_>,
    (entry, wrong, keep): (&HiddenEntry, Option<&str>, bool),
) {
    let theme = *look.theme;
    let Some(chosen) = model.target() else { return };
    let environment = &chosen.environment;
    let sentences = [
        format!("For {}: it is sent to this host only.", look.shown(&environment.host())),
        look.shown(&model.key_keeping(environment)).into_owned(),
    ];
    let why_none = chosen.fault.iter().chain(&chosen.not_found).map(|why| look.shown(why).into_owned());
    let width = 76.min(frame.area().width.saturating_sub(2));
    let columns = usize::from(width.saturating_sub(4)).max(10);
    let wrapped = |words: String| text::wrap(&words, columns);
    // Why there is no key comes first: it stays when the sentences give way.
    let lines: Vec<String> = why_none.chain(sentences).flat_map(wrapped).collect();
    let wrong: Vec<String> = wrong.map(|why| wrapped(look.shown(why).into_owned())).unwrap_or_default();
    let title = format!("API key for {}", environment.label);
    let is_offered = model.offers_keyring();
    // On a low screen the sentences give way to what is typed, never the other way round.
    let wanted = 1 + usize::from(is_offered) + wrong.len();
    let inner = block::dialog(frame, &title, (width, lines.len() + wanted), look);
    let room = usize::from(inner.height).saturating_sub(wanted);
    for (index, words) in lines.iter().take(room).enumerate() {
        if let Some(place) = block::row(inner, index) {
            frame.buffer_mut().set_stringn(place.x + 1, place.y, words, columns, theme.dim());
        }
    }
    let typed = lines.len().min(room);
    if let Some(place) = block::row(inner, typed) {
        let dots = theme.symbols().dot.repeat(entry.len().min(24));
        let more = if entry.len() > 24 { format!(" {} characters", entry.len()) } else { String::new() };
        let column = u16::try_from(entry.len().min(24)).unwrap_or(0);
        let line = Line::from(vec![
            Span::raw(" Key: "),
            Span::styled(format!("{dots}{more}"), theme.strong()),
            Span::styled("_".repeat(24_usize.saturating_sub(entry.len())), theme.dim()),
        ]);
        frame.set_cursor_position((place.x + 6 + column, place.y));
        block::line(frame.buffer_mut(), place, line, None);
    }
    if is_offered && let Some(place) = block::row(inner, typed + 1) {
        let mark = if keep { "[x]" } else { "[ ]" };
        let turn = look.keymap.label(Scene::Prompt, Action::Next).unwrap_or_default();
        let words = format!("{mark} in the keyring of this system as well · {turn}");
        frame.buffer_mut().set_stringn(place.x + 1, place.y, words, columns, Style::new());
    }
    for (index, words) in wrong.iter().enumerate() {
        if let Some(place) = block::row(inner, typed + 1 + usize::from(is_offered) + index) {
            frame.buffer_mut().set_stringn(place.x + 1, place.y, words, columns, theme.bad());
        }
    }
}

fn ask(question: &Question, look: DrawContext<'_>, frame: &mut Frame<'_>) {
    let theme = *look.theme;
    let screen = block::stage(frame, look);
    let width = 80.min(screen.width.saturating_sub(2));
    let columns = usize::from(width.saturating_sub(6)).max(10);
    let wrapped: Vec<String> =
        question.lines.iter().flat_map(|line| text::wrap(&look.shown(line), columns)).collect();
    let room = usize::from(screen.height.saturating_sub(4));
    // On a low screen not all answers are in sight, so that what they answer is.
    let (lines, answers) = (wrapped.len(), question.answers.len());
    let listed = answers.min(room.saturating_sub(lines + 1).max(room / 3).max(2));
    let shown = lines.min(room.saturating_sub(listed + 1).max(1));
    let inner = block::dialog(frame, &question.title, (width, lines + answers + 1), look);
    let first = question.chosen.saturating_sub(listed.saturating_sub(1));
    block::more(look, frame, (inner, inner.y.saturating_sub(1)), (first, answers - (first + listed)));
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
