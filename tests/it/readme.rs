//! The documents, compared with the program: generated tables and samples, examples, words and links.
//! `README=overwrite cargo test --locked --test it readme` renews the generated parts.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

mod example;
mod link;
mod picture;
mod plain;
mod program;
mod table;

/// Makes the text of a part.
type Make = fn() -> String;

/// The generated parts: the page, the name in the two comments around the part, the maker.
const PARTS: [(&str, &str, Make); 10] = [
    ("README.md", "picture", picture::picture),
    ("docs/plain.md", "conversation", plain::conversation),
    ("docs/keys.md", "keys", table::keys),
    ("docs/fields.md", "fields", table::fields),
    ("docs/diagnostics.md", "diagnostics", table::diagnostics),
    ("docs/import.md", "tools", table::tools),
    ("docs/environments.md", "environments", table::environments),
    ("docs/mappings.md", "functions", table::functions),
    ("docs/configuration.md", "config.toml", example::config),
    ("docs/configuration.md", "keys.toml", example::keys),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file of the repository.
fn read(name: &str) -> String {
    let text = std::fs::read_to_string(root().join(name));
    assert!(text.is_ok(), "{name}: {text:?}");
    text.unwrap()
}

/// The names of all pages, relative to the root of the repository.
fn pages() -> Vec<String> {
    let markdown = |folder: &str| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(root().join(folder)).unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        paths.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect()
    };
    let mut names: Vec<String> = [".", "docs"]
        .into_iter()
        .flat_map(|folder| markdown(folder).into_iter().map(move |path| (folder, path)))
        .map(|(folder, path)| {
            let name = path.file_name().unwrap().to_str().unwrap();
            if folder == "." { name.to_owned() } else { format!("{folder}/{name}") }
        })
        .collect();
    names.sort();
    names
}

/// The text with one part renewed; none if the text has no place for the part.
fn renew(text: &str, name: &str, part: &str) -> Option<String> {
    let (before, rest) = text.split_once(&format!("<!-- {name} -->\n"))?;
    let (_, after) = rest.split_once(&format!("<!-- end of {name} -->\n"))?;
    Some(format!("{before}<!-- {name} -->\n\n{part}\n<!-- end of {name} -->\n{after}"))
}

/// The page with all its parts renewed.
fn renewed(page: &str) -> String {
    PARTS.iter().filter(|(home, ..)| *home == page).fold(read(page), |text, (_, name, make)| {
        let renewed = renew(&text, name, &make());
        assert!(renewed.is_some(), "{page} has no place for the part {name}");
        renewed.unwrap_or_default()
    })
}

/// The names of the generated parts of a text.
fn parts(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.strip_prefix("<!-- end of ")?.strip_suffix(" -->")).collect()
}

/// The blocks of code in a language.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    text.split(fence.as_str()).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn the_documents_show_what_the_program_shows() {
    let overwrites = std::env::var("README").is_ok_and(|wish| wish == "overwrite");
    let mut stale = Vec::new();
    for page in PARTS.iter().map(|(page, ..)| *page).collect::<BTreeSet<_>>() {
        let (before, after) = (read(page), renewed(page));
        if before == after {
            continue;
        }
        if overwrites {
            std::fs::write(root().join(page), after).unwrap();
            continue;
        }
        let differing = before.lines().zip(after.lines()).find(|(old, new)| old != new);
        stale.push(format!("{page}, first here (old, new): {differing:#?}"));
    }
    assert!(
        stale.is_empty(),
        "These pages differ from the program:\n{}\n\
         `README=overwrite cargo test --locked --test it readme` renews them",
        stale.join("\n")
    );
}

#[test]
fn every_generated_part_has_a_maker() {
    let pages = pages();
    let mut found: Vec<(&str, String)> = pages
        .iter()
        .flat_map(|page| {
            parts(&read(page)).into_iter().map(|name| (page.as_str(), name.to_owned())).collect::<Vec<_>>()
        })
        .collect();
    let mut made: Vec<(&str, String)> =
        PARTS.iter().map(|(page, name, _)| (*page, (*name).to_owned())).collect();
    found.sort();
    made.sort();
    assert_eq!(found, made);
}

#[test]
fn a_part_that_differs_or_has_no_place_is_found() {
    let text = "# A\n<!-- keys -->\n\nold\n<!-- end of keys -->\nB\n";
    assert_eq!(renew(text, "keys", "old").unwrap(), text);
    assert_eq!(renew(text, "keys", "new").unwrap(), text.replace("old", "new"));
    assert_eq!(renew(text, "fields", "new"), None);
    assert_eq!(parts(text), ["keys"]);
}
