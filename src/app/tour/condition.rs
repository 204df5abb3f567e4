//! What completes a step of the tour: a difference between two glimpses of the model.

use serde::Deserialize;

use crate::app::model::{Model, PreviewForm};
use crate::app::overlay::{Choice, Overlay};
use crate::app::row::Tab;
use crate::app::{Action, Msg};
use crate::check::Severity;
use crate::document::{Pointer, Value};
use crate::wire::Outcome;

/// What has to be seen for a step to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// The sandbox was chosen from the list.
    EnvironmentChosen,
    /// A key was typed for this session.
    KeyTyped,
    /// The instance has a name and the integration id is a number.
    SetupFilled,
    /// The environment made a GUID, and it was filled in.
    GuidMade,
    /// A run was brought in from elsewhere.
    RunImported,
    /// There were errors, and none is left.
    ErrorsCleared,
    /// A stage was unfolded on its tab.
    StageUnfolded,
    /// Every artifact has what it needs to be joined with another run's.
    ArtifactPairs,
    /// The payload pane shows the request or the curl command.
    PreviewTurned,
    /// The review is open.
    ReviewOpened,
    /// A run was sent and accepted.
    RunAccepted,
    /// A run was sent and refused.
    RunRefused,
    /// The reply was closed.
    ReplyClosed,
    /// The draft was saved.
    DraftSaved,
    /// A draft was opened.
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
    /// A draft was read and opened.
    Opened,
    /// A reply came.
    Replied,
    /// Anything else.
    Other,
}

impl Happening {
    pub(crate) fn of(msg: &Msg) -> Self {
        #[expect(clippy::wildcard_enum_match_arm, reason = "only a few messages complete a step")]
        match msg {
            Msg::Act(Action::Enter) => Self::Entered,
            Msg::Opened(Ok(_)) => Self::Opened,
            Msg::Replied { .. } => Self::Replied,
            _ => Self::Other,
        }
    }
}

/// What stands above the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Above {
    Nothing,
    Environments,
    Review,
    Reply,
    Exported,
    Other,
}

/// The few things about a model that conditions look at.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each for one condition")]
pub(crate) struct Glimpse {
    above: Above,
    on_sandbox: bool,
    has_typed_key: bool,
    has_setup: bool,
    guid: Option<String>,
    run: Option<String>,
    errors: usize,
    lonely_artifacts: usize,
    artifacts: usize,
    has_open_stage: bool,
    preview: Option<PreviewForm>,
    focus: Option<Pointer>,
    outcome: Option<Outcome>,
    is_kept: bool,
}

/// The rules about what joins artifacts.
const PAIRING: &str = "artifact-";

impl Glimpse {
    pub(crate) fn of(model: &Model) -> Self {
        let root = model.document.value().as_object();
        let text = |key: &str| root.and_then(|root| root.get(key)?.as_text()).filter(|text| !text.is_empty());
        let chosen = model.chosen();
        let lonely = model
            .problems
            .iter()
            .filter(|problem| problem.code.starts_with(PAIRING) && problem.severity != Severity::Hint);
        let artifacts = root.and_then(|root| root.get("artifacts")).and_then(Value::as_array);
        let integration = model.integration.trim();
        Self {
            above: above(model.overlays.last()),
            on_sandbox: chosen.is_some_and(|chosen| chosen.environment.is_loopback()),
            has_typed_key: chosen
                .and_then(|chosen| chosen.key.as_deref())
                .is_some_and(|key| key.contains("prompt")),
            has_setup: text("instance_name").is_some()
                && !integration.is_empty()
                && integration.bytes().all(|byte| byte.is_ascii_digit()),
            guid: text("instance_guid").map(str::to_owned),
            run: text("job_full_name").map(str::to_owned),
            errors: model.counts().errors,
            lonely_artifacts: lonely.count(),
            artifacts: artifacts.map_or(0, <[Value]>::len),
            has_open_stage: model.tab == Tab::Stages
                && model.open.iter().any(|at| Tab::of(at) == Tab::Stages),
            // Where it is not on the screen, nobody has seen it.
            preview: model.layout().and_then(|layout| layout.preview).map(|_| model.preview.form),
            focus: model.focused().map(|row| row.at.clone()),
            outcome: model.last_reply.as_ref().map(|reply| reply.outcome),
            is_kept: model.draft.name.is_some() && !model.is_unsaved(),
        }
    }
}

fn above(top: Option<&Overlay>) -> Above {
    match top {
        None => Above::Nothing,
        Some(Overlay::Pick(_, Choice::Environment)) => Above::Environments,
        Some(Overlay::Review { .. }) => Above::Review,
        Some(Overlay::Reply { .. }) => Above::Reply,
        Some(Overlay::Exported { .. }) => Above::Exported,
        Some(_) => Above::Other,
    }
}

impl Condition {
    /// Whether what happened between two glimpses is what the step waits for.
    pub(crate) fn is_met(self, (before, now): (&Glimpse, &Glimpse), happening: Happening) -> bool {
        let closes = |above: Above| before.above == above && now.above != above;
        let brings = |outcome: Outcome| happening == Happening::Replied && now.outcome == Some(outcome);
        match self {
            Self::EnvironmentChosen => {
                closes(Above::Environments) && happening == Happening::Entered && now.on_sandbox
            }
            Self::KeyTyped => now.has_typed_key,
            Self::SetupFilled => now.has_setup,
            Self::GuidMade => {
                happening == Happening::Replied && now.guid.is_some() && now.guid != before.guid
            }
            Self::RunImported => now.run.is_some() && before.run.is_none(),
            Self::ErrorsCleared => now.errors == 0 && now.run.is_some(),
            Self::StageUnfolded => now.has_open_stage,
            // At the end of the typing, not at its first character.
            Self::ArtifactPairs => {
                now.artifacts > 0 && now.lonely_artifacts == 0 && before.focus != now.focus
            }
            Self::PreviewTurned => now.preview.is_some_and(|form| form != PreviewForm::Json),
            Self::ReviewOpened => now.above == Above::Review,
            Self::RunAccepted => brings(Outcome::Accepted),
            Self::RunRefused => brings(Outcome::Refused),
            Self::ReplyClosed => closes(Above::Reply),
            Self::DraftSaved => now.is_kept,
            Self::DraftOpened => happening == Happening::Opened,
            Self::ExportShown => now.above == Above::Exported,
            Self::Never => false,
        }
    }
}
