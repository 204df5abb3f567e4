//! `import`: converts other formats to a payload, and prints it or saves it as a draft.
//!
//! The payload goes to standard output; repairs, notes and other findings go to standard error. A
//! key is never printed and never saved.

use std::path::Path;
use std::sync::Arc;

use super::argument::{ImportArguments, ImportFormat, ImportSource as Shape};
use super::configuration::configuration;
use super::console::Console;
use super::load::{say_fault, say_reading};
use super::source::InputSource;
use super::{Exit, redaction, source};
use crate::app::Action;
use crate::document::Value;
use crate::draft::{Draft, INTEGRATION};
use crate::import::mapping::{Mapping, MappingSet};
use crate::import::{self, CiTool, FoundKey, ImportError, ImportKind, Imported};
use crate::text;
use crate::world::store::{self, StoreError};
use crate::world::{World, mapping};

mod around;
mod list;
pub(super) mod mapped;

pub(super) fn import(
    arguments: &ImportArguments,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    if let Some(name) = &arguments.save {
        redaction::expect_storable("the name of the draft", name)?;
    }
    let is_around = matches!(arguments.from, ImportFormat::Known(Shape::Env | Shape::Git));
    anyhow::ensure!(
        !is_around || arguments.map.is_none(),
        "--map reads a file; --from env and git read none."
    );
    if arguments.all && !is_around {
        return list::print(arguments, world, console);
    }
    let imported = match around::read(arguments, world)? {
        Some(imported) => imported,
        None => match from_text(arguments, world)? {
            Some(imported) => imported,
            None => return Ok(Exit::Faulty),
        },
    };
    say_reading(&imported);
    say_findings(&imported);
    let Some(name) = &arguments.save else {
        console.document(&imported.document)?;
        return Ok(Exit::Done);
    };
    let draft = draft(name, imported, world);
    redaction::expect_no_key(&draft.document)?;
    redaction::expect_no_key(&Value::Object(draft.rest.clone()))?;
    let entry = store::save_new_draft(world, &draft).map_err(|fault| {
        let StoreError::Taken(name) = fault else { return fault.into() };
        anyhow::anyhow!(
            "A draft called “{name}” already exists, and --save creates new drafts only. Choose another name, or open \
             that draft in the app and import the file: “{}” in the palette.",
            Action::Import.text()
        )
    })?;
    Console::say(format!("Saved as draft “{}”.", text::visible(&entry.name)));
    console.data(&entry.path.display().to_string())?;
    Ok(Exit::Done)
}

/// Imports the text of a file; `None` on failure, which is already reported.
fn from_text(arguments: &ImportArguments, world: &dyn World) -> anyhow::Result<Option<Imported>> {
    let source = InputSource::read(world, &arguments.file)?;
    let chosen = chosen_mapping(arguments, world)?;
    let mappings = mapping::load(world);
    let jobs = arguments.jobs.as_ref().map(|jobs| InputSource::read(world, jobs)).transpose()?;
    let read = match (&chosen, &arguments.run, &jobs) {
        (Some(chosen), number, _) => import::import_mapped(&source.text, chosen, number.as_deref()),
        (None, Some(run), jobs) => {
            let jobs = jobs.as_ref().map(|jobs| jobs.text.as_str());
            import::import_run(&source.text, jobs, run, &mappings)
        }
        (None, None, Some(jobs)) => import::import_with_jobs(&source.text, &jobs.text),
        (None, None, None) => read(&source.text, arguments.allow_file, world, &mappings)?,
    };
    match read {
        Ok(imported) => {
            source::learn_credentials(&imported);
            expect(&arguments.from, &imported)?;
            Ok(Some(imported))
        }
        Err(fault) => {
            if let Some(jobs) = jobs.filter(|_| fault.is_of_jobs()) {
                say_fault(&jobs, &fault);
            } else {
                say_fault(&source.shown_with(&fault), &fault);
                say_way(&arguments.file, &fault);
            }
            Ok(None)
        }
    }
}

/// The mapping in `--map` or `--from`, if any.
fn chosen_mapping(arguments: &ImportArguments, world: &dyn World) -> anyhow::Result<Option<Arc<Mapping>>> {
    match (&arguments.map, &arguments.from) {
        (Some(named), ImportFormat::Known(Shape::Auto)) | (None, ImportFormat::Mapping(named)) => {
            mapped::find(world, named).map(Some)
        }
        (Some(_), _) => anyhow::bail!("--map and --from both choose how to read the file. Use one of them."),
        (None, ImportFormat::Known(_)) => Ok(None),
    }
}

/// Imports the text; a file that a command names is read only with `--allow-file`.
fn read(
    text: &str,
    allow_file: bool,
    world: &dyn World,
    mappings: &MappingSet,
) -> anyhow::Result<Result<Imported, ImportError>> {
    let imported = match import::import_with(text, &[], mappings) {
        Ok(imported) if !imported.asks.is_empty() => imported,
        other => return Ok(other),
    };
    let names = text::visible(&imported.asks.join(", ")).into_owned();
    anyhow::ensure!(
        allow_file || names != "-",
        "The body of this command comes from standard input, which is not read by default. Add --allow-file to read \
         it, or import the body itself."
    );
    anyhow::ensure!(
        allow_file,
        "The body of this command is in a file, {names}, which is not read by default. Add --allow-file to read it, \
         or import the file itself."
    );
    let read = |name: &String| -> anyhow::Result<(String, String)> {
        let content = if name == "-" { source::input()? } else { world.read(Path::new(name))? };
        Ok((name.clone(), content))
    };
    let files = imported.asks.iter().map(read).collect::<anyhow::Result<Vec<_>>>()?;
    Console::say(format!("note: The body was read from {names}."));
    let files: Vec<_> = files.iter().map(|(name, content)| (name.as_str(), content.as_str())).collect();
    Ok(import::import_with(text, &files, mappings))
}

/// Names the command that makes JSON of an unknown tool readable.
fn say_way(file: &Path, fault: &ImportError) {
    if !fault.is_unknown_json() {
        return;
    }
    // Standard input is read already.
    let file = if file == Path::new("-") { "FILE".to_owned() } else { file.display().to_string() };
    Console::say(format!(
        "help: If this is a run of a tool, `sei-compose mappings suggest {}` guesses a mapping that reads it.",
        text::visible(&file)
    ));
}

/// Refuses an input that is not of the kind in `--from`.
fn expect(from: &ImportFormat, imported: &Imported) -> anyhow::Result<()> {
    // A mapping was used if one is named.
    let ImportFormat::Known(from) = from else { return Ok(()) };
    let run = |tool: CiTool| (tool.described(), imported.kind == ImportKind::Run(tool));
    let (wanted, is_it) = match *from {
        // Variables and checkouts are not text and are always of the right kind.
        Shape::Auto | Shape::Env | Shape::Git => return Ok(()),
        Shape::Payload if imported.kind == ImportKind::Payload => return Ok(()),
        Shape::Payload => {
            anyhow::bail!("This is more than a payload. Remove --from to import the payload in it.")
        }
        Shape::Curl => ("a curl command", matches!(imported.kind, ImportKind::Curl | ImportKind::Instance)),
        Shape::Satellite => ("a satellite.yml", imported.kind == ImportKind::Satellite),
        Shape::GitHub => run(CiTool::GitHub),
        Shape::GitLab => run(CiTool::GitLab),
        Shape::Jenkins => run(CiTool::Jenkins),
        Shape::Azure => run(CiTool::Azure),
        Shape::CircleCi => run(CiTool::CircleCi),
        Shape::Buildkite => run(CiTool::Buildkite),
        Shape::Bitbucket => run(CiTool::Bitbucket),
        Shape::Drone => run(CiTool::Drone),
    };
    anyhow::ensure!(
        is_it,
        "This is {}, not {wanted}. Remove --from to import it.",
        text::visible(&imported.described())
    );
    Ok(())
}

/// Reports the findings other than the payload.
fn say_findings(imported: &Imported) {
    let kind = imported.described();
    let mut facts = vec![("input", Some(kind.as_str()))];
    facts.push(("environment", imported.environment.as_deref()));
    if imported.environment.is_none() {
        facts.push(("address", imported.base.as_deref()));
    }
    facts.push(("integration id", imported.integration.as_deref()));
    facts.push(("instance name", imported.instance.name.as_deref()));
    facts.push(("instance GUID", imported.instance.guid.as_deref()));
    let is_plain = matches!(imported.kind, ImportKind::Payload | ImportKind::Wrapped | ImportKind::Draft);
    for (what, fact) in facts.into_iter().filter(|_| !is_plain) {
        if let Some(fact) = fact {
            Console::say(format!("found {what}: {}", text::visible(fact)));
        }
    }
    match &imported.key {
        FoundKey::None => {}
        FoundKey::Placeholder => Console::say("found: a placeholder instead of a key"),
        FoundKey::Given(key) => {
            let origin = key.origin().to_string();
            let next_step = if imported.environment.is_some() {
                "enter the key in the app, or set its variable before you start the program"
            } else {
                "set HARNESS_SEI_API_KEY after you add an environment with that address"
            };
            Console::say(format!(
                "found: a key for {}, which is not saved: {next_step}",
                text::visible(&origin)
            ));
        }
    }
}

fn draft(name: &str, imported: Imported, world: &dyn World) -> Draft {
    let known = imported.environment.filter(|id| {
        let is_known = configuration(world).is_ok_and(|config| config.environment(id).is_some());
        if !is_known {
            let id = text::visible(id);
            Console::say(format!("note: unknown environment “{id}”; the draft was saved without it."));
        }
        is_known
    });
    let mut draft = Draft { environment: known, ..Draft::new(name, imported.document) };
    if let Some(integration) = imported.integration {
        draft.rest.put(INTEGRATION, Value::Text(integration));
    }
    draft
}
