//! Describes a change: the value before and the value after.

use crate::check::Fix;
use crate::document::{self, Edit, Pointer, Value, ValueKind};
use crate::text;

/// The most columns of a value in a description.
const LONGEST: usize = 40;

/// The edits of a fix, one line each.
pub fn of_fix(root: &Value, fix: &Fix) -> Vec<String> {
    fix.edits.iter().map(|edit| of_edit(root, edit)).collect()
}

pub(super) fn describe(before: &Value, after: &Value) -> String {
    format!("{} → {}", short(before), short(after))
}

fn of_edit(root: &Value, edit: &Edit) -> String {
    match edit {
        Edit::Replace { at, value } => {
            let change = root
                .get(at)
                .map_or_else(|| format!("nothing → {}", short(value)), |before| describe(before, value));
            format!("{}: {change}", place(at))
        }
        Edit::Insert { key: Some(key), parent, value, .. } => {
            format!("{}: added {}", place(&parent.key(key)), short(value))
        }
        Edit::Insert { parent, index, value, .. } => {
            format!("{}: added {}", place(&parent.index(*index)), short(value))
        }
        Edit::Remove { at } => {
            let before = root.get(at).map_or_else(|| "nothing".to_owned(), short);
            format!("{}: {before} removed", place(at))
        }
        Edit::Rename { at, key } => format!("{}: becomes {}", place(at), text::visible(key)),
        Edit::Move { at, to } => format!("{}: moved to position {}", place(at), to + 1),
    }
}

pub(super) fn place(at: &Pointer) -> String {
    let words = at.to_string();
    let words = words.trim_start_matches('/');
    if words.is_empty() { "document".to_owned() } else { text::visible(words).into_owned() }
}

pub(super) fn short(value: &Value) -> String {
    let written = match value.kind() {
        ValueKind::Array | ValueKind::Object if value.node_count() > 8 => value.kind().to_string(),
        ValueKind::Array
        | ValueKind::Object
        | ValueKind::Null
        | ValueKind::Bool
        | ValueKind::Number
        | ValueKind::Text => document::write_compact(value),
    };
    text::cut(&text::visible(&written), LONGEST).into_owned()
}
