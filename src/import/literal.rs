//! String literals, brackets and variable assignments of programming languages.

use super::shell;
use super::source_map::SourceMap;

/// The offset of the value that a text assigns to a name.
pub(super) fn assigned(text: &str, name: &str) -> Option<usize> {
    text.match_indices(name).find_map(|(at, _)| {
        let before = text.get(..at)?;
        let is_word = !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '$'));
        let rest = text.get(at + name.len()..)?;
        let value =
            rest.trim_start_matches([' ', '\t']).strip_prefix('=').filter(|rest| !rest.starts_with('='))?;
        let value = value.trim_start();
        is_word.then_some(text.len() - value.len())
    })
}

/// The string literal at an offset, and where it ends; the prefixes of Python before a quote are
/// skipped.
pub(super) fn literal(text: &str, at: usize) -> Option<(SourceMap, usize)> {
    let rest = text.get(at..)?;
    let quoted = rest.trim_start_matches(['f', 'r', 'b', 'u']);
    let start = at + rest.len() - quoted.len();
    if let Some(open) = ["\"\"\"", "'''"].into_iter().find(|open| quoted.starts_with(*open)) {
        let length = quoted.get(3..)?.find(open)?;
        let word = SourceMap::part(text, start + 3, start + 3 + length);
        let is_raw = rest.get(..rest.len() - quoted.len()).is_some_and(|prefix| prefix.contains('r'));
        return Some((if is_raw { word } else { unescaped(&word) }, start + 6 + length));
    }
    let open = quoted.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    Some(shell::escaped(text, start + 1, open))
}

/// A multi-line text without the backslashes of its language; JSON escapes such as `\n` stay.
fn unescaped(word: &SourceMap) -> SourceMap {
    let mut out = SourceMap::default();
    let mut chars = word.text.char_indices();
    while let Some((at, c)) = chars.next() {
        let next = word.text.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
        match (c, next) {
            ('\\', Some(escaped @ ('\\' | '"' | '\'' | '$'))) => {
                out.push_char(escaped, word.source(at + 1));
                chars.next();
            }
            (c, _) => out.push_char(c, word.source(at)),
        }
    }
    out
}

/// The length up to and including the bracket that closes the open one; quotes hide brackets.
pub(super) fn balanced(text: &str) -> usize {
    let (mut depth, mut quote) = (1_usize, None);
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (Some(_), '\\') => drop(chars.next()),
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            (Some(_) | None, _) => {}
        }
    }
    text.len()
}
