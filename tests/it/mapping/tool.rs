//! The built-in mappings: each with a sample run, and further shapes that the tool documents.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sei_compose::check::{CheckSession, Context, Severity, Silenced};
use sei_compose::document::{Value, read, write_pretty};
use sei_compose::import::mapping::{Mapping, MappingSet};
use sei_compose::import::{ImportKind, import, list_runs};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/mapping/sample")
}

fn sample(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).unwrap()
}

fn builtin() -> Vec<Arc<Mapping>> {
    MappingSet::builtin().all().cloned().collect()
}

#[test]
fn each_file_is_embedded_has_samples_and_compiles() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/mappings");
    let files = std::fs::read_dir(assets).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> =
        files.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    files.sort();
    let names: Vec<_> = builtin().iter().map(|mapping| mapping.id.clone()).collect();
    assert_eq!(names, files);
    for mapping in builtin() {
        assert_eq!(mapping.faults(), [], "{}", mapping.id);
        assert!(mapping.definition.docs.is_some(), "{} names no page", mapping.id);
        assert!(folder().join(format!("{}.json", mapping.id)).exists(), "{} has no sample", mapping.id);
    }
}

#[test]
fn each_sample_becomes_the_expected_payload_without_errors() {
    for mapping in builtin() {
        let text = sample(&format!("{}.json", mapping.id));
        let imported = import(&text).unwrap_or_else(|fault| unreachable!("{}: {fault}", mapping.id));
        assert_eq!(imported.kind, ImportKind::Mapped, "{}", mapping.id);
        assert_eq!(imported.tool.as_deref(), Some(mapping.label()));
        let faults: Vec<_> = imported.notes.iter().filter(|note| note.starts_with("Not imported")).collect();
        assert!(faults.is_empty(), "{}: {faults:?}", mapping.id);
        insta::assert_snapshot!(format!("mapped-{}", mapping.id), write_pretty(&imported.document));
        let Value::Object(mut object) = imported.document else { unreachable!("{}", mapping.id) };
        object.put("instance_name", Value::Text("Our tool".to_owned()));
        object.put("instance_guid", Value::Text("6f1f3c52-5d0e-4c8a-9b7e-2f4d1a90c3e7".to_owned()));
        let document = Value::Object(object);
        let context = Context::default();
        let problems = CheckSession::new(&document, &context, Silenced::default()).problems();
        let errors: Vec<_> = problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .map(|problem| (&problem.at, &problem.message))
            .collect();
        assert!(errors.is_empty(), "{}: {errors:?}", mapping.id);
    }
}

#[test]
fn further_shapes_of_each_tool_are_read_without_a_fault() {
    for mapping in builtin() {
        let shapes = sample(&format!("{}.more.json", mapping.id));
        let shapes = read(&shapes).unwrap();
        for (index, shape) in shapes.as_array().unwrap().iter().enumerate() {
            let list = list_runs(&write_pretty(shape), &MappingSet::builtin())
                .unwrap_or_else(|| unreachable!("{} {index}", mapping.id));
            assert!(!list.runs.is_empty(), "{} {index}", mapping.id);
            for run in list.runs {
                let imported =
                    run.read.unwrap_or_else(|fault| unreachable!("{} {index}: {fault}", mapping.id));
                assert_eq!(imported.tool.as_deref(), Some(mapping.label()), "{} {index}", mapping.id);
                let faults: Vec<_> =
                    imported.notes.iter().filter(|note| note.starts_with("Not imported")).collect();
                assert!(faults.is_empty(), "{} {index}: {faults:?}", mapping.id);
            }
        }
    }
}

#[test]
fn a_mapping_recognizes_its_own_tool_only() {
    let all = builtin();
    for name in &all {
        let run = read(&sample(&format!("{}.json", name.id))).unwrap();
        let found: Vec<_> =
            all.iter().filter(|mapping| mapping.detects(&run)).map(|found| &found.id).collect();
        assert_eq!(found, [&name.id]);
    }
    let odd = [
        "null",
        "1",
        "\"x\"",
        "[]",
        "{}",
        "[1]",
        "[[]]",
        "{\"a\":[]}",
        "[{\"kind\":1}]",
        "{\"builds\":null}",
    ];
    for text in odd {
        let found: Vec<_> = all.iter().filter(|mapping| mapping.detects(&read(text).unwrap())).collect();
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn runs_of_tools_with_a_reader_do_not_matter_to_a_mapping() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ci");
    let mut seen = 0;
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "json") {
                let text = std::fs::read_to_string(&path).unwrap();
                let Ok(value) = read(&text) else { continue };
                let found: Vec<_> = builtin()
                    .into_iter()
                    .filter(|mapping| mapping.detects(&value))
                    .map(|found| found.id.clone())
                    .collect();
                assert!(found.is_empty(), "{}: {found:?}", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 10, "{seen}");
}
