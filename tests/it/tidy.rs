//! The rules of the repository, kept by reading the sources.

use std::path::{Path, PathBuf};

/// Each module and the floor it stands on; an import may only go to a lower floor, or along `SAME_FLOOR`.
const FLOORS: [(&str, u8); 15] = [
    ("text", 1),
    ("time", 1),
    ("catalogue", 1),
    ("document", 2),
    ("check", 3),
    ("wire", 4),
    ("draft", 5),
    ("import", 5),
    ("sandbox", 6),
    ("app", 7),
    ("keymap", 8),
    ("ui", 8),
    ("world", 9),
    ("runtime", 10),
    ("cli", 11),
];

const SAME_FLOOR: [(&str, &str); 2] = [("import", "draft"), ("ui", "keymap")];

fn sources(under: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(under)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

fn floor(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor)
}

/// The top-level module a source file belongs to.
fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules of this crate that a text names as `crate::module`.
fn imports(text: &str) -> Vec<String> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split("crate::").skip(1).map(str::to_owned).collect::<Vec<_>>())
        .flat_map(|rest| {
            let grouped = rest.strip_prefix('{').map(|group| group.split('}').next().unwrap().to_owned());
            let names = grouped.unwrap_or_else(|| rest.clone());
            let many = rest.starts_with('{');
            names
                .split(',')
                .take(if many { usize::MAX } else { 1 })
                .map(|name| {
                    name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn imports_run_downwards_only() {
    let mut upward = Vec::new();
    for (path, text) in sources("src") {
        let here = module_of(&path);
        let Some(from) = floor(&here) else { continue };
        for name in imports(&text) {
            let Some(to) = floor(&name) else { continue };
            let allowed = name == here || to < from || SAME_FLOOR.contains(&(here.as_str(), name.as_str()));
            if !allowed {
                upward.push(format!("{} (floor {from}) imports {name} (floor {to})", path.display()));
            }
        }
    }
    assert!(upward.is_empty(), "imports that run upwards:\n{}", upward.join("\n"));
}

#[test]
fn an_upward_import_would_be_seen() {
    assert_eq!(imports("use crate::{app::Model, ui};\nlet x = crate::world::now();"), ["app", "ui", "world"]);
}

#[test]
fn each_module_of_the_crate_has_a_floor() {
    for (path, _) in sources("src") {
        let module = module_of(&path);
        assert!(
            ["lib", "main"].contains(&module.as_str()) || floor(&module).is_some(),
            "{module} stands on no floor"
        );
    }
}

#[test]
fn no_source_file_passes_400_lines() {
    let long: Vec<String> = sources("src")
        .into_iter()
        .filter(|(_, text)| text.lines().count() > 400)
        .map(|(path, text)| format!("{}: {}", path.display(), text.lines().count()))
        .collect();
    assert!(long.is_empty(), "files that want another room:\n{}", long.join("\n"));
}

#[test]
fn only_the_screen_and_the_runtime_know_ratatui() {
    for (path, text) in sources("src") {
        let module = module_of(&path);
        if ["ui", "runtime"].contains(&module.as_str()) {
            continue;
        }
        let knows = text.lines().any(|l| !l.trim_start().starts_with("//") && l.contains("ratatui"));
        assert!(!knows, "{} knows ratatui", path.display());
    }
}

#[test]
fn nothing_below_the_world_touches_a_clock_a_file_or_the_environment() {
    let forbidden =
        ["SystemTime", "Instant::now", "std::fs", "std::env", "Timestamp::now", "new_v4", "thread::sleep"];
    for (path, text) in sources("src") {
        if floor(&module_of(&path)).is_none_or(|f| f >= 9) {
            continue;
        }
        for line in text.lines().filter(|l| !l.trim_start().starts_with("//")) {
            for word in forbidden {
                assert!(!line.contains(word), "{} touches {word}: {line}", path.display());
            }
        }
    }
}
