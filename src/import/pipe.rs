//! What is piped into a command in the same text: `echo`, `printf`, `cat` with a here-document, `jq -n`, or a text of
//! PowerShell. Nothing is run: only what is written there is taken.

use super::shell::{self, ShellCommand, ShellDialect};
use super::source_map::SourceMap;
use crate::document::{Value, write_compact};

/// Commands whose output can be read from their words.
const PRODUCERS: [&str; 6] = ["echo", "printf", "cat", "jq", "Write-Output", "tee"];

/// So many places are tried as the start of the command before a pipe.
const TRIES: usize = 8;

/// The command before a pipe.
#[derive(Debug)]
pub(super) struct Piped {
    /// Where it starts.
    pub(super) start: usize,
    /// What it prints, where that is known.
    pub(super) input: Option<SourceMap>,
    /// The word that ends a here-document whose lines follow later.
    pub(super) mark: Option<String>,
}

/// What is piped into the command that starts at an offset.
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

/// What may be between a pipe and the command behind it: a line may go on after the pipe.
const BREAKS: [char; 5] = [' ', '\t', '\r', '\n', '\\'];

/// Whether a command may start here.
fn is_first(head: &str, at: usize) -> bool {
    let before = head.get(..at).unwrap_or_default().trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with(['\n', '$', '#', '>', '|', ';', '&', '(', '`'])
}

fn produced(text: &str, start: usize, command: ShellCommand, dialect: ShellDialect) -> Piped {
    let ShellCommand { words, input, mark, .. } = command;
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
        _ => Some(joined(given)),
    };
    Piped { start, input, mark }
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

/// What `printf` makes of its format and arguments.
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
    let program = program.filter(|program| is_alone && program.text.trim_start().starts_with('{'))?;
    let text = program.text.as_str();
    let mut out = SourceMap::default();
    let mut at = 0;
    while let Some(dollar) = text.get(at..).and_then(|rest| rest.find('$')).map(|found| at + found) {
        out.push(text.get(at..dollar).unwrap_or_default(), program.source(at));
        let rest = text.get(dollar + 1..).unwrap_or_default();
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        at = dollar + 1 + end;
        match rest.get(..end).and_then(|name| values.iter().find(|(known, _)| known == name)) {
            Some((_, value)) => out.push(value, None),
            None => out.push(text.get(dollar..at).unwrap_or_default(), program.source(dollar)),
        }
    }
    out.push(text.get(at..).unwrap_or_default(), program.source(at));
    Some(out)
}
