//! Text in quotes of any kind, closed or not.
//!
//! A quote closes a text where the characters after it can follow a text; otherwise it is part of
//! the text.

use super::{LenientReader, ReadResult, space};

const CURLY: [char; 6] = ['“', '”', '„', '‟', '«', '»'];
const CURLY_SINGLE: [char; 4] = ['‘', '’', '‚', '‛'];

/// What kind of quote opens a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum QuoteStyle {
    Straight,
    Single,
    Curly,
    CurlySingle,
    Backtick,
}

impl QuoteStyle {
    pub(super) fn of(c: char) -> Option<Self> {
        match c {
            '"' => Some(Self::Straight),
            '\'' => Some(Self::Single),
            '`' => Some(Self::Backtick),
            _ if CURLY.contains(&c) => Some(Self::Curly),
            _ if CURLY_SINGLE.contains(&c) => Some(Self::CurlySingle),
            _ => None,
        }
    }

    /// Whether a quote may close what this kind opened.
    fn pairs(self, c: char) -> bool {
        match self {
            Self::Straight => c == '"',
            Self::Single => c == '\'',
            Self::Curly => c == '"' || CURLY.contains(&c),
            Self::CurlySingle => c == '\'' || CURLY_SINGLE.contains(&c),
            Self::Backtick => c == '`',
        }
    }

    /// The repair for a text in such quotes.
    const fn flaw(self) -> Option<&'static str> {
        match self {
            Self::Straight => None,
            Self::Single | Self::Backtick => Some("quotes of another kind were read as double ones"),
            Self::Curly | Self::CurlySingle => Some("curly quotes became straight quotes"),
        }
    }
}

impl LenientReader<'_> {
    /// Reads a text as a value.
    pub(super) fn quoted(&mut self) -> ReadResult<String> {
        self.text_in_quotes(false)
    }

    /// Reads a text as a key.
    pub(super) fn quoted_key(&mut self) -> ReadResult<String> {
        self.text_in_quotes(true)
    }

    fn text_in_quotes(&mut self, is_key: bool) -> ReadResult<String> {
        let start = self.at;
        let open = self.peek().unwrap_or('"');
        let style = QuoteStyle::of(open).unwrap_or(QuoteStyle::Straight);
        let flaw_index = self.flaws.len();
        self.at += open.len_utf8();
        let mut out = String::new();
        loop {
            let Some(c) = self.peek() else {
                self.unclosed(start, style, &mut out);
                break;
            };
            match c {
                _ if style.pairs(c) && self.may_end(c, is_key) => {
                    self.at += c.len_utf8();
                    break;
                }
                // A previous quote was probably misread: the key would continue to here.
                '\n' | '\r' if is_key => {
                    return Err((start, "a key is not closed on its line".to_owned()));
                }
                '\n' | '\r' => {
                    if self.starts_anew() {
                        self.unclosed(start, style, &mut out);
                        break;
                    }
                    self.line_break(&mut out);
                    continue;
                }
                '\\' => {
                    self.escape(&mut out);
                    continue;
                }
                _ if style.pairs(c) => {
                    self.flaw(self.at, "a quote inside a text was kept", &c.to_string(), "");
                    out.push(c);
                }
                c if c < ' ' => {
                    let what = "a control character inside a text was kept";
                    self.flaw(self.at, what, &c.to_string(), &c.escape_default().to_string());
                    out.push(c);
                }
                c => out.push(c),
            }
            self.at += c.len_utf8();
        }
        if let Some(what) = style.flaw() {
            let before = self.text.get(start..self.at).unwrap_or_default();
            let after = format!("\"{out}\"");
            self.flaws.insert(flaw_index, super::Flaw::new(start, what, before, &after));
        }
        Ok(out)
    }

    /// Whether the characters after a quote can follow a text.
    fn may_end(&self, quote: char, is_key: bool) -> bool {
        let after = self.rest().get(quote.len_utf8()..).unwrap_or_default();
        let next = after.trim_start_matches(|c| matches!(c, ' ' | '\t') || space::is_odd_space(c));
        let is_apart = next.len() < after.len();
        let Some(c) = next.chars().next() else { return true };
        match c {
            ',' | ':' | '}' | ']' | ')' | ';' | '\n' | '\r' | '：' => true,
            '/' => next.starts_with("//") || next.starts_with("/*"),
            '#' | '\\' | '…' => is_apart,
            '=' | '{' | '[' => is_key,
            c if c.is_ascii_digit() => is_key && is_apart,
            c => is_apart && QuoteStyle::of(c).is_some(),
        }
    }

    /// Whether, at a line break inside a text, the next line starts like one after a complete text.
    fn starts_anew(&self) -> bool {
        let next = self.rest().trim_start();
        next.chars()
            .next()
            .is_none_or(|c| QuoteStyle::of(c).is_some() || matches!(c, '}' | ']' | ',' | '{' | '['))
    }

    /// Keeps a line break, and the space around it, in the text.
    fn line_break(&mut self, out: &mut String) {
        let rest = self.rest();
        let blank = rest.len() - rest.trim_start().len();
        self.flaw(self.at, "a line break inside a text was kept", "", "\\n");
        out.push_str(&rest.get(..blank).unwrap_or_default().replace("\r\n", "\n"));
        self.at += blank;
    }

    /// Ends a text without its closing quote; the brackets and commas after it are not part of it.
    fn unclosed(&mut self, start: usize, style: QuoteStyle, out: &mut String) {
        let raw = self.text.get(start..self.at).unwrap_or_default();
        let has_brackets = out.contains(['{', '[']);
        let is_last = self.rest().trim_start().is_empty();
        let is_tail = |c: char| c == ',' || c.is_whitespace() || (is_last && !has_brackets && is_bracket(c));
        let mut text = raw.trim_end_matches(is_tail);
        // A quote of another kind was meant to close it.
        let other = text
            .chars()
            .next_back()
            .filter(|c| style != QuoteStyle::Straight || QuoteStyle::of(*c).is_some());
        let other =
            other.filter(|c| QuoteStyle::of(*c).is_some() && text.len() > c.len_utf8() && out.contains(*c));
        if let Some(other) = other {
            text = text.strip_suffix(other).unwrap_or(text);
        }
        let dropped = raw.get(text.len()..).unwrap_or_default();
        if let Some(kept) = out.strip_suffix(dropped) {
            out.truncate(kept.len());
            self.at = start + text.len() + other.map_or(0, char::len_utf8);
        }
        self.flaw(start, "a missing closing quote was added", raw, &format!("\"{out}\""));
    }

    fn escape(&mut self, out: &mut String) {
        let start = self.at;
        let mut rest = self.rest().chars();
        rest.next();
        let Some(letter) = rest.next() else {
            self.at += 1;
            self.flaw(start, "a lone backslash was removed", "\\", "");
            return;
        };
        self.at += 1 + letter.len_utf8();
        match letter {
            '"' | '\\' | '/' => out.push(letter),
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            'u' => self.code(start, out),
            '\'' | '`' => {
                self.flaw(start, "a backslash that JSON does not know was removed", "\\", "");
                out.push(letter);
            }
            '\n' => self.flaw(start, "a line break after a backslash was removed", "\\", ""),
            _ => {
                self.flaw(start, "a lone backslash inside a text was kept", "\\", "\\\\");
                self.at = start + 1;
                out.push('\\');
            }
        }
    }

    /// The character of a `\u`, with the second half of a pair where there is one.
    fn code(&mut self, start: usize, out: &mut String) {
        let first = self.hex();
        let second = match first {
            Some(0xD800..0xDC00) if self.rest().starts_with("\\u") => {
                self.at += 2;
                self.hex()
            }
            _ => None,
        };
        let c = match (first, second) {
            (Some(high), Some(low @ 0xDC00..0xE000)) => {
                char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00))
            }
            (Some(code), None) => char::from_u32(code),
            (Some(_) | None, _) => None,
        };
        if c.is_none() {
            let before = self.text.get(start..self.at).unwrap_or_default();
            self.flaw(start, "a broken \\u was read as an unknown character", before, "\u{fffd}");
        }
        out.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.rest().get(..4).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let code = u32::from_str_radix(digits, 16).ok()?;
        self.at += 4;
        Some(code)
    }
}

const fn is_bracket(c: char) -> bool {
    matches!(c, '}' | ']')
}
