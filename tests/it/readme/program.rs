//! Commands, options, exit codes, variables and toolchain: the documents name those of the program.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use sei_compose::cli::Exit;
use sei_compose::wire::Outcome;

use super::{blocks, pages, read};
use crate::tidy::sources;

fn help(of: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_sei-compose")).args(of).arg("--help").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The subcommands in a help text.
fn commands(help: &str) -> Vec<&str> {
    let Some((_, listed)) = help.split_once("Commands:\n") else { return Vec::new() };
    listed
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .collect()
}

/// The long options in a help text.
fn options(help: &str) -> Vec<&str> {
    help.lines()
        .map(str::trim_start)
        .filter(|line| line.starts_with('-'))
        .filter_map(|line| line.split_whitespace().find(|word| word.starts_with("--")))
        .filter(|option| !["--help", "--version"].contains(option))
        .collect()
}

/// The values of options and arguments in a help text.
fn values(help: &str) -> Vec<&str> {
    let alone =
        help.lines().filter_map(|line| line.trim_start().strip_prefix("- ")?.split([':', ' ']).next());
    let inline = help.split("[possible values: ").skip(1).filter_map(|rest| rest.split(']').next());
    alone.chain(inline.flat_map(|values| values.split(',').map(str::trim))).collect()
}

/// The words of a text; a hyphen is part of a word.
fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).collect()
}

/// The help of each command and subcommand, by its words; the app itself has no entry.
fn helps() -> BTreeMap<Vec<String>, String> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![Vec::new()];
    while let Some(path) = waiting.pop() {
        let text = help(&path.iter().map(String::as_str).collect::<Vec<_>>());
        for inner in commands(&text) {
            let mut longer = path.clone();
            longer.push(inner.to_owned());
            waiting.push(longer);
        }
        found.insert(path, text);
    }
    found
}

/// The row of a command in the table of commands.
fn row<'t>(page: &'t str, command: &str) -> &'t str {
    let line = page.lines().find(|line| line.starts_with(&format!("| `{command}")));
    assert!(line.is_some(), "`{command}` has no row in docs/commands.md");
    line.unwrap_or_default()
}

/// Calls of the program in a shell block: the words after its name, up to the end of each call.
fn calls(block: &str) -> Vec<Vec<&str>> {
    let ends = |word: &&str| !["|", ">", "&", "#"].iter().any(|end| word.starts_with(end));
    block
        .lines()
        .flat_map(|line| line.split("sei-compose ").skip(1))
        .map(|rest| {
            rest.split_whitespace().take_while(ends).map(|word| word.trim_matches(['"', ')'])).collect()
        })
        .collect()
}

#[test]
fn every_command_and_option_is_in_the_documents() {
    let page = read("docs/commands.md");
    let mut missing = Vec::new();
    for (path, help) in helps() {
        let row = path.first().map_or_else(|| row(&page, "sei-compose"), |command| row(&page, command));
        let known = words(row);
        let inner = path.iter().skip(1).map(String::as_str);
        let names = inner.chain(options(&help));
        missing.extend(names.filter(|name| !known.contains(name)).map(|name| format!("{path:?} {name}")));
    }
    assert!(missing.is_empty(), "docs/commands.md lacks, in the row of the command: {missing:#?}");
}

#[test]
fn every_value_of_an_option_is_in_the_documents() {
    let page = read("docs/commands.md");
    let mut missing = Vec::new();
    for (path, help) in helps() {
        let row = path.first().map_or_else(|| row(&page, "sei-compose"), |command| row(&page, command));
        let known = words(row);
        missing.extend(
            values(&help)
                .into_iter()
                .filter(|value| !known.contains(value))
                .map(|value| format!("{path:?} {value}")),
        );
    }
    assert!(missing.is_empty(), "docs/commands.md lacks, in the row of the command: {missing:#?}");
}

#[test]
fn every_call_in_a_document_has_options_that_exist() {
    let helps = helps();
    let mut count = 0;
    let mut unknown = Vec::new();
    for page in pages() {
        for call in blocks(&read(&page), "sh").into_iter().flat_map(calls) {
            count += 1;
            let path =
                |length: usize| call.iter().take(length).map(|word| (*word).to_owned()).collect::<Vec<_>>();
            let help = [2, 1, 0].into_iter().find_map(|length| helps.get(&path(length))).unwrap();
            let known = options(help);
            let used = call.iter().filter(|word| word.starts_with("--") && !known.contains(*word));
            unknown.extend(used.map(|option| format!("{page}: {call:?}: {option}")));
        }
    }
    assert!(count > 15, "{count} calls were found");
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn a_missing_command_option_or_value_is_found() {
    let help = "Commands:\n  demo   Open\n  check  Say\n\nOptions:\n  -h, --help\n      --as <FORM>\n\n          \
                Possible values:\n          - http: A request\n          - curl\n      --to <X>  [possible values: a, b-c]\n";
    assert_eq!(commands(help), ["demo", "check"]);
    assert_eq!(options(help), ["--as", "--to"]);
    assert_eq!(values(help), ["http", "curl", "a", "b-c"]);
    assert!(words("| `--as pretty\\|http` |").contains("http"));
    assert!(!words("`github-actions`").contains("github"));
    assert_eq!(
        calls("x | sei-compose send - --yes   # again\ncd \"$(sei-compose drafts path)\"\n"),
        [vec!["send", "-", "--yes"], vec!["drafts", "path"]]
    );
}

#[test]
fn the_exit_codes_are_those_of_the_program() {
    let answered =
        [Outcome::Accepted, Outcome::Refused, Outcome::NotDelivered, Outcome::Unknown].map(Exit::Answered);
    let codes: BTreeSet<String> = [Exit::Done, Exit::Faulty, Exit::Unusable, Exit::Cancelled]
        .into_iter()
        .chain(answered)
        .map(|exit| exit.code().to_string())
        .collect();
    let listed: BTreeSet<String> = read("docs/commands.md")
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(' ').next())
        .filter(|cell| cell.parse::<u8>().is_ok())
        .map(str::to_owned)
        .collect();
    assert_eq!(listed, codes);
}

#[test]
fn every_variable_the_program_reads_is_in_the_documents() {
    let page = read("docs/configuration.md");
    let variables = sources("src")
        .into_iter()
        .flat_map(|(_, text)| text.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .filter(|text| ["SEI_", "HARNESS_", "NO_", "LC_"].iter().any(|start| text.starts_with(start)))
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'));
    let names: BTreeSet<String> = variables.collect();
    assert!(names.len() > 7, "{names:?}");
    for name in names {
        assert!(page.contains(&format!("`{name}`")), "{name} is not in docs/configuration.md");
    }
}

#[test]
fn the_readme_names_the_toolchain_that_cargo_asks_for() {
    let version = env!("CARGO_PKG_RUST_VERSION");
    assert!(
        !version.is_empty() && read("README.md").contains(&format!("Rust {version}")),
        "README.md must name Rust {version}"
    );
}
