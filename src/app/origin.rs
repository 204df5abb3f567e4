//! Where fields came from: remembered in the draft, and told until somebody changes the field.

use crate::app::model::{DraftFile, Model};
use crate::document::{Object, Value, write_compact};

/// The key of a draft file under which the origins of fields are kept.
const ORIGINS: &str = "origins";

impl DraftFile {
    /// The remembered origins, by name of field.
    pub(crate) fn origins(&self) -> Object {
        self.rest.get(ORIGINS).and_then(Value::as_object).cloned().unwrap_or_default()
    }

    /// Remembers that fields have come from somewhere with the values they have now.
    pub(crate) fn remember<'f>(&mut self, from: &str, fields: impl Iterator<Item = (&'f str, &'f Value)>) {
        let mut origins = self.origins();
        for (key, value) in fields {
            let mut origin = Object::default();
            origin.push("from", from);
            origin.push("mark", mark(value));
            origins.put(key, Value::Object(origin));
        }
        if !origins.is_empty() {
            self.rest.put(ORIGINS, Value::Object(origins));
        }
    }
}

impl Model {
    /// Where a field of the run came from, as long as it has the value it came with.
    pub fn origin(&self, key: &str) -> Option<String> {
        let origins = self.draft.file.rest.get(ORIGINS)?.as_object()?;
        let origin = origins.get(key)?.as_object()?;
        let value = self.document.value().as_object()?.get(key)?;
        let is_untouched = origin.get("mark")?.as_text()? == mark(value);
        is_untouched.then(|| origin.get("from")?.as_text().map(str::to_owned)).flatten()
    }
}

/// A short mark that another value will not have: FNV-1a over its compact text.
fn mark(value: &Value) -> String {
    let hash = write_compact(value).bytes().fold(0xcbf2_9ce4_8422_2325_u64, |state, byte| {
        (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}
