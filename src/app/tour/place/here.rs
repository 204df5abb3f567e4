//! Finds the place of a model.

use super::{Lack, PAIRING, TourPlace};
use crate::app::model::Model;
use crate::app::overlay::{List, Overlay, OverlayAnswer, PromptPurpose, Question};
use crate::app::row::{FormRow, Role, Tab, field_at, value_of};
use crate::catalog::FieldRole;
use crate::check::Severity;
use crate::document::{Pointer, Value};

impl TourPlace {
    /// The place of a model.
    pub(crate) fn of(model: &Model) -> Self {
        match model.overlays.last() {
            Some(overlay) => Self::above(model, overlay),
            None if model.edits_text() => Self::Text,
            None if model.layout().is_some_and(|layout| layout.form.is_none()) => Self::Payload,
            None => Self::on_form(model),
        }
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
        let is_item = |row: &&FormRow| matches!(row.role, Role::Item(_));
        if !model.form.rows.iter().any(|row| is_item(&row)) {
            return Self::NoStage;
        }
        let folded = model.focused().filter(is_item).is_some_and(|row| !model.form.open.contains(&row.at));
        if folded { Self::Stage } else { Self::Stages }
    }

    fn above(model: &Model, overlay: &Overlay) -> Self {
        match overlay {
            Overlay::Pick(picker, List::Environments) => {
                let marked = picker.chosen().and_then(|index| model.sending.environments.get(index));
                let is_sandbox = marked.is_some_and(|marked| marked.environment.is_loopback());
                if is_sandbox { Self::Sandbox } else { Self::Environments }
            }
            Overlay::Pick(_, list) => Self::list(list),
            Overlay::Prompt(prompt) if matches!(prompt.purpose, PromptPurpose::SaveAs) => Self::Save,
            Overlay::Prompt(prompt) if matches!(prompt.purpose, PromptPurpose::Export(_)) => Self::SaveExport,
            Overlay::Key { .. } => Self::Key,
            Overlay::Ask(question) => Self::question(question),
            Overlay::Review { .. } => Self::Review,
            Overlay::Waiting => Self::Waiting,
            Overlay::Import(_) => Self::Import,
            Overlay::Page(page) => page.content.place(),
            Overlay::Mapper(_) => Self::Mapper,
            Overlay::Prompt(_) | Overlay::Find(_) => Self::Other,
        }
    }

    fn list(list: &List) -> Self {
        #[expect(clippy::wildcard_enum_match_arm, reason = "the tour has steps for a few lists only")]
        match list {
            List::Actions => Self::Actions,
            List::SandboxAnswers => Self::Answers,
            List::Drafts(_) => Self::Drafts,
            List::Exports => Self::Exports,
            List::Fixes => Self::Fix,
            _ => Self::Other,
        }
    }

    fn question(question: &Question) -> Self {
        match question.answers.first() {
            Some((_, OverlayAnswer::Take { .. })) => Self::Fixes,
            Some((_, OverlayAnswer::Fix(_))) => Self::Fix,
            Some((_, OverlayAnswer::SaveMapping)) => Self::SaveMapping,
            _ => Self::Other,
        }
    }
}

/// The number of artifacts of the run.
pub(in crate::app::tour) fn artifacts(model: &Model) -> usize {
    let list = value_of(model.document.value(), FieldRole::Artifacts);
    list.and_then(Value::as_array).map_or(0, <[Value]>::len)
}

impl Lack {
    pub(in crate::app::tour) fn of(model: &Model) -> Option<Self> {
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
