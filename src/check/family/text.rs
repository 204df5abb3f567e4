//! Faults that any text may have: placeholders, passwords in URLs, stray spaces; and values that
//! SEI converts to text.

use crate::catalog::{Evidence, FieldRole, Shape};
use crate::check::family::secret;
use crate::check::loss::Loss;
use crate::check::phrase::{quote, show};
use crate::check::place::ValuePlace;
use crate::check::plan::Expect;
use crate::check::problem::{Fix, Severity};
use crate::check::redact::credential;
use crate::check::redact::token;
use crate::check::report::Report;
use crate::check::retype::{as_text, replace};
use crate::check::rule::{OURS, PAGES, Rule};
use crate::document::Value;

mod control;
mod curly;

pub(in crate::check) use control::CONTROL_CHARACTER;
pub(in crate::check) use curly::CURLY_QUOTE;

pub(in crate::check) const PLACEHOLDER: Rule = Rule {
    code: "placeholder",
    severity: Severity::Error,
    evidence: Evidence::Doc,
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "A value still has a placeholder, such as `<REPO_NAME>`, `YOUR_…`, `${VAR}` or `{{ … }}`.",
    why: "SEI stores the placeholder unchanged. In a name, it creates a job that does not exist.",
    source: PAGES,
    example: r#""job_full_name": "<PROJECT>/<REPO_NAME>""#,
    good: r#""job_full_name": "shop/web""#,
    fix: "",
};

pub(in crate::check) const STRAY_SPACE: Rule = Rule {
    code: "stray-space",
    severity: Severity::Warning,
    evidence: Evidence::Advice,
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "A value starts or ends with a space, or contains a line break.",
    why: "The space is invisible in SEI but changes the name: filters and pairs no longer match.",
    source: OURS,
    example: r#""pipeline": "Node.js CI ""#,
    good: r#""pipeline": "Node.js CI""#,
    fix: "Trims the value, or joins its lines.",
};

pub(in crate::check) const URL_CREDENTIALS: Rule = Rule {
    code: "url-credentials",
    severity: Severity::Error,
    evidence: Evidence::Advice,
    loss: None,
    other_losses: &[],
    meaning: "A URL contains a password or token before the host, such as `user:secret@`.",
    why: "SEI would store it and show it to everyone who opens the run. CI tools provide such URLs for cloning.",
    source: OURS,
    example: r#""repo_url": "https://ci:secret@git.example/shop/web""#,
    good: r#""repo_url": "https://git.example/shop/web""#,
    fix: "Removes the credentials from the URL.",
};

pub(in crate::check) const MODULE_NAME_TYPE: Rule = Rule {
    code: "module-name-type",
    severity: Severity::Hint,
    evidence: Evidence::Doc,
    loss: None,
    other_losses: &[],
    meaning: "The module name is a number.",
    why: "Some versions of the documentation call it an integer. The module name is a name, and SEI stores it as text.",
    source: PAGES,
    example: r#""module_name": 3"#,
    good: r#""module_name": "checkout-api""#,
    fix: "Writes the value as text.",
};

/// The result of one pass over the bytes of a text. Most texts are plain, and their check must be
/// cheap.
struct TextScan {
    /// It may hold a placeholder or a password.
    may_hide: bool,
    /// It has a character that is not printable ASCII.
    is_odd: bool,
    /// It may have a space at an end, or a line break.
    may_stray: bool,
}

impl TextScan {
    fn at(text: &str) -> Self {
        let is_edge = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_graphic());
        let bytes = text.as_bytes();
        let (mut may_hide, mut is_odd) = (false, false);
        for byte in bytes {
            may_hide |= matches!(byte, b'<' | b'{' | b'Y' | b'@');
            is_odd |= !matches!(byte, b' '..=b'~');
        }
        let may_stray = is_odd || is_edge(bytes.first()) || is_edge(bytes.last());
        Self { may_hide, is_odd, may_stray }
    }
}

/// Checks any text; false when it has a fault that makes other rules pointless.
pub(in crate::check) fn may_continue(
    report: &mut Report<'_>,
    expect: Expect,
    text: &str,
    place: &ValuePlace<'_>,
) -> bool {
    let scan = TextScan::at(text);
    if scan.may_hide && (placeholder(report, expect, text, place) || url_credentials(report, text, place)) {
        return false;
    }
    let may_reveal = text.len() >= token::SHORTEST || expect.role == Some(FieldRole::ParameterValue);
    if may_reveal && secret::secret_like(report, expect, text, place) {
        return false;
    }
    if scan.is_odd
        && (control::control_character(report, text, place)
            || curly::curly_quote(report, expect, text, place))
    {
        return false;
    }
    if scan.may_stray {
        stray_space(report, expect, text, place);
    }
    true
}

/// Reports a placeholder in a text; true when it does.
fn placeholder(report: &mut Report<'_>, expect: Expect, text: &str, place: &ValuePlace<'_>) -> bool {
    let is_prose =
        expect.is_prose() || matches!(expect.role, Some(FieldRole::StageName | FieldRole::ParameterValue));
    let found = crate::check::placeholder::find(text).filter(|found| !is_prose || *found == text.trim());
    let Some(found) = found else { return false };
    let message = format!("{} is a placeholder: SEI would store it unchanged.", quote(found));
    report.add(&PLACEHOLDER, place, message, Vec::new());
    true
}

/// Reports a password or token in a URL; true when it does.
fn url_credentials(report: &mut Report<'_>, text: &str, place: &ValuePlace<'_>) -> bool {
    let Some(clean) = credential::stripped(text) else { return false };
    let message = format!("{} contains a password or token: SEI would show it to everyone.", quote(text));
    let fix = Fix::safe("remove the credentials", replace(place, Value::Text(clean)));
    report.add(&URL_CREDENTIALS, place, message, vec![fix]);
    true
}

fn stray_space(report: &mut Report<'_>, expect: Expect, text: &str, place: &ValuePlace<'_>) {
    let is_free = expect.is_prose() || expect.role == Some(FieldRole::ParameterValue);
    let trimmed = text.trim();
    if is_free || *expect.shape != Shape::Text || trimmed.is_empty() {
        return;
    }
    let (message, fix) = if trimmed.len() != text.len() {
        let end = if text.starts_with(trimmed) { "ends" } else { "starts" };
        let message = format!("{} {end} with white space: SEI treats it as another value.", quote(text));
        (message, Fix::safe("trim the value", replace(place, Value::Text(trimmed.to_owned()))))
    } else if text.contains(['\n', '\r']) {
        let message = format!("{} contains a line break, which {} cannot show.", quote(text), place.name());
        let joined = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
        let joined = joined.collect::<Vec<_>>().join(" ");
        (message, Fix::offer("join the lines", replace(place, Value::Text(joined))))
    } else {
        return;
    };
    report.add(&STRAY_SPACE, place, message, vec![fix]);
}

pub(in crate::check) fn module_name_type(report: &mut Report<'_>, value: &Value, place: &ValuePlace<'_>) {
    let message = format!("{} is a number: SEI stores module names as text.", show(value));
    report.add(&MODULE_NAME_TYPE, place, message, vec![as_text(value, place)]);
}
