//! The clickable parts of a row and their columns, for drawing and for the mouse.

use std::ops::Range;

use super::{FormRow, Role};
use crate::app::entry::{self, FieldEntry};
use crate::app::{Action, Model};
use crate::catalog::{RecordId, catalog};
use crate::text;

/// The columns of a label, including the star.
pub const LABEL: usize = 18;

/// The columns at the right end of a row for the mark.
pub const MARK: usize = 3;

/// The columns of a radio button, for all symbol sets.
const RADIO: usize = 3;

/// A clickable part of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowPart {
    /// An option of the kind.
    Kind(&'static str),
    /// The arrow before a choice.
    Before,
    /// The arrow after a choice.
    After,
    /// The button, or the text that adds an item.
    Button,
}

impl FormRow {
    /// The column of the label, after the focus mark and the indent.
    pub fn label_column(&self) -> usize {
        2 + 2 * usize::from(self.depth)
    }

    /// The column of the value.
    pub fn value_column(&self) -> usize {
        self.label_column() + LABEL + 1
    }
}

/// The options of the kind, each with its columns relative to the value.
pub fn kind_options() -> [(&'static str, Range<usize>); 3] {
    let mut start = 0;
    ["CI", "CD", "unset"].map(|kind| {
        let columns = start..start + RADIO + 1 + kind.len();
        start = columns.end + 2;
        (kind, columns)
    })
}

/// The columns of the arrows around the text of a choice, relative to the value.
pub fn arrows(shown: &str) -> [usize; 2] {
    [0, text::width(shown) + 3]
}

/// The text of the row that adds an item.
pub fn add_words(id: RecordId) -> String {
    format!("+ add {}", text::with_article(&catalog().record(id).noun))
}

impl Model {
    /// The text between the arrows of a choice; `None` for a row without arrows.
    pub fn choice_text(&self, row: &FormRow, is_focused: bool) -> Option<String> {
        let is_edited = is_focused && self.form.editor.as_ref().is_some_and(|field| !field.fresh);
        let entry = self.entry_of(row).filter(|_| row.role != Role::Kind && !is_edited)?;
        if !matches!(entry, FieldEntry::Choice | FieldEntry::Toggle) {
            return None;
        }
        match self.value_of(row) {
            Some(value) => Some(text::visible(&entry::shown(entry, value)).into_owned()),
            None => is_focused.then(|| "unset".to_owned()),
        }
    }

    /// The label of a button.
    pub fn button_words(&self, action: Action) -> String {
        let environment = || {
            let label = self.chosen().map_or("", |chosen| chosen.environment.label.as_str());
            text::visible(label).into_owned()
        };
        #[expect(clippy::wildcard_enum_match_arm, reason = "any action can be a button")]
        match action {
            Action::ChooseEnvironment => "Environment".to_owned(),
            Action::EnterKey => "API key".to_owned(),
            Action::Send => "Review and send".to_owned(),
            Action::ShowReply => "Last reply".to_owned(),
            Action::ShowSimulation => "Deployments".to_owned(),
            Action::EditJson => "Fix the payload text".to_owned(),
            Action::GenerateGuid => format!("Create instance in {}", environment()),
            Action::RandomGuid => "Random GUID".to_owned(),
            Action::ChooseInstance => "From the instance book".to_owned(),
            other => other.text().to_owned(),
        }
    }

    /// The clickable part at a column of a row that is `columns` wide.
    pub fn part_at(&self, index: usize, column: usize, columns: usize) -> Option<RowPart> {
        let row = self.form.rows.get(index)?;
        let is_focused = index == self.focus_index();
        let pressed = |width: usize| {
            let place = row.label_column()..row.label_column() + width;
            place.contains(&column).then_some(RowPart::Button)
        };
        match row.role {
            Role::Button(action) => pressed(text::width(&self.button_words(action)) + 4),
            Role::Add(id) => pressed(text::width(&add_words(id))),
            _ if column + MARK >= columns => None,
            Role::Kind => {
                let column = column.checked_sub(row.value_column())?;
                let mut options = kind_options().into_iter();
                options.find_map(|(kind, place)| place.contains(&column).then_some(RowPart::Kind(kind)))
            }
            Role::Field | Role::Other | Role::Integration => {
                let column = column.checked_sub(row.value_column())?;
                let [before, after] = arrows(&self.choice_text(row, is_focused)?);
                [(before, RowPart::Before), (after, RowPart::After)]
                    .into_iter()
                    .find_map(|(at, part)| (at == column).then_some(part))
            }
            Role::Item(_) | Role::Heading(_) | Role::Problem(_) => None,
        }
    }
}
