//! Credentials in the parts of a command: import keeps none of them, but must know them to redact
//! the same text elsewhere.

use std::path::Path;

use crate::check;
use crate::text;
use crate::wire::Scheme;

/// How a part of a command holds credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CredentialForm {
    /// The whole text is a credential.
    Whole,
    /// `user:password`.
    UserPassword,
    /// `file:password`.
    FilePassword,
    /// `name=value; name=value`.
    Cookies,
    /// `name: value`.
    Header,
    /// `name=value`.
    Pair,
    /// A URL, with `user:password@` before the host or credentials in the query.
    Url,
    /// A word that belongs to no option, such as a part of a header without quotes.
    StrayWord,
}

/// The shortest stray word that counts as a credential.
const SHORTEST_STRAY: usize = 16;

/// The credentials in a part of a command.
pub(super) fn find(form: CredentialForm, text: &str) -> Vec<String> {
    let text = text.trim();
    let mut found = match form {
        CredentialForm::Whole => vec![text.to_owned()],
        CredentialForm::UserPassword => user_password(text),
        CredentialForm::FilePassword => file_password(text).into_iter().collect(),
        CredentialForm::Cookies => cookies(text),
        CredentialForm::Header => header(text),
        CredentialForm::Pair => pair(text).into_iter().collect(),
        CredentialForm::Url => url(text),
        CredentialForm::StrayWord => {
            let is_one = text.len() >= SHORTEST_STRAY && !text.contains(['/', '=', ':', '@']);
            is_one.then(|| text.to_owned()).into_iter().collect()
        }
    };
    let decoded: Vec<String> = found.iter().map(|text| text::percent_decoded(text)).collect();
    found.extend(decoded);
    found.sort_unstable();
    found.dedup();
    found
}

/// The password. Some services accept the key as the user, with an empty password.
fn user_password(text: &str) -> Vec<String> {
    let (user, password) = text.split_once(':').unwrap_or((text, ""));
    match (user, password) {
        (_, password) if !password.is_empty() => vec![password.to_owned()],
        (user, _) if !user.contains('@') => vec![user.to_owned()],
        _ => Vec::new(),
    }
}

/// The password after a path. A colon after the letter of a drive or after a protocol belongs to
/// the path.
fn file_password(text: &str) -> Option<String> {
    let (_, password) = text.rsplit_once(':')?;
    (!password.starts_with(['/', '\\']) && !text.starts_with("pkcs11:")).then(|| password.to_owned())
}

/// The values of cookies, without email addresses, which a payload may hold as well. A text without
/// `=` is the name of a file for curl, but may also be a token.
fn cookies(text: &str) -> Vec<String> {
    if !text.contains('=') {
        let is_file = text.contains(['/', '\\'])
            || text.contains("cookie")
            || Path::new(text).extension().is_some_and(|end| end.eq_ignore_ascii_case("txt"));
        return if is_file { Vec::new() } else { vec![text.to_owned()] };
    }
    let values = text.split(';').filter_map(|cookie| cookie.split_once('='));
    let values = values.map(|(_, value)| value.trim().trim_matches('"'));
    values.filter(|value| !value.contains('@') && !value.contains("%40")).map(str::to_owned).collect()
}

fn header(text: &str) -> Vec<String> {
    let Some((name, value)) = text.split_once(':') else { return Vec::new() };
    let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
    if ["cookie", "set-cookie"].contains(&name.as_str()) {
        return cookies(value);
    }
    if ["referer", "origin"].contains(&name.as_str()) {
        return url(value);
    }
    // Older browsers copy the host under this name.
    if name == "authority" || !is_secret_name(&name) {
        return Vec::new();
    }
    match value.split_once(char::is_whitespace) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("basic") => {
            let decoded = text::base64_decoded(rest.trim()).map(|pair| user_password(&pair));
            std::iter::once(rest.trim().to_owned()).chain(decoded.unwrap_or_default()).collect()
        }
        Some((scheme, rest)) if Scheme::from_word(scheme).is_some() => vec![rest.trim().to_owned()],
        // Another scheme, such as `token KEY`, or one with parameters:
        // `Digest username="me", response="…"`.
        Some((_, rest)) if !rest.contains('=') => vec![rest.trim().to_owned()],
        Some((_, rest)) => rest.split(',').filter_map(pair).collect(),
        None => vec![value.to_owned()],
    }
}

fn pair(text: &str) -> Option<String> {
    let (name, value) = text.split_once('=')?;
    let value = value.trim().trim_matches('"');
    is_secret_name(name.trim()).then(|| value.to_owned())
}

fn url(text: &str) -> Vec<String> {
    let (place, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (place, query) = place.split_once('?').unwrap_or((place, ""));
    let rest = place.split_once("://").map_or(place, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or(rest);
    let user = authority.rsplit_once('@').map(|(user, _)| user_password(user)).unwrap_or_default();
    let named = [query, fragment].into_iter().flat_map(|part| part.split('&')).filter_map(pair);
    user.into_iter().chain(named).collect()
}

/// Whether the name of a header or parameter says that its value is a credential.
fn is_secret_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let is_short = ["key", "sig", "sid", "nonce", "response", "session"].contains(&lower.as_str());
    is_short || lower.contains("auth") || lower.ends_with("signature") || check::is_secret_name(name)
}
