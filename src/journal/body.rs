//! The body of an entry. A body from the journal is decoded only on use: the rules read a thousand
//! entries, and a user looks at one.

use std::borrow::Cow;
use std::fmt;

use serde_json::value::RawValue;

/// The exact body of a request.
#[derive(Clone)]
pub struct Body(BodyEncoding);

#[derive(Clone)]
enum BodyEncoding {
    /// The bytes of the request.
    Plain(String),
    /// The JSON string of a journal line, not decoded.
    Written(Box<RawValue>),
}

impl Body {
    /// The body of a line; `None` if the value is not a string.
    pub(super) fn written(raw: Box<RawValue>) -> Option<Self> {
        raw.get().starts_with('"').then_some(Self(BodyEncoding::Written(raw)))
    }

    /// The bytes that were sent.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.0 {
            BodyEncoding::Plain(text) => Cow::Borrowed(text),
            // The line was parsed as JSON before, so only a lone surrogate can fail here.
            BodyEncoding::Written(raw) => Cow::Owned(serde_json::from_str(raw.get()).unwrap_or_default()),
        }
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self(BodyEncoding::Plain(text))
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::from(String::new())
    }
}

impl PartialEq for Body {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl Eq for Body {}

impl PartialEq<str> for Body {
    fn eq(&self, other: &str) -> bool {
        self.text() == other
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text(), f)
    }
}
