//! Reads runs with mappings, each time on a thread of its own that is abandoned after a while.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use super::{Event, notify};
use crate::app::mapper;
use crate::app::message::ExportOutcome;
use crate::app::{MappingEffect, MappingReply, Msg, ReplacedMapping};
use crate::import::mapping::{Definition, MappingFault};
use crate::world::{FileError, World, mapping as files};

/// The longest time that the app waits for an evaluation.
const LIMIT: Duration = Duration::from_secs(2);
/// The stack of an evaluation: a long expression takes much.
const STACK: usize = 16 << 20;

/// Runs an effect that evaluates expressions; the reply comes as an event.
pub(super) fn evaluate(sender: &Sender<Event>, effect: MappingEffect) {
    let sender = sender.clone();
    // The supervisor waits, so that neither the loop nor the disk thread does.
    let supervise = move || {
        if let Some(reply) = reply(effect) {
            notify(&sender, Msg::Mapping(reply));
        }
    };
    std::thread::Builder::new().name("mapping".to_owned()).spawn(supervise).ok();
}

/// Runs an effect that evaluates expressions, and waits for its reply.
pub(super) fn reply(effect: MappingEffect) -> Option<MappingReply> {
    match effect {
        MappingEffect::Read { source, mappings, edits } => {
            let text = source.0.clone();
            let result = within_limit(move || mapper::read(&text, &mappings, edits))
                .unwrap_or_else(|why| Err(why.to_owned()));
            Some(MappingReply::Read { source, result: result.map(Box::new) })
        }
        MappingEffect::Evaluate { ticket, definition, run } => {
            let result = within_limit(move || mapper::evaluate(*definition, &run));
            let result = result.unwrap_or_else(|why| Err(vec![MappingFault::of_whole(why)]));
            Some(MappingReply::Evaluated { ticket, result })
        }
        MappingEffect::Save { .. } | MappingEffect::Keep { .. } => None,
    }
}

/// The result of work on another thread, or a sentence once the limit is over.
fn within_limit<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, &'static str> {
    const LATE: &str = "Reading the JSON took longer than 2 s, so its result is not used. Try a part of the JSON, or simpler expressions.";
    const BROKEN: &str = "The mapping could not be evaluated.";
    let (result, received) = channel();
    let worker = move || {
        result.send(work()).ok();
    };
    let thread = std::thread::Builder::new().name("mapping".to_owned()).stack_size(STACK).spawn(worker);
    if thread.is_err() {
        return Err(BROKEN);
    }
    received.recv_timeout(LIMIT).map_err(|fault| match fault {
        RecvTimeoutError::Timeout => LATE,
        RecvTimeoutError::Disconnected => BROKEN,
    })
}

/// Saves a mapping of the user.
pub(super) fn save(
    world: &dyn World,
    (id, definition): (String, Definition),
    replaces: &ReplacedMapping,
) -> Msg {
    let path = files::path(world, &id);
    let written = match (world.read_file(&path), replaces) {
        (Err(FileError::Missing { .. }), _) => world.write_new(&path, &definition.write()),
        (Ok(text), ReplacedMapping::Any) => world.write_atomic(&path, &definition.write_into(&text)),
        (Ok(text), ReplacedMapping::Known(known)) if is_same(&text, known) => {
            world.write_atomic(&path, &definition.write_into(&text))
        }
        (Ok(_), ReplacedMapping::Known(_) | ReplacedMapping::Nothing) => {
            Err(FileError::Exists { path: path.clone() })
        }
        (Err(fault), _) => Err(fault),
    };
    let outcome = match written {
        Ok(()) => ExportOutcome::Saved(path),
        Err(FileError::Exists { path }) => ExportOutcome::Exists(path),
        Err(fault) => ExportOutcome::Failed(fault.to_string()),
    };
    Msg::Mapping(MappingReply::Saved { id, definition: Box::new(definition), outcome })
}

/// Whether a file has a content, apart from comments.
fn is_same(text: &str, known: &Definition) -> bool {
    Definition::read(text).is_ok_and(|found| found.write() == known.write())
}
