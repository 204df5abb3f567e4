//! The profile: which runs a metric of SEI counts, in `profile.toml` or in `config.toml`.
//!
//! A fault names its line and value. It never blocks a start: the caller reports it and continues
//! without a profile.

mod schema;

pub use schema::schema;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value, value};

use super::config::{ConfigError, ConfigFault, read_profile};
use super::{FileError, World};
use crate::document;
use crate::simulation::{FilterKey, FilterOperator, FilterSet, Profile, ProfileFilter};

/// The path of `profile.toml`, which may not exist.
pub fn path(world: &dyn World) -> PathBuf {
    world.folders().config.join("profile.toml")
}

/// Reads `profile.toml`; `None` if the file does not exist.
pub fn load(world: &dyn World) -> Result<Option<Profile>, ConfigError> {
    match load_from(world, &path(world)) {
        Ok(profile) => Ok(Some(profile)),
        Err(ConfigError::File(FileError::Missing { .. })) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Reads a profile from a file: TOML, or the JSON of `integration_filters`.
pub fn load_from(world: &dyn World, path: &Path) -> Result<Profile, ConfigError> {
    let text = world.read(path).map_err(ConfigError::File)?;
    let faults = |faults| ConfigError::Faults { path: path.to_path_buf(), faults };
    if text.trim_start().starts_with('{') {
        return from_json(&text).map_err(|fault| faults(vec![fault]));
    }
    read_profile(&text).map_err(faults)
}

/// Reads the JSON of `integration_filters`.
pub fn from_json(text: &str) -> Result<Profile, ConfigFault> {
    let json = document::read(text)
        .map_err(|fault| ConfigFault { line: fault.line, message: fault.message.clone() })?;
    Profile::from_team_filters(&json).map_err(|message| ConfigFault { line: 1, message })
}

/// The text of `profile.toml` for a profile.
pub fn write(profile: &Profile) -> String {
    let mut document = DocumentMut::new();
    document.insert("kind", value(profile.kind.word()));
    for (name, set) in profile.sets() {
        let written = Item::Table(written(set));
        match name.split_once('.') {
            None => {
                document.insert(name, written);
            }
            Some((outer, inner)) => {
                let outer = document.entry(outer).or_insert_with(|| {
                    let mut table = Table::new();
                    table.set_implicit(true);
                    Item::Table(table)
                });
                if let Some(table) = outer.as_table_mut() {
                    table.insert(inner, written);
                }
            }
        }
    }
    document.to_string()
}

fn written(set: &FilterSet) -> Table {
    let mut table = Table::new();
    for ProfileFilter { key, operator, values } in &set.0 {
        let word = key.word().to_lowercase();
        let list = Value::Array(values.iter().map(String::as_str).collect::<Array>());
        let item = match (key, operator) {
            (FilterKey::CfrStatus, _) => value(true),
            (_, FilterOperator::Is) if !table.contains_key(&word) => value(list),
            (_, operator) => {
                let mut operators =
                    table.get(&word).and_then(Item::as_inline_table).cloned().unwrap_or_default();
                if let Some(plain) = table.get(&word).and_then(Item::as_array) {
                    operators = InlineTable::new();
                    operators.insert(FilterOperator::Is.word(), Value::Array(plain.clone()));
                }
                operators.insert(operator.word(), list);
                value(operators)
            }
        };
        table.insert(&word, item);
    }
    table
}

/// The filters of a profile in sentences, one line each.
pub fn describe(profile: &Profile) -> String {
    let mut lines = String::new();
    for (name, set) in profile.sets() {
        if set.0.is_empty() {
            push(&mut lines, &format!("{name}: every run counts"));
        }
        for ProfileFilter { key, operator, values } in &set.0 {
            push(&mut lines, &format!("{name}: {} {} {}", key.label(), operator.word(), values.join(" or ")));
        }
    }
    lines
}

#[expect(clippy::let_underscore_must_use, reason = "writing to a text never fails")]
fn push(lines: &mut String, line: &str) {
    let _ = writeln!(lines, "{}", line.trim_end());
}
