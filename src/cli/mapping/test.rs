//! `mappings test`: reads a run with a mapping, field by field.

use std::path::Path;

use crate::catalog::FieldRole;
use crate::check::{CheckSession, Context, Problem, Severity, Silenced};
use crate::cli::console::Console;
use crate::cli::import::mapped;
use crate::cli::load::say_fault;
use crate::cli::source::InputSource;
use crate::cli::table::{row, table};
use crate::cli::{Exit, redaction};
use crate::document::{Value, write_compact};
use crate::import::mapping::{
    DETECT, EACH, MappedItem, MappedOutput, MappedRun, MappedValues, Mapping, MappingFault, MappingTable,
};
use crate::import::{self, ImportError};
use crate::text;
use crate::world::World;

/// The widest expression and value, in columns.
const WIDEST: usize = 44;

pub(super) fn test(
    named: &str,
    file: &Path,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let mapping = mapped::find(world, named)?;
    let source = InputSource::read(world, file)?;
    let refuse = |source: InputSource, fault: &ImportError| {
        say_fault(&source.shown_with(fault), fault);
        Ok(Exit::Faulty)
    };
    let listed = import::json(&source.text).and_then(|document| {
        let list = mapping.list(&document)?;
        Ok((document, list.newest))
    });
    let (document, newest) = match listed {
        Ok(found) => found,
        Err(fault) => return refuse(source, &fault),
    };
    let runs = mapping.runs(&document).unwrap_or_default();
    let Some(run) = runs.get(newest) else {
        return refuse(source, &ImportError::NoMappedRun(mapping.label().to_owned()));
    };
    let (values, read) = match (mapping.values(run), mapping.map(run)) {
        (Ok(values), Ok(read)) => (values, read),
        (Err(faults), _) | (_, Err(faults)) => anyhow::bail!("{}", mapped::listing(named, &faults)),
    };
    let mut rows = vec![row(["FIELD", "EXPRESSION", "VALUE", "PROBLEM"])];
    rows.extend(detected(&mapping, run));
    rows.extend(Rows { mapping: &mapping, faults: &read.faults }.all(&values));
    console.print(table(&rows))?;
    if runs.len() > 1 {
        Console::say(format!("note: The file has {} runs; this is the newest.", runs.len()));
    }
    let problems = problems(&read, world);
    for problem in &problems {
        let place = problem.at.to_string();
        Console::say(format!(
            "{}[{}]: {} ({})",
            problem.severity.word(),
            problem.code,
            text::visible(&problem.message),
            text::visible(&place)
        ));
    }
    let has_errors = problems.iter().any(|problem| problem.severity == Severity::Error);
    let faults = read.faults.len();
    Console::say(match (faults, has_errors) {
        (0, false) => "The mapping reads this run.".to_owned(),
        (0, true) => "All expressions work, but the payload has errors.".to_owned(),
        (1, _) => "1 expression failed, see its problem in the table.".to_owned(),
        (count, _) => format!("{count} expressions failed, see their problems in the table."),
    });
    Ok(if faults == 0 && !has_errors { Exit::Done } else { Exit::Faulty })
}

/// The problems of the payload, without those of the instance, which no mapping gives.
fn problems(read: &MappedRun, world: &dyn World) -> Vec<Problem> {
    const INSTANCE: [FieldRole; 3] =
        [FieldRole::InstanceGuid, FieldRole::InstanceName, FieldRole::InstanceUrl];
    let context = Context { now: Some(world.now()), ..Context::default() };
    let problems = CheckSession::new(&read.document, &context, Silenced::default()).document_problems();
    let is_of_instance = |problem: &Problem| {
        problem
            .at
            .tokens()
            .first()
            .is_some_and(|first| INSTANCE.iter().any(|role| role.name() == first.word()))
    };
    problems
        .into_iter()
        .filter(|problem| problem.severity < Severity::Hint && !is_of_instance(problem))
        .collect()
}

/// The row of the expression that recognizes a run.
fn detected(mapping: &Mapping, run: &Value) -> Option<[String; 4]> {
    let expression = mapping.definition.expression(MappingTable::Top, DETECT)?;
    let is_detected = mapping.detects(run);
    let problem = match mapping.detect_fault(run) {
        Some(why) => format!("the expression {}", cut(&why)),
        None if is_detected => String::new(),
        None => "not true: only --map and --from use this mapping".to_owned(),
    };
    Some(row([DETECT, &cut(expression), &is_detected.to_string(), &problem]))
}

/// The start of a text. It is redacted first: a part of a key would not be recognized.
fn cut(shown: &str) -> String {
    text::cut(&text::visible(&redaction::redacted(shown)), WIDEST).into_owned()
}

/// Makes the rows of a mapping.
struct Rows<'m> {
    mapping: &'m Mapping,
    faults: &'m [MappingFault],
}

impl Rows<'_> {
    fn all(&self, values: &MappedValues) -> Vec<[String; 4]> {
        let mut rows: Vec<_> = values.fields.iter().filter_map(|output| self.field(output)).collect();
        for (table, items) in &values.tables {
            self.table(*table, items, &mut rows);
        }
        rows
    }

    /// The number of items, and the fields of the first.
    fn table(
        &self,
        table: MappingTable,
        items: &Result<Vec<MappedItem>, String>,
        rows: &mut Vec<[String; 4]>,
    ) {
        let expression = self.mapping.definition.expression(table, EACH).unwrap_or_default();
        let name = format!("{}.{EACH}", table.name());
        let (count, problem) = match items {
            Ok(items) => (text::count(items.len(), "item", "items"), String::new()),
            Err(why) => (String::new(), why.clone()),
        };
        rows.push([name, cut(expression), count, problem]);
        let items = items.as_deref().unwrap_or_default();
        if let Some(first) = items.first() {
            rows.extend(first.fields.iter().filter_map(|output| self.field(output)));
        }
        let with_steps = |item: &&MappedItem| {
            item.steps.as_ref().is_some_and(|steps| !matches!(steps, Ok(steps) if steps.is_empty()))
        };
        let steps =
            items.iter().find(with_steps).or_else(|| items.first()).and_then(|item| item.steps.as_ref());
        if let Some(steps) = steps {
            self.table(MappingTable::Step, steps, rows);
        }
    }

    fn field(&self, output: &MappedOutput) -> Option<[String; 4]> {
        let entry = self.mapping.definition.entries.get(output.entry)?;
        let path = if entry.table == MappingTable::Fields { entry.key.clone() } else { entry.path() };
        let value = match &output.outputs {
            Ok(values) => values.iter().map(write_compact).collect::<Vec<_>>().join(", "),
            Err(_) => String::new(),
        };
        let fault = self.faults.iter().find(|fault| fault.field == entry.path());
        let problem =
            fault.map_or_else(String::new, |fault| redaction::without_parts(&text::visible(&fault.message)));
        Some([path, cut(&entry.expression), cut(&value), problem])
    }
}
