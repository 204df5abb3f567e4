//! The payload pane: its text, search, copies and exports.

pub(in crate::app::update) mod copy;
pub(in crate::app::update) mod export;
pub(in crate::app::update) mod json;
pub(in crate::app::update) mod pane;
pub(in crate::app::update) mod search;
pub(in crate::app::update) mod selection;
