//! A request as the call of a function: `fetch` of JavaScript, `requests` and `httpx` of Python.

use super::{CurlRequest, credential, header};
use crate::import::credential::CredentialForm;
use crate::import::literal::{assigned, balanced, literal};
use crate::import::source_map::SourceMap;

pub(super) const NAMES: &[&str] = &[
    "fetch(",
    "requests.post(",
    "requests.put(",
    "requests.request(",
    "httpx.post(",
    "session.post(",
    "client.post(",
    "axios.post(",
];

/// Functions that convert an object to JSON; the object is read directly.
const ENCODERS: [&str; 3] = ["JSON.stringify(", "json.dumps(", "new Blob("];

pub(super) fn read(text: &str, at: usize) -> Option<CurlRequest> {
    let start = at + text.get(at..)?.find('(')? + 1;
    let end = start + balanced(text.get(start..)?).saturating_sub(1);
    let call = SourceMap::part(text, start, end);
    let (url, url_end) = address(text, start, end)?;
    let mut request = CurlRequest { url: Some(url), is_program: true, ..CurlRequest::default() };
    let arguments = members(&call);
    // `fetch(url, options)` and `axios.post(url, body)` with variables.
    let options = text.get(url_end..end).and_then(|rest| second(text, rest));
    let arguments = if arguments.is_empty() { options.iter().flat_map(members).collect() } else { arguments };
    for (name, at) in arguments {
        let Some(value) = value(text, at) else { continue };
        match name.as_str() {
            "headers" => {
                for (name, value) in pairs(&value) {
                    header(&mut request, &name, &value);
                }
            }
            "body" | "json" | "data" | "content" => request.body = Some(value),
            "cookies" => {
                for (_, value) in pairs(&value) {
                    credential(&mut request, CredentialForm::Whole, value.text, "a cookie");
                }
            }
            "auth" => {
                for literal in literals(&value) {
                    credential(&mut request, CredentialForm::Whole, literal.text, "a user and password");
                }
            }
            _ => {}
        }
    }
    Some(request)
}

/// The address: the first text of the call that is one.
fn address(text: &str, start: usize, end: usize) -> Option<(SourceMap, usize)> {
    let mut at = start;
    while at < end {
        let found = at + text.get(at..end)?.find(['"', '\'', '`'])?;
        let (word, next) = literal(text, found)?;
        if word.text.contains("://") {
            return Some((word, next));
        }
        at = next;
    }
    None
}

/// The object that a variable after the address holds.
fn second(text: &str, rest: &str) -> Option<SourceMap> {
    let name = rest.trim_start_matches([',', ' ', '\t', '\r', '\n']);
    let name =
        name.split(|c: char| !c.is_alphanumeric() && c != '_').next().filter(|name| !name.is_empty())?;
    value(text, assigned(text, name)?)
}

/// Names and the offsets of their values, in a call and in the object that is its argument; not
/// deeper.
fn members(call: &SourceMap) -> Vec<(String, usize)> {
    const NAMES: [&str; 7] = ["headers", "body", "json", "data", "content", "cookies", "auth"];
    let text = call.text.as_str();
    let mut found = Vec::new();
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        if matches!(c, '"' | '\'' | '`') {
            let end = literal(text, at).map_or(text.len(), |(_, end)| end);
            let name = text.get(at + 1..end.saturating_sub(1)).unwrap_or_default();
            if depth < 2 && NAMES.contains(&name) {
                found.extend(after_sign(call, end).map(|at| (name.to_owned(), at)));
            }
            at = end.max(at + 1);
            continue;
        }
        if c.is_alphabetic() {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let name = rest.get(..end).unwrap_or_default();
            if depth < 2 && NAMES.contains(&name) {
                found.extend(after_sign(call, at + end).map(|at| (name.to_owned(), at)));
            }
            at += end;
            continue;
        }
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += c.len_utf8();
    }
    found
}

/// The offset in the source of the value after `:` or `=`.
fn after_sign(call: &SourceMap, at: usize) -> Option<usize> {
    let rest = call.text.get(at..)?;
    let value = rest.trim_start().strip_prefix([':', '='])?.trim_start();
    call.source(call.text.len() - value.len())
}

/// The value at an offset: a text, an object, or what a variable was set to.
fn value(text: &str, at: usize) -> Option<SourceMap> {
    let rest = text.get(at..)?;
    if let Some(encoder) = ENCODERS.iter().find(|encoder| rest.starts_with(**encoder)) {
        let inner = at + encoder.len();
        let blank = text.get(inner..)?;
        return value(text, inner + blank.len() - blank.trim_start().len());
    }
    if rest.starts_with(['{', '(', '[']) {
        return Some(SourceMap::part(text, at, at + 1 + balanced(rest.get(1..)?)));
    }
    if let Some((word, _)) = literal(text, at) {
        return Some(word);
    }
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let name = rest.get(..end).filter(|name| !name.is_empty())?;
    let place = assigned(text, name).filter(|place| *place != at)?;
    // Only one step, because two variables may refer to each other.
    let rest = text.get(place..)?;
    if rest.starts_with('{') {
        return Some(SourceMap::part(text, place, place + 1 + balanced(rest.get(1..)?)));
    }
    let encoder =
        ENCODERS.iter().find(|encoder| rest.starts_with(**encoder)).map_or(0, |encoder| encoder.len());
    let inner = rest.get(encoder..)?;
    if inner.starts_with('{') {
        let place = place + encoder;
        return Some(SourceMap::part(text, place, place + 1 + balanced(inner.get(1..)?)));
    }
    literal(text, place).map(|(word, _)| word)
}

/// Names and values of an object or a table whose values are texts.
pub(super) fn pairs(table: &SourceMap) -> Vec<(String, SourceMap)> {
    let text = table.text.as_str();
    let mut found = Vec::new();
    let mut name: Option<String> = None;
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        let (word, end) = match literal(text, at) {
            Some((word, end)) => (word.through(table), end),
            None if c.is_alphanumeric() || matches!(c, '$' | '_') => {
                let end =
                    rest.find(|c: char| !c.is_alphanumeric() && !"-_.$".contains(c)).unwrap_or(rest.len());
                let mut word = SourceMap::default();
                word.push(rest.get(..end).unwrap_or_default(), table.source(at));
                (word, at + end.max(1))
            }
            None => {
                at += c.len_utf8();
                continue;
            }
        };
        let is_key = text.get(end..).is_some_and(|rest| rest.trim_start().starts_with([':', '=']));
        at = end;
        match name.take() {
            None if is_key => name = Some(word.text),
            None => {}
            Some(name) => found.push((name, word)),
        }
    }
    found
}

/// The texts of a value.
fn literals(value: &SourceMap) -> Vec<SourceMap> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = value.text.get(at..).and_then(|rest| rest.find(['"', '\''])) {
        let Some((word, end)) = literal(&value.text, at + next) else { break };
        found.push(word);
        at = end;
    }
    found
}
