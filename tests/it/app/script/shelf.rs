//! The drafts of the small world, on a shelf and in the trash.

use sei_compose::app::shelf::{Digest, Shelf};
use sei_compose::app::{Effect, Msg, RestoreOutcome, SaveOutcome};
use sei_compose::check::Context;
use sei_compose::draft::Draft;

use super::Script;
use super::sample::kept;

impl Script {
    /// Answers an effect on drafts.
    pub(super) fn answered_by_shelf(&mut self, effect: Effect) -> Option<Msg> {
        let missing = |name: &str| format!("There is no draft “{name}”.");
        #[expect(clippy::wildcard_enum_match_arm, reason = "only effects on drafts come here")]
        Some(match effect {
            Effect::ListDrafts { shelf } => {
                let list = if shelf == Shelf::Trash { &self.trash } else { &self.shelf };
                Msg::Drafts { shelf, list: Ok(list.values().map(kept).collect()) }
            }
            Effect::PeekDraft { path, silenced } => {
                let name = path.to_str().unwrap();
                let draft = self.shelf.get(name).or_else(|| self.trash.get(name)).unwrap();
                let digest = Digest::of(draft, &Context::default(), &silenced);
                Msg::Peeked { path, digest: Ok(Box::new(digest)) }
            }
            Effect::DuplicateDraft { from, to } => {
                let copy = Draft { name: to.clone(), ..self.shelf.get(&from)?.clone() };
                self.shelf.insert(to.clone(), copy);
                Msg::Duplicated(Ok(to))
            }
            Effect::RestoreDraft { name, to } => {
                let wanted = to.unwrap_or_else(|| name.clone());
                let outcome = if self.shelf.contains_key(&wanted) {
                    RestoreOutcome::Taken
                } else {
                    let draft = self.trash.remove(&name).unwrap();
                    self.shelf.insert(wanted.clone(), Draft { name: wanted.clone(), ..draft });
                    RestoreOutcome::Restored(wanted)
                };
                Msg::Restored { name, outcome }
            }
            Effect::ReadBuild { name } => {
                Msg::Built(self.shelf.get(&name).cloned().map(Box::new).ok_or_else(|| missing(&name)))
            }
            Effect::OpenDraft { name } => {
                Msg::Opened(self.shelf.get(&name).cloned().map(Box::new).ok_or_else(|| missing(&name)))
            }
            Effect::SaveDraft { draft, revision, replace } => {
                let is_taken = self.shelf.contains_key(&draft.name) && !replace;
                let outcome = if is_taken { SaveOutcome::Exists } else { SaveOutcome::Saved(self.now) };
                if !is_taken {
                    self.shelf.insert(draft.name.clone(), *draft);
                }
                Msg::Saved { revision, outcome }
            }
            Effect::RenameDraft { from, to } => Msg::Renamed(match self.shelf.remove(&from) {
                Some(draft) => {
                    self.shelf.insert(to.clone(), Draft { name: to.clone(), ..draft });
                    Ok(to)
                }
                None => Err(missing(&from)),
            }),
            Effect::DeleteDraft { name } => {
                let draft = self.shelf.remove(&name);
                let deleted = draft.map(|draft| self.trash.insert(name.clone(), draft));
                Msg::Deleted(deleted.map(|_| name.clone()).ok_or_else(|| missing(&name)))
            }
            _ => return None,
        })
    }
}
