//! The keyring of the system, and the messages without one.

use super::{Home, stderr, stdout};

const KEY: &str = "planted-key-7f3a";

#[cfg(not(all(feature = "keyring", target_os = "linux")))]
#[test]
fn a_build_without_a_keyring_says_so() {
    let home = Home::new();
    for word in ["set", "remove"] {
        let output = home.command(["key", word, "--env", "eu"]).stdin(KEY).assert().code(2);
        let said = stderr(&output);
        let known =
            said.contains("This build has no keyring") || said.contains("nly the Linux keyring is supported");
        assert!(known && !said.contains(KEY), "{said}");
    }
    let output = home.run(["doctor"]);
    assert!(stdout(&output).lines().any(|line| line.starts_with("ok") && line.contains(" keyring ")));
}

#[cfg(all(feature = "keyring", target_os = "linux"))]
mod built {
    use sei_compose::sandbox::{self, SandboxSettings};
    use snapbox::cmd::OutputAssert;

    use super::{Home, KEY, stderr, stdout};
    use crate::secrets::{Mood, Secrets, address};

    /// Runs a command with a bus and standard input; no output may contain the planted key.
    fn run(home: &Home, bus: &str, arguments: &[&str], input: &str) -> OutputAssert {
        let command = home.command(arguments.iter().copied()).env("DBUS_SESSION_BUS_ADDRESS", bus);
        let ended = command.stdin(input).assert();
        for output in [stdout(&ended), stderr(&ended)] {
            assert!(!output.contains(KEY), "the key was printed: {output}");
        }
        ended
    }

    /// The line of `doctor` about the keyring, with one space between its columns.
    fn diagnosis(home: &Home, bus: &str) -> String {
        let table = stdout(&run(home, bus, &["doctor"], ""));
        let mut lines = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
        lines.find(|words| words.get(1) == Some(&"keyring")).unwrap().join(" ")
    }

    #[test]
    fn a_key_is_kept_found_sent_and_removed_again() {
        let (home, secrets) = (Home::new(), Secrets::start(Mood::Open));
        let key = sei_compose::wire::find("sandbox").unwrap().key(KEY).unwrap();
        let sandbox =
            sandbox::start(0, SandboxSettings { key: Some(key), ..SandboxSettings::default() }).unwrap();
        let base = sandbox.url();
        home.put(
            "config/config.toml",
            &format!("[environments.lab]\nbase = \"{base}\"\n[environments.other]\nbase = \"{base}\"\n"),
        );
        let bus = secrets.address();
        let run = |arguments: &[&str], input: &str| run(&home, &bus, arguments, input);
        let guid = ["guid", "--env", "lab", "--integration-id", "4620", "--name", "Lab"];
        run(&["key", "where", "--env", "lab"], "").code(2).stderr_eq(format!(
            "sei-compose: No key for lab: set HARNESS_SEI_API_KEY to your API key; the keyring has no \
             key for lab at {base}. A sandbox accepts any text.\n"
        ));

        run(&["key", "set", "--env", "lab"], "an-older-key\n").success();
        let kept = format!("Saved in the keyring: SEI key for lab ({base}).\n");
        run(&["key", "set", "--env", "lab"], &format!("  {KEY}\r\nremark\n")).success().stderr_eq(kept);
        let items = secrets.items();
        let [item] = &items[..] else { panic!("one key, one item: {items:?}") };
        assert_eq!(item.value, KEY.as_bytes());
        assert_eq!(item.label, format!("SEI key for lab ({base})"));
        let port = base.rsplit(':').next().unwrap();
        for (name, value) in [
            ("application", "sei-compose"),
            ("environment", "lab"),
            ("scheme", "http"),
            ("host", "127.0.0.1"),
            ("port", port),
        ] {
            assert_eq!(item.attributes.get(name).map(String::as_str), Some(value), "{name}");
        }

        run(&["key", "where", "--env", "lab"], "").success().stdout_eq("the keyring\n");
        run(&guid, "").success();
        run(&["key", "where", "--env", "other"], "").code(2);
        let moved = home.command(["key", "where", "--env", "lab"]).env("DBUS_SESSION_BUS_ADDRESS", &bus);
        moved.env("SEI_COMPOSE_BASE_URL", "http://127.0.0.1:9").assert().code(2);

        let gone = format!("Removed from the keyring: SEI key for lab ({base}).\n");
        run(&["key", "remove", "--env", "lab"], "").success().stderr_eq(gone);
        assert!(secrets.items().is_empty());
        run(&["key", "remove", "--env", "lab"], "").code(2);
        run(&guid, "").code(2);
    }

    #[test]
    fn a_variable_comes_first_and_a_list_of_sources_places_the_keyring() {
        let (home, secrets) = (Home::new(), Secrets::start(Mood::Open));
        let bus = secrets.address();
        home.put("config/config.toml", "[environments.eu]\nkeys = [\"command:false\", \"keyring\"]\n");
        run(&home, &bus, &["key", "set", "--env", "eu"], KEY).success();
        run(&home, &bus, &["key", "where", "--env", "eu"], "").success().stdout_eq("the keyring\n");
        run(&home, &bus, &["key", "set", "--env", "prod2"], KEY).success();
        let named = home.command(["key", "where", "--env", "prod2"]).env("DBUS_SESSION_BUS_ADDRESS", &bus);
        named.env("HARNESS_SEI_API_KEY", "another").assert().success().stdout_eq("HARNESS_SEI_API_KEY\n");
        home.put("config/config.toml", "[environments.eu]\nkeys = [\"env:EU\"]\n");
        let output = run(&home, &bus, &["key", "set", "--env", "eu"], KEY).code(2);
        assert!(stderr(&output).contains("Add \"keyring\" to its `keys`"), "{}", stderr(&output));
        assert_eq!(secrets.items().len(), 2);
    }

    #[test]
    fn an_invalid_key_is_not_saved() {
        let (home, secrets) = (Home::new(), Secrets::start(Mood::Open));
        for input in ["", "\n", "planted key 7f3a\n", "“curly”\n"] {
            let output = run(&home, &secrets.address(), &["key", "set", "--env", "eu"], input).code(2);
            assert!(stderr(&output).starts_with("Not saved: the key "), "{}", stderr(&output));
        }
        assert!(secrets.items().is_empty());
    }

    #[test]
    fn a_keyring_with_only_plain_sessions_is_supported() {
        let (home, secrets) = (Home::new(), Secrets::start(Mood::Plain));
        run(&home, &secrets.address(), &["key", "set", "--env", "eu"], KEY).success();
        assert_eq!(secrets.items().first().unwrap().value, KEY.as_bytes());
        run(&home, &secrets.address(), &["key", "where", "--env", "eu"], "").success();
    }

    #[test]
    fn a_locked_keyring_is_reported_in_a_sentence() {
        let (home, secrets) = (Home::new(), Secrets::start(Mood::Open));
        let bus = secrets.address();
        run(&home, &bus, &["key", "set", "--env", "eu"], KEY).success();
        assert_eq!(diagnosis(&home, &bus), "ok keyring available and unlocked");
        secrets.set_mood(Mood::Locked);
        for word in ["set", "where", "remove"] {
            let output = run(&home, &bus, &["key", word, "--env", "eu"], KEY).code(2);
            assert!(
                stderr(&output).to_lowercase().contains("the keyring is locked; unlock it"),
                "{}",
                stderr(&output)
            );
        }
        assert!(diagnosis(&home, &bus).starts_with("warning keyring the keyring is locked"));
        assert_eq!(secrets.items().len(), 1);
    }

    #[test]
    fn a_missing_bus_or_keyring_is_reported_in_a_sentence() {
        let (home, secrets) = (Home::new(), Secrets::start(Mood::Absent));
        let absent = address(&home.path("absent"));
        let table = [
            ("", "needs a session bus"),
            ("nonsense", "needs a session bus"),
            (absent.as_str(), "needs a session bus"),
            (&secrets.address(), "no keyring runs in this session"),
        ];
        for (bus, words) in table {
            let output = run(&home, bus, &["key", "set", "--env", "eu"], KEY).code(2);
            assert!(stderr(&output).to_lowercase().contains(words), "{bus}: {}", stderr(&output));
            let output = diagnosis(&home, bus);
            assert!(output.starts_with("ok keyring") && output.contains(words), "{bus}: {output}");
        }
        // Without a bus, a keyring that the settings do not name is not reported.
        run(&home, "", &["key", "where", "--env", "eu"], "")
            .code(2)
            .stderr_eq("sei-compose: No key for Harness EU: set HARNESS_SEI_API_KEY to your API key.\n");
    }
}
