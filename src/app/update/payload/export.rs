//! Exports of the run: the list of targets, and the text to read, copy or save.

use crate::app::editor::Editor;
use crate::app::message::ExportOutcome;
use crate::app::overlay::{Content, List, Overlay, OverlayAnswer, Page, Prompt, PromptPurpose, Question};
use crate::app::picker::{Picker, PickerLine};
use crate::app::update::notify::{complain, done, say};
use crate::app::update::payload::copy;
use crate::app::{Effect, Model};
use crate::export::ExportTarget;
use crate::{export, text};
use std::path::Path;

/// Lists the export targets.
pub(in crate::app::update) fn choose(model: &mut Model) {
    if model.chosen().is_none_or(|chosen| chosen.environment.is_unstarted()) {
        say(
            model,
            "An export needs the address of its environment. Choose an environment that has one: \
             {choose-environment}.",
        );
        return;
    }
    let items = ExportTarget::ALL
        .iter()
        .map(|target| (PickerLine::new(target.label(), target.text()), OverlayAnswer::Export(*target)));
    model.overlays.push(Overlay::Pick(Picker::new(items, 0), List::Exports));
}

/// Shows the export for a target.
pub(in crate::app::update) fn show(model: &mut Model, target: ExportTarget) {
    let Some(exported) = text_of(model, target) else { return };
    let mut lines: Vec<String> = exported.lines().map(str::to_owned).collect();
    if model.is_on_own_sandbox() {
        let words =
            "Targets the built-in sandbox, which stops with the program: choose your environment first.";
        lines.splice(0..0, [words.to_owned(), String::new()]);
    }
    model.overlays.push(Content::Exported { target, lines }.page());
}

/// Copies the full text of the open export.
pub(in crate::app::update) fn copy(model: &mut Model) {
    let Some(target) = shown(model) else { return };
    model.overlays.pop();
    let Some(exported) = text_of(model, target) else { return };
    copy::copy(model, format!("the export for {}", target.label()), exported, Some(target));
}

/// Asks for the file to save the open export in.
pub(in crate::app::update) fn ask_path(model: &mut Model) {
    let Some(target) = shown(model) else { return };
    if model.settings.read_only {
        model.overlays.pop();
        say(model, "Read-only: no file is written. Copy the export instead.");
        return;
    }
    prompt(model, target, target.file_name(), true);
}

fn prompt(model: &mut Model, target: ExportTarget, path: &str, fresh: bool) {
    let editor = Editor::new(path);
    model.overlays.push(Overlay::Prompt(Prompt {
        purpose: PromptPurpose::Export(target),
        editor,
        fresh,
        fault: None,
    }));
}

/// Writes the export to a file; an existing file is kept unless `replace` is set.
pub(in crate::app::update) fn write(model: &mut Model, target: ExportTarget, path: String, replace: bool) {
    let Some(chosen) = model.chosen() else { return };
    model.emit(Effect::SaveExport {
        target,
        environment: Box::new(chosen.environment.clone()),
        run: Box::new(model.document.value().clone()),
        path,
        replace,
    });
}

/// Reports the written file, or asks about an existing file.
pub(in crate::app::update) fn written(
    model: &mut Model,
    target: ExportTarget,
    path: String,
    outcome: ExportOutcome,
) {
    if shown(model).is_some() {
        model.overlays.pop();
    }
    match outcome {
        ExportOutcome::Saved(file) => {
            let file = file.display().to_string();
            let what = match target {
                ExportTarget::Payload => "Saved the payload".to_owned(),
                ExportTarget::Curl
                | ExportTarget::Shell
                | ExportTarget::GitHubActions
                | ExportTarget::GitLabCi
                | ExportTarget::Jenkins
                | ExportTarget::AzurePipelines
                | ExportTarget::Propel => format!("Saved for {}", target.label()),
            };
            let (shown, next) = (text::visible(&file), target.next(&file));
            done(model, format!("{what}: {shown}. {}", text::visible(&next)));
        }
        ExportOutcome::Exists(file) => ask_replace(model, target, path, &file),
        ExportOutcome::Failed(why) => {
            // Asks again only if no other overlay is open by now.
            if model.overlays.is_empty() {
                prompt(model, target, &path, false);
            }
            complain(model, why);
        }
    }
}

fn ask_replace(model: &mut Model, target: ExportTarget, path: String, file: &Path) {
    model.overlays.push(Overlay::Ask(Question {
        title: "File exists".to_owned(),
        lines: vec![format!("The file {} already exists.", text::visible(&file.display().to_string()))],
        answers: vec![
            (
                "Save under another name".to_owned(),
                OverlayAnswer::RenameExport { target, path: path.clone() },
            ),
            ("Replace the file".to_owned(), OverlayAnswer::ReplaceFile { target, path }),
        ],
        chosen: 0,
    }));
}

/// Asks for another file name.
pub(in crate::app::update) fn rename(model: &mut Model, target: ExportTarget, path: &str) {
    prompt(model, target, path, false);
}

/// The target of the export in the topmost overlay.
fn shown(model: &Model) -> Option<ExportTarget> {
    match model.overlays.last() {
        Some(Overlay::Page(Page { content: Content::Exported { target, .. }, .. })) => Some(*target),
        _ => None,
    }
}

fn text_of(model: &Model, target: ExportTarget) -> Option<String> {
    Some(export::export(target, &model.chosen()?.environment, model.document.value()))
}
