//! The members of an object as fields of a record: which member stands for which field.
//!
//! Of equal keys the last stands, as it does for the server; of two names of a field the current one counts unless it
//! is null. Nothing is allocated, since this is made for every record of the document.

use super::place::{ValuePlace, WalkOrder};
use super::plan::RecordPlan;
use crate::catalog::{FieldRole, Spelling};
use crate::document::{Object, Value};

/// More fields than any record has: those beyond would never be found absent.
const MOST: usize = 48;

pub(super) struct Fields<'a> {
    pub(super) object: &'a Object,
    pub(super) plan: &'static RecordPlan,
    slots: [FieldSlot; MOST],
}

#[derive(Clone, Copy)]
struct FieldSlot {
    current: u32,
    legacy: u32,
    order: WalkOrder,
}

const NOWHERE: u32 = u32::MAX;

const EMPTY: FieldSlot = FieldSlot { current: NOWHERE, legacy: NOWHERE, order: WalkOrder::present(0) };

impl FieldSlot {
    const fn index(self, spelling: Spelling) -> Option<usize> {
        let index = match spelling {
            Spelling::Current => self.current,
            Spelling::Legacy => self.legacy,
        };
        if index == NOWHERE { None } else { Some(index as usize) }
    }
}

impl<'a> Fields<'a> {
    pub(super) fn of(object: &'a Object, plan: &'static RecordPlan) -> Self {
        let mut slots = [EMPTY; MOST];
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

    /// Whether the field stands under neither of its names.
    pub(super) fn is_absent(&self, position: usize) -> bool {
        let slot = self.slot(position);
        slot.current == NOWHERE && slot.legacy == NOWHERE
    }

    /// Whether the member is not outdone by a later one of the same key.
    pub(super) fn is_present(&self, index: usize, position: usize, spelling: Spelling) -> bool {
        self.slot(position).index(spelling) == Some(index)
    }

    /// Whether the value under this name is the one of the field.
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

    /// The value of the field, whichever name it stands under.
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

    /// The place of the field with a role, absent or not; the walk must have been through the record.
    pub(super) fn at<'p>(&self, role: FieldRole, record: &'p ValuePlace<'p>) -> Option<ValuePlace<'p>>
    where
        'a: 'p,
    {
        self.place(self.plan.role(role)?, record)
    }

    /// Remembers where the walk met the field.
    pub(super) fn note(&mut self, position: usize, order: WalkOrder) {
        if let Some(slot) = self.slots.get_mut(position) {
            slot.order = order;
        }
    }

    /// The place of the field in the record, absent or not; the walk must have been through the record.
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
