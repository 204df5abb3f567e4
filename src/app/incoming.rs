//! What is about to come in from elsewhere: what was found in a text, and which parts of it are to be taken.

use std::borrow::Cow;

use crate::app::comparison::Told;
use crate::app::message::Pasted;
use crate::app::model::{Choosable, Model};
use crate::document::{Change, Pointer, Value};
use crate::import::{FoundKey, Imported, told, unknown_base};
use crate::text;
use crate::wire::Secret;

/// Fields that tie a run to its instance: what comes in without them does not take them away.
const INSTANCE: [&str; 6] = [
    "instance_guid",
    "instance_name",
    "instance_url",
    "jenkins_instance_guid",
    "jenkins_instance_name",
    "jenkins_instance_url",
];

/// Something read, before it is taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// What it is, with its article.
    pub noun: String,
    /// How it was read: repairs and notes, a sentence each.
    pub told: Vec<String>,
    /// What can be taken.
    pub parts: Vec<Part>,
    /// The focused part.
    pub focus: usize,
    /// How many rows above it somebody went on, to read the notes.
    pub raised: usize,
    /// The whole document that came, for when all of it is taken.
    pub document: Value,
    /// The text itself, to be typed into the field after all.
    pub source: Pasted,
}

/// One thing that can be taken or left.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it is.
    pub what: What,
    /// The change it makes, in words.
    pub told: Told,
    /// Whether it is to be taken.
    pub is_wanted: bool,
}

/// What a part is.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The environment, by its position.
    Environment(usize),
    /// The integration id.
    Integration(String),
    /// A key, for this session.
    Key(Secret),
    /// A field of the run, and its new value if it is to have one.
    Field(Pointer, Option<Value>),
}

impl Incoming {
    /// What an import would change in the model.
    pub fn new(model: &Model, imported: Imported, source: Pasted) -> Self {
        let known = position_of(model, &imported);
        let mut notes: Vec<String> =
            told(&imported.repairs).into_iter().map(|line| format!("Repaired: {line}.")).collect();
        // An environment of the person's own may have the address.
        let is_news = |note: &&String| {
            known.is_none() || imported.base.as_ref().is_none_or(|base| unknown_base(base) != **note)
        };
        notes.extend(imported.notes.iter().filter(is_news).cloned());
        notes.extend(
            (imported.key == FoundKey::Placeholder)
                .then(|| "No key comes with it: a placeholder stands in its place.".to_owned()),
        );
        notes.extend(imported.dropped.iter().map(|what| format!("Left out: {what}.")));
        notes.extend(useless_key(model, &imported).map(|key| {
            format!(
                "Left out: a key for {}, which no environment here would send it to.",
                text::visible(&key.origin().to_string())
            )
        }));
        let mut parts = beside(model, &imported, known);
        let leaves_key = |part: &Part| matches!(part.what, What::Key(_)) && !part.is_wanted;
        if !model.settings.demo && parts.iter().any(leaves_key) {
            notes.push("The key is left: it came for another environment than the chosen one.".to_owned());
        }
        parts.extend(fields(model, &imported));
        Self {
            noun: imported.kind.noun().to_owned(),
            told: notes,
            parts,
            focus: 0,
            raised: 0,
            document: imported.document,
            source,
        }
    }

    /// Whether every field that came is wanted, and none stays that did not come.
    pub fn is_whole(&self) -> bool {
        let fields = |part: &&Part| matches!(part.what, What::Field(..));
        self.parts.iter().filter(fields).all(|part| part.is_wanted)
    }

    /// The rows of the notes above the parts, and one between, in so many columns, their words as they may be shown.
    pub fn notes<'t>(&'t self, columns: usize, shown: impl Fn(&'t str) -> Cow<'t, str>) -> Vec<String> {
        let words = |words: &'t String| text::wrap(&shown(words), columns.saturating_sub(2));
        let mut rows: Vec<String> = self.told.iter().flat_map(words).collect();
        if !rows.is_empty() {
            rows.push(String::new());
        }
        rows
    }

    /// The first row in sight, below so many rows of notes and with so much room.
    pub fn top(&self, notes: usize, room: usize) -> usize {
        self.top_at_focus(notes, room).saturating_sub(self.raised)
    }

    /// The first row in sight where the focused part is to be.
    fn top_at_focus(&self, notes: usize, room: usize) -> usize {
        let rows = notes + self.parts.len();
        (notes + self.focus + 2).saturating_sub(room).min(rows.saturating_sub(room))
    }

    /// Marks or unmarks the focused part.
    pub(crate) fn toggle(&mut self) {
        self.raised = 0;
        if let Some(part) = self.parts.get_mut(self.focus) {
            part.is_wanted = !part.is_wanted;
            let (is_wanted, is_place) = (part.is_wanted, matches!(part.what, What::Environment(_)));
            // A key goes with its environment.
            for key in self.parts.iter_mut().filter(|part| is_place && matches!(part.what, What::Key(_))) {
                key.is_wanted = is_wanted;
            }
        }
    }

    /// Marks all parts, or none where all are marked.
    pub(crate) fn toggle_all(&mut self) {
        let all = self.parts.iter().all(|part| part.is_wanted);
        for part in &mut self.parts {
            part.is_wanted = !all;
        }
    }

    /// Moves the focus up by so many parts; beyond the first, goes on to the notes, which take so many rows.
    pub(crate) fn up(&mut self, by: usize, (notes, room): (usize, usize)) {
        let parts = by.min(self.focus);
        self.focus -= parts;
        self.raised = (self.raised + by - parts).min(self.top_at_focus(notes, room));
    }

    /// Comes back from the notes, then moves the focus down by so many parts in all.
    pub(crate) fn down(&mut self, by: usize) {
        let rows = by.min(self.raised);
        self.raised -= rows;
        self.focus = (self.focus + by - rows).min(self.parts.len().saturating_sub(1));
    }
}

/// The environment here that an import names, by its id or by its address.
fn position_of(model: &Model, imported: &Imported) -> Option<usize> {
    model.sending.environments.iter().position(|choosable| {
        let environment = &choosable.environment;
        Some(&environment.id) == imported.environment.as_ref()
            || imported.base.as_ref().is_some_and(|base| base.trim_end_matches('/') == environment.base)
    })
}

/// The key of an import, where no environment here is at the place that it belongs to.
fn useless_key(model: &Model, imported: &Imported) -> Option<Secret> {
    let FoundKey::Given(key) = &imported.key else { return None };
    let is_of_use = |known: &Choosable| key.belongs_to(&known.environment.run_url());
    (!model.sending.environments.iter().any(is_of_use)).then(|| key.clone())
}

/// What an import brings beside the payload.
fn beside(model: &Model, imported: &Imported, known: Option<usize>) -> Vec<Part> {
    let mut parts = Vec::new();
    let word = |what: &str, gone: Option<String>, come: String| Told {
        place: what.to_owned(),
        gone,
        come: Some(come),
    };
    let label = |position: usize| {
        model.sending.environments.get(position).map(|known| known.environment.label.clone())
    };
    // A host may have several environments: a key for one of them is not for the others.
    let mut is_there = known.is_some() || imported.base.is_none();
    match known {
        Some(position) if position != model.sending.environment => parts.push(Part {
            what: What::Environment(position),
            told: word("environment", label(model.sending.environment), label(position).unwrap_or_default()),
            // A demo stays on its sandbox and a draft where it was, and nobody gets into a protected one unawares.
            is_wanted: !model.settings.demo
                && model.draft.file.name.is_none()
                && !is_protected(model, position),
        }),
        Some(_) | None => {}
    }
    is_there &= parts.iter().all(|part| part.is_wanted);
    if let Some(id) = imported.integration.as_ref().filter(|id| **id != model.draft.integration) {
        let gone = Some(model.draft.integration.clone()).filter(|old| !old.is_empty());
        let told = word("integration id", gone, id.clone());
        parts.push(Part { what: What::Integration(id.clone()), told, is_wanted: true });
    }
    if let (FoundKey::Given(key), None) = (&imported.key, useless_key(model, imported)) {
        let told =
            word("key", None, format!("for this session, for {}", text::visible(&key.origin().to_string())));
        parts.push(Part { what: What::Key(key.clone()), told, is_wanted: is_there && !model.settings.demo });
    }
    parts
}

fn is_protected(model: &Model, position: usize) -> bool {
    model.sending.environments.get(position).is_some_and(|known| known.environment.protected)
}

/// The fields that would change.
fn fields(model: &Model, imported: &Imported) -> Vec<Part> {
    let old = model.document.value();
    let (Some(before), Some(after)) = (old.as_object(), imported.document.as_object()) else {
        return Vec::new();
    };
    let part = |key: &str, new: Option<&Value>, is_wanted: bool| {
        let at = Pointer::root().key(key);
        let change = Change { at: at.clone(), old: before.get(key).cloned(), new: new.cloned() };
        Part { what: What::Field(at, new.cloned()), told: Told::of(&change), is_wanted }
    };
    let is_again = !model.draft.file.origins().is_empty();
    let comes = after.keys().filter(|key| before.get(key) != after.get(key)).map(|key| {
        // What a person has typed since the last import is theirs.
        let is_theirs = is_again && before.contains(key) && model.origin(key).is_none();
        part(key, after.get(key), !is_theirs)
    });
    let mut parts: Vec<Part> = comes.collect();
    if imported.kind.holds_run() {
        let goes = before.keys().filter(|key| !after.contains(key));
        let is_whole = imported.kind.is_whole() && !is_again;
        parts.extend(goes.map(|key| part(key, None, is_whole && !INSTANCE.contains(&key))));
    }
    parts
}
