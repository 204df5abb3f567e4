//! Where somebody is, as far as a card of the tour has something of its own to say about it.

use serde::Deserialize;

use crate::document::Pointer;

pub(super) mod here;

/// Where somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TourPlace {
    /// The form, on a tab that no other place is about.
    Form,
    /// The payload, on a screen that has no room for the form beside it.
    Payload,
    /// The payload as text to edit.
    Text,
    /// The tab of the stages, without any.
    NoStage,
    /// The tab of the stages, with the focus on none that is folded.
    Stages,
    /// A folded stage.
    Stage,
    /// The tab of the artifacts, without any.
    NoArtifact,
    /// The tab of the artifacts; the one that lacks something is folded.
    Artifacts,
    /// The same, with that one unfolded, and another row focused than what it lacks.
    Artifact,
    /// The field that it lacks.
    Lacking,
    /// The tab of the artifacts; none lacks anything.
    Paired,
    /// The list of environments, with the mark on a real one.
    Environments,
    /// The same, with the mark on the sandbox.
    Sandbox,
    /// The key is asked for.
    Key,
    /// What is about to come in.
    Import,
    /// All safe fixes are offered.
    Fixes,
    /// The fixes of one problem are offered.
    Fix,
    /// The review.
    Review,
    /// A request is under way.
    Waiting,
    /// The reply.
    Reply,
    /// The list of actions.
    Actions,
    /// What arrived at the sandbox.
    ReceivedRuns,
    /// What the sandbox may answer.
    Answers,
    /// A name for the draft is asked for.
    Save,
    /// The list of drafts.
    Drafts,
    /// The list of exports.
    Exports,
    /// An export.
    Exported,
    /// Something else above the form.
    Other,
}

impl TourPlace {
    /// Whether it is the form or lies beside it, so that a step can be begun there.
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

/// The rules about what joins artifacts.
const PAIRING: &str = "artifact-";

/// The first thing that keeps an artifact from being joined with another run's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lack {
    /// Its place.
    at: Pointer,
    /// The artifact.
    artifact: Pointer,
    /// Which one it is, from 1.
    pub(super) number: usize,
    /// The field, as the form calls it.
    pub(super) field: String,
}
