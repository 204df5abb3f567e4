//! Drafts: save, open, rename, delete, new, and leaving.

use crate::app::editor::Editor;
use crate::app::message::{Kept as KeptDraft, SaveOutcome};
use crate::app::model::{Kept, Saving};
use crate::app::overlay::{Answer, Choice, Overlay, Prompt, Purpose, Question};
use crate::app::picker::{Line, Picker};
use crate::app::row::Tab;
use crate::app::{Effect, Model};
use crate::document::{Document, Object, Value};
use crate::draft::Draft;
use crate::import::{ImportKind, Imported};
use crate::text;
use crate::time::Timestamp;

use super::{complain, done, focus, say, send};

/// The key of a draft file under which the integration id is kept.
const INTEGRATION: &str = "integration_id";

/// The integration id of the demo.
const DEMO_INTEGRATION: &str = "4620";

/// Puts a draft into the form.
pub fn open_draft(model: &mut Model, draft: Draft) {
    model.integration =
        draft.rest.get(INTEGRATION).and_then(Value::as_text).map(str::to_owned).unwrap_or_default();
    if let Some(id) = draft.environment
        && !model.demo
        && let Some(position) = model.environments.iter().position(|choosable| choosable.environment.id == id)
    {
        model.environment = position;
    }
    open_document(model, draft.document);
    model.draft = Kept { name: Some(draft.name), saved: draft.saved, rest: draft.rest, is_changed: false };
    // The draft may silence rules.
    model.refresh();
}

/// Puts a document without a draft into the form.
pub fn open_document(model: &mut Model, value: Value) {
    model.document = Document::new(value);
    model.document.mark_saved();
    model.draft = Kept::default();
    model.saving = None;
    model.quit_when_saved = false;
    model.open.clear();
    model.visited.clear();
    model.tried = false;
    model.tab = Tab::Instance;
    model.focus = [0; Tab::ALL.len()];
    model.scroll = 0;
    model.rows = Vec::new();
    model.refresh();
    focus::arrive(model);
}

/// The first words of the program: what is here, and the keys to go on with.
pub fn welcome(model: &mut Model) {
    if model.demo {
        // The sandbox takes any number; a real one comes from SEI.
        DEMO_INTEGRATION.clone_into(&mut model.integration);
    }
    let errors = text::count(model.counts.errors, "error", "errors");
    let words = match &model.draft.name {
        _ if model.demo => format!(
            "A sample run with {errors}, and a sandbox to send it to. {{next-problem}} goes from problem to \
             problem, {{fix}} mends one, {{generate-guid}} gets a GUID, {{send}} reviews and sends."
        ),
        Some(name) => format!("Opened “{}”.", text::visible(name)),
        None if model.document.value() == &Value::empty_object() => {
            "A blank run: type, or paste a payload. {choose-environment} chooses where it would go, {open} opens a draft, {help} shows all keys."
                .to_owned()
        }
        None => return,
    };
    say(model, words);
}

/// One line about an import.
pub(super) fn describe(imported: &Imported) -> String {
    let keys = imported.document.as_object().map_or(0, Object::len);
    let what = match imported.kind {
        ImportKind::Payload => "A payload",
        ImportKind::Wrapped => "A wrapped body, unwrapped to a payload",
        ImportKind::Draft => "A draft file, with a payload",
    };
    format!("{what} of {}.", text::count(keys, "field", "fields"))
}

/// Saves under the draft's name, or asks for one.
pub(super) fn save(model: &mut Model) -> Vec<Effect> {
    match model.draft.name.clone() {
        Some(name) => write(model, name, true),
        None => save_as(model, false),
    }
}

/// Asks for a name to save under.
pub(super) fn save_as(model: &mut Model, then_quit: bool) -> Vec<Effect> {
    let name = model.draft.name.clone().unwrap_or_else(|| suggestion(model));
    model.overlays.push(Overlay::Prompt(Prompt {
        purpose: Purpose::SaveAs { then_quit },
        editor: Editor::new(&name),
        // A suggestion gives way to the first key; a name that is known is changed in place.
        fresh: model.draft.name.is_none(),
        fault: None,
    }));
    Vec::new()
}

fn suggestion(model: &Model) -> String {
    let object = model.document.value().as_object();
    let named = object.and_then(|object| object.get("pipeline").or_else(|| object.get("job_name")));
    named.and_then(Value::as_text).map(str::trim).filter(|name| !name.is_empty()).unwrap_or("run").to_owned()
}

/// Writes the draft under a name.
pub(super) fn write(model: &mut Model, name: String, replace: bool) -> Vec<Effect> {
    if model.read_only {
        complain(model, "The program was started read-only: nothing is saved.");
        return Vec::new();
    }
    // What an earlier save of ours is about to write is no surprise.
    let follows = model.draft.name.as_ref() == Some(&name) && model.saving.is_none();
    let kept = beside(model, name);
    let draft = Draft {
        name: kept.name.clone(),
        environment: kept.environment.clone(),
        saved: model.draft.saved.filter(|_| follows),
        document: model.document.value().clone(),
        rest: kept.rest.clone(),
    };
    model.saving = Some(kept);
    vec![Effect::SaveDraft { draft: Box::new(draft), revision: model.document.revision(), replace }]
}

/// Writes the draft under a name, whatever stands there.
pub(super) fn replace(model: &mut Model, name: String) -> Vec<Effect> {
    model.draft.saved = None;
    write(model, name, true)
}

/// What a draft of this name holds now beside its document.
fn beside(model: &Model, name: String) -> Saving {
    let mut rest = model.draft.rest.clone();
    if !model.integration.trim().is_empty() || rest.contains(INTEGRATION) {
        rest.put(INTEGRATION, Value::Text(model.integration.trim().to_owned()));
    }
    Saving { name, environment: model.chosen().map(|chosen| chosen.environment.id.clone()), rest }
}

/// A save ended.
pub(super) fn saved(model: &mut Model, revision: u64, outcome: SaveOutcome) -> Vec<Effect> {
    let Some(saving) = model.saving.take() else { return Vec::new() };
    let name = saving.name.clone();
    let quits = std::mem::take(&mut model.quit_when_saved);
    match outcome {
        SaveOutcome::Saved(at) => {
            model.draft.saved = Some(at);
            if model.document.revision() == revision {
                model.document.mark_saved();
            }
            model.draft.is_changed = beside(model, saving.name.clone()) != saving;
            done(model, format!("Saved as “{}”.", text::visible(&name)));
            model.draft.name = Some(name);
            if quits && !model.is_unsaved() {
                return vec![Effect::Quit];
            }
        }
        SaveOutcome::Exists | SaveOutcome::Overtaken => {
            let is_other = outcome == SaveOutcome::Exists;
            model.quit_when_saved = quits;
            model.saving = Some(saving);
            model.overlays.push(Overlay::Ask(Question::instead_of(&name, is_other)));
        }
        SaveOutcome::Failed(why) => complain(model, why),
    }
    Vec::new()
}

/// Leaves, asking first when something is not saved.
pub(super) fn quit(model: &mut Model) -> Vec<Effect> {
    if !model.is_unsaved() || model.read_only {
        return vec![Effect::Quit];
    }
    let mut answers = vec![
        ("Save, then leave".to_owned(), Answer::SaveAndQuit),
        ("Leave without saving".to_owned(), Answer::Quit),
        ("Stay".to_owned(), Answer::Stay),
    ];
    if model.demo {
        answers.swap(0, 1);
    }
    let name = model.draft.name.as_deref().unwrap_or("this document").to_owned();
    model.overlays.push(Overlay::Ask(Question {
        title: "Leave".to_owned(),
        lines: vec![format!("There are unsaved changes in {}.", text::visible(&name))],
        answers,
        chosen: 0,
    }));
    Vec::new()
}

/// Saves, then leaves.
pub(super) fn save_and_quit(model: &mut Model) -> Vec<Effect> {
    match model.draft.name.clone() {
        Some(name) => {
            model.quit_when_saved = true;
            write(model, name, true)
        }
        None => save_as(model, true),
    }
}

/// Starts a blank document, asking first when something is not saved.
pub(super) fn ask_new(model: &mut Model) -> Vec<Effect> {
    if model.is_unsaved() {
        ask_drop(model, "Start a blank draft", Answer::Blank);
        return Vec::new();
    }
    blank(model);
    Vec::new()
}

/// Starts a blank document.
pub(super) fn blank(model: &mut Model) {
    open_document(model, Value::empty_object());
    model.integration.clear();
    say(model, "A blank draft.");
}

fn ask_drop(model: &mut Model, title: &str, answer: Answer) {
    model.overlays.push(Overlay::Ask(Question {
        title: title.to_owned(),
        lines: vec!["There are unsaved changes; going on drops them.".to_owned()],
        answers: vec![
            ("Stay with them".to_owned(), Answer::Stay),
            ("Drop them and go on".to_owned(), answer),
        ],
        chosen: 0,
    }));
}

/// The list of drafts came.
pub(super) fn listed(model: &mut Model, list: Result<Vec<KeptDraft>, String>) -> Vec<Effect> {
    match list {
        Ok(drafts) if drafts.is_empty() => say(model, "No drafts yet; {save} saves the first."),
        Ok(drafts) => {
            let lines = drafts
                .iter()
                .map(|draft| {
                    let minute =
                        |at: Timestamp| at.human().chars().take("2026-01-05 09:00".len()).collect::<String>();
                    let when =
                        draft.saved.map_or_else(String::new, |at| format!("saved {} UTC · ", minute(at)));
                    let size = text::bytes(usize::try_from(draft.bytes).unwrap_or(usize::MAX));
                    let fault = draft.fault.as_ref().map_or_else(String::new, |why| format!(" · {why}"));
                    Line::new(text::visible(&draft.name), format!("{when}{size}{fault}"))
                })
                .collect();
            let current = drafts.iter().position(|draft| Some(&draft.name) == model.draft.name.as_ref());
            model.overlays.retain(|overlay| !matches!(overlay, Overlay::Pick(_, Choice::Draft(_))));
            model
                .overlays
                .push(Overlay::Pick(Picker::new(lines, current.unwrap_or_default()), Choice::Draft(drafts)));
        }
        Err(why) => complain(model, why),
    }
    Vec::new()
}

/// Opens a draft from the list, asking first when something is not saved.
pub(super) fn choose(model: &mut Model, draft: &KeptDraft) -> Vec<Effect> {
    if let Some(fault) = &draft.fault {
        let why =
            format!("“{}” cannot be read: {fault}. Its file is left as it is.", text::visible(&draft.name));
        complain(model, why);
        return Vec::new();
    }
    if model.is_unsaved() {
        ask_drop(model, "Open another draft", Answer::Open(draft.name.clone()));
        return Vec::new();
    }
    vec![Effect::OpenDraft { name: draft.name.clone() }]
}

/// A draft was read.
pub(super) fn opened(model: &mut Model, result: Result<Box<Draft>, String>) -> Vec<Effect> {
    match result {
        Ok(draft) => {
            let name = draft.name.clone();
            open_draft(model, *draft);
            done(model, format!("Opened “{}”.", text::visible(&name)));
            return send::wanted_sandbox(model).into_iter().collect();
        }
        Err(why) => complain(model, why),
    }
    Vec::new()
}

/// Asks for a new name of this draft.
pub(super) fn ask_rename(model: &mut Model) -> Vec<Effect> {
    let Some(name) = model.draft.name.clone() else {
        say(model, "It has no name yet; {save} saves it under one.");
        return Vec::new();
    };
    prompt_rename(model, name);
    Vec::new()
}

/// Asks for a new name of a draft.
pub(super) fn prompt_rename(model: &mut Model, name: String) {
    let editor = Editor::new(&name);
    model.overlays.push(Overlay::Prompt(Prompt {
        purpose: Purpose::Rename(name),
        editor,
        fresh: false,
        fault: None,
    }));
}

/// A draft has a new name.
pub(super) fn renamed(model: &mut Model, result: Result<String, String>) -> Vec<Effect> {
    let from = model.renaming.take();
    match result {
        Ok(name) => {
            if model.draft.name == from {
                model.draft.name = Some(name.clone());
            }
            done(model, format!("Renamed to “{}”.", text::visible(&name)));
            return refresh_list(model);
        }
        Err(why) => complain(model, why),
    }
    Vec::new()
}

/// Asks whether this draft shall go to the trash.
pub(super) fn ask_delete_current(model: &mut Model) -> Vec<Effect> {
    match model.draft.name.clone() {
        Some(name) => ask_delete(model, name),
        None => say(model, "It was never saved: there is no file to delete."),
    }
    Vec::new()
}

/// Asks whether a draft shall go to the trash.
pub(super) fn ask_delete(model: &mut Model, name: String) {
    model.overlays.push(Overlay::Ask(Question {
        title: "Delete draft".to_owned(),
        lines: vec![format!("“{}” goes to the trash folder; its file is kept there.", text::visible(&name))],
        answers: vec![
            ("Keep it".to_owned(), Answer::Stay),
            ("Move it to the trash".to_owned(), Answer::Delete(name)),
        ],
        chosen: 0,
    }));
}

/// A draft went to the trash.
pub(super) fn deleted(model: &mut Model, result: Result<String, String>) -> Vec<Effect> {
    match result {
        Ok(name) => {
            done(model, format!("“{}” is in the trash.", text::visible(&name)));
            if model.draft.name.as_ref() == Some(&name) {
                // What is on the screen is now the only copy in use.
                model.draft.name = None;
                model.draft.is_changed = true;
            }
            return refresh_list(model);
        }
        Err(why) => complain(model, why),
    }
    Vec::new()
}

/// Lists the drafts again where the list is on the screen.
fn refresh_list(model: &mut Model) -> Vec<Effect> {
    let is_listed =
        model.overlays.iter().any(|overlay| matches!(overlay, Overlay::Pick(_, Choice::Draft(_))));
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Pick(_, Choice::Draft(_))));
    if is_listed { vec![Effect::ListDrafts] } else { Vec::new() }
}
