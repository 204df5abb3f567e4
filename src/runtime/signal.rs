//! Signals. In the app they become events of its loop, so that the app ends as usual, or suspends
//! and continues. A command that waits for a reply stops waiting.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::Sender;

use super::Event;
use super::network::Stop;

/// Starts the thread that waits for signals. A signal that ends the program sets the returned flag,
/// because it must not wait until previous events are handled.
#[cfg(unix)]
pub(super) fn watch(sender: &Sender<Event>, is_plain: bool) -> io::Result<Arc<AtomicBool>> {
    use std::sync::atomic::Ordering;

    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};

    let all = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];
    // Plain mode does not change the terminal, so it needs neither suspend nor size events.
    let count = if is_plain { 4 } else { all.len() };
    let mut signals = signal_hook::iterator::Signals::new(all.iter().take(count))?;
    let (sender, ending) = (sender.clone(), Arc::new(AtomicBool::new(false)));
    let raised = Arc::clone(&ending);
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            let event = match signal {
                SIGINT if is_plain => Event::Interrupt,
                SIGTSTP => Event::Stop,
                SIGCONT => Event::Continued,
                SIGWINCH => Event::Resized,
                _ => {
                    raised.store(true, Ordering::Relaxed);
                    Event::Msg(crate::app::Msg::Exit)
                }
            };
            if sender.send(event).is_err() {
                return;
            }
        }
    })?;
    Ok(ending)
}

/// A flag that is never set: this system has no signals.
#[cfg(not(unix))]
pub(super) fn watch(_sender: &Sender<Event>, _is_plain: bool) -> io::Result<Arc<AtomicBool>> {
    Ok(Arc::new(AtomicBool::new(false)))
}

/// Stops the program; returns when the shell continues it.
#[cfg(unix)]
pub(super) fn stop() -> io::Result<()> {
    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)
}

/// Does nothing: this system has no job control.
#[cfg(not(unix))]
pub(super) fn stop() -> io::Result<()> {
    Ok(())
}

/// A stop that SIGINT or SIGTERM triggers. A second signal, or a signal after the wait, ends the
/// program as if signals were not watched.
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

/// A stop that never comes: this system has no signals.
#[cfg(not(unix))]
pub fn stop_on_signal() -> io::Result<Stop> {
    Ok(Stop::never())
}
