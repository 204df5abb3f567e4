//! Compares a stored run with the filters of a profile.

use std::borrow::Cow;

use crate::catalog::{FieldRole, RecordKind};
use crate::check::{quote, stored_length};
use crate::document::{Object, Pointer, Value};

use super::answer::Answer;
use super::profile::{FilterKey, FilterOperator, FilterSet, ProfileFilter, ProfileKind};
use super::reading::{items, member, place, present, text};
use super::stage::cut;

/// A stored run, as filters see it.
#[derive(Clone, Copy)]
pub(super) struct FilteredRun<'a> {
    pub(super) fields: &'a Object,
    /// The stages that SEI stores.
    pub(super) stages: &'a [Value],
}

/// Whether a set of filters matches.
pub(super) struct SetMatch {
    pub(super) answer: Answer,
    /// The first filter that does not match, as a sentence.
    pub(super) because: String,
    /// The place of the value that the filter compares.
    pub(super) at: Option<Pointer>,
    /// The field of that value.
    pub(super) field: Option<FieldRole>,
}

impl FilteredRun<'_> {
    /// Compares the run with all filters: the first that does not match decides.
    pub(super) fn matches(&self, set: &FilterSet, kind: ProfileKind) -> SetMatch {
        let found: Vec<SetMatch> = set.0.iter().map(|filter| self.filter(filter, kind)).collect();
        let first = |answer: Answer| found.iter().position(|matched| matched.answer == answer);
        let decisive = first(Answer::No).or_else(|| first(Answer::Depends));
        let all = SetMatch { answer: Answer::Yes, because: String::new(), at: None, field: None };
        decisive.and_then(|index| found.into_iter().nth(index)).unwrap_or(all)
    }

    fn filter(&self, filter: &ProfileFilter, kind: ProfileKind) -> SetMatch {
        let ProfileFilter { key, operator, values } = filter;
        let field = compared(key);
        let at = field.map(|role| place(&Pointer::root(), self.fields, role));
        let open = |because: String| SetMatch { answer: Answer::Depends, because, at: at.clone(), field };
        if !key.can_match(kind) {
            let because = format!(
                "The filter on {} never matches a custom run. Carry the value in a parameter or in the job name.",
                quote(key.label())
            );
            return SetMatch { answer: Answer::No, because, at, field };
        }
        if *key == FilterKey::CfrStatus {
            let own = text(self.fields, FieldRole::CfrStatus).unwrap_or(Cow::Borrowed("absent"));
            return open(format!(
                "The filter “{}” is on, and SEI does not document which value it includes: cfr_status is {own}.",
                key.label()
            ));
        }
        let own = self.values(key);
        let is_equal = values.iter().any(|value| own.iter().any(|own| own == value));
        let is_match = match operator {
            FilterOperator::Is => is_equal,
            FilterOperator::IsNot => !is_equal,
            FilterOperator::Other(word) => {
                return open(format!(
                    "The comparison {} of the {} filter is unknown.",
                    quote(word),
                    key.label()
                ));
            }
        };
        let answer = if is_match { Answer::Yes } else { Answer::No };
        SetMatch { answer, because: describe(filter, &own), at, field }
    }

    /// The values of the run that a filter compares.
    fn values(&self, key: &FilterKey) -> Vec<Cow<'_, str>> {
        let of = |roles: &[FieldRole]| roles.iter().filter_map(|role| text(self.fields, *role)).collect();
        match key {
            FilterKey::Status => of(&[FieldRole::Result]),
            FilterKey::Instance => of(&[FieldRole::InstanceName]),
            FilterKey::TriggeredBy => of(&[FieldRole::User]),
            FilterKey::Job => of(&[FieldRole::FullName, FieldRole::QualifiedName, FieldRole::Pipeline]),
            FilterKey::Pipeline => of(&[FieldRole::Pipeline]),
            FilterKey::Project => of(&[FieldRole::Project]),
            FilterKey::Themes => {
                items(self.fields, FieldRole::Themes).iter().filter_map(super::reading::as_text).collect()
            }
            FilterKey::Stage => {
                self.stages.iter().filter_map(|stage| name(stage, RecordKind::Stage)).collect()
            }
            FilterKey::Step => {
                let steps = self.stages.iter().filter_map(Value::as_object);
                let steps = steps.flat_map(|stage| items(stage, FieldRole::Steps));
                let is_stored = |step: &&Value| {
                    step.as_object().is_some_and(|step| present(step, FieldRole::StageId).is_some())
                };
                steps.filter(is_stored).filter_map(|step| name(step, RecordKind::Step)).collect()
            }
            FilterKey::Parameters => {
                let parameters =
                    items(self.fields, FieldRole::Parameters).iter().filter_map(Value::as_object);
                let pair = |parameter: &Object| {
                    let (name, value) = (
                        text(parameter, FieldRole::ParameterName)?,
                        text(parameter, FieldRole::ParameterValue)?,
                    );
                    Some(Cow::Owned(format!("{name}={value}")))
                };
                parameters.filter_map(pair).collect()
            }
            FilterKey::CfrStatus | FilterKey::Other(_) => Vec::new(),
        }
    }
}

/// The field of the run that a filter compares.
const fn compared(key: &FilterKey) -> Option<FieldRole> {
    Some(match key {
        FilterKey::Status => FieldRole::Result,
        FilterKey::Instance => FieldRole::InstanceName,
        FilterKey::TriggeredBy => FieldRole::User,
        FilterKey::Job => FieldRole::FullName,
        FilterKey::Pipeline => FieldRole::Pipeline,
        FilterKey::Project => FieldRole::Project,
        FilterKey::Themes => FieldRole::Themes,
        FilterKey::Stage | FilterKey::Step => FieldRole::StageTree,
        FilterKey::Parameters => FieldRole::Parameters,
        FilterKey::CfrStatus => FieldRole::CfrStatus,
        FilterKey::Other(_) => return None,
    })
}

/// The stored name of a stage or step.
fn name(record: &Value, kind: RecordKind) -> Option<Cow<'_, str>> {
    let (_, name) = member(record.as_object()?, FieldRole::StageName)?;
    Some(Cow::Borrowed(cut(name.as_text()?, stored_length(kind, Some(FieldRole::StageName)))))
}

/// `The status is “SUCCESS”, and the profile wants “FAILURE”.`
fn describe(filter: &ProfileFilter, own: &[Cow<'_, str>]) -> String {
    const SHOWN: usize = 3;
    let list = |values: &mut dyn Iterator<Item = &str>, count: usize| {
        let mut shown: Vec<String> = values.take(SHOWN).map(quote).collect();
        if count > SHOWN {
            shown.push(format!("{} more", count - SHOWN));
        }
        shown.join(" or ")
    };
    let wanted = list(&mut filter.values.iter().map(String::as_str), filter.values.len());
    let label = filter.key.label();
    let verb = if filter.operator == FilterOperator::IsNot { "excludes" } else { "wants" };
    if own.is_empty() {
        return format!("The run has no {label}, and the profile {verb} {wanted}.");
    }
    let near = own.iter().any(|own| filter.values.iter().any(|value| value.eq_ignore_ascii_case(own)));
    let case =
        if near && filter.operator == FilterOperator::Is { " Upper and lower case differ." } else { "" };
    let own = list(&mut own.iter().map(|own| &**own), own.len());
    format!("The {label} is {own}, and the profile {verb} {wanted}.{case}")
}
