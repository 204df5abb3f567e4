//! Passwords and tokens before the host of a URL.

use std::ops::Range;

/// Prefixes of tokens of code hosts, for URLs with a token and no user.
const TOKENS: [&str; 7] = ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-"];

/// The credentials of one URL, as byte ranges of the text.
struct Credential {
    /// The password or token itself.
    secret: Range<usize>,
    /// The part to remove: on the web everything before the host, otherwise only the password,
    /// because a git host needs the user in other protocols.
    excess: Range<usize>,
}

/// The text without credentials; `None` if it has no credentials.
pub(in crate::check) fn stripped(text: &str) -> Option<String> {
    let found = credentials(text);
    (!found.is_empty()).then(|| cut(text, found.into_iter().map(|credential| credential.excess), ""))
}

/// The text with each password and token replaced; `None` if it has no credentials.
pub(super) fn replaced(text: &str, by: &str) -> Option<String> {
    let found = credentials(text);
    (!found.is_empty()).then(|| cut(text, found.into_iter().map(|credential| credential.secret), by))
}

fn cut(text: &str, ranges: impl Iterator<Item = Range<usize>>, by: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut from = 0;
    for range in ranges {
        clean.push_str(text.get(from..range.start).unwrap_or_default());
        clean.push_str(by);
        from = range.end;
    }
    clean.push_str(text.get(from..).unwrap_or_default());
    clean
}

fn credentials(text: &str) -> Vec<Credential> {
    if !text.contains('@') {
        return Vec::new();
    }
    text.match_indices("://").filter_map(|(at, _)| credential(text, at)).collect()
}

/// The credentials of the URL with `://` at an index.
fn credential(text: &str, at: usize) -> Option<Credential> {
    let start = at + "://".len();
    let after = text.get(start..)?;
    let end = after.find(|c: char| matches!(c, '/' | '?' | '#' | '"' | '\'') || c.is_whitespace());
    let (user_info, _) = after.get(..end.unwrap_or(after.len()))?.rsplit_once('@')?;
    let end = start + user_info.len();
    let scheme = text.get(..at)?.rsplit(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    match user_info.split_once(':') {
        Some((_, "")) => None,
        Some((user, _)) => {
            let colon = start + user.len();
            let excess = if is_web { start..end + 1 } else { colon..end };
            Some(Credential { secret: colon + 1..end, excess })
        }
        None if TOKENS.iter().any(|token| user_info.starts_with(token)) => {
            Some(Credential { secret: start..end, excess: start..end + 1 })
        }
        None => None,
    }
}
