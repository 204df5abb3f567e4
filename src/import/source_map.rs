//! Text from a source, unquoted or shortened, with the source offset of each character.

use super::repair::Flaw;

/// Text from a source, with a map back to it.
#[derive(Debug, Clone, Default)]
pub(super) struct SourceMap {
    /// The text.
    pub(super) text: String,
    /// The starts of runs: offset here, offset in the source; `None` without a place there.
    runs: Vec<(usize, Option<usize>)>,
}

impl SourceMap {
    /// A text that is its own source.
    pub(super) fn whole(text: &str) -> Self {
        Self { text: text.to_owned(), runs: vec![(0, Some(0))] }
    }

    /// A part of a text that is its own source.
    pub(super) fn part(text: &str, start: usize, end: usize) -> Self {
        let mut part = Self::default();
        part.push(text.get(start..end.min(text.len())).unwrap_or_default(), Some(start));
        part
    }

    /// A text without a place in the source.
    pub(super) fn elsewhere(text: String) -> Self {
        Self { text, runs: vec![(0, None)] }
    }

    /// Adds text that is in the source at an offset.
    pub(super) fn push(&mut self, text: &str, at: Option<usize>) {
        if text.is_empty() {
            return;
        }
        let here = self.text.len();
        let follows = match (self.runs.last(), at) {
            (Some((start, Some(source))), Some(at)) => source + (here - start) == at,
            (Some((_, None)), None) => true,
            _ => false,
        };
        if !follows {
            self.runs.push((here, at));
        }
        self.text.push_str(text);
    }

    /// Removes the text after a length.
    pub(super) fn truncate(&mut self, length: usize) {
        self.text.truncate(length);
        self.runs.retain(|(start, _)| *start < length);
    }

    pub(super) fn push_char(&mut self, c: char, at: Option<usize>) {
        self.push(c.encode_utf8(&mut [0; 4]), at);
    }

    pub(super) fn append(&mut self, other: &Self) {
        for (index, (start, at)) in other.runs.iter().enumerate() {
            let end = other.runs.get(index + 1).map_or(other.text.len(), |next| next.0);
            self.push(other.text.get(*start..end).unwrap_or_default(), *at);
        }
    }

    /// The text from an offset to the end.
    pub(super) fn from(&self, offset: usize) -> Self {
        let mut rest = Self::default();
        for (index, (start, at)) in self.runs.iter().enumerate() {
            let end = self.runs.get(index + 1).map_or(self.text.len(), |next| next.0);
            let first = offset.max(*start).min(end);
            rest.push(
                self.text.get(first..end).unwrap_or_default(),
                at.map(|at| at + first.saturating_sub(*start)),
            );
        }
        rest
    }

    /// The offset in the source of a character of the text.
    pub(super) fn source(&self, offset: usize) -> Option<usize> {
        let next = self.runs.partition_point(|(start, _)| *start <= offset);
        let (start, at) = self.runs.get(next.checked_sub(1)?)?;
        at.map(|at| at + (offset - start))
    }

    /// The offset in the text of a character of the source.
    pub(super) fn at(&self, source: usize) -> Option<usize> {
        self.runs.iter().enumerate().find_map(|(index, (start, at))| {
            let end = self.runs.get(index + 1).map_or(self.text.len(), |next| next.0);
            let here = start + source.checked_sub((*at)?)?;
            (here <= end).then_some(here)
        })
    }

    /// The same text in a source that starts so many bytes earlier.
    pub(super) fn moved(mut self, by: usize) -> Self {
        for (_, at) in &mut self.runs {
            *at = at.map(|at| at + by);
        }
        self
    }

    /// The same text in its source without the first bytes.
    pub(super) fn moved_back(mut self, by: usize) -> Self {
        for (_, at) in &mut self.runs {
            *at = at.and_then(|at| at.checked_sub(by));
        }
        self
    }

    /// The same text with places in the source of its source.
    pub(super) fn through(&self, source: &Self) -> Self {
        let mut out = Self::default();
        for (index, (start, at)) in self.runs.iter().enumerate() {
            let end = self.runs.get(index + 1).map_or(self.text.len(), |next| next.0);
            let text = self.text.get(*start..end).unwrap_or_default();
            match at {
                None => out.push(text, None),
                Some(at) => source.copy(*at, text, &mut out),
            }
        }
        out
    }

    /// Adds the text at an offset to another map, run by run. Unescaped characters may differ from
    /// the text here, but not in number.
    fn copy(&self, from: usize, text: &str, out: &mut Self) {
        let mut index = self.runs.partition_point(|(start, _)| *start <= from).saturating_sub(1);
        let mut done = 0;
        while done < text.len() {
            let here = from + done;
            let next = self.runs.get(index + 1).map_or(usize::MAX, |next| next.0);
            let length = (next - here.min(next)).min(text.len() - done);
            let place = self.runs.get(index).and_then(|(start, at)| at.map(|at| at + here - start));
            let Some(part) = text.get(done..done + length).filter(|_| length > 0) else {
                out.push(text.get(done..).unwrap_or_default(), place);
                return;
            };
            out.push(part, place);
            done += length;
            index += 1;
        }
    }

    /// Flaws of the text as flaws of the source.
    pub(super) fn lift(&self, flaws: Vec<Flaw>) -> Vec<Flaw> {
        flaws.into_iter().map(|flaw| flaw.moved(|offset| self.source(offset))).collect()
    }
}
