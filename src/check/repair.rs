//! All safe fixes at once, until none is left.

use std::collections::BTreeSet;

use super::problem::{Fix, Problem};
use crate::document::{Edit, Pointer, Value, apply};

/// One fix may uncover another, as a renamed field that then has a value of the wrong type; more rounds than this would
/// mean two rules that undo each other.
const ROUNDS: usize = 8;

/// Each round removes the repetitions of one key; more of them are no accident.
const KEY_ROUNDS: usize = 100;

/// Applies the safe fixes of the problems that a document has, and those that become possible by them; gives what was
/// done, in order.
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

/// Applies one safe fix after the other, where each may move the places of the next, as with repeated keys.
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

/// All edits of a fix, or none.
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

/// The values that an edit changes. Where it moves the entries of a list, that is the whole list.
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

/// The list or object in which an edit moves what stands behind; a position in it then means another one.
fn shifts(edit: &Edit) -> Option<Pointer> {
    match edit {
        Edit::Insert { parent, .. } => Some(parent.clone()),
        Edit::Remove { at } | Edit::Move { at, .. } => at.parent(),
        Edit::Replace { .. } | Edit::Rename { .. } => None,
    }
}

/// Whether a place, something around it or something inside it was touched in this round: the problem was found in a
/// document that is no longer the same there.
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
