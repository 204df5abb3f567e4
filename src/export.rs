//! Export: a run as a command, a script, a step of a pipeline, or a hand-off for a Propel.
//!
//! The output is text made of a document and an environment; templates and shell code are in
//! `assets/export`. No output contains a key: each one says where the key belongs. The module reads
//! no file and no clock, and does not check the run.
//!
//! A pipeline reports other runs than the one in the document, so a step reads the values of one
//! run from the variables of the CI tool. They reach the script through its environment only, never
//! as part of its text; values of the document are written so that no tool expands anything in them
//! (see `literal`).

use crate::document::{self, Value};
use crate::wire::{self, Environment};

mod hand_off;
mod literal;
mod member;
mod step;
mod template;

use step::PipelineTool;

const SCRIPT: &str = include_str!("../assets/export/script.sh");
const SEND: &str = include_str!("../assets/export/send.sh");

/// The formats that a run can be exported to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExportTarget {
    /// A curl command.
    Curl,
    /// A POSIX shell script.
    Shell,
    /// A workflow of GitHub Actions.
    GitHubActions,
    /// Jobs of GitLab CI.
    GitLabCi,
    /// A `post` section of a Jenkins pipeline.
    Jenkins,
    /// A step of Azure Pipelines.
    AzurePipelines,
    /// A hand-off for a Propel.
    Propel,
    /// The run as JSON, which sends nothing: a file instead of the clipboard.
    Payload,
}

impl ExportTarget {
    /// All targets that send something, in display order.
    pub const ALL: [Self; 7] = [
        Self::Curl,
        Self::Shell,
        Self::GitHubActions,
        Self::GitLabCi,
        Self::Jenkins,
        Self::AzurePipelines,
        Self::Propel,
    ];

    /// The word on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::Shell => "sh",
            Self::GitHubActions => "github-actions",
            Self::GitLabCi => "gitlab-ci",
            Self::Jenkins => "jenkins",
            Self::AzurePipelines => "azure-pipelines",
            Self::Propel => "propel",
            Self::Payload => "payload",
        }
    }

    /// The label on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::Shell => "Shell script",
            Self::GitHubActions => "GitHub Actions",
            Self::GitLabCi => "GitLab CI",
            Self::Jenkins => "Jenkins",
            Self::AzurePipelines => "Azure Pipelines",
            Self::Propel => "Propel",
            Self::Payload => "JSON",
        }
    }

    /// A short description for lists.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Curl => "a command that sends this run",
            Self::Shell => "a POSIX script that sends this run",
            Self::GitHubActions => "a separate workflow that sends runs",
            Self::GitLabCi => "jobs in stage .post",
            Self::Jenkins => "a post section that sends the build",
            Self::AzurePipelines => "a final step that sends the run",
            Self::Propel => "settings and body for SEI's own automation",
            Self::Payload => "the run itself",
        }
    }

    /// Whether the exported file is executable.
    pub const fn is_program(self) -> bool {
        matches!(self, Self::Shell)
    }

    /// The next step after saving the export, as a sentence.
    pub fn next(self, file: &str) -> String {
        let word = wire::shell_word(file);
        match self {
            Self::Payload => format!("To send it: sei-compose send {word}"),
            Self::Curl => format!("To run it: HARNESS_SEI_API_KEY=… sh {word}"),
            Self::Shell => format!("To run it: HARNESS_SEI_API_KEY=… {word}"),
            Self::GitHubActions => {
                "Add the file to .github/workflows and the key to the secret HARNESS_SEI_API_KEY.".to_owned()
            }
            Self::GitLabCi => {
                "Add the jobs to .gitlab-ci.yml and the key to the masked variable HARNESS_SEI_API_KEY."
                    .to_owned()
            }
            Self::Jenkins => {
                "Add the post section to your Jenkinsfile and the key to the credential harness-sei-api-key."
                    .to_owned()
            }
            Self::AzurePipelines => {
                "Add the step as the last one and the key to the secret variable HARNESS_SEI_API_KEY."
                    .to_owned()
            }
            Self::Propel => "Fill in its values in the form of the Propel in SEI.".to_owned(),
        }
    }

    /// The default file name.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Curl => "sei-report.curl",
            Self::Shell => "sei-report.sh",
            Self::GitHubActions => "sei-report.yml",
            Self::GitLabCi => "sei-report.gitlab-ci.yml",
            Self::Jenkins => "sei-report.Jenkinsfile",
            Self::AzurePipelines => "sei-report.azure-pipelines.yml",
            Self::Propel => "sei-report.propel.txt",
            Self::Payload => "sei-run.json",
        }
    }
}

/// Exports the run for a target and an environment; the text ends in a line break.
pub fn export(target: ExportTarget, environment: &Environment, run: &Value) -> String {
    let exported = match target {
        ExportTarget::Curl => wire::as_curl(&wire::job_run(environment, run)),
        ExportTarget::Shell => script(environment, run),
        ExportTarget::GitHubActions => step::step(PipelineTool::GitHub, environment, run),
        ExportTarget::GitLabCi => step::step(PipelineTool::GitLab, environment, run),
        ExportTarget::Jenkins => step::step(PipelineTool::Jenkins, environment, run),
        ExportTarget::AzurePipelines => step::step(PipelineTool::Azure, environment, run),
        ExportTarget::Propel => hand_off::hand_off(environment, run),
        ExportTarget::Payload => document::write_pretty(run),
    };
    exported.trim_end().to_owned() + "\n"
}

/// A script that sends the exact bytes of the request's body.
fn script(environment: &Environment, run: &Value) -> String {
    let request = wire::job_run(environment, run);
    template::fill(
        SCRIPT,
        &[
            ("URL", &wire::shell_word(&request.url)),
            ("SCHEME", request.scheme.word()),
            ("BODY", &wire::shell_word(&request.body)),
            ("SEND", SEND),
        ],
    )
}
