//! Opens drafts and documents in the form.

use crate::app::Model;
use crate::app::model::{Access, DraftFile, PreviewForm};
use crate::app::overlay::{Overlay, OverlayAnswer, Question};
use crate::app::row::Tab;
use crate::app::update::notify::{complain, done, say};
use crate::app::update::payload::json;
use crate::app::update::send::{accepted, request};
use crate::app::update::{edit, navigate};
use crate::document::{Document, Value};
use crate::draft::{Draft, INTEGRATION};
use crate::text;

const DEMO_INTEGRATION: &str = "4620";

/// Opens a draft in the form, with its environment, integration id and unparsed text.
pub fn open_draft(model: &mut Model, mut draft: Draft) {
    model.draft.integration = integration_of(&draft);
    let document = std::mem::replace(&mut draft.document, Value::Null);
    open_document(model, document);
    adopt_settings(model, draft);
}

/// Applies the settings of a draft: environment, file, unparsed text and silenced rules.
pub(in crate::app::update) fn adopt_settings(model: &mut Model, draft: Draft) {
    if let Some(id) = draft.environment
        && !model.settings.demo
        && let Some(position) =
            model.sending.environments.iter().position(|choice| choice.environment.id == id)
    {
        model.sending.environment = position;
    }
    // The program that read the file has its lock.
    model.draft.lock = Some(draft.name.clone());
    model.draft.file = DraftFile {
        name: Some(draft.name),
        saved: draft.saved,
        base: draft.base,
        rest: draft.rest,
        ..DraftFile::default()
    };
    if let Some(text) = draft.unparsed {
        json::restore_unparsed(model, &text);
    }
    // The draft may silence rules.
    model.refresh();
}

/// The integration id of a draft, or an empty text.
pub(in crate::app::update) fn integration_of(draft: &Draft) -> String {
    draft.rest.get(INTEGRATION).and_then(Value::as_text).map(str::to_owned).unwrap_or_default()
}

/// Opens a document in the form as a new draft without a name.
pub fn open_document(model: &mut Model, value: Value) {
    model.draft.baseline = value.clone();
    model.payload.layout = None;
    accepted::accept(model, None);
    if model.payload.preview.form == PreviewForm::Saved {
        // The new document may have no saved version to compare with.
        model.payload.preview.form = PreviewForm::Json;
    }
    model.document = Document::new(value);
    model.document.mark_saved();
    model.draft.file = DraftFile::default();
    model.payload.raw = None;
    model.draft.saving = None;
    model.draft.saves_next = None;
    model.draft.when_saved = None;
    model.form.open.clear();
    model.form.left.clear();
    model.form.tried = false;
    model.checks.is_sought = false;
    model.form.tab = Tab::Instance;
    model.form.focus = [0; Tab::ALL.len()];
    model.form.scroll = 0;
    model.form.rows = Vec::new();
    model.refresh();
    navigate::open_field(model);
}

/// Shows the first notice: the state of the draft, and the next keys.
pub fn welcome(model: &mut Model) {
    if model.settings.demo {
        // The sandbox accepts any number; a real id comes from SEI.
        DEMO_INTEGRATION.clone_into(&mut model.draft.integration);
    }
    let errors = text::count(model.counts().errors, "error", "errors");
    let words = match &model.draft.file.name {
        _ if model.settings.demo => format!(
            "A sample run with {errors}, and a sandbox to send it to. {{next-problem}} goes to the next \
             problem, {{fix}} fixes it, {{generate-guid}} gets a GUID, {{send}} reviews and sends."
        ),
        Some(name) => format!("Opened “{}”.", text::visible(name)),
        None if model.document.value() == &Value::empty_object() => {
            let label = model.chosen().map_or("", |chosen| chosen.environment.label.as_str());
            let label = text::visible(label);
            let is_low = model.layout().is_some_and(|layout| layout.problems.is_none());
            if is_low {
                "Blank run: type, paste, {new} sample, {tour} tour.".to_owned()
            } else {
                format!(
                    "Blank run. Type, or paste a payload. Target: {label} ({{choose-environment}} changes it). \
                     {{open}} opens a draft, {{help}} shows all keys."
                )
            }
        }
        None => return,
    };
    say(model, words);
}

/// Opens a draft that was read, or reports why it cannot be read.
pub(in crate::app::update) fn opened(model: &mut Model, result: Result<Box<Draft>, String>) {
    match result {
        Ok(draft) => {
            let name = draft.name.clone();
            open_draft(model, *draft);
            let guid_note = edit::sandbox_guid_note(model);
            done(model, format!("Opened “{}”.{guid_note}", text::visible(&name)));
            model.emit(request::wanted_sandbox(model));
        }
        Err(why) => complain(model, why),
    }
}

/// Asks how to open a draft that another program has open.
pub fn in_use(model: &mut Model, draft: Box<Draft>) {
    let name = text::visible(&draft.name).into_owned();
    model.overlays.push(Overlay::Ask(Question {
        title: "Open elsewhere".to_owned(),
        lines: vec![
            format!("Another program has “{name}” open and may save it."),
            "A copy is a new draft with the same content. Read-only: this file is never overwritten; changes \
             are saved under another name."
                .to_owned(),
        ],
        answers: vec![
            ("Open a copy".to_owned(), OverlayAnswer::OpenCopy(draft.clone())),
            ("Open read-only".to_owned(), OverlayAnswer::OpenReadOnly(draft)),
            ("Cancel".to_owned(), OverlayAnswer::Stay),
        ],
        chosen: 0,
    }));
}

/// Opens a draft, as a copy or read-only, whose file another program has open.
pub(in crate::app::update) fn open_next_to(model: &mut Model, draft: Draft, access: Access) {
    let name = text::visible(&draft.name).into_owned();
    open_draft(model, draft);
    model.draft.file.access = access;
    if access == Access::Copy {
        model.draft.file.name = Some(copy_of(&name));
        model.draft.file.saved = None;
        model.draft.file.base = None;
        model.draft.file.is_changed = true;
        let guid_note = edit::sandbox_guid_note(model);
        done(model, format!("Opened a copy of “{name}”; {{save}} saves it.{guid_note}"));
    } else {
        let guid_note = edit::sandbox_guid_note(model);
        done(model, format!("Opened “{name}” read-only; changes are saved under another name.{guid_note}"));
    }
    model.emit(request::wanted_sandbox(model));
}

/// The name of a copy, cut to a valid length.
pub(in crate::app::update) fn copy_of(name: &str) -> String {
    named_after(name, "copy")
}

/// A name with a word appended, cut to a valid length.
pub(in crate::app::update) fn named_after(name: &str, word: &str) -> String {
    format!("{} {word}", name.chars().take(90).collect::<String>().trim_end())
}

/// Asks whether to discard or save unsaved changes before `answer` runs.
pub(in crate::app::update) fn ask_drop(model: &mut Model, title: &str, answer: OverlayAnswer) {
    let saving = ("Save, then continue".to_owned(), OverlayAnswer::SaveThen(Box::new(answer.clone())));
    let mut answers =
        vec![("Cancel".to_owned(), OverlayAnswer::Stay), ("Discard changes".to_owned(), answer)];
    if !model.settings.read_only {
        answers.push(saving);
    }
    model.overlays.push(Overlay::Ask(Question {
        title: title.to_owned(),
        lines: vec!["This draft has unsaved changes.".to_owned()],
        answers,
        chosen: 0,
    }));
}
