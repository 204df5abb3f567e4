//! What comes in: one document, or a run a line, told apart by content and read bit by bit.

use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;

use anyhow::Context as _;

use crate::cli::source::{InputSource, missing};
use crate::document::{self, ValueKind};
use crate::world::{OpenFile, World};

/// How much is asked for at once; all that is held of a file of many lines, whatever its length.
const CHUNK: usize = 1 << 20;
/// Lines that are looked at to tell whether each is a run.
const SAMPLE: usize = 10;

/// What a file holds.
pub(super) enum CheckInput {
    /// One document.
    One(InputSource),
    /// A run a line.
    Many(Runs),
}

/// The lines of a file, in portions.
pub(super) struct Runs {
    source: InputSource,
    input: InputFile,
    next_line: usize,
}

/// Some lines of a file.
pub(super) struct Portion {
    /// Each line that is not blank: its number, and where it is.
    pub(super) lines: Vec<(usize, Range<usize>)>,
    bytes: Vec<u8>,
}

impl Portion {
    /// How many bytes it took.
    pub(super) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// A line as a source of its own; one that is no text comes as its fault, the byte that fits no character.
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
    is_over: bool,
}

/// Opens a file, or standard input for `-`, and finds out what it holds.
pub(super) fn open(world: &dyn World, file: &Path) -> anyhow::Result<CheckInput> {
    let source = InputSource::of(file);
    let OpenFile { reader, bytes: size } = if source.is_input {
        OpenFile { reader: Box::new(io::stdin()), bytes: None }
    } else {
        world.open(file).map_err(|fault| missing(world, file, fault))?
    };
    let fault = || format!("Could not read {}", source.label);
    let mut input = InputFile { reader, size, pending: Vec::new(), is_over: false };
    while !input.is_over && !input.shows_lines() {
        input.read().with_context(fault)?;
    }
    if holds_runs(&input.pending, input.is_over) {
        return Ok(CheckInput::Many(Runs { source, input, next_line: 1 }));
    }
    while !input.is_over {
        input.read().with_context(fault)?;
    }
    let text = String::from_utf8(input.pending).map_err(|fault| {
        let (label, at) = (&source.label, fault.utf8_error().valid_up_to());
        anyhow::anyhow!(
            "{label} is not UTF-8 text: byte {at} fits no character. Save it as UTF-8 and try again."
        )
    })?;
    Ok(CheckInput::One(InputSource { text, ..source }))
}

/// Whether the text that begins so holds several documents, one a line: two lines begin as objects do, the first ends
/// as they do, and one of them is one.
fn holds_runs(begin: &[u8], is_whole: bool) -> bool {
    let lines = begin.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let sample: Vec<_> = lines.take(SAMPLE).map(|line| without_mark(line).trim_ascii()).collect();
    let begins = |line: &&&[u8]| line.starts_with(b"{");
    sample.first().is_some_and(|first| first.starts_with(b"{") && first.ends_with(b"}"))
        && sample.iter().filter(begins).count() > 1
        && sample.iter().any(|line| is_object(line))
        && !(is_whole && is_object(begin))
}

fn is_object(text: &[u8]) -> bool {
    let value = std::str::from_utf8(text).ok().and_then(|text| document::read(text).ok());
    value.is_some_and(|value| value.kind() == ValueKind::Object)
}

/// A text without its byte order mark.
fn without_mark(line: &[u8]) -> &[u8] {
    line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line)
}

impl InputFile {
    /// Takes what there is: a pipe gives what was written to it, so that a slow writer is followed line by line.
    fn read(&mut self) -> io::Result<()> {
        let start = self.pending.len();
        self.pending.resize(start + CHUNK, 0);
        let room = self.pending.get_mut(start..).unwrap_or_default();
        let got = loop {
            match self.reader.read(room) {
                Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.pending.truncate(start + *got.as_ref().unwrap_or(&0));
        self.is_over = got? == 0;
        Ok(())
    }

    /// Whether enough was read to tell what the text is: a line, and more behind it.
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

    /// How long the file is, if that is known.
    pub(super) const fn size(&self) -> Option<u64> {
        self.input.size
    }

    /// The next lines; `None` at the end.
    pub(super) fn portion(&mut self) -> anyhow::Result<Option<Portion>> {
        let bytes = loop {
            let end = self.input.pending.iter().rposition(|byte| *byte == b'\n');
            match end {
                _ if self.input.is_over => break std::mem::take(&mut self.input.pending),
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
