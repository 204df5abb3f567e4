//! Adds a silenced rule to `config.toml`, the only change that the program makes in this file.

use toml_edit::{Array, DocumentMut, Item, Value};

use super::{ConfigError, ConfigFault, path};
use crate::world::World;
use crate::world::update::update;

/// The lock for changes of the file, in the data folder.
const LOCK: &str = ".config.lock";

/// Adds a rule to `silenced`; the rest of the file stays unchanged, including comments and
/// concurrent changes of an editor.
pub fn silence(world: &dyn World, code: &str) -> Result<(), ConfigError> {
    let path = path(world);
    let lock = world.folders().data.join(LOCK);
    update(world, &path, &lock, ConfigError::File, |text| {
        let text = text.unwrap_or_default();
        let new = with_silenced(text, code)
            .map_err(|fault| ConfigError::Faults { path: path.clone(), faults: vec![fault] })?;
        Ok(((new != text).then_some(new), ()))
    })
}

fn with_silenced(text: &str, code: &str) -> Result<String, ConfigFault> {
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        let at = error.span().map_or(0, |span| span.start);
        let line = text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        ConfigFault { line, message: error.message().trim().to_owned() }
    })?;
    let item = document.entry("silenced").or_insert(Item::Value(Value::Array(Array::new())));
    let Some(codes) = item.as_array_mut() else {
        return Err(ConfigFault { line: 1, message: "silenced should be a list of rule codes.".to_owned() });
    };
    if !codes.iter().any(|silenced| silenced.as_str() == Some(code)) {
        codes.push(code);
    }
    Ok(document.to_string())
}
