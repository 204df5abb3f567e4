//! Signals that ask the program to end become a message, so that it ends the same way as always.

use std::io;
use std::sync::mpsc::Sender;

use super::Event;

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
