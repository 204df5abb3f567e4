//! Import of other shapes: a payload, a wrapped body, a draft, a curl command, `satellite.yml`, the
//! request for a GUID, the run of a CI tool.
//!
//! The content decides the shape, never a file name. Reading is strict first: valid JSON comes
//! through unchanged. Only then is a text repaired, and each [`Repair`] says what changed and
//! where. A key in the input becomes a [`Secret`] and appears in no message; cookies and other
//! headers are dropped, and the result names them. This module reads no file: [`Imported::asks`]
//! names the files that hold a body.

use crate::document::{self, Value};
use crate::wire::Secret;
use mapping::MappingSet;

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
pub mod mapping;
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
pub use request::{retired_base, unknown_base};
pub use tool::CiTool;

/// The result of an import: a payload or an instance set-up, with everything found next to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The payload; for an instance set-up only the known fields of the instance.
    pub document: Value,
    /// The shape of the input.
    pub kind: ImportKind,
    /// The name of the tool, for a run that a mapping read.
    pub tool: Option<String>,
    /// The name of the draft, where the input is one.
    pub name: Option<String>,
    /// The id of an environment: the one of the draft, or the built-in one of an address.
    pub environment: Option<String>,
    /// The codes of the rules that the draft silences.
    pub silenced: Vec<String>,
    /// Notes for the user, one sentence each.
    pub notes: Vec<String>,
    /// The changes that made the input readable.
    pub repairs: Vec<Repair>,
    /// The base URL that the input names; possibly not one of a built-in environment.
    pub base: Option<String>,
    /// The id of the integration that a GUID is requested for.
    pub integration: Option<String>,
    /// The instance that is set up.
    pub instance: ImportedInstance,
    /// The key in the input, if any.
    pub key: FoundKey,
    /// All credentials in the input, also those without a use here: the same text is redacted
    /// elsewhere.
    pub credentials: Vec<Secret>,
    /// The parts of the input that are not kept, as phrases.
    pub dropped: Vec<String>,
    /// Names of files that hold the body; see [`import_with`].
    pub asks: Vec<String>,
}

/// An instance before it has a GUID, or with the GUID that it requests.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportedInstance {
    /// The name, as in `instance_name`.
    pub name: Option<String>,
    /// The GUID, as in `instance_guid`.
    pub guid: Option<String>,
}

/// The text in the place of a key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum FoundKey {
    /// No key.
    #[default]
    None,
    /// A placeholder for a key.
    Placeholder,
    /// A key, tied to its address: offered to the session, never written to a file.
    Given(Secret),
}

/// The shapes that import recognizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportKind {
    /// The job-run object itself.
    Payload,
    /// The body of the wrapped format, with the payload as text inside.
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
    /// The run of a tool, read by a mapping.
    Mapped,
    /// The variables of a job of a CI tool.
    Variables(CiTool),
    /// A git checkout.
    Checkout,
    /// The artifact manifest of SEI's Jenkins plugin.
    Manifest,
}

impl ImportKind {
    /// The name of the shape, with an article.
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
            Self::Mapped => "a run read by a mapping",
            Self::Variables(tool) => tool.variables(),
            Self::Checkout => "a git checkout",
            Self::Manifest => "an artifact manifest",
        }
    }

    /// Whether the shape describes a whole run, not only the part that another tool knows.
    pub const fn is_whole(self) -> bool {
        match self {
            Self::Payload | Self::Wrapped | Self::Draft | Self::Curl | Self::Request => true,
            Self::Instance
            | Self::Satellite
            | Self::Run(_)
            | Self::Mapped
            | Self::Variables(_)
            | Self::Checkout
            | Self::Manifest => false,
        }
    }

    /// Whether the shape holds a job run, not an instance set-up.
    pub const fn holds_run(self) -> bool {
        match self {
            Self::Payload
            | Self::Wrapped
            | Self::Draft
            | Self::Curl
            | Self::Request
            | Self::Run(_)
            | Self::Mapped
            | Self::Variables(_)
            | Self::Checkout
            | Self::Manifest => true,
            Self::Instance | Self::Satellite => false,
        }
    }
}

impl Imported {
    /// The kind of input, with an article, such as `a run of Argo Workflows`.
    pub fn described(&self) -> String {
        match &self.tool {
            Some(tool) => format!("a run of {tool}"),
            None => self.kind.described().to_owned(),
        }
    }

    /// Whether a repair may differ from the intended text, so that the user should check the
    /// result.
    pub fn is_guessed(&self) -> bool {
        self.repairs.iter().any(|repair| repair.kind == RepairKind::Text)
    }

    /// An import with a document and nothing else.
    fn bare(document: Value, kind: ImportKind) -> Self {
        Self {
            document,
            kind,
            tool: None,
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

/// Imports a text by its content, with the built-in mappings.
pub fn import(text: &str) -> Result<Imported, ImportError> {
    import_with(text, &[], &MappingSet::builtin())
}

/// Imports a text that the user calls a payload: any JSON object counts as one.
pub fn import_payload(text: &str, mappings: &MappingSet) -> Result<Imported, ImportError> {
    match (import_with(text, &[], mappings), document::read(text)) {
        (Err(ImportError::Unlike(_)), Ok(value @ Value::Object(_))) => {
            Ok(Imported::bare(value, ImportKind::Payload))
        }
        (read, _) => read,
    }
}

/// Imports a text; `files` holds names and contents of the files that it asks for.
pub fn import_with(
    text: &str,
    files: &[(&str, &str)],
    mappings: &MappingSet,
) -> Result<Imported, ImportError> {
    let fault = match document::read(text) {
        Ok(Value::Text(inside)) if lenient::is_object(&inside) => return lenient::import(text, None),
        Ok(value) => return recognize(&value, mappings),
        Err(fault) => fault,
    };
    let values = ci::values(text).map(Value::Array);
    if let Some((own, values)) = values.as_ref().and_then(|values| Some((mappings.own_for(values)?, values)))
    {
        return own.import(values, None);
    }
    if let Some(imported) = ci::import_several(text) {
        return imported;
    }
    if let Some(values) = &values
        && let Some(fault) = shape::refuse_several(values.as_array().unwrap_or_default())
    {
        return mappings.find(values).map_or(Err(fault), |mapping| mapping.import(values, None));
    }
    if let Some(imported) = satellite::import(text) {
        return imported;
    }
    let source = lenient::without_gutter(text);
    let inner = nested::inner(&source);
    for part in inner.iter().chain([&source]) {
        let start = curl::command_start(&part.text);
        let request = start.map(|start| curl::read(part, &start, files)).or_else(|| client::read(part));
        if let Some(mut request) = request {
            written::take(&mut request, &source, source.text.len());
            return request::import(request, text);
        }
    }
    lenient::import(text, Some(fault))
        .map_err(|fault| if reads_like_request(text) { fault.hidden() } else { fault })
}

/// Recognizes a value. A mapping of the user comes before the readers of tools, but never before
/// what SEI itself accepts; a built-in mapping comes last.
fn recognize(value: &Value, mappings: &MappingSet) -> Result<Imported, ImportError> {
    let read = shape::recognize(value.clone());
    if read.as_ref().is_ok_and(|imported| imported.kind.is_whole()) {
        return read;
    }
    if let Some(own) = mappings.own_for(value) {
        return own.import(value, None);
    }
    match read {
        Err(fault @ (ImportError::Unlike(_) | ImportError::List(_) | ImportError::NoObject(_))) => {
            mappings.find(value).map_or(Err(fault), |mapping| mapping.import(value, None))
        }
        read => read,
    }
}

/// Imports a text with a mapping: its newest run, or the one with a number.
pub fn import_mapped(
    text: &str,
    mapping: &mapping::Mapping,
    number: Option<&str>,
) -> Result<Imported, ImportError> {
    mapping.import(&json(text)?, number)
}

/// The JSON of a text; several values, one after the other, are a list.
pub fn json(text: &str) -> Result<Value, ImportError> {
    let mut values = ci::several(text).map_err(ImportError::Syntax)?;
    Ok(if values.len() == 1 { values.remove(0) } else { Value::Array(values) })
}

/// Whether a text that is not JSON may be a request with headers, which messages must not repeat.
fn reads_like_request(text: &str) -> bool {
    const SIGNS: [&str; 7] = ["curl", "authorization", "apikey", "api-key", "bearer", "cookie", "password"];
    let lower = text.to_ascii_lowercase();
    !lower.trim_start().starts_with(['{', '[', '"']) && SIGNS.iter().any(|sign| lower.contains(sign))
}

/// Imports the run of a CI tool whose jobs are in a separate text.
pub fn import_with_jobs(text: &str, jobs: &str) -> Result<Imported, ImportError> {
    ci::import_with_jobs(text, jobs)
}

/// All runs of CI tools in a text; `None` where the text has none.
pub fn list_runs(text: &str, mappings: &MappingSet) -> Option<RunList> {
    match mapped(text, mappings) {
        Some((mapping, value)) => mapping.list(&value).ok().filter(|list| !list.runs.is_empty()),
        None => ci::list(text),
    }
}

/// The mapping that reads a text, and its JSON; `None` where a reader of a tool does.
fn mapped<'m>(text: &str, mappings: &'m MappingSet) -> Option<(&'m mapping::Mapping, Value)> {
    let value = json(text).ok()?;
    let is_known =
        || ci::is_known(&value) || value.as_array().is_some_and(|list| list.iter().any(ci::is_known));
    let mapping = match mappings.own_for(&value) {
        None if is_known() => None,
        None => mappings.find(&value),
        own => own,
    };
    Some((&**mapping?, value))
}

/// All runs that a mapping finds in a text.
pub fn list_mapped_runs(text: &str, mapping: &mapping::Mapping) -> Result<RunList, ImportError> {
    mapping.list(&json(text)?)
}

/// Imports the run with a number from a text with several runs; its jobs may be in a separate text.
pub fn import_run(
    text: &str,
    jobs: Option<&str>,
    number: &str,
    mappings: &MappingSet,
) -> Result<Imported, ImportError> {
    let by_mapping = mapped(text, mappings)
        .filter(|_| jobs.is_none())
        .map(|(mapping, value)| mapping.import(&value, Some(number)));
    by_mapping.unwrap_or_else(|| ci::import_run(text, jobs, number))
}

/// Reads the run that the variables of a CI job describe; `None` outside of a CI job.
pub fn from_variables(variable: &dyn Fn(&str) -> Option<String>) -> Option<Imported> {
    ci::variable::import(variable)
}

/// Imports the fields of a run that a git checkout provides.
pub fn from_checkout(checkout: Checkout) -> Imported {
    checkout::import(checkout)
}
