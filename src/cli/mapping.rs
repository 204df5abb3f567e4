//! `mappings`: lists, shows, guesses and tests mappings.

use super::Exit;
use super::argument::MappingCommand;
use super::console::Console;
use super::import::mapped;
use super::table::{row, table};
use crate::text;
use crate::world::{World, mapping};

mod suggest;
mod test;

pub(super) fn mapping(
    command: Option<&MappingCommand>,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    match command {
        None | Some(MappingCommand::List) => list(world, console),
        Some(MappingCommand::Show { name }) => {
            // Also one whose expressions have faults: they may be why it is shown.
            let set = mapping::load(world);
            let shown = set.get(name).cloned().map_or_else(|| mapped::find(world, name), Ok)?;
            console.data(shown.source.trim_end())?;
            Ok(Exit::Done)
        }
        Some(MappingCommand::Suggest { file, name }) => suggest::suggest(file, name, world, console),
        Some(MappingCommand::Test { mapping, file }) => test::test(mapping, file, world, console),
    }
}

/// Lists all mappings; files with faults end with an exit code of their own.
/// The widest name in the list, in columns.
const WIDEST: usize = 40;

fn list(world: &dyn World, console: &mut Console) -> anyhow::Result<Exit> {
    let set = mapping::load(world);
    let mut faults = Vec::new();
    let mut rows = vec![row(["NAME", "TOOL", "FROM"])];
    for found in set.all() {
        let path = mapping::path(world, &found.id).display().to_string();
        let origin = if found.is_builtin { "built in" } else { path.as_str() };
        rows.push(row([&text::cut(&found.id, WIDEST), &text::cut(found.label(), WIDEST), origin]));
        let wrong = if found.is_builtin { Vec::new() } else { found.faults() };
        faults.extend((!wrong.is_empty()).then(|| mapped::listing(&path, &wrong)));
    }
    for unread in &set.unread {
        let path = mapping::path(world, &unread.id).display().to_string();
        rows.push(row([&text::cut(&unread.id, WIDEST), "-", &path]));
        faults.push(mapped::listing(&path, &unread.faults));
    }
    if rows.len() > 1 {
        console.print(table(&rows))?;
    }
    for fault in &faults {
        Console::say(text::visible_lines(fault));
    }
    let folder = mapping::folder(world).display().to_string();
    Console::say(format!("Mapping files: {}", text::visible(&folder)));
    Ok(if faults.is_empty() { Exit::Done } else { Exit::Faulty })
}
