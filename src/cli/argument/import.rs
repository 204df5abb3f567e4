//! The arguments of `import`.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Args, ValueEnum};

use crate::import::mapping::MappingSet;

#[derive(Debug, Args)]
pub(in crate::cli) struct ImportArguments {
    /// File to read; - or none for standard input
    #[arg(default_value = "-", hide_default_value = true)]
    pub(in crate::cli) file: PathBuf,
    /// Kind of the file, or the name of a mapping
    #[arg(long, default_value = "auto", value_parser = SourceParser)]
    pub(in crate::cli) from: ImportFormat,
    /// Mapping that reads the file: a name of `mappings list`, or a file
    #[arg(long, value_name = "NAME|FILE", conflicts_with_all = ["jobs", "since", "allow_file"])]
    pub(in crate::cli) map: Option<String>,
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

/// The value of `--from`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum ImportFormat {
    Known(ImportSource),
    /// The name of a mapping.
    Mapping(String),
}

/// Accepts the kinds of files, and any other word as the name of a mapping; lists the kinds and the
/// built-in mappings.
#[derive(Debug, Clone)]
struct SourceParser;

impl TypedValueParser for SourceParser {
    type Value = ImportFormat;

    fn parse_ref(
        &self,
        _command: &clap::Command,
        _argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<Self::Value, clap::Error> {
        let word = value.to_string_lossy();
        let known = ImportSource::from_str(&word, false).ok();
        Ok(known.map_or_else(|| ImportFormat::Mapping(word.into_owned()), ImportFormat::Known))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let kinds = ImportSource::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let mappings =
            MappingSet::builtin_names().map(|name| PossibleValue::new(name).help("A built-in mapping"));
        Some(Box::new(kinds.chain(mappings)))
    }
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
