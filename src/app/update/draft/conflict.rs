//! What to do where the file of a draft is not what was known of it.

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

/// Asks whether the draft that has this name may be replaced.
pub(in crate::app::update) fn taken(name: String, base: Option<Fingerprint>) -> Question {
    let shown = text::visible(&name).into_owned();
    Question {
        title: "That name is taken".to_owned(),
        lines: vec![format!("There is a draft “{shown}” already.")],
        answers: vec![
            ("Keep it; do not save now".to_owned(), OverlayAnswer::Stay),
            ("Replace it; that draft goes to the trash".to_owned(), OverlayAnswer::SaveOver { name, base }),
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
            "Nothing was saved yet.".to_owned(),
        ],
        answers: vec![
            (
                "Save over it; that version goes to the trash".to_owned(),
                OverlayAnswer::SaveOver { name, base },
            ),
            ("Save as a copy".to_owned(), OverlayAnswer::SaveCopy),
            (reload_label(model), OverlayAnswer::Reload),
            ("Do not save now".to_owned(), OverlayAnswer::Stay),
        ],
        chosen: 0,
    };
    with_comparison(question, found)
}

/// Asks what to do about a draft that another program deleted or renamed.
pub(in crate::app::update) fn gone(name: String, why: String) -> Question {
    Question {
        title: "No longer on disk".to_owned(),
        lines: vec![why, "Nothing was saved yet.".to_owned()],
        answers: vec![
            ("Save it again under this name".to_owned(), OverlayAnswer::SaveOver { name, base: None }),
            ("Save under another name".to_owned(), OverlayAnswer::Do(Action::SaveAs)),
            ("Do not save now".to_owned(), OverlayAnswer::Stay),
        ],
        chosen: 0,
    }
}

fn reload_label(model: &Model) -> String {
    let label = if model.is_unsaved() { "Reload; your changes go to the trash" } else { "Reload" };
    label.to_owned()
}

/// How the draft on disk differs from the one in the form, as a sentence.
fn difference(model: &Model, found: &Draft) -> String {
    match Comparison::new("", &found.document, model.document.value()).count() {
        0 => "The payload on disk is the same as yours; its layout or settings are not.".to_owned(),
        count => format!("Your payload differs from it in {}.", text::count(count, "place", "places")),
    }
}

/// Puts the comparison first among the answers.
fn with_comparison(question: Question, found: Box<Draft>) -> Question {
    let mut asked = question.clone();
    let answer = OverlayAnswer::CompareOnDisk { found, question: Box::new(question) };
    asked.answers.insert(0, ("Show the difference".to_owned(), answer));
    asked
}

/// Shows how the draft on disk differs from the one in the form, above the question about it.
pub(in crate::app::update) fn compare_on_disk(model: &mut Model, found: &Draft, question: Question) {
    let comparison = Comparison::new("On disk → in the form", &found.document, model.document.value());
    model.overlays.push(Overlay::Ask(with_comparison(question, Box::new(found.clone()))));
    model.overlays.push(Content::Compare(comparison).page());
}

/// Something was not done with a draft, since its file has another content than it should have.
pub(in crate::app::update) fn refused(model: &mut Model, effect: Effect, found: Result<Box<Draft>, String>) {
    model.draft.renaming = None;
    model.draft.naming = None;
    let Some((name, anyway)) = describe(&effect) else { return };
    let shown = text::visible(&name).into_owned();
    let is_open = model.draft.file.name.as_ref() == Some(&name);
    let (Some(anyway), Some(found)) = (anyway, found.ok().filter(|_| is_open)) else {
        complain(
            model,
            format!(
                "“{shown}” was changed by another program: nothing was done. Look at it, then try again."
            ),
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
            ("Do nothing".to_owned(), OverlayAnswer::Stay),
        ],
        chosen: 0,
    };
    model.overlays.push(Overlay::Ask(with_comparison(question, found)));
}

/// The draft that something is done with, and the answer that does it after all, which a draft in the trash has not.
fn describe(effect: &Effect) -> Option<(String, Option<&'static str>)> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "only these name the content of a draft")]
    match effect {
        Effect::Draft(DraftEffect::RenameDraft { from, .. }) => {
            Some((from.clone(), Some("Rename it as it is on disk")))
        }
        Effect::Draft(DraftEffect::DuplicateDraft { from, .. }) => {
            Some((from.clone(), Some("Duplicate it as it is on disk")))
        }
        Effect::Draft(DraftEffect::DeleteDraft { name, .. }) => {
            Some((name.clone(), Some("Move it to the trash as it is on disk")))
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

/// Does something with a draft.
pub(in crate::app::update) fn run(model: &mut Model, effect: Effect) {
    if let Effect::Draft(DraftEffect::RenameDraft { from, base, .. }) = &effect {
        model.draft.renaming = Some((from.clone(), *base));
    }
    model.emit(effect);
}

/// Reads the draft from disk again, with what is unsaved in the trash.
pub(in crate::app::update) fn reload(model: &mut Model) {
    model.draft.when_saved = None;
    let Some(name) = model.draft.file.name.clone() else { return };
    let unsaved = model.is_unsaved().then(|| {
        let work = model.draft_now();
        Box::new(Draft { name: open::named_after(&work.name, "unsaved"), ..work })
    });
    model.emit(Effect::Draft(DraftEffect::ReloadDraft { name, unsaved }));
}

/// The draft was read again: its payload is one undo step above what was in the form.
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
    let lost = edit::lost(model);
    let rest = if was_unsaved { " {undo} brings your payload back; the trash has all of it." } else { "" };
    done(model, format!("Reloaded “{name}” from disk.{rest}{lost}"));
    model.emit(request::wanted_sandbox(model));
}
