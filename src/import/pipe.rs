//! Text that is piped into a command in the same input: `echo`, `printf`, `cat` with a
//! here-document, `jq -n`, or a text of PowerShell. Import runs no command and reads only the
//! written text.

use super::shell::{self, ShellCommand, ShellDialect};
use super::source_map::SourceMap;
use crate::document::{Value, write_compact};

/// Commands whose output can be read from their words.
const PRODUCERS: [&str; 6] = ["echo", "printf", "cat", "jq", "Write-Output", "tee"];

/// How many places are tried as the start of the command before a pipe.
const TRIES: usize = 8;

/// The command before a pipe.
#[derive(Debug)]
pub(super) struct Piped {
    /// Where it starts.
    pub(super) start: usize,
    /// The output of the command, where known.
    pub(super) input: Option<SourceMap>,
    /// The word that ends a here-document whose lines follow later.
    pub(super) mark: Option<String>,
}

/// The command that is piped into the command at an offset.
pub(super) fn before(text: &str, at: usize, dialect: ShellDialect) -> Option<Piped> {
    let pipe = place(text, at)?;
    let head = text.get(..pipe)?;
    let mut starts: Vec<usize> = PRODUCERS
        .iter()
        .flat_map(|name| head.rmatch_indices(name).take(TRIES).filter(|(at, _)| is_first(head, *at)))
        .map(|(at, _)| at)
        .collect();
    starts.sort_unstable_by(|a, b| b.cmp(a));
    let named = starts.into_iter().find_map(|start| {
        let command = shell::cut(text, start, dialect);
        (command.end == pipe).then(|| produced(text, start, command, dialect))
    });
    named.or_else(|| literal(text, pipe))
}

/// Whether something is piped into the command that starts at an offset.
pub(super) fn is_piped(text: &str, at: usize) -> bool {
    place(text, at).is_some()
}

/// The offset of the pipe before a command, which may be named with its folder.
fn place(text: &str, at: usize) -> Option<usize> {
    let is_folder = |c: char| c.is_alphanumeric() || matches!(c, '/' | '\\' | '.');
    Some(text.get(..at)?.trim_end_matches(is_folder).trim_end_matches(BREAKS).strip_suffix('|')?.len())
}

/// Characters between a pipe and the command after it: a line may continue after the pipe.
const BREAKS: [char; 5] = [' ', '\t', '\r', '\n', '\\'];

/// Whether a command may start here.
fn is_first(head: &str, at: usize) -> bool {
    let before = head.get(..at).unwrap_or_default().trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with(['\n', '$', '#', '>', '|', ';', '&', '(', '`'])
}

fn produced(text: &str, start: usize, command: ShellCommand, dialect: ShellDialect) -> Piped {
    let ShellCommand { words, input, mark, end, .. } = command;
    let name = words.first().map(|word| word.text.as_str()).unwrap_or_default();
    let given = words.get(1..).unwrap_or_default();
    let is_filter = name == "tee" || (name == "jq" && given.iter().any(|word| word.text == "."));
    if is_filter && let Some(piped) = before(text, start, dialect) {
        return piped;
    }
    let input = match name {
        "printf" => Some(formatted(given)),
        "cat" | "tee" => input,
        "jq" => built(given),
        _ => Some(verbatim(text, start, end).unwrap_or_else(|| joined(given))),
    };
    Piped { start, input, mark }
}

/// The output of the command in `$(…)`, where the text is only that and the output is known.
pub(super) fn substituted(word: &SourceMap) -> Option<SourceMap> {
    let start = word.text.len() - word.text.trim_start().len();
    let inner = word.text.trim().strip_prefix("$(")?.strip_suffix(')')?;
    let inner = SourceMap::part(&word.text, start + 2, start + 2 + inner.len());
    let command = shell::cut(&inner.text, 0, ShellDialect::Sh);
    let is_whole = inner.text.get(command.end..).is_some_and(|rest| rest.trim().is_empty());
    let is_known = command.words.first().is_some_and(|name| PRODUCERS.contains(&name.text.as_str()));
    if !is_whole || !is_known {
        return None;
    }
    Some(produced(&inner.text, 0, command, ShellDialect::Sh).input?.through(&inner).through(word))
}

/// Whether an offset is inside a program of `jq`.
pub(super) fn is_of_jq(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default();
    let start = head.rfind("jq ").filter(|start| is_first(head, *start));
    start.is_some_and(|start| shell::cut(text, start, ShellDialect::Sh).end > at)
}

/// The output of the command whose redirection has its target at an offset.
pub(super) fn printed(text: &str, target: usize, dialect: ShellDialect) -> Option<SourceMap> {
    let head = text.get(..target)?;
    let mut starts: Vec<usize> = PRODUCERS
        .iter()
        .filter_map(|name| {
            head.rmatch_indices(name).take(TRIES).map(|(at, _)| at).find(|at| is_first(head, *at))
        })
        .collect();
    starts.sort_unstable_by(|a, b| b.cmp(a));
    starts.into_iter().find_map(|start| {
        let (command, piped) = {
            let piped = before(text, start, dialect);
            let mark = piped.as_ref().and_then(|piped| piped.mark.clone());
            (shell::cut_with(text, start, dialect, mark), piped)
        };
        if command.end < target {
            return None;
        }
        let input = command.input.clone();
        let of_pipe = piped.and_then(|piped| piped.input);
        let is_filter =
            command.words.first().is_some_and(|name| ["tee", "cat"].contains(&name.text.as_str()));
        produced(text, start, command, dialect).input.or(input.filter(|_| is_filter)).or(of_pipe)
    })
}

/// A text of PowerShell before the pipe, on the line of the pipe or as a here-string.
fn literal(text: &str, pipe: usize) -> Option<Piped> {
    let head = text.get(..pipe)?;
    let line = head.rfind('\n').map_or(0, |at| at + 1);
    let opened = ["@'\n", "@\"\n", "@'\r\n", "@\"\r\n"].iter().filter_map(|open| head.rfind(open)).max();
    [Some(line), opened].into_iter().flatten().find_map(|start| {
        let prompt = text.get(start..pipe)?.find(['\'', '"', '@'])?;
        let start = start + prompt;
        let (word, end) = shell::word(text, start, ShellDialect::PowerShell);
        let is_whole = text.get(end..pipe).is_some_and(|rest| rest.trim().is_empty());
        let is_body = word.text.trim_start().starts_with('{');
        (is_whole && is_body).then_some(Piped { start, input: Some(word), mark: None })
    })
}

/// Unquoted JSON after `echo`: only `cmd` prints the inner quotes, and the user means them.
fn verbatim(text: &str, start: usize, end: usize) -> Option<SourceMap> {
    let command = text.get(start..end)?;
    let body = command.strip_prefix("echo")?.trim_start();
    if !body.starts_with(['{', '[']) {
        return None;
    }
    let length = body.rfind(['}', ']'])? + 1;
    let at = start + command.len() - body.len();
    Some(SourceMap::part(text, at, at + length))
}

fn joined(words: &[SourceMap]) -> SourceMap {
    let is_option = |word: &&SourceMap| ["-n", "-e", "-E", "-ne", "-en"].contains(&word.text.as_str());
    let mut out = SourceMap::default();
    for word in words.iter().skip_while(is_option) {
        if !out.text.is_empty() {
            out.push(" ", None);
        }
        out.append(word);
    }
    out
}

/// The output of `printf` for its format and arguments.
fn formatted(words: &[SourceMap]) -> SourceMap {
    let mut words = words.iter().filter(|word| word.text != "--");
    let mut out = SourceMap::default();
    let Some(format) = words.next() else { return out };
    let mut chars = format.text.char_indices();
    while let Some((at, c)) = chars.next() {
        let next = format.text.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
        match (c, next) {
            ('%', Some('%')) => out.push("%", format.source(at)),
            ('%', Some('s' | 'd' | 'b' | 'i')) => out.append(words.next().unwrap_or(&SourceMap::default())),
            ('\\', Some('n')) => out.push("\n", format.source(at)),
            ('\\', Some('\\')) => out.push("\\", format.source(at)),
            (c, _) => {
                out.push_char(c, format.source(at));
                continue;
            }
        }
        chars.next();
    }
    out
}

/// The object that `jq -n` builds, with the values of `--arg` and `--argjson` in it.
fn built(words: &[SourceMap]) -> Option<SourceMap> {
    let mut values: Vec<(String, String)> = Vec::new();
    let mut program = None;
    let mut words = words.iter();
    let mut is_alone = false;
    while let Some(word) = words.next() {
        match word.text.as_str() {
            "--arg" | "--argjson" => {
                let (name, value) = (words.next()?, words.next()?);
                let is_text = word.text == "--arg";
                let value = if is_text {
                    write_compact(&Value::Text(value.text.clone()))
                } else {
                    value.text.clone()
                };
                values.push((name.text.clone(), value));
            }
            option if option.starts_with('-') => {
                is_alone |= option == "--null-input" || (!option.starts_with("--") && option.contains('n'));
            }
            _ => program = program.or(Some(word)),
        }
    }
    let program = program.filter(|_| is_alone)?;
    let text = program.text.as_str();
    let mut out = SourceMap::default();
    if text.trim() == "$ARGS.named" {
        let members = values
            .iter()
            .map(|(name, value)| format!("{}:{value}", write_compact(&Value::Text(name.clone()))));
        out.push(&format!("{{{}}}", members.collect::<Vec<_>>().join(",")), None);
        return Some(out);
    }
    if !text.trim_start().starts_with('{') {
        return None;
    }
    let mut at = 0;
    while let Some(dollar) = text.get(at..).and_then(|rest| rest.find('$')).map(|found| at + found) {
        out.push(text.get(at..dollar).unwrap_or_default(), program.source(at));
        let rest = text.get(dollar + 1..).unwrap_or_default();
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        at = dollar + 1 + end;
        match rest.get(..end).and_then(|name| values.iter().find(|(known, _)| known == name)) {
            // `{$name}` is short for the name and its value.
            Some((name, value)) if out.text.trim_end().ends_with(['{', ',']) && is_short(text, at) => {
                out.push(&format!("{}: {value}", write_compact(&Value::Text(name.clone()))), None);
            }
            Some((_, value)) => out.push(value, None),
            None => out.push(text.get(dollar..at).unwrap_or_default(), program.source(dollar)),
        }
    }
    out.push(text.get(at..).unwrap_or_default(), program.source(at));
    Some(out)
}

/// Whether a name without a value ends at an offset of a program of `jq`, as a member of an object.
fn is_short(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default().trim_start();
    let before = text.get(..at).unwrap_or_default();
    let opened = before.matches('[').count() > before.matches(']').count();
    rest.starts_with([',', '}']) && !opened
}
