//! What of the model is kept: the one place that makes a draft of it.

use crate::document::{Object, Value};
use crate::draft::{Draft, INTEGRATION};

use super::Model;

/// What a draft holds beside its document.
#[derive(Debug, Clone, PartialEq, Hash)]
pub(crate) struct DraftSettings {
    environment: Option<String>,
    rest: Object,
    /// Which text there is that does not parse.
    pub(crate) unparsed: Option<u64>,
}

impl DraftSettings {
    /// Whether a draft holds something else beside its document.
    pub(crate) fn differs_from(&self, draft: &Draft) -> bool {
        self.environment != draft.environment || self.rest != draft.rest
    }
}

/// A draft under way to the disk.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Saving {
    pub(crate) name: String,
    pub(crate) settings: DraftSettings,
    /// The document.
    pub(crate) content: Value,
    /// Whether the save replaces content that another program wrote.
    pub(crate) replaces: bool,
}

impl Model {
    /// The draft as it stands: everything that a save, or a recovery, has to bring back.
    ///
    /// Without a name yet, its name is empty; time of saving and `base` are those of the file it was opened from or saved
    /// to.
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

    /// What the draft holds now beside its document.
    pub(crate) fn draft_settings(&self) -> DraftSettings {
        let mut rest = self.draft.file.rest.clone();
        if !self.draft.integration.trim().is_empty() || rest.contains(INTEGRATION) {
            rest.put(INTEGRATION, Value::Text(self.draft.integration.trim().to_owned()));
        }
        let environment = self.chosen().map(|chosen| chosen.environment.id.clone());
        DraftSettings { environment, rest, unparsed: self.unparsed().map(|raw| raw.version) }
    }
}
