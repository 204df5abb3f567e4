//! The notice line.

use crate::app::Model;
use crate::app::model::{Notice, Tone};
use crate::text::Visible;

/// Shows a neutral notice.
pub(in crate::app::update) fn say(model: &mut Model, text: impl Into<Visible<'static>>) {
    model.notice = Some(Notice { text: text.into(), tone: Tone::Note });
}

/// Shows a notice of success.
pub(in crate::app::update) fn done(model: &mut Model, text: impl Into<Visible<'static>>) {
    model.notice = Some(Notice { text: text.into(), tone: Tone::Done });
}

/// Shows a notice of failure.
pub(in crate::app::update) fn complain(model: &mut Model, text: impl Into<Visible<'static>>) {
    model.notice = Some(Notice { text: text.into(), tone: Tone::Fault });
}
