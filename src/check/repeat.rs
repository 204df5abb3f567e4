//! The sorted keys of the entries of a list, to find repeats without a comparison of all pairs.

/// Keys, each with the position of its entry.
pub(super) struct Sorted<K>(Vec<(K, usize)>);

impl<K: Ord> Sorted<K> {
    pub(super) fn of(keys: impl Iterator<Item = (K, usize)>) -> Self {
        let mut sorted: Vec<_> = keys.collect();
        sorted.sort_unstable();
        Self(sorted)
    }

    /// The position of the first entry with a key.
    pub(super) fn first(&self, key: &K) -> Option<usize> {
        let start = self.0.partition_point(|(other, _)| other < key);
        self.0.get(start).filter(|(other, _)| other == key).map(|(_, index)| *index)
    }
}

impl<K> Default for Sorted<K> {
    fn default() -> Self {
        Self(Vec::new())
    }
}
