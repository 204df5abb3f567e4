//! Repairs that make a text readable, each with its place, and their description.

use crate::document::line_column;
use crate::text;

/// How many characters of the source a repair quotes.
const MAX_QUOTED: usize = 32;

/// One change to the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Whether the change may be wrong.
    pub kind: RepairKind,
    /// The change, as the start of a sentence without its full stop.
    pub what: String,
    /// Line and column in the source, both from 1; `None` inside a nested text.
    pub place: Option<(usize, usize)>,
    /// The original text, short enough for a line.
    pub before: String,
    /// The text after the repair.
    pub after: String,
}

/// Whether a repair may differ from the intended text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RepairKind {
    /// The text was invalid; the user should check the result.
    Text,
    /// A field has its current name instead of its legacy name; SEI treats both alike.
    Name,
}

/// A repair during reading; its place is a byte offset.
#[derive(Debug, Clone)]
pub(super) struct Flaw {
    offset: Option<usize>,
    what: &'static str,
    before: String,
    after: String,
}

impl Flaw {
    pub(super) fn new(offset: usize, what: &'static str, before: &str, after: &str) -> Self {
        Self { offset: Some(offset), what, before: short(before), after: short(after) }
    }
}

impl Flaw {
    /// The repair for text before the JSON.
    pub(super) const PROSE: &str = "text before the JSON was skipped";

    /// Whether text before the JSON was dropped.
    pub(super) fn is_prose(&self) -> bool {
        self.what == Self::PROSE
    }

    /// The same flaw at another place.
    pub(super) fn moved(mut self, place: impl FnOnce(usize) -> Option<usize>) -> Self {
        self.offset = self.offset.and_then(place);
        self
    }
}

fn short(given: &str) -> String {
    let line = given.trim_end_matches(['\r', '\n']);
    let mut quoted: String = line.chars().take(MAX_QUOTED).collect();
    if line.chars().nth(MAX_QUOTED).is_some() {
        quoted.push('…');
    }
    text::visible(&quoted).into_owned()
}

/// Counts lines and columns of all flaws in one pass over the source; those without a place come
/// first.
pub(super) fn placed(mut flaws: Vec<Flaw>, source: &str) -> Vec<Repair> {
    flaws.sort_by_key(|flaw| flaw.offset);
    let mut line = 1;
    let mut start = 0;
    let mut repairs = Vec::with_capacity(flaws.len());
    // The end of the last column count: a long line is not counted again for each of its flaws.
    let mut counted = (0, 1);
    for flaw in flaws {
        let place = flaw.offset.map(|offset| {
            let between = source.get(start..offset).unwrap_or_default();
            let breaks = between.bytes().filter(|byte| *byte == b'\n').count();
            if breaks > 0 {
                line += breaks;
                let line_start = start + between.rfind('\n').map_or(0, |at| at + 1);
                counted = (line_start, 1);
            }
            start = offset;
            let (_, columns) = line_column(source.get(counted.0..offset).unwrap_or_default(), usize::MAX);
            counted = (offset, counted.1 + columns - 1);
            (line, counted.1)
        });
        let Flaw { what, before, after, .. } = flaw;
        repairs.push(Repair { kind: RepairKind::Text, what: what.to_owned(), place, before, after });
    }
    repairs
}

/// One line for each kind of repair, with the number of places.
pub fn describe_all(repairs: &[Repair]) -> Vec<String> {
    let mut groups: Vec<Vec<&Repair>> = Vec::new();
    for repair in repairs.iter().filter(|repair| repair.kind == RepairKind::Text) {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| first.what == repair.what)) {
            Some(group) => group.push(repair),
            None => groups.push(vec![repair]),
        }
    }
    let mut lines: Vec<_> = groups.iter().filter_map(|group| describe(group)).collect();
    let names = repairs.iter().filter(|repair| repair.kind == RepairKind::Name);
    let names: Vec<_> = names.map(|repair| format!("{} → {}", repair.before, repair.after)).collect();
    if !names.is_empty() {
        let count = text::count(names.len(), "legacy name became", "legacy names became");
        lines.push(format!("{count} current: {}", names.join(", ")));
    }
    lines
}

fn describe(group: &[&Repair]) -> Option<String> {
    let (first, last) = (group.first()?, group.last()?);
    let place = match first.place {
        Some((line, column)) => format!("line {line}, column {column}: "),
        None => String::new(),
    };
    let change = match (first.before.as_str(), first.after.as_str()) {
        _ if group.len() > 1 => String::new(),
        ("", "") => String::new(),
        ("", after) => format!(" ({after})"),
        (before, "") => format!(" ({before})"),
        (before, after) => format!(" ({before} → {after})"),
    };
    let more = match (group.len(), last.place) {
        (1, _) => String::new(),
        (count, Some((line, _))) if first.place.is_some_and(|(start, _)| start != line) => {
            format!(" ({count} places up to line {line})")
        }
        (count, _) => format!(" ({count} places)"),
    };
    Some(format!("{place}{}{change}{more}", first.what))
}
