//! A key while it is typed.

/// A key being typed: shown as dots, wiped when dropped, and never in `Debug`.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct HiddenEntry(secrecy::zeroize::Zeroizing<String>);

impl std::fmt::Debug for HiddenEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HiddenEntry({} characters)", self.len())
    }
}

impl HiddenEntry {
    /// How many characters were typed.
    pub fn len(&self) -> usize {
        self.0.chars().count()
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds text at the end; line breaks around a pasted key are no part of it.
    pub fn push(&mut self, text: &str) {
        self.0.push_str(text);
    }

    /// Takes the last character back.
    pub fn pop(&mut self) {
        self.0.pop();
    }

    /// Takes everything back.
    pub fn clear(&mut self) {
        self.0 = secrecy::zeroize::Zeroizing::default();
    }

    /// What was typed, on its way into a `Secret`.
    pub fn show_value(&self) -> &str {
        &self.0
    }
}
