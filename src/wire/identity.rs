//! The identity of a run: instance GUID, full name, build number.
//!
//! SEI keeps the first run of an identity. Reads any document, with current or legacy field names,
//! and checks nothing.

use std::fmt;

use crate::catalog::FieldRole;
use crate::document::Value;

/// The three values by which SEI identifies a run, if the document has them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct RunIdentity {
    /// The instance GUID, unchanged.
    pub instance_guid: Option<String>,
    /// The full name of the job.
    pub job_full_name: Option<String>,
    /// The build number; SEI uses 0 for a run without one.
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

/// A member of an object, unless it is null.
fn member<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    value.as_object()?.get(key).filter(|value| **value != Value::Null)
}

impl fmt::Display for RunIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.job_full_name.as_deref().unwrap_or("a job without a full name");
        match self.build_number {
            Some(number) => write!(f, "{name} #{number}"),
            None => write!(f, "{name} without a build number"),
        }
    }
}
