//! Environments: where a run can be sent, and the scheme, format and field names that each needs.
//!
//! The built-in environments are in `assets/environments.json`, with the date of the table. The
//! readers of configuration files build further [`Environment`]s.

use std::path::PathBuf;
use std::sync::OnceLock;

use serde::Deserialize;

use super::address::{self, BaseError, Origin};
use super::secret::{Secret, SecretError};
use super::source::KeySource;

const ASSET: &str = include_str!("../../assets/environments.json");

/// The environment variable that holds the key, unless an environment sets another one.
pub const DEFAULT_KEY_VARIABLE: &str = "HARNESS_SEI_API_KEY";

/// The id of the sandbox.
pub const SANDBOX: &str = "sandbox";

/// The day on which the platform of the retired environments ended.
pub const RETIRED_ON: &str = "2025-03-31";

/// The host of Harness, whose subdomains are the hosts of its clusters.
const HARNESS: &str = "harness.io";

/// The word before the key in the `Authorization` header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub enum Scheme {
    /// `ApiKey`, for keys from Harness.
    ApiKey,
    /// `Bearer`, for Propelo and LevelOps tokens.
    Bearer,
}

impl Scheme {
    /// The word in the header.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ApiKey => "ApiKey",
            Self::Bearer => "Bearer",
        }
    }

    /// Reads the word, case-insensitively as servers do.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::ApiKey, Self::Bearer].into_iter().find(|scheme| scheme.word().eq_ignore_ascii_case(word))
    }
}

/// How the body of a job run is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyFormat {
    /// The body is the run; the server refuses missing fields.
    Flat,
    /// The body is an envelope with the run as a JSON string; the server checks only the envelope.
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

    /// The endpoint under the base for job runs.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Flat => "v1/custom-cicd",
            Self::Wrapped => "v1/generic-requests",
        }
    }
}

/// The names of fields with two names when a run is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldNames {
    /// The names in the document.
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

/// One target for runs, built in or from the user's configuration.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Environment {
    /// The name on the command line and in drafts.
    pub id: String,
    /// The name on screen.
    pub label: String,
    /// The address up to, not including, `/v1`.
    pub base: String,
    /// The word before the key in the `Authorization` header.
    pub scheme: Scheme,
    /// How the body of a job run is written.
    pub format: BodyFormat,
    /// The path under the base that creates instances.
    pub guid_path: String,
    /// The names of fields with two names.
    pub names: FieldNames,
    /// Holds real data: each send needs a confirmation.
    pub protected: bool,
    /// The host has ended: it accepts no run.
    pub retired: bool,
    /// The environment variable that holds its key.
    pub key_variable: String,
    /// The sources of its key, in order; if empty, its variable and the keyring.
    #[serde(skip)]
    pub keys: Vec<KeySource>,
    /// A file of certificates to trust in addition to those of the system.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// The source of the entry.
    pub note: String,
}

impl Environment {
    /// A custom environment with default settings.
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
            retired: false,
            key_variable: DEFAULT_KEY_VARIABLE.to_owned(),
            keys: Vec::new(),
            ca_file: None,
            note: "Your own.".to_owned(),
        })
    }

    /// Whether it is a sandbox that has not started: its port is not known yet.
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
        let base = Self::accepts_base(base)?;
        Ok(Self { retired: self.retired && base == self.base, base, ..self })
    }

    /// Checks a pasted base and returns its plain form: without `/v1`, endpoint and final slashes.
    pub fn accepts_base(url: &str) -> Result<String, BaseError> {
        address::accept(url)
    }

    /// The origin that its key belongs to.
    pub fn origin(&self) -> Result<Origin, BaseError> {
        let base = Self::accepts_base(&self.base)?;
        Origin::of(&base).ok_or(BaseError::Unreadable { text: base, reason: "no host".to_owned() })
    }

    /// A key for the origin of this environment only.
    pub fn key(&self, text: impl Into<String>) -> Result<Secret, SecretError> {
        Secret::new(text, self.origin()?)
    }

    /// The sources of its key, in order.
    pub fn key_sources(&self) -> Vec<KeySource> {
        if self.keys.is_empty() {
            let variable = KeySource::Variable(self.key_variable.clone());
            // The sandbox accepts any key and has a different address each time.
            return if self.id == SANDBOX { vec![variable] } else { vec![variable, KeySource::Keyring] };
        }
        self.keys.clone()
    }

    /// Whether its host belongs to Harness.
    pub fn is_of_harness(&self) -> bool {
        self.origin().is_ok_and(|origin| {
            let domain = origin.host().strip_suffix(HARNESS);
            domain.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
    }

    /// Why nothing should be sent to a retired host, and where to send instead.
    pub fn retired_note(&self) -> Option<String> {
        self.retired.then(|| {
            format!(
                "{} is retired: the Propelo platform ended on {RETIRED_ON}. Choose the Harness environment of \
                 your account.",
                self.id
            )
        })
    }

    /// Whether it is on this machine.
    pub fn is_loopback(&self) -> bool {
        self.origin().is_ok_and(|origin| origin.is_loopback())
    }

    /// The host and the distinctive part of the path, for a status line: `app.harness.io/gratis`.
    pub fn host(&self) -> String {
        let base = address::without_tail(&self.base);
        let short = base.split_once("://").map_or(base, |(_, rest)| rest);
        short.strip_suffix("/sei/api").unwrap_or(short).to_owned()
    }

    /// Whether an address is below its base.
    pub fn is_base_of(&self, url: &str) -> bool {
        url.strip_prefix(self.base.trim_end_matches('/')).is_some_and(|path| path.starts_with('/'))
    }

    /// The URL of a path under the base, with exactly one slash between them.
    pub fn url(&self, path: &str) -> String {
        address::join(&self.base, path)
    }

    /// The endpoint for job runs.
    pub fn run_url(&self) -> String {
        self.url(self.format.path())
    }

    /// The endpoint that creates instances.
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

/// The built-in environments, in the order of lists.
pub fn built_in() -> &'static [Environment] {
    &asset().environments
}

/// The date of the table of built-in environments, as `YYYY-MM-DD`.
pub fn dated() -> &'static str {
    &asset().dated
}

/// A built-in environment by its id.
pub fn find(id: &str) -> Option<&'static Environment> {
    built_in().iter().find(|environment| environment.id == id)
}
