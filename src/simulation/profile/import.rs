//! Reads the team filters that SEI 2.0 returns as `integration_filters`.

use crate::document::{Object, Value};
use crate::text;

use super::{FilterKey, FilterOperator, FilterSet, Profile, ProfileFilter, ProfileKind};

/// The member with the filters, and its part for deployments.
const GROUPED: &str = "groupedFilters";
const DEPLOYMENTS: &str = "CD";

/// The words of metrics in a filter.
const FREQUENCY: [&str; 2] = ["DF", "DEPLOYMENT_FREQUENCY"];
const FAILURE_RATE: [&str; 2] = ["CFR", "CHANGE_FAILURE_RATE"];
const LEAD_TIME: [&str; 4] = ["LTTC", "LT", "LEAD_TIME", "LEAD_TIME_FOR_CHANGES"];

/// The profile in the JSON of `integration_filters`; the error says what is missing.
pub(super) fn read(json: &Value) -> Result<Profile, String> {
    let grouped = find(json).ok_or_else(|| {
        format!("The JSON has no “{GROUPED}”: save the reply of GET v2/teams/TEAM/integration_filters.")
    })?;
    let filters = grouped.get(DEPLOYMENTS).and_then(Value::as_array).ok_or_else(|| {
        format!("“{GROUPED}” has no list “{DEPLOYMENTS}”: the team has no deployment filters.")
    })?;
    let mut profile = Profile {
        kind: ProfileKind::Teams,
        deployment_frequency: Some(FilterSet::default()),
        total: Some(FilterSet::default()),
        ..Profile::default()
    };
    for (index, filter) in filters.iter().enumerate() {
        let fault = |what: &str| format!("Filter {} of “{DEPLOYMENTS}” has no {what}.", index + 1);
        let filter = filter.as_object().ok_or_else(|| fault("members"))?;
        let key = filter.get("filterKey").and_then(Value::as_text).ok_or_else(|| fault("“filterKey”"))?;
        let values = values(filter).ok_or_else(|| fault("list “values” of texts"))?;
        let read = ProfileFilter { key: FilterKey::named(key), operator: operator(filter), values };
        let metrics = metrics(filter);
        let applies =
            |words: &[&str]| metrics.is_empty() || metrics.iter().any(|metric| words.contains(metric));
        let sets = [
            (applies(&FREQUENCY), &mut profile.deployment_frequency),
            (applies(&FAILURE_RATE), &mut profile.total),
            (metrics.iter().any(|metric| LEAD_TIME.contains(metric)), &mut profile.lead_time),
        ];
        for (_, set) in sets.into_iter().filter(|(applies, _)| *applies) {
            set.get_or_insert_default().0.push(read.clone());
        }
    }
    Ok(profile)
}

/// The grouped filters, at the top or inside one more object.
fn find(json: &Value) -> Option<&Object> {
    let inner = json.as_object().into_iter().flat_map(|object| object.iter().map(|(_, value)| value));
    std::iter::once(json).chain(inner).find_map(|value| value.as_object()?.get(GROUPED)?.as_object())
}

fn operator(filter: &Object) -> FilterOperator {
    let word = filter.get("operator").and_then(Value::as_text).unwrap_or("EQUALS");
    FilterOperator::named(word)
}

fn values(filter: &Object) -> Option<Vec<String>> {
    match filter.get("values")? {
        Value::Text(text) => Some(vec![text.clone()]),
        Value::Array(items) => items.iter().map(|item| item.as_text().map(str::to_owned)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    }
}

fn metrics(filter: &Object) -> Vec<&str> {
    let list = filter.get("applicableMetrics").and_then(Value::as_array).unwrap_or_default();
    list.iter().filter_map(Value::as_text).collect()
}

/// The filters that never match a custom run, as a note.
pub(super) fn unmatched(profile: &Profile) -> Option<String> {
    let keys =
        profile.sets().flat_map(|(_, set)| &set.0).filter(|filter| !filter.key.can_match(profile.kind));
    let mut words: Vec<&str> = keys.map(|filter| filter.key.label()).collect();
    words.sort_unstable();
    words.dedup();
    let these = text::count(words.len(), "filter never matches", "filters never match");
    (!words.is_empty()).then(|| format!("{these} a custom run: {}.", words.join(", ")))
}
