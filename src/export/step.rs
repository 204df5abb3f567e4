//! Pipeline steps: one script for all CI tools, in the template of each, with the variables of
//! each.

use crate::catalog::FieldRole;
use crate::document::Value;
use crate::wire::{self, BodyFormat, Environment, RUN_MESSAGE};

use super::template::fill;
use super::{SEND, literal, member};

const STEP: &str = include_str!("../../assets/export/step.sh");
const BUILD: &str = include_str!("../../assets/export/build.sh");

/// A CI tool that steps can be made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PipelineTool {
    GitHub,
    GitLab,
    Jenkins,
    Azure,
}

impl PipelineTool {
    /// The template, and the shell lines that read the variables of the tool.
    const fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::GitHub => (
                include_str!("../../assets/export/github-actions.yml"),
                include_str!("../../assets/export/github-actions.sh"),
            ),
            Self::GitLab => (
                include_str!("../../assets/export/gitlab-ci.yml"),
                include_str!("../../assets/export/gitlab-ci.sh"),
            ),
            Self::Jenkins => (
                include_str!("../../assets/export/Jenkinsfile"),
                include_str!("../../assets/export/jenkins.sh"),
            ),
            Self::Azure => (
                include_str!("../../assets/export/azure-pipelines.yml"),
                include_str!("../../assets/export/azure-pipelines.sh"),
            ),
        }
    }
}

/// A step that sends runs of a tool in the form of this run.
pub(super) fn step(tool: PipelineTool, environment: &Environment, run: &Value) -> String {
    let (template, values) = tool.texts();
    let script = script(values, environment, run);
    let script = if tool == PipelineTool::Jenkins { literal::groovy(&script) } else { script };
    let pipeline = wire::with_names(run, wire::FieldNames::Current);
    let pipeline =
        pipeline.as_object().and_then(|run| run.get(FieldRole::Pipeline.name())).and_then(Value::as_text);
    fill(
        template,
        &[("SCRIPT", &script), ("PIPELINE", &literal::yaml(pipeline.unwrap_or("the name of the workflow")))],
    )
}

fn script(values: &str, environment: &Environment, run: &Value) -> String {
    let run = wire::with_names(run, environment.names);
    let members = member::lines(&run, environment.names);
    let body = match environment.format {
        BodyFormat::Flat => "\"{$run}\"".to_owned(),
        BodyFormat::Wrapped => format!(
            "\"{{\\\"request_type\\\":\\\"{RUN_MESSAGE}\\\",\\\"payload\\\":\\\"$(escape \"{{$run}}\")\\\"}}\""
        ),
    };
    fill(
        STEP,
        &[
            ("URL", &literal::word(&literal::address(&environment.run_url()))),
            ("SCHEME", environment.scheme.word()),
            ("BUILD", BUILD),
            ("VALUES", &in_case_of(&run, values)),
            ("MEMBERS", &members),
            ("BODY", &body),
            ("SEND", SEND),
        ],
    )
}

/// Writes the result in lower case where the run does: a job must use one spelling.
fn in_case_of(run: &Value, values: &str) -> String {
    let result = run.as_object().and_then(|run| run.get(FieldRole::Result.name())).and_then(Value::as_text);
    if result.is_some_and(|word| word.starts_with(|c: char| c.is_ascii_lowercase())) {
        values.replace("result=SUCCESS", "result=success").replace("result=FAILURE", "result=failure")
    } else {
        values.to_owned()
    }
}
