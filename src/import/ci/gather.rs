//! Which of the values in an input belong to one run: the run, its jobs, and what else describes
//! it.

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
    /// The run; empty where only its jobs are known.
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
    fn jobs<'v>(&self, value: JsonLookup<'v>) -> Vec<JsonLookup<'v>> {
        self.matching(value, self.is_job)
    }

    /// The jobs that values hold, or that they are.
    pub(super) fn all_jobs<'v>(&self, values: &[JsonLookup<'v>]) -> Vec<JsonLookup<'v>> {
        values.iter().flat_map(|value| self.jobs(*value)).collect()
    }

    /// Whether a value is a job, or holds some.
    pub(super) fn has_jobs(&self, value: JsonLookup<'_>) -> bool {
        (self.is_job)(value) || value.list(self.list).into_iter().any(self.is_job)
    }

    /// Whether a value is a run, a job, or something else of a run.
    pub(super) fn knows(&self, value: JsonLookup<'_>) -> bool {
        (self.is_run)(value) || self.has_jobs(value) || !self.matching(value, self.is_context).is_empty()
    }

    /// Whether a value is an empty list of jobs.
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

/// Values that belong to runs, by the first part of what identifies their run.
pub(super) struct Owned<'v> {
    reader: &'static ToolReader,
    values: Vec<JsonLookup<'v>>,
    /// The indexes of those that name no run, and of those that name one.
    by_owner: HashMap<Option<String>, Vec<usize>>,
    owners: usize,
}

impl<'v> Owned<'v> {
    pub(super) fn of(reader: &'static ToolReader, values: Vec<JsonLookup<'v>>) -> Self {
        let mut by_owner: HashMap<_, Vec<_>> = HashMap::new();
        let mut owners = BTreeSet::new();
        for (index, value) in values.iter().enumerate() {
            let owner = (reader.owner)(*value);
            by_owner.entry(owner.first().cloned().flatten()).or_default().push(index);
            owners.insert(owner);
        }
        Self { reader, values, by_owner, owners: owners.len() }
    }

    /// Whether any of them names this run.
    pub(super) fn names(&self, identity: &RunIds) -> bool {
        let first = identity.first().and_then(Option::as_ref);
        first.is_some_and(|first| {
            let named = self.by_owner.get(&Some(first.clone())).map(Vec::as_slice).unwrap_or_default();
            let owners = named.iter().filter_map(|index| self.values.get(*index));
            owners
                .map(|value| (self.reader.owner)(*value))
                .any(|owner| difference(identity, &owner).is_none())
        })
    }

    /// The values of a run; with `must`, an error where only other runs have values.
    fn own(&self, identity: &RunIds, must: bool) -> Result<Vec<JsonLookup<'v>>, ImportError> {
        let first = identity.first().cloned().flatten();
        let indexes = if first.is_none() {
            (0..self.values.len()).collect()
        } else {
            let keys = [None, first];
            let mut indexes: Vec<_> =
                keys.iter().filter_map(|key| self.by_owner.get(key)).flatten().copied().collect();
            indexes.sort_unstable();
            indexes
        };
        let values = indexes.into_iter().filter_map(|index| self.values.get(index));
        let own = values.filter(|value| difference(identity, &(self.reader.owner)(**value)).is_none());
        let own: Vec<_> = own.copied().collect();
        if !must || !own.is_empty() {
            return Ok(own);
        }
        let mut others = self.values.iter().map(|value| difference(identity, &(self.reader.owner)(*value)));
        match others.find_map(|other| other) {
            Some((run, jobs)) => Err(ImportError::OtherRun { tool: self.reader.tool, run, jobs }),
            None => Ok(own),
        }
    }
}

/// The values of an input that are not runs, from which each run takes its own.
pub(super) struct Pool<'v> {
    reader: &'static ToolReader,
    jobs: Owned<'v>,
    context: Owned<'v>,
    cut: Option<String>,
}

impl<'v> Pool<'v> {
    pub(super) fn of(reader: &'static ToolReader, others: &[JsonLookup<'v>]) -> Self {
        let jobs = Owned::of(reader, reader.all_jobs(others));
        let context = others.iter().flat_map(|value| reader.matching(*value, reader.is_context)).collect();
        let cut = cut(reader, others, jobs.values.len());
        Self { reader, context: Owned::of(reader, context), jobs, cut }
    }

    /// The values of one run, with notes about the others. Jobs that all belong to another run are
    /// an error where the run is the only one.
    pub(super) fn gather(
        &self,
        run: Option<(JsonLookup<'v>, &RunIds)>,
        is_alone: bool,
    ) -> Result<(Parts<'v>, Vec<String>), ImportError> {
        let mut notes: Vec<_> = self.cut.iter().cloned().collect();
        let of_jobs = || self.jobs.values.first().map(|job| (self.reader.owner)(*job));
        let identity = run.map(|(_, identity)| identity.clone()).or_else(of_jobs).unwrap_or_default();
        let jobs = self.jobs.own(&identity, is_alone)?;
        let context = self.context.own(&identity, is_alone)?;
        let total = self.jobs.values.len();
        if is_alone && jobs.len() < total {
            notes.push(format!(
                "The jobs are of {} runs; only those of run {} are imported, not {} of other runs.",
                self.jobs.owners,
                text::visible(identity.iter().flatten().next().map_or("?", String::as_str)),
                text::count(total - jobs.len(), "entry", "entries"),
            ));
        }
        let run = run.map(|(run, _)| run).unwrap_or_default();
        let all = jobs.into_iter().chain(run.items(self.reader.list)).collect();
        let jobs = last_attempts(self.reader, all, &mut notes);
        Ok((Parts { run, jobs, context }, notes))
    }
}

/// The first difference of two identities, if any.
pub(super) fn difference(one: &RunIds, other: &RunIds) -> Option<(String, String)> {
    let pairs = one.iter().zip(other).filter_map(|(one, other)| Some((one.as_ref()?, other.as_ref()?)));
    let mut different = pairs.filter(|(one, other)| one != other);
    different.next().map(|(one, other)| (one.clone(), other.clone()))
}

/// A note where lists of jobs say that there are more.
fn cut(reader: &ToolReader, pages: &[JsonLookup<'_>], count: usize) -> Option<String> {
    let mut pages = pages.iter().filter(|page| page.is_object() && page.at(reader.list).is_list()).peekable();
    pages.peek()?;
    let mut has_next = true;
    let mut total = 0;
    for page in pages {
        has_next &= page.text("next next_page_token").is_some();
        total = total.max(page.whole("total_count").and_then(|total| total.try_into().ok()).unwrap_or(0));
    }
    (has_next || total > count).then(|| "The list of jobs is incomplete: get its other pages too.".to_owned())
}

/// The last attempts of the jobs.
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
    let (last_jobs, previous): (Vec<_>, Vec<_>) = jobs.into_iter().partition(is_last);
    notes.extend(attempts_note(previous.into_iter().filter_map(name)));
    last_jobs
}

/// A note about previous attempts, by the names of the jobs.
pub(super) fn attempts_note(names: impl Iterator<Item = String>) -> Option<String> {
    const MOST_NAMES: usize = 8;
    let names: BTreeSet<_> = names.collect();
    let more = if names.len() > MOST_NAMES { ", …" } else { "" };
    let shown: Vec<_> = names.iter().take(MOST_NAMES).map(String::as_str).collect();
    let shown = shown.join(", ");
    (!names.is_empty()).then(|| {
        format!(
            "Previous attempts are not imported, only the last one of a job: {}{more}.",
            text::visible(&shown)
        )
    })
}
