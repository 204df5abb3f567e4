//! A curl command as a request: where it goes, what it carries, and what of it is not kept.

use super::piece::Piece;
use super::repair::Flaw;
use super::shell::{self, Command, Dialect};
use super::tolerant::is_odd_space;

/// Letters of options that take a value.
const SHORT_WITH_VALUE: &str = "AbcCdDeEFHKmoPQrtTuUwxXyYz";

/// Long options that take a value and say nothing about the request.
const LONG_WITH_VALUE: [&str; 24] = [
    "max-time",
    "connect-timeout",
    "retry",
    "retry-delay",
    "retry-max-time",
    "output",
    "write-out",
    "proxy",
    "cacert",
    "capath",
    "cert",
    "key",
    "user-agent",
    "referer",
    "resolve",
    "interface",
    "limit-rate",
    "config",
    "cookie-jar",
    "dump-header",
    "proxy-user",
    "noproxy",
    "form",
    "upload-file",
];

/// What a request holds, before anything of it was looked at.
#[derive(Debug, Default)]
pub(super) struct Request {
    pub(super) url: Option<Piece>,
    /// Names and values of headers; they may hold a key.
    pub(super) headers: Vec<Piece>,
    pub(super) body: Option<Piece>,
    /// Files that the body would be read from.
    pub(super) files: Vec<String>,
    /// Things that are not kept, as they are called.
    pub(super) dropped: Vec<String>,
    pub(super) flaws: Vec<Flaw>,
}

/// Where a command begins, and in which dialect it is written.
pub(super) struct Begin {
    at: usize,
    is_after_prose: bool,
}

/// Finds a curl command: first on a line, or behind a prompt or another command.
pub(super) fn begin(text: &str) -> Option<Begin> {
    let mut start = 0;
    let mut is_after_prose = false;
    for line in text.split_inclusive('\n') {
        if let Some(at) = in_line(line) {
            return Some(Begin { at: start + at, is_after_prose });
        }
        let is_fence = line.trim_start().starts_with("```");
        is_after_prose |= !is_fence && !line.trim().is_empty();
        start += line.len();
    }
    None
}

fn in_line(line: &str) -> Option<usize> {
    let mut found = line.match_indices("curl");
    found.find_map(|(at, _)| {
        let (before, rest) = line.split_at_checked(at)?;
        let after = rest.get("curl".len()..)?;
        let after = after.strip_prefix(".exe").unwrap_or(after);
        let is_word = after.chars().next().is_none_or(|c| c.is_whitespace() || is_odd_space(c));
        let before = before.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '/' | '\\' | ':'));
        let before = before.trim_end_matches(|c: char| c.is_whitespace() || is_odd_space(c));
        let is_first =
            before.is_empty() || before.ends_with(['$', '#', '%', '>', '|', ';', '&', '(', '`', '=']);
        (is_word && is_first && !after.trim().is_empty()).then_some(at)
    })
}

/// Reads the command; the contents of files stand in for those that it names.
pub(super) fn read(source: &Piece, begin: &Begin, files: &[(&str, &str)]) -> Request {
    let text = source.text.get(begin.at..).unwrap_or_default();
    let is_cmd = shell::is_cmd(text);
    let is_power = !is_cmd && text.lines().any(|line| line.trim_end().ends_with('`') && line.trim() != "```");
    let (inner, dialect) = match (is_cmd, is_power) {
        (true, _) => (shell::without_carets(text).moved(begin.at).through(source), Dialect::Cmd),
        (false, true) => (source.from(begin.at), Dialect::PowerShell),
        (false, false) => (source.from(begin.at), Dialect::Sh),
    };
    let mut command = shell::cut(&inner.text, 0, dialect);
    let mut reader = Reader { files, ..Reader::default() };
    if begin.is_after_prose {
        reader.request.flaws.push(Flaw::new(0, "text before the command was left out", "", ""));
    }
    let flaws = std::mem::take(&mut command.flaws);
    reader.options(command);
    reader.finish(&inner, flaws)
}

#[derive(Default)]
struct Reader<'f> {
    files: &'f [(&'f str, &'f str)],
    request: Request,
    parts: Vec<Piece>,
    is_json: bool,
    input: Option<Piece>,
}

impl Reader<'_> {
    fn options(&mut self, command: Command) {
        self.input = command.input;
        let mut words = command.words.into_iter().skip(1);
        while let Some(word) = words.next() {
            let Some(name) = self.option_name(&word) else {
                self.request.url.get_or_insert(word);
                continue;
            };
            if let Some(long) = name.strip_prefix("--") {
                if takes_value(long) {
                    let value = words.next().unwrap_or_default();
                    self.option(long, value);
                } else {
                    self.flag(long);
                }
                continue;
            }
            let letters = name.get(1..).unwrap_or_default();
            let Some(at) = letters.find(|c| SHORT_WITH_VALUE.contains(c)) else {
                letters.chars().for_each(|letter| self.flag(letter.encode_utf8(&mut [0; 4])));
                continue;
            };
            let (flags, rest) = letters.split_at_checked(at).unwrap_or((letters, ""));
            flags.chars().for_each(|letter| self.flag(letter.encode_utf8(&mut [0; 4])));
            let short = rest.get(..1).unwrap_or_default().to_owned();
            let behind = word.text.len() - rest.len() + short.len();
            let value = if rest.len() > 1 { word.from(behind) } else { words.next().unwrap_or_default() };
            self.option(&short, value);
        }
    }

    /// The name of an option, its dashes straightened; none for a word that is no option.
    fn option_name(&mut self, word: &Piece) -> Option<String> {
        let text = word.text.as_str();
        let name = text.trim_start_matches(['-', '–', '—', '−']);
        let dashes = text.strip_suffix(name)?;
        if dashes.is_empty() || name.is_empty() {
            return None;
        }
        if dashes.bytes().all(|byte| byte == b'-') {
            return Some(text.to_owned());
        }
        let is_long = name.chars().take_while(char::is_ascii_alphabetic).count() > 1 && name.len() > 2;
        let straight = format!("{}{name}", if is_long { "--" } else { "-" });
        if let Some(at) = word.source(0) {
            let shown = text.chars().take_while(|c| !c.is_whitespace()).take(20).collect::<String>();
            self.request.flaws.push(Flaw::new(
                at,
                "a dash of another kind was read as one of an option",
                &shown,
                "",
            ));
        }
        Some(straight)
    }

    fn option(&mut self, name: &str, value: Piece) {
        match name {
            "url" => {
                self.request.url.get_or_insert(value);
            }
            "H" | "header" => self.request.headers.push(value),
            "d" | "data" | "data-ascii" | "data-binary" | "data-urlencode" => self.data(value, true),
            "data-raw" => self.data(value, false),
            "json" => {
                self.is_json = true;
                self.data(value, true);
            }
            "T" | "upload-file" => self.request.files.push(value.text),
            "b" | "cookie" => self.drop("a cookie"),
            "u" | "user" => self.drop("a user and password"),
            "U" | "proxy-user" => self.drop("the user and password of a proxy"),
            "x" | "proxy" => self.drop("a proxy"),
            "E" | "cert" | "key" => self.drop("a client certificate"),
            "F" | "form" => self.drop("a form field"),
            "A" | "user-agent" => self.drop("the header User-Agent"),
            "e" | "referer" => self.drop("the header Referer"),
            _ => {}
        }
    }

    fn flag(&mut self, name: &str) {
        match name {
            "k" | "insecure" => self.drop("-k, which lets any certificate pass"),
            "G" | "get" => self.drop("-G, which would put the body into the address"),
            _ => {}
        }
    }

    fn drop(&mut self, what: &str) {
        if !self.request.dropped.iter().any(|known| known == what) {
            self.request.dropped.push(what.to_owned());
        }
    }

    fn data(&mut self, value: Piece, may_name_file: bool) {
        let Some(file) = value.text.strip_prefix('@').filter(|_| may_name_file) else {
            self.parts.push(value);
            return;
        };
        if file == "-"
            && let Some(input) = self.input.take()
        {
            self.parts.push(input);
            return;
        }
        match self.files.iter().find(|(name, _)| *name == file) {
            Some((_, content)) => self.parts.push(Piece::elsewhere((*content).to_owned())),
            None => self.request.files.push(file.to_owned()),
        }
    }

    fn finish(mut self, inner: &Piece, flaws: Vec<Flaw>) -> Request {
        let mut parts = self.parts.into_iter();
        if let Some(first) = parts.next() {
            let mut body = first;
            for part in parts {
                body.push(if self.is_json { "" } else { "&" }, None);
                body.append(&part);
            }
            self.request.body = Some(body);
        }
        let request = self.request;
        let through = |piece: Piece| piece.through(inner);
        let flaws = request.flaws.into_iter().chain(flaws).collect();
        Request {
            url: request.url.map(through),
            headers: request.headers.into_iter().map(through).collect(),
            body: request.body.map(through),
            flaws: inner.lift(flaws),
            files: request.files,
            dropped: request.dropped,
        }
    }
}

fn takes_value(long: &str) -> bool {
    LONG_WITH_VALUE.contains(&long)
        || ["url", "header", "json", "request", "cookie", "user"].contains(&long)
        || (long.starts_with("data") && long != "data-")
}
