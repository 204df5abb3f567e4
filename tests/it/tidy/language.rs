//! The language of the repository: current standard terms, American spelling, and type names that are unique.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{code, none_in, root, sources, texts};

/// Words and phrases that the repository does not use, each with what to write.
const BANNED: [(&str, &str); 40] = [
    ("is no", "is not, has no"),
    ("are no", "are not, have no"),
    ("of which", "a sentence of its own"),
    ("of old", "earlier, before"),
    ("stand", "is, are"),
    ("stands", "is, are"),
    ("stood", "was, were"),
    ("tell", "say, report, describe"),
    ("tells", "says, reports, describes"),
    ("told", "message, description"),
    ("nobody", "name the subject"),
    ("somebody", "name the subject"),
    ("mend", "fix, repair"),
    ("mends", "fixes, repairs"),
    ("mended", "fixed, repaired"),
    ("mending", "fixing, repairing"),
    ("beside", "next to"),
    ("besides", "also"),
    ("shelf", "draft list"),
    ("veil", "redactor"),
    ("veiled", "redacted"),
    ("torn", "unparsed"),
    ("laid", "layout, wrapped lines"),
    ("crew", "workers"),
    ("glance", "probe"),
    ("doomed", "deletion range"),
    ("climb", "move to line"),
    ("parcel", "outgoing request"),
    ("withheld", "redacted, blocked"),
    ("choosable", "choice"),
    ("door", "endpoint, format"),
    ("begun", "started"),
    ("begin", "start"),
    ("begins", "starts"),
    ("behaviour", "behavior"),
    ("colour", "color"),
    ("colours", "colors"),
    ("catalogue", "catalog"),
    ("favour", "favor"),
    ("centre", "center"),
];

/// Places where a banned word is right: file, word, reason.
const EXCEPTIONS: [(&str, &str, &str); 10] = [
    ("tests/it/tidy/language.rs", "", "holds the list"),
    ("tests/it/world/config.rs", "door", "the old word of a setting"),
    ("tests/it/journal.rs", "door", "the old word of a member, which older journals hold"),
    ("tests/it/journal.rs", "begun", "the word for a start in the lines of a journal"),
    ("src/world/config/environment.rs", "door", "the old word of a setting, which a note replaces"),
    ("src/check/redact/token.rs", "begin", "the first line of a PEM file"),
    ("src/import/satellite.rs", "begin", "the first line of a PEM file"),
    ("src/import/mapping/suggest/word.rs", "begin", "a word of tools for a start"),
    ("src/journal/record.rs", "begun", "the word for a start in the lines of a journal"),
    ("src/journal/record.rs", "door", "the old word of a member, which older journals hold"),
];

/// Types that have the name of another type: name, reason.
const TWINS: [(&str, &str); 1] =
    [("Keyboard", "one type for each kind of terminal; a build has one of them")];

/// Files that people write: sources, tests, assets, examples and pages. Samples of data are not included.
fn written() -> Vec<(PathBuf, String)> {
    let folders = ["src", "tests/it", "assets", "benches", "docs", "examples"];
    let pages = std::fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path());
    let pages = pages.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    folders
        .into_iter()
        .flat_map(|folder| texts(folder, &["rs", "toml", "md", "json"]))
        .chain(pages.map(|page| {
            let text = std::fs::read_to_string(&page).unwrap();
            (page, text)
        }))
        .collect()
}

/// The words of a text in lower case; an identifier gives its parts.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in line.chars() {
        if !c.is_alphabetic() || (c.is_uppercase() && was_lower) {
            words.push(String::new());
        }
        if c.is_alphabetic() {
            if let Some(word) = words.last_mut() {
                word.extend(c.to_lowercase());
            }
        } else if !c.is_whitespace() && c != '_' {
            // Punctuation separates the words of a phrase.
            words.push(String::new());
            words.push(c.to_string());
            words.push(String::new());
        }
        was_lower = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The banned words and phrases of a text, each with its line.
fn banned(text: &str) -> Vec<String> {
    let phrases: Vec<(Vec<&str>, &str)> =
        BANNED.iter().map(|(phrase, write)| (phrase.split(' ').collect(), *write)).collect();
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let words = words(line);
        for (start, _) in words.iter().enumerate() {
            let rest = words.iter().skip(start);
            for (phrase, write) in &phrases {
                let is_here = rest.clone().take(phrase.len()).eq(phrase.iter());
                // "is no longer" is current English.
                let is_longer = rest.clone().nth(phrase.len()).is_some_and(|word| word == "longer");
                if is_here && !is_longer {
                    found.push(format!("{}: \"{}\" (write: {write})", number + 1, phrase.join(" ")));
                }
            }
        }
    }
    found
}

fn is_excepted(place: &str, found: &str) -> bool {
    EXCEPTIONS.iter().any(|(file, word, _)| place == *file && found.contains(&format!("\"{word}")))
}

/// The names of the types that a source declares, without associated types.
fn types(source: &str) -> Vec<String> {
    let declared = |line: &str| {
        let line = line.trim_start();
        let line = line.strip_prefix("pub").map_or(line, |rest| {
            let rest =
                rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest);
            rest.trim_start()
        });
        let name = ["struct ", "enum ", "trait "].iter().find_map(|word| line.strip_prefix(word))?;
        let end = name.find(|c: char| !c.is_alphanumeric()).unwrap_or(name.len());
        name.get(..end).map(str::to_owned)
    };
    code(source).filter_map(declared).collect()
}

/// Names that more than one file declares, each with its files.
fn twins(sources: &[(PathBuf, String)]) -> Vec<String> {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, text) in sources {
        for name in types(text) {
            places.entry(name).or_default().push(path.display().to_string());
        }
    }
    places.retain(|_, files| files.len() > 1);
    places.into_iter().map(|(name, files)| format!("{name}: {}", files.join(", "))).collect()
}

#[test]
fn no_banned_word_is_used() {
    let texts = written().into_iter().map(|(path, text)| {
        let place = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
        let found: Vec<String> =
            banned(&text).into_iter().filter(|found| !is_excepted(&place, found)).collect();
        (path, found.join("\n"))
    });
    none_in(texts, |found| found.lines().map(str::to_owned).collect());
}

#[test]
fn a_banned_word_would_be_seen_in_an_identifier_and_across_cases() {
    let bad = [
        "let told = 1;",
        "struct TornText;",
        "fn way_told() {}",
        "// Nobody waits.",
        "\"It is no key\"",
        "OF_WHICH",
        "colourful Colour",
    ];
    for line in bad {
        assert_eq!(banned(line).len(), 1, "{line}");
    }
    for line in ["standard", "is no longer", "is. No", "untold", "storyteller", "\"is\", no", "latest"] {
        assert!(banned(line).is_empty(), "{line}: {:?}", banned(line));
    }
}

#[test]
fn each_exception_is_needed() {
    for (file, word, _) in EXCEPTIONS {
        let text = std::fs::read_to_string(root().join(file)).unwrap();
        assert!(banned(&text).iter().any(|found| found.contains(&format!("\"{word}"))), "{file}: {word}");
    }
}

#[test]
fn no_two_types_have_the_same_name() {
    let found = twins(&sources("src"));
    let found: Vec<&String> = found
        .iter()
        .filter(|twin| !TWINS.iter().any(|(name, _)| twin.starts_with(&format!("{name}:"))))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_second_type_of_the_same_name_would_be_seen() {
    let source = |path: &str, text: &str| (PathBuf::from(path), text.to_owned());
    let sources = [
        source("a.rs", "pub(in crate::a) struct Entry;\n    type Output = u8;\n// struct Note\n"),
        source("b.rs", "enum Entry { A }\ntype Output = u8;\ntrait Note {}\n"),
    ];
    assert_eq!(twins(&sources), ["Entry: a.rs, b.rs"]);
}
