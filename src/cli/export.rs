//! `export`: a run as what a pipeline needs to report its own.

use super::argument::ExportArguments;
use super::configuration::configuration;
use super::console::Console;
use super::examiner::Examiner;
use super::load;
use super::target::{self, Choice};
use super::{Exit, redaction};
use crate::check::Severity;
use crate::export;
use crate::wire;
use crate::world::World;

pub(super) fn export(
    arguments: &ExportArguments,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let config = configuration(world)?;
    let Some(loaded) = load::load(world, &arguments.file)? else { return Ok(Exit::Faulty) };
    let choice = Choice {
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
        let (errors, verb) =
            if errors == 1 { ("1 error", "is") } else { (&*format!("{errors} errors"), "are") };
        Console::say(format!(
            "note: there {verb} {errors} in this run, and what is exported may carry them on. `sei-compose check` \
             says which."
        ));
    }
    Ok(Exit::Done)
}
