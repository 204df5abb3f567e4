//! Signals that ask the program to end: for the app they become a message, so that it ends the same way as always; a
//! command that waits for an answer stops waiting.

use std::io;
use std::sync::mpsc::Sender;

use super::Event;
use super::network::Stop;

/// Starts the thread that waits for SIGTERM, SIGHUP, SIGINT and SIGQUIT.
#[cfg(unix)]
pub(super) fn watch(sender: &Sender<Event>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};

    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT])?;
    let sender = sender.clone();
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for _signal in signals.forever() {
            super::tell(&sender, crate::app::Msg::Leave);
        }
    })?;
    Ok(())
}

/// Nothing to wait for where there are no signals.
#[cfg(not(unix))]
pub(super) fn watch(_sender: &Sender<Event>) -> io::Result<()> {
    Ok(())
}

/// A stop that SIGINT or SIGTERM gives. What comes when nobody waits any more, and what comes twice, ends the program as
/// if it had not watched.
#[cfg(unix)]
pub fn stop_on_signal() -> io::Result<Stop> {
    use signal_hook::consts::{SIGINT, SIGTERM};

    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])?;
    let (stopper, stop) = Stop::new();
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        let mut stopper = Some(stopper);
        for signal in signals.forever() {
            if !stopper.take().is_some_and(super::network::Stopper::stop) {
                signal_hook::low_level::emulate_default_handler(signal).ok();
            }
        }
    })?;
    Ok(stop)
}

/// Nothing to wait for where there are no signals.
#[cfg(not(unix))]
pub fn stop_on_signal() -> io::Result<Stop> {
    Ok(Stop::never())
}
