//! `demo`: the app with its own sandbox, and the guided tour or a run to repair.

use std::sync::Arc;

use anyhow::Context as _;

use super::argument::DemoArguments;
use super::configuration::configuration;
use super::console::Console;
use super::open::{self, environments, theme};
use super::target::TargetChoice;
use super::{Exit, redaction};
use crate::app::Scene;
use crate::app::geometry::Size;
use crate::app::tour::steps;
use crate::document;
use crate::import::import;
use crate::keymap::{KeySpelling, Keymap};
use crate::runtime::screenshot::SAMPLE_KEY;
use crate::runtime::{self, Opening, Options};
use crate::sandbox::{self, Sandbox, SandboxSettings};
use crate::simulation::Profiles;
use crate::text;
use crate::world::{FileError, World, store, tour};

/// A run with typical mistakes of new users.
const FIRST_RUN: &str = include_str!("../../assets/samples/first-run.json");

/// The size of a recorded screen.
const RECORDED: Size = Size { columns: 100, rows: 30 };

pub(super) fn demo(
    arguments: &DemoArguments,
    world: &Arc<dyn World>,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let display = arguments.display;
    let position = if arguments.plays_itself() { 0 } else { position(&**world) };
    let is_sample = arguments.sample || arguments.plain;
    let opening = if is_sample {
        let run = document::read(FIRST_RUN)
            .map_err(|fault| anyhow::anyhow!("the sample run: {}", fault.message))?;
        Opening::Document(Box::new(run))
    } else {
        opening(position, &**world)
    };
    let shot = arguments.shot.shot();
    let start = || sandbox::start(0, SandboxSettings::default()).context("Could not start the sandbox");
    let sandbox = if shot.is_none() { Some(start()?) } else { None };
    let url = sandbox.as_ref().map_or_else(|| SAMPLE_KEY.to_owned(), Sandbox::url);
    let choice = TargetChoice { named: Some("sandbox"), of_draft: None, base_url: Some(&url) };
    let (environments, environment) = environments(configuration(&**world)?, &choice, &**world)?;
    let options = Options {
        environments,
        environment,
        opening,
        theme: theme(display, &**world),
        mouse: !display.no_mouse,
        read_only: false,
        demo: true,
        recovery: !is_sample && !arguments.plays_itself(),
        sandbox: sandbox.as_ref().map(Sandbox::watch),
        silenced: Vec::new(),
        profiles: Profiles::default(),
        tour: (!is_sample).then_some(position),
        play: arguments.play.then_some(arguments.speed),
    };
    if let Some(file) = &arguments.record {
        redaction::expect_storable("the name of the file", &file.to_string_lossy())?;
        let file = std::path::absolute(file)?;
        let folder = file.parent().filter(|folder| !world.exists(folder));
        if let Some(folder) = folder {
            anyhow::bail!(
                "The folder {} does not exist. Create it first, or choose another file.",
                folder.display()
            );
        }
        match world.read_file(&file) {
            Err(fault @ FileError::Folder { .. }) => return Err(fault.into()),
            _ if world.exists(&file) => {
                anyhow::bail!("{} already exists. Remove it, or choose another name.", file.display());
            }
            _ => {}
        }
        let Some(cast) = runtime::record(options, arguments.speed, RECORDED, world)? else {
            Console::say("Stopped; nothing was recorded.");
            return Ok(Exit::Cancelled);
        };
        drop(sandbox);
        world.write_shared(&file, &cast)?;
        console.line(format!("Recorded to {}.", file.display()))?;
        return Ok(Exit::Done);
    }
    let done = if let Some(shot) = shot {
        open::print(options, &shot, world, console)
    } else {
        let done =
            if arguments.plain { open::converse(options, world) } else { open::run(options, display, world) };
        if done.is_ok() {
            say_farewell(arguments, &**world);
        }
        done
    };
    drop(sandbox);
    done
}

/// Prints, after the app has closed, where the drafts are and how to open the demo again.
fn say_farewell(arguments: &DemoArguments, world: &dyn World) {
    if arguments.play {
        Console::say(
            "This was the tour of sei-compose, played automatically on a sandbox; nothing was saved.",
        );
        Console::say("To try it yourself, without an account: sei-compose demo");
        return;
    }
    let saved = store::list_drafts(world).map_or(0, |drafts| drafts.len());
    if saved > 0 {
        let drafts = text::count(saved, "draft", "drafts");
        let folder = store::drafts_folder(world);
        Console::say(format!("The demo saved {drafts} in {}", folder.display()));
        if !arguments.plain {
            let keymap = runtime::keymap(world).or_else(|_| Keymap::built_in());
            let then = keymap.map_or_else(
                |_| String::new(),
                |keymap| keymap.with_keys(", then {open}", Scene::Form, KeySpelling::Long),
            );
            Console::say(format!("To open them again: sei-compose demo{then}"));
        }
    }
}

/// The content of the form when the tour continues: the last saved draft, else the run of the step
/// that imports one.
fn opening(position: usize, world: &dyn World) -> Opening {
    let drafts = store::list_drafts(world).unwrap_or_default();
    let newest =
        drafts.iter().filter(|draft| position > 0 && draft.fault.is_none()).max_by_key(|draft| draft.saved);
    if let Some(draft) = newest.and_then(|entry| store::load_draft(world, &entry.name).ok()) {
        return Opening::Draft(Box::new(draft));
    }
    let run = steps().iter().take(position).find_map(|step| import(step.sample.as_deref()?).ok());
    run.map_or(Opening::Blank, |imported| Opening::Document(Box::new(imported.document)))
}

/// The step at which the tour continues, else the first step.
///
/// A new sandbox has no instances, so the tour continues at the latest at the step that creates a
/// GUID; without a saved draft, at the latest at the step that imports the values for that call.
fn position(world: &dyn World) -> usize {
    let at = |id: &str| steps().iter().position(|step| step.id == id).unwrap_or_default();
    let has_draft =
        store::list_drafts(world).is_ok_and(|drafts| drafts.iter().any(|draft| draft.fault.is_none()));
    let latest = if has_draft { "guid" } else { "setup" };
    tour::step(world).map_or(0, |step| at(&step).min(at(latest)))
}
