//! What makes a run this run and no other: instance GUID, full name, build number.
//!
//! The first run that arrives under an identity is the one SEI keeps. Reads documents of either spelling and any
//! quality; judges nothing.

use std::fmt;

use crate::catalog::FieldRole;
use crate::document::Value;

/// The three values SEI tells runs apart by, as far as a document has them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct RunIdentity {
    /// The instance, as spelled.
    pub instance_guid: Option<String>,
    /// The job.
    pub job_full_name: Option<String>,
    /// The run; without one SEI counts it as number 0.
    pub build_number: Option<i64>,
}

/// Reads the identity of a job run.
pub fn identity(run: &Value) -> RunIdentity {
    let text = |role: FieldRole| {
        role.names().find_map(|name| member(run, name).and_then(Value::as_text).map(str::to_owned))
    };
    RunIdentity {
        instance_guid: text(FieldRole::InstanceGuid),
        job_full_name: text(FieldRole::FullName),
        build_number: member(run, FieldRole::BuildNumber.name()).and_then(Value::as_i64),
    }
}

/// A member of an object that is there and not null.
fn member<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    value.as_object()?.get(key).filter(|value| **value != Value::Null)
}

impl fmt::Display for RunIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.job_full_name.as_deref().unwrap_or("a job without a full name");
        match self.build_number {
            Some(number) => write!(f, "{name} number {number}"),
            None => write!(f, "{name} without a build number"),
        }
    }
}
