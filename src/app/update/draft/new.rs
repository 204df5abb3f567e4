//! New drafts: from a template, or as the deployment of a build.

use crate::app::draft_list::DraftListKind;
use crate::app::overlay::{Beginning, DraftOrigin, List, Overlay, OverlayAnswer};
use crate::app::picker::{Picker, PickerLine};
use crate::app::update::draft::open;
use crate::app::update::notify::{complain, say};
use crate::app::{DraftEffect, Effect, Model};
use crate::draft::Draft;
use crate::draft::template::{TEMPLATES, deployment_of, is_deployable};

/// Lists the templates and builds that a new draft can start from.
pub(in crate::app::update) fn ask_new(model: &mut Model) {
    let mut origins: Vec<DraftOrigin> = TEMPLATES.iter().map(DraftOrigin::Template).collect();
    // After the three templates that are not examples.
    let place = 3;
    origins.insert(place, DraftOrigin::Build);
    if is_deployable(model.document.value()) {
        origins.insert(place, DraftOrigin::Here);
    }
    let line = |origin: &DraftOrigin| match origin {
        DraftOrigin::Template(template) => PickerLine::new(template.label, template.about),
        DraftOrigin::Here => {
            PickerLine::new("CD run of this build", "uses its artifacts, names it as the trigger")
        }
        DraftOrigin::Build => PickerLine::new("CD run of a build in another draft", "choose the draft next"),
    };
    let items = origins.iter().map(|origin| (line(origin), OverlayAnswer::StartFrom(*origin)));
    model.overlays.push(Overlay::Pick(Picker::new(items, 0), List::Origins));
}

/// Starts the chosen draft; asks first if changes are unsaved.
pub(in crate::app::update) fn choose_origin(model: &mut Model, origin: &DraftOrigin) {
    let new_draft = match origin {
        DraftOrigin::Build => {
            model.emit(Effect::Draft(DraftEffect::ListDrafts { kind: DraftListKind::Builds }));
            return;
        }
        DraftOrigin::Template(template) => Beginning {
            document: template.document(),
            integration: String::new(),
            words: format!("New draft from “{}”. {{save}} saves it.", template.label),
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
    ask_template(model, new_draft);
}

/// Starts the deployment of a build whose draft was read.
pub(in crate::app::update) fn built(model: &mut Model, result: Result<Box<Draft>, String>) {
    match result {
        Ok(draft) => {
            let new_draft = Beginning {
                document: deployment_of(&draft.document),
                integration: open::integration_of(&draft),
                words: words(is_deployable(&draft.document)),
            };
            ask_template(model, new_draft);
        }
        Err(why) => complain(model, why),
    }
}

fn words(is_deployable: bool) -> String {
    let words = if is_deployable {
        "Deployment of the build's artifacts. Set the name, number and time of this run; {next-problem} goes \
         to the next missing field."
    } else {
        "That build has no output artifact, so SEI cannot pair the runs: add the deployed artifact with \
         {go-artifacts}."
    };
    words.to_owned()
}

fn ask_template(model: &mut Model, new_draft: Beginning) {
    if model.is_unsaved() {
        open::ask_drop(model, "Start a new draft", OverlayAnswer::StartDraft(Box::new(new_draft)));
    } else {
        start(model, new_draft);
    }
}

pub(in crate::app::update) fn start(model: &mut Model, new_draft: Beginning) {
    open::open_document(model, new_draft.document);
    model.draft.integration = new_draft.integration;
    model.open_editor();
    say(model, new_draft.words);
}
