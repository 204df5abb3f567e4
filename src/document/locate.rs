//! The ranges of values in a source text, for carets and cursors, and duplicate keys.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::pointer::{Pointer, Token};
use super::read::{TreeBuilder, parse};
use super::syntax::SyntaxError;
use super::value::Value;

/// The byte ranges of a value in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The key with its quotes; `None` for an item of a list and for the root.
    pub key: Option<Range<usize>>,
    /// The value, with its quotes or brackets.
    pub value: Range<usize>,
}

/// Two members of one object with the same key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The pointer of both members.
    pub at: Pointer,
    /// The first key, quotes included.
    pub first: Range<usize>,
    /// The repeated key, quotes included.
    pub again: Range<usize>,
}

/// The ranges of all values of a text: built once for many lookups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places(LocatedNode);

/// Finds one value in a text; `None` if the text is not JSON or has no such value.
///
/// Reads the whole text: use [`Places`] for more than one value.
pub fn locate(text: &str, at: &Pointer) -> Option<Span> {
    Places::read(text).ok()?.find(at)
}

/// The repeated keys of each object, in the order of the text; empty if the text is not JSON.
pub fn duplicate_keys(text: &str) -> Vec<Duplicate> {
    let mut found = Vec::new();
    if let Ok(Places(root)) = Places::read(text) {
        root.duplicates(&Pointer::root(), &mut found);
    }
    found.sort_by_key(|duplicate| duplicate.again.start);
    found
}

impl Places {
    /// Reads a text; fails like [`super::read`].
    pub fn read(text: &str) -> Result<Self, SyntaxError> {
        parse::<LocatedNode>(text).map(Self)
    }

    /// Finds a value; of duplicate keys, the last one.
    pub fn find(&self, at: &Pointer) -> Option<Span> {
        let mut node = &self.0;
        let mut key = None;
        for token in at.tokens() {
            (key, node) = match &node.children {
                Children::None => return None,
                Children::Items(items) => (None, items.get(token.as_index()?)?),
                Children::Members(members) => {
                    let word = token.word();
                    let member = members.iter().rev().find(|member| *member.key == *word)?;
                    (Some(member.key_at.clone()), &member.node)
                }
            };
        }
        Some(Span { key, value: node.at.clone() })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct LocatedNode {
    at: Range<usize>,
    children: Children,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Children {
    None,
    Items(Vec<LocatedNode>),
    Members(Vec<LocatedMember>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct LocatedMember {
    key: Arc<str>,
    key_at: Range<usize>,
    node: LocatedNode,
}

impl LocatedNode {
    fn duplicates(&self, here: &Pointer, found: &mut Vec<Duplicate>) {
        match &self.children {
            Children::None => {}
            Children::Items(items) => {
                for (index, item) in items.iter().enumerate() {
                    item.duplicates(&here.index(index), found);
                }
            }
            Children::Members(members) => {
                let mut first: HashMap<&str, &Range<usize>> = HashMap::new();
                for member in members {
                    let at = here.with(Token::Key(member.key.to_string()));
                    member.node.duplicates(&at, found);
                    if let Some(first) = first.get(&*member.key) {
                        let (first, again) = ((*first).clone(), member.key_at.clone());
                        found.push(Duplicate { at, first, again });
                    } else {
                        first.insert(&member.key, &member.key_at);
                    }
                }
            }
        }
    }
}

impl TreeBuilder for LocatedNode {
    type Node = Self;
    type Items = Vec<Self>;
    type Members = Vec<LocatedMember>;

    fn leaf(_value: Value, at: Range<usize>) -> Self {
        Self { at, children: Children::None }
    }

    fn item(items: &mut Vec<Self>, node: Self) {
        items.push(node);
    }

    fn member(members: &mut Vec<LocatedMember>, key: Arc<str>, key_at: Range<usize>, node: Self) {
        members.push(LocatedMember { key, key_at, node });
    }

    fn array(items: Vec<Self>, at: Range<usize>) -> Self {
        Self { at, children: Children::Items(items) }
    }

    fn object(members: Vec<LocatedMember>, at: Range<usize>) -> Self {
        Self { at, children: Children::Members(members) }
    }
}
