//! Reads one document or one run per line, detected by content; large files are read in portions.

use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;

use anyhow::Context as _;

use crate::cli::source::{InputSource, missing};
use crate::document::{self, ValueKind};
use crate::world::{OpenFile, World};

/// The size of a read in bytes; it bounds the memory for a file of runs.
const CHUNK: usize = 1 << 20;
/// The number of lines that decide whether a file has one run per line.
const SAMPLE: usize = 10;

/// The content of a file.
pub(super) enum CheckInput {
    /// One document, read completely.
    One(InputSource),
    /// One run per line, read in portions.
    Many(Runs),
}

/// The lines of a file, in portions.
pub(super) struct Runs {
    source: InputSource,
    input: InputFile,
    next_line: usize,
}

/// Consecutive lines of a file.
pub(super) struct Portion {
    /// Line number and byte range of each line that is not blank.
    pub(super) lines: Vec<(usize, Range<usize>)>,
    bytes: Vec<u8>,
}

impl Portion {
    /// The size in bytes, blank lines included.
    pub(super) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// A line as a source of its own; `Err` has the offset of the first byte that is not UTF-8.
    pub(super) fn line(
        &self,
        (number, range): &(usize, Range<usize>),
        file: &InputSource,
    ) -> Result<InputSource, (InputSource, usize)> {
        let bytes = self.bytes.get(range.clone()).unwrap_or_default();
        let source = |text| InputSource { line: Some(*number), text, label: file.label.clone(), ..*file };
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(source(text.to_owned())),
            Err(fault) => Err((source(String::from_utf8_lossy(bytes).into_owned()), fault.valid_up_to())),
        }
    }
}

struct InputFile {
    reader: Box<dyn Read>,
    size: Option<u64>,
    pending: Vec<u8>,
    is_at_end: bool,
}

/// Opens a file, or standard input for `-`, and detects its content.
pub(super) fn open(world: &dyn World, file: &Path) -> anyhow::Result<CheckInput> {
    let source = InputSource::of(file);
    let OpenFile { reader, bytes: size } = if source.is_input {
        OpenFile { reader: Box::new(io::stdin()), bytes: None }
    } else {
        world.open(file).map_err(|fault| missing(world, file, fault))?
    };
    let fault = || format!("Could not read {}", source.label);
    let mut input = InputFile { reader, size, pending: Vec::new(), is_at_end: false };
    while !input.is_at_end && !input.shows_lines() {
        input.read().with_context(fault)?;
    }
    if holds_runs(&input.pending, input.is_at_end) {
        return Ok(CheckInput::Many(Runs { source, input, next_line: 1 }));
    }
    while !input.is_at_end {
        input.read().with_context(fault)?;
    }
    let text = String::from_utf8(input.pending).map_err(|fault| {
        let (label, at) = (&source.label, fault.utf8_error().valid_up_to());
        anyhow::anyhow!("{label} is not UTF-8 text: byte {at} is invalid. Save it as UTF-8 and try again.")
    })?;
    Ok(CheckInput::One(InputSource { text, ..source }))
}

/// Whether a text with this start has one document per line: two lines start with a brace, the
/// first also ends with one, and at least one line is an object.
fn holds_runs(start: &[u8], is_whole: bool) -> bool {
    let lines = start.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let sample: Vec<_> = lines.take(SAMPLE).map(|line| without_mark(line).trim_ascii()).collect();
    let starts_object = |line: &&&[u8]| line.starts_with(b"{");
    sample.first().is_some_and(|first| first.starts_with(b"{") && first.ends_with(b"}"))
        && sample.iter().filter(starts_object).count() > 1
        && sample.iter().any(|line| is_object(line))
        && !(is_whole && is_object(start))
}

fn is_object(text: &[u8]) -> bool {
    let value = std::str::from_utf8(text).ok().and_then(|text| document::read(text).ok());
    value.is_some_and(|value| value.kind() == ValueKind::Object)
}

/// The line without a byte order mark.
fn without_mark(line: &[u8]) -> &[u8] {
    line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line)
}

impl InputFile {
    /// Reads the available bytes, without waiting for more: the lines of a slow writer appear at
    /// once.
    fn read(&mut self) -> io::Result<()> {
        let start = self.pending.len();
        self.pending.resize(start + CHUNK, 0);
        let buffer = self.pending.get_mut(start..).unwrap_or_default();
        let count = loop {
            match self.reader.read(buffer) {
                Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.pending.truncate(start + *count.as_ref().unwrap_or(&0));
        self.is_at_end = count? == 0;
        Ok(())
    }

    /// Whether enough was read to detect the content: one line and more after it.
    fn shows_lines(&self) -> bool {
        let text = self.pending.trim_ascii_start();
        let end = text.iter().position(|byte| *byte == b'\n');
        end.and_then(|end| text.get(end..)).is_some_and(|rest| {
            let rest = rest.trim_ascii_start();
            rest.contains(&b'\n') || rest.len() >= CHUNK
        })
    }
}

impl Runs {
    pub(super) fn source(&self) -> &InputSource {
        &self.source
    }

    /// The size of the file; unknown for a pipe.
    pub(super) const fn size(&self) -> Option<u64> {
        self.input.size
    }

    /// The next lines; `None` at the end.
    pub(super) fn portion(&mut self) -> anyhow::Result<Option<Portion>> {
        let bytes = loop {
            let end = self.input.pending.iter().rposition(|byte| *byte == b'\n');
            match end {
                _ if self.input.is_at_end => break std::mem::take(&mut self.input.pending),
                Some(end) => {
                    let rest = self.input.pending.split_off(end + 1);
                    break std::mem::replace(&mut self.input.pending, rest);
                }
                None => {
                    let fault = || format!("Could not read {}", self.source.label);
                    self.input.read().with_context(fault)?;
                }
            }
        };
        if bytes.is_empty() {
            return Ok(None);
        }
        let mut lines = Vec::new();
        let mut start = 0;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            let text = line.trim_ascii_end();
            if !text.is_empty() {
                lines.push((self.next_line, start..start + text.len()));
            }
            start += line.len();
            self.next_line += 1;
        }
        Ok(Some(Portion { lines, bytes }))
    }
}
