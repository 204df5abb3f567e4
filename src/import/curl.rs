//! Reads a curl command: address, headers, body, and the parts that are dropped.

use super::credential::CredentialForm;
use super::literal::assigned;
use super::pipe;
use super::repair::Flaw;
use super::shell::{self, ShellCommand, ShellDialect};
use super::source_map::SourceMap;
use super::tolerant::is_odd_space;
use super::written;
use option::OptionRole;

mod option;

/// The parts of a request, not yet evaluated.
#[derive(Debug, Default)]
pub(super) struct CurlRequest {
    pub(super) url: Option<SourceMap>,
    /// Names and values of headers; they may hold a key.
    pub(super) headers: Vec<SourceMap>,
    pub(super) body: Option<SourceMap>,
    /// Files that hold the body.
    pub(super) files: Vec<String>,
    /// Other parts that may hold credentials.
    pub(super) credentials: Vec<(CredentialForm, String)>,
    /// Phrases for the parts that are not kept.
    pub(super) dropped: Vec<String>,
    pub(super) flaws: Vec<Flaw>,
    /// Whether the body is an object of a program, whose values may be expressions.
    pub(super) is_program: bool,
    /// Whether another command is piped into this one.
    pub(super) is_piped: bool,
    /// Whether curl sends it.
    pub(super) is_curl: bool,
}

impl CurlRequest {
    /// The same request with places in the source of its current source.
    pub(super) fn through(self, source: &SourceMap) -> Self {
        let through = |part: SourceMap| part.through(source);
        Self {
            url: self.url.map(through),
            headers: self.headers.into_iter().map(through).collect(),
            body: self.body.map(through),
            flaws: source.lift(self.flaws),
            ..self
        }
    }
}

/// Where a command starts.
pub(super) struct CommandStart {
    at: usize,
    is_after_prose: bool,
}

/// Finds a curl command: first on a line, or after a prompt or another command.
pub(super) fn command_start(text: &str) -> Option<CommandStart> {
    let mut start = 0;
    let mut is_after_prose = false;
    for line in text.split_inclusive('\n') {
        if let Some(at) = in_line(line) {
            return Some(CommandStart { at: start + at, is_after_prose });
        }
        let is_fence = line.trim_start().starts_with("```");
        is_after_prose |= !is_fence && !line.trim().is_empty();
        start += line.len();
    }
    None
}

/// Words before a command: those of a shell or a Dockerfile, and the keys of YAML that hold
/// commands.
const BEFORE: [&str; 15] = [
    "sudo", "RUN", "time", "exec", "then", "do", "else", "!", "-", "--", "run:", "script:", "bash:",
    "command:", "cmd:",
];

fn in_line(line: &str) -> Option<usize> {
    let mut found = line.match_indices("curl");
    found.find_map(|(at, _)| {
        let (before, rest) = line.split_at_checked(at)?;
        let after = rest.get("curl".len()..)?;
        let after = after.strip_prefix(".exe").unwrap_or(after);
        let is_word = after.chars().next().is_none_or(|c| c.is_whitespace() || is_odd_space(c));
        let before = before.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '/' | '\\' | ':'));
        let before = before.trim_end_matches(|c: char| c.is_whitespace() || is_odd_space(c));
        let is_first = before.is_empty()
            || before.ends_with(['$', '#', '%', '>', '|', ';', '&', '(', '`', '='])
            || before.rsplit([' ', '\t']).next().is_some_and(|word| BEFORE.contains(&word));
        (is_word && is_first && !after.trim().is_empty()).then_some(at)
    })
}

/// Reads the command; `files` holds names and contents of files that it may name.
pub(super) fn read(source: &SourceMap, found: &CommandStart, files: &[(&str, &str)]) -> CurlRequest {
    let text = source.text.get(found.at..).unwrap_or_default();
    let is_cmd = shell::is_cmd(text);
    let is_power = !is_cmd && text.lines().any(|line| line.trim_end().ends_with('`') && line.trim() != "```");
    let dialect = if is_power { ShellDialect::PowerShell } else { ShellDialect::Sh };
    let piped = if is_cmd { None } else { pipe::before(&source.text, found.at, dialect) };
    let start = piped.as_ref().map_or(found.at, |piped| piped.start.min(found.at));
    let (inner, dialect) = if is_cmd {
        (shell::without_carets(text).moved(found.at).through(source), ShellDialect::Cmd)
    } else {
        (source.from(start), dialect)
    };
    let (input, mark) = piped.map(|piped| (piped.input, piped.mark)).unwrap_or_default();
    let input = input.map(|input| input.moved_back(start));
    let at = if is_cmd { 0 } else { found.at - start };
    let mut command = shell::cut_with(&inner.text, at, dialect, mark);
    command.input = command.input.or(input);
    let mut reader = CurlReader { files, ..CurlReader::default() };
    let is_prompt = |line: &str| line.trim_matches(['$', '#', '>', '`', ' ']).is_empty();
    let above = source.text.get(..start).unwrap_or_default();
    if found.is_after_prose && (start == found.at || !above.lines().all(is_prompt)) {
        reader.request.flaws.push(Flaw::new(0, "text before the command was skipped", "", ""));
    }
    reader.request.is_curl = true;
    reader.request.is_piped = pipe::is_piped(&source.text, found.at);
    let flaws = std::mem::take(&mut command.flaws);
    reader.options(command);
    let mut request = reader.finish(&inner, flaws);
    let variable = request.body.as_ref().and_then(|body| set_before(source, found, &body.text, dialect));
    request.body = variable.or(request.body);
    let printed = request.body.as_ref().and_then(pipe::substituted);
    request.body = printed.or(request.body);
    written::take(&mut request, source, found.at);
    let start = request.body.as_ref().and_then(|body| body.source(0));
    request.is_program = start.is_some_and(|start| pipe::is_of_jq(&source.text, start));
    request
}

/// The text that is assigned to a variable before the command, where a body is only that variable.
fn set_before(
    source: &SourceMap,
    found: &CommandStart,
    body: &str,
    dialect: ShellDialect,
) -> Option<SourceMap> {
    let name = body.trim().strip_prefix('$')?;
    let name = name.strip_prefix('{').and_then(|name| name.strip_suffix('}')).unwrap_or(name);
    if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let before = source.text.get(..found.at)?;
    let power = || Some((assigned(before, &format!("${name}"))?, ShellDialect::PowerShell));
    let Some((at, dialect)) = assigned(before, name).map(|at| (at, dialect)).or_else(power) else {
        return read_into(before, name).map(|body| body.through(source));
    };
    let is_text = before.get(at..)?.starts_with(['\'', '"', '@', '$']);
    is_text.then(|| shell::word(before, at, dialect).0.through(source))
}

/// The here-document that `read` assigns to a variable.
fn read_into(before: &str, name: &str) -> Option<SourceMap> {
    let start = before.rfind("read -")?;
    let command = shell::cut(before, start, ShellDialect::Sh);
    let is_it = command.words.last().is_some_and(|word| word.text == name);
    command.input.filter(|_| is_it)
}

#[derive(Default)]
struct CurlReader<'f> {
    files: &'f [(&'f str, &'f str)],
    request: CurlRequest,
    parts: Vec<SourceMap>,
    is_json: bool,
    input: Option<SourceMap>,
    /// The file that is given as standard input.
    input_file: Option<String>,
    /// The words that are not the value of an option.
    addresses: Vec<SourceMap>,
}

impl CurlReader<'_> {
    fn options(&mut self, command: ShellCommand) {
        self.input = command.input;
        self.input_file = command.file;
        let mut words = command.words.into_iter();
        words.next();
        self.request_options(&mut words);
        if words.len() > 0 {
            self.drop("another request");
        }
        // Only the credentials of further requests matter.
        let mut others = CurlReader::default();
        while words.len() > 0 {
            others.request_options(&mut words);
        }
        let headers = others.request.headers.into_iter().map(|header| (CredentialForm::Header, header.text));
        let addresses = others.addresses.into_iter().map(|word| (CredentialForm::Url, word.text));
        self.request
            .credentials
            .extend(others.request.credentials.into_iter().chain(headers).chain(addresses));
    }

    /// Reads the options of one request.
    fn request_options(&mut self, words: &mut impl Iterator<Item = SourceMap>) {
        let mut is_over = false;
        let mut follows_unknown = false;
        while let Some(word) = words.next() {
            let name = if is_over { None } else { self.option_name(&word) };
            let Some(name) = name else {
                // The value of an option that is not in the table is not an address.
                if !follows_unknown || word.text.contains("://") {
                    self.addresses.push(word);
                }
                follows_unknown = false;
                continue;
            };
            follows_unknown = false;
            match name.strip_prefix("--") {
                Some("") => is_over = true,
                Some(long) => match option::long(long) {
                    None => {
                        self.drop("an unknown option");
                        follows_unknown = true;
                    }
                    Some(found) if found.role == OptionRole::Next => break,
                    Some(found) if found.role.takes_value() => {
                        let attached =
                            found.value_at.map(|at| word.from(word.text.len() - (long.len() - at)));
                        let value = attached.or_else(|| words.next()).unwrap_or_default();
                        self.option(found.role, value);
                    }
                    Some(found) => self.flag(found.role),
                },
                None if self.letters(&name, &word, words) => {}
                None => break,
            }
        }
    }

    /// Reads short options, the last one possibly with a value; returns whether the request
    /// continues.
    fn letters(&mut self, name: &str, word: &SourceMap, words: &mut impl Iterator<Item = SourceMap>) -> bool {
        let letters = name.get(1..).unwrap_or_default();
        for (at, letter) in letters.char_indices() {
            match option::short(letter) {
                Some(OptionRole::Next) => return false,
                Some(role) if role.takes_value() => {
                    let behind = letters.len() - at - letter.len_utf8();
                    let attached = (behind > 0).then(|| word.from(word.text.len() - behind));
                    let value = attached.or_else(|| words.next()).unwrap_or_default();
                    self.option(role, value);
                    return true;
                }
                Some(role) => self.flag(role),
                None => {}
            }
        }
        true
    }

    /// The name of an option with plain dashes; `None` for a word that is not an option.
    fn option_name(&mut self, word: &SourceMap) -> Option<String> {
        let text = word.text.as_str();
        let name = text.trim_start_matches(['-', '–', '—', '−']);
        let dashes = text.strip_suffix(name)?;
        let is_straight = dashes.bytes().all(|byte| byte == b'-');
        if dashes.is_empty() || name.is_empty() && dashes != "--" {
            return None;
        }
        if is_straight {
            return Some(text.to_owned());
        }
        let is_long = name.chars().take_while(char::is_ascii_alphabetic).count() > 1 && name.len() > 2;
        let straight = format!("{}{name}", if is_long { "--" } else { "-" });
        if let Some(at) = word.source(0) {
            // Text after the name may be a secret, and a word that is not an option may be
            // anything.
            let long = option::long(name).filter(|_| is_long).map(|found| found.name);
            let shown = long.map_or_else(|| dashes.to_owned(), |name| format!("{dashes}{name}"));
            self.request.flaws.push(Flaw::new(
                at,
                "a dash of another kind was read as the dash of an option",
                &shown,
                "",
            ));
        }
        Some(straight)
    }

    fn option(&mut self, role: OptionRole, value: SourceMap) {
        match role {
            OptionRole::Url => self.addresses.push(value),
            OptionRole::Header => self.request.headers.push(value),
            OptionRole::Data => self.data(value, true),
            OptionRole::DataRaw => self.data(value, false),
            OptionRole::UrlEncoded => {
                let content = usize::from(value.text.starts_with('='));
                self.data(value.from(content), content == 0);
            }
            OptionRole::Json => {
                self.is_json = true;
                self.data(value, true);
            }
            OptionRole::Upload if ["-", "."].contains(&value.text.as_str()) && self.input.is_some() => {
                self.parts.extend(self.input.take());
            }
            OptionRole::Upload => self.request.files.push(value.text),
            OptionRole::Dropped(what) => self.drop(what),
            OptionRole::Credential(form, what) => {
                self.request.credentials.push((form, value.text));
                self.drop(what);
            }
            OptionRole::Value | OptionRole::Flag | OptionRole::Switch(_) | OptionRole::Next => {}
        }
    }

    fn flag(&mut self, role: OptionRole) {
        if let OptionRole::Switch(what) = role {
            self.drop(what);
        }
    }

    fn drop(&mut self, what: &str) {
        if !self.request.dropped.iter().any(|known| known == what) {
            self.request.dropped.push(what.to_owned());
        }
    }

    fn data(&mut self, value: SourceMap, may_name_file: bool) {
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
        let file = self.input_file.as_deref().filter(|_| file == "-").unwrap_or(file);
        match self.files.iter().find(|(name, _)| *name == file) {
            Some((_, content)) => self.parts.push(SourceMap::elsewhere((*content).to_owned())),
            None => self.request.files.push(file.to_owned()),
        }
    }

    fn finish(mut self, inner: &SourceMap, flaws: Vec<Flaw>) -> CurlRequest {
        let mut parts = self.parts.into_iter();
        if let Some(first) = parts.next() {
            let mut body = first;
            for part in parts {
                body.push(if self.is_json { "" } else { "&" }, None);
                body.append(&part);
            }
            self.request.body = Some(body);
        }
        let (url, others) = address(self.addresses);
        let mut request = CurlRequest { url, ..self.request };
        request.credentials.extend(others.into_iter().map(|word| (CredentialForm::StrayWord, word.text)));
        request.flaws.extend(flaws);
        request.through(inner)
    }
}

/// The address among the words that are not the value of an option: a word with a protocol,
/// otherwise a word that looks like an address. The other words, also returned, may be secrets that
/// lost their option or quotes.
fn address(mut words: Vec<SourceMap>) -> (Option<SourceMap>, Vec<SourceMap>) {
    let is_place = |word: &SourceMap| {
        let is_host = |(host, port): (&str, &str)| {
            (host == "localhost" || host.contains('.')) && port.bytes().all(|byte| byte.is_ascii_digit())
        };
        let text = word.text.as_str();
        text.contains(['/', '$', '<', '{'])
            || text == "localhost"
            || text.split_once(':').is_some_and(is_host)
    };
    let at = words.iter().position(|word| word.text.contains("://"));
    let at = at.or_else(|| words.iter().position(is_place));
    (at.map(|at| words.swap_remove(at)), words)
}
