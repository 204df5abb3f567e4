//! The members of an object as fields of a record: the member of each field.
//!
//! Of equal keys, the last counts, as for the server. Of two names of a field, the current name
//! counts unless its value is null. Nothing is allocated, because every record of the document has
//! a `Fields`.

use super::place::{ValuePlace, WalkOrder};
use super::plan::RecordPlan;
use crate::catalog::{FieldRole, Spelling};
use crate::document::{Object, Value};

/// More than the fields of any record: fields beyond it would never be reported as absent.
const CAPACITY: usize = 48;

pub(super) struct Fields<'a> {
    pub(super) object: &'a Object,
    pub(super) plan: &'static RecordPlan,
    slots: [FieldSlot; CAPACITY],
}

#[derive(Clone, Copy)]
struct FieldSlot {
    current: u32,
    legacy: u32,
    order: WalkOrder,
}

const ABSENT: u32 = u32::MAX;

const EMPTY: FieldSlot = FieldSlot { current: ABSENT, legacy: ABSENT, order: WalkOrder::present(0) };

impl FieldSlot {
    const fn index(self, spelling: Spelling) -> Option<usize> {
        let index = match spelling {
            Spelling::Current => self.current,
            Spelling::Legacy => self.legacy,
        };
        if index == ABSENT { None } else { Some(index as usize) }
    }
}

impl<'a> Fields<'a> {
    pub(super) fn of(object: &'a Object, plan: &'static RecordPlan) -> Self {
        let mut slots = [EMPTY; CAPACITY];
        for (index, (key, _)) in (0_u32..).zip(object.iter()) {
            let found = plan.find(key);
            if let Some((slot, spelling)) =
                found.and_then(|(p, spelling)| Some((slots.get_mut(p)?, spelling)))
            {
                match spelling {
                    Spelling::Current => slot.current = index,
                    Spelling::Legacy => slot.legacy = index,
                }
            }
        }
        Self { object, plan, slots }
    }

    fn slot(&self, position: usize) -> FieldSlot {
        self.slots.get(position).copied().unwrap_or(EMPTY)
    }

    /// Whether the field is absent under both of its names.
    pub(super) fn is_absent(&self, position: usize) -> bool {
        let slot = self.slot(position);
        slot.current == ABSENT && slot.legacy == ABSENT
    }

    /// Whether the member at an index is the last one with its key.
    pub(super) fn is_present(&self, index: usize, position: usize, spelling: Spelling) -> bool {
        self.slot(position).index(spelling) == Some(index)
    }

    /// Whether the value under this name is the value of the field.
    pub(super) fn counts(&self, position: usize, spelling: Spelling) -> bool {
        self.spelling(position) == Some(spelling)
    }

    fn spelling(&self, position: usize) -> Option<Spelling> {
        match (self.under(position, Spelling::Current), self.under(position, Spelling::Legacy)) {
            (Some(Value::Null) | None, Some(_)) => Some(Spelling::Legacy),
            (Some(_), _) => Some(Spelling::Current),
            (None, None) => None,
        }
    }

    /// The value under one of the field's names.
    pub(super) fn under(&self, position: usize, spelling: Spelling) -> Option<&'a Value> {
        let index = self.slot(position).index(spelling)?;
        self.object.entry(index).map(|(_, value)| value)
    }

    /// The value of the field, under either name.
    pub(super) fn value(&self, position: usize) -> Option<&'a Value> {
        self.under(position, self.spelling(position)?)
    }

    /// The value of the field with a role.
    pub(super) fn role(&self, role: FieldRole) -> Option<&'a Value> {
        self.value(self.plan.role(role)?)
    }

    /// The text of the field with a role, trimmed; `None` when it is absent, blank or not a text.
    pub(super) fn text(&self, role: FieldRole) -> Option<&'a str> {
        self.role(role)?.as_text().map(str::trim).filter(|text| !text.is_empty())
    }

    /// The place of the field with a role, also if absent; call it after the walk of the record.
    pub(super) fn at<'p>(&self, role: FieldRole, record: &'p ValuePlace<'p>) -> Option<ValuePlace<'p>>
    where
        'a: 'p,
    {
        self.place(self.plan.role(role)?, record)
    }

    /// Records the position of the field in the walk.
    pub(super) fn note(&mut self, position: usize, order: WalkOrder) {
        if let Some(slot) = self.slots.get_mut(position) {
            slot.order = order;
        }
    }

    /// The place of the field in the record, also if absent; call it after the walk of the record.
    pub(super) fn place<'p>(&self, position: usize, record: &'p ValuePlace<'p>) -> Option<ValuePlace<'p>>
    where
        'a: 'p,
    {
        let name = self.plan.fields.get(position)?.field.name.as_str();
        Some(match self.slot(position).index(self.spelling(position).unwrap_or(Spelling::Current)) {
            Some(index) => record.key(self.object.entry(index)?.0, self.slot(position).order),
            None => record.absent(name, position),
        })
    }
}
