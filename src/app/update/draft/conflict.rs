//! Questions about a draft whose file another program changed, deleted or created.

use crate::app::comparison::Comparison;
use crate::app::overlay::{Content, Overlay, OverlayAnswer, Question};
use crate::app::update::draft::list;
use crate::app::update::draft::open;
use crate::app::update::notify::{complain, done};
use crate::app::update::send::request;
use crate::app::update::{edit, navigate};
use crate::app::{Action, DraftEffect, Effect, Model};
use crate::draft::{Draft, Fingerprint};
use crate::text;

/// Asks whether to replace the draft that already has this name.
pub(in crate::app::update) fn taken(name: String, base: Option<Fingerprint>) -> Question {
    let shown = text::visible(&name).into_owned();
    Question {
        title: "That name is taken".to_owned(),
        lines: vec![format!("A draft “{shown}” already exists.")],
        answers: vec![
            ("Cancel".to_owned(), OverlayAnswer::Stay),
            (
                "Replace it; the old draft goes to the trash".to_owned(),
                OverlayAnswer::SaveOver { name, base },
            ),
        ],
        chosen: 0,
    }
}

/// Asks what to do about a draft that another program changed.
pub(in crate::app::update) fn changed(model: &Model, name: String, found: Box<Draft>) -> Question {
    let base = found.base;
    let question = Question {
        title: "Changed on disk".to_owned(),
        lines: vec![
            format!("Another program changed “{}” after you opened or saved it.", text::visible(&name)),
            difference(model, &found),
            "Not saved yet.".to_owned(),
        ],
        answers: vec![
            ("Overwrite (disk version → trash)".to_owned(), OverlayAnswer::SaveOver { name, base }),
            ("Save as a copy".to_owned(), OverlayAnswer::SaveCopy),
            (reload_label(model), OverlayAnswer::Reload),
            ("Cancel".to_owned(), OverlayAnswer::Stay),
        ],
        chosen: 0,
    };
    with_comparison(question, found)
}

/// Asks what to do about a draft that another program deleted or renamed.
pub(in crate::app::update) fn gone(name: String, why: String) -> Question {
    Question {
        title: "No longer on disk".to_owned(),
        lines: vec![why, "Not saved yet.".to_owned()],
        answers: vec![
            ("Save it again under this name".to_owned(), OverlayAnswer::SaveOver { name, base: None }),
            ("Save under another name".to_owned(), OverlayAnswer::Do(Action::SaveAs)),
            ("Cancel".to_owned(), OverlayAnswer::Stay),
        ],
        chosen: 0,
    }
}

fn reload_label(model: &Model) -> String {
    let label = if model.is_unsaved() { "Reload; your changes go to the trash" } else { "Reload" };
    label.to_owned()
}

/// How the draft on disk differs from the draft in the form, as a sentence.
fn difference(model: &Model, found: &Draft) -> String {
    match Comparison::new("", &found.document, model.document.value()).count() {
        0 => "The payload on disk is the same as yours; its layout or settings differ.".to_owned(),
        count => format!(
            "Your payload differs from the payload on disk in {}.",
            text::count(count, "place", "places")
        ),
    }
}

/// Adds the comparison as the first answer.
fn with_comparison(question: Question, found: Box<Draft>) -> Question {
    let mut asked = question.clone();
    let answer = OverlayAnswer::CompareOnDisk { found, question: Box::new(question) };
    asked.answers.insert(0, ("Show the difference".to_owned(), answer));
    asked
}

/// Opens the comparison of the draft on disk and in the form, above the question.
pub(in crate::app::update) fn compare_on_disk(model: &mut Model, found: &Draft, question: Question) {
    let comparison = Comparison::new("On disk → form", &found.document, model.document.value());
    model.overlays.push(Overlay::Ask(with_comparison(question, Box::new(found.clone()))));
    model.overlays.push(Content::Compare(comparison).page());
}

/// Reports an operation that was refused because the file of the draft has changed content.
pub(in crate::app::update) fn refused(model: &mut Model, effect: Effect, found: Result<Box<Draft>, String>) {
    model.draft.renaming = None;
    model.draft.naming = None;
    let Some((name, anyway)) = describe(&effect) else { return };
    let shown = text::visible(&name).into_owned();
    let is_open = model.draft.file.name.as_ref() == Some(&name);
    let (Some(anyway), Some(found)) = (anyway, found.ok().filter(|_| is_open)) else {
        complain(
            model,
            format!("Another program changed “{shown}”: nothing was done. Check the draft, then try again."),
        );
        return list::refresh_list(model);
    };
    let question = Question {
        title: "Changed on disk".to_owned(),
        lines: vec![
            format!("Another program changed “{shown}” after you opened or saved it."),
            difference(model, &found),
        ],
        answers: vec![
            (anyway.to_owned(), OverlayAnswer::Run(Box::new(with_base(effect, found.base)))),
            (reload_label(model), OverlayAnswer::Reload),
            ("Cancel".to_owned(), OverlayAnswer::Stay),
        ],
        chosen: 0,
    };
    model.overlays.push(Overlay::Ask(with_comparison(question, found)));
}

/// The name of the draft and the label for running the effect anyway; no label in the trash.
fn describe(effect: &Effect) -> Option<(String, Option<&'static str>)> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "only these name the content of a draft")]
    match effect {
        Effect::Draft(DraftEffect::RenameDraft { from, .. }) => {
            Some((from.clone(), Some("Rename the version on disk")))
        }
        Effect::Draft(DraftEffect::DuplicateDraft { from, .. }) => {
            Some((from.clone(), Some("Duplicate the version on disk")))
        }
        Effect::Draft(DraftEffect::DeleteDraft { name, .. }) => {
            Some((name.clone(), Some("Move the version on disk to the trash")))
        }
        Effect::Draft(DraftEffect::RestoreDraft { name, .. }) => Some((name.clone(), None)),
        _ => None,
    }
}

fn with_base(mut effect: Effect, new: Option<Fingerprint>) -> Effect {
    if let Effect::Draft(
        DraftEffect::RenameDraft { base, .. }
        | DraftEffect::DuplicateDraft { base, .. }
        | DraftEffect::DeleteDraft { base, .. },
    ) = &mut effect
    {
        *base = new;
    }
    effect
}

/// Runs the effect on a draft, and remembers the draft while it is renamed.
pub(in crate::app::update) fn run(model: &mut Model, effect: Effect) {
    if let Effect::Draft(DraftEffect::RenameDraft { from, base, .. }) = &effect {
        model.draft.renaming = Some((from.clone(), *base));
    }
    model.emit(effect);
}

/// Reads the draft from disk again; unsaved changes go to the trash.
pub(in crate::app::update) fn reload(model: &mut Model) {
    model.draft.when_saved = None;
    let Some(name) = model.draft.file.name.clone() else { return };
    let unsaved = model.is_unsaved().then(|| {
        let work = model.draft_now();
        Box::new(Draft { name: open::named_after(&work.name, "unsaved"), ..work })
    });
    model.emit(Effect::Draft(DraftEffect::ReloadDraft { name, unsaved }));
}

/// Shows the draft that was read again, as one undo step after the previous payload.
pub(in crate::app::update) fn reloaded(model: &mut Model, result: Result<Box<Draft>, String>) {
    let draft = match result {
        Ok(draft) => *draft,
        Err(why) => {
            complain(model, format!("Not reloaded: {why}"));
            return;
        }
    };
    if model.draft.file.name.as_ref() != Some(&draft.name) {
        return;
    }
    let was_unsaved = model.is_unsaved();
    let name = text::visible(&draft.name).into_owned();
    model.draft.integration = open::integration_of(&draft);
    model.payload.raw = None;
    model.document.replace_all("Reloaded", draft.document.clone());
    model.document.mark_saved();
    model.draft.baseline = draft.document.clone();
    model.payload.layout = None;
    open::adopt_settings(model, draft);
    navigate::open_field(model);
    let guid_note = edit::sandbox_guid_note(model);
    let rest = if was_unsaved { " {undo} restores your payload; your version is in the trash." } else { "" };
    done(model, format!("Reloaded “{name}” from disk.{rest}{guid_note}"));
    model.emit(request::wanted_sandbox(model));
}
