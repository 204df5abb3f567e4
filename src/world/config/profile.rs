//! The filters of a profile: the file `profile.toml`, or the table `profile` of an environment.

use toml_edit::{Document, Item, TableLike};

use super::ConfigFault;
use super::setting::ConfigReader;
use crate::simulation::{
    FilterKey, FilterOperator, FilterSet, Profile, ProfileFilter, ProfileKind, UNMATCHED,
};
use crate::text;

/// The table with the two sets of the change failure rate.
const FAILURE_RATE: &str = "change_failure_rate";

/// Reads the text of `profile.toml`.
pub fn read_profile(text: &str) -> Result<Profile, Vec<ConfigFault>> {
    let mut reader = ConfigReader::new(text);
    let document = Document::parse(text).map_err(|fault| {
        let at = fault.span().map_or(0, |span| span.start);
        vec![ConfigFault { line: reader.line(at), message: fault.message().trim().to_owned() }]
    })?;
    let profile = table(&mut reader, document.as_table());
    if reader.faults.is_empty() {
        return Ok(profile);
    }
    reader.faults.sort_by_key(|fault| fault.line);
    Err(reader.faults)
}

/// Reads the profile of an environment; a fault becomes a note, because it must not block a start.
pub(super) fn of_environment(reader: &mut ConfigReader<'_>, item: &Item) -> Option<Profile> {
    let before = reader.faults.len();
    let profile = item.as_table_like().map(|filters| table(reader, filters));
    if profile.is_none() {
        reader.fault(
            item,
            "profile should be a table, such as [environments.eu.profile.lead_time].".to_owned(),
        );
    }
    let faults = reader.faults.split_off(before);
    let is_usable = faults.is_empty();
    let notes = faults
        .iter()
        .map(|fault| format!("config.toml:{}: {} The profile is not used.", fault.line, fault.message));
    reader.notes.extend(notes);
    profile.filter(|_| is_usable)
}

/// Reads the table of a profile.
fn table(reader: &mut ConfigReader<'_>, table: &dyn TableLike) -> Profile {
    let mut profile = Profile::default();
    for (key, item) in table.iter() {
        match key {
            "kind" => {
                let kinds = ProfileKind::ALL.map(|kind| (kind.word(), kind));
                profile.kind = reader.choice(key, item, &kinds).unwrap_or_default();
            }
            "deployment_frequency" => profile.deployment_frequency = set(reader, key, item),
            "lead_time" => profile.lead_time = set(reader, key, item),
            FAILURE_RATE => failure_rate(reader, item, &mut profile),
            other => {
                let known = ["kind", "deployment_frequency", "lead_time", FAILURE_RATE];
                unknown(reader, other, item, &known);
            }
        }
    }
    profile
}

fn failure_rate(reader: &mut ConfigReader<'_>, item: &Item, profile: &mut Profile) {
    let Some(sets) = item.as_table_like() else {
        reader.fault(item, format!("{FAILURE_RATE} should be a table, such as [{FAILURE_RATE}.total]."));
        return;
    };
    for (key, item) in sets.iter() {
        match key {
            "total" => profile.total = set(reader, key, item),
            "failures" => profile.failures = set(reader, key, item),
            other => unknown(reader, other, item, &["total", "failures"]),
        }
    }
}

fn unknown(reader: &mut ConfigReader<'_>, key: &str, item: &Item, known: &[&'static str]) {
    let near = text::closest(key, known.iter().copied());
    let near =
        near.map_or_else(|| format!("Use {}.", known.join(", ")), |near| format!("Did you mean {near}?"));
    reader.fault(item, format!("“{}” is not a setting of a profile. {near}", text::visible(key)));
}

fn set(reader: &mut ConfigReader<'_>, name: &str, item: &Item) -> Option<FilterSet> {
    let Some(filters) = item.as_table_like() else {
        reader.fault(item, format!("{name} should be a table with filters, such as status = [\"SUCCESS\"]."));
        return None;
    };
    let mut set = FilterSet::default();
    for (word, item) in filters.iter() {
        let key = FilterKey::named(word);
        // Another filter of SEI is kept: it never matches. A misspelled one is a fault.
        let is_misspelled = matches!(key, FilterKey::Other(_))
            && !UNMATCHED.contains(&word)
            && text::closest(word, FilterKey::WORDS.iter().copied()).is_some();
        if is_misspelled {
            unknown(reader, word, item, FilterKey::WORDS);
            continue;
        }
        set.0.extend(match (&key, item.as_table_like()) {
            (FilterKey::CfrStatus, _) => included(reader, word, item),
            (_, Some(operators)) => compared(reader, &key, operators),
            (_, None) => {
                let values = texts(reader, word, item);
                values
                    .map(|values| ProfileFilter { key, operator: FilterOperator::Is, values })
                    .into_iter()
                    .collect()
            }
        });
    }
    Some(set)
}

/// The filter “Include CFR status”, if it is on.
fn included(reader: &mut ConfigReader<'_>, word: &str, item: &Item) -> Vec<ProfileFilter> {
    let is_on = reader.toggle(word, item) == Some(true);
    let filter =
        || ProfileFilter { key: FilterKey::CfrStatus, operator: FilterOperator::Is, values: Vec::new() };
    is_on.then(filter).into_iter().collect()
}

/// Filters with operators: `status = { is_not = ["ABORTED"] }`.
fn compared(reader: &mut ConfigReader<'_>, key: &FilterKey, operators: &dyn TableLike) -> Vec<ProfileFilter> {
    let filter = |(word, item): (&str, &Item)| {
        let values = texts(reader, word, item)?;
        Some(ProfileFilter { key: key.clone(), operator: FilterOperator::named(word), values })
    };
    operators.iter().filter_map(filter).collect()
}

/// One or more texts; a fault names the value.
fn texts(reader: &mut ConfigReader<'_>, key: &str, item: &Item) -> Option<Vec<String>> {
    let values = match item.as_array() {
        Some(array) => array.iter().map(|value| value.as_str().map(str::to_owned)).collect(),
        None => item.as_str().map(|text| vec![text.to_owned()]),
    };
    let values = values.filter(|values: &Vec<String>| !values.is_empty());
    if values.is_none() {
        let shown = item.to_string();
        let shown = text::visible(shown.trim());
        reader.fault(
            item,
            format!("{key} should be a list of texts, such as [\"SUCCESS\"], not {}.", text::cut(&shown, 40)),
        );
    }
    let is_pair = |text: &String| text.contains('=');
    if let Some(wrong) = values.iter().flatten().find(|text| key == "parameters" && !is_pair(text)) {
        reader.fault(item, format!("parameters should be name=value, not “{}”.", text::visible(wrong)));
        return None;
    }
    values
}
