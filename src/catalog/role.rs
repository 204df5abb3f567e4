//! Roles: the purpose of a field in the program, independent of its name.
//!
//! The schema gives each role to a field, as `"role"` in its `x-sei`. Code that needs a certain
//! field uses the role, so that no code repeats a field name. The loader refuses a misspelled role.

use serde::Deserialize;

use super::catalog;
use super::entry::Field;

/// A kind of record. The schema names it as `"noun"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RecordKind {
    /// The whole payload.
    #[serde(rename = "job run")]
    JobRun,
    /// The object that holds the stages.
    Stages,
    /// One stage.
    Stage,
    /// One step of a stage.
    Step,
    /// One artifact.
    Artifact,
    /// One parameter.
    Parameter,
    /// One cause of the run.
    Trigger,
    /// One phase of a run that builds and deploys.
    #[serde(rename = "phase event")]
    PhaseEvent,
}

/// Declares the roles once: variant, word in the schema, kinds of records, description.
macro_rules! roles {
    ($($variant:ident, $word:literal, [$($kind:ident),+], $text:literal;)*) => {
        /// The purpose of a field. Each kind of record has at most one field with a role.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
        pub enum FieldRole { $(#[doc = $text] #[serde(rename = $word)] $variant,)* }

        impl FieldRole {
            /// All roles.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word of the role in the schema.
            pub const fn word(self) -> &'static str { match self { $(Self::$variant => $word,)* } }

            /// The kinds of records that have a field with this role.
            pub const fn records(self) -> &'static [RecordKind] {
                match self { $(Self::$variant => &[$(RecordKind::$kind),+],)* }
            }
        }
    };
}

roles! {
    Pipeline, "pipeline", [JobRun], "Name of the job.";
    FullName, "full-name", [JobRun], "Full name of the job, which identifies it within its instance.";
    QualifiedName, "qualified-name", [JobRun], "Name of the job with its path.";
    Result, "result", [JobRun, PhaseEvent], "Result of the run.";
    StartTime, "start-time", [JobRun, PhaseEvent], "Start of the run in epoch milliseconds.";
    Duration, "duration", [JobRun], "Duration of the run in milliseconds.";
    BuildNumber, "build-number", [JobRun], "Number of the run within its job.";
    Ci, "ci", [JobRun], "Whether the run is a build.";
    Cd, "cd", [JobRun], "Whether the run is a deployment.";
    Branch, "branch", [JobRun], "Branch that was built.";
    Commits, "commits", [JobRun, PhaseEvent], "Ids of the commits.";
    RepositoryUrl, "repository-url", [JobRun], "Address of the repository, on the web or of a git host.";
    User, "user", [JobRun], "Who started the run.";
    RunUrl, "run-url", [JobRun], "Web address of the run in the CI/CD tool.";
    Project, "project", [JobRun], "Project of the job.";
    Themes, "themes", [JobRun], "Themes of the run.";
    CfrStatus, "cfr-status", [JobRun], "Status of the change failure rate stage.";
    ModuleName, "module-name", [JobRun], "Module of the repository.";
    ScmUser, "scm-user", [JobRun], "Name of the user in source control.";
    ExecutionId, "execution-id", [JobRun], "Id of the run in the CI/CD tool.";
    InstanceGuid, "instance-guid", [JobRun], "GUID of the CI/CD instance.";
    InstanceName, "instance-name", [JobRun], "Name of the CI/CD instance.";
    InstanceUrl, "instance-url", [JobRun], "Web address of the CI/CD instance.";
    StageTree, "stage-tree", [JobRun], "The object that holds the stages.";
    Artifacts, "artifacts", [JobRun, PhaseEvent], "List of artifacts.";
    Parameters, "parameters", [JobRun], "List of parameters.";
    Triggers, "triggers", [JobRun], "List of causes.";
    PhaseEvents, "phase-events", [JobRun], "List of phases.";
    Phase, "phase", [PhaseEvent], "CI or CD.";
    PhaseEnvironment, "phase-environment", [PhaseEvent], "Environment that a phase deployed to.";
    PhaseStage, "phase-stage", [PhaseEvent], "Stage of a phase.";
    PhaseEnd, "phase-end", [PhaseEvent], "End of a phase in epoch milliseconds.";
    Stages, "stages", [Stages], "List of stages.";
    StageId, "stage-id", [Stage, Step], "Id of a stage or step.";
    StageName, "stage-name", [Stage, Step], "Name of a stage or step.";
    StageDescription, "stage-description", [Stage, Step], "Description of a stage or step.";
    StageResult, "stage-result", [Stage, Step], "Result of a stage or step.";
    StageState, "stage-state", [Stage, Step], "State of a stage or step.";
    StageStart, "stage-start", [Stage, Step], "Start of a stage or step as text.";
    StageDuration, "stage-duration", [Stage, Step], "Duration of a stage or step in milliseconds.";
    Steps, "steps", [Stage], "List of steps.";
    ArtifactName, "artifact-name", [Artifact], "Name of an artifact.";
    ArtifactQualifier, "artifact-qualifier", [Artifact], "Version or tag of an artifact.";
    ArtifactLocation, "artifact-location", [Artifact], "Registry and repository of an artifact.";
    ArtifactType, "artifact-type", [Artifact], "Type of an artifact.";
    ArtifactOutput, "artifact-output", [Artifact], "Whether the run produced the artifact.";
    ArtifactInput, "artifact-input", [Artifact], "Whether the run consumed the artifact.";
    ArtifactHash, "artifact-hash", [Artifact], "Digest of an artifact.";
    ArtifactMetadata, "artifact-metadata", [Artifact], "Free keys and texts about an artifact.";
    ParameterName, "parameter-name", [Parameter], "Name of a parameter.";
    ParameterValue, "parameter-value", [Parameter], "Value of a parameter.";
    ParameterType, "parameter-type", [Parameter], "Type of a parameter.";
    TriggerType, "trigger-type", [Trigger], "Type of a cause.";
    TriggerId, "trigger-id", [Trigger], "Id of a cause: a user, an upstream job, a remote address.";
    TriggerRun, "trigger-run", [Trigger], "Run number of an upstream job.";
}

impl FieldRole {
    /// The field with this role in the first record that has one; all use the same names.
    fn field(self) -> Option<&'static Field> {
        catalog().field_with(self)
    }

    /// The current name of the field.
    pub fn name(self) -> &'static str {
        // The loader refuses a schema without the field, so the default is never used.
        self.field().map_or("", |field| field.name.as_str())
    }

    /// The alias that older clients use for the field.
    pub fn legacy(self) -> Option<&'static str> {
        self.field()?.legacy.as_deref()
    }

    /// The names of the field, the current one first.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name()).chain(self.legacy())
    }
}
