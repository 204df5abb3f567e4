//! Quoted parts of a word, closed or not.

use super::{Lexer, ShellDialect};
use crate::import::source_map::SourceMap;

const UNCLOSED: &str = "an unclosed quote was closed";

impl Lexer<'_> {
    /// `'…'`.
    pub(super) fn single(&mut self, word: &mut SourceMap) {
        let start = self.at;
        self.at += 1;
        if self.dialect == ShellDialect::PowerShell && word.text == "@" {
            return self.here_string("'@", word);
        }
        let inside = self.rest();
        let is_body = is_body(inside);
        let mut last = None;
        let mut indices = inside.char_indices().peekable();
        while let Some((at, c)) = indices.next() {
            let next = indices.peek().map(|(_, next)| *next);
            match c {
                '\'' if self.dialect == ShellDialect::PowerShell && next == Some('\'') => {
                    indices.next();
                    word.push("'", Some(start + 1 + at));
                }
                '\'' if is_body && is_letter(last) && is_letter(next) => {
                    self.flaw(start + 1 + at, "a quote inside a text was kept", "'", "");
                    word.push("'", Some(start + 1 + at));
                }
                '\'' => {
                    self.at = start + 1 + at + 1;
                    return;
                }
                '\n' if !is_body => return self.ends_with_line(start, word),
                c => word.push_char(c, Some(start + 1 + at)),
            }
            last = Some(c);
        }
        self.at = self.text.len();
        self.flaw(start, UNCLOSED, "", "'");
    }

    /// `"…"`.
    pub(super) fn double(&mut self, word: &mut SourceMap) {
        let start = self.at;
        self.at += 1;
        if self.dialect == ShellDialect::PowerShell && word.text == "@" {
            return self.here_string("\"@", word);
        }
        let inside = self.rest();
        let is_body = is_body(inside);
        let first = inside.trim_start().trim_start_matches(['{', '[']).trim_start();
        if is_body && first.starts_with('"') && !first.starts_with("\"\"") {
            return self.bare_body(start, word);
        }
        // `{""` cannot be the end of anything.
        let mut has_command = false;
        let is_doubled = self.dialect != ShellDialect::Sh || (is_body && first.starts_with("\"\""));
        while let Some(c) = self.peek() {
            let next = self.rest().chars().nth(1);
            match (c, next) {
                ('\\', _) if self.dialect != ShellDialect::Sh && self.backslashes(word) => {}
                ('"', Some('"')) if is_doubled => {
                    word.push("\"", Some(self.at));
                    self.at += 2;
                }
                ('"', _) => {
                    self.at += 1;
                    return;
                }
                ('\\', Some('\n')) if self.dialect == ShellDialect::Sh => self.at += 2,
                ('\\', Some(escaped @ ('"' | '\\' | '$' | '`')))
                    if escaped == '"' || self.dialect == ShellDialect::Sh =>
                {
                    word.push_char(escaped, Some(self.at + 1));
                    self.at += 2;
                }
                ('`', Some(escaped)) if self.dialect == ShellDialect::PowerShell => {
                    word.push_char(if escaped == 'n' { '\n' } else { escaped }, Some(self.at + 1));
                    self.at += 1 + escaped.len_utf8();
                }
                ('$', Some('(')) => {
                    has_command = true;
                    self.substitution(word);
                }
                ('\n', _) if !is_body && !has_command => {
                    return self.ends_with_line(start, word);
                }
                (c, _) => {
                    word.push_char(c, Some(self.at));
                    self.at += c.len_utf8();
                }
            }
        }
        self.flaw(start, UNCLOSED, "", "\"");
    }

    /// Backslashes before a quote, as programs on Windows read them: two are one, and the last of
    /// an odd number escapes the quote. Returns whether a quote follows.
    fn backslashes(&mut self, word: &mut SourceMap) -> bool {
        let count = self.rest().bytes().take_while(|byte| *byte == b'\\').count();
        if !self.rest().get(count..).is_some_and(|rest| rest.starts_with('"')) {
            return false;
        }
        for pair in 0..count / 2 {
            word.push("\\", Some(self.at + pair * 2 + 1));
        }
        self.at += count;
        if count % 2 == 1 {
            word.push("\"", Some(self.at));
            self.at += 1;
        }
        true
    }

    /// JSON with quotes of its own between double quotes: it ends at a quote after a closing
    /// bracket.
    fn bare_body(&mut self, start: usize, word: &mut SourceMap) {
        let inside = self.rest();
        let mut last = ' ';
        let mut found = None;
        for (at, c) in inside.char_indices() {
            if c == '"' && matches!(last, '}' | ']') {
                let after = inside.get(at + 1..).unwrap_or_default().chars().next();
                if after.is_none_or(char::is_whitespace) {
                    found = Some(at);
                    break;
                }
            }
            if !c.is_whitespace() {
                last = c;
            }
        }
        let end = found.unwrap_or(inside.len());
        word.push(inside.get(..end).unwrap_or_default(), Some(self.at));
        self.flaw(start, "quotes inside double quotes were read as quotes of the JSON", "", "");
        if found.is_none() {
            self.flaw(start, UNCLOSED, "", "\"");
        }
        self.at += (end + 1).min(inside.len());
    }

    /// Curly quotes around a whole word.
    pub(super) fn curly(&mut self, word: &mut SourceMap) {
        let start = self.at;
        let open = self.peek().unwrap_or('“');
        let is_double = matches!(open, '“' | '”' | '„');
        self.at += open.len_utf8();
        let inside = self.rest();
        let is_body = is_body(inside);
        let mut last = ' ';
        let mut indices = inside.char_indices().peekable();
        while let Some((at, c)) = indices.next() {
            let is_pair =
                if is_double { matches!(c, '“' | '”' | '"') } else { matches!(c, '‘' | '’' | '\'') };
            let ends = indices.peek().is_none_or(|(_, next)| next.is_whitespace());
            if is_pair && ends && (!is_body || matches!(last, '}' | ']')) {
                let end = self.at + at;
                word.push(inside.get(..at).unwrap_or_default(), Some(self.at));
                self.at = end + c.len_utf8();
                self.flaw(start, "curly quotes became straight quotes", &open.to_string(), "");
                return;
            }
            if c == '\n' && !is_body {
                word.push(inside.get(..at).unwrap_or_default().trim_end_matches(['\\', ' ']), Some(self.at));
                self.at += at;
                self.flaw(start, UNCLOSED, "", "");
                return;
            }
            if !c.is_whitespace() {
                last = c;
            }
        }
        word.push(inside, Some(self.at));
        self.at = self.text.len();
        self.flaw(start, UNCLOSED, "", "");
    }

    /// `$'…'`, with the escapes of C.
    pub(super) fn ansi(&mut self, word: &mut SourceMap) {
        let start = self.at;
        self.at += 2;
        self.c_text(start, '\'', word);
    }

    /// A text with the escapes of C, up to its closing quote.
    pub(super) fn c_text(&mut self, start: usize, close: char, word: &mut SourceMap) {
        while let Some(c) = self.peek() {
            if c == close {
                self.at += 1;
                return;
            }
            let here = self.at;
            self.at += c.len_utf8();
            if c == '\\' {
                let decoded = self.c_escape();
                word.push(&decoded, Some(here));
            } else {
                word.push_char(c, Some(here));
            }
        }
        self.flaw(start, UNCLOSED, "", "'");
    }

    /// The character of a C escape, after its backslash.
    fn c_escape(&mut self) -> String {
        let Some(letter) = self.peek() else { return "\\".to_owned() };
        self.at += letter.len_utf8();
        let control = match letter {
            'a' => '\u{7}',
            'b' => '\u{8}',
            'e' | 'E' => '\u{1b}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{b}',
            'x' => return self.coded(2, 16, "\\x"),
            'u' => return self.utf16(),
            'U' => return self.coded(8, 16, "\\U"),
            '0'..='7' => {
                self.at -= 1;
                return self.coded(3, 8, "\\");
            }
            '\\' | '\'' | '"' | '?' => letter,
            other => return format!("\\{other}"),
        };
        control.to_string()
    }

    /// A `\u` escape; browsers write some characters as surrogate pairs.
    fn utf16(&mut self) -> String {
        let high = self.digits(4, 16);
        if !high.is_some_and(|high| (0xD800..0xDC00).contains(&high)) || !self.rest().starts_with("\\u") {
            return high.and_then(char::from_u32).map_or_else(|| "\\u".to_owned(), String::from);
        }
        self.at += 2;
        let pair = high.zip(self.digits(4, 16));
        let code = pair.and_then(|(high, low)| {
            Some(0x1_0000 + ((high - 0xD800) << 10) + low.checked_sub(0xDC00).filter(|low| *low < 0x400)?)
        });
        code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER).to_string()
    }

    fn coded(&mut self, most: usize, radix: u32, otherwise: &str) -> String {
        let code = self.digits(most, radix).and_then(char::from_u32);
        code.map_or_else(|| otherwise.to_owned(), String::from)
    }

    fn digits(&mut self, most: usize, radix: u32) -> Option<u32> {
        let length = self.rest().bytes().take(most).take_while(|b| char::from(*b).is_digit(radix)).count();
        let digits = self.rest().get(..length)?;
        self.at += length;
        u32::from_str_radix(digits, radix).ok()
    }

    /// `$(…)`: a here-document inside is the text, anything else stays unchanged.
    pub(super) fn substitution(&mut self, word: &mut SourceMap) {
        let line = near(self.rest()).split('\n').next().unwrap_or_default();
        if let Some(mark) = line.split_once("<<").filter(|(before, _)| !before.contains('"')) {
            let name = mark.1.trim_start_matches('-').trim().trim_matches(['\'', '"', '\\']);
            self.at += (line.len() + 1).min(self.rest().len());
            let outer = self.command.input.take();
            self.here_document(name);
            word.append(&self.command.input.take().unwrap_or_default());
            self.command.input = outer;
            let rest = self.rest().trim_start();
            if let Some(rest) = rest.strip_prefix(')') {
                self.at = self.text.len() - rest.len();
            }
            return;
        }
        let is_read = PRODUCERS
            .iter()
            .any(|name| line.get(2..).is_some_and(|rest| rest.trim_start().starts_with(name)));
        let end = if is_read { closing(self.rest()) } else { line.find(')').map_or(2, |at| at + 1) };
        word.push(self.rest().get(..end).unwrap_or_default(), Some(self.at));
        self.at += end;
    }

    /// The lines of a here-string of PowerShell, up to the line that starts with its end mark.
    fn here_string(&mut self, end: &str, word: &mut SourceMap) {
        let start = self.at;
        *word = SourceMap::default();
        self.at += (self.line().len() + 1).min(self.rest().len());
        let inside = self.rest();
        let found = inside.lines().try_fold(0, |at, line| {
            if line.trim_start().starts_with(end) { Err(at) } else { Ok(at + line.len() + 1) }
        });
        let length = found.err().unwrap_or(inside.len()).min(inside.len());
        word.push(inside.get(..length).unwrap_or_default(), Some(self.at));
        self.at += length;
        match self.rest().trim_start().strip_prefix(end) {
            Some(rest) => self.at = self.text.len() - rest.len(),
            None => self.flaw(start, UNCLOSED, "", end),
        }
    }

    /// Ends a quoted word without a body at the end of its line.
    fn ends_with_line(&mut self, start: usize, word: &mut SourceMap) {
        let kept = word.text.trim_end_matches(['\r', ' ', '\\', '`']).len();
        word.truncate(kept);
        self.at = start + self.text.get(start..).and_then(|rest| rest.find('\n')).unwrap_or_default();
        self.flaw(start, UNCLOSED, "", "");
    }
}

/// Commands in `$(…)` whose output can be read: the whole command is kept as one word.
const PRODUCERS: [&str; 3] = ["jq ", "echo ", "printf "];

/// How long `$(…)` is, up to and with the parenthesis that closes it; quotes hide parentheses.
fn closing(text: &str) -> usize {
    let (mut depth, mut quote) = (0_usize, None);
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (Some('\''), '\'') | (Some('"'), '"') => quote = None,
            (None | Some('"'), '\\') => drop(chars.next()),
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            (Some(_) | None, _) => {}
        }
    }
    text.len()
}

/// Whether quoted text may have several lines; the next few characters decide.
fn is_body(inside: &str) -> bool {
    let line = near(inside).trim_start().split('\n').next().unwrap_or_default();
    line.starts_with(['{', '[', '"', '“']) || line.contains(['{', '['])
}

/// The next few characters. Lookahead stops here, or a long line would be read again for each of
/// its quotes.
fn near(text: &str) -> &str {
    const FAR: usize = 200;
    text.char_indices().nth(FAR).and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphabetic)
}
