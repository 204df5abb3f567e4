//! The data of scripts: a sandbox, a reply, drafts, a good document.

use sei_compose::app::draft_list::ListedDraft;
use sei_compose::document::{Value, read};
use sei_compose::draft::{Draft, Fingerprint};
use sei_compose::time::Duration;
use sei_compose::wire::{Environment, Reply};

/// The sandbox, up and running.
pub(super) fn sandbox() -> Environment {
    Environment::sandbox("http://127.0.0.1:4620").unwrap()
}

/// An answer of a server.
pub(crate) fn reply(status: u16, body: &str) -> Reply {
    Reply {
        status,
        content_type: Some("application/json".to_owned()),
        retry_after: None,
        verdict: None,
        body: body.to_owned(),
        truncated: false,
        elapsed: Duration::from_millis(40),
    }
}

/// A draft as the list shows it.
pub(super) fn listed_draft(draft: &Draft) -> ListedDraft {
    ListedDraft {
        name: draft.name.clone(),
        path: draft.name.clone().into(),
        saved: draft.saved,
        bytes: draft.write().len() as u64,
        fault: None,
        base: Some(content(draft)),
    }
}

/// The content of a draft's file.
pub(crate) fn content(draft: &Draft) -> Fingerprint {
    Fingerprint::of(draft.write())
}

/// A draft holding a document.
pub(crate) fn draft(name: &str, json: &str) -> Draft {
    Draft::new(name, read(json).unwrap_or_else(|_| Value::empty_object()))
}

/// The smallest document without errors or warnings.
pub(crate) const GOOD: &str = r#"{"pipeline":"web","job_full_name":"shop/web","qualified_name":"web","result":"success","start_time":1714560000000,"duration":77000,"build_number":7,"ci":true,"cd":false,"instance_guid":"6f1f3c52-5d0e-4c8a-9b7e-2f4d1a90c3e8","instance_name":"Acme CI"}"#;
