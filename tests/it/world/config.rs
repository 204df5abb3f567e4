//! The `config.toml` of the user.

use sei_compose::wire::{BodyFormat, FieldNames, Scheme, built_in};
use sei_compose::world::World as _;
use sei_compose::world::config::{self, Config, ConfigError, ConfigFault};

use super::{machine, put};

fn faults(text: &str) -> Vec<(usize, String)> {
    config::read(text).unwrap_err().into_iter().map(|ConfigFault { line, message }| (line, message)).collect()
}

#[test]
fn without_a_file_the_configuration_is_the_built_in_one() {
    let (machine, _home) = machine();
    let config = config::load(&machine).unwrap();
    assert_eq!(config, Config::default());
    assert_eq!(config.environments, built_in());
}

#[test]
fn a_table_changes_only_its_settings_of_a_built_in_environment() {
    let config =
        config::read("[environments.prod2]\nkey_variable = \"TEAM_KEY\"\nnames = \"legacy\"\n").unwrap();
    let patched = config.environment("prod2").unwrap();
    let original = Config::default().environment("prod2").unwrap().clone();
    assert_eq!(patched.key_variable, "TEAM_KEY");
    assert_eq!(patched.names, FieldNames::Legacy);
    assert_eq!((&patched.base, patched.protected), (&original.base, original.protected));
    assert_eq!(config.environments.len(), built_in().len());
}

#[test]
fn a_table_of_a_new_name_adds_an_environment() {
    let text = r#"
default_environment = "Staging area"

[environments.staging]
label = "Staging area"
base = "https://sei.example.com/api/v1/"
scheme = "bearer"
format = "wrapped"
guid_path = "/v1/custom-cicd/"
protected = true
"#;
    let config = config::read(text).unwrap();
    let staging = config.environment("STAGING").unwrap();
    assert_eq!(staging.label, "Staging area");
    assert_eq!(staging.base, "https://sei.example.com/api");
    assert_eq!(
        (staging.scheme, staging.format, staging.protected),
        (Scheme::Bearer, BodyFormat::Wrapped, true)
    );
    assert_eq!(staging.guid_url(), "https://sei.example.com/api/v1/custom-cicd");
    assert_eq!(config.default_environment.as_deref(), Some("staging"));
}

#[test]
fn a_certificate_file_applies_to_all_environments_without_their_own() {
    let (machine, home) = machine();
    let own = home.path().join("own.pem");
    let text = format!("ca_file = \"ours.pem\"\n[environments.eu]\nca_file = '{}'\n", own.display());
    put(&machine.folders().config.join("config.toml"), &text);
    let config = config::load(&machine).unwrap();
    let ours = machine.folders().config.join("ours.pem");
    assert_eq!(config.environment("prod2").unwrap().ca_file.as_deref(), Some(ours.as_path()));
    assert_eq!(config.ca_file.as_deref(), Some(ours.as_path()));
    assert_eq!(config.environment("eu").unwrap().ca_file.as_deref(), Some(own.as_path()));
    assert_eq!(faults("ca_file = 7\n").len(), 1);
}

#[test]
fn all_faults_are_reported_together_with_their_lines() {
    let text = r#"default_environment = "nowhere"
silenced = "names"

[environments.mine]
label = "No base"

[environments.prod1]
scheme = "Basic"
protected = "yes"
base = "http://sei.example.com"

[environments."a b"]
"#;
    let faults = faults(text);
    let lines: Vec<_> = faults.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [1, 2, 4, 8, 9, 10, 12]);
    let messages: Vec<_> = faults.iter().map(|(_, message)| message.as_str()).collect();
    assert_eq!(messages[0], "default_environment “nowhere” is not a known environment.");
    assert_eq!(messages[2], "environments.mine is not built in and needs a base.");
    assert_eq!(messages[3], "scheme should be \"ApiKey\" or \"Bearer\".");
    assert_eq!(messages[4], "protected should be true or false.");
    assert!(messages[5].starts_with("base: "), "{}", messages[5]);
}

#[test]
fn invalid_toml_is_reported_with_the_file_and_the_line() {
    let (machine, home) = machine();
    let path = home.path().join("config/config.toml");
    put(&path, "default_environment = \"eu\"\nsilenced = [\n");
    let fault = config::load(&machine).unwrap_err();
    assert!(matches!(fault, ConfigError::Faults { .. }));
    let place = format!("{}:", path.display());
    assert!(fault.to_string().starts_with(&place), "{fault}");
}

#[test]
fn unknown_settings_are_ignored_with_a_note() {
    let text =
        "theme = \"dark\"\nsilenced = [\"legacy-nam\", \"legacy-name\"]\n[environments.eu]\ntone = 1\n";
    let config = config::read(text).unwrap();
    assert_eq!(config.silenced, ["legacy-name"]);
    assert_eq!(
        config.notes,
        [
            "config.toml:1: “theme” is not a setting and was ignored.",
            "config.toml:2: silenced: “legacy-nam” is not a rule. Did you mean “legacy-name”?",
            "config.toml:4: “tone” is not a setting and was ignored.",
        ]
    );
}

#[test]
fn a_key_in_the_file_is_neither_read_nor_repeated() {
    let config = config::read("[environments.eu]\napi_key = \"pat.secret.123\"\n").unwrap();
    assert!(config.notes[0].contains("never put a key in this file"), "{}", config.notes[0]);
    let messages = format!("{:?}", faults("[environments.eu]\nkey_variable = \"pat.secret.123\"\n"));
    assert!(messages.contains("never the key itself"), "{messages}");
    assert!(!messages.contains("secret") && !format!("{config:?}").contains("secret"), "{messages}");
}

#[test]
fn silencing_a_rule_keeps_the_rest_of_the_file() {
    let (world, _home) = machine();
    let file = config::path(&world);
    world
        .write_atomic(
            &file,
            "# mine\ndefault_environment = \"eu\" # here\n\n[environments.eu]\nprotected = false\n",
        )
        .unwrap();
    config::silence(&world, "names-mixed").unwrap();
    config::silence(&world, "names-mixed").unwrap();
    config::silence(&world, "ci-cd-missing").unwrap();
    let text = world.read(&file).unwrap();
    assert!(
        text.contains("# mine") && text.contains("# here") && text.contains("[environments.eu]"),
        "{text}"
    );
    assert_eq!(config::load(&world).unwrap().default_environment.as_deref(), Some("eu"));
    assert!(text.contains("silenced = [\"names-mixed\", \"ci-cd-missing\"]"), "{text}");
    world.write_atomic(&file, "silenced = 7\n").unwrap();
    assert!(config::silence(&world, "names-mixed").is_err(), "a wrong type is reported, not overwritten");
    assert_eq!(world.read(&file).unwrap(), "silenced = 7\n");
}

#[test]
fn old_setting_names_are_read_and_a_note_names_the_new_ones() {
    let text = "[environments.sandbox]\ndoor = \"wrapped\"\nnames = \"As-Written\"\n";
    let config = config::read(text).unwrap();
    let sandbox = config.environment("sandbox").unwrap();
    assert_eq!((sandbox.format, sandbox.names), (BodyFormat::Wrapped, FieldNames::Unchanged));
    assert_eq!(
        config.notes,
        [
            "config.toml:2: The setting door is now called format. Rename it.",
            "config.toml:3: names = \"as-written\" is now called \"unchanged\". Rename it.",
        ]
    );
}
