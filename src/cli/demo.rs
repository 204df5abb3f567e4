//! `demo`: the app on a sandbox of its own, with the guided tour, or with a run that wants repair.

use std::sync::Arc;

use anyhow::Context as _;

use super::Exit;
use super::argument::DemoArguments;
use super::check::configuration;
use super::console::Console;
use super::open::{self, environments, theme};
use super::target::Choice;
use crate::app::geometry::Size;
use crate::app::tour::steps;
use crate::document;
use crate::import::import;
use crate::runtime::screenshot::STAND_IN;
use crate::runtime::{self, Opening, Options};
use crate::sandbox::{self, Sandbox, Settings};
use crate::world::{World, tour};

/// A run with the mistakes that newcomers make.
const FIRST_RUN: &str = include_str!("../../assets/samples/first-run.json");

/// The size of a recorded screen.
const RECORDED: Size = Size { columns: 100, rows: 30 };

pub(super) fn demo(
    arguments: &DemoArguments,
    world: &Arc<dyn World>,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let look = arguments.look;
    let position = if arguments.plays_itself() { 0 } else { position(&**world) };
    let opening = if arguments.sample {
        let run = document::read(FIRST_RUN)
            .map_err(|fault| anyhow::anyhow!("the sample run: {}", fault.message))?;
        Opening::Document(Box::new(run))
    } else {
        opening(position)
    };
    let shot = arguments.shot.shot();
    let start = || sandbox::start(0, Settings::default()).context("Could not start the sandbox");
    let sandbox = if shot.is_none() { Some(start()?) } else { None };
    let url = sandbox.as_ref().map_or_else(|| STAND_IN.to_owned(), Sandbox::url);
    let choice = Choice { named: Some("sandbox"), of_draft: None, base_url: Some(&url) };
    let (environments, environment) = environments(configuration(&**world)?, &choice, &**world)?;
    let options = Options {
        environments,
        environment,
        opening,
        theme: theme(look, &**world),
        mouse: !look.no_mouse,
        read_only: false,
        demo: true,
        sandbox: sandbox.as_ref().map(Sandbox::watch),
        silenced: Vec::new(),
        tour: (!arguments.sample).then_some(position),
        play: arguments.play.then_some(arguments.speed),
    };
    if let Some(file) = &arguments.record {
        let cast = runtime::record(options, arguments.speed, RECORDED, world)?;
        drop(sandbox);
        world.write_atomic(&std::path::absolute(file)?, &cast)?;
        console.line(&format!("Recorded into {}.", file.display()))?;
        return Ok(Exit::Done);
    }
    let done = match shot {
        Some(shot) => open::print(options, &shot, world, console),
        None => open::run(options, world),
    };
    drop(sandbox);
    done
}

/// What somebody who comes back to a step finds in the form: beyond the step that brings a run in, that run.
fn opening(position: usize) -> Opening {
    let run = steps().iter().take(position).find_map(|step| import(step.sample.as_deref()?).ok());
    run.map_or(Opening::Blank, |imported| Opening::Document(Box::new(imported.document)))
}

/// Where the tour was left, else its beginning.
fn position(world: &dyn World) -> usize {
    let left = tour::step(world);
    steps().iter().position(|step| Some(&step.id) == left.as_ref()).unwrap_or_default()
}
