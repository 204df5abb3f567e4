//! The words of `import`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(in crate::cli) struct ImportArguments {
    /// File to read, - or nothing for standard input
    #[arg(default_value = "-", hide_default_value = true)]
    pub(in crate::cli) file: PathBuf,
    /// What the file is
    #[arg(long, value_enum, default_value_t = ImportSource::Auto)]
    pub(in crate::cli) from: ImportSource,
    /// The jobs of the run, where they stand in a file of their own
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) jobs: Option<PathBuf>,
    /// Import the run of this number, of an input with several runs
    #[arg(long, value_name = "NUMBER")]
    pub(in crate::cli) run: Option<String>,
    /// Print all runs of an input with several runs, one in each line
    #[arg(long, conflicts_with_all = ["run", "jobs", "save"])]
    pub(in crate::cli) all: bool,
    /// Take all commits that came after this one, of a checkout
    #[arg(long, value_name = "REF")]
    pub(in crate::cli) since: Option<String>,
    /// Read the file that a curl command takes its body from
    #[arg(long)]
    pub(in crate::cli) allow_file: bool,
    /// Keep the payload as a new draft of this name, and print its file
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) save: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ImportSource {
    /// Tell by its content
    Auto,
    /// A payload, and nothing else
    Payload,
    /// A curl command
    Curl,
    /// The satellite.yml of an integration
    Satellite,
    /// The JSON of a workflow run of GitHub Actions
    #[value(name = "github")]
    GitHub,
    /// The JSON of a pipeline or job of GitLab CI
    #[value(name = "gitlab")]
    GitLab,
    /// The JSON of a build of Jenkins, from api/json or wfapi/describe
    Jenkins,
    /// The JSON of a build of Azure Pipelines
    Azure,
    #[value(name = "circleci", help = "The JSON of a workflow of CircleCI")]
    CircleCi,
    /// The JSON of a build of Buildkite
    Buildkite,
    /// The JSON of a pipeline of Bitbucket
    Bitbucket,
    /// The JSON of a build of Drone
    Drone,
    /// The variables of the CI job that the program runs in
    Env,
    /// A git checkout: FILE is its folder, nothing the current one
    Git,
}
