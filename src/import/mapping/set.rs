//! All mappings of a user: the built-in ones and those of the configuration folder.

use std::sync::{Arc, LazyLock};

use super::{DetectedValue, Mapping, MappingFault};
use crate::document::Value;
use crate::text;

/// The built-in mappings: name and text of each file in `assets/mappings`.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/mappings.rs"));

static BUILTIN: LazyLock<Vec<Arc<Mapping>>> = LazyLock::new(|| {
    // A test reads each file, so that none is missing here.
    let read = |(id, text): &(&str, &str)| Mapping::read(id, text).ok();
    let mappings = FILES.iter().filter_map(read);
    mappings.map(|mapping| Arc::new(Mapping { is_builtin: true, ..mapping })).collect()
});

/// The mappings that an import uses.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MappingSet {
    own: Vec<Arc<Mapping>>,
    /// Whether the built-in mappings are left out.
    is_bare: bool,
    /// The files that cannot be used.
    pub unread: Vec<UnreadMapping>,
}

/// A mapping file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadMapping {
    /// The name of the file without its ending.
    pub id: String,
    /// What is wrong with it.
    pub faults: Vec<MappingFault>,
}

impl MappingSet {
    /// The built-in mappings only.
    pub fn builtin() -> Self {
        Self::default()
    }

    /// No mapping at all.
    pub fn none() -> Self {
        Self { is_bare: true, ..Self::default() }
    }

    /// One mapping and no other.
    pub fn only(mapping: Arc<Mapping>) -> Self {
        Self { own: vec![mapping], is_bare: true, unread: Vec::new() }
    }

    /// The mapping of a set that has only one.
    pub fn single(&self) -> Option<&Arc<Mapping>> {
        self.own.first().filter(|_| self.is_bare && self.own.len() == 1)
    }

    /// The mappings of the user.
    pub fn own(&self) -> impl Iterator<Item = &Arc<Mapping>> {
        self.own.iter()
    }

    /// Whether the user has mappings.
    pub fn has_own(&self) -> bool {
        !self.own.is_empty()
    }

    /// The names of the built-in mappings.
    pub fn builtin_names() -> impl Iterator<Item = &'static str> {
        FILES.iter().map(|(name, _)| *name)
    }

    /// The built-in mappings and those of files: names without ending, and texts.
    pub fn with_files<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Self {
        let mut set = Self::default();
        for (id, text) in files {
            match Mapping::read(id, text) {
                Ok(mapping) => set.own.push(Arc::new(mapping)),
                Err(faults) => set.unread.push(UnreadMapping { id: id.to_owned(), faults }),
            }
        }
        set
    }

    /// All mappings: those of the user first, then the built-in ones whose names they do not use.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Mapping>> {
        let is_hidden = |id: &str| self.own.iter().any(|own| own.id == id);
        let builtin = if self.is_bare { &[] } else { BUILTIN.as_slice() };
        self.own.iter().chain(builtin.iter().filter(move |mapping| !is_hidden(&mapping.id)))
    }

    /// The mapping with a name.
    pub fn get(&self, id: &str) -> Option<&Arc<Mapping>> {
        self.all().find(|mapping| mapping.id.eq_ignore_ascii_case(id))
    }

    /// The mapping name that is most similar to a word.
    pub fn closest(&self, word: &str) -> Option<&str> {
        text::closest(word, self.all().map(|mapping| mapping.id.as_str()))
    }

    /// Adds or replaces a mapping of the user.
    pub fn put(&mut self, mapping: Arc<Mapping>) {
        self.own.retain(|own| own.id != mapping.id);
        self.own.push(mapping);
    }

    /// Removes a mapping of the user.
    pub fn remove(&mut self, id: &str) {
        self.own.retain(|own| own.id != id);
    }

    /// The mapping of the user that recognizes a value.
    pub fn own_for(&self, value: &Value) -> Option<&Arc<Mapping>> {
        let values = DetectedValue::all(value);
        self.own.iter().find(|mapping| mapping.detects_one(&values))
    }

    /// The mapping that recognizes a value.
    pub fn find(&self, value: &Value) -> Option<&Arc<Mapping>> {
        let values = DetectedValue::all(value);
        self.all().find(|mapping| mapping.detects_one(&values))
    }
}
