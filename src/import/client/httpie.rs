//! `HTTPie` and xh: the items of a command are headers, or members of the body.

use super::{CommandWords, CurlRequest, credential, header, words};
use crate::document::{Value, write_compact};
use crate::import::credential::CredentialForm;
use crate::import::source_map::SourceMap;
use crate::wire::Scheme;

pub(super) const NAMES: &[&str] = &["http", "https", "xh", "xhs"];

/// Options that take a value.
const VALUES: [&str; 16] = [
    "-p",
    "--print",
    "-s",
    "--style",
    "-o",
    "--output",
    "--verify",
    "--timeout",
    "--proxy",
    "--cert",
    "--cert-key",
    "--pretty",
    "--max-redirects",
    "-A",
    "--auth-type",
    "--default-scheme",
];

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// The separators between the name and the value of an item, the longest first.
const SIGNS: [&str; 6] = [":=@", ":=", "==", "=@", "=", ":"];

pub(super) fn read(text: &str, at: usize) -> Option<CurlRequest> {
    let CommandWords { mut words, input, file, flaws } = words(text, at);
    let is_secure = words.next()?.text.ends_with('s');
    let mut request = CurlRequest { flaws, ..CurlRequest::default() };
    let mut members = Vec::new();
    while let Some(word) = words.next() {
        if word.text.starts_with('-') {
            option(&mut request, &word, &mut words);
        } else if request.url.is_none() {
            let is_method = METHODS.iter().any(|method| word.text.eq_ignore_ascii_case(method));
            if !is_method {
                request.url = Some(address(&word, is_secure)?);
            }
        } else {
            item(&mut request, &word, &mut members);
        }
    }
    if !members.is_empty() {
        request.body = Some(object(members));
    }
    request.body = request.body.or(input);
    if request.body.is_none() {
        request.files.extend(file);
    }
    let has_content = request.body.is_some() || !request.files.is_empty() || !request.headers.is_empty();
    (request.url.is_some() && has_content).then_some(request)
}

fn option(request: &mut CurlRequest, word: &SourceMap, words: &mut impl Iterator<Item = SourceMap>) {
    let (name, attached) = match word.text.split_once('=') {
        Some((name, _)) => (name, Some(word.from(name.len() + 1))),
        None => (word.text.as_str(), None),
    };
    let mut value = || attached.clone().or_else(|| words.next()).unwrap_or_default();
    match name {
        "--raw" => request.body = Some(value()),
        "-a" | "--auth" => {
            let text = value().text;
            let form = if text.contains(':') { CredentialForm::UserPassword } else { CredentialForm::Whole };
            credential(request, form, text, "a user and password");
        }
        "--bearer" => credential(request, CredentialForm::Whole, value().text, "a token"),
        "--session" | "--session-read-only" => {
            drop(value());
            request.dropped.push("a session".to_owned());
        }
        name if VALUES.contains(&name) => drop(value()),
        _ => {}
    }
}

/// The address with its protocol; `:3000/path` is on this machine.
fn address(word: &SourceMap, is_secure: bool) -> Option<SourceMap> {
    if !word.text.contains(['.', ':', '/']) && word.text != "localhost" {
        return None;
    }
    let mut url = SourceMap::default();
    if !word.text.contains("://") {
        url.push(if is_secure { "https://" } else { "http://" }, None);
        if word.text.starts_with(':') {
            url.push("localhost", None);
        }
    }
    url.append(word);
    Some(url)
}

/// Whether a header still lacks its key: its quotes were lost, and the next word belongs to it.
fn lacks_key(header: &str) -> bool {
    header.split_once(':').is_some_and(|(name, value)| {
        let value = value.trim();
        name.eq_ignore_ascii_case("authorization") && (value.is_empty() || Scheme::from_word(value).is_some())
    })
}

fn item(request: &mut CurlRequest, word: &SourceMap, members: &mut Vec<(String, SourceMap)>) {
    if let Some(header) = request.headers.last_mut().filter(|header| lacks_key(&header.text)) {
        header.push(" ", None);
        header.append(word);
        return;
    }
    let first = word.text.find([':', '=', '@']).unwrap_or(word.text.len());
    let (name, rest) = word.text.split_at_checked(first).unwrap_or_default();
    let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) else {
        request.credentials.push((CredentialForm::StrayWord, word.text.clone()));
        return;
    };
    let value = word.from(first + sign.len());
    match *sign {
        ":" => header(request, name, &value),
        "=" => {
            let mut text = SourceMap::default();
            text.push(&write_compact(&Value::Text(value.text)), None);
            members.push((name.to_owned(), text));
        }
        ":=" => members.push((name.to_owned(), value)),
        "==" => request.credentials.push((CredentialForm::Pair, format!("{name}={}", value.text))),
        _ => request.files.push(value.text),
    }
}

fn object(members: Vec<(String, SourceMap)>) -> SourceMap {
    let mut body = SourceMap::default();
    for (index, (name, value)) in members.into_iter().enumerate() {
        body.push(if index == 0 { "{" } else { "," }, None);
        body.push(&write_compact(&Value::Text(name)), None);
        body.push(":", None);
        body.append(&value);
    }
    body.push("}", None);
    body
}
