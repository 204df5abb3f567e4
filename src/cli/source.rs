//! What a command was given to work on: a file or standard input, read, recognised, and kept for pointing at places.

use std::io::Read;
use std::path::Path;

use anyhow::Context as _;

use super::console::Console;
use super::report;
use crate::document::{self, Pointer, Value};
use crate::import::{self, ImportError, ImportKind, Imported};
use crate::world::World;

/// Longest line of bytes that places are shown in.
const LONGEST_LINE: usize = 1000;

/// A text and where it came from.
pub(super) struct Source {
    /// How messages call it.
    pub(super) label: String,
    /// The whole text.
    pub(super) text: String,
}

/// A payload together with the text that places in it are shown in.
pub(super) struct Loaded {
    /// The payload and what it came in.
    pub(super) imported: Imported,
    /// The text that holds the payload, under its label.
    pub(super) source: Source,
    /// Where in that text the payload stands.
    pub(super) root: Pointer,
}

impl Source {
    /// Reads a file, or standard input for `-`.
    pub(super) fn read(world: &dyn World, file: &Path) -> anyhow::Result<Self> {
        if file != Path::new("-") {
            return Ok(Self { label: file.display().to_string(), text: world.read(file)? });
        }
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).context("Could not read standard input")?;
        let text = String::from_utf8(bytes).map_err(|fault| {
            let at = fault.utf8_error().valid_up_to();
            anyhow::anyhow!("Standard input is not UTF-8 text: byte {at} fits no character.")
        })?;
        Ok(Self { label: "standard input".to_owned(), text })
    }

    /// Recognises the text; on failure the source comes back, to show the place in it.
    pub(super) fn load(self) -> Result<Loaded, (Self, ImportError)> {
        let imported = match import::import(&self.text) {
            Ok(imported) => imported,
            Err(fault) => return Err((self, fault)),
        };
        // A place in a line that no screen holds is no place, and a text within a text has none: such payloads are
        // shown laid out.
        let is_long = self.text.lines().any(|line| line.len() > LONGEST_LINE);
        let (source, root) = match imported.kind {
            ImportKind::Wrapped => (self.laid_out("its payload", &imported.document), Pointer::root()),
            ImportKind::Payload | ImportKind::Draft if is_long => {
                (self.laid_out("laid out", &imported.document), Pointer::root())
            }
            ImportKind::Payload => (self, Pointer::root()),
            ImportKind::Draft => (self, Pointer::root().key("document")),
        };
        Ok(Loaded { imported, source, root })
    }

    fn laid_out(self, what: &str, payload: &Value) -> Self {
        Self { label: format!("{} ({what})", self.label), text: document::write_pretty(payload) }
    }
}

/// Reads and recognises a file for a command that works on one payload, and says what there is to know about it;
/// `None` when the text is no payload, which has been shown by then.
pub(super) fn load(world: &dyn World, file: &Path) -> anyhow::Result<Option<Loaded>> {
    match Source::read(world, file)?.load() {
        Ok(loaded) => {
            say_notes(&loaded.imported.notes);
            Ok(Some(loaded))
        }
        Err((source, fault)) => {
            Console::say(report::import_fault(&source, &fault, report::Style::plain()).trim_end());
            Ok(None)
        }
    }
}

/// Says notes of any origin beside the results.
pub(super) fn say_notes(notes: &[String]) {
    for note in notes {
        Console::say(&format!("note: {note}"));
    }
}
