//! The carets of `cmd`, which escape the next character.

use crate::import::source_map::SourceMap;

/// Whether a text has the carets of `cmd`: before its first quote, or at the end of a continued
/// line.
pub(in crate::import) fn is_cmd(text: &str) -> bool {
    let before = text.find(['"', '\'']).and_then(|at| text.get(..at)).unwrap_or(text);
    let ends =
        |line: &str| line.trim_end().strip_suffix('^').is_some_and(|rest| rest.ends_with([' ', '\t', '"']));
    before.ends_with('^') || before.lines().any(ends) || text.lines().next().is_some_and(ends)
}

/// The text without its carets; lines that a caret joined become one.
pub(in crate::import) fn without_carets(text: &str) -> SourceMap {
    let mut out = SourceMap::default();
    let mut parts = text.split('^');
    let first = parts.next().unwrap_or_default();
    out.push(first, Some(0));
    let mut at = first.len();
    // Two carets are one caret: an empty part is between them.
    let mut is_doubled = false;
    for part in parts {
        at += 1;
        if is_doubled {
            out.push("^", Some(at - 1));
        }
        is_doubled = part.is_empty() && !is_doubled;
        let joined = part.strip_prefix("\r\n").or_else(|| part.strip_prefix('\n'));
        let kept = joined.unwrap_or(part);
        if joined.is_some() {
            out.push(" ", None);
        }
        out.push(kept, Some(at + part.len() - kept.len()));
        at += part.len();
    }
    out
}
