//! Random texts: no text causes a panic or takes long, and strict JSON passes unchanged.
//!
//! `SEI_COMPOSE_FUZZ=SECONDS cargo test --test it import::fuzz -- --nocapture` runs for this many
//! seconds with a new seed, and prints the number of texts.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use sei_compose::document::{Value, read, write_compact};
use sei_compose::import::{describe_all, import};

/// Parts that have a meaning for the JSON reader or the command reader.
const PARTS: [&str; 74] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    ";",
    "=",
    "=>",
    "\"",
    "'",
    "`",
    "“",
    "”",
    "‘",
    "’",
    "\\",
    "\\\"",
    "\n",
    "\r\n",
    " ",
    "\t",
    "\u{a0}",
    "\u{feff}",
    "//",
    "#",
    "/*",
    "*/",
    "...",
    "…",
    "{{",
    "}}",
    "<guid>",
    "${VAR}",
    "$(",
    ")",
    "null",
    "None",
    "True",
    "NaN",
    "1",
    "-",
    "–",
    "—",
    ".5",
    "+1",
    "1e9",
    "\"pipeline\":",
    "\"result\": \"SUCCESS\"",
    "job_name:",
    "\"job_run\": {\"stages\": [",
    "\"steps\": [",
    "\"displayName\":",
    "\"type\":",
    "\"name\":",
    "curl ",
    "curl.exe ",
    "https://app.harness.io/v1/custom-cicd",
    "-d ",
    "--data-raw ",
    "-H ",
    "'Authorization: ApiKey x'",
    "$'",
    "<<EOF",
    "EOF",
    "@file",
    "@-",
    "\\\n",
    "^\n",
    "`\n",
    "^\"",
    "\\u00e9",
    "\\ud83d",
    "satellite:\n",
];

/// A xorshift generator, so that no crate is necessary.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }

    fn part(&mut self) -> &'static str {
        PARTS.get(self.below(PARTS.len())).unwrap()
    }
}

/// Texts of pages, as the source of mutations.
fn pages() -> Vec<String> {
    let folder = super::page::folder();
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    files.sort();
    files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// A page with some of its characters removed, moved or replaced; or parts in any order.
fn text(random: &mut Random, pages: &[String], command: bool) -> String {
    if random.below(3) == 0 {
        let start = if command { "curl " } else { "{\"pipeline\":" };
        let parts = (0..random.below(60)).map(|_| random.part());
        return std::iter::once(start).chain(parts.collect::<Vec<_>>()).collect();
    }
    let mut chars: Vec<char> = pages.get(random.below(pages.len())).unwrap().chars().collect();
    for _ in 0..=random.below(12) {
        let (at, length) = (random.below(chars.len()), random.below(20));
        let end = (at + length).min(chars.len());
        match random.below(4) {
            0 => drop(chars.drain(at..end)),
            1 => drop(chars.splice(at..at, random.part().chars())),
            2 => drop(chars.splice(at..end.min(at + 1), random.part().chars())),
            _ => {
                let moved: Vec<char> = chars.drain(at..end).collect();
                let at = random.below(chars.len());
                drop(chars.splice(at..at, moved));
            }
        }
    }
    chars.into_iter().collect()
}

/// Checks the properties of every text; whether the import succeeds.
fn try_one(text: &str) -> bool {
    let Ok(imported) = import(text) else { return false };
    let lines = describe_all(&imported.repairs);
    assert!(lines.len() <= imported.repairs.len(), "{text:?}");
    if imported.kind.holds_run() && imported.asks.is_empty() {
        let printed = write_compact(&imported.document);
        let again = read(&printed);
        assert_eq!(again.as_ref(), Ok(&imported.document), "{text:?}");
    }
    for repair in &imported.repairs {
        let Some((line, column)) = repair.place else { continue };
        let there = text.split('\n').nth(line - 1);
        assert!(
            there.is_some_and(|there| column <= there.chars().count() + 1),
            "line {line}, column {column}: {text:?}"
        );
    }
    true
}

fn fuzz(command: bool) {
    let pages = pages();
    let pages: Vec<String> = pages.into_iter().filter(|page| page.contains("curl") == command).collect();
    let seconds = std::env::var("SEI_COMPOSE_FUZZ").ok().and_then(|word| word.parse().ok());
    let (start, mut tries, mut imported) = (Instant::now(), 0_u64, 0_u64);
    let seed = seconds.map_or(7, |_: u64| u64::from(std::process::id()) << 20 | 1);
    let mut random = Random(seed ^ u64::from(command) << 50);
    loop {
        let text = text(&mut random, &pages, command);
        imported += u64::from(try_one(&text));
        tries += 1;
        let is_over = seconds.map_or(tries == 400, |seconds| start.elapsed() >= Duration::from_secs(seconds));
        if is_over {
            break;
        }
    }
    assert!(imported > tries / 20, "{imported} of {tries}");
    if seconds.is_some() {
        report(&format!("{tries} texts tried from seed {seed}, {imported} imported"));
    }
}

#[test]
fn any_faulty_json_is_read_or_refused() {
    fuzz(false);
}

#[test]
fn any_faulty_command_is_read_or_refused() {
    fuzz(true);
}

#[expect(clippy::print_stderr, reason = "only when the variable asks for a report")]
fn report(words: &str) {
    eprintln!("{words}");
}

/// Texts of one repeated part. They would take minutes if each lookahead read to the end.
#[test]
fn a_long_text_of_one_part_is_read_in_linear_time() {
    let is_long = std::env::var("SEI_COMPOSE_FUZZ").is_ok();
    let size = if is_long { 1 << 17 } else { 1 << 14 };
    let prefixes = ["", "{\"pipeline\":\"", "curl -d '", "curl -d \"", "{\"job_run\":{\"stages\":["];
    let parts = [
        "{",
        "[",
        "\"",
        "'",
        "“",
        "\\",
        "\n",
        " ",
        "#",
        "/*",
        "{{",
        "$(",
        "$'",
        "<<EOF",
        "\\\n",
        "^\n",
        "^\"",
        "\" ",
        "\"x",
        "\n\"",
        "{ ",
        "'\n",
        "“x”\n",
        "\"type\":\"b\"\n",
        "\\ ",
        "\"$(",
        "a'b",
        "\n-",
        "<<x\n",
        "curl ",
    ];
    let time = |prefix: &str, part: &str, size: usize| {
        let text = prefix.to_owned() + &part.repeat(size / part.len());
        let start = Instant::now();
        drop(import(&text));
        start.elapsed()
    };
    for (prefix, part) in prefixes.iter().flat_map(|prefix| parts.iter().map(move |part| (prefix, part))) {
        let whole = time(prefix, part, size);
        if is_long {
            report(&format!(
                "{prefix:?} {part:?}: {:?}, twice as long {whole:?}",
                time(prefix, part, size / 2)
            ));
        }
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|number| Value::Number(number.into())),
        "\\PC{0,12}".prop_map(Value::Text),
        "[a-z\"'{}\\\\<>“”]{0,8}".prop_map(Value::Text),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::vec(("[a-z_“{]{0,8}", inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// An object with some members after as many fields of a job run; without these it is not a
/// payload.
fn with_known(members: Vec<(String, Value)>) -> Value {
    let names = ["result", "branch_name", "user_id", "build_number", "duration", "module_name"];
    let known =
        names.into_iter().take(members.len()).map(|name| (name.to_owned(), Value::Text(name.to_owned())));
    Value::Object(known.collect::<Vec<_>>().into_iter().chain(members).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn strict_json_stays_unchanged(
        members in prop::collection::vec(("[a-z_]{1,8}|job_name|pipeline", any_value()), 0..6),
        is_pretty in any::<bool>(),
    ) {
        let value = with_known(members);
        let text = if is_pretty { sei_compose::document::write_pretty(&value) } else { write_compact(&value) };
        let imported = import(&text).unwrap();
        prop_assert_eq!(&imported.document, &value);
        prop_assert!(imported.repairs.is_empty());
    }

    #[test]
    fn a_clean_command_gives_its_body_unchanged(
        members in prop::collection::vec(("[a-z_]{1,8}", any_value()), 1..6),
    ) {
        let value = with_known(members);
        let body = write_compact(&value).replace('\'', "'\\''");
        let command = format!("curl https://app.harness.io/gratis/sei/api/v1/custom-cicd \\\n  -d '{body}'");
        let imported = import(&command).unwrap();
        prop_assert_eq!(&imported.document, &value, "{}", command);
        prop_assert!(imported.repairs.is_empty());
    }
}
