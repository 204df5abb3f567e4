//! Other shapes out: a run as a command, a script, a step of a pipeline, or a hand-off for a Propel.
//!
//! All is text, made of a document and an environment; the frames and the shell code stand in `assets/export`. There is
//! no key in any of them: each says where the key has to be put. Knows no file and no clock, and does not judge the run.
//!
//! A pipeline reports other runs than the one in the document, so a step takes what belongs to one run from the
//! variables of the CI tool. Those reach the script through its environment alone, never as part of its text; what comes
//! from the document is written so that no tool finds anything to fill in (see `literal`).

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

/// What a run can be exported as.
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
    /// The end of a Jenkins pipeline.
    Jenkins,
    /// A step of Azure Pipelines.
    AzurePipelines,
    /// What a Propel has to be told.
    Propel,
    /// The run itself, which sends nothing: a file in the place of the clipboard.
    Payload,
}

impl ExportTarget {
    /// All that send something, in the order they are offered.
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

    /// What a person reads.
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

    /// One line that says what it is.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Curl => "a command that sends this very run",
            Self::Shell => "a POSIX script that sends this very run",
            Self::GitHubActions => "a workflow that reports the runs of another",
            Self::GitLabCi => "jobs of the last stage that report the pipeline",
            Self::Jenkins => "a post section that reports the build",
            Self::AzurePipelines => "a last step that reports the run",
            Self::Propel => "what SEI's own automation has to be told",
            Self::Payload => "the run itself",
        }
    }

    /// Whether a file of it can be run by its name.
    pub const fn is_program(self) -> bool {
        matches!(self, Self::Shell)
    }

    /// What to do with a file of it, as a sentence.
    pub fn next(self, file: &str) -> String {
        let word = wire::shell_word(file);
        match self {
            Self::Payload => format!("To send it: sei-compose send {word}"),
            Self::Curl => format!("To run it: HARNESS_SEI_API_KEY=… sh {word}"),
            Self::Shell => format!("To run it: HARNESS_SEI_API_KEY=… {word}"),
            Self::GitHubActions => {
                "It belongs into .github/workflows, and the key into the secret HARNESS_SEI_API_KEY.".to_owned()
            }
            Self::GitLabCi => {
                "It belongs into .gitlab-ci.yml, and the key into the masked variable HARNESS_SEI_API_KEY.".to_owned()
            }
            Self::Jenkins => {
                "Its post section belongs into your Jenkinsfile, and the key into the credential harness-sei-api-key."
                    .to_owned()
            }
            Self::AzurePipelines => {
                "Its step belongs last among yours, and the key into the secret variable HARNESS_SEI_API_KEY.".to_owned()
            }
            Self::Propel => "What stands in it is for the form of the Propel in SEI.".to_owned(),
        }
    }

    /// The name of a file to keep it in.
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

/// The run as a text for this target, meant for this environment, ending in a line break.
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
