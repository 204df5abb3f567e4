//! What may be told of a key without telling the key.

use super::secret::Secret;

/// What stands in examples where a key belongs.
const PLACEHOLDERS: [&str; 8] =
    ["your", "xxxx", "changeme", "replace", "example", "api_key", "apikey", "placeholder"];

/// The outline of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestShape {
    /// How many characters it has.
    pub length: usize,
    /// The kinds of characters in it, in words.
    pub kinds: Vec<&'static str>,
    /// Whether it reads like what stands in examples.
    pub is_placeholder: bool,
}

impl Secret {
    /// Its outline, for whoever looks for a mistake.
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
