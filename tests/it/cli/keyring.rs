//! The keyring of the system: what it keeps, and what is said where there is none.

use super::{Home, stderr, stdout};

const KEY: &str = "planted-key-7f3a";

#[cfg(not(all(feature = "keyring", target_os = "linux")))]
#[test]
fn a_build_without_a_keyring_says_so() {
    let home = Home::new();
    for word in ["set", "remove"] {
        let told = home.command(["key", word, "--env", "eu"]).stdin(KEY).assert().code(2);
        let said = stderr(&told);
        let known = said.contains("This build has no keyring") || said.contains("not supported yet");
        assert!(known && !said.contains(KEY), "{said}");
    }
    let told = home.run(["doctor"]);
    assert!(stdout(&told).lines().any(|line| line.starts_with("ok") && line.contains(" keyring ")));
}

#[cfg(all(feature = "keyring", target_os = "linux"))]
mod built {
    use sei_compose::sandbox::{self, SandboxSettings};
    use snapbox::cmd::OutputAssert;

    use super::{Home, KEY, stderr, stdout};
    use crate::secrets::{Mood, Secrets, address};

    /// Runs a command on a bus, with a text to read; the planted key is in none of its output.
    fn run(home: &Home, bus: &str, arguments: &[&str], input: &str) -> OutputAssert {
        let command = home.command(arguments.iter().copied()).env("DBUS_SESSION_BUS_ADDRESS", bus);
        let ended = command.stdin(input).assert();
        for told in [stdout(&ended), stderr(&ended)] {
            assert!(!told.contains(KEY), "the key was printed: {told}");
        }
        ended
    }

    /// The line of `doctor` about the keyring, its columns one space apart.
    fn diagnosis(home: &Home, bus: &str) -> String {
        let table = stdout(&run(home, bus, &["doctor"], ""));
        let mut lines = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
        lines.find(|words| words.get(1) == Some(&"keyring")).unwrap().join(" ")
    }

    #[test]
    fn a_key_is_kept_found_sent_and_removed_again() {
        let (home, secrets) = (Home::new(), Secrets::start(Mood::Open));
        let key = sei_compose::wire::find("sandbox").unwrap().key(KEY).unwrap();
        let sandbox = sandbox::start(0, Settings { key: Some(key), ..Settings::default() }).unwrap();
        let base = sandbox.url();
        home.put(
            "config/config.toml",
            &format!("[environments.lab]\nbase = \"{base}\"\n[environments.other]\nbase = \"{base}\"\n"),
        );
        let bus = secrets.address();
        let run = |arguments: &[&str], input: &str| run(&home, &bus, arguments, input);
        let guid = ["guid", "--env", "lab", "--integration-id", "4620", "--name", "Lab"];
        run(&["key", "where", "--env", "lab"], "").code(2).stderr_eq(format!(
            "sei-compose: There is no key for lab: set the variable HARNESS_SEI_API_KEY to it; the keyring has none \
             for lab at {base}. A sandbox takes any word.\n"
        ));

        run(&["key", "set", "--env", "lab"], "an-older-key\n").success();
        let kept = format!("Kept in the keyring: SEI key for lab ({base}).\n");
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
    fn a_variable_comes_first_and_a_list_of_sources_says_when_the_keyring_is_asked() {
        let (home, secrets) = (Home::new(), Secrets::start(Mood::Open));
        let bus = secrets.address();
        home.put("config/config.toml", "[environments.eu]\nkeys = [\"command:false\", \"keyring\"]\n");
        run(&home, &bus, &["key", "set", "--env", "eu"], KEY).success();
        run(&home, &bus, &["key", "where", "--env", "eu"], "").success().stdout_eq("the keyring\n");
        run(&home, &bus, &["key", "set", "--env", "prod2"], KEY).success();
        let named = home.command(["key", "where", "--env", "prod2"]).env("DBUS_SESSION_BUS_ADDRESS", &bus);
        named.env("HARNESS_SEI_API_KEY", "another").assert().success().stdout_eq("HARNESS_SEI_API_KEY\n");
        home.put("config/config.toml", "[environments.eu]\nkeys = [\"env:EU\"]\n");
        let told = run(&home, &bus, &["key", "set", "--env", "eu"], KEY).code(2);
        assert!(stderr(&told).contains("Add \"keyring\" to its `keys`"), "{}", stderr(&told));
        assert_eq!(secrets.items().len(), 2);
    }

    #[test]
    fn what_is_no_key_is_not_kept() {
        let (home, secrets) = (Home::new(), Secrets::start(Mood::Open));
        for input in ["", "\n", "planted key 7f3a\n", "“curly”\n"] {
            let told = run(&home, &secrets.address(), &["key", "set", "--env", "eu"], input).code(2);
            assert!(stderr(&told).starts_with("Not kept: the key "), "{}", stderr(&told));
        }
        assert!(secrets.items().is_empty());
    }

    #[test]
    fn a_keyring_that_knows_only_plain_sessions_is_spoken_to_plainly() {
        let (home, secrets) = (Home::new(), Secrets::start(Mood::Plain));
        run(&home, &secrets.address(), &["key", "set", "--env", "eu"], KEY).success();
        assert_eq!(secrets.items().first().unwrap().value, KEY.as_bytes());
        run(&home, &secrets.address(), &["key", "where", "--env", "eu"], "").success();
    }

    #[test]
    fn a_locked_keyring_is_a_sentence() {
        let (home, secrets) = (Home::new(), Secrets::start(Mood::Open));
        let bus = secrets.address();
        run(&home, &bus, &["key", "set", "--env", "eu"], KEY).success();
        assert_eq!(diagnosis(&home, &bus), "ok keyring there and unlocked");
        secrets.turn(Mood::Locked);
        for word in ["set", "where", "remove"] {
            let told = run(&home, &bus, &["key", word, "--env", "eu"], KEY).code(2);
            assert!(
                stderr(&told).to_lowercase().contains("the keyring is locked; unlock it"),
                "{}",
                stderr(&told)
            );
        }
        assert!(diagnosis(&home, &bus).starts_with("warning keyring the keyring is locked"));
        assert_eq!(secrets.items().len(), 1);
    }

    #[test]
    fn without_a_bus_or_a_keyring_on_it_there_is_a_sentence() {
        let (home, secrets) = (Home::new(), Secrets::start(Mood::Absent));
        let nobody = address(&home.path("nobody"));
        let table = [
            ("", "there is no session bus"),
            ("nonsense", "there is no session bus"),
            (nobody.as_str(), "there is no session bus"),
            (&secrets.address(), "no keyring runs in this session"),
        ];
        for (bus, words) in table {
            let told = run(&home, bus, &["key", "set", "--env", "eu"], KEY).code(2);
            assert!(stderr(&told).to_lowercase().contains(words), "{bus}: {}", stderr(&told));
            let told = diagnosis(&home, bus);
            assert!(told.starts_with("ok keyring") && told.contains(words), "{bus}: {told}");
        }
        // A keyring that nobody asked for by name is not missed where there is no bus.
        run(&home, "", &["key", "where", "--env", "eu"], "").code(2).stderr_eq(
            "sei-compose: There is no key for Harness EU: set the variable HARNESS_SEI_API_KEY to it.\n",
        );
    }
}
