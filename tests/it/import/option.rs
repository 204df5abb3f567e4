//! The options of curl, each before the address: none is read as the address, and no value of one
//! is kept or repeated.

use sei_compose::document::write_compact;
use sei_compose::import::{Imported, describe_all, import};

const URL: &str = "https://app.harness.io/gratis/sei/api/v1/custom-cicd";
const BODY: &str = r#"{"pipeline":"a","result":"SUCCESS"}"#;
const VALUE: &str = "planted.5512aa7f";

/// Options with a value in the documentation of curl, except those that define the request.
const WITH_VALUE: &str = "abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config \
    connect-timeout connect-to continue-at cookie cookie-jar create-file-mode crlfile curves delegation dns-interface \
    dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine etag-compare etag-save \
    expect100-timeout form form-string ftp-account ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode \
    happy-eyeballs-timeout-ms haproxy-clientip help hostpubmd5 hostpubsha256 hsts interface ip-tos ipfs-gateway \
    keepalive-cnt keepalive-time key key-type knownhosts krb krb4 libcurl limit-rate local-port login-options mail-auth \
    mail-from mail-rcpt max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir \
    parallel-max parallel-max-host pass pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert \
    proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type \
    proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword \
    proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file range rate referer request request-target resolve retry \
    retry-delay retry-max-time sasl-authzid service-name sigalgs socks4 socks4a socks5 socks5-gssapi-service \
    socks5-hostname speed-limit speed-time ssl-sessions stderr telnet-option tftp-blksize time-cond tls-max \
    tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii trace-config unix-socket upload-flags url-query \
    user user-agent variable vlan-priority write-out";

const WITHOUT_VALUE: &str = "anyauth append basic ca-native cert-status compressed compressed-ssh create-dirs crlf digest \
    disable disable-eprt disable-epsv disallow-username-in-url doh-cert-status doh-insecure dump-ca-embed eprt epsv fail \
    fail-early fail-with-body false-start follow form-escape ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl \
    ftp-ssl-ccc ftp-ssl-control ftp-ssl-reqd get globoff haproxy-protocol head http0.9 http1.0 http1.1 http2 \
    http2-prior-knowledge http3 http3-only ignore-content-length include insecure ipv4 ipv6 junk-session-cookies \
    list-only location location-trusted mail-rcpt-allowfails manual metalink mptcp negotiate netrc netrc-optional ntlm \
    ntlm-wb out-null parallel parallel-immediate path-as-is post301 post302 post303 progress-bar proxy-anyauth \
    proxy-basic proxy-ca-native proxy-digest proxy-http2 proxy-insecure proxy-negotiate proxy-ntlm \
    proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1 proxytunnel raw remote-header-name remote-name \
    remote-name-all remote-time remove-on-error retry-all-errors retry-connrefused sasl-ir show-error show-headers \
    silent skip-existing socks5-basic socks5-gssapi socks5-gssapi-nec ssl ssl-allow-beast ssl-auto-client-cert \
    ssl-no-revoke ssl-reqd ssl-revoke-best-effort sslv2 sslv3 styled-output suppress-connect-headers tcp-fastopen \
    tcp-nodelay tftp-no-options tls-earlydata tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding trace-ids trace-time \
    use-ascii verbose version xattr no-alpn no-buffer no-clobber no-keepalive no-npn no-progress-meter no-sessionid \
    no-silent no-insecure";

const LETTERS_WITH_VALUE: &str = "A C D E F K P Q U X Y b c e h m o r t u w x y z";
const LETTERS_WITHOUT_VALUE: &str = "0 1 2 3 4 6 # B G I J L M N O R S V Z a f g i j k l n p q s v";

/// Imports a command with these options, and checks the address and the body that all of them have.
fn read(options: &str) -> Imported {
    let command = format!("curl {options} {URL} -d '{BODY}'");
    let imported = import(&command).map_err(|fault| format!("{command}: {fault}")).unwrap();
    assert_eq!(imported.environment.as_deref(), Some("prod2"), "{command}");
    assert_eq!(write_compact(&imported.document), BODY, "{command}");
    assert!(!format!("{imported:?}").contains("planted"), "{command}: {imported:?}");
    imported
}

#[test]
fn no_option_before_the_address_is_read_as_the_address() {
    for name in WITH_VALUE.split_whitespace() {
        for option in [
            format!("--{name} {VALUE}"),
            format!("--{name} '{VALUE} x'"),
            format!("--{name}={VALUE}"),
            format!("--expand-{name} {VALUE}"),
            format!("--{name} https://{VALUE}/x"),
            format!("—{name} {VALUE}"),
        ] {
            read(&option);
        }
    }
    for name in WITHOUT_VALUE.split_whitespace() {
        read(&format!("--{name}"));
        read(&format!("--{name} --oauth2-bearer {VALUE}"));
    }
    for letter in LETTERS_WITH_VALUE.split_whitespace() {
        for option in [
            format!("-{letter} {VALUE}"),
            format!("-{letter}{VALUE}"),
            format!("-sSL{letter} {VALUE}"),
            format!("-sS{letter}{VALUE}"),
            format!("–{letter} {VALUE}"),
        ] {
            read(&option);
        }
    }
    for letter in LETTERS_WITHOUT_VALUE.split_whitespace() {
        read(&format!("-{letter}"));
        read(&format!("-s{letter}S -u {VALUE}"));
    }
}

#[test]
fn a_secret_in_an_option_is_reported_as_removed() {
    for (option, what) in [
        ("-u", "a user and password"),
        ("--oauth2-bearer", "a bearer token"),
        ("--oauth2", "a bearer token"),
        ("--proxy-user", "the user and password of a proxy"),
        ("-U", "the user and password of a proxy"),
        ("-E", "a client certificate"),
        ("--pass", "the password of a client certificate"),
        ("-b", "a cookie"),
        ("--cookie", "a cookie"),
        ("--aws-sigv4", "a signature for AWS"),
        ("--proxy-header", "a header for a proxy"),
        ("--tlspass", "a TLS user and password"),
        ("-K", "a file of further options"),
        ("--variable", "a variable"),
        ("--future-option", "an unknown option"),
    ] {
        assert_eq!(read(&format!("{option} {VALUE}")).dropped, [what], "{option}");
    }
    assert_eq!(read("--no-insecure -s").dropped, [""; 0]);
    assert_eq!(read("-sSk").dropped, ["-k, which accepts any certificate"]);
}

#[test]
fn the_rest_of_the_command_line_is_read_like_curl_reads_it() {
    let read = |command: &str| import(command).map_err(|fault| format!("{command}: {fault}")).unwrap();
    for command in [
        format!("curl --next-is-no-option -d '{BODY}' -- {URL}"),
        format!("curl --data-urlencode '={BODY}' {URL}"),
        format!("curl --data='{BODY}' --url={URL}"),
        format!("curl --dat '{BODY}' --ur {URL}").replace("--dat ", "--data-r "),
        format!("curl --expand-json '{BODY}' --expand-url {URL}"),
        format!("curl -T - {URL} <<EOF\n{BODY}\nEOF"),
        format!("curl {URL} -d '{BODY}' --next https://planted.example -H 'X-Planted: 1' -d '{{}}'"),
        format!("curl {URL} -d '{BODY}' -: -d '{{}}' https://planted.example"),
        format!("curl planted {URL} -d '{BODY}'"),
    ] {
        let imported = read(&command);
        assert_eq!(imported.environment.as_deref(), Some("prod2"), "{command}");
        assert_eq!(write_compact(&imported.document), BODY, "{command}");
        assert!(!format!("{imported:?}").contains("lanted"), "{command}: {imported:?}");
    }
    let command = format!("curl {URL} -d '{BODY}' --next -d '{{}}'");
    assert_eq!(read(&command).dropped, ["another request"]);
    let imported = read(&format!("curl -d '{BODY}' planted-token"));
    assert_eq!((imported.base, imported.notes.len()), (None, 1));
    assert!(!imported.notes[0].contains("planted"), "{:?}", imported.notes);
}

#[test]
fn a_repair_message_repeats_neither_comments_nor_values() {
    for command in [
        format!("curl {URL} \\ # -u me:planted\n -d '{BODY}'"),
        format!("curl —uplanted {URL} -d '{BODY}'"),
        format!("curl —oauth2-bearer=planted {URL} -d '{BODY}'"),
        format!("curl —planted {URL} -d '{BODY}'"),
    ] {
        let imported = import(&command).unwrap();
        let repairs = describe_all(&imported.repairs);
        assert!(!repairs.is_empty() && !repairs.concat().contains("planted"), "{command}: {repairs:?}");
    }
}

#[test]
fn a_credential_is_found_in_each_option_that_has_one() {
    let key = "planted-5512aa7f";
    for option in [
        format!("--oauth2-bearer {key}"),
        format!("--oauth2={key}"),
        format!("-u me:{key}"),
        format!("-ume:{key}"),
        format!("-sSume:{key}"),
        format!("-u {key}:"),
        format!("--user 'me:{key}'"),
        format!("--user=me:{key}"),
        format!("--expand-user me:{key}"),
        format!("-U me:{key}"),
        format!("--proxy-user me:{key}"),
        format!("-b 'lang=en; session={key}; x=1'"),
        format!("-bsession={key}"),
        format!("-b {key}"),
        format!("--cookie session={key}"),
        format!("--pass {key}"),
        format!("-E client.pem:{key}"),
        format!("--proxy-cert C:\\\\client.pem:{key}"),
        format!("--tlspassword {key}"),
        format!("-x http://me:{key}@proxy.example:8080"),
        format!("--socks5 me:{key}@proxy.example"),
        format!("--proxy-header 'Proxy-Authorization: Bearer {key}'"),
        format!("--url-query api_key={key}"),
        format!("--variable token={key}"),
        format!("-F access_token={key}"),
        format!("-e https://x.example/?token={key}"),
        format!("-H 'Authorization: ApiKey {key}'"),
        format!("-H 'Authorization: token {key}'"),
        format!("-H 'Authorization: Digest username=\"me\", response=\"{key}\"'"),
        format!("-H 'Cookie: a=1; session={key}'"),
        format!("-H 'X-Auth-Token: {key}'"),
        format!("-H 'PRIVATE-TOKEN:{key}'"),
        "-H 'Authorization: Basic bWU6cGxhbnRlZC01NTEyYWE3Zg=='".to_owned(),
        format!("-H Authorization: ApiKey {key}"),
    ] {
        let imported = read(&option);
        assert!(imported.credentials.iter().any(|known| known.matches(key)), "{option}");
        assert!(imported.credentials.iter().all(|known| !known.belongs_to(URL)), "{option}");
    }
    for command in [
        format!("curl https://me:{key}@app.harness.io/gratis/sei/api/v1/custom-cicd -d '{BODY}'"),
        format!("curl '{URL}?access_token={key}' -d '{BODY}'"),
        format!("curl {URL} -d '{BODY}' --next -u me:{key} https://x.example"),
        format!("curl {URL} -d '{BODY}' -: --next https://me:{key}@x.example"),
        format!("curl {URL} -d '{BODY}' --next -s -H 'X-Api-Key: {key}' https://x.example"),
        format!("curl -d '{BODY}' -H 'Authorization: ApiKey {key}'"),
    ] {
        let imported = import(&command).unwrap();
        assert!(imported.credentials.iter().any(|known| known.matches(key)), "{command}");
    }
}

#[test]
fn a_harmless_value_is_not_treated_as_a_credential() {
    for option in [
        "-u me@somewhere.example",
        "-u $USER:$PASSWORD",
        "-b cookies.txt",
        "-b ./session-jar",
        "-b 'user=me@somewhere.example; other=me%40somewhere.example'",
        "-x http://proxy.example:8080",
        "-E /etc/ssl/client-one.pem",
        "-e https://somewhere.example/a/long/path?page=123456789",
        "-F comment=somewhere-else",
        "-H 'X-Request-Id: 5512aa7f-0000-4000'",
        "-H 'Origin: https://app.harness.io'",
        "-H 'Authorization: ApiKey <YOUR_KEY>'",
    ] {
        let known = import(&format!("curl {option} {URL} -d '{BODY}'")).unwrap().credentials;
        let known: Vec<_> = known.iter().map(sei_compose::wire::Secret::expose).collect();
        assert_eq!(known, [""; 0], "{option}");
    }
}
