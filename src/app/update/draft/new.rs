//! New drafts: from a template, or as the deployment of a build.

use crate::app::draft_list::DraftListKind;
use crate::app::overlay::{Beginning, DraftOrigin, List, Overlay, OverlayAnswer};
use crate::app::picker::{Picker, PickerLine};
use crate::app::update::draft::open;
use crate::app::update::notify::{complain, say};
use crate::app::{DraftEffect, Effect, Model};
use crate::draft::Draft;
use crate::draft::template::{TEMPLATES, deployment_of, is_deployable};

/// Lists what a new draft may begin with.
pub(in crate::app::update) fn ask_new(model: &mut Model) {
    let mut origins: Vec<DraftOrigin> = TEMPLATES.iter().map(DraftOrigin::Template).collect();
    // Behind the three that are no examples.
    let place = 3;
    origins.insert(place, DraftOrigin::Build);
    if is_deployable(model.document.value()) {
        origins.insert(place, DraftOrigin::Here);
    }
    let line = |origin: &DraftOrigin| match origin {
        DraftOrigin::Template(template) => PickerLine::new(template.label, template.about),
        DraftOrigin::Here => PickerLine::new(
            "CD run of this build",
            "takes in what this run produced, and names it as the cause",
        ),
        DraftOrigin::Build => PickerLine::new("CD run of a build in another draft", "choose the draft next"),
    };
    let items = origins.iter().map(|origin| (line(origin), OverlayAnswer::StartFrom(*origin)));
    model.overlays.push(Overlay::Pick(Picker::new(items, 0), List::Origins));
}

/// Begins what was chosen, asking first when something is not saved.
pub(in crate::app::update) fn choose_origin(model: &mut Model, origin: &DraftOrigin) {
    let beginning = match origin {
        DraftOrigin::Build => {
            model.emit(Effect::Draft(DraftEffect::ListDrafts { shelf: DraftListKind::Builds }));
            return;
        }
        DraftOrigin::Template(template) => Beginning {
            document: template.document(),
            integration: String::new(),
            words: format!("{}: a new draft. {{save}} keeps it.", template.label),
        },
        DraftOrigin::Here => {
            let build = model.document.value();
            Beginning {
                document: deployment_of(build),
                integration: model.draft.integration.clone(),
                words: words(true),
            }
        }
    };
    ask_template(model, beginning);
}

/// The draft of a build was read.
pub(in crate::app::update) fn built(model: &mut Model, result: Result<Box<Draft>, String>) {
    match result {
        Ok(draft) => {
            let beginning = Beginning {
                document: deployment_of(&draft.document),
                integration: open::integration_of(&draft),
                words: words(is_deployable(&draft.document)),
            };
            ask_template(model, beginning);
        }
        Err(why) => complain(model, why),
    }
}

fn words(is_deployable: bool) -> String {
    let words = if is_deployable {
        "A deployment of what the build produced. Give it a name, a number and a time of its own; {next-problem} goes \
         through what is missing."
    } else {
        "That build produced no artifact, so nothing would pair the two: add what this run deploys with {go-artifacts}."
    };
    words.to_owned()
}

fn ask_template(model: &mut Model, beginning: Beginning) {
    if model.is_unsaved() {
        open::ask_drop(model, "Start a new draft", OverlayAnswer::StartDraft(Box::new(beginning)));
    } else {
        start(model, beginning);
    }
}

/// Starts a new draft.
pub(in crate::app::update) fn start(model: &mut Model, beginning: Beginning) {
    open::open_document(model, beginning.document);
    model.draft.integration = beginning.integration;
    model.open_editor();
    say(model, beginning.words);
}
