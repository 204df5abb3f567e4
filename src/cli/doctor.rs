//! `doctor`: checks this machine; one line per check, with the next step.
//!
//! No line contains a key or a password. Without `--check-network`, nothing is sent.

use anyhow::Context as _;

use super::argument::DoctorArguments;
use super::console::Console;
use super::table::table;
use super::target::{self, TargetChoice};
use super::{Exit, probe, redaction};
use crate::text;
use crate::wire::Environment;
use crate::world::World;
use crate::world::config::{self, Config};

mod file;
mod network;
mod secret;
mod terminal;

/// The environment to check when none is chosen.
const DEFAULT_ENVIRONMENT: &str = "prod2";

/// The result of a check; only a problem changes the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FindingState {
    Fine,
    Warning,
    Problem,
}

impl FindingState {
    const fn word(self) -> &'static str {
        match self {
            Self::Fine => "ok",
            Self::Warning => "warning",
            Self::Problem => "problem",
        }
    }
}

/// One line of the report.
struct DoctorLine {
    state: FindingState,
    subject: &'static str,
    text: String,
}

impl DoctorLine {
    fn fine(subject: &'static str, text: impl Into<String>) -> Self {
        Self { state: FindingState::Fine, subject, text: text.into() }
    }

    fn warning(subject: &'static str, text: impl Into<String>) -> Self {
        Self { state: FindingState::Warning, subject, text: text.into() }
    }

    fn problem(subject: &'static str, text: impl Into<String>) -> Self {
        Self { state: FindingState::Problem, subject, text: text.into() }
    }
}

pub(super) fn doctor(
    arguments: &DoctorArguments,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let read = config::load(world);
    let mut findings = file::findings(world, &read);
    let config = read.unwrap_or_default();
    let (environment, is_chosen) = environment(arguments, world, &config)?;
    if !is_chosen {
        let text = format!("none chosen; doctor checks {}, the first target of the app", environment.label);
        findings.push(DoctorLine::fine("environment", text));
    }
    findings.extend(environment.retired_note().map(|words| DoctorLine::warning("environment", words)));
    let found = target::find_key(world, &environment);
    findings.push(secret::finding(&environment, &found));
    findings.push(secret::keyring(world));
    findings.extend(network::settings(world, &environment));
    if arguments.check_network {
        redaction::expect_no_key_in_request(&probe::request(&environment))?;
        findings.extend(network::findings(world, &environment, found.ok().as_ref()));
    }
    findings.extend(terminal::findings(world));
    let rows: Vec<_> = findings
        .iter()
        .map(|DoctorLine { state, subject, text }| {
            [state.word().to_owned(), (*subject).to_owned(), text.clone()]
        })
        .collect();
    console.print(table(&rows))?;
    let count = |state| findings.iter().filter(|finding| finding.state == state).count();
    let (problems, warnings) = (count(FindingState::Problem), count(FindingState::Warning));
    Console::say(format!(
        "{}, {}.",
        text::count(problems, "problem", "problems"),
        text::count(warnings, "warning", "warnings")
    ));
    Ok(if problems > 0 { Exit::Faulty } else { Exit::Done })
}

/// The environment to check, and whether it is chosen, so that other commands use it too.
fn environment(
    arguments: &DoctorArguments,
    world: &dyn World,
    config: &Config,
) -> anyhow::Result<(Environment, bool)> {
    let choice = TargetChoice {
        named: arguments.env.as_deref(),
        of_draft: None,
        base_url: arguments.base_url.as_deref(),
    };
    if let Some(chosen) = target::choose(world, config, &choice)? {
        return Ok((chosen, true));
    }
    let default = config.environment(DEFAULT_ENVIRONMENT).cloned().context("No environment to check.")?;
    Ok((default, false))
}
