//! Length, names and use of files. Clippy checks the length of functions.

use std::path::Path;

use super::{files, none_in, root, sources};

const LONGEST: usize = 400;

fn too_long(text: &str) -> Vec<String> {
    let lines = text.lines().count();
    if lines > LONGEST { vec![format!("{lines} lines want another room")] } else { Vec::new() }
}

/// Whether a source file has a forbidden name: `mod.rs`, because `foo.rs` next to `foo/` is easier
/// to find, or a catch-all.
fn is_misnamed(path: &Path) -> bool {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    ["mod", "util", "utils", "helper", "helpers", "common", "manager"].contains(&stem)
}

/// The names that are in none of the texts.
fn unused(names: Vec<String>, texts: &[String]) -> Vec<String> {
    names.into_iter().filter(|name| !texts.iter().any(|text| text.contains(name.as_str()))).collect()
}

fn all_sources() -> Vec<(std::path::PathBuf, String)> {
    ["src", "tests", "benches"].into_iter().flat_map(sources).collect()
}

#[test]
fn no_source_file_passes_400_lines() {
    none_in(all_sources(), too_long);
}

#[test]
fn no_source_file_is_a_mod_rs_or_a_catch_all() {
    let misnamed: Vec<_> =
        all_sources().into_iter().map(|(path, _)| path).filter(|path| is_misnamed(path)).collect();
    assert!(misnamed.is_empty(), "{misnamed:#?}");
}

#[test]
fn each_asset_is_used_by_a_source() {
    let texts: Vec<String> = all_sources().into_iter().map(|(_, text)| text).collect();
    let assets = files("assets")
        .iter()
        .map(|path| path.strip_prefix(root().join("assets")).unwrap().to_str().unwrap().to_owned())
        // The build script embeds all mappings.
        .filter(|name| !name.starts_with("mappings/") && name != "build.rs")
        .collect::<Vec<_>>();
    assert!(assets.len() > 3, "{assets:?}");
    assert_eq!(unused(assets, &texts), [""; 0]);
}

#[test]
fn a_long_a_misnamed_and_an_unused_file_are_detected() {
    assert_eq!(too_long(&"\n".repeat(400)), [""; 0]);
    assert_eq!(too_long(&"\n".repeat(401)).len(), 1);
    assert!(is_misnamed(Path::new("src/check/mod.rs")) && is_misnamed(Path::new("src/utils.rs")));
    assert!(!is_misnamed(Path::new("src/document.rs")));
    let texts = ["include_str!(\"../assets/keymap.toml\")".to_owned()];
    assert_eq!(unused(vec!["keymap.toml".to_owned(), "old.toml".to_owned()], &texts), ["old.toml"]);
}
