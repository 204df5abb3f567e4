//! A key inside the request that it authorizes.

use sei_compose::document::{Value, read, write_compact};
use sei_compose::wire::{
    BodyFormat, Environment, KeyLeak, Request, Secret, create_instance, job_run, key_leak,
};

use super::prod2;

const KEY: &str = "pat.Zx81Qv77.sei/planted+key%3D";

fn key() -> Secret {
    prod2().key(KEY).unwrap()
}

/// A run with this text as its branch.
fn with_branch(text: &str) -> Request {
    let branch = write_compact(&Value::from(text));
    job_run(&prod2(), &read(&format!(r#"{{"pipeline":"web","branch_name":{branch}}}"#)).unwrap())
}

/// Base64 as in RFC 4648, independent of the program's own encoder.
fn base64(text: &str) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits = text.bytes().map(|byte| format!("{byte:08b}")).collect::<Vec<_>>().concat();
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

fn percent(text: &str) -> String {
    let coded = |byte: u8| {
        if byte.is_ascii_alphanumeric() { char::from(byte).into() } else { format!("%{byte:02x}") }
    };
    text.bytes().map(coded).collect()
}

#[test]
fn a_key_is_found_in_each_encoding_and_its_field_is_named() {
    assert_eq!(base64("any carnal pleas"), "YW55IGNhcm5hbCBwbGVhcw==");
    let all = KEY.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
    let encodings = [
        KEY.to_owned(),
        format!("https://user:{KEY}@git.example/x.git"),
        base64(KEY),
        base64(&format!("u:{KEY}")),
        base64(&format!("us:{KEY}\n")),
        base64(&format!("x{KEY}y")).replace('+', "-").replace('/', "_"),
        percent(KEY),
        all,
        percent(&base64(KEY)),
    ];
    for text in encodings {
        let found = key_leak(&with_branch(&text), &key());
        assert_eq!(found, Some(KeyLeak::Field("/branch_name".parse().unwrap())), "{text}");
        let said = format!("{:?}", found.unwrap().explanation());
        assert!(said.contains("branch_name") && !said.contains("Zx81Qv77"), "{said}");
    }
}

#[test]
fn text_that_only_resembles_the_key_is_allowed() {
    let part = KEY.get(..KEY.len() - 1).unwrap();
    for text in ["", "main", part, base64(part).get(..20).unwrap(), &KEY.to_uppercase(), "100% %zz %"] {
        assert_eq!(key_leak(&with_branch(text), &key()), None, "{text}");
    }
    let short = prod2().key("main-7").unwrap();
    assert_eq!(key_leak(&with_branch("main-7"), &short), None, "an ordinary word");
}

#[test]
fn a_key_is_found_in_each_part_of_a_request() {
    let run = |json: &str| job_run(&prod2(), &read(json).unwrap());
    let field = |at: &str| Some(KeyLeak::Field(at.parse().unwrap()));
    let deep = format!(r#"{{"job_run_params":[{{"name":"a"}},{{"name":"b","value":"{KEY}"}}]}}"#);
    assert_eq!(key_leak(&run(&deep), &key()), field("/job_run_params/1/value"));
    let name = format!(r#"{{"a":{{"{KEY}":1}}}}"#);
    assert_eq!(key_leak(&run(&name), &key()), field("/a"), "the name of a field is not repeated");
    let digits = prod2().key("4487150517").unwrap();
    assert_eq!(key_leak(&run(r#"{"build_number":4487150517}"#), &digits), field("/build_number"));
    let wrapped = Environment { format: BodyFormat::Wrapped, ..prod2() };
    let sent = job_run(&wrapped, &read(&format!(r#"{{"pipeline":"{KEY}"}}"#)).unwrap());
    assert_eq!(key_leak(&sent, &key()), field("/pipeline"));
    let instance = create_instance(&prod2(), "4620", KEY, None);
    assert_eq!(key_leak(&instance, &key()), Some(KeyLeak::Instance("/name".parse().unwrap())));
    let no_json = Request { body: format!("{{ {KEY}"), ..run("{}") };
    assert_eq!(key_leak(&no_json, &key()), Some(KeyLeak::Body));
}

#[test]
fn an_address_with_the_key_is_refused_and_a_host_is_not_checked() {
    let at = |base: &str| {
        let environment = prod2().with_base(base).unwrap();
        key_leak(&job_run(&environment, &read("{}").unwrap()), &environment.key("planted-key-7f3a").unwrap())
    };
    assert_eq!(at("https://sei.example/planted-key-7f3a/api"), Some(KeyLeak::Address));
    assert_eq!(at("https://sei.example/planted%2Dkey-7f3a/api"), Some(KeyLeak::Address));
    assert_eq!(at("https://planted-key-7f3a.example/api"), None);
}

#[test]
fn each_place_is_described_with_the_next_step() {
    let at: sei_compose::document::Pointer = "/branch_name".parse().unwrap();
    let table = [
        (KeyLeak::Address, "in the address", "base address", None),
        (KeyLeak::Field(at.clone()), "in branch_name", "from branch_name", Some(at.clone())),
        (KeyLeak::Instance(at), "of the instance", "another value", None),
        (KeyLeak::Body, "in the body", "payload text", None),
    ];
    for (leak, place, step, field) in table {
        let said = leak.explanation();
        assert!(said.headline.starts_with("Nothing was sent") && said.headline.contains(place), "{said:?}");
        assert!(said.next.join(" ").contains(step), "{said:?}");
        assert_eq!(said.field, field);
    }
}
