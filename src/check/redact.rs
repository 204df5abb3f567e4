//! Text for messages, without passwords and keys.

use std::borrow::Cow;

pub(super) mod credential;
pub(super) mod token;

/// What a secret is replaced by.
const REDACTED: &str = "•••";

/// The text with each token and key replaced by dots.
pub(super) fn tokens(text: &str) -> Cow<'_, str> {
    if text.len() < token::SHORTEST {
        return Cow::Borrowed(text);
    }
    let (mut clean, mut from) = (String::new(), 0);
    for (range, _) in token::tokens(text) {
        clean.push_str(text.get(from..range.start).unwrap_or_default());
        clean.push_str(REDACTED);
        from = range.end;
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    clean.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(clean)
}

/// The text with the password or token of each URL replaced by dots.
pub(super) fn credentials(text: &str) -> Cow<'_, str> {
    credential::replaced(text, REDACTED).map_or(Cow::Borrowed(text), Cow::Owned)
}
