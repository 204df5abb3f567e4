//! The body file of a command, where the same text writes the file first.

use super::curl::CurlRequest;
use super::literal::{assigned, balanced, literal};
use super::pipe;
use super::shell::{self, ShellDialect};
use super::source_map::SourceMap;

/// How many occurrences of the name are tried.
const TRIES: usize = 16;

/// Commands of PowerShell that write a file, and the names of their parameters.
const WRITERS: [&str; 2] = ["Set-Content", "Out-File"];
const FILE: [&str; 3] = ["-path", "-filepath", "-literalpath"];
const VALUE: [&str; 2] = ["-value", "-inputobject"];

/// Reads the body of a request from the text that is written to its only file, before an offset of
/// the source.
pub(super) fn take(request: &mut CurlRequest, source: &SourceMap, end: usize) {
    let [name] = request.files.as_slice() else { return };
    if request.body.is_some() {
        return;
    }
    if let Some(body) = content(source.text.get(..end).unwrap_or_default(), name) {
        request.body = Some(body.through(source));
        request.files.clear();
    }
}

/// The content that a text writes to a file: the last write, with everything appended to it.
fn content(text: &str, name: &str) -> Option<SourceMap> {
    let bare = name.trim_start_matches("./").trim_start_matches(".\\");
    if bare.is_empty() || bare == "-" {
        return None;
    }
    let places: Vec<usize> =
        text.match_indices(bare).map(|(at, _)| at).filter(|at| is_word(text, *at, bare)).collect();
    let skipped = places.len().saturating_sub(TRIES);
    let mut body: Option<SourceMap> = None;
    for at in places.into_iter().skip(skipped) {
        let head = text.get(..at).unwrap_or_default();
        let head = head.trim_end_matches(['"', '\'', '/', '.', '\\']).trim_end_matches([' ', '\t']);
        if let Some(more) = head.strip_suffix(">>").and_then(|_| pipe::printed(text, at, ShellDialect::Sh)) {
            let mut all = body.take().unwrap_or_default();
            all.append(&more);
            all.push("\n", None);
            body = Some(all);
        } else if head.ends_with('>') {
            body = pipe::printed(text, at, ShellDialect::Sh).or_else(|| value_before(text, head.len() - 1));
        } else if let Some(tee) = head.rfind("tee").filter(|tee| head.get(*tee..).is_some_and(is_options)) {
            body = pipe::printed(text, tee + "tee".len(), ShellDialect::Sh);
        } else if let Some(written) = by_power_shell(text, at).or_else(|| by_function(text, at)) {
            body = Some(written);
        }
    }
    body
}

/// Whether a name is a word of its own at an offset, perhaps after `./` or in quotes.
fn is_word(text: &str, at: usize, name: &str) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let after = text.get(at + name.len()..).unwrap_or_default();
    let before = before.strip_suffix("./").or_else(|| before.strip_suffix(".\\")).unwrap_or(before);
    let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '|' | '&' | ')' | ',');
    let is_start = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '>' | '=');
    before.chars().next_back().is_none_or(is_start) && after.chars().next().is_none_or(is_end)
}

/// `tee`, perhaps with options, as the last words of a text.
fn is_options(text: &str) -> bool {
    text.split_whitespace()
        .enumerate()
        .all(|(index, word)| if index == 0 { word == "tee" } else { word == "-i" })
}

/// The value that PowerShell writes before `>`: a text, or the variable that was set to one.
fn value_before(text: &str, end: usize) -> Option<SourceMap> {
    let head = text.get(..end)?;
    let line = head.rfind('\n').map_or(0, |at| at + 1);
    value(text, line + head.get(line..)?.len() - head.get(line..)?.trim_start().len(), end)
}

/// `Set-Content PATH -Value X`, `X | Set-Content PATH`, and the same with `Out-File`.
fn by_power_shell(text: &str, at: usize) -> Option<SourceMap> {
    let head = text.get(..at)?;
    let start = WRITERS.iter().filter_map(|name| head.rfind(name)).max()?;
    let command = shell::cut(text, start, ShellDialect::PowerShell);
    if command.end < at || head.get(start..)?.contains('\n') {
        return None;
    }
    let mut words = command.words.iter().skip(1);
    let mut is_named = false;
    let mut found = None;
    while let Some(word) = words.next() {
        let name = word.text.to_ascii_lowercase();
        if FILE.contains(&name.as_str()) {
            is_named = true;
            words.next();
        } else if VALUE.contains(&name.as_str()) {
            found = words.next();
        } else if name.starts_with('-') {
            // `-NoNewline` and `-Force` take no value; the value of any other is not JSON.
        } else if !is_named {
            is_named = true;
        } else if word.text.trim_start().starts_with(['{', '$']) {
            found = found.or(Some(word));
        }
    }
    match found {
        Some(word) if word.text.starts_with('$') => variable(text, &word.text),
        Some(word) => Some(word.clone()),
        None => {
            let pipe = text.get(..start)?.trim_end().strip_suffix('|')?;
            let pipe = pipe
                .trim_end()
                .strip_suffix("ConvertTo-Json")
                .and_then(|rest| rest.trim_end().strip_suffix('|'))
                .unwrap_or(pipe);
            value_before(text, pipe.len()).or_else(|| here_string(text, pipe.len()))
        }
    }
}

/// A here-string that ends before an offset.
fn here_string(text: &str, end: usize) -> Option<SourceMap> {
    let head = text.get(..end)?.trim_end();
    let close = head.strip_suffix("'@").map(|_| "@'").or_else(|| head.strip_suffix("\"@").map(|_| "@\""))?;
    let start = head.get(..head.len() - 2)?.rfind(close)?;
    Some(shell::word(text, start, ShellDialect::PowerShell).0)
}

/// A value of PowerShell at an offset, which must end where a pipe or a redirection is.
fn value(text: &str, start: usize, end: usize) -> Option<SourceMap> {
    let whole = text.get(start..end)?.trim_end();
    if whole.starts_with('$') && !whole.contains(' ') {
        return variable(text, whole);
    }
    if !whole.starts_with(['\'', '"']) {
        return None;
    }
    let (word, after) = shell::word(text, start, ShellDialect::PowerShell);
    text.get(after..end)?.trim().is_empty().then_some(word)
}

/// The text or the table that a variable of PowerShell was set to.
fn variable(text: &str, name: &str) -> Option<SourceMap> {
    let at = assigned(text, name)?;
    let rest = text.get(at..)?;
    if let Some(table) = rest.strip_prefix("@{") {
        return Some(SourceMap::part(text, at + 1, at + 2 + balanced(table)));
    }
    rest.starts_with(['\'', '"', '@']).then(|| shell::word(text, at, ShellDialect::PowerShell).0)
}

/// `writeFile file: 'NAME', text: '…'` of Jenkins, and `WriteAllText("NAME", '…')`.
fn by_function(text: &str, at: usize) -> Option<SourceMap> {
    let head = text.get(..at)?;
    let line = head.get(head.rfind('\n').map_or(0, |at| at + 1)..)?;
    let rest = text.get(at..)?;
    let after = if line.contains("writeFile") {
        let line = rest.split('\n').next().unwrap_or_default();
        at + line.find("text:")? + "text:".len()
    } else if line.contains("WriteAllText") {
        at + rest.find(',')? + 1
    } else {
        return None;
    };
    let value = text.get(after..)?;
    let start = after + value.len() - value.trim_start().len();
    literal(text, start).map(|(word, _)| word)
}
