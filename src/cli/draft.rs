//! `drafts`: the kept payloads, one by one.

use super::Exit;
use super::argument::DraftCommand;
use super::console::Console;
use super::table::{row, table};
use crate::document;
use crate::text;
use crate::time::Timestamp;
use crate::world::World;
use crate::world::store::{self, DraftEntry};

pub(super) fn draft(
    command: &DraftCommand,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    match command {
        DraftCommand::List => list(&store::list_drafts(world)?, world, console)?,
        DraftCommand::Show { name } => {
            console.line(&document::write_pretty(&store::load_draft(world, name)?.document))?;
        }
        DraftCommand::Rename { name, new_name } => {
            let entry = store::rename_draft(world, name, new_name)?;
            console.line(&entry.path.display().to_string())?;
        }
        DraftCommand::Duplicate { name, new_name } => {
            let entry = store::duplicate_draft(world, name, new_name)?;
            console.line(&entry.path.display().to_string())?;
        }
        DraftCommand::Delete { name } => {
            let place = store::delete_draft(world, name)?;
            Console::say("Moved to the trash:");
            console.line(&place.display().to_string())?;
        }
        DraftCommand::Path { name } => {
            let path = match name {
                Some(name) => store::find(world, name)?.path,
                None => store::drafts_folder(world),
            };
            console.line(&path.display().to_string())?;
        }
    }
    Ok(Exit::Done)
}

fn list(drafts: &[DraftEntry], world: &dyn World, console: &mut Console) -> anyhow::Result<()> {
    if drafts.is_empty() {
        Console::say(&format!("There are no drafts in {} yet.", store::drafts_folder(world).display()));
        return Ok(());
    }
    let mut rows = vec![row(["NAME", "SAVED", "ENVIRONMENT", "SIZE"])];
    rows.extend(drafts.iter().map(|draft| {
        let saved = match &draft.fault {
            Some(_) => "unreadable".to_owned(),
            None => draft.saved.map_or_else(|| "-".to_owned(), Timestamp::human),
        };
        let environment = draft.environment.clone().unwrap_or_else(|| "-".to_owned());
        let bytes = usize::try_from(draft.bytes).unwrap_or(usize::MAX);
        [draft.name.clone(), saved, environment, text::bytes(bytes)]
    }));
    console.print(&table(&rows))?;
    for draft in drafts {
        if let Some(fault) = &draft.fault {
            Console::say(&format!("note: {}: {}", draft.path.display(), text::visible(fault)));
        }
    }
    Ok(())
}
