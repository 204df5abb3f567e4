//! A rule is a constant and a function of one name, in one file of `check`.

use sei_compose::check::rules;

use super::{code, sources};

/// The functions of a file, each with its text; they start and end in the first column.
fn functions(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut is_inside = false;
    for line in code(text) {
        let is_outermost = !line.starts_with(' ');
        let declared =
            line.split_once("fn ").filter(|(before, _)| before.is_empty() || before.starts_with("pub"));
        if let Some((_, after)) = declared.filter(|_| is_outermost) {
            let name = after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            found.push((name, String::new()));
            is_inside = true;
        }
        if let Some((_, body)) = found.last_mut().filter(|_| is_inside) {
            body.push_str(line);
            body.push('\n');
        }
        is_inside &= !(is_outermost && line.ends_with('}'));
    }
    found
}

/// Whether a text contains a word as a whole word.
fn names(text: &str, word: &str) -> bool {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|other| other == word)
}

/// The fault in the place of a rule among the files of its families.
fn fault(code: &str, files: &[String]) -> Option<String> {
    let function = code.replace('-', "_");
    let constant = function.to_uppercase();
    let defines = |text: &&String| text.contains(&format!("const {constant}: Rule"));
    let [home] = files.iter().filter(defines).collect::<Vec<_>>()[..] else {
        return Some(format!("{constant} is defined in no file, or in several"));
    };
    if !functions(home).iter().any(|(name, _)| *name == function) {
        return Some(format!("{code} has no function {function} next to {constant}"));
    }
    let is_of_rule = |name: &str| name == function || name.starts_with(&format!("{function}_"));
    let others = files.iter().flat_map(|text| functions(text));
    let mut others = others.filter(|(name, body)| names(body, &constant) && !is_of_rule(name));
    others.next().map(|(name, _)| format!("{name} reports {code}, which is the business of {function}"))
}

#[test]
fn each_rule_is_reported_by_the_function_of_its_name_only() {
    let files: Vec<String> = sources("src/check/family").into_iter().map(|(_, text)| text).collect();
    let faults: Vec<_> = rules().iter().filter_map(|rule| fault(rule.code, &files)).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_rule_of_another_name_is_detected() {
    let rule = "pub(in crate::check) const TOO_LARGE: Rule = Rule {\n};\n";
    let of = |more: &str| fault("too-large", &[format!("{rule}{more}")]);
    assert_eq!(of("pub(in crate::check) fn too_large(\n    a: u8,\n) {\n    add(&TOO_LARGE);\n}\n"), None);
    assert_eq!(
        of("fn too_large() {\n    add(&TOO_LARGE);\n}\n\nfn too_large_inside() {\n    add(&TOO_LARGE);\n}\n"),
        None
    );
    assert!(of("fn member() {\n    add(&TOO_LARGE);\n}\n").unwrap().contains("no function too_large"));
    assert!(
        of("fn too_large() {}\n\nfn member() {\n    add(&TOO_LARGE);\n}\n")
            .unwrap()
            .contains("member reports")
    );
    assert!(fault("too-deep", &[rule.to_owned()]).unwrap().contains("TOO_DEEP is defined in no file"));
}
