//! Tests of `export`. The submodules check texts, commands and scripts in real shells, and steps
//! with hostile variables.

use std::path::Path;
use std::process::{Command, Output};

use sei_compose::document::{Object, Value, read};
use sei_compose::export::{ExportTarget, export};
use sei_compose::sandbox::{self, Sandbox, SandboxSettings};
use sei_compose::wire::{BodyFormat, Environment, FieldNames};

mod form;
mod shell;
mod step;

const KEY: &str = "sei-planted-key-41c9";

/// Texts that a shell, YAML parser or CI tool may interpret.
const HOSTILE: [&str; 12] = [
    "it's $(reboot) `id` $HOME ${X} !! !$ \\ \\\\ \" '' ''' '''' \\n % %s %% * ? ~ # & ; | > < [a-z]",
    "${{ secrets.HARNESS_SEI_API_KEY }} $(HARNESS_SEI_API_KEY) $[[ inputs.x ]] {{ x }} %HARNESS_SEI_API_KEY%",
    "'",
    "''",
    "-- -n -e @/etc/passwd",
    "-rf",
    "line\nbreak\ttab\rreturn \u{1b}[31m\u{7f}\u{85}\n\n",
    "SEI_RUN\nEOF\n'\n@BODY@ @SCRIPT@",
    "naïve 🦀 \u{202e} \u{2028}- evil: yes\u{2029} \u{feff} \u{fffe}",
    "##vso[task.setvariable variable=x]y ::set-output name=a::b",
    " leading and trailing ",
    "\u{1}\\",
];

/// A shell: the program, and the arguments that make it a shell.
type Shell = (&'static str, &'static [&'static str]);

/// The shells of this machine that every script must support; `sh` always exists.
fn shells() -> Vec<Shell> {
    let known: [Shell; 4] = [("sh", &[]), ("bash", &[]), ("dash", &[]), ("busybox", &["sh"])];
    let path = std::env::var_os("PATH").unwrap();
    let is_here = |program: &str| std::env::split_paths(&path).any(|folder| folder.join(program).is_file());
    let found: Vec<Shell> = known.into_iter().filter(|(program, _)| is_here(program)).collect();
    assert!(found.contains(&("sh", &[])), "this machine has no sh");
    found
}

/// A command for a shell with an empty environment.
fn command((program, words): Shell) -> Command {
    let mut command = Command::new(program);
    command.args(words).env_clear();
    command
}

/// Runs a text as a script file in a shell. The environment holds only `PATH` and these variables.
fn run_in(shell: Shell, text: &str, variables: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("script");
    std::fs::write(&file, text).unwrap();
    let mut command = command(shell);
    command.arg(&file).env("PATH", std::env::var_os("PATH").unwrap()).envs(variables.iter().copied());
    command.current_dir(folder.path()).output().unwrap()
}

fn start() -> (Sandbox, Environment) {
    let sandbox = sandbox::start(0, SandboxSettings::with_key(KEY).unwrap()).unwrap();
    let environment = Environment::sandbox(&sandbox.url()).unwrap();
    (sandbox, environment)
}

/// The sample run with its text values replaced by these texts in turn. Each text is also a key.
fn run_of(texts: &[&str]) -> Value {
    let mut turns = texts.iter().copied().cycle();
    let mut run = with_texts(&sample(), &mut turns).as_object().unwrap().clone();
    for text in texts {
        run.push(*text, *text);
    }
    Value::Object(run)
}

fn with_texts<'a>(value: &Value, turns: &mut impl Iterator<Item = &'a str>) -> Value {
    match value {
        Value::Text(_) => turns.next().unwrap().into(),
        Value::Array(items) => Value::Array(items.iter().map(|item| with_texts(item, turns)).collect()),
        Value::Object(object) => Value::Object(
            object.iter().map(|(key, value)| (key.to_owned(), with_texts(value, turns))).collect::<Object>(),
        ),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

fn sample() -> Value {
    read(&std::fs::read_to_string(root().join("assets/samples/ci-run.json")).unwrap()).unwrap()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}
