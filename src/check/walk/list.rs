//! Lists: what their entries are compared by, and the stages that were walked before.

use std::sync::Arc;

use super::{Among, Walk};
use crate::catalog::{FieldRole, RecordKind, Shape};
use crate::check::cache::{Around, StageFound};
use crate::check::family::stage::Ids;
use crate::check::family::{artifact, commit, parameter};
use crate::check::place::ValuePlace;
use crate::check::plan::{self, Expect, RecordPlan};
use crate::check::repeat::Sorted;
use crate::document::{Object, Value};

/// What the records of a list are compared by.
enum Company<'a> {
    Strangers,
    Ids(Ids<'a>),
    Artifacts(Sorted<artifact::ArtifactIdentity<'a>>),
    Names(Sorted<&'a str>),
}

impl<'a> Company<'a> {
    fn of(plan: &RecordPlan, values: &'a [Value]) -> Self {
        let objects = || values.iter().enumerate().filter_map(|(i, value)| Some((value.as_object()?, i)));
        match plan.kind {
            RecordKind::Stage | RecordKind::Step => Self::Ids(Ids::of(values, plan)),
            RecordKind::Artifact if values.len() > 1 => {
                let keys = objects().filter_map(|(o, i)| Some((artifact::ArtifactIdentity::of(o)?, i)));
                Self::Artifacts(Sorted::of(keys))
            }
            RecordKind::Parameter if values.len() > 1 => {
                Self::Names(Sorted::of(objects().filter_map(|(o, i)| Some((parameter::name(o)?, i)))))
            }
            RecordKind::JobRun
            | RecordKind::Stages
            | RecordKind::Artifact
            | RecordKind::Parameter
            | RecordKind::Trigger
            | RecordKind::PhaseEvent => Self::Strangers,
        }
    }

    fn around(&self, index: usize, object: &'a Object) -> Among<'_, 'a> {
        let first = match self {
            Self::Ids(ids) => return Among { ids: Some((ids, index)), first: None },
            Self::Strangers => None,
            Self::Artifacts(sorted) => {
                artifact::ArtifactIdentity::of(object).and_then(|key| sorted.first(&key))
            }
            Self::Names(sorted) => parameter::name(object).and_then(|name| sorted.first(&name)),
        };
        Among { ids: None, first: first.filter(|first| *first < index) }
    }
}

impl<'a> Walk<'a> {
    pub(super) fn list(
        &mut self,
        expect: Expect,
        shape: &'static Shape,
        values: &'a [Value],
        place: &ValuePlace<'_>,
    ) {
        let plan = match shape {
            Shape::Record(id) => plan::plan(*id),
            Shape::Text | Shape::Integer | Shape::Boolean | Shape::List(_) | Shape::Map => None,
        };
        let company = plan.map_or(Company::Strangers, |plan| Company::of(plan, values));
        if matches!(expect.role, Some(FieldRole::Commits | FieldRole::Themes)) {
            let texts = values.iter().enumerate().filter_map(|(i, value)| Some((value.as_text()?.trim(), i)));
            self.report.texts = Some(Sorted::of(texts));
        }
        if expect.role == Some(FieldRole::Commits) {
            commit::commit_many(&mut self.report, values.len(), place);
        }
        let is_stages = plan.is_some_and(|plan| plan.kind == RecordKind::Stage);
        let mut cache = if is_stages { self.cache.take() } else { None };
        if let Some(cache) = &mut cache {
            cache.come_to(
                place.pointer(),
                values.len(),
                Around { times: self.report.times, is_success: self.report.is_success },
            );
        }
        for (index, value) in values.iter().enumerate() {
            if let Some(found) = cache.as_ref().and_then(|cache| cache.found(index)) {
                self.recall(found);
                continue;
            }
            let (nodes, problems) = (self.nodes, self.report.found.len());
            let here = place.index(index, self.next());
            match (plan, value) {
                (Some(plan), Value::Object(object)) => {
                    self.record(plan, object, &here, company.around(index, object));
                }
                _ => self.value(Expect { shape, entry: true, ..expect }, value, &here),
            }
            if let Some(cache) = &mut cache {
                cache.keep(index, self.since(nodes, problems));
            }
        }
        self.cache = cache.or_else(|| self.cache.take());
    }

    /// Adds what an earlier check found in a value that is as it was.
    fn recall(&mut self, found: &StageFound) {
        let known =
            found.problems.iter().map(|(order, problem)| (order.after(self.nodes), Arc::clone(problem)));
        self.report.found.extend(known);
        self.nodes = self.nodes.saturating_add(found.nodes);
    }

    /// What was found since the walk stood at so many values and problems.
    fn since(&self, nodes: u32, problems: usize) -> StageFound {
        let fresh = self.report.found.iter().skip(problems);
        StageFound {
            nodes: self.nodes.saturating_sub(nodes),
            problems: fresh.map(|(order, problem)| (order.since(nodes), Arc::clone(problem))).collect(),
        }
    }
}
