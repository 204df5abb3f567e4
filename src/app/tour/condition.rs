//! What completes a step of the tour: what somebody did between two glimpses of the model.
//!
//! One rule for all steps: a step is completed by doing it while its card is on. Where what it leads to is there
//! already, the card says so and waits.

use serde::Deserialize;

use super::place::TourPlace;
use crate::app::message::SaveOutcome;
use crate::app::model::PreviewForm;
use crate::app::row::FormRow;
use crate::app::{Action, DraftReply, Msg, NetworkMsg};
use crate::wire::{Outcome, RequestPurpose};

mod observe;

/// What has to be done for a step to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// The sandbox is chosen from the list.
    EnvironmentChosen,
    /// A key is typed for this session.
    KeyTyped,
    /// The instance gets a name, and the integration id a number.
    SetupFilled,
    /// The environment makes a GUID, and it is filled in.
    GuidMade,
    /// A run is brought in from elsewhere.
    RunImported,
    /// The last error goes.
    ErrorsCleared,
    /// A stage is unfolded on its tab.
    StageUnfolded,
    /// The last thing is typed that an artifact needs to be joined with another run's.
    ArtifactPairs,
    /// The payload pane is turned to the request or the curl command.
    PreviewTurned,
    /// The review is opened.
    ReviewOpened,
    /// A run is sent and accepted.
    RunAccepted,
    /// The sandbox is told to answer 401.
    RefusalPlanned,
    /// A run is sent and refused.
    RunRefused,
    /// The reply is closed.
    ReplyClosed,
    /// The draft is saved.
    DraftSaved,
    /// A draft is opened.
    DraftOpened,
    /// An export is shown.
    ExportShown,
    /// Nothing completes it.
    Never,
}

/// What a message was, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Happening {
    /// Enter was pressed.
    Entered,
    /// Another key was pressed.
    Pressed,
    /// A draft was read and opened.
    Opened,
    /// The draft is on disk.
    Saved,
    /// A reply came.
    Replied,
    /// The terminal has another size.
    Resized,
    /// Anything else.
    Other,
}

impl Happening {
    pub(crate) fn of(msg: &Msg) -> Self {
        #[expect(clippy::wildcard_enum_match_arm, reason = "only a few messages complete a step")]
        match msg {
            Msg::Act(Action::Enter) => Self::Entered,
            Msg::Act(_) | Msg::Type(_) => Self::Pressed,
            Msg::Draft(DraftReply::Opened(Ok(_))) => Self::Opened,
            Msg::Draft(DraftReply::Saved { outcome: SaveOutcome::Saved { .. }, .. }) => Self::Saved,
            Msg::Network(NetworkMsg::Replied { .. }) => Self::Replied,
            Msg::Resize(_) => Self::Resized,
            _ => Self::Other,
        }
    }
}

/// The few things about a model that conditions look at.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each for one condition")]
pub(crate) struct Glimpse {
    place: TourPlace,
    pub(super) on_sandbox: bool,
    has_typed_key: bool,
    pub(super) has_setup: bool,
    pub(super) guid: Option<String>,
    pub(super) has_run: bool,
    pub(super) errors: usize,
    has_pairs: bool,
    open_stages: usize,
    preview: Option<PreviewForm>,
    focus: Option<FormRow>,
    outcome: Option<Outcome>,
    awaited: Option<RequestPurpose>,
    is_refusal_planned: bool,
    is_kept: bool,
}

impl Condition {
    /// Whether what the step leads to is there, whoever did it and when; of something that only happens, never.
    pub(crate) const fn holds(self, now: &Glimpse) -> bool {
        match self {
            Self::SetupFilled => now.has_setup,
            Self::ErrorsCleared => now.errors == 0 && now.has_run,
            Self::StageUnfolded => now.open_stages > 0,
            Self::ArtifactPairs => now.has_pairs,
            Self::DraftSaved => now.is_kept,
            Self::ReviewOpened => matches!(now.place, TourPlace::Review),
            Self::ExportShown => matches!(now.place, TourPlace::Exported),
            Self::EnvironmentChosen
            | Self::KeyTyped
            | Self::GuidMade
            | Self::RunImported
            | Self::PreviewTurned
            | Self::RunAccepted
            | Self::RefusalPlanned
            | Self::RunRefused
            | Self::ReplyClosed
            | Self::DraftOpened
            | Self::Never => false,
        }
    }

    /// Whether what happened between two glimpses is what the step waits for. What already held when its card came does
    /// not count, until it is undone.
    pub(crate) fn is_met(
        self,
        before: &Glimpse,
        now: &Glimpse,
        happening: Happening,
        is_already: bool,
    ) -> bool {
        let opens = |place: TourPlace| before.place != place && now.place == place;
        let closes = |place: TourPlace| before.place == place && now.place != place;
        let takes = |place: TourPlace| closes(place) && happening == Happening::Entered;
        let is_answer = |to: RequestPurpose| happening == Happening::Replied && before.awaited == Some(to);
        let brings = |outcome: Outcome| is_answer(RequestPurpose::JobRun) && now.outcome == Some(outcome);
        // At the end of the typing, not at its first character.
        let is_typed = || !is_already && self.holds(now) && before.focus != now.focus;
        match self {
            Self::EnvironmentChosen => {
                (takes(TourPlace::Environments) || takes(TourPlace::Sandbox)) && now.on_sandbox
            }
            Self::KeyTyped => takes(TourPlace::Key) && now.has_typed_key,
            Self::SetupFilled => (takes(TourPlace::Import) && now.has_setup) || is_typed(),
            Self::GuidMade => {
                is_answer(RequestPurpose::CreateInstance) && now.guid.is_some() && now.guid != before.guid
            }
            Self::RunImported => now.has_run && (takes(TourPlace::Import) || !before.has_run),
            Self::ErrorsCleared => before.errors > 0 && self.holds(now),
            Self::StageUnfolded => now.open_stages > before.open_stages,
            Self::ArtifactPairs => is_typed(),
            Self::PreviewTurned => {
                happening != Happening::Resized
                    && now.preview != before.preview
                    && now.preview.is_some_and(|form| form != PreviewForm::Json)
            }
            Self::ReviewOpened => opens(TourPlace::Review),
            Self::RunAccepted => brings(Outcome::Accepted),
            Self::RefusalPlanned => now.is_refusal_planned && !before.is_refusal_planned,
            Self::RunRefused => brings(Outcome::Refused),
            Self::ReplyClosed => closes(TourPlace::Reply),
            Self::DraftSaved => happening == Happening::Saved && now.is_kept,
            Self::DraftOpened => happening == Happening::Opened,
            Self::ExportShown => opens(TourPlace::Exported),
            Self::Never => false,
        }
    }
}
