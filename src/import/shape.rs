//! Recognizes an object of strict JSON: a draft, a wrapped body, the request for a GUID, or the job
//! run itself.

use super::{ImportError, ImportKind, Imported, ImportedInstance, InputPart, ci, guess, manifest};
use crate::catalog::{FieldRole, Shape, Spelling, catalog};
use crate::check;
use crate::document::{self, Object, Value};
use crate::draft::Draft;
use crate::text;

/// The request type that SEI expects around a wrapped payload.
const REQUEST_TYPE: &str = "JenkinsPluginJobRunComplete";

/// The members that the body of a request for a GUID may have.
const OF_INSTANCE: [&str; 4] = ["integration_id", "name", "type", "id"];

/// The end of the note about legacy names.
pub(super) const LEGACY_NAMES: &str = "left unchanged";

/// Fields that no other tool has: one of them is enough.
const OWN: [FieldRole; 2] = [FieldRole::FullName, FieldRole::InstanceGuid];

/// Recognizes the shape of a value and imports it unchanged.
pub(super) fn recognize(value: Value) -> Result<Imported, ImportError> {
    if Draft::is_draft(&value) {
        return from_draft(value);
    }
    if let Some(imported) = ci::import(&value) {
        return imported;
    }
    if let Value::Array(items) = &value
        && !items.is_empty()
        && items
            .iter()
            .all(|item| item.as_object().is_some_and(|object| !object.is_empty()) && evidence(item) == 0)
    {
        let items = text::count(items.len(), "value", "values");
        let why = "none of them is a job run or the run of a CI tool";
        return Err(ImportError::Unlike(format!("this is a list of {items}, but {why}. {}", guess::READS)));
    }
    let object = object(value)?;
    if is_wrapped(&object) {
        return from_wrapped(&object);
    }
    if let Some(imported) = from_instance(&object) {
        return Ok(imported);
    }
    if let Some(imported) = manifest::import(&object) {
        return Ok(imported);
    }
    expect_run(&object)?;
    let document = Value::Object(object);
    let notes = legacy_note(&document).into_iter().collect();
    Ok(Imported { notes, ..Imported::bare(document, ImportKind::Payload) })
}

/// The error for several values in a row that include no job run and no run of a CI tool.
pub(super) fn refuse_several(values: &[Value]) -> Option<ImportError> {
    if values.iter().any(|value| evidence(value) > 0) {
        return None;
    }
    let why = "none of them is a job run or the run of a CI tool";
    Some(ImportError::Unlike(format!("this holds {} values, but {why}. {}", values.len(), guess::READS)))
}

/// How many fields show that a value is a job run, or contains one; 0 for any other value.
pub(super) fn evidence(value: &Value) -> usize {
    if ci::is_known(value) {
        return usize::MAX;
    }
    match recognize(value.clone()) {
        Ok(imported) if imported.kind == ImportKind::Payload => {
            value.as_object().map_or(0, |object| known(object).len())
        }
        Err(ImportError::Unlike(_) | ImportError::List(_) | ImportError::NoObject(_)) => 0,
        // A known shape with an error of its own.
        Ok(_) | Err(_) => usize::MAX,
    }
}

/// An object, or why it is not one.
fn object(value: Value) -> Result<Object, ImportError> {
    match value {
        Value::Object(object) => Ok(object),
        Value::Array(items) => Err(ImportError::List(items.len())),
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_)) => {
            Err(ImportError::NoObject(other.kind()))
        }
    }
}

/// Rejects an object with too few fields of a job run. Other tools use some of the names too.
pub(super) fn expect_run(object: &Object) -> Result<(), ImportError> {
    /// This many fields are enough even where more members are unknown.
    const ENOUGH: usize = 5;
    let (known, members) = (known(object), object.len());
    let is_run = is_named(object)
        || known.len() * 2 >= members
        || (known.len() >= ENOUGH && known.len() * 4 >= members);
    if is_run {
        return Ok(());
    }
    let why = if known.is_empty() {
        "none of its fields is a field of a job run".to_owned()
    } else {
        let names = known.join(", ");
        format!("only {} of its {members} fields can be fields of a job run ({names})", known.len())
    };
    let seems = guess::object(object);
    Err(ImportError::Unlike(format!("this is {seems}, but {why}. {}", guess::READS)))
}

/// Whether an object has a field that only job runs have.
pub(super) fn is_named(object: &Object) -> bool {
    OWN.iter().flat_map(|role| role.names()).any(|name| object.contains(name))
}

/// The members that can be fields of a job run: by name, and by whether they hold other values.
pub(super) fn known(object: &Object) -> Vec<&str> {
    let run = catalog().run();
    let is_field = |key: &str, value: &Value| {
        run.field(key).is_some_and(|(field, _)| match field.shape {
            Shape::Text | Shape::Integer | Shape::Boolean => {
                !matches!(value, Value::Array(_) | Value::Object(_))
            }
            Shape::List(_) | Shape::Record(_) | Shape::Map => true,
        })
    };
    object.iter().filter(|(key, value)| is_field(key, value)).map(|(key, _)| key).collect()
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
    let mut notes = vec!["This is a wrapped body; only its payload is imported.".to_owned()];
    let document = match body.get("payload") {
        Some(Value::Text(inside)) => object(document::read(inside).map_err(|fault| {
            ImportError::Inside(Box::new(InputPart { fault, text: inside.clone(), line: 1 }))
        })?)?,
        Some(Value::Object(inside)) => {
            notes.push("“payload” is an object; SEI expects JSON as text.".to_owned());
            inside.clone()
        }
        Some(other) => return Err(ImportError::NoObject(other.kind())),
        None => Object::default(),
    };
    let request_type = body.get("request_type").and_then(Value::as_text).unwrap_or_default();
    if request_type != REQUEST_TYPE {
        let seen = text::visible(request_type);
        notes.push(format!("“request_type” is “{seen}”; sei-compose sends {REQUEST_TYPE}."));
    }
    let others: Vec<_> = body.keys().filter(|key| !["request_type", "payload"].contains(key)).collect();
    if !others.is_empty() {
        notes.push(format!("Ignored around the payload: {}.", text::visible(&others.join(", "))));
    }
    if request_type != REQUEST_TYPE {
        expect_run(&document)?;
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
    let instance = ImportedInstance { name: word("name"), guid: word("id") };
    let (placeholders, integration): (Vec<_>, Vec<_>) =
        word("integration_id").into_iter().partition(|id| check::placeholder(id).is_some());
    let notes = placeholders.iter().map(|_| "Placeholders to fill in: integration_id.".to_owned()).collect();
    let integration = integration.into_iter().next();
    let document = instance.document();
    Some(Imported { notes, integration, instance, ..Imported::bare(document, ImportKind::Instance) })
}

impl ImportedInstance {
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

/// A note about legacy names: SEI accepts both names of a field, so they stay.
fn legacy_note(document: &Value) -> Option<String> {
    let run = catalog().run();
    let legacy: Vec<_> = document
        .as_object()?
        .keys()
        .filter(|key| matches!(run.field(key), Some((_, Spelling::Legacy))))
        .collect();
    if legacy.is_empty() {
        return None;
    }
    let names = legacy.join(", ");
    Some(format!("{} {LEGACY_NAMES}: {names}.", text::count(legacy.len(), "legacy name", "legacy names")))
}
