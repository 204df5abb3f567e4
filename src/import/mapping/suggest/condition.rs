//! The result of a Kubernetes object: one of its conditions.

use super::leaf::Leaf;
use super::path::{path_expression, quoted};
use super::score::{SURE, Scored};
use crate::catalog::FieldRole;
use crate::document::Value;
use crate::import::mapping::MappingTable;

/// Types of conditions that say how an object ended, the clearest first.
const TYPES: [&str; 4] = ["Succeeded", "Complete", "Completed", "Ready"];

/// The result by the conditions of an object.
pub(super) fn result(leaves: &[Leaf<'_>]) -> Option<Scored> {
    let is_conditions = |leaf: &&Leaf<'_>| leaf.words.last().last().is_some_and(|word| word == "conditions");
    let list = leaves.iter().filter(is_conditions).find_map(|leaf| Some((leaf, leaf.value.as_array()?)));
    let (leaf, items) = list?;
    let has = |kind: &&&str| {
        let is_kind = |item: &Value| {
            let item = item.as_object();
            item.and_then(|item| item.get("type")).and_then(Value::as_text) == Some(**kind)
        };
        items.iter().any(is_kind)
    };
    let kind = TYPES.iter().find(has)?;
    let expression = format!(
        "first({}[]? | select(.type == {})) | if .status == \"True\" then \"SUCCESS\" elif .status == \"False\" then \
         \"FAILURE\" else empty end",
        path_expression(leaf.at.tokens()),
        quoted(kind)
    );
    let key = (MappingTable::Fields, FieldRole::Result.name());
    Some(Scored::new(key, expression, "a condition with True or False", SURE + 10).at(&leaf.at))
}
