//! Requests that wait for a confirmation: a new instance, a run that was sent before.

use crate::text;
use crate::wire::Request;

/// The most columns of the GUID that are quoted: the field may hold any text.
const QUOTED: usize = 48;

/// A new instance that waits for a confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInstance {
    /// The position of the environment in the list.
    pub environment: usize,
    /// The id of the environment.
    pub id: String,
    /// The label of the environment.
    pub label: String,
    /// The request that creates the instance.
    pub request: Request,
    /// The GUID in the form, which the new GUID replaces.
    pub replaced: Option<String>,
    /// A sentence that names another instance of the same tool, if the book has one.
    pub other: Option<String>,
}

/// A run that was not sent because the journal has another attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    /// The position of the environment in the list.
    pub environment: usize,
    /// The request that was not sent.
    pub request: Request,
}

impl NewInstance {
    /// The lines above the prompt for the id of the environment.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines =
            vec![format!("{} is protected.", self.label), "This creates an instance there.".to_owned()];
        lines.extend(self.other.clone());
        if let Some(old) = self.old_guid() {
            lines.extend([old, "The new GUID replaces it.".to_owned()]);
        }
        lines.push(format!("Type “{}” to create the instance.", self.id));
        lines
    }

    /// A line with the GUID that the new GUID replaces.
    pub(crate) fn old_guid(&self) -> Option<String> {
        self.replaced.as_deref().map(quoted)
    }
}

/// A line with the GUID in the form.
pub(crate) fn quoted(guid: &str) -> String {
    format!("GUID in the form: {}", text::cut(&text::visible(guid), QUOTED))
}
