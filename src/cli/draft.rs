//! `drafts`: lists, shows, creates and moves drafts.

use std::path::Path;

use anyhow::{anyhow, bail};
use serde::Serialize;

use super::Exit;
use super::argument::{DraftCommand, Format};
use super::console::Console;
use super::redaction;
use super::table::{row, table};
use crate::document::Value;
use crate::draft::template::{self, DEPLOYMENT, TEMPLATES, Template};
use crate::draft::{Draft, INTEGRATION};
use crate::text;
use crate::time::Timestamp;
use crate::world::World;
use crate::world::store::{self, DraftEntry};

/// The name of a draft, in the message about a key in an argument.
const NAME: &str = "the name of the draft";

pub(super) fn draft(
    command: Option<&DraftCommand>,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let Some(command) = command else {
        list(&store::list_drafts(world)?, &store::drafts_folder(world), console)?;
        return Ok(Exit::Done);
    };
    match command {
        DraftCommand::List { format: Format::Human } => {
            list(&store::list_drafts(world)?, &store::drafts_folder(world), console)?;
        }
        DraftCommand::Trash { format: Format::Human } => {
            list(&store::list_trash(world)?, &store::trash_folder(world), console)?;
        }
        DraftCommand::List { format: Format::Json } => json(&store::list_drafts(world)?, console)?,
        DraftCommand::Trash { format: Format::Json } => json(&store::list_trash(world)?, console)?,
        DraftCommand::Show { name } => {
            console.document(&store::load_draft(world, name)?.document)?;
        }
        DraftCommand::New { name, template, from } => {
            redaction::expect_storable(NAME, name)?;
            let from = from.as_deref();
            new_draft(name, template.as_deref(), from, world, console)?;
        }
        DraftCommand::Templates => templates(console)?,
        DraftCommand::Rename { name, new_name } => {
            redaction::expect_storable(NAME, new_name)?;
            path(&store::rename_draft(world, name, new_name, None)?.path, console)?;
        }
        DraftCommand::Duplicate { name, new_name } => {
            redaction::expect_storable(NAME, new_name)?;
            path(&store::duplicate_draft(world, name, new_name, None)?.path, console)?;
        }
        DraftCommand::Delete { names } => {
            for name in names {
                let place = store::delete_draft(world, name, None)?;
                Console::say(format!(
                    "“{}” is in the trash. `drafts restore` restores the draft.",
                    text::visible(name)
                ));
                path(&place, console)?;
            }
        }
        DraftCommand::Restore { name, new_name } => {
            if let Some(new_name) = new_name {
                redaction::expect_storable(NAME, new_name)?;
            }
            let entry = store::restore_draft(world, name, new_name.as_deref(), None)?;
            Console::say(format!("Restored as “{}”.", text::visible(&entry.name)));
            path(&entry.path, console)?;
        }
        DraftCommand::Path { name: Some(name) } => path(&store::find(world, name)?.path, console)?,
        DraftCommand::Path { name: None } => path(&store::drafts_folder(world), console)?,
    }
    Ok(Exit::Done)
}

/// Saves a new draft from a template, or as the deployment of a build.
fn new_draft(
    name: &str,
    template: Option<&str>,
    from: Option<&str>,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<()> {
    let draft = match (template, from) {
        (None | Some(DEPLOYMENT), Some(from)) => {
            let build = store::load_draft(world, from)?;
            if !template::is_deployable(&build.document) {
                Console::say("note: The build has no output artifact, so SEI cannot pair the two runs.");
            }
            let document = template::deployment_of(&build.document);
            let rest = build.rest.iter().filter(|(key, _)| *key == INTEGRATION);
            let rest = rest.map(|(key, value)| (key.to_owned(), value.clone())).collect();
            Draft { environment: build.environment, rest, ..Draft::new(name, document) }
        }
        (Some(DEPLOYMENT), None) => bail!("Choose the draft of the build to deploy: --from DRAFT."),
        (Some(id), Some(_)) => bail!("--from creates a deployment; remove --template {id}."),
        (id, None) => {
            let id = id.unwrap_or("blank");
            let template = Template::named(id).ok_or_else(|| anyhow!("Unknown template “{id}”."))?;
            Draft::new(name, template.document())
        }
    };
    redaction::expect_no_key(&draft.document)?;
    redaction::expect_no_key(&Value::Object(draft.rest.clone()))?;
    let entry = store::save_new_draft(world, &draft)?;
    Console::say(format!("Saved as draft “{}”.", text::visible(&entry.name)));
    path(&entry.path, console)
}

fn templates(console: &mut Console) -> anyhow::Result<()> {
    let mut rows = vec![row(["ID", "CONTENT"])];
    rows.extend(TEMPLATES.iter().map(|known| row([known.id, &format!("{} ({})", known.label, known.about)])));
    let content = "The deployment of a build in another draft, chosen with --from";
    rows.insert(4, row([DEPLOYMENT, content]));
    Ok(console.print(table(&rows))?)
}

fn path(path: &Path, console: &mut Console) -> anyhow::Result<()> {
    Ok(console.data(&path.display().to_string())?)
}

fn list(drafts: &[DraftEntry], folder: &Path, console: &mut Console) -> anyhow::Result<()> {
    if drafts.is_empty() {
        Console::say(format!("No drafts in {} yet.", text::visible(&folder.display().to_string())));
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
    console.print(table(&rows))?;
    for draft in drafts {
        if let Some(fault) = &draft.fault {
            let path = draft.path.display().to_string();
            // Faults of the file system already contain the path.
            let place =
                if fault.contains(&path) { String::new() } else { format!("{}: ", text::visible(&path)) };
            Console::say(format!("note: {place}{}", text::visible(fault)));
        }
    }
    Ok(())
}

/// An element of `--format json`.
#[derive(Serialize)]
struct ListedJson<'a> {
    name: &'a str,
    file: String,
    saved: Option<String>,
    environment: Option<&'a str>,
    bytes: u64,
    /// Why the file cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<&'a str>,
}

fn json(drafts: &[DraftEntry], console: &mut Console) -> anyhow::Result<()> {
    let listed: Vec<ListedJson<'_>> = drafts
        .iter()
        .map(|draft| ListedJson {
            name: &draft.name,
            file: draft.path.display().to_string(),
            saved: draft.saved.map(Timestamp::to_rfc3339),
            environment: draft.environment.as_deref(),
            bytes: draft.bytes,
            fault: draft.fault.as_deref(),
        })
        .collect();
    Ok(console.data(&serde_json::to_string_pretty(&listed)?)?)
}
