//! What any text may hold that does not belong there: placeholders, passwords in URLs, stray spaces; and values that
//! SEI turns into text.

use super::phrase::{quote, show};
use super::place::Place;
use super::plan::Part;
use super::retype::{as_text, replace};
use super::rule::{OURS, PAGES};
use super::walk::{Expect, Walk};
use super::{Evidence, Fix, Rule, Severity, secret};
use crate::catalogue::Shape;
use crate::document::Value;

mod control;
mod credential;
mod curly;
mod gap;

pub(super) use control::CONTROL_CHARACTER;
pub(super) use credential::masked;
pub(super) use curly::CURLY_QUOTE;
pub use gap::find as placeholder;

pub(super) const PLACEHOLDER: Rule = Rule {
    code: "placeholder",
    severity: Severity::Error,
    evidence: Evidence::Doc,
    meaning: "A placeholder such as `<REPO_NAME>`, `YOUR_…`, `${VAR}` or `{{ … }}` was left in a value.",
    why: "SEI stores it letter by letter; in a name it makes a job that does not exist.",
    source: PAGES,
    example: r#""job_full_name": "<PROJECT>/<REPO_NAME>""#,
    good: r#""job_full_name": "shop/web""#,
    fix: "",
};

pub(super) const STRAY_SPACE: Rule = Rule {
    code: "stray-space",
    severity: Severity::Warning,
    evidence: Evidence::Advice,
    meaning: "A value begins or ends with a space, or has a line break inside.",
    why: "It cannot be seen in SEI, yet it makes another name: filters and pairs no longer match.",
    source: OURS,
    example: r#""pipeline": "Node.js CI ""#,
    good: r#""pipeline": "Node.js CI""#,
    fix: "Trims the value.",
};

pub(super) const URL_CREDENTIALS: Rule = Rule {
    code: "url-credentials",
    severity: Severity::Error,
    evidence: Evidence::Advice,
    meaning: "A URL holds a password or token before the host, as `user:secret@`.",
    why: "It would be stored in SEI, for everyone who looks at the run; CI tools hand out such URLs for cloning.",
    source: OURS,
    example: r#""repo_url": "https://ci:secret@git.example/shop/web""#,
    good: r#""repo_url": "https://git.example/shop/web""#,
    fix: "Takes the credentials out of the URL.",
};

pub(super) const MODULE_NAME_TYPE: Rule = Rule {
    code: "module-name-type",
    severity: Severity::Hint,
    evidence: Evidence::Doc,
    meaning: "The module name is a number.",
    why: "Some versions of the documentation call it an integer; it is a name, and SEI keeps it as text.",
    source: PAGES,
    example: r#""module_name": 3"#,
    good: r#""module_name": "checkout-api""#,
    fix: "Writes the value as text.",
};

/// What the bytes of a text tell, for most texts are plain and have to cost little.
struct Look {
    /// It may hold a placeholder or a password.
    may_hide: bool,
    /// It has a character that is not printable ASCII.
    is_odd: bool,
    /// It may have a space at an end, or a line break.
    may_stray: bool,
}

impl Look {
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

/// Looks at any text; false when it has a fault that makes other rules pointless.
pub(super) fn may_go_on(walk: &mut Walk<'_>, expect: Expect, text: &str, place: &Place<'_>) -> bool {
    let look = Look::at(text);
    if look.may_hide && hides(walk, expect, text, place) {
        return false;
    }
    let may_reveal = text.len() >= secret::SHORTEST || expect.part == Part::ParameterValue;
    if may_reveal && secret::look(walk, expect, text, place) {
        return false;
    }
    if look.is_odd && (control::look(walk, text, place) || curly::look(walk, expect, text, place)) {
        return false;
    }
    if look.may_stray {
        stray(walk, expect, text, place);
    }
    true
}

/// Whether a text holds a placeholder or a password.
fn hides(walk: &mut Walk<'_>, expect: Expect, text: &str, place: &Place<'_>) -> bool {
    let is_prose = matches!(expect.part, Part::Title | Part::Prose | Part::ParameterValue);
    let problem = if let Some(found) = gap::find(text).filter(|found| !is_prose || *found == text.trim()) {
        let message = format!("{} is a placeholder: SEI would store it letter by letter.", quote(found));
        PLACEHOLDER.at(place, message, Vec::new())
    } else if let Some(clean) = credential::stripped(text) {
        let message =
            format!("{} holds a password or token, which SEI would store for all to see.", quote(text));
        let fix = Fix::safe("strip the credentials", replace(place, Value::Text(clean)));
        URL_CREDENTIALS.at(place, message, vec![fix])
    } else {
        return false;
    };
    walk.add(place, problem);
    true
}

fn stray(walk: &mut Walk<'_>, expect: Expect, text: &str, place: &Place<'_>) {
    let is_free = matches!(expect.part, Part::Prose | Part::ParameterValue);
    let trimmed = text.trim();
    if is_free || *expect.shape != Shape::Text || trimmed.is_empty() {
        return;
    }
    let problem = if trimmed.len() != text.len() {
        let end = if text.starts_with(trimmed) { "ends" } else { "begins" };
        let message = format!("{} {end} with a space, which makes it another text for SEI.", quote(text));
        let fix = Fix::safe("trim", replace(place, Value::Text(trimmed.to_owned())));
        STRAY_SPACE.at(place, message, vec![fix])
    } else if text.contains(['\n', '\r']) {
        let message = format!("{} has a line break inside, which {} cannot show.", quote(text), place.name());
        let joined = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
        let joined = joined.collect::<Vec<_>>().join(" ");
        let fix = Fix::offer("put it on one line", replace(place, Value::Text(joined)));
        STRAY_SPACE.at(place, message, vec![fix])
    } else {
        return;
    };
    walk.add(place, problem);
}

pub(super) fn module_name(walk: &mut Walk<'_>, value: &Value, place: &Place<'_>) {
    let message = format!("{} is a number: SEI keeps the name of a module as text.", show(value));
    let problem = MODULE_NAME_TYPE.at(place, message, vec![as_text(value, place)]);
    walk.add(place, problem);
}
