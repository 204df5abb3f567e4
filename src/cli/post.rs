//! Sends requests through the outbox, and prints the progress.

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

/// The result of a request in the outbox.
pub(super) enum Posted {
    /// The request was sent, or sending failed.
    Ended(Delivery),
    /// Not sent: the request contains a key.
    Exposed(KeyLeak),
    /// Not sent: the run is being sent, or was sent before.
    Repeated(PreviousAttempt),
}

/// A request to send, with its options.
pub(super) struct Posting<'a> {
    pub(super) environment: &'a Environment,
    pub(super) request: &'a Request,
    pub(super) repeat: Repeat,
    pub(super) key: &'a Secret,
    /// Printed right before the request is sent.
    pub(super) words: Visible<'a>,
}

/// Sends through the outbox and waits for the outcome.
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
                Console::say(format!("note: The outcome is missing in the journal. {fault}"));
            }
            Ok(Posted::Ended(delivery))
        }
        Err(Blocked::Exposed(leak)) => Ok(Posted::Exposed(leak)),
        Err(Blocked::Repeated(previous)) => Ok(Posted::Repeated(previous)),
        Err(Blocked::Unready(failure)) => {
            Ok(Posted::Ended(Delivery { result: Err(failure), attempts: 0 }))
        }
        Err(Blocked::Unstoppable(fault)) => {
            Err(fault).context("Nothing was sent, because signals cannot be handled")
        }
        Err(Blocked::NotRecorded(fault)) => Err(fault).context(
            "Nothing was sent, because the journal cannot be written first (SEI_COMPOSE_DATA_DIR moves the journal)",
        ),
    }
}

/// The newest entries for the rules; an unreadable journal is reported and counts as empty.
pub(super) fn recent(world: &dyn World) -> Journal {
    journal::recent(world).unwrap_or_else(|fault| {
        Console::say(format!("note: Previous runs are unknown. {fault}"));
        Journal::default()
    })
}

/// Reports a wait before a retry; the other stages are too short to report.
pub(super) fn say_progress(progress: AttemptProgress) {
    if let AttemptStage::Waiting { .. } = progress.stage {
        Console::say(format!("{} …", progress.words(Duration::ZERO)));
    }
}
