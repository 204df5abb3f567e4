//! What the text of a key says about it without a call to a server.
//!
//! A note names the kind of the key and contains no part of it. The decoded text is wiped.

use std::borrow::Cow;

use base64::Engine as _;
use base64::alphabet::{self, Alphabet};
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};
use secrecy::zeroize::Zeroizing;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::environment::{Environment, Scheme};
use super::secret::{SecretError, bare};

/// How tokens of the Harness platform start: those of a person, and those of a service account.
const PLATFORM: [&str; 2] = ["pat.", "sat."];

/// How base64 of `{"`, the start of a JSON object, starts.
const OBJECT: &str = "eyJ";

/// What a key is for an environment, judged by its text alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyNote {
    /// Has the form of an SEI key.
    Sei,
    /// A token of the Harness platform.
    Platform,
    /// The start of an SEI key.
    Cut,
    /// Has another form.
    Other,
    /// Cannot be sent in a header.
    Unusable(SecretError),
    /// The environment with this id sends any key in a way that Harness refuses.
    Bearer(String),
}

impl KeyNote {
    /// Whether SEI is expected to refuse the key.
    pub const fn is_warning(&self) -> bool {
        match self {
            Self::Sei => false,
            Self::Platform | Self::Cut | Self::Other | Self::Unusable(_) | Self::Bearer(_) => true,
        }
    }

    /// The note as a sentence, without any part of the key.
    pub fn sentence(&self) -> String {
        match self {
            Self::Sei => "The key has the form of an SEI key.".to_owned(),
            Self::Platform => {
                "The key is a Harness platform token, which SEI refuses: use an SEI key.".to_owned()
            }
            Self::Cut => "The key is an SEI key without its end: copy the whole key.".to_owned(),
            Self::Other => "The key is not in the form of an SEI key: SEI may refuse it.".to_owned(),
            Self::Unusable(fault) => {
                let words = fault.to_string();
                let mut rest = words.chars();
                let first = rest.next().map(|c| c.to_ascii_uppercase()).into_iter();
                first.chain(rest).chain(['.']).collect()
            }
            Self::Bearer(id) => format!(
                "{id} sends keys as Bearer, which Harness refuses: set scheme = \"ApiKey\" in \
                 [environments.{id}] of config.toml."
            ),
        }
    }
}

/// Judges a typed or stored key for an environment; `None` if nothing can be said.
///
/// A server on this machine, such as the sandbox, accepts any key. A retired host accepts none.
pub fn key_note(text: &str, environment: &Environment) -> Option<KeyNote> {
    match bare(text) {
        Err(SecretError::Empty) => return None,
        Err(fault) => return Some(KeyNote::Unusable(fault)),
        Ok(_) if environment.is_loopback() || environment.retired => return None,
        Ok(_) if environment.is_of_harness() && environment.scheme == Scheme::Bearer => {
            return Some(KeyNote::Bearer(environment.id.clone()));
        }
        Ok(_) => {}
    }
    bare(text).ok().map(form)
}

/// Whether an SEI key is of this company; `None` if the text is not an SEI key.
pub fn is_of_company(text: &str, company: &str) -> Option<bool> {
    let decoded = decoded(bare(text).ok()?)?;
    let members = serde_json::from_slice::<KeyMembers<'_>>(&decoded).ok()?;
    Some(members.company.trim().eq_ignore_ascii_case(company.trim()))
}

/// The form of a key without surrounding text.
fn form(key: &str) -> KeyNote {
    if PLATFORM.iter().any(|start| key.starts_with(start)) {
        return KeyNote::Platform;
    }
    // A list is not an object, although its elements could be read as members.
    let Some(decoded) = decoded(key).filter(|bytes| !bytes.trim_ascii_start().starts_with(b"[")) else {
        return KeyNote::Other;
    };
    match serde_json::from_slice::<KeyMembers<'_>>(&decoded) {
        Ok(_) => KeyNote::Sei,
        Err(fault) if fault.is_eof() && is_start_of_object(key) => KeyNote::Cut,
        Err(_) => KeyNote::Other,
    }
}

fn is_start_of_object(key: &str) -> bool {
    key.starts_with(OBJECT) || OBJECT.starts_with(key)
}

/// The members of an SEI key. The values of the first two are skipped, not read.
#[derive(Deserialize)]
struct KeyMembers<'a> {
    #[serde(rename = "key")]
    _key: IgnoredAny,
    #[serde(rename = "id")]
    _id: IgnoredAny,
    #[serde(borrow)]
    company: Cow<'a, str>,
}

/// The bytes of a text in base64, in the standard or the URL alphabet, with or without padding.
fn decoded(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let text = text.trim_end_matches('=');
    // Four characters hold three bytes: one character alone holds none.
    let whole = text.get(..if text.len() % 4 == 1 { text.len() - 1 } else { text.len() })?;
    [&alphabet::STANDARD, &alphabet::URL_SAFE].into_iter().find_map(|alphabet| decoded_in(alphabet, whole))
}

fn decoded_in(alphabet: &Alphabet, text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let engine = GeneralPurpose::new(alphabet, NO_PAD.with_decode_allow_trailing_bits(true));
    // The buffer never grows, so that no copy is left in memory.
    let mut bytes = Zeroizing::new(vec![0; text.len()]);
    let length = engine.decode_slice(text, &mut bytes).ok()?;
    bytes.truncate(length);
    Some(bytes)
}
