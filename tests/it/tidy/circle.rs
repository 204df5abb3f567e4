//! Which files of the sources import each other in a circle.

use std::collections::{BTreeMap, BTreeSet};

use super::{code, root, sources};

/// Circles of more than two files that are allowed: the folder that holds all of the circle, how large its circles may
/// be, and the reason. Never more than three entries, and none without a reason that outweighs the circle.
const CIRCLES: [(&str, &[usize], &str); 0] = [];

/// A path as its words: `crate::check::rule` is `["crate", "check", "rule"]`.
type Words = Vec<String>;

/// The modules of a crate, each with the text of its file.
struct Crate(BTreeMap<Words, Module>);

/// What a file has of interest here.
struct Module {
    /// The names that it imports, each with the path that it stands for.
    imports: BTreeMap<String, Words>,
    /// The names that it only hands on.
    exports: BTreeSet<String>,
    /// All paths in its code, those of its imports among them.
    paths: BTreeSet<Words>,
}

fn words(path: &str) -> Words {
    path.split("::").map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}

/// The code of a file without comments and texts.
fn bare(text: &str) -> String {
    let mut bare = String::new();
    for line in code(text) {
        let mut rest = line.split(" // ").next().unwrap_or_default();
        while let Some((before, after)) = rest.split_once('"') {
            bare.push_str(before);
            let is_end = |at: usize| !after.get(..at).unwrap_or_default().ends_with('\\');
            let end = after.match_indices('"').find(|(at, _)| is_end(*at));
            rest = end.and_then(|(at, _)| after.get(at + 1..)).unwrap_or_default();
        }
        bare.push_str(rest);
        bare.push('\n');
    }
    bare
}

/// What a `use` brings: each name with its path, however deep the braces are.
fn brought(tree: &str, before: &[String]) -> Vec<(String, Words)> {
    let tree = tree.trim();
    if let Some((start, inner)) = tree.split_once('{') {
        let path = [before, &words(start)].concat();
        let inner = inner.trim_end().trim_end_matches('}');
        return pieces(inner).iter().flat_map(|piece| brought(piece, &path)).collect();
    }
    let (path, alias) = tree.split_once(" as ").map_or((tree, None), |(path, alias)| (path, Some(alias)));
    let mut path = [before, &words(path)].concat();
    if path.last().is_some_and(|last| last == "self") {
        path.pop();
    }
    let name = alias.map(str::trim).or(path.last().map(String::as_str)).unwrap_or_default().to_owned();
    if name.is_empty() { Vec::new() } else { vec![(name, path)] }
}

/// The parts of a list between its own commas.
fn pieces(list: &str) -> Vec<String> {
    let (mut pieces, mut depth) = (vec![String::new()], 0_i32);
    for c in list.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if c == ',' && depth == 0 {
            pieces.push(String::new());
        } else {
            pieces.last_mut().unwrap().push(c);
        }
    }
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

impl Module {
    fn of(text: &str) -> Self {
        let (mut imports, mut exports, mut rest) = (BTreeMap::new(), BTreeSet::new(), String::new());
        let statements = bare(text).replace(';', ";\n");
        let mut lines = statements.lines();
        while let Some(line) = lines.next() {
            let start = line.trim_start();
            let is_handed_on = start.starts_with("pub") && start.contains(" use ");
            if !start.starts_with("use ") && !is_handed_on {
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
            for (name, path) in brought(tree.trim_end().trim_end_matches(';'), &[]) {
                if is_handed_on {
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

    /// The file that defines what a path of a module means; `None` for what is of no file, or a module as a whole.
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

    /// The file that defines what a path means inside a module.
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

    /// The files that each file takes something from. A file and the folder of its name are one module, so that what a
    /// part takes from the file above it is no arrow.
    fn arrows(&self) -> BTreeMap<&Words, BTreeSet<Words>> {
        let of_file = |(here, module): (&Words, &Module)| {
            let imported = module.imports.iter().filter(|(name, _)| !module.exports.contains(*name));
            let all = imported.map(|(_, path)| path).chain(&module.paths);
            all.filter_map(|path| self.find(here, path, 8)).filter(|there| !here.starts_with(there)).collect()
        };
        self.0.iter().map(|(here, module)| (here, of_file((here, module)))).collect()
    }

    /// The circles of more than two files, the largest first.
    fn circles(&self) -> Vec<BTreeSet<Words>> {
        let arrows = self.arrows();
        let reached = |from: &Words| {
            let (mut seen, mut open) = (BTreeSet::new(), vec![from.clone()]);
            while let Some(next) = open.pop() {
                for there in arrows.get(&next).into_iter().flatten() {
                    if seen.insert(there.clone()) {
                        open.push(there.clone());
                    }
                }
            }
            seen
        };
        let reach: BTreeMap<&Words, BTreeSet<Words>> =
            self.0.keys().map(|file| (file, reached(file))).collect();
        let circle = |file: &Words| -> BTreeSet<Words> {
            let back = |there: &&Words| reach.get(*there).is_some_and(|reached| reached.contains(file));
            reach.get(file).into_iter().flatten().filter(back).cloned().collect()
        };
        let all: BTreeSet<_> = self.0.keys().map(circle).filter(|circle| circle.len() > 2).collect();
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
        all
    }
}

/// The folder that holds all files of a circle; a file with a folder of its name counts as in it.
fn folder(circle: &BTreeSet<Words>) -> String {
    let first = circle.first().unwrap();
    let common = |length: &usize| circle.iter().all(|file| file.get(..*length) == first.get(..*length));
    let length = (1..=first.len()).take_while(common).last().unwrap_or_default();
    first.get(..length).unwrap_or_default().join("/")
}

/// The module that a source file is; the program's own file is none of the library's.
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
fn no_more_than_two_files_import_each_other_in_a_circle() {
    let mut found: BTreeMap<String, Vec<BTreeSet<Words>>> = BTreeMap::new();
    for circle in whole_crate().circles() {
        found.entry(folder(&circle)).or_default().push(circle);
    }
    let mut faults = Vec::new();
    for (folder, circles) in &found {
        let allowed =
            CIRCLES.iter().find(|(name, _, _)| name == folder).map_or(&[][..], |(_, sizes, _)| sizes);
        let is_kept = circles.len() <= allowed.len()
            && circles.iter().zip(allowed).all(|(one, most)| one.len() <= *most);
        if !is_kept {
            let told = circles.iter().map(|circle| {
                let files: Vec<_> = circle.iter().map(|file| file.join("/")).collect();
                format!("{}: {}", files.len(), files.join(", "))
            });
            faults.push(format!(
                "circles in {folder}, at most {allowed:?}\n  {}",
                told.collect::<Vec<_>>().join("\n  ")
            ));
        }
    }
    let gone = CIRCLES.iter().filter(|(folder, _, _)| !found.contains_key(*folder));
    faults.extend(gone.map(|(folder, _, _)| format!("no circle is left in {folder}: remove its entry")));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The files of `app/update` that hand what happened to an area. Areas and what is below them call none of these: they
/// ask for a follow-up.
const DISPATCHERS: [&str; 9] =
    ["action", "answer", "mouse", "overlay", "press", "reply", "secret", "tour", "typing"];

/// The arrows from below to a dispatcher.
fn calls_up(all: &Crate) -> Vec<String> {
    let part = |file: &[String]| match file {
        [app, update, part, ..] if app == "app" && update == "update" => Some(part.clone()),
        _ => None,
    };
    let is_dispatcher = |file: &[String]| part(file).is_some_and(|part| DISPATCHERS.contains(&part.as_str()));
    let arrows = all.arrows();
    let below = arrows.iter().filter(|(here, _)| part(here).is_some() && !is_dispatcher(here));
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
    let calls = calls_up(&whole_crate());
    assert!(calls.is_empty(), "{}", calls.join("\n"));
    let file = |name: &str, text: &str| (words(name), text.to_owned());
    let bad = Crate::of([
        file("", "pub mod app;"),
        file("app", "pub mod update;"),
        file("app::update", "mod form;\nmod action;"),
        file("app::update::form", "use crate::app::update::action;\nfn f() { action::act(); }"),
        file("app::update::action", "use crate::app::update::form;\nfn act() { form::f(); }"),
    ]);
    assert_eq!(calls_up(&bad), ["app/update/form calls app/update/action"]);
}

fn sample(files: &[(&str, &str)]) -> Crate {
    let all = files.iter().map(|(module, text)| (words(module), (*text).to_owned()));
    Crate::of(all.chain([(Vec::new(), "pub mod a;\npub mod b;\npub mod c;\n".to_owned())]))
}

#[test]
fn a_circle_would_be_seen_however_it_is_written() {
    let c = ("c", "pub struct C;\npub fn c() { crate::a::a(); }\n");
    for b in
        ["use crate::c::C;", "use crate::{c::{self, C}};\nfn b() -> C { c::c() }", "fn b() { super::c::c() }"]
    {
        for a in [
            "use crate::b::B;",
            "use super::b;\nfn a() { b::b(); }",
            "use crate::b as other;\nfn a() { other::b(); }",
        ] {
            let circles = sample(&[("a", a), ("b", b), c]).circles();
            assert_eq!(circles.iter().map(BTreeSet::len).collect::<Vec<_>>(), [3], "{a} / {b}");
        }
    }
    let inner = ("a::inner", "use super::super::b::B;\npub struct Inner;\n");
    let handed_on =
        sample(&[("a", "mod inner;\npub use inner::Inner;"), inner, ("b", "use crate::a::Inner;"), c]);
    assert!(handed_on.circles().is_empty(), "who hands a name on takes no part, and two are no circle");
    let through = sample(&[
        ("a", "mod inner;\npub use inner::Inner;"),
        inner,
        ("b", "use crate::c::C;"),
        ("c", "use crate::a::Inner;"),
    ]);
    let found = through.circles();
    assert_eq!(found.len(), 1);
    assert_eq!(folder(&found[0]), "");
    assert!(found[0].contains(&words("a::inner")) && !found[0].contains(&words("a")), "{found:?}");
}

#[test]
fn a_word_in_a_comment_or_a_text_is_no_import() {
    let a = "// crate::b::B\n/// [`crate::b::B`]\nfn a() { print(\"crate::b::B \\\" crate::b::b()\"); }\n";
    let circles = sample(&[("a", a), ("b", "use crate::c::C;"), ("c", "use crate::a::A;")]).circles();
    assert!(circles.is_empty(), "{circles:?}");
}
