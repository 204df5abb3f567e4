//! Requests as text: the HTTP request, and a curl command that sends the same bytes.
//!
//! A request contains no key, so its text contains no key.

use reqwest::Url;

use super::request::Request;

/// Linux refuses arguments of 128 KiB or more, and Windows half of that.
const LONGEST_ARGUMENT: usize = 30_000;

/// The request exactly as it is sent, with a redacted key.
pub fn as_http(request: &Request) -> String {
    let (host, path) = host_and_path(&request.url);
    let headers = request.headers().map(|(name, value)| format!("{name}: {value}\n")).concat();
    format!(
        "{} {path} HTTP/1.1\nHost: {host}\nAuthorization: {} ••••••\n{headers}Content-Length: {}\n\n{}",
        request.method(),
        request.scheme.word(),
        request.body.len(),
        request.body
    )
}

/// A command for a POSIX shell that sends the request with the key from a variable.
pub fn as_curl(request: &Request) -> String {
    let [(kind, json), ..] = request.headers();
    // curl reads brackets and braces in an address as patterns.
    let literal = if request.url.contains(['[', ']', '{', '}']) { "--globoff " } else { "" };
    let data = if request.body.len() > LONGEST_ARGUMENT {
        // `--data` removes the line break at the end of a here-document.
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

/// A text as one word of a POSIX shell, in single quotes.
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
