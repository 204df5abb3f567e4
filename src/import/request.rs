//! Imports a request: payload, environment and key, without its other parts.

use super::credential::{self, CredentialForm};
use super::curl::CurlRequest;
use super::repair;
use super::source_map::SourceMap;
use super::{FoundKey, ImportError, ImportKind, Imported, InputPart, lenient, shape};
use crate::check;
use crate::document::{Object, SyntaxError, Value, line_column};
use crate::text;
use crate::wire::{Environment, Origin, Scheme, Secret, built_in, find};

/// Headers that every send sets anyway.
const PLAIN: [&str; 4] = ["content-type", "accept", "content-length", "host"];

/// The error for a body that another command prints.
const PIPED: &str = "the body comes from another command, which import does not run; run that command and import its \
                     output";

/// How the paths of the SEI API start, after the version.
const ENDPOINTS: [&str; 3] = ["custom-cicd", "cicd", "generic-requests"];

/// The error for a command that sends nothing to another service.
const NO_BODY: &str = "this command has no body and does not call SEI; import a command with the body of a run, or the \
                       output of this command";

/// Imports a request; repairs have their places in `text`.
pub(super) fn import(request: CurlRequest, text: &str) -> Result<Imported, ImportError> {
    let CurlRequest { is_program, is_piped, is_curl, .. } = request;
    let CurlRequest { url, headers, body, files, credentials, dropped, flaws, .. } = request;
    if is_piped && files.iter().any(|file| file == "-") {
        return Err(ImportError::Command(PIPED.to_owned()));
    }
    let address = RequestAddress::of(url.as_ref());
    let place = BodyPlace { body: body.clone().unwrap_or_default(), text };
    let (value, more) = match body {
        Some(body) => read(&body, is_program, &place)?,
        None => (Value::Object(Object::default()), Vec::new()),
    };
    let is_empty = value.as_object().is_some_and(Object::is_empty);
    let repairs = repair::placed(flaws.into_iter().chain(more).collect(), text);
    let mut imported = lenient::finish(value, repairs).map_err(|fault| refused(fault, &place))?;
    if imported.kind.holds_run() {
        imported.kind = if is_curl { ImportKind::Curl } else { ImportKind::Request };
    }
    imported.dropped = dropped;
    imported.asks = files;
    let is_foreign = address.is_foreign;
    address.apply(&mut imported);
    let url = url.iter().map(|url| (CredentialForm::Url, &url.text));
    let of_headers = headers.iter().map(|header| (CredentialForm::Header, &header.text));
    for (form, text) in credentials.iter().map(|(form, text)| (*form, text)).chain(url).chain(of_headers) {
        for found in &credential::find(form, text) {
            learn(&mut imported, found);
        }
    }
    for header in &headers {
        take_header(&mut imported, header);
    }
    join_headers(&mut imported.dropped);
    if is_empty && imported.asks.is_empty() && imported.kind.holds_run() {
        if is_foreign && imported.environment.is_none() {
            return Err(ImportError::Command(NO_BODY.to_owned()));
        }
        imported.notes.push("The command has no body.".to_owned());
    }
    Ok(imported)
}

/// Reads the body; errors never repeat the text around it.
fn read(
    body: &SourceMap,
    is_program: bool,
    place: &BodyPlace<'_>,
) -> Result<(Value, Vec<repair::Flaw>), ImportError> {
    match lenient::read(body, 2, is_program) {
        Ok((value, flaws))
            if flaws.is_empty() || value.as_object().is_none() || shape::evidence(&value) > 0 =>
        {
            Ok((value, flaws))
        }
        Ok(_) => Err(place.fault(body.source(0), "none of its fields is a field of a job run")),
        Err(stuck) => Err(place.fault(Some(stuck.offset), &stuck.message)),
    }
}

/// The error for the value of a body, without the text around the body.
fn refused(fault: ImportError, place: &BodyPlace<'_>) -> ImportError {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "all other errors are the same with or without a body"
    )]
    match fault {
        ImportError::Inside(part) if !may_hold_key(&part.text) => ImportError::Inside(part),
        ImportError::Unlike(message) => place.fault(place.body.source(0), &message),
        other => ImportError::Command(other.to_string()),
    }
}

/// A body, and the text around it.
struct BodyPlace<'t> {
    body: SourceMap,
    text: &'t str,
}

impl BodyPlace<'_> {
    /// A fault of the body at an offset of the whole text, shown in the body alone.
    fn fault(&self, offset: Option<usize>, message: &str) -> ImportError {
        let inside = offset.and_then(|offset| self.body.at(offset)).unwrap_or_default();
        let (line, column) = line_column(self.text, offset.unwrap_or_default());
        let above = self.body.text.get(..inside).unwrap_or_default().matches('\n').count();
        let fault =
            SyntaxError { line, column, offset: inside, message: text::visible(message).into_owned() };
        let shown = if may_hold_key(&self.body.text) { "" } else { self.body.text.as_str() };
        ImportError::Body(Box::new(InputPart {
            fault,
            text: shown.to_owned(),
            line: line.saturating_sub(above).max(1),
        }))
    }
}

/// Whether a body may hold a key: after an unclosed quote it includes the options that follow.
fn may_hold_key(body: &str) -> bool {
    const SIGNS: [&str; 8] =
        ["authorization", "apikey", "api-key", "api_key", "bearer", "cookie", "password", "token"];
    let lower = body.to_ascii_lowercase();
    SIGNS.iter().any(|sign| lower.contains(sign)) || body.contains(" -u") || body.contains("--user")
}

/// The address of a request, checked.
#[derive(Default)]
struct RequestAddress {
    base: Option<String>,
    guid: Option<String>,
    is_instances: bool,
    /// Whether its path is not one of SEI.
    is_foreign: bool,
    notes: Vec<String>,
    has_user: bool,
}

impl RequestAddress {
    fn of(url: Option<&SourceMap>) -> Self {
        let mut address = Self::default();
        let given = url.map(|url| url.text.trim()).unwrap_or_default();
        if given.is_empty() {
            address.notes.push("The command has no address: choose the environment.".to_owned());
            return address;
        }
        let plain = given.split(['?', '#']).next().unwrap_or(given);
        let (protocol, rest) = plain.split_once("://").unwrap_or(("https", plain));
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = match host.rsplit_once('@') {
            Some((_, host)) => {
                address.has_user = true;
                host
            }
            None => host,
        };
        let clean = format!("{protocol}://{host}/{path}");
        let (base, endpoint) = clean.split_once("/v1/").unwrap_or((clean.as_str(), ""));
        let endpoint = endpoint.trim_end_matches('/');
        address.is_foreign = !ENDPOINTS.iter().any(|known| endpoint.starts_with(known));
        address.is_instances = endpoint.starts_with("cicd/instances");
        address.guid = endpoint.strip_prefix("cicd/instances/").map(str::to_owned);
        if is_placeholder(plain) {
            address.notes.push("The address has a placeholder: choose the environment.".to_owned());
            return address;
        }
        match Environment::accepts_base(base) {
            Ok(base) => address.base = Some(base),
            Err(why) => address.notes.push(format!("The address cannot be used: {why}.")),
        }
        address
    }

    fn apply(self, imported: &mut Imported) {
        imported.notes.extend(self.notes);
        if self.has_user {
            imported.dropped.push("a user and password in the address".to_owned());
        }
        if let Some(base) = &self.base {
            imported.environment = imported.environment.take().or_else(|| environment(base));
            note_base(imported, base);
        }
        imported.base = self.base;
        if self.is_instances && imported.document.as_object().is_some_and(Object::is_empty) {
            imported.kind = ImportKind::Instance;
            imported.instance.guid = self.guid;
            imported.document = imported.instance.document();
        }
    }
}

/// The built-in environment of a base, by id.
pub(super) fn environment(base: &str) -> Option<String> {
    let is_same = |entry: &&Environment| Environment::accepts_base(&entry.base).is_ok_and(|own| own == base);
    built_in().iter().find(is_same).map(|entry| entry.id.clone())
}

/// Adds the note about a base that is retired or of no built-in environment.
pub(super) fn note_base(imported: &mut Imported, base: &str) {
    match imported.environment.as_deref().map(find) {
        None => imported.notes.push(unknown_base(base)),
        Some(found) => imported.notes.extend(found.and_then(retired_base)),
    }
}

/// The note about the base of a retired environment, with the next step for a command.
pub fn retired_base(environment: &Environment) -> Option<String> {
    let words = environment.retired_note()?;
    Some(format!("{words} --env NAME chooses one, `sei-compose env list` lists all."))
}

/// The note about a base of no built-in environment, with the next step.
pub fn unknown_base(base: &str) -> String {
    let shown = text::visible(base);
    let message = format!("{shown} belongs to no built-in environment");
    let Some(origin) = Origin::of(base).filter(|origin| !origin.is_loopback()) else {
        return format!("{message}: --base-url {shown} sends there.");
    };
    let hosts = || built_in().iter().filter_map(|entry| Some((entry, entry.origin().ok()?.authority())));
    let names: Vec<String> = hosts().map(|(_, host)| host).collect();
    let host = origin.authority();
    let nearest = text::closest(&host, names.iter().map(String::as_str)).filter(|near| *near != host);
    let nearest = nearest.and_then(|near| hosts().find(|(_, host)| host == near));
    let near = nearest
        .map_or_else(String::new, |(entry, host)| format!("; the nearest by name is {} ({host})", entry.id));
    format!(
        "{message}{near}. To send there, add [environments.NAME] with base = \"{shown}\" to config.toml, or use \
         --base-url."
    )
}

fn take_header(imported: &mut Imported, header: &SourceMap) {
    let (name, value) = header.text.split_once(':').unwrap_or((header.text.as_str(), ""));
    let (name, value) = (name.trim(), value.trim());
    let lower = name.to_ascii_lowercase();
    match lower.as_str() {
        "authorization" | "x-api-key" => take_key(imported, value),
        "cookie" => skip(imported, "a cookie".to_owned()),
        "content-type" if !value.is_empty() && !value.to_ascii_lowercase().contains("json") => {
            imported
                .notes
                .push("Its Content-Type is not JSON; sei-compose sends application/json.".to_owned());
        }
        _ if PLAIN.contains(&lower.as_str()) || lower.is_empty() => {}
        _ => {
            // Text without a colon may be anything.
            let is_name = header.text.contains(':')
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
            let name = if is_name { text::cut(name, 40).into_owned() } else { "without a name".to_owned() };
            skip(imported, format!("the header {name}"));
        }
    }
}

/// Joins several dropped headers into one phrase.
fn join_headers(dropped: &mut Vec<String>) {
    let headers: Vec<_> = dropped.iter().filter_map(|what| what.strip_prefix("the header ")).collect();
    if headers.len() > 1 {
        let joined = format!("the headers {}", headers.join(", "));
        dropped.retain(|what| !what.starts_with("the header "));
        dropped.push(joined);
    }
}

fn skip(imported: &mut Imported, what: String) {
    if !imported.dropped.contains(&what) {
        imported.dropped.push(what);
    }
}

fn take_key(imported: &mut Imported, value: &str) {
    let (word, rest) = value.split_once(char::is_whitespace).unwrap_or(("", value));
    if Scheme::from_word(word).is_none() && !word.is_empty() {
        skip(imported, "an authorization of another scheme".to_owned());
        return;
    }
    hold_key(imported, rest);
}

/// Registers a credential, so that the same text is redacted elsewhere.
fn learn(imported: &mut Imported, text: &str) {
    let is_known = imported.credentials.iter().any(|known| known.matches(text));
    if !text.is_empty() && !is_known && !is_placeholder(text) {
        imported.credentials.push(Secret::without_origin(text));
    }
}

/// Keeps a key for its address, or notes why not; the key appears nowhere else.
pub(super) fn hold_key(imported: &mut Imported, given: &str) {
    let given = given.trim();
    learn(imported, given);
    if given.is_empty() || Scheme::from_word(given).is_some() || is_placeholder(given) {
        imported.key = FoundKey::Placeholder;
        return;
    }
    let Some(origin) = imported.base.as_deref().and_then(Origin::of) else {
        skip(imported, "a key without an address".to_owned());
        return;
    };
    match Secret::new(given, origin) {
        Ok(secret) => imported.key = FoundKey::Given(secret),
        Err(why) => imported.notes.push(format!("The text in the place of the key is not a key: {why}.")),
    }
}

/// Whether a text is or contains a placeholder.
fn is_placeholder(text: &str) -> bool {
    const LONGEST: usize = 400;
    let is_shouted = text.contains('_') && text.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    let is_masked = text.chars().all(|c| matches!(c, '*' | 'x' | 'X' | '.' | '…' | '•'));
    let is_variable = text.starts_with('$') || (text.starts_with('%') && text.ends_with('%'));
    let is_bracketed = text.starts_with(['<', '[', '{']) && text.ends_with(['>', ']', '}']);
    text.len() <= LONGEST
        && (is_shouted || is_masked || is_variable || is_bracketed || check::placeholder(text).is_some())
}
