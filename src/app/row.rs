//! The rows of each tab, derived from the document: fields, folded items, buttons, problems.
//!
//! The form shows any document: a field of an unexpected shape and an undocumented key get their
//! own rows.

use std::collections::HashSet;

use crate::app::Action;
use crate::catalog::{Field, FieldRole, Group, Record, RecordId, Shape, Spelling, Widget, catalog};
use crate::document::{Pointer, Value};

pub mod part;
pub mod summary;

/// The tabs of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tab {
    /// The instance: GUID, name, URL, and actions to get them.
    Instance,
    /// The run itself.
    Run,
    /// Stages and their steps.
    Stages,
    /// Artifacts, parameters, triggers.
    Artifacts,
    /// The check list, and sending.
    Send,
}

impl Tab {
    /// All tabs, left to right.
    pub const ALL: [Self; 5] = [Self::Instance, Self::Run, Self::Stages, Self::Artifacts, Self::Send];

    /// The label.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Instance => "Instance",
            Self::Run => "Job run",
            Self::Stages => "Stages",
            Self::Artifacts => "Artifacts",
            Self::Send => "Send",
        }
    }

    /// The short label.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Instance => "Inst",
            Self::Run => "Run",
            Self::Stages | Self::Send => self.title(),
            Self::Artifacts => "Artif",
        }
    }

    /// Its position, from 0.
    pub fn position(self) -> usize {
        Self::ALL.iter().position(|tab| *tab == self).unwrap_or_default()
    }

    /// The tab that edits a place in the document.
    pub fn of(at: &Pointer) -> Self {
        let Some(first) = at.words().next() else { return Self::Run };
        match catalog().run().field(&first) {
            Some((field, _)) => Self::of_group(field.group),
            None => Self::Run,
        }
    }

    const fn of_group(group: Group) -> Self {
        match group {
            Group::Instance => Self::Instance,
            Group::Run => Self::Run,
            Group::Stages => Self::Stages,
            Group::Artifacts => Self::Artifacts,
        }
    }
}

/// The kind of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// A documented field.
    Field,
    /// CI or CD, the two booleans as one choice.
    Kind,
    /// An undocumented key, or a value of an unexpected shape, as JSON.
    Other,
    /// A stage, step, artifact, parameter or trigger.
    Item(RecordId),
    /// The row that adds an item.
    Add(RecordId),
    /// A heading, which takes no focus.
    Heading(&'static str),
    /// The integration id, which is not part of the payload.
    Integration,
    /// A button.
    Button(Action),
    /// A problem of the check list, by its index.
    Problem(usize),
}

/// The size of the check list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckListSize {
    /// Whether there is unparsed text, which comes first.
    pub is_unparsed: bool,
    /// Whether a line says where the run counts.
    pub counts: bool,
    /// The number of problems of the document.
    pub problems: usize,
}

/// One row of a tab.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FormRow {
    /// The place in the document it shows.
    pub at: Pointer,
    /// Its kind.
    pub role: Role,
    /// The indent level.
    pub depth: u16,
}

impl FormRow {
    fn new(at: Pointer, role: Role, depth: u16) -> Self {
        Self { at, role, depth }
    }

    /// Whether it can have the focus.
    pub const fn takes_focus(&self) -> bool {
        !matches!(self.role, Role::Heading(_))
    }

    /// Whether this row adds items to the list at this place, or to the list of the object at this
    /// place.
    pub fn adds_to(&self, at: &Pointer) -> bool {
        let list = self.at.parent().filter(|_| matches!(self.role, Role::Add(_)));
        list.is_some_and(|list| {
            let is_holder = |holder: Pointer| {
                holder == *at && holder.last().is_some_and(|token| token.as_index().is_none())
            };
            list == *at || list.parent().is_some_and(is_holder)
        })
    }

    /// The documented field it shows.
    pub fn field(&self) -> Option<&'static Field> {
        field_at(&self.at)
    }
}

/// The places of the two booleans `ci` and `cd`, which share a row.
pub fn kind_places() -> [Pointer; 2] {
    [FieldRole::Ci, FieldRole::Cd].map(|role| Pointer::root().key(role.name()))
}

/// The place of a field of the run, under the name used in the document.
pub fn place_of(root: &Value, role: FieldRole) -> Pointer {
    let here = Pointer::root().key(role.name());
    field_at(&here).map_or(here, |field| place(&Pointer::root(), field, root))
}

/// The value of a field of the run, under either name.
pub fn value_of(root: &Value, role: FieldRole) -> Option<&Value> {
    let object = root.as_object()?;
    role.names().find_map(|name| object.get(name))
}

/// The documented field at a place, under either spelling.
pub fn field_at(at: &Pointer) -> Option<&'static Field> {
    let words: Vec<_> = at.words().collect();
    catalog().field(words.iter().map(AsRef::as_ref))
}

/// The rows of a tab.
#[expect(clippy::implicit_hasher, reason = "one set, made in one place")]
pub fn rows(tab: Tab, root: &Value, open: &HashSet<Pointer>, listed: CheckListSize) -> Vec<FormRow> {
    let mut build = RowBuilder { rows: Vec::new(), root, open };
    match tab {
        Tab::Instance => build.instance(),
        Tab::Run => build.run(),
        Tab::Stages => build.stages(),
        Tab::Artifacts => build.artifacts(),
        Tab::Send => build.send(listed),
    }
    build.rows
}

struct RowBuilder<'a> {
    rows: Vec<FormRow>,
    root: &'a Value,
    open: &'a HashSet<Pointer>,
}

impl RowBuilder<'_> {
    fn add(&mut self, at: Pointer, role: Role, depth: u16) {
        self.rows.push(FormRow::new(at, role, depth));
    }

    fn instance(&mut self) {
        let root = Pointer::root();
        for field in in_group(catalog().run(), Group::Instance) {
            self.field(&root, field, self.root, 0);
        }
        self.add(root.clone(), Role::Heading("Get a GUID"), 0);
        self.add(root.clone(), Role::Integration, 0);
        self.add(root.clone(), Role::Button(Action::GenerateGuid), 0);
        self.add(root.clone(), Role::Button(Action::RandomGuid), 0);
        self.add(root, Role::Button(Action::ChooseInstance), 0);
    }

    fn run(&mut self) {
        let root = Pointer::root();
        let fields = || in_group(catalog().run(), Group::Run);
        for field in fields().filter(|field| !field.expert) {
            self.field(&root, field, self.root, 0);
        }
        self.add(root.clone(), Role::Heading("Rarely needed"), 0);
        for field in fields().filter(|field| field.expert) {
            self.field(&root, field, self.root, 0);
        }
        self.others(&root, catalog().run(), self.root, 0);
    }

    fn stages(&mut self) {
        let root = Pointer::root();
        for field in in_group(catalog().run(), Group::Stages) {
            let at = place(&root, field, self.root);
            let Shape::Record(id) = field.shape else { continue };
            let nothing = Value::empty_object();
            match self.root.get(&at) {
                None | Some(Value::Null) => self.members(&at, id, &nothing, 0),
                Some(value @ Value::Object(_)) => self.members(&at, id, value, 0),
                Some(_) => self.add(at, Role::Other, 0),
            }
        }
    }

    fn artifacts(&mut self) {
        let root = Pointer::root();
        for field in in_group(catalog().run(), Group::Artifacts) {
            self.add(Pointer::root().key(&field.name), Role::Heading(field.label.as_str()), 0);
            self.field(&root, field, self.root, 0);
        }
    }

    fn send(&mut self, listed: CheckListSize) {
        let root = Pointer::root();
        self.add(root.clone(), Role::Button(Action::ChooseEnvironment), 0);
        self.add(root.clone(), Role::Button(Action::EnterKey), 0);
        self.add(root.clone(), Role::Button(Action::Send), 0);
        self.add(root.clone(), Role::Button(Action::ShowReply), 0);
        self.add(
            root.clone(),
            Role::Heading(if listed.problems > 0 { "Check list: loss, problem" } else { "Check list" }),
            0,
        );
        if listed.is_unparsed {
            self.add(root.clone(), Role::Button(Action::EditJson), 0);
        }
        if listed.counts {
            self.add(root.clone(), Role::Button(Action::ShowSimulation), 0);
        }
        for index in 0..listed.problems {
            self.add(root.clone(), Role::Problem(index), 0);
        }
    }

    /// All fields of a record, the rarely needed ones last, then all other keys.
    fn members(&mut self, at: &Pointer, id: RecordId, value: &Value, depth: u16) {
        let record = catalog().record(id);
        for expert in [false, true] {
            for field in record.fields.iter().filter(|field| field.expert == expert) {
                self.field(at, field, value, depth);
            }
        }
        self.others(at, record, value, depth);
    }

    /// One field; a list of records becomes its items.
    fn field(&mut self, parent: &Pointer, field: &'static Field, holder: &Value, depth: u16) {
        if field.widget == Widget::Kind {
            // The two booleans share the row of the first.
            if field.role == Some(FieldRole::Ci) {
                self.add(parent.key(&field.name), Role::Kind, depth);
            }
            return;
        }
        let at = place(parent, field, holder);
        if let Shape::List(of) = &field.shape
            && let Shape::Record(id) = **of
        {
            match value_in(holder, &at) {
                None | Some(Value::Null) => self.items(&at, id, &[], depth),
                Some(Value::Array(items)) => self.items(&at, id, items, depth),
                Some(_) => self.add(at, Role::Other, depth),
            }
            return;
        }
        self.add(at, Role::Field, depth);
    }

    fn items(&mut self, at: &Pointer, id: RecordId, items: &[Value], depth: u16) {
        for (index, item) in items.iter().enumerate() {
            let here = at.index(index);
            let Value::Object(_) = item else {
                self.add(here, Role::Other, depth);
                continue;
            };
            let is_open = self.open.contains(&here);
            self.add(here.clone(), Role::Item(id), depth);
            if is_open {
                self.members(&here, id, item, depth + 1);
            }
        }
        self.add(at.index(items.len()), Role::Add(id), depth);
    }

    /// Undocumented keys, and the legacy name of a field that has both names.
    fn others(&mut self, at: &Pointer, record: &Record, value: &Value, depth: u16) {
        let Value::Object(object) = value else { return };
        for key in object.keys() {
            let is_shown = match record.field(key) {
                None => false,
                Some((_, Spelling::Current)) => true,
                Some((field, Spelling::Legacy)) => !object.contains(&field.name),
            };
            if !is_shown {
                self.add(at.key(key), Role::Other, depth);
            }
        }
    }
}

fn in_group(record: &Record, group: Group) -> impl Iterator<Item = &Field> {
    record.fields.iter().filter(move |field| field.group == group)
}

/// The place of a field: under its legacy name if only that is present.
pub fn place(parent: &Pointer, field: &Field, holder: &Value) -> Pointer {
    if let (Some(legacy), Value::Object(object)) = (&field.legacy, holder)
        && !object.contains(&field.name)
        && object.contains(legacy)
    {
        return parent.key(legacy);
    }
    parent.key(&field.name)
}

fn value_in<'a>(holder: &'a Value, at: &Pointer) -> Option<&'a Value> {
    holder.get(&Pointer::root().with(at.last()?.clone()))
}
