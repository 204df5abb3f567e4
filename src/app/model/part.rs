//! Smaller parts of the state: draft file, field editor, payload pane, environments, request in
//! flight, notice.

use crate::app::Action;
use crate::app::editor::Editor;
use crate::app::entry::FieldEntry;
use crate::document::Object;
use crate::draft::Fingerprint;
use crate::text::Visible;
use crate::time::{Duration, Timestamp};
use crate::wire::{self, AttemptProgress, AttemptStage, Environment, KeyNote, Request, Secret};

/// A key lookup in progress, and the action after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seeking {
    pub(crate) environment: String,
    pub(crate) then: Option<Action>,
}

/// The file of the draft.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DraftFile {
    /// The name of the draft; `None` until the first save.
    pub name: Option<String>,
    /// When the file was saved.
    pub saved: Option<Timestamp>,
    /// The content of the file; a save replaces no other content.
    pub base: Option<Fingerprint>,
    /// Fields of the draft file that this version does not know.
    pub rest: Object,
    /// Whether anything except the document changed since the save.
    pub is_changed: bool,
    /// The version of the unparsed text that was saved.
    pub(crate) unparsed: Option<u64>,
    /// How this program may use the file.
    pub access: Access,
}

/// How this program may use the file of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// Save to it.
    #[default]
    Own,
    /// Another program has the draft open: changes are saved under another name.
    ReadOnly,
    /// The file does not exist yet, and an existing file is replaced only on request.
    Copy,
}

/// The editor of the focused field.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldEditor {
    /// How the text is parsed.
    pub entry: FieldEntry,
    /// The text and its cursor.
    pub editor: Editor,
    /// Whether the next character replaces the text, as in a newly focused choice.
    pub fresh: bool,
}

/// The view of the payload pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Preview {
    /// Whether the payload is shown instead of the form where both do not fit.
    pub is_preferred: bool,
    /// The content.
    pub form: PreviewForm,
    /// The chosen row of the simulation, while the payload hides the form.
    pub row: Option<usize>,
    /// The first visible line, once the user scrolled; otherwise the pane follows the focus.
    pub scrolled: Option<usize>,
}

/// What the payload pane shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PreviewForm {
    /// The JSON, one value per line.
    #[default]
    Json,
    /// Method, URL, headers and body, exactly as sent.
    Request,
    /// The request as a curl command.
    Curl,
    /// What SEI would store, lose and count.
    Simulation,
    /// The changes since the draft was saved or opened.
    Saved,
    /// The changes since the last accepted run of the job.
    Accepted,
}

/// An environment and the source of its key.
#[derive(Debug, Clone, PartialEq)]
pub struct EnvironmentChoice {
    /// The environment.
    pub environment: Environment,
    /// The source of its key; `None` if no key is known.
    pub key: Option<String>,
    /// Why the value of the key source is not a usable key.
    pub fault: Option<String>,
    /// Why the last search of all its sources found no key.
    pub not_found: Option<String>,
    /// Whether the environment refused this key at the last request.
    pub is_refused: bool,
    /// What the text of the key says about it.
    pub key_note: Option<KeyNote>,
}

impl EnvironmentChoice {
    /// An environment whose key is known, from this source.
    pub fn with_key(environment: Environment, source: impl Into<String>) -> Self {
        Self { key: Some(source.into()), ..Self::without_key(environment) }
    }

    /// An environment whose key is not known yet.
    pub const fn without_key(environment: Environment) -> Self {
        Self { environment, key: None, fault: None, not_found: None, is_refused: false, key_note: None }
    }

    /// Uses a key from this source.
    pub fn take_key(&mut self, source: impl Into<String>, key: &Secret) {
        self.key = Some(source.into());
        self.key_note = wire::key_note(key.expose(), &self.environment);
        (self.is_refused, self.not_found) = (false, None);
    }
}

/// A request in flight.
#[derive(Debug, Clone, PartialEq)]
pub struct InFlight {
    /// Its ticket.
    pub ticket: u64,
    /// The request.
    pub request: Request,
    /// The position of its environment.
    pub environment: usize,
    /// The time of the start.
    pub started: Timestamp,
    /// The current attempt, and since when.
    pub progress: Option<(AttemptProgress, Timestamp)>,
}

impl InFlight {
    /// When the screen changes next: it shows the time of the request, and the wait for a retry, in
    /// whole seconds.
    pub(crate) fn next_second(&self, now: Timestamp) -> Timestamp {
        let end_of_wait = self.progress.and_then(|(progress, since)| match progress.stage {
            AttemptStage::Waiting { wait, .. } => Some(since + wait),
            AttemptStage::Connecting | AttemptStage::Sent => None,
        });
        let passed =
            |beat: Timestamp| Duration::from_millis((now - beat).millis().rem_euclid(SECOND.millis()));
        let newest = passed(self.started).max(end_of_wait.map_or(Duration::ZERO, passed));
        now + (SECOND - newest)
    }
}

const SECOND: Duration = Duration::from_millis(1_000);

/// The request to create an instance, at another path.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Elsewhere {
    pub(crate) path: &'static str,
    pub(crate) environment: usize,
    pub(crate) request: Request,
}

impl Elsewhere {
    /// The request of a flight, at another path of the same environment.
    pub(crate) fn of(path: &'static str, flight: &InFlight, target: &EnvironmentChoice) -> Self {
        let request = Request { url: target.environment.url(path), ..flight.request.clone() };
        Self { path, environment: flight.environment, request }
    }
}

/// One line about the newest event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The sentence; `{undo}` in it is replaced by the key of that action.
    pub text: Visible<'static>,
    /// The kind of event.
    pub tone: Tone,
}

/// The kind of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A success.
    Done,
    /// Information.
    Note,
    /// A failure.
    Fault,
}

/// Groups keystrokes into one undo step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Typing {
    pub(crate) group: u64,
    pub(crate) last: Option<Timestamp>,
}
