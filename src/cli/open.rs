//! Without a subcommand: the app, on a draft or a payload file.

use std::io::IsTerminal as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail, ensure};
use clap::CommandFactory as _;

use super::argument::{Arguments, DisplayArguments, OpenArguments};
use super::configuration::configuration;
use super::console::Console;
use super::load;
use super::target::Choice;
use super::{Exit, target};
use crate::import::Imported;
use crate::runtime::{self, ExitReason, Opening, Options, Parting, Shot};
use crate::text::{self, Visible};
use crate::ui::Theme;
use crate::wire::Environment;
use crate::world::config::Config;
use crate::world::{World, store};

/// The environment that is chosen when nothing else is said: the one that the API's own examples speak to.
const USUAL: &str = "prod2";

/// Opens the app.
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
    // A draft may come from where an environment was called otherwise; the app can choose another.
    let of_draft = of_draft.filter(|name| config.environment(name).is_some());
    let choice = Choice {
        named: arguments.env.as_deref(),
        of_draft: of_draft.as_deref(),
        base_url: arguments.base_url.as_deref(),
    };
    let silenced = config.silenced.clone();
    let (environments, environment) = environments(config, &choice, &**world)?;
    if let Opening::Draft(draft) = &mut opening {
        // What was asked for on the command line goes before what the draft remembers.
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

/// The one call into the app.
pub(super) fn run(
    mut options: Options,
    look: DisplayArguments,
    world: &Arc<dyn World>,
) -> anyhow::Result<Exit> {
    ensure!(
        std::io::stdout().is_terminal(),
        "The app needs a terminal. Without one, `--plain` asks on ordinary lines, and `sei-compose --help` lists the \
         commands that do the same."
    );
    // Its letters may be any, but what draws borders is more than it promises.
    options.theme.ascii |= is_dumb(&**world);
    match runtime::run(options, world)? {
        ExitReason::Quit => Ok(Exit::Done),
        ExitReason::ForDemo => become_demo(look),
    }
}

/// The same on ordinary lines.
pub(super) fn converse(options: Options, world: &Arc<dyn World>) -> anyhow::Result<Exit> {
    Ok(match runtime::converse(options, world)? {
        Parting::Left => Exit::Done,
        Parting::Blocked => Exit::Faulty,
        Parting::Answered(outcome) => Exit::Answered(outcome),
        Parting::Interrupted => Exit::Cancelled,
    })
}

/// The demo in the place of this program, whose threads still listen to the keys.
#[cfg(unix)]
fn become_demo(look: DisplayArguments) -> anyhow::Result<Exit> {
    use std::os::unix::process::CommandExt as _;
    let looks = [(look.ascii, "--ascii"), (look.no_mouse, "--no-mouse")];
    let looks = looks.into_iter().filter_map(|(is_so, argument)| is_so.then_some(argument));
    let fault = std::process::Command::new(std::env::current_exe()?).arg("demo").args(looks).exec();
    Err(fault).context("The demo cannot be started from here; `sei-compose demo` starts it")
}

/// Elsewhere a program cannot take another's place.
#[cfg(not(unix))]
fn become_demo(_look: DisplayArguments) -> anyhow::Result<Exit> {
    bail!("`sei-compose demo` starts the tour.")
}

/// The environments to choose from, and which one is chosen.
pub(super) fn environments(
    config: Config,
    choice: &Choice<'_>,
    world: &dyn World,
) -> anyhow::Result<(Vec<Environment>, usize)> {
    let chosen = target::choose(world, &config, choice)?;
    let mut environments = config.environments;
    let Some(chosen) = chosen else {
        let usual = environments.iter().position(|environment| environment.id == USUAL);
        return Ok((environments, usual.unwrap_or_default()));
    };
    let place = environments.iter().position(|environment| environment.id == chosen.id);
    let place = place.unwrap_or(environments.len());
    environments.splice(place..environments.len().min(place + 1), [chosen]);
    Ok((environments, place))
}

/// Colours unless they are unwanted, and more than ASCII unless the locale says otherwise.
pub(super) fn theme(look: DisplayArguments, world: &dyn World) -> Theme {
    let theme = theme_of(world);
    Theme { ascii: look.ascii || theme.ascii, ..theme }
}

fn is_dumb(world: &dyn World) -> bool {
    world.variable("TERM").is_some_and(|t| t == "dumb")
}

/// What the variables of this machine say of its terminal.
pub(super) fn theme_of(world: &dyn World) -> Theme {
    let is_plain = world.variable("NO_COLOR").is_some() || is_dumb(world);
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| world.variable(name));
    let is_utf8 = |locale: String| {
        let locale = locale.to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    };
    Theme { color: !is_plain, ascii: !locale.is_none_or(is_utf8) }
}

/// The draft of this name, or the payload in this file, and the environment it was last meant for; `None` when the file
/// holds no payload.
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
            bail!("{unknown} There is no such file either.")
        };
        bail!("{unknown} If you meant a command, it is `{command}`.");
    }
    // A draft file that stands elsewhere is a payload here: saving it must not replace a kept draft of its name.
    let found = load::load(world, path)?.map(|loaded| {
        let Imported { document, environment, .. } = loaded.imported;
        (Opening::Document(Box::new(document)), environment)
    });
    Ok(found)
}
