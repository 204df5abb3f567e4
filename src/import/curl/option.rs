//! A table of the curl options: only the table shows whether the next word is a value or the
//! address.
//!
//! The table has the options of curl 8.17 and those of older versions, with the meaning of each for
//! import.

use self::OptionRole::{
    Credential, Data, DataRaw, Dropped, Flag, Header, Json, Next, Switch, Upload, Url, UrlEncoded, Value,
};
use crate::import::credential::CredentialForm;

/// What an option does to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OptionRole {
    /// Takes no value, and says nothing about the request.
    Flag,
    /// Takes a value, and says nothing about the request.
    Value,
    /// Takes the address.
    Url,
    /// Takes a header.
    Header,
    /// Takes a part of the body, or `@` and the file that holds it.
    Data,
    /// Takes a part of the body.
    DataRaw,
    /// Takes a part of the body, which curl encodes.
    UrlEncoded,
    /// Takes a part of the body, and sets the headers for JSON.
    Json,
    /// Takes the file that holds the body.
    Upload,
    /// Starts another request.
    Next,
    /// Takes a value that is not kept; the text names it in the report.
    Dropped(&'static str),
    /// Takes a value with credentials, which are not kept; the text names it in the report.
    Credential(CredentialForm, &'static str),
    /// Takes no value, and is named in the report.
    Switch(&'static str),
}

impl OptionRole {
    /// Whether the option takes a value.
    pub(super) const fn takes_value(self) -> bool {
        !matches!(self, Flag | Switch(_) | Next)
    }
}

/// A long option in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LongOption {
    pub(super) name: &'static str,
    pub(super) role: OptionRole,
    /// Where its value starts in the word, after `=`.
    pub(super) value_at: Option<usize>,
}

/// The short option of this letter.
pub(super) fn short(letter: char) -> Option<OptionRole> {
    OPTIONS.iter().find(|option| option.0 == letter && letter != ' ').map(|option| option.2)
}

/// The long option of a word after its dashes: the whole name, a unique prefix, `no-NAME`,
/// `expand-NAME`, or `NAME=VALUE`, which curl does not know but people write.
pub(super) fn long(word: &str) -> Option<LongOption> {
    let found = |(name, role), value_at| LongOption { name, role, value_at };
    if let Some(option) = named(word) {
        return Some(found(option, None));
    }
    let (name, _) = word.split_once('=')?;
    named(name).filter(|option| option.1.takes_value()).map(|option| found(option, Some(name.len() + 1)))
}

fn named(name: &str) -> Option<(&'static str, OptionRole)> {
    if let Some(option) = exact(name) {
        return Some(option);
    }
    if let Some(option) = name.strip_prefix("expand-").and_then(exact).filter(|option| option.1.takes_value())
    {
        return Some(option);
    }
    if let Some((name, _)) =
        name.strip_prefix("no-").and_then(unique).filter(|option| !option.1.takes_value())
    {
        return Some((name, Flag));
    }
    unique(name)
}

fn exact(name: &str) -> Option<(&'static str, OptionRole)> {
    OPTIONS.iter().find(|option| option.1 == name).map(|option| (option.1, option.2))
}

/// The option of this name, or the only option whose name starts with it.
fn unique(name: &str) -> Option<(&'static str, OptionRole)> {
    let mut starting = OPTIONS.iter().filter(|option| !name.is_empty() && option.1.starts_with(name));
    match (exact(name), starting.next(), starting.next()) {
        (Some(option), ..) => Some(option),
        (None, Some(option), None) => Some((option.1, option.2)),
        (None, ..) => None,
    }
}

/// Letter, name and role.
const OPTIONS: &[(char, &str, OptionRole)] = &[
    (' ', "abstract-unix-socket", Value),
    (' ', "alpn", Flag),
    (' ', "alt-svc", Value),
    (' ', "anyauth", Flag),
    ('a', "append", Flag),
    (' ', "aws-sigv4", Dropped("a signature for AWS")),
    (' ', "basic", Flag),
    ('N', "buffer", Flag),
    (' ', "ca-native", Flag),
    (' ', "cacert", Value),
    (' ', "capath", Value),
    ('E', "cert", Credential(CredentialForm::FilePassword, "a client certificate")),
    (' ', "cert-status", Flag),
    (' ', "cert-type", Value),
    (' ', "ciphers", Value),
    (' ', "clobber", Flag),
    (' ', "compressed", Flag),
    (' ', "compressed-ssh", Flag),
    ('K', "config", Dropped("a file of further options")),
    (' ', "connect-timeout", Value),
    (' ', "connect-to", Value),
    ('C', "continue-at", Value),
    ('b', "cookie", Credential(CredentialForm::Cookies, "a cookie")),
    ('c', "cookie-jar", Value),
    (' ', "create-dirs", Flag),
    (' ', "create-file-mode", Value),
    (' ', "crlf", Flag),
    (' ', "crlfile", Value),
    (' ', "curves", Value),
    ('d', "data", Data),
    (' ', "data-ascii", Data),
    (' ', "data-binary", Data),
    (' ', "data-raw", DataRaw),
    (' ', "data-urlencode", UrlEncoded),
    (' ', "delegation", Value),
    (' ', "digest", Flag),
    ('q', "disable", Flag),
    (' ', "disable-eprt", Flag),
    (' ', "disable-epsv", Flag),
    (' ', "disallow-username-in-url", Flag),
    (' ', "dns-interface", Value),
    (' ', "dns-ipv4-addr", Value),
    (' ', "dns-ipv6-addr", Value),
    (' ', "dns-servers", Value),
    (' ', "doh-cert-status", Flag),
    (' ', "doh-insecure", Flag),
    (' ', "doh-url", Value),
    (' ', "dump-ca-embed", Flag),
    ('D', "dump-header", Value),
    (' ', "ech", Value),
    (' ', "egd-file", Value),
    (' ', "engine", Value),
    (' ', "eprt", Flag),
    (' ', "epsv", Flag),
    (' ', "etag-compare", Value),
    (' ', "etag-save", Value),
    (' ', "expect100-timeout", Value),
    ('f', "fail", Flag),
    (' ', "fail-early", Flag),
    (' ', "fail-with-body", Flag),
    (' ', "false-start", Flag),
    (' ', "follow", Flag),
    ('F', "form", Credential(CredentialForm::Pair, "a form field")),
    (' ', "form-escape", Flag),
    (' ', "form-string", Credential(CredentialForm::Pair, "a form field")),
    (' ', "ftp-account", Credential(CredentialForm::Whole, "login options")),
    (' ', "ftp-alternative-to-user", Value),
    (' ', "ftp-create-dirs", Flag),
    (' ', "ftp-method", Value),
    (' ', "ftp-pasv", Flag),
    ('P', "ftp-port", Value),
    (' ', "ftp-pret", Flag),
    (' ', "ftp-skip-pasv-ip", Flag),
    (' ', "ftp-ssl", Flag),
    (' ', "ftp-ssl-ccc", Flag),
    (' ', "ftp-ssl-ccc-mode", Value),
    (' ', "ftp-ssl-control", Flag),
    (' ', "ftp-ssl-reqd", Flag),
    ('G', "get", Switch("-G, which would move the body to the address")),
    ('g', "globoff", Flag),
    (' ', "happy-eyeballs-timeout-ms", Value),
    (' ', "haproxy-clientip", Value),
    (' ', "haproxy-protocol", Flag),
    ('I', "head", Flag),
    ('H', "header", Header),
    ('h', "help", Value),
    (' ', "hostpubmd5", Value),
    (' ', "hostpubsha256", Value),
    (' ', "hsts", Value),
    (' ', "http0.9", Flag),
    ('0', "http1.0", Flag),
    (' ', "http1.1", Flag),
    (' ', "http2", Flag),
    (' ', "http2-prior-knowledge", Flag),
    (' ', "http3", Flag),
    (' ', "http3-only", Flag),
    (' ', "ignore-content-length", Flag),
    (' ', "include", Flag),
    ('k', "insecure", Switch("-k, which accepts any certificate")),
    (' ', "interface", Value),
    (' ', "ip-tos", Value),
    (' ', "ipfs-gateway", Value),
    ('4', "ipv4", Flag),
    ('6', "ipv6", Flag),
    (' ', "json", Json),
    ('j', "junk-session-cookies", Flag),
    (' ', "keepalive", Flag),
    (' ', "keepalive-cnt", Value),
    (' ', "keepalive-time", Value),
    (' ', "key", Dropped("a client certificate")),
    (' ', "key-type", Value),
    (' ', "knownhosts", Value),
    (' ', "krb", Value),
    (' ', "krb4", Value),
    (' ', "libcurl", Value),
    (' ', "limit-rate", Value),
    ('l', "list-only", Flag),
    (' ', "local-port", Value),
    ('L', "location", Flag),
    (' ', "location-trusted", Flag),
    (' ', "login-options", Dropped("login options")),
    (' ', "mail-auth", Value),
    (' ', "mail-from", Value),
    (' ', "mail-rcpt", Value),
    (' ', "mail-rcpt-allowfails", Flag),
    ('M', "manual", Flag),
    (' ', "max-filesize", Value),
    (' ', "max-redirs", Value),
    ('m', "max-time", Value),
    (' ', "metalink", Flag),
    (' ', "mptcp", Flag),
    (' ', "negotiate", Flag),
    ('n', "netrc", Switch("a password file")),
    (' ', "netrc-file", Dropped("a password file")),
    (' ', "netrc-optional", Switch("a password file")),
    (':', "next", Next),
    (' ', "noproxy", Value),
    (' ', "npn", Flag),
    (' ', "ntlm", Flag),
    (' ', "ntlm-wb", Flag),
    (' ', "oauth2-bearer", Credential(CredentialForm::Whole, "a bearer token")),
    (' ', "out-null", Flag),
    ('o', "output", Value),
    (' ', "output-dir", Value),
    ('Z', "parallel", Flag),
    (' ', "parallel-immediate", Flag),
    (' ', "parallel-max", Value),
    (' ', "parallel-max-host", Value),
    (' ', "pass", Credential(CredentialForm::Whole, "the password of a client certificate")),
    (' ', "path-as-is", Flag),
    (' ', "pinnedpubkey", Value),
    (' ', "post301", Flag),
    (' ', "post302", Flag),
    (' ', "post303", Flag),
    (' ', "preproxy", Credential(CredentialForm::Url, "a proxy")),
    ('#', "progress-bar", Flag),
    (' ', "progress-meter", Flag),
    (' ', "proto", Value),
    (' ', "proto-default", Value),
    (' ', "proto-redir", Value),
    ('x', "proxy", Credential(CredentialForm::Url, "a proxy")),
    (' ', "proxy-anyauth", Flag),
    (' ', "proxy-basic", Flag),
    (' ', "proxy-ca-native", Flag),
    (' ', "proxy-cacert", Value),
    (' ', "proxy-capath", Value),
    (' ', "proxy-cert", Credential(CredentialForm::FilePassword, "a client certificate for a proxy")),
    (' ', "proxy-cert-type", Value),
    (' ', "proxy-ciphers", Value),
    (' ', "proxy-crlfile", Value),
    (' ', "proxy-digest", Flag),
    (' ', "proxy-header", Credential(CredentialForm::Header, "a header for a proxy")),
    (' ', "proxy-http2", Flag),
    (' ', "proxy-insecure", Flag),
    (' ', "proxy-key", Dropped("a client certificate for a proxy")),
    (' ', "proxy-key-type", Value),
    (' ', "proxy-negotiate", Flag),
    (' ', "proxy-ntlm", Flag),
    (' ', "proxy-pass", Credential(CredentialForm::Whole, "the password of a client certificate")),
    (' ', "proxy-pinnedpubkey", Value),
    (' ', "proxy-service-name", Value),
    (' ', "proxy-ssl-allow-beast", Flag),
    (' ', "proxy-ssl-auto-client-cert", Flag),
    (' ', "proxy-tls13-ciphers", Value),
    (' ', "proxy-tlsauthtype", Value),
    (' ', "proxy-tlspassword", Credential(CredentialForm::Whole, "a TLS user and password")),
    (' ', "proxy-tlsuser", Dropped("a TLS user and password")),
    (' ', "proxy-tlsv1", Flag),
    ('U', "proxy-user", Credential(CredentialForm::UserPassword, "the user and password of a proxy")),
    (' ', "proxy1.0", Credential(CredentialForm::Url, "a proxy")),
    ('p', "proxytunnel", Flag),
    (' ', "pubkey", Value),
    ('Q', "quote", Value),
    (' ', "random-file", Value),
    ('r', "range", Value),
    (' ', "rate", Value),
    (' ', "raw", Flag),
    ('e', "referer", Credential(CredentialForm::Url, "the header Referer")),
    ('J', "remote-header-name", Flag),
    ('O', "remote-name", Flag),
    (' ', "remote-name-all", Flag),
    ('R', "remote-time", Flag),
    (' ', "remove-on-error", Flag),
    ('X', "request", Value),
    (' ', "request-mode", Value),
    (' ', "request-target", Value),
    (' ', "resolve", Value),
    (' ', "retry", Value),
    (' ', "retry-all-errors", Flag),
    (' ', "retry-connrefused", Flag),
    (' ', "retry-delay", Value),
    (' ', "retry-max-time", Value),
    (' ', "sasl-authzid", Dropped("login options")),
    (' ', "sasl-ir", Flag),
    (' ', "service-name", Value),
    (' ', "sessionid", Flag),
    ('S', "show-error", Flag),
    ('i', "show-headers", Flag),
    (' ', "sigalgs", Value),
    ('s', "silent", Flag),
    (' ', "skip-existing", Flag),
    (' ', "socks4", Credential(CredentialForm::Url, "a proxy")),
    (' ', "socks4a", Credential(CredentialForm::Url, "a proxy")),
    (' ', "socks5", Credential(CredentialForm::Url, "a proxy")),
    (' ', "socks5-basic", Flag),
    (' ', "socks5-gssapi", Flag),
    (' ', "socks5-gssapi-nec", Flag),
    (' ', "socks5-gssapi-service", Value),
    (' ', "socks5-hostname", Credential(CredentialForm::Url, "a proxy")),
    ('Y', "speed-limit", Value),
    ('y', "speed-time", Value),
    (' ', "ssl", Flag),
    (' ', "ssl-allow-beast", Flag),
    (' ', "ssl-auto-client-cert", Flag),
    (' ', "ssl-no-revoke", Flag),
    (' ', "ssl-reqd", Flag),
    (' ', "ssl-revoke-best-effort", Flag),
    (' ', "ssl-sessions", Value),
    ('2', "sslv2", Flag),
    ('3', "sslv3", Flag),
    (' ', "stderr", Value),
    (' ', "styled-output", Flag),
    (' ', "suppress-connect-headers", Flag),
    (' ', "tcp-fastopen", Flag),
    (' ', "tcp-nodelay", Flag),
    ('t', "telnet-option", Value),
    (' ', "tftp-blksize", Value),
    (' ', "tftp-no-options", Flag),
    ('z', "time-cond", Value),
    (' ', "tls-earlydata", Flag),
    (' ', "tls-max", Value),
    (' ', "tls13-ciphers", Value),
    (' ', "tlsauthtype", Value),
    (' ', "tlspassword", Credential(CredentialForm::Whole, "a TLS user and password")),
    (' ', "tlsuser", Dropped("a TLS user and password")),
    ('1', "tlsv1", Flag),
    (' ', "tlsv1.0", Flag),
    (' ', "tlsv1.1", Flag),
    (' ', "tlsv1.2", Flag),
    (' ', "tlsv1.3", Flag),
    (' ', "tr-encoding", Flag),
    (' ', "trace", Value),
    (' ', "trace-ascii", Value),
    (' ', "trace-config", Value),
    (' ', "trace-ids", Flag),
    (' ', "trace-time", Flag),
    (' ', "unix-socket", Value),
    ('T', "upload-file", Upload),
    (' ', "upload-flags", Value),
    (' ', "url", Url),
    (' ', "url-query", Credential(CredentialForm::Pair, "a query of the address")),
    ('B', "use-ascii", Flag),
    ('u', "user", Credential(CredentialForm::UserPassword, "a user and password")),
    ('A', "user-agent", Dropped("the header User-Agent")),
    (' ', "variable", Credential(CredentialForm::Pair, "a variable")),
    ('v', "verbose", Flag),
    ('V', "version", Flag),
    (' ', "vlan-priority", Value),
    ('w', "write-out", Value),
    (' ', "xattr", Flag),
];
