//! Reads files as payloads, and reports repairs, notes and faults.

use super::source::{InputSource, LoadedInput, say_notes};
use crate::cli::console::Console;
use crate::cli::finding::Finding;
use crate::cli::redaction;
use crate::cli::report::{HumanReport, ReportStyle};
use crate::import::mapping::MappingSet;
use crate::import::{ImportError, Imported};
use crate::world::{World, mapping};
use crate::{import, text};
use std::path::Path;

/// Reads a file for a command that works on one payload, and prints its repairs and notes; `None`
/// when the text is not a payload, which is already reported.
pub(super) fn load(world: &dyn World, file: &Path) -> anyhow::Result<Option<LoadedInput>> {
    Ok(recognize(InputSource::read(world, file)?, &mapping::load(world)))
}

/// Recognizes a text that was read, and prints as [`load`] does.
pub(super) fn recognize(source: InputSource, mappings: &MappingSet) -> Option<LoadedInput> {
    match source.load(mappings) {
        Ok(loaded) => {
            say_reading(&loaded.imported);
            Some(loaded)
        }
        Err(unread) => {
            say_fault(&unread.source, &unread.fault);
            None
        }
    }
}

/// Reports why a text is not a payload, with the place if the text may be shown.
pub(super) fn say_fault(source: &InputSource, fault: &ImportError) {
    let finding = Finding::of_fault(source, fault);
    let report = HumanReport::new(ReportStyle::plain()).of(&source.label, source, &[finding]);
    Console::say(text::visible_lines(report.trim_end()));
    if let ImportError::Beyond { tried, .. } = fault {
        for line in tried {
            Console::say(format!("tried: {}", redaction::without_parts(line)));
        }
    }
}

/// Prints the repairs and notes of an import.
pub(super) fn say_reading(imported: &Imported) {
    for line in import::describe_all(&imported.repairs) {
        Console::say(format!("repaired: {}", redaction::without_parts(&line)));
    }
    say_notes(&imported.notes);
    if !imported.dropped.is_empty() {
        Console::say(format!("note: Not imported: {}.", text::visible(&imported.dropped.join(", "))));
    }
}
