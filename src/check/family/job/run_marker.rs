//! Parts of a name that come from a run: its number, a commit, a date.

use std::ops::Range;

use crate::document::Value;
use crate::time::Timestamp;

/// Facts about the run that its name may contain.
pub(super) struct RunMarkers<'a> {
    pub(super) number: Option<String>,
    pub(super) start: Option<i64>,
    pub(super) commits: &'a [Value],
}

/// A name with its variable parts masked.
pub(super) struct Masked {
    pub(super) text: String,
    pub(super) is_marked: bool,
    /// Whether at least one masked part is certainly variable.
    pub(super) is_sure: bool,
}

/// Words before a number that mark it as the number of a run.
const MARKERS: [&str; 6] = ["build", "run", "number", "no", "nr", "buildnumber"];

/// The largest distance in ms between the start of a run and the day in its name, in any time zone.
const MAX_DISTANCE: i64 = 2 * 24 * 60 * 60 * 1000;

impl RunMarkers<'_> {
    /// The first part of a name that comes from this run, with its description.
    pub(super) fn find<'n>(&self, name: &'n str) -> Option<(&'n str, &'static str)> {
        let of_word = words(name).find_map(|at| {
            let word = name.get(at.clone())?;
            Some((word, self.describe(name, word, at)?))
        });
        of_word.or_else(|| self.day(name))
    }

    fn describe(&self, name: &str, word: &str, at: Range<usize>) -> Option<&'static str> {
        if self.number.as_deref() == Some(word) && is_number_of_run(name, word, at) {
            return Some("the build number");
        }
        let is_start = |start: i64| word.parse() == Ok(start) || word.parse() == Ok(start / 1000);
        if matches!(word.len(), 10 | 13) && self.start.is_some_and(is_start) {
            return Some("the start time");
        }
        let is_hex = word.len() >= 7 && word.bytes().all(|b| b.is_ascii_hexdigit());
        let is_prefix = |commit: &Value| {
            let start = commit.as_text().and_then(|commit| commit.trim().get(..word.len()));
            start.is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        let is_commit = is_hex && (is_whole_id(word) || self.commits.iter().any(is_prefix));
        is_commit.then_some("a commit id")
    }

    /// A day near the start of the run, or a day with a time after it.
    fn day<'n>(&self, name: &'n str) -> Option<(&'n str, &'static str)> {
        days(name).find_map(|(at, midnight)| {
            let is_near = self.start.is_none_or(|start| (start - midnight).abs() <= MAX_DISTANCE);
            let has_time = name.get(at.end..).is_some_and(is_time);
            if is_near || has_time { Some((name.get(at)?, "a date")) } else { None }
        })
    }
}

/// Masks the run number, commit ids and dates of a name.
pub(super) fn mask(name: &str, number: Option<i64>) -> Masked {
    let number = number.map(|number| number.to_string());
    let mut parts: Vec<(Range<usize>, char, bool)> = days(name).map(|(at, _)| (at, '@', true)).collect();
    for at in words(name) {
        let Some(word) = name.get(at.clone()) else { continue };
        if parts.iter().any(|(other, _, _)| other.start < at.end && at.start < other.end) {
            continue;
        }
        if number.as_deref() == Some(word) {
            let is_sure = is_number_of_run(name, word, at.clone());
            parts.push((at, '#', is_sure));
        } else if is_commit_like(word) {
            parts.push((at, '%', true));
        }
    }
    parts.sort_by_key(|(at, _, _)| at.start);
    let (mut text, mut from) = (String::with_capacity(name.len()), 0);
    for (at, sign, _) in &parts {
        text.push_str(name.get(from..at.start).unwrap_or_default());
        text.push(*sign);
        from = at.end;
    }
    text.push_str(name.get(from..).unwrap_or_default());
    let is_sure = parts.iter().any(|(_, _, is_sure)| *is_sure);
    Masked { text, is_marked: !parts.is_empty(), is_sure }
}

/// Whether digits that equal the build number come from it: a marker is before them, or they are
/// too long or too prominent for a coincidence.
fn is_number_of_run(name: &str, word: &str, at: Range<usize>) -> bool {
    let before = name.get(..at.start).unwrap_or_default();
    let after = name.get(at.end..).unwrap_or_default();
    let marker = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    let marker = marker.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if before.ends_with('#') || MARKERS.iter().any(|known| known.eq_ignore_ascii_case(marker)) {
        return true;
    }
    let is_version = before.ends_with('.') || after.starts_with('.');
    !is_version && (word.len() >= 4 || (word.len() == 3 && after.is_empty() && !before.is_empty()))
}

fn is_whole_id(word: &str) -> bool {
    matches!(word.len(), 40 | 64) && word.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Whether a word looks like a commit id, short or full.
fn is_commit_like(word: &str) -> bool {
    let has = |is_such: fn(&u8) -> bool| word.as_bytes().iter().any(is_such);
    let is_hex = word.bytes().all(|b| b.is_ascii_hexdigit());
    is_hex && (7..=64).contains(&word.len()) && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
}

fn words(name: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = name.get(from..)?;
        let start = from + rest.find(|c: char| c.is_alphanumeric())?;
        let word = name.get(start..)?;
        let end = start + word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
        from = end;
        Some(start..end)
    })
}

/// The days in a name, written `2025-07-01` or `20250701`, each with its midnight in epoch ms.
fn days(name: &str) -> impl Iterator<Item = (Range<usize>, i64)> {
    words(name).filter_map(|at| {
        let is_free = !name.get(..at.start)?.ends_with(|c: char| c.is_alphanumeric());
        let text = name.get(at.start..)?;
        let run = text.bytes().take_while(u8::is_ascii_digit).count();
        let (length, digits) = match run {
            8 => (8, text.get(..8)?.to_owned()),
            4 => {
                let separator = text.get(4..5).filter(|c| ["-", "_", ".", "/"].contains(c))?;
                if text.get(7..8) != Some(separator)
                    || text.as_bytes().get(10).is_some_and(u8::is_ascii_digit)
                {
                    return None;
                }
                (10, format!("{}{}{}", text.get(..4)?, text.get(5..7)?, text.get(8..10)?))
            }
            _ => return None,
        };
        let midnight = midnight(&digits).filter(|_| is_free)?;
        Some((at.start..at.start + length, midnight))
    })
}

fn midnight(digits: &str) -> Option<i64> {
    let (year, month, day) = (digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?);
    let is_recent = ("2010".."2100").contains(&year) && digits.bytes().all(|b| b.is_ascii_digit());
    let text = format!("{year}-{month}-{day}T00:00:00Z");
    is_recent.then(|| Timestamp::parse_rfc3339(&text))?.map(Timestamp::millis)
}

/// Whether a time of day follows a date: `T08:30`, `-083000`, ` 08.30`.
fn is_time(after: &str) -> bool {
    let rest = after.strip_prefix(['T', 't', ' ', '-', '_', '.']).unwrap_or_default();
    let digits: String = rest.chars().filter(|c| !matches!(c, ':' | '.' | '-')).take(4).collect();
    let number = |at: Range<usize>| digits.get(at).and_then(|two| two.parse::<u8>().ok());
    digits.len() == 4 && number(0..2).is_some_and(|h| h < 24) && number(2..4).is_some_and(|m| m < 60)
}
