//! The commands of the built program: arguments and files in, exact output and exit code out.
#![expect(clippy::needless_raw_string_hashes, reason = "snapbox writes them when it renews what is expected")]

use std::path::{Path, PathBuf};

use snapbox::cmd::{Command, OutputAssert};
use snapbox::{Assert, Redactions};
use tempfile::TempDir;

mod agreement;
mod around;
mod check;
mod doctor;
mod draft;
mod explain;
mod export;
mod fix;
mod format;
mod import;
mod instance;
#[cfg(unix)]
mod interrupt;
mod journal;
mod key;
mod keyring;
mod mapping;
mod once;
mod place;
mod plain;
mod runs;
mod screenshot;
mod send;
mod shape;
mod simulate;

/// A home folder for one test, with a pinned clock and random source.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    /// Writes a file and returns its name, an argument for the program that runs in this folder.
    fn put<'a>(&self, file: &'a str, text: &str) -> &'a str {
        let path = self.path(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        file
    }

    /// The program with only the pins in its environment.
    fn command<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Command {
        let mut redactions = Redactions::new();
        redactions.insert("[HOME]", self.0.path().to_path_buf()).unwrap();
        Command::new(env!("CARGO_BIN_EXE_sei-compose"))
            .with_assert(Assert::new().redact_with(redactions).normalize_paths(false).action_env("SNAPSHOTS"))
            .env_clear()
            .env("SEI_COMPOSE_CONFIG_DIR", self.path("config"))
            .env("SEI_COMPOSE_DATA_DIR", self.path("data"))
            .env("SEI_COMPOSE_NOW", "2026-01-05T10:00:00Z")
            .env("SEI_COMPOSE_SEED", "7")
            .current_dir(self.0.path())
            .args(arguments)
    }

    /// The program as a plain child process, for tests that use its streams.
    fn program(&self, arguments: &[&str]) -> std::process::Command {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_sei-compose"));
        program
            .env_clear()
            .env("SEI_COMPOSE_CONFIG_DIR", self.path("config"))
            .env("SEI_COMPOSE_DATA_DIR", self.path("data"))
            .env("SEI_COMPOSE_NOW", "2026-01-05T10:00:00Z")
            .env("SEI_COMPOSE_SEED", "7")
            .current_dir(self.0.path())
            .args(arguments);
        program
    }

    fn run<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> OutputAssert {
        self.command(arguments).assert()
    }
}

/// A run with two errors; one has a safe fix.
const FAULTY: &str = r#"{
  "pipeline": "checkout",
  "job_full_name": "shop/checkout",
  "qualified_name": "checkout",
  "instance_name": "Shop CI",
  "instance_guid": "5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41",
  "result": "succes",
  "start_time": 1767603600,
  "duration": 312000,
  "build_number": 1482,
  "ci": true
}"#;

/// The same run without problems.
fn good_run() -> String {
    FAULTY.replace("succes", "SUCCESS").replace("1767603600", "1767603600000")
}

/// A document on one line.
fn on_one_line(text: &str) -> String {
    text.lines().map(str::trim_start).collect()
}

/// A file of the repository.
fn asset(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(name)).unwrap()
}

fn stdout(assert: &OutputAssert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

fn stderr(assert: &OutputAssert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

#[test]
fn each_outcome_has_its_exit_code() {
    let home = Home::new();
    let good = home.put("good.json", &asset("samples/ci-run.json"));
    let bad = home.put("bad.json", "{}");
    let warned = home.put("warned.json", &asset("samples/ci-run.json").replace("\"id\": \"build\",", ""));
    let table: &[(&[&str], i32)] = &[
        (&["--help"], 0),
        (&["--version"], 0),
        (&["check", good], 0),
        (&["check", good, bad], 1),
        (&["check", warned], 0),
        (&["check", warned, "--strict"], 1),
        (&["check"], 2),
        (&["check", "absent.json"], 2),
        (&["check", good, "--format", "xml"], 2),
        (&["check", good, "--env", "nowhere"], 2),
        (&["check", good, "absent.json", bad], 2),
        (&["check", bad, "--format", "github"], 1),
        (&["check", bad, "--format", "sarif"], 1),
        (&["check", warned, "--format", "sarif"], 0),
        (&["check", warned, "--format", "github", "--strict"], 1),
        (&["check", good, bad, "--fix", "safe"], 2),
        (&["check", good, "--fix", "safe", "--format", "github"], 2),
        (&["check", good, "--fix", "safe", "--format", "sarif"], 2),
        (&["check", good, "--fix", "all"], 2),
        (&["explain"], 0),
        (&["explain", "start-time-unit"], 0),
        (&["explain", "start-tiem-unit"], 2),
        (&["render", good, "--as", "http"], 2),
        (&["send", good], 2),
        (&["send", good, "--env", "prod2"], 2),
        (&["send", good, "--env", "sandbox"], 2),
        (&["send", bad, "--env", "prod2"], 1),
        (&["send", bad, "--env", "prod2", "--no-fail"], 0),
        (&["send", good, "--env", "prod2", "--no-fail"], 0),
        (&["send", good, "--env", "prod2", "--dry-run"], 0),
        (&["send", bad, "--env", "prod2", "--dry-run"], 1),
        (&["guid"], 2),
        (&["guid", "--local"], 0),
        (&["guid", "--env", "prod2", "--integration-id", "abc", "--name", "n"], 2),
        (&["guid", "--env", "prod2", "--integration-id", "1", "--name", "n", "--guid", "no-uuid"], 2),
        (&["drafts", "show", "none"], 2),
        (&["env", "show", "prod9"], 2),
        (&["fields", "color"], 2),
        (&["completions", "tcsh"], 2),
        (&["sandbox", "--port", "70000"], 2),
        (&["sandbox", "--fault", "402"], 2),
        (&["--screenshot", "text"], 0),
        (&["--screenshot", "png"], 2),
        (&["--screenshot", "text", "--size", "80"], 2),
        (&["--screenshot", "text", "--size", "0x24"], 2),
        (&["--screenshot", "text", "--keys", "f5 entre"], 2),
        (&["--size", "80x24"], 2),
        (&["absent", "--screenshot", "text"], 2),
        (&["chekc"], 2),
        (&[], 2),
    ];
    for (arguments, code) in table {
        let ended = home.run(arguments.iter().copied());
        assert_eq!(ended.get_output().status.code(), Some(*code), "{arguments:?}: {}", stderr(&ended));
    }
}

#[test]
fn a_broken_pin_or_configuration_is_reported_and_help_still_works() {
    let home = Home::new();
    home.put("config/config.toml", "default_environment = 7\n");
    let ended = home.run(["env", "list"]).code(2);
    assert!(
        stderr(&ended).contains("config.toml:1: default_environment should be text"),
        "{}",
        stderr(&ended)
    );
    let ended = home.command(["env", "list"]).env("SEI_COMPOSE_NOW", "noon").assert().code(2);
    assert!(stderr(&ended).contains("SEI_COMPOSE_NOW is “noon”"), "{}", stderr(&ended));
    for (far, code) in [("9999-12-31T00:00:00Z", 2), ("9999-12-30T22:00:00Z", 0), ("0000-01-01T00:00:00Z", 0)]
    {
        let ended = home.command(["schema"]).env("SEI_COMPOSE_NOW", far).assert().code(code);
        let said = stderr(&ended);
        assert_eq!(said.contains("from 0000-01-01T00:00:00Z to 9999-12-30T22:00:00Z"), code == 2, "{said}");
    }
    home.command(["--help"]).env("SEI_COMPOSE_NOW", "noon").assert().success();
}

#[test]
fn the_app_says_that_it_needs_a_terminal() {
    let home = Home::new();
    home.run([]).code(2).stdout_eq("").stderr_eq(snapbox::str![[r#"
sei-compose: The app needs a terminal. Without a terminal, use `--plain` to answer line by line, or the commands that `sei-compose --help` lists.

"#]]);
}

#[test]
fn a_mistyped_command_is_suggested() {
    let home = Home::new();
    home.run(["chekc"]).code(2).stderr_eq(snapbox::str![[r#"
sei-compose: Unknown draft “chekc”. `sei-compose drafts list` lists the names. Did you mean the command `check`?

"#]]);
}

#[test]
fn a_name_that_is_neither_draft_nor_file_is_reported_as_both() {
    let home = Home::new();
    home.run(["runs/nightly.json"]).code(2).stderr_eq(snapbox::str![[r#"
sei-compose: Unknown draft “runs/nightly.json”. `sei-compose drafts list` lists the names. No file has this name either.

"#]]);
}

#[test]
fn a_closed_output_pipe_is_not_an_error() {
    use std::process::{Command, Stdio};
    let mut program = Command::new(env!("CARGO_BIN_EXE_sei-compose"));
    program.arg("schema").env("SEI_COMPOSE_DATA_DIR", "/nowhere").env("SEI_COMPOSE_CONFIG_DIR", "/nowhere");
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ended = program.stdout(writer).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(ended.status.code(), Some(0), "{}", String::from_utf8_lossy(&ended.stderr));
    assert_eq!(String::from_utf8(ended.stderr).unwrap(), "");
}

#[cfg(unix)]
#[test]
fn a_sandbox_prints_its_address_and_stops_on_a_signal() {
    use std::io::{BufRead as _, BufReader, Read as _};
    use std::process::{Command, Stdio};
    for signal in ["TERM", "INT"] {
        let home = Home::new();
        let mut program = Command::new(env!("CARGO_BIN_EXE_sei-compose"))
            .args(["sandbox"])
            .env("SEI_COMPOSE_DATA_DIR", home.path("data"))
            .env("SEI_COMPOSE_CONFIG_DIR", home.path("config"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(program.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().strip_prefix("listening on http://127.0.0.1:").unwrap();
        std::net::TcpStream::connect(("127.0.0.1", port.parse().unwrap())).unwrap();
        let id = program.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
        assert_eq!(program.wait().unwrap().code(), Some(0), "{signal}");
        let mut notes = String::new();
        program.stderr.take().unwrap().read_to_string(&mut notes).unwrap();
        assert!(notes.contains(&format!("--base-url http://127.0.0.1:{port} ")), "{notes}");
    }
}

#[test]
fn a_port_in_use_is_reported_with_the_option_for_a_free_one() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let refused = Home::new().command(["sandbox", "--port", &port]).assert().code(2);
    let said = stderr(&refused);
    assert!(said.contains(&format!("port {port}")) && said.contains("--port 0"), "{said}");
}
