//! An instance as SEI describes it in a reply.

use crate::document::{self, Object, Value};

use super::reply::Reply;

/// The instance in a reply. Members that the reply lacks are `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FoundInstance {
    /// The GUID, unchanged.
    pub guid: String,
    /// The name.
    pub name: Option<String>,
    /// The type, such as `jenkins`.
    pub kind: Option<String>,
    /// The id of the integration.
    pub integration: Option<String>,
    /// The URL.
    pub url: Option<String>,
}

impl FoundInstance {
    /// The members with their labels, in the order of lists; a missing name, type or integration has
    /// no value.
    pub fn facts(&self) -> Vec<(&'static str, Option<&str>)> {
        let mut facts = vec![
            ("Name", self.name.as_deref()),
            ("Type", self.kind.as_deref()),
            ("Integration id", self.integration.as_deref()),
        ];
        facts.extend(self.url.as_deref().map(|url| ("URL", Some(url))));
        facts
    }

    /// Why SEI may hide the jobs of the instance.
    pub const fn warning(&self) -> Option<&'static str> {
        if self.kind.is_some() {
            return None;
        }
        Some(
            "SEI has no type for the instance, and job lists that exclude instances by type hide its jobs. \
             A new instance gets the type jenkins from `guid` and from the app.",
        )
    }
}

/// The instance in a successful reply; `None` if the body is not an instance.
pub fn instance_of(reply: &Reply) -> Option<FoundInstance> {
    if !reply.is_success() || reply.is_page() {
        return None;
    }
    let body = document::read(&reply.body).ok()?;
    let members = body.as_object()?;
    Some(FoundInstance {
        guid: member(members, &["id"])?,
        name: member(members, &["name"]),
        kind: member(members, &["type"]),
        integration: member(members, &["integration_id", "integrationId"]),
        url: member(members, &["url"]),
    })
}

/// Whether a reply says that the server does not have the instance, and not that the path is wrong.
pub fn lacks_instance(reply: &Reply) -> bool {
    reply.status == 404 && reply.body.to_lowercase().contains("instance not found")
}

/// A text or number under one of these names, unless it is empty.
fn member(members: &Object, names: &[&str]) -> Option<String> {
    let value = names.iter().find_map(|name| members.get(name))?;
    let text = match value {
        Value::Text(text) => text.clone(),
        Value::Number(_) => document::write_compact(value),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}
