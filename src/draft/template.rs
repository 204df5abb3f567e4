//! Templates for new drafts: payloads from `assets/templates`, and the deployment of a build.
//!
//! A template is either an example without problems, or lacks the values that only the user knows.

use crate::catalog::{FieldRole, catalog};
use crate::document::{self, Object, Value};

/// A payload to start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// The stable id for scripts.
    pub id: &'static str,
    /// The name to show.
    pub label: &'static str,
    /// A short description.
    pub about: &'static str,
    text: &'static str,
}

/// The templates, simplest first.
pub const TEMPLATES: [Template; 6] = [
    Template { id: "blank", label: "Blank", about: "an empty payload", text: "{}" },
    Template {
        id: "ci-run",
        label: "CI run",
        about: "a build: two stages and an output image",
        text: include_str!("../../assets/templates/ci-run.json"),
    },
    Template {
        id: "cd-run",
        label: "CD run",
        about: "a deployment: one stage and an input image",
        text: include_str!("../../assets/templates/cd-run.json"),
    },
    Template {
        id: "example",
        label: "Example: a whole build",
        about: "stages, steps, parameters, an image with its hash",
        text: include_str!("../../assets/samples/ci-run.json"),
    },
    Template {
        id: "documented-ci",
        label: "Example: Node.js CI",
        about: "the build from the documentation, corrected",
        text: include_str!("../../assets/templates/documented-ci.json"),
    },
    Template {
        id: "documented-themes",
        label: "Example: Pipeline-2",
        about: "the run with project and themes from the documentation, corrected",
        text: include_str!("../../assets/templates/documented-themes.json"),
    },
];

/// The template id of the deployment of a build.
pub const DEPLOYMENT: &str = "cd-from-ci";

/// The fields that a deployment shares with the build it deploys.
const SHARED: [FieldRole; 7] = [
    FieldRole::InstanceName,
    FieldRole::InstanceGuid,
    FieldRole::InstanceUrl,
    FieldRole::Project,
    FieldRole::RepositoryUrl,
    FieldRole::Branch,
    FieldRole::Commits,
];

impl Template {
    /// The template with this id.
    pub fn named(id: &str) -> Option<&'static Self> {
        TEMPLATES.iter().find(|template| template.id == id)
    }

    /// The payload of the template.
    pub fn document(&self) -> Value {
        document::read(self.text).unwrap_or_else(|_broken| Value::empty_object())
    }
}

/// The run that deploys the output of a build: the output images become input images with the same
/// identity, so that SEI pairs the two runs, and the build becomes the trigger. Name, time and
/// result of the deployment are not set.
pub fn deployment_of(build: &Value) -> Value {
    let nothing = Object::default();
    let build = build.as_object().unwrap_or(&nothing);
    let mut run = Object::default();
    for (key, value) in build.iter().filter(|(key, _)| is_shared(key)) {
        run.put(key, value.clone());
    }
    run.put(FieldRole::Ci.name(), Value::Bool(false));
    run.put(FieldRole::Cd.name(), Value::Bool(true));
    if let Some(cause) = cause(build) {
        run.put(FieldRole::Triggers.name(), Value::Array(vec![cause]));
    }
    let images: Vec<Value> = produced(build).map(as_input).collect();
    if !images.is_empty() {
        run.put(FieldRole::Artifacts.name(), Value::Array(images));
    }
    let mut members: Vec<(String, Value)> =
        run.iter().map(|(key, value)| (key.to_owned(), value.clone())).collect();
    members.sort_by_key(|(key, _)| catalog().run().position(key));
    Value::Object(members.into_iter().collect())
}

/// Whether a build has an output artifact to deploy.
pub fn is_deployable(build: &Value) -> bool {
    build.as_object().is_some_and(|build| produced(build).next().is_some())
}

/// Whether a key, current or legacy, is a field that build and deployment share.
fn is_shared(key: &str) -> bool {
    catalog().run().field(key).is_some_and(|(field, _)| field.role.is_some_and(|role| SHARED.contains(&role)))
}

fn produced(build: &Object) -> impl Iterator<Item = &Object> {
    let artifacts = build.get(FieldRole::Artifacts.name()).and_then(Value::as_array).unwrap_or_default();
    artifacts.iter().filter_map(Value::as_object).filter(|artifact| {
        artifact.get(FieldRole::ArtifactOutput.name()).and_then(Value::as_bool) == Some(true)
    })
}

fn as_input(artifact: &Object) -> Value {
    let mut artifact = artifact.clone();
    artifact.put(FieldRole::ArtifactInput.name(), Value::Bool(true));
    artifact.put(FieldRole::ArtifactOutput.name(), Value::Bool(false));
    Value::Object(artifact)
}

/// The build as a trigger; `None` without a full name.
fn cause(build: &Object) -> Option<Value> {
    let name = build
        .get(FieldRole::FullName.name())
        .and_then(Value::as_text)
        .filter(|name| !name.trim().is_empty())?;
    let mut cause = Object::default();
    cause.put(FieldRole::TriggerId.name(), Value::Text(name.to_owned()));
    cause.put(FieldRole::TriggerType.name(), Value::Text("UpstreamCause".to_owned()));
    let number = match build.get(FieldRole::BuildNumber.name()) {
        Some(Value::Number(number)) => Some(number.as_str().to_owned()),
        Some(Value::Text(text)) => Some(text.clone()),
        Some(Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_)) | None => None,
    };
    if let Some(number) = number {
        cause.put(FieldRole::TriggerRun.name(), Value::Text(number));
    }
    Some(Value::Object(cause))
}
