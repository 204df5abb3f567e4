//! The server of the fake environment: the sandbox, without a network.

use sei_compose::sandbox::{Asked, SandboxSettings, answer};
use sei_compose::wire::{Reply, Request};
use uuid::Uuid;

use super::{GUID, Script, reply};

impl Script {
    /// The reply of the sandbox to a request, with any key.
    pub(super) fn post(&mut self, request: &Request) -> Reply {
        let path = request.url.split_once("/v1").map(|(_, rest)| format!("/v1{rest}")).unwrap();
        let authorization = Some("ApiKey any");
        let asked =
            Asked { method: request.method(), path: &path, authorization, fault: None, body: &request.body };
        let guid = || Uuid::parse_str(GUID).unwrap();
        let answer = answer(&mut self.ledger, &SandboxSettings::default(), &asked, guid);
        Reply {
            content_type: Some(answer.content_type.to_owned()),
            retry_after: answer.retry_after.map(|seconds| seconds.to_string()),
            ..reply(answer.status, &answer.body)
        }
    }
}
