//! The arguments of `import`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(in crate::cli) struct ImportArguments {
    /// File to read; - or none for standard input
    #[arg(default_value = "-", hide_default_value = true)]
    pub(in crate::cli) file: PathBuf,
    /// Kind of the file
    #[arg(long, value_enum, default_value_t = ImportSource::Auto)]
    pub(in crate::cli) from: ImportSource,
    /// File with the jobs of the run, when they are in a separate file
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) jobs: Option<PathBuf>,
    /// Import the run with this number, from an input with several runs
    #[arg(long, value_name = "NUMBER")]
    pub(in crate::cli) run: Option<String>,
    /// Print all runs of an input with several runs, one per line
    #[arg(long, conflicts_with_all = ["run", "jobs", "save"])]
    pub(in crate::cli) all: bool,
    /// Import all commits after this one, from a checkout
    #[arg(long, value_name = "REF")]
    pub(in crate::cli) since: Option<String>,
    /// Read the file that contains the body of a curl command
    #[arg(long)]
    pub(in crate::cli) allow_file: bool,
    /// Save the payload as a new draft with this name, and print its file
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) save: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ImportSource {
    /// Detect from the content
    Auto,
    /// A payload
    Payload,
    /// A curl command
    Curl,
    /// The satellite.yml of an integration
    Satellite,
    /// JSON of a GitHub Actions workflow run
    #[value(name = "github")]
    GitHub,
    /// JSON of a GitLab CI pipeline or job
    #[value(name = "gitlab")]
    GitLab,
    /// JSON of a Jenkins build, from api/json or wfapi/describe
    Jenkins,
    /// JSON of an Azure Pipelines build
    Azure,
    #[value(name = "circleci", help = "JSON of a CircleCI workflow")]
    CircleCi,
    /// JSON of a Buildkite build
    Buildkite,
    /// JSON of a Bitbucket pipeline
    Bitbucket,
    /// JSON of a Drone build
    Drone,
    /// The variables of the CI job that the program runs in
    Env,
    /// The git checkout in the folder FILE (default: the current folder)
    Git,
}
