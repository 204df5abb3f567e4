//! The JSON of an example as lines that can be folded.

use std::collections::HashSet;

use crate::app::mapper::{moved, short};
use crate::document::{Pointer, Value};

/// Lists show this many items; the others are counted.
const MOST_ITEMS: usize = 50;
/// The most lines of a tree.
const MOST_LINES: usize = 20_000;

/// A value as a tree of lines.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceTree {
    /// The visible lines.
    pub lines: Vec<TreeLine>,
    /// The index of the focused line.
    pub focus: usize,
    closed: HashSet<Pointer>,
}

/// A line of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeLine {
    /// The place of the value.
    pub at: Pointer,
    /// The level, from 0.
    pub depth: usize,
    /// The key or the position.
    pub name: String,
    /// The value, or the number of values in it.
    pub value: String,
    /// Whether values are folded in the line: `None` for a single value.
    pub is_closed: Option<bool>,
}

impl SourceTree {
    /// The tree of a value; items of lists after the first are folded.
    pub fn of(value: &Value) -> Self {
        let mut closed = HashSet::new();
        fold_items(value, &Pointer::root(), &mut closed);
        let mut tree = Self { lines: Vec::new(), focus: 0, closed };
        tree.refresh(value);
        tree
    }

    /// The focused line.
    pub fn focused(&self) -> Option<&TreeLine> {
        self.lines.get(self.focus)
    }

    /// Moves the focus by a number of lines.
    pub fn move_by(&mut self, steps: isize) {
        self.focus = moved(self.focus, steps, self.lines.len());
    }

    /// Folds or unfolds the focused line; folding a single value folds the value around it.
    pub fn fold(&mut self, value: &Value, closes: bool) {
        let Some(line) = self.focused() else { return };
        let at = match (line.is_closed, closes) {
            (Some(false), true) | (Some(true), false) => line.at.clone(),
            (Some(true) | None, true) => match line.at.parent().filter(|parent| !parent.is_root()) {
                Some(parent) => parent,
                None => return,
            },
            (Some(false) | None, false) => return,
        };
        if closes {
            self.closed.insert(at.clone());
        } else {
            self.closed.remove(&at);
        }
        self.refresh(value);
        self.focus = self.lines.iter().position(|line| line.at == at).unwrap_or(self.focus);
    }

    /// Focuses a place, and unfolds what is around it.
    pub fn scroll_to(&mut self, value: &Value, at: &Pointer) {
        let mut around = at.parent();
        while let Some(here) = around {
            self.closed.remove(&here);
            around = here.parent();
        }
        self.refresh(value);
        self.focus = self.lines.iter().position(|line| line.at == *at).unwrap_or(self.focus);
    }

    fn refresh(&mut self, value: &Value) {
        self.lines.clear();
        self.add(value, &Pointer::root(), 0);
        self.focus = self.focus.min(self.lines.len().saturating_sub(1));
    }

    /// Adds the values in a value.
    fn add(&mut self, value: &Value, at: &Pointer, depth: usize) {
        let members: Vec<(Pointer, String, &Value)> = match value {
            Value::Object(object) => {
                object.iter().map(|(key, member)| (at.key(key), key.to_owned(), member)).collect()
            }
            Value::Array(items) => items
                .iter()
                .take(MOST_ITEMS)
                .enumerate()
                .map(|(index, item)| (at.index(index), (index + 1).to_string(), item))
                .collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => return,
        };
        for (at, name, member) in members {
            if self.lines.len() >= MOST_LINES {
                return;
            }
            let is_whole = matches!(member, Value::Object(object) if !object.is_empty())
                || matches!(member, Value::Array(items) if !items.is_empty());
            let is_closed = is_whole.then(|| self.closed.contains(&at));
            self.lines.push(TreeLine { at: at.clone(), depth, name, value: summary(member), is_closed });
            if is_closed == Some(false) {
                self.add(member, &at, depth + 1);
            }
        }
    }
}

/// The value of a line; for a list or an object what is in it.
fn summary(value: &Value) -> String {
    match value {
        Value::Array(items) if !items.is_empty() => crate::text::count(items.len(), "item", "items"),
        Value::Object(object) if !object.is_empty() => {
            const NAMES: [&str; 6] = ["name", "displayName", "title", "key", "id", "type"];
            let name =
                NAMES.iter().find_map(|name| object.get(name).filter(|value| value.as_object().is_none()));
            name.map_or_else(|| crate::text::count(object.len(), "field", "fields"), short)
        }
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::Text(_)
        | Value::Array(_)
        | Value::Object(_) => short(value),
    }
}

/// Folds the items of lists, apart from the first one of each.
fn fold_items(value: &Value, at: &Pointer, closed: &mut HashSet<Pointer>) {
    match value {
        Value::Object(object) => {
            object.iter().for_each(|(key, member)| fold_items(member, &at.key(key), closed));
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    closed.insert(at.index(index));
                }
                fold_items(item, &at.index(index), closed);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}
