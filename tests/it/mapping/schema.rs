//! The JSON Schema of mapping files, compared with the reader.

use sei_compose::import::mapping::{Definition, MappingSet, schema, suggest};
use serde_json::Value as Json;

use super::value;

fn is_valid(text: &str) -> bool {
    let schema: Json = serde_json::from_str(&schema()).unwrap();
    let file: Json = toml_edit::de::from_str(text).unwrap();
    jsonschema::validator_for(&schema).unwrap().is_valid(&file)
}

/// A file with each table.
const WHOLE: &str = "name = 'Ferry'\ndocs = 'https://ferry.example'\ndetect = '.kind == \"F\"'\nruns = '.'\n[fields]\n\
    pipeline = '.a'\n[stage]\neach = '.b[]?'\nid = '.c'\n[stage.step]\neach = '.d[]?'\n[artifact]\neach = '.e[]?'\n\
    hash = '.f'\n[parameter]\neach = '.g[]?'\n[trigger]\neach = '.h[]?'\n";

#[test]
fn the_schema_accepts_the_built_in_mappings_and_those_that_are_suggested() {
    let suggested =
        suggest(&value(r#"{"name": "a", "status": "ok", "jobs": [{"name": "b", "status": "ok"}]}"#));
    let suggested = suggested.definition("A").write();
    let set = MappingSet::builtin();
    let built_in = set.all().map(|mapping| mapping.source.as_str());
    for text in built_in.chain([WHOLE, suggested.as_str()]) {
        assert!(is_valid(text), "{text}");
        assert!(Definition::read(text).is_ok(), "{text}");
    }
}

#[test]
fn the_schema_and_the_reader_refuse_the_same_files() {
    let cases = [
        ("", "no name"),
        ("name = ' '\n", "a blank name"),
        ("name = 5\n", "a name that is a number"),
        ("name = 'A'\ndocs = 5\n", "docs that are a number"),
        ("name = 'A'\nlabel = '.a'\n", "an unknown key"),
        ("name = 'A'\ndetect = ''\n", "a blank expression"),
        ("name = 'A'\n[stages]\neach = '.a'\n", "an unknown table"),
        ("name = 'A'\n[fields]\npipelin = '.a'\n", "an unknown field"),
        ("name = 'A'\n[fields]\npipeline = 5\n", "an expression that is a number"),
        ("name = 'A'\n[fields]\npipeline = ['.a']\n", "an expression that is a list"),
        ("name = 'A'\n[stage]\nid = '.a'\n", "a table without items"),
        ("name = 'A'\n[stage]\neach = '.a'\n[stage.step]\nid = '.b'\n", "steps without items"),
        ("name = 'A'\n[stage]\neach = '.a'\n[stage.job]\neach = '.b'\n", "an unknown inner table"),
        ("name = 'A'\nfields = '.a'\n", "a table that is text"),
    ];
    for (text, what) in cases {
        assert!(Definition::read(text).is_err(), "the reader accepts {what}");
        assert!(!is_valid(text), "the schema accepts {what}");
    }
}
