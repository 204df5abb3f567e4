//! Requests through the outbox, and what is said meanwhile.

use crate::cli::console::Console;
use crate::cli::redaction;
use crate::journal::{Journal, PreviousAttempt, Repeat};
use crate::runtime;
use crate::runtime::network::Delivery;
use crate::runtime::outbox::{Blocked, Outbox, Outgoing};
use crate::text::Visible;
use crate::time::Duration;
use crate::wire::{AttemptProgress, AttemptStage, Environment, KeyLeak, Request, Secret};
use crate::world::{World, journal};
use anyhow::Context as _;

/// What became of a request that was given to the outbox.
pub(super) enum Posted {
    /// It was sent, or could not be.
    Ended(Delivery),
    /// It was not sent: a key is in it.
    Exposed(KeyLeak),
    /// It was not sent: the run is being sent, or was sent.
    Repeated(PreviousAttempt),
}

/// A request to send.
pub(super) struct Posting<'a> {
    pub(super) environment: &'a Environment,
    pub(super) request: &'a Request,
    pub(super) repeat: Repeat,
    pub(super) key: &'a Secret,
    /// Printed right before the request leaves.
    pub(super) words: Visible<'a>,
}

/// Sends through the outbox and waits for the end.
pub(super) fn post(world: &dyn World, posting: &Posting<'_>) -> anyhow::Result<Posted> {
    let outgoing = Outgoing {
        environment: posting.environment.id.clone(),
        request: posting.request.clone(),
        key: posting.key.clone(),
        keys: redaction::keys(),
        ca_file: posting.environment.ca_file.clone(),
        repeat: posting.repeat,
    };
    let watch = || {
        Console::say(posting.words.clone());
        runtime::stop_on_signal()
    };
    match Outbox::new().deliver(world, outgoing, watch, say_progress) {
        Ok(ended) => {
            let (delivery, recorded) = ended.record(world);
            if let Err(fault) = recorded {
                Console::say(format!("note: The journal does not know how it ended. {fault}"));
            }
            Ok(Posted::Ended(delivery))
        }
        Err(Blocked::Exposed(exposure)) => Ok(Posted::Exposed(exposure)),
        Err(Blocked::Repeated(earlier)) => Ok(Posted::Repeated(earlier)),
        Err(Blocked::Unready(failure)) => {
            Ok(Posted::Ended(Delivery { result: Err(failure), attempts: 0 }))
        }
        Err(Blocked::Unstoppable(fault)) => {
            Err(fault).context("Nothing was sent, because signals cannot be heard")
        }
        Err(Blocked::NotRecorded(fault)) => Err(fault).context(
            "Nothing was sent, because it cannot be written into the journal first (SEI_COMPOSE_DATA_DIR puts the \
             journal elsewhere)",
        ),
    }
}

/// The newest entries for the rules; a journal that cannot be read is told of, and is no reason to stop.
pub(super) fn recent(world: &dyn World) -> Journal {
    journal::recent(world).unwrap_or_else(|fault| {
        Console::say(format!("note: Earlier runs are not known. {fault}"));
        Journal::default()
    })
}

/// Tells of a wait; the other stages pass too quickly to be told.
pub(super) fn say_progress(progress: AttemptProgress) {
    if let AttemptStage::Waiting { .. } = progress.stage {
        Console::say(format!("{} …", progress.words(Duration::ZERO)));
    }
}
