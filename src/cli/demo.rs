//! `demo`: the app on a sandbox of its own, with the guided tour, or with a run that wants repair.

use std::sync::Arc;

use anyhow::Context as _;

use super::argument::DemoArguments;
use super::configuration::configuration;
use super::console::Console;
use super::open::{self, environments, theme};
use super::target::Choice;
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
use crate::text;
use crate::world::{FileError, World, store, tour};

/// A run with the mistakes that newcomers make.
const FIRST_RUN: &str = include_str!("../../assets/samples/first-run.json");

/// The size of a recorded screen.
const RECORDED: Size = Size { columns: 100, rows: 30 };

pub(super) fn demo(
    arguments: &DemoArguments,
    world: &Arc<dyn World>,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let look = arguments.display;
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
        recovery: !is_sample && !arguments.plays_itself(),
        sandbox: sandbox.as_ref().map(Sandbox::watch),
        silenced: Vec::new(),
        tour: (!is_sample).then_some(position),
        play: arguments.play.then_some(arguments.speed),
    };
    if let Some(file) = &arguments.record {
        redaction::expect_storable("the name of the file", &file.to_string_lossy())?;
        let file = std::path::absolute(file)?;
        let folder = file.parent().filter(|folder| !world.exists(folder));
        if let Some(folder) = folder {
            anyhow::bail!("There is no folder {}. Make it first, or name another file.", folder.display());
        }
        match world.read_file(&file) {
            Err(fault @ FileError::Folder { .. }) => return Err(fault.into()),
            _ if world.exists(&file) => {
                anyhow::bail!("{} exists already. Remove it, or choose another name.", file.display());
            }
            _ => {}
        }
        let Some(cast) = runtime::record(options, arguments.speed, RECORDED, world)? else {
            Console::say("Stopped; nothing was recorded.");
            return Ok(Exit::Cancelled);
        };
        drop(sandbox);
        world.write_shared(&file, &cast)?;
        console.line(format!("Recorded into {}.", file.display()))?;
        return Ok(Exit::Done);
    }
    let done = if let Some(shot) = shot {
        open::print(options, &shot, world, console)
    } else {
        let done =
            if arguments.plain { open::converse(options, world) } else { open::run(options, look, world) };
        if done.is_ok() {
            say_farewell(arguments, &**world);
        }
        done
    };
    drop(sandbox);
    done
}

/// What the shell's screen says once the terminal is its own again: what was there, and how to come back.
fn say_farewell(arguments: &DemoArguments, world: &dyn World) {
    if arguments.play {
        Console::say(
            "That was the tour of sei-compose, playing itself on a sandbox; nothing of it was kept.",
        );
        Console::say("To do the same yourself, without an account: sei-compose demo");
        return;
    }
    let kept = store::list_drafts(world).map_or(0, |drafts| drafts.len());
    if kept > 0 {
        let drafts = text::count(kept, "draft", "drafts");
        let folder = store::drafts_folder(world);
        Console::say(format!("The demo keeps {drafts} in {}", folder.display()));
        if !arguments.plain {
            let keymap = runtime::keymap(world).or_else(|_| Keymap::built_in());
            let then = keymap.map_or_else(
                |_| String::new(),
                |keymap| keymap.with_keys(", then {open}", Scene::Form, KeySpelling::Long),
            );
            Console::say(format!("To come back to them: sei-compose demo{then}"));
        }
    }
}

/// What somebody who comes back to the tour finds in the form: the draft kept last, else the run of the step that brings
/// one in.
fn opening(position: usize, world: &dyn World) -> Opening {
    let kept = store::list_drafts(world).unwrap_or_default();
    let newest =
        kept.iter().filter(|draft| position > 0 && draft.fault.is_none()).max_by_key(|draft| draft.saved);
    if let Some(draft) = newest.and_then(|entry| store::load_draft(world, &entry.name).ok()) {
        return Opening::Draft(Box::new(draft));
    }
    let run = steps().iter().take(position).find_map(|step| import(step.sample.as_deref()?).ok());
    run.map_or(Opening::Blank, |imported| Opening::Document(Box::new(imported.document)))
}

/// Where the tour was left, else its beginning. Each sandbox begins without instances: not beyond the step that makes
/// a GUID, and without a draft that holds all it takes to ask for one, not beyond the step that brings that in.
fn position(world: &dyn World) -> usize {
    let at = |id: &str| steps().iter().position(|step| step.id == id).unwrap_or_default();
    let has_draft =
        store::list_drafts(world).is_ok_and(|kept| kept.iter().any(|draft| draft.fault.is_none()));
    let latest = if has_draft { "guid" } else { "setup" };
    tour::step(world).map_or(0, |left| at(&left).min(at(latest)))
}
