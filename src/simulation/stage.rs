//! Stages and steps: which of them SEI stores, and with which values.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::catalog::{FieldRole, RecordKind};
use crate::check::{Loss, quote, stored_length};
use crate::document::{Object, Pointer, Value};
use crate::text;

use super::finding::Findings;
use super::reading::{as_text, items, member, place};
use super::stored::StoredRun;

/// The fields of a stage or step, in the order of `StageFields`.
const FIELDS: [FieldRole; 7] = [
    FieldRole::StageId,
    FieldRole::StageName,
    FieldRole::StageDescription,
    FieldRole::StageResult,
    FieldRole::StageState,
    FieldRole::StageDuration,
    FieldRole::Steps,
];

/// For a shorter list of ids, comparing pairs is faster than a map.
const FEW: usize = 24;

/// The names of the fields, and how many characters of them SEI stores.
struct StageColumns {
    names: [&'static str; FIELDS.len()],
    stage: [usize; FIELDS.len()],
    step: [usize; FIELDS.len()],
}

/// The values of the fields of a stage or step; `None` for an absent or null field.
struct StageFields<'a> {
    id: Option<&'a Value>,
    name: Option<&'a Value>,
    description: Option<&'a Value>,
    result: Option<&'a Value>,
    state: Option<&'a Value>,
    duration: Option<&'a Value>,
    steps: &'a [Value],
}

impl StageColumns {
    fn new() -> Self {
        let limits = |kind| FIELDS.map(|role| stored_length(kind, Some(role)));
        Self {
            names: FIELDS.map(FieldRole::name),
            stage: limits(RecordKind::Stage),
            step: limits(RecordKind::Step),
        }
    }

    /// The fields of a stage or step in one pass; of equal keys, the last one counts.
    fn read<'a>(&self, object: &'a Object) -> StageFields<'a> {
        let mut values: [Option<&Value>; FIELDS.len()] = [None; FIELDS.len()];
        for (key, value) in object.iter() {
            let position = self.names.iter().position(|name| *name == key);
            if let Some(slot) = position.and_then(|position| values.get_mut(position)) {
                *slot = Some(value).filter(|value| **value != Value::Null);
            }
        }
        let [id, name, description, result, state, duration, steps] = values;
        let steps = steps.and_then(Value::as_array).unwrap_or_default();
        StageFields { id, name, description, result, state, duration, steps }
    }
}

impl StageFields<'_> {
    /// The id, unless it is blank.
    fn id(&self) -> Option<Cow<'_, str>> {
        self.id.and_then(as_text).filter(|id| !id.trim().is_empty())
    }

    /// The name in quotes, or other words.
    fn named(&self, otherwise: &str) -> String {
        let name = self.name.and_then(as_text).filter(|name| !name.trim().is_empty());
        name.map_or_else(|| otherwise.to_owned(), |name| quote(&name))
    }
}

/// Simulates the stages, and returns those before the first lost one; `is_kept` is false if another
/// part of the run makes SEI lose all of them.
pub(super) fn stages<'a>(
    found: &mut Findings,
    run: &'a Object,
    stored: &mut StoredRun,
    is_kept: bool,
) -> &'a [Value] {
    let tree = member(run, FieldRole::StageTree).and_then(|(key, tree)| Some((key, tree.as_object()?)));
    let Some((key, tree)) = tree else { return &[] };
    let list = place(&Pointer::root().key(key), tree, FieldRole::Stages);
    let sent = items(tree, FieldRole::Stages);
    let columns = StageColumns::new();
    let mut walk = StageWalk { found, columns: &columns, stored };
    walk.stored.stages_sent = sent.len();
    let mut ids = SeenIds::new(sent.len());
    let mut reached = 0;
    for (index, stage) in sent.iter().enumerate() {
        let fields = stage.as_object().map(|stage| columns.read(stage));
        walk.stored.steps_sent += fields.as_ref().map_or(0, |fields| fields.steps.len());
        // After a lost stage, only the sent steps are counted.
        if is_kept && reached == index && walk.stage(fields.as_ref(), (&list, index), &mut ids, sent.len()) {
            reached = index + 1;
        }
    }
    sent.get(..reached).unwrap_or_default()
}

/// The ids of a list so far, as SEI stores them.
struct SeenIds {
    few: Vec<(String, usize)>,
    many: Option<HashMap<String, usize>>,
}

impl SeenIds {
    fn new(count: usize) -> Self {
        Self { few: Vec::new(), many: (count > FEW).then(HashMap::new) }
    }

    /// The index of the first entry with this id, unless it is this entry.
    fn first(&mut self, id: &str, index: usize) -> Option<usize> {
        if let Some(many) = &mut self.many {
            let first = many.get(id).copied();
            if first.is_none() {
                many.insert(id.to_owned(), index);
            }
            return first;
        }
        let first = self.few.iter().find(|(other, _)| other == id).map(|(_, first)| *first);
        if first.is_none() {
            self.few.push((id.to_owned(), index));
        }
        first
    }
}

/// The state of the walk through the stages.
struct StageWalk<'w> {
    found: &'w mut Findings,
    columns: &'w StageColumns,
    stored: &'w mut StoredRun,
}

impl StageWalk<'_> {
    /// Simulates a stage; false if SEI loses it and all later stages.
    fn stage(
        &mut self,
        fields: Option<&StageFields<'_>>,
        (list, index): (&Pointer, usize),
        ids: &mut SeenIds,
        count: usize,
    ) -> bool {
        let at = || list.index(index);
        let fault = match fields {
            Some(fields) => self.fault(fields, &at),
            None => Some((at(), "stage-id-missing", "A stage is null".to_owned())),
        };
        if let Some((place, code, fault)) = fault {
            let message = format!("{fault}: {}.", rest_is_lost(count - index));
            self.found.lose(Loss::Stages, place, code, message);
            return false;
        }
        let Some(fields) = fields else { return false };
        let id = fields.id().unwrap_or_default();
        let limit = stored_length(RecordKind::Stage, Some(FieldRole::StageId));
        match ids.first(cut(&id, limit), index) {
            Some(first) => self.replaced("Stages", Loss::Stages, (first, index), &at),
            None => self.stored.stages += 1,
        }
        self.changes(RecordKind::Stage, fields, &at);
        self.steps(fields.steps, &at);
        true
    }

    /// Two stages or steps that SEI stores under one id.
    fn replaced(
        &mut self,
        word: &str,
        loss: Loss,
        (first, index): (usize, usize),
        at: &impl Fn() -> Pointer,
    ) {
        let message =
            format!("{word} {} and {} have the same stored id: SEI keeps one of them.", first + 1, index + 1);
        self.found.lose(loss, at().key(FieldRole::StageId.name()), "id-duplicate", message);
    }

    /// Why SEI cannot store a stage; a step without a duration makes it fail too.
    fn fault(
        &self,
        fields: &StageFields<'_>,
        at: &impl Fn() -> Pointer,
    ) -> Option<(Pointer, &'static str, String)> {
        if fields.id().is_none() {
            let fault = format!("{} has no id", fields.named("The stage"));
            return Some((at().key(FieldRole::StageId.name()), "stage-id-missing", fault));
        }
        let duration = FieldRole::StageDuration.name();
        let fault = |fields: &StageFields<'_>, at: Pointer, word: &str| {
            let fault = format!("{} has no {duration}", fields.named(word));
            (at.key(duration), "stage-duration-missing", fault)
        };
        if fields.duration.is_none() {
            return Some(fault(fields, at(), "The stage"));
        }
        fields.steps.iter().enumerate().find_map(|(index, step)| {
            let step = self.columns.read(step.as_object()?);
            let place = || at().key(FieldRole::Steps.name()).index(index);
            step.duration.is_none().then(|| fault(&step, place(), "A step"))
        })
    }

    /// Simulates the steps of a stored stage: a step without an id is lost alone.
    fn steps(&mut self, steps: &[Value], at: &impl Fn() -> Pointer) {
        let mut ids = SeenIds::new(steps.len());
        for (index, step) in steps.iter().enumerate() {
            let place = || at().key(FieldRole::Steps.name()).index(index);
            let fields = step.as_object().map(|step| self.columns.read(step));
            let id = fields.as_ref().and_then(StageFields::id);
            let (Some(fields), Some(id)) = (&fields, id) else {
                let name = fields.map_or_else(|| "A step".to_owned(), |fields| fields.named("A step"));
                let message = format!("{name} has no id: this step is lost.");
                let at = place().key(FieldRole::StageId.name());
                self.found.lose(Loss::Step, at, "stage-id-missing", message);
                continue;
            };
            match ids.first(&id, index) {
                Some(first) => self.replaced("Steps", Loss::Step, (first, index), &place),
                None => self.stored.steps += 1,
            }
            self.changes(RecordKind::Step, fields, &place);
        }
    }

    /// The values of a stage or step that SEI stores in another form.
    fn changes(&mut self, kind: RecordKind, fields: &StageFields<'_>, at: &impl Fn() -> Pointer) {
        let is_stage = kind == RecordKind::Stage;
        let limits = if is_stage { &self.columns.stage } else { &self.columns.step };
        let values = [fields.id, fields.name, fields.description, fields.result, fields.state];
        for ((role, limit), sent) in FIELDS.into_iter().zip(limits).zip(values) {
            let text = sent.and_then(Value::as_text).filter(|text| text.len() > *limit);
            if let (Some(text), Some(sent)) = (text, sent) {
                self.long(role, *limit, (text, sent), at);
            }
        }
        // How SEI stores a word that is too long is unknown.
        let limit = stored_length(kind, Some(FieldRole::StageResult));
        let fits = |word: &&str| cut(word, limit).len() == word.len();
        let word = fields.result.filter(|_| is_stage).and_then(Value::as_text).filter(fits);
        if let Some(word) = word.filter(|word| word.chars().any(char::is_lowercase)) {
            let place = at().key(FieldRole::StageResult.name());
            self.found.change(place, fields.result, word.to_uppercase(), "stored in upper case");
        }
    }

    /// A text that may have more characters than SEI stores.
    fn long(
        &mut self,
        role: FieldRole,
        limit: usize,
        (text, sent): (&str, &Value),
        at: &impl Fn() -> Pointer,
    ) {
        let stored = cut(text, limit);
        if stored.len() == text.len() {
            return;
        }
        let place = at().key(role.name());
        #[expect(clippy::wildcard_enum_match_arm, reason = "all other roles are names and descriptions")]
        let (code, message) = match role {
            FieldRole::StageResult | FieldRole::StageState => {
                let message =
                    format!("SEI stores at most {limit} characters of {}: {}.", role.name(), quote(text));
                return self.found.lose(Loss::Field, place, "word-long", message);
            }
            FieldRole::StageId => ("id-long", "an id"),
            _ => ("name-cut", role.name()),
        };
        let message = format!("SEI stores only the first {limit} characters of {message}: {}.", quote(text));
        self.found.lose(Loss::Field, place.clone(), code, message);
        self.found.change(place, Some(sent), stored, "cut");
    }
}

fn rest_is_lost(count: usize) -> String {
    match count {
        1 => "this stage is lost".to_owned(),
        more => {
            format!("this stage and {} are lost", text::count(more - 1, "later stage", "later stages"))
        }
    }
}

/// The first characters of a text.
pub(super) fn cut(text: &str, limit: usize) -> &str {
    if text.len() <= limit {
        return text;
    }
    text.char_indices().nth(limit).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}
