//! A hostile server: it repeats the key in many encodings.

use std::io::{Read, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use super::KEY;
use super::search::{base64, hex, percent};

/// A server that repeats the key in all its answers until the test ends.
pub(crate) struct Echo {
    pub(crate) url: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Echo {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let heard: Arc<Mutex<Vec<String>>> = Arc::default();
        let (ears, own) = (Arc::clone(&heard), url.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let request = hear(&mut stream);
                let number = ears.lock().unwrap().len();
                stream.write_all(answer(number, &own).as_bytes()).ok();
                ears.lock().unwrap().push(request);
            }
        });
        Self { url, heard }
    }

    /// The number of requests with the key, and without it.
    pub(crate) fn counts(&self) -> (usize, usize) {
        let heard = self.heard.lock().unwrap();
        let with = heard.iter().filter(|request| request.contains(KEY)).count();
        (with, heard.len() - with)
    }
}

/// The answer to a request, by its number: refusals, redirects and a success, each with the key in
/// every encoding.
fn answer(number: usize, url: &str) -> String {
    let text = format!(
        "ApiKey {KEY} {} {} {} {} {} {}",
        base64(KEY.as_bytes()),
        base64(format!("u:{KEY}").as_bytes()),
        base64(format!("x{KEY}").as_bytes()).replace('+', "-").replace('/', "_"),
        percent(|_| false),
        percent(|byte| byte.is_ascii_alphanumeric()),
        hex(""),
    );
    let body = serde_json::json!({ "message": text, KEY: [KEY, {"error": format!("'{KEY}'")}] }).to_string();
    let (status, body) = match number % 6 {
        0 => ("401 Unauthorized", body),
        1 => ("307 Temporary Redirect", body),
        2 => ("400 Bad Request", body),
        3 => ("500 Oops", format!("<html><title>{KEY}</title><p>{text}</p></html>")),
        4 => ("202 Accepted", format!("{{\"guid\":{KEY:?},\"echo\":{body}}}")),
        _ => ("403 Forbidden", text.clone()),
    };
    let kind = if body.starts_with('<') { "text/html" } else { "application/json" };
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}; key={KEY}\r\nretry-after: {KEY}\r\nlocation: {url}/{}\r\n\
         sei-sandbox-verdict: {KEY}\r\nwww-authenticate: {text}\r\ndate: {KEY}\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{body}",
        percent(|_| false),
        body.len(),
    )
}

/// A whole request, with or without a body.
fn hear(stream: &mut impl Read) -> String {
    let (mut heard, mut byte) = (Vec::new(), [0; 1]);
    while !heard.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
        heard.extend(byte);
    }
    let start = String::from_utf8(heard).unwrap();
    let length =
        start.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).ok();
    start + &String::from_utf8_lossy(&body)
}
