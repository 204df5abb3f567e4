//! The input of a command: a file or standard input, as text with a name.

use std::io::Read;
use std::path::Path;

use anyhow::Context as _;

use super::console::Console;
use super::redaction;
use crate::document::{self, Pointer};
use crate::import::mapping::MappingSet;
use crate::import::{self, ImportError, ImportKind, Imported};
use crate::text;
use crate::world::{FileError, World, store};

/// A text and its origin.
#[derive(Clone)]
pub(super) struct InputSource {
    /// The name in messages.
    pub(super) label: String,
    /// Whether the text comes from standard input and has no file name.
    pub(super) is_input: bool,
    /// The line number, when the text is a line of a longer file.
    pub(super) line: Option<usize>,
    /// The text; empty until it is read, and when it must not be shown.
    pub(super) text: String,
}

/// A payload with the text that problems are shown in.
pub(super) struct LoadedInput {
    /// The payload and its import.
    pub(super) imported: Imported,
    /// The text that it was read from.
    pub(super) source: InputSource,
    /// The indented payload, when the payload is not the text itself.
    pub(super) inside: Option<String>,
    /// The place of the payload in the shown text.
    pub(super) root: Pointer,
}

/// A text that is not a payload, and the reason.
pub(super) struct Unread {
    pub(super) source: InputSource,
    pub(super) fault: ImportError,
}

impl InputSource {
    /// Reads a file, or standard input for `-`.
    pub(super) fn read(world: &dyn World, file: &Path) -> anyhow::Result<Self> {
        if file != Path::new("-") {
            let text = world.read(file).map_err(|fault| missing(world, file, fault))?;
            return Ok(Self { text, ..Self::of(file) });
        }
        Ok(Self { text: input()?, ..Self::of(file) })
    }

    /// The source of a file, or of standard input for `-`, with an empty text.
    pub(super) fn of(file: &Path) -> Self {
        let is_input = file == Path::new("-");
        let label = if is_input { "standard input".to_owned() } else { file.display().to_string() };
        Self { label, is_input, line: None, text: String::new() }
    }

    /// The number of its first line.
    pub(super) fn first_line(&self) -> usize {
        self.line.unwrap_or(1)
    }

    /// Recognizes the text; on failure returns the source, to show the place.
    pub(super) fn load(self, mappings: &MappingSet) -> Result<LoadedInput, Box<Unread>> {
        let read = import::import_payload(&self.text, mappings);
        if let Ok(imported) = &read {
            learn_credentials(imported);
        }
        let fault = match read {
            Ok(imported) if !imported.kind.holds_run() => ImportError::NoRun(imported.kind),
            Ok(imported) => match imported.asks.first() {
                None => return Ok(self.holding(imported)),
                Some(file) => ImportError::Command(format!(
                    "the body of this command is in the file “{}”, which is not read by default; `sei-compose \
                     import --allow-file` reads it",
                    text::visible(file)
                )),
            },
            Err(fault) => fault,
        };
        Err(Box::new(Unread { source: self.shown_with(&fault), fault }))
    }

    /// The text with its recognized payload.
    pub(super) fn holding(self, imported: Imported) -> LoadedInput {
        let (inside, root) = match imported.kind {
            ImportKind::Payload if imported.repairs.is_empty() => (None, Pointer::root()),
            ImportKind::Draft if imported.repairs.is_empty() => (None, Pointer::root().key("document")),
            ImportKind::Payload
            | ImportKind::Draft
            | ImportKind::Wrapped
            | ImportKind::Curl
            | ImportKind::Request
            | ImportKind::Instance
            | ImportKind::Satellite
            | ImportKind::Run(_)
            | ImportKind::Mapped
            | ImportKind::Variables(_)
            | ImportKind::Checkout
            | ImportKind::Manifest => (Some(document::write_pretty(&imported.document)), Pointer::root()),
        };
        LoadedInput { imported, source: self, inside, root }
    }

    /// The source to show with a fault; the text is empty when it may contain a key.
    pub(super) fn shown_with(self, fault: &ImportError) -> Self {
        match fault.part() {
            Some(part) => Self {
                label: format!("{} (its payload)", self.label),
                line: Some(part.line),
                text: part.text.clone(),
                ..self
            },
            None if fault.is_private() => Self { text: String::new(), ..self },
            None => self,
        }
    }
}

/// Redacts the credentials of an import from now on.
pub(super) fn learn_credentials(imported: &Imported) {
    redaction::learn(imported.credentials.iter().cloned());
}

/// The error for a missing file; mentions a draft with the same name.
pub(super) fn missing(world: &dyn World, file: &Path, fault: FileError) -> anyhow::Error {
    let draft = file.to_str().filter(|_| matches!(fault, FileError::Missing { .. }));
    match draft.and_then(|name| store::find(world, name).ok()) {
        Some(draft) => anyhow::anyhow!(
            "{fault} The draft “{}” exists: its file is {}.",
            text::visible(&draft.name),
            text::visible(&draft.path.display().to_string())
        ),
        None => fault.into(),
    }
}

/// Reads standard input to its end.
pub(super) fn input() -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).context("Could not read standard input")?;
    text_of(bytes)
}

/// Converts bytes of standard input to text.
pub(super) fn text_of(bytes: Vec<u8>) -> anyhow::Result<String> {
    String::from_utf8(bytes).map_err(|fault| {
        let at = fault.utf8_error().valid_up_to();
        anyhow::anyhow!("Standard input is not UTF-8 text: byte {at} is invalid.")
    })
}

/// Prints notes to standard error.
pub(super) fn say_notes(notes: &[String]) {
    for note in notes {
        Console::say(format!("note: {}", redaction::without_parts(note)));
    }
}
