//! The command line as types, with the help texts of commands and options.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

mod book;
mod demo;
mod draft;
mod environment;
mod export;
mod import;
mod journal;
mod mapping;
mod sandbox;
mod shot;
mod simulate;

pub(super) use book::{InstanceArguments, InstanceCommand, VerifyArguments};
pub(super) use demo::DemoArguments;
pub(super) use draft::DraftCommand;
pub(super) use environment::{DoctorArguments, EnvironmentCommand, KeyCommand, ProbeArguments};
pub(super) use export::ExportArguments;
pub(super) use import::{ImportArguments, ImportFormat, ImportSource};
pub(super) use journal::{Filter, JournalCommand};
pub(super) use mapping::{MappingCommand, SchemaOf};
pub(super) use sandbox::SandboxArguments;
pub(super) use shot::ShotArguments;
pub(super) use simulate::{ProfileCommand, SimulateArguments};

const EXAMPLES: &str = "\
Examples:
  sei-compose demo                              try everything on the built-in sandbox, without an account
  sei-compose                                   open the app
  sei-compose nightly                           open the app on the draft “nightly”
  sei-compose check run.json                    report what SEI would drop, alter or misread
  sei-compose send run.json --env prod2 --yes   check, then send
  sei-compose render run.json --as curl         print the request as a curl command
  sei-compose sandbox --port 8999               serve the sandbox on this machine

Exit codes:
  0 done · 1 the payload has errors · 2 usage, or the program could not run · 3 the server refused
  4 SEI did not get the request · 5 sent, outcome unknown · 130 canceled

Set HARNESS_SEI_API_KEY (or the configured variable) to your API key before you start the program,
or save the key in the keyring (`key set`). No option takes a key.";

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
    /// Environment to start with
    #[arg(long, value_name = "NAME")]
    pub(super) env: Option<String>,
    /// Use this base URL instead of the environment's
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Ask line by line instead of drawing a screen: for screen readers, simple terminals and
    /// scripts
    #[arg(long, conflicts_with = "screenshot")]
    pub(super) plain: bool,
    #[command(flatten)]
    pub(super) display: DisplayArguments,
    /// Open without changing or sending anything
    #[arg(long)]
    pub(super) read_only: bool,
    #[command(flatten)]
    pub(super) shot: ShotArguments,
}

/// Limits of the terminal.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct DisplayArguments {
    /// Draw borders and marks with ASCII only
    #[arg(long)]
    pub(super) ascii: bool,
    /// Leave mouse input to the terminal
    #[arg(long)]
    pub(super) no_mouse: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Open the app with its own sandbox and a guided tour
    Demo(DemoArguments),
    /// Report what SEI would drop, alter or misread
    Check(CheckArguments),
    /// Show what SEI would keep, change and lose, and where the run counts
    Simulate(SimulateArguments),
    /// Import or show the profile: the filters of SEI's metrics (default: show)
    Profile {
        #[command(subcommand)]
        command: Option<ProfileCommand>,
    },
    /// Print the payload or its request in another form
    Render(RenderArguments),
    /// Print a run as a command, a script or a step of a pipeline
    Export(ExportArguments),
    /// Check a payload and send it
    Send(SendArguments),
    /// Create an instance and print its GUID
    Guid(GuidArguments),
    /// Read a CI run, a curl command, satellite.yml or invalid JSON; print the payload
    Import(ImportArguments),
    /// Print the JSON Schema of the payload, of mapping files or of profiles
    Schema {
        #[arg(value_enum, default_value_t = SchemaOf::Payload, hide_default_value = true)]
        of: SchemaOf,
    },
    /// List, guess or test mappings for the JSON of a tool (default: list)
    Mappings {
        #[command(subcommand)]
        command: Option<MappingCommand>,
    },
    /// List the fields of the payload, or explain one
    Fields {
        #[arg(value_name = "FIELD", help = "A field, such as start_time or /job_run/stages/0/id")]
        path: Option<String>,
    },
    /// Manage drafts (default: list)
    Drafts {
        #[command(subcommand)]
        command: Option<DraftCommand>,
    },
    /// Manage the instance book: GUIDs and their environments (default: list)
    Instances {
        #[command(subcommand)]
        command: Option<InstanceCommand>,
    },
    /// Show sent requests and their outcomes (default: list)
    Journal {
        #[command(subcommand)]
        command: Option<JournalCommand>,
    },
    /// Show or test an environment (default: list)
    Env {
        #[command(subcommand)]
        command: Option<EnvironmentCommand>,
    },
    /// Show the source of a key, or save it in the keyring (default: where)
    Key {
        #[command(subcommand)]
        command: Option<KeyCommand>,
    },
    /// Check files, key, network and terminal; creates the data folder
    Doctor(DoctorArguments),
    /// Serve the sandbox, a local SEI emulator
    Sandbox(SandboxArguments),
    /// Explain a rule of the checks, or list them all
    Explain {
        #[arg(help = "The code of a rule, such as start-time-unit")]
        code: Option<String>,
    },
    /// Print a completion script for a shell
    Completions {
        /// Shell to complete for
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

const CHECK_NOTES: &str = "\
A file of several runs, one JSON object per line (NDJSON), is recognized by its content: each line is checked, and \
problems name the line of the file. `--format json` then prints one object per line; blank lines are skipped.

`--fix safe` applies the safe fixes and prints the fixed payload on standard output. Standard error lists \
the applied fixes and the remaining problems; the exit code counts the remaining ones only. No file is changed. With \
NDJSON, each run is printed on its own line; a line that is not a run is printed unchanged. With `--format json` the \
report contains the payload as `document` and the list as `fixed`. `--fix` with several files requires `--format json`. \
`--format github` and `--format sarif` do not accept --fix.

Rules silenced in config.toml or in the checked draft report nothing, in any format, and their fixes are not applied.

Exit codes: 0 no errors, 1 errors (with --strict, warnings), 2 a file could not be read.";

#[derive(Debug, Args)]
#[command(after_long_help = CHECK_NOTES, after_help = "`--help` says more about NDJSON and --fix.")]
pub(super) struct CheckArguments {
    /// Payload or draft files, or any input of `import`, also one run per line; - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// How to print the problems
    #[arg(long, value_enum, default_value_t = ReportFormat::Human)]
    pub(super) format: ReportFormat,
    /// Print the payload with fixes applied
    #[arg(long, value_enum, value_name = "WHICH")]
    pub(super) fix: Option<Fixes>,
    /// Target environment
    #[arg(long, value_name = "NAME")]
    pub(super) env: Option<String>,
    /// Fail on warnings too
    #[arg(long)]
    pub(super) strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// For people
    Human,
    /// For programs: one object per payload
    Json,
    /// GitHub workflow annotations
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

/// The fixes that `--fix` applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Fixes {
    /// Fixes that lose no data and have only one sensible result
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
    /// Payload or draft file, or any input of `import`; - for standard input
    pub(super) file: PathBuf,
    /// Format to print
    #[arg(long = "as", value_enum, default_value_t = RenderForm::Pretty, value_name = "FORM")]
    pub(super) form: RenderForm,
    /// Target environment
    #[arg(long, value_name = "NAME")]
    pub(super) env: Option<String>,
    /// Use this base URL instead of the environment's
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum RenderForm {
    /// The payload, indented
    Pretty,
    /// The payload on one line
    Compact,
    /// The body in the wrapped format
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
    /// Payload or draft file, or any input of `import`; - for standard input
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) target: TargetArguments,
    #[command(flatten)]
    pub(super) consent: Consent,
    /// How to print the result
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
    /// Exit with 0 for any outcome
    #[arg(long)]
    pub(super) no_fail: bool,
}

/// Where a request goes.
#[derive(Debug, Args)]
pub(super) struct TargetArguments {
    /// Target environment; default: that of the draft, if any, then the configured default
    #[arg(long, value_name = "NAME")]
    pub(super) env: Option<String>,
    /// Use this base URL instead of the environment's
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
}

/// Confirmations given in advance.
#[derive(Debug, Args)]
pub(super) struct Consent {
    /// Do not ask about protected environments, repaired input or runs sent before; see --force-warnings
    #[arg(long)]
    pub(super) yes: bool,
    /// Do not ask about warnings
    #[arg(long)]
    pub(super) force_warnings: bool,
    /// Check and print the request without sending it
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, Args)]
#[command(
    mut_arg("env", |env| env.help("Target environment; default: the configured one")),
    override_usage = "sei-compose guid [OPTIONS] --integration-id <ID> --name <NAME>\n       sei-compose guid --local"
)]
pub(super) struct GuidArguments {
    /// Print a random GUID, offline
    #[arg(long, conflicts_with_all = ["env", "base_url", "integration_id", "name", "guid", "guid_path"])]
    pub(super) local: bool,
    #[command(flatten)]
    pub(super) target: TargetArguments,
    /// Number of the Custom integration in SEI, from its satellite.yml or the end of its address
    #[arg(long, value_name = "ID")]
    pub(super) integration_id: Option<String>,
    /// Name of the instance
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
    /// Create the instance in a protected environment without asking
    #[arg(long, conflicts_with = "local")]
    pub(super) yes: bool,
    /// Request this GUID, so that the call can be repeated
    #[arg(long, value_name = "UUID")]
    pub(super) guid: Option<uuid::Uuid>,
    /// Use this path instead of the environment's, such as v1/custom-cicd
    #[arg(long, value_name = "PATH")]
    pub(super) guid_path: Option<String>,
}
