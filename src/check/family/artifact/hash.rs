//! Digests of artifacts.

use crate::catalog::Evidence;
use crate::check::loss::Loss;
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
    loss: Some(Loss::Pairing),
    other_losses: &[],
    meaning: "The hash of an artifact is not `algorithm:hex` with the number of hex digits of the algorithm.",
    why: "SEI can pair builds with deployments by the hash alone, as an exact match. A digest that is cut or written \
          differently pairs with nothing.",
    source: OURS,
    example: r#""artifacts": [{"hash": "sha256:2c26b46b"}]"#,
    good: r#""artifacts": [{"hash": "sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"}]"#,
    fix: "Adds the algorithm to a digest that fits only one algorithm.",
};

/// The algorithms of digests in registries, with their number of hex digits.
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
            let fix = Fix::offer("add sha256:", replace(place, Value::Text(right)));
            ("has no algorithm such as sha256".to_owned(), Some(fix))
        }
        None => ("has no algorithm such as sha256".to_owned(), None),
        Some((_, digest)) if !is_hex(digest) => {
            ("is not an algorithm with hex digits after it".to_owned(), None)
        }
        Some((name, digest)) => {
            let known =
                ALGORITHMS.iter().find(|(known, _)| known.eq_ignore_ascii_case(&name.replace('-', "")));
            match known {
                Some((_, length)) if digest.len() != *length => {
                    (format!("has {} hex digits, but {name} has {length}", digest.len()), None)
                }
                // The number of digits of other algorithms is unknown.
                Some(_) | None => return,
            }
        }
    };
    let message = format!("{} {fault}: SEI pairs it with nothing.", quote(hash));
    report.add(&HASH_FORM, place, message, fix.into_iter().collect());
}
