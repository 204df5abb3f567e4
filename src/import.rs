//! Other shapes in: a payload, the wrapped body, a draft, a curl command, `satellite.yml`, the request for a GUID, the
//! run of a CI tool.
//!
//! What a text is, is told from its content, never from a file name. Reading is strict first: what is JSON comes
//! through untouched. Only then is a text repaired, and each [`Repair`] says what was done and where. A key that comes
//! along is held as a [`Secret`] and stands in no message; cookies and other headers are dropped, and that is said.
//! No file is read here: a body that stands in one is asked for in [`Imported::asks`].

use crate::document::{self, Value};
use crate::wire::Secret;

mod checkout;
mod ci;
mod client;
mod credential;
mod curl;
mod fault;
mod guess;
mod lenient;
mod literal;
mod manifest;
mod nested;
mod pipe;
mod remote;
mod repair;
mod request;
mod satellite;
mod shape;
mod shell;
mod source_map;
mod tolerant;
mod tool;
mod written;

pub use checkout::Checkout;
pub use ci::{ListedRun, RunList};
pub use fault::{ImportError, InputPart};
pub use repair::{Repair, RepairKind, describe_all};
pub use request::unknown_base;
pub use tool::CiTool;

/// What was found in a text: a payload, or what sets an instance up, and all that came along.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The payload; of an instance set-up only the fields of the instance that are known.
    pub document: Value,
    /// What it came in.
    pub kind: ImportKind,
    /// The name of the draft, when it was one.
    pub name: Option<String>,
    /// The environment by id: the one of the draft, or the built-in one that an address belongs to.
    pub environment: Option<String>,
    /// The codes of the rules that the draft silences.
    pub silenced: Vec<String>,
    /// What a person should know about the reading, one sentence each.
    pub notes: Vec<String>,
    /// What was done so that it could be read.
    pub repairs: Vec<Repair>,
    /// The address that was named, in the form of a base; it may belong to no built-in environment.
    pub base: Option<String>,
    /// The integration that a GUID is asked for.
    pub integration: Option<String>,
    /// The instance that is set up.
    pub instance: ImportedInstance,
    /// Whether a key came along.
    pub key: FoundKey,
    /// All credentials that came along, also those without a use here: to be redacted wherever else they are.
    pub credentials: Vec<Secret>,
    /// What came along and is not kept.
    pub dropped: Vec<String>,
    /// Files that the body would be read from; see [`import_with`].
    pub asks: Vec<String>,
}

/// What is known of an instance before it has a GUID, or with the one it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportedInstance {
    /// Its name.
    pub name: Option<String>,
    /// Its GUID.
    pub guid: Option<String>,
}

/// What stood in the place of a key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum FoundKey {
    /// Nothing.
    #[default]
    None,
    /// Something to be replaced by a key.
    Placeholder,
    /// A key, tied to the address it came with: to be offered to the session, and never written down.
    Given(Secret),
}

/// The shapes that are recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportKind {
    /// The job-run object itself.
    Payload,
    /// The body of the wrapped door, with the payload as text inside.
    Wrapped,
    /// A draft file.
    Draft,
    /// A curl command with a job run.
    Curl,
    /// A request of another program than curl with a job run.
    Request,
    /// The request for an instance GUID, as a command or its body alone.
    Instance,
    /// The file that comes with a new integration.
    Satellite,
    /// The run of a CI tool.
    Run(CiTool),
    /// The variables of a job of a CI tool.
    Variables(CiTool),
    /// A git checkout.
    Checkout,
    /// The artifact manifest of SEI's Jenkins plugin.
    Manifest,
}

impl ImportKind {
    /// What it is, with its article.
    pub const fn described(self) -> &'static str {
        match self {
            Self::Payload => "a payload",
            Self::Wrapped => "a wrapped body",
            Self::Draft => "a draft",
            Self::Curl => "a curl command",
            Self::Request => "a request",
            Self::Instance => "the request for an instance GUID",
            Self::Satellite => "a satellite.yml",
            Self::Run(tool) => tool.described(),
            Self::Variables(tool) => tool.variables(),
            Self::Checkout => "a git checkout",
            Self::Manifest => "an artifact manifest",
        }
    }

    /// Whether it says all that there is to say of a run, rather than what another tool knows of it.
    pub const fn is_whole(self) -> bool {
        match self {
            Self::Payload | Self::Wrapped | Self::Draft | Self::Curl | Self::Request => true,
            Self::Instance
            | Self::Satellite
            | Self::Run(_)
            | Self::Variables(_)
            | Self::Checkout
            | Self::Manifest => false,
        }
    }

    /// Whether it holds a job run, rather than what sets an instance up.
    pub const fn holds_run(self) -> bool {
        match self {
            Self::Payload
            | Self::Wrapped
            | Self::Draft
            | Self::Curl
            | Self::Request
            | Self::Run(_)
            | Self::Variables(_)
            | Self::Checkout
            | Self::Manifest => true,
            Self::Instance | Self::Satellite => false,
        }
    }
}

impl Imported {
    /// Whether anything was read as it may not have been meant, so that somebody should look at it.
    pub fn is_guessed(&self) -> bool {
        self.repairs.iter().any(|repair| repair.kind == RepairKind::Text)
    }

    /// A document that came in something, and nothing beside it.
    fn bare(document: Value, kind: ImportKind) -> Self {
        Self {
            document,
            kind,
            name: None,
            environment: None,
            silenced: Vec::new(),
            notes: Vec::new(),
            repairs: Vec::new(),
            base: None,
            integration: None,
            instance: ImportedInstance::default(),
            key: FoundKey::None,
            credentials: Vec::new(),
            dropped: Vec::new(),
            asks: Vec::new(),
        }
    }
}

/// Takes a text in, by its content.
pub fn import(text: &str) -> Result<Imported, ImportError> {
    import_with(text, &[])
}

/// Imports a text that a person called a payload: an object of JSON is one, whatever its fields are.
pub fn import_payload(text: &str) -> Result<Imported, ImportError> {
    match (import(text), document::read(text)) {
        (Err(ImportError::Unlike(_)), Ok(value @ Value::Object(_))) => {
            Ok(Imported::bare(value, ImportKind::Payload))
        }
        (read, _) => read,
    }
}

/// Takes a text in; pairs of a name and a content stand for the files that it asks for.
pub fn import_with(text: &str, files: &[(&str, &str)]) -> Result<Imported, ImportError> {
    let fault = match document::read(text) {
        Ok(Value::Text(inside)) if lenient::is_object(&inside) => return lenient::import(text, None),
        Ok(value) => return shape::recognise(value),
        Err(fault) => fault,
    };
    if let Some(imported) = ci::import_several(text) {
        return imported;
    }
    if let Some(fault) = ci::values(text).and_then(|values| shape::refuse_several(&values)) {
        return Err(fault);
    }
    if let Some(imported) = satellite::import(text) {
        return imported;
    }
    let source = lenient::without_gutter(text);
    let inner = nested::inner(&source);
    for part in inner.iter().chain([&source]) {
        let begin = curl::command_start(&part.text);
        let request = begin.map(|begin| curl::read(part, &begin, files)).or_else(|| client::read(part));
        if let Some(mut request) = request {
            written::take(&mut request, &source, source.text.len());
            return request::import(request, text);
        }
    }
    lenient::import(text, Some(fault))
        .map_err(|fault| if reads_like_request(text) { fault.hidden() } else { fault })
}

/// Whether a text that is no JSON may be a request with its headers, which are not to be repeated.
fn reads_like_request(text: &str) -> bool {
    const SIGNS: [&str; 7] = ["curl", "authorization", "apikey", "api-key", "bearer", "cookie", "password"];
    let lower = text.to_ascii_lowercase();
    !lower.trim_start().starts_with(['{', '[', '"']) && SIGNS.iter().any(|sign| lower.contains(sign))
}

/// Takes the run of a CI tool in whose jobs stand in a text of their own.
pub fn import_with_jobs(text: &str, jobs: &str) -> Result<Imported, ImportError> {
    ci::import_with_jobs(text, jobs)
}

/// All runs that a text holds, of CI tools; nothing where it holds none.
pub fn list_runs(text: &str) -> Option<RunList> {
    ci::list(text)
}

/// Imports the run of a number from a text with runs of CI tools; its jobs may be in a text of their own.
pub fn import_run(text: &str, jobs: Option<&str>, number: &str) -> Result<Imported, ImportError> {
    ci::import_run(text, jobs, number)
}

/// Reads the run of the CI job that variables, given by name, tell of; nothing where they are no CI job's.
pub fn from_variables(look: &dyn Fn(&str) -> Option<String>) -> Option<Imported> {
    ci::variable::import(look)
}

/// The fields of a run that a git checkout knows.
pub fn from_checkout(checkout: Checkout) -> Imported {
    checkout::import(checkout)
}
