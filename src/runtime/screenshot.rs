//! Draws a screen without a terminal: opens the app, presses keys, and draws the result.
//!
//! Effects run at once if they change nothing: files are read, and requests go to a sandbox without
//! a socket. All other effects are refused with a notice on the screen.

use std::sync::Arc;

use crate::app::geometry::Size;
use crate::app::model::{Notice, Tone};
use crate::app::{
    self, DiskEffect, DiskReply, DraftEffect, DraftReply, Effect, KeyEffect, MappingEffect, Model, Msg,
    NetworkEffect, NetworkMsg, RecoveryEffect, SandboxEffect, SandboxMsg, Start, TerminalEffect,
};
use crate::journal::{AttemptEnd, Journal, JournalEntry};
use crate::keymap::Keymap;
use crate::keymap::press::Press;
use crate::sandbox::{self, Asked, Manner, SandboxLog, SandboxSettings};
use crate::time::Duration;
use crate::ui::DrawContext;
use crate::ui::picture::{PictureFormat, picture};
use crate::wire::{Environment, Failure, FailureKind, Reply, Request};
use crate::world::{World, store};

use super::{Opening, Options, SessionKeys, SessionLock, disk, greet, mapping};

/// The address that the screen shows for the sandbox.
pub const SAMPLE_KEY: &str = "http://127.0.0.1:8999";

/// The options of a screenshot.
#[derive(Debug, Clone, PartialEq)]
pub struct Shot {
    /// The file format of the picture.
    pub form: PictureFormat,
    /// The size of the screen in cells.
    pub size: Size,
    /// The keys to press before the screen is drawn.
    pub keys: Vec<Press>,
}

/// Opens the app, presses the keys, and draws the screen.
///
/// # Errors
/// If `keys.toml` cannot be used.
pub fn screenshot(options: Options, shot: &Shot, world: &Arc<dyn World>) -> anyhow::Result<String> {
    let keymap = super::keymap(&**world)?;
    let mut keyring = SessionKeys::default();
    let environments = keyring.find(&options, &**world);
    let mut model = Model::new(Start {
        environments,
        environment: options.environment,
        size: shot.size,
        now: world.now(),
        read_only: options.read_only,
        demo: options.demo,
        silenced: options.silenced,
    });
    model.keys.known = keyring.all();
    model.mappings = crate::world::mapping::load(&**world);
    model.payload.profiles = options.profiles;
    model.settings.mouse = options.mouse;
    let mut first: Vec<Effect> = Vec::new();
    match options.opening {
        Opening::Blank => {}
        // Nothing is saved, so the draft needs no lock.
        Opening::Draft(draft) => app::open_draft(&mut model, *draft),
        Opening::Document(value) => app::open_document(&mut model, *value),
        Opening::Unknown(source) => first.push(app::map_unknown(&model, source, false)),
    }
    greet(&mut model, options.tour);
    first.extend(app::wanted_sandbox(&model));
    if !model.settings.demo {
        first.extend([Effect::Disk(DiskEffect::LoadBook), Effect::Disk(DiskEffect::RecallRuns)]);
    }
    let (log, sent) = (SandboxLog::default(), Journal::default());
    let mut still = Still { model, keymap: &keymap, world: &**world, log, sent };
    still.carry_out(first);
    for press in &shot.keys {
        still.press(*press);
    }
    Ok(picture(&still.model, DrawContext::new(&options.theme, &keymap), shot.form))
}

/// The app without threads.
struct Still<'a> {
    model: Model,
    keymap: &'a Keymap,
    world: &'a dyn World,
    log: SandboxLog,
    /// The requests that were sent, which the journal on disk does not have.
    sent: Journal,
}

impl Still<'_> {
    fn press(&mut self, press: Press) {
        let Some(msg) = self.keymap.message(self.model.scene(), press) else { return };
        let effects = self.update(msg);
        self.carry_out(effects);
    }

    fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let effects = app::update(&mut self.model, self.world.now(), msg);
        self.model.settle();
        effects
    }

    /// Runs effects, and the effects that follow from their replies.
    fn carry_out(&mut self, effects: Vec<Effect>) {
        let mut left = std::collections::VecDeque::from(effects);
        while let Some(effect) = left.pop_front() {
            for msg in self.answers(effect) {
                left.extend(self.update(msg));
            }
        }
    }

    fn answers(&mut self, effect: Effect) -> Vec<Msg> {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "an effect that is not known to be harmless is refused"
        )]
        match effect {
            Effect::Terminal(
                TerminalEffect::Quit
                | TerminalEffect::EnterDemo
                | TerminalEffect::Mouse(_)
                | TerminalEffect::Suspend,
            )
            | Effect::Network(NetworkEffect::Cancel { .. })
            | Effect::Key(KeyEffect::KeepKey { .. })
            | Effect::Recovery(RecoveryEffect::KeepWork { .. } | RecoveryEffect::ForgetWork)
            | Effect::Mapping(MappingEffect::Keep { .. })
            | Effect::Draft(DraftEffect::HoldDraft { .. })
            | Effect::Disk(DiskEffect::KeepTour { .. }) => Vec::new(),
            Effect::Network(NetworkEffect::Post { ticket, environment, request, .. }) => {
                let result = self.post(&request);
                self.record(&environment, &request, &result);
                vec![Msg::Network(NetworkMsg::Replied { ticket, result })]
            }
            Effect::Network(NetworkEffect::Read { ticket, request, .. }) => {
                vec![Msg::Network(NetworkMsg::Replied { ticket, result: self.post(&request) })]
            }
            Effect::Sandbox(SandboxEffect::StartSandbox) => {
                let environment = Environment::sandbox(SAMPLE_KEY).map(Box::new);
                vec![Msg::Sandbox(SandboxMsg::Sandbox(environment.map_err(|fault| fault.to_string())))]
            }
            Effect::Sandbox(SandboxEffect::ReadReceived) => {
                vec![Msg::Sandbox(SandboxMsg::Received(Ok(Box::new(self.log.overview()))))]
            }
            Effect::Sandbox(SandboxEffect::PlanFaults(faults)) => {
                self.log.plan(faults);
                Vec::new()
            }
            Effect::NewGuid => vec![Msg::Guid(self.world.new_uuid().to_string())],
            reading @ (Effect::Disk(
                DiskEffect::LoadBook
                | DiskEffect::RecallRuns
                | DiskEffect::ListJournal
                | DiskEffect::FindAccepted { .. },
            )
            | Effect::Draft(
                DraftEffect::ReadBuild { .. }
                | DraftEffect::ListDrafts { .. }
                | DraftEffect::PeekDraft { .. },
            )) => self.read(reading),
            Effect::Draft(DraftEffect::OpenDraft { name }) => {
                let draft = store::load_draft(self.world, &name).map(Box::new);
                vec![Msg::Draft(DraftReply::Opened(draft.map_err(|error| error.to_string())))]
            }
            Effect::Mapping(effect @ (MappingEffect::Read { .. } | MappingEffect::Evaluate { .. })) => {
                mapping::reply(effect).map(Msg::Mapping).into_iter().collect()
            }
            _ => {
                let text = "A screenshot changes nothing: this action did not run.".to_owned();
                self.model.notice = Some(Notice { text: text.into(), tone: Tone::Fault });
                Vec::new()
            }
        }
    }

    /// Reads files; the journal includes the requests of this screenshot.
    fn read(&self, effect: Effect) -> Vec<Msg> {
        if let Effect::Disk(DiskEffect::FindAccepted { environment, job }) = &effect
            && let Some(entry) = self.sent.last_accepted(environment, job)
        {
            let (environment, result) = (environment.id.clone(), Ok(Some(Box::new(entry.clone()))));
            return vec![Msg::Disk(DiskReply::AcceptedFound { environment, result })];
        }
        let mut replies = disk::carry_out(self.world, &SessionLock::default(), effect);
        for reply in &mut replies {
            if let Msg::Disk(DiskReply::Journal(Ok(entries))) = reply {
                entries.extend(self.sent.entries.iter().cloned());
            }
        }
        replies
    }

    /// Keeps a request and its result as the journal would.
    fn record(&mut self, environment: &str, request: &Request, result: &Result<Reply, Failure>) {
        let (id, now) = (self.world.new_uuid().to_string(), self.world.now());
        let mut entry = JournalEntry::start(id, now, environment, request);
        entry.ending = Some(AttemptEnd::of(now, result, 1));
        self.sent.entries.push(entry);
    }

    /// Sends a request to the sandbox; refuses all other addresses.
    fn post(&mut self, request: &Request) -> Result<Reply, Failure> {
        let failure = |kind, sent, detail: &str| Failure { kind, sent, detail: detail.to_owned() };
        let Some(path) = request.url.strip_prefix(SAMPLE_KEY) else {
            return Err(failure(
                FailureKind::Other,
                false,
                "a screenshot sends requests to its own sandbox only",
            ));
        };
        let before = self.log.received().len();
        let settings = SandboxSettings::default();
        let authorization = Some("ApiKey sandbox");
        let asked = Asked { method: request.method(), path, authorization, fault: None, body: &request.body };
        let answer = sandbox::answer(&mut self.log, &settings, &asked, || self.world.new_uuid());
        if matches!(answer.manner, Manner::Unsaid | Manner::Half) {
            return Err(failure(FailureKind::Reset, true, "the sandbox broke the connection"));
        }
        Ok(Reply {
            status: answer.status,
            content_type: Some(answer.content_type.to_owned()),
            retry_after: answer.retry_after.map(|seconds| seconds.to_string()),
            verdict: self.log.received().get(before).map(sandbox::ReceivedRun::sentence),
            truncated: false,
            body: answer.body,
            elapsed: Duration::from_millis(40),
        })
    }
}
