//! The update step: applies one message to the model and returns the effects to run.
//!
//! ```text
//!  message ──> topmost overlay ──(none open)──> form
//!              form ──> areas: focus, typing, item, problem, draft, send, mouse
//! ```

mod action;
mod answer;
mod draft;
mod edit;
mod form;
mod import;
mod mouse;
mod navigate;
mod notify;
mod overlay;
mod payload;
mod press;
mod reply;
mod secret;
mod send;
mod tour;
mod typing;

pub use draft::open::{in_use, open_document, open_draft, welcome};
pub use draft::recovery::rescue;
pub use edit::kind;
pub use import::mapper::{is_worth_mapping, map_unknown, restore_mapping};
pub use send::request::wanted_sandbox;
pub use tour::start_tour;

use crate::app::model::FollowUp;
use crate::app::{Effect, Model, Msg};
use crate::time::Timestamp;

/// Applies a message to the model at the time `now` and returns the effects to run.
pub fn update(model: &mut Model, now: Timestamp, msg: Msg) -> Vec<Effect> {
    model.now = now;
    if !matches!(msg, Msg::Type(_)) {
        model.settle();
    }
    let is_woken = msg == Msg::Wake;
    let known = model.keys.known.len();
    tour::observed(model, msg, apply_message);
    secret::learn(model);
    if model.keys.known.len() > known {
        draft::recovery::renew(model);
    }
    draft::recovery::watch(model, is_woken);
    std::mem::take(&mut model.outcome.effects)
}

/// Applies a message and its follow-ups, then updates the payload text and the search.
fn apply_message(model: &mut Model, msg: Msg) {
    dispatch(model, msg);
    while let Some(next) = model.outcome.next.pop_front() {
        continue_after(model, next);
    }
    payload::json::follow(model);
    payload::search::follow(model);
}

/// Runs a follow-up that an area requested.
fn continue_after(model: &mut Model, next: FollowUp) {
    match next {
        FollowUp::Form(action) => action::on_form(model, action),
        FollowUp::Screen(action) => action::on_screen(model, action),
        FollowUp::Answer(answer) => answer::give(model, answer),
        FollowUp::CloseText { forward } => form::problem::focus_problem_from_text(model, forward),
        FollowUp::Paste(text) => typing::paste_text(model, &text),
    }
}

fn dispatch(model: &mut Model, msg: Msg) {
    match msg {
        Msg::Act(action) => action::act(model, action),
        Msg::Type(character) => {
            model.notice = None;
            typing::type_text(model, character.encode_utf8(&mut [0; 4]));
            secret::typed(model);
        }
        Msg::Paste(pasted) => {
            model.notice = None;
            secret::paste(model, &pasted);
        }
        Msg::Fill(text) => secret::fill(model, &text),
        Msg::ScrollTo(at) => navigate::focus_place(model, at),
        Msg::Resize(size) => {
            model.size = size;
            model.follow_focus();
            model.follow_cursor();
        }
        Msg::Click { column, row } => mouse::click(model, column, row),
        Msg::Wheel { column, row, down } => mouse::wheel(model, column, row, down),
        Msg::Wake => {}
        Msg::Guid(guid) => send::guid::random(model, &guid),
        Msg::Exit => draft::recovery::discard(model),
        Msg::Network(reply) => reply::network(model, reply),
        Msg::Draft(reply) => reply::draft(model, reply),
        Msg::Recovery(reply) => reply::recovery(model, reply),
        Msg::Disk(reply) => reply::disk(model, reply),
        Msg::Terminal(reply) => reply::terminal(model, reply),
        Msg::Sandbox(reply) => reply::sandbox(model, reply),
        Msg::Key(reply) => reply::key(model, reply),
        Msg::Mapping(reply) => import::mapper::replied(model, reply),
    }
}
