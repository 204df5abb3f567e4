//! Guesses a mapping from one example: by the names of its members, by types, sizes and words of
//! their values, and by its shape.
//!
//! [`rule`] has the names, [`fit`] what values show, [`table`] the lists of items, [`top`] the runs
//! of a document. A guess is sure if its points are enough; each is evaluated on the example.

use super::Mapping;
use super::definition::{DETECT, Definition, EACH, MappingEntry, MappingTable, RUNS};
use crate::catalog::FieldRole;
use crate::document::Value;

mod by_value;
mod condition;
mod duration;
mod fit;
mod leaf;
mod list;
mod name;
mod path;
mod rule;
mod score;
mod table;
mod tool;
mod top;
mod word;

pub(super) use duration::{ChosenDuration, chosen_duration};
pub use path::path_expression;
pub(super) use path::quoted;
pub use tool::tool_name;

use rule::RULES;
use score::Scored;

/// A mapping guessed from one example.
#[derive(Debug, Clone, PartialEq)]
pub struct MappingSuggestion {
    /// The runs of the document; `.` if the document is the run.
    pub runs: Guess,
    /// What recognizes a run of the tool.
    pub detect: Guess,
    /// The best guess for each field, in the order of a mapping file.
    pub guesses: Vec<Guess>,
}

/// A guess for one expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Guess {
    /// The table.
    pub table: MappingTable,
    /// The field, or [`EACH`], [`DETECT`], [`RUNS`].
    pub key: String,
    /// The jq expression.
    pub expression: String,
    /// The outputs for the example; those of the first item for a table.
    pub value: Vec<Value>,
    /// What shows it, as a short clause.
    pub reason: String,
    /// Whether the mapping should have it without a question.
    pub is_sure: bool,
}

impl MappingSuggestion {
    /// The mapping with the sure guesses.
    pub fn definition(&self, label: &str) -> Definition {
        let mut definition = Definition { label: label.to_owned(), ..Definition::default() };
        let top = [&self.detect, &self.runs].into_iter().filter(|guess| guess.expression != ".");
        for guess in top.chain(&self.guesses).filter(|guess| guess.is_sure) {
            definition.set(guess.table, &guess.key, Some(&guess.expression));
        }
        definition
    }
}

/// Guesses a mapping from a document of a tool: a run, a page of a list of runs, or a run in a
/// wrapper.
pub fn suggest(document: &Value) -> MappingSuggestion {
    let top::FoundRuns { guess: runs, runs: found } = top::runs(document);
    let detect = top::detect(&found);
    let run = found.first().copied().unwrap_or(document);
    let mut all = Vec::new();
    for table in MappingTable::RECORDS {
        for field in fields(run, table) {
            all.extend(field.into_iter().next());
        }
    }
    let mut guesses = evaluated(run, all);
    guesses.sort_by_cached_key(|guess| {
        (guess.table, guess.table.keys().iter().position(|key| *key == guess.key))
    });
    // A table without a sure list has no sure fields.
    let unsure: Vec<_> = MappingTable::RECORDS
        .into_iter()
        .filter(|table| table.has_items())
        .filter(|table| {
            !is_sure(&guesses, *table)
                || (*table == MappingTable::Step && !is_sure(&guesses, MappingTable::Stage))
        })
        .collect();
    for guess in &mut guesses {
        guess.is_sure &= !unsure.contains(&guess.table);
    }
    let mut top = evaluated(run, vec![detect]);
    let detect = top
        .pop()
        .unwrap_or_else(|| Scored::new((MappingTable::Top, DETECT), "false".to_owned(), "", 0).guess);
    let runs = Guess { value: vec![run.clone()], ..runs.guess };
    MappingSuggestion { runs, detect, guesses }
}

fn is_sure(guesses: &[Guess], table: MappingTable) -> bool {
    guesses.iter().any(|guess| guess.table == table && guess.key == EACH && guess.is_sure)
}

/// Candidates for one field, best first.
pub fn candidates(run: &Value, table: MappingTable, key: &str) -> Vec<Guess> {
    const MOST: usize = 12;
    if table == MappingTable::Top {
        let guess = match key {
            RUNS => top::runs(run).guess,
            DETECT => top::detect(&[run]),
            _ => return Vec::new(),
        };
        return evaluated(run, vec![guess]);
    }
    let found =
        fields(run, table).into_iter().find(|field| field.first().is_some_and(|best| best.guess.key == key));
    evaluated(run, found.unwrap_or_default().into_iter().take(MOST).collect())
}

/// All guesses for the fields of a table, the best of each first.
fn fields(run: &Value, table: MappingTable) -> Vec<Vec<Scored>> {
    let leaves = score::of(run);
    match table {
        MappingTable::Top => Vec::new(),
        MappingTable::Fields => run_fields(&leaves),
        MappingTable::Step => {
            let stage = table::table(MappingTable::Stage, &leaves);
            let Some(item) = stage.item else { return Vec::new() };
            of_table(table::table(table, &score::of(&item)))
        }
        MappingTable::Stage | MappingTable::Artifact | MappingTable::Parameter | MappingTable::Trigger => {
            of_table(table::table(table, &leaves))
        }
    }
}

fn of_table(found: table::TableGuess) -> Vec<Vec<Scored>> {
    let has_fields = !found.fields.is_empty();
    let each = Some(found.each).filter(|each| !each.is_empty() && has_fields);
    each.into_iter().chain(found.fields).filter(|field| !field.is_empty()).collect()
}

fn run_fields(leaves: &[leaf::Leaf<'_>]) -> Vec<Vec<Scored>> {
    let mut found: Vec<Vec<Scored>> = Vec::new();
    for rule in RULES.iter().filter(|rule| rule.table == MappingTable::Fields) {
        let mut guesses = score::by_name(rule, leaves);
        if rule.key == FieldRole::Commits.name() {
            guesses.extend(commit_lists(leaves));
        } else if rule.key == FieldRole::Result.name() {
            guesses.extend(condition::result(leaves));
        } else if rule.key == FieldRole::Project.name() {
            // The value of the pipeline is not also the project.
            let pipeline = found.first().and_then(|field| field.first()).map(|best| best.at.clone());
            guesses.retain(|guess| Some(&guess.at) != pipeline.as_ref());
        }
        found.push(score::sorted(guesses));
    }
    let starts = of(&found, FieldRole::StartTime);
    let bounds = score::bounds(starts, leaves);
    let durations = duration::durations((MappingTable::Fields, FieldRole::Duration.name()), leaves, &bounds);
    found.extend([durations, full_names(&found)]);
    found.retain(|field| !field.is_empty());
    found
}

fn of(found: &[Vec<Scored>], role: FieldRole) -> &[Scored] {
    let is_it = |field: &&Vec<Scored>| field.first().is_some_and(|best| best.guess.key == role.name());
    found.iter().find(is_it).map_or(&[], Vec::as_slice)
}

/// Lists of commits: of texts, or of objects with an id.
fn commit_lists(leaves: &[leaf::Leaf<'_>]) -> Vec<Scored> {
    let key = FieldRole::Commits.name();
    let Some(rule) = rule::rule(MappingTable::Fields, key) else { return Vec::new() };
    let lists = list::lists(leaves);
    let guess = |list: &list::ItemList| {
        let expression = match list.kind {
            list::ItemKind::Texts => {
                fit::commit(&list.item, &list.words)?;
                list.each()
            }
            list::ItemKind::Objects => {
                let leaves = score::of(&list.item);
                let mut ids = score::by_name(rule, &leaves);
                ids.retain(|id| id.points >= 20);
                format!("{} | {}", list.each(), ids.first()?.guess.expression)
            }
            list::ItemKind::Members
            | list::ItemKind::Pairs
            | list::ItemKind::Alone
            | list::ItemKind::Whole => {
                return None;
            }
        };
        let names = [
            ("commit|change|changeset|sha|revision", 110),
            ("pull|ref|source|material|repository|repo|input|resource", 62),
        ];
        let points = list.words.points(&names, rule.own)?;
        Some(Scored::new((MappingTable::Fields, key), expression, "a list of commits", points).at(&list.at))
    };
    lists.iter().filter_map(guess).collect()
}

/// The name of a job with that of its project, which only some tools need.
fn full_names(found: &[Vec<Scored>]) -> Vec<Scored> {
    let pair = of(found, FieldRole::Project).first().zip(of(found, FieldRole::Pipeline).first());
    let name = |(project, pipeline): (&Scored, &Scored)| {
        let expression =
            format!("[{}, {}] | join(\"/\")", project.guess.expression, pipeline.guess.expression);
        let reason = "project/name; needed if a name occurs in several projects";
        Scored::new((MappingTable::Fields, FieldRole::FullName.name()), expression, reason, score::SURE - 1)
    };
    pair.map(name).into_iter().collect()
}

/// The guesses with their outputs for the example; those that fail are removed.
fn evaluated(run: &Value, found: Vec<Scored>) -> Vec<Guess> {
    let given = |table: MappingTable| {
        let is_each = |scored: &&Scored| scored.guess.table == table && scored.guess.key == EACH;
        found.iter().find(is_each).map(|scored| scored.guess.expression.clone())
    };
    let guessed = |table: MappingTable| Some(fields(run, table).first()?.first()?.guess.expression.clone());
    let mut tables: Vec<MappingTable> =
        found.iter().map(|scored| scored.guess.table).filter(|table| table.has_items()).collect();
    if tables.contains(&MappingTable::Step) {
        tables.push(MappingTable::Stage);
    }
    tables.sort_unstable();
    tables.dedup();
    let items: Vec<(MappingTable, String)> = tables
        .into_iter()
        .filter_map(|table| Some((table, given(table).or_else(|| guessed(table))?)))
        .collect();
    let each = |table: MappingTable| {
        let found = items.iter().find(|(other, _)| *other == table);
        found.map_or("empty", |(_, each)| each.as_str())
    };
    let entry = |scored: &Scored| {
        let Guess { table, key, expression, .. } = &scored.guess;
        let list = match table {
            MappingTable::Top | MappingTable::Fields => None,
            MappingTable::Step => {
                let steps = if key == EACH { expression } else { each(*table) };
                Some(format!("{} | {steps}", each(MappingTable::Stage)))
            }
            MappingTable::Stage
            | MappingTable::Artifact
            | MappingTable::Parameter
            | MappingTable::Trigger => Some(if key == EACH { expression } else { each(*table) }.to_owned()),
        };
        let expression = match list {
            None => expression.clone(),
            Some(list) if key == EACH => format!("first({list})"),
            Some(list) => format!("first({list}) | {expression}"),
        };
        // The key does not matter, but `each` would not be evaluated.
        MappingEntry { table: MappingTable::Fields, key: String::new(), expression, line: 0 }
    };
    let entries = found.iter().map(entry).collect();
    let mapping = Mapping::of("suggestion", Definition { entries, ..Definition::default() });
    let values = mapping.values(run).map(|values| values.fields).unwrap_or_default();
    let outputs = |index: usize| values.iter().find(|value| value.entry == index)?.outputs.clone().ok();
    found
        .into_iter()
        .enumerate()
        .filter_map(|(index, scored)| Some(Guess { value: outputs(index)?, ..scored.guess }))
        .collect()
}
