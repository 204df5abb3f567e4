//! What a mapping cannot do: reach outside of its input, loop without end, use memory without
//! limit.

use super::{faults, mapped};

fn refused(expression: &str) -> String {
    let quoted = expression.replace('\\', "\\\\").replace('"', "\\\"");
    faults(&format!("name = 'a'\n[fields]\npipeline = \"{quoted}\"\n")).join("\n")
}

#[test]
fn an_expression_reaches_nothing_outside_of_its_run() {
    for expression in [
        "env",
        "env.HOME",
        "$ENV",
        "$ENV.PATH",
        "now",
        "now | todate",
        "input",
        "[inputs]",
        "debug",
        "debug(.a)",
        "stderr",
        "halt",
        "halt_error",
        "halt(3)",
        "0 | localtime",
        "0 | strflocaltime(\"%H\")",
        "$__loc__",
        "$__prog_args",
        "input_filename",
        "input_line_number",
        "get_search_list",
        "import \"a\" as a; .",
        "include \"a\"; .",
        "$__prog_name",
    ] {
        assert_ne!(refused(expression), "", "{expression}");
    }
    for usable in [
        "todate?",
        "fromdateiso8601?",
        "@base64d?",
        "test(\"a\"; \"i\")?",
        "ltrimstr(\"a\")",
        "splits(\"a\")?",
    ] {
        assert_eq!(refused(usable), "", "{usable}");
    }
}

#[test]
fn a_definition_that_calls_itself_and_a_reserved_name_are_refused() {
    for expression in [
        "def f: 1 + f; f",
        "def f: def g: f; g; f",
        "def f(x): x | f(x); f(.)",
        "[1] | map(def f: f; f)",
        "def _guard: .; .",
        ". as $_factor | .",
        "def f(_tick): 1; f(2)",
        "_tick",
        "_e0(1; 2)",
        ". as [$_a] | 1",
    ] {
        assert_ne!(refused(expression), "", "{expression}");
    }
    assert_eq!(refused("def f: .a; def f(x): x; f(f)"), "");
}

#[test]
fn work_and_values_without_limit_end_with_a_fault_of_their_field_only() {
    for expression in [
        "[range(infinite)]",
        "last(range(infinite))",
        "[repeat(1)]",
        "last(repeat(.))",
        "[recurse(1)]",
        "last(recurse([.]))",
        "until(false; .)",
        "last(while(true; .))",
        "first(range(infinite) | select(. < 0))",
        "reduce range(100) as $i (\"x\"; . + .)",
        "reduce range(100) as $i ([0]; . + .)",
        "reduce range(100) as $i (0; [., .])",
        "reduce range(100000) as $i (0; [.])",
        "reduce range(100) as $i (\"x\"; . * 10)",
        "\"x\" * 1000000000",
        "1000000000 * \"x\"",
        ".a * 1000000000000",
        "(.a | . *= 100000000000)",
        "last(.b[] as $x | .b[] as $y | .b[] as $z | .b[] as $u | .b[] as $v | .b[])",
        "reduce range(100) as $i (.; tojson)",
        "[limit(1000000000; repeat(1))]",
        "[range(100000)] | join(\"x\" * 1000000)",
        "[[range(1000)]] | combinations(1000)",
        "first(combinations(1000000000))?, last(range(infinite))",
        "try last(range(infinite)) catch last(range(infinite))",
        "[range(infinite)]?, last(repeat(1))",
        "label $out | last(repeat(1))",
        "path(last(repeat(.)))",
        "[paths(last(repeat(true)))]",
        "(last(repeat(.))) |= 1",
        ".a |= last(repeat(1))",
        "foreach range(infinite) as $i (0; .; empty)",
        "[foreach range(1000000) as $i ([]; . + [$i])]",
        "limit(1; range(infinite) | select(. < 0))",
        "{a: [range(infinite)]}",
        "\"\\([range(infinite)])\"",
        "[range(0; infinite; 0)]",
        "@text \"\\(last(repeat(1)))\"",
        "[splits(\"\") | repeat(1)]",
    ] {
        let b = vec!["0"; 100].join(",");
        let run = format!("{{\"a\": \"abc\", \"b\": [{b}]}}");
        let quoted = expression.replace('\\', "\\\\").replace('"', "\\\"");
        let text = format!("[fields]\npipeline = '.a'\nbranch_name = \"{quoted}\"\nuser_id = '.a'\n");
        let (document, faults) = mapped(&text, &run);
        let expected = r#"{"pipeline":"abc","job_full_name":"abc","qualified_name":"abc","user_id":"abc"}"#;
        assert_eq!(document, expected, "{expression}");
        assert_eq!(faults.len(), 1, "{expression}: {faults:?}");
    }
}

#[test]
fn the_work_of_an_expression_grows_with_its_input_and_is_counted() {
    let long = "ab".repeat(1_000_000);
    let doubled = format!("[{}] | length", vec!["(1,2)"; 28].join("|"));
    for expression in [
        r#"("a" * 1000000) | [match(""; "g")] | length"#,
        r#".s | gsub("(?<x>a)"; "\(.x)\(.x)") | length"#,
        r#".s | gsub("a"; "bb")"#,
        r#".s | [scan("a")] | length"#,
        r#".s | [splits("a")] | length"#,
        r#".s | test("(.*a){30}")"#,
        r#".s | [range(5000) as $i | test("b")] | length"#,
        ".s as $s | [range(100000) | $s | length] | add",
        r#".s as $s | [range(100000) | $s == ($s + "")] | length"#,
        ".s as $s | [range(100000) as $i | $s[$i:]] | length",
        ".s as $s | [range(100000) | $s | time] | length",
        "reduce range(30) as $i (3; . * .) | tostring",
        r#""9" * 100000 | tonumber"#,
        r#""[" + "9" * 100000 + "]" | fromjson"#,
        doubled.as_str(),
        "9223372036854775807 | gmtime",
        "9223372036854775807 | todate",
        "1e18 | strftime(\"%Y\")",
    ] {
        let quoted = expression.replace('\\', "\\\\").replace('"', "\\\"");
        let text = format!("[fields]\npipeline = '.a'\nbranch_name = \"{quoted}\"\n");
        let (_, faults) = mapped(&text, &format!("{{\"a\": \"abc\", \"s\": \"{long}\"}}"));
        assert_eq!(faults.len(), 1, "{expression}: {faults:?}");
        let is_limit =
            ["too much work", "too many digits", "regular expression", "not an instant", "too long"];
        let message = faults.concat();
        assert!(is_limit.iter().any(|words| message.contains(words)), "{expression}: {message}");
    }
}

#[test]
fn a_long_number_is_read_as_jq_reads_it() {
    let (document, faults) = mapped(
        "[fields]\npipeline = '.a'\nbuild_number = '.n | if . > 1e300 then 7 else 8 end'\n",
        &format!("{{\"a\": \"abc\", \"n\": {}, \"m\": -{}}}", "9".repeat(1_000_000), "9".repeat(1_000_000)),
    );
    assert!(faults.is_empty(), "{faults:?}");
    assert!(document.contains(r#""build_number":7"#), "{document}");
}

#[test]
fn a_file_with_many_unknown_fields_reports_some_of_them() {
    let fields: Vec<_> = (0..20_000).map(|index| format!("unknown_{index} = '.a'")).collect();
    let found = super::faults(&format!("name = 'a'\n[fields]\n{}\n", fields.join("\n")));
    assert_eq!(found.len(), 20);
}

/// The stack of a main thread; threads of tests have a quarter of it.
const STACK: usize = 8 << 20;

#[test]
fn long_and_deep_expressions_are_refused_or_work() {
    std::thread::Builder::new().stack_size(STACK).spawn(try_long_and_deep).unwrap().join().unwrap();
}

fn try_long_and_deep() {
    let shapes = [
        ("(", ".", ")"),
        ("[", ".", "]"),
        ("{a:", ".", "}"),
        (".[", ".", "]"),
        ("first(", ".", ")"),
        ("-", "1", ""),
        ("try ", ".", ""),
        (". as $x | ", ".", ""),
        (". | ", ".", ""),
        ("if . then ", ".", " else . end"),
        (".a//", ".", ""),
        ("def f: 1; ", ".", ""),
        ("1+", "1", ""),
        ("reduce ", ".", " as $x (0; .)"),
        ("label $a | ", ".", ""),
        ("not,", ".", ""),
        ("[1+", "1", "]"),
        ("{a:1+", "1", "}"),
        ("1*", "1", ""),
        ("(1|", ".", ")"),
        (".a |= ", ".", ""),
    ];
    let mut refusals = 0;
    for (open, inner, close) in shapes {
        for depth in [10, 39, 100, 190, 390, 1_000] {
            let expression = format!("{}{inner}{}", open.repeat(depth), close.repeat(depth));
            if refused(&expression).is_empty() {
                let (document, _) = mapped(
                    &format!("[fields]\npipeline = '.a'\nuser_id = '{expression}'\n"),
                    r#"{"a": "x"}"#,
                );
                assert!(document.contains("pipeline"), "{expression}");
            } else {
                refusals += 1;
            }
        }
    }
    assert!(refusals > shapes.len(), "{refusals}");
}

#[test]
fn a_field_holds_at_most_a_thousand_values() {
    let (_, faults) = mapped("[fields]\nscm_commit_ids = 'range(1001) | tostring'\n", "{}");
    assert_eq!(faults, ["fields.scm_commit_ids: “range(1001) | tostring” gives more than 1000 values."]);
    let (document, faults) = mapped("[fields]\nscm_commit_ids = 'range(1000) | tostring'\n", "{}");
    assert!(faults.is_empty() && document.contains("\"999\""));
}
