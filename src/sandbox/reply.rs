//! The answer to a client, and how the server sends it.

use crate::document;
use crate::document::{Object, Value};

/// An answer of the sandbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The value of the `Content-Type` header.
    pub content_type: &'static str,
    /// The `Retry-After` header in seconds.
    pub retry_after: Option<u32>,
    /// The body.
    pub body: String,
    /// How the server sends the answer.
    pub manner: Manner,
}

/// How the server sends an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Immediate and complete.
    Whole,
    /// Complete, after a delay.
    Late,
    /// The connection breaks in the middle of the body.
    Half,
    /// The connection breaks before the answer.
    Unsaid,
}

impl SandboxAnswer {
    /// An immediate answer with a JSON body.
    pub fn json(status: u16, body: impl Into<String>) -> Self {
        Self {
            status,
            content_type: "application/json",
            retry_after: None,
            body: body.into(),
            manner: Manner::Whole,
        }
    }

    /// A refusal with a message of the sandbox, if the service's message is unknown.
    pub(super) fn refusal(status: u16, sentence: &str) -> Self {
        Self::saying(status, "message", sentence)
    }

    pub(super) fn saying(status: u16, member: &str, sentence: &str) -> Self {
        let mut object = Object::default();
        object.push(member, sentence);
        Self::json(status, document::write_compact(&Value::Object(object)))
    }
}
