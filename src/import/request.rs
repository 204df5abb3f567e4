//! A request that was sent by hand, as what of it is kept: payload, environment, the key held apart.

use super::credential::{self, CredentialForm};
use super::curl::CurlRequest;
use super::repair;
use super::source_map::SourceMap;
use super::{FoundKey, ImportError, ImportKind, Imported, InputPart, lenient, shape};
use crate::check;
use crate::document::{Object, SyntaxError, Value, line_column};
use crate::text;
use crate::wire::{Environment, Origin, Scheme, Secret, built_in};

/// Headers that say nothing beyond what a send from here says itself.
const PLAIN: [&str; 4] = ["content-type", "accept", "content-length", "host"];

/// Why a body is refused that another command prints.
const PIPED: &str = "the body of this command is piped in from another command, which import does not run; run that \
                     command and import what it prints, or write the body in place of it";

/// What the paths of SEI start with, behind the version.
const DOORS: [&str; 3] = ["custom-cicd", "cicd", "generic-requests"];

/// Why a command is refused that sends nothing to another service.
const NO_BODY: &str = "this command sends no body and its address is not one of SEI, so that it holds no job run; import \
                       a command with the body of a run, or what this command prints";

/// Makes of a request what can be taken in; places are those of the text.
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
        imported.notes.push("The command carries no body.".to_owned());
    }
    Ok(imported)
}

/// The body as a value; what is wrong with it is told without repeating what stands around it.
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
        Ok(_) => Err(place.fault(body.source(0), "none of its fields is one of a job run")),
        Err(stuck) => Err(place.fault(Some(stuck.offset), &stuck.message)),
    }
}

/// Why the value of a body is refused; the text around the body is not shown.
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

/// A body, and the text that it was taken from.
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

/// Whether a body may hold a key after all: a quote that was not closed lets it run into the options behind it.
fn may_hold_key(body: &str) -> bool {
    const SIGNS: [&str; 8] =
        ["authorization", "apikey", "api-key", "api_key", "bearer", "cookie", "password", "token"];
    let lower = body.to_ascii_lowercase();
    SIGNS.iter().any(|sign| lower.contains(sign)) || body.contains(" -u") || body.contains("--user")
}

/// Where a request went.
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
            address.notes.push("The command names no address: choose the environment yourself.".to_owned());
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
        let (base, door) = clean.split_once("/v1/").unwrap_or((clean.as_str(), ""));
        let door = door.trim_end_matches('/');
        address.is_foreign = !DOORS.iter().any(|known| door.starts_with(known));
        address.is_instances = door.starts_with("cicd/instances");
        address.guid = door.strip_prefix("cicd/instances/").map(str::to_owned);
        if is_gap(plain) {
            address
                .notes
                .push("A placeholder stands in the address: choose the environment yourself.".to_owned());
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
            if imported.environment.is_none() {
                imported.notes.push(unknown_base(base));
            }
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

/// What to say of a base that no built-in environment has, and what to do where runs are to go there.
pub fn unknown_base(base: &str) -> String {
    let shown = text::visible(base);
    let words = format!("{shown} belongs to no built-in environment");
    let Some(origin) = Origin::of(base).filter(|origin| !origin.is_loopback()) else {
        return format!("{words}: --base-url {shown} sends there.");
    };
    let hosts = || built_in().iter().filter_map(|entry| Some((entry, entry.origin().ok()?.authority())));
    let names: Vec<String> = hosts().map(|(_, host)| host).collect();
    let host = origin.authority();
    let nearest = text::closest(&host, names.iter().map(String::as_str)).filter(|near| *near != host);
    let nearest = nearest.and_then(|near| hosts().find(|(_, host)| host == near));
    let near = nearest
        .map_or_else(String::new, |(entry, host)| format!("; the nearest by name is {} ({host})", entry.id));
    format!(
        "{words}{near}. To send there, put [environments.NAME] with base = \"{shown}\" into config.toml, or give it as \
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
                .push("Its Content-Type is not JSON; a send from here says application/json.".to_owned());
        }
        _ if PLAIN.contains(&lower.as_str()) || lower.is_empty() => {}
        _ => {
            // What has no colon may be anything.
            let is_name = header.text.contains(':')
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
            let name = if is_name { text::cut(name, 40).into_owned() } else { "without a name".to_owned() };
            skip(imported, format!("the header {name}"));
        }
    }
}

/// Several headers that were left out, as one thing.
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

/// Has a credential redacted wherever else it is.
fn learn(imported: &mut Imported, text: &str) {
    let is_known = imported.credentials.iter().any(|known| known.matches(text));
    if !text.is_empty() && !is_known && !is_gap(text) {
        imported.credentials.push(Secret::without_origin(text));
    }
}

/// Holds a key for the address it came with, or says why not; its text goes nowhere else.
pub(super) fn hold_key(imported: &mut Imported, given: &str) {
    let given = given.trim();
    learn(imported, given);
    if given.is_empty() || Scheme::from_word(given).is_some() || is_gap(given) {
        imported.key = FoundKey::Placeholder;
        return;
    }
    let Some(origin) = imported.base.as_deref().and_then(Origin::of) else {
        skip(imported, "a key, for there is no address that it belongs to".to_owned());
        return;
    };
    match Secret::new(given, origin) {
        Ok(secret) => imported.key = FoundKey::Given(secret),
        Err(why) => imported.notes.push(format!("What stands in the place of the key is none: {why}.")),
    }
}

/// Whether a text, or a part of it, was to be replaced.
fn is_gap(text: &str) -> bool {
    const LONGEST: usize = 400;
    let is_shouted = text.contains('_') && text.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    let is_masked = text.chars().all(|c| matches!(c, '*' | 'x' | 'X' | '.' | '…' | '•'));
    let is_variable = text.starts_with('$') || (text.starts_with('%') && text.ends_with('%'));
    let is_bracketed = text.starts_with(['<', '[', '{']) && text.ends_with(['>', ']', '}']);
    text.len() <= LONGEST
        && (is_shouted || is_masked || is_variable || is_bracketed || check::placeholder(text).is_some())
}
