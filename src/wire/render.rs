//! Requests as text for people: HTTP as it goes out, and a curl command that sends the same bytes.
//!
//! A request holds no key, so neither does its text.

use reqwest::Url;

use super::request::Request;

/// Linux takes no argument of 128 KiB or more, and Windows none of half that.
const LONGEST_ARGUMENT: usize = 30_000;

/// The request as it goes over the wire, the key as dots.
pub fn as_http(request: &Request) -> String {
    let (host, path) = host_and_path(&request.url);
    let headers = request.headers().map(|(name, value)| format!("{name}: {value}\n")).concat();
    format!(
        "POST {path} HTTP/1.1\nHost: {host}\nAuthorization: {} ••••••\n{headers}Content-Length: {}\n\n{}",
        request.scheme.word(),
        request.body.len(),
        request.body
    )
}

/// A command for a POSIX shell that sends the request, the key taken from the environment.
pub fn as_curl(request: &Request) -> String {
    let [(kind, json), ..] = request.headers();
    // Brackets and braces in an address would be patterns to curl.
    let literal = if request.url.contains(['[', ']', '{', '}']) { "--globoff " } else { "" };
    let data = if request.body.len() > LONGEST_ARGUMENT {
        // The line breaks that a here-document ends in are left out by this option.
        format!("--data @- <<'SEI_RUN'\n{}\nSEI_RUN", request.body)
    } else {
        format!("--data-raw {}", shell_word(&request.body))
    };
    format!(
        "curl {literal}--request POST {} \\\n  --header \"Authorization: {} $HARNESS_SEI_API_KEY\" \\\n  --header {} \\\n  {data}",
        shell_word(&request.url),
        request.scheme.word(),
        shell_word(&format!("{kind}: {json}")),
    )
}

/// Any text as one word of a POSIX shell: nothing is special between single quotes but the quote itself.
pub fn shell_word(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn host_and_path(url: &str) -> (String, String) {
    Url::parse(url).map_or_else(
        |_| (String::new(), url.to_owned()),
        |parsed| {
            let host = request_host(&parsed);
            (host, parsed.path().to_owned())
        },
    )
}

fn request_host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}
