//! The choice of a run from an input with several runs.

use std::sync::Arc;

use crate::app::Model;
use crate::app::overlay::{List, Overlay, OverlayAnswer};
use crate::app::pasted::Pasted;
use crate::app::picker::{Picker, PickerLine};
use crate::import::{ListedRun, RunList};
use crate::text;

/// Lists the runs of an input, newest first; returns whether the input has several runs.
pub(super) fn choose(model: &mut Model, list: Option<RunList>, source: &Pasted) -> bool {
    let Some(list) = list.filter(|list| list.runs.len() > 1) else { return false };
    let mut runs: Vec<_> = list.runs.into_iter().enumerate().collect();
    runs.sort_by_key(|(index, run)| (std::cmp::Reverse(run.start), *index));
    let chosen = runs.iter().position(|(index, _)| *index == list.newest).unwrap_or_default();
    let source = Arc::new(source.clone());
    let widest = runs.iter().map(|(_, run)| number(run).chars().count()).max().unwrap_or_default();
    let items = runs.into_iter().map(|(_, run)| {
        let line = line(model, &run, widest);
        let answer = match run.read {
            Ok(imported) => OverlayAnswer::ImportRun { run: Box::new(imported), source: Arc::clone(&source) },
            Err(_) => OverlayAnswer::Stay,
        };
        (line, answer)
    });
    let picker = Picker::new(items, chosen);
    super::close_prompt(model);
    model.overlays.push(Overlay::Pick(picker, List::Runs));
    true
}

fn number(run: &ListedRun) -> &str {
    run.number.as_deref().unwrap_or("?")
}

/// The number, start and result of a run, with its job name or read error as the note.
fn line(model: &Model, run: &ListedRun, widest: usize) -> PickerLine {
    let start = run.start.map_or_else(
        || "start unknown".to_owned(),
        |start| format!("{} UTC", start.human().chars().take("2026-01-05 09:00".len()).collect::<String>()),
    );
    let result = match (&run.result, run.is_over) {
        (Some(word), true) => word.clone(),
        (Some(word), false) => format!("{word} (not finished)"),
        (None, _) => "result unknown".to_owned(),
    };
    let words = format!("{:>widest$}  {start:<20}  {result}", number(run));
    let note = match &run.read {
        Ok(_) => run.name.clone().unwrap_or_default(),
        Err(fault) => fault.to_string(),
    };
    let shown = |words: &str| text::visible(&model.keys.redacted(words)).into_owned();
    PickerLine::new(shown(&words), shown(&note))
}
