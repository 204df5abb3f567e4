//! What tokens and keys look like.

use std::ops::Range;

/// No token is shorter; texts below are not looked at.
pub(in crate::check) const SHORTEST: usize = 16;

/// What a token begins with, how many characters follow at least, and what it is.
const PREFIXES: [(&str, usize, &str); 27] = [
    ("ghp_", 16, "a token of GitHub"),
    ("gho_", 16, "a token of GitHub"),
    ("ghu_", 16, "a token of GitHub"),
    ("ghs_", 16, "a token of GitHub"),
    ("ghr_", 16, "a token of GitHub"),
    ("github_pat_", 16, "a token of GitHub"),
    ("glpat-", 12, "a token of GitLab"),
    ("gldt-", 12, "a token of GitLab"),
    ("glrt-", 12, "a token of GitLab"),
    ("glptt-", 12, "a token of GitLab"),
    ("xoxa-", 12, "a token of Slack"),
    ("xoxb-", 12, "a token of Slack"),
    ("xoxe-", 12, "a token of Slack"),
    ("xoxo-", 12, "a token of Slack"),
    ("xoxp-", 12, "a token of Slack"),
    ("xoxr-", 12, "a token of Slack"),
    ("xoxs-", 12, "a token of Slack"),
    ("xapp-", 12, "a token of Slack"),
    ("npm_", 30, "a token of npm"),
    ("pypi-AgE", 30, "a token of PyPI"),
    ("hvs.", 20, "a token of Vault"),
    ("dop_v1_", 30, "a token of DigitalOcean"),
    ("sk_live_", 16, "a key of Stripe"),
    ("rk_live_", 16, "a key of Stripe"),
    ("ATATT3", 30, "a token of Atlassian"),
    ("AIza", 30, "a key of Google"),
    ("dckr_pat_", 16, "a token of Docker"),
];

/// Each token of a text: where it stands, and what it is.
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

/// What a word is, if it is a token.
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
        return Some("a key of AWS");
    }
    let mut parts = word.split('.');
    match (parts.next(), parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(head), Some(body), Some(sign), None, None) if is_jwt(head, body, sign) => {
            Some("a web token (JWT)")
        }
        (Some("pat" | "sat"), Some(account), Some(id), Some(secret), None)
            if account.len() >= 8 && id.len() >= 16 && secret.len() >= 16 =>
        {
            Some("an API key of Harness")
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

/// The end of a private key in the armour of PEM that the text begins with.
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

/// Whether a text has the looks of random characters: long, of one piece, of all three kinds of characters, and
/// changing between them more often than words do.
pub(in crate::check) fn is_random(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_piece =
        bytes.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'_' | b'-'));
    if bytes.len() < 32 || !is_piece {
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
