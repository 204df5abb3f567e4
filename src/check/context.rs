//! The facts that rules may use in addition to the document: plain data that other modules gather.
//!
//! A rule reports nothing when a fact that it needs is absent.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::catalog::FieldRole;
use crate::document::Value;
use crate::time::Timestamp;

/// The facts that rules may use in addition to the document.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The current time, to detect runs in the future.
    pub now: Option<Timestamp>,
    /// The id of the environment that the run is sent to.
    pub environment: Option<String>,
    /// The preferred case of results, for jobs without previous runs.
    pub result_case: Option<ResultCase>,
    /// The instances that were created or used before; if empty, no GUID is reported as unknown.
    pub instances: Vec<KnownInstance>,
    /// Whether `instances` has all instances of the environment, as for the built-in sandbox.
    pub all_known: bool,
    /// The runs that were sent before, the oldest first.
    pub previous_runs: Arc<[PreviousRun]>,
    /// The metrics that do not count the run, by the profile of the environment.
    pub uncounted: Vec<UncountedMetric>,
}

/// A metric of SEI whose filters exclude the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UncountedMetric {
    /// What the run does not count as, such as `a deployment`.
    pub metric: String,
    /// The field that a filter compares.
    pub field: Option<FieldRole>,
    /// The filter and the value of the run, as a sentence.
    pub because: String,
}

/// An instance of the instance book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownInstance {
    /// Its GUID, in any case.
    pub guid: String,
    /// Its name in SEI.
    pub name: String,
    /// Its address in SEI, if any.
    pub url: Option<String>,
    /// The id of the environment that has it; `None` when unknown.
    pub environment: Option<String>,
}

/// A run that was sent before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviousRun {
    /// The GUID of its instance, in any case.
    pub guid: String,
    /// The full name of its job.
    pub full_name: String,
    /// Its number; for SEI, a run without a number is run 0.
    pub build_number: Option<i64>,
    /// Its result, with the case that was sent.
    pub result: String,
    /// Whether SEI accepted it.
    pub accepted: bool,
    /// Its values that SEI keeps on the job; `None` if unknown.
    pub job: Option<JobValues>,
}

/// The values of a run that SEI keeps on its job or instance, by the current name of the field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JobValues(BTreeMap<String, String>);

impl JobValues {
    const ROLES: [FieldRole; 6] = [
        FieldRole::Pipeline,
        FieldRole::ModuleName,
        FieldRole::RepositoryUrl,
        FieldRole::Branch,
        FieldRole::ScmUser,
        FieldRole::InstanceUrl,
    ];

    /// The values of a run, with current or legacy field names; blank values are skipped.
    pub fn of(run: &Value) -> Self {
        let value = |role: FieldRole| {
            let run = run.as_object()?;
            let texts = role.names().filter_map(|name| run.get(name)?.as_text().map(str::trim));
            let text = texts.into_iter().find(|text| !text.is_empty())?;
            Some((role.name().to_owned(), text.to_owned()))
        };
        Self(Self::ROLES.into_iter().filter_map(value).collect())
    }

    /// The value of a field; `None` if the run did not have it.
    pub fn get(&self, role: FieldRole) -> Option<&str> {
        self.0.get(role.name()).map(String::as_str)
    }

    /// The values with the names of their fields.
    pub const fn named(&self) -> &BTreeMap<String, String> {
        &self.0
    }
}

impl From<BTreeMap<String, String>> for JobValues {
    fn from(named: BTreeMap<String, String>) -> Self {
        Self(named)
    }
}

/// The case of the letters of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResultCase {
    /// `SUCCESS`, as in newer documentation and in Jenkins.
    Upper,
    /// `success`, as in older documentation and in all samples.
    Lower,
}

impl ResultCase {
    /// The case of a word; `None` when it has both or no letters.
    pub fn of(word: &str) -> Option<Self> {
        let has = |is_such: fn(char) -> bool| word.chars().any(is_such);
        match (has(char::is_uppercase), has(char::is_lowercase)) {
            (true, false) => Some(Self::Upper),
            (false, true) => Some(Self::Lower),
            (true, true) | (false, false) => None,
        }
    }

    /// The word in this case.
    pub fn spell(self, word: &str) -> String {
        match self {
            Self::Upper => word.to_uppercase(),
            Self::Lower => word.to_lowercase(),
        }
    }

    /// `upper case` or `lower case`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Upper => "upper case",
            Self::Lower => "lower case",
        }
    }
}

impl KnownInstance {
    /// Whether it may belong to an environment; true when that is unknown.
    pub(super) fn may_be_in(&self, environment: Option<&str>) -> bool {
        environment.is_none_or(|wanted| self.environment.as_deref().is_none_or(|own| own == wanted))
    }
}
