//! The unsaved work and the draft locks of the fake environment.

use sei_compose::app::{Access, DraftEffect, Effect, Msg, RecoveryEffect, RecoveryReply};
use sei_compose::draft::{Draft, Leftover, Leftovers};
use sei_compose::import::mapping::Definition;

use super::Script;

/// The unsaved work on disk, leftovers of previous sessions, and the name of the locked draft.
#[derive(Debug, Default)]
pub(crate) struct Work {
    pub(crate) kept: Option<Draft>,
    /// The mapping on disk that is not saved under a name.
    pub(crate) mapping: Option<Box<Definition>>,
    pub(crate) leftovers: Vec<Leftover>,
    pub(crate) locked: Option<String>,
    /// The error of every write.
    pub(crate) fault: Option<String>,
}

impl Script {
    /// Starts the program, which finds leftovers from two minutes ago.
    pub(crate) fn offer(&mut self) -> &mut Self {
        self.wait(120_000);
        self.effects.push(Effect::Recovery(RecoveryEffect::FindLeftovers { is_asked: false }));
        self.settles();
        self
    }
}

impl Work {
    pub(super) fn answered(&mut self, effect: Effect) -> Option<Msg> {
        #[expect(clippy::wildcard_enum_match_arm, reason = "only effects on unsaved work come here")]
        Some(match effect {
            Effect::Recovery(RecoveryEffect::KeepWork { draft }) => {
                let result = self.fault.clone().map_or(Ok(()), Err);
                if result.is_ok() {
                    self.kept = Some(*draft);
                }
                Msg::Recovery(RecoveryReply::WorkKept(result))
            }
            Effect::Recovery(RecoveryEffect::ForgetWork) => {
                self.kept = None;
                return None;
            }
            Effect::Recovery(RecoveryEffect::FindLeftovers { is_asked }) => {
                let found = self.leftovers.clone();
                let result = Ok(Leftovers { found, ..Leftovers::default() });
                Msg::Recovery(RecoveryReply::Leftovers { result, is_asked })
            }
            Effect::Recovery(RecoveryEffect::TakeLeftover { leftover }) => {
                self.leftovers.retain(|left| left.id != leftover.id);
                self.kept = Some(leftover.draft.clone());
                Msg::Recovery(RecoveryReply::LeftoverTaken(Ok((leftover, Access::Own))))
            }
            Effect::Recovery(RecoveryEffect::DropLeftover { id }) => {
                self.leftovers.retain(|left| left.id != id);
                Msg::Recovery(RecoveryReply::LeftoverDropped(Ok(())))
            }
            Effect::Draft(DraftEffect::HoldDraft { name }) => {
                self.locked = name;
                return None;
            }
            _ => return None,
        })
    }
}
