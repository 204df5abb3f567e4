//! Documents that are too large or too deep to be sure of their way.

use super::phrase::quote;
use super::place::Place;
use super::rule::OURS;
use super::walk::Walk;
use super::{Evidence, Rule, Severity};
use crate::document::{Extent, Object, Value, compact_len};
use crate::text::bytes;

pub(super) const TOO_LARGE: Rule = Rule {
    code: "too-large",
    severity: Severity::Warning,
    evidence: Evidence::Advice,
    meaning: "The body is over 1 MiB, or nested deeper than 64 lists and objects.",
    why: "Gateways and parsers on the way have limits that nobody documents; most refuse somewhere beyond these.",
    source: OURS,
    example: r#""job_run": {"stages": ["… over 1 MiB of them"]}"#,
    good: r#""job_run": {"stages": []}"#,
    fix: "",
};

const MOST_BYTES: usize = 1024 * 1024;
const MOST_DEPTH: usize = 64;

/// An escape takes six bytes at most, for a character of one.
const ESCAPE: usize = 6;

/// What is to be said of a document that is too large or too deep, and of which member.
#[derive(Default)]
pub(super) struct Excess {
    large: Option<(usize, usize)>,
    deep: Option<(usize, usize)>,
}

impl Excess {
    /// Measures a run, as far as it is not known to be small; the member that has most of it is the one to look at.
    pub(super) fn of(root: &Value, run: &Object, known: Option<Extent>) -> Self {
        if known.is_some_and(|extent| extent.bytes <= MOST_BYTES && extent.depth <= MOST_DEPTH) {
            return Self::default();
        }
        let mut extents = Vec::with_capacity(run.len());
        for (key, value) in run.iter() {
            let mut extent = Rough { bytes: key.len() + 3, depth: 0 };
            extent.add(value, 1);
            extents.push(extent);
        }
        let bytes = extents.iter().map(|extent| extent.bytes).sum::<usize>();
        let exact = || known.map_or_else(|| compact_len(root), |extent| extent.bytes);
        let length = if bytes * ESCAPE > MOST_BYTES { exact() } else { 0 };
        let most = |measure: fn(&Rough) -> usize| {
            (0..).zip(&extents).max_by_key(|(_, e)| measure(e)).map(|(i, _)| i)
        };
        let depth = extents.iter().map(|extent| extent.depth).max().unwrap_or_default();
        Self {
            large: most(|extent| extent.bytes).filter(|_| length > MOST_BYTES).map(|i| (i, length)),
            deep: most(|extent| extent.depth).filter(|_| depth > MOST_DEPTH).map(|i| (i, depth)),
        }
    }
}

/// Looks at the member of a run at an index.
pub(super) fn member(walk: &mut Walk<'_>, index: usize, place: &Place<'_>) {
    let of_this = |found: Option<(usize, usize)>| found.filter(|(at, _)| *at == index).map(|(_, n)| n);
    let name = || quote(place.name());
    if let Some(length) = of_this(walk.excess.large) {
        let message = format!(
            "The body has {}, most of it in {}: over 1 MiB it may be refused.",
            bytes(length),
            name()
        );
        walk.add(place, TOO_LARGE.at(place, message, Vec::new()));
    }
    if let Some(depth) = of_this(walk.excess.deep) {
        let message = format!("{} is nested {depth} deep: beyond {MOST_DEPTH} it may not be read.", name());
        walk.add(place, TOO_LARGE.at(place, message, Vec::new()));
    }
}

/// A rough measure, which costs little: bytes without escapes, and depth.
struct Rough {
    bytes: usize,
    depth: usize,
}

impl Rough {
    fn add(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Null | Value::Bool(_) => self.bytes += 6,
            Value::Number(number) => self.bytes += number.as_str().len() + 1,
            Value::Text(text) => self.bytes += text.len() + 3,
            Value::Array(items) => {
                self.enter(depth);
                for item in items {
                    self.add(item, depth + 1);
                }
            }
            Value::Object(object) => {
                self.enter(depth);
                for (key, value) in object.iter() {
                    self.bytes += key.len() + 3;
                    self.add(value, depth + 1);
                }
            }
        }
    }

    fn enter(&mut self, depth: usize) {
        self.bytes += 3;
        self.depth = self.depth.max(depth + 1);
    }
}
