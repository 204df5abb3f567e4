//! The layers of the modules, and which module may import which.

use std::path::Path;

use super::{code, none_in, root, sources};

/// Each module and its layer; an import may only go to a lower layer, or along `SAME_LAYER`.
const LAYERS: [(&str, u8); 20] = [
    ("text", 1),
    ("time", 1),
    ("catalog", 1),
    ("document", 2),
    ("check", 3),
    ("wire", 4),
    ("book", 5),
    ("draft", 5),
    ("journal", 5),
    ("export", 5),
    ("import", 5),
    ("simulation", 5),
    ("sandbox", 6),
    ("app", 7),
    ("keymap", 8),
    ("ui", 8),
    ("plain", 8),
    ("world", 9),
    ("runtime", 10),
    ("cli", 11),
];

const SAME_LAYER: [(&str, &str); 2] = [("import", "draft"), ("ui", "keymap")];

/// The APIs that only the module `world` uses.
const WORLD_ONLY: [&str; 7] =
    ["SystemTime", "Instant::now", "std::fs", "std::env", "Timestamp::now", "new_v4", "thread::sleep"];

fn layer(module: &str) -> Option<u8> {
    LAYERS.iter().find(|(name, _)| *name == module).map(|(_, layer)| *layer)
}

/// The top-level module of a source file.
fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules of this crate that a text names after `crate::`, alone or in braces.
fn imports(text: &str) -> Vec<String> {
    let code = code(text).collect::<Vec<_>>().join("\n");
    let first = |path: &str| -> String {
        path.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let mut found = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let Some(group) = rest.strip_prefix('{') else {
            found.push(first(rest));
            continue;
        };
        let mut depth = 1_usize;
        let mut path = String::new();
        for c in group.chars() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => found.push(first(&std::mem::take(&mut path))),
                _ => path.push(c),
            }
            if depth == 0 {
                break;
            }
        }
        found.push(first(&path));
    }
    found.retain(|name| !name.is_empty());
    found
}

/// The imports of a module that do not go to a lower layer.
fn upward(here: &str, text: &str) -> Vec<String> {
    let Some(from) = layer(here) else { return Vec::new() };
    let runs_down = |name: &str| {
        let along = name == here || SAME_LAYER.contains(&(here, name));
        along || layer(name).is_none_or(|to| to < from)
    };
    imports(text)
        .into_iter()
        .filter(|name| !runs_down(name))
        .map(|name| format!("{here} imports {name}"))
        .collect()
}

/// The lines of code with one of these words.
fn lines_with(text: &str, words: &[&str]) -> Vec<String> {
    code(text).filter(|line| words.iter().any(|word| line.contains(word))).map(str::to_owned).collect()
}

fn sources_of(wanted: impl Fn(&str) -> bool) -> Vec<(std::path::PathBuf, String)> {
    sources("src").into_iter().filter(|(path, _)| wanted(&module_of(path))).collect()
}

#[test]
fn imports_only_go_to_lower_layers() {
    let upward: Vec<String> =
        sources("src").iter().flat_map(|(path, text)| upward(&module_of(path), text)).collect();
    assert!(upward.is_empty(), "{upward:#?}");
}

#[test]
fn an_upward_import_is_detected() {
    let text =
        "// crate::cli\nuse crate::{\n    app::{Model, view},\n    ui,\n};\nlet x = crate::world::now();";
    assert_eq!(imports(text), ["app", "ui", "world"]);
    assert_eq!(upward("keymap", text), ["keymap imports ui", "keymap imports world"]);
    assert_eq!(upward("ui", "use crate::keymap::Keymap;"), [""; 0]);
}

#[test]
fn each_module_of_the_crate_has_a_layer() {
    for (path, _) in sources("src") {
        let module = module_of(&path);
        assert!(
            ["lib", "main"].contains(&module.as_str()) || layer(&module).is_some(),
            "{module} has no layer"
        );
    }
    assert_eq!(layer("attic"), None);
}

#[test]
fn the_architecture_text_has_the_same_layers() {
    let text = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let documented: Vec<(String, u8)> = text
        .lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix("//! | ")?.split(" | ");
            let layer = cells.next()?.parse().ok()?;
            Some((cells.next()?.trim_matches(['[', ']', '`']).to_owned(), layer))
        })
        .collect();
    assert_eq!(documented, LAYERS.map(|(name, layer)| (name.to_owned(), layer)));
}

#[test]
fn only_ui_and_runtime_use_ratatui() {
    let others = sources_of(|module| !["ui", "runtime"].contains(&module));
    none_in(others, |text| lines_with(text, &["ratatui"]));
}

#[test]
fn no_layer_below_the_world_uses_a_clock_a_file_or_the_environment() {
    let below = sources_of(|module| layer(module).is_some_and(|f| f < 9));
    none_in(below, |text| lines_with(text, &WORLD_ONLY));
}

#[test]
fn a_forbidden_word_is_detected() {
    let text = "// ratatui draws\nuse ratatui::Frame;\nlet now = std::time::SystemTime::now();\n";
    assert_eq!(lines_with(text, &["ratatui"]), ["use ratatui::Frame;"]);
    assert_eq!(lines_with(text, &WORLD_ONLY).len(), 1);
}
