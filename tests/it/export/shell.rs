//! Commands and scripts that send the exact run, in each shell of this machine.

use sei_compose::wire::job_run;

use super::*;

/// Runs the export of each hostile run in each format and shell; the request equals the preview.
fn arrives_as_shown(target: ExportTarget) {
    let (sandbox, environment) = start();
    let run = run_of(&HOSTILE);
    for (format, names) in
        [(BodyFormat::Flat, FieldNames::Unchanged), (BodyFormat::Wrapped, FieldNames::Legacy)]
    {
        let environment = Environment { format, names, ..environment.clone() };
        let exported = export(target, &environment, &run);
        for shell in shells() {
            let before = sandbox.received().len();
            let ended = run_in(shell, &exported, &[("HARNESS_SEI_API_KEY", KEY)]);
            assert!(ended.status.success(), "{shell:?}: {}", printed(&ended));
            assert!(!printed(&ended).contains(KEY));
            let arrivals = sandbox.received();
            assert_eq!(arrivals.len(), before + 1, "{shell:?}");
            let arrival = arrivals.last().unwrap();
            assert_eq!(arrival.body, job_run(&environment, &run).body, "{shell:?}");
            assert_eq!(arrival.format, format);
        }
    }
}

#[test]
fn a_command_run_by_any_shell_sends_the_bytes_of_the_preview() {
    arrives_as_shown(ExportTarget::Curl);
}

#[test]
fn a_script_run_by_any_shell_sends_the_bytes_of_the_preview() {
    arrives_as_shown(ExportTarget::Shell);
}

#[test]
fn a_body_beyond_the_argument_limit_is_also_sent() {
    let (sandbox, environment) = start();
    let run = run_of(&[&"it's \"long\" ".repeat(500)]);
    assert!(job_run(&environment, &run).body.len() > 200_000);
    for target in [ExportTarget::Curl, ExportTarget::Shell] {
        for shell in shells() {
            let ended = run_in(shell, &export(target, &environment, &run), &[("HARNESS_SEI_API_KEY", KEY)]);
            assert!(ended.status.success(), "{shell:?} {}", printed(&ended));
            let body = sandbox.received().pop().unwrap().body;
            assert!(body == job_run(&environment, &run).body, "{shell:?} {target:?}: {} bytes", body.len());
        }
    }
}

#[test]
fn a_script_fails_with_the_status_and_the_answer() {
    let (_sandbox, environment) = start();
    let lacking = export(ExportTarget::Shell, &environment, &read(r#"{"pipeline":"x"}"#).unwrap());
    let good = export(ExportTarget::Shell, &environment, &sample());
    for shell in shells() {
        let refused = run_in(shell, &lacking, &[("HARNESS_SEI_API_KEY", KEY)]);
        assert_eq!(refused.status.code(), Some(1));
        let text = printed(&refused);
        assert!(text.contains("HTTP 400") && text.contains("is missing in request"), "{text}");
        let locked_out = run_in(shell, &good, &[("HARNESS_SEI_API_KEY", "another-key")]);
        assert_eq!(locked_out.status.code(), Some(1));
        let text = printed(&locked_out);
        assert!(text.contains("HTTP 401") && !text.contains("another-key"), "{text}");
        let keyless = run_in(shell, &good, &[]);
        assert_eq!(keyless.status.code(), Some(1));
        assert!(printed(&keyless).contains("HARNESS_SEI_API_KEY is not set"), "{}", printed(&keyless));
    }
}

#[test]
fn a_script_without_an_answer_reports_an_unknown_outcome() {
    let (sandbox, environment) = start();
    drop(sandbox);
    let text = export(ExportTarget::Shell, &environment, &sample());
    for shell in shells() {
        let ended = run_in(shell, &text, &[("HARNESS_SEI_API_KEY", KEY)]);
        assert_eq!(ended.status.code(), Some(1));
        assert!(printed(&ended).contains("No complete reply"), "{}", printed(&ended));
    }
}

/// A fake `curl` that records its arguments and its input.
const WITNESS: &str = "#!/bin/sh\nprintf '%s\\n' \"$@\" > arguments\ncat > input\nprintf '{}202'\n";

#[test]
fn the_key_is_in_no_argument_even_when_the_shell_traces() {
    let folder = tempfile::tempdir().unwrap();
    let witness = folder.path().join("curl");
    std::fs::write(&witness, WITNESS).unwrap();
    make_executable(&witness);
    let script = folder.path().join("script");
    std::fs::write(&script, export(ExportTarget::Shell, &start().1, &sample())).unwrap();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    for shell in shells() {
        let mut command = command(shell);
        command.arg("-x").arg(&script).env("PATH", &path);
        let ended = command
            .env("HARNESS_SEI_API_KEY", format!("{KEY}\r\n"))
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(ended.status.success(), "{}", printed(&ended));
        assert!(!printed(&ended).contains(KEY), "{shell:?} {}", printed(&ended));
        let arguments = std::fs::read_to_string(folder.path().join("arguments")).unwrap();
        assert!(arguments.contains("--header") && !arguments.contains(KEY), "{arguments}");
        let input = std::fs::read_to_string(folder.path().join("input")).unwrap();
        assert_eq!(input, format!("Authorization: ApiKey {KEY}"));
    }
}

#[cfg(unix)]
fn make_executable(file: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755)).unwrap();
}
