//! `render`: prints a payload or its request in another form.

use super::argument::{RenderArguments, RenderForm};
use super::configuration::configuration;
use super::console::Console;
use super::environment::placed;
use super::load;
use super::target::TargetChoice;
use super::{Exit, redaction, target};
use crate::document;
use crate::wire::{self, FieldNames, Request};
use crate::world::World;

pub(super) fn render(
    arguments: &RenderArguments,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let config = configuration(world)?;
    let Some(loaded) = load::load(world, &arguments.file)? else { return Ok(Exit::Faulty) };
    let payload = &loaded.imported.document;
    redaction::expect_no_key(payload)?;
    let choice = TargetChoice {
        named: arguments.env.as_deref(),
        of_draft: loaded.imported.environment.as_deref(),
        base_url: arguments.base_url.as_deref(),
    };
    let requested = |form: fn(&Request) -> String| -> anyhow::Result<String> {
        let environment = target::require(world, &config, &choice)?;
        let request = wire::job_run(&environment, payload);
        redaction::expect_no_key_in_request(&request)?;
        Ok(placed(&environment, &form(&request)))
    };
    // Only an environment from --env changes the field names: forms of the payload need no
    // environment.
    let named = arguments.env.as_deref().map(|name| target::find(&config, name)).transpose()?;
    let spelled = named.map(|environment| wire::with_names(payload, environment.names));
    let payload = spelled.as_ref().unwrap_or(payload);
    let text = match arguments.form {
        RenderForm::Pretty => document::write_pretty(payload),
        RenderForm::Compact => document::write_compact(payload),
        RenderForm::Wrapped => document::write_compact(&wire::wrap(payload)),
        RenderForm::Legacy => document::write_pretty(&wire::with_names(payload, FieldNames::Legacy)),
        RenderForm::Http => requested(wire::as_http)?,
        RenderForm::Curl => requested(wire::as_curl)?,
    };
    console.data(&text)?;
    Ok(Exit::Done)
}
