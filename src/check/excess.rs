//! Runs that are too large or too deep.

use crate::document::{DocumentSize, Object, Value, compact_len};

/// The largest body that is certainly accepted.
const MAX_BYTES: usize = 1024 * 1024;

/// The deepest nesting of lists and objects that is certainly read.
pub(super) const MAX_DEPTH: usize = 64;

/// The most bytes of an escape, for a character of one byte.
const MAX_ESCAPE: usize = 6;

/// The excess of a document, with the member that contributes most.
#[derive(Default)]
pub(super) struct Excess {
    /// The position of the member, and the length of the body in bytes.
    pub(super) large: Option<(usize, usize)>,
    /// The position of the member, and its depth.
    pub(super) deep: Option<(usize, usize)>,
}

impl Excess {
    /// Measures a run, unless its known size is small.
    pub(super) fn of(root: &Value, run: &Object, known: Option<DocumentSize>) -> Self {
        if known.is_some_and(|size| size.bytes <= MAX_BYTES && size.depth <= MAX_DEPTH) {
            return Self::default();
        }
        let mut sizes = Vec::with_capacity(run.len());
        for (key, value) in run.iter() {
            let mut size = RoughSize { bytes: key.len() + 3, depth: 0 };
            size.add(value, 1);
            sizes.push(size);
        }
        let bytes = sizes.iter().map(|size| size.bytes).sum::<usize>();
        let exact = || known.map_or_else(|| compact_len(root), |size| size.bytes);
        let length = if bytes * MAX_ESCAPE > MAX_BYTES { exact() } else { 0 };
        let largest = |measure: fn(&RoughSize) -> usize| {
            (0..).zip(&sizes).max_by_key(|(_, size)| measure(size)).map(|(i, _)| i)
        };
        let depth = sizes.iter().map(|size| size.depth).max().unwrap_or_default();
        Self {
            large: largest(|size| size.bytes).filter(|_| length > MAX_BYTES).map(|i| (i, length)),
            deep: largest(|size| size.depth).filter(|_| depth > MAX_DEPTH).map(|i| (i, depth)),
        }
    }
}

/// A cheap estimate: bytes without escapes, and depth.
struct RoughSize {
    bytes: usize,
    depth: usize,
}

impl RoughSize {
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
