//! Splits a pasted command line into words: `sh` and similar shells, PowerShell, and `cmd`.
//!
//! It handles quoting, continued lines, comments and here-documents. Variables and commands stay
//! unchanged: nothing is expanded or run.

mod caret;
mod quote;

use super::repair::Flaw;
use super::source_map::SourceMap;

pub(super) use caret::{is_cmd, without_carets};

/// The line continuation of a shell, and how it escapes quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ShellDialect {
    /// A backslash.
    Sh,
    /// A backtick.
    PowerShell,
    /// A caret, already removed; quotes are doubled or have a backslash before them.
    Cmd,
}

/// The words of one command. Places are offsets in the text that was cut.
#[derive(Debug, Default)]
pub(super) struct ShellCommand {
    pub(super) words: Vec<SourceMap>,
    pub(super) flaws: Vec<Flaw>,
    /// The text of its standard input.
    pub(super) input: Option<SourceMap>,
    /// The file that is its standard input.
    pub(super) file: Option<String>,
    /// The word that ends a here-document whose lines follow the command.
    pub(super) mark: Option<String>,
    /// Where the command ends.
    pub(super) end: usize,
}

/// Splits the command at an offset into words.
pub(super) fn cut(text: &str, at: usize, dialect: ShellDialect) -> ShellCommand {
    cut_with(text, at, dialect, None)
}

/// Splits a command; the here-document for its input starts on the next line and ends with `mark`.
pub(super) fn cut_with(text: &str, at: usize, dialect: ShellDialect, mark: Option<String>) -> ShellCommand {
    let mut lexer = Lexer { text, at, dialect, command: ShellCommand::default(), mark };
    lexer.run();
    ShellCommand { mark: lexer.mark, end: lexer.at, ..lexer.command }
}

/// Reads the word at an offset, and where it ends.
pub(super) fn word(text: &str, at: usize, dialect: ShellDialect) -> (SourceMap, usize) {
    let mut lexer = Lexer { text, at, dialect, command: ShellCommand::default(), mark: None };
    let word = lexer.word();
    (word, lexer.at)
}

/// Reads a text with the escapes of C after its opening quote, and where it ends.
pub(super) fn escaped(text: &str, at: usize, close: char) -> (SourceMap, usize) {
    let mut lexer =
        Lexer { text, at, dialect: ShellDialect::Sh, command: ShellCommand::default(), mark: None };
    let mut word = SourceMap::default();
    lexer.c_text(at, close, &mut word);
    (word, lexer.at)
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    dialect: ShellDialect,
    command: ShellCommand,
    /// The word that ends the here-document on the next lines.
    mark: Option<String>,
}

impl<'t> Lexer<'t> {
    fn run(&mut self) {
        while let Some(c) = self.peek() {
            match c {
                ' ' | '\t' | '\r' => self.at += 1,
                '\n' => {
                    if !self.continues() {
                        break;
                    }
                }
                '#' => self.at += self.line().len(),
                '|' | ';' | ')' | '}' => break,
                '&' if self.rest().starts_with("&&") || self.rest().starts_with("& ") => break,
                '<' if self.rest().starts_with("<<") => self.input(),
                '<' if self.is_file() => {
                    self.at += 1;
                    self.blanks();
                    self.command.file = Some(self.word().text);
                }
                '>' => self.redirection(),
                _ if self.continuation() => {}
                _ if super::tolerant::is_odd_space(c) => {
                    self.flaw(self.at, "a space of another kind was read as a space", "", "");
                    self.at += c.len_utf8();
                }
                _ => {
                    let word = self.word();
                    self.command.words.push(word);
                }
            }
        }
        let after = self.rest().trim_start_matches(['|', ';', '&', ')', '}', '`', ' ', '\t']);
        if after.starts_with('\n') && !after.trim_start().trim_start_matches('`').trim().is_empty() {
            self.flaw(self.at, "text after the command was skipped", "", "");
        }
    }

    /// Skips a line continuation, with spaces or a comment that follow by mistake.
    fn continuation(&mut self) -> bool {
        let sign = match (self.peek(), self.dialect) {
            (Some('\\'), _) => "\\",
            (Some('`'), ShellDialect::PowerShell) => "`",
            _ => return false,
        };
        let after = self.rest().get(sign.len()..).unwrap_or_default();
        let behind = after.trim_start_matches([' ', '\t', '\r', '\u{a0}']);
        let blank = after.len() - behind.len();
        let has_comment = blank > 0 && behind.starts_with('#');
        if !(behind.is_empty() || behind.starts_with('\n') || has_comment) {
            return false;
        }
        let comment = if has_comment { behind.split('\n').next().unwrap_or_default() } else { "" };
        if has_comment {
            // The comment may be an option, with its secret.
            self.flaw(self.at + sign.len() + blank, "a comment was removed", "", "");
        } else if after.starts_with([' ', '\t', '\u{a0}']) && !behind.is_empty() {
            self.flaw(self.at + sign.len(), "spaces after a line continuation were removed", "", "");
        }
        let has_break = behind.get(comment.len()..).is_some_and(|rest| rest.starts_with('\n'));
        self.at += sign.len() + blank + comment.len() + usize::from(has_break);
        true
    }

    /// At a line break: whether the command continues on the next line; moves there.
    fn continues(&mut self) -> bool {
        if let Some(mark) = self.mark.take() {
            self.at += 1;
            self.here_document(&mark);
            return true;
        }
        let next = self.rest().trim_start();
        let is_option = next.starts_with(['-', '–', '—', '−']) && !next.starts_with("---");
        if self.command.words.is_empty() || !is_option {
            return false;
        }
        self.flaw(self.at, "a missing line continuation was added", "", "\\");
        self.at = self.text.len() - next.len();
        true
    }

    /// `<< MARK` or `<<< text`.
    fn input(&mut self) {
        if self.rest().starts_with("<<<") {
            self.at += 3;
            self.blanks();
            self.command.input = Some(self.word());
            return;
        }
        self.at += 2;
        if self.peek() == Some('-') {
            self.at += 1;
        }
        self.blanks();
        self.mark = Some(self.word().text);
    }

    /// Whether `<` names a file here, and does not open a placeholder such as `<url>`.
    fn is_file(&self) -> bool {
        let rest = self.rest().get(1..).unwrap_or_default().trim_start_matches([' ', '\t']);
        let name = rest.split(char::is_whitespace).next().unwrap_or_default();
        !name.is_empty() && !name.contains('>') && !name.starts_with('(')
    }

    /// Reads the lines up to the line with only the mark.
    fn here_document(&mut self, mark: &str) {
        let start = self.at;
        let mut body = SourceMap::default();
        loop {
            let line = self.line();
            if line.trim() == mark.trim() {
                self.at += line.len();
                break;
            }
            if self.rest().is_empty() {
                self.flaw(start, "a here-document without its end mark was read to the end", "", mark);
                break;
            }
            let whole = self.rest().get(..line.len() + 1).unwrap_or(line);
            body.push(whole, Some(self.at));
            self.at += whole.len();
        }
        self.command.input = Some(body);
    }

    fn redirection(&mut self) {
        self.at += 1;
        if self.peek() == Some('>') {
            self.at += 1;
        }
        self.blanks();
        self.word();
    }

    fn word(&mut self) -> SourceMap {
        let mut word = SourceMap::default();
        let start = self.at;
        while let Some(c) = self.peek() {
            match c {
                ' ' | '\t' | '\r' | '\n' | '|' | ';' | ')' if self.at > start || c.is_whitespace() => break,
                _ if super::tolerant::is_odd_space(c) => break,
                '\'' => self.single(&mut word),
                '"' => self.double(&mut word),
                '$' if self.rest().starts_with("$'") => self.ansi(&mut word),
                '$' if self.rest().starts_with("$(") => self.substitution(&mut word),
                '“' | '”' | '„' | '‘' | '’' => self.curly(&mut word),
                '\\' | '`' if self.escape(&mut word) => {}
                '\\' | '`' if self.at > start && self.is_line_end() => break,
                c => {
                    word.push_char(c, Some(self.at));
                    self.at += c.len_utf8();
                }
            }
        }
        word
    }

    /// Whether a line continuation is here; the loop over the words skips it.
    fn is_line_end(&self) -> bool {
        let after = self.rest().get(1..).unwrap_or_default().trim_start_matches([' ', '\t', '\r']);
        after.is_empty() || after.starts_with('\n')
    }

    /// An escaped character outside quotes.
    fn escape(&mut self, word: &mut SourceMap) -> bool {
        let sign = if self.dialect == ShellDialect::PowerShell { '`' } else { '\\' };
        let mut rest = self.rest().chars();
        if rest.next() != Some(sign) || self.dialect == ShellDialect::Cmd || self.is_line_end() {
            return false;
        }
        let Some(c) = rest.next() else { return false };
        word.push_char(c, Some(self.at + 1));
        self.at += 1 + c.len_utf8();
        true
    }

    fn blanks(&mut self) {
        while let Some(' ' | '\t') = self.peek() {
            self.at += 1;
        }
    }

    /// The rest of the line, without its break.
    fn line(&self) -> &'t str {
        self.rest().split('\n').next().unwrap_or_default()
    }

    fn flaw(&mut self, offset: usize, what: &'static str, before: &str, after: &str) {
        self.command.flaws.push(Flaw::new(offset, what, before, after));
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }
}
