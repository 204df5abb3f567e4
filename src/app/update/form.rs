//! The form: fields, items, problems.

pub(in crate::app::update) mod field;
pub(in crate::app::update) mod item;
pub(in crate::app::update) mod problem;
pub(in crate::app::update) mod silence;
pub(in crate::app::update) mod value;
