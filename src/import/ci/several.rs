//! Inputs with several runs, such as a page of the API: which runs they hold, and the values of
//! each of them.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::gather::{self, Owned, Parts, RunIds};
use super::lookup::JsonLookup;
use super::run::Run;
use super::{READERS, ToolReader, imported};
use crate::document::Value;
use crate::import::{CiTool, ImportError, Imported};
use crate::text;
use crate::time::Timestamp;

/// An error lists this many runs at most.
const MOST_LISTED: usize = 8;

/// One of the runs of an input.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedRun {
    /// The number that SEI gets, or the ID where the tool gives no number.
    pub number: Option<String>,
    /// The full name of the job.
    pub name: Option<String>,
    /// When it started.
    pub start: Option<Timestamp>,
    /// The result, or the state of a run that is not over, in the word of the tool.
    pub result: Option<String>,
    /// Whether it has ended.
    pub is_over: bool,
    /// The run, as the import of this run alone.
    pub read: Result<Imported, ImportError>,
}

/// The runs of an input, in its order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RunList {
    /// The runs.
    pub runs: Vec<ListedRun>,
    /// The index of the run that is imported by default.
    pub newest: usize,
    /// The values that are neither a run nor a part of one, one sentence each.
    pub unread: Vec<String>,
}

/// Which run of an input to import.
#[derive(Debug, Clone, Copy)]
pub(super) enum RunChoice<'c> {
    /// The newest one that has ended.
    Newest,
    /// The one of this number or ID.
    Number(&'c str),
}

/// A run of an input, with its jobs not yet assigned.
struct Candidate<'v> {
    reader: &'static ToolReader,
    /// The run; empty where only its jobs are in the input.
    run: JsonLookup<'v>,
    identity: RunIds,
    summary: Run,
}

/// The values of an input, sorted.
pub(super) struct Several<'v> {
    candidates: Vec<Candidate<'v>>,
    others: Vec<JsonLookup<'v>>,
}

impl<'v> Several<'v> {
    /// Sorts values. Where no value is a run, each run that a job names is one.
    pub(super) fn of(values: &[&'v Value]) -> Self {
        let lookups = values.iter().map(|value| JsonLookup::of(value));
        let reader_of = |json: JsonLookup<'_>| READERS.iter().find(|reader| (reader.is_run)(json));
        let (runs, others): (Vec<_>, Vec<_>) = lookups.partition(|json| reader_of(*json).is_some());
        let of_runs = runs.iter().filter_map(|json| Some(Candidate::of_run(reader_of(*json)?, *json)));
        let mut candidates = distinct(of_runs.collect());
        if candidates.is_empty() {
            candidates = of_jobs(&others);
        }
        Self { candidates, others }
    }

    /// How many runs there are.
    pub(super) fn len(&self) -> usize {
        self.candidates.len()
    }

    /// The run to import, and a note where there are others. Where the input has jobs, a run that
    /// they belong to comes first.
    fn choose(&self, choice: RunChoice<'_>) -> Result<(Option<&Candidate<'v>>, Option<String>), ImportError> {
        let all: Vec<_> = self.candidates.iter().collect();
        let fitting = match choice {
            RunChoice::Number(number) => {
                let fitting: Vec<_> =
                    all.iter().copied().filter(|candidate| candidate.has_number(number)).collect();
                if fitting.is_empty() {
                    let known = all.iter().filter_map(|candidate| candidate.number()).collect();
                    return Err(ImportError::NoSuchRun { wanted: number.to_owned(), known: listed(known) });
                }
                fitting
            }
            RunChoice::Newest => self.with_jobs(all),
        };
        let Some(chosen) = newest(&fitting) else { return Ok((None, None)) };
        let number =
            text::visible(&chosen.number().unwrap_or_else(|| "without a number".to_owned())).into_owned();
        let note = match choice {
            RunChoice::Newest if self.len() > 1 => Some(newest_note(self.len(), chosen.is_over(), &number)),
            RunChoice::Number(_) if fitting.len() > 1 => Some(format!(
                "{} runs have the number {number}. Imported the newest one, of {}. `import --all` prints all.",
                fitting.len(),
                text::visible(chosen.summary.full_name.as_deref().unwrap_or("an unknown job")),
            )),
            RunChoice::Newest | RunChoice::Number(_) => None,
        };
        Ok((Some(chosen), note))
    }

    /// The runs that have jobs in the input; all where none has.
    fn with_jobs<'s>(&self, all: Vec<&'s Candidate<'v>>) -> Vec<&'s Candidate<'v>> {
        let mut owned = HashMap::new();
        for candidate in &all {
            let reader = candidate.reader;
            owned
                .entry((reader.tool.label(), reader.list))
                .or_insert_with(|| Owned::of(reader, reader.all_jobs(&self.others)));
        }
        let has_jobs = |candidate: &&&Candidate<'v>| {
            let key = (candidate.reader.tool.label(), candidate.reader.list);
            owned.get(&key).is_some_and(|jobs: &Owned<'_>| jobs.names(&candidate.identity))
        };
        let some: Vec<_> = all.iter().filter(has_jobs).copied().collect();
        if some.is_empty() { all } else { some }
    }

    /// Reads one run of the input.
    pub(super) fn read(
        &self,
        reader: &'static ToolReader,
        choice: RunChoice<'_>,
    ) -> Result<(CiTool, Value, Vec<String>), ImportError> {
        let (chosen, note) = self.choose(choice)?;
        let reader = chosen.map_or(reader, |chosen| chosen.reader);
        let is_alone = self.len() < 2;
        let (parts, mut notes) =
            gather::Pool::of(reader, &self.others).gather(chosen.map(Candidate::place), is_alone)?;
        let (document, more) = (reader.read)(&parts).document(reader.tool);
        notes.extend(more);
        Ok((reader.tool, document, note.into_iter().chain(notes).collect()))
    }

    /// Reads all runs of the input.
    pub(super) fn list(&self) -> Vec<ListedRun> {
        let mut pools = HashMap::new();
        let mut listed = Vec::with_capacity(self.len());
        for candidate in &self.candidates {
            let reader = candidate.reader;
            let pool = pools
                .entry((reader.tool.label(), reader.list))
                .or_insert_with(|| gather::Pool::of(reader, &self.others));
            let read = pool.gather(Some(candidate.place()), false).map(|(parts, notes)| {
                let (document, more) = (reader.read)(&parts).document(reader.tool);
                imported(reader.tool, document, notes.into_iter().chain(more).collect())
            });
            listed.push(candidate.listed(read));
        }
        listed
    }

    /// The index of the run that is imported by default.
    pub(super) fn newest(&self) -> usize {
        let chosen = newest(&self.with_jobs(self.candidates.iter().collect()));
        let is_it = |candidate: &Candidate<'_>| chosen.is_some_and(|chosen| std::ptr::eq(chosen, candidate));
        self.candidates.iter().position(is_it).unwrap_or_default()
    }
}

impl<'v> Candidate<'v> {
    fn of_run(reader: &'static ToolReader, run: JsonLookup<'v>) -> Self {
        let identity = (reader.identity)(run);
        let summary = (reader.read)(&Parts { run, ..Parts::default() });
        Self { reader, run, identity, summary }
    }

    fn place(&self) -> (JsonLookup<'v>, &RunIds) {
        (self.run, &self.identity)
    }

    fn is_over(&self) -> bool {
        self.summary.verdict.as_ref().is_some_and(|verdict| !verdict.is_open())
    }

    fn number(&self) -> Option<String> {
        self.summary
            .number
            .map(|number| number.to_string())
            .or_else(|| self.identity.iter().flatten().next().cloned())
    }

    /// Whether a number names this run: the number for SEI, the number that the tool shows, or the
    /// ID.
    fn has_number(&self, wanted: &str) -> bool {
        let wanted = wanted.trim().trim_start_matches('#');
        let shown =
            ["number", "run_number", "iid", "build_number", "build_num", "buildNumber", "pipeline_number"];
        let shown = shown.iter().filter_map(|name| self.run.text(name));
        let own = self.number().into_iter().chain(self.identity.iter().flatten().cloned());
        own.chain(shown).any(|number| number == wanted)
    }

    fn listed(&self, read: Result<Imported, ImportError>) -> ListedRun {
        ListedRun {
            number: self.number(),
            name: self.summary.full_name.clone(),
            start: self.summary.start,
            result: self.summary.verdict.as_ref().map(|verdict| verdict.word.clone()),
            is_over: self.is_over(),
            read,
        }
    }
}

/// The newest run that has ended; where none has, the newest one.
fn newest<'s, 'v>(candidates: &[&'s Candidate<'v>]) -> Option<&'s Candidate<'v>> {
    let rank = |(index, candidate): &(usize, &&Candidate<'_>)| {
        (candidate.is_over(), candidate.summary.start, candidate.summary.number, Reverse(*index))
    };
    candidates.iter().enumerate().max_by_key(rank).map(|(_, candidate)| *candidate)
}

/// The runs without those that are in the input twice: events report the states of one run one
/// after the other.
fn distinct(candidates: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    let mut places = HashMap::new();
    let mut kept: Vec<Candidate<'_>> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let Run { full_name, number, .. } = &candidate.summary;
        let key = (candidate.reader.tool.label(), candidate.identity.clone(), full_name.clone(), *number);
        let is_named = candidate.identity.iter().any(Option::is_some);
        let place = if is_named { *places.entry(key).or_insert(kept.len()) } else { kept.len() };
        match kept.get_mut(place) {
            Some(known) if known.is_over() && !candidate.is_over() => {}
            Some(known)
                if known.is_over() && known.summary.stages.len() >= candidate.summary.stages.len() => {}
            Some(known) => *known = candidate,
            None => kept.push(candidate),
        }
    }
    kept
}

/// The runs that jobs name.
fn of_jobs<'v>(others: &[JsonLookup<'v>]) -> Vec<Candidate<'v>> {
    let Some(reader) = READERS.iter().find(|reader| others.iter().any(|json| reader.has_jobs(*json))) else {
        return Vec::new();
    };
    let mut order: Vec<Candidate<'v>> = Vec::new();
    let mut places = HashMap::new();
    let mut jobs_of: Vec<Vec<JsonLookup<'v>>> = Vec::new();
    for job in reader.all_jobs(others) {
        let identity = (reader.owner)(job);
        if identity.first().is_none_or(Option::is_none) {
            continue;
        }
        let place = *places.entry(identity.clone()).or_insert(order.len());
        if place == order.len() {
            order.push(Candidate { reader, run: JsonLookup::default(), identity, summary: Run::default() });
            jobs_of.push(Vec::new());
        }
        if let Some(jobs) = jobs_of.get_mut(place) {
            jobs.push(job);
        }
    }
    for (candidate, jobs) in order.iter_mut().zip(jobs_of) {
        candidate.summary = (reader.read)(&Parts { jobs, ..Parts::default() });
    }
    order
}

/// The lists in a value that hold runs.
fn lists(value: &Value) -> Vec<&[Value]> {
    let own = value.as_array().filter(|items| items.iter().any(super::is_run));
    if super::is_run(value) || own.is_some() {
        return own.into_iter().collect();
    }
    let members = super::members(value).into_iter().filter_map(Value::as_array);
    members.filter(|items| items.iter().any(super::is_run)).collect()
}

/// Sentences on the values of an input that are neither a run nor a part of one.
pub(super) fn unread(values: &[Value]) -> Vec<String> {
    let readers: Vec<_> = READERS
        .iter()
        .filter(|reader| values.iter().flat_map(super::parts).any(|part| reader.knows(JsonLookup::of(part))))
        .collect();
    let is_known = |value: &Value| {
        let is_part = |part: &Value| {
            let json = JsonLookup::of(part);
            readers.iter().any(|reader| reader.knows(json) || reader.is_empty_list(json))
        };
        let is_empty_page =
            || super::members(value).iter().any(|member| member.as_array().is_some_and(<[_]>::is_empty));
        super::parts(value).into_iter().any(is_part) || is_empty_page()
    };
    let mut found = Vec::new();
    if values.len() > 1 {
        let unknown = values.iter().enumerate().filter(|(_, value)| !is_known(value));
        found.extend(
            unknown
                .map(|(index, _)| format!("value {} of the input is not a run or a part of one", index + 1)),
        );
    }
    for list in values.iter().flat_map(lists) {
        let unknown = list.iter().enumerate().filter(|(_, item)| !is_known(item));
        found.extend(
            unknown.map(|(index, _)| format!("item {} of the list is not a run or a part of one", index + 1)),
        );
    }
    found
}

/// The note about the choice of the newest of several runs.
pub(in crate::import) fn newest_note(runs: usize, is_over: bool, number: &str) -> String {
    let run = if is_over { "finished run" } else { "run" };
    format!(
        "The input has {runs} runs. Imported the newest {run}: {number}. `import --run NUMBER` imports another one, \
         `import --all` prints all."
    )
}

/// Some of the numbers, with `…` where there are more.
pub(in crate::import) fn listed(mut numbers: Vec<String>) -> String {
    let has_more = numbers.len() > MOST_LISTED;
    numbers.truncate(MOST_LISTED);
    let shown = numbers.join(", ");
    text::visible(&if has_more { format!("{shown}, …") } else { shown }).into_owned()
}
