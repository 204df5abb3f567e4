//! The parts of the state: the draft, the focused field's text, the payload pane, the request under way, the notice.

use crate::app::Action;
use crate::app::editor::Editor;
use crate::app::entry::FieldEntry;
use crate::document::Object;
use crate::draft::Fingerprint;
use crate::text::Visible;
use crate::time::{Duration, Timestamp};
use crate::wire::{AttemptProgress, AttemptStage, Environment, Request};

/// A key that is being looked for, and what to go on with when it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seeking {
    pub(crate) environment: String,
    pub(crate) then: Option<Action>,
}

/// The draft a document is kept in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DraftFile {
    /// Its name, once it has one.
    pub name: Option<String>,
    /// When the file was saved whose content is known here.
    pub saved: Option<Timestamp>,
    /// The content of that file: a save replaces no other.
    pub base: Option<Fingerprint>,
    /// Keys of the draft file that this version does not know.
    pub rest: Object,
    /// Whether something beside the document changed since it was saved.
    pub is_changed: bool,
    /// Which text that does not parse was saved with it.
    pub(crate) unparsed: Option<u64>,
    /// What this program may do with its file.
    pub access: Access,
}

/// What this program may do with the file of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// Save to it.
    #[default]
    Own,
    /// Nothing: another program has the draft open, and changes are saved under another name.
    ReadOnly,
    /// There is none yet, and none of that name may be replaced unasked.
    Copy,
}

/// The text of a field being edited.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldEditor {
    /// How it is read.
    pub entry: FieldEntry,
    /// The text and its cursor.
    pub editor: Editor,
    /// Whether the next character replaces the text, as in a freshly focused choice.
    pub fresh: bool,
}

/// The payload pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Preview {
    /// Whether it is shown instead of the form where both do not fit.
    pub is_preferred: bool,
    /// What it shows.
    pub form: PreviewForm,
    /// The first line shown, when a person scrolled; else it follows the focus.
    pub scrolled: Option<usize>,
}

/// What the payload pane shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PreviewForm {
    /// The JSON, one value a line.
    #[default]
    Json,
    /// Method, URL, headers and body, as sent.
    Request,
    /// The same as a curl command.
    Curl,
    /// What changed since it was saved or opened.
    Saved,
    /// What is new since the run of the job that was accepted last.
    Accepted,
}

/// An environment, and where its key comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct EnvironmentChoice {
    /// The environment.
    pub environment: Environment,
    /// Where its key comes from, if there is one.
    pub key: Option<String>,
    /// Why what stands where its key should be is none.
    pub fault: Option<String>,
    /// Why the last search through all its sources found no key.
    pub not_found: Option<String>,
    /// Whether the environment did not accept this key when it was asked last.
    pub is_refused: bool,
}

impl EnvironmentChoice {
    /// An environment whose key is at hand, from this source.
    pub fn with_key(environment: Environment, source: impl Into<String>) -> Self {
        Self { key: Some(source.into()), ..Self::without_key(environment) }
    }

    /// An environment whose key is not known yet.
    pub const fn without_key(environment: Environment) -> Self {
        Self { environment, key: None, fault: None, not_found: None, is_refused: false }
    }
}

/// A request under way.
#[derive(Debug, Clone, PartialEq)]
pub struct InFlight {
    /// Its ticket.
    pub ticket: u64,
    /// What was sent.
    pub request: Request,
    /// The environment's position.
    pub environment: usize,
    /// When it was started.
    pub started: Timestamp,
    /// Where it is on its way, and since when.
    pub progress: Option<(AttemptProgress, Timestamp)>,
}

impl InFlight {
    /// When the screen has something else to say of it: how long it takes, and how long it still waits, are told in whole
    /// seconds.
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

/// The same request at another path.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Elsewhere {
    pub(crate) path: &'static str,
    pub(crate) environment: usize,
    pub(crate) request: Request,
}

impl Elsewhere {
    /// What was asked, at another path below the same base.
    pub(crate) fn of(path: &'static str, flight: &InFlight, target: &EnvironmentChoice) -> Self {
        let request = Request { url: target.environment.url(path), ..flight.request.clone() };
        Self { path, environment: flight.environment, request }
    }
}

/// One line about what just happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The sentence; `{undo}` in it stands for the key of that action.
    pub text: Visible<'static>,
    /// What it tells.
    pub tone: Tone,
}

/// What a notice tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something worked.
    Done,
    /// Something to know.
    Note,
    /// Something did not work.
    Fault,
}

/// What groups keystrokes into one undo step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Typing {
    pub(crate) group: u64,
    pub(crate) last: Option<Timestamp>,
}
