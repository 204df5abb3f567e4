//! Printed examples of five versions of the documentation: requests and payloads as users copy
//! them, with other names, and the result of each.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sei_compose::document::write_pretty;
use sei_compose::import::{FoundKey, describe_all, import};

pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages")
}

/// The whole result of importing a text, as a text.
fn outcome(text: &str) -> String {
    let imported = import(text).unwrap();
    let mut out = format!("{}\n", imported.kind.described());
    let mut line = |what: &str, value: &str| writeln!(out, "{what}: {value}").unwrap();
    for repair in describe_all(&imported.repairs) {
        line("repaired", &repair);
    }
    for note in &imported.notes {
        line("note", note);
    }
    for left in &imported.dropped {
        line("left out", left);
    }
    let facts = [
        ("environment", &imported.environment),
        ("integration", &imported.integration),
        ("instance", &imported.instance.name),
    ];
    for (what, fact) in facts {
        if let Some(fact) = fact {
            line(what, fact);
        }
    }
    if imported.key == FoundKey::Placeholder {
        line("key", "a placeholder");
    }
    out + &write_pretty(&imported.document) + "\n"
}

#[test]
fn each_printed_request_and_payload_gives_the_right_document() {
    let mut files: Vec<_> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    files.sort();
    assert_eq!(files.len(), 19);
    for file in files {
        let now = outcome(&std::fs::read_to_string(&file).unwrap());
        let kept = file.with_extension("out");
        if std::env::var("SNAPSHOTS").is_ok_and(|wish| wish == "overwrite") {
            std::fs::write(&kept, &now).unwrap();
        }
        assert_eq!(now, std::fs::read_to_string(&kept).unwrap_or_default(), "{}", file.display());
    }
}
