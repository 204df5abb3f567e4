//! Explains replies by status.

use crate::text;
use crate::wire::environment::{Environment, RETIRED_ON, Scheme};
use crate::wire::identity::identity;
use crate::wire::instance::lacks_instance;
use crate::wire::reply::{DROPPED, NO_INSTANCE, Reply, SEEN_BEFORE, guid_of};
use crate::wire::request::{Request, RequestPurpose};

use super::field::with_server_words;
use super::suggestion::is_sandbox;
use super::{ExplanationText, Suggestion, failure, field, instance};

/// When SEI stores a queued run.
const STORED_LATER: &str = "SEI stores a run within 24 to 72 hours.";

/// The page of SEI that lists the jobs of stored runs.
const WHERE: &str = "in your DORA profile in SEI, tool “Custom CI/CD”";

pub(super) fn words(request: &Request, environment: &Environment, reply: &Reply) -> ExplanationText {
    if reply.is_page() {
        return page(request, environment, reply);
    }
    match (reply.status, request.purpose) {
        (200..300, RequestPurpose::JobRun) => queued(request, environment, reply),
        (200..300, RequestPurpose::CreateInstance) => created(environment, reply),
        (200..300, RequestPurpose::ReadInstance) => instance::found(request, environment, reply),
        (404, RequestPurpose::ReadInstance) if lacks_instance(reply) => {
            instance::missing(request, environment, reply)
        }
        (300..400, _) => redirected(environment, reply),
        (400 | 422, RequestPurpose::JobRun | RequestPurpose::CreateInstance) => {
            invalid(request, environment, reply)
        }
        (401, _) => unknown_key(environment, reply),
        (403, _) => forbidden(reply),
        (404, _) => absent(request, environment, reply),
        (407, _) => ExplanationText::new("407: a proxy requires a login")
            .means("The request did not reach SEI.")
            .then("Add the proxy's user name to HTTPS_PROXY, or exempt the host with NO_PROXY."),
        (413, _) => too_large(request),
        (408 | 425 | 429, _) => later(request, reply),
        (500..600, _) => server_error(request, reply),
        (status, _) => with_server_words(
            ExplanationText::new(format!("{status}: the server did not accept the request")),
            reply,
        )
        .then("Compare the address and the format of the environment with the documentation."),
    }
}

fn queued(request: &Request, environment: &Environment, reply: &Reply) -> ExplanationText {
    if let Some(verdict) = reply.verdict.as_ref().filter(|_| environment.is_loopback()) {
        return with_verdict(reply, verdict);
    }
    let words = ExplanationText::new(format!("{}: queued, not stored yet", reply.status)).means(
        "SEI stores or drops the run later without notice. It silently drops a run with an unknown instance \
         GUID. For a known build number, it keeps the first result and duration.",
    );
    match request.run().map(|run| identity(&run)) {
        Some(identity) => {
            let instance = identity.instance_guid.clone().unwrap_or_else(|| "of the run".to_owned());
            words
                .then(format!("{STORED_LATER} Then look for {} {WHERE}.", shown(&identity.to_string())))
                .then(format!(
                    "If the run is missing, check that the instance {} belongs to this account.",
                    shown(&instance)
                ))
        }
        None => words.then("The body is not JSON that SEI can read: expect SEI to drop it."),
    }
}

/// A sandbox reports at once what the real service never reports.
fn with_verdict(reply: &Reply, verdict: &str) -> ExplanationText {
    let words = ExplanationText::new(format!("{}: queued, not stored yet", reply.status))
        .means("SEI reports nothing else. SEI stores or drops the run later, without notice.")
        .means(format!("Sandbox verdict: {}", text::visible(verdict)));
    let reason = verdict.strip_prefix(DROPPED).map(|reason| reason.trim_start_matches([':', ' ']));
    if verdict.starts_with("kept") {
        words.then(format!("With a real account: {STORED_LATER} Then look for the run {WHERE}."))
    } else if reason.is_some_and(|reason| reason.starts_with(NO_INSTANCE)) {
        without_instance(words)
    } else if verdict.contains(SEEN_BEFORE) {
        words
            .then("If you meant to resend: done. For a new run, change the build number, then send.")
            .by(&[Suggestion::Again])
    } else {
        words
            .then("Fix the problems in the verdict and send again. SEI also answers 202 in this case.")
            .by(&[Suggestion::Again])
    }
}

/// A sandbox starts without instances, so a GUID from another place or session is unknown.
fn without_instance(words: ExplanationText) -> ExplanationText {
    words
        .then("Use a GUID that this sandbox created since it started; a sandbox forgets its instances when it ends.")
        .by(&[Suggestion::Guid, Suggestion::Again])
}

fn created(environment: &Environment, reply: &Reply) -> ExplanationText {
    match guid_of(reply) {
        Some(guid) => ExplanationText::new(format!("{}: instance GUID {guid}", reply.status))
            .means(format!("{} now stores runs with this GUID.", environment.host()))
            .then("Save the GUID: use it as `instance_guid` in each run of this instance."),
        None => {
            with_server_words(ExplanationText::new(format!("{}: no GUID in the answer", reply.status)), reply)
                .means("The server accepted the request, but its answer has no `id` that is a UUID.")
                .then("Check the environment's GUID path; the usual one is `v1/cicd/instances`.")
        }
    }
}

fn redirected(environment: &Environment, reply: &Reply) -> ExplanationText {
    ExplanationText::new(format!("{}: the server redirects to another address", reply.status))
        .means("The redirect was not followed, because the key belongs to this host only.")
        .then(format!(
            "Check the base address of {}: the usual reason is `http` or an old host name.",
            environment.label
        ))
        .by(&[Suggestion::Environment])
}

fn invalid(request: &Request, environment: &Environment, reply: &Reply) -> ExplanationText {
    let sentence = field::sentence(&reply.body);
    if request.purpose == RequestPurpose::CreateInstance {
        let words =
            with_server_words(ExplanationText::new(format!("{}: no GUID was created", reply.status)), reply);
        // The endpoint for runs asks for the fields of a run.
        return if sentence.is_some_and(|sentence| sentence.contains("missing in request")) {
            other_path(
                words.means("This path accepts runs: the server creates GUIDs at another path."),
                request,
                environment,
            )
        } else {
            words.then(
                "Check the integration id: a number, shown next to the integration in SEI and in satellite.yml.",
            )
        };
    }
    let at = sentence.as_deref().and_then(|sentence| field::named(sentence, request.run().as_ref()));
    let headline = match &at {
        Some(at) => {
            format!(
                "{}: the server reports {} as missing",
                reply.status,
                at.to_string().trim_start_matches('/')
            )
        }
        None => format!("{}: the server refused the run", reply.status),
    };
    let words = with_server_words(ExplanationText::new(headline), reply)
        .means("The server names one missing field at a time. Nothing was queued.");
    let words = match &at {
        Some(_) => words.then("Fill in the field, check the other problems, and send again."),
        None if sentence.is_some_and(|sentence| sentence.starts_with(NO_INSTANCE))
            && environment.is_loopback() =>
        {
            without_instance(words)
        }
        None => words.then("Review the problems of the run, then send again.").by(&[Suggestion::Again]),
    };
    ExplanationText { field: at, ..words }
}

fn unknown_key(environment: &Environment, reply: &Reply) -> ExplanationText {
    let words = with_server_words(ExplanationText::new("401: the key was not accepted"), reply).means(
        format!("The key may be mistyped, expired or revoked, or may not belong to {}.", environment.host()),
    );
    let words = words.then(if is_sandbox(environment) {
        "Check that the key is from the account that receives the runs. A sandbox accepts any key, unless it was \
         started with SEI_SANDBOX_KEY."
            .to_owned()
    } else {
        format!("Check that the key was created in the account at {}.", environment.host())
    });
    let words = match environment.scheme {
        Scheme::ApiKey => {
            words.then("A Propelo or LevelOps token needs `Bearer`: check the environment's scheme.")
        }
        Scheme::Bearer => words.then("A Harness key needs `ApiKey`: check the environment's scheme."),
    };
    words.by(&[Suggestion::Key, Suggestion::Environment])
}

fn forbidden(reply: &Reply) -> ExplanationText {
    with_server_words(ExplanationText::new("403: the key lacks permission"), reply)
        .means("The server accepts the key, but the key is not allowed to send runs.")
        .then("The key needs the role SEI Admin or SEI Ingestion.")
        .then("The account needs the feature flag SEI_ENABLE_CUSTOM_CICD; Harness Support enables it.")
        .then("The account's IP allowlist may not include this machine.")
        .by(&[Suggestion::Key, Suggestion::Again])
}

fn absent(request: &Request, environment: &Environment, reply: &Reply) -> ExplanationText {
    let words = with_server_words(
        ExplanationText::new(format!("404: unknown path on {}", environment.host())),
        reply,
    );
    let words = if request.purpose == RequestPurpose::CreateInstance {
        let words = words
            .means("The server does not know the integration id, or the environment's GUID path is wrong.")
            .then("Check the integration id: a number, shown next to the integration in SEI and in satellite.yml.");
        let is_about_id =
            field::sentence(&reply.body).is_some_and(|sentence| sentence.contains("integration"));
        if is_about_id { words } else { other_path(words, request, environment) }
    } else {
        words.means(format!("The server does not know {}.", request.url))
    };
    let words = if environment.retired {
        words.then(format!(
            "The host is retired since {RETIRED_ON}: choose the Harness environment of the account."
        ))
    } else {
        words.then("Log in to Harness and compare the environment with the address in the browser.")
    };
    words.by(&[Suggestion::Environment])
}

/// The documentation lists two paths for GUIDs; suggests the other one, once.
fn other_path(words: ExplanationText, request: &Request, environment: &Environment) -> ExplanationText {
    if request.url != environment.guid_url() {
        return words.then(format!(
            "Both documented paths failed: compare the base address of {} with the address in the browser.",
            environment.label
        ));
    }
    let [usual, older] = ["v1/cicd/instances", "v1/custom-cicd"];
    let other = if environment.guid_path == usual { older } else { usual };
    let words = words.then(format!(
        "Try the other documented path: `guid --guid-path {other}`, or guid_path = \"{other}\" in the \
         table [environments.{}] of config.toml.",
        environment.id
    ));
    ExplanationText { other_path: Some(other), ..words }
}

fn too_large(request: &Request) -> ExplanationText {
    ExplanationText::new(format!("413: {} is more than the server accepts", text::bytes(request.body.len())))
        .means("The server, or a proxy in between, limits the size of a body. Nothing was queued.")
        .then("Remove the steps of long stages first, then the metadata of artifacts.")
}

fn later(request: &Request, reply: &Reply) -> ExplanationText {
    let headline =
        if reply.status == 429 { "429: too many requests" } else { "the server asks for a later retry" };
    let words = with_server_words(ExplanationText::new(headline), reply).means("Nothing was queued.");
    wait(words, reply).by(&[again_by(request)])
}

/// The suggestion that repeats the request.
pub(super) const fn again_by(request: &Request) -> Suggestion {
    match request.purpose {
        RequestPurpose::JobRun => Suggestion::Again,
        RequestPurpose::CreateInstance => Suggestion::AskAgain,
        RequestPurpose::ReadInstance => Suggestion::VerifyAgain,
    }
}

fn server_error(request: &Request, reply: &Reply) -> ExplanationText {
    let words = with_server_words(ExplanationText::new(format!("{}: server error", reply.status)), reply);
    let is_read = request.purpose == RequestPurpose::ReadInstance;
    let words = match reply.status {
        500 if is_read => {
            words.means("SEI also answers 500 to a key that it does not know.").by(&[Suggestion::Key])
        }
        _ if is_read => words.means("SEI did not answer the question. Nothing in SEI changes."),
        504 => words.means("A gateway timed out: the run may have been queued."),
        502 => {
            words.means("A gateway could not read the answer of the service: the run may have been queued.")
        }
        503 => words.means("The service accepts no requests at the moment."),
        _ => words.means("The error is on the server, not in the run."),
    };
    let words = if matches!(reply.status, 502 | 504) && !is_read {
        failure::again(request, words)
    } else {
        wait(words, reply)
    };
    words.by(&[again_by(request)])
}

fn wait(words: ExplanationText, reply: &Reply) -> ExplanationText {
    match reply.retry_after.as_deref().map(str::trim) {
        Some(text) if is_count(text) => words.then(format!("Send again after {text} s, as the server asks.")),
        Some(text) if is_date(text) => {
            words.then(format!("Send again after {}, as the server asks.", shown(text)))
        }
        _ => words.then("Send again in a minute."),
    }
}

/// Whether a text is a plausible number of seconds: a day has five digits.
fn is_count(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text is an HTTP date, the only other valid form of the header.
fn is_date(text: &str) -> bool {
    text.ends_with("GMT") && text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

fn page(request: &Request, environment: &Environment, reply: &Reply) -> ExplanationText {
    let words = ExplanationText::new(format!("{}: the answer is a web page, not from SEI", reply.status))
        .means(format!("A proxy, a login page or a firewall in front of {} answered.", environment.host()))
        .means(match title(&reply.body) {
            Some(title) => format!("The page is titled “{}”.", shown(&title)),
            None => "The page has no title.".to_owned(),
        });
    let words = if environment.is_loopback() {
        words.means("Nothing was queued: a sandbox answers like this when a fault is set.")
    } else {
        words
    };
    words
        .then("Open the address in a browser on this machine to see the page.")
        .then("Check the VPN, the proxy settings (HTTPS_PROXY, NO_PROXY) and the environment's base address.")
        .by(&[again_by(request), Suggestion::Environment])
}

fn title(page: &str) -> Option<String> {
    let lower = page.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let open = start + lower.get(start..)?.find('>')? + 1;
    let end = open + lower.get(open..)?.find("</title")?;
    page.get(open..end)
        .map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|t| !t.is_empty())
}

/// A value for a sentence: escaped, and cut to one line.
fn shown(value: &str) -> String {
    text::cut(&text::visible(value), 80).into_owned()
}
