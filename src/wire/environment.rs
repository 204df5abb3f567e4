//! The places a run can be sent to, and how each wants to be spoken to.
//!
//! The built-in ones stand in `assets/environments.json`, with the date the table was put together. Knows nothing of configuration files: whoever reads those builds [`Environment`]s.

use std::path::PathBuf;
use std::sync::OnceLock;

use serde::Deserialize;

use super::address::{self, BaseError, Origin};
use super::secret::{Secret, SecretError};
use super::source::KeySource;

const ASSET: &str = include_str!("../../assets/environments.json");

/// The environment variable a key is looked for in, unless an environment names its own.
pub const DEFAULT_KEY_VARIABLE: &str = "HARNESS_SEI_API_KEY";

/// The id of the sandbox.
pub const SANDBOX: &str = "sandbox";

/// The word before the key in the `Authorization` header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub enum Scheme {
    /// `ApiKey`, since the product is part of Harness.
    ApiKey,
    /// `Bearer`, before that.
    Bearer,
}

impl Scheme {
    /// As it stands in the header.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ApiKey => "ApiKey",
            Self::Bearer => "Bearer",
        }
    }

    /// Reads the word in any case, as servers do.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::ApiKey, Self::Bearer].into_iter().find(|scheme| scheme.word().eq_ignore_ascii_case(word))
    }
}

/// How the body of a job run is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyFormat {
    /// The run itself is the body; missing fields are refused.
    Flat,
    /// The run travels as a JSON string inside an envelope; nothing is looked at before it is queued.
    Wrapped,
}

impl BodyFormat {
    /// The word in configuration and on screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Flat => "flat",
            Self::Wrapped => "wrapped",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Flat, Self::Wrapped].into_iter().find(|format| format.word().eq_ignore_ascii_case(word))
    }

    /// The path under the base that a job run is posted to.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Flat => "v1/custom-cicd",
            Self::Wrapped => "v1/generic-requests",
        }
    }
}

/// How the fields that have two names are spelled when a run is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldNames {
    /// As the document has them.
    Unchanged,
    /// `pipeline`, `instance_guid` and so on.
    Current,
    /// `job_name`, `jenkins_instance_guid` and so on.
    Legacy,
}

impl FieldNames {
    /// The word in configuration and on screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Current => "current",
            Self::Legacy => "legacy",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Unchanged, Self::Current, Self::Legacy]
            .into_iter()
            .find(|names| names.word().eq_ignore_ascii_case(word))
    }
}

/// One place to send to, built in or the user's own.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Environment {
    /// What the command line and drafts call it.
    pub id: String,
    /// What a person reads.
    pub label: String,
    /// The address up to, not including, `/v1`.
    pub base: String,
    /// The word before the key.
    pub scheme: Scheme,
    /// How the body of a job run is written.
    pub format: BodyFormat,
    /// Where an instance GUID is asked for, under the base.
    pub guid_path: String,
    /// The spelling of fields with two names.
    pub names: FieldNames,
    /// Real data of real people: a send asks twice.
    pub protected: bool,
    /// Carries a retired name of the product.
    pub legacy: bool,
    /// The environment variable its key is looked for in.
    pub key_variable: String,
    /// Where its key is looked for instead, in this order; when there are none, in its variable and in the keyring.
    #[serde(skip)]
    pub keys: Vec<KeySource>,
    /// A file of certificates that are trusted besides those of the system, if one was named.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Where the entry is known from.
    pub note: String,
}

impl Environment {
    /// An environment of the user's own, with the usual settings.
    pub fn custom(id: &str, label: &str, base: &str) -> Result<Self, BaseError> {
        Ok(Self {
            id: id.to_owned(),
            label: label.to_owned(),
            base: Self::accepts_base(base)?,
            scheme: Scheme::ApiKey,
            format: BodyFormat::Flat,
            guid_path: "v1/cicd/instances".to_owned(),
            names: FieldNames::Unchanged,
            protected: false,
            legacy: false,
            key_variable: DEFAULT_KEY_VARIABLE.to_owned(),
            keys: Vec::new(),
            ca_file: None,
            note: "Your own.".to_owned(),
        })
    }

    /// Whether it is the sandbox before it was started: its port is not known yet.
    pub fn is_unstarted(&self) -> bool {
        self.base.ends_with(":0")
    }

    /// The sandbox, at the address it listens on.
    pub fn sandbox(url: &str) -> Result<Self, BaseError> {
        match find("sandbox") {
            Some(entry) => entry.clone().with_base(url),
            None => Self::custom("sandbox", "Sandbox", url),
        }
    }

    /// The same environment at another address.
    pub fn with_base(self, base: &str) -> Result<Self, BaseError> {
        Ok(Self { base: Self::accepts_base(base)?, ..self })
    }

    /// Checks a base as a person pastes it and gives its plain form: with or without `/v1`, a door and slashes in.
    pub fn accepts_base(url: &str) -> Result<String, BaseError> {
        address::accept(url)
    }

    /// Protocol, host and port, which its key belongs to.
    pub fn origin(&self) -> Result<Origin, BaseError> {
        let base = Self::accepts_base(&self.base)?;
        Origin::of(&base).ok_or(BaseError::Unreadable { text: base, reason: "no host".to_owned() })
    }

    /// A key for this environment, and for no other host.
    pub fn key(&self, text: impl Into<String>) -> Result<Secret, SecretError> {
        Secret::new(text, self.origin()?)
    }

    /// Where its key is looked for, in this order.
    pub fn key_sources(&self) -> Vec<KeySource> {
        if self.keys.is_empty() {
            let variable = KeySource::Variable(self.key_variable.clone());
            // The sandbox takes any word and has another address each time.
            return if self.id == SANDBOX { vec![variable] } else { vec![variable, KeySource::Keyring] };
        }
        self.keys.clone()
    }

    /// Whether it is on this machine.
    pub fn is_loopback(&self) -> bool {
        self.origin().is_ok_and(|origin| origin.is_loopback())
    }

    /// Host and telling part of the path, for a status line: `app.harness.io/gratis`.
    pub fn host(&self) -> String {
        let base = address::without_tail(&self.base);
        let short = base.split_once("://").map_or(base, |(_, rest)| rest);
        short.strip_suffix("/sei/api").unwrap_or(short).to_owned()
    }

    /// Whether an address is below its base.
    pub fn is_base_of(&self, url: &str) -> bool {
        url.strip_prefix(self.base.trim_end_matches('/')).is_some_and(|path| path.starts_with('/'))
    }

    /// A path under the base, whatever slashes either brings.
    pub fn url(&self, path: &str) -> String {
        address::join(&self.base, path)
    }

    /// Where job runs are posted.
    pub fn run_url(&self) -> String {
        self.url(self.format.path())
    }

    /// Where instance GUIDs are asked for.
    pub fn guid_url(&self) -> String {
        self.url(&self.guid_path)
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct EnvironmentAsset {
    dated: String,
    environments: Vec<Environment>,
}

fn asset() -> &'static EnvironmentAsset {
    static READ: OnceLock<EnvironmentAsset> = OnceLock::new();
    READ.get_or_init(|| serde_json::from_str(ASSET).unwrap_or_default())
}

/// The environments that come with the program, in the order they are offered.
pub fn built_in() -> &'static [Environment] {
    &asset().environments
}

/// The day the table of built-in environments was put together, as `YYYY-MM-DD`.
pub fn dated() -> &'static str {
    &asset().dated
}

/// A built-in environment by its id.
pub fn find(id: &str) -> Option<&'static Environment> {
    built_in().iter().find(|environment| environment.id == id)
}
