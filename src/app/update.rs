//! One message in: the model changed, and the effects to run.
//!
//! ```text
//!  message ──> topmost overlay ──(not taken)──> form ──> areas: focus, typing, item, problem, draft, send, mouse
//! ```

mod arrival;
mod behind;
mod copy;
mod draft;
mod export;
mod field;
mod focus;
mod guid;
mod incoming;
mod instance;
mod item;
mod journal;
mod key;
mod mouse;
mod overlay;
mod problem;
mod raw;
mod recovery;
mod review;
mod search;
mod secret;
mod send;
mod silence;
mod tour;
mod typing;

pub use draft::{in_use, open_document, open_draft, welcome};
pub use recovery::rescue;
pub use send::wanted_sandbox;
pub use tour::begin_tour;
pub use typing::kind;

use crate::app::model::{Notice, Tone};
use crate::app::overlay::{Choice, Overlay};
use crate::app::picker::{Line, Picker};
use crate::app::row::Tab;
use crate::app::shelf::Shelf;
use crate::app::{Action, Effect, Model, Msg};
use crate::time::Timestamp;

/// Changes the model by what happened at a moment, and says what to do about it.
pub fn update(model: &mut Model, now: Timestamp, msg: Msg) -> Vec<Effect> {
    model.now = now;
    if !matches!(msg, Msg::Type(_)) {
        model.settle();
    }
    let is_woken = msg == Msg::Wake;
    let known = model.keys.known.len();
    let mut effects = tour::observed(model, msg, take);
    secret::learn(model, &effects);
    if model.keys.known.len() > known {
        recovery::renew(model, &mut effects);
    }
    recovery::watch(model, is_woken, &mut effects);
    effects
}

/// Changes the model by what happened, and the text of the payload by what became of the document.
fn take(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let effects = happen(model, msg);
    raw::follow(model);
    search::follow(model);
    effects
}

fn happen(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Act(action) => act(model, action),
        Msg::Type(character) => {
            model.notice = None;
            let effects = typing::type_text(model, character.encode_utf8(&mut [0; 4]));
            secret::typed(model);
            effects
        }
        Msg::Paste(pasted) => {
            model.notice = None;
            secret::paste(model, &pasted)
        }
        Msg::Fill(text) => secret::fill(model, &text),
        Msg::Reveal(at) => focus::visit(model, at),
        Msg::Resize(size) => {
            model.size = size;
            model.follow_focus();
            model.follow_cursor();
            Vec::new()
        }
        Msg::Click { column, row } => mouse::click(model, column, row),
        Msg::Wheel { column, row, down } => mouse::wheel(model, column, row, down),
        Msg::Wake => Vec::new(),
        Msg::Progress { ticket, progress } => send::progressed(model, ticket, progress),
        Msg::Replied { ticket, result } => send::replied(model, ticket, &result),
        Msg::Drafts { shelf, list } => draft::listed(model, shelf, list),
        Msg::Peeked { path, digest } => draft::peeked(model, &path, &digest),
        Msg::Opened(result) => draft::opened(model, result),
        Msg::Built(result) => draft::built(model, result),
        Msg::InUse(draft) => {
            draft::in_use(model, draft);
            Vec::new()
        }
        Msg::NotHeld(why) => {
            complain(model, format!("Other programs cannot see that this draft is open: {why}"));
            Vec::new()
        }
        Msg::WorkKept(result) => recovery::kept(model, result),
        Msg::Leftovers { result, is_asked } => recovery::found(model, result, is_asked),
        Msg::LeftoverTaken(result) => recovery::taken(model, result),
        Msg::LeftoverDropped(result) => recovery::thrown_away(model, result),
        Msg::Saved { revision, outcome } => draft::saved(model, revision, outcome),
        Msg::Reloaded(result) => draft::reloaded(model, result),
        Msg::ChangedOnDisk { refused, found } => draft::refused(model, *refused, found),
        Msg::Renamed(result) => draft::renamed(model, result),
        Msg::Duplicated(result) => draft::duplicated(model, result),
        Msg::Restored { name, outcome } => draft::restored(model, name, outcome),
        Msg::Deleted(result) => draft::deleted(model, result),
        Msg::Exported { target, path, outcome } => export::written(model, target, path, outcome),
        Msg::Copied { what, outcome } => copy::copied(model, &what, outcome),
        Msg::Sandbox(result) => send::sandbox_started(model, result),
        Msg::Silenced(result) => silence::silenced(model, result),
        Msg::Book(result) => instance::booked(model, result),
        Msg::KeyFound { environment, result } => key::found(model, environment, result),
        Msg::KeyStored { environment, result } => key::stored(model, &environment, result),
        Msg::Recalled(result) => journal::recalled(model, result),
        Msg::Journal(result) => journal::listed(model, result),
        Msg::Arrivals(result) => arrival::listed(model, result),
        Msg::Stirred => arrival::stirred(model),
        Msg::Renewed(overview) => arrival::renewed(model, overview),
        Msg::InstanceMade(instance) => instance::made_here(model, instance),
        Msg::AcceptedFound { environment, result } => review::compared(model, &environment, result),
        Msg::NotRecorded { ticket, why } => journal::refused(model, ticket, why),
        Msg::Withheld { ticket, exposure } => send::withheld(model, ticket, &exposure),
        Msg::SentBefore { ticket, earlier } => send::sent_before(model, ticket, &earlier),
        Msg::EndNotRecorded(why) => journal::unfinished(model, &why),
        Msg::FilesRead { command, result } => incoming::files_read(model, command.as_ref(), result),
        Msg::Guid(guid) => guid::random(model, &guid),
        Msg::Leave => recovery::leave(model),
    }
}

/// Carries out an action: by the topmost overlay if it takes it, else by the form.
fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    if action != Action::Help || !model.overlays.is_empty() {
        // Help tells the whole of it.
        model.notice = None;
    }
    if action.area() == crate::app::Area::Tour {
        // The card stands beside whatever else is open.
        return tour::act(model, action);
    }
    if model.overlays.is_empty() { on_screen(model, action) } else { overlay::act(model, action) }
}

/// Carries out an action where the keys go when nothing stands above.
fn on_screen(model: &mut Model, action: Action) -> Vec<Effect> {
    if model.edits_text() {
        raw::act(model, action)
    } else if model.is_form_covered() {
        behind::act(model, action)
    } else {
        on_form(model, action)
    }
}

/// Carries out an action on the form.
#[expect(clippy::too_many_lines, reason = "a table: one line for each action")]
fn on_form(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Send => review::open(model, None),
        Action::ChooseEnvironment => send::choose_environment(model),
        Action::EnterKey => send::ask_key(model, None),
        Action::KeepKey => key::store(model),
        Action::GenerateGuid => guid::generate(model),
        Action::ChooseInstance => instance::choose(model),
        Action::ShowReply => send::show_reply(model),
        Action::RandomGuid => guid::ask_random(model),
        Action::Journal
        | Action::Sandbox
        | Action::Open
        | Action::Trash
        | Action::Recover
        | Action::Suspend => fetch(action),
        Action::Export => export::choose(model),
        Action::Cancel => send::cancel(model),
        Action::NextProblem | Action::PreviousProblem => problem::go(model, action == Action::NextProblem),
        Action::Fix => problem::fix(model),
        Action::FixAll => problem::fix_all(model),
        Action::Explain => silence::explain(model),
        Action::RestoreRules => silence::restore(model),
        Action::Import => incoming::ask(model),
        Action::Save => draft::save(model),
        Action::SaveAs => {
            model.draft.when_saved = None;
            draft::save_as(model)
        }
        Action::New => draft::ask_new(model),
        Action::ShowChanges => draft::show_changes(model),
        Action::Revert => draft::revert(model),
        Action::RenameDraft => draft::ask_rename(model),
        Action::DeleteDraft => draft::ask_delete_current(model),
        Action::Quit => draft::quit(model),
        Action::Next | Action::Previous | Action::Up | Action::Down => focus::step(model, action),
        Action::PageUp | Action::PageDown | Action::First | Action::Last => focus::leap(model, action),
        Action::Enter => focus::enter(model),
        Action::NextTab => focus::turn(model, 1),
        Action::PreviousTab => focus::turn(model, Tab::ALL.len() - 1),
        Action::GoInstance => focus::go(model, Tab::Instance),
        Action::GoRun => focus::go(model, Tab::Run),
        Action::GoStages => focus::go(model, Tab::Stages),
        Action::GoArtifacts => focus::go(model, Tab::Artifacts),
        Action::GoSend => focus::go(model, Tab::Send),
        Action::Add | Action::Duplicate | Action::Remove => item::act(model, action),
        Action::MoveUp | Action::MoveDown => item::shift(model, action == Action::MoveUp),
        Action::FoldAll => item::fold_all(model),
        Action::Undo | Action::Redo => typing::history(model, action == Action::Redo),
        Action::Clear
        | Action::SetNull
        | Action::SetEmpty
        | Action::RevertField
        | Action::FieldMenu
        | Action::CopyValue
        | Action::CopyPointer
        | Action::CopyJson
        | Action::CopyPreview => on_field(model, action),
        Action::EditJson | Action::DropText | Action::SelectAll | Action::Cut => raw::begin(model, action),
        Action::Tour | Action::TourAgain | Action::TourSkip | Action::TourBack | Action::TourPaste => {
            tour::act(model, action)
        }
        Action::Help => show(model, Overlay::Help { scroll: 0 }),
        Action::Palette => show(model, palette()),
        Action::Find => search::open(model),
        Action::TogglePreview
        | Action::PreviewForm
        | Action::PreviewUp
        | Action::PreviewDown
        | Action::ToggleMouse => screen(model, action),
        Action::Left
        | Action::Right
        | Action::WordLeft
        | Action::WordRight
        | Action::Home
        | Action::End
        | Action::Backspace
        | Action::Delete
        | Action::DeleteWord
        | Action::DeleteLine
        | Action::Indent
        | Action::SelectLeft
        | Action::SelectRight
        | Action::SelectUp
        | Action::SelectDown
        | Action::SelectHome
        | Action::SelectEnd
        | Action::SelectWordLeft
        | Action::SelectWordRight
        | Action::SelectFirst
        | Action::SelectLast => typing::edit(model, action),
    }
}

/// What is done to the focused field.
fn on_field(model: &mut Model, action: Action) -> Vec<Effect> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "only the actions on a field come here")]
    match action {
        Action::Clear => field::clear(model),
        Action::SetNull => field::set_null(model),
        Action::SetEmpty => field::set_empty(model),
        Action::RevertField => field::revert(model),
        Action::FieldMenu => field::menu(model),
        Action::CopyValue => copy::value(model),
        Action::CopyPointer => copy::pointer(model),
        Action::CopyJson => copy::json(model),
        Action::CopyPreview => copy::preview(model),
        _ => Vec::new(),
    }
}

/// Asks for what only the world can do; its answer shows it.
fn fetch(action: Action) -> Vec<Effect> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "only the actions that fetch come here")]
    match action {
        Action::Journal => vec![Effect::ListJournal],
        Action::Sandbox => vec![Effect::LookAtSandbox],
        Action::Open => vec![Effect::ListDrafts { shelf: Shelf::Drafts }],
        Action::Trash => vec![Effect::ListDrafts { shelf: Shelf::Trash }],
        Action::Recover => vec![Effect::FindLeftovers { is_asked: true }],
        Action::Suspend => vec![Effect::Suspend],
        _ => Vec::new(),
    }
}

/// What is shown and how.
fn screen(model: &mut Model, action: Action) -> Vec<Effect> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "only the actions about the screen come here")]
    match action {
        Action::TogglePreview if model.payload.preview.is_preferred => behind::lead_back(model),
        Action::TogglePreview => model.payload.preview.is_preferred = true,
        Action::PreviewForm => {
            let is_out_of_sight = model.layout().is_some_and(|layout| layout.preview.is_none());
            // Where form and payload do not fit side by side, turning the payload means looking at it.
            model.payload.preview.is_preferred |= is_out_of_sight;
            let forms = model.pane_forms();
            let here = forms.iter().position(|form| *form == model.payload.preview.form);
            let next = here.and_then(|here| forms.get(here + 1));
            model.payload.preview.form = next.copied().unwrap_or_default();
            model.payload.preview.scrolled = None;
            return review::look_back(model).into_iter().collect();
        }
        Action::PreviewUp | Action::PreviewDown => scroll_preview(model, action == Action::PreviewDown, 5),
        Action::ToggleMouse => {
            model.settings.mouse = !model.settings.mouse;
            let text = if model.settings.mouse {
                "The mouse is the program's."
            } else {
                "The mouse selects text again."
            };
            say(model, text);
            return vec![Effect::Mouse(model.settings.mouse)];
        }
        _ => {}
    }
    Vec::new()
}

/// Scrolls the payload by hand; it follows the focus again at the next move.
fn scroll_preview(model: &mut Model, down: bool, by: usize) {
    let top = model.preview_top();
    if model.shown_text().is_some() {
        let last = model.preview_lines().saturating_sub(model.preview_height());
        if let Some(raw) = model.payload.raw.as_mut() {
            raw.top = if down { (top + by).min(last.max(top)) } else { top.saturating_sub(by) };
        }
        return;
    }
    model.payload.preview.scrolled = Some(if down { top + by } else { top.saturating_sub(by) });
    model.payload.preview.scrolled = Some(model.preview_top());
}

fn show(model: &mut Model, overlay: Overlay) -> Vec<Effect> {
    model.overlays.push(overlay);
    Vec::new()
}

fn palette() -> Overlay {
    let actions: Vec<Action> =
        Action::ALL.iter().copied().filter(|action| action.area() != crate::app::Area::Type).collect();
    let lines = actions.iter().map(|action| Line::new(action.text(), action.name())).collect();
    Overlay::Pick(Picker::new(lines, 0), Choice::Action(actions))
}

/// Tells something to know.
fn say(model: &mut Model, text: impl Into<String>) {
    model.notice = Some(Notice { text: text.into(), tone: Tone::Note });
}

/// Tells that something worked.
fn done(model: &mut Model, text: impl Into<String>) {
    model.notice = Some(Notice { text: text.into(), tone: Tone::Done });
}

/// Tells that something did not work.
fn complain(model: &mut Model, text: impl Into<String>) {
    model.notice = Some(Notice { text: text.into(), tone: Tone::Fault });
}
