//! What an object of strict JSON is: a draft, a wrapped body, the request for a GUID, or the job run itself.

use super::{ImportError, ImportKind, Imported, Instance, ci, object};
use crate::catalogue::{FieldRole, Spelling, catalogue};
use crate::check;
use crate::document::{self, Object, Value};
use crate::draft::Draft;
use crate::text;

/// The request type that SEI expects around a wrapped payload.
const REQUEST_TYPE: &str = "JenkinsPluginJobRunComplete";

/// All that the body of a request for a GUID may hold.
const OF_INSTANCE: [&str; 4] = ["integration_id", "name", "type", "id"];

/// Names that tell what an object is, beside the fields of a job run.
const TELLING: [&str; 4] = ["request_type", "payload", "integration_id", "format"];

/// Takes an object for what it is, and leaves it as it is written.
pub(super) fn recognise(value: Value) -> Result<Imported, ImportError> {
    if Draft::is_draft(&value) {
        return from_draft(value);
    }
    if let Some(imported) = ci::import(&value) {
        return imported;
    }
    let object = object(value)?;
    if is_wrapped(&object) {
        return from_wrapped(&object);
    }
    if let Some(imported) = from_instance(&object) {
        return Ok(imported);
    }
    let document = Value::Object(object);
    let notes = legacy_note(&document).into_iter().collect();
    Ok(Imported { notes, ..Imported::bare(document, ImportKind::Payload) })
}

/// Whether an object has any name that a job run, or something around one, has.
pub(super) fn is_known(value: &Value) -> bool {
    let run = catalogue().run();
    let is_known = |object: &Object| {
        object.is_empty() || object.keys().any(|key| run.field(key).is_some() || TELLING.contains(&key))
    };
    value.as_object().is_some_and(is_known) || ci::is_known(value)
}

fn from_draft(value: Value) -> Result<Imported, ImportError> {
    let draft = Draft::from_value(value).map_err(ImportError::Draft)?;
    Ok(Imported {
        notes: legacy_note(&draft.document).into_iter().collect(),
        silenced: draft.silenced(),
        name: Some(draft.name).filter(|name| !name.is_empty()),
        environment: draft.environment,
        ..Imported::bare(draft.document, ImportKind::Draft)
    })
}

fn from_wrapped(body: &Object) -> Result<Imported, ImportError> {
    let mut notes = vec!["This is the body of the wrapped door; its payload was taken out of it.".to_owned()];
    let document = match body.get("payload") {
        Some(Value::Text(inside)) => object(document::read(inside).map_err(ImportError::Inside)?)?,
        Some(Value::Object(inside)) => {
            notes.push("“payload” is an object here, where SEI expects JSON as text.".to_owned());
            inside.clone()
        }
        Some(other) => return Err(ImportError::NoObject(other.kind())),
        None => Object::default(),
    };
    let request_type = body.get("request_type").and_then(Value::as_text).unwrap_or_default();
    if request_type != REQUEST_TYPE {
        let seen = text::visible(request_type);
        notes.push(format!("“request_type” is “{seen}”; a send from here says {REQUEST_TYPE}."));
    }
    let others: Vec<_> = body.keys().filter(|key| !["request_type", "payload"].contains(key)).collect();
    if !others.is_empty() {
        notes.push(format!("Left out of the wrapping: {}.", text::visible(&others.join(", "))));
    }
    let document = Value::Object(document);
    notes.extend(legacy_note(&document));
    Ok(Imported { notes, ..Imported::bare(document, ImportKind::Wrapped) })
}

fn from_instance(body: &Object) -> Option<Imported> {
    if !body.contains("integration_id") || body.keys().any(|key| !OF_INSTANCE.contains(&key)) {
        return None;
    }
    let word = |key: &str| match body.get(key)? {
        Value::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.as_str().to_owned()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    let instance = Instance { name: word("name"), guid: word("id") };
    let (gaps, integration): (Vec<_>, Vec<_>) =
        word("integration_id").into_iter().partition(|id| check::placeholder(id).is_some());
    let notes = gaps.iter().map(|_| "Placeholders to fill in: integration_id.".to_owned()).collect();
    let integration = integration.into_iter().next();
    let document = instance.document();
    Some(Imported { notes, integration, instance, ..Imported::bare(document, ImportKind::Instance) })
}

impl Instance {
    /// The fields of a job run that name the instance.
    pub(super) fn document(&self) -> Value {
        let mut fields = Object::default();
        for (role, word) in [(FieldRole::InstanceName, &self.name), (FieldRole::InstanceGuid, &self.guid)] {
            if let Some(word) = word {
                fields.push(role.name(), word.as_str());
            }
        }
        Value::Object(fields)
    }
}

fn is_wrapped(object: &Object) -> bool {
    object.contains("payload") && object.get("request_type").and_then(Value::as_text).is_some()
}

/// SEI takes both names of a field, so that they are kept as they came.
fn legacy_note(document: &Value) -> Option<String> {
    let run = catalogue().run();
    let legacy: Vec<_> = document
        .as_object()?
        .keys()
        .filter(|key| matches!(run.field(key), Some((_, Spelling::Legacy))))
        .collect();
    if legacy.is_empty() {
        return None;
    }
    let names = legacy.join(", ");
    Some(format!("{} kept as written: {names}.", text::count(legacy.len(), "legacy name", "legacy names")))
}
