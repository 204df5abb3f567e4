//! The API key while the user types it.

/// A key being typed: redacted on screen and in `Debug`, and wiped when dropped.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct HiddenEntry(secrecy::zeroize::Zeroizing<String>);

impl std::fmt::Debug for HiddenEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HiddenEntry({} characters)", self.len())
    }
}

impl HiddenEntry {
    /// The number of typed code points.
    pub fn len(&self) -> usize {
        self.0.chars().count()
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Appends text.
    pub fn push(&mut self, text: &str) {
        self.0.push_str(text);
    }

    /// Removes the last character.
    pub fn pop(&mut self) {
        self.0.pop();
    }

    /// Removes all text.
    pub fn clear(&mut self) {
        self.0 = secrecy::zeroize::Zeroizing::default();
    }

    /// The typed text, to make a `Secret` of.
    pub fn show_value(&self) -> &str {
        &self.0
    }
}
