//! The parts of the model. Each part holds the state of one area; a function that needs one part
//! takes that part.

use std::collections::HashSet;
use std::sync::Arc;

use crate::app::overlay::{OverlayAnswer, Prompt};
use crate::app::pane_layout::{Accepted, PaneLayout};
use crate::app::raw::RawText;
use crate::app::row::{FormRow, Tab};
use crate::app::tour::Tour;
use crate::book::Book;
use crate::check::{Checker, KnownInstance, Problem};
use crate::document::{DocumentSize, Pointer, Value};
use crate::draft::Fingerprint;
use crate::simulation::Profiles;
use crate::wire::{Explanation, Redactor, Secret};

use super::counted::CountedRun;
use super::keep::Saving;
use super::part::{DraftFile, Elsewhere, EnvironmentChoice, FieldEditor, InFlight, Preview, Seeking, Typing};
use super::recovery::Recovery;
use super::sent::SentRuns;
use super::tally::ProblemTally;

/// The form: which tab is shown, its rows, the focus, and the text in the focused field.
#[derive(Debug, Clone)]
pub struct FormState {
    /// The tab shown.
    pub tab: Tab,
    /// The rows of that tab.
    pub rows: Vec<FormRow>,
    /// The index of the focused row, for each tab.
    pub focus: [usize; Tab::ALL.len()],
    /// The index of the first row on screen.
    pub scroll: usize,
    /// The unfolded items.
    pub open: HashSet<Pointer>,
    /// The text of the focused field; `None` for a row that takes no text.
    pub editor: Option<FieldEditor>,
    /// The fields that lost the focus at least once: their problems are marked.
    pub left: HashSet<Pointer>,
    /// Whether a send was tried: from then on every problem is marked.
    pub tried: bool,
    pub(crate) typing: Typing,
}

impl Default for FormState {
    fn default() -> Self {
        Self {
            tab: Tab::Instance,
            rows: Vec::new(),
            focus: [0; Tab::ALL.len()],
            scroll: 0,
            open: HashSet::new(),
            editor: None,
            left: HashSet::new(),
            tried: false,
            typing: Typing::default(),
        }
    }
}

/// The problems of the document, and what is needed to find only the changed ones after an edit.
#[derive(Debug, Clone, Default)]
pub struct CheckState {
    /// The problems, in the order of the list.
    pub problems: Vec<Arc<Problem>>,
    /// The codes of the rules that the configuration silences.
    pub silenced: Vec<String>,
    /// The size of the document.
    pub size: DocumentSize,
    /// Whether the user went to a problem: from then on a blank run lists its problems too.
    pub(crate) is_sought: bool,
    /// The index of the problem that got the focus last.
    pub(crate) last_stop: usize,
    /// The places that keystrokes changed since the last check.
    pub(crate) touched: Vec<Pointer>,
    pub(crate) is_stale: bool,
    pub(super) checker: Checker,
    pub(super) tally: ProblemTally,
}

/// The payload pane: its view, and the text while the user edits it.
#[derive(Debug, Clone, Default)]
pub struct PayloadState {
    /// What the pane shows.
    pub preview: Preview,
    /// The accepted run that the pane compares with, if the journal has one.
    pub accepted: Option<Box<Accepted>>,
    /// The filters that decide where a run counts.
    pub profiles: Profiles,
    /// The payload as text, while the user edits it or it does not parse.
    pub raw: Option<RawText>,
    /// The wrapped lines of a view other than the JSON.
    pub(crate) layout: Option<PaneLayout>,
    /// Where the run counts, while a view shows this.
    pub(crate) counted: Option<CountedRun>,
    /// The newest search text.
    pub(crate) sought: String,
    /// The number of text versions so far.
    pub(crate) texts: u64,
}

/// The draft on disk, what is being written to it, and the unsaved work.
#[derive(Debug, Clone)]
pub struct DraftState {
    /// The file of the draft.
    pub file: DraftFile,
    /// The document as opened or saved last: the base of "changes since saved" and of "revert".
    pub baseline: Value,
    /// The integration ID. The payload has no field for it, so the draft keeps it.
    pub integration: String,
    /// The save in progress.
    pub(crate) saving: Option<Saving>,
    /// The name to save under once the save in progress has ended.
    pub(crate) saves_next: Option<String>,
    /// The draft that is being renamed, with the content that it should have.
    pub(crate) renaming: Option<(String, Option<Fingerprint>)>,
    /// The prompt whose name is being given to a draft; it opens again if the name cannot be given.
    pub(crate) naming: Option<Prompt>,
    /// The next step once everything is saved.
    pub(crate) when_saved: Option<OverlayAnswer>,
    /// The draft to select in the list that is being read.
    pub(crate) to_choose: Option<String>,
    /// The draft whose session lock this program holds.
    pub(crate) lock: Option<String>,
    /// How much of the unsaved work is on disk.
    pub(crate) recovery: Recovery,
}

impl Default for DraftState {
    fn default() -> Self {
        Self {
            file: DraftFile::default(),
            baseline: Value::empty_object(),
            integration: String::new(),
            saving: None,
            saves_next: None,
            renaming: None,
            naming: None,
            when_saved: None,
            to_choose: None,
            lock: None,
            recovery: Recovery::default(),
        }
    }
}

/// The environments, the request in flight, and what was sent.
#[derive(Debug, Clone, Default)]
pub struct SendingState {
    /// All environments.
    pub environments: Vec<EnvironmentChoice>,
    /// The position of the chosen environment.
    pub environment: usize,
    /// The request in flight.
    pub in_flight: Option<InFlight>,
    /// The explanation of the newest reply.
    pub last_reply: Option<Explanation>,
    /// The runs sent before, in this session and in previous ones.
    pub sent: SentRuns,
    /// The same request at another path, when the reply named one.
    pub(crate) elsewhere: Option<Elsewhere>,
    pub(crate) next_ticket: u64,
}

impl SendingState {
    /// Nothing sent yet; the environment at this position is chosen.
    pub(super) fn new(environments: Vec<EnvironmentChoice>, environment: usize) -> Self {
        Self { environments, environment, next_ticket: 1, ..Self::default() }
    }

    /// The chosen environment and the source of its key.
    pub fn chosen(&self) -> Option<&EnvironmentChoice> {
        self.environments.get(self.environment)
    }
}

/// The API keys of this session.
#[derive(Debug, Clone, Default)]
pub struct KeyState {
    /// The keys that must not reach the document, the screen or the disk.
    pub known: Vec<Secret>,
    /// Whether the document may contain one of them.
    pub(crate) holds_key: bool,
    /// The key lookup in progress.
    pub(crate) seeking: Option<Seeking>,
}

impl KeyState {
    /// The text with these keys redacted.
    pub(crate) fn redacted(&self, text: &str) -> String {
        Redactor::new(&self.known).redact(text).into_owned()
    }
}

/// The known instances.
#[derive(Debug, Clone, Default)]
pub struct InstanceState {
    /// The instance book, with the instances of this session.
    pub book: Book,
    /// The instances of this program's sandbox; `None` without a sandbox.
    pub(crate) made_here: Option<Vec<KnownInstance>>,
}

/// The guided tour.
#[derive(Debug, Clone, Default)]
pub struct TourState {
    /// The step on screen; `None` while the tour is off.
    pub current: Option<Tour>,
    /// The position of the step at which a closed tour continues.
    pub(crate) left: usize,
}

/// How the program was started, and what the user set since.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "independent settings, not one state in pieces")]
pub struct AppSettings {
    /// Whether the program receives mouse reports.
    pub mouse: bool,
    /// Whether unsaved work goes to disk, for the next start to offer.
    pub keeps_work: bool,
    /// Whether the tour plays by itself and accepts two keys only.
    pub plays: bool,
    /// Whether sending and saving are off.
    pub read_only: bool,
    /// Whether this is the demo on the sandbox.
    pub demo: bool,
    /// Whether the system may have a keyring.
    pub has_keyring: bool,
}

impl Default for AppSettings {
    fn default() -> Self {
        Self {
            mouse: true,
            keeps_work: true,
            plays: false,
            read_only: false,
            demo: false,
            has_keyring: false,
        }
    }
}
