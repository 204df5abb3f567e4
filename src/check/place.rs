//! The place of the walk, as a chain on the stack.
//!
//! A [`Pointer`] costs an allocation per token, so the walk builds it only for places with a
//! problem.

use crate::document::{Pointer, Token};

/// A value of the document, or a field that is absent from its parent.
pub(super) struct ValuePlace<'p> {
    parent: Option<&'p Self>,
    step: PathStep<'p>,
    pub(super) order: WalkOrder,
}

enum PathStep<'p> {
    Root,
    Key(&'p str),
    Index(usize),
}

/// Orders places as in the document: by the number of the value in the walk, then, for its absent
/// fields, by their position in the catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct WalkOrder {
    node: u32,
    absent: u32,
}

impl WalkOrder {
    pub(super) const fn present(node: u32) -> Self {
        Self { node, absent: 0 }
    }

    /// The same order, counted from a later value.
    pub(super) const fn since(self, node: u32) -> Self {
        Self { node: self.node.saturating_sub(node), ..self }
    }

    /// The inverse of `since`: the same order, counted from the first value of the document.
    pub(super) const fn after(self, node: u32) -> Self {
        Self { node: self.node.saturating_add(node), ..self }
    }
}

impl<'p> ValuePlace<'p> {
    pub(super) const fn root() -> Self {
        Self { parent: None, step: PathStep::Root, order: WalkOrder::present(0) }
    }

    pub(super) const fn key(&'p self, key: &'p str, order: WalkOrder) -> Self {
        Self { parent: Some(self), step: PathStep::Key(key), order }
    }

    pub(super) const fn index(&'p self, index: usize, order: WalkOrder) -> Self {
        Self { parent: Some(self), step: PathStep::Index(index), order }
    }

    /// The place of an absent field, by its position in the catalog.
    pub(super) fn absent(&'p self, key: &'p str, position: usize) -> Self {
        let order =
            WalkOrder { node: self.order.node, absent: u32::try_from(position + 1).unwrap_or(u32::MAX) };
        Self { parent: Some(self), step: PathStep::Key(key), order }
    }

    /// The key that leads here; empty at the root and in a list.
    pub(super) const fn name(&self) -> &'p str {
        match self.step {
            PathStep::Key(key) => key,
            PathStep::Root | PathStep::Index(_) => "",
        }
    }

    /// The position in the list, for an entry of one.
    pub(super) const fn position(&self) -> Option<usize> {
        match self.step {
            PathStep::Index(index) => Some(index),
            PathStep::Root | PathStep::Key(_) => None,
        }
    }

    pub(super) fn pointer(&self) -> Pointer {
        let mut tokens = Vec::new();
        let mut here = Some(self);
        while let Some(place) = here {
            match place.step {
                PathStep::Root => {}
                PathStep::Key(key) => tokens.push(Token::Key(key.to_owned())),
                PathStep::Index(index) => tokens.push(Token::Index(index)),
            }
            here = place.parent;
        }
        tokens.into_iter().rev().collect()
    }
}
