//! The drafts of the fake environment, saved and in the trash.

use sei_compose::app::draft_list::{Digest, DraftListKind};
use sei_compose::app::{DraftEffect, DraftReply, Effect, Msg, RestoreOutcome, SaveOutcome};
use sei_compose::check::Context;
use sei_compose::draft::{Draft, Fingerprint};

use super::Script;
use super::sample::{content, listed_draft};

impl Script {
    /// Answers an effect on drafts.
    pub(super) fn answered_from_drafts(&mut self, effect: Effect) -> Option<Msg> {
        #[expect(clippy::wildcard_enum_match_arm, reason = "only effects on drafts come here")]
        Some(match effect {
            Effect::Draft(DraftEffect::ListDrafts { kind }) => {
                let list = if kind == DraftListKind::Trash { &self.trash } else { &self.drafts };
                Msg::Draft(DraftReply::Drafts { kind, list: Ok(list.values().map(listed_draft).collect()) })
            }
            Effect::Draft(DraftEffect::PeekDraft { path, silenced }) => {
                let name = path.to_str().unwrap();
                let draft = self.drafts.get(name).or_else(|| self.trash.get(name)).unwrap();
                let digest = Digest::of(draft, &Context::default(), &silenced);
                Msg::Draft(DraftReply::Peeked { path, digest: Ok(Box::new(digest)) })
            }
            Effect::Draft(DraftEffect::DuplicateDraft { ref from, ref to, base }) => {
                if let Some(changed) = self.changed(&effect, from, base) {
                    return Some(changed);
                }
                if self.drafts.contains_key(to) {
                    return Some(Msg::Draft(DraftReply::Duplicated(Err(taken(to)))));
                }
                let copy = Draft { name: to.clone(), ..self.drafts.get(from)?.clone() };
                self.drafts.insert(to.clone(), copy);
                Msg::Draft(DraftReply::Duplicated(Ok(to.clone())))
            }
            Effect::Draft(DraftEffect::RestoreDraft { name, to, base }) => {
                let outcome = self.restored(&name, to, base);
                Msg::Draft(DraftReply::Restored { name, outcome })
            }
            Effect::Draft(DraftEffect::ReadBuild { name }) => {
                Msg::Draft(DraftReply::Built(self.loaded(&name)))
            }
            Effect::Draft(DraftEffect::OpenDraft { name }) => {
                Msg::Draft(DraftReply::Opened(self.loaded(&name)))
            }
            Effect::Draft(DraftEffect::SaveDraft { draft, revision, keeps_replaced }) => {
                if let Some(old) = self.drafts.get(&draft.name).filter(|_| keeps_replaced) {
                    self.trash.insert(draft.name.clone(), old.clone());
                }
                Msg::Draft(DraftReply::Saved { revision, outcome: self.saved(*draft) })
            }
            Effect::Draft(DraftEffect::ReloadDraft { name, unsaved }) => {
                if let Some(work) = unsaved {
                    self.trash.insert(work.name.clone(), *work);
                }
                Msg::Draft(DraftReply::Reloaded(self.loaded(&name)))
            }
            Effect::Draft(DraftEffect::RenameDraft { ref from, ref to, base }) => {
                if let Some(changed) = self.changed(&effect, from, base) {
                    return Some(changed);
                }
                if self.drafts.contains_key(to) {
                    return Some(Msg::Draft(DraftReply::Renamed(Err(taken(to)))));
                }
                let draft = self.drafts.remove(from).map(|draft| Draft { name: to.clone(), ..draft });
                let renamed = draft.map(|draft| {
                    let base = content(&draft);
                    self.drafts.insert(to.clone(), draft);
                    (to.clone(), Some(base))
                });
                Msg::Draft(DraftReply::Renamed(renamed.ok_or_else(|| missing(from))))
            }
            Effect::Draft(DraftEffect::DeleteDraft { ref name, base }) => {
                if let Some(changed) = self.changed(&effect, name, base) {
                    return Some(changed);
                }
                let draft = self.drafts.remove(name);
                let deleted = draft.map(|draft| self.trash.insert(name.clone(), draft));
                Msg::Draft(DraftReply::Deleted(deleted.map(|_| name.clone()).ok_or_else(|| missing(name))))
            }
            _ => return None,
        })
    }

    /// Restores a draft from the trash.
    fn restored(&mut self, name: &str, to: Option<String>, base: Option<Fingerprint>) -> RestoreOutcome {
        let is_named = to.is_some();
        let wanted = to.unwrap_or_else(|| name.to_owned());
        if self.drafts.contains_key(&wanted) {
            if is_named { RestoreOutcome::Failed(taken(&wanted)) } else { RestoreOutcome::Taken(base) }
        } else {
            let draft = self.trash.remove(name).unwrap();
            self.drafts.insert(wanted.clone(), Draft { name: wanted.clone(), ..draft });
            RestoreOutcome::Restored(wanted)
        }
    }

    /// A draft as it is read from disk.
    fn loaded(&self, name: &str) -> Result<Box<Draft>, String> {
        let draft = self.drafts.get(name).ok_or_else(|| missing(name))?;
        Ok(Box::new(Draft { base: Some(content(draft)), ..draft.clone() }))
    }

    /// The answer where the content of a draft differs from the expected one.
    fn changed(&self, effect: &Effect, name: &str, base: Option<Fingerprint>) -> Option<Msg> {
        let there = self.drafts.get(name).map(content);
        let is_other = base.is_some() && there.is_some() && base != there;
        let answer = || {
            Msg::Draft(DraftReply::ChangedOnDisk {
                refused: Box::new(effect.clone()),
                found: self.loaded(name),
            })
        };
        is_other.then(answer)
    }

    fn saved(&mut self, draft: Draft) -> SaveOutcome {
        let there = self.drafts.get(&draft.name).map(content);
        match (there, draft.base) {
            (Some(_), None) => return SaveOutcome::Exists(there),
            (None, Some(_)) => return SaveOutcome::Gone(format!("“{}” was deleted.", draft.name)),
            (Some(there), Some(base)) if there != base => {
                return SaveOutcome::Changed(self.loaded(&draft.name).unwrap());
            }
            (None, None) | (Some(_), Some(_)) => {}
        }
        let base = Some(content(&draft));
        self.drafts.insert(draft.name.clone(), draft);
        SaveOutcome::Saved { at: self.now, base }
    }
}

fn missing(name: &str) -> String {
    format!("The draft “{name}” does not exist.")
}

fn taken(name: &str) -> String {
    format!("A draft called “{name}” already exists. Choose another name.")
}
