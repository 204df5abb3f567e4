//! Words that do not belong in the repository.

use std::path::PathBuf;

use super::{code, none_in, root, sources, texts};

/// Marks of unfinished work, in two parts so that this file does not contain them.
const UNFINISHED: [(&str, &str); 4] = [("TO", "DO"), ("FIX", "ME"), ("XX", "X"), ("HA", "CK")];

/// Folders of a developer's machine, also in two parts.
const OF_A_MACHINE: [(&str, &str); 6] =
    [("/ro", "ot/"), ("/tm", "p/"), ("/ho", "me/"), ("/wo", "rk/"), ("/Us", "ers/"), ("../sha", "red")];

fn lines_with(text: &str, words: &[(&str, &str)]) -> Vec<String> {
    let words: Vec<String> = words.iter().map(|(start, end)| format!("{start}{end}")).collect();
    text.lines()
        .filter(|line| words.iter().any(|word| line.contains(word.as_str())))
        .map(str::to_owned)
        .collect()
}

/// Lines that disable a lint permanently; `expect` reports when its reason no longer applies.
fn allowing(text: &str) -> Vec<String> {
    let allows = |line: &&str| {
        line.match_indices("allow(")
            .any(|(at, _)| !line.split_at(at).0.ends_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    code(text).filter(allows).map(str::to_owned).collect()
}

/// The sources, assets, examples and documents.
fn everything() -> Vec<(PathBuf, String)> {
    let endings = ["rs", "json", "toml", "txt", "snap", "md"];
    let pages = std::fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path());
    let pages = pages.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    ["src", "tests", "assets", "benches", "docs", "examples"]
        .into_iter()
        .flat_map(|folder| texts(folder, &endings))
        .chain(pages.map(|page| {
            let text = std::fs::read_to_string(&page).unwrap();
            (page, text)
        }))
        .collect()
}

#[test]
fn no_lint_is_disabled_without_expect() {
    none_in(sources("src"), allowing);
}

#[test]
fn no_source_contains_a_mark_of_unfinished_work() {
    none_in(everything(), |text| lines_with(text, &UNFINISHED));
}

#[test]
fn no_source_names_a_folder_of_a_machine() {
    none_in(everything(), |text| lines_with(text, &OF_A_MACHINE));
}

#[test]
fn a_forbidden_text_is_detected() {
    // In parts, so that this file does not contain it.
    let attribute = "allow";
    let text = format!(
        "#[{attribute}(dead_code)]\n#![cfg_attr(test, {attribute}(unused))]\n// {attribute}(x)\n\
         let dis{attribute} = dis{attribute}(1);\n"
    );
    assert_eq!(allowing(&text).len(), 2);
    for words in [&UNFINISHED[..], &OF_A_MACHINE[..]] {
        for (start, end) in words {
            assert_eq!(lines_with(&format!("fine\n// {start}{end}x\n"), words).len(), 1);
        }
    }
}
