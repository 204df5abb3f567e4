//! Links between the pages, and the files and tests that the pages name.

use std::collections::BTreeSet;
use std::path::Path;

use super::{pages, read, root};
use crate::tidy::sources;

/// The maximum length of the README, in lines.
const README_LINES: usize = 180;

/// The maximum length of the crate documentation, in lines.
const MAP_LINES: usize = 100;

/// The folders whose files a page can name between backticks.
const FOLDERS: [&str; 7] = ["src/", "tests/", "assets/", "docs/", "examples/", "benches/", ".ci/"];

/// The text without code blocks.
fn prose(text: &str) -> String {
    let parts = text.split("\n```").step_by(2);
    parts.collect::<Vec<_>>().join("\n")
}

/// The targets of the links of a text.
fn links(text: &str) -> Vec<String> {
    let prose = prose(text);
    let targets = prose.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.map(str::to_owned).collect()
}

/// The anchor of a heading, as GitHub makes it.
fn slug(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

/// The anchors of a page.
fn anchors(text: &str) -> BTreeSet<String> {
    let prose = prose(text);
    let headings = prose.lines().filter(|line| line.starts_with('#'));
    headings.map(|line| slug(line.trim_start_matches('#'))).collect()
}

/// The target of a link of a page, as a path from the repository root.
fn target(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

/// The fault of a link of a page.
fn fault(page: &str, link: &str) -> Option<String> {
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
    let path = if path.is_empty() { page.to_owned() } else { target(page, path) };
    if !root().join(&path).exists() {
        return Some(format!("{page}: {link}: {path} does not exist"));
    }
    let anchor = anchor?;
    let is_there = anchors(&read(&path)).contains(anchor);
    (!is_there).then(|| format!("{page}: {link}: {path} has no such heading"))
}

/// The texts between backticks, outside of code blocks.
fn quoted(text: &str) -> Vec<String> {
    prose(text).split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn is_path(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ['/', '.', '-', '_'].contains(&c);
    FOLDERS.iter().any(|folder| text.starts_with(folder)) && text.chars().all(is_plain)
}

/// Whether a text is the name of a test: a sentence in lower case.
fn is_test(text: &str) -> bool {
    text.matches('_').count() > 2
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// The number of documentation lines at the start of a source.
fn map_lines(text: &str) -> usize {
    text.lines().take_while(|line| line.starts_with("//!")).count()
}

#[test]
fn every_link_between_pages_has_a_target() {
    let pages = pages();
    assert!(pages.len() > 15, "{pages:?}");
    let inside = |link: &String| !link.starts_with("http");
    let faults: Vec<_> = pages
        .iter()
        .flat_map(|page| links(&read(page)).into_iter().filter(inside).map(move |link| (page, link)))
        .filter_map(|(page, link)| fault(page, &link))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_page_is_linked_from_the_readme() {
    let linked: BTreeSet<String> = links(&read("README.md")).into_iter().collect();
    let unlinked: Vec<_> =
        pages().into_iter().filter(|page| page != "README.md" && !linked.contains(page)).collect();
    assert!(unlinked.is_empty(), "{unlinked:?}");
}

#[test]
fn the_readme_has_at_most_180_lines() {
    let lines = read("README.md").lines().count();
    assert!(lines <= README_LINES, "{lines} lines: move details to docs/");
}

#[test]
fn the_documentation_of_the_crate_has_at_most_100_lines() {
    let lines = map_lines(&read("src/lib.rs"));
    assert!((1..=MAP_LINES).contains(&lines), "{lines} lines: move details to docs/architecture.md");
}

#[test]
fn every_path_and_test_that_a_page_names_exists() {
    let tests: String = sources("tests").into_iter().map(|(_, text)| text).collect();
    let mut missing = Vec::new();
    for page in pages().into_iter().chain(["src/lib.rs".to_owned()]) {
        let names_tests = ["CONTRIBUTING.md", "docs/security.md"].contains(&page.as_str());
        for text in quoted(&read(&page)) {
            let is_gone = is_path(&text) && !Path::new(root()).join(&text).exists()
                || names_tests && is_test(&text) && !tests.contains(&format!("fn {text}("));
            if is_gone {
                missing.push(format!("{page}: {text}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn each_promise_of_the_security_page_names_a_test_in_its_file() {
    let page = read("docs/security.md");
    let mut count = 0;
    for line in page.lines().filter(|line| line.starts_with("| ")) {
        let quoted = quoted(line);
        let (files, rest): (Vec<&String>, Vec<&String>) =
            quoted.iter().partition(|text| Path::new(text).extension().is_some_and(|end| end == "rs"));
        if files.is_empty() {
            continue;
        }
        let text: String = files.iter().map(|file| read(&format!("tests/it/{file}"))).collect();
        let tests: Vec<_> = rest.into_iter().filter(|text| is_test(text)).collect();
        assert!(!tests.is_empty(), "{line}");
        for test in tests {
            assert!(text.contains(&format!("fn {test}(")), "{test} is not in {files:?}");
            count += 1;
        }
    }
    assert!(count > 20, "{count} tests are named");
}

#[test]
fn a_broken_link_path_or_test_is_found() {
    let text =
        "# A `b.c` page\n[x](docs/keys.md#keys)\n```sh\n# no heading [y](z)\n```\n## Over\n[z](../gone)\n";
    assert_eq!(links(text), ["docs/keys.md#keys", "../gone"]);
    assert_eq!(anchors(text), ["a-bc-page", "over"].map(str::to_owned).into());
    assert_eq!(target("docs/keys.md", "../README.md"), "README.md");
    assert_eq!(target("docs/keys.md", "fields.md"), "docs/fields.md");
    assert_eq!(fault("README.md", "docs/keys.md#keys"), None);
    assert!(fault("README.md", "docs/keys.md#no-heading").is_some());
    assert!(fault("docs/keys.md", "README.md").is_some() && fault("docs/keys.md", "#gone").is_some());
    assert!(is_path("src/lib.rs") && !is_path("src of it") && !is_path("Cargo.toml"));
    assert!(is_test("a_test_is_a_sentence") && !is_test("build_number") && !is_test("SEI_COMPOSE_DATA_DIR"));
    assert_eq!(map_lines("//! a\n//!\n\nuse b;\n//! c\n"), 2);
}
