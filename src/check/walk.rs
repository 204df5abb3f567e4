//! The one walk over the document, along the catalogue.
//!
//! It decides which rules look at a value, and in what order a fault hides the others; what the rules say stands with
//! their families. Values under keys that the catalogue lacks are not walked: nothing is known about them.

mod list;

use std::sync::Arc;

use super::fields::Fields;
use super::memory::Memory;
use super::place::{Order, Place};
use super::plan::{FieldPlan, Noun, Part, RecordPlan};
use super::repeat::Sorted;
use super::size::Excess;
use super::span::{Frame, Frames};
use super::stage::Ids;
use super::{
    Context, Dialect, Problem, address, artifact, commit, earlier, identity, instance, job, kind, length,
    moment, naming, outcome, parameter, plan, secret, size, span, stage, structure, text, theme, trigger,
    verdict,
};
use crate::catalogue::{Field, Shape, Spelling};
use crate::document::{Number, Object, Value};

/// The walk, with what it has found.
pub(super) struct Walk<'a> {
    pub(super) root: &'a Value,
    pub(super) context: &'a Context,
    /// The times of the run, stage or step that the walk is in.
    pub(super) frames: Frames,
    /// What the result of the run says, once it is known.
    pub(super) is_success: Option<bool>,
    /// The case of the results of earlier runs of the job, as far as they are known.
    pub(super) of_job: Option<Dialect>,
    /// Whether the parameter that the walk is in is named like a secret.
    pub(super) is_secret: bool,
    /// The texts of the list that the walk is in, where repeats matter.
    pub(super) texts: Option<Sorted<&'a str>>,
    /// What is too large or too deep.
    pub(super) excess: Excess,
    found: Vec<(Order, Arc<Problem>)>,
    nodes: u32,
    memory: Option<Memory>,
}

/// What the catalogue expects at a place: a field, or an entry of a list that is a field.
#[derive(Clone, Copy)]
pub(super) struct Expect {
    pub(super) field: &'static Field,
    pub(super) shape: &'static Shape,
    pub(super) part: Part,
    pub(super) entry: bool,
    /// How many characters SEI keeps; 0 for all.
    pub(super) most: usize,
}

/// The record that is walked, and its place among those beside it.
#[derive(Clone, Copy)]
struct Here<'w, 'a> {
    fields: &'w Fields<'a>,
    among: Among<'w, 'a>,
}

/// The place of a record among those beside it, where that matters.
#[derive(Clone, Copy, Default)]
struct Among<'w, 'a> {
    /// The ids of the stages or steps beside it, and its position.
    ids: Option<(&'w Ids<'a>, usize)>,
    /// The position of an earlier one that it repeats.
    first: Option<usize>,
}

pub(super) fn problems(root: &Value, context: &Context) -> Vec<Arc<Problem>> {
    run(Walk::new(root, context)).0
}

/// The same with what an earlier check of the document left, and with what this one leaves.
pub(super) fn again(root: &Value, context: &Context, memory: Memory) -> (Vec<Arc<Problem>>, Memory) {
    let (problems, memory) = run(Walk { memory: Some(memory), ..Walk::new(root, context) });
    (problems, memory.unwrap_or_default())
}

fn run(mut walk: Walk<'_>) -> (Vec<Arc<Problem>>, Option<Memory>) {
    let root = walk.root;
    let place = Place::root();
    match (root, plan::run()) {
        (Value::Object(object), Some(plan)) => {
            walk.excess = Excess::of(root, object, walk.memory.as_ref().map(Memory::extent));
            walk.record(plan, object, &place, Among::default());
        }
        (other, _) => walk.add(&place, structure::not_an_object(other, &place)),
    }
    walk.found.sort_by_key(|(order, problem)| (*order, problem.severity));
    (walk.found.into_iter().map(|(_, problem)| problem).collect(), walk.memory)
}

impl<'a> Walk<'a> {
    fn new(root: &'a Value, context: &'a Context) -> Self {
        Self {
            root,
            context,
            frames: Frames::default(),
            is_success: None,
            of_job: None,
            is_secret: false,
            texts: None,
            excess: Excess::default(),
            found: Vec::new(),
            nodes: 0,
            memory: None,
        }
    }

    pub(super) fn add(&mut self, place: &Place<'_>, problem: Problem) {
        self.found.push((place.order, Arc::new(problem)));
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
        among: Among<'_, 'a>,
    ) {
        let mut fields = Fields::of(object, plan);
        let outside = self.enter(&fields);
        for (position, field) in plan.fields.iter().enumerate() {
            if fields.is_absent(position) {
                let absent = place.absent(&field.field.name, position);
                self.absent(Here { fields: &fields, among }, field, &absent);
            }
        }
        for (index, (key, value)) in object.iter().enumerate() {
            let order = self.next();
            let here = place.key(key, order);
            if plan.noun == Noun::Run {
                size::member(self, index, &here);
            }
            match plan.find(key) {
                Some((position, spelling)) if fields.stands(index, position, spelling) => {
                    fields.note(position, order);
                    self.member(Here { fields: &fields, among }, (position, spelling), value, &here);
                }
                Some(_) => {}
                None => structure::unknown(self, &fields, index, &here),
            }
        }
        self.leave(Here { fields: &fields, among }, place);
        self.frames = outside;
    }

    /// Takes down what the rules inside a record go by; gives the frames around it.
    fn enter(&mut self, fields: &Fields<'a>) -> Frames {
        let outside = self.frames;
        match fields.plan.noun {
            Noun::Run => {
                self.frames.own = Frame::of(fields);
                self.is_success = fields.text("result").and_then(outcome::is_success);
                self.of_job = earlier::case_of_job(self.context, fields);
            }
            Noun::Stage | Noun::Step => {
                self.frames = Frames { outer: outside.own, own: Frame::of(fields) };
            }
            Noun::Parameter => self.is_secret = secret::is_named(fields),
            Noun::Stages | Noun::Artifact | Noun::Trigger => {}
        }
        outside
    }

    /// Asks the rules that look at more than one field of a record.
    fn leave(&mut self, here: Here<'_, 'a>, place: &Place<'_>) {
        let fields = here.fields;
        match fields.plan.noun {
            Noun::Run => {
                naming::mixed(self, fields, place);
                instance::look(self, fields, place);
                earlier::look(self, fields, place);
                job::look(self, fields, place);
                kind::artifacts(self, fields, place);
                verdict::run(self, fields, place);
            }
            Noun::Stages => stage::empty(self, fields, place),
            Noun::Stage => {
                span::look(self, fields, place);
                verdict::stage(self, fields, place);
            }
            Noun::Step => span::look(self, fields, place),
            Noun::Artifact => {
                artifact::complete(self, fields, place);
                artifact::direction(self, fields, place);
                artifact::location(self, fields, place);
                if let Some(first) = here.among.first {
                    artifact::duplicate(self, fields, first, place);
                }
            }
            Noun::Parameter => {
                if let Some(first) = here.among.first {
                    parameter::duplicate(self, fields, first, place);
                }
            }
            Noun::Trigger => trigger::upstream(self, fields, place),
        }
    }

    /// A field that stands under neither of its names.
    fn absent(&mut self, here: Here<'_, 'a>, field: &FieldPlan, place: &Place<'_>) {
        match (field.part, field.field.required) {
            (Part::BuildNumber, _) => identity::number_missing(self, here.fields, place),
            (Part::Ci, _) => kind::missing(self, here.fields, place),
            (Part::StageId, _) => stage::id_missing(self, here.fields, here.among.ids, place),
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
        let (shape, part, most) = (&field.field.shape, field.part, field.most);
        let expect = Expect { field: field.field, shape, part, entry: false, most };
        let is_blank = value.as_text().is_some_and(is_blank);
        match (value, field.part) {
            (Value::Null, _) => self.absent(here, field, place),
            (_, Part::StageId) if is_blank => stage::id_missing(self, here.fields, here.among.ids, place),
            (_, Part::ArtifactType | Part::ArtifactName) if is_blank => {}
            _ if is_blank && field.field.required && *expect.shape == Shape::Text => {
                structure::blank(self, here.fields, field.field, place);
            }
            (Value::Text(id), Part::StageId) => {
                stage::id(self, id, here.among.ids, place);
                self.value(expect, value, place);
            }
            (Value::Bool(ci), Part::Ci) => kind::both(self, here.fields, *ci, place),
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
                    self.record(plan, object, place, Among::default());
                }
            }
            (Shape::Map, Value::Object(object)) => self.map(expect, object, place),
            (Shape::Text, Value::Number(_) | Value::Bool(_)) if expect.part == Part::ParameterValue => {
                parameter::value(self, value, place);
            }
            (Shape::Text, Value::Number(_)) if expect.part == Part::ModuleName => {
                text::module_name(self, value, place);
            }
            _ => structure::wrong_type(self, expect, value, place),
        }
    }

    fn text(&mut self, expect: Expect, text: &str, place: &Place<'_>) {
        if !length::fits(self, expect, text, place) {
            return;
        }
        match expect.part {
            Part::InstanceGuid => identity::guid(self, text, place),
            Part::Result => outcome::result(self, text, place),
            Part::ArtifactType => artifact::kind(self, text, place),
            Part::Hash => artifact::hash(self, text, place),
            Part::Url | Part::RepoUrl => address::url(self, expect, text, place),
            Part::Commit => commit::entry(self, text, place),
            Part::Theme => theme::entry(self, text, place),
            Part::TriggerType => trigger::kind(self, expect, text, place),
            Part::StageResult | Part::StageState => verdict::word(self, expect, text, place),
            Part::Plain
            | Part::Title
            | Part::Prose
            | Part::BuildNumber
            | Part::StartTime
            | Part::Duration
            | Part::Ci
            | Part::Cd
            | Part::Artifacts
            | Part::Commits
            | Part::Themes
            | Part::ModuleName
            | Part::StageId
            | Part::StageDuration
            | Part::ArtifactName
            | Part::Metadata
            | Part::ParameterValue => {}
        }
    }

    fn integer(&mut self, expect: Expect, number: &Number, place: &Place<'_>) {
        match (expect.part, number.as_i64()) {
            (Part::BuildNumber, whole) => identity::number(self, number, whole, place),
            (Part::StartTime, Some(n)) => moment::start(self, n, place),
            (Part::StartTime, None) => moment::fractional_start(self, expect, number, place),
            (Part::Duration, Some(n)) => moment::duration(self, n, place),
            (Part::StageDuration, Some(n)) => moment::stage_duration(self, n, place),
            (_, Some(_)) => {}
            (_, None) => structure::not_whole(self, expect, number, place),
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
