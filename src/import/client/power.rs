//! `Invoke-RestMethod` and `Invoke-WebRequest` of PowerShell, also as browsers copy them.

use super::call::pairs;
use super::{CurlRequest, credential, header};
use crate::import::credential::CredentialForm;
use crate::import::literal::{assigned, balanced};
use crate::import::shell::{self, ShellDialect};
use crate::import::source_map::SourceMap;

pub(super) const NAMES: &[&str] =
    &["Invoke-RestMethod", "Invoke-WebRequest", "invoke-restmethod", "invoke-webrequest", "irm", "iwr"];

pub(super) fn read(text: &str, at: usize) -> Option<CurlRequest> {
    let mut request = CurlRequest { is_program: true, ..CurlRequest::default() };
    let mut here = at + text.get(at..)?.find([' ', '\t'])?;
    loop {
        here = skip(text, here);
        let rest = text.get(here..).unwrap_or_default();
        if rest.is_empty() || rest.starts_with(['\n', '|', ';', ')', '}', '\r']) {
            break;
        }
        let name_end = rest.find(|c: char| c.is_whitespace() || c == ':').unwrap_or(rest.len());
        let name = rest.get(..name_end).filter(|name| name.starts_with('-')).map(str::to_ascii_lowercase);
        let Some(name) = name else {
            let (value, end) = value(text, here);
            if request.url.is_none() {
                request.url = Some(value);
            }
            here = end.max(here + 1);
            continue;
        };
        here += name_end + usize::from(rest.get(name_end..).is_some_and(|rest| rest.starts_with(':')));
        if ["-usebasicparsing", "-skipcertificatecheck", "-verbose", "-disablekeepalive"]
            .contains(&name.as_str())
        {
            continue;
        }
        here = skip(text, here);
        let (value, end) = value(text, here);
        here = end.max(here + 1);
        parameter(&mut request, text, &name, value);
    }
    request.url.is_some().then_some(request)
}

fn parameter(request: &mut CurlRequest, text: &str, name: &str, value: SourceMap) {
    let value = resolved(text, value);
    match name {
        "-uri" => request.url = Some(value),
        "-headers" => {
            for (name, value) in pairs(&value) {
                header(request, &name, &value);
            }
        }
        "-body" => request.body = Some(value),
        "-infile" => request.files.push(value.text),
        "-token" | "-credential" => {
            credential(request, CredentialForm::Whole, value.text, "a user and password");
        }
        "-websession" => request.dropped.push("a session".to_owned()),
        _ => {}
    }
}

/// The value of a variable that is set in the same text.
fn resolved(text: &str, value: SourceMap) -> SourceMap {
    let is_name =
        value.text.starts_with('$') && value.text.chars().skip(1).all(|c| c.is_alphanumeric() || c == '_');
    let place = is_name.then(|| assigned(text, &value.text)).flatten();
    place.map_or(value, |place| self::value(text, place).0)
}

/// The value at an offset, and where it ends: a text, a table, or what is in parentheses.
fn value(text: &str, at: usize) -> (SourceMap, usize) {
    let rest = text.get(at..).unwrap_or_default();
    if let Some(table) = rest.strip_prefix("@{") {
        let end = rest.len() - table.len() + balanced(table);
        return (SourceMap::part(text, at + 1, at + end), at + end);
    }
    if let Some(inner) = rest.strip_prefix('(') {
        let end = at + 1 + balanced(inner);
        let first = inner.find(['"', '\'', '@']).map_or(at + 1, |found| at + 1 + found);
        let inside = if first < end { value(text, first).0 } else { SourceMap::part(text, at, end) };
        return (inside, end);
    }
    shell::word(text, at, ShellDialect::PowerShell)
}

/// Skips spaces and the backticks that continue a line.
fn skip(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let mut left = rest.trim_start_matches([' ', '\t']);
    while let Some(next) = left.strip_prefix("`\r\n").or_else(|| left.strip_prefix("`\n")) {
        left = next.trim_start_matches([' ', '\t']);
    }
    at + rest.len() - left.len()
}
