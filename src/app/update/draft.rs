//! Drafts on disk, and unsaved work.

pub(in crate::app::update) mod conflict;
pub(in crate::app::update) mod list;
pub(in crate::app::update) mod new;
pub(in crate::app::update) mod open;
pub(in crate::app::update) mod quit;
pub(in crate::app::update) mod recovery;
pub(in crate::app::update) mod save;
pub(in crate::app::update) mod saved;
