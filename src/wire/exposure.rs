//! A key that stands where it would be stored: in the address or the body of the request that it goes with.
//!
//! What is looked at are the exact bytes that would leave, and each text of the payload in them. A key is recognised as
//! it is, percent-encoded, and in base64, also as a part of something longer that was encoded. What is told names the
//! place and never the key.

use super::address::Origin;
use super::explain::Explanation;
use super::reply::Outcome;
use super::request::{Purpose, Request};
use super::secret::{SHORTEST_VEILED, Secret};
use crate::document::{self, Pointer, Value};
use crate::text;

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Where a key stands that should not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exposure {
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
pub fn exposure(request: &Request, key: &Secret) -> Option<Exposure> {
    if key.expose().len() < SHORTEST_VEILED {
        return None;
    }
    let look = Look::of(key.expose());
    // A host may have the key's name by chance; it is what the key is for.
    let host = Origin::of(&request.url).map_or(0, |origin| origin.to_string().len());
    if look.finds(request.url.get(host..).unwrap_or(&request.url)) {
        return Some(Exposure::Address);
    }
    let root = request.run();
    let place = root.as_ref().and_then(|root| look.place(root, &Pointer::root()));
    match (place, request.purpose) {
        (Some(at), Purpose::JobRun) => Some(Exposure::Field(at)),
        (Some(at), Purpose::CreateInstance) => Some(Exposure::Instance(at)),
        (None, _) => look.finds(&request.body).then_some(Exposure::Body),
    }
}

impl Exposure {
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

/// The forms in which a key is recognised.
struct Look<'k> {
    key: &'k str,
    /// What base64 makes of it, at each of the three places where it can begin; what depends on its neighbours is left
    /// out.
    encoded: Vec<String>,
}

impl<'k> Look<'k> {
    fn of(key: &'k str) -> Self {
        let whole = |skipped: usize| {
            let bytes = key.as_bytes().get(skipped..).unwrap_or_default();
            base64(bytes.get(..bytes.len() / 3 * 3).unwrap_or_default())
        };
        let mut encoded: Vec<String> =
            (0..3).map(whole).filter(|text| text.len() >= SHORTEST_VEILED).collect();
        let url: Vec<String> = encoded.iter().map(|text| text.replace('+', "-").replace('/', "_")).collect();
        encoded.extend(url);
        encoded.sort_unstable();
        encoded.dedup();
        Self { key, encoded }
    }

    fn finds(&self, text: &str) -> bool {
        self.is_in(text) || text.contains('%') && self.is_in(&without_percents(text))
    }

    fn is_in(&self, text: &str) -> bool {
        text.contains(self.key) || self.encoded.iter().any(|encoded| text.contains(encoded.as_str()))
    }

    /// The first place of a document that holds it, under a key of an object or as a value.
    fn place(&self, value: &Value, at: &Pointer) -> Option<Pointer> {
        match value {
            Value::Object(object) => object.iter().find_map(|(key, value)| {
                let inside = at.key(key);
                if self.finds(key) { Some(at.clone()) } else { self.place(value, &inside) }
            }),
            Value::Array(items) => {
                items.iter().enumerate().find_map(|(index, value)| self.place(value, &at.index(index)))
            }
            Value::Text(text) => self.finds(text).then(|| at.clone()),
            Value::Number(_) => self.finds(&document::write_compact(value)).then(|| at.clone()),
            Value::Null | Value::Bool(_) => None,
        }
    }
}

/// Bytes in base64, as many as make whole groups of three.
fn base64(bytes: &[u8]) -> String {
    let sign = |index: u32| char::from(*BASE64.get((index & 63) as usize).unwrap_or(&b'A'));
    let group = |three: &[u8]| {
        let number = three.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
        [18, 12, 6, 0].map(|shift| sign(number >> shift))
    };
    bytes.chunks_exact(3).flat_map(group).collect()
}

/// A text with what is percent-encoded in it as it is.
fn without_percents(text: &str) -> String {
    let bytes = text.as_bytes();
    let digit = |index: usize| bytes.get(index).and_then(|byte| char::from(*byte).to_digit(16));
    let (mut plain, mut index) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(byte) = bytes.get(index) {
        let coded = digit(index + 1).zip(digit(index + 2)).filter(|_| *byte == b'%');
        let coded = coded.and_then(|(high, low)| u8::try_from(high << 4 | low).ok());
        plain.push(coded.unwrap_or(*byte));
        index += if coded.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&plain).into_owned()
}
