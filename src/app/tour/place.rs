//! The places in the app for which a tour card can have its own instruction.

use serde::Deserialize;

use crate::document::Pointer;

pub(super) mod here;

/// A place in the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TourPlace {
    /// The form, on a tab without its own place.
    Form,
    /// The payload, on a screen too narrow for the form.
    Payload,
    /// The payload as text to edit.
    Text,
    /// The tab Stages, without a stage.
    NoStage,
    /// The tab Stages, where the focused row is not a folded stage.
    Stages,
    /// A folded stage.
    Stage,
    /// The tab Artifacts, without an artifact.
    NoArtifact,
    /// The tab Artifacts, where the incomplete artifact is folded.
    Artifacts,
    /// The tab Artifacts, where the incomplete artifact is unfolded, but its missing field is not
    /// focused.
    Artifact,
    /// The missing field of the incomplete artifact.
    Lacking,
    /// The tab Artifacts, where all artifacts are complete.
    Paired,
    /// The list of environments, with another environment than the sandbox selected.
    Environments,
    /// The list of environments, with the sandbox selected.
    Sandbox,
    /// The key prompt.
    Key,
    /// The import dialog.
    Import,
    /// The mapper.
    Mapper,
    /// The question whether to save a mapping before its run is imported.
    SaveMapping,
    /// The dialog of all safe fixes.
    Fixes,
    /// The fixes of one problem.
    Fix,
    /// The review.
    Review,
    /// The wait for a request in flight.
    Waiting,
    /// The reply.
    Reply,
    /// The list of actions.
    Actions,
    /// The received runs of the sandbox.
    ReceivedRuns,
    /// The list of sandbox answers.
    Answers,
    /// The prompt for a draft name.
    Save,
    /// The list of drafts.
    Drafts,
    /// The list of exports.
    Exports,
    /// An export.
    Exported,
    /// The prompt for the file of an export.
    SaveExport,
    /// Any other overlay.
    Other,
}

impl TourPlace {
    /// Whether the place is the form or the payload, so that a step can start there.
    pub(crate) const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Form
                | Self::Payload
                | Self::NoStage
                | Self::Stages
                | Self::Stage
                | Self::NoArtifact
                | Self::Artifacts
                | Self::Artifact
                | Self::Lacking
                | Self::Paired
        )
    }
}

/// The prefix of the rules about pairing artifacts.
const PAIRING: &str = "artifact-";

/// The first missing field that an artifact needs to pair with another run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lack {
    at: Pointer,
    artifact: Pointer,
    /// The number of the artifact, from 1.
    pub(super) number: usize,
    /// The label of the field.
    pub(super) field: String,
}
