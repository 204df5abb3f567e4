//! Digests of artifacts.

use crate::catalog::Evidence;
use crate::check::phrase::quote;
use crate::check::place::ValuePlace;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::retype::replace;
use crate::check::rule::{OURS, Rule};
use crate::document::Value;

pub(in crate::check) const HASH_FORM: Rule = Rule {
    code: "hash-form",
    severity: Severity::Warning,
    evidence: Evidence::Advice,
    meaning: "The hash of an artifact is not `algorithm:hex` with as many hex digits as the algorithm gives.",
    why: "SEI pairs builds with deployments by the hash alone when it can, letter by letter: a digest that was cut or \
          written in another way pairs nothing.",
    source: OURS,
    example: r#""artifacts": [{"hash": "sha256:2c26b46b"}]"#,
    good: r#""artifacts": [{"hash": "sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"}]"#,
    fix: "Puts the algorithm before a digest that can only be of one.",
};

/// The algorithms whose digests registries name, with the count of their hex digits.
const ALGORITHMS: [(&str, usize); 5] =
    [("sha256", 64), ("sha512", 128), ("sha384", 96), ("sha1", 40), ("md5", 32)];

pub(in crate::check) fn hash_form(report: &mut Report<'_>, hash: &str, place: &ValuePlace<'_>) {
    if hash.is_empty() {
        return;
    }
    let is_hex = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_hexdigit());
    let (fault, fix) = match hash.split_once(':') {
        None if is_hex(hash) && hash.len() == 64 => {
            let right = format!("sha256:{hash}");
            let fix = Fix::offer("put sha256: before it", replace(place, Value::Text(right)));
            ("names no algorithm, as in sha256:…".to_owned(), Some(fix))
        }
        None => ("names no algorithm, as in sha256:…".to_owned(), None),
        Some((_, digest)) if !is_hex(digest) => {
            ("is no algorithm with hex digits behind it".to_owned(), None)
        }
        Some((name, digest)) => {
            let known =
                ALGORITHMS.iter().find(|(known, _)| known.eq_ignore_ascii_case(&name.replace('-', "")));
            match known {
                Some((_, length)) if digest.len() != *length => {
                    (format!("has {} hex digits, and {name} gives {length}", digest.len()), None)
                }
                // Of algorithms that are not listed nothing is known.
                Some(_) | None => return,
            }
        }
    };
    let message = format!("{} {fault}: it pairs with no other.", quote(hash));
    report.add(&HASH_FORM, place, message, fix.into_iter().collect());
}
