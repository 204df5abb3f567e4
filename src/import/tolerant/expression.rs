//! Values that a program or a shell would compute: they become placeholders, never texts that look
//! like values.

use super::{LenientReader, ReadResult, around, quoted, word};
use crate::catalog::{Shape, catalog};
use crate::document::{Number, Value, write_compact};

/// A longer expression is not repeated.
const LONGEST: usize = 80;

/// Prefixes of expressions that no payload has as text.
const ROOTS: [&str; 12] = [
    "process.",
    "os.",
    "env.",
    "ENV[",
    "currentBuild.",
    "context.",
    "github.",
    "params.",
    "self.",
    "this.",
    "args.",
    "config.",
];

impl LenientReader<'_> {
    /// Reads a value of a program: data as it is, anything else as a placeholder.
    pub(super) fn program_value(&mut self, shape: Option<&'static Shape>) -> ReadResult<Value> {
        let rest = self.rest();
        if rest.starts_with(['{', '[']) {
            let value = self.plain_value(shape)?;
            let after = self.rest().trim_start_matches([' ', '\t']);
            let ends = |c: char| matches!(c, ',' | '}' | ']' | ')' | ';' | '\r' | '\n' | '/' | '#');
            return if after.chars().next().is_none_or(ends) {
                Ok(value)
            } else {
                Err((self.at, "an expression continues here; import runs no program".to_owned()))
            };
        }
        let expression = rest.get(..end(rest)).unwrap_or_default().trim_end();
        if expression.is_empty() || is_literal(expression) {
            return self.plain_value(shape);
        }
        let placeholder = placeholder_of(expression).unwrap_or_else(|| placeholder(expression));
        self.flaw(self.at, "an expression became a placeholder", expression, &format!("\"{placeholder}\""));
        self.at += expression.len();
        Ok(Value::Text(placeholder))
    }

    /// An object inside quotes whose own quotes are not escaped: `"{ "pipeline": … }"`. It is read
    /// as the intended text.
    pub(super) fn unescaped_object(&mut self) -> ReadResult<Option<Value>> {
        let brace = self.rest().strip_prefix('"').map(str::trim_start).filter(|rest| rest.starts_with('{'));
        let Some(brace) = brace else { return Ok(None) };
        let first = brace.get(1..).unwrap_or_default().trim_start();
        let key = first.strip_prefix(|c| quoted::QuoteStyle::of(c).is_some());
        if !key.is_some_and(around::is_key) {
            return Ok(None);
        }
        self.flaw(self.at, "the quotes of JSON inside a text were escaped", "", "");
        self.at = self.text.len() - brace.len();
        let value = self.object(Some(catalog().run()), false)?;
        self.skip();
        if self.peek() == Some('"') {
            self.at += 1;
        }
        Ok(Some(Value::Text(write_compact(&value))))
    }
}

/// The placeholder for a word without quotes that names a variable or is an expression.
pub(super) fn placeholder_of(word: &str) -> Option<String> {
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '.'))
    };
    let percent = || word.strip_prefix('%')?.strip_suffix('%');
    if let Some(name) = word.strip_prefix('$').or_else(percent).filter(|name| is_name(name)) {
        return Some(format!("${{{name}}}"));
    }
    let calls = word.ends_with(')')
        && word
            .split_once('(')
            .is_some_and(|(name, _)| name.ends_with(|c: char| c.is_alphanumeric() || c == '_'));
    let joins = [" + ", " || ", " ?? ", " ? "].iter().any(|sign| word.contains(sign));
    let is_expression = word::placeholder(word).is_none()
        && (calls || joins || ROOTS.iter().any(|root| word.starts_with(root)));
    is_expression.then(|| placeholder(word))
}

fn placeholder(expression: &str) -> String {
    let is_plain = expression.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && !expression.contains(['{', '}', '$', '\n'])
        && expression.len() <= LONGEST;
    format!("${{{}}}", if is_plain { expression } else { "expression" })
}

/// Whether an expression is data: a number, a JSON word or its equivalent, or one text in quotes.
fn is_literal(expression: &str) -> bool {
    let words = ["true", "false", "null", "none", "nil", "undefined", "$true", "$false", "$null"];
    if words.iter().any(|word| expression.eq_ignore_ascii_case(word)) || Number::new(expression).is_some() {
        return true;
    }
    let mut chars = expression.char_indices();
    let Some((_, open)) = chars.next().filter(|(_, c)| quoted::QuoteStyle::of(*c).is_some()) else {
        return false;
    };
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if c == open {
            return at + c.len_utf8() == expression.len();
        }
    }
    false
}

/// Where an expression ends: before a comma or a closing bracket of the value around it, or at the
/// end of its line.
fn end(text: &str) -> usize {
    let (mut depth, mut quote, mut last) = (0_usize, None, ' ');
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (Some(_), '\\') => drop(chars.next()),
            (Some(open), c) if c == open => quote = None,
            (Some(open), '\n') if open != '`' => quote = None,
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') if depth > 0 => depth -= 1,
            (None, ')' | ']' | '}') => return at,
            (None, ',' | ';') if depth == 0 => return at,
            (None, '#') if depth == 0 && last.is_whitespace() => return at,
            (None, '/') if depth == 0 && text.get(at..).is_some_and(|rest| rest.starts_with("//")) => {
                return at;
            }
            (None, '\n') if depth == 0 && !continues(text, at) => return at,
            (Some(_) | None, _) => {}
        }
        last = c;
    }
    text.len()
}

/// Whether an expression continues after a line break.
fn continues(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at_checked(at).unwrap_or_default();
    let signs = ['+', '?', ':', '|', '&', '.'];
    before.trim_end_matches([' ', '\t', '\r']).ends_with(signs) || after.trim_start().starts_with(signs)
}
