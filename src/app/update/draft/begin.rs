//! New drafts: from a template, or as the deployment of a build.

use crate::app::overlay::{Answer, Beginning, List, Origin, Overlay};
use crate::app::picker::{Line, Picker};
use crate::app::shelf::Shelf;
use crate::app::update::draft::open;
use crate::app::update::notify::{complain, say};
use crate::app::{DraftEffect, Effect, Model};
use crate::draft::Draft;
use crate::draft::template::{TEMPLATES, deployment_of, is_deployable};

/// Lists what a new draft may begin with.
pub(in crate::app::update) fn ask_new(model: &mut Model) {
    let mut origins: Vec<Origin> = TEMPLATES.iter().map(Origin::Template).collect();
    // Behind the three that are no examples.
    let place = 3;
    origins.insert(place, Origin::Build);
    if is_deployable(model.document.value()) {
        origins.insert(place, Origin::Here);
    }
    let line = |origin: &Origin| match origin {
        Origin::Template(template) => Line::new(template.label, template.about),
        Origin::Here => {
            Line::new("CD run of this build", "takes in what this run produced, and names it as the cause")
        }
        Origin::Build => Line::new("CD run of a build in another draft", "choose the draft next"),
    };
    let items = origins.iter().map(|origin| (line(origin), Answer::BeginFrom(*origin)));
    model.overlays.push(Overlay::Pick(Picker::new(items, 0), List::Origins));
}

/// Begins what was chosen, asking first when something is not saved.
pub(in crate::app::update) fn choose_origin(model: &mut Model, origin: &Origin) {
    let beginning = match origin {
        Origin::Build => {
            model.emit(Effect::Draft(DraftEffect::ListDrafts { shelf: Shelf::Builds }));
            return;
        }
        Origin::Template(template) => Beginning {
            document: template.document(),
            integration: String::new(),
            words: format!("{}: a new draft. {{save}} keeps it.", template.label),
        },
        Origin::Here => {
            let build = model.document.value();
            Beginning {
                document: deployment_of(build),
                integration: model.draft.integration.clone(),
                words: words(true),
            }
        }
    };
    ask_begin(model, beginning);
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
            ask_begin(model, beginning);
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

fn ask_begin(model: &mut Model, beginning: Beginning) {
    if model.is_unsaved() {
        open::ask_drop(model, "Start a new draft", Answer::Begin(Box::new(beginning)));
    } else {
        begin(model, beginning);
    }
}

/// Starts a new draft.
pub(in crate::app::update) fn begin(model: &mut Model, beginning: Beginning) {
    open::open_document(model, beginning.document);
    model.draft.integration = beginning.integration;
    model.open_editor();
    say(model, beginning.words);
}
