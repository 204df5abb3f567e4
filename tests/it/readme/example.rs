//! The files of `examples/`, and the sample files in the documents: the program reads all of them.

use sei_compose::check::{Context, check};
use sei_compose::document::{self, Value};
use sei_compose::draft::Draft;
use sei_compose::keymap::Keymap;
use sei_compose::world::config;

use super::{blocks, read, root};

fn block(name: &str) -> String {
    format!("```toml\n{}```\n", read(name))
}

pub(super) fn config() -> String {
    block("examples/config.toml")
}

pub(super) fn keys() -> String {
    block("examples/keys.toml")
}

fn document(name: &str) -> Value {
    document::read(&read(name)).unwrap()
}

/// The document with the instance fields, which each reader replaces.
fn with_instance(document: &Value) -> Value {
    let mut object = document.as_object().unwrap().clone();
    object.put("instance_name", "Shop CI");
    object.put("instance_guid", "5a4a12d6-6a1b-4b51-9c9e-0a3a3a0f7f42");
    Value::Object(object)
}

/// The only artifact of a run, without its direction.
fn artifact(run: &Value) -> Vec<(String, Value)> {
    let artifacts = run.as_object().unwrap().get("artifacts").unwrap().as_array().unwrap();
    assert_eq!(artifacts.len(), 1, "an example has one artifact");
    let members = artifacts.first().unwrap().as_object().unwrap().iter();
    members
        .filter(|(name, _)| !["input", "output"].contains(name))
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .collect()
}

/// The text with its commented settings active. They are commented so that a copy works before
/// their files exist.
fn with_all_settings(text: &str) -> String {
    let uncommented = text.lines().map(|line| match line.strip_prefix("# ") {
        Some(rest) if rest.split_once(" = ").is_some_and(|(name, _)| !name.contains(' ')) => rest,
        _ => line,
    });
    uncommented.flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn the_example_payloads_lack_only_the_instance() {
    for name in ["examples/ci-run.json", "examples/cd-run.json"] {
        let found = |document: &Value| -> Vec<String> {
            let problems = check(document, &Context::default());
            problems.into_iter().map(|problem| format!("{} {}", problem.code, problem.at)).collect()
        };
        let run = document(name);
        let missing = ["missing-field /instance_guid", "missing-field /instance_name"];
        assert_eq!(found(&run), missing, "{name}");
        assert_eq!(found(&with_instance(&run)), [""; 0], "{name}");
    }
}

#[test]
fn the_example_deployment_deploys_what_the_example_build_made() {
    let artifacts = ["examples/ci-run.json", "examples/cd-run.json"].map(|name| artifact(&document(name)));
    assert_eq!(artifacts[0], artifacts[1]);
}

#[test]
fn the_examples_are_read_without_notes() {
    let text = read("examples/config.toml");
    for text in [with_all_settings(&text), text] {
        let read = config::read(&text).unwrap();
        assert_eq!(read.notes, [""; 0]);
        assert!(read.environment("staging").is_some());
        assert_eq!(read.default_environment.as_deref(), Some("staging"));
    }
    Keymap::with(Some(&read("examples/keys.toml"))).unwrap();
    assert_eq!(with_all_settings("# a = 1\n# a b = 1\nc = 2\n"), "a = 1\n# a b = 1\nc = 2\n");
}

#[test]
fn every_example_is_one_of_the_tested_files() {
    let mut names: Vec<_> = std::fs::read_dir(root().join("examples"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["cd-run.json", "ci-run.json", "config.toml", "keys.toml"]);
}

#[test]
fn the_sample_of_a_draft_is_read() {
    let text = read("docs/files.md");
    let draft = Draft::read(blocks(&text, "json").first().unwrap()).unwrap();
    assert_eq!(draft.name, "nightly");
    assert!(text.contains("| `unparsed` |") && text.contains("| `silenced_rules` |"));
}
