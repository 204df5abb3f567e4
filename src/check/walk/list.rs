//! Lists: what their entries are compared by, and the stages that were walked before.

use std::sync::Arc;

use super::{Among, Expect, Walk};
use crate::catalogue::Shape;
use crate::check::memory::{Around, Found};
use crate::check::place::Place;
use crate::check::plan::{self, Noun, Part, RecordPlan};
use crate::check::repeat::Sorted;
use crate::check::stage::Ids;
use crate::check::{artifact, commit, parameter};
use crate::document::{Object, Value};

/// What the records of a list are compared by.
enum Company<'a> {
    Strangers,
    Ids(Ids<'a>),
    Artifacts(Sorted<artifact::Identity<'a>>),
    Names(Sorted<&'a str>),
}

impl<'a> Company<'a> {
    fn of(plan: &RecordPlan, values: &'a [Value]) -> Self {
        let objects = || values.iter().enumerate().filter_map(|(i, value)| Some((value.as_object()?, i)));
        match plan.noun {
            Noun::Stage | Noun::Step => Self::Ids(Ids::of(values, plan)),
            Noun::Artifact if values.len() > 1 => {
                let keys = objects().filter_map(|(o, i)| Some((artifact::Identity::of(o)?, i)));
                Self::Artifacts(Sorted::of(keys))
            }
            Noun::Parameter if values.len() > 1 => {
                Self::Names(Sorted::of(objects().filter_map(|(o, i)| Some((parameter::name(o)?, i)))))
            }
            Noun::Run | Noun::Stages | Noun::Artifact | Noun::Parameter | Noun::Trigger => Self::Strangers,
        }
    }

    fn around(&self, index: usize, object: &'a Object) -> Among<'_, 'a> {
        let first = match self {
            Self::Ids(ids) => return Among { ids: Some((ids, index)), first: None },
            Self::Strangers => None,
            Self::Artifacts(sorted) => artifact::Identity::of(object).and_then(|key| sorted.first(&key)),
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
        place: &Place<'_>,
    ) {
        let plan = match shape {
            Shape::Record(id) => plan::plan(*id),
            Shape::Text | Shape::Integer | Shape::Boolean | Shape::List(_) | Shape::Map => None,
        };
        let company = plan.map_or(Company::Strangers, |plan| Company::of(plan, values));
        let part = expect.part.of_entries();
        if part != Part::Plain {
            let texts = values.iter().enumerate().filter_map(|(i, value)| Some((value.as_text()?.trim(), i)));
            self.texts = Some(Sorted::of(texts));
        }
        if expect.part == Part::Commits {
            commit::list(self, values.len(), place);
        }
        let is_stages = plan.is_some_and(|plan| plan.noun == Noun::Stage);
        let mut memory = if is_stages { self.memory.take() } else { None };
        if let Some(memory) = &mut memory {
            memory.come_to(
                place.pointer(),
                values.len(),
                Around { frames: self.frames, is_success: self.is_success },
            );
        }
        for (index, value) in values.iter().enumerate() {
            if let Some(found) = memory.as_ref().and_then(|memory| memory.found(index)) {
                self.recall(found);
                continue;
            }
            let (nodes, problems) = (self.nodes, self.found.len());
            let here = place.index(index, self.next());
            match (plan, value) {
                (Some(plan), Value::Object(object)) => {
                    self.record(plan, object, &here, company.around(index, object));
                }
                _ => self.value(Expect { shape, part, entry: true, ..expect }, value, &here),
            }
            if let Some(memory) = &mut memory {
                memory.keep(index, self.since(nodes, problems));
            }
        }
        self.memory = memory.or_else(|| self.memory.take());
    }

    /// Adds what an earlier check found in a value that is as it was.
    fn recall(&mut self, found: &Found) {
        let known =
            found.problems.iter().map(|(order, problem)| (order.after(self.nodes), Arc::clone(problem)));
        self.found.extend(known);
        self.nodes = self.nodes.saturating_add(found.nodes);
    }

    /// What was found since the walk stood at so many values and problems.
    fn since(&self, nodes: u32, problems: usize) -> Found {
        let fresh = self.found.iter().skip(problems);
        Found {
            nodes: self.nodes.saturating_sub(nodes),
            problems: fresh.map(|(order, problem)| (order.since(nodes), Arc::clone(problem))).collect(),
        }
    }
}
