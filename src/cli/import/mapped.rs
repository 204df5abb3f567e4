//! `import --map` and `--from` with the name of a mapping.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;

use crate::import::mapping::{Mapping, MappingFault};
use crate::text;
use crate::world::{World, mapping};

/// The mapping with a name, or the one in a file.
pub(in crate::cli) fn find(world: &dyn World, named: &str) -> anyhow::Result<Arc<Mapping>> {
    let set = mapping::load(world);
    let is_path =
        named.contains(['/', '\\']) || Path::new(named).extension().is_some_and(|ending| ending == "toml");
    if !is_path {
        if let Some(unread) = set.unread.iter().find(|unread| unread.id == named) {
            anyhow::bail!("{}", listing(&mapping::path(world, named).display().to_string(), &unread.faults));
        }
        if let Some(found) = set.get(named) {
            return usable(found.clone(), named);
        }
    }
    let shown = text::visible(named).into_owned();
    if !is_path && !world.exists(Path::new(named)) {
        let near = set.closest(named).map_or_else(String::new, |near| format!(" Did you mean {near}?"));
        anyhow::bail!("No mapping is called “{shown}”.{near} `sei-compose mappings list` shows all.");
    }
    let source =
        world.read(Path::new(named)).with_context(|| format!("The mapping {shown} cannot be read"))?;
    let id = Path::new(named).file_stem().and_then(|stem| stem.to_str()).unwrap_or("mapping");
    let read = Mapping::read(id, &source).map_err(|faults| anyhow::anyhow!("{}", listing(named, &faults)))?;
    usable(Arc::new(read), named)
}

/// A mapping whose expressions can all be compiled.
fn usable(mapping: Arc<Mapping>, named: &str) -> anyhow::Result<Arc<Mapping>> {
    let faults = mapping.faults();
    anyhow::ensure!(faults.is_empty(), "{}", listing(named, &faults));
    Ok(mapping)
}

/// The faults of a mapping file, one a line.
pub(in crate::cli) fn listing(file: &str, faults: &[MappingFault]) -> String {
    let file = text::visible(file).into_owned();
    let lines =
        faults.iter().map(|fault| format!("{file}:{}: {}", fault.line, text::visible(&fault.to_string())));
    lines.collect::<Vec<_>>().join("\n")
}
