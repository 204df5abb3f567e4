//! Whether a value can be that of a field, and the expression that converts it.

use super::word::{self, PathWords};
use crate::document::{Number, Value};
use crate::import::ci::lookup;
use crate::import::ci::word::{ResultWord, RunEnd};
use crate::time::{EpochUnit, Timestamp, epoch_unit, parse_instant};

/// How well a value fits a field.
pub(super) struct Fit {
    /// Points to add to those of the name.
    pub(super) bonus: i32,
    /// The part of the expression after the path.
    pub(super) form: String,
    /// What shows it in the value, as a clause.
    pub(super) why: &'static str,
}

impl Fit {
    fn plain(bonus: i32) -> Option<Self> {
        Self::with(bonus, "", "")
    }

    #[expect(clippy::unnecessary_wraps, reason = "the end of a rule, which may find no fit")]
    fn with(bonus: i32, form: &str, why: &'static str) -> Option<Self> {
        Some(Self { bonus, form: form.to_owned(), why })
    }
}

/// Decides whether a value with a path can be that of a field.
pub(super) type FitRule = fn(&Value, &PathWords) -> Option<Fit>;

/// The longest text that can be a name.
const LONGEST: usize = 200;

fn short(value: &Value) -> Option<&str> {
    let text = value.as_text()?.trim();
    let is_short = !text.is_empty() && text.len() <= LONGEST && !text.contains(['\n', '\r']);
    is_short.then_some(text)
}

fn is_address(text: &str) -> bool {
    text.contains("://") || (text.starts_with("git@") && text.contains(':'))
}

pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a text is a full commit id.
pub(super) fn is_commit(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && is_hex(text)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// An instant, and what shows it.
pub(super) fn instant(value: &Value) -> Option<(Timestamp, &'static str)> {
    let of_number = |text: &str| {
        let whole: i64 = text.split('.').next()?.parse().ok()?;
        let unit = epoch_unit(whole)?;
        let why = match unit {
            EpochUnit::Seconds => "10 digits: epoch seconds",
            EpochUnit::Millis => "13 digits: epoch ms",
            EpochUnit::Micros => "16 digits: epoch µs",
            EpochUnit::Nanos => "19 digits: epoch ns",
        };
        Some((unit.instant(whole)?, why))
    };
    match value {
        Value::Number(number) => of_number(number.as_str()),
        Value::Text(text) if is_number(text.trim()) => of_number(text.trim()),
        Value::Text(text) => {
            let text = text.trim();
            let has_year = text.len() >= 10 && text.bytes().filter(u8::is_ascii_digit).count() >= 6;
            let read = || parse_instant(text, Timestamp::EPOCH).filter(|_| has_year);
            let found = lookup::written_instant(text).or_else(read)?;
            Some((found, "a date with a time"))
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A name of a job or a project.
pub(super) fn name(value: &Value, words: &PathWords) -> Option<Fit> {
    let text = short(value)?;
    if is_address(text) || is_uuid(text) || is_commit(text) || instant(value).is_some() || is_number(text) {
        return None;
    }
    // Names of Kubernetes objects are often those of a run.
    let is_made = words.all.iter().any(|word| word == "metadata")
        && text
            .rsplit('-')
            .next()
            .is_some_and(|end| end.len() >= 5 && end.bytes().any(|b| b.is_ascii_digit()));
    let ends_in_number =
        text.rsplit(['-', '#', ' ', '.']).next().is_some_and(is_number) && text.contains(['-', '#']);
    // A path of a resource has the id of the run in it.
    if text.split('/').any(is_uuid) {
        return None;
    }
    // An id is a name only if it is made of words.
    let is_id = words.last().last().is_some_and(|word| word == "id");
    let has_digits = text.bytes().any(|byte| byte.is_ascii_digit());
    let of_id = if !is_id {
        0
    } else if has_digits {
        -15
    } else {
        12
    };
    Fit::plain(of_id - if is_made || ends_in_number { 20 } else { 0 })
}

pub(super) fn result(value: &Value, words: &PathWords) -> Option<Fit> {
    const FORM: &str = " | result";
    match value {
        Value::Null => Fit::with(-4, FORM, "null in this run"),
        Value::Bool(_) => {
            let is_verdict = words.last().iter().all(|word| {
                let known = "is was success succeeded successful passed ok result status";
                word::is_in(known, word)
            });
            is_verdict.then(|| Fit::with(-5, FORM, "true or false")).flatten()
        }
        Value::Number(number) => number.as_i64().filter(|code| (-1..=10).contains(code)).and_then(|_| {
            let form = " | if . == null then empty elif . == 0 then \"SUCCESS\" else \"FAILURE\" end";
            Fit::with(-50, form, "a number, where 0 may be success")
        }),
        Value::Text(_) => {
            let word = short(value).filter(|text| text.len() <= 40)?;
            match ResultWord::of_any_tool(word).ending {
                RunEnd::Success | RunEnd::Unstable | RunEnd::Failure | RunEnd::Aborted | RunEnd::Skipped => {
                    Fit::with(12, FORM, "a result word")
                }
                RunEnd::Running | RunEnd::Waiting => {
                    Fit::with(-20, FORM, "the word of a run that is not over")
                }
                RunEnd::Unknown if is_number(word) || is_address(word) || word.contains(' ') => None,
                RunEnd::Unknown => Fit::with(-35, FORM, "a word that is not a known result"),
            }
        }
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// The result of a stage: the import converts words itself.
pub(super) fn stage_result(value: &Value, words: &PathWords) -> Option<Fit> {
    let fit = result(value, words)?;
    Some(if value.as_text().is_some() { Fit { form: String::new(), ..fit } } else { fit })
}

pub(super) fn time(value: &Value, _: &PathWords) -> Option<Fit> {
    let (_, why) = instant(value)?;
    Fit::with(0, " | time", why)
}

/// The time of a start, which is missing while a run waits.
pub(super) fn start(value: &Value, words: &PathWords) -> Option<Fit> {
    if *value == Value::Null { Fit::with(-20, " | time", "null in this run") } else { time(value, words) }
}

/// The time of an end, which is missing while a run is not over.
pub(super) fn end(value: &Value, words: &PathWords) -> Option<Fit> {
    if *value == Value::Null { Fit::with(-10, "", "null in this run") } else { time(value, words) }
}

pub(super) fn number(value: &Value, _: &PathWords) -> Option<Fit> {
    let points = |number: i64| {
        let is_time = epoch_unit(number).is_some_and(|unit| unit != EpochUnit::Seconds);
        (number > 0 && !is_time).then(|| if epoch_unit(number).is_some() { -10 } else { 0 })
    };
    match value {
        Value::Number(number) => Fit::with(points(number.as_i64()?)?, "", "a whole number"),
        Value::Text(text) => {
            let (digits, form) = match text.strip_prefix('#') {
                Some(digits) => (digits, " | ltrimstr(\"#\") | tonumber?"),
                None => (text.as_str(), " | tonumber?"),
            };
            Fit::with(points(digits.parse().ok()?)?, form, "digits as text")
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

pub(super) fn branch(value: &Value, words: &PathWords) -> Option<Fit> {
    let text = short(value)?;
    let is_version = text.trim_start_matches('v').split('.').all(is_number)
        && !words.all.iter().any(|word| word == "branch");
    // The ref of an action or a template is its name.
    let is_name = words.all.iter().any(|word| word::is_in("action workflow template task", word));
    let cost = if is_version || is_name { 40 } else { 0 };
    let is_other = is_address(text)
        || is_commit(text)
        || is_number(text)
        || text.contains(' ')
        || (text.starts_with("refs/") && !text.starts_with("refs/heads/"));
    if is_other {
        None
    } else if text.starts_with("refs/heads/") {
        Fit::with(10 - cost, " | strings | ltrimstr(\"refs/heads/\")", "starts with refs/heads/")
    } else if text.starts_with("origin/") {
        Fit::with(-cost, " | strings | ltrimstr(\"origin/\")", "starts with origin/")
    } else {
        Fit::plain(if text == "HEAD" { -30 } else { -cost })
    }
}

pub(super) fn commit(value: &Value, _: &PathWords) -> Option<Fit> {
    let text = short(value)?;
    let part = || text.split(|letter: char| !letter.is_ascii_alphanumeric()).any(is_commit);
    if is_commit(text) {
        Fit::with(15, "", "40 hexadecimal digits")
    } else if (7..40).contains(&text.len()) && is_hex(text) {
        Fit::with(-10, "", "a short commit id")
    } else if part() {
        let form = " | strings | capture(\"(?<id>[0-9a-f]{40})\") | .id";
        Fit::with(if is_address(text) { -35 } else { -5 }, form, "40 hexadecimal digits in a text")
    } else {
        None
    }
}

fn is_api(text: &str) -> bool {
    ["/api/", "//api.", "/apis/", "/_apis/", "/v1/", "/v2/", "/v3/", "/rest/"]
        .iter()
        .any(|part| text.contains(part))
}

pub(super) fn repository(value: &Value, _: &PathWords) -> Option<Fit> {
    let text = short(value).filter(|text| !text.contains(' '))?;
    let host = text.split('/').next().unwrap_or_default();
    let segments = text.trim_end_matches('/').split('/').count();
    if is_address(text) {
        let is_git = text.rsplit('.').next() == Some("git") || text.starts_with("git");
        let is_deep = !is_git && segments > 6;
        let bonus = i32::from(is_git) * 8 - i32::from(is_api(text)) * 45 - i32::from(is_deep) * 45;
        Fit::with(bonus, "", if is_git { "a git address" } else { "an address" })
    } else if host.contains('.') && segments > 2 {
        Fit::with(-5, " | strings | \"https://\" + .", "a host with a path")
    } else if segments == 2 && !host.is_empty() && !text.contains(':') && !text.starts_with("refs/") {
        Fit::with(-55, " | strings | \"https://github.com/\" + .", "an owner and a name, perhaps of GitHub")
    } else {
        None
    }
}

pub(super) fn user(value: &Value, words: &PathWords) -> Option<Fit> {
    if let Value::Number(_) = value {
        let is_id = words.last().last().is_some_and(|word| word == "id");
        return is_id.then(|| Fit::plain(-5)).flatten();
    }
    let text = short(value).filter(|text| text.len() <= 100)?;
    if is_address(text) || is_commit(text) || instant(value).is_some_and(|_| !is_number(text)) {
        return None;
    }
    Fit::plain(if is_uuid(text) {
        -35
    } else if is_reason(text) {
        -60
    } else {
        0
    })
}

/// Whether a text is what starts runs, not who.
pub(super) fn is_reason(text: &str) -> bool {
    const REASONS: &str = "manual manually schedule scheduled scheduler push cron timer api webhook hook tag trigger pull_request commit";
    word::is_in(REASONS, &text.to_lowercase())
}

pub(super) fn page(value: &Value, words: &PathWords) -> Option<Fit> {
    const OTHER: &str = "source git vcs scm blob clone ssh download archive tarball stream repo repository";
    let text = short_address(value)?;
    let lower = text.to_lowercase();
    let ending = lower.rsplit('.').next().unwrap_or_default();
    if ["png", "svg", "jpg", "gif", "git", "zip", "gz"].contains(&ending) {
        return None;
    }
    let is_other = words.all.iter().any(|word| word::is_in(OTHER, word));
    Fit::with(-if is_api(&lower) { 40 } else { 0 } - if is_other { 60 } else { 0 }, "", "a web address")
}

/// A web address, which may be longer than a name.
fn short_address(value: &Value) -> Option<&str> {
    let text = value.as_text()?.trim();
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    (is_web && !text.contains([' ', '\n'])).then_some(text)
}

pub(super) fn id(value: &Value, _: &PathWords) -> Option<Fit> {
    match value {
        Value::Text(_) => {
            short(value).filter(|text| !text.contains(' ') && !is_address(text)).and_then(|_| Fit::plain(0))
        }
        Value::Number(number) => number.as_i64().and_then(|_| Fit::plain(0)),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Any text or number.
pub(super) fn any(value: &Value, _: &PathWords) -> Option<Fit> {
    match value {
        Value::Text(text) if !text.trim().is_empty() => Fit::plain(0),
        Value::Number(_) => Fit::plain(-5),
        Value::Text(_) | Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A short text.
pub(super) fn text(value: &Value, _: &PathWords) -> Option<Fit> {
    short(value).and_then(|_| Fit::plain(0))
}

/// The value of a parameter.
pub(super) fn scalar(value: &Value, _: &PathWords) -> Option<Fit> {
    let is_list = matches!(value, Value::Array(_) | Value::Object(_));
    if is_list { None } else { Fit::with(0, " | values | tostring", "") }
}

/// The number of a value, also in a text.
pub(super) fn amount(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => Some(Number::as_f64(number)),
        Value::Text(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
    .filter(|amount: &f64| amount.is_finite() && *amount >= 0.0)
}
