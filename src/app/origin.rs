//! The origin of imported fields: saved in the draft, shown until the field changes.

use crate::app::model::{DraftFile, Model};
use crate::document::{Object, Value, write_compact};

/// The field of a draft file that holds the origins.
const ORIGINS: &str = "origins";

impl DraftFile {
    /// The origins, by field name.
    pub(crate) fn origins(&self) -> Object {
        self.rest.get(ORIGINS).and_then(Value::as_object).cloned().unwrap_or_default()
    }

    /// Records where fields came from, with a hash of their current values.
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
    /// Where a field of the run came from; `None` once its value changed.
    pub fn origin(&self, key: &str) -> Option<String> {
        let origins = self.draft.file.rest.get(ORIGINS)?.as_object()?;
        let origin = origins.get(key)?.as_object()?;
        let value = self.document.value().as_object()?.get(key)?;
        let is_untouched = origin.get("mark")?.as_text()? == mark(value);
        is_untouched.then(|| origin.get("from")?.as_text().map(str::to_owned)).flatten()
    }
}

/// The hash of a value: FNV-1a of its compact JSON.
fn mark(value: &Value) -> String {
    let hash = write_compact(value).bytes().fold(0xcbf2_9ce4_8422_2325_u64, |state, byte| {
        (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}
