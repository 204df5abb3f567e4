//! Key leaks: a key in the address or the body of a request, where the server would store it.
//!
//! The check reads the exact bytes to send, and each text of the payload in them. The explanation
//! names the place and never the key.

use super::address::Origin;
use super::explain::Explanation;
use super::reply::Outcome;
use super::request::{Request, RequestPurpose};
use super::secret::Secret;
use super::spelling::Spellings;
use crate::document::{self, Pointer, Token, Value};
use crate::text;

/// The place of a leaked key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyLeak {
    /// In the address.
    Address,
    /// In a field of the payload; the pointer is its place there.
    Field(Pointer),
    /// In a field of a request for an instance.
    Instance(Pointer),
    /// Somewhere in the body.
    Body,
}

/// The place of a key in a request, if there is one.
///
/// Skips a key of fewer than eight characters: it may be an ordinary word, and real keys are
/// longer.
pub fn key_leak(request: &Request, key: &Secret) -> Option<KeyLeak> {
    find(&Spellings::of(key), request)
}

/// The place of a spelling in a request.
pub(super) fn find(spellings: &Spellings, request: &Request) -> Option<KeyLeak> {
    // A host may contain the key by chance, so it is skipped.
    let host = Origin::of(&request.url).map_or(0, |origin| origin.to_string().len());
    if spellings.are_in(request.url.get(host..).unwrap_or(&request.url)) {
        return Some(KeyLeak::Address);
    }
    let root = request.run();
    let place = root.as_ref().and_then(|root| place(spellings, root));
    match (place, request.purpose) {
        (Some(at), RequestPurpose::JobRun) => Some(KeyLeak::Field(at)),
        (Some(at), RequestPurpose::CreateInstance | RequestPurpose::ReadInstance) => {
            Some(KeyLeak::Instance(at))
        }
        (None, _) => spellings.are_in(&request.body).then_some(KeyLeak::Body),
    }
}

/// The first place of a key in a document, in a text or in the name of a member.
pub fn place_of_leak(document: &Value, key: &Secret) -> Option<Pointer> {
    place(&Spellings::of(key), document)
}

impl KeyLeak {
    /// Why nothing was sent, and how to remove the key.
    pub fn explanation(&self) -> Explanation {
        let (place, step, field) = match self {
            Self::Address => (
                "the address".to_owned(),
                "Remove the key from the base address or the path, in config.toml or --base-url.".to_owned(),
                None,
            ),
            Self::Field(at) => (
                named(at),
                format!("Remove the key from {}: it is sent in its own header.", named(at)),
                Some(at.clone()),
            ),
            Self::Instance(at) => (
                format!("the {} of the instance", named(at)),
                "Choose another value: the key is sent in its own header.".to_owned(),
                None,
            ),
            Self::Body => (
                "the body".to_owned(),
                "Search the payload text and remove the key: it is sent in its own header.".to_owned(),
                None,
            ),
        };
        Explanation {
            outcome: Outcome::NotDelivered,
            headline: format!("Nothing was sent: the API key is in {place}"),
            meaning: vec![
                "SEI stores the whole request, and everybody with access to the run could read the key.".to_owned(),
                "The key was found as plain text, in base64 or percent-encoded. The journal has no entry of this send.".to_owned(),
            ],
            next: vec![
                step,
                "If the key was sent or logged like this before, create a new key in Harness and delete this one."
                    .to_owned(),
            ],
            field,
            suggestions: Vec::new(),
            other_path: None,
        }
    }
}

fn named(at: &Pointer) -> String {
    let place = at.to_string();
    if at.is_root() {
        return "a field name of the payload".to_owned();
    }
    text::cut(&text::visible(place.trim_start_matches('/')), 60).into_owned()
}

/// The first place of a spelling in a document, in the name of a member or in a value.
pub(super) fn place(spellings: &Spellings, document: &Value) -> Option<Pointer> {
    reversed_tokens(spellings, document).map(|tokens| tokens.into_iter().rev().collect())
}

/// The tokens of that place, the last first: no pointer is built for the many places without a key.
fn reversed_tokens(spellings: &Spellings, value: &Value) -> Option<Vec<Token>> {
    let through = |token: &dyn Fn() -> Token, inside: &Value| {
        let mut tokens = reversed_tokens(spellings, inside)?;
        tokens.push(token());
        Some(tokens)
    };
    match value {
        Value::Object(object) => object.iter().find_map(|(name, inside)| {
            if spellings.are_in(name) {
                Some(Vec::new())
            } else {
                through(&|| Token::Key(name.to_owned()), inside)
            }
        }),
        Value::Array(items) => {
            (items.iter().enumerate()).find_map(|(index, inside)| through(&|| Token::Index(index), inside))
        }
        Value::Text(text) => spellings.are_in(text).then(Vec::new),
        Value::Number(_) => spellings.are_in(&document::write_compact(value)).then(Vec::new),
        Value::Null | Value::Bool(_) => None,
    }
}
