//! Arguments, exit codes and the headless commands.
//!
//! Each command is a file and returns an [`Exit`], or an error that says why the program could not
//! run. Results go to standard output, all other messages to standard error. The commands have no
//! checks of their own: they call the same functions as the app.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;

use crate::wire::{Outcome, built_in};
use crate::world::key::in_variables;
use crate::world::{Folders, Machine, World, config};

mod argument;
mod check;
mod configuration;
mod console;
mod demo;
mod doctor;
mod draft;
mod environment;
mod examiner;
mod excerpt;
mod explain;
mod export;
mod finding;
mod guid;
mod import;
mod instance;
mod journal;
mod json;
mod key;
mod load;
mod mapping;
mod open;
mod post;
mod probe;
mod profile;
mod raw;
mod redaction;
mod region;
mod render;
mod report;
mod sandbox;
mod schema;
mod send;
mod shell;
mod simulate;
mod source;
mod table;
mod target;

use argument::{Arguments, Command};
use console::Console;

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// The payload has errors; with `--strict`, warnings.
    Faulty,
    /// Wrong usage, or the program could not run.
    Unusable,
    /// A request was made; the exit code follows from its outcome.
    Answered(Outcome),
    /// The user answered a question with no, or canceled the wait.
    Cancelled,
}

impl Exit {
    /// The exit code of the process.
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Faulty => 1,
            Self::Unusable => 2,
            Self::Answered(outcome) => outcome.exit_code(),
            Self::Cancelled => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// Runs the program on this machine; the first argument is the name of the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let machine = Machine::new();
    learn_keys(machine.as_ref().ok());
    let arguments = match Arguments::try_parse_from(&arguments) {
        Ok(parsed) => parsed,
        Err(answer) => return explain_usage(&answer, &arguments),
    };
    let done = machine.map_err(anyhow::Error::from).and_then(|machine| {
        let (machine, temporary) = match &arguments.command {
            // A tour that plays itself starts without data and saves none.
            Some(Command::Demo(demo)) if demo.plays_itself() => {
                let temporary = tempfile::tempdir()?;
                (machine.in_folder(temporary.path()), Some(temporary))
            }
            // A demo never touches the drafts, journal, book and settings of the user.
            Some(Command::Demo(_)) => (machine.apart("demo"), None),
            Some(_) | None => (machine, None),
        };
        let world: Arc<dyn World> = Arc::new(machine);
        let done = dispatch(arguments, &world);
        drop(temporary);
        done
    });
    done.unwrap_or_else(|fault| {
        Console::say(format!("sei-compose: {fault:#}"));
        Exit::Unusable
    })
}

/// Registers the keys in the variables of all environments for redaction, before the first output.
/// The command that needs the configuration reports its faults.
fn learn_keys(machine: Option<&Machine>) {
    let no_folders = Machine::at(Folders { config: PathBuf::new(), data: PathBuf::new() });
    let found = machine.and_then(|machine| config::load(machine).ok());
    let environments = found.as_ref().map_or(built_in(), |config| &config.environments);
    redaction::learn(in_variables(machine.unwrap_or(&no_folders), environments));
}

/// Prints help, version or a usage error. A usage error that would repeat a key is shortened.
fn explain_usage(answer: &clap::Error, arguments: &[OsString]) -> Exit {
    if answer.use_stderr() && redaction::is_in_arguments(arguments) {
        Console::say(format!(
            "error: {}. An argument contains an API key, so the arguments are not repeated. No option takes a key: \
             `sei-compose --help` says where keys come from.",
            answer.kind().as_str().unwrap_or("the arguments cannot be read")
        ));
        return Exit::Unusable;
    }
    match answer.print() {
        Err(fault) if fault.kind() != std::io::ErrorKind::BrokenPipe => Exit::Unusable,
        Ok(()) | Err(_) if answer.use_stderr() => Exit::Unusable,
        Ok(()) | Err(_) => Exit::Done,
    }
}

fn dispatch(arguments: Arguments, world: &Arc<dyn World>) -> anyhow::Result<Exit> {
    let machine = &**world;
    let console = &mut Console::new(machine);
    let Some(command) = arguments.command else {
        return open::open(&arguments.open, world, console);
    };
    match command {
        Command::Demo(arguments) => demo::demo(&arguments, world, console),
        Command::Check(arguments) => check::check(&arguments, machine, console),
        Command::Simulate(arguments) => simulate::simulate(&arguments, machine, console),
        Command::Profile { command } => profile::profile(command.as_ref(), machine, console),
        Command::Render(arguments) => render::render(&arguments, machine, console),
        Command::Export(arguments) => export::export(&arguments, machine, console),
        Command::Send(arguments) => send::send(&arguments, machine, console),
        Command::Guid(arguments) => guid::guid(&arguments, machine, console),
        Command::Import(arguments) => import::import(&arguments, machine, console),
        Command::Schema { of } => schema::schema(of, console),
        Command::Mappings { command } => mapping::mapping(command.as_ref(), machine, console),
        Command::Fields { path } => schema::fields(path.as_deref(), console),
        Command::Explain { code } => explain::explain(code.as_deref(), console),
        Command::Drafts { command } => draft::draft(command.as_ref(), machine, console),
        Command::Instances { command } => instance::instance(command.as_ref(), machine, console),
        Command::Journal { command } => journal::journal(command.as_ref(), machine, console),
        Command::Env { command } => environment::environment(command.as_ref(), machine, console),
        Command::Key { command } => key::key(command.as_ref(), machine, console),
        Command::Doctor(arguments) => doctor::doctor(&arguments, machine, console),
        Command::Sandbox(arguments) => sandbox::sandbox(arguments, world, console),
        Command::Completions { shell } => shell::completions(shell, console),
        Command::Man => shell::man(console),
    }
}
