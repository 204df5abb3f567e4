//! How large and how deep a run is, as far as that is too much.

use crate::document::{Object, Size, Value, compact_len};

/// The most bytes of a body that are sure to be accepted.
const MOST_BYTES: usize = 1024 * 1024;

/// The most lists and objects inside each other that are sure to be read.
pub(super) const MOST_DEPTH: usize = 64;

/// An escape takes six bytes at most, for a character of one.
const ESCAPE: usize = 6;

/// By how much a document is too large or too deep, and the member that is most to blame.
#[derive(Default)]
pub(super) struct Excess {
    /// The position of the member, and the length of the body in bytes.
    pub(super) large: Option<(usize, usize)>,
    /// The position of the member, and its depth.
    pub(super) deep: Option<(usize, usize)>,
}

impl Excess {
    /// Measures a run, as far as it is not known to be small; the member that has most of it is the one to look at.
    pub(super) fn of(root: &Value, run: &Object, known: Option<Size>) -> Self {
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
