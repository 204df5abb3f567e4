//! What goes back to a client, and how.

use crate::document;
use crate::document::{Object, Value};

/// What goes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type`.
    pub content_type: &'static str,
    /// How many seconds to wait, as `Retry-After` has it.
    pub retry_after: Option<u32>,
    /// The body.
    pub body: String,
    /// How it is given.
    pub manner: Manner,
}

/// How an answer is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// At once and whole.
    Whole,
    /// Whole, after a while.
    Late,
    /// The connection breaks in the middle of the body.
    Half,
    /// The connection breaks before anything is said.
    Unsaid,
}

impl SandboxAnswer {
    /// An answer in JSON.
    pub fn json(status: u16, body: impl Into<String>) -> Self {
        Self {
            status,
            content_type: "application/json",
            retry_after: None,
            body: body.into(),
            manner: Manner::Whole,
        }
    }

    /// A refusal for which the service's own words are not known.
    pub(super) fn refusal(status: u16, sentence: &str) -> Self {
        Self::saying(status, "message", sentence)
    }

    pub(super) fn saying(status: u16, member: &str, sentence: &str) -> Self {
        let mut object = Object::default();
        object.push(member, sentence);
        Self::json(status, document::write_compact(&Value::Object(object)))
    }
}
