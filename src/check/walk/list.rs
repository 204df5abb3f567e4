//! Lists: the comparison of their entries, and the cache of stages.

use std::sync::Arc;

use super::{Peers, Walk};
use crate::catalog::{FieldRole, RecordKind, Shape};
use crate::check::cache::{RunFacts, StageFound};
use crate::check::family::stage::Ids;
use crate::check::family::{artifact, commit, parameter};
use crate::check::place::ValuePlace;
use crate::check::plan::{self, Expect, RecordPlan};
use crate::check::repeat::Sorted;
use crate::document::{Object, Value};

/// The keys by which the records of a list are compared.
enum ListIndex<'a> {
    None,
    Ids(Ids<'a>),
    Artifacts(Sorted<artifact::ArtifactIdentity<'a>>),
    Names(Sorted<&'a str>),
}

impl<'a> ListIndex<'a> {
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
            | RecordKind::PhaseEvent => Self::None,
        }
    }

    fn peers(&self, index: usize, object: &'a Object) -> Peers<'_, 'a> {
        let first = match self {
            Self::Ids(ids) => return Peers { ids: Some((ids, index)), first: None },
            Self::None => None,
            Self::Artifacts(sorted) => {
                artifact::ArtifactIdentity::of(object).and_then(|key| sorted.first(&key))
            }
            Self::Names(sorted) => parameter::name(object).and_then(|name| sorted.first(&name)),
        };
        Peers { ids: None, first: first.filter(|first| *first < index) }
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
        let list_index = plan.map_or(ListIndex::None, |plan| ListIndex::of(plan, values));
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
            let run = RunFacts { times: self.report.times, is_success: self.report.is_success };
            cache.select(place.pointer(), values.len(), run);
        }
        for (index, value) in values.iter().enumerate() {
            if let Some(found) = cache.as_ref().and_then(|cache| cache.found(index)) {
                self.reuse(found);
                continue;
            }
            let (nodes, problems) = (self.nodes, self.report.found.len());
            let here = place.index(index, self.next());
            match (plan, value) {
                (Some(plan), Value::Object(object)) => {
                    self.record(plan, object, &here, list_index.peers(index, object));
                }
                _ => self.value(Expect { shape, entry: true, ..expect }, value, &here),
            }
            if let Some(cache) = &mut cache {
                cache.keep(index, self.since(nodes, problems));
            }
        }
        self.cache = cache.or_else(|| self.cache.take());
    }

    /// Adds the problems that the previous check found in an unchanged stage.
    fn reuse(&mut self, found: &StageFound) {
        let known =
            found.problems.iter().map(|(order, problem)| (order.after(self.nodes), Arc::clone(problem)));
        self.report.found.extend(known);
        self.nodes = self.nodes.saturating_add(found.nodes);
    }

    /// The problems since the walk had this number of values and problems.
    fn since(&self, nodes: u32, problems: usize) -> StageFound {
        let new = self.report.found.iter().skip(problems);
        StageFound {
            nodes: self.nodes.saturating_sub(nodes),
            problems: new.map(|(order, problem)| (order.since(nodes), Arc::clone(problem))).collect(),
        }
    }
}
