//! `import`: other shapes in, the payload out or kept as a draft.

use super::argument::{ImportArguments, Source as Shape};
use super::check::configuration;
use super::console::Console;
use super::{Exit, source};
use crate::document;
use crate::draft::Draft;
use crate::import::ImportKind;
use crate::text;
use crate::world::{World, store};

pub(super) fn import(
    arguments: &ImportArguments,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let Some(loaded) = source::load(world, &arguments.file)? else { return Ok(Exit::Faulty) };
    let imported = loaded.imported;
    if arguments.from == Shape::Payload && imported.kind != ImportKind::Payload {
        anyhow::bail!("This is not a payload alone. Leave --from out to take the payload out of it.");
    }
    let Some(name) = &arguments.save else {
        console.data(&document::write_pretty(&imported.document))?;
        return Ok(Exit::Done);
    };
    let known = imported.environment.filter(|id| {
        let is_known = configuration(world).is_ok_and(|config| config.environment(id).is_some());
        if !is_known {
            Console::say(&format!(
                "note: there is no environment “{}” here; it was left out.",
                text::visible(id)
            ));
        }
        is_known
    });
    let draft = Draft { environment: known, ..Draft::new(name, imported.document) };
    let entry = store::save_new_draft(world, &draft)?;
    Console::say(&format!("Saved as draft “{}”.", text::visible(&entry.name)));
    console.data(&entry.path.display().to_string())?;
    Ok(Exit::Done)
}
