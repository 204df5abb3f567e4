//! README, held against the program: its picture and tables are made here, its examples are read, its words are looked
//! for. After a change that shows in it, `README=overwrite cargo test --locked --test it readme` renews it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use sei_compose::cli::Exit;
use sei_compose::draft::Draft;
use sei_compose::keymap::Keymap;
use sei_compose::wire::Outcome;
use sei_compose::world::config;

mod picture;
mod table;
mod talk;

/// Makes the text of a part.
type Make = fn() -> String;

/// The parts that are made from the code, each between two comments of its name.
const PARTS: [(&str, Make); 6] = [
    ("picture", picture::picture),
    ("conversation", talk::conversation),
    ("keys", table::keys),
    ("fields", table::fields),
    ("diagnostics", table::diagnostics),
    ("environments", table::environments),
];

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")
}

fn readme() -> String {
    std::fs::read_to_string(path()).unwrap()
}

/// The text with one part made anew; none when it has no place for the part.
fn renew(text: &str, name: &str, part: &str) -> Option<String> {
    let (before, rest) = text.split_once(&format!("<!-- {name} -->\n"))?;
    let (_, after) = rest.split_once(&format!("<!-- end of {name} -->\n"))?;
    Some(format!("{before}<!-- {name} -->\n\n{part}\n<!-- end of {name} -->\n{after}"))
}

/// The blocks of code in a language.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    text.split(fence.as_str()).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

/// The part of the text under a heading.
fn chapter<'a>(text: &'a str, heading: &str) -> &'a str {
    let (_, rest) = text.split_once(&format!("\n## {heading}\n")).unwrap();
    rest.split("\n## ").next().unwrap()
}

fn help(of: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_sei-compose")).args(of).arg("--help").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The subcommands that a help lists.
fn commands(help: &str) -> Vec<&str> {
    let Some((_, listed)) = help.split_once("Commands:\n") else { return Vec::new() };
    listed
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .collect()
}

/// The long options that a help lists.
fn options(help: &str) -> Vec<&str> {
    help.lines()
        .map(str::trim_start)
        .filter(|line| line.starts_with('-'))
        .filter_map(|line| line.split_whitespace().find(|word| word.starts_with("--")))
        .collect()
}

#[test]
fn the_readme_shows_what_the_program_shows() {
    let before = readme();
    let after = PARTS.iter().fold(before.clone(), |text, (name, part)| renew(&text, name, &part()).unwrap());
    if std::env::var("README").is_ok_and(|wish| wish == "overwrite") {
        std::fs::write(path(), after).unwrap();
        return;
    }
    let differing = before.lines().zip(after.lines()).find(|(old, new)| old != new);
    assert!(
        before == after,
        "README.md is behind the program, first here (old, new):\n{differing:#?}\n\
         `README=overwrite cargo test --locked --test it readme` renews it"
    );
}

#[test]
fn a_part_that_differs_or_has_no_place_would_be_seen() {
    let text = "# A\n<!-- keys -->\n\nold\n<!-- end of keys -->\nB\n";
    assert_eq!(renew(text, "keys", "old").unwrap(), text);
    assert_eq!(renew(text, "keys", "new").unwrap(), text.replace("old", "new"));
    assert_eq!(renew(text, "fields", "new"), None);
}

#[test]
fn every_command_and_option_is_in_the_readme() {
    let text = readme();
    let chapter = chapter(&text, "Commands");
    let mut missing = Vec::new();
    let mut look = |words: &[&str], known: &str| {
        let help = help(words);
        let options = options(&help).into_iter().filter(|option| !["--help", "--version"].contains(option));
        missing.extend(
            options.filter(|option| !known.contains(*option)).map(|option| format!("{words:?} {option}")),
        );
        commands(&help).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    for command in look(&[], chapter) {
        let line = chapter.lines().find(|line| line.starts_with(&format!("| `{command}")));
        let line = line.unwrap_or_else(|| panic!("`{command}` is no row of README's commands"));
        for inner in look(&[&command], line) {
            assert!(line.contains(&inner), "`{command} {inner}` is not in README");
        }
    }
    assert!(missing.is_empty(), "options that README does not know: {missing:?}");
}

#[test]
fn a_missing_command_or_option_would_be_seen() {
    let help = "Commands:\n  demo   Open\n  check  Say\n\nOptions:\n  -h, --help\n      --as <FORM>\n";
    assert_eq!(commands(help), ["demo", "check"]);
    assert_eq!(options(help), ["--help", "--as"]);
}

#[test]
fn the_exit_codes_are_those_of_the_program() {
    let answered =
        [Outcome::Accepted, Outcome::Refused, Outcome::NoAnswer, Outcome::Unknown].map(Exit::Answered);
    let codes: BTreeSet<String> = [Exit::Done, Exit::Faulty, Exit::Unusable, Exit::Cancelled]
        .into_iter()
        .chain(answered)
        .map(|exit| exit.code().to_string())
        .collect();
    let text = readme();
    let told: BTreeSet<String> = chapter(&text, "Commands")
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(' ').next())
        .filter(|cell| cell.parse::<u8>().is_ok())
        .map(str::to_owned)
        .collect();
    assert_eq!(told, codes);
}

#[test]
fn the_examples_of_files_are_ones_the_program_reads() {
    let text = readme();
    let toml = blocks(&text, "toml");
    let of = |file: &str| *toml.iter().find(|block| block.starts_with(&format!("# {file}"))).unwrap();
    let read = config::read(of("config.toml")).unwrap();
    assert_eq!(read.notes, [""; 0]);
    assert!(read.environment("staging").is_some());
    Keymap::with(Some(of("keys.toml"))).unwrap();
    let draft = Draft::read(blocks(&text, "json").first().unwrap()).unwrap();
    assert_eq!(draft.name, "nightly");
}

#[test]
fn every_variable_the_program_reads_is_in_the_readme() {
    let chapter = readme();
    let variables = super::tidy::sources("src")
        .into_iter()
        .flat_map(|(_, text)| text.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .filter(|text| ["SEI_", "HARNESS_", "NO_", "LC_"].iter().any(|start| text.starts_with(start)))
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'));
    let names: BTreeSet<String> = variables.collect();
    assert!(names.len() > 7, "{names:?}");
    for name in names {
        assert!(chapter.contains(&format!("`{name}`")), "{name} is not in README");
    }
}

#[test]
fn the_readme_names_the_toolchain_that_cargo_asks_for() {
    let version = env!("CARGO_PKG_RUST_VERSION");
    assert!(
        !version.is_empty() && readme().contains(&format!("Rust {version}")),
        "README wants Rust {version}"
    );
}
