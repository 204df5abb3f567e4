//! The text of an error: message and hint, kept separate.

use std::fmt;

/// What is wrong, and a hint where the user can do something.
///
/// Both parts are whole sentences with a full stop, or both are clauses of a longer sentence
/// without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

impl Advice {
    /// Creates advice without a hint.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None }
    }

    /// Adds the hint.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The message as a clause of another sentence, without its full stop.
    pub fn clause(&self) -> &str {
        self.message.strip_suffix('.').unwrap_or(&self.message)
    }
}

/// Message and hint in one line: as two sentences, or as clauses with a semicolon between.
impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        let Some(hint) = &self.hint else { return Ok(()) };
        let joint = if self.message.ends_with(['.', '?', '!']) { " " } else { "; " };
        write!(f, "{joint}{hint}")
    }
}
