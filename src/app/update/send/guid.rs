//! Instance GUIDs: requested from an environment, at one of two paths, or generated at random.

use crate::app::consent::NewInstance;
use crate::app::editor::Editor;
use crate::app::model::Elsewhere;
use crate::app::overlay::{Overlay, OverlayAnswer, Prompt, PromptPurpose, Question};
use crate::app::update::notify::{complain, done, say};
use crate::app::update::send::{instance, key, request};
use crate::app::update::{edit, navigate};
use crate::app::{Action, Effect, Model, consent};
use crate::catalog::FieldRole;
use crate::document::{Pointer, Value};
use crate::journal::Repeat;
use crate::wire::{Environment, Explanation, Request};
use crate::{document, wire};

/// Requests a GUID from the environment, or asks for the missing input.
pub(in crate::app::update) fn generate(model: &mut Model) {
    if !request::may_start(model) {
        return;
    }
    let Some(chosen) = model.chosen() else { return };
    let (has_key, environment) = (chosen.key.is_some(), chosen.environment.clone());
    let name = instance_name(model);
    let integration = model.draft.integration.trim().to_owned();
    if integration.is_empty() || integration.bytes().any(|byte| !byte.is_ascii_digit()) {
        navigate::focus_integration(model);
        let words = if integration.is_empty() {
            let id = "a number from satellite.yml or the integration's page in SEI (sandbox: any number).";
            if name.is_some() {
                format!("Integration id required: {id}")
            } else {
                format!("{{generate-guid}} needs an instance name (any) and an integration id: {id}")
            }
        } else {
            format!("“{integration}” is not an integration id: SEI uses numbers, such as 4620.")
        };
        complain(model, words);
        return;
    }
    let Some(name) = name else {
        navigate::scroll_to(model, &Pointer::root().key(FieldRole::InstanceName.name()));
        complain(model, "The instance needs a name first: type it here, then {generate-guid}.");
        return;
    };
    if !has_key {
        if !key::seek(model, Some(Action::GenerateGuid)) {
            request::ask_key(model, Some(Action::GenerateGuid));
        }
        return;
    }
    create(model, model.sending.environment, wire::create_instance(&environment, &integration, &name, None));
}

/// Creates an instance; asks first if the environment is protected or the form has a GUID.
fn create(model: &mut Model, position: usize, request: Request) {
    let Some(target) = model.sending.environments.get(position) else { return };
    let Environment { id, label, protected, .. } = target.environment.clone();
    let other = other_of_tool(model, &id);
    let instance =
        NewInstance { environment: position, id, label, request, replaced: replaced(model), other };
    if protected {
        model.overlays.push(Overlay::Prompt(Prompt {
            purpose: PromptPurpose::CreateInstance(Box::new(instance)),
            editor: Editor::new(""),
            fresh: false,
            fault: None,
        }));
    } else if let Some(old) = instance.old_guid() {
        let words = format!("This creates another instance in {}.", instance.label);
        let mut lines = vec![old, words, "Its GUID replaces the GUID in the form.".to_owned()];
        lines.extend(instance.other.clone());
        let answer = OverlayAnswer::CreateInstance(Box::new(instance));
        ask_to_replace(model, lines, "Create an instance and replace the GUID", answer);
    } else {
        request::post(model, position, (instance.request, Repeat::Never));
    }
}

/// A sentence that names an instance of the book with the integration of the form.
fn other_of_tool(model: &Model, environment: &str) -> Option<String> {
    model.instances.book.other_of_tool(environment, model.draft.integration.trim(), None)
}

/// Generates a random GUID; asks first if the form has a GUID.
pub(in crate::app::update) fn ask_random(model: &mut Model) {
    match replaced(model) {
        Some(guid) => {
            let words = "SEI drops runs with a random GUID.".to_owned();
            let lines = vec![consent::quoted(&guid), words];
            ask_to_replace(model, lines, "Replace it with a random GUID", OverlayAnswer::RandomGuid);
        }
        None => model.emit(Effect::NewGuid),
    }
}

/// Asks whether the GUID in the form may be replaced.
fn ask_to_replace(model: &mut Model, lines: Vec<String>, label: &str, answer: OverlayAnswer) {
    model.overlays.push(Overlay::Ask(Question {
        title: "The form already has a GUID".to_owned(),
        lines,
        answers: vec![("Keep the GUID".to_owned(), OverlayAnswer::Stay), (label.to_owned(), answer)],
        chosen: 0,
    }));
}

/// The value that a new GUID would replace in the form.
fn replaced(model: &Model) -> Option<String> {
    let object = model.document.value().as_object()?;
    FieldRole::InstanceGuid.names().find_map(|name| match object.get(name)? {
        Value::Null => None,
        Value::Text(text) => (!text.trim().is_empty()).then(|| text.clone()),
        value @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
            Some(document::write_compact(value))
        }
    })
}

/// Fills in the GUID of a created instance, and adds the instance to the book.
pub(in crate::app::update) fn made(
    model: &mut Model,
    environment: &Environment,
    request: &Request,
    guid: &str,
) {
    let name = instance_name(model).unwrap_or_default();
    // Where a question came first, the question has named the other instance.
    let is_asked = environment.protected || replaced(model).is_some();
    let other = other_of_tool(model, &environment.id).filter(|_| !is_asked);
    let other = other.map_or_else(String::new, |words| format!(" {words}"));
    instance::made(model, environment, guid, name);
    let undo = fill(model, guid);
    model.sending.elsewhere = None;
    let (id, host) = (&environment.id, environment.host());
    let path =
        request.url.strip_prefix(&environment.url("")).filter(|_| request.url != environment.guid_url());
    done(
        model,
        match path {
            None => format!("Instance created at {host}; its GUID is filled in.{undo}{other}"),
            Some(path) => format!(
                "Instance created at {path}; its GUID is filled in.{undo} To use this path from now on: guid_path = \
             \"{path}\" under [environments.{id}] in config.toml."
            ),
        },
    );
}

/// Explains a reply that names another path for GUIDs, and offers to ask there.
pub(in crate::app::update) fn offer(explanation: &Explanation, elsewhere: &Elsewhere) -> Question {
    let steps = explanation.next.iter().map(|step| format!("- {step}"));
    Question {
        title: explanation.headline.clone(),
        lines: explanation.meaning.iter().cloned().chain(steps).collect(),
        answers: vec![
            (format!("Ask at {} now", elsewhere.path), OverlayAnswer::AskElsewhere),
            ("Close".to_owned(), OverlayAnswer::Stay),
        ],
        chosen: 0,
    }
}

/// Repeats the request at the other path.
pub(in crate::app::update) fn ask_elsewhere(model: &mut Model) {
    if let Some(elsewhere) = model.sending.elsewhere.take() {
        create(model, elsewhere.environment, elsewhere.request);
    }
}

fn instance_name(model: &Model) -> Option<String> {
    let object = model.document.value().as_object()?;
    let value = FieldRole::InstanceName.names().find_map(|name| object.get(name))?;
    value.as_text().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned)
}

/// Fills in a random GUID, with a warning.
pub(in crate::app::update) fn random(model: &mut Model, guid: &str) {
    let undo = fill(model, guid);
    let words = "Filled in a random GUID (testing only): SEI drops runs with a random GUID.";
    say(model, format!("{words}{undo}"));
}

/// Fills in a GUID; returns the note on how to restore the replaced GUID.
fn fill(model: &mut Model, guid: &str) -> &'static str {
    let root = Pointer::root();
    let is_replaced = replaced(model).is_some_and(|old| old != guid);
    let object = model.document.value().as_object();
    let legacy = FieldRole::InstanceGuid.legacy();
    let legacy = legacy.filter(|name| object.is_some_and(|object| object.contains(name)));
    let at = root.key(legacy.unwrap_or_else(|| FieldRole::InstanceGuid.name()));
    edit::set_value(model, &at, Some(Value::Text(guid.to_owned())));
    navigate::scroll_to(model, &at);
    if is_replaced { " {undo} restores the previous GUID." } else { "" }
}
