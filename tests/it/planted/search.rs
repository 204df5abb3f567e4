//! Searches output of the program for the planted key, in each encoding that can be reversed.

use std::path::Path;

use super::KEY;

/// Encodings that are searched for exactly.
fn exact() -> Vec<(&'static str, String)> {
    let mut forms = Vec::new();
    for skipped in 0..3 {
        let bytes = &KEY.as_bytes()[skipped..];
        let core = base64(&bytes[..bytes.len() / 3 * 3]);
        forms.push(("base64 for addresses", core.replace('+', "-").replace('/', "_")));
        forms.push(("base64", core));
    }
    forms
}

/// Encodings that are searched for without regard to case.
fn folded() -> Vec<(&'static str, String)> {
    let json = inside(&serde_json::to_string(KEY).unwrap());
    let shell = KEY.replace('\'', r"'\''");
    let entities = KEY.replace('&', "&amp;").replace('<', "&lt;");
    let forms = [
        ("plain", KEY.to_owned()),
        ("turned round", KEY.chars().rev().collect()),
        ("hexadecimal", hex("")),
        ("hexadecimal, apart", hex(" ")),
        ("percent-encoded throughout", percent(|_| false)),
        (
            "percent-encoded where it must be",
            percent(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte)),
        ),
        (
            "percent-encoded for a path",
            percent(|byte| byte.is_ascii_alphanumeric() || b"-_.~/+&='".contains(&byte)),
        ),
        ("in JSON in JSON", inside(&serde_json::to_string(&json).unwrap())),
        ("in JSON in a shell", json.replace('\'', r"'\''")),
        ("in JSON with escaped slashes", json.replace('/', r"\/")),
        ("in JSON", json),
        ("in double quotes of a shell", KEY.replace('\\', r"\\").replace('"', "\\\"")),
        ("in a shell", shell),
        ("in a shell, otherwise", KEY.replace('\'', r#"'"'"'"#)),
        ("as Debug text", inside(&format!("{KEY:?}"))),
        ("as markup", entities.clone()),
        ("as markup, all of it", entities.replace('"', "&quot;").replace('\'', "&#39;")),
        ("as markup, otherwise", entities.replace('"', "&#34;").replace('\'', "&apos;")),
        ("as markup, quotes only", entities.replace('"', "&quot;").replace('\'', "&apos;")),
    ];
    forms.map(|(name, form)| (name, form.to_lowercase())).into()
}

/// The encodings of the key in these bytes.
pub(crate) fn found_in(bytes: &[u8]) -> Vec<&'static str> {
    let text = String::from_utf8_lossy(bytes);
    let lower = text.to_lowercase();
    // Encoders break long lines.
    let unbroken: String = text.split_whitespace().collect();
    let mut found: Vec<_> = folded().into_iter().filter(|(_, form)| lower.contains(form.as_str())).collect();
    found.extend(exact().into_iter().filter(|(_, form)| unbroken.contains(form.as_str())));
    found.into_iter().map(|(name, _)| name).collect()
}

/// Fails if the key is in these bytes, in any encoding.
pub(crate) fn assert_clean(what: &str, bytes: impl AsRef<[u8]>) {
    let found = found_in(bytes.as_ref());
    assert!(found.is_empty(), "the key is in {what}: {}\n{}", found.join(", "), shown(bytes.as_ref()));
}

/// The end of the searched text, for the failure message.
fn shown(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let at = text.to_lowercase().find(&KEY.to_lowercase()).unwrap_or_default();
    text.get(text.floor_char_boundary(at.saturating_sub(600))..)
        .unwrap_or_default()
        .chars()
        .take(1200)
        .collect()
}

/// Fails if the key is in a file or a file name below a folder; returns the number of files.
pub(crate) fn assert_folder_clean(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let check = |path: std::path::PathBuf| {
        let name = path.display().to_string();
        assert_clean("the name of a file", &name);
        if path.is_dir() {
            return assert_folder_clean(&path);
        }
        assert_clean(&name, std::fs::read(&path).unwrap());
        1
    };
    entries.map(|entry| check(entry.unwrap().path())).sum()
}

/// Fails if any frame of these terminal bytes shows the key, also across the end of a line; returns
/// the number of frames.
pub(crate) fn assert_frames_clean(bytes: &[u8], (columns, rows): (u16, u16)) -> usize {
    let mut terminal = vt100::Parser::new(rows, columns, 0);
    let text = String::from_utf8_lossy(bytes);
    let mut frames = std::collections::BTreeSet::new();
    // Each frame ends with a sequence that shows or hides the cursor.
    for part in text.split_inclusive("\x1b[?25") {
        terminal.process(part.as_bytes());
        frames.insert(terminal.screen().contents());
    }
    for frame in &frames {
        assert_clean("a picture", frame);
    }
    frames.len()
}

/// A literal without its quotes.
fn inside(literal: &str) -> String {
    literal[1..literal.len() - 1].to_owned()
}

pub(crate) fn percent(stays: impl Fn(u8) -> bool) -> String {
    let code = |byte| if stays(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    KEY.bytes().map(code).collect()
}

/// Each byte of the key as two digits, with this between them.
pub(crate) fn hex(between: &str) -> String {
    KEY.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(between)
}

/// Base64 as in RFC 4648, independent of the program's own encoder.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits = bytes.iter().map(|byte| format!("{byte:08b}")).collect::<Vec<_>>().concat();
    let mut coded: String = bits
        .as_bytes()
        .chunks(6)
        .map(|six| {
            let six = format!("{:0<6}", std::str::from_utf8(six).unwrap());
            char::from(*SIGNS.get(usize::from_str_radix(&six, 2).unwrap()).unwrap())
        })
        .collect();
    coded.push_str(&"=".repeat((4 - coded.len() % 4) % 4));
    coded
}

/// Texts of careless programs, and the encoding that the search has to find.
#[test]
fn an_intentionally_leaked_key_is_found_in_each_encoding() {
    let json = serde_json::to_string(KEY).unwrap();
    let lines = base64(format!("a long text before {KEY} and a long text after it").as_bytes());
    let (first, second) = lines.split_at(40);
    let table: Vec<(&str, String)> = vec![
        ("plain", format!("Authorization: ApiKey {KEY}\r\n")),
        ("plain", KEY.to_uppercase()),
        ("turned round", KEY.chars().rev().collect()),
        ("hexadecimal", hex("").to_uppercase()),
        ("base64", base64(KEY.as_bytes())),
        ("base64", base64(format!("u:{KEY}").as_bytes())),
        ("base64", base64(format!("me:{KEY}\n").as_bytes())),
        ("base64", format!("{first}\r\n{second}")),
        ("base64 for addresses", base64(format!("{KEY}x").as_bytes()).replace('+', "-").replace('/', "_")),
        ("percent-encoded throughout", percent(|_| false)),
        ("percent-encoded throughout", percent(|_| false).to_lowercase()),
        (
            "percent-encoded where it must be",
            format!("?q={}", percent(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte))),
        ),
        ("in JSON", format!("{{\"branch_name\":{json}}}")),
        ("in JSON in JSON", serde_json::to_string(&format!("{{\"branch_name\":{json}}}")).unwrap()),
        ("in a shell", format!("-H 'x: {}'", KEY.replace('\'', r"'\''"))),
        ("in double quotes of a shell", format!("\"{}\"", KEY.replace('\\', r"\\").replace('"', "\\\""))),
        ("as Debug text", format!("{:?}", Some(KEY))),
        ("as markup, all of it", KEY.replace('&', "&amp;").replace('"', "&quot;").replace('\'', "&#39;")),
    ];
    for (form, text) in table {
        let bytes = [b"\x1b[1m\xff\n", text.as_bytes(), b"\x1b[0m\n"].concat();
        assert!(found_in(&bytes).contains(&form), "{form}: {text} gave {:?}", found_in(&bytes));
    }
    assert!(found_in(b"nothing of the kind \x1b[1m").is_empty());
}

#[test]
fn an_intentionally_leaked_key_is_found_in_each_place() {
    let home = tempfile::tempdir().unwrap();
    let inner = home.path().join("data/journal");
    std::fs::create_dir_all(&inner).unwrap();
    std::fs::write(inner.join("2026.ndjson"), "{}").unwrap();
    assert_eq!(assert_folder_clean(home.path()), 1);
    let drawn =
        format!("\x1b[2J\x1b[2;2Ha picture\x1b[?25l\x1b[2;2H{KEY}\x1b[?25l\x1b[2J\x1b[2;2Hgone\x1b[?25h");
    let is_caught = |check: &dyn Fn()| std::panic::catch_unwind(std::panic::AssertUnwindSafe(check)).is_err();
    assert!(
        is_caught(&|| assert_eq!(assert_frames_clean(drawn.as_bytes(), (80, 24)), 4)),
        "a picture that is gone again"
    );
    std::fs::write(
        inner.join("2026.ndjson"),
        format!("{{\"body\":{}}}", serde_json::to_string(KEY).unwrap()),
    )
    .unwrap();
    assert!(is_caught(&|| assert_eq!(assert_folder_clean(home.path()), 1)), "a file far down");
}
