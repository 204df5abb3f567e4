//! wget.

use super::{CommandWords, CurlRequest, credential, words};
use crate::import::credential::CredentialForm;

pub(super) const NAMES: &[&str] = &["wget", "wget2", "wget.exe"];

/// Options with a value that says nothing about the request.
const VALUES: [&str; 12] = [
    "-O",
    "-o",
    "-a",
    "-t",
    "-T",
    "-U",
    "-P",
    "--method",
    "--timeout",
    "--tries",
    "--output-document",
    "--user-agent",
];

pub(super) fn read(text: &str, at: usize) -> Option<CurlRequest> {
    let CommandWords { mut words, mut input, file, flaws } = words(text, at);
    words.next();
    let mut request = CurlRequest { flaws, ..CurlRequest::default() };
    while let Some(word) = words.next() {
        if !word.text.starts_with('-') {
            if request.url.is_none() && (word.text.contains("://") || word.text.contains('.')) {
                request.url = Some(word);
            } else {
                request.credentials.push((CredentialForm::StrayWord, word.text));
            }
            continue;
        }
        let (name, attached) = match word.text.split_once('=') {
            Some((name, _)) => (name.to_owned(), Some(word.from(name.len() + 1))),
            None => (word.text.clone(), None),
        };
        let mut value = || attached.clone().or_else(|| words.next()).unwrap_or_default();
        match name.as_str() {
            "--header" => request.headers.push(value()),
            "--post-data" | "--body-data" => request.body = Some(value()),
            "--post-file" | "--body-file" => {
                let name = value().text;
                let is_input = ["-", "/dev/stdin"].contains(&name.as_str());
                let name = file.clone().filter(|_| is_input).unwrap_or(name);
                match input.take().filter(|_| is_input) {
                    Some(body) => request.body = Some(body),
                    None => request.files.push(name),
                }
            }
            "--user" | "--password" | "--http-user" | "--http-password" | "--proxy-password" => {
                credential(&mut request, CredentialForm::Whole, value().text, "a user and password");
            }
            "--load-cookies" => drop(value()),
            option if VALUES.contains(&option) => drop(value()),
            _ => {}
        }
    }
    request.url.is_some().then_some(request)
}
