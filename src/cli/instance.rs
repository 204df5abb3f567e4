//! `instances`: lists, adds and removes entries of the instance book, and asks SEI about one.

use anyhow::{Context as _, bail, ensure};

use super::argument::{InstanceArguments, InstanceCommand};
use super::configuration::configuration;
use super::console::Console;
use super::table::{row, table};
use super::{Exit, redaction, target};
use crate::book::{self, Book, BookEntry};
use crate::text;
use crate::time::Timestamp;
use crate::world::book::BookFileError;
use crate::world::{self, World};

mod verify;

pub(super) fn instance(
    command: Option<&InstanceCommand>,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    match command {
        None | Some(InstanceCommand::List) => list(&world::book::load(world)?, world, console)?,
        Some(InstanceCommand::Add(arguments)) => add(arguments, world, console)?,
        Some(InstanceCommand::Verify(arguments)) => return verify::verify(arguments, world, console),
        Some(InstanceCommand::Remove { instance, env }) => remove(instance, env.as_deref(), world, console)?,
    }
    Ok(Exit::Done)
}

fn list(book: &Book, world: &dyn World, console: &mut Console) -> anyhow::Result<()> {
    if book.entries.is_empty() {
        let path = world::book::path(world);
        Console::say(format!("No instances in {} yet.", path.display()));
        return Ok(());
    }
    let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let mut rows = vec![row(["GUID", "NAME", "ENVIRONMENT", "INTEGRATION ID", "ADDED", "NOTE"])];
    rows.extend(book.entries.iter().map(|entry| {
        [
            entry.guid.clone(),
            entry.name.clone(),
            or_dash(&entry.environment),
            or_dash(&entry.integration),
            entry.date.map_or_else(|| "-".to_owned(), Timestamp::human),
            or_dash(&entry.note),
        ]
    }));
    console.print(table(&rows))?;
    Ok(())
}

fn add(arguments: &InstanceArguments, world: &dyn World, console: &mut Console) -> anyhow::Result<()> {
    let InstanceArguments { guid, name, url, env: _, integration_id, note } = arguments;
    for (what, given) in [
        ("the GUID", Some(guid)),
        ("the name of the instance", Some(name)),
        ("the address of the instance", url.as_ref()),
        ("the number of the integration", integration_id.as_ref()),
        ("the note", note.as_ref()),
    ] {
        given.map_or(Ok(()), |given| redaction::expect_storable(what, given))?;
    }
    let guid = book::guid(&arguments.guid).with_context(|| {
        let shown = text::visible(&arguments.guid);
        format!("“{shown}” is not a GUID. A GUID has 32 hexadecimal digits with hyphens.")
    })?;
    let name = arguments.name.trim();
    ensure!(!name.is_empty(), "The instance name is blank. SEI shows the name next to each run.");
    let environment = match arguments.env.as_deref() {
        Some(name) => Some(target::find(&configuration(world)?, name)?.id.clone()),
        None => None,
    };
    let entry = BookEntry {
        guid: guid.clone(),
        name: name.to_owned(),
        url: arguments.url.clone(),
        environment,
        integration: arguments.integration_id.clone(),
        date: Some(world.now()),
        note: arguments.note.clone(),
        ..BookEntry::default()
    };
    let is_new = world::book::change(world, |book| Ok::<_, BookFileError>(book.put(entry.clone())))?;
    Console::say(if is_new { "Added to the instance book." } else { "Updated in the instance book." });
    console.line(guid)?;
    Ok(())
}

fn remove(
    wanted: &str,
    environment: Option<&str>,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<()> {
    let removed = world::book::change(world, |book| take(book, wanted, environment))?;
    let name = text::visible(&removed.name);
    Console::say(format!("Removed “{name}” from the instance book; SEI keeps the instance."));
    console.line(removed.guid)?;
    Ok(())
}

/// Removes the single matching instance from the book.
fn take(book: &mut Book, wanted: &str, environment: Option<&str>) -> anyhow::Result<BookEntry> {
    let one = single(book, wanted, environment)?.clone();
    book.entries.retain(|entry| *entry != one);
    Ok(one)
}

/// The single matching instance of the book.
fn single<'b>(book: &'b Book, wanted: &str, environment: Option<&str>) -> anyhow::Result<&'b BookEntry> {
    let mut found = book.find(wanted);
    found.retain(|entry| environment.is_none_or(|id| entry.environment.as_deref() == Some(id)));
    let shown = text::visible(wanted);
    match found.as_slice() {
        [] => {
            let near = text::closest(wanted, book.entries.iter().map(|entry| entry.name.as_str()));
            let near = near.map_or_else(String::new, |name| format!(" Did you mean “{name}”?"));
            bail!("“{shown}” is not in the instance book.{near}")
        }
        [one] => Ok(one),
        several => {
            let each = |entry: &&BookEntry| {
                format!("{} in {}", entry.guid, entry.environment.as_deref().unwrap_or("no environment"))
            };
            let several: Vec<_> = several.iter().map(each).collect();
            bail!(
                "“{shown}” matches several instances: {}. Choose one by its GUID and --env.",
                several.join(", ")
            )
        }
    }
}
