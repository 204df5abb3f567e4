//! The tables `[environments.ID]`: each patches a built-in environment or adds one of the user's own.

use toml_edit::{Item, TableLike};

use super::setting::Reader;
use crate::text;
use crate::wire::{self, Door, Environment, KeySource, Names, Scheme};

pub(super) fn read(reader: &mut Reader<'_>, item: &Item, environments: &mut Vec<Environment>) {
    let Some(tables) = item.as_table_like() else {
        reader.fault(item, "environments should be tables, like [environments.staging].".to_owned());
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
                format!("“{}” cannot name an environment: letters, digits, - _ . only.", text::visible(id)),
            );
            continue;
        }
        match environments.iter_mut().find(|environment| environment.id.eq_ignore_ascii_case(id)) {
            Some(environment) => patch(reader, table, environment),
            None => environments.extend(add(reader, id, item, table)),
        }
    }
}

fn add(reader: &mut Reader<'_>, id: &str, item: &Item, table: &dyn TableLike) -> Option<Environment> {
    let Some(base) = table.get("base") else {
        reader.fault(item, format!("environments.{id} is none of the built-in ones and needs a base."));
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

fn patch(reader: &mut Reader<'_>, table: &dyn TableLike, environment: &mut Environment) {
    for (key, item) in table.iter() {
        match key {
            "label" => set(&mut environment.label, reader.text(key, item)),
            "base" => set(&mut environment.base, read_base(reader, key, item)),
            "scheme" => set(
                &mut environment.scheme,
                reader.choice(key, item, &[("ApiKey", Scheme::ApiKey), ("Bearer", Scheme::Bearer)]),
            ),
            "door" => set(
                &mut environment.door,
                reader.choice(key, item, &[("flat", Door::Flat), ("wrapped", Door::Wrapped)]),
            ),
            "guid_path" => set(
                &mut environment.guid_path,
                reader.text(key, item).map(|path| path.trim_matches('/').to_owned()),
            ),
            "names" => set(
                &mut environment.names,
                reader.choice(
                    key,
                    item,
                    &[
                        ("as-written", Names::AsWritten),
                        ("current", Names::Current),
                        ("legacy", Names::Legacy),
                    ],
                ),
            ),
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
                &format!("{key} was not read: no key belongs in this file. Name a variable in key_variable."),
            ),
            other => reader.pass_over(other, item),
        }
    }
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

fn read_base(reader: &mut Reader<'_>, key: &str, item: &Item) -> Option<String> {
    let url = reader.text(key, item)?;
    match Environment::accepts_base(&url) {
        Ok(base) => Some(base),
        Err(fault) => {
            reader.fault(item, format!("base: {fault}"));
            None
        }
    }
}

fn read_variable(reader: &mut Reader<'_>, key: &str, item: &Item) -> Option<String> {
    let name = reader.text(key, item)?;
    if wire::is_variable(&name) {
        return Some(name);
    }
    // The value is not repeated: somebody may have put the key itself here.
    reader.fault(
        item,
        "key_variable should be the name of an environment variable, like SEI_STAGING_KEY; never the key itself."
            .to_owned(),
    );
    None
}

fn read_sources(reader: &mut Reader<'_>, item: &Item) -> Option<Vec<KeySource>> {
    let texts = item.as_array().map(|array| array.iter().map(|value| value.as_str()).collect::<Vec<_>>());
    let sources = texts.unwrap_or_default();
    let read: Option<Vec<_>> = sources.iter().map(|text| KeySource::read((*text)?)).collect();
    let read = read.filter(|sources| !sources.is_empty());
    if read.is_none() {
        // Nothing of it is repeated: somebody may have put the key itself here.
        reader.fault(
            item,
            "keys should be a list of sources, like [\"env:SEI_KEY\", \"command:pass show sei\", \"keyring\", \"file:~/.sei-key\"]; \
             never the key itself."
                .to_owned(),
        );
    }
    read
}
