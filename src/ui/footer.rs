//! The last two lines: what the field means or what just happened, and the keys.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::entry::FieldEntry;
use crate::app::model::Tone;
use crate::app::row::Role;
use crate::app::{Action, Model, Scene};
use crate::text;

use super::{DrawContext, block};

/// What just happened; where no dialog is open, else what is wrong here or what the field means.
pub(super) fn help(model: &Model, look: DrawContext<'_>, frame: &mut Frame<'_>, area: Rect) {
    if model.overlays.is_empty() || model.notice.is_some() || model.search().is_some() {
        let (words, style) = said(model, look);
        let is_open = !model.overlays.is_empty();
        let key = look.keymap.label(model.scene(), Action::Help).filter(|_| !is_open);
        sentences(frame, area, &words, style, key);
    }
}

/// What just happened, else what is wrong here where the list has no room, else what the field means.
pub(super) fn said(model: &Model, look: DrawContext<'_>) -> (String, Style) {
    let theme = *look.theme;
    if let Some(notice) = &model.notice {
        let (mark, style) = match notice.tone {
            Tone::Done => (theme.symbols().ok, theme.good()),
            Tone::Note => ("", Style::new()),
            Tone::Fault => (theme.symbols().error, theme.bad()),
        };
        let words = look.with_keys(&look.shown(&notice.text), model.described_scene());
        return (format!("{mark} {words}").trim_start().to_owned(), style);
    }
    if model.edits_text() {
        return about_text(model, look);
    }
    if model.is_form_hidden() {
        return (look.with_keys(HIDDEN, Scene::Form), Style::new());
    }
    let is_listed = model.layout().is_some_and(|layout| layout.problems.is_some());
    if !is_listed
        && !model.is_pristine()
        && let Some(problem) =
            model.problems_here().first().and_then(|index| model.checks.problems.get(*index))
    {
        let words = format!("{} {}", theme.mark(problem.severity), look.shown(&problem.message));
        return (words, theme.severity(problem.severity));
    }
    (sentence(model, look), Style::new())
}

/// The keys where the payload stands in the form's place.
const HIDDEN: &str = "{up} {down} scroll · {preview-next} next form · {toggle-preview} form · {find} search";

/// What is wrong with the text of the payload, or what becomes of it.
fn about_text(model: &Model, look: DrawContext<'_>) -> (String, Style) {
    if let Some(fault) = model.text_fault() {
        let words = format!(
            "{} Not JSON yet, {fault}. Form, problems and sending stay with the payload as it last was.",
            look.theme.symbols().error
        );
        return (words, look.theme.bad());
    }
    let words = "The form follows what is typed here, key by key, as steps to undo. {cancel} goes back to it, to the \
                 field under the cursor.";
    (look.with_keys(words, Scene::Json), Style::new())
}

/// Writes sentences over as many lines as there are; where they do not fit, a key stands that shows them whole.
pub(super) fn sentences(frame: &mut Frame<'_>, area: Rect, words: &str, style: Style, key: Option<String>) {
    let rest = key.map_or_else(|| " …".to_owned(), |key| format!(" … {key}"));
    let columns = usize::from(area.width).saturating_sub(2).max(10);
    let lines = text::wrap(words, columns);
    let room = usize::from(area.height);
    for (index, line) in lines.iter().take(room).enumerate() {
        let Some(place) = block::row(area, index) else { break };
        let is_cut = index + 1 == room && lines.len() > room;
        let line = if is_cut {
            let head = text::cut(line, columns.saturating_sub(text::width(&rest)));
            let whole =
                if head.ends_with('…') { head.rsplit_once(' ').map(|(words, _)| words) } else { None };
            format!("{}{rest}", whole.unwrap_or(&head).trim_end_matches('…'))
        } else {
            line.clone()
        };
        block::line(frame.buffer_mut(), place, Line::styled(format!(" {line}"), style), None);
    }
}

/// What the focused row is for.
fn sentence(model: &Model, look: DrawContext<'_>) -> String {
    let Some(row) = model.focused() else { return String::new() };
    let with_keys = |words: &str| look.with_keys(words, Scene::Form);
    match row.role {
        Role::Field => row.field().map_or_else(String::new, |field| {
            let how = with_keys(model.entry_of(row).map_or("", FieldEntry::how));
            let from = row.at.last().and_then(|key| model.origin(&key.word()));
            let from = from.map_or_else(String::new, |from| format!("From {}. ", look.shown(&from)));
            format!("{from}{how} {}", field.help).trim_start().to_owned()
        }),
        Role::Kind => with_keys(
            "CI builds and outputs artifacts; CD takes them in. {left} {right} choose, or type i, d, u.",
        ),
        Role::Other => "Not documented, kept and sent as it is. Typed as JSON.".to_owned(),
        Role::Item(_) => with_keys(
            "{enter} unfolds and folds · {delete} removes · {move-item-up} {move-item-down} move · {duplicate-item} \
             duplicates. The bar is its share of the time: █ from its own start, ▒ after the one before, as it has \
             none.",
        ),
        Role::Add(_) => with_keys("{enter} adds one and opens it."),
        Role::Integration => {
            "The number SEI gave the Custom integration: in satellite.yml, or on its page in SEI.".to_owned()
        }
        Role::Button(action) => format!("{}: {}.", with_keys("{enter}"), action.text()),
        Role::Problem(_) => with_keys("{enter} goes to the field · {fix} mends it where a fix is ready"),
        Role::Heading(_) => String::new(),
    }
}

/// The keys to know in the text of the payload before those of the form.
const TEXT_KEYS: [(Action, &str); 3] =
    [(Action::Cancel, "to the form"), (Action::Undo, "undo"), (Action::Indent, "indents")];

/// The keys to know where some of that text is selected.
const SELECTION_KEYS: [(Action, &str); 2] = [(Action::CopyValue, "copy"), (Action::Cut, "cut")];

/// The keys of the search in the payload pane.
const FIND_KEYS: [(Action, &str); 3] =
    [(Action::Cancel, "close"), (Action::Next, "next"), (Action::Previous, "before")];

/// The keys worth knowing now, as many as fit; a dialog says its own.
pub(super) fn keys(model: &Model, look: DrawContext<'_>, frame: &mut Frame<'_>, area: Rect) {
    let is_search = model.search().is_some();
    if !model.overlays.is_empty() && !is_search {
        return;
    }
    let theme = *look.theme;
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
    let field = (Action::Enter, "to the field");
    let own = own.iter().copied().chain((is_search && model.finds_fields()).then_some(field));
    let is_covered = model.is_form_hidden();
    let of_form = look.keymap.footer().iter().map(|(action, word)| {
        let leads_back = is_covered && *action == Action::TogglePreview;
        (*action, if leads_back { "form" } else { word.as_str() })
    });
    let of_form = of_form.filter(|(action, _)| {
        !is_search && (*action != Action::TogglePreview || (scene == Scene::Form && !is_wide))
    });
    for (action, word) in own.chain(of_form) {
        let Some(key) = look.keymap.label(scene, action) else { continue };
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
