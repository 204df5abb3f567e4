//! Edits the payload as text.

use crate::app::model::{FollowUp, PreviewForm};
use crate::app::raw::{Burst, RawText, TextBuffer, TextPosition};
use crate::app::update::notify::{complain, done, say};
use crate::app::update::payload::selection;
use crate::app::update::{edit, navigate};
use crate::app::{Action, Model};
use crate::document::{self, Pointer, TokenKind};

/// The indent of one level.
const STEP: &str = "  ";

pub(in crate::app::update) fn open(model: &mut Model, action: Action) {
    #[expect(clippy::wildcard_enum_match_arm, reason = "only the actions about the text come here")]
    match action {
        Action::DropText => drop_text(model),
        Action::Cut => say(model, "Select text in the payload first: {edit-json} opens it."),
        Action::SelectAll => {
            enter(model);
            selection::all(model);
        }
        _ => enter(model),
    }
}

/// Opens the text at the value of the focused field; unparsed text keeps its cursor.
fn enter(model: &mut Model) {
    model.payload.preview.form = PreviewForm::Json;
    model.payload.preview.is_preferred = true;
    if model.payload.raw.is_none() {
        let at = model.followed();
        rewrite_text(model, &at);
    }
    if let Some(raw) = model.payload.raw.as_mut() {
        raw.has_focus = true;
        raw.forget_undone(&model.document);
    }
    // The focused field shows its value, and the problem list skips the text being edited.
    model.rebuild();
    model.form.editor = None;
    edit::new_group(model);
    model.mark_text();
    model.follow_cursor();
}

pub(in crate::app::update) fn repair(model: &mut Model) {
    enter(model);
    if let Some(raw) = model.payload.raw.as_mut()
        && let Some(fault) = &raw.fault
    {
        let line = fault.line.saturating_sub(1);
        let before: usize = raw.editor.lines().iter().take(line).map(|line| line.len() + 1).sum();
        raw.editor.move_to(TextPosition { line, byte: fault.offset.saturating_sub(before) });
    }
    model.follow_cursor();
}

/// Opens the text with the cursor at the clicked cell of the pane.
pub(in crate::app::update) fn click(model: &mut Model, line: usize, column: usize) {
    let top = model.preview_top();
    enter(model);
    if let Some(raw) = model.payload.raw.as_mut() {
        raw.top = top;
        raw.editor.move_to_column(top + line, column);
    }
    model.follow_cursor();
}

/// Replaces the text by the text of the document, with the cursor at a place.
fn rewrite_text(model: &mut Model, at: &Pointer) {
    model.payload.raw = Some(text_of_document(model, at));
}

/// The text of the document, with the cursor at a place.
fn text_of_document(model: &Model, at: &Pointer) -> RawText {
    let root = model.document.value();
    let mut raw = RawText::new(&document::write_pretty(root), model.document.revision());
    raw.editor.move_to(position_of(root, at));
    raw.has_focus = model.edits_text();
    raw.top = model.preview_top();
    raw
}

/// The position of a value in the formatted text; for strings, after the quote.
fn position_of(root: &document::Value, at: &Pointer) -> TextPosition {
    let number = document::line_near(root, at);
    let Some(line) = document::lines(root, number, 1).into_iter().next() else {
        return TextPosition::default();
    };
    let is_member = matches!(line.tokens.first(), Some((TokenKind::Key, _)));
    let before: usize =
        line.tokens.iter().take(if is_member { 2 } else { 0 }).map(|(_, word)| word.len()).sum();
    let value = line.tokens.get(if is_member { 2 } else { 0 });
    let quote = usize::from(value.is_some_and(|(kind, _)| *kind == TokenKind::Text));
    TextPosition { line: number, byte: line.indent + before + quote }
}

/// Returns to the form, to the field at the cursor.
fn return_to_form(model: &mut Model) {
    let editor = model.payload.raw.as_ref().map(|raw| &raw.editor);
    let at = editor.map(|editor| document::place_at(&editor.text(), editor.offset()));
    close(model);
    if let Some(at) = at.filter(|at| !at.is_root()) {
        let notice = model.notice.take();
        navigate::scroll_to(model, &at);
        model.notice = notice;
    }
}

/// Returns the keys to the form; unparsed text stays.
pub(in crate::app::update) fn close(model: &mut Model) {
    model.read_text();
    model.settle();
    let Some(mut raw) = model.payload.raw.take() else { return };
    raw.has_focus = false;
    let fault = raw.fault.clone();
    model.payload.raw = fault.is_some().then_some(raw);
    model.payload.preview.is_preferred = false;
    model.rebuild();
    navigate::open_field(model);
    if let Some(fault) = fault {
        complain(
            model,
            format!(
                "The text is not JSON at {fault}. The text is kept: {{edit-json}} edits it, {{palette}} \
                 drop-text discards it. Until then the payload is the last valid one."
            ),
        );
    }
}

/// Runs an action while the text has the keys.
pub(in crate::app::update) fn act(model: &mut Model, action: Action) {
    let page = model.preview_height().saturating_sub(1).max(1);
    let Some(raw) = model.payload.raw.as_mut() else { return model.follow_up(FollowUp::Form(action)) };
    if let Some(range) = raw.editor.deletion_range(action) {
        return match raw.editor.selection() {
            Some(_) => selection::replace(model, range, ""),
            None => change(model, range, "", false),
        };
    }
    if raw.editor.move_by(action, page) {
        if raw.pending.is_none() {
            edit::new_group(model);
        }
        model.follow_cursor();
        return;
    }
    #[expect(clippy::wildcard_enum_match_arm, reason = "all others are for the form")]
    match action {
        Action::Enter => return new_line(model),
        Action::Indent => {
            // Indenting never deletes the selection.
            raw.editor.move_to(raw.editor.spot());
            return type_text(model, STEP);
        }
        Action::SelectAll => return selection::all(model),
        Action::CopyValue | Action::Cut => return selection::copy(model, action == Action::Cut),
        _ => {}
    }
    model.read_text();
    #[expect(clippy::wildcard_enum_match_arm, reason = "all others move in the form")]
    match action {
        Action::Undo | Action::Redo => history(model, action == Action::Redo),
        Action::DropText => drop_text(model),
        Action::Cancel | Action::EditJson | Action::TogglePreview => return_to_form(model),
        Action::NextProblem | Action::PreviousProblem => {
            return_to_form(model);
            model.follow_up(FollowUp::CloseText { forward: action == Action::NextProblem });
        }
        Action::Send
        | Action::ChooseEnvironment
        | Action::EnterKey
        | Action::ShowReply
        | Action::Journal
        | Action::Save
        | Action::SaveAs
        | Action::Open
        | Action::New
        | Action::RenameDraft
        | Action::DeleteDraft
        | Action::Help
        | Action::Palette
        | Action::Find
        | Action::PreviewUp
        | Action::PreviewDown
        | Action::ShowChanges
        | Action::CopyJson
        | Action::CopyPreview
        | Action::ToggleMouse
        | Action::Quit => model.follow_up(FollowUp::Form(action)),
        _ => {
            return_to_form(model);
            model.follow_up(FollowUp::Form(action));
        }
    }
}

/// Types text at the cursor. A closing bracket that starts a line moves one level back.
pub(in crate::app::update) fn type_text(model: &mut Model, text: &str) {
    let Some(raw) = model.payload.raw.as_ref() else { return };
    if let Some(range) = raw.editor.selection() {
        return selection::replace(model, range, text);
    }
    let here = raw.editor.spot();
    let line = raw.editor.lines().get(here.line).map_or("", String::as_str);
    let is_indent = line.len() == here.byte && here.byte >= STEP.len() && line.trim_start().is_empty();
    let back = if matches!(text, "}" | "]") && is_indent { STEP.len() } else { 0 };
    let starts_word = text.starts_with(char::is_whitespace);
    change(model, (TextPosition { byte: here.byte - back, ..here }, here), text, starts_word);
}

/// Pastes text as a separate undo step.
pub(in crate::app::update) fn paste(model: &mut Model, text: &str) {
    model.read_text();
    edit::new_group(model);
    type_text(model, text);
    model.read_text();
    edit::new_group(model);
}

/// Breaks and indents the line; between two brackets, adds an indented line for the cursor.
fn new_line(model: &mut Model) {
    if let Some(range) = model.payload.raw.as_ref().and_then(|raw| raw.editor.selection()) {
        selection::replace(model, range, "");
    }
    let Some(raw) = model.payload.raw.as_ref() else { return };
    let here = raw.editor.spot();
    let line = raw.editor.lines().get(here.line).map_or("", String::as_str);
    let (before, after) = line.split_at_checked(here.byte).unwrap_or((line, ""));
    let indent = before.get(..before.len() - before.trim_start().len()).unwrap_or_default();
    let opens = before.trim_end().ends_with(['{', '[']);
    let first = format!("\n{indent}{}", if opens { STEP } else { "" });
    if !opens || !after.trim_start().starts_with(['}', ']']) {
        return change(model, (here, here), &first, true);
    }
    let text = format!("{first}\n{indent}");
    change(model, (here, here), &text, true);
    if let Some(raw) = model.payload.raw.as_mut() {
        raw.editor.move_to(TextBuffer::end_of(here, &first));
    }
}

/// Changes the text; changes that are not parsed yet belong to one burst.
pub(in crate::app::update) fn change(
    model: &mut Model,
    range: (TextPosition, TextPosition),
    text: &str,
    starts_word: bool,
) {
    let is_read = model.payload.raw.as_ref().is_some_and(|raw| raw.pending.is_none());
    let group = edit::group(model, starts_word, is_read);
    let revision = model.document.revision();
    let Some(raw) = model.payload.raw.as_mut() else { return };
    if raw.change(range, text, group, revision) {
        touch(model);
    }
    model.follow_cursor();
}

/// Marks the text as changed and not parsed yet.
fn touch(model: &mut Model) {
    model.payload.texts += 1;
    if let Some(raw) = model.payload.raw.as_mut() {
        raw.pending = Some(model.now);
        raw.version = model.payload.texts;
    }
}

/// Undoes or redoes typed text since the text was opened, then steps of the document.
fn history(model: &mut Model, redo: bool) {
    edit::new_group(model);
    let Some(raw) = model.payload.raw.as_mut() else { return };
    let past = if redo { &mut raw.past.undone } else { &mut raw.past.done };
    let Some(burst) = past.pop() else { return history_of_document(model, redo) };
    let (before, after) = burst.revisions;
    let expected = if redo { before } else { after };
    let is_expected = model.document.revision() == expected;
    if !is_expected && model.document.leads_to(expected, redo) {
        // Form changes made while the text was unparsed come in between.
        past.push(burst);
        return history_of_document(model, redo);
    }
    if !raw.fits(&burst, redo) {
        return history_without_text(model, &burst, redo);
    }
    if redo {
        raw.redo(&burst);
    } else {
        raw.undo(&burst);
    }
    // If the document changed without the text, its steps do not belong to the text.
    if is_expected && burst.steps > 0 {
        for _ in 0..burst.steps {
            if redo {
                model.document.redo()
            } else {
                model.document.undo()
            };
        }
        raw.revision = model.document.revision();
        model.refresh();
    }
    if let Some(raw) = model.payload.raw.as_mut() {
        if redo { raw.past.done.push(burst) } else { raw.past.undone.push(burst) }
    }
    touch(model);
    if !is_expected
        && model.payload.raw.as_ref().is_some_and(|raw| document::read(&raw.editor.text()).is_ok())
    {
        // The text parses, but shows an old document: applying it would not be an undo.
        show_document(model);
        say(model, "The text shows the payload again, with the later changes of the form.");
    }
    model.read_text();
    model.settle();
    model.follow_cursor();
}

/// Undoes or redoes a burst whose text was rewritten: only its document steps remain; a burst
/// without such steps is skipped.
fn history_without_text(model: &mut Model, burst: &Burst, redo: bool) {
    let (before, after) = burst.revisions;
    let is_expected = model.document.revision() == if redo { before } else { after };
    if burst.steps == 0 || !is_expected {
        return history(model, redo);
    }
    history_of_document(model, redo);
}

/// Undoes or redoes a step of the document; the text follows, unless it is unparsed.
fn history_of_document(model: &mut Model, redo: bool) {
    let step = if redo { model.document.redo() } else { model.document.undo() };
    let Some(step) = step else {
        say(model, edit::no_step(redo));
        return;
    };
    if model.text_fault().is_none() {
        // Undone text can be redone once the document is at that revision again.
        let written = text_of_document(model, &step.at);
        if let Some(raw) = model.payload.raw.as_mut() {
            raw.rewrite(written);
        }
    }
    model.refresh();
    model.follow_cursor();
    say(model, edit::describe(redo, &step.label));
}

/// Discards unparsed text and shows the last valid document.
fn drop_text(model: &mut Model) {
    if model.text_fault().is_none() {
        say(model, "No unparsed text to discard.");
        return;
    }
    if model.edits_text() {
        show_document(model);
    } else {
        model.payload.raw = None;
        model.rebuild();
        model.open_editor();
    }
    done(model, "Unparsed text discarded; this is the last valid payload.");
}

/// Replaces the text in the pane by the document; the cursor stays at the same value.
fn show_document(model: &mut Model) {
    let at =
        model.payload.raw.as_ref().map(|raw| document::place_at(&raw.editor.text(), raw.editor.offset()));
    rewrite_text(model, &at.unwrap_or_default());
    model.mark_text();
    model.follow_cursor();
}

/// Restores the unparsed text of a draft.
pub(in crate::app::update) fn restore_unparsed(model: &mut Model, text: &str) {
    model.payload.raw = Some(RawText::new(text, model.document.revision()));
    touch(model);
    model.read_text();
    model.settle();
    match model.payload.raw.as_ref().filter(|raw| raw.fault.is_some()) {
        Some(raw) => model.draft.file.unparsed = Some(raw.version),
        None => model.payload.raw = None,
    }
    model.rebuild();
}

/// Rewrites the text after the document changed elsewhere; unparsed text stays.
pub(in crate::app::update) fn follow(model: &mut Model) {
    let Some(raw) = model.payload.raw.as_ref() else { return };
    if raw.is_apart() || raw.revision == model.document.revision() {
        return;
    }
    let at = document::place_at(&raw.editor.text(), raw.editor.offset());
    rewrite_text(model, &at);
    model.settle();
    model.mark_text();
    model.follow_cursor();
}
