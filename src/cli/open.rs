//! Without a subcommand: opens the app on a draft or a payload file.

use std::io::IsTerminal as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail, ensure};
use clap::CommandFactory as _;

use super::argument::{Arguments, DisplayArguments, OpenArguments};
use super::configuration::{configuration, profiles};
use super::console::Console;
use super::load;
use super::source::InputSource;
use super::target::TargetChoice;
use super::{Exit, target};
use crate::app::{self, Pasted};
use crate::import::{self, Imported};
use crate::runtime::{self, ExitReason, Opening, Options, Parting, Shot};
use crate::text::{self, Visible};
use crate::ui::Theme;
use crate::wire::Environment;
use crate::world::config::Config;
use crate::world::{World, mapping, store};

/// The environment when none is chosen: that of the examples in the API documentation.
const DEFAULT_ENVIRONMENT: &str = "prod2";

/// Opens the app, its plain mode, or prints a screenshot.
pub(super) fn open(
    arguments: &OpenArguments,
    world: &Arc<dyn World>,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let config = configuration(&**world)?;
    let (mut opening, of_draft) = match arguments.draft.as_deref() {
        None => (Opening::Blank, None),
        Some(name) => match find(&**world, name)? {
            Some(found) => found,
            None => return Ok(Exit::Faulty),
        },
    };
    // The environment of a draft from another machine may be unknown here; the app can choose
    // another.
    let of_draft = of_draft.filter(|name| config.environment(name).is_some());
    let choice = TargetChoice {
        named: arguments.env.as_deref(),
        of_draft: of_draft.as_deref(),
        base_url: arguments.base_url.as_deref(),
    };
    let silenced = config.silenced.clone();
    let profiles = profiles(&**world, &config);
    let (environments, environment) = environments(config, &choice, &**world)?;
    if let Opening::Draft(draft) = &mut opening {
        // The command line has priority over the environment of the draft.
        draft.environment = environments.get(environment).map(|chosen| chosen.id.clone());
    }
    let options = Options {
        environments,
        environment,
        opening,
        theme: theme(arguments.display, &**world),
        mouse: !arguments.display.no_mouse,
        read_only: arguments.read_only,
        demo: false,
        recovery: true,
        sandbox: None,
        silenced,
        profiles,
        tour: None,
        play: None,
    };
    match arguments.shot.shot() {
        Some(shot) => print(options, &shot, world, console),
        None if arguments.plain => converse(options, world),
        None => run(options, arguments.display, world),
    }
}

/// Prints a screen of the app.
pub(super) fn print(
    options: Options,
    shot: &Shot,
    world: &Arc<dyn World>,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    console.print(Visible::rendered(runtime::screenshot(options, shot, world)?))?;
    Ok(Exit::Done)
}

/// Runs the app on the terminal.
pub(super) fn run(
    mut options: Options,
    display: DisplayArguments,
    world: &Arc<dyn World>,
) -> anyhow::Result<Exit> {
    ensure!(
        std::io::stdout().is_terminal(),
        "The app needs a terminal. Without a terminal, use `--plain` to answer line by line, or the commands that \
         `sei-compose --help` lists."
    );
    // A dumb terminal may show any letters, but border characters are not guaranteed.
    options.theme.ascii |= is_dumb(&**world);
    match runtime::run(options, world)? {
        ExitReason::Quit => Ok(Exit::Done),
        ExitReason::ForDemo => become_demo(display),
    }
}

/// Runs the plain mode, line by line.
pub(super) fn converse(options: Options, world: &Arc<dyn World>) -> anyhow::Result<Exit> {
    Ok(match runtime::converse(options, world)? {
        Parting::Left => Exit::Done,
        Parting::Blocked => Exit::Faulty,
        Parting::Answered(outcome) => Exit::Answered(outcome),
        Parting::Interrupted => Exit::Cancelled,
    })
}

/// Replaces this process with the demo, because its threads still read keys.
#[cfg(unix)]
fn become_demo(display: DisplayArguments) -> anyhow::Result<Exit> {
    use std::os::unix::process::CommandExt as _;
    let options = [(display.ascii, "--ascii"), (display.no_mouse, "--no-mouse")];
    let options = options.into_iter().filter_map(|(is_set, argument)| is_set.then_some(argument));
    let fault = std::process::Command::new(std::env::current_exe()?).arg("demo").args(options).exec();
    Err(fault).context("The demo cannot be started from here; `sei-compose demo` starts it")
}

/// Other systems cannot replace a process.
#[cfg(not(unix))]
fn become_demo(_display: DisplayArguments) -> anyhow::Result<Exit> {
    bail!("`sei-compose demo` starts the tour.")
}

/// All environments, and the index of the chosen one.
pub(super) fn environments(
    config: Config,
    choice: &TargetChoice<'_>,
    world: &dyn World,
) -> anyhow::Result<(Vec<Environment>, usize)> {
    let chosen = target::choose(world, &config, choice)?;
    let mut environments = config.environments;
    let Some(chosen) = chosen else {
        let default = environments.iter().position(|environment| environment.id == DEFAULT_ENVIRONMENT);
        return Ok((environments, default.unwrap_or_default()));
    };
    let place = environments.iter().position(|environment| environment.id == chosen.id);
    let place = place.unwrap_or(environments.len());
    environments.splice(place..environments.len().min(place + 1), [chosen]);
    Ok((environments, place))
}

/// The theme: color and Unicode, unless options or variables say otherwise.
pub(super) fn theme(display: DisplayArguments, world: &dyn World) -> Theme {
    let theme = theme_of(world);
    Theme { ascii: display.ascii || theme.ascii, ..theme }
}

fn is_dumb(world: &dyn World) -> bool {
    world.variable("TERM").is_some_and(|t| t == "dumb")
}

/// The theme that the environment variables ask for.
pub(super) fn theme_of(world: &dyn World) -> Theme {
    let is_plain = world.variable("NO_COLOR").is_some() || is_dumb(world);
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| world.variable(name));
    let is_utf8 = |locale: String| {
        let locale = locale.to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    };
    Theme { color: !is_plain, ascii: !locale.is_none_or(is_utf8) }
}

/// The draft or the payload file of this name, and its environment; `None` when the file is not a
/// payload, which is already reported.
fn find(world: &dyn World, name: &str) -> anyhow::Result<Option<(Opening, Option<String>)>> {
    let unknown = match store::load_draft(world, name) {
        Ok(draft) => {
            let environment = draft.environment.clone();
            return Ok(Some((Opening::Draft(Box::new(draft)), environment)));
        }
        Err(unknown @ store::StoreError::Unknown { .. }) => unknown,
        Err(fault) => return Err(fault.into()),
    };
    let path = Path::new(name);
    if !world.exists(path) {
        let commands = Arguments::command();
        let names = commands.get_subcommands().map(clap::Command::get_name);
        let Some(command) = text::closest(name, names) else {
            bail!("{unknown} No file has this name either.")
        };
        bail!("{unknown} Did you mean the command `{command}`?");
    }
    let source = InputSource::read(world, path)?;
    let mappings = mapping::load(world);
    let read = import::import_with(&source.text, &[], &mappings);
    if read.is_err_and(|fault| fault.is_unknown_json()) && app::is_worth_mapping(&source.text) {
        return Ok(Some((Opening::Unknown(Pasted(source.text)), None)));
    }
    // A draft file from another folder is opened as a payload: saving it must not replace a draft
    // with the same name.
    Ok(load::recognize(source, &mappings).map(|loaded| {
        let Imported { document, environment, .. } = loaded.imported;
        (Opening::Document(Box::new(document)), environment)
    }))
}
