//! Web addresses and git addresses.

use crate::catalog::{Evidence, FieldRole};
use crate::check::loss::Loss;
use crate::check::phrase::quote;
use crate::check::place::ValuePlace;
use crate::check::plan::Expect;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::retype::replace;
use crate::check::rule::{BACKEND, PAGES, Rule};
use crate::document::Value;

pub(in crate::check) const URL_FORM: Rule = Rule {
    code: "url-form",
    severity: Severity::Warning,
    evidence: Evidence::Doc,
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "A URL is not an absolute http or https address. `repo_url` may also be an address of a git host.",
    why: "SEI shows the URL as a link. Without scheme and host, the link is broken.",
    source: PAGES,
    example: r#""instance_url": "ci.example""#,
    good: r#""instance_url": "https://ci.example/""#,
    fix: "Adds https:// to an address that lacks nothing else.",
};

pub(in crate::check) const REPO_URL_GIT: Rule = Rule {
    code: "repo-url-git",
    severity: Severity::Hint,
    evidence: Evidence::Seen,
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "The repository URL is the web address of a repository on GitHub or GitLab, without `.git`.",
    why: "SEI's integrations with GitHub and GitLab store the address with `.git`. Only an equal address links the job to \
          the repository.",
    source: BACKEND,
    example: r#""repo_url": "https://github.com/shop/web""#,
    good: r#""repo_url": "https://github.com/shop/web.git""#,
    fix: "Appends `.git`.",
};

pub(in crate::check) const URL_API: Rule = Rule {
    code: "url-api",
    severity: Severity::Hint,
    evidence: Evidence::Doc,
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "The repository URL is the address of an API, not of a repository, as in the documentation's samples.",
    why: "The documentation describes this field as the URL of the repository. People and other SEI integrations use it \
          as such.",
    source: PAGES,
    example: r#""repo_url": "https://api.github.com/repos/shop/web""#,
    good: r#""repo_url": "https://github.com/shop/web.git""#,
    fix: "Writes the address of the repository, for the GitHub API.",
};

const GIT_SCHEMES: [&str; 4] = ["ssh", "git", "git+ssh", "ssh+git"];

const GITHUB_API: &str = "https://api.github.com/repos/";

/// Checks an address; `repo_url` may also be an address of a git host.
pub(in crate::check) fn url_form(report: &mut Report<'_>, expect: Expect, url: &str, place: &ValuePlace<'_>) {
    if url.is_empty() {
        return;
    }
    let is_repo = expect.role == Some(FieldRole::RepositoryUrl);
    let Some((scheme, rest)) = url.split_once("://") else {
        if !(is_repo && is_git_address(url)) {
            url_form_without_scheme(report, url, place);
        }
        return;
    };
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let is_git = is_repo && GIT_SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme));
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    let fault = if !is_web && !is_git {
        "is not an http or https address"
    } else if host.is_empty() || (name.is_empty() && !host.starts_with('[')) {
        "has no host"
    } else if url.contains(char::is_whitespace) {
        "contains a space"
    } else {
        match (is_repo && is_web, is_api(name, path)) {
            (true, true) => url_api(report, url, place),
            (true, false) => repo_url_git(report, url, (name, path), place),
            (false, _) => {}
        }
        return;
    };
    let message = format!("{} {fault}: SEI shows a broken link.", quote(url));
    report.add(&URL_FORM, place, message, Vec::new());
}

fn url_form_without_scheme(report: &mut Report<'_>, url: &str, place: &ValuePlace<'_>) {
    let host = url.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let is_host = host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    let fix = is_host.then(|| {
        let whole = format!("https://{url}");
        Fix::offer(format!("write {}", quote(&whole)), replace(place, Value::Text(whole)))
    });
    let message = format!("{} does not start with https:// or http://: SEI shows a broken link.", quote(url));
    report.add(&URL_FORM, place, message, fix.into_iter().collect());
}

/// Whether a text is `user@host:path`, as git writes it.
fn is_git_address(text: &str) -> bool {
    let parts = text.split_once('@').and_then(|(user, rest)| Some((user, rest.split_once(':')?)));
    parts.is_some_and(|(user, (host, path))| {
        let is_plain =
            |part: &str| !part.is_empty() && !part.contains(|c: char| c == '/' || c.is_whitespace());
        is_plain(user) && is_plain(host) && !path.trim().is_empty() && !path.contains(char::is_whitespace)
    })
}

/// Reports the web address of a repository that the integration of its host writes with `.git`.
fn repo_url_git(report: &mut Report<'_>, url: &str, (host, path): (&str, &str), place: &ValuePlace<'_>) {
    let is_host = |word: &str| {
        let label = host.get(..word.len()).filter(|label| label.eq_ignore_ascii_case(word));
        label.is_some() && host.get(word.len()..).is_some_and(|rest| rest.starts_with('.'))
    };
    let path = path.trim_end_matches('/');
    let parts = path.trim_start_matches('/').split('/');
    let depth = parts.clone().count();
    // A group of GitLab may be in a group; a page of a repository follows `/-/`.
    let is_repository = (is_host("github") && depth == 2) || (is_host("gitlab") && depth >= 2);
    let is_plain = parts.clone().all(|part| !part.is_empty() && part != "-") && !path.contains(['?', '#']);
    let ends_in_git =
        path.get(path.len().saturating_sub(4)..).is_some_and(|end| end.eq_ignore_ascii_case(".git"));
    if !is_repository || !is_plain || ends_in_git {
        return;
    }
    let right = format!("{}.git", url.trim_end_matches('/'));
    let fix = Fix::offer("append .git", replace(place, Value::Text(right)));
    let message = format!("{} lacks .git: SEI possibly does not link the job to the repository.", quote(url));
    report.add(&REPO_URL_GIT, place, message, vec![fix]);
}

fn is_api(host: &str, path: &str) -> bool {
    let is_version = |path: &str| path.starts_with(|c: char| c.is_ascii_digit());
    host.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("api."))
        || path.strip_prefix("/api/v").is_some_and(is_version)
        || path.contains("/_apis/")
}

fn url_api(report: &mut Report<'_>, url: &str, place: &ValuePlace<'_>) {
    let repository = url.strip_prefix(GITHUB_API).and_then(|rest| {
        let mut parts = rest.split('/').filter(|part| !part.is_empty());
        let (owner, name) = (parts.next()?, parts.next()?);
        Some(format!("https://github.com/{owner}/{}.git", name.trim_end_matches(".git")))
    });
    let fix = repository
        .map(|right| Fix::offer(format!("write {}", quote(&right)), replace(place, Value::Text(right))));
    let message = format!("{} is the address of an API, not of a repository.", quote(url));
    report.add(&URL_API, place, message, fix.into_iter().collect());
}
