//! The tables of the documents, generated from the tables of the program.

use std::fmt::Write as _;
use std::sync::Arc;

use sei_compose::app::{Action, ActionGroup, Scene};
use sei_compose::catalog::{Shape, catalog};
use sei_compose::check::{self, Loss, Rule};
use sei_compose::import::mapping::{FUNCTIONS, Mapping, MappingFunction, MappingSet};
use sei_compose::keymap::{KeySpelling, Keymap};
use sei_compose::wire;

/// A table in Markdown.
fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let line = |cells: &[String; N]| format!("| {} |\n", cells.join(" | "));
    let mut text = line(&head.map(str::to_owned)) + &line(&head.map(|_| "---".to_owned()));
    for row in rows {
        text += &line(&row.map(|cell| plain(&cell)));
    }
    text
}

/// Text without Markdown syntax in a table cell; text between backticks stays unchanged.
fn plain(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(place, part)| {
        let part = part.replace('|', "\\|");
        if place % 2 == 0 { part.replace('<', "&lt;").replace('*', "\\*") } else { part }
    });
    parts.collect::<Vec<_>>().join("`")
}

fn code(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("`{text}`") }
}

const SCENES: [(Scene, &str); 5] = [
    (Scene::Json, "`json`"),
    (Scene::Picker, "`picker`"),
    (Scene::Prompt, "`prompt`"),
    (Scene::Find, "`find`"),
    (Scene::Dialog, "`dialog`"),
];

/// The keys of an action in the form, and the keys that it has only in other scenes.
fn keys_of(keymap: &Keymap, action: Action) -> String {
    let mut keys: Vec<String> =
        keymap.presses(Scene::Form, action).map(|press| code(&press.spell(KeySpelling::Long))).collect();
    let mut others: Vec<(String, Vec<&str>)> = Vec::new();
    for (scene, place) in SCENES {
        for press in keymap.presses(scene, action).map(|press| code(&press.spell(KeySpelling::Long))) {
            if keys.contains(&press) {
                continue;
            }
            match others.iter_mut().find(|(other, _)| *other == press) {
                Some((_, places)) => places.push(place),
                None => others.push((press, vec![place])),
            }
        }
    }
    keys.extend(others.into_iter().map(|(press, places)| format!("{press} ({})", places.join(", "))));
    if keys.is_empty() { "palette".to_owned() } else { keys.join(", ") }
}

pub(super) fn keys() -> String {
    let keymap = Keymap::built_in().unwrap();
    let mut text = String::new();
    for area in ActionGroup::ALL {
        let rows = Action::ALL
            .iter()
            .filter(|action| action.group() == area)
            .map(|action| [keys_of(&keymap, *action), code(action.name()), action.text().to_owned()]);
        let title = keymap.with_keys(area.title(), Scene::Form, KeySpelling::Long);
        write!(text, "**{title}**\n\n{}\n", table(["Keys", "Action", "What it does"], rows)).unwrap();
    }
    text.trim_end().to_owned() + "\n"
}

fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Integer => "whole number".to_owned(),
        Shape::Boolean => "true or false".to_owned(),
        Shape::Map => "object, text to text".to_owned(),
        Shape::Record(id) => format!("object: {}", catalog().record(*id).noun),
        Shape::List(inner) => match inner.as_ref() {
            Shape::Record(id) => format!("list: {}", catalog().record(*id).noun),
            other @ (Shape::Text | Shape::Integer | Shape::Boolean | Shape::Map | Shape::List(_)) => {
                format!("list of {}", self::shape(other))
            }
        },
    }
}

pub(super) fn fields() -> String {
    let mut text = String::new();
    for (_, record) in catalog().records() {
        let rows = record.fields.iter().map(|field| {
            let required = if field.required { "yes" } else { "" };
            let legacy = field.legacy.as_deref().unwrap_or_default();
            [code(&field.name), code(legacy), shape(&field.shape), required.to_owned(), field.help.clone()]
        });
        let head = ["Field", "Legacy name", "Type", "Required", "What SEI does with it"];
        write!(text, "**Fields: {}**\n\n{}\n", record.noun, table(head, rows)).unwrap();
    }
    text.trim_end().to_owned() + "\n"
}

/// The losses of a rule: the largest, then those of single cases.
fn loss(rule: &Rule) -> String {
    let others = rule.other_losses.iter().copied();
    let words: Vec<_> =
        std::iter::once(rule.loss).chain(others).map(|loss| loss.map_or("", Loss::word)).collect();
    let words: Vec<_> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.join(", ")
}

pub(super) fn diagnostics() -> String {
    let rows = check::rules().iter().map(|rule| {
        [
            code(rule.code),
            rule.severity.word().to_owned(),
            loss(rule),
            rule.evidence.word().to_owned(),
            rule.meaning.to_owned(),
            rule.fix.to_owned(),
        ]
    });
    table(["Code", "Severity", "Loss", "Evidence", "Reported when", "What the fix does"], rows)
}

pub(super) fn environments() -> String {
    let rows = wire::built_in().iter().map(|one| {
        let protected = if one.protected { "yes" } else { "" };
        let base = if one.is_unstarted() {
            "this machine, port chosen at the start".to_owned()
        } else {
            code(&one.base)
        };
        [
            code(&one.id),
            one.label.clone(),
            base,
            one.scheme.word().to_owned(),
            protected.to_owned(),
            one.note.clone(),
        ]
    });
    let head = ["Id", "Label", "Base", "Scheme", "Protected", "Known from"];
    format!("As known on {}:\n\n{}", wire::dated(), table(head, rows))
}

/// The tools with a built-in mapping.
pub(super) fn tools() -> String {
    let mappings = MappingSet::builtin();
    let row = |mapping: &Arc<Mapping>| {
        let docs = mapping.definition.docs.as_deref().unwrap_or_default();
        [mapping.label().to_owned(), code(&mapping.id), format!("[documentation]({docs})")]
    };
    table(["Tool", "Mapping", "JSON"], mappings.all().map(row))
}

/// The functions of mappings next to those of jq.
pub(super) fn functions() -> String {
    let row = |function: MappingFunction| [code(function.usage), function.about.to_owned()];
    table(["Function", "Result"], FUNCTIONS.map(row))
}
