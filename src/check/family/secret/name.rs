//! Parameter names that suggest a secret, and values that would reveal it.

/// Words that mean a secret on their own.
const SECRETS: [&str; 13] = [
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "pwd",
    "secret",
    "token",
    "apikey",
    "accesskey",
    "privatekey",
    "secretkey",
    "credential",
    "credentials",
];

/// Words that mean a secret with `key` after them: `api_key`, `access-key`.
const KEYS: [&str; 7] = ["api", "access", "private", "secret", "encryption", "signing", "auth"];

/// Last words of a name that mean a property of a secret, not the secret.
const ABOUT: [&str; 48] = [
    "id",
    "ids",
    "name",
    "names",
    "url",
    "uri",
    "host",
    "path",
    "file",
    "filename",
    "dir",
    "folder",
    "type",
    "kind",
    "ttl",
    "policy",
    "length",
    "size",
    "count",
    "limit",
    "expiry",
    "expires",
    "expiration",
    "age",
    "timeout",
    "enabled",
    "required",
    "provider",
    "ref",
    "reference",
    "arn",
    "scope",
    "scopes",
    "store",
    "manager",
    "vault",
    "version",
    "env",
    "var",
    "variable",
    "location",
    "endpoint",
    "header",
    "format",
    "mode",
    "user",
    "username",
    "rotation",
];

/// Whether a name suggests a secret: `DB_PASSWORD`, `apiKey`, `github-token`.
pub fn is_secret(name: &str) -> bool {
    let words = words(name);
    if words.last().is_some_and(|last| ABOUT.contains(&last.as_str())) {
        return false;
    }
    let is_key = |pair: &[String]| match pair {
        [first, second] => second == "key" && KEYS.contains(&first.as_str()),
        _ => false,
    };
    words.iter().any(|word| SECRETS.contains(&word.as_str())) || words.windows(2).any(is_key)
}

/// Whether a value would reveal the secret: it is not blank, a boolean, a number or masked, and not
/// a reference to the place of the secret.
pub(super) fn is_revealing(value: &str) -> bool {
    const OTHERS: [&str; 14] = [
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "none",
        "null",
        "nil",
        "redacted",
        "masked",
        "hidden",
        "secret",
        "undefined",
    ];
    let bare = value.trim().trim_matches(['*', '•', '[', ']', '<', '>', '(', ')', '.', '-', '_']);
    let is_filler = bare.chars().all(|c| matches!(c, 'x' | 'X'));
    let is_number = bare.parse::<f64>().is_ok();
    let is_reference = value.trim().starts_with(['/', '$', '%', '~']) || value.trim().starts_with("./");
    !(is_filler || is_number || is_reference || OTHERS.iter().any(|word| bare.eq_ignore_ascii_case(word)))
}

/// The words of a name, in lower case: `dbPassword` has two, as `DB_PASSWORD` has.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = None;
    for c in name.chars() {
        let is_start =
            |before: char| !before.is_alphanumeric() || (before.is_lowercase() && c.is_uppercase());
        if c.is_alphanumeric() {
            if before.is_none_or(is_start) {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(c.to_lowercase());
            }
        }
        before = Some(c);
    }
    words
}
