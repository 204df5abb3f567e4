//! Scripts: keys in; the model and the screen out. A fake environment answers effects.

mod choice;
mod draft_list;
mod file;
mod mapping;
mod sample;
mod screen;
mod server;
mod work;

pub(crate) use sample::{GOOD, draft, reply};
pub(crate) use work::Work;

pub(crate) use super::corpus::{corpus, corpus_documents};
use std::collections::{BTreeMap, BTreeSet};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Rect;
use sei_compose::app::geometry::Size;
use sei_compose::app::overlay::{Content, Overlay};
use sei_compose::app::row::Tab;
use sei_compose::app::{
    self, CopyOutcome, DiskEffect, DiskReply, DraftEffect, Effect, EnvironmentChoice, KeyEffect, Model, Msg,
    NetworkEffect, NetworkMsg, Pasted, RecoveryEffect, SandboxEffect, SandboxMsg, Start, TerminalEffect,
    TerminalReply,
};
use sei_compose::book::Book;
use sei_compose::document::{Pointer, read, write_compact};
use sei_compose::draft::Draft;
use sei_compose::journal;
use sei_compose::keymap::press::{Key, read_all};
use sei_compose::keymap::{Keymap, Press};
use sei_compose::sandbox::SandboxLog;
use sei_compose::time::Timestamp;
use sei_compose::ui::{self, DrawContext, Theme};
use sei_compose::wire::{Environment, Failure, FailureKind, built_in};

use sample::sandbox;

/// 2024-05-01 12:00:00 UTC.
pub(crate) const NOON: Timestamp = Timestamp::from_millis(1_714_564_800_000);

/// The GUID that the sandbox and the random source always return.
pub(crate) const GUID: &str = "0f0e0d0c-0b0a-4908-8706-050403020100";

const THEME: Theme = Theme { color: true, ascii: false };
/// Milliseconds between two keys without a pause.
const KEYSTROKE: i64 = 100;

/// The program with a scripted user, without a terminal.
#[derive(Debug)]
pub(crate) struct Script {
    pub(crate) model: Model,
    pub(crate) ledger: SandboxLog,
    pub(crate) drafts: BTreeMap<String, Draft>,
    pub(crate) trash: BTreeMap<String, Draft>,
    pub(crate) book: Book,
    pub(crate) journal: Vec<journal::JournalEntry>,
    pub(crate) clipboard: String,
    pub(crate) work: Work,
    pub(crate) files: BTreeSet<String>,
    now: Timestamp,
    pub(crate) keymap: Keymap,
    effects: Vec<Effect>,
    secret: Option<String>,
    terminal: Option<Terminal<TestBackend>>,
}

impl Script {
    /// A blank document with the sandbox and its key chosen, on a wide terminal.
    pub(crate) fn new() -> Self {
        let choice = |environment: &Environment| match environment.id.as_str() {
            "sandbox" => EnvironmentChoice::with_key(sandbox(), "the sandbox"),
            _ => EnvironmentChoice::without_key(environment.clone()),
        };
        let position = built_in().iter().position(|environment| environment.id == "sandbox").unwrap();
        let start = Start {
            environments: built_in().iter().map(choice).collect(),
            environment: position,
            size: Size { columns: 120, rows: 36 },
            now: NOON,
            read_only: false,
            demo: false,
            silenced: Vec::new(),
        };
        Self {
            model: Model::new(start),
            ledger: SandboxLog::default(),
            drafts: BTreeMap::new(),
            trash: BTreeMap::new(),
            book: Book::default(),
            journal: Vec::new(),
            clipboard: String::new(),
            work: Work::default(),
            files: BTreeSet::new(),
            now: NOON,
            keymap: Keymap::built_in().unwrap(),
            effects: Vec::new(),
            secret: None,
            terminal: None,
        }
    }

    /// A document in the form that was not saved as a draft.
    pub(crate) fn on(json: &str) -> Self {
        let mut script = Self::new();
        app::open_document(&mut script.model, read(json).unwrap());
        script
    }

    /// Panics from now on when this text is in the model's `Debug` or on the screen.
    pub(crate) fn guard(&mut self, secret: &str) -> &mut Self {
        self.secret = Some(secret.to_owned());
        self
    }

    /// Presses keys in the notation of the keymap, and types the text in single quotes.
    pub(crate) fn keys(&mut self, line: &str) -> &mut Self {
        for press in read_all(line).unwrap() {
            self.press(press);
        }
        self
    }

    /// Presses one key in the current scene.
    pub(crate) fn press(&mut self, press: Press) -> &mut Self {
        match self.keymap.message(self.model.scene(), press) {
            Some(msg) => self.receive(msg),
            None => self,
        }
    }

    /// Types characters, one key each.
    pub(crate) fn types(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            self.press(Press::plain(Key::Char(character)));
        }
        self
    }

    /// Types characters that all arrive before the next drawing.
    pub(crate) fn burst(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            self.wait(KEYSTROKE);
            let effects = app::update(&mut self.model, self.now, Msg::Type(character));
            self.effects.extend(effects);
        }
        self.model.settle();
        self
    }

    /// Pastes text as a terminal with bracketed paste reports it.
    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        self.receive(Msg::Paste(Pasted(text.to_owned())))
    }

    /// Lets time pass.
    pub(crate) fn wait(&mut self, millis: i64) -> &mut Self {
        self.now = Timestamp::from_millis(self.now.millis() + millis);
        self
    }

    /// Applies a message and checks the screen.
    pub(crate) fn receive(&mut self, msg: Msg) -> &mut Self {
        self.wait(KEYSTROKE);
        let effects = app::update(&mut self.model, self.now, msg);
        for effect in effects {
            // A lookup in the journal ends before the next key.
            match self.looked_up(&effect) {
                Some(found) => self.effects.extend(app::update(&mut self.model, self.now, found)),
                None => self.effects.push(effect),
            }
        }
        self.model.settle();
        if let Some(secret) = &self.secret {
            assert!(!format!("{:?}", self.model).contains(secret), "the model shows the key");
            assert!(!self.screen().contains(secret), "the screen shows the key");
        }
        self
    }

    /// Goes to the row of a place with keys: its tab, the first row, then down.
    pub(crate) fn go(&mut self, at: &str) -> &mut Self {
        let place: Pointer = at.parse().unwrap();
        let tab = Tab::of(&place).position() + 1;
        self.keys(&format!("alt-{tab} ctrl-home"));
        for _ in 0..self.model.form.rows.len() {
            if self.focus() == at {
                break;
            }
            self.keys("down");
        }
        assert_eq!(self.focus(), at, "no row for it among {:?}", self.model.form.rows);
        self
    }

    /// The place of the focused row.
    pub(crate) fn focus(&self) -> String {
        self.model.focused().map_or_else(String::new, |row| row.at.to_string())
    }

    /// The document as compact JSON.
    pub(crate) fn json(&self) -> String {
        write_compact(self.model.document.value())
    }

    /// One value of the document as compact JSON; empty when it is absent.
    pub(crate) fn value(&self, at: &str) -> String {
        let at: Pointer = at.parse().unwrap();
        self.model.document.value().get(&at).map(write_compact).unwrap_or_default()
    }

    /// The codes of the problems at a place.
    pub(crate) fn codes(&self, at: &str) -> Vec<&'static str> {
        let at: Pointer = at.parse().unwrap();
        self.model
            .checks
            .problems
            .iter()
            .filter(|problem| problem.at == at)
            .map(|problem| problem.code)
            .collect()
    }

    /// The text of the current notice.
    pub(crate) fn notice(&self) -> &str {
        self.model.notice.as_ref().map_or("", |notice| &*notice.text)
    }

    /// The names of the dialogs above the form, the topmost last.
    pub(crate) fn overlays(&self) -> Vec<&str> {
        self.model.overlays.iter().map(name).collect()
    }

    /// The effects since the last call.
    pub(crate) fn effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Whether the program was asked to end since the last call.
    pub(crate) fn has_quit(&mut self) -> bool {
        self.effects().contains(&Effect::Terminal(TerminalEffect::Quit))
    }

    /// Answers effects until none is left; returns whether the program quit.
    pub(crate) fn settles(&mut self) -> bool {
        let mut has_quit = false;
        while !self.effects.is_empty() {
            for effect in self.effects() {
                has_quit |= effect == Effect::Terminal(TerminalEffect::Quit);
                if let Some(msg) = self.answered(effect) {
                    self.receive(msg);
                }
            }
        }
        has_quit
    }

    fn looked_up(&self, effect: &Effect) -> Option<Msg> {
        let Effect::Disk(DiskEffect::FindAccepted { environment, job }) = effect else { return None };
        let journal = journal::Journal { entries: self.journal.clone(), unreadable: 0 };
        let found = journal.last_accepted(environment, job).cloned().map(Box::new);
        Some(Msg::Disk(DiskReply::AcceptedFound { environment: environment.id.clone(), result: Ok(found) }))
    }

    fn answered(&mut self, effect: Effect) -> Option<Msg> {
        Some(match effect {
            Effect::Network(
                NetworkEffect::Post { ticket, request, .. } | NetworkEffect::Read { ticket, request, .. },
            ) => Msg::Network(NetworkMsg::Replied { ticket, result: Ok(self.post(&request)) }),
            Effect::Network(NetworkEffect::Cancel { ticket }) => Msg::Network(NetworkMsg::Replied {
                ticket,
                result: Err(Failure { kind: FailureKind::Cancelled, sent: true, detail: String::new() }),
            }),
            Effect::Disk(DiskEffect::RecallRuns) => Msg::Disk(DiskReply::Recalled(Ok(Vec::new()))),
            Effect::Disk(DiskEffect::ListJournal) => Msg::Disk(DiskReply::Journal(Ok(self.journal.clone()))),
            Effect::Sandbox(SandboxEffect::ReadReceived) => {
                Msg::Sandbox(SandboxMsg::Received(Ok(Box::new(self.ledger.overview()))))
            }
            Effect::Sandbox(SandboxEffect::ReadReceivedLater) => {
                Msg::Sandbox(SandboxMsg::Renewed(Box::new(self.ledger.overview())))
            }
            Effect::Sandbox(SandboxEffect::PlanFaults(faults)) => {
                self.ledger.plan(faults);
                return None;
            }
            on_drafts @ Effect::Draft(
                DraftEffect::ListDrafts { .. }
                | DraftEffect::PeekDraft { .. }
                | DraftEffect::OpenDraft { .. }
                | DraftEffect::ReadBuild { .. }
                | DraftEffect::SaveDraft { .. }
                | DraftEffect::ReloadDraft { .. }
                | DraftEffect::RenameDraft { .. }
                | DraftEffect::DuplicateDraft { .. }
                | DraftEffect::DeleteDraft { .. }
                | DraftEffect::RestoreDraft { .. },
            ) => return self.answered_from_drafts(on_drafts),
            on_work @ (Effect::Recovery(
                RecoveryEffect::KeepWork { .. }
                | RecoveryEffect::ForgetWork
                | RecoveryEffect::FindLeftovers { .. }
                | RecoveryEffect::TakeLeftover { .. }
                | RecoveryEffect::DropLeftover { .. },
            )
            | Effect::Draft(DraftEffect::HoldDraft { .. })) => return self.work.answered(on_work),
            Effect::Mapping(effect) => Msg::Mapping(self.answered_mapping(effect)?),
            Effect::NewGuid => Msg::Guid(GUID.to_owned()),
            Effect::Disk(DiskEffect::LoadBook) => Msg::Disk(DiskReply::Book(Ok(self.book.clone()))),
            Effect::Disk(DiskEffect::KeepInstance { entry, .. }) => {
                self.book.put(*entry);
                Msg::Disk(DiskReply::Book(Ok(self.book.clone())))
            }
            Effect::Disk(DiskEffect::Silence { code }) => Msg::Disk(DiskReply::Silenced(Ok(code))),
            Effect::Sandbox(SandboxEffect::StartSandbox) => {
                Msg::Sandbox(SandboxMsg::Sandbox(Ok(Box::new(sandbox()))))
            }
            Effect::Terminal(TerminalEffect::Copy { what, text }) => {
                self.clipboard = text;
                Msg::Terminal(TerminalReply::Copied { what, outcome: CopyOutcome::Whole })
            }
            Effect::SaveExport { target, path, replace, .. } => self.keep_export(target, path, replace),
            Effect::Terminal(
                TerminalEffect::Quit
                | TerminalEffect::EnterDemo
                | TerminalEffect::Suspend
                | TerminalEffect::Mouse(_),
            )
            | Effect::Disk(
                DiskEffect::ReadFiles { .. } | DiskEffect::KeepTour { .. } | DiskEffect::FindAccepted { .. },
            )
            | Effect::Key(
                KeyEffect::KeepKey { .. } | KeyEffect::StoreKey { .. } | KeyEffect::FindKey { .. },
            ) => return None,
        })
    }

    /// The ticket of the request under way.
    pub(crate) fn ticket(&self) -> u64 {
        self.model.sending.in_flight.as_ref().unwrap().ticket
    }

    /// Changes the terminal's size.
    pub(crate) fn sized(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.receive(Msg::Resize(Size { columns, rows }))
    }

    /// Draws the screen without looking at it.
    pub(crate) fn draw(&mut self) {
        let Size { columns, rows } = self.model.size;
        let area = Rect::new(0, 0, columns, rows);
        let kept = self.terminal.take();
        let kept = kept.filter(|terminal| *terminal.backend().buffer().area() == area);
        let mut terminal = kept.unwrap_or_else(|| Terminal::new(TestBackend::new(columns, rows)).unwrap());
        ui::view(&self.model, self.context(), &mut terminal.get_frame());
        self.terminal = Some(terminal);
    }

    const fn context(&self) -> DrawContext<'_> {
        DrawContext::new(&THEME, &self.keymap)
    }
}

/// A short name of a dialog.
fn name(overlay: &Overlay) -> &str {
    match overlay {
        Overlay::Page(page) => match page.content {
            Content::Help | Content::MapperHelp => "help",
            Content::Text { .. } => "sent",
            Content::Exported { .. } => "exported",
            Content::Compare(_) => "compare",
            Content::ReceivedRuns(_) => "arrivals",
            Content::Reply(_) => "reply",
        },
        Overlay::Pick(_, list) => list.title(),
        Overlay::Prompt(prompt) => prompt.purpose.title(),
        Overlay::Key { .. } => "key",
        Overlay::Find(_) => "find",
        Overlay::Ask(question) => question.title.as_str(),
        Overlay::Review { .. } => "review",
        Overlay::Waiting => "waiting",
        Overlay::Import(incoming) => &incoming.noun,
        Overlay::Mapper(_) => "mapper",
    }
}
