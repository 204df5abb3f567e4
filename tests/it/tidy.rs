//! The rules of the repository, checked in the sources. A bad sample tests each detector.

use std::path::{Path, PathBuf};

mod cycle;
mod key;
mod language;
mod layer;
mod rule;
mod secret;
mod shape;
mod word;

/// The text files with these endings under a folder of the repository, if it exists.
fn texts(under: &str, endings: &[&str]) -> Vec<(PathBuf, String)> {
    files(under)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| endings.iter().any(|ending| e == *ending)))
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            (path, text)
        })
        .collect()
}

/// The Rust sources under a folder.
pub(super) fn sources(under: &str) -> Vec<(PathBuf, String)> {
    texts(under, &["rs"])
}

/// Every file under a folder of the repository.
fn files(under: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(under)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The lines that are not comments.
pub(super) fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

/// Runs a detector on each text and fails with all findings.
fn none_in(texts: impl IntoIterator<Item = (PathBuf, String)>, detect: impl Fn(&str) -> Vec<String>) {
    let found: Vec<String> = texts
        .into_iter()
        .flat_map(|(path, text)| {
            let place = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
            detect(&text).into_iter().map(move |what| format!("{place}: {what}"))
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
