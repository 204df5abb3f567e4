//! Writes that wait for a yes: an instance about to be created, a run about to go out again.

use crate::text;
use crate::wire::Request;

/// How much of a GUID in the form is quoted: it may be any text.
const QUOTED: usize = 48;

/// An instance about to be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInstance {
    /// The position of the environment in the list.
    pub environment: usize,
    /// The id of the environment.
    pub id: String,
    /// The name of the environment on screen.
    pub label: String,
    /// What asks the environment for it.
    pub request: Request,
    /// The GUID in the form, which the new one replaces.
    pub replaced: Option<String>,
}

/// A run that was not sent because it is being sent or was sent before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    /// The position of the environment in the list.
    pub environment: usize,
    /// What was to be sent.
    pub request: Request,
}

impl NewInstance {
    /// What to know before the id of the environment is typed.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines =
            vec![format!("{} is protected.", self.label), "This creates an instance there.".to_owned()];
        if let Some(old) = self.old_guid() {
            lines.extend([old, "The new GUID replaces it.".to_owned()]);
        }
        lines.push(format!("Type “{}” to create the instance.", self.id));
        lines
    }

    /// The GUID in the form that the new one replaces, in a line.
    pub(crate) fn old_guid(&self) -> Option<String> {
        self.replaced.as_deref().map(quoted)
    }
}

/// A GUID in the form, in a line.
pub(crate) fn quoted(guid: &str) -> String {
    format!("GUID in the form: {}", text::cut(&text::visible(guid), QUOTED))
}
