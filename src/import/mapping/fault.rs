//! What is wrong with a mapping, or with a run that it reads.

use std::fmt;

use super::definition::MappingEntry;
use crate::text;

/// A fault of a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingFault {
    /// The line in the file, from 1; 0 where the mapping was not read from a file.
    pub line: usize,
    /// The field with its table, as in `stage.result`; empty for the whole file.
    pub field: String,
    /// The expression; empty for a fault of the file itself.
    pub expression: String,
    /// What is wrong, as a sentence, or as a clause after the expression.
    pub message: String,
}

impl MappingFault {
    pub(super) const fn of_line(line: usize, message: String) -> Self {
        Self { line, field: String::new(), expression: String::new(), message }
    }

    /// A fault of the whole mapping, as a sentence.
    pub fn of_whole(message: &str) -> Self {
        Self::of_line(0, message.to_owned())
    }

    pub(super) fn of_entry(entry: &MappingEntry, message: String) -> Self {
        Self { line: entry.line, field: entry.path(), expression: entry.expression.clone(), message }
    }
}

impl fmt::Display for MappingFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// The longest expression that is shown, in columns.
        const WIDEST: usize = 60;
        if self.field.is_empty() {
            return f.write_str(&self.message);
        }
        let expression = text::visible(&self.expression).into_owned();
        let end = if self.message.ends_with('?') { "" } else { "." };
        write!(f, "{}: “{}” {}{end}", self.field, text::cut(&expression, WIDEST), self.message)
    }
}
