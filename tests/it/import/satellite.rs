//! `satellite.yml`, the set-up file of an integration.

use sei_compose::import::{FoundKey, ImportError, ImportKind, describe_all, import};
use sei_compose::text::base64;

const NEW: &str = "satellite:\n  tenant: shop\n  api_key: planted-4f2a\n  url: 'https://app.harness.io/gratis/sei/api'\n\
                   integrations:\n  - id: '4692'\n    application: custom\n";

#[test]
fn one_file_sets_up_the_whole_instance() {
    let imported = import(NEW).unwrap();
    assert_eq!(imported.kind, ImportKind::Satellite);
    assert_eq!(imported.environment.as_deref(), Some("prod2"));
    assert_eq!(imported.integration.as_deref(), Some("4692"));
    let FoundKey::Given(key) = &imported.key else { panic!("a key") };
    assert_eq!((key.expose(), key.origin().to_string().as_str()), ("planted-4f2a", "https://app.harness.io"));
    assert!(imported.repairs.is_empty() && !format!("{imported:?}").contains("planted"));
}

#[test]
fn numbers_comments_and_other_quotes_are_read() {
    let text = NEW
        .replace("'4692'", "4692 # ours")
        .replace("planted-4f2a", "\"planted-4f2a\"")
        .replace('\n', "\r\n");
    let imported = import(&text).unwrap();
    assert_eq!(imported.integration.as_deref(), Some("4692"));
    assert!(matches!(&imported.key, FoundKey::Given(key) if key.matches("planted-4f2a")));
}

#[test]
fn an_old_file_can_lack_the_address_and_have_wrong_indentation() {
    let text = "levelops:\n  tenant: shop\n  api_key: planted-4f2a\nintegrations:\n  - id: 4620\n   application: jenkins\n";
    let imported = import(text).unwrap();
    assert_eq!((imported.environment, imported.base), (None, None));
    assert_eq!(imported.integration.as_deref(), Some("4620"));
    assert_eq!(imported.dropped, ["a key without an address"]);
    let wanted = "line 6, column 4: a line with another indent was read as part of the integration above (application)";
    assert_eq!(describe_all(&imported.repairs), [wanted]);
}

#[test]
fn the_custom_integration_of_several_is_read() {
    let text = NEW.replace("  - id: '4692'", "  - id: '1'\n    application: jira\n  - id: '4692'");
    let imported = import(&text).unwrap();
    assert_eq!(imported.integration.as_deref(), Some("4692"));
    assert_eq!(imported.notes, ["The file lists 2 integrations; only 4692 is imported."]);
}

#[test]
fn an_encrypted_file_is_refused_with_the_reason() {
    for text in [
        "$ANSIBLE_VAULT;1.1;AES256\n6162",
        "U2FsdGVkX1+abc",
        &NEW.replace("planted-4f2a", "ENC[AES256_GCM,data:x]"),
    ] {
        let Err(ImportError::Satellite(why)) = import(text) else { panic!("{text}") };
        assert!(why.contains("encrypted"), "{why}");
    }
}

#[test]
fn a_placeholder_is_not_a_key() {
    assert_eq!(import(&NEW.replace("planted-4f2a", "<API_KEY>")).unwrap().key, FoundKey::Placeholder);
}

#[test]
fn an_unknown_address_names_the_nearest_environment_and_how_to_add_one() {
    let imported =
        import(&NEW.replace("https://app.harness.io/gratis/sei/api", "https://testapi.propelo.ai")).unwrap();
    let [note] = &imported.notes[..] else { panic!("{:?}", imported.notes) };
    assert!(
        note.starts_with("https://testapi.propelo.ai belongs to no built-in environment; the nearest"),
        "{note}"
    );
    assert!(note.contains("propelo-test (testapi1.propelo.ai)"), "{note}");
    assert!(note.contains("[environments.NAME] with base = \"https://testapi.propelo.ai\""), "{note}");
    let far = import(&NEW.replace("app.harness.io", "ci.shop.example")).unwrap();
    assert!(!far.notes[0].contains("nearest"), "{:?}", far.notes);
}

#[test]
fn a_key_of_another_account_than_the_tenant_is_noted_without_naming_either() {
    let key = |company: &str| base64(format!(r#"{{"key":"k","id":"i","company":"{company}"}}"#).as_bytes());
    let notes = |key: &str| import(&NEW.replace("planted-4f2a", key)).unwrap().notes;
    let [note] = &notes(&key("planted-other"))[..] else { panic!("{:?}", notes(&key("planted-other"))) };
    assert!(note.starts_with("The key in the file belongs to another account"), "{note}");
    assert!(!note.contains("planted") && !note.contains("shop"), "{note}");
    for same in [key("shop"), key("SHOP"), "planted-4f2a".to_owned()] {
        assert_eq!(notes(&same), [""; 0], "{same}");
    }
    // An older file has no address, so its key is skipped; the accounts are compared all the same.
    let old = format!("levelops:\n  tenant: shop\n  api_key: {}\nintegrations:\n  - id: 1\n", key("b"));
    assert!(import(&old).unwrap().notes.iter().any(|note| note.contains("another account")));
}

#[test]
fn a_retired_host_is_noted_with_the_option_that_chooses_another() {
    for (host, id) in [
        ("api.levelops.io", "levelops"),
        ("api.propelo.ai", "propelo"),
        ("eu1.api.propelo.ai", "propelo-eu"),
        ("asia1.api.propelo.ai", "propelo-asia"),
        ("testapi1.propelo.ai", "propelo-test"),
    ] {
        let file = NEW.replace("app.harness.io/gratis/sei/api", host);
        let curl = format!("curl https://{host}/v1/custom-cicd -d '{{\"pipeline\":\"a\",\"result\":\"b\"}}'");
        let script = format!(
            "import requests\nrequests.post('https://{host}/v1/custom-cicd', json={{'pipeline': 'a', 'result': 'b'}})\n"
        );
        for text in [file, curl, script] {
            let imported = import(&text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
            assert_eq!(imported.environment.as_deref(), Some(id), "{text}");
            let is_note = |note: &&String| {
                note.starts_with(&format!("{id} is retired: ")) && note.contains("--env NAME")
            };
            assert_eq!(imported.notes.iter().filter(is_note).count(), 1, "{:?}", imported.notes);
        }
    }
}
