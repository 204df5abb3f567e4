//! `sandbox`: the stand-in for SEI, until it is told to stop.

use std::sync::Arc;

use anyhow::Context as _;

use super::Exit;
use super::argument::SandboxArguments;
use super::console::Console;
use crate::sandbox::{self, NewId, SandboxSettings};
use crate::world::World;

/// The only key the sandbox takes, when it is set.
const KEY: &str = "SEI_SANDBOX_KEY";

pub(super) fn sandbox(
    arguments: SandboxArguments,
    world: &Arc<dyn World>,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let SandboxArguments { port, faults, strict } = arguments;
    let settings = SandboxSettings { strict, faults, ..settings(world)? };
    let mut wait = stop_signals()?;
    let sandbox = sandbox::start(port, settings).with_context(|| {
        format!("Could not listen on port {port} of 127.0.0.1 (--port 0 takes one that is free)")
    })?;
    let url = sandbox.url();
    console.line(format!("listening on {url}"))?;
    Console::say(format!(
        "note: Other commands reach it with --base-url {url} and any word in HARNESS_SEI_API_KEY. Ctrl-C stops it; \
         its instances and runs are forgotten then."
    ));
    wait();
    sandbox.stop();
    Ok(Exit::Done)
}

/// A sandbox as the environment wants it: its key, and GUIDs from the dice of this machine.
fn settings(world: &Arc<dyn World>) -> anyhow::Result<SandboxSettings> {
    let settings = match world.variable(KEY) {
        Some(key) => SandboxSettings::with_key(&key).with_context(|| format!("{KEY} holds no usable key"))?,
        None => SandboxSettings::default(),
    };
    let world = Arc::clone(world);
    Ok(SandboxSettings { new_id: NewId::from_fn(move || world.new_uuid()), ..settings })
}

/// Waits, when called, for somebody who wants the program to end; it listens from now on.
#[cfg(unix)]
fn stop_signals() -> anyhow::Result<impl FnMut()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP]).context("Could not listen for signals")?;
    Ok(move || {
        signals.forever().next();
    })
}

/// Elsewhere the system ends the program, and its sockets with it.
#[cfg(not(unix))]
fn stop_signals() -> anyhow::Result<impl FnMut()> {
    Ok(|| {
        loop {
            std::thread::park();
        }
    })
}
