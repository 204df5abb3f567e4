//! `explain`: describes a rule, from the same registry that the checks use.

use anyhow::Context as _;

use super::Exit;
use super::console::Console;
use super::table::{row, table};
use crate::check::{self, Loss, Rule};
use crate::text;

/// Explains a rule, or lists all.
pub(super) fn explain(code: Option<&str>, console: &mut Console) -> anyhow::Result<Exit> {
    let words = match code {
        None => list(),
        Some(code) => describe(find(code)?, Console::columns()),
    };
    console.print(words)?;
    Ok(Exit::Done)
}

fn find(code: &str) -> anyhow::Result<&'static Rule> {
    check::rule(code).or_else(|| check::rule(&code.to_lowercase())).with_context(|| {
        let near = match near(code).as_slice() {
            [] => String::new(),
            near => format!(" Did you mean {}?", near.join(" or ")),
        };
        let code = text::visible(code);
        format!("Unknown rule “{code}”.{near} `sei-compose explain` lists all rules.")
    })
}

/// Suggestions for an unknown code: the closest spelling, else up to four codes that contain it.
fn near(code: &str) -> Vec<&'static str> {
    let codes = || check::rules().iter().map(|rule| rule.code);
    let part = code.to_lowercase();
    text::closest(&part, codes()).map_or_else(
        || codes().filter(|code| part.len() > 2 && code.contains(&part)).take(4).collect(),
        |near| vec![near],
    )
}

fn list() -> String {
    let mut rows = vec![row(["CODE", "SEVERITY", "LOSS", "EVIDENCE", "FIX", "REPORTED WHEN"])];
    rows.extend(check::rules().iter().map(|rule| {
        let fix = if rule.fix.is_empty() { "" } else { "yes" };
        let loss = rule.loss.map_or("", Loss::word);
        row([rule.code, rule.severity.word(), loss, rule.evidence.word(), fix, rule.meaning])
    }));
    table(&rows) + "\n`sei-compose explain CODE` shows the reason and examples.\n"
}

/// `run`, or `run; in some cases: field, nothing`.
fn loss(rule: &Rule) -> String {
    let word = |loss: Option<Loss>| loss.map_or("nothing", Loss::word);
    let others: Vec<_> = rule.other_losses.iter().copied().map(word).collect();
    let others =
        if others.is_empty() { String::new() } else { format!("; in some cases: {}", others.join(", ")) };
    format!("{}{others}", word(rule.loss))
}

fn describe(rule: &Rule, columns: usize) -> String {
    let evidence = format!("{}: {}", rule.evidence.word(), rule.source);
    let fix = if rule.fix.is_empty() { "None." } else { rule.fix };
    let parts = [
        ("Meaning", rule.meaning),
        ("Why", rule.why),
        ("Loss", &loss(rule)),
        ("Evidence", &evidence),
        ("Bad", rule.example),
        ("Good", rule.good),
        ("Fix", fix),
    ];
    let mut words = format!("{}: {}\n\n", rule.code, rule.severity.word());
    for (name, part) in parts {
        for (index, line) in text::wrap(part, columns.saturating_sub(12)).iter().enumerate() {
            let name = if index == 0 { name } else { "" };
            words += format!("{name:<10}{line}").trim_end();
            words.push('\n');
        }
    }
    words
}
