//! The spellings of a key in texts: plain, and in the encodings that programs use.
//!
//! Known encodings: percent-encoding, the escapes of JSON, JSON Pointers and shells, hexadecimal
//! digits, and base64 in both alphabets, also if the key was only a part of the encoded text.

use std::ops::Range;

use super::secret::{SHORTEST_REDACTED, Secret};
use crate::text::base64;

/// A shorter start of a key is not redacted at the end of a cut text.
const SHORTEST_PART: usize = SHORTEST_REDACTED / 2;

/// The characters that start an escape.
const ESCAPES: [u8; 4] = [b'%', b'\\', b'~', b'\''];

/// The spellings of a single quote inside single quotes of a shell.
const QUOTES: [&[u8]; 2] = [br"'\''", br#"'"'"'"#];

/// The search patterns for some keys.
pub(super) struct Spellings {
    needles: Vec<Needle>,
    /// The bytes that a needle may start with; most bytes of a text are not among them.
    firsts: [bool; 256],
    /// The byte pairs that a needle may start with; few pairs of a text are among them.
    pairs: Pairs,
}

struct Needle {
    text: String,
    /// Whether the comparison ignores case.
    is_lenient: bool,
    /// Whether the text is the plain key.
    is_key: bool,
}

/// A set of pairs of bytes.
struct Pairs(Vec<u64>);

impl Spellings {
    /// The spellings of a key; none for a key so short that it may be an ordinary word.
    pub(super) fn of(key: &Secret) -> Self {
        Self::of_all([key])
    }

    /// The spellings of several keys.
    pub(super) fn of_all<'k>(keys: impl IntoIterator<Item = &'k Secret>) -> Self {
        let keys = keys.into_iter().map(Secret::expose).filter(|key| key.len() >= SHORTEST_REDACTED);
        let needles: Vec<_> = keys.flat_map(needles_of).collect();
        let mut firsts = [false; 256];
        for (first, is_one) in (0..=u8::MAX).zip(&mut firsts) {
            *is_one = needles.iter().any(|needle| needle.may_start_with(first));
        }
        let pairs = Pairs::of(&needles);
        Self { needles, firsts, pairs }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.needles.is_empty()
    }

    /// Whether a text holds any spelling.
    pub(super) fn are_in(&self, text: &str) -> bool {
        self.next(text.as_bytes(), 0).is_some()
    }

    /// The ranges of spellings in a text, in order.
    pub(super) fn places(&self, text: &str) -> Vec<Range<usize>> {
        let (mut found, mut from) = (Vec::new(), 0);
        while let Some(place) = self.next(text.as_bytes(), from) {
            from = place.end;
            found.push(place);
        }
        found
    }

    /// The ranges of spellings, and of starts of at least `enough` bytes, in order.
    pub(super) fn match_start(&self, text: &str, enough: usize) -> Vec<Range<usize>> {
        let (mut found, mut at) = (Vec::new(), 0);
        while let Some(rest) = text.as_bytes().get(at..).filter(|rest| !rest.is_empty()) {
            let longest = if self.may_start(rest) {
                self.needles.iter().filter_map(|needle| needle.prefix_len(rest, enough)).max()
            } else {
                None
            };
            if let Some(length) = longest {
                found.push(at..at + length);
            }
            at += longest.unwrap_or(1);
        }
        found
    }

    /// The position of the start of a spelling at the end of a cut text.
    pub(super) fn cut(&self, text: &str) -> Option<usize> {
        let part = |needle: &Needle| {
            (SHORTEST_PART..needle.text.len()).rev().find_map(|length| {
                let rest = text.strip_suffix(needle.text.get(..length)?)?;
                Some(rest.len())
            })
        };
        self.needles.iter().filter_map(part).min()
    }

    /// The length of the end of a spelling at the start of a text.
    pub(super) fn resumed(&self, text: &str) -> Option<usize> {
        let part = |needle: &Needle| {
            let start = |length: usize| needle.text.len().checked_sub(length);
            (SHORTEST_PART..needle.text.len()).rev().find(|length| {
                start(*length).and_then(|at| needle.text.get(at..)).is_some_and(|end| text.starts_with(end))
            })
        };
        self.needles.iter().filter_map(part).max()
    }

    /// The ranges of parts of spellings that are too long for a coincidence; ranges may overlap.
    pub(super) fn scraps(&self, text: &str) -> Vec<Range<usize>> {
        let (key, coded): (Vec<_>, Vec<_>) = self.needles.iter().partition(|needle| needle.is_key);
        let mut found = scraps_of(&key, text, SHORTEST_PART);
        found.extend(scraps_of(&coded, text, SHORTEST_REDACTED));
        found
    }

    /// The ranges of parts of spellings with this length.
    pub(super) fn parts(&self, text: &str, length: usize) -> Vec<Range<usize>> {
        scraps_of(&self.needles.iter().collect::<Vec<_>>(), text, length)
    }

    /// The next range from a byte on; of several spellings at one position, the longest.
    fn next(&self, text: &[u8], from: usize) -> Option<Range<usize>> {
        if self.is_empty() {
            return None;
        }
        let pairs = text.get(from..)?.windows(2).enumerate();
        let mut candidates = pairs.filter(|(_, pair)| self.pairs.holds(pair)).map(|(at, _)| from + at);
        candidates.find_map(|at| Some(at..at + self.at(text.get(at..)?)?))
    }

    /// The length of the longest spelling at the start of a text.
    fn at(&self, text: &[u8]) -> Option<usize> {
        self.needles.iter().filter_map(|needle| needle.length(text)).max()
    }

    fn may_start(&self, text: &[u8]) -> bool {
        text.first().and_then(|first| self.firsts.get(usize::from(*first))).is_some_and(|is_one| *is_one)
    }
}

impl Needle {
    /// Whether a text that starts with this byte may start with the needle.
    fn may_start_with(&self, first: u8) -> bool {
        let is_same = |wanted: &u8| first == *wanted || self.is_lenient && first.eq_ignore_ascii_case(wanted);
        self.text.as_bytes().first().is_some_and(is_same) || matches!(first, b'%' | b'\\' | b'~')
    }

    /// Whether these two bytes may start an escape of the first character.
    fn may_escape(&self, sign: u8, after: u8) -> bool {
        let Some(first) = self.text.as_bytes().first() else { return false };
        let leading = char::from_digit(u32::from(first >> 4), 16).and_then(|digit| u8::try_from(digit).ok());
        match sign {
            b'%' => leading.is_some_and(|digit| after.eq_ignore_ascii_case(&digit)),
            b'\\' => matches!(after, b'u' | b'U') || after == *first,
            b'~' => matches!((after, first), (b'0', b'~') | (b'1', b'/')),
            b'\'' => *first == b'\'',
            _ => false,
        }
    }

    /// The length of the needle, or of at least `enough` bytes of it, at the start of a text.
    fn prefix_len(&self, text: &[u8], enough: usize) -> Option<usize> {
        if !self.may_start_with(*text.first()?) {
            return None;
        }
        let wanted = self.text.as_bytes();
        let literal = wanted.iter().zip(text).take_while(|(wanted, byte)| wanted == byte).count();
        let (mut count, mut length) = (0, 0);
        for byte in wanted {
            let Some(step) = text.get(length..).and_then(|rest| self.step(rest, *byte)) else { break };
            (count, length) = (count + 1, length + step);
        }
        let (count, length) = (count.max(literal), length.max(literal));
        (count >= enough.min(wanted.len())).then_some(length)
    }

    fn length(&self, text: &[u8]) -> Option<usize> {
        let wanted = self.text.as_bytes();
        if !self.may_start_with(*text.first()?) {
            return None;
        }
        if text.starts_with(wanted) {
            return Some(wanted.len());
        }
        wanted.iter().try_fold(0, |at, byte| Some(at + self.step(text.get(at..)?, *byte)?))
    }

    /// How many bytes of a text encode this byte; `None` if they encode another one.
    fn step(&self, text: &[u8], byte: u8) -> Option<usize> {
        let hex = |range: Range<usize>| {
            let digits = std::str::from_utf8(text.get(range)?).ok()?;
            u32::from_str_radix(digits, 16).ok().filter(|code| *code == u32::from(byte))
        };
        match (text.first()?, text.get(1)) {
            (b'%', _) if hex(1..3).is_some() => Some(3),
            (b'\\', Some(b'u' | b'U')) if hex(2..6).is_some() => Some(6),
            (b'\\', Some(escaped)) if *escaped == byte && byte.is_ascii_punctuation() => Some(2),
            // Escapes of a JSON Pointer.
            (b'~', Some(b'0')) if byte == b'~' => Some(2),
            (b'~', Some(b'1')) if byte == b'/' => Some(2),
            (b'\'', _) if byte == b'\'' => {
                let quote = QUOTES.into_iter().find(|quote| text.starts_with(quote));
                Some(quote.map_or(1, <[u8]>::len))
            }
            (first, _) if *first == byte => Some(1),
            (first, _) if self.is_lenient && first.eq_ignore_ascii_case(&byte) => Some(1),
            _ => None,
        }
    }
}

/// The spellings of a key, except escapes of single characters, which [`Needle::step`] reads.
fn needles_of(key: &str) -> Vec<Needle> {
    let whole = |skipped: usize| {
        let bytes = key.as_bytes().get(skipped..).unwrap_or_default();
        base64(bytes.get(..bytes.len() / 3 * 3).unwrap_or_default())
    };
    let mut texts: Vec<String> = (0..3).map(whole).filter(|text| text.len() >= SHORTEST_REDACTED).collect();
    let url: Vec<String> = texts.iter().map(|text| text.replace('+', "-").replace('/', "_")).collect();
    texts.extend(url);
    // JSON text inside JSON escapes the escapes.
    let escaped = key.replace('\\', r"\\").replace('"', "\\\"");
    texts.extend((escaped != key).then_some(escaped));
    texts.sort_unstable();
    texts.dedup();
    let exact = texts.into_iter().map(|text| Needle { text, is_lenient: false, is_key: false });
    let own = Needle { text: key.to_owned(), is_lenient: false, is_key: true };
    let digit = |four: u8| char::from_digit(u32::from(four), 16);
    let hex = key.bytes().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(digit).collect();
    exact.chain([own, Needle { text: hex, is_lenient: true, is_key: false }]).collect()
}

impl Pairs {
    const WORDS: usize = 1 << 10;

    /// The byte pairs at the start of each spelling of the needles.
    fn of(needles: &[Needle]) -> Self {
        if needles.is_empty() {
            return Self(Vec::new());
        }
        let mut pairs = Self(vec![0; Self::WORDS]);
        for needle in needles {
            let [first, second, ..] = needle.text.as_bytes() else { continue };
            let other_case = |byte: &u8| if needle.is_lenient { byte.to_ascii_uppercase() } else { *byte };
            let cases = |byte: &u8| [*byte, other_case(byte)];
            for one in cases(first) {
                cases(second).into_iter().chain(ESCAPES).for_each(|other| pairs.add(one, other));
            }
            for sign in ESCAPES {
                (0..=u8::MAX)
                    .filter(|after| needle.may_escape(sign, *after))
                    .for_each(|after| pairs.add(sign, after));
            }
        }
        pairs
    }

    fn add(&mut self, first: u8, second: u8) {
        let at = usize::from(first) << 8 | usize::from(second);
        if let Some(word) = self.0.get_mut(at >> 6) {
            *word |= 1 << (at & 63);
        }
    }

    fn holds(&self, pair: &[u8]) -> bool {
        let [first, second] = pair else { return false };
        let at = usize::from(*first) << 8 | usize::from(*second);
        self.0.get(at >> 6).is_some_and(|word| word >> (at & 63) & 1 == 1)
    }
}

/// The ranges of a text that equal any `length` bytes in a row of a needle.
fn scraps_of(needles: &[&Needle], text: &str, length: usize) -> Vec<Range<usize>> {
    let mut parts: Vec<&[u8]> =
        needles.iter().flat_map(|needle| needle.text.as_bytes().windows(length)).collect();
    parts.sort_unstable();
    let windows = text.as_bytes().windows(length).enumerate();
    let found = windows.filter(|(_, window)| parts.binary_search(window).is_ok());
    found.map(|(at, _)| at..at + length).collect()
}
