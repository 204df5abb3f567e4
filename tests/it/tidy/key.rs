//! Keys come from the keymap: no text in the sources or assets has a hard-coded key name.
//!
//! A text names an action in braces, such as `{send}`. The program inserts its key, which can come
//! from `keys.toml`.

use super::{none_in, root, sources, texts};

/// Names of keys in all spellings that this repository has used.
const NAMES: [&str; 24] = [
    "Enter",
    "Return",
    "Esc",
    "Escape",
    "Tab",
    "Backspace",
    "Del",
    "Delete for",
    "Ins",
    "Space",
    "PgUp",
    "PgDn",
    "PageUp",
    "PageDown",
    "Ctrl",
    "Control-",
    "Shift",
    "Alt-",
    "Alt+",
    "arrow keys",
    "arrows",
    "↑ ↓",
    "← →",
    "⇧",
];

/// Literals that name a fixed key, or no key: file, the words before and with the name, reason.
const EXCEPTIONS: [(&str, &str, &str); 13] = [
    ("src/app/action.rs", "Tab", "a tab of the form, at the start of a sentence"),
    ("src/plain/row.rs", "Tab {} of {}", "a tab of the form, at the start of a sentence"),
    ("src/plain", "Enter", "a conversation on lines: Enter ends the line in every terminal"),
    ("src/plain.rs", "Ctrl-C cancels it", "the signal of the terminal"),
    (
        "src/cli/sandbox.rs",
        "Ctrl-C stops the sandbox",
        "the signal of the terminal; the command reads no keys",
    ),
    ("src/cli/key/entry.rs", "Esc cancels", "read by `runtime::hidden`, without a keymap"),
    (
        "src/runtime/show.rs",
        "Space continues",
        "read by `runtime::show`, which plays the keys of the keymap itself",
    ),
    ("src/ui/tour.rs", "Space pauses", "read by `runtime::show`, which plays the keys of the keymap itself"),
    ("src/app/entry.rs", "or Space", "a typed character, which no keymap changes"),
    ("src/app/update/form/value.rs", "Space to change", "a typed character, which no keymap changes"),
    ("src/app/mapper/help.rs", "Space", "a typed character, which no keymap changes"),
    ("src/ui/overlay/mapper/result.rs", "Space sets", "a typed character, which no keymap changes"),
    ("src/app/reading.rs", "^ is Ctrl, ⇧ is Shift", "explains the signs and names no key"),
];

/// Files that spell or read keys: the keymap itself, the parser of terminal input, and ASCII
/// replacements.
const KEY_FILES: [&str; 4] = ["src/keymap", "src/runtime/input", "src/ui/ascii.rs", "assets/keymap.toml"];

/// The string literals of a Rust source, each with the number of its first line.
#[expect(clippy::indexing_slicing, reason = "between places that a search has found")]
fn literals(source: &str) -> Vec<(usize, String)> {
    let characters: Vec<char> = source.chars().collect();
    let at = |index: usize| characters.get(index).copied().unwrap_or('\0');
    let (mut index, mut line, mut found) = (0, 1, Vec::new());
    while index < characters.len() {
        let start = index;
        match (at(index), at(index + 1)) {
            ('/', '/') => {
                while index < characters.len() && at(index) != '\n' {
                    index += 1;
                }
            }
            ('r', '"' | '#') if !at(index.wrapping_sub(1)).is_alphanumeric() => {
                let hashes = (index + 1..characters.len()).take_while(|hash| at(*hash) == '#').count();
                index += 1 + hashes;
                if at(index) == '"' {
                    let end = |end: usize| at(end) == '"' && (1..=hashes).all(|hash| at(end + hash) == '#');
                    let close = (index + 1..characters.len()).find(|place| end(*place)).unwrap();
                    found.push((line, characters[index + 1..close].iter().collect()));
                    index = close + hashes + 1;
                }
            }
            ('"', _) => {
                index += 1;
                while at(index) != '"' {
                    index += if at(index) == '\\' { 2 } else { 1 };
                }
                found.push((line, characters[start + 1..index].iter().collect()));
                index += 1;
            }
            ('\'', '\\') => {
                index = (index + 3..characters.len()).find(|place| at(*place) == '\'').unwrap() + 1;
            }
            ('\'', _) if at(index + 2) == '\'' => index += 3,
            _ => index += 1,
        }
        line += characters[start..index].iter().filter(|character| **character == '\n').count();
    }
    found
}

/// The key that a text names, if any.
#[expect(clippy::string_slice, reason = "at places of ASCII characters that a search has found")]
fn key_in(text: &str) -> Option<String> {
    let is_word = |character: Option<char>| character.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let is_separate = |from: usize, to: usize| {
        let first = text[from..].chars().next().filter(|c| c.is_alphanumeric());
        let last = text[..to].chars().next_back().filter(|c| c.is_alphanumeric());
        let (before, after) = (text[..from].chars().next_back(), text[to..].chars().next());
        !(first.is_some() && is_word(before) || last.is_some() && is_word(after))
    };
    let named = NAMES
        .iter()
        .find(|name| text.match_indices(**name).any(|(from, name)| is_separate(from, from + name.len())));
    let function = || {
        text.match_indices('F').find_map(|(from, _)| {
            let digits = text[from + 1..].chars().take_while(char::is_ascii_digit).count();
            let to = from + 1 + digits;
            let number: u8 = text[from + 1..to].parse().ok()?;
            ((1..=24).contains(&number) && is_separate(from, to)).then(|| text[from..to].to_owned())
        })
    };
    let control = || {
        text.match_indices('^').find_map(|(from, _)| {
            let mut after = text[from + 1..].chars();
            let is_key = after.next().is_some_and(|c| c.is_ascii_uppercase()) && !is_word(after.next());
            (is_key && is_separate(from, from + 2)).then(|| text[from..from + 2].to_owned())
        })
    };
    named.map(|name| (*name).to_owned()).or_else(function).or_else(control)
}

fn is_key_file(place: &str) -> bool {
    KEY_FILES.iter().any(|file| place.starts_with(file))
}

/// A text without the exceptions of its file.
fn without_exceptions(place: &str, text: &str) -> String {
    let exceptions = EXCEPTIONS.iter().filter(|(file, _, _)| place.starts_with(file));
    exceptions.fold(text.to_owned(), |text, (_, words, _)| text.replace(words, ""))
}

fn place_of(path: &std::path::Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

#[test]
fn no_text_has_a_hard_coded_key() {
    let of_sources = sources("src").into_iter().flat_map(|(path, source)| {
        let named = |(line, text)| (path.clone(), format!("{line}: {text}"));
        literals(&source).into_iter().map(named).collect::<Vec<_>>()
    });
    let of_assets =
        texts("assets", &["toml", "json", "txt", "sh", "yml"]).into_iter().flat_map(|(path, text)| {
            let lines = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with('#'));
            lines.map(|(index, line)| (path.clone(), format!("{}: {line}", index + 1))).collect::<Vec<_>>()
        });
    let named = of_sources.chain(of_assets).filter_map(|(path, text)| {
        let place = place_of(&path);
        let key = (!is_key_file(&place)).then(|| key_in(&without_exceptions(&place, &text))).flatten()?;
        Some((path, format!("{key} in line {text}")))
    });
    none_in(named.collect::<Vec<_>>(), |found| vec![found.to_owned()]);
}

#[test]
fn each_exception_is_still_needed() {
    for (file, words, reason) in EXCEPTIONS {
        let mut files = sources("src").into_iter().filter(|(path, _)| place_of(path).starts_with(file));
        let is_used = files.any(|(_, source)| literals(&source).iter().any(|(_, text)| text.contains(words)));
        assert!(is_used && !reason.is_empty(), "{file} says “{words}” no longer");
    }
}

#[test]
fn a_hard_coded_key_is_detected() {
    for text in [
        "Press F5.",
        "then F3",
        "Esc closes",
        "(Tab)",
        "Ctrl-K",
        "Shift and the arrows",
        "Shift-F8",
        "Alt-x",
        "^D twice",
        "⇧F1 why",
        "Enter: go",
        "Del removes",
        "Delete for neither",
        "↑ ↓ choose",
        "Space goes on",
        "F12/F10",
    ] {
        assert!(key_in(text).is_some(), "{text}");
    }
    for text in [
        "Press {send}.",
        "Table",
        "Enterprise",
        "Escalate",
        "F5x",
        "0F5",
        "F99",
        "Deleted",
        "alternative",
        "Spaces",
        "2^Nx",
        "A ^ B",
        "{form.enter} sends",
        "↓ 3 more",
        "a → b",
    ] {
        assert_eq!(key_in(text), None, "{text}");
    }
    let source = "// \"F5\"\nlet a = \"x \\\" F6\"; let b = '\"'; let c = r#\"a \"F7\" b\"#;\nlet d = '\\'';\nf(\"F8\");\n";
    let found = literals(source);
    let lines: Vec<usize> = found.iter().map(|(line, _)| *line).collect();
    assert_eq!((lines, found.iter().filter(|(_, text)| key_in(text).is_some()).count()), (vec![2, 2, 4], 3));
}
