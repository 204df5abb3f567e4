//! What is said to the person.

use crate::app::Model;
use crate::app::model::{Notice, Tone};
use crate::text::Visible;

/// Tells something to know.
pub(in crate::app::update) fn say(model: &mut Model, text: impl Into<Visible<'static>>) {
    model.notice = Some(Notice { text: text.into(), tone: Tone::Note });
}

/// Tells that something worked.
pub(in crate::app::update) fn done(model: &mut Model, text: impl Into<Visible<'static>>) {
    model.notice = Some(Notice { text: text.into(), tone: Tone::Done });
}

/// Tells that something did not work.
pub(in crate::app::update) fn complain(model: &mut Model, text: impl Into<Visible<'static>>) {
    model.notice = Some(Notice { text: text.into(), tone: Tone::Fault });
}
