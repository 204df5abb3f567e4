//! The last lines: help for the field or a notice, and the keys.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::entry::FieldEntry;
use crate::app::model::Tone;
use crate::app::row::Role;
use crate::app::{Action, Model, Scene};
use crate::catalog::{RecordKind, catalog};
use crate::text;

use super::{DrawContext, block};

/// Draws the help lines: a notice, or, if no dialog is open, the problem or the help of the focused
/// row.
pub(super) fn help(model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>, area: Rect) {
    if model.overlays.is_empty() || model.notice.is_some() || model.search().is_some() {
        let (words, style) = message(model, context);
        let is_open = !model.overlays.is_empty();
        let key = context.keymap.label(model.scene(), Action::Help).filter(|_| !is_open);
        sentences(frame, area, &words, style, key);
    }
}

/// The notice, else the problem of the focused row if the problem list is hidden, else help for the
/// row.
pub(super) fn message(model: &Model, context: DrawContext<'_>) -> (String, Style) {
    let theme = *context.theme;
    if let Some(notice) = &model.notice {
        let (mark, style) = match notice.tone {
            Tone::Done => (theme.symbols().ok, theme.good()),
            Tone::Note => ("", Style::new()),
            Tone::Fault => (theme.symbols().error, theme.bad()),
        };
        let words = context.with_keys(&context.shown(&notice.text), model.described_scene());
        return (format!("{mark} {words}").trim_start().to_owned(), style);
    }
    if model.edits_text() {
        return about_text(model, context);
    }
    if model.is_form_hidden() {
        let words = if model.chosen_row().is_some() { LINES } else { HIDDEN };
        return (context.with_keys(words, Scene::Form), Style::new());
    }
    let is_listed = model.layout().is_some_and(|layout| layout.problems.is_some());
    if !is_listed
        && !model.is_pristine()
        && let Some(problem) =
            model.problems_here().first().and_then(|index| model.checks.problems.get(*index))
    {
        let words = format!("{} {}", theme.mark(problem.severity), context.shown(&problem.message));
        return (words, theme.severity(problem.severity));
    }
    (sentence(model, context), Style::new())
}

/// The keys while the payload covers the form.
const HIDDEN: &str = "{up} {down} scroll · {preview-next} next view · {toggle-preview} form · {find} search";

/// The keys while the simulation covers the form.
const LINES: &str =
    "{up} {down} line · {enter} its field · {preview-next} next view · {toggle-preview} form · {find} search";

/// The syntax error of the payload text, or help for editing it.
fn about_text(model: &Model, context: DrawContext<'_>) -> (String, Style) {
    if let Some(fault) = model.text_fault() {
        let words = format!(
            "{} Not JSON: {fault}. Send is blocked; form and problems use the last valid payload.",
            context.theme.symbols().error
        );
        return (words, context.theme.bad());
    }
    let words = "The form follows each change of this text, and each change can be undone. {cancel} goes \
                 to the field under the cursor.";
    (context.with_keys(words, Scene::Json), Style::new())
}

/// On fewer columns, the key after a cut sentence has no explanation.
const NARROW: usize = 56;

/// Writes sentences into the lines of an area; if they do not fit, the key that shows the full text
/// follows.
pub(super) fn sentences(frame: &mut Frame<'_>, area: Rect, words: &str, style: Style, key: Option<String>) {
    let columns = usize::from(area.width).saturating_sub(2).max(10);
    let rest = match key {
        None => " …".to_owned(),
        Some(key) if columns < NARROW => format!(" … ({key})"),
        Some(key) => format!(" … ({key}: all)"),
    };
    let lines = text::wrap(words, columns);
    let room = usize::from(area.height);
    for (index, line) in lines.iter().take(room).enumerate() {
        let Some(place) = block::row(area, index) else { break };
        let is_cut = index + 1 == room && lines.len() > room;
        let line = if is_cut {
            let head = text::cut(line, columns.saturating_sub(text::width(&rest)));
            let whole =
                if head.ends_with('…') { head.rsplit_once(' ').map(|(words, _)| words) } else { None };
            format!("{}{rest}", sentence_end(whole.unwrap_or(&head).trim_end_matches('…')))
        } else {
            line.clone()
        };
        block::line(frame.buffer_mut(), place, Line::styled(format!(" {line}"), style), None);
    }
}

/// A cut text without its last sentence, if only one or two words of that sentence are left.
fn sentence_end(head: &str) -> &str {
    match head.rsplit_once(". ") {
        Some((whole, rest)) if rest.split_whitespace().count() < 3 => {
            head.get(..=whole.len()).unwrap_or(head)
        }
        Some(_) | None => head,
    }
}

/// Help for the focused row.
fn sentence(model: &Model, context: DrawContext<'_>) -> String {
    let Some(row) = model.focused() else { return String::new() };
    let with_keys = |words: &str| context.with_keys(words, Scene::Form);
    match row.role {
        Role::Field => row.field().map_or_else(String::new, |field| {
            let how = with_keys(model.entry_of(row).map_or("", FieldEntry::how));
            let from = row.at.last().and_then(|key| model.origin(&key.word()));
            let from = from.map_or_else(String::new, |from| format!("From {}. ", context.shown(&from)));
            format!("{from}{how} {}", field.help).trim_start().to_owned()
        }),
        Role::Kind => {
            with_keys("CI outputs artifacts; CD uses them. {left} {right} change; i = CI, d = CD, u = unset.")
        }
        Role::Other => "Undocumented field: kept and sent unchanged. Type the value as JSON.".to_owned(),
        Role::Item(id) => {
            let keys = "{enter} expands or collapses · {delete} removes · {move-item-up} {move-item-down} \
                        move · {duplicate-item} duplicates.";
            with_keys(keys) + about_bar(catalog().record(id).kind)
        }
        Role::Add(_) => with_keys("{enter} adds an item and opens it."),
        Role::Integration => {
            "The id of the Custom integration: see satellite.yml, or the page of the integration in SEI."
                .to_owned()
        }
        Role::Button(action) => format!("{}: {}.", with_keys("{enter}"), action.text()),
        Role::Problem(_) => with_keys("{enter} goes to the field · {fix} applies the fix, if there is one"),
        Role::Heading(_) => String::new(),
    }
}

/// The meaning of the bar of an item, if it has one.
const fn about_bar(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Stage => " Bar: share of the run time. ▒: no start time, drawn after the previous stage.",
        RecordKind::Step => " Bar: share of the stage time. ▒: no start time, drawn after the previous step.",
        RecordKind::Artifact
        | RecordKind::Parameter
        | RecordKind::Trigger
        | RecordKind::PhaseEvent
        | RecordKind::Stages
        | RecordKind::JobRun => "",
    }
}

/// The keys of the payload text, shown before the keys of the form.
const TEXT_KEYS: [(Action, &str); 3] =
    [(Action::Cancel, "go to form"), (Action::Undo, "undo"), (Action::Indent, "indent")];

/// The keys of a selection in the payload text.
const SELECTION_KEYS: [(Action, &str); 2] = [(Action::CopyValue, "copy"), (Action::Cut, "cut")];

/// The keys of the search in the payload pane.
const FIND_KEYS: [(Action, &str); 3] =
    [(Action::Cancel, "close"), (Action::Next, "next"), (Action::Previous, "previous")];

/// Draws the keys of the scene, as many as fit; a dialog draws its own.
pub(super) fn keys(model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>, area: Rect) {
    let is_search = model.search().is_some();
    if !model.overlays.is_empty() && !is_search {
        return;
    }
    let theme = *context.theme;
    let mut spans = vec![Span::raw(" ")];
    let mut room = usize::from(area.width).saturating_sub(1);
    let is_wide = model.layout().is_some_and(|layout| layout.form.is_some() && layout.preview.is_some());
    let is_text = model.edits_text();
    let selects = model.payload.raw.as_ref().is_some_and(|raw| raw.editor.selection().is_some());
    let own: &[(Action, &str)] = if is_search {
        &FIND_KEYS
    } else if is_text && selects {
        &SELECTION_KEYS
    } else if is_text {
        &TEXT_KEYS
    } else {
        &[]
    };
    let scene = if is_search {
        Scene::Find
    } else if is_text {
        Scene::Json
    } else {
        Scene::Form
    };
    let field = (Action::Enter, "go to field");
    let own = own.iter().copied().chain((is_search && model.finds_fields()).then_some(field));
    let is_covered = model.is_form_hidden();
    let of_form = context.keymap.footer().iter().map(|(action, word)| {
        let leads_back = is_covered && *action == Action::TogglePreview;
        (*action, if leads_back { "form" } else { word.as_str() })
    });
    let of_form = of_form.filter(|(action, _)| {
        !is_search && (*action != Action::TogglePreview || (scene == Scene::Form && !is_wide))
    });
    for (action, word) in own.chain(of_form) {
        let Some(key) = context.keymap.label(scene, action) else { continue };
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
