//! The hand-off for a Propel: the values of its template and the body to post.

use crate::catalog::{FieldRole, catalog};
use crate::document::Value;
use crate::text;
use crate::wire::{self, BodyFormat, Environment};

use super::template;

const HAND_OFF: &str = include_str!("../../assets/export/propel.txt");

pub(super) fn hand_off(environment: &Environment, run: &Value) -> String {
    // Propels support the wrapped format only.
    let wrapped = Environment { format: BodyFormat::Wrapped, ..environment.clone() };
    let request = wire::job_run(&wrapped, run);
    let value_text = |role: FieldRole| {
        let value = value_of(run, role).and_then(Value::as_text).filter(|text| !text.trim().is_empty());
        value.map_or_else(
            || format!("(the run has no {} yet)", role.name()),
            |text| text::visible(text).into_owned(),
        )
    };
    template::fill(
        HAND_OFF,
        &[
            ("GUID", &value_text(FieldRole::InstanceGuid)),
            ("NAME", &value_text(FieldRole::InstanceName)),
            ("URL", &request.url),
            ("BODY", &request.body),
        ],
    )
}

/// The value of the field with a role, under its current or legacy name.
fn value_of(run: &Value, role: FieldRole) -> Option<&Value> {
    let names = catalog().run();
    let (_, value) = run
        .as_object()?
        .iter()
        .find(|(key, _)| names.field(key).is_some_and(|(found, _)| found.role == Some(role)))?;
    Some(value)
}
