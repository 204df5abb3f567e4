//! Requests of other programs than curl: `fetch` as browsers copy it, PowerShell, wget, `HTTPie`,
//! xh, Python, Groovy.
//!
//! Each one becomes the same [`CurlRequest`] as a curl command; the import of requests decides what
//! to keep.

use super::credential::CredentialForm;
use super::curl::CurlRequest;
use super::pipe;
use super::repair::Flaw;
use super::shell::{self, ShellDialect};
use super::source_map::SourceMap;
use super::written;

mod call;
mod groovy;
mod httpie;
mod power;
mod wget;

/// How the command of a program is found and read.
struct Client {
    /// The words that a command starts with.
    names: &'static [&'static str],
    /// Reads the request from the offset of its name.
    read: fn(&str, usize) -> Option<CurlRequest>,
}

const CLIENTS: [Client; 5] = [
    Client { names: call::NAMES, read: call::read },
    Client { names: groovy::NAMES, read: groovy::read },
    Client { names: power::NAMES, read: power::read },
    Client { names: wget::NAMES, read: wget::read },
    Client { names: httpie::NAMES, read: httpie::read },
];

/// How many occurrences of a name are tried.
const TRIES: usize = 16;

/// Reads the first request in a text that has an address.
pub(super) fn read(source: &SourceMap) -> Option<CurlRequest> {
    let text = source.text.as_str();
    let mut found: Vec<(usize, &Client)> = CLIENTS
        .iter()
        .flat_map(|client| client.names.iter().map(move |name| (client, name)))
        .flat_map(|(client, name)| places(text, name).map(move |at| (at, client)))
        .collect();
    found.sort_by_key(|(at, _)| *at);
    let (at, request) = found
        .into_iter()
        .take(TRIES)
        .find_map(|(at, client)| Some((at, (client.read)(text, at).filter(has_body)?)))?;
    let mut request = request.through(source);
    written::take(&mut request, source, text.len());
    request.is_piped = pipe::is_piped(text, at);
    if text.get(..at).is_some_and(|before| before.lines().any(is_prose)) {
        request.flaws.push(Flaw::new(0, "text before the request was skipped", "", ""));
    }
    Some(request)
}

/// Whether a request has a body. Other requests are neither a run nor an instance set-up.
fn has_body(request: &CurlRequest) -> bool {
    request.body.is_some() || !request.files.is_empty()
}

/// The places where a name is a word of its own.
fn places<'t>(text: &'t str, name: &'static str) -> impl Iterator<Item = usize> + 't {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '"' | '\'');
    text.match_indices(name).map(|(at, _)| at).take(TRIES).filter(move |at| {
        let before = text.get(..*at).unwrap_or_default();
        let after = text.get(at + name.len()..).unwrap_or_default();
        let ends = name.ends_with('(') || after.starts_with([' ', '\t', '\u{a0}']);
        !before.ends_with(is_part) && ends
    })
}

/// Whether a line is text that is not part of the request.
fn is_prose(line: &str) -> bool {
    let line = line.trim();
    let is_code = line.ends_with(['{', '(', ';', '|', ')', '}', '\'', '"', ','])
        || line.starts_with(['$', '#', '@', '{', '}', '"', '\''])
        || line.starts_with("import ")
        || line.starts_with("from ")
        || line.contains('=');
    !line.is_empty() && !line.starts_with("```") && !is_code && !["await", "PS>", ">"].contains(&line)
}

/// A shell command and its standard input.
struct CommandWords {
    words: std::vec::IntoIter<SourceMap>,
    input: Option<SourceMap>,
    file: Option<String>,
    flaws: Vec<Flaw>,
}

/// Splits the shell command at an offset into words.
fn words(text: &str, at: usize) -> CommandWords {
    let piped = pipe::before(text, at, ShellDialect::Sh);
    let mark = piped.as_ref().and_then(|piped| piped.mark.clone());
    let command = shell::cut_with(text, at, ShellDialect::Sh, mark);
    let input = command.input.or_else(|| piped.and_then(|piped| piped.input));
    CommandWords { words: command.words.into_iter(), input, file: command.file, flaws: command.flaws }
}

/// Adds a header from a name and a value.
fn header(request: &mut CurlRequest, name: &str, value: &SourceMap) {
    let mut header = SourceMap::default();
    header.push(name, None);
    header.push(": ", None);
    header.append(value);
    request.headers.push(header);
}

/// Drops a credential and registers it for redaction.
fn credential(request: &mut CurlRequest, form: CredentialForm, text: String, what: &str) {
    request.credentials.push((form, text));
    if !request.dropped.iter().any(|known| known == what) {
        request.dropped.push(what.to_owned());
    }
}
