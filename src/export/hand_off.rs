//! The hand-off for a Propel: what its template asks for, and the body it has to post.

use crate::catalog::{FieldRole, catalog};
use crate::document::Value;
use crate::text;
use crate::wire::{self, BodyFormat, Environment};

use super::template;

const HAND_OFF: &str = include_str!("../../assets/export/propel.txt");

pub(super) fn hand_off(environment: &Environment, run: &Value) -> String {
    // Propels know the wrapped door only.
    let wrapped = Environment { format: BodyFormat::Wrapped, ..environment.clone() };
    let request = wire::job_run(&wrapped, run);
    let shown = |role: FieldRole| {
        let value = value_of(run, role).and_then(Value::as_text).filter(|text| !text.trim().is_empty());
        value.map_or_else(
            || format!("(the run has no {} yet)", role.name()),
            |text| text::visible(text).into_owned(),
        )
    };
    template::fill(
        HAND_OFF,
        &[
            ("GUID", &shown(FieldRole::InstanceGuid)),
            ("NAME", &shown(FieldRole::InstanceName)),
            ("URL", &request.url),
            ("BODY", &request.body),
        ],
    )
}

/// The value of the field with a role, under either of its names.
fn value_of(run: &Value, role: FieldRole) -> Option<&Value> {
    let names = catalog().run();
    let (_, value) = run
        .as_object()?
        .iter()
        .find(|(key, _)| names.field(key).is_some_and(|(found, _)| found.role == Some(role)))?;
    Some(value)
}
