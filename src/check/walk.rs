//! The one walk over the document, along the catalog.
//!
//! The walk decides which rules check a value, and which fault hides other faults. The messages are
//! in the families. Values of unknown keys are not walked: the catalog has no information about
//! them.

mod list;

use std::sync::Arc;

use super::cache::StageCache;
use super::context::Context;
use super::excess::Excess;
use super::family::stage::Ids;
use super::family::{
    address, artifact, commit, identity, instance, job, job_value, kind, length, moment, naming, outcome,
    parameter, phase, previous_run, profile, secret, size, stage, stage_time, structure, text, theme,
    trigger, verdict,
};
use super::fields::Fields;
use super::place::{ValuePlace, WalkOrder};
use super::plan::{self, Expect, FieldPlan, RecordPlan};
use super::problem::Problem;
use super::report::Report;
use super::time_range::{TimeRange, TimeRanges};
use crate::catalog::{FieldRole, RecordKind, Shape, Spelling};
use crate::document::{Number, Object, Value};

/// The state of the walk.
struct Walk<'a> {
    report: Report<'a>,
    nodes: u32,
    cache: Option<StageCache>,
}

/// The current record, and its relation to the other records of its list.
#[derive(Clone, Copy)]
struct Here<'w, 'a> {
    fields: &'w Fields<'a>,
    peers: Peers<'w, 'a>,
}

/// The relation of a record to the other records of its list, for rules that compare them.
#[derive(Clone, Copy, Default)]
struct Peers<'w, 'a> {
    /// The ids of all stages or steps of the list, and the position of this one.
    ids: Option<(&'w Ids<'a>, usize)>,
    /// The position of the first record that this one repeats.
    first: Option<usize>,
}

/// All problems of a document, sorted by severity, loss and place; absent fields come before present
/// fields.
pub fn check(root: &Value, context: &Context) -> Vec<Problem> {
    run(root, context, None).0.into_iter().map(Arc::unwrap_or_clone).collect()
}

/// The same check with the cache of the previous check; returns the new cache too.
pub(super) fn again(root: &Value, context: &Context, cache: StageCache) -> (Vec<Arc<Problem>>, StageCache) {
    let (problems, cache) = run(root, context, Some(cache));
    (problems, cache.unwrap_or_default())
}

fn run(
    root: &Value,
    context: &Context,
    cache: Option<StageCache>,
) -> (Vec<Arc<Problem>>, Option<StageCache>) {
    let mut walk = Walk { report: Report::new(root, context), nodes: 0, cache };
    let place = ValuePlace::root();
    match (root, plan::run()) {
        (Value::Object(object), Some(plan)) => {
            walk.report.excess = Excess::of(root, object, walk.cache.as_ref().map(StageCache::size));
            walk.record(plan, object, &place, Peers::default());
        }
        (other, _) => structure::wrong_type_of_root(&mut walk.report, other, &place),
    }
    let mut found = walk.report.found;
    found.sort_by_key(|(order, problem)| (problem.rank(), *order));
    (found.into_iter().map(|(_, problem)| problem).collect(), walk.cache)
}

impl<'a> Walk<'a> {
    fn next(&mut self) -> WalkOrder {
        self.nodes = self.nodes.saturating_add(1);
        WalkOrder::present(self.nodes)
    }

    fn record(
        &mut self,
        plan: &'static RecordPlan,
        object: &'a Object,
        place: &ValuePlace<'_>,
        peers: Peers<'_, 'a>,
    ) {
        let mut fields = Fields::of(object, plan);
        let outer_times = self.enter(&fields);
        for (position, field) in plan.fields.iter().enumerate() {
            if fields.is_absent(position) {
                let absent = place.absent(&field.field.name, position);
                self.absent(Here { fields: &fields, peers }, field, &absent);
            }
        }
        for (index, (key, value)) in object.iter().enumerate() {
            let order = self.next();
            let here = place.key(key, order);
            if plan.kind == RecordKind::JobRun {
                size::too_large(&mut self.report, index, &here);
            }
            match plan.find(key) {
                Some((position, spelling)) if fields.is_present(index, position, spelling) => {
                    fields.note(position, order);
                    self.member(Here { fields: &fields, peers }, (position, spelling), value, &here);
                }
                Some(_) => {}
                None if plan.kind == RecordKind::Stage && key == stage::LOG => {
                    stage::stage_log_form(&mut self.report, value, &here);
                }
                None => structure::unknown_field(&mut self.report, &fields, index, &here),
            }
        }
        self.close(Here { fields: &fields, peers }, place);
        self.report.times = outer_times;
    }

    /// Sets the state for the rules inside a record; returns the times of the record around it.
    fn enter(&mut self, fields: &Fields<'a>) -> TimeRanges {
        let outer_times = self.report.times;
        match fields.plan.kind {
            RecordKind::JobRun => {
                self.report.times.own = TimeRange::of(fields);
                self.report.is_success = fields.text(FieldRole::Result).and_then(outcome::is_success);
                self.report.result_case = previous_run::case_of_job(self.report.context, fields);
            }
            RecordKind::Stage | RecordKind::Step => {
                self.report.times = TimeRanges { outer: outer_times.own, own: TimeRange::of(fields) };
            }
            RecordKind::Parameter => self.report.is_secret = secret::is_named(fields),
            RecordKind::Stages | RecordKind::Artifact | RecordKind::Trigger | RecordKind::PhaseEvent => {}
        }
        outer_times
    }

    /// Runs the rules that check more than one field of a record.
    fn close(&mut self, here: Here<'_, 'a>, place: &ValuePlace<'_>) {
        let fields = here.fields;
        let report = &mut self.report;
        match fields.plan.kind {
            RecordKind::JobRun => {
                naming::names_mixed(report, fields, place);
                instance::instance(report, fields, place);
                previous_run::run_already_sent(report, fields, place);
                previous_run::result_case(report, fields, place);
                job_value::value_blanked(report, fields, place);
                job_value::job_change_ignored(report, fields, place);
                job::job_name_varies(report, fields, place);
                profile::profile_excludes(report, fields, place);
                kind::ci_cd_artifacts(report, fields, place);
                phase::phase_kind(report, fields, place);
                phase::phase_split(report, fields, place);
                verdict::stage_contradicts_run(report, fields, place);
            }
            RecordKind::Stages => stage::job_run_empty(report, fields, place),
            RecordKind::Stage => {
                stage_time::stage_outside_run(report, fields, place);
                verdict::stage_contradicts_run(report, fields, place);
            }
            RecordKind::Step => stage_time::stage_outside_run(report, fields, place),
            RecordKind::Artifact => {
                artifact::artifact_name_missing(report, fields, place);
                artifact::artifact_incomplete(report, fields, place);
                artifact::artifact_direction(report, fields, place);
                artifact::artifact_location(report, fields, place);
                artifact::image_reference(report, fields, place);
                if let Some(first) = here.peers.first {
                    artifact::artifact_duplicate(report, fields, first, place);
                }
            }
            RecordKind::Parameter => {
                parameter::param_incomplete(report, fields, place);
                if let Some(first) = here.peers.first {
                    parameter::param_duplicate(report, fields, first, place);
                }
            }
            RecordKind::Trigger => {
                trigger::trigger_incomplete(report, fields, place);
                trigger::trigger_number(report, fields, place);
                trigger::trigger_upstream(report, fields, place);
            }
            RecordKind::PhaseEvent => phase::phase_event(report, fields, place),
        }
    }

    /// Runs the rules for an absent or null field.
    fn absent(&mut self, here: Here<'_, 'a>, field: &FieldPlan, place: &ValuePlace<'_>) {
        let report = &mut self.report;
        match (field.field.role, field.field.required) {
            (Some(FieldRole::BuildNumber), _) => identity::build_number_missing(report, here.fields, place),
            (Some(FieldRole::Ci), _) => kind::ci_cd_missing(report, here.fields, place),
            (Some(FieldRole::StageId), _) => {
                stage::stage_id_missing(report, here.fields, here.peers.ids, place);
            }
            (Some(FieldRole::StageDuration), _) => stage::stage_duration_missing(report, here.fields, place),
            (Some(role), _) if artifact::is_identity(role) => {}
            (_, false) => {}
            (_, true) => structure::missing_field(report, here.fields, field.field, place),
        }
    }

    fn member(
        &mut self,
        here: Here<'_, 'a>,
        (position, spelling): (usize, Spelling),
        value: &'a Value,
        place: &ValuePlace<'_>,
    ) {
        let Some(field) = here.fields.plan.fields.get(position) else { return };
        if spelling == Spelling::Legacy {
            naming::names(&mut self.report, here.fields, position, place);
        }
        if !here.fields.counts(position, spelling) {
            return;
        }
        let (shape, role, limit) = (&field.field.shape, field.field.role, field.limit);
        let expect = Expect { field: field.field, shape, role, entry: false, limit };
        let is_blank = value.as_text().is_some_and(is_blank);
        match (value, role) {
            (Value::Null, _) => self.absent(here, field, place),
            (_, Some(FieldRole::StageId)) if is_blank => {
                stage::stage_id_missing(&mut self.report, here.fields, here.peers.ids, place);
            }
            (_, Some(role)) if is_blank && artifact::is_identity(role) => {}
            _ if is_blank && field.field.required && *expect.shape == Shape::Text => {
                structure::blank_value(&mut self.report, here.fields, field.field, place);
            }
            (Value::Text(id), Some(FieldRole::StageId)) => {
                stage::id_duplicate(&mut self.report, id, here.peers.ids, place);
                self.value(expect, value, place);
            }
            (Value::Bool(ci), Some(FieldRole::Ci)) => {
                kind::ci_cd_both(&mut self.report, here.fields, *ci, place);
            }
            _ => self.value(expect, value, place),
        }
    }

    fn value(&mut self, expect: Expect, value: &'a Value, place: &ValuePlace<'_>) {
        match (expect.shape, value) {
            (_, Value::Text(text)) if !text::may_continue(&mut self.report, expect, text, place) => {}
            (Shape::Text, Value::Text(text)) => self.text(expect, text.trim(), place),
            (Shape::Integer, Value::Number(number)) => self.integer(expect, number, place),
            (Shape::Boolean, Value::Bool(_)) => {}
            (Shape::List(shape), Value::Array(values)) => self.list(expect, shape, values, place),
            (Shape::Record(id), Value::Object(object)) => {
                if let Some(plan) = plan::plan(*id) {
                    self.record(plan, object, place, Peers::default());
                }
            }
            (Shape::Map, Value::Object(object)) => self.map(expect, object, place),
            (Shape::Text, Value::Number(_) | Value::Bool(_))
                if expect.role == Some(FieldRole::ParameterValue) =>
            {
                parameter::param_text(&mut self.report, value, place);
            }
            (Shape::Text, Value::Number(_)) if expect.role == Some(FieldRole::ModuleName) => {
                text::module_name_type(&mut self.report, value, place);
            }
            _ => structure::wrong_type(&mut self.report, expect, value, place),
        }
    }

    fn text(&mut self, expect: Expect, text: &str, place: &ValuePlace<'_>) {
        let report = &mut self.report;
        if !length::fits(report, expect, text, place) {
            return;
        }
        match expect.role {
            Some(FieldRole::InstanceGuid) => identity::guid(report, text, place),
            Some(FieldRole::Result) => outcome::result_word(report, text, place),
            Some(FieldRole::StageStart) => stage_time::stage_start_form(report, text, place),
            Some(FieldRole::ArtifactType) => artifact::artifact_type(report, text, place),
            Some(FieldRole::ArtifactQualifier) => artifact::qualifier_mutable(report, text, place),
            Some(FieldRole::ArtifactHash) => artifact::hash_form(report, text, place),
            Some(FieldRole::InstanceUrl | FieldRole::RunUrl | FieldRole::RepositoryUrl) => {
                address::url_form(report, expect, text, place);
            }
            // Only the entries of the list are texts here.
            Some(FieldRole::Commits) => {
                commit::commit_form(report, text, place);
                commit::commit_duplicate(report, text, place);
            }
            Some(FieldRole::Themes) => theme::theme_form(report, text, place),
            Some(FieldRole::TriggerType) => trigger::trigger_type(report, expect, text, place),
            Some(FieldRole::StageResult | FieldRole::StageState) => {
                verdict::stage_word(report, expect, text, place);
            }
            _ => {}
        }
    }

    fn integer(&mut self, expect: Expect, number: &Number, place: &ValuePlace<'_>) {
        let report = &mut self.report;
        match (expect.role, number.as_i64()) {
            (Some(FieldRole::BuildNumber), whole) => {
                identity::build_number_range(report, number, whole, place);
            }
            (Some(FieldRole::StartTime | FieldRole::PhaseEnd), Some(n)) => moment::start(report, n, place),
            (Some(FieldRole::StartTime | FieldRole::PhaseEnd), None) => {
                moment::fractional_start(report, expect, number, place);
            }
            (Some(FieldRole::Duration), Some(n)) => moment::duration(report, n, place),
            (Some(FieldRole::StageDuration), Some(n)) => moment::stage_duration(report, n, place),
            (_, Some(_)) => {}
            (_, None) => structure::wrong_type_of_number(report, expect, number, place),
        }
    }

    fn map(&mut self, expect: Expect, object: &'a Object, place: &ValuePlace<'_>) {
        for (index, (key, value)) in object.iter().enumerate() {
            let here = place.key(key, self.next());
            if expect.role != Some(FieldRole::ArtifactMetadata) || object.position(key) != Some(index) {
                continue;
            }
            if let Value::Text(text) = value {
                text::may_continue(&mut self.report, Expect { entry: true, ..expect }, text, &here);
            } else {
                artifact::metadata_text(&mut self.report, value, &here);
            }
        }
    }
}

/// Whether a text has only spaces; the first byte decides for most texts.
fn is_blank(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text.trim().is_empty()
}
