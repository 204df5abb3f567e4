//! The documents of the corpus, for scripts that need many.

use sei_compose::document::read;

/// A document of the corpus.
pub(crate) fn corpus(name: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name);
    std::fs::read_to_string(path).unwrap()
}

/// All documents of the corpus, with the names of their files.
pub(crate) fn corpus_documents() -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut documents = Vec::new();
    for folder in std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()) {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let text = std::fs::read_to_string(&path).unwrap();
            if path.extension().is_some_and(|it| it == "json") && read(&text).is_ok() {
                documents.push((path.display().to_string(), text));
            }
        }
    }
    assert!(documents.len() > 100);
    documents.sort();
    documents
}
