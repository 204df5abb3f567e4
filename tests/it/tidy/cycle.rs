//! Import cycles between source files.

use std::collections::{BTreeMap, BTreeSet};

use super::{code, root, sources};

/// Allowed cycles of more than two files: the folder of all its files, the maximum sizes, and the
/// reason. At most three entries, each with a reason that outweighs the cycle.
const CYCLES: [(&str, &[usize], &str); 0] = [];

/// A path as its words: `crate::check::rule` is `["crate", "check", "rule"]`.
type Words = Vec<String>;

/// The modules of a crate, each with the text of its file.
struct Crate(BTreeMap<Words, Module>);

/// The imports and paths of a file.
struct Module {
    /// The imported names, each with its path.
    imports: BTreeMap<String, Words>,
    /// The re-exported names.
    exports: BTreeSet<String>,
    /// All paths in its code, including those of its imports.
    paths: BTreeSet<Words>,
}

fn words(path: &str) -> Words {
    path.split("::").map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}

/// The code of a file without comments and string literals.
fn code_only(text: &str) -> String {
    let mut code_only = String::new();
    for line in code(text) {
        let mut rest = line.split(" // ").next().unwrap_or_default();
        while let Some((before, after)) = rest.split_once('"') {
            code_only.push_str(before);
            let is_end = |at: usize| !after.get(..at).unwrap_or_default().ends_with('\\');
            let end = after.match_indices('"').find(|(at, _)| is_end(*at));
            rest = end.and_then(|(at, _)| after.get(at + 1..)).unwrap_or_default();
        }
        code_only.push_str(rest);
        code_only.push('\n');
    }
    code_only
}

/// The names of a `use` tree, each with its path, at any depth of braces.
fn imported(tree: &str, before: &[String]) -> Vec<(String, Words)> {
    let tree = tree.trim();
    if let Some((start, inner)) = tree.split_once('{') {
        let path = [before, &words(start)].concat();
        let inner = inner.trim_end().trim_end_matches('}');
        return list_items(inner).iter().flat_map(|item| imported(item, &path)).collect();
    }
    let (path, alias) = tree.split_once(" as ").map_or((tree, None), |(path, alias)| (path, Some(alias)));
    let mut path = [before, &words(path)].concat();
    if path.last().is_some_and(|last| last == "self") {
        path.pop();
    }
    let name = alias.map(str::trim).or(path.last().map(String::as_str)).unwrap_or_default().to_owned();
    if name.is_empty() { Vec::new() } else { vec![(name, path)] }
}

/// The parts of a list between its top-level commas.
fn list_items(list: &str) -> Vec<String> {
    let (mut list_items, mut depth) = (vec![String::new()], 0_i32);
    for c in list.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if c == ',' && depth == 0 {
            list_items.push(String::new());
        } else {
            list_items.last_mut().unwrap().push(c);
        }
    }
    list_items.retain(|item| !item.trim().is_empty());
    list_items
}

impl Module {
    fn of(text: &str) -> Self {
        let (mut imports, mut exports, mut rest) = (BTreeMap::new(), BTreeSet::new(), String::new());
        let statements = code_only(text).replace(';', ";\n");
        let mut lines = statements.lines();
        while let Some(line) = lines.next() {
            let start = line.trim_start();
            let is_reexport = start.starts_with("pub") && start.contains(" use ");
            if !start.starts_with("use ") && !is_reexport {
                rest.push_str(line);
                rest.push('\n');
                continue;
            }
            let mut statement = start.to_owned();
            while !statement.trim_end().ends_with(';') {
                let Some(next) = lines.next() else { break };
                statement.push_str(next);
            }
            let (_, tree) = statement.split_once("use ").unwrap();
            for (name, path) in imported(tree.trim_end().trim_end_matches(';'), &[]) {
                if is_reexport {
                    exports.insert(name.clone());
                }
                imports.insert(name, path);
            }
        }
        let is_of_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        let paths = rest.split(|c| !is_of_path(c)).filter(|word| word.contains("::")).map(words).collect();
        Self { imports, exports, paths }
    }
}

impl Crate {
    fn of(files: impl IntoIterator<Item = (Words, String)>) -> Self {
        Self(files.into_iter().map(|(module, text)| (module, Module::of(&text))).collect())
    }

    /// The file that defines a path of a module; `None` for a path outside the crate, or a module
    /// as a whole.
    fn find(&self, here: &[String], path: &[String], depth: usize) -> Option<Words> {
        let (first, rest) = path.split_first()?;
        let known = self.0.get(here)?;
        if depth == 0 {
            return None;
        }
        let start = match first.as_str() {
            "crate" => Vec::new(),
            "self" => here.to_vec(),
            "super" => here.split_last()?.1.to_vec(),
            name => {
                let child = [here, &[name.to_owned()]].concat();
                if self.0.contains_key(&child) {
                    child
                } else {
                    let target = known.imports.get(name).filter(|target| *target != path)?;
                    return self.find(here, &[target, rest].concat(), depth - 1);
                }
            }
        };
        self.inside(start, rest, depth)
    }

    /// The file that defines a path inside a module.
    fn inside(&self, mut module: Words, mut path: &[String], depth: usize) -> Option<Words> {
        while let Some((first, rest)) = path.split_first() {
            let next = if first == "super" {
                module.split_last()?.1.to_vec()
            } else {
                [&module[..], std::slice::from_ref(first)].concat()
            };
            if !self.0.contains_key(&next) {
                let target = self.0.get(&module)?.imports.get(first);
                return match target {
                    Some(target) => self.find(&module, &[target, rest].concat(), depth - 1),
                    None => Some(module),
                };
            }
            (module, path) = (next, rest);
        }
        None
    }

    /// The files that each file imports from. A file and the folder of its name are one module, so
    /// an import from the parent file is not an edge.
    fn edges(&self) -> BTreeMap<&Words, BTreeSet<Words>> {
        let of_file = |(here, module): (&Words, &Module)| {
            let imported = module.imports.iter().filter(|(name, _)| !module.exports.contains(*name));
            let all = imported.map(|(_, path)| path).chain(&module.paths);
            all.filter_map(|path| self.find(here, path, 8)).filter(|there| !here.starts_with(there)).collect()
        };
        self.0.iter().map(|(here, module)| (here, of_file((here, module)))).collect()
    }

    /// The cycles of more than two files, the largest first.
    fn cycles(&self) -> Vec<BTreeSet<Words>> {
        let edges = self.edges();
        let reached = |from: &Words| {
            let (mut seen, mut open) = (BTreeSet::new(), vec![from.clone()]);
            while let Some(next) = open.pop() {
                for there in edges.get(&next).into_iter().flatten() {
                    if seen.insert(there.clone()) {
                        open.push(there.clone());
                    }
                }
            }
            seen
        };
        let reach: BTreeMap<&Words, BTreeSet<Words>> =
            self.0.keys().map(|file| (file, reached(file))).collect();
        let cycle = |file: &Words| -> BTreeSet<Words> {
            let back = |there: &&Words| reach.get(*there).is_some_and(|reached| reached.contains(file));
            reach.get(file).into_iter().flatten().filter(back).cloned().collect()
        };
        let all: BTreeSet<_> = self.0.keys().map(cycle).filter(|cycle| cycle.len() > 2).collect();
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_by_key(|cycle| std::cmp::Reverse(cycle.len()));
        all
    }
}

/// The folder of all files of a cycle; a file with a folder of its name counts as part of this
/// folder.
fn folder(cycle: &BTreeSet<Words>) -> String {
    let first = cycle.first().unwrap();
    let common = |length: &usize| cycle.iter().all(|file| file.get(..*length) == first.get(..*length));
    let length = (1..=first.len()).take_while(common).last().unwrap_or_default();
    first.get(..length).unwrap_or_default().join("/")
}

/// The module of a source file; `None` for the file of the program, which is not part of the
/// library.
fn module_of(file: &std::path::Path) -> Option<Words> {
    let inside = file.strip_prefix(root().join("src")).unwrap().with_extension("");
    let words: Words = inside.iter().map(|word| word.to_str().unwrap().to_owned()).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["main"] => None,
        ["lib"] => Some(Vec::new()),
        _ => Some(words),
    }
}

fn whole_crate() -> Crate {
    Crate::of(sources("src").into_iter().filter_map(|(path, text)| Some((module_of(&path)?, text))))
}

#[test]
fn no_import_cycle_has_more_than_two_files() {
    let mut found: BTreeMap<String, Vec<BTreeSet<Words>>> = BTreeMap::new();
    for cycle in whole_crate().cycles() {
        found.entry(folder(&cycle)).or_default().push(cycle);
    }
    let mut faults = Vec::new();
    for (folder, cycles) in &found {
        let allowed =
            CYCLES.iter().find(|(name, _, _)| name == folder).map_or(&[][..], |(_, sizes, _)| sizes);
        let is_allowed =
            cycles.len() <= allowed.len() && cycles.iter().zip(allowed).all(|(one, most)| one.len() <= *most);
        if !is_allowed {
            let described = cycles.iter().map(|cycle| {
                let files: Vec<_> = cycle.iter().map(|file| file.join("/")).collect();
                format!("{}: {}", files.len(), files.join(", "))
            });
            faults.push(format!(
                "cycles in {folder}, at most {allowed:?}\n  {}",
                described.collect::<Vec<_>>().join("\n  ")
            ));
        }
    }
    let gone = CYCLES.iter().filter(|(folder, _, _)| !found.contains_key(*folder));
    faults.extend(gone.map(|(folder, _, _)| format!("no cycle is left in {folder}: remove its entry")));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The dispatchers of `app/update`, which pass an event to an area. Areas and modules below them
/// never call a dispatcher: they request a follow-up.
const DISPATCHERS: [&str; 9] =
    ["action", "answer", "mouse", "overlay", "press", "reply", "secret", "tour", "typing"];

/// The edges from below to a dispatcher.
fn upward_calls(all: &Crate) -> Vec<String> {
    let part = |file: &[String]| match file {
        [app, update, part, ..] if app == "app" && update == "update" => Some(part.clone()),
        _ => None,
    };
    let is_dispatcher = |file: &[String]| part(file).is_some_and(|part| DISPATCHERS.contains(&part.as_str()));
    let edges = all.edges();
    let below = edges.iter().filter(|(here, _)| part(here).is_some() && !is_dispatcher(here));
    below
        .flat_map(|(here, there)| there.iter().map(move |there| (here, there)))
        .filter(|(_, there)| is_dispatcher(there))
        .map(|(here, there)| format!("{} calls {}", here.join("/"), there.join("/")))
        .collect()
}

#[test]
fn no_area_of_update_calls_a_dispatcher() {
    let files: BTreeSet<_> = whole_crate().0.keys().filter_map(|file| file.get(2).cloned()).collect();
    let gone: Vec<_> = DISPATCHERS.iter().filter(|name| !files.contains(**name)).collect();
    assert!(gone.is_empty(), "no such files: {gone:?}");
    let calls = upward_calls(&whole_crate());
    assert!(calls.is_empty(), "{}", calls.join("\n"));
    let file = |name: &str, text: &str| (words(name), text.to_owned());
    let bad = Crate::of([
        file("", "pub mod app;"),
        file("app", "pub mod update;"),
        file("app::update", "mod form;\nmod action;"),
        file("app::update::form", "use crate::app::update::action;\nfn f() { action::act(); }"),
        file("app::update::action", "use crate::app::update::form;\nfn act() { form::f(); }"),
    ]);
    assert_eq!(upward_calls(&bad), ["app/update/form calls app/update/action"]);
}

fn sample(files: &[(&str, &str)]) -> Crate {
    let all = files.iter().map(|(module, text)| (words(module), (*text).to_owned()));
    Crate::of(all.chain([(Vec::new(), "pub mod a;\npub mod b;\npub mod c;\n".to_owned())]))
}

#[test]
fn a_cycle_is_detected_in_each_import_syntax() {
    let c = ("c", "pub struct C;\npub fn c() { crate::a::a(); }\n");
    for b in
        ["use crate::c::C;", "use crate::{c::{self, C}};\nfn b() -> C { c::c() }", "fn b() { super::c::c() }"]
    {
        for a in [
            "use crate::b::B;",
            "use super::b;\nfn a() { b::b(); }",
            "use crate::b as other;\nfn a() { other::b(); }",
        ] {
            let cycles = sample(&[("a", a), ("b", b), c]).cycles();
            assert_eq!(cycles.iter().map(BTreeSet::len).collect::<Vec<_>>(), [3], "{a} / {b}");
        }
    }
    let inner = ("a::inner", "use super::super::b::B;\npub struct Inner;\n");
    let reexported =
        sample(&[("a", "mod inner;\npub use inner::Inner;"), inner, ("b", "use crate::a::Inner;"), c]);
    assert!(reexported.cycles().is_empty(), "a re-export is not an import, and two files are not a cycle");
    let through = sample(&[
        ("a", "mod inner;\npub use inner::Inner;"),
        inner,
        ("b", "use crate::c::C;"),
        ("c", "use crate::a::Inner;"),
    ]);
    let found = through.cycles();
    assert_eq!(found.len(), 1);
    assert_eq!(folder(&found[0]), "");
    assert!(found[0].contains(&words("a::inner")) && !found[0].contains(&words("a")), "{found:?}");
}

#[test]
fn a_path_in_a_comment_or_a_string_is_not_an_import() {
    let a = "// crate::b::B\n/// [`crate::b::B`]\nfn a() { print(\"crate::b::B \\\" crate::b::b()\"); }\n";
    let cycles = sample(&[("a", a), ("b", "use crate::c::C;"), ("c", "use crate::a::A;")]).cycles();
    assert!(cycles.is_empty(), "{cycles:?}");
}
