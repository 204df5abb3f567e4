//! The conditions that complete a step of the tour: changes between two observations of the model.
//!
//! All steps follow one rule: the user completes a step while its card is shown. If its goal is
//! reached before, the card says so and waits.

use serde::Deserialize;

use super::place::TourPlace;
use crate::app::message::SaveOutcome;
use crate::app::model::PreviewForm;
use crate::app::row::FormRow;
use crate::app::{Action, DraftReply, Msg, NetworkMsg};
use crate::wire::{Outcome, RequestPurpose};

mod observe;

/// The condition that completes a step.
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
    /// A run is imported.
    RunImported,
    /// The last error is fixed.
    ErrorsCleared,
    /// A stage is unfolded on its tab.
    StageUnfolded,
    /// The last field is typed that an artifact needs to pair with another run.
    ArtifactPairs,
    /// The payload pane shows the request or the curl command.
    PreviewTurned,
    /// The review is opened.
    ReviewOpened,
    /// A run is sent and accepted.
    RunAccepted,
    /// The next sandbox answer is 401.
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

/// The kind of a message, as far as conditions need it.
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

/// The observed state of a model.
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
    /// Whether the goal of the step is reached, by anyone at any time; never for an event.
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

    /// Whether the change between two observations completes the step. A goal that was reached
    /// before its card came does not count, until it is undone.
    pub(crate) fn is_met(
        self,
        before: &Glimpse,
        now: &Glimpse,
        happening: Happening,
        is_already: bool,
    ) -> bool {
        let opens = |place: TourPlace| before.place != place && now.place == place;
        let closes = |place: TourPlace| before.place == place && now.place != place;
        let confirms = |place: TourPlace| closes(place) && happening == Happening::Entered;
        let is_answer = |to: RequestPurpose| happening == Happening::Replied && before.awaited == Some(to);
        let ends_as = |outcome: Outcome| is_answer(RequestPurpose::JobRun) && now.outcome == Some(outcome);
        // Typing counts once the field is left, not at the first character.
        let is_typed = || !is_already && self.holds(now) && before.focus != now.focus;
        match self {
            Self::EnvironmentChosen => {
                (confirms(TourPlace::Environments) || confirms(TourPlace::Sandbox)) && now.on_sandbox
            }
            Self::KeyTyped => confirms(TourPlace::Key) && now.has_typed_key,
            Self::SetupFilled => (confirms(TourPlace::Import) && now.has_setup) || is_typed(),
            Self::GuidMade => {
                is_answer(RequestPurpose::CreateInstance) && now.guid.is_some() && now.guid != before.guid
            }
            Self::RunImported => now.has_run && (confirms(TourPlace::Import) || !before.has_run),
            Self::ErrorsCleared => before.errors > 0 && self.holds(now),
            Self::StageUnfolded => now.open_stages > before.open_stages,
            Self::ArtifactPairs => is_typed(),
            Self::PreviewTurned => {
                happening != Happening::Resized
                    && now.preview != before.preview
                    && now.preview.is_some_and(|form| form != PreviewForm::Json)
            }
            Self::ReviewOpened => opens(TourPlace::Review),
            Self::RunAccepted => ends_as(Outcome::Accepted),
            Self::RefusalPlanned => now.is_refusal_planned && !before.is_refusal_planned,
            Self::RunRefused => ends_as(Outcome::Refused),
            Self::ReplyClosed => closes(TourPlace::Reply),
            Self::DraftSaved => happening == Happening::Saved && now.is_kept,
            Self::DraftOpened => happening == Happening::Opened,
            Self::ExportShown => opens(TourPlace::Exported),
            Self::Never => false,
        }
    }
}
