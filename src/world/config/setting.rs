//! Reads single settings: type, line and fault.

use toml_edit::Item;

use super::ConfigFault;
use crate::text;

/// Reads settings and collects faults and notes.
pub(super) struct ConfigReader<'a> {
    source: &'a str,
    pub(super) faults: Vec<ConfigFault>,
    pub(super) notes: Vec<String>,
}

impl<'a> ConfigReader<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self { source, faults: Vec::new(), notes: Vec::new() }
    }

    /// The line of a byte offset, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.source.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
    }

    fn line_of(&self, item: &Item) -> usize {
        self.line(item.span().map_or(0, |span| span.start))
    }

    pub(super) fn fault(&mut self, item: &Item, message: String) {
        let line = self.line_of(item);
        self.faults.push(ConfigFault { line, message });
    }

    pub(super) fn note(&mut self, item: &Item, message: &str) {
        let line = self.line_of(item);
        self.notes.push(format!("config.toml:{line}: {message}"));
    }

    pub(super) fn ignore(&mut self, key: &str, item: &Item) {
        self.note(item, &format!("“{}” is not a setting and was ignored.", text::visible(key)));
    }

    /// A text that is not blank; records a fault otherwise.
    pub(super) fn text(&mut self, key: &str, item: &Item) -> Option<String> {
        match item.as_str().map(str::trim) {
            Some(text) if !text.is_empty() => Some(text.to_owned()),
            _ => {
                self.fault(item, format!("{key} should be text in quotes and not blank."));
                None
            }
        }
    }

    pub(super) fn toggle(&mut self, key: &str, item: &Item) -> Option<bool> {
        let toggle = item.as_bool();
        if toggle.is_none() {
            self.fault(item, format!("{key} should be true or false."));
        }
        toggle
    }

    /// One of several words, ignoring case; records a fault otherwise.
    pub(super) fn choice<T: Copy>(&mut self, key: &str, item: &Item, among: &[(&str, T)]) -> Option<T> {
        let word = item.as_str().unwrap_or_default();
        let found = among.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, value)| *value);
        if found.is_none() {
            let words: Vec<_> = among.iter().map(|(name, _)| format!("\"{name}\"")).collect();
            self.fault(item, format!("{key} should be {}.", words.join(" or ")));
        }
        found
    }
}
