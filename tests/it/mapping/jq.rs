//! The expressions of the built-in mappings give the same values with the real jq.

use std::io::Write as _;
use std::process::{Command, Stdio};

use sei_compose::document::{Value, read, write_compact};
use sei_compose::import::mapping::{EACH, MappedItem, MappedOutput, Mapping, MappingSet, MappingTable};

/// Our functions, written in jq for the values of the samples.
const PRELUDE: &str = include_str!("prelude.jq");

/// Runs jq on an input; `None` where it is not installed.
fn jq(program: &str, input: &str) -> Option<String> {
    let mut child = Command::new("jq")
        .args(["--compact-output", program])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

/// The expressions of a table apart from the one for its items, in order.
fn expressions(mapping: &Mapping, table: MappingTable) -> String {
    let entries = mapping.definition.entries.iter();
    let own = entries.filter(|entry| entry.table == table && entry.key != EACH);
    let each: Vec<_> = own.map(|entry| format!("[({}\n)]", entry.expression)).collect();
    format!("[{}]", each.join(", "))
}

/// The values of jq for all expressions: the fields, then the items of each table.
fn program(mapping: &Mapping) -> String {
    let each = |table: MappingTable| mapping.definition.expression(table, EACH);
    let mut parts = vec![expressions(mapping, MappingTable::Fields)];
    for table in
        MappingTable::RECORDS.into_iter().filter(|table| table.has_items() && *table != MappingTable::Step)
    {
        let Some(items) = each(table) else { continue };
        let steps = each(MappingTable::Step).filter(|_| table == MappingTable::Stage).map_or_else(
            || "[]".to_owned(),
            |steps| format!("[({steps}\n) | {}]", expressions(mapping, MappingTable::Step)),
        );
        parts.push(format!("[({items}\n) | . as $stage | [{}, {steps}]]", expressions(mapping, table)));
    }
    format!("{PRELUDE}\n. as $run | null as $stage | [{}]", parts.join(", "))
}

fn outputs(fields: &[MappedOutput]) -> Value {
    let list = |output: &MappedOutput| match &output.outputs {
        Ok(values) => Value::Array(values.clone()),
        Err(why) => Value::Text(why.clone()),
    };
    Value::Array(fields.iter().map(list).collect())
}

fn item(item: &MappedItem) -> Value {
    let steps = item.steps.iter().flatten().flatten().map(|step| outputs(&step.fields));
    Value::Array(vec![outputs(&item.fields), Value::Array(steps.collect())])
}

/// Our values in the same shape.
fn ours(mapping: &Mapping, run: &Value) -> String {
    let values = mapping.values(run).unwrap();
    let mut parts = vec![outputs(&values.fields)];
    for (_, items) in &values.tables {
        parts.push(Value::Array(items.iter().flatten().map(item).collect()));
    }
    write_compact(&Value::Array(parts))
}

#[test]
fn each_expression_gives_the_same_values_with_the_real_jq() {
    if Command::new("jq").arg("--version").output().is_err() {
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: jq is not installed");
        }
        return;
    }
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/mapping/sample");
    for mapping in MappingSet::builtin().all() {
        let program = program(mapping);
        let text = std::fs::read_to_string(folder.join(format!("{}.json", mapping.id))).unwrap();
        let more = std::fs::read_to_string(folder.join(format!("{}.more.json", mapping.id))).unwrap();
        let more = read(&more).unwrap();
        for document in [read(&text).unwrap()].iter().chain(more.as_array().unwrap()) {
            for run in mapping.runs(document).unwrap() {
                let theirs = jq(&program, &write_compact(&run)).unwrap();
                // Both print the same JSON, apart from the spelling of numbers.
                let theirs = read(theirs.trim()).unwrap();
                assert_eq!(ours(mapping, &run), write_compact(&theirs), "{}", mapping.id);
            }
        }
    }
}
