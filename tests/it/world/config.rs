//! The user's `config.toml`.

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
fn a_table_patches_a_built_in_environment_and_nothing_else_of_it() {
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
fn a_file_of_certificates_holds_for_all_environments_but_those_with_their_own() {
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
fn every_fault_is_told_at_once_with_its_line() {
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
    let told: Vec<_> = faults.iter().map(|(_, message)| message.as_str()).collect();
    assert_eq!(told[0], "default_environment “nowhere” is no environment.");
    assert_eq!(told[2], "environments.mine is none of the built-in ones and needs a base.");
    assert_eq!(told[3], "scheme should be \"ApiKey\" or \"Bearer\".");
    assert_eq!(told[4], "protected should be true or false.");
    assert!(told[5].starts_with("base: "), "{}", told[5]);
}

#[test]
fn a_file_that_is_no_toml_names_the_line_and_the_file() {
    let (machine, home) = machine();
    let path = home.path().join("config/config.toml");
    put(&path, "default_environment = \"eu\"\nsilenced = [\n");
    let fault = config::load(&machine).unwrap_err();
    assert!(matches!(fault, ConfigError::Faults { .. }));
    let place = format!("{}:", path.display());
    assert!(fault.to_string().starts_with(&place), "{fault}");
}

#[test]
fn unknown_settings_are_passed_over_with_a_note() {
    let text =
        "theme = \"dark\"\nsilenced = [\"legacy-nam\", \"legacy-name\"]\n[environments.eu]\ncolour = 1\n";
    let config = config::read(text).unwrap();
    assert_eq!(config.silenced, ["legacy-name"]);
    assert_eq!(
        config.notes,
        [
            "config.toml:1: “theme” is no setting and was passed over.",
            "config.toml:2: silenced: “legacy-nam” is no rule. Did you mean “legacy-name”?",
            "config.toml:4: “colour” is no setting and was passed over.",
        ]
    );
}

#[test]
fn a_key_in_the_file_is_neither_read_nor_repeated() {
    let config = config::read("[environments.eu]\napi_key = \"pat.secret.123\"\n").unwrap();
    assert!(config.notes[0].contains("no key belongs in this file"), "{}", config.notes[0]);
    let told = format!("{:?}", faults("[environments.eu]\nkey_variable = \"pat.secret.123\"\n"));
    assert!(told.contains("never the key itself"), "{told}");
    assert!(!told.contains("secret") && !format!("{config:?}").contains("secret"), "{told}");
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
    assert!(config::silence(&world, "names-mixed").is_err(), "a wrong shape is told, not overwritten");
    assert_eq!(world.read(&file).unwrap(), "silenced = 7\n");
}

#[test]
fn older_words_are_read_and_a_note_names_the_new_ones() {
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
