//! Requests as plain data: address and body, before a key is added.
//!
//! The body is exactly the output of `write_compact`. Uses neither keys nor sockets.

use std::collections::HashSet;

use crate::catalog::{self, Spelling};
use crate::document::{self, Object, Value};

use super::address::Origin;
use super::environment::{BodyFormat, Environment, FieldNames, Scheme};
use super::identity::identity;

/// The message type of a job run in the wrapped format.
pub const RUN_MESSAGE: &str = "JenkinsPluginJobRunComplete";

/// The purpose of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestPurpose {
    /// Report a run of a job.
    JobRun,
    /// Create an instance and get its GUID.
    CreateInstance,
    /// Read an instance; changes nothing.
    ReadInstance,
}

impl RequestPurpose {
    /// The word in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::JobRun => "job-run",
            Self::CreateInstance => "create-instance",
            Self::ReadInstance => "read-instance",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::JobRun, Self::CreateInstance, Self::ReadInstance]
            .into_iter()
            .find(|purpose| purpose.word() == word)
    }
}

/// A POST of JSON or a GET, complete except for the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The purpose of the request.
    pub purpose: RequestPurpose,
    /// The full URL.
    pub url: String,
    /// The word before the key in the `Authorization` header.
    pub scheme: Scheme,
    /// The exact bytes of the body; a GET has none.
    pub body: String,
}

impl Request {
    /// The HTTP method.
    pub const fn method(&self) -> &'static str {
        match self.purpose {
            RequestPurpose::JobRun | RequestPurpose::CreateInstance => "POST",
            RequestPurpose::ReadInstance => "GET",
        }
    }

    /// The headers other than host, length and key, in the order they are sent in.
    pub fn headers(&self) -> [(&'static str, &'static str); 4] {
        [
            ("Content-Type", "application/json"),
            ("Accept", "application/json"),
            ("Accept-Encoding", "gzip"),
            ("User-Agent", concat!("sei-compose/", env!("CARGO_PKG_VERSION"))),
        ]
    }

    /// The origin of the URL; a key of another origin must not be sent with it.
    pub fn origin(&self) -> Option<Origin> {
        Origin::of(&self.url)
    }

    /// Whether the server stores equal requests once, or nothing: a build number or a chosen GUID is
    /// set, or the request only reads.
    pub fn is_repeatable(&self) -> bool {
        match self.purpose {
            RequestPurpose::JobRun => self.run().is_some_and(|run| identity(&run).build_number.is_some()),
            RequestPurpose::CreateInstance => document::read(&self.body)
                .is_ok_and(|body| body.as_object().is_some_and(|object| object.contains("id"))),
            RequestPurpose::ReadInstance => true,
        }
    }

    /// The format of the body, from the endpoint in the URL.
    pub fn body_format(&self) -> BodyFormat {
        if self.url.ends_with(BodyFormat::Wrapped.path()) { BodyFormat::Wrapped } else { BodyFormat::Flat }
    }

    /// The job run in the body, without its envelope.
    pub fn run(&self) -> Option<Value> {
        let body = document::read(&self.body).ok()?;
        let Some(envelope) = body.as_object().filter(|object| object.contains("request_type")) else {
            return Some(body);
        };
        document::read(envelope.get("payload")?.as_text()?).ok()
    }
}

/// The request for a job run, in the environment's format and with its field names.
pub fn job_run(environment: &Environment, run: &Value) -> Request {
    let run = with_names(run, environment.names);
    let body = match environment.format {
        BodyFormat::Flat => document::write_compact(&run),
        BodyFormat::Wrapped => document::write_compact(&wrap(&run)),
    };
    Request { purpose: RequestPurpose::JobRun, url: environment.run_url(), scheme: environment.scheme, body }
}

/// The request that creates an instance; with a chosen `guid`, it is safe to repeat.
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

/// The request that reads an instance.
pub fn read_instance(environment: &Environment, guid: &str) -> Request {
    Request {
        purpose: RequestPurpose::ReadInstance,
        url: environment.url(&format!("v1/cicd/instances/{guid}")),
        scheme: environment.scheme,
        body: String::new(),
    }
}

/// The envelope of the wrapped format around a job run.
pub fn wrap(run: &Value) -> Value {
    object([("request_type", RUN_MESSAGE), ("payload", &document::write_compact(run))])
}

fn object<'a>(members: impl IntoIterator<Item = (&'a str, &'a str)>) -> Value {
    Value::Object(
        members.into_iter().map(|(key, value)| (key.to_owned(), Value::Text(value.to_owned()))).collect(),
    )
}

/// The run with one spelling of its root fields; order, values and unknown fields are unchanged.
///
/// A field that is present under both names keeps both: the sender must not choose one.
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
