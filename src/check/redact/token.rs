//! The forms of tokens and keys.

use std::ops::Range;

/// The length of the shortest token; shorter texts are not checked.
pub(in crate::check) const SHORTEST: usize = 16;

/// The prefix of a token, the minimum number of characters after it, and its description.
const PREFIXES: [(&str, usize, &str); 27] = [
    ("ghp_", 16, "a GitHub token"),
    ("gho_", 16, "a GitHub token"),
    ("ghu_", 16, "a GitHub token"),
    ("ghs_", 16, "a GitHub token"),
    ("ghr_", 16, "a GitHub token"),
    ("github_pat_", 16, "a GitHub token"),
    ("glpat-", 12, "a GitLab token"),
    ("gldt-", 12, "a GitLab token"),
    ("glrt-", 12, "a GitLab token"),
    ("glptt-", 12, "a GitLab token"),
    ("xoxa-", 12, "a Slack token"),
    ("xoxb-", 12, "a Slack token"),
    ("xoxe-", 12, "a Slack token"),
    ("xoxo-", 12, "a Slack token"),
    ("xoxp-", 12, "a Slack token"),
    ("xoxr-", 12, "a Slack token"),
    ("xoxs-", 12, "a Slack token"),
    ("xapp-", 12, "a Slack token"),
    ("npm_", 30, "an npm token"),
    ("pypi-AgE", 30, "a PyPI token"),
    ("hvs.", 20, "a Vault token"),
    ("dop_v1_", 30, "a DigitalOcean token"),
    ("sk_live_", 16, "a Stripe key"),
    ("rk_live_", 16, "a Stripe key"),
    ("ATATT3", 30, "an Atlassian token"),
    ("AIza", 30, "a Google key"),
    ("dckr_pat_", 16, "a Docker token"),
];

/// Each token of a text: its byte range and its description.
pub(in crate::check) fn tokens(text: &str) -> impl Iterator<Item = (Range<usize>, &'static str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(from..).filter(|rest| rest.len() >= SHORTEST)?;
            if let Some(end) = pem(rest) {
                let at = from;
                from += end;
                return Some((at..from, "a private key"));
            }
            let end = rest.find(|c: char| !is_inside(c)).unwrap_or(rest.len());
            let (at, word) = (from, rest.get(..end)?);
            from += end.max(rest.chars().next().map_or(1, char::len_utf8));
            if let Some(kind) = kind(word) {
                return Some((at..at + end, kind));
            }
        }
    })
}

/// The description of a word, if the word is a token.
fn kind(word: &str) -> Option<&'static str> {
    if word.len() < SHORTEST {
        return None;
    }
    let has_digit = || word.bytes().any(|b| b.is_ascii_digit());
    let known = PREFIXES
        .iter()
        .find(|(prefix, least, _)| word.strip_prefix(prefix).is_some_and(|rest| rest.len() >= *least));
    if let Some((_, _, kind)) = known.filter(|_| has_digit()) {
        return Some(kind);
    }
    let is_aws = word.len() == 20
        && (word.starts_with("AKIA") || word.starts_with("ASIA"))
        && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if is_aws {
        return Some("an AWS key");
    }
    let mut parts = word.split('.');
    match (parts.next(), parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(head), Some(body), Some(sign), None, None) if is_jwt(head, body, sign) => {
            Some("a web token (JWT)")
        }
        (Some("pat" | "sat"), Some(account), Some(id), Some(secret), None)
            if account.len() >= 8 && id.len() >= 16 && secret.len() >= 16 =>
        {
            Some("a Harness API key")
        }
        _ => None,
    }
}

fn is_jwt(head: &str, body: &str, sign: &str) -> bool {
    head.starts_with("eyJ")
        && body.starts_with("eyJ")
        && head.len() >= 10
        && body.len() >= 10
        && sign.len() >= 10
}

/// The end of the PEM private key at the start of a text.
fn pem(text: &str) -> Option<usize> {
    let (label, _) = text.strip_prefix("-----BEGIN ")?.split_once("-----")?;
    if !label.ends_with("PRIVATE KEY") && !label.ends_with("PRIVATE KEY BLOCK") {
        return None;
    }
    let end = text.find("-----END ").and_then(|at| Some(at + 9 + text.get(at + 9..)?.find("-----")? + 5));
    Some(end.unwrap_or(text.len()))
}

fn is_inside(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// Whether a text looks random: long, in one piece, with lower case, upper case and digits, and
/// with more changes between them than words have.
pub(in crate::check) fn is_random(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_one_piece =
        bytes.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'_' | b'-'));
    if bytes.len() < 32 || !is_one_piece {
        return false;
    }
    let class = |byte: u8| match byte {
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        b'0'..=b'9' => 3,
        _ => 4,
    };
    let count = |of: i32| bytes.iter().filter(|byte| class(**byte) == of).count();
    let changes = bytes.iter().zip(bytes.iter().skip(1)).filter(|(a, b)| class(**a) != class(**b)).count();
    count(1) >= 4 && count(2) >= 4 && count(3) >= 3 && changes * 5 >= bytes.len() * 2
}
