//! Moves between problems, and applies fixes.

use crate::app::overlay::{List, Overlay, OverlayAnswer, Question};
use crate::app::picker::{Picker, PickerLine};
use crate::app::row::{FormRow, Role};
use crate::app::update::form::item;
use crate::app::update::notify::{done, say};
use crate::app::update::payload::json;
use crate::app::update::{edit, navigate};
use crate::app::{Model, change};
use crate::catalog::FieldRole;
use crate::check::{Fix, Problem};
use crate::{check, text};

/// Goes to the next or the previous problem, wrapping around.
pub(in crate::app::update) fn focus_problem(model: &mut Model, forward: bool) {
    let count = model.checks.problems.len();
    let is_unparsed = model.unparsed_fault().is_some();
    if is_unparsed && count == 0 {
        return json::repair(model);
    }
    if count == 0 {
        say(model, "No problems found.");
        return;
    }
    let here = model.problems_here();
    // At a field without problems, as after a fix, continue from the last visited problem.
    let last_stop = model.checks.last_stop.min(count);
    let next = match (here.first(), forward) {
        (Some(first), _) => {
            let current = if is_among(&here, last_stop) { last_stop } else { *first };
            beyond(&here, current, count, forward)
        }
        (None, false) => last_stop + count - 1,
        (None, true) => last_stop,
    };
    // Unparsed text comes before the first problem.
    let is_past = if forward { next % count == 0 } else { next < count };
    if is_unparsed && is_past { json::repair(model) } else { jump(model, next % count) }
}

/// The next problem of another place, from `current` on; equal places need not be neighbors in the
/// list. The index is at least `count` after the end of the list, and before a step backward.
fn beyond(here: &[usize], current: usize, count: usize, forward: bool) -> usize {
    let step = |distance: usize| current + if forward { distance } else { count - distance };
    let others = (1..count).map(step).find(|index| !is_among(here, index % count));
    others.unwrap_or_else(|| step(1))
}

/// Whether an index is among sorted ones.
fn is_among(sorted: &[usize], index: usize) -> bool {
    sorted.binary_search(&index).is_ok()
}

/// Goes from the payload text to the first problem, or backward to the last problem.
pub(in crate::app::update) fn focus_problem_from_text(model: &mut Model, forward: bool) {
    let count = model.checks.problems.len();
    match (model.unparsed_fault().is_some(), count, forward) {
        (false, _, _) => focus_problem(model, forward),
        (true, 0, _) => json::repair(model),
        (true, _, true) => jump(model, 0),
        (true, _, false) => jump(model, count - 1),
    }
}

/// Scrolls to the place of a problem, by its index.
pub(in crate::app::update) fn jump(model: &mut Model, index: usize) {
    let Some(at) = model.checks.problems.get(index).map(|problem| problem.at.clone()) else {
        return;
    };
    navigate::scroll_to(model, &at);
    model.checks.last_stop = index;
    model.checks.is_sought = true;
    model.form.left.insert(at);
}

/// Applies the fix of the focused field, or asks which fix to apply.
pub(in crate::app::update) fn fix(model: &mut Model) {
    let here = model.problems_here();
    let problems = || here.iter().filter_map(|index| model.checks.problems.get(*index));
    let fixes: Vec<Fix> = problems().flat_map(|problem| problem.fixes.iter().cloned()).collect();
    // A collapsed item may have problems of several places.
    let first = problems().next().map(|problem| &problem.at);
    let is_one_place = problems().all(|problem| Some(&problem.at) == first);
    match fixes.as_slice() {
        [] if here.is_empty() && model.checks.problems.is_empty() && model.unparsed_fault().is_some() => {
            say(model, "No problem at this field; {next-problem} goes to the unparsed text.");
        }
        [] if here.is_empty() && model.checks.problems.is_empty() => say(model, "Nothing to fix."),
        [] if here.is_empty() => {
            say(model, "No problem at this field; {next-problem} goes to the next problem.");
        }
        [] if model
            .focused()
            .and_then(FormRow::field)
            .is_some_and(|field| field.role == Some(FieldRole::InstanceGuid)) =>
        {
            say(model, "{generate-guid} creates an instance and fills in its GUID.");
        }
        [] => say(model, "This problem has no automatic fix: type the right value."),
        [only] => apply(model, only),
        _ => {
            let note = |fix: &Fix| if fix.safe { "no data loss" } else { "" };
            let of_problem = |problem: &Problem| {
                let place = if is_one_place { String::new() } else { item::name(model, &problem.at) + ": " };
                let line = |fix: &Fix| PickerLine::new(format!("{place}{}", fix.label), note(fix));
                let items = problem.fixes.iter().map(|fix| (line(fix), OverlayAnswer::Fix(fix.clone())));
                items.collect::<Vec<_>>()
            };
            let items: Vec<_> = problems().flat_map(|problem| of_problem(problem)).collect();
            model.overlays.push(Overlay::Pick(Picker::new(items, 0), List::Fixes));
        }
    }
}

/// Applies one fix as an undo step.
pub(in crate::app::update) fn apply(model: &mut Model, fix: &Fix) {
    let on_list = matches!(model.focused().map(|row| row.role), Some(Role::Problem(_)));
    let place = fix.edits.first().map(|edit| edit::label(&edit.focus())).unwrap_or_default();
    edit::apply(model, &fix.label, fix.edits.clone(), None);
    if !on_list {
        navigate::open_field(model);
    }
    if model.notice.is_none() {
        done(
            model,
            format!("Fixed {}: {}. {{undo}} undoes it.", text::visible(&place), text::visible(&fix.label)),
        );
    }
}

/// Shows what all safe fixes would do, and asks.
pub(in crate::app::update) fn fix_all(model: &mut Model) {
    let (fixed, labels) = model.safe_fixes();
    if model.checks.problems.is_empty() {
        say(model, "Nothing to fix.");
        return;
    }
    if labels.is_empty() {
        say(model, "No safe fixes. {next-problem} goes to the next problem.");
        return;
    }
    let label = text::count(labels.len(), "safe fix", "safe fixes");
    let lines = describe(model, labels);
    model.overlays.push(Overlay::Ask(Question {
        title: format!("{label} (no data loss)"),
        lines,
        answers: vec![
            ("Apply".to_owned(), OverlayAnswer::Take { label, value: Box::new(fixed) }),
            ("Cancel".to_owned(), OverlayAnswer::Stay),
        ],
        chosen: 0,
    }));
}

/// One line for each change of the safe fixes, or their labels.
fn describe(model: &Model, labels: Vec<String>) -> Vec<String> {
    let fixes: Vec<(&Problem, &Fix)> = model
        .checks
        .problems
        .iter()
        .filter_map(|problem| Some((&**problem, problem.fixes.iter().find(|fix| fix.safe)?)))
        .collect();
    let may_show_secret = model.checks.problems.iter().any(|problem| check::has_secret(problem.code));
    if may_show_secret || fixes.len() != labels.len() {
        // The labels replace values that may contain a secret, and fixes that lead to further
        // fixes.
        return labels;
    }
    fixes.iter().flat_map(|(_, fix)| change::of_fix(model.document.value(), fix)).collect()
}
