//! Folders for one session: files of the user are separate from files of the program.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::KEY;
use super::search::{assert_clean, assert_folder_clean};

/// The default variable of the key.
pub(crate) const VARIABLE: &str = "HARNESS_SEI_API_KEY";

pub(crate) struct Home(TempDir);

/// The output of a command.
pub(crate) struct Output {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) said: String,
}

impl Home {
    pub(crate) fn new() -> Self {
        let home = Self(TempDir::new().unwrap());
        for folder in ["given", "made", "made/config", "made/data"] {
            std::fs::create_dir(home.0.path().join(folder)).unwrap();
        }
        home
    }

    /// The folder of the program; it writes only below this folder.
    pub(crate) fn made(&self) -> PathBuf {
        self.0.path().join("made")
    }

    /// A private file of the user; returns its path.
    pub(crate) fn given(&self, name: &str, text: &str) -> String {
        let path = self.0.path().join("given").join(name);
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Environments at this address, one for each source of a key.
    pub(crate) fn environments(&self, base: &str, sources: &[(&str, &str)]) {
        let entry = |(name, source): &(&str, &str)| {
            format!("[environments.{name}]\nbase = {base:?}\nkeys = [{source:?}]\n")
        };
        let text = sources.iter().map(entry).collect::<String>();
        std::fs::write(self.made().join("config/config.toml"), text).unwrap();
    }

    pub(crate) fn variables(&self) -> Vec<(String, String)> {
        let made = self.made();
        let folder = |name: &str| made.join(name).to_str().unwrap().to_owned();
        vec![
            ("HOME".to_owned(), folder("")),
            ("PATH".to_owned(), std::env::var("PATH").unwrap()),
            ("TERM".to_owned(), "xterm-256color".to_owned()),
            ("SEI_COMPOSE_CONFIG_DIR".to_owned(), folder("config")),
            ("SEI_COMPOSE_DATA_DIR".to_owned(), folder("data")),
        ]
    }

    /// Runs a command with the key in its variable, and checks that its output and its files do not
    /// contain the key.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(arguments, &[(VARIABLE, KEY)], "")
    }

    pub(crate) fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sei-compose"))
            .env_clear()
            .envs(self.variables())
            .envs(variables.iter().copied())
            .current_dir(self.made())
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
        let ended = child.wait_with_output().unwrap();
        assert_clean(&format!("the output of {arguments:?}"), &ended.stdout);
        assert_clean(&format!("what {arguments:?} said"), &ended.stderr);
        self.assert_clean();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Output { code: ended.status.code().unwrap(), out: text(ended.stdout), said: text(ended.stderr) }
    }

    /// Checks that no file of the program contains the key; returns the number of files.
    pub(crate) fn assert_clean(&self) -> usize {
        assert_folder_clean(&self.made())
    }
}

impl Output {
    /// Fails unless the command exited with this code and printed these words.
    pub(crate) fn exits(&self, code: i32, words: &str) -> &Self {
        assert!(
            self.code == code && (self.said.contains(words) || self.out.contains(words)),
            "{} instead of {code}, or without “{words}”:\n{}\n{}",
            self.code,
            self.out,
            self.said
        );
        self
    }
}

/// A run without problems.
pub(crate) fn run() -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/ci-run.json");
    std::fs::read_to_string(path).unwrap()
}

/// The same run with the key as its branch.
pub(crate) fn run_with_key() -> String {
    run().replace("\"main\"", &serde_json::to_string(KEY).unwrap())
}

/// The set-up file of an integration, with the key.
pub(crate) fn satellite(base: &str) -> String {
    let key = KEY.replace('\'', "''");
    format!(
        "satellite:\n  tenant: shop\n  api_key: '{key}'\n  url: '{base}'\nintegrations:\n  - id: '4692'\n    application: custom\n"
    )
}

/// A command as in documentation, with the key in its header.
pub(crate) fn curl(base: &str) -> String {
    let key = KEY.replace('\'', r"'\''");
    format!(
        "curl -X POST '{base}/v1/custom-cicd' -H 'Authorization: ApiKey {key}' -H 'Cookie: token={key}' -d '{}'",
        run()
    )
}
