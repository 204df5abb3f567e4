//! Builds the draft of the model, for saves and recovery.

use crate::document::{Object, Value};
use crate::draft::{Draft, INTEGRATION};

use super::Model;

/// The content of a draft, except the document.
#[derive(Debug, Clone, PartialEq, Hash)]
pub(crate) struct DraftSettings {
    environment: Option<String>,
    rest: Object,
    /// The version of the unparsed text.
    pub(crate) unparsed: Option<u64>,
}

impl DraftSettings {
    /// Whether a draft differs in anything except the document.
    pub(crate) fn differs_from(&self, draft: &Draft) -> bool {
        self.environment != draft.environment || self.rest != draft.rest
    }
}

/// A save in progress.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Saving {
    pub(crate) name: String,
    pub(crate) settings: DraftSettings,
    pub(crate) content: Value,
    /// Whether the save replaces content that another program wrote.
    pub(crate) replaces: bool,
}

impl Model {
    /// The current draft: everything that a save or a recovery must restore.
    ///
    /// An unnamed draft has an empty name. The time of the save and `base` are those of the file it
    /// was opened from or saved to.
    pub fn draft_now(&self) -> Draft {
        let DraftSettings { environment, rest, .. } = self.draft_settings();
        Draft {
            name: self.draft.file.name.clone().unwrap_or_default(),
            environment,
            saved: self.draft.file.saved,
            document: self.document.value().clone(),
            unparsed: self.unparsed().map(|raw| raw.editor.text()),
            rest,
            base: self.draft.file.base,
        }
    }

    /// The current content of the draft, except the document.
    pub(crate) fn draft_settings(&self) -> DraftSettings {
        let mut rest = self.draft.file.rest.clone();
        if !self.draft.integration.trim().is_empty() || rest.contains(INTEGRATION) {
            rest.put(INTEGRATION, Value::Text(self.draft.integration.trim().to_owned()));
        }
        let environment = self.chosen().map(|chosen| chosen.environment.id.clone());
        DraftSettings { environment, rest, unparsed: self.unparsed().map(|raw| raw.version) }
    }
}
