//! JSON Pointers (RFC 6901): the names of places in a document, independent of their values.

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

/// A place in a document.
///
/// Copies share their tokens, because each problem and each row of a form has a pointer. Pointers
/// with equal text are equal. They sort by place: item 2 before item 10.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Pointer(Arc<[Token]>);

/// One token of a pointer. A key of digits equals the index with the same digits.
#[derive(Debug, Clone)]
pub enum Token {
    /// The key of an object's member.
    Key(String),
    /// The position in a list, from 0.
    Index(usize),
}

impl Token {
    /// The token as text, before `~` and `/` are escaped.
    pub fn word(&self) -> Cow<'_, str> {
        match self {
            Self::Key(key) => Cow::Borrowed(key),
            Self::Index(index) => Cow::Owned(index.to_string()),
        }
    }

    /// The token as a position in a list, if it is one: no sign, no leading zero.
    pub fn as_index(&self) -> Option<usize> {
        match self {
            Self::Index(index) => Some(*index),
            Self::Key(key) => {
                let is_plain =
                    key.bytes().all(|b| b.is_ascii_digit()) && (key == "0" || !key.starts_with('0'));
                if is_plain { key.parse().ok() } else { None }
            }
        }
    }
}

impl From<&str> for Token {
    fn from(word: &str) -> Self {
        let key = Self::Key(word.to_owned());
        key.as_index().map_or(key, Self::Index)
    }
}

impl Ord for Token {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.as_index(), other.as_index()) {
            (Some(one), Some(two)) => one.cmp(&two),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => self.word().cmp(&other.word()),
        }
    }
}

impl PartialOrd for Token {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Key(one), Self::Key(two)) => one == two,
            (Self::Index(one), Self::Index(two)) => one == two,
            (Self::Key(_), Self::Index(index)) => self.as_index() == Some(*index),
            (Self::Index(index), Self::Key(_)) => other.as_index() == Some(*index),
        }
    }
}

impl Eq for Token {}

impl Hash for Token {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Key(key) => key.hash(state),
            Self::Index(index) => Digits::of(*index).as_str().hash(state),
        }
    }
}

/// The digits of an index without an allocation, because thousands of pointers are hashed.
struct Digits {
    bytes: [u8; 20],
    from: usize,
}

impl Digits {
    fn of(index: usize) -> Self {
        let mut digits = Self { bytes: [b'0'; 20], from: 19 };
        let mut rest = index;
        for (place, byte) in digits.bytes.iter_mut().enumerate().rev() {
            *byte = b'0' + u8::try_from(rest % 10).unwrap_or_default();
            digits.from = place;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        digits
    }

    fn as_str(&self) -> &str {
        self.bytes.get(self.from..).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

// A lookup of a parent uses the first tokens of a pointer.
impl Borrow<[Token]> for Pointer {
    fn borrow(&self) -> &[Token] {
        &self.0
    }
}

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// The pointer of the member with this key.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.with(Token::Key(key.to_owned()))
    }

    /// The pointer of the item with this index, from 0.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.with(Token::Index(index))
    }

    /// The pointer with one more token.
    #[must_use]
    pub fn with(&self, token: Token) -> Self {
        let mut tokens = Vec::with_capacity(self.0.len() + 1);
        tokens.extend_from_slice(&self.0);
        tokens.push(token);
        Self(tokens.into())
    }

    /// The pointer of the parent; the root has none.
    pub fn parent(&self) -> Option<Self> {
        self.0.split_last().map(|(_, rest)| Self(rest.into()))
    }

    /// The last token; the root has none.
    pub fn last(&self) -> Option<&Token> {
        self.0.last()
    }

    /// The tokens, from the root down.
    pub fn tokens(&self) -> &[Token] {
        &self.0
    }

    /// Whether the place is the given one or inside it.
    pub fn is_within(&self, ancestor: &Self) -> bool {
        // Most places differ in their last tokens.
        let (own, other) = (self.0.get(..ancestor.0.len()), &ancestor.0);
        own.is_some_and(|own| own.iter().rev().eq(other.iter().rev()))
    }

    /// Whether the pointer is the root.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The tokens as text, for the catalog.
    pub fn words(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.iter().map(Token::word)
    }
}

impl FromIterator<Token> for Pointer {
    fn from_iter<I: IntoIterator<Item = Token>>(tokens: I) -> Self {
        Self(tokens.into_iter().collect())
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for word in self.words() {
            write!(f, "/{}", word.replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}

/// Why a text is not a JSON Pointer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PointerError {
    /// No `/` at the start of a non-empty pointer.
    #[error("\"{0}\" is not a JSON Pointer: it must start with /, as in /artifacts/0/name")]
    Start(String),
    /// A `~` that does not start `~0` or `~1`.
    #[error("\"{0}\" is not a JSON Pointer: after ~ only 0 (for ~) or 1 (for /) may follow")]
    Escape(String),
}

impl FromStr for Pointer {
    type Err = PointerError;

    fn from_str(text: &str) -> Result<Self, PointerError> {
        if text.is_empty() {
            return Ok(Self::root());
        }
        let Some(rest) = text.strip_prefix('/') else {
            return Err(PointerError::Start(text.to_owned()));
        };
        rest.split('/')
            .map(|word| {
                if word.split('~').skip(1).any(|after| !after.starts_with(['0', '1'])) {
                    return Err(PointerError::Escape(text.to_owned()));
                }
                Ok(Token::from(word.replace("~1", "/").replace("~0", "~").as_str()))
            })
            .collect()
    }
}
