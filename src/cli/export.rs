//! `export`: prints a run as a command, script or pipeline step that reports later runs.

use super::argument::ExportArguments;
use super::configuration::configuration;
use super::console::Console;
use super::examiner::Examiner;
use super::load;
use super::target::{self, TargetChoice};
use super::{Exit, redaction};
use crate::check::Severity;
use crate::export;
use crate::text;
use crate::wire;
use crate::world::World;

pub(super) fn export(
    arguments: &ExportArguments,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let config = configuration(world)?;
    let Some(loaded) = load::load(world, &arguments.file)? else { return Ok(Exit::Faulty) };
    let choice = TargetChoice {
        named: arguments.env.as_deref(),
        of_draft: loaded.imported.environment.as_deref(),
        base_url: arguments.base_url.as_deref(),
    };
    let environment = target::require(world, &config, &choice)?;
    target::check_address(&environment)?;
    redaction::expect_no_key_in_request(&wire::job_run(&environment, &loaded.imported.document))?;
    redaction::expect_no_key(&loaded.imported.document)?;
    let exported = export::export(arguments.to, &environment, &loaded.imported.document);
    console.data(exported.strip_suffix('\n').unwrap_or(&exported))?;
    let examined = Examiner::new(world, &config, Some(&environment)).examined(loaded);
    let errors =
        examined.findings.iter().filter(|finding| finding.problem.severity == Severity::Error).count();
    if errors > 0 {
        let errors = text::count(errors, "error", "errors");
        Console::say(format!(
            "note: This run has {errors}, which the export may repeat. `sei-compose check` lists all problems."
        ));
    }
    Ok(Exit::Done)
}
