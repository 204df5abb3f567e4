//! A key that stands where it would be stored: in the address or the body of the request that it goes with.
//!
//! What is looked at are the exact bytes that would leave, and each text of the payload in them. What is told names the
//! place and never the key.

use super::address::Origin;
use super::explain::Explanation;
use super::reply::Outcome;
use super::request::{Request, RequestPurpose};
use super::secret::Secret;
use super::spelling::Spellings;
use crate::document::{self, Pointer, Token, Value};
use crate::text;

/// Where a key stands that should not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyLeak {
    /// In the address.
    Address,
    /// In a field of the payload; the pointer is its place there.
    Field(Pointer),
    /// In what is asked for an instance.
    Instance(Pointer),
    /// Somewhere in the body.
    Body,
}

/// Where a request holds a key; none when it does not.
///
/// A key of fewer than eight characters is not looked for: it may be an ordinary word, and no real one is as short.
pub fn key_leak(request: &Request, key: &Secret) -> Option<KeyLeak> {
    find(&Spellings::of(key), request)
}

/// Where a request holds one of the spellings.
pub(super) fn find(spellings: &Spellings, request: &Request) -> Option<KeyLeak> {
    // A host may have the key's name by chance; it is what the key is for.
    let host = Origin::of(&request.url).map_or(0, |origin| origin.to_string().len());
    if spellings.are_in(request.url.get(host..).unwrap_or(&request.url)) {
        return Some(KeyLeak::Address);
    }
    let root = request.run();
    let place = root.as_ref().and_then(|root| place(spellings, root));
    match (place, request.purpose) {
        (Some(at), RequestPurpose::JobRun) => Some(KeyLeak::Field(at)),
        (Some(at), RequestPurpose::CreateInstance) => Some(KeyLeak::Instance(at)),
        (None, _) => spellings.are_in(&request.body).then_some(KeyLeak::Body),
    }
}

/// The first place of a document that holds a key, in a text of it or in the name of a member.
pub fn place_of_leak(document: &Value, key: &Secret) -> Option<Pointer> {
    place(&Spellings::of(key), document)
}

impl KeyLeak {
    /// Why nothing was sent, and the way out.
    pub fn explanation(&self) -> Explanation {
        let (place, step, field) = match self {
            Self::Address => (
                "the address".to_owned(),
                "Take it out of the base address or the path, in config.toml or --base-url.".to_owned(),
                None,
            ),
            Self::Field(at) => (
                named(at),
                format!("Take it out of {}: the key travels in a header of its own.", named(at)),
                Some(at.clone()),
            ),
            Self::Instance(at) => (
                format!("the {} of the instance", named(at)),
                "Give the instance another one: the key travels in a header of its own.".to_owned(),
                None,
            ),
            Self::Body => (
                "the body".to_owned(),
                "Look for it in the payload as text: the key travels in a header of its own.".to_owned(),
                None,
            ),
        };
        Explanation {
            outcome: Outcome::NoAnswer,
            headline: format!("Nothing was sent: the API key stands in {place}"),
            meaning: vec![
                "SEI stores what it is sent, and everybody with access to the run could read the key.".to_owned(),
                "It was found as it is, in base64 or percent-encoded; the journal has no entry of it.".to_owned(),
            ],
            next: vec![
                step,
                "Did it go out like this before, or to a log? Then make a new key in Harness and delete this one."
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
        return "a name of the payload".to_owned();
    }
    text::cut(&text::visible(place.trim_start_matches('/')), 60).into_owned()
}

/// The first place of a document that holds one of the spellings, under a name of an object or as a value.
pub(super) fn place(spellings: &Spellings, document: &Value) -> Option<Pointer> {
    suggestion(spellings, document).map(|way| way.into_iter().rev().collect())
}

/// The tokens that lead to that place, the last first: a document has many places, and seldom one to be told.
fn suggestion(spellings: &Spellings, value: &Value) -> Option<Vec<Token>> {
    let through = |token: &dyn Fn() -> Token, inside: &Value| {
        let mut tokens = suggestion(spellings, inside)?;
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
