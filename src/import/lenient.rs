//! JSON that strict reading refused: unwrapped, unescaped, repaired, and made a payload of today's names.

use super::repair::{self, Flaw, Repair, RepairKind};
use super::source_map::SourceMap;
use super::{ImportError, Imported, guess, shape, tolerant};
use crate::catalog::{Spelling, catalog};
use crate::check;
use crate::document::{self, SyntaxError, Value, line_column};
use crate::text;
use crate::wire::{FieldNames, with_names};

/// How often JSON may stand as text inside JSON.
const NESTED: usize = 3;
/// A longer text is no placeholder.
const LONGEST_GAP: usize = 400;

/// Reads a text as JSON with repairs; the fault is what strict reading said.
pub(super) fn import(text: &str, fault: Option<SyntaxError>) -> Result<Imported, ImportError> {
    let source = without_gutter(text);
    let mut flaws = Vec::new();
    if source.text.len() != text.len() {
        flaws.push(Flaw::new(0, "the numbers at the start of each line were left out", "", ""));
    }
    let seems = guess::text(&source.text);
    match read(&source, NESTED, false) {
        Ok((value, more)) if is_meant(&value, &more, seems) => {
            flaws.extend(more);
            finish(value, repair::placed(flaws, text))
        }
        Ok((_, more)) => Err(match seems {
            Some(seems) => ImportError::Foreign { seems, is_private: false },
            None if more.iter().any(Flaw::is_prose) => {
                ImportError::Foreign { seems: guess::TEXT, is_private: false }
            }
            None => {
                ImportError::Syntax(fault.unwrap_or_else(|| at(text, 0, "no field of a job run is in it")))
            }
        }),
        Err(stuck) => {
            if let Some(seems) = seems.or_else(|| (!tolerant::has_start(&source.text)).then_some(guess::TEXT))
            {
                return Err(ImportError::Foreign { seems, is_private: false });
            }
            let stopped = at(text, stuck.offset, &stuck.message);
            let Some(fault) = fault else { return Err(ImportError::Syntax(stopped)) };
            if stuck.flaws.is_empty() {
                return Err(ImportError::Syntax(fault));
            }
            let mut tried = repair::describe_all(&repair::placed(stuck.flaws, text));
            tried.push(format!(
                "then stopped at line {}, column {}: {}",
                stopped.line, stopped.column, stopped.message
            ));
            Err(ImportError::Beyond { fault, tried })
        }
    }
}

/// Whether what was read is what a person meant to give. In text of another format, one name that a job run has too
/// says nothing.
fn is_meant(value: &Value, flaws: &[Flaw], seems: Option<&str>) -> bool {
    let is_around = flaws.iter().any(Flaw::is_prose);
    let fewest = match (seems, is_around) {
        (Some(_), true) => 2,
        (Some(_) | None, _) => 1,
    };
    shape::evidence(value) >= fewest
}

/// A value that was read from foreign material: recognised, with current names, and with what is left to fill in.
pub(super) fn finish(value: Value, mut repairs: Vec<Repair>) -> Result<Imported, ImportError> {
    let mut imported = shape::recognise(value)?;
    if imported.kind.holds_run() {
        let renamed = rename(&imported.document);
        if !renamed.is_empty() {
            imported.document = with_names(&imported.document, FieldNames::Current);
            imported.notes.retain(|note| !note.contains("kept as written"));
            repairs.extend(renamed);
        }
        let mut gaps = Vec::new();
        find_gaps(&imported.document, "", &mut gaps);
        if !gaps.is_empty() {
            imported.notes.push(format!("Placeholders to fill in: {}.", text::visible(&gaps.join(", "))));
        }
    }
    imported.repairs = repairs;
    Ok(imported)
}

/// The legacy names of a payload that have a current one to take; a field under both names keeps both.
fn rename(document: &Value) -> Vec<Repair> {
    let (run, Some(object)) = (catalog().run(), document.as_object()) else { return Vec::new() };
    let legacy = object.keys().filter_map(|key| match run.field(key) {
        Some((field, Spelling::Legacy)) if !object.contains(&field.name) => Some((key, &field.name)),
        Some((_, Spelling::Legacy | Spelling::Current)) | None => None,
    });
    legacy
        .map(|(key, name)| Repair {
            kind: RepairKind::Name,
            what: "a legacy name became the current one".to_owned(),
            place: None,
            before: key.to_owned(),
            after: name.clone(),
        })
        .collect()
}

/// The names of fields whose text was left to be filled in.
fn find_gaps(value: &Value, name: &str, gaps: &mut Vec<String>) {
    match value {
        Value::Text(text) => {
            let is_gap =
                text.len() <= LONGEST_GAP && (check::placeholder(text).is_some() || has_variable(text));
            if is_gap && !gaps.iter().any(|known| known == name) {
                gaps.push(name.to_owned());
            }
        }
        Value::Array(items) => items.iter().for_each(|item| find_gaps(item, name, gaps)),
        Value::Object(object) => object.iter().for_each(|(key, value)| find_gaps(value, key, gaps)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whether a text holds a variable or a command of a shell, or is a verb of a format: `$NAME`, `$env:NAME`, `%NAME%`,
/// `$(…)`, `%s`. In what was pasted they are to be filled in, while a payload may hold such a text as it is.
fn has_variable(text: &str) -> bool {
    const SHORTEST: usize = 3;
    let is_shouted = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let is_start = |c: char| c.is_ascii_alphabetic() || c == '_';
    let is_variable = |after: &str| after.starts_with(is_start) || after.starts_with('(');
    let is_between =
        |part: &str| part.len() >= SHORTEST && part.starts_with(is_start) && part.chars().all(is_shouted);
    ["%s", "%d", "%v", "%i"].contains(&text.trim())
        || text.split('$').skip(1).any(is_variable)
        || text.split('%').skip(1).any(|part| is_between(part) && text.contains(&format!("%{part}%")))
}

/// Whether a text looks like an object that was put into quotes.
pub(super) fn is_object(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

/// Where and why nothing helped, in the source.
pub(super) struct LenientError {
    pub(super) offset: usize,
    pub(super) message: String,
    pub(super) flaws: Vec<Flaw>,
}

/// Reads JSON, or an object of a program, strictly first, with what it took; flaws have their places in the source.
pub(super) fn read(
    piece: &SourceMap,
    nested: usize,
    is_program: bool,
) -> Result<(Value, Vec<Flaw>), LenientError> {
    match document::read(&piece.text) {
        Ok(Value::Text(inside)) if nested > 0 && is_object(&inside) => {
            let begin = piece.text.find('"').and_then(|at| piece.source(at)).unwrap_or_default();
            let flaw = Flaw::new(begin, "JSON that stood inside a text was taken out of it", "", "");
            let (value, more) = read(&SourceMap::elsewhere(inside), nested - 1, false)?;
            return Ok((value, [flaw].into_iter().chain(more).collect()));
        }
        Ok(value) => return Ok((value, Vec::new())),
        Err(_) => {}
    }
    if nested > 0
        && let Some(inside) = unescaped(piece)
        && let Ok((value, more)) = read(&inside, nested - 1, is_program)
    {
        let begin = piece.source(0).unwrap_or_default();
        let flaw = Flaw::new(begin, "the backslashes before each quote were left out", "\\\"", "\"");
        return Ok((value, [flaw].into_iter().chain(more).collect()));
    }
    match tolerant::read(&piece.text, is_program, &|value| shape::evidence(value) > 0) {
        Ok(reading) => Ok((reading.value, piece.lift(reading.flaws))),
        Err(stuck) => Err(LenientError {
            offset: piece.source(stuck.offset).unwrap_or_default(),
            message: stuck.message,
            flaws: piece.lift(stuck.flaws),
        }),
    }
}

/// The inside of a text that lost its quotes: `{\"pipeline\": …}`.
fn unescaped(piece: &SourceMap) -> Option<SourceMap> {
    let inner = piece.text.trim_start().strip_prefix('{')?.trim_start();
    if !inner.starts_with("\\\"") {
        return None;
    }
    let mut out = SourceMap::default();
    let mut chars = piece.text.char_indices();
    while let Some((at, c)) = chars.next() {
        let place = piece.source(at);
        match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some((_, 'n'))) => out.push("\n", place),
            ('\\', Some((_, 'r'))) => out.push("\r", place),
            ('\\', Some((_, 't'))) => out.push("\t", place),
            ('\\', Some((_, escaped @ ('"' | '\\' | '/')))) => out.push_char(escaped, place),
            ('\\', Some((_, other))) => {
                out.push("\\", place);
                out.push_char(other, place);
            }
            (c, _) => out.push_char(c, place),
        }
    }
    Some(out)
}

/// The text without the numbers that an editor or a web page puts before each line.
pub(super) fn without_gutter(text: &str) -> SourceMap {
    const FEWEST: usize = 3;
    let mut numbers = Vec::new();
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            continue;
        }
        let Some((number, _)) = gutter(line) else { return SourceMap::whole(text) };
        numbers.push(number);
    }
    let is_counted = numbers.windows(2).all(|pair| matches!(pair, [a, b] if a + 1 == *b));
    if numbers.len() < FEWEST || !is_counted {
        return SourceMap::whole(text);
    }
    let mut out = SourceMap::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let length = gutter(line).map_or(0, |(_, length)| length);
        out.push(line.get(length..).unwrap_or_default(), Some(at + length));
        at += line.len();
    }
    out
}

/// The number at the start of a line, and how long it is with the sign behind it.
fn gutter(line: &str) -> Option<(u64, usize)> {
    let digits = line.trim_start_matches([' ', '\t']);
    let after = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = digits.strip_suffix(after)?.parse().ok()?;
    let rest = after.trim_start_matches([' ', '\t']);
    let rest = rest.strip_prefix(['|', ':', '│', '.', ')']).unwrap_or(rest);
    let is_number = after.starts_with([' ', '\t', '|', ':', '│', '.', ')', '\r', '\n']) || after.is_empty();
    is_number.then_some((number, line.len() - rest.len()))
}

fn at(text: &str, offset: usize, message: &str) -> SyntaxError {
    let (line, column) = line_column(text, offset);
    let message = text::visible(message).into_owned();
    SyntaxError { line, column, offset, message }
}
