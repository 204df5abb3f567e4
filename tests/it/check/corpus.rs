//! The corpus: for each rule, documents with the problem and near misses without it.

use std::path::{Path, PathBuf};

use sei_compose::catalog::FieldRole;
use sei_compose::check::{
    Context, JobValues, KnownInstance, PreviousRun, Problem, ResultCase, Severity, UncountedMetric, check,
    raw, rule, rules,
};
use sei_compose::document::{Value, read};
use snapbox::{Assert, Data};

use super::{context, parse, spell};

pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// The context of the documents of a rule: the file `context.json` next to them, and the time.
pub(super) fn context_of(code: &str) -> Context {
    let Ok(text) = std::fs::read_to_string(folder().join(code).join("context.json")) else {
        return context();
    };
    let known = parse(&text);
    let field = |holder: &Value, key: &str| holder.as_object().unwrap().get(key).cloned();
    let text = |holder: &Value, key: &str| field(holder, key).and_then(|v| v.as_text().map(str::to_owned));
    let list =
        |key: &str| field(&known, key).and_then(|v| v.as_array().map(<[Value]>::to_vec)).unwrap_or_default();
    let instance = |entry: &Value| KnownInstance {
        guid: text(entry, "guid").unwrap(),
        name: text(entry, "name").unwrap(),
        url: text(entry, "url"),
        environment: text(entry, "environment"),
    };
    let run = |entry: &Value| PreviousRun {
        guid: text(entry, "guid").unwrap(),
        full_name: text(entry, "full_name").unwrap(),
        build_number: field(entry, "build_number").and_then(|n| n.as_i64()),
        result: text(entry, "result").unwrap(),
        accepted: field(entry, "accepted").and_then(|a| a.as_bool()).unwrap(),
        job: field(entry, "job").map(|job| JobValues::of(&job)),
    };
    let uncounted = |entry: &Value| UncountedMetric {
        metric: text(entry, "metric").unwrap(),
        field: text(entry, "field").map(|_| FieldRole::Result),
        because: text(entry, "because").unwrap(),
    };
    Context {
        environment: text(&known, "environment"),
        result_case: text(&known, "dialect")
            .map(|word| if word == "upper" { ResultCase::Upper } else { ResultCase::Lower }),
        instances: list("instances").iter().map(instance).collect(),
        previous_runs: list("earlier").iter().map(run).collect(),
        uncounted: list("uncounted").iter().map(uncounted).collect(),
        ..context()
    }
}

/// A file of the corpus.
pub(super) struct File {
    pub(super) path: PathBuf,
    pub(super) text: String,
    pub(super) code: &'static str,
}

impl File {
    pub(super) fn document(&self) -> Option<Value> {
        read(&self.text).ok()
    }

    /// The problems of a text and of its document.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let faults = raw(&self.text).into_iter().map(|fault| fault.problem);
        let document = self.document();
        faults.chain(document.iter().flat_map(|d| check(d, &context_of(self.code)))).collect()
    }

    fn is_reported(&self) -> bool {
        self.problems().iter().any(|problem| problem.code == self.code)
    }
}

/// The files of a rule whose names start with a word.
pub(super) fn files(code: &'static str, start: &str) -> Vec<File> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder().join(code)).into_iter().flatten() {
        let path = entry.unwrap().path();
        let is_named = path.file_stem().is_some_and(|name| name.to_str().unwrap().starts_with(start));
        if is_named && path.extension().is_some_and(|extension| extension == "json") {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push(File { path, text, code });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

pub(super) fn whole_corpus() -> Vec<File> {
    rules()
        .iter()
        .flat_map(|rule| files(rule.code, "bad").into_iter().chain(files(rule.code, "good")))
        .collect()
}

#[test]
fn each_rule_reports_its_bad_files_and_lets_its_near_misses_pass() {
    for rule in rules() {
        let (bad, good) = (files(rule.code, "bad"), files(rule.code, "good"));
        assert!(!bad.is_empty() && !good.is_empty(), "{} has no bad or no good file", rule.code);
        for file in bad {
            assert!(file.is_reported(), "{} is not reported", file.path.display());
        }
        for file in good {
            assert!(!file.is_reported(), "{} is reported", file.path.display());
        }
    }
}

#[test]
fn the_bad_files_report_their_expected_texts_and_nothing_else() {
    for rule in rules() {
        for file in files(rule.code, "bad") {
            let expected = Data::read_from(&file.path.with_extension("txt"), None);
            Assert::new().action_env("SNAPSHOTS").eq(spell(&file.problems()), expected.raw());
        }
    }
}

#[test]
fn near_misses_are_reported_for_nothing_worse_than_a_hint() {
    for rule in rules() {
        for file in files(rule.code, "good") {
            let found = file.problems();
            let is_mild = found.iter().all(|problem| problem.severity == Severity::Hint);
            let is_excused =
                file.path.file_stem().is_some_and(|name| name.to_str().unwrap().contains("other"));
            assert!(is_mild || is_excused, "{}: {}", file.path.display(), spell(&found));
        }
    }
}

#[test]
fn the_corpus_holds_no_folder_of_an_unknown_rule() {
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(!path.is_dir() || name == "whole" || rule(name).is_some(), "{name} is not a rule");
    }
}
