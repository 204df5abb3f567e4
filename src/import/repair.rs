//! What was done to a text so that it could be read: each step with its place, and how a list of them is told.

use crate::document::line_column;
use crate::text;

/// More of the source than this is not repeated beside a repair.
const MAX_QUOTED: usize = 32;

/// One change that the reading made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// How much of it is a guess.
    pub kind: RepairKind,
    /// What was done, as the start of a sentence without its full stop.
    pub what: String,
    /// Line and column in the source, both from 1; none for what stood inside another text.
    pub place: Option<(usize, usize)>,
    /// What stood there, short enough for a line.
    pub before: String,
    /// What it was read as.
    pub after: String,
}

/// Whether a repair could have been meant otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RepairKind {
    /// The text was not what it should be, and somebody should look at how it was read.
    Text,
    /// A field has its current name now instead of its legacy one, which SEI treats alike.
    Name,
}

/// A repair while the text is being read: its place is a byte offset.
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
    /// What is said where text before the JSON was dropped.
    pub(super) const PROSE: &str = "text before the JSON was left out";

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
    let mut taken: String = line.chars().take(MAX_QUOTED).collect();
    if line.chars().nth(MAX_QUOTED).is_some() {
        taken.push('…');
    }
    text::visible(&taken).into_owned()
}

/// Counts lines and columns of all flaws in one pass over the source; those without a place come first.
pub(super) fn placed(mut flaws: Vec<Flaw>, source: &str) -> Vec<Repair> {
    flaws.sort_by_key(|flaw| flaw.offset);
    let mut line = 1;
    let mut start = 0;
    let mut repairs = Vec::with_capacity(flaws.len());
    // Where the column was counted to, so that a long line is not counted again for each of its flaws.
    let mut counted = (0, 1);
    for flaw in flaws {
        let place = flaw.offset.map(|offset| {
            let between = source.get(start..offset).unwrap_or_default();
            let breaks = between.bytes().filter(|byte| *byte == b'\n').count();
            if breaks > 0 {
                line += breaks;
                let begin = start + between.rfind('\n').map_or(0, |at| at + 1);
                counted = (begin, 1);
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

/// The repairs as lines for a person: equal ones in a row are one line that says how many and where.
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
        (count, None) => format!(", and {} more", count - 1),
        (count, Some((line, _))) => {
            format!(", and at {} up to line {line}", text::count(count - 1, "more place", "more places"))
        }
    };
    Some(format!("{place}{}{change}{more}", first.what))
}
