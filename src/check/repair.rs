//! All safe fixes at once, repeated until no safe fix remains.

use std::collections::BTreeSet;

use super::problem::{Fix, Problem};
use crate::document::{Edit, Pointer, Value, apply};

/// One fix may enable another: a renamed field may have a value of the wrong type. More rounds
/// would mean that two rules undo each other.
const ROUNDS: usize = 8;

/// Each round removes the duplicates of one key. More rounds would not be an accident.
const KEY_ROUNDS: usize = 100;

/// Applies the safe fixes of a document, and the safe fixes that they enable. Returns the applied
/// fixes, in order, each as place and label.
pub(super) fn fix_all(document: &mut Value, problems: impl Fn(&Value) -> Vec<Problem>) -> Vec<String> {
    let mut done = Vec::new();
    for _ in 0..ROUNDS {
        let before = done.len();
        let found = problems(document);
        round(document, found, &mut done);
        if done.len() == before {
            break;
        }
    }
    done
}

/// Applies one safe fix at a time, for fixes that move the places of the next: duplicate keys.
pub(super) fn fix_one_by_one(document: &mut Value, problems: impl Fn(&Value) -> Vec<Problem>) -> Vec<String> {
    let mut done = Vec::new();
    for _ in 0..KEY_ROUNDS {
        let safe = problems(document)
            .into_iter()
            .find_map(|problem| problem.fixes.into_iter().find(|fix| fix.safe).map(|fix| (problem.at, fix)));
        let Some((at, fix)) = safe.filter(|(_, fix)| apply_all(document, fix)) else { break };
        done.push(format!("{at}: {}", fix.label));
    }
    done
}

fn round(document: &mut Value, problems: Vec<Problem>, done: &mut Vec<String>) {
    let (mut touched, mut shifted) = (BTreeSet::new(), BTreeSet::new());
    for problem in problems {
        let Some(fix) = problem.fixes.into_iter().find(|fix| fix.safe) else { continue };
        let places: Vec<_> = fix.edits.iter().flat_map(places).collect();
        let is_stale = places.iter().any(|place| is_near(&touched, place))
            || fix
                .edits
                .iter()
                .any(|edit| matches!(edit, Edit::Insert { parent, .. } if shifted.contains(parent)));
        if !is_stale && apply_all(document, &fix) {
            touched.extend(places);
            shifted.extend(fix.edits.iter().filter_map(shifts));
            done.push(format!("{}: {}", problem.at, fix.label));
        }
    }
}

/// Applies all edits of a fix, or none.
fn apply_all(document: &mut Value, fix: &Fix) -> bool {
    let mut undo = Vec::new();
    for edit in &fix.edits {
        let Ok(inverse) = apply(document, edit) else {
            for inverse in undo.iter().rev() {
                let undone = apply(document, inverse);
                debug_assert!(undone.is_ok(), "the inverse of an edit applies");
            }
            return false;
        };
        undo.push(inverse);
    }
    true
}

/// The values that an edit changes; the whole list if the edit moves entries of a list.
fn places(edit: &Edit) -> Vec<Pointer> {
    match edit {
        Edit::Replace { at, .. } => vec![at.clone()],
        Edit::Insert { parent, key: Some(key), .. } => vec![parent.key(key)],
        Edit::Insert { parent, key: None, .. } => vec![parent.clone()],
        Edit::Remove { at } if at.last().is_some_and(|token| token.as_index().is_none()) => vec![at.clone()],
        Edit::Remove { at } | Edit::Move { at, .. } => vec![at.parent().unwrap_or_default()],
        Edit::Rename { at, key } => vec![at.clone(), at.parent().unwrap_or_default().key(key)],
    }
}

/// The list or object in which an edit moves later entries: positions in it are then stale.
fn shifts(edit: &Edit) -> Option<Pointer> {
    match edit {
        Edit::Insert { parent, .. } => Some(parent.clone()),
        Edit::Remove { at } | Edit::Move { at, .. } => at.parent(),
        Edit::Replace { .. } | Edit::Rename { .. } => None,
    }
}

/// Whether this round touched a place, a value around it or a value inside it: the problem was
/// found before that change.
fn is_near(touched: &BTreeSet<Pointer>, place: &Pointer) -> bool {
    let mut around = Some(place.clone());
    while let Some(here) = around {
        if touched.contains(&here) {
            return true;
        }
        around = here.parent();
    }
    touched.range::<Pointer, _>(place..).next().is_some_and(|next| next.is_within(place))
}
