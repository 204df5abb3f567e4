//! Derives problems, marks and rows from the document, and keeps the focus.

use std::collections::HashSet;
use std::sync::Arc;

use crate::app::editor::Editor;
use crate::app::entry::{self, FieldEntry};
use crate::app::row::{CheckListSize, FormRow, Role, rows};
use crate::book;
use crate::check::{CheckSession, Context, KnownInstance, PreviousRun, Problem, Silenced, UncountedMetric};
use crate::document::{Pointer, Value};
use crate::simulation;
use crate::wire::{Environment, SANDBOX};

use super::{FieldEditor, Model, Typing};

impl Model {
    /// Derives what the newest keystrokes changed. Call it before drawing.
    pub fn settle(&mut self) {
        self.read_text_in_time();
        if self.checks.is_stale {
            let touched = std::mem::take(&mut self.checks.touched);
            self.derive(Some(&touched));
        }
        self.lay_out();
        self.count_run();
    }

    /// Derives problems, marks and rows from the whole document, and keeps the focus.
    pub(crate) fn refresh(&mut self) {
        self.derive(None);
    }

    /// Derives everything; `touched` are the places that changed since the last time, `None` means
    /// all.
    fn derive(&mut self, touched: Option<&[Pointer]>) {
        let environment =
            self.sending.environments.get(self.sending.environment).map(|chosen| &chosen.environment);
        self.sending.sent.select_environment(environment);
        let context = self.context();
        self.checks.is_stale = false;
        self.checks.touched.clear();
        self.find_keys(touched);
        let in_draft = self.draft.file.silenced();
        let silenced = Silenced { everywhere: &self.checks.silenced, in_draft: &in_draft };
        let session = CheckSession::new(self.document.value(), &context, silenced);
        let problems = self.checks.checker.check(&session, touched);
        self.checks.size = self.checks.checker.size();
        self.take_problems(problems);
        self.rebuild();
        self.mark_text();
    }

    /// Stores the current problems. Most keys change few of thousands, so that only removed and
    /// added problems are counted.
    fn take_problems(&mut self, problems: Vec<Arc<Problem>>) {
        let before = std::mem::replace(&mut self.checks.problems, problems);
        let now = &self.checks.problems;
        let same = |(old, new): &(&Arc<Problem>, &Arc<Problem>)| old == new;
        let head = before.iter().zip(now).take_while(same).count();
        let most = before.len().min(now.len()) - head;
        let tail = before.iter().rev().zip(now.iter().rev()).take(most).take_while(same).count();
        let removed = before.get(head..before.len() - tail).unwrap_or_default();
        let added = now.get(head..now.len() - tail).unwrap_or_default();
        self.checks.last_stop = stop_after(self.checks.last_stop, head, removed, added);
        for problem in removed {
            self.checks.tally.remove(problem);
        }
        for problem in added {
            self.checks.tally.add(problem);
        }
    }

    /// The document after all safe fixes, and a description of each fix.
    pub(crate) fn safe_fixes(&self) -> (Value, Vec<String>) {
        let (context, in_draft) = (self.context(), self.draft.file.silenced());
        let silenced = Silenced { everywhere: &self.checks.silenced, in_draft: &in_draft };
        CheckSession::new(self.document.value(), &context, silenced).safe_fixes()
    }

    /// The context of the rules: the time, the environment, and the runs sent before.
    pub(crate) fn context(&self) -> Context {
        self.context_with(self.chosen().map(|chosen| &chosen.environment), self.sending.sent.here())
    }

    /// The context for another environment than the chosen one.
    pub(crate) fn context_for(&self, environment: &Environment) -> Context {
        self.context_with(Some(environment), self.sending.sent.at(environment))
    }

    fn context_with(&self, environment: Option<&Environment>, previous_runs: Arc<[PreviousRun]>) -> Context {
        let made_here = self.made_here(environment);
        Context {
            now: Some(self.now),
            environment: environment.map(|environment| environment.id.clone()),
            instances: self.known_instances(environment).collect(),
            all_known: made_here.is_some(),
            previous_runs,
            uncounted: self.uncounted(environment),
            ..Context::default()
        }
    }

    /// The instances that the embedded sandbox created, if it is the environment.
    fn made_here(&self, environment: Option<&Environment>) -> Option<&Vec<KnownInstance>> {
        self.instances.made_here.as_ref().filter(|_| environment.is_some_and(|own| own.id == SANDBOX))
    }

    /// The instances of an environment: those of the sandbox are the ones that it created, whatever
    /// the book says.
    pub(crate) fn known_instances(
        &self,
        environment: Option<&Environment>,
    ) -> impl Iterator<Item = KnownInstance> {
        let made_here = self.made_here(environment);
        let is_own = made_here.is_some();
        let may_be = move |entry: &&book::BookEntry| {
            !is_own || entry.environment.as_ref().is_some_and(|own| own != SANDBOX)
        };
        let booked = self.instances.book.entries.iter().filter(may_be).map(book::BookEntry::known);
        booked.chain(made_here.into_iter().flatten().cloned())
    }

    /// The metrics that do not count the run, by the profile of an environment.
    fn uncounted(&self, environment: Option<&Environment>) -> Vec<UncountedMetric> {
        let profile = self.payload.profiles.of(environment.map(|own| own.id.as_str()));
        profile.map_or_else(Vec::new, |profile| simulation::uncounted(self.document.value(), profile))
    }

    /// Whether the embedded sandbox is chosen.
    pub(crate) fn is_on_own_sandbox(&self) -> bool {
        self.instances.made_here.is_some()
            && self.chosen().is_some_and(|chosen| chosen.environment.id == SANDBOX)
    }

    /// Whether the embedded sandbox is chosen and did not create the GUID of the document.
    pub(crate) fn is_guid_lost(&self) -> bool {
        self.is_on_own_sandbox() && self.checks.problems.iter().any(|problem| problem.code == "guid-unknown")
    }

    /// Derives the rows, and keeps the focus on the same row if it still exists.
    pub(crate) fn rebuild(&mut self) {
        let before = self.focused().cloned();
        let listed = CheckListSize {
            is_unparsed: self.unparsed_fault().is_some(),
            counts: !self.is_pristine(),
            problems: self.checks.problems.len(),
        };
        self.form.rows = rows(self.form.tab, self.document.value(), &self.form.open, listed);
        let found = before.as_ref().and_then(|row| {
            self.form.rows.iter().position(|other| other.at == row.at && other.role == row.role)
        });
        let index = found.unwrap_or_else(|| self.focus_index());
        if let Some(row) = before.as_ref().filter(|row| found.is_none() && self.is_emptied(row)) {
            self.form.rows.insert(index.min(self.form.rows.len()), row.clone());
        }
        self.set_focus(index);
        if before.is_some() && before.as_ref() != self.focused() {
            // The typed text belongs to the previous row.
            self.form.typing = Typing { group: self.form.typing.group + 1, last: None };
            self.open_editor();
        }
    }

    /// Whether typing just emptied an undocumented row; the row stays while it has the focus.
    fn is_emptied(&self, row: &FormRow) -> bool {
        let parent = row.at.parent().and_then(|parent| self.document.value().get(&parent));
        row.role == Role::Other
            && self.value_of(row).is_none()
            && parent.is_some_and(|parent| parent.as_object().is_some())
            && self.form.editor.as_ref().is_some_and(|field| field.editor.is_empty())
    }

    /// Focuses a row, or the nearest row that takes the focus.
    pub(crate) fn set_focus(&mut self, index: usize) {
        let last = self.form.rows.len().saturating_sub(1);
        let index = index.min(last);
        let forward = (index..self.form.rows.len()).find(|index| self.takes_focus(*index));
        let found = forward.or_else(|| (0..index).rev().find(|index| self.takes_focus(*index)));
        if let (Some(found), Some(slot)) = (found, self.form.focus.get_mut(self.form.tab.position())) {
            *slot = found;
        }
        self.follow_focus();
    }

    fn takes_focus(&self, index: usize) -> bool {
        self.form.rows.get(index).is_some_and(FormRow::takes_focus)
    }

    /// Scrolls the form so that the focused row is on the screen.
    pub(crate) fn follow_focus(&mut self) {
        let height = self.form_height();
        let focus = self.focus_index();
        // The heading above the first focusable row stays visible.
        let top = if (0..focus).all(|index| !self.takes_focus(index)) { 0 } else { focus };
        self.form.scroll = self.form.scroll.min(top).max((focus + 1).saturating_sub(height));
        self.form.scroll = self.form.scroll.min(self.form.rows.len().saturating_sub(height));
    }

    /// How many rows of the form fit on the screen.
    pub(crate) fn form_height(&self) -> usize {
        let form = self.layout().and_then(|layout| layout.form);
        form.map_or(10, |form| usize::from(form.inside().height)).max(1)
    }

    /// Creates the editor of the focused row.
    pub(crate) fn open_editor(&mut self) {
        self.form.editor = self.focused().filter(|_| !self.edits_text()).and_then(|row| {
            let entry = self.entry_of(row)?;
            let text = if row.role == Role::Integration {
                self.draft.integration.clone()
            } else {
                entry::to_text(entry, self.value_of(row))
            };
            (entry != FieldEntry::Toggle).then(|| FieldEditor {
                entry,
                editor: Editor::new(&text),
                fresh: entry == FieldEntry::Choice,
            })
        });
    }
}

/// The new value of `last_stop` after the problem list changed. The first `head` problems are the
/// same. Of the passed problems, those count that still exist.
fn stop_after(passed: usize, head: usize, removed: &[Arc<Problem>], added: &[Arc<Problem>]) -> usize {
    let passed_removed = removed.get(..passed.saturating_sub(head)).unwrap_or(removed);
    if passed_removed.is_empty() {
        return passed;
    }
    let present: HashSet<_> = added.iter().map(|problem| (problem.code, &problem.at)).collect();
    let lost = passed_removed.iter().filter(|old| !present.contains(&(old.code, &old.at))).count();
    passed - lost
}
