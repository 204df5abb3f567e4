//! Types that contain a key, or can: their debug output, and a check that the list is complete.

use std::collections::BTreeSet;

use sei_compose::app::editor::HiddenEntry;
use sei_compose::app::incoming::{Incoming, What};
use sei_compose::app::mapper::{Mapper, read as read_mapped};
use sei_compose::app::overlay::{Overlay, OverlayAnswer};
use sei_compose::app::{
    self, DiskEffect, DiskReply, Effect, KeyEffect, KeyReply, MappingEffect, MappingReply, Msg, Pasted,
};
use sei_compose::document::{Value, write_compact};
use sei_compose::import::mapping::MappingSet;
use sei_compose::import::{FoundKey, import};
use sei_compose::journal::Repeat;
use sei_compose::plain::Conversation;
use sei_compose::runtime::input::TerminalInput;
use sei_compose::runtime::network::OutgoingRequest;
use sei_compose::runtime::outbox::Outgoing;
use sei_compose::runtime::{Opening, SessionKeys};
use sei_compose::sandbox::SandboxSettings;
use sei_compose::wire::{Environment, Secret, built_in, job_run};

use super::KEY;
use super::home::{curl, satellite};
use super::search::assert_clean;
use crate::app::script::{GOOD, NOON, Script};

use crate::tidy::{code, sources};

fn environment() -> &'static Environment {
    built_in().first().unwrap()
}

fn key() -> Secret {
    environment().key(KEY).unwrap()
}

/// Both debug texts of a value.
fn printed(value: &dyn std::fmt::Debug) -> String {
    format!("{value:?}\n{value:#?}")
}

/// A session that knows the key, has it typed in a hidden entry, and shows an import with it.
fn session() -> Script {
    let mut script = Script::on(GOOD);
    script.sends_to("prod2").keys("ctrl-k").types(KEY).keys("enter");
    script.paste(&format!("{KEY}\n")).paste(&curl("https://app.harness.io/gratis/sei/api"));
    script.paste(&satellite("https://app.harness.io/gratis/sei/api")).keys("ctrl-k").types(KEY);
    script
}

/// The mapper of a session that knows the key, opened on JSON that contains the key.
fn mapper(session: &Script) -> Mapper {
    let mut model = session.model.clone();
    model.overlays.clear();
    let token = write_compact(&Value::Text(KEY.to_owned()));
    let source = Pasted(format!("{{\"deploy\": {{\"app\": \"web\", \"token\": {token}, \"took\": 5}}}}"));
    let result = read_mapped(&source.0, &MappingSet::builtin(), false).map(Box::new);
    let reply = Msg::Mapping(MappingReply::Read { source, result });
    app::update(&mut model, NOON, reply);
    match model.overlays.pop() {
        Some(Overlay::Mapper(mapper)) => *mapper,
        other => unreachable!("{other:?}"),
    }
}

/// The debug text of each type that contains a key, by the name of the type.
fn all() -> Vec<(&'static str, String)> {
    let pasted = || Pasted(KEY.to_owned());
    let mut entry = HiddenEntry::default();
    entry.push(KEY);
    let id = || environment().id.clone();
    let found = || Ok(("somewhere".to_owned(), key()));
    let files = || Ok(vec![("key".to_owned(), pasted())]);
    let imported = import(&curl(&environment().base)).unwrap();
    assert!(matches!(imported.key, FoundKey::Given(_)));
    let session = session();
    let incoming = Incoming::new(&session.model, imported.clone(), pasted());
    assert!(incoming.parts.iter().any(|part| matches!(part.what, What::Key(_))));
    let mut keyring = SessionKeys::default();
    keyring.keep("prod2", key());
    let request = job_run(environment(), session.model.document.value());
    let unusable = Secret::new(format!("{KEY} {KEY}"), key().origin().clone());
    let mut talk = Conversation::new(&session.model);
    talk.on_line(&session.model, &format!(":save {KEY}"));
    let outgoing = Outgoing {
        environment: id(),
        request: request.clone(),
        key: key(),
        keys: vec![key()],
        ca_file: None,
        repeat: Repeat::Never,
    };
    let whole: OutgoingRequest = crate::network::outgoing(request, key());
    vec![
        ("Secret", printed(&key()) + &printed(&unusable)),
        ("Pasted", printed(&pasted())),
        ("TerminalInput", printed(&TerminalInput::Paste(pasted()))),
        ("HiddenEntry", printed(&entry)),
        ("KeyEffect", printed(&Effect::Key(KeyEffect::KeepKey { environment: id(), key: key() }))),
        (
            "DiskEffect",
            printed(&Effect::Disk(DiskEffect::ReadFiles { names: Vec::new(), command: Some(pasted()) })),
        ),
        ("Msg", printed(&Msg::Paste(pasted()))),
        ("KeyReply", printed(&Msg::Key(KeyReply::KeyFound { environment: id(), result: found() }))),
        ("DiskReply", printed(&Msg::Disk(DiskReply::FilesRead { command: Some(pasted()), result: files() }))),
        ("KeyState", printed(&session.model.keys) + &printed(&session.model)),
        ("Overlay", printed(&Overlay::Import(Box::new(incoming.clone())))),
        ("Overlay", printed(&Overlay::Key { entry, fault: None, then: None, keep: false })),
        ("Imported", printed(&imported)),
        ("Incoming", printed(&incoming)),
        ("Mapper", printed(&mapper(&session))),
        (
            "MappingEffect",
            printed(&Effect::Mapping(MappingEffect::Read {
                source: pasted(),
                mappings: MappingSet::builtin(),
                edits: false,
            })),
        ),
        ("MappingReply", printed(&MappingReply::Read { source: pasted(), result: Err(String::new()) })),
        ("What", printed(&What::Key(key()))),
        ("OverlayAnswer", printed(&OverlayAnswer::ReadFiles { names: Vec::new(), command: pasted() })),
        ("OverlayAnswer", printed(&OverlayAnswer::PasteText(pasted()))),
        ("FoundKey", printed(&imported)),
        ("SessionKeys", printed(&keyring)),
        ("OutgoingRequest", printed(&whole)),
        ("Opening", printed(&Opening::Unknown(pasted()))),
        ("Outgoing", printed(&outgoing)),
        ("Conversation", printed(&talk)),
        ("SandboxSettings", printed(&SandboxSettings::with_key(KEY).unwrap())),
    ]
}

#[test]
fn no_type_that_holds_a_key_prints_it() {
    for (name, text) in all() {
        assert!(!text.trim().is_empty());
        assert_clean(&format!("the Debug text of {name}"), text);
    }
}

/// The public types in a text whose fields have one of these types.
fn types_with_fields_of(text: &str, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Option<String> = None;
    for line in code(text) {
        let declared = ["pub struct ", "pub enum "].into_iter().find_map(|start| line.strip_prefix(start));
        if let Some(rest) = declared {
            open = rest.split(|c: char| !c.is_alphanumeric()).next().map(str::to_owned);
        }
        let holds = line.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word));
        match &open {
            Some(name) if holds && !words.contains(&name.as_str()) => found.push(name.clone()),
            Some(_) | None => {}
        }
        // A declaration ends at the next line without indentation.
        if line.starts_with(['}', ')']) || declared.is_some() && line.trim_end().ends_with([';', '}']) {
            open = None;
        }
    }
    found
}

#[test]
fn each_public_type_that_can_hold_a_key_is_checked() {
    let holders = ["Secret", "Pasted", "HiddenEntry"];
    let known: BTreeSet<String> = all().into_iter().map(|(name, _)| name.to_owned()).collect();
    let declared_types: BTreeSet<String> = sources("src")
        .iter()
        .flat_map(|(_, text)| types_with_fields_of(text, &holders))
        .chain(holders.map(str::to_owned))
        // It does not implement `Debug`.
        .filter(|name| name != "KeyWithSource")
        .collect();
    assert_eq!(declared_types, known);
    assert_eq!(
        types_with_fields_of(
            "pub struct New {\n    /// A Secret.\n    pub old: Option<Secret>,\n}\n",
            &holders
        ),
        ["New"]
    );
    assert_eq!(
        types_with_fields_of("pub enum New {\n    A { key: Pasted },\n}\npub struct B(Secret);\n", &holders),
        ["New", "B"]
    );
    assert_eq!(
        types_with_fields_of("pub struct Old {\n    a: u8,\n}\nfn f(key: &Secret) {}\n", &holders),
        [""; 0]
    );
}
