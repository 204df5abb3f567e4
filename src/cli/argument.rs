//! The command line as types: what may be asked, and the short help of it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

mod book;
mod demo;
mod draft;
mod environment;
mod export;
mod import;
mod journal;
mod sandbox;
mod shot;

pub(super) use book::{InstanceArguments, InstanceCommand};
pub(super) use demo::DemoArguments;
pub(super) use draft::DraftCommand;
pub(super) use environment::{DoctorArguments, EnvironmentCommand, KeyCommand, ProbeArguments};
pub(super) use export::ExportArguments;
pub(super) use import::{ImportArguments, ImportSource};
pub(super) use journal::{Filter, JournalCommand};
pub(super) use sandbox::SandboxArguments;
pub(super) use shot::ShotArguments;

const EXAMPLES: &str = "\
Examples:
  sei-compose demo                              try it all on the built-in sandbox, without an account
  sei-compose                                   open the app
  sei-compose nightly                           open the app on the draft “nightly”
  sei-compose check run.json                    say what SEI would drop, alter or misread
  sei-compose send run.json --env prod2 --yes   check, then send
  sei-compose render run.json --as curl         print the request as a curl command
  sei-compose sandbox --port 8999               serve the stand-in for SEI on this machine

Exit codes:
  0 done · 1 the payload has errors · 2 usage, or the program could not run · 3 the server refused
  4 no answer, nothing was accepted · 5 sent, outcome unknown · 130 cancelled

Keys come from the environment's variable, HARNESS_SEI_API_KEY by default, or from the keyring, where `key set` puts
them. No option takes one.";

/// Compose, check and send job runs for the Harness SEI Custom CI/CD API.
#[derive(Debug, Parser)]
#[command(name = "sei-compose", version, after_help = EXAMPLES, max_term_width = 110)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) open: OpenArguments,
}

/// How the app opens.
#[derive(Debug, Args)]
pub(super) struct OpenArguments {
    /// Draft to open, by name, or a payload file
    pub(super) draft: Option<String>,
    /// Environment to begin with
    #[arg(long, value_name = "NAME")]
    pub(super) env: Option<String>,
    /// Talk to this host instead of the environment's
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Ask on ordinary lines instead of drawing a screen: for screen readers, simple terminals and scripts
    #[arg(long, conflicts_with = "screenshot")]
    pub(super) plain: bool,
    #[command(flatten)]
    pub(super) display: DisplayArguments,
    /// Look, but change and send nothing
    #[arg(long)]
    pub(super) read_only: bool,
    #[command(flatten)]
    pub(super) shot: ShotArguments,
}

/// What the terminal can do.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct DisplayArguments {
    /// Draw borders and marks with ASCII only
    #[arg(long)]
    pub(super) ascii: bool,
    /// Leave the mouse to the terminal
    #[arg(long)]
    pub(super) no_mouse: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Open the app on a sandbox of its own, with a guided tour
    Demo(DemoArguments),
    /// Say what SEI would drop, alter or misread
    Check(CheckArguments),
    /// Print the payload or its request in another form
    Render(RenderArguments),
    /// Print a run as a command, a script or a step of a pipeline
    Export(ExportArguments),
    /// Check a payload and send it
    Send(SendArguments),
    /// Create an instance and print its GUID
    Guid(GuidArguments),
    /// Read a CI run, a curl command, satellite.yml, faulty JSON; print the payload
    Import(ImportArguments),
    /// Print the JSON Schema of the payload
    Schema,
    /// List the fields of the payload, or explain one
    Fields {
        #[arg(help = "A field, like start_time or /job_run/stages/0/id")]
        path: Option<String>,
    },
    /// Work with the drafts; alone, list them
    Drafts {
        #[command(subcommand)]
        command: Option<DraftCommand>,
    },
    /// Work with the instance book, GUIDs and where they belong; alone, list it
    Instances {
        #[command(subcommand)]
        command: Option<InstanceCommand>,
    },
    /// Look at what was sent and what became of it; alone, list it
    Journal {
        #[command(subcommand)]
        command: Option<JournalCommand>,
    },
    /// Show the environments, or try one; alone, list them
    Env {
        #[command(subcommand)]
        command: Option<EnvironmentCommand>,
    },
    /// Say where the key of an environment comes from, or keep it in the keyring
    Key {
        #[command(subcommand)]
        command: Option<KeyCommand>,
    },
    /// Look for what may keep the program from working here
    Doctor(DoctorArguments),
    /// Serve the stand-in for SEI on this machine
    Sandbox(SandboxArguments),
    /// Explain a rule of the checks, or list them all
    Explain {
        #[arg(help = "The code of a rule, like start-time-unit")]
        code: Option<String>,
    },
    /// Print a completion script for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

const CHECK_NOTES: &str = "\
A file of several runs, one JSON object a line (NDJSON), is recognised by its content: each line is checked, and \
places name the line of the file. `--format json` then prints one object a line; blank lines are left out.

`--fix safe` applies the fixes that lose nothing, prints the mended payload on standard output, and lists on standard \
error what it did and what is left; the exit code tells of what is left. No file is changed. Of NDJSON each run is \
printed on a line of its own, and a line that is no run as it is. With `--format json` the report holds the payload \
as `document` and the list as `fixed`. Several files take that form only; `github` and `sarif` take no --fix.

Rules silenced in config.toml, or in the draft that is checked, are silent in every format, and mend nothing.

Exit codes: 0 no errors, 1 errors (with --strict, warnings), 2 a file could not be read.";

#[derive(Debug, Args)]
#[command(after_long_help = CHECK_NOTES, after_help = "`--help` tells more about NDJSON and --fix.")]
pub(super) struct CheckArguments {
    /// Payload or draft files, or files of one run a line; - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// How to print the problems
    #[arg(long, value_enum, default_value_t = ReportFormat::Human)]
    pub(super) format: ReportFormat,
    /// Print the payload with fixes applied; safe ones lose nothing
    #[arg(long, value_enum, value_name = "WHICH")]
    pub(super) fix: Option<Fixes>,
    /// Environment the payload is meant for
    #[arg(long, value_name = "NAME")]
    pub(super) env: Option<String>,
    /// Let warnings fail as errors do
    #[arg(long)]
    pub(super) strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// For people
    Human,
    /// For programs: an object for each payload
    Json,
    /// Annotations of a GitHub workflow
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

/// Which fixes are applied unasked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Fixes {
    /// Those that lose nothing and have one sensible outcome
    Safe,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Human,
    /// For programs
    Json,
}

#[derive(Debug, Args)]
pub(super) struct RenderArguments {
    /// Payload or draft file, - for standard input
    pub(super) file: PathBuf,
    /// The form to print
    #[arg(long = "as", value_enum, default_value_t = RenderForm::Pretty, value_name = "FORM")]
    pub(super) form: RenderForm,
    /// Environment the request is meant for
    #[arg(long, value_name = "NAME")]
    pub(super) env: Option<String>,
    /// Show the request for this host instead of the environment's
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum RenderForm {
    /// The payload, laid out
    Pretty,
    /// The payload on one line
    Compact,
    /// The body of the wrapped door
    Wrapped,
    /// The payload with its legacy names
    Legacy,
    /// The HTTP request
    Http,
    /// A curl command, with the key as a shell variable
    Curl,
}

#[derive(Debug, Args)]
pub(super) struct SendArguments {
    /// Payload or draft file, - for standard input
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) target: TargetArguments,
    #[command(flatten)]
    pub(super) consent: Consent,
    /// How to print the result
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
    /// Exit with 0 whatever the outcome
    #[arg(long)]
    pub(super) no_fail: bool,
}

/// Where a request goes.
#[derive(Debug, Args)]
pub(super) struct TargetArguments {
    /// Environment to send to; without it the draft's own, then the configured default
    #[arg(long, value_name = "NAME")]
    pub(super) env: Option<String>,
    /// Talk to this host instead of the environment's; http only on this machine
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
}

/// What the person agreed to beforehand.
#[derive(Debug, Args)]
pub(super) struct Consent {
    /// Send without asking: to a protected environment, a repaired input, a run that was sent before
    #[arg(long)]
    pub(super) yes: bool,
    /// Send with warnings without asking
    #[arg(long)]
    pub(super) force_warnings: bool,
    /// Check, print the request, and send nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, Args)]
#[command(
    override_usage = "sei-compose guid [OPTIONS] --integration-id <ID> --name <NAME>\n       sei-compose guid --local"
)]
pub(super) struct GuidArguments {
    /// Print a random GUID without asking any server
    #[arg(long, conflicts_with_all = ["env", "base_url", "integration_id", "name", "guid", "guid_path"])]
    pub(super) local: bool,
    #[command(flatten)]
    pub(super) target: TargetArguments,
    /// The number of the Custom integration in SEI, from its satellite.yml or the end of its address
    #[arg(long, value_name = "ID")]
    pub(super) integration_id: Option<String>,
    /// Name of the instance
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
    /// Create the instance in a protected environment without asking
    #[arg(long, conflicts_with = "local")]
    pub(super) yes: bool,
    /// Ask for this GUID, so that the call can be repeated
    #[arg(long, value_name = "UUID")]
    pub(super) guid: Option<uuid::Uuid>,
    /// Ask at this path instead of the environment's, like v1/custom-cicd
    #[arg(long, value_name = "PATH")]
    pub(super) guid_path: Option<String>,
}
