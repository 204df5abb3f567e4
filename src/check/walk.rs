//! The one walk over the document, along the catalogue.
//!
//! It decides which rules look at a value, and in what order a fault hides the others; what the rules say stands with
//! their families. Values under keys that the catalogue lacks are not walked: nothing is known about them.

use super::fields::Fields;
use super::place::{Order, Place};
use super::plan::{FieldPlan, Noun, Part, RecordPlan};
use super::stage::Ids;
use super::{Context, Problem, artifact, identity, moment, naming, outcome, plan, stage, structure, text};
use crate::catalogue::{Field, Shape, Spelling};
use crate::document::{Number, Object, Value};

/// The walk, with what it has found.
pub(super) struct Walk<'a> {
    pub(super) root: &'a Value,
    pub(super) context: &'a Context,
    found: Vec<(Order, Problem)>,
    nodes: u32,
}

/// What the catalogue expects at a place: a field, or an entry of a list that is a field.
#[derive(Clone, Copy)]
pub(super) struct Expect {
    pub(super) field: &'static Field,
    pub(super) shape: &'static Shape,
    pub(super) part: Part,
    pub(super) entry: bool,
}

/// The record that is walked, and its place among the stages or steps beside it.
#[derive(Clone, Copy)]
struct Here<'w, 'a> {
    fields: &'w Fields<'a>,
    among: Option<(&'w Ids<'a>, usize)>,
}

pub(super) fn problems(root: &Value, context: &Context) -> Vec<Problem> {
    let mut walk = Walk { root, context, found: Vec::new(), nodes: 0 };
    let place = Place::root();
    match (root, plan::run()) {
        (Value::Object(object), Some(plan)) => walk.record(plan, object, &place, None),
        (other, _) => walk.add(&place, structure::not_an_object(other, &place)),
    }
    walk.found.sort_by_key(|(order, problem)| (*order, problem.severity));
    walk.found.into_iter().map(|(_, problem)| problem).collect()
}

impl<'a> Walk<'a> {
    pub(super) fn add(&mut self, place: &Place<'_>, problem: Problem) {
        self.found.push((place.order, problem));
    }

    fn next(&mut self) -> Order {
        self.nodes = self.nodes.saturating_add(1);
        Order::present(self.nodes)
    }

    fn record(
        &mut self,
        plan: &'static RecordPlan,
        object: &'a Object,
        place: &Place<'_>,
        among: Option<(&Ids<'a>, usize)>,
    ) {
        let mut fields = Fields::of(object, plan);
        for (position, field) in plan.fields.iter().enumerate() {
            if fields.is_absent(position) {
                let absent = place.absent(&field.field.name, position);
                self.absent(Here { fields: &fields, among }, field, &absent);
            }
        }
        for (index, (key, value)) in object.iter().enumerate() {
            let order = self.next();
            let here = place.key(key, order);
            match plan.find(key) {
                Some((position, spelling)) if fields.stands(index, position, spelling) => {
                    fields.note(position, order);
                    self.member(Here { fields: &fields, among }, (position, spelling), value, &here);
                }
                Some(_) => {}
                None => structure::unknown(self, &fields, index, &here),
            }
        }
        if plan.noun == Noun::Artifact {
            artifact::complete(self, &fields, place);
        }
    }

    /// A field that stands under neither of its names.
    fn absent(&mut self, here: Here<'_, 'a>, field: &FieldPlan, place: &Place<'_>) {
        match (field.part, field.field.required) {
            (Part::BuildNumber, _) => identity::number_missing(self, here.fields, place),
            (Part::Ci, _) => outcome::kind_missing(self, here.fields, place),
            (Part::StageId, _) => stage::id_missing(self, here.fields, here.among, place),
            (Part::StageDuration, _) => stage::duration_missing(self, here.fields, place),
            (Part::ArtifactType | Part::ArtifactName, _) | (_, false) => {}
            (_, true) => structure::missing(self, here.fields, field.field, place),
        }
    }

    fn member(
        &mut self,
        here: Here<'_, 'a>,
        (position, spelling): (usize, Spelling),
        value: &'a Value,
        place: &Place<'_>,
    ) {
        let Some(field) = here.fields.plan.fields.get(position) else { return };
        if spelling == Spelling::Legacy {
            naming::legacy(self, here.fields, position, place);
        }
        if !here.fields.counts(position, spelling) {
            return;
        }
        let expect = Expect { field: field.field, shape: &field.field.shape, part: field.part, entry: false };
        let is_blank = value.as_text().is_some_and(is_blank);
        match (value, field.part) {
            (Value::Null, _) => self.absent(here, field, place),
            (_, Part::StageId) if is_blank => stage::id_missing(self, here.fields, here.among, place),
            (_, Part::ArtifactType | Part::ArtifactName) if is_blank => {}
            _ if is_blank && field.field.required && *expect.shape == Shape::Text => {
                structure::blank(self, here.fields, field.field, place);
            }
            (Value::Text(id), Part::StageId) => {
                stage::id(self, id, here.among, place);
                self.value(expect, value, place);
            }
            (Value::Bool(ci), Part::Ci) => outcome::kind(self, here.fields, *ci, place),
            _ => self.value(expect, value, place),
        }
    }

    fn value(&mut self, expect: Expect, value: &'a Value, place: &Place<'_>) {
        match (expect.shape, value) {
            (_, Value::Text(text)) if !text::may_go_on(self, expect, text, place) => {}
            (Shape::Text, Value::Text(text)) => self.text(expect, text.trim(), place),
            (Shape::Integer, Value::Number(number)) => self.integer(expect, number, place),
            (Shape::Boolean, Value::Bool(_)) => {}
            (Shape::List(shape), Value::Array(values)) => self.list(expect, shape, values, place),
            (Shape::Record(id), Value::Object(object)) => {
                if let Some(plan) = plan::plan(*id) {
                    self.record(plan, object, place, None);
                }
            }
            (Shape::Map, Value::Object(object)) => self.map(expect, object, place),
            (Shape::Text, Value::Number(_) | Value::Bool(_)) if expect.part == Part::ParameterValue => {
                text::parameter(self, value, place);
            }
            (Shape::Text, Value::Number(_)) if expect.part == Part::ModuleName => {
                text::module_name(self, value, place);
            }
            _ => structure::wrong_type(self, expect, value, place),
        }
    }

    fn text(&mut self, expect: Expect, text: &str, place: &Place<'_>) {
        match (expect.part, text) {
            (Part::InstanceGuid, guid) => identity::guid(self, guid, place),
            (Part::Result, word) => outcome::result(self, word, place),
            (Part::ArtifactType, kind) => artifact::kind(self, kind, place),
            (_, _) => {}
        }
    }

    fn integer(&mut self, expect: Expect, number: &Number, place: &Place<'_>) {
        match (expect.part, whole(number)) {
            (Part::BuildNumber, whole) => identity::number(self, number, whole, place),
            (Part::StartTime, Some(n)) => moment::start(self, n, place),
            (Part::StartTime, None) => moment::fractional_start(self, expect, number, place),
            (Part::Duration, Some(n)) => moment::duration(self, n, place),
            (Part::StageDuration, Some(n)) => moment::stage_duration(self, n, place),
            (_, Some(_)) => {}
            (_, None) => structure::not_whole(self, expect, number, place),
        }
    }

    fn list(&mut self, expect: Expect, shape: &'static Shape, values: &'a [Value], place: &Place<'_>) {
        let plan = match shape {
            Shape::Record(id) => plan::plan(*id),
            Shape::Text | Shape::Integer | Shape::Boolean | Shape::List(_) | Shape::Map => None,
        };
        let ids = plan
            .filter(|plan| matches!(plan.noun, Noun::Stage | Noun::Step))
            .map(|plan| Ids::of(values, plan));
        for (index, value) in values.iter().enumerate() {
            let here = place.index(index, self.next());
            match (plan, value) {
                (Some(plan), Value::Object(object)) => {
                    self.record(plan, object, &here, ids.as_ref().map(|ids| (ids, index)));
                }
                _ => self.value(Expect { shape, part: Part::Plain, entry: true, ..expect }, value, &here),
            }
        }
    }

    fn map(&mut self, expect: Expect, object: &'a Object, place: &Place<'_>) {
        for (index, (key, value)) in object.iter().enumerate() {
            let here = place.key(key, self.next());
            if expect.part != Part::Metadata || object.position(key) != Some(index) {
                continue;
            }
            if let Value::Text(text) = value {
                text::may_go_on(self, Expect { part: Part::Prose, entry: true, ..expect }, text, &here);
            } else {
                artifact::metadata(self, value, &here);
            }
        }
    }
}

/// Whether there is nothing to see; most texts tell by their first byte.
fn is_blank(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text.trim().is_empty()
}

/// The whole number that a number is; most are spelled so, and read without an allocation.
fn whole(number: &Number) -> Option<i64> {
    number.as_str().parse().ok().or_else(|| number.as_i64())
}
