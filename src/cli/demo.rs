//! `demo`: the app on a sandbox of its own, with a run that wants repair.

use std::sync::Arc;

use anyhow::Context as _;

use super::Exit;
use super::argument::Look;
use super::check::configuration;
use super::open::{self, environments, theme};
use super::target::Choice;
use crate::document;
use crate::runtime::{Opening, Options};
use crate::sandbox::{self, Settings};
use crate::world::World;

/// A run with the mistakes that newcomers make.
const FIRST_RUN: &str = include_str!("../../assets/samples/first-run.json");

pub(super) fn demo(look: Look, world: &Arc<dyn World>) -> anyhow::Result<Exit> {
    let run =
        document::read(FIRST_RUN).map_err(|fault| anyhow::anyhow!("the sample run: {}", fault.message))?;
    let sandbox = sandbox::start(0, Settings::default()).context("Could not start the sandbox")?;
    let url = sandbox.url();
    let choice = Choice { named: Some("sandbox"), of_draft: None, base_url: Some(&url) };
    let (environments, environment) = environments(configuration(&**world)?, &choice, &**world)?;
    let options = Options {
        environments,
        environment,
        opening: Opening::Document(Box::new(run)),
        theme: theme(look, &**world),
        mouse: !look.no_mouse,
        read_only: false,
        demo: true,
        silenced: Vec::new(),
    };
    let done = open::run(options, world);
    sandbox.stop();
    done
}
