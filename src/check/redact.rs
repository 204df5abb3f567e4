//! Redaction of passwords and keys in messages.

use std::borrow::Cow;

pub(super) mod credential;
pub(super) mod token;

/// The replacement of a secret.
const REDACTED: &str = "•••";

/// The text with each token and key redacted.
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

/// The text with the password or token of each URL redacted.
pub(super) fn credentials(text: &str) -> Cow<'_, str> {
    credential::replaced(text, REDACTED).map_or(Cow::Borrowed(text), Cow::Owned)
}
