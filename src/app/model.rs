//! The state of the application: the document, the form, and the work in progress.

use crate::app::entry::{self, FieldEntry};
use crate::app::geometry::{self, Layout, Size, Wanted, layout};
use crate::app::overlay::Overlay;
use crate::app::row::{FormRow, Role, Tab, kind_places};
use crate::app::tour::Tour;
use crate::check::Counts;
use crate::document::{Document, Pointer, Value};
use crate::import::mapping::MappingSet;
use crate::time::Timestamp;

mod counted;
mod derive;
mod keep;
mod keyring;
mod outcome;
mod pane_rows;
mod part;
mod recovery;
mod sent;
mod state;
mod tally;

pub(crate) use keep::Saving;
pub(crate) use keyring::TYPED;
pub use keyring::key_from;
pub(crate) use outcome::{FollowUp, UpdateOutcome};
pub use part::{
    Access, DraftFile, EnvironmentChoice, FieldEditor, InFlight, Notice, Preview, PreviewForm, Tone,
};
pub(crate) use part::{Elsewhere, Seeking, Typing};
pub use sent::SentRuns;
pub use state::{
    AppSettings, CheckState, DraftState, FormState, InstanceState, KeyState, PayloadState, SendingState,
    TourState,
};

/// The state of the application.
#[derive(Debug, Clone)]
pub struct Model {
    /// The payload being composed.
    pub document: Document,
    /// The size of the terminal.
    pub size: Size,
    /// The time of the newest message.
    pub now: Timestamp,
    /// The overlays above the form, the topmost last.
    pub overlays: Vec<Overlay>,
    /// One line about the newest event, above the keys.
    pub notice: Option<Notice>,
    /// The form: tabs, rows, focus.
    pub form: FormState,
    /// The problems that the checks found.
    pub checks: CheckState,
    /// The payload pane.
    pub payload: PayloadState,
    /// The draft on disk, and the unsaved work.
    pub draft: DraftState,
    /// The environments, the request in flight, and what was sent.
    pub sending: SendingState,
    /// The API keys of this session.
    pub keys: KeyState,
    /// The known instances.
    pub instances: InstanceState,
    /// The guided tour.
    pub tour: TourState,
    /// How the program was started, and the user's settings.
    pub settings: AppSettings,
    /// The mappings that imports use.
    pub mappings: MappingSet,
    /// The effects and follow-ups of the current message.
    pub(crate) outcome: UpdateOutcome,
}

/// The arguments of `Model::new`.
#[derive(Debug, Clone)]
pub struct Start {
    /// The environments, each with the source of its key.
    pub environments: Vec<EnvironmentChoice>,
    /// The position of the chosen environment.
    pub environment: usize,
    /// The size of the terminal.
    pub size: Size,
    /// The current time.
    pub now: Timestamp,
    /// Whether sending and saving are off.
    pub read_only: bool,
    /// Whether this is the demo.
    pub demo: bool,
    /// The codes of the rules that are not reported.
    pub silenced: Vec<String>,
}

impl Model {
    /// A blank document on the first tab.
    pub fn new(start: Start) -> Self {
        let mut model = Self {
            document: Document::new(Value::empty_object()),
            size: start.size,
            now: start.now,
            overlays: Vec::new(),
            notice: None,
            form: FormState::default(),
            checks: CheckState { silenced: start.silenced, ..CheckState::default() },
            payload: PayloadState::default(),
            draft: DraftState::default(),
            sending: SendingState::new(start.environments, start.environment),
            keys: KeyState::default(),
            instances: InstanceState { made_here: start.demo.then(Vec::new), ..InstanceState::default() },
            tour: TourState::default(),
            settings: AppSettings { read_only: start.read_only, demo: start.demo, ..AppSettings::default() },
            mappings: MappingSet::builtin(),
            outcome: UpdateOutcome::default(),
        };
        model.refresh();
        model.open_editor();
        model
    }

    /// The panes on the screen; `None` if the terminal is too small.
    pub fn layout(&self) -> Option<Layout> {
        // The last tab has the check list instead of the problem list.
        let most = usize::from(geometry::problem_rows(self.size.rows));
        let listed = (self.form.tab != Tab::Send).then(|| self.problem_rows(most));
        layout(
            self.size,
            Wanted {
                preview: self.payload.preview.is_preferred,
                problems: listed,
                card: self.tour.current.is_some(),
            },
        )
    }

    /// The chosen environment and the source of its key.
    pub fn chosen(&self) -> Option<&EnvironmentChoice> {
        self.sending.chosen()
    }

    /// Whether the key of the chosen environment is being looked for.
    pub fn is_seeking(&self) -> bool {
        let chosen = self.target().map(|target| &target.environment.id);
        chosen.is_some() && self.keys.seeking.as_ref().map(|seeking| &seeking.environment) == chosen
    }

    /// The focused row.
    pub fn focused(&self) -> Option<&FormRow> {
        self.form.rows.get(self.focus_index())
    }

    /// The index of the focused row.
    pub fn focus_index(&self) -> usize {
        self.form.focus.get(self.form.tab.position()).copied().unwrap_or_default()
    }

    /// Whether there are unsaved changes.
    pub fn is_unsaved(&self) -> bool {
        let text = self.unparsed().map(|raw| raw.version);
        self.document.is_changed() || self.draft.file.is_changed || text != self.draft.file.unparsed
    }

    /// The value a row shows.
    pub fn value_of(&self, row: &FormRow) -> Option<&Value> {
        self.document.value().get(&row.at)
    }

    /// How the value of a row is typed; `None` for a row without text or toggle.
    pub fn entry_of(&self, row: &FormRow) -> Option<FieldEntry> {
        match row.role {
            Role::Field => row.field().map(|field| entry::entry_for(field, self.value_of(row))),
            Role::Other => Some(FieldEntry::Raw),
            Role::Integration => Some(FieldEntry::Text),
            Role::Kind
            | Role::Item(_)
            | Role::Add(_)
            | Role::Heading(_)
            | Role::Button(_)
            | Role::Problem(_) => None,
        }
    }

    /// Whether the problems of a row are marked next to it. A field that was not filled or left yet
    /// has no mark.
    pub fn is_marked(&self, row: &FormRow, is_focused: bool) -> bool {
        let is_item = matches!(row.role, Role::Item(_));
        let is_filled = self.value_of(row).is_some() && (!is_focused || is_item);
        self.form.tried || is_filled || (self.form.left.contains(&row.at) && !self.is_pristine())
    }

    /// The indexes of the problems of the focused row.
    pub fn problems_here(&self) -> Vec<usize> {
        let Some(row) = self.focused() else { return Vec::new() };
        let is_of_row = matches!(row.role, Role::Field | Role::Other | Role::Item(_));
        if is_of_row && self.marks_at(&row.at) == Counts::default() {
            return Vec::new();
        }
        let covers = |at: &Pointer| match row.role {
            Role::Add(_) => row.adds_to(at),
            Role::Field | Role::Other => at.is_within(&row.at),
            Role::Item(_) => *at == row.at || (at.is_within(&row.at) && !self.form.open.contains(&row.at)),
            Role::Kind => kind_places().contains(at),
            Role::Problem(_) | Role::Heading(_) | Role::Button(_) | Role::Integration => false,
        };
        let at_row = self.checks.problems.iter().enumerate().filter(|(_, problem)| covers(&problem.at));
        match row.role {
            Role::Problem(index) => vec![index],
            Role::Field
            | Role::Kind
            | Role::Other
            | Role::Item(_)
            | Role::Add(_)
            | Role::Heading(_)
            | Role::Integration
            | Role::Button(_) => at_row.map(|(index, _)| index).collect(),
        }
    }

    /// When to wake the program: to show the time of a request in flight, to show a hint of the
    /// tour, to save unsaved work, or to read or wrap a long text.
    pub fn deadline(&self) -> Option<Timestamp> {
        let ticking = self.sending.in_flight.as_ref().map(|flight| flight.next_second(self.now));
        let hint = self.tour.current.as_ref().and_then(Tour::deadline);
        let text = [self.reading_time(), self.layout_time()];
        [ticking, hint, self.draft.recovery.deadline()].into_iter().chain(text).flatten().min()
    }
}
