//! Types that contain a key, or can: no debug output contains it.

use sei_compose::app::editor::HiddenEntry;
use sei_compose::app::overlay::Overlay;
use sei_compose::app::{Effect, KeyEffect, Msg, Pasted};
use sei_compose::wire::built_in;

use super::{code, none_in, sources};

const HOLDERS: [&str; 3] = ["Secret", "HiddenEntry", "Pasted"];

/// The field types that contain a key.
const WRAPPERS: [&str; 2] = ["SecretString", "Zeroizing"];

/// The types in a text that contain a key and derive an implementation that prints it.
fn showing(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut attributes = String::new();
    let mut lines = code(text).map(str::trim_start);
    while let Some(line) = lines.next() {
        if line.starts_with("#[") || is_open(&attributes) {
            attributes.push_str(line);
            continue;
        }
        if let Some(name) = declared(line) {
            let mut body = line.to_owned();
            while !body.trim_end().ends_with([';', '}']) {
                let Some(next) = lines.next() else { break };
                body.push_str(next);
            }
            let holds = HOLDERS.contains(&name) || WRAPPERS.iter().any(|wrapper| body.contains(wrapper));
            let shows = ["Debug", "Display", "Serialize"].iter().any(|derived| attributes.contains(derived));
            if holds && shows {
                found.push(format!("{name} holds a key and derives a way to show it"));
            }
        }
        attributes.clear();
    }
    found
}

/// Whether an attribute continues in the next line.
fn is_open(attributes: &str) -> bool {
    !attributes.is_empty() && !attributes.trim_end().ends_with(']')
}

/// The name of the type that a line declares.
fn declared(line: &str) -> Option<&str> {
    let mut words = line
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .skip_while(|word| !["struct", "enum"].contains(word));
    words.next()?;
    words.next()
}

#[test]
fn no_type_with_a_key_derives_debug_or_display() {
    none_in(sources("src"), showing);
    let declares =
        |name: &&str| sources("src").iter().any(|(_, text)| code(text).any(|l| declared(l) == Some(name)));
    assert!(HOLDERS.iter().all(declares), "a holder of keys has another name now");
}

#[test]
fn a_type_that_prints_its_key_is_detected() {
    assert_eq!(showing("#[derive(Clone, Debug)]\npub struct Pasted(pub String);\n").len(), 1);
    assert_eq!(showing("#[derive(\n    Debug,\n)]\nstruct Typed(Zeroizing<String>);\n").len(), 1);
    assert_eq!(
        showing("#[derive(Debug)]\n/// Typed.\nstruct Typed {\n    key: Zeroizing<String>,\n}\n").len(),
        1
    );
    assert_eq!(showing("#[derive(Clone)]\npub struct Secret {\n    value: SecretString,\n}\n"), [""; 0]);
    assert_eq!(showing("#[derive(Debug)]\npub enum SecretError { Empty }\n"), [""; 0]);
}

#[test]
fn debug_texts_of_types_with_a_key_are_redacted() {
    const KEY: &str = "planted-4f2a";
    let environment = built_in().first().unwrap();
    let key = environment.key(KEY).unwrap();
    let mut entry = HiddenEntry::default();
    entry.push(KEY);
    let printed = [
        format!("{key:?}"),
        format!("{entry:?}"),
        format!("{:?}", Pasted(KEY.to_owned())),
        format!("{:?}", Msg::Paste(Pasted(KEY.to_owned()))),
        format!("{:?}", Effect::Key(KeyEffect::KeepKey { environment: environment.id.clone(), key })),
        format!("{:?}", Overlay::Key { entry, fault: None, then: None, keep: false }),
    ];
    for text in printed {
        assert!(!text.is_empty() && !text.contains(KEY), "{text}");
    }
}
