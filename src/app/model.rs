//! The state of the program: the document, the form over it, and what is under way.

use std::collections::HashSet;
use std::sync::Arc;

use crate::app::entry::{self, Entry};
use crate::app::geometry::{self, Layout, Size, Wanted, layout};
use crate::app::laid::{Accepted, Laid};
use crate::app::overlay::{Answer, Overlay};
use crate::app::raw::RawText;
use crate::app::row::{Role, Row, Tab};
use crate::app::tour::Tour;
use crate::book::Book;
use crate::check::{Checker, Counts, KnownInstance, Problem};
use crate::document::{Document, Extent, Pointer, Value};
use crate::draft::Fingerprint;
use crate::time::Timestamp;
use crate::wire::{Explanation, Secret};

mod derive;
mod keep;
mod keyring;
mod part;
mod recovery;
mod sent;
mod tally;

pub(crate) use keep::Saving;
pub(crate) use keyring::TYPED;
pub use part::{Access, Choosable, FieldEditor, InFlight, Kept, Notice, Preview, PreviewForm, Tone};
pub(crate) use part::{Elsewhere, Seeking, Typing};
pub(crate) use recovery::Recovery;
pub use sent::Sent;
use tally::Tally;

/// The state of the program.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts about the session, not one state in pieces"
)]
pub struct Model {
    /// The payload being composed.
    pub document: Document,
    /// The document as it was saved or opened last: what changes are told against, and what can be gone back to.
    pub baseline: Value,
    /// The draft it is kept in.
    pub draft: Kept,
    /// The integration id, which the payload has no place for; kept in the draft.
    pub integration: String,
    /// The terminal's size.
    pub size: Size,
    /// The moment of the newest message.
    pub now: Timestamp,
    /// The tab shown.
    pub tab: Tab,
    /// The rows of that tab.
    pub rows: Vec<Row>,
    /// The focused row's index for each tab.
    pub focus: [usize; Tab::ALL.len()],
    /// The first row shown of the form.
    pub scroll: usize,
    /// Items that are unfolded.
    pub open: HashSet<Pointer>,
    /// The text of the focused field, where it is one to type in.
    pub editor: Option<FieldEditor>,
    /// Fields that were left once.
    pub visited: HashSet<Pointer>,
    /// Whether a send was tried: from then on every problem is marked.
    pub tried: bool,
    /// Whether somebody went to a problem: from then on those of a blank run are told, too.
    pub(crate) is_problem_sought: bool,
    /// What is wrong with the document.
    pub problems: Vec<Arc<Problem>>,
    /// The payload pane.
    pub preview: Preview,
    /// Its rows, where it does not show the JSON.
    pub(crate) laid: Option<Laid>,
    /// The run that it compares with, if the journal has one.
    pub accepted: Option<Box<Accepted>>,
    /// What was looked for in it last.
    pub(crate) sought: String,
    /// The payload as text, while a person edits it or it does not parse.
    pub raw: Option<RawText>,
    /// The environments there are.
    pub environments: Vec<Choosable>,
    /// Which one is chosen.
    pub environment: usize,
    /// The keys of this session, to be kept out of the document, the screen and the disk.
    pub keys: Vec<Secret>,
    /// Whether one of them may stand in the document.
    pub(crate) holds_key: bool,
    /// What stands above the form, the topmost last.
    pub overlays: Vec<Overlay>,
    /// The instances that are known, those of this session among them.
    pub book: Book,
    /// The instances of the sandbox that this program runs; `None` while it runs none.
    pub(crate) made_here: Option<Vec<KnownInstance>>,
    /// What was sent before, in this session and in earlier ones.
    pub sent: Sent,
    /// Where somebody is in the guided tour, if it is on.
    pub tour: Option<Tour>,
    /// The step, by its position, at which it goes on after it was put away.
    pub(crate) tour_left: usize,
    /// The request under way.
    pub in_flight: Option<InFlight>,
    /// The newest reply's explanation.
    pub last_reply: Option<Explanation>,
    /// Where the newest question may find an answer, when the reply told so.
    pub(crate) elsewhere: Option<Elsewhere>,
    /// One line about what just happened.
    pub notice: Option<Notice>,
    /// Whether the mouse is the program's.
    pub mouse: bool,
    /// Whether unsaved work goes to the disk, for the next start to offer it.
    pub keeps_work: bool,
    /// Whether the tour plays itself, and listens to two keys only.
    pub plays: bool,
    /// Whether nothing may be sent or saved.
    pub read_only: bool,
    /// Whether all this is a demo on the sandbox.
    pub demo: bool,
    /// Whether there may be a keyring to keep a key in.
    pub has_keyring: bool,
    /// The codes of rules that are not to be reported.
    pub silenced: Vec<String>,
    /// The key that is being looked for.
    pub(crate) seeking: Option<Seeking>,
    pub(crate) next_ticket: u64,
    pub(crate) typing: Typing,
    /// What is being saved, until the answer is there.
    pub(crate) saving: Option<Saving>,
    /// The name to save under next, once that answer is there.
    pub(crate) saves_next: Option<String>,
    /// The draft being renamed, with the content that it should have, until the answer is there.
    pub(crate) renaming: Option<(String, Option<Fingerprint>)>,
    /// What goes on once everything is saved.
    pub(crate) when_saved: Option<Answer>,
    /// The draft that the list which is being read shall have chosen.
    pub(crate) to_choose: Option<String>,
    /// The draft whose lock the program has.
    pub(crate) held: Option<String>,
    /// What of the unsaved work is on disk.
    pub(crate) recovery: Recovery,
    pub(crate) is_stale: bool,
    /// How many changes of text there were.
    pub(crate) texts: u64,
    /// The places that keystrokes changed since everything was derived.
    pub(crate) touched: Vec<Pointer>,
    /// How long the document is.
    pub extent: Extent,
    checker: Checker,
    tally: Tally,
    /// The index of the problem gone to last.
    pub(crate) last_stop: usize,
}

/// What the program starts with.
#[derive(Debug, Clone)]
pub struct Start {
    /// The environments, each with the source of its key.
    pub environments: Vec<Choosable>,
    /// Which one is chosen.
    pub environment: usize,
    /// The terminal's size.
    pub size: Size,
    /// The moment.
    pub now: Timestamp,
    /// Whether nothing may be sent or saved.
    pub read_only: bool,
    /// Whether all this is a demo.
    pub demo: bool,
    /// The codes of rules that are not to be reported.
    pub silenced: Vec<String>,
}

impl Model {
    /// A blank document on the first tab.
    pub fn new(start: Start) -> Self {
        let mut model = Self {
            document: Document::new(Value::empty_object()),
            baseline: Value::empty_object(),
            draft: Kept::default(),
            integration: String::new(),
            size: start.size,
            now: start.now,
            tab: Tab::Instance,
            rows: Vec::new(),
            focus: [0; Tab::ALL.len()],
            scroll: 0,
            open: HashSet::new(),
            editor: None,
            visited: HashSet::new(),
            tried: false,
            is_problem_sought: false,
            problems: Vec::new(),
            preview: Preview::default(),
            laid: None,
            accepted: None,
            sought: String::new(),
            raw: None,
            environments: start.environments,
            environment: start.environment,
            keys: Vec::new(),
            holds_key: false,
            overlays: Vec::new(),
            book: Book::default(),
            made_here: start.demo.then(Vec::new),
            sent: Sent::default(),
            tour: None,
            tour_left: 0,
            in_flight: None,
            last_reply: None,
            elsewhere: None,
            notice: None,
            mouse: true,
            keeps_work: true,
            plays: false,
            read_only: start.read_only,
            demo: start.demo,
            has_keyring: false,
            silenced: start.silenced,
            seeking: None,
            next_ticket: 1,
            typing: Typing::default(),
            saving: None,
            saves_next: None,
            renaming: None,
            when_saved: None,
            to_choose: None,
            held: None,
            recovery: Recovery::default(),
            is_stale: false,
            texts: 0,
            touched: Vec::new(),
            extent: Extent::default(),
            checker: Checker::default(),
            tally: Tally::default(),
            last_stop: 0,
        };
        model.refresh();
        model.open_editor();
        model
    }

    /// The panes on the screen; none when it is too small.
    pub fn layout(&self) -> Option<Layout> {
        // The check list of the last tab is the list of problems.
        let most = usize::from(geometry::problem_rows(self.size.rows));
        let listed = (self.tab != Tab::Send).then(|| self.problem_rows(most));
        layout(
            self.size,
            Wanted { preview: self.preview.is_preferred, problems: listed, card: self.tour.is_some() },
        )
    }

    /// The chosen environment and the source of its key.
    pub fn chosen(&self) -> Option<&Choosable> {
        self.environments.get(self.environment)
    }

    /// Whether the key of the chosen environment is being looked for.
    pub fn is_seeking(&self) -> bool {
        let chosen = self.target().map(|target| &target.environment.id);
        chosen.is_some() && self.seeking.as_ref().map(|seeking| &seeking.environment) == chosen
    }

    /// The focused row.
    pub fn focused(&self) -> Option<&Row> {
        self.rows.get(self.focus_index())
    }

    /// The focused row's index.
    pub fn focus_index(&self) -> usize {
        self.focus.get(self.tab.position()).copied().unwrap_or_default()
    }

    /// Whether something is not saved.
    pub fn is_unsaved(&self) -> bool {
        let text = self.unparsed().map(|raw| raw.version);
        self.document.is_changed() || self.draft.is_changed || text != self.draft.unparsed
    }

    /// The value a row shows.
    pub fn value_of(&self, row: &Row) -> Option<&Value> {
        self.document.value().get(&row.at)
    }

    /// How a row's value is entered, if by typing or toggling.
    pub fn entry_of(&self, row: &Row) -> Option<Entry> {
        match row.role {
            Role::Field => row.field().map(|field| entry::entry_for(field, self.value_of(row))),
            Role::Other => Some(Entry::Raw),
            Role::Integration => Some(Entry::Text),
            Role::Kind
            | Role::Item(_)
            | Role::Add(_)
            | Role::Heading(_)
            | Role::Button(_)
            | Role::Problem(_) => None,
        }
    }

    /// Whether a row's problems are marked beside it: not on a field nobody has filled or left yet.
    pub fn is_marked(&self, row: &Row, is_focused: bool) -> bool {
        let is_item = matches!(row.role, Role::Item(_));
        let is_filled = self.value_of(row).is_some() && (!is_focused || is_item);
        self.tried || is_filled || (self.visited.contains(&row.at) && !self.is_calm())
    }

    /// The problems of the focused row, by index.
    pub fn problems_here(&self) -> Vec<usize> {
        let Some(row) = self.focused() else { return Vec::new() };
        let is_of_row = matches!(row.role, Role::Field | Role::Other | Role::Item(_));
        if is_of_row && self.marks_at(&row.at) == Counts::default() {
            return Vec::new();
        }
        let covers = |at: &Pointer| match row.role {
            Role::Add(_) => row.adds_to(at),
            Role::Field | Role::Other => at.is_within(&row.at),
            Role::Item(_) => *at == row.at || (at.is_within(&row.at) && !self.open.contains(&row.at)),
            Role::Kind => ["ci", "cd"].map(|name| Pointer::root().key(name)).contains(at),
            Role::Problem(_) | Role::Heading(_) | Role::Button(_) | Role::Integration => false,
        };
        let at_row = self.problems.iter().enumerate().filter(|(_, problem)| covers(&problem.at));
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

    /// When to be woken: while a request is under way, to show the time it takes; when a hint of the tour is due; to
    /// write down unsaved work; to read a long text, or to lay it out.
    pub fn deadline(&self) -> Option<Timestamp> {
        let ticking = self.in_flight.as_ref().map(|flight| flight.next_second(self.now));
        let hint = self.tour.as_ref().and_then(Tour::deadline);
        let text = [self.reading_time(), self.laying_time()];
        [ticking, hint, self.recovery.deadline()].into_iter().chain(text).flatten().min()
    }
}
