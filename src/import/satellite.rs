//! `satellite.yml`, the file that comes with a new integration: address, integration and key of an
//! instance set-up.
//!
//! The file is read line by line by key name, because older files have an indent that YAML rejects.
//! It holds a key: no message repeats its text.

use super::repair::{self, Flaw};
use super::request::{environment, hold_key, note_base};
use super::{ImportError, ImportKind, Imported, ImportedInstance};
use crate::document::{Object, Value};
use crate::text;
use crate::wire::{self, Environment};

/// How encrypted files start, or what their values look like.
const ENCRYPTED: [&str; 6] =
    ["$ANSIBLE_VAULT", "-----BEGIN", "U2FsdGVkX1", "age-encryption.org", "ENC[", "!vault"];

/// The note about a key of another account; names neither account.
const OTHER_TENANT: &str = "The key in the file belongs to another account than the tenant in the file: SEI may refuse \
                            it. Download the file again, or create an API key in the account of the tenant.";

/// One integration of the file.
#[derive(Default)]
struct Integration {
    id: Option<String>,
    application: Option<String>,
    name: Option<String>,
    guid: Option<String>,
}

#[derive(Default)]
struct File {
    key: Option<String>,
    tenant: Option<String>,
    url: Option<String>,
    is_old: bool,
    integrations: Vec<Integration>,
    flaws: Vec<Flaw>,
}

/// Reads the file, if it is one.
pub(super) fn import(text: &str) -> Option<Result<Imported, ImportError>> {
    let has_line = |word: &str| text.lines().any(|line| line.trim_end().strip_suffix(':') == Some(word));
    let is_satellite = has_line("satellite") || has_line("levelops");
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let is_whole = ENCRYPTED.iter().take(4).any(|mark| start.starts_with(mark));
    if !is_satellite && !is_whole {
        return None;
    }
    if is_whole || ENCRYPTED.iter().skip(4).any(|mark| text.contains(mark)) {
        let why = "this file is encrypted; decrypt it and import the plain text";
        return Some(Err(ImportError::Satellite(why.to_owned())));
    }
    Some(Ok(to_imported(read(text), text)))
}

fn read(text: &str) -> File {
    let mut file = File::default();
    let mut in_list = false;
    let mut offset = 0;
    let mut column = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches([' ', '\t', '\u{feff}', '\u{a0}']);
        let (indent, start) = (line.len() - bare.len(), offset);
        offset += line.len();
        let (item, bare) =
            match bare.strip_prefix('-').filter(|rest| rest.starts_with([' ', '\t', '\n', '\r'])) {
                Some(rest) => (true, rest.trim_start_matches([' ', '\t'])),
                None => (false, bare),
            };
        let Some((key, value)) = bare.split_once(':').filter(|_| !bare.starts_with('#')) else { continue };
        let (key, value) = (key.trim().trim_matches(['"', '\'']), scalar(value));
        match key {
            "satellite" | "levelops" => (in_list, file.is_old) = (false, key == "levelops"),
            "integrations" => in_list = true,
            _ if !in_list => match key {
                "api_key" => file.key = value,
                "tenant" => file.tenant = value,
                "url" => file.url = value,
                _ => {}
            },
            _ => {
                if item {
                    column = line.len() - bare.len();
                    file.integrations.push(Integration::default());
                } else if indent != column && matches!(key, "id" | "application" | "name" | "guid") {
                    let what = "a line with another indent was read as part of the integration above";
                    file.flaws.push(Flaw::new(start + indent, what, key, ""));
                }
                file.put(key, value);
            }
        }
    }
    file
}

impl File {
    fn put(&mut self, key: &str, value: Option<String>) {
        if self.integrations.is_empty() {
            self.integrations.push(Integration::default());
        }
        let Some(integration) = self.integrations.last_mut() else { return };
        match key {
            "id" | "integration_id" => integration.id = value,
            "application" => integration.application = value,
            "name" => integration.name = value,
            "guid" | "instance_guid" => integration.guid = value,
            _ => {}
        }
    }
}

/// The text of a plain or quoted value, without a comment after it.
fn scalar(value: &str) -> Option<String> {
    let value = value.trim();
    let inner = match value.chars().next()? {
        '\'' => value.get(1..)?.split('\'').next()?,
        '"' => value.get(1..)?.split('"').next()?,
        '#' => return None,
        _ => value.split(" #").next()?.trim_end(),
    };
    Some(inner.to_owned()).filter(|inner| !inner.is_empty())
}

fn to_imported(file: File, source: &str) -> Imported {
    let File { key, tenant, url, is_old, integrations, flaws } = file;
    let mut imported = Imported::bare(Value::Object(Object::default()), ImportKind::Satellite);
    imported.repairs = repair::placed(flaws, source);
    match url.as_deref().map(Environment::accepts_base) {
        Some(Ok(base)) => {
            imported.environment = environment(&base);
            note_base(&mut imported, &base);
            imported.base = Some(base);
        }
        Some(Err(why)) => imported.notes.push(format!("The address in the file cannot be used: {why}.")),
        None if is_old => {
            imported.notes.push("This older file has no address: choose the environment.".to_owned());
        }
        None => imported.notes.push("The file has no address: choose the environment.".to_owned()),
    }
    if let Some(key) = key {
        hold_key(&mut imported, &key);
        if tenant.is_some_and(|tenant| wire::is_of_company(&key, &tenant) == Some(false)) {
            imported.notes.push(OTHER_TENANT.to_owned());
        }
    }
    let count = integrations.len();
    let is_custom = |one: &Integration| one.application.as_deref() == Some("custom");
    let place = integrations.iter().position(is_custom).unwrap_or_default();
    match integrations.into_iter().nth(place) {
        Some(chosen) => {
            if count > 1 {
                let id = chosen.id.as_deref().map(text::visible).unwrap_or_default();
                imported.notes.push(format!("The file lists {count} integrations; only {id} is imported."));
            }
            imported.integration = chosen.id;
            imported.instance = ImportedInstance { name: chosen.name, guid: chosen.guid };
            imported.document = imported.instance.document();
        }
        None => imported.notes.push("The file lists no integration.".to_owned()),
    }
    imported
}
