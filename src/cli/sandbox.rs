//! `sandbox`: runs the local SEI emulator until a signal stops it.

use std::sync::Arc;

use anyhow::Context as _;

use super::Exit;
use super::argument::SandboxArguments;
use super::console::Console;
use crate::sandbox::{self, NewId, SandboxSettings};
use crate::world::World;

/// The variable with the only key that the sandbox accepts; unset, it accepts any key.
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
        format!("Could not listen on port {port} of 127.0.0.1 (--port 0 selects a free port)")
    })?;
    let url = sandbox.url();
    console.line(format!("listening on {url}"))?;
    Console::say(format!(
        "note: Other commands reach the sandbox with --base-url {url} and any text in HARNESS_SEI_API_KEY. \
         Ctrl-C stops the sandbox and discards its instances and runs."
    ));
    wait();
    sandbox.stop();
    Ok(Exit::Done)
}

/// The settings from this machine: the key variable and the random numbers for GUIDs.
fn settings(world: &Arc<dyn World>) -> anyhow::Result<SandboxSettings> {
    let settings = match world.variable(KEY) {
        Some(key) => SandboxSettings::with_key(&key).with_context(|| format!("{KEY} holds no usable key"))?,
        None => SandboxSettings::default(),
    };
    let world = Arc::clone(world);
    Ok(SandboxSettings { new_id: NewId::from_fn(move || world.new_uuid()), ..settings })
}

/// Starts to listen for signals; the returned function waits for one.
#[cfg(unix)]
fn stop_signals() -> anyhow::Result<impl FnMut()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP]).context("Could not listen for signals")?;
    Ok(move || {
        signals.forever().next();
    })
}

/// On other systems, the system ends the process and closes its sockets.
#[cfg(not(unix))]
fn stop_signals() -> anyhow::Result<impl FnMut()> {
    Ok(|| {
        loop {
            std::thread::park();
        }
    })
}
