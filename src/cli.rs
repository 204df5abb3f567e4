//! Arguments, exit codes and the headless commands.
//!
//! Each command is a file; all return an [`Exit`], or an error that says why the program could not do its work. What a
//! command finds out goes to standard output, everything said beside it to standard error. Nothing here decides what
//! is right or wrong with a payload: the commands call what the app calls.

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
mod open;
mod post;
mod probe;
mod raw;
mod redaction;
mod region;
mod render;
mod report;
mod sandbox;
mod schema;
mod send;
mod shell;
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
    /// A request was made, and this became of it.
    Answered(Outcome),
    /// The person said no.
    Cancelled,
}

impl Exit {
    /// The number that scripts see.
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

/// Runs the program on this machine with these arguments, the first being its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let machine = Machine::new();
    learn_keys(machine.as_ref().ok());
    let arguments = match Arguments::try_parse_from(&arguments) {
        Ok(parsed) => parsed,
        Err(answer) => return explain_usage(&answer, &arguments),
    };
    let done = machine.map_err(anyhow::Error::from).and_then(|machine| {
        let (machine, aside) = match &arguments.command {
            // What plays itself starts from nothing, and leaves nothing.
            Some(Command::Demo(demo)) if demo.plays_itself() => {
                let aside = tempfile::tempdir()?;
                (machine.in_folder(aside.path()), Some(aside))
            }
            // A demo leaves drafts, journal, book and settings of the person alone.
            Some(Command::Demo(_)) => (machine.apart("demo"), None),
            Some(_) | None => (machine, None),
        };
        let world: Arc<dyn World> = Arc::new(machine);
        let done = dispatch(arguments, &world);
        drop(aside);
        done
    });
    done.unwrap_or_else(|fault| {
        Console::say(format!("sei-compose: {fault:#}"));
        Exit::Unusable
    })
}

/// Learns the keys that are there without asking, before anything is written: those in the variables of all
/// environments. Faults of the configuration are reported by the command that needs it.
fn learn_keys(machine: Option<&Machine>) {
    let nowhere = Machine::at(Folders { config: PathBuf::new(), data: PathBuf::new() });
    let found = machine.and_then(|machine| config::load(machine).ok());
    let environments = found.as_ref().map_or(built_in(), |config| &config.environments);
    redaction::learn(in_variables(machine.unwrap_or(&nowhere), environments));
}

/// Help and version are answers; anything else is a mistake. A message about arguments repeats parts of them.
fn explain_usage(answer: &clap::Error, arguments: &[OsString]) -> Exit {
    if answer.use_stderr() && redaction::is_in_arguments(arguments) {
        Console::say(format!(
            "error: {}. An argument holds an API key, so the arguments are not repeated. No option takes a key: \
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
        Command::Render(arguments) => render::render(&arguments, machine, console),
        Command::Export(arguments) => export::export(&arguments, machine, console),
        Command::Send(arguments) => send::send(&arguments, machine, console),
        Command::Guid(arguments) => guid::guid(&arguments, machine, console),
        Command::Import(arguments) => import::import(&arguments, machine, console),
        Command::Schema => schema::schema(console),
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
