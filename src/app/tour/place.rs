//! Where somebody is, as far as a card of the tour has something of its own to say about it.

use serde::Deserialize;

use crate::app::model::Model;
use crate::app::overlay::{Answer, Choice, Overlay, Purpose, Question};
use crate::app::row::{Role, Row, Tab, field_at};
use crate::check::Severity;
use crate::document::{Pointer, Value};

/// Where somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
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
    Arrivals,
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

impl Place {
    /// Where the model is.
    pub(crate) fn of(model: &Model) -> Self {
        match model.overlays.last() {
            Some(overlay) => Self::above(model, overlay),
            None if model.edits_text() => Self::Text,
            None if model.layout().is_some_and(|layout| layout.form.is_none()) => Self::Payload,
            None => Self::on_form(model),
        }
    }

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

    fn on_form(model: &Model) -> Self {
        match model.form.tab {
            Tab::Instance | Tab::Run | Tab::Send => Self::Form,
            Tab::Stages => Self::on_stages(model),
            Tab::Artifacts if artifacts(model) == 0 => Self::NoArtifact,
            Tab::Artifacts => match Lack::of(model) {
                None => Self::Paired,
                Some(lack) if !model.form.open.contains(&lack.artifact) => Self::Artifacts,
                Some(lack) if model.focused().is_some_and(|row| row.at == lack.at) => Self::Lacking,
                Some(_) => Self::Artifact,
            },
        }
    }

    fn on_stages(model: &Model) -> Self {
        let is_item = |row: &&Row| matches!(row.role, Role::Item(_));
        if !model.form.rows.iter().any(|row| is_item(&row)) {
            return Self::NoStage;
        }
        let folded = model.focused().filter(is_item).is_some_and(|row| !model.form.open.contains(&row.at));
        if folded { Self::Stage } else { Self::Stages }
    }

    fn above(model: &Model, overlay: &Overlay) -> Self {
        match overlay {
            Overlay::Pick(picker, Choice::Environment) => {
                let marked = picker.chosen().and_then(|index| model.sending.environments.get(index));
                let is_sandbox = marked.is_some_and(|marked| marked.environment.is_loopback());
                if is_sandbox { Self::Sandbox } else { Self::Environments }
            }
            Overlay::Pick(_, choice) => Self::list(choice),
            Overlay::Prompt(prompt) if matches!(prompt.purpose, Purpose::SaveAs) => Self::Save,
            Overlay::Key { .. } => Self::Key,
            Overlay::Ask(question) => Self::question(question),
            Overlay::Review { .. } => Self::Review,
            Overlay::Waiting => Self::Waiting,
            Overlay::Import(_) => Self::Import,
            Overlay::Exported { .. } => Self::Exported,
            Overlay::Arrivals { .. } => Self::Arrivals,
            Overlay::Reply { .. } => Self::Reply,
            Overlay::Help { .. }
            | Overlay::Prompt(_)
            | Overlay::Find(_)
            | Overlay::Sent { .. }
            | Overlay::Compare { .. } => Self::Other,
        }
    }

    fn list(choice: &Choice) -> Self {
        #[expect(clippy::wildcard_enum_match_arm, reason = "the tour speaks of a few lists only")]
        match choice {
            Choice::Action(_) => Self::Actions,
            Choice::Answer(_) => Self::Answers,
            Choice::Draft(_) => Self::Drafts,
            Choice::Export => Self::Exports,
            Choice::Fix(_) => Self::Fix,
            _ => Self::Other,
        }
    }

    fn question(question: &Question) -> Self {
        match question.answers.first() {
            Some((_, Answer::Take { .. })) => Self::Fixes,
            Some((_, Answer::Fix(_))) => Self::Fix,
            _ => Self::Other,
        }
    }
}

/// How many artifacts the run has.
pub(super) fn artifacts(model: &Model) -> usize {
    let root = model.document.value().as_object();
    root.and_then(|root| root.get("artifacts")).and_then(Value::as_array).map_or(0, <[Value]>::len)
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

impl Lack {
    pub(super) fn of(model: &Model) -> Option<Self> {
        let is_lack = |code: &str, severity| code.starts_with(PAIRING) && severity != Severity::Hint;
        let problem = model.checks.problems.iter().find(|problem| is_lack(problem.code, problem.severity))?;
        let mut words = problem.at.words();
        let (list, position) = (words.next()?, words.next()?.parse::<usize>().ok()?);
        let label = field_at(&problem.at).map_or("fields", |field| field.label.as_str());
        Some(Self {
            at: problem.at.clone(),
            artifact: Pointer::root().key(&list).index(position),
            number: position + 1,
            field: label.to_owned(),
        })
    }
}
