//! A command that one shell passes to another, such as `powershell -Command "…"`, `bash -c '…'`, or
//! `sh '…'` in a pipeline of Jenkins.

use super::literal::literal;
use super::shell::{self, ShellDialect};
use super::source_map::SourceMap;

/// Shells, and the steps of Jenkins that run one.
const SHELLS: [&str; 10] =
    ["powershell.exe", "powershell", "pwsh.exe", "pwsh", "bash", "zsh", "sh", "cmd.exe", "cmd", "bat"];

/// Options before the command, in lower case.
const OPTIONS: [&str; 8] = ["-command", "-c", "-lc", "-ec", "-exc", "-xc", "/c", "/k"];

/// The command inside; `None` where no line starts with a shell and such an option.
pub(super) fn inner(source: &SourceMap) -> Option<SourceMap> {
    let text = source.text.as_str();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let bare = after_prompt(line).trim_start_matches([' ', '\t', '$', '>', '#', '@', '&']);
        let at = start + line.len() - bare.len();
        let name = SHELLS.iter().find(|name| {
            bare.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
                && bare.get(name.len()..).is_some_and(|rest| rest.starts_with([' ', '(']))
        });
        let found =
            name.and_then(|name| command(text, at + name.len()).or_else(|| step(text, at + name.len())));
        if let Some(found) = found.filter(|found| found.text.contains("://") || found.text.contains("curl")) {
            return Some(found.through(source));
        }
        start += line.len();
    }
    None
}

/// A line without the prompt of Windows, such as `PS C:\\src>`.
fn after_prompt(line: &str) -> &str {
    let bare = line.trim_start();
    let bare = bare.strip_prefix("PS ").unwrap_or(bare);
    let is_drive = bare.get(1..3) == Some(":\\");
    bare.split_once('>').filter(|_| is_drive).map_or(line, |(_, rest)| rest)
}

/// The text that a step of Jenkins runs, at an offset: `'…'`, `(script: "…")` and the like.
fn step(text: &str, at: usize) -> Option<SourceMap> {
    let rest = text.get(at..)?.trim_start_matches([' ', '(']);
    let rest = rest.strip_prefix("script:").map_or(rest, str::trim_start);
    let is_text = rest.starts_with(['\'', '"']);
    is_text.then(|| literal(text, text.len() - rest.len())).flatten().map(|(word, _)| word)
}

/// The command after the options at an offset.
fn command(text: &str, at: usize) -> Option<SourceMap> {
    let mut at = at;
    loop {
        let rest = text.get(at..)?;
        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        at += blank;
        let word = rest.get(blank..)?.split([' ', '\t', '\r', '\n']).next()?;
        if word.is_empty() {
            return None;
        }
        at += word.len();
        if OPTIONS.contains(&word.to_ascii_lowercase().as_str()) {
            break;
        }
        // An option such as `-NoProfile`, or its value.
        if !word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            return None;
        }
    }
    let rest = text.get(at..)?;
    let at = at + rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let dialect = match text.get(at..)?.chars().next()? {
        '\'' => ShellDialect::Sh,
        '"' => ShellDialect::Cmd,
        _ => return Some(SourceMap::part(text, at, text.len())),
    };
    Some(shell::word(text, at, dialect).0)
}
