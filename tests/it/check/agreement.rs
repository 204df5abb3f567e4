//! Structural problems compared with the published schema in a JSON Schema validator.

use std::sync::OnceLock;

use jsonschema::Validator;
use proptest::prelude::*;
use sei_compose::catalog::{SCHEMA, Shape, catalog};
use sei_compose::check::{Problem, Severity};
use sei_compose::document::{Value, write_compact};

use super::corpus::whole_corpus;
use super::mutation::{changed, changes, good};
use super::property::any_value;
use super::{problems, spelled};

fn validator() -> &'static Validator {
    static VALIDATOR: OnceLock<Validator> = OnceLock::new();
    VALIDATOR.get_or_init(|| jsonschema::validator_for(&serde_json::from_str(SCHEMA).unwrap()).unwrap())
}

/// Whether the schema can report a problem.
fn is_structural(problem: &Problem, document: &Value) -> bool {
    let value = document.get(&problem.at);
    let text = value.and_then(Value::as_text);
    match problem.code {
        "missing-field" | "wrong-type" | "stage-duration-missing" | "duration-negative" | "id-long" => true,
        // Spaces are text for the schema, and 0 is a number.
        "blank-value" => text == Some(""),
        "build-number-range" => problem.severity == Severity::Error,
        // The schema has only a lower bound, which separates seconds from milliseconds.
        "start-time-unit" | "start-time-range" => {
            value.and_then(Value::as_number).is_some_and(|number| number.as_f64() < 4_102_444_800.0)
        }
        // These hide other problems of the value.
        "placeholder" | "url-credentials" | "secret-like" | "control-character" | "curly-quote" => {
            let words: Vec<_> = problem.at.words().collect();
            let field = catalog().field(words.iter().map(AsRef::as_ref));
            let entry = problem.at.last().is_some_and(|token| token.as_index().is_some());
            let is_text = field.is_none_or(|field| match &field.shape {
                Shape::Text => true,
                Shape::List(of) => entry && **of == Shape::Text,
                Shape::Map => words.len() > 4,
                Shape::Integer | Shape::Boolean | Shape::Record(_) => false,
            });
            let is_id = field.is_some_and(|field| field.name == "id");
            !is_text || (is_id && text.is_some_and(|text| text.chars().count() > 50) && is_stage(problem))
        }
        _ => false,
    }
}

fn is_stage(problem: &Problem) -> bool {
    problem.at.words().next().is_some_and(|first| first == "job_run")
}

/// A field under both its names is one field for the check and two for the schema.
fn has_both_names(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| ["name-conflict", "name-twice"].contains(&problem.code))
}

/// Whether floating point, which the validator uses, represents all numbers exactly.
fn is_exact(value: &Value) -> bool {
    match value {
        Value::Number(number) => {
            let float = number.as_f64();
            let is_bound =
                number.is_integer() && float.abs() >= 9e18 && number.as_str().contains(['.', 'e', 'E']);
            float.is_finite() && !is_bound && number.is_integer() == (float.fract() == 0.0)
        }
        Value::Array(items) => items.iter().all(is_exact),
        Value::Object(object) => object.iter().all(|(_, value)| is_exact(value)),
        Value::Null | Value::Bool(_) | Value::Text(_) => true,
    }
}

/// The verdicts of check and schema; `None` where they cannot be compared.
fn verdicts(document: &Value) -> Option<(bool, bool)> {
    let found = problems(document);
    let json = serde_json::from_str(&write_compact(document))
        .ok()
        .filter(|_| is_exact(document) && !has_both_names(&found))?;
    let is_sound = !found.iter().any(|problem| is_structural(problem, document));
    Some((is_sound, validator().is_valid(&json)))
}

fn agree(document: &Value) -> Result<(), TestCaseError> {
    if let Some((ours, theirs)) = verdicts(document) {
        prop_assert_eq!(ours, theirs, "{}\n{}", spelled(document), write_compact(document));
    }
    Ok(())
}

#[test]
fn the_schema_agrees_about_the_whole_corpus_and_refuses_some_of_it() {
    let mut refused = 0;
    for file in whole_corpus() {
        let Some(document) = file.document() else { continue };
        let Some((ours, theirs)) = verdicts(&document) else { continue };
        assert_eq!(ours, theirs, "{}: {}", file.path.display(), spelled(&document));
        refused += usize::from(!theirs);
    }
    assert!(refused > 20);
    assert_eq!(verdicts(&good()), Some((true, true)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn the_schema_agrees_about_changed_documents(changes in changes(3)) {
        agree(&changed(&changes))?;
    }

    #[test]
    fn the_schema_agrees_about_any_document(document in any_value()) {
        agree(&document)?;
    }

    #[test]
    fn the_schema_agrees_about_any_value_in_any_field(value in any_value(), field in 0_usize..28) {
        let mut run = good().as_object().unwrap().clone();
        let name = catalog().run().fields.get(field).unwrap().name.clone();
        run.put(&name, value);
        agree(&Value::Object(run))?;
    }
}
