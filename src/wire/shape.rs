//! A description of a key that does not show the key.

use super::secret::Secret;

/// Placeholders for a key in examples.
const PLACEHOLDERS: [&str; 8] =
    ["your", "xxxx", "changeme", "replace", "example", "api_key", "apikey", "placeholder"];

/// A description of a key: length and kinds of characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestShape {
    /// The number of characters.
    pub length: usize,
    /// The kinds of characters: letters, digits, signs.
    pub kinds: Vec<&'static str>,
    /// Whether the key looks like a placeholder from an example.
    pub is_placeholder: bool,
}

impl Secret {
    /// A description of the key, for the search for a mistake.
    pub fn shape(&self) -> RequestShape {
        let text = self.expose();
        let has = |is_such: fn(char) -> bool| text.chars().any(is_such);
        let kinds = [
            (has(|c| c.is_ascii_alphabetic()), "letters"),
            (has(|c| c.is_ascii_digit()), "digits"),
            (has(|c| c.is_ascii_punctuation()), "signs"),
        ];
        let lower = text.to_lowercase();
        let is_template = lower.starts_with(['<', '$', '{', '%']) || lower.contains("...");
        RequestShape {
            length: text.len(),
            kinds: kinds.into_iter().filter(|(holds, _)| *holds).map(|(_, kind)| kind).collect(),
            is_placeholder: is_template || PLACEHOLDERS.iter().any(|word| lower.contains(word)),
        }
    }
}
