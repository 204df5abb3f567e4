//! Requests as plain data: what is posted where, before a key is added.
//!
//! The body is the document as `write_compact` prints it, byte for byte. Knows neither keys nor sockets.

use std::collections::HashSet;

use crate::catalog::{self, Spelling};
use crate::document::{self, Object, Value};

use super::address::Origin;
use super::environment::{BodyFormat, Environment, FieldNames, Scheme};
use super::identity::identity;

/// The kind of message the wrapped door takes a job run as.
pub const RUN_MESSAGE: &str = "JenkinsPluginJobRunComplete";

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestPurpose {
    /// Report a run of a job.
    JobRun,
    /// Ask for an instance GUID.
    CreateInstance,
}

impl RequestPurpose {
    /// The word in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::JobRun => "job-run",
            Self::CreateInstance => "create-instance",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::JobRun, Self::CreateInstance].into_iter().find(|purpose| purpose.word() == word)
    }
}

/// A POST of JSON, ready but for its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What it is for.
    pub purpose: RequestPurpose,
    /// The whole address.
    pub url: String,
    /// The word the sender writes before the key.
    pub scheme: Scheme,
    /// The exact bytes of the body.
    pub body: String,
}

impl Request {
    /// The headers other than host, length and key, in the order they are sent.
    pub fn headers(&self) -> [(&'static str, &'static str); 4] {
        [
            ("Content-Type", "application/json"),
            ("Accept", "application/json"),
            ("Accept-Encoding", "gzip"),
            ("User-Agent", concat!("sei-compose/", env!("CARGO_PKG_VERSION"))),
        ]
    }

    /// Protocol, host and port it goes to; a key of another origin must not go along.
    pub fn origin(&self) -> Option<Origin> {
        Origin::of(&self.url)
    }

    /// Whether the server keeps one of several equal posts: a run with a build number, an instance with a chosen GUID.
    pub fn is_repeatable(&self) -> bool {
        match self.purpose {
            RequestPurpose::JobRun => self.run().is_some_and(|run| identity(&run).build_number.is_some()),
            RequestPurpose::CreateInstance => document::read(&self.body)
                .is_ok_and(|body| body.as_object().is_some_and(|object| object.contains("id"))),
        }
    }

    /// The door it goes through, told by its address.
    pub fn body_format(&self) -> BodyFormat {
        if self.url.ends_with(BodyFormat::Wrapped.path()) { BodyFormat::Wrapped } else { BodyFormat::Flat }
    }

    /// The job run inside, out of its envelope where it has one.
    pub fn run(&self) -> Option<Value> {
        let body = document::read(&self.body).ok()?;
        let Some(envelope) = body.as_object().filter(|object| object.contains("request_type")) else {
            return Some(body);
        };
        document::read(envelope.get("payload")?.as_text()?).ok()
    }
}

/// The request that reports a job run, by the environment's door and in its spelling.
pub fn job_run(environment: &Environment, run: &Value) -> Request {
    let run = with_names(run, environment.names);
    let body = match environment.format {
        BodyFormat::Flat => document::write_compact(&run),
        BodyFormat::Wrapped => document::write_compact(&wrap(&run)),
    };
    Request { purpose: RequestPurpose::JobRun, url: environment.run_url(), scheme: environment.scheme, body }
}

/// The request that asks for an instance GUID; with `guid` chosen beforehand it can be repeated without harm.
pub fn create_instance(
    environment: &Environment,
    integration_id: &str,
    name: &str,
    guid: Option<&str>,
) -> Request {
    let members = [
        ("integration_id", Some(integration_id)),
        ("name", Some(name)),
        ("type", Some("jenkins")),
        ("id", guid),
    ];
    let body = object(members.into_iter().filter_map(|(key, value)| Some((key, value?))));
    Request {
        purpose: RequestPurpose::CreateInstance,
        url: environment.guid_url(),
        scheme: environment.scheme,
        body: document::write_compact(&body),
    }
}

/// The envelope of the wrapped door around a job run.
pub fn wrap(run: &Value) -> Value {
    object([("request_type", RUN_MESSAGE), ("payload", &document::write_compact(run))])
}

fn object<'a>(members: impl IntoIterator<Item = (&'a str, &'a str)>) -> Value {
    Value::Object(
        members.into_iter().map(|(key, value)| (key.to_owned(), Value::Text(value.to_owned()))).collect(),
    )
}

/// The run with its root fields in one spelling; order, values and unknown fields stay.
///
/// A field that is there under both names keeps both: choosing one is not for the sender to do.
pub fn with_names(run: &Value, names: FieldNames) -> Value {
    let Some(fields) = run.as_object() else { return run.clone() };
    let respelled = |key: &str| -> Option<String> {
        let (field, spelling) = catalog::catalog().run().field(key)?;
        match (names, spelling) {
            (FieldNames::Current, Spelling::Legacy) => Some(field.name.clone()),
            (FieldNames::Legacy, Spelling::Current) => field.legacy.clone(),
            (FieldNames::Unchanged, _)
            | (FieldNames::Current, Spelling::Current)
            | (FieldNames::Legacy, Spelling::Legacy) => None,
        }
    };
    let taken: HashSet<&str> = fields.keys().collect();
    let renamed: Object = fields
        .iter()
        .map(|(key, value)| {
            let name = respelled(key).filter(|name| !taken.contains(name.as_str()));
            (name.unwrap_or_else(|| key.to_owned()), value.clone())
        })
        .collect();
    Value::Object(renamed)
}
