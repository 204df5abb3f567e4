//! One screen without a terminal: the app is opened, keys are pressed, and what it shows is drawn.
//!
//! What keys ask for is carried out at once, as far as that changes nothing: files are read, and requests go to a
//! stand-in for SEI that needs no socket. All else is refused with a sentence on the screen.

use std::sync::Arc;

use crate::app::geometry::Size;
use crate::app::model::{Notice, Tone};
use crate::app::{
    self, DiskEffect, DraftEffect, DraftReply, Effect, KeyEffect, Model, Msg, NetworkEffect, NetworkMsg,
    RecoveryEffect, SandboxEffect, SandboxMsg, Start, TerminalEffect,
};
use crate::keymap::Keymap;
use crate::keymap::press::Press;
use crate::sandbox::{self, Asked, Manner, SandboxLog, SandboxSettings};
use crate::time::Duration;
use crate::ui::DrawContext;
use crate::ui::picture::{PictureFormat, picture};
use crate::wire::{Environment, Failure, FailureKind, Reply, Request};
use crate::world::{World, store};

use super::{Opening, Options, SessionKeys, SessionLock, disk, greet};

/// Where the stand-in is said to be.
pub const SAMPLE_KEY: &str = "http://127.0.0.1:8999";

/// What is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Shot {
    /// How the screen is drawn.
    pub form: PictureFormat,
    /// How large it is.
    pub size: Size,
    /// The keys that are pressed before.
    pub keys: Vec<Press>,
}

/// Opens the app, presses the keys, and draws the screen.
///
/// # Errors
/// When `keys.toml` cannot be used.
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
    model.settings.mouse = options.mouse;
    match options.opening {
        Opening::Blank => {}
        // Nothing is saved, so nothing has to be locked.
        Opening::Draft(draft) => app::open_draft(&mut model, *draft),
        Opening::Document(value) => app::open_document(&mut model, *value),
    }
    greet(&mut model, options.tour);
    let mut first: Vec<Effect> = app::wanted_sandbox(&model).into_iter().collect();
    if !model.settings.demo {
        first.extend([Effect::Disk(DiskEffect::LoadBook), Effect::Disk(DiskEffect::RecallRuns)]);
    }
    let mut still = Still { model, keymap: &keymap, world: &**world, ledger: SandboxLog::default() };
    still.carry_out(first);
    for press in &shot.keys {
        still.press(*press);
    }
    Ok(picture(&still.model, DrawContext::new(&options.theme, &keymap), shot.form))
}

/// The app without its threads.
struct Still<'a> {
    model: Model,
    keymap: &'a Keymap,
    world: &'a dyn World,
    ledger: SandboxLog,
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

    /// Carries out effects and what follows from their answers.
    fn carry_out(&mut self, effects: Vec<Effect>) {
        let mut left = std::collections::VecDeque::from(effects);
        while let Some(effect) = left.pop_front() {
            for msg in self.answers(effect) {
                left.extend(self.update(msg));
            }
        }
    }

    fn answers(&mut self, effect: Effect) -> Vec<Msg> {
        #[expect(clippy::wildcard_enum_match_arm, reason = "whatever is not known to be harmless is refused")]
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
            | Effect::Draft(DraftEffect::HoldDraft { .. })
            | Effect::Disk(DiskEffect::KeepTour { .. }) => Vec::new(),
            Effect::Network(NetworkEffect::Post { ticket, request, .. }) => {
                vec![Msg::Network(NetworkMsg::Replied { ticket, result: self.post(&request) })]
            }
            Effect::Sandbox(SandboxEffect::StartSandbox) => {
                let environment = Environment::sandbox(SAMPLE_KEY).map(Box::new);
                vec![Msg::Sandbox(SandboxMsg::Sandbox(environment.map_err(|fault| fault.to_string())))]
            }
            Effect::Sandbox(SandboxEffect::ReadReceived) => {
                vec![Msg::Sandbox(SandboxMsg::Received(Ok(Box::new(self.ledger.overview()))))]
            }
            Effect::Sandbox(SandboxEffect::PlanFaults(faults)) => {
                self.ledger.plan(faults);
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
            )) => disk::carry_out(self.world, &SessionLock::default(), reading),
            Effect::Draft(DraftEffect::OpenDraft { name }) => {
                let draft = store::load_draft(self.world, &name).map(Box::new);
                vec![Msg::Draft(DraftReply::Opened(draft.map_err(|error| error.to_string())))]
            }
            _ => {
                let text = "A screenshot changes nothing outside of it.".to_owned();
                self.model.notice = Some(Notice { text: text.into(), tone: Tone::Fault });
                Vec::new()
            }
        }
    }

    /// Lets the stand-in answer; nothing goes anywhere else.
    fn post(&mut self, request: &Request) -> Result<Reply, Failure> {
        let failure = |kind, sent, detail: &str| Failure { kind, sent, detail: detail.to_owned() };
        let Some(path) = request.url.strip_prefix(SAMPLE_KEY) else {
            return Err(failure(
                FailureKind::Other,
                false,
                "a screenshot sends nothing, but to its own sandbox",
            ));
        };
        let before = self.ledger.received().len();
        let settings = SandboxSettings::default();
        let authorization = Some("ApiKey sandbox");
        let asked = Asked { method: "POST", path, authorization, fault: None, body: &request.body };
        let answer = sandbox::answer(&mut self.ledger, &settings, &asked, || self.world.new_uuid());
        if matches!(answer.manner, Manner::Unsaid | Manner::Half) {
            return Err(failure(FailureKind::Reset, true, "the sandbox broke the connection"));
        }
        Ok(Reply {
            status: answer.status,
            content_type: Some(answer.content_type.to_owned()),
            retry_after: answer.retry_after.map(|seconds| seconds.to_string()),
            verdict: self.ledger.received().get(before).map(sandbox::ReceivedRun::sentence),
            truncated: false,
            body: answer.body,
            elapsed: Duration::from_millis(40),
        })
    }
}
