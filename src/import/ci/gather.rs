//! Which of the values in an input belong to one run: the run, its jobs, and what else describes it.

use std::collections::{BTreeSet, HashMap};

use super::ToolReader;
use super::lookup::JsonLookup;
use crate::import::ImportError;
use crate::text;

/// What identifies a run. Two runs are different where both have a value and the values differ.
pub(super) type RunIds = [Option<String>; 2];

/// The values of one run.
#[derive(Default)]
pub(super) struct Parts<'v> {
    /// The run; nothing where only its jobs are there.
    pub(super) run: JsonLookup<'v>,
    /// Its jobs, each in its last attempt.
    pub(super) jobs: Vec<JsonLookup<'v>>,
    /// What else describes it.
    pub(super) context: Vec<JsonLookup<'v>>,
}

impl Parts<'_> {
    /// The first job, which often describes its run.
    pub(super) fn job(&self) -> JsonLookup<'_> {
        self.jobs.first().copied().unwrap_or_default()
    }
}

impl ToolReader {
    /// The jobs that a value holds, or that it is.
    pub(super) fn jobs<'v>(&self, value: JsonLookup<'v>) -> Vec<JsonLookup<'v>> {
        self.matching(value, self.is_job)
    }

    /// Whether a value is a job, or holds some.
    pub(super) fn has_jobs(&self, value: JsonLookup<'_>) -> bool {
        (self.is_job)(value) || value.list(self.list).into_iter().any(self.is_job)
    }

    /// Whether a value is a run, a job, or something else of a run.
    pub(super) fn knows(&self, value: JsonLookup<'_>) -> bool {
        (self.is_run)(value) || self.has_jobs(value) || !self.matching(value, self.is_context).is_empty()
    }

    /// Whether a value is a list of jobs without any.
    pub(super) fn is_empty_list(&self, value: JsonLookup<'_>) -> bool {
        let list = if value.is_object() { value.at(self.list) } else { value };
        list.is_list() && list.items("").is_empty()
    }

    fn matching<'v>(&self, value: JsonLookup<'v>, is: fn(JsonLookup<'_>) -> bool) -> Vec<JsonLookup<'v>> {
        if is(value) {
            return vec![value];
        }
        value.list(self.list).into_iter().filter(|item| is(*item)).collect()
    }
}

/// Sorts values into those of one run, with notes about the others.
///
/// Jobs that all belong to another run are an error.
pub(super) fn gather<'v>(
    reader: &ToolReader,
    values: &[JsonLookup<'v>],
) -> Result<(Parts<'v>, Vec<String>), ImportError> {
    let (runs, others): (Vec<_>, Vec<_>) = values.iter().copied().partition(|value| (reader.is_run)(*value));
    let mut notes = Vec::new();
    if runs.len() > 1 {
        notes.push(format!("There are {} runs in it; the first was taken.", runs.len()));
    }
    let run = runs.first().copied();
    let jobs: Vec<_> = others.iter().flat_map(|value| reader.jobs(*value)).collect();
    let context = others.iter().flat_map(|value| reader.matching(*value, reader.is_context)).collect();
    let of_jobs = || jobs.first().map(|job| (reader.owner)(*job));
    let identity = run.map(reader.identity).or_else(of_jobs).unwrap_or_default();
    notes.extend(cut(reader, &others, jobs.len()));
    let total = jobs.len();
    let owners: BTreeSet<_> = jobs.iter().map(|job| (reader.owner)(*job)).collect();
    let jobs = own(reader, &identity, jobs)?;
    let context = own(reader, &identity, context)?;
    if jobs.len() < total {
        notes.push(format!(
            "The jobs are of {} runs; those of run {} were taken, and {} of other runs left out.",
            owners.len(),
            text::visible(identity.iter().flatten().next().map_or("?", String::as_str)),
            text::count(total - jobs.len(), "entry", "entries"),
        ));
    }
    let run = run.unwrap_or_default();
    let all = jobs.into_iter().chain(run.items(reader.list)).collect();
    let jobs = last_attempts(reader, all, &mut notes);
    Ok((Parts { run, jobs, context }, notes))
}

/// Those of the run; an error where there are only others.
fn own<'v>(
    reader: &ToolReader,
    identity: &RunIds,
    values: Vec<JsonLookup<'v>>,
) -> Result<Vec<JsonLookup<'v>>, ImportError> {
    let mut own = Vec::with_capacity(values.len());
    let mut other = None;
    for value in values {
        match difference(identity, &(reader.owner)(value)) {
            None => own.push(value),
            Some(found) => other = other.or(Some(found)),
        }
    }
    match other {
        Some((run, jobs)) if own.is_empty() => Err(ImportError::OtherRun { tool: reader.tool, run, jobs }),
        _ => Ok(own),
    }
}

/// In what two identities differ, if they do.
pub(super) fn difference(one: &RunIds, other: &RunIds) -> Option<(String, String)> {
    let pairs = one.iter().zip(other).filter_map(|(one, other)| Some((one.as_ref()?, other.as_ref()?)));
    let mut different = pairs.filter(|(one, other)| one != other);
    different.next().map(|(one, other)| (one.clone(), other.clone()))
}

/// A note where lists of jobs say that there are more.
fn cut(reader: &ToolReader, pages: &[JsonLookup<'_>], count: usize) -> Option<String> {
    let mut pages = pages.iter().filter(|page| page.is_object() && page.at(reader.list).is_list()).peekable();
    pages.peek()?;
    let mut goes_on = true;
    let mut total = 0;
    for page in pages {
        goes_on &= page.text("next next_page_token").is_some();
        total = total.max(page.whole("total_count").and_then(|total| total.try_into().ok()).unwrap_or(0));
    }
    (goes_on || total > count).then(|| "The list of jobs goes on: get its other pages too.".to_owned())
}

/// The jobs without those that were tried again.
fn last_attempts<'v>(
    reader: &ToolReader,
    jobs: Vec<JsonLookup<'v>>,
    notes: &mut Vec<String>,
) -> Vec<JsonLookup<'v>> {
    let name = |job: JsonLookup<'_>| job.text("name command step_key");
    let key = |job: JsonLookup<'_>| Some((job.text("stage"), name(job)?));
    let mut last: HashMap<_, i64> = HashMap::new();
    for job in &jobs {
        let Some(key) = key(*job) else { continue };
        let attempt = (reader.attempt)(*job);
        last.entry(key).and_modify(|last| *last = attempt.max(*last)).or_insert(attempt);
    }
    let is_last = |job: &JsonLookup<'_>| {
        key(*job).and_then(|key| last.get(&key)).is_none_or(|last| (reader.attempt)(*job) >= *last)
    };
    let (kept, earlier): (Vec<_>, Vec<_>) = jobs.into_iter().partition(is_last);
    notes.extend(attempts_note(earlier.into_iter().filter_map(name)));
    kept
}

/// A note about earlier attempts, by the names of what was tried.
pub(super) fn attempts_note(names: impl Iterator<Item = String>) -> Option<String> {
    const MOST_NAMES: usize = 8;
    let names: BTreeSet<_> = names.collect();
    let more = if names.len() > MOST_NAMES { ", …" } else { "" };
    let shown: Vec<_> = names.iter().take(MOST_NAMES).map(String::as_str).collect();
    let shown = shown.join(", ");
    (!names.is_empty()).then(|| {
        format!(
            "Earlier attempts are left out, since the last one of a job counts: {}{more}.",
            text::visible(&shown)
        )
    })
}
