//! Answers in words, by status.

use crate::text;
use crate::wire::environment::{Environment, Scheme};
use crate::wire::identity::identity;
use crate::wire::reply::{DROPPED, NO_INSTANCE, Reply, SEEN_BEFORE, guid_of};
use crate::wire::request::{Request, RequestPurpose};

use super::suggestion::is_sandbox;
use super::{ExplanationText, Suggestion, failure, field};

pub(super) fn words(request: &Request, environment: &Environment, reply: &Reply) -> ExplanationText {
    if reply.is_page() {
        return page(request, environment, reply);
    }
    match (reply.status, request.purpose) {
        (200..300, RequestPurpose::JobRun) => queued(request, environment, reply),
        (200..300, RequestPurpose::CreateInstance) => created(environment, reply),
        (300..400, _) => redirected(environment, reply),
        (400 | 422, _) => invalid(request, environment, reply),
        (401, _) => unknown_key(environment, reply),
        (403, _) => forbidden(reply),
        (404, _) => absent(request, environment, reply),
        (407, _) => ExplanationText::new("407: a proxy in between wants a login")
            .means("The request did not reach SEI.")
            .then("Put the proxy's user name into HTTPS_PROXY, or exempt the host with NO_PROXY."),
        (413, _) => too_large(request),
        (408 | 425 | 429, _) => later(request, reply),
        (500..600, _) => troubled(request, reply),
        (status, _) => {
            with_server_words(ExplanationText::new(format!("{status}: the server did not take it")), reply)
                .then("Compare the address and the door of the environment with the documentation.")
        }
    }
}

/// Quotes what the server said, if it said anything.
fn with_server_words(words: ExplanationText, reply: &Reply) -> ExplanationText {
    match field::sentence(&reply.body) {
        Some(sentence) => words.means(format!("The server's words: “{}”", field::quoted(&sentence))),
        None => words,
    }
}

fn queued(request: &Request, environment: &Environment, reply: &Reply) -> ExplanationText {
    if let Some(verdict) = reply.verdict.as_ref().filter(|_| environment.is_loopback()) {
        return describe_status(reply, verdict);
    }
    let words = ExplanationText::new(format!("{}: queued, not stored yet", reply.status)).means(
        "SEI keeps or drops the run later and reports neither: an unknown instance GUID costs the run without a word, \
         and of a build number it has seen before the first result and duration stay.",
    );
    match request.run().map(|run| identity(&run)) {
        Some(identity) => {
            let instance = identity.instance_guid.clone().unwrap_or_else(|| "its GUID".to_owned());
            words.then(format!("In a few minutes, look in SEI for {}.", shown(&identity.to_string()))).then(
                format!("Not there? See whether the instance {} belongs to this account.", shown(&instance)),
            )
        }
        None => words.then("The body is not JSON that SEI can read: expect it to be dropped."),
    }
}

/// The sandbox tells at once what the real service never does.
fn describe_status(reply: &Reply, verdict: &str) -> ExplanationText {
    let words = ExplanationText::new(format!("{}: queued, not stored yet", reply.status))
        .means("SEI says no more than this. It keeps or drops the run later and reports neither.")
        .means(format!("This sandbox tells: {}", text::visible(verdict)));
    let reason = verdict.strip_prefix(DROPPED).map(|reason| reason.trim_start_matches([':', ' ']));
    if verdict.starts_with("kept") {
        words.then("With a real account, look in SEI for the run after a few minutes.")
    } else if reason.is_some_and(|reason| reason.starts_with(NO_INSTANCE)) {
        without_instance(words)
    } else if verdict.contains(SEEN_BEFORE) {
        words
            .then("The same run once more? Nothing is to be done. Another run? Give it another build number, then send again.")
            .by(&[Suggestion::Again])
    } else {
        words
            .then("Mend what it names, then send again: SEI would have answered the same 202.")
            .by(&[Suggestion::Again])
    }
}

/// A sandbox begins without instances, so that a GUID from elsewhere or from yesterday is none of its own.
fn without_instance(words: ExplanationText) -> ExplanationText {
    words
        .then("Give the run a GUID that this sandbox has made since it was started; it forgets them when it ends.")
        .by(&[Suggestion::Guid, Suggestion::Again])
}

fn created(environment: &Environment, reply: &Reply) -> ExplanationText {
    match guid_of(reply) {
        Some(guid) => ExplanationText::new(format!("{}: instance GUID {guid}", reply.status))
            .means(format!("{} now keeps runs with this GUID.", environment.host()))
            .then("Keep the GUID: put it into `instance_guid` of each run of this instance."),
        None => {
            with_server_words(ExplanationText::new(format!("{}: no GUID in the answer", reply.status)), reply)
                .means("The server said yes, but its answer holds no `id` that is a UUID.")
                .then(
                    "See whether the environment's GUID path is right; `v1/cicd/instances` is the usual one.",
                )
        }
    }
}

fn redirected(environment: &Environment, reply: &Reply) -> ExplanationText {
    ExplanationText::new(format!("{}: the server points elsewhere", reply.status))
        .means("The redirect was not followed, because the key belongs to this host only.")
        .then(format!(
            "Check the base address of {}: an `http` or an old host name is the usual reason.",
            environment.label
        ))
        .by(&[Suggestion::Environment])
}

fn invalid(request: &Request, environment: &Environment, reply: &Reply) -> ExplanationText {
    let sentence = field::sentence(&reply.body);
    if request.purpose == RequestPurpose::CreateInstance {
        let words =
            with_server_words(ExplanationText::new(format!("{}: no GUID was made", reply.status)), reply);
        // The door for runs asks for the fields of one.
        return if sentence.is_some_and(|sentence| sentence.contains("missing in request")) {
            other_path(
                words.means("The path took the question for a run: this server makes GUIDs elsewhere."),
                request,
                environment,
            )
        } else {
            words.then(
                "Check the integration id: a number, shown beside the integration in SEI and in satellite.yml.",
            )
        };
    }
    let at = sentence.as_deref().and_then(|sentence| field::named(sentence, request.run().as_ref()));
    let headline = match &at {
        Some(at) => {
            format!("{}: {} is what the server misses", reply.status, at.to_string().trim_start_matches('/'))
        }
        None => format!("{}: the server refused the run", reply.status),
    };
    let words = with_server_words(ExplanationText::new(headline), reply)
        .means("The server names one missing field at a time; nothing was queued.");
    let words = match &at {
        Some(_) => words.then("Fill the field, let the check look at the rest, and send again."),
        None if sentence.is_some_and(|said| said.starts_with(NO_INSTANCE)) && environment.is_loopback() => {
            without_instance(words)
        }
        None => {
            words.then("Look through the problems of the check, then send again.").by(&[Suggestion::Again])
        }
    };
    ExplanationText { field: at, ..words }
}

fn unknown_key(environment: &Environment, reply: &Reply) -> ExplanationText {
    let words =
        with_server_words(ExplanationText::new("401: the key was not accepted"), reply).means(format!(
            "It may be mistyped, expired or revoked, or belong to another place than {}.",
            environment.host()
        ));
    let words = words.then(if is_sandbox(environment) {
        "Check that the key was made in the account that runs go to. The sandbox itself takes any, unless \
         SEI_SANDBOX_KEY was set where it was started."
            .to_owned()
    } else {
        format!("Check that the key was made in the account at {}.", environment.host())
    });
    let words = match environment.scheme {
        Scheme::ApiKey => words.then(
            "A token from before the move to Harness goes with `Bearer`: see the environment's scheme.",
        ),
        Scheme::Bearer => {
            words.then("A key made in Harness goes with `ApiKey`: see the environment's scheme.")
        }
    };
    words.by(&[Suggestion::Key, Suggestion::Environment])
}

fn forbidden(reply: &Reply) -> ExplanationText {
    with_server_words(ExplanationText::new("403: the key may not do this"), reply)
        .means("The server knows the caller but does not let it post runs.")
        .then("The key needs the role SEI Admin or SEI Ingestion.")
        .then("The account needs the feature flag SEI_ENABLE_CUSTOM_CICD; Harness Support turns it on.")
        .then("An IP allow-list of the account may leave this machine out.")
        .by(&[Suggestion::Key, Suggestion::Again])
}

fn absent(request: &Request, environment: &Environment, reply: &Reply) -> ExplanationText {
    let words = with_server_words(
        ExplanationText::new(format!("404: {} has nothing at this path", environment.host())),
        reply,
    );
    let words = if request.purpose == RequestPurpose::CreateInstance {
        let words = words
            .means("Either the integration id is not known there, or the environment's GUID path is another.")
            .then("Check the integration id: a number, shown beside the integration in SEI and in satellite.yml.");
        let is_about_id = field::sentence(&reply.body).is_some_and(|said| said.contains("integration"));
        if is_about_id { words } else { other_path(words, request, environment) }
    } else {
        words.means(format!("Posted to {}.", request.url))
    };
    let words = if environment.legacy {
        words.then(
            "The host carries a retired name of the product: choose the Harness environment of the account.",
        )
    } else {
        words.then("Compare the environment with the address in the browser after logging in to Harness.")
    };
    words.by(&[Suggestion::Environment])
}

/// The documentation prints two paths for GUIDs; offers the one that was not asked, once.
fn other_path(words: ExplanationText, request: &Request, environment: &Environment) -> ExplanationText {
    if request.url != environment.guid_url() {
        return words.then(format!(
            "Both paths that are documented were asked: compare the base address of {} with the one in the browser.",
            environment.label
        ));
    }
    let [usual, older] = ["v1/cicd/instances", "v1/custom-cicd"];
    let other = if environment.guid_path == usual { older } else { usual };
    let words = words.then(format!(
        "Ask at the other path that is documented: `guid --guid-path {other}`, or guid_path = \"{other}\" in the \
         table [environments.{}] of config.toml.",
        environment.id
    ));
    ExplanationText { other_path: Some(other), ..words }
}

fn too_large(request: &Request) -> ExplanationText {
    ExplanationText::new(format!("413: {} is more than the server takes", text::bytes(request.body.len())))
        .means("A server or proxy in between limits the size of a body; nothing was queued.")
        .then("Leave out the steps of long stages first, then artifacts' metadata.")
}

fn later(request: &Request, reply: &Reply) -> ExplanationText {
    let headline = if reply.status == 429 { "429: too many requests" } else { "the server wants it later" };
    let words = with_server_words(ExplanationText::new(headline), reply).means("Nothing was queued.");
    wait(words, reply).by(&[again_by(request)])
}

/// How the same request goes again.
pub(super) const fn again_by(request: &Request) -> Suggestion {
    match request.purpose {
        RequestPurpose::JobRun => Suggestion::Again,
        RequestPurpose::CreateInstance => Suggestion::AskAgain,
    }
}

fn troubled(request: &Request, reply: &Reply) -> ExplanationText {
    let words = with_server_words(
        ExplanationText::new(format!("{}: trouble on the server's side", reply.status)),
        reply,
    );
    let words = match reply.status {
        504 => words.means("A gateway gave up waiting: the run may have been queued all the same."),
        502 => words
            .means("A gateway could not read what the service behind it said: the run may have been queued."),
        503 => words.means("The service does not take anything at the moment."),
        _ => words.means("It is not the run that is at fault, as far as the answer tells."),
    };
    let words =
        if matches!(reply.status, 502 | 504) { failure::again(request, words) } else { wait(words, reply) };
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

/// A number of seconds that somebody may wait for: a day has five digits.
fn is_count(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What stands in the header otherwise is a date as HTTP writes it, and all else in it is noise.
fn is_date(text: &str) -> bool {
    text.ends_with("GMT") && text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

fn page(request: &Request, environment: &Environment, reply: &Reply) -> ExplanationText {
    let words = ExplanationText::new(format!("{}: a web page came back, not an answer of SEI", reply.status))
        .means(format!(
            "Something between here and {} answered in its place: a proxy, a login page, a firewall.",
            environment.host()
        ))
        .means(match title(&reply.body) {
            Some(title) => format!("The page is titled “{}”.", shown(&title)),
            None => "The page has no title.".to_owned(),
        });
    let words = if environment.is_loopback() {
        words.means("Nothing was queued: a sandbox answers so when it is asked to.")
    } else {
        words
    };
    words
        .then("Open the address in a browser on this machine to see who answers.")
        .then("Check VPN, proxy settings (HTTPS_PROXY, NO_PROXY) and the environment's base address.")
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

/// A value of the document or the server inside a sentence: visible, and not longer than a line.
fn shown(value: &str) -> String {
    text::cut(&text::visible(value), 80).into_owned()
}
