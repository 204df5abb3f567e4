//! Lenient reading of JSON that strict reading rejects: unwraps, unescapes, repairs, and uses
//! current field names.

use super::repair::{self, Flaw, Repair, RepairKind};
use super::source_map::SourceMap;
use super::{ImportError, Imported, guess, shape, tolerant};
use crate::catalog::{Spelling, catalog};
use crate::check;
use crate::document::{self, SyntaxError, Value, line_column};
use crate::text;
use crate::wire::{FieldNames, with_names};

/// How deep JSON may be nested as text inside JSON.
const NESTED: usize = 3;
/// A longer text is not a placeholder.
const LONGEST_PLACEHOLDER: usize = 400;

/// Reads a text as JSON with repairs; `fault` is the error of strict reading.
pub(super) fn import(text: &str, fault: Option<SyntaxError>) -> Result<Imported, ImportError> {
    let source = without_gutter(text);
    let mut flaws = Vec::new();
    if source.text.len() != text.len() {
        flaws.push(Flaw::new(0, "the line numbers were removed", "", ""));
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
            None => ImportError::Syntax(
                fault.unwrap_or_else(|| at(text, 0, "the text has no field of a job run")),
            ),
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

/// Whether the value is probably the intended one. In text of another format, one field name of a
/// job run is not enough.
fn is_meant(value: &Value, flaws: &[Flaw], seems: Option<&str>) -> bool {
    let is_around = flaws.iter().any(Flaw::is_prose);
    let fewest = match (seems, is_around) {
        (Some(_), true) => 2,
        (Some(_) | None, _) => 1,
    };
    shape::evidence(value) >= fewest
}

/// Imports a repaired value: recognizes its shape, renames legacy fields, and notes placeholders.
pub(super) fn finish(value: Value, mut repairs: Vec<Repair>) -> Result<Imported, ImportError> {
    let mut imported = shape::recognize(value)?;
    if imported.kind.holds_run() {
        let renamed = rename(&imported.document);
        if !renamed.is_empty() {
            imported.document = with_names(&imported.document, FieldNames::Current);
            imported.notes.retain(|note| !note.contains(shape::LEGACY_NAMES));
            repairs.extend(renamed);
        }
        let mut placeholders = Vec::new();
        find_placeholders(&imported.document, "", &mut placeholders);
        if !placeholders.is_empty() {
            imported
                .notes
                .push(format!("Placeholders to fill in: {}.", text::visible(&placeholders.join(", "))));
        }
    }
    imported.repairs = repairs;
    Ok(imported)
}

/// The legacy names of a payload that can become current names; a field with both names keeps both.
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

/// Collects the names of fields that hold a placeholder.
fn find_placeholders(value: &Value, name: &str, placeholders: &mut Vec<String>) {
    match value {
        Value::Text(text) => {
            let is_placeholder = text.len() <= LONGEST_PLACEHOLDER
                && (check::placeholder(text).is_some() || has_variable(text));
            if is_placeholder && !placeholders.iter().any(|known| known == name) {
                placeholders.push(name.to_owned());
            }
        }
        Value::Array(items) => items.iter().for_each(|item| find_placeholders(item, name, placeholders)),
        Value::Object(object) => {
            object.iter().for_each(|(key, value)| find_placeholders(value, key, placeholders));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whether a text holds a shell variable or command, or is a format verb: `$NAME`, `$env:NAME`,
/// `%NAME%`, `$(…)`, `%s`. In pasted text they are placeholders, while a payload may hold such a
/// text unchanged.
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

/// Whether a text looks like a quoted object.
pub(super) fn is_object(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

/// Where and why repairs failed, as an offset in the source.
pub(super) struct LenientError {
    pub(super) offset: usize,
    pub(super) message: String,
    pub(super) flaws: Vec<Flaw>,
}

/// Reads JSON or an object literal of a program, strictly first; flaws have their places in the
/// source.
pub(super) fn read(
    part: &SourceMap,
    nested: usize,
    is_program: bool,
) -> Result<(Value, Vec<Flaw>), LenientError> {
    match document::read(&part.text) {
        Ok(Value::Text(inside)) if nested > 0 && is_object(&inside) => {
            let start = part.text.find('"').and_then(|at| part.source(at)).unwrap_or_default();
            let flaw = Flaw::new(start, "JSON inside a text was unwrapped", "", "");
            let (value, more) = read(&SourceMap::elsewhere(inside), nested - 1, false)?;
            return Ok((value, [flaw].into_iter().chain(more).collect()));
        }
        Ok(value) => return Ok((value, Vec::new())),
        Err(_) => {}
    }
    if nested > 0
        && let Some(inside) = unescaped(part)
        && let Ok((value, more)) = read(&inside, nested - 1, is_program)
    {
        let start = part.source(0).unwrap_or_default();
        let flaw = Flaw::new(start, "the backslashes before quotes were removed", "\\\"", "\"");
        return Ok((value, [flaw].into_iter().chain(more).collect()));
    }
    match tolerant::read(&part.text, is_program, &|value| shape::evidence(value) > 0) {
        Ok(reading) => Ok((reading.value, part.lift(reading.flaws))),
        Err(stuck) => Err(LenientError {
            offset: part.source(stuck.offset).unwrap_or_default(),
            message: stuck.message,
            flaws: part.lift(stuck.flaws),
        }),
    }
}

/// The inside of a text that lost its quotes: `{\"pipeline\": …}`.
fn unescaped(part: &SourceMap) -> Option<SourceMap> {
    let inner = part.text.trim_start().strip_prefix('{')?.trim_start();
    if !inner.starts_with("\\\"") {
        return None;
    }
    let mut out = SourceMap::default();
    let mut chars = part.text.char_indices();
    while let Some((at, c)) = chars.next() {
        let place = part.source(at);
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

/// The number at the start of a line, and its length with the separator after it.
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
