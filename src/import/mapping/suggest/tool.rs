//! The name of the tool that an example seems to come from.

use super::leaf::leaves;
use super::top::{COMMON, is_kind};
use super::word::{is_in, words};
use crate::document::Value;

/// Last words of members that name a tool.
const NAMES: &str = "tool provider system product vendor platform generator engine producer";

/// Members of a run whose text names its kind.
const KINDS: [&str; 6] = ["kind", "object", "object_kind", "_class", "__typename", "resource_type"];

/// Words in front of `version` that name no tool.
const VERSIONED: &str = "api schema format app build doc document file model payload";

/// The most levels that are searched.
const DEEPEST: usize = 3;

/// The longest text that names a tool, in bytes.
const LONGEST: usize = 40;

/// The most words of a name.
const MOST_WORDS: usize = 4;

/// The name of the tool, in lower case with hyphens: a member that names it, else the kind of the
/// run, else the word in a member such as `ferryVersion`.
pub fn tool_name(run: &Value) -> Option<String> {
    let found = leaves(run, DEEPEST);
    let named = found.iter().find(|leaf| leaf.words.last().last().is_some_and(|word| is_in(NAMES, word)));
    let is_name = |text: &&str| text.len() <= LONGEST && !text.contains([':', '\n']);
    let named = named.and_then(|leaf| leaf.value.as_text()).filter(is_name);
    let kind = || {
        let kinds = KINDS.iter().filter_map(|key| run.as_object()?.get(key)?.as_text());
        let kinds = kinds.filter(|text| is_kind(text));
        kinds.map(|text| text.rsplit('.').next().unwrap_or(text)).find(|text| is_own(&words(text)))
    };
    let versioned = || {
        found.iter().find_map(|leaf| match leaf.words.last() {
            [name, version] if version == "version" && is_own(std::slice::from_ref(name)) => {
                Some(name.clone())
            }
            _ => None,
        })
    };
    let name = named.or_else(kind).map(|text| name_of(&words(text)));
    name.filter(|name| !name.is_empty()).or_else(versioned)
}

/// Whether some words are not those that many tools use.
fn is_own(words: &[String]) -> bool {
    words.iter().any(|word| !is_in(COMMON, word) && !is_in(VERSIONED, word))
}

fn name_of(words: &[String]) -> String {
    words.iter().take(MOST_WORDS).map(String::as_str).collect::<Vec<_>>().join("-")
}
