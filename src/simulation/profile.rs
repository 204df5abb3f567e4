//! The filters of a profile in SEI: which runs a metric counts.
//!
//! SEI 1.0 has profiles with collections, SEI 2.0 has teams. Both compare exact texts. The filters
//! of a set must all match; of the values of a filter, one must match.

mod import;

use crate::document::Value;

/// The filters of a profile; a metric without a set is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// The generation of SEI.
    pub kind: ProfileKind,
    /// The runs that deployment frequency counts.
    pub deployment_frequency: Option<FilterSet>,
    /// The runs that change failure rate counts as failures.
    pub failures: Option<FilterSet>,
    /// The runs that change failure rate counts in the total.
    pub total: Option<FilterSet>,
    /// The runs that lead time uses.
    pub lead_time: Option<FilterSet>,
}

impl Profile {
    /// The profile in the JSON of `integration_filters`; the error says what is missing.
    pub fn from_team_filters(json: &Value) -> Result<Self, String> {
        import::read(json)
    }

    /// The sets of filters with their names in the file.
    pub fn sets(&self) -> impl Iterator<Item = (&'static str, &FilterSet)> {
        let sets = [
            ("deployment_frequency", &self.deployment_frequency),
            ("change_failure_rate.total", &self.total),
            ("change_failure_rate.failures", &self.failures),
            ("lead_time", &self.lead_time),
        ];
        sets.into_iter().filter_map(|(name, set)| Some((name, set.as_ref()?)))
    }

    /// A note on filters that never match a custom run.
    pub fn unmatched(&self) -> Option<String> {
        import::unmatched(self)
    }
}

/// The profiles of a configuration.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profiles {
    /// The profiles of single environments, by the id of the environment.
    pub of_environments: Vec<(String, Profile)>,
    /// The profile of all other environments.
    pub usual: Option<Profile>,
}

impl Profiles {
    /// The profile of an environment.
    pub fn of(&self, environment: Option<&str>) -> Option<&Profile> {
        let own = self.of_environments.iter().find(|(id, _)| Some(id.as_str()) == environment);
        own.map(|(_, profile)| profile).or(self.usual.as_ref())
    }
}

/// The generation of SEI that a profile belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ProfileKind {
    /// SEI 1.0.
    #[default]
    Collections,
    /// SEI 2.0: only pipeline, project and status of a custom run can match.
    Teams,
}

impl ProfileKind {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Collections, Self::Teams];

    /// The word in the file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Collections => "collections",
            Self::Teams => "teams",
        }
    }
}

/// Filters that must all match.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilterSet(pub Vec<ProfileFilter>);

/// A filter of a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileFilter {
    /// The value of the run that is compared.
    pub key: FilterKey,
    /// The comparison.
    pub operator: FilterOperator,
    /// The values; a parameter is `name=value`.
    pub values: Vec<String>,
}

/// How a filter compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterOperator {
    /// One of the values is equal.
    Is,
    /// No value is equal.
    IsNot,
    /// A comparison that this program does not know.
    Other(String),
}

impl FilterOperator {
    /// The operator with this word in a file, or with this name in SEI.
    pub fn named(word: &str) -> Self {
        match word.to_lowercase().as_str() {
            "is" | "equals" | "eq" | "in" => Self::Is,
            "is_not" | "not_equals" | "neq" | "not_in" => Self::IsNot,
            _ => Self::Other(word.to_owned()),
        }
    }

    /// The word in the file.
    pub fn word(&self) -> &str {
        match self {
            Self::Is => "is",
            Self::IsNot => "is_not",
            Self::Other(word) => word,
        }
    }
}

/// Declares the keys once: variant, word in the file, label, other names in SEI.
macro_rules! keys {
    ($($variant:ident, $word:literal, $label:literal, [$($alias:literal),*];)*) => {
        /// The value of a run that a filter compares.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum FilterKey {
            $(#[doc = $label] $variant,)*
            /// A value that custom runs do not have, such as an environment or a service.
            Other(String),
        }

        impl FilterKey {
            /// The words of all keys in the file.
            pub const WORDS: &'static [&'static str] = &[$($word,)*];

            /// The key with this word in a file, or with this name in SEI.
            pub fn named(word: &str) -> Self {
                let word = word.to_lowercase();
                match word.as_str() {
                    $($word $(| $alias)* => Self::$variant,)*
                    _ => Self::Other(word),
                }
            }

            /// The word in the file.
            pub fn word(&self) -> &str {
                match self { $(Self::$variant => $word,)* Self::Other(word) => word }
            }

            /// The name in sentences.
            pub fn label(&self) -> &str {
                match self { $(Self::$variant => $label,)* Self::Other(word) => word }
            }
        }
    };
}

keys! {
    Status, "status", "status", ["pipeline_status", "job_status", "job_statuses"];
    Instance, "instance", "instance name", ["instance_name", "instance_names"];
    TriggeredBy, "triggered_by", "triggered by", ["cicd_user_ids", "user_id"];
    Stage, "stage", "stage name", ["stage_name", "stage_names"];
    Step, "step", "step name", ["step_name", "step_names"];
    Job, "job", "job", ["job_name", "job_names", "job_full_name"];
    Parameters, "parameters", "run parameter", ["job_run_params", "execution_parameters"];
    CfrStatus, "cfr_status", "Include CFR status", ["include_cfr_status"];
    Themes, "themes", "theme", ["theme"];
    Pipeline, "pipeline", "pipeline", ["pipeline_name", "pipelines"];
    Project, "project", "project", ["project_name", "projects"];
}

/// Filters of SEI that never match a custom run.
pub const UNMATCHED: [&str; 5] = ["environment", "service", "infrastructure", "tags", "rollback"];

impl FilterKey {
    /// Whether a filter on this key can match a custom run.
    pub fn can_match(&self, kind: ProfileKind) -> bool {
        match self {
            Self::Other(_) => false,
            Self::Status | Self::Pipeline | Self::Project => true,
            Self::Instance
            | Self::TriggeredBy
            | Self::Stage
            | Self::Step
            | Self::Job
            | Self::Parameters
            | Self::CfrStatus
            | Self::Themes => kind == ProfileKind::Collections,
        }
    }
}
