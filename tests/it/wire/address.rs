//! Environments and their addresses.

use sei_compose::wire::{Environment, built_in, dated, find};

use super::prod2;

#[test]
fn the_built_in_environments_have_their_addresses() {
    let table: Vec<(&str, String, &str, bool, bool)> = built_in()
        .iter()
        .map(|e| (e.id.as_str(), e.run_url(), e.scheme.word(), e.protected, e.retired))
        .collect();
    let expected = [
        ("prod1", "https://app.harness.io/prod1/sei/api", "ApiKey", true, false),
        ("prod2", "https://app.harness.io/gratis/sei/api", "ApiKey", true, false),
        ("prod3", "https://app3.harness.io/sei/api", "ApiKey", true, false),
        ("eu", "https://accounts.eu.harness.io/sei/api", "ApiKey", true, false),
        ("gateway", "https://app.harness.io/gateway/sei/api", "ApiKey", true, false),
        ("prod0", "https://accounts.harness.io/sei/api", "ApiKey", true, false),
        ("prod4", "https://prod4.harness.io/sei/api", "ApiKey", true, false),
        ("prod6", "https://prod6.harness.io/sei/api", "ApiKey", true, false),
        ("levelops", "https://api.levelops.io", "Bearer", false, true),
        ("propelo", "https://api.propelo.ai", "Bearer", false, true),
        ("propelo-eu", "https://eu1.api.propelo.ai", "Bearer", false, true),
        ("propelo-asia", "https://asia1.api.propelo.ai", "Bearer", false, true),
        ("propelo-test", "https://testapi1.propelo.ai", "Bearer", false, true),
        ("sandbox", "http://127.0.0.1:0", "ApiKey", false, false),
    ]
    .map(|(id, base, scheme, protected, retired)| {
        (id, format!("{base}/v1/custom-cicd"), scheme, protected, retired)
    });
    assert_eq!(table, expected);
}

#[test]
fn each_built_in_base_is_valid_as_user_input() {
    for environment in built_in() {
        assert_eq!(Environment::accepts_base(&environment.base).as_ref(), Ok(&environment.base));
        assert!(environment.guid_url().ends_with("/v1/cicd/instances"), "{}", environment.id);
        assert!(!environment.note.is_empty() && !environment.label.is_empty(), "{}", environment.id);
    }
    assert!(sei_compose::time::Timestamp::parse_rfc3339(&format!("{}T00:00:00Z", dated())).is_some());
}

#[test]
fn a_pasted_base_is_normalized() {
    let plain = "https://app.harness.io/prod1/sei/api";
    for tail in ["", "/", "//", "/v1", "/v1/", "/v1/custom-cicd", "/v1/custom-cicd/", "/custom-cicd"] {
        assert_eq!(Environment::accepts_base(&format!("  {plain}{tail}\n")).as_deref(), Ok(plain), "{tail}");
    }
    assert_eq!(Environment::accepts_base(&format!("{plain}/v1/cicd/instances")).as_deref(), Ok(plain));
    assert_eq!(
        Environment::accepts_base("HTTPS://App.Harness.IO:443//prod1///sei/api").as_deref(),
        Ok(plain),
        "the same place in other letters"
    );
}

#[test]
fn the_host_is_short_enough_for_a_status_line() {
    assert_eq!(prod2().host(), "app.harness.io/gratis");
    assert_eq!(Environment::sandbox("http://127.0.0.1:8080/").unwrap().host(), "127.0.0.1:8080");
    assert_eq!(find("levelops").unwrap().host(), "api.levelops.io");
}

#[test]
fn plain_http_is_for_this_machine_only() {
    for local in ["http://127.0.0.1:1", "http://127.9.9.9", "http://localhost:8080", "http://[::1]:9/x"] {
        assert!(Environment::accepts_base(local).is_ok(), "{local}");
    }
    for remote in
        ["http://app.harness.io", "http://128.0.0.1", "http://localhost.example.com", "http://[::2]"]
    {
        let fault = Environment::accepts_base(remote).unwrap_err().to_string();
        assert!(fault.contains("https"), "{fault}");
    }
}

#[test]
fn an_invalid_base_is_refused_with_a_correction() {
    let fault = |base: &str| Environment::accepts_base(base).unwrap_err().to_string();
    assert_eq!(
        fault("app.harness.io/sei"),
        "“app.harness.io/sei” has no protocol; write https://app.harness.io/sei"
    );
    assert!(fault("ftp://x.example").contains("“ftp”"));
    assert!(fault("").contains("no address"));
    assert!(fault("https://x.example/?a=1").contains("from “?” on"));
    assert!(fault("https://x.example/#top").contains("from “#” on"));
    assert!(fault("https://x .example").contains("space"));
    assert!(fault("https://").contains("not a web address"));
}

#[test]
fn credentials_in_a_base_are_refused_without_repeating_them() {
    for base in ["https://user:hunter2@x.example", "https://hunter2@x.example/v1", "user:hunter2@x.example"] {
        let fault = Environment::accepts_base(base).unwrap_err().to_string();
        assert!(fault.contains('@') && !fault.contains("hunter2"), "{fault}");
    }
    // These characters in a password split an address at an unintended place.
    for base in [
        "https://user:hunter2/x@x.example",
        "https://user:x/hunter2@x.example",
        "https://user:1/hunter2@x.example",
        "https://user:x?hunter2@x.example",
        "https://user:hunter2#x@x.example",
        "https://user:hunter2%40x.example",
        "https://user:hun\\hunter2@x.example",
        "https:user:hunter2@x.example",
        "https://user@x:hunter2@x.example",
        "https://x.example/?token=hunter2",
        "https://x.example/#hunter2",
        "ftp://user:hunter2@x.example",
        "http://user:hunter2@x.example",
        "x.example?token=hunter2",
        "user:hunter2",
    ] {
        let fault = Environment::accepts_base(base).unwrap_err().to_string();
        assert!(!fault.contains("hunter2"), "{base}: {fault}");
    }
}

#[test]
fn a_custom_environment_joins_paths_with_one_slash() {
    let own = Environment::custom("mine", "Mine", "https://sei.example.com/a/").unwrap();
    assert_eq!(own.url("/v1/custom-cicd"), "https://sei.example.com/a/v1/custom-cicd");
    let raw = Environment { base: "https://sei.example.com/a/v1/".to_owned(), ..own };
    assert_eq!(raw.guid_url(), "https://sei.example.com/a/v1/cicd/instances");
}
