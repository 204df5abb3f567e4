//! The tables `[environments.ID]`: each changes a built-in environment or adds a new one.

use toml_edit::{Item, TableLike};

use super::setting::ConfigReader;
use super::{Config, profile};
use crate::text;
use crate::wire::{self, BodyFormat, Environment, FieldNames, KeySource, Scheme};

pub(super) fn read(reader: &mut ConfigReader<'_>, item: &Item, config: &mut Config) {
    let Some(tables) = item.as_table_like() else {
        reader.fault(item, "environments should be tables, such as [environments.staging].".to_owned());
        return;
    };
    for (id, item) in tables.iter() {
        let Some(table) = item.as_table_like() else {
            reader.fault(item, format!("environments.{} should be a table.", text::visible(id)));
            continue;
        };
        if !id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)) || id.is_empty() {
            reader.fault(
                item,
                format!(
                    "“{}” is not a valid environment name: use letters, digits, - _ . only.",
                    text::visible(id)
                ),
            );
            continue;
        }
        let environments = &mut config.environments;
        match environments.iter_mut().find(|environment| environment.id.eq_ignore_ascii_case(id)) {
            Some(environment) => patch(reader, table, environment),
            None => environments.extend(add(reader, id, item, table)),
        }
        let known = environments.iter().find(|environment| environment.id.eq_ignore_ascii_case(id));
        let profile = table.get("profile").and_then(|item| profile::of_environment(reader, item));
        let named = known.map(|environment| environment.id.clone()).zip(profile);
        config.profiles.of_environments.extend(named);
    }
}

fn add(reader: &mut ConfigReader<'_>, id: &str, item: &Item, table: &dyn TableLike) -> Option<Environment> {
    let Some(base) = table.get("base") else {
        reader.fault(item, format!("environments.{id} is not built in and needs a base."));
        return None;
    };
    let url = reader.text("base", base)?;
    match Environment::custom(id, id, &url) {
        Ok(mut environment) => {
            patch(reader, table, &mut environment);
            Some(environment)
        }
        Err(fault) => {
            reader.fault(base, format!("base: {fault}"));
            None
        }
    }
}

fn patch(reader: &mut ConfigReader<'_>, table: &dyn TableLike, environment: &mut Environment) {
    for (key, item) in table.iter() {
        match key {
            "label" => set(&mut environment.label, reader.text(key, item)),
            "base" => {
                if let Some(base) = read_base(reader, key, item) {
                    environment.retired &= base == environment.base;
                    environment.base = base;
                }
            }
            "scheme" => set(
                &mut environment.scheme,
                reader.choice(key, item, &[("ApiKey", Scheme::ApiKey), ("Bearer", Scheme::Bearer)]),
            ),
            "format" => set(&mut environment.format, read_format(reader, key, item)),
            "door" => {
                reader.note(item, "The setting door is now called format. Rename it.");
                set(&mut environment.format, read_format(reader, key, item));
            }
            "guid_path" => set(
                &mut environment.guid_path,
                reader.text(key, item).map(|path| path.trim_matches('/').to_owned()),
            ),
            "names" => set(&mut environment.names, read_names(reader, key, item)),
            "ca_file" => {
                if let Some(path) = reader.text(key, item) {
                    environment.ca_file = Some(path.into());
                }
            }
            "protected" => set(&mut environment.protected, reader.toggle(key, item)),
            "key_variable" => set(&mut environment.key_variable, read_variable(reader, key, item)),
            "keys" => set(&mut environment.keys, read_sources(reader, item)),
            "key" | "api_key" | "token" => reader.note(
                item,
                &format!("{key} was ignored: never put a key in this file. Name a variable in key_variable."),
            ),
            // Read with the environment, whose id it needs.
            "profile" => {}
            other => reader.ignore(other, item),
        }
    }
}

fn read_format(reader: &mut ConfigReader<'_>, key: &str, item: &Item) -> Option<BodyFormat> {
    reader.choice(key, item, &[("flat", BodyFormat::Flat), ("wrapped", BodyFormat::Wrapped)])
}

fn read_names(reader: &mut ConfigReader<'_>, key: &str, item: &Item) -> Option<FieldNames> {
    if item.as_str().is_some_and(|word| word.eq_ignore_ascii_case("as-written")) {
        reader.note(item, "names = \"as-written\" is now called \"unchanged\". Rename it.");
        return Some(FieldNames::Unchanged);
    }
    let words = [
        ("unchanged", FieldNames::Unchanged),
        ("current", FieldNames::Current),
        ("legacy", FieldNames::Legacy),
    ];
    reader.choice(key, item, &words)
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

fn read_base(reader: &mut ConfigReader<'_>, key: &str, item: &Item) -> Option<String> {
    let url = reader.text(key, item)?;
    match Environment::accepts_base(&url) {
        Ok(base) => Some(base),
        Err(fault) => {
            reader.fault(item, format!("base: {fault}"));
            None
        }
    }
}

fn read_variable(reader: &mut ConfigReader<'_>, key: &str, item: &Item) -> Option<String> {
    let name = reader.text(key, item)?;
    if wire::is_variable(&name) {
        return Some(name);
    }
    // The value may be the key itself: do not repeat it.
    reader.fault(
        item,
        "key_variable should be the name of an environment variable, such as SEI_STAGING_KEY; never the key itself."
            .to_owned(),
    );
    None
}

fn read_sources(reader: &mut ConfigReader<'_>, item: &Item) -> Option<Vec<KeySource>> {
    let texts = item.as_array().map(|array| array.iter().map(|value| value.as_str()).collect::<Vec<_>>());
    let sources = texts.unwrap_or_default();
    let read: Option<Vec<_>> = sources.iter().map(|text| KeySource::read((*text)?)).collect();
    let read = read.filter(|sources| !sources.is_empty());
    if read.is_none() {
        // A value may be the key itself: do not repeat any.
        reader.fault(
            item,
            "keys should be a list of sources, such as [\"env:SEI_KEY\", \"command:pass show sei\", \"keyring\", \"file:~/.sei-key\"]; \
             never the key itself."
                .to_owned(),
        );
    }
    read
}
