//! The answer to the question whether a run counts.

/// Whether a run counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// The run counts.
    Yes,
    /// The run does not count.
    No,
    /// An unknown condition decides.
    Depends,
}

impl Answer {
    /// The word in lists and JSON output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Depends => "depends",
        }
    }
}
