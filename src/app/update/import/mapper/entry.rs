//! Typing an expression, and the keys that write one.

use crate::app::editor::Editor;
use crate::app::overlay::{Overlay, OverlayAnswer, Question};
use crate::app::{Action, Model};
use crate::import::mapping::{self, RESULTS};
use crate::text;

use super::{evaluate, go_on, open, set};

/// Starts typing an expression: what is typed is added to the one of the field.
pub(in crate::app::update) fn typed(model: &mut Model, text: &str) {
    let Some(mapper) = open(model) else { return };
    let text = text.replace('\n', " ");
    if text == " "
        && !mapper.is_in_tree
        && let Some(word) = mapper.unknown_word().map(str::to_owned)
    {
        return ask_word(model, &word);
    }
    let start = mapper.focused().and_then(|row| mapper.expression(row)).unwrap_or_default().to_owned();
    match &mut mapper.editor {
        Some(editor) => editor.insert_text(&text),
        None if text.trim().is_empty() && start.is_empty() => return take_guess(model),
        None => {
            let mut editor = Editor::new(&start);
            editor.insert_text(&text);
            mapper.editor = Some(editor);
            mapper.is_in_tree = false;
        }
    }
    evaluate(model);
}

/// Maps the focused field as guessed, and goes to the next field without a value.
fn take_guess(model: &mut Model) {
    let Some(mapper) = open(model).filter(|mapper| !mapper.is_in_tree) else { return };
    let Some(row) = mapper.focused().cloned() else { return };
    let guess = mapper.guess(&row).map(|guess| guess.expression.clone());
    let Some(guess) = guess.filter(|_| mapper.expression(&row).is_none()) else { return };
    set(model, row.table, &row.key, Some(&guess));
    go_on(model);
}

pub(super) fn edit(model: &mut Model, action: Action) {
    let Some(mapper) = open(model) else { return };
    #[expect(clippy::wildcard_enum_match_arm, reason = "all other actions edit the text")]
    match action {
        Action::Cancel => mapper.editor = None,
        Action::Enter => {
            let Some((row, editor)) = mapper.focused().cloned().zip(mapper.editor.take()) else { return };
            let typed = editor.text();
            set(model, row.table, &row.key, Some(typed.trim()).filter(|typed| !typed.is_empty()));
        }
        _ => {
            let Some(editor) = &mut mapper.editor else { return };
            if !editor.act(action) {
                return;
            }
        }
    }
    evaluate(model);
}

/// Starts an empty expression for the focused field.
pub(super) fn clear(model: &mut Model) {
    let Some(mapper) = open(model) else { return };
    mapper.editor = Some(Editor::new(""));
    mapper.is_in_tree = false;
    evaluate(model);
}

/// Asks which result a word of the tool is.
fn ask_word(model: &mut Model, word: &str) {
    let shown = text::visible(word).into_owned();
    let answer = |result: &'static str| {
        (result.to_owned(), OverlayAnswer::SetResult { word: word.to_owned(), result: result.to_owned() })
    };
    model.overlays.push(Overlay::Ask(Question {
        title: "Set a result".to_owned(),
        lines: vec![format!("Which result is “{shown}” in SEI?")],
        answers: RESULTS.map(answer).to_vec(),
        chosen: 0,
    }));
}

/// Adds a word of the tool to the expression of the focused result, and to those of the other results
/// that translate words: a tool has the same words for runs, stages and steps.
pub(in crate::app::update) fn set_word(model: &mut Model, word: &str, result: &str) {
    let Some(mapper) = open(model) else { return };
    let Some(row) = mapper.focused().cloned() else { return };
    let Some(expression) = mapper.expression(&row) else { return };
    let expression = mapping::with_result(expression, word, result);
    let others: Vec<_> = mapper
        .rows
        .iter()
        .filter(|other| **other != row && mapper.takes_word(other, word))
        .filter_map(|other| {
            let own = mapper.expression(other)?;
            Some((other.table, other.key.clone(), mapping::with_result(own, word, result)))
        })
        .collect();
    set(model, row.table, &row.key, Some(&expression));
    for (table, key, expression) in others {
        set(model, table, &key, Some(&expression));
    }
    evaluate(model);
}
