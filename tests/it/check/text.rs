//! Secrets that no message may show, bodies that are too large, and faults of the text itself.

use sei_compose::check::{Problem, check, raw};
use sei_compose::document::{Object, Value, read};

use super::corpus::files;
use super::{codes, context, problems, spell, spelled, with};

/// All texts of a problem.
fn printed(problems: &[Problem]) -> String {
    spell(problems)
}

#[test]
fn no_message_shows_a_possible_secret() {
    let secrets =
        ["correct horse", "hunter2", "IOSFODNN7", "0123456789abcdef", "dozjgNryP4", "wJalrXUt", "MIIEow"];
    for file in files("secret-like", "bad") {
        let text = printed(&file.problems());
        assert!(secrets.iter().any(|secret| file.text.contains(secret)), "{}", file.path.display());
        for secret in secrets {
            assert!(!text.contains(secret), "{}: {text}", file.path.display());
        }
    }
}

#[test]
fn a_token_is_masked_wherever_a_message_quotes_it() {
    let token = "ghp_0123456789abcdefABCDEF0123456789abcd";
    for member in ["pipeline", "result", "instance_guid", "build_number", "unknown", "repo_url", "job_run"] {
        for value in [token.to_owned(), format!(" {token}"), format!("“{token}”"), format!("x {token} y")]
        {
            let text = spelled(&with(&format!(r#"{{"{member}": "{value}", "job_name": "{value}"}}"#)));
            assert!(!text.contains("0123456789abcdef"), "{member}: {text}");
        }
    }
}

#[test]
fn a_key_as_a_separate_field_is_not_shown_either() {
    let text = spelled(&with(r#"{"ghp_0123456789abcdefABCDEF0123456789abcd": 1}"#));
    assert!(text.contains("unknown-field") && text.contains("•••"), "{text}");
}

#[test]
fn a_body_is_too_large_beyond_one_mebibyte() {
    let of = |length: usize| with(&format!(r#"{{"project_name": "{}"}}"#, "x".repeat(length)));
    let empty = sei_compose::document::compact_len(&of(0));
    assert_eq!(codes(&of(1_048_576 - empty)), [""; 0]);
    let found = problems(&of(1_048_577 - empty));
    assert_eq!(
        found.iter().map(|p| format!("{} {}", p.code, p.at)).collect::<Vec<_>>(),
        ["too-large /project_name"]
    );
    assert!(found.first().unwrap().message.contains("1.0 MB"), "{}", found.first().unwrap().message);
}

#[test]
fn escapes_count_with_their_size_on_the_wire() {
    let mut run = with("{}").as_object().unwrap().clone();
    run.put("project_name", "\t".repeat(600_000).as_str());
    assert!(codes(&Value::Object(run)).contains(&"too-large"));
}

#[test]
fn sixty_four_lists_and_objects_may_be_nested() {
    let of = |depth: usize| {
        let mut value = Value::Array(Vec::new());
        for _ in 1..depth {
            value = Value::Array(vec![value]);
        }
        let mut run = with("{}").as_object().unwrap().clone();
        run.put("notes", value);
        codes(&Value::Object(run))
    };
    assert_eq!(of(63), ["unknown-field"]);
    assert_eq!(of(64), ["too-large", "unknown-field"]);
}

#[test]
fn a_syntax_error_has_its_line_and_column() {
    let found = raw("{\n  \"a\": 1\n  \"b\": 2\n}");
    let [fault] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((fault.problem.code, fault.mark.line, fault.mark.column), ("syntax", 3, 3));
    assert_eq!(fault.first, None);
    assert_eq!(raw("{"), raw("{"));
    assert_eq!(raw("{").first().unwrap().mark.span, 1..1);
}

#[test]
fn a_duplicate_key_is_shown_at_both_places() {
    let text = "{\"a\": 1,\n \"é\": {\"b\": 1, \"b\": 1},\n  \"a\": 2}";
    let found = raw(text);
    let places: Vec<_> = found
        .iter()
        .map(|f| {
            let first = f.first.as_ref().unwrap();
            (f.problem.at.to_string(), (first.line, first.column), (f.mark.line, f.mark.column))
        })
        .collect();
    assert_eq!(places, [("/é/b".to_owned(), (2, 8), (2, 16)), ("/a".to_owned(), (1, 2), (3, 3))]);
    assert_eq!(text.get(found[1].mark.span.clone()), Some("\"a\""));
    assert!(raw("[1, {\"a\": [], \"b\": \"a\"}]").is_empty());
}

#[test]
fn either_value_of_a_duplicate_key_can_be_kept() {
    let text = r#"{"a": 1, "b": 0, "a": 2, "a": 3}"#;
    let found = raw(text);
    let outcomes: Vec<_> = found[0]
        .problem
        .fixes
        .iter()
        .map(|fix| {
            let mut document = read(text).unwrap();
            for edit in &fix.edits {
                sei_compose::document::apply(&mut document, edit).unwrap();
            }
            sei_compose::document::write_compact(&document)
        })
        .collect();
    assert_eq!(outcomes, [r#"{"a":3,"b":0}"#, r#"{"a":1,"b":0}"#]);
    assert!(found.iter().all(|fault| fault.problem.fixes.iter().all(|fix| !fix.safe)));
    let equal = raw(r#"{"a": 1, "a": 1}"#);
    assert!(equal[0].problem.fixes.iter().all(|fix| fix.safe));
}

#[test]
fn commits_and_themes_of_any_number_are_checked_in_time() {
    let many: Vec<Value> = (0..20_000).map(|n| Value::from(format!("t{n}/x"))).collect();
    let run = with("{}").as_object().unwrap().clone();
    let members =
        [("themes".into(), Value::Array(many.clone())), ("scm_commit_ids".into(), Value::Array(many))];
    let document: Object = run.into_iter().chain(members).collect();
    let found = check(&Value::Object(document), &context());
    assert_eq!(found.iter().filter(|p| p.code == "theme-form").count(), 20_000);
}
