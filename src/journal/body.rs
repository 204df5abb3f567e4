//! The body of an entry. One read from the journal stays as it stands there until somebody wants to see it: the rules
//! look at a thousand entries, and a person at one.

use std::borrow::Cow;
use std::fmt;

use serde_json::value::RawValue;

/// The exact body of a request.
#[derive(Clone)]
pub struct Body(BodyEncoding);

#[derive(Clone)]
enum BodyEncoding {
    /// As it is sent.
    Plain(String),
    /// As it stands in a line of the journal, a JSON text.
    Written(Box<RawValue>),
}

impl Body {
    /// A body out of a line; none when what stands there is no text.
    pub(super) fn written(raw: Box<RawValue>) -> Option<Self> {
        raw.get().starts_with('"').then_some(Self(BodyEncoding::Written(raw)))
    }

    /// The bytes that were sent.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.0 {
            BodyEncoding::Plain(text) => Cow::Borrowed(text),
            // Whoever read the line has read it as JSON, in which a lone surrogate is the one text that is none.
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
