//! `httpRequest` of a pipeline of Jenkins, and the maps of Groovy in it.

use super::{CurlRequest, credential, header};
use crate::import::credential::CredentialForm;
use crate::import::literal::{assigned, balanced, literal};
use crate::import::source_map::SourceMap;

pub(super) const NAMES: &[&str] = &["httpRequest", "httpRequest("];

/// Functions that convert a map to JSON, with their parenthesis.
const ENCODERS: [&str; 6] = [
    "groovy.json.JsonOutput.toJson(",
    "JsonOutput.toJson(",
    "JsonOutput.prettyPrint(",
    "groovy.json.JsonOutput.prettyPrint(",
    "new JsonBuilder(",
    "new groovy.json.JsonBuilder(",
];

pub(super) fn read(text: &str, at: usize) -> Option<CurlRequest> {
    let mut request = CurlRequest { is_program: true, ..CurlRequest::default() };
    let mut here = at + text.get(at..)?.find([' ', '('])?;
    let rest = text.get(here..)?;
    here += rest.len() - rest.trim_start_matches([' ', '(', '[']).len();
    loop {
        let rest = text.get(here..)?;
        let blank = rest.len() - rest.trim_start().len();
        let name: String =
            rest.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let value_at = rest.get(blank + name.len()..)?.trim_start().strip_prefix(':').map(str::trim_start);
        let Some(value_at) = value_at.filter(|_| !name.is_empty()) else {
            // `httpRequest 'https://…'` has the address alone.
            let start = here + blank;
            if request.url.is_none() && rest.trim_start().starts_with(['\'', '"']) {
                request.url = literal(text, start).map(|(word, _)| word);
            }
            break;
        };
        let start = text.len() - value_at.len();
        parameter(&mut request, text, &name, start);
        let end = start + end_of(value_at);
        let Some(next) = text.get(end..)?.trim_start().strip_prefix(',') else { break };
        here = text.len() - next.len();
    }
    request.url.is_some().then_some(request)
}

fn parameter(request: &mut CurlRequest, text: &str, name: &str, at: usize) {
    match name {
        "url" => request.url = value(text, at),
        "requestBody" => request.body = value(text, at),
        "customHeaders" => {
            for (name, value) in headers(text, at) {
                header(request, &name, &value);
            }
        }
        "authentication" | "proxyAuthentication" => {
            let id = literal(text, at).map(|(word, _)| word.text).unwrap_or_default();
            credential(request, CredentialForm::Whole, id, "a user and password");
        }
        "uploadFile" => request.files.extend(literal(text, at).map(|(word, _)| word.text)),
        _ => {}
    }
}

/// Names and values of `[[name: 'X', value: 'Y'], …]`.
fn headers(text: &str, at: usize) -> Vec<(String, SourceMap)> {
    let Some(list) = text.get(at..).and_then(|rest| rest.strip_prefix('[')) else { return Vec::new() };
    let end = at + 1 + balanced(list);
    let member = |from: usize, to: usize, name: &str| {
        let inside = text.get(from..to)?;
        let found = from + inside.find(name)? + name.len();
        let value = text.get(found..)?;
        literal(text, found + value.len() - value.trim_start().len()).map(|(word, _)| word)
    };
    let mut found = Vec::new();
    let mut here = at + 1;
    while let Some(open) = text.get(here..end).and_then(|rest| rest.find('[')).map(|open| here + open) {
        let close = open + 1 + text.get(open + 1..).map_or(0, balanced);
        let name = member(open, close, "name:");
        found.extend(name.zip(member(open, close, "value:")).map(|(name, value)| (name.text, value)));
        here = close.max(open + 1);
    }
    found
}

/// The value at an offset: a text, a map, a map converted to JSON, or the value of a variable.
fn value(text: &str, at: usize) -> Option<SourceMap> {
    data(text, at).or_else(|| {
        let rest = text.get(at..)?;
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let name = rest.get(..end).filter(|name| !name.is_empty())?;
        // Only one step, because two variables may refer to each other.
        data(text, assigned(text, name).filter(|place| *place != at)?)
    })
}

fn data(text: &str, at: usize) -> Option<SourceMap> {
    let rest = text.get(at..)?;
    if let Some(encoder) = ENCODERS.iter().find(|encoder| rest.starts_with(**encoder)) {
        let inner = rest.get(encoder.len()..)?;
        let start = text.len() - inner.trim_start().len();
        let is_map =
            inner.trim_start().starts_with(['[', '(']) || ENCODERS.iter().any(|name| inner.starts_with(name));
        return if is_map { data(text, start) } else { named(text, start) };
    }
    if rest.starts_with("writeJSON") {
        let json = rest.find("json:")? + "json:".len();
        let inner = rest.get(json..)?.trim_start();
        let start = text.len() - inner.len();
        return if inner.starts_with('[') { data(text, start) } else { named(text, start) };
    }
    if let Some(inner) = rest.strip_prefix('[') {
        return Some(as_json(text, at, at + 1 + balanced(inner)));
    }
    literal(text, at).map(|(word, _)| word)
}

/// The map that a variable was set to.
fn named(text: &str, at: usize) -> Option<SourceMap> {
    let rest = text.get(at..)?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let place = assigned(text, rest.get(..end).filter(|name| !name.is_empty())?)?;
    let inner = text.get(place..)?.strip_prefix('[')?;
    Some(as_json(text, place, place + 1 + balanced(inner)))
}

/// A map or list with the brackets of JSON: those of a map become braces, which are as long.
fn as_json(text: &str, start: usize, end: usize) -> SourceMap {
    let mut out = SourceMap::default();
    let mut closing = Vec::new();
    let mut last = ':';
    let mut at = start;
    while let Some(c) = text.get(at..end).and_then(|rest| rest.chars().next()) {
        if matches!(c, '"' | '\'')
            && let Some((_, after)) = literal(text, at).filter(|(_, after)| *after <= end)
        {
            let word = text.get(at..after).unwrap_or_default();
            out.push(word, Some(at));
            at = after;
            last = '"';
            continue;
        }
        let rest = text.get(at + c.len_utf8()..end).unwrap_or_default();
        let shown = match c {
            // After a name, a bracket is an index.
            '[' if matches!(last, ':' | ',' | '[' | '(') => {
                let is_map = is_map(rest);
                closing.push(if is_map { '}' } else { ']' });
                if is_map { '{' } else { '[' }
            }
            '[' => {
                closing.push(']');
                '['
            }
            ']' => closing.pop().unwrap_or(']'),
            // The colon of the empty map.
            ':' if last == '[' => ' ',
            c => c,
        };
        out.push_char(shown, Some(at));
        if !c.is_whitespace() {
            last = c;
        }
        at += c.len_utf8();
    }
    out
}

/// Whether what follows a bracket is a map: a name or a text and a colon, or a colon alone.
fn is_map(rest: &str) -> bool {
    let rest = rest.trim_start();
    if rest.starts_with(':') {
        return true;
    }
    let after = match rest.chars().next() {
        Some('"' | '\'') => literal(rest, 0).and_then(|(_, end)| rest.get(end..)),
        Some('(') => rest.get(1..).and_then(|inner| inner.get(balanced(inner)..)),
        _ => Some(rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_')),
    };
    after.is_some_and(|after| after.len() < rest.len() && after.trim_start().starts_with(':'))
}

/// How long a value is: up to the comma, the bracket or the line that ends it.
fn end_of(text: &str) -> usize {
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        match c {
            '"' | '\'' => at = literal(text, at).map_or(text.len(), |(_, end)| end),
            '(' | '[' | '{' => at += 1 + text.get(at + 1..).map_or(0, balanced),
            ',' | ')' | ']' | '}' | '\n' | ';' => return at,
            _ => at += c.len_utf8(),
        }
    }
    text.len()
}
