//! The file of a mapping: TOML with one jq expression for each field.

use toml_edit::{Document, DocumentMut, Item, Table, TableLike, value as toml_value};

use super::fault::MappingFault;
use crate::catalog::{Record, RecordKind, catalog};
use crate::text;

/// A part of a mapping: the table of a file that an expression is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MappingTable {
    /// The top of the file: `detect` and `runs`.
    Top,
    /// The fields of the run.
    Fields,
    /// The stages.
    Stage,
    /// The steps of a stage.
    Step,
    /// The artifacts.
    Artifact,
    /// The parameters.
    Parameter,
    /// The triggers.
    Trigger,
}

/// The key of the expression that gives the items of a table.
pub const EACH: &str = "each";
/// The key of the expression that recognizes a run.
pub const DETECT: &str = "detect";
/// The key of the expression that gives the runs of a document.
pub const RUNS: &str = "runs";
/// The keys that are texts, not expressions.
pub(super) const TEXTS: [&str; 2] = ["name", "docs"];

impl MappingTable {
    /// All tables with fields, in the order of a file.
    pub const RECORDS: [Self; 6] =
        [Self::Fields, Self::Stage, Self::Step, Self::Artifact, Self::Parameter, Self::Trigger];

    /// The name in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Top => "",
            Self::Fields => "fields",
            Self::Stage => "stage",
            Self::Step => "stage.step",
            Self::Artifact => "artifact",
            Self::Parameter => "parameter",
            Self::Trigger => "trigger",
        }
    }

    /// Whether the table has an expression that gives its items.
    pub const fn has_items(self) -> bool {
        !matches!(self, Self::Top | Self::Fields)
    }

    /// The record whose fields the table maps.
    pub fn record(self) -> Option<&'static Record> {
        let kind = match self {
            Self::Top => return None,
            Self::Fields => RecordKind::JobRun,
            Self::Stage => RecordKind::Stage,
            Self::Step => RecordKind::Step,
            Self::Artifact => RecordKind::Artifact,
            Self::Parameter => RecordKind::Parameter,
            Self::Trigger => RecordKind::Trigger,
        };
        catalog().records().map(|(_, record)| record).find(|record| record.kind == kind)
    }

    /// The keys that the table may have.
    pub fn keys(self) -> Vec<&'static str> {
        let own: &[&str] = match self {
            Self::Top => &[DETECT, RUNS],
            Self::Fields => &[],
            Self::Stage | Self::Step | Self::Artifact | Self::Parameter | Self::Trigger => &[EACH],
        };
        let fields = self.record().into_iter().flat_map(|record| &record.fields);
        own.iter().copied().chain(fields.map(|field| field.name.as_str())).collect()
    }
}

/// One expression of a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingEntry {
    /// The table.
    pub table: MappingTable,
    /// The name of the field, or [`DETECT`], [`RUNS`] or [`EACH`].
    pub key: String,
    /// The jq expression.
    pub expression: String,
    /// The line in the file, from 1; 0 for an entry that was not read from a file.
    pub line: usize,
}

impl MappingEntry {
    /// The name with its table, as in `stage.step.result`.
    pub fn path(&self) -> String {
        match self.table {
            MappingTable::Top => self.key.clone(),
            MappingTable::Fields
            | MappingTable::Stage
            | MappingTable::Step
            | MappingTable::Artifact
            | MappingTable::Parameter
            | MappingTable::Trigger => format!("{}.{}", self.table.name(), self.key),
        }
    }
}

/// The content of a mapping file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Definition {
    /// The name of the tool.
    pub label: String,
    /// The page that documents the JSON of the tool.
    pub docs: Option<String>,
    /// The expressions, in the order of the file.
    pub entries: Vec<MappingEntry>,
}

impl Definition {
    /// Reads the text of a mapping file; reports all faults.
    pub fn read(text: &str) -> Result<Self, Vec<MappingFault>> {
        let document = Document::parse(text).map_err(|fault| {
            let line = line_of(text, fault.span().map_or(0, |span| span.start));
            let message = fault.message().trim_end_matches('.').to_owned();
            vec![MappingFault::of_line(line, format!("This is not TOML: {message}."))]
        })?;
        let mut reader = Reader { text, faults: Vec::new(), definition: Self::default() };
        reader.top(document.as_table());
        let Reader { mut faults, definition, .. } = reader;
        if definition.label.is_empty() && faults.is_empty() {
            faults.push(MappingFault::of_line(1, "name is missing: the name of the tool.".to_owned()));
        }
        if faults.is_empty() { Ok(definition) } else { Err(faults) }
    }

    /// The text of a mapping file; [`read`](Self::read) reads it back.
    pub fn write(&self) -> String {
        self.written(DocumentMut::new(), &[])
    }

    /// The text of a mapping file that replaces another one: comments and unchanged lines stay.
    pub fn write_into(&self, text: &str) -> String {
        match (text.parse::<DocumentMut>(), Self::read(text)) {
            (Ok(document), Ok(before)) => self.written(document, &before.entries),
            (Err(_), _) | (_, Err(_)) => self.write(),
        }
    }

    fn written(&self, mut document: DocumentMut, before: &[MappingEntry]) -> String {
        let top = document.as_table_mut();
        put(top, "name", &self.label);
        if let Some(docs) = &self.docs {
            put(top, "docs", docs);
        }
        for old in before.iter().filter(|old| self.entry(old.table, &old.key).is_none()) {
            if let Some(table) = table_of(top, old.table) {
                table.remove(&old.key);
            }
        }
        for entry in &self.entries {
            if let Some(table) = table_of(top, entry.table) {
                put(table, &entry.key, &entry.expression);
            }
        }
        document.to_string()
    }

    /// The expression of an entry.
    pub fn expression(&self, table: MappingTable, key: &str) -> Option<&str> {
        self.entry(table, key).map(|entry| entry.expression.as_str())
    }

    fn entry(&self, table: MappingTable, key: &str) -> Option<&MappingEntry> {
        self.entries.iter().find(|entry| entry.table == table && entry.key == key)
    }

    /// Sets or removes the expression of an entry; entries stay in the order of the catalog.
    pub fn set(&mut self, table: MappingTable, key: &str, expression: Option<&str>) {
        let place = self.entries.iter().position(|entry| entry.table == table && entry.key == key);
        match (place, expression) {
            (Some(place), None) => {
                self.entries.remove(place);
            }
            (Some(place), Some(expression)) => {
                if let Some(entry) = self.entries.get_mut(place) {
                    expression.clone_into(&mut entry.expression);
                }
            }
            (None, None) => {}
            (None, Some(expression)) => {
                let (key, expression) = (key.to_owned(), expression.to_owned());
                self.entries.push(MappingEntry { table, key, expression, line: 0 });
                let rank = |entry: &MappingEntry| {
                    let keys = entry.table.keys();
                    (entry.table, keys.iter().position(|key| *key == entry.key))
                };
                self.entries.sort_by_key(rank);
            }
        }
    }
}

/// The table of a document, which is added where it is missing.
fn table_of(top: &mut Table, table: MappingTable) -> Option<&mut Table> {
    table.name().split('.').filter(|name| !name.is_empty()).try_fold(top, |outer, name| {
        outer.entry(name).or_insert_with(|| Item::Table(Table::new())).as_table_mut()
    })
}

/// Sets a text, unless it has the same value already.
fn put(table: &mut Table, key: &str, text: &str) {
    if table.get(key).and_then(Item::as_str).map(str::trim) != Some(text) {
        table.insert(key, toml_value(text));
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

/// More faults than these are not reported.
const MOST_FAULTS: usize = 20;

struct Reader<'t> {
    text: &'t str,
    faults: Vec<MappingFault>,
    definition: Definition,
}

impl Reader<'_> {
    fn line(&self, item: &Item) -> usize {
        line_of(self.text, item.span().map_or(0, |span| span.start))
    }

    fn fault(&mut self, item: &Item, message: String) {
        if self.faults.len() >= MOST_FAULTS {
            return;
        }
        self.faults.push(MappingFault::of_line(self.line(item), message));
    }

    fn top(&mut self, table: &dyn TableLike) {
        for (key, item) in table.iter() {
            match (key, item.as_str()) {
                ("name", Some(label)) if !label.trim().is_empty() => {
                    label.trim().clone_into(&mut self.definition.label);
                }
                ("docs", Some(docs)) => self.definition.docs = Some(docs.to_owned()),
                (key, _) if TEXTS.contains(&key) => {
                    self.fault(item, format!("{key} should be text in quotes and not blank."));
                }
                (key, _) if item.is_table_like() => self.table(MappingTable::Top, key, item),
                _ => self.expression(MappingTable::Top, key, item),
            }
        }
    }

    fn table(&mut self, within: MappingTable, key: &str, item: &Item) {
        let name =
            if within == MappingTable::Top { key.to_owned() } else { format!("{}.{key}", within.name()) };
        let known = MappingTable::RECORDS.into_iter().find(|table| table.name() == name);
        let (Some(table), Some(members)) = (known, item.as_table_like()) else {
            let names = MappingTable::RECORDS.map(MappingTable::name);
            let near = text::closest(&name, names).map_or_else(
                || format!("the tables are {}", names.join(", ")),
                |near| format!("did you mean {near}?"),
            );
            self.fault(
                item,
                format!("[{}] is not a table of a mapping: {near}.", text::visible(&name)).replace("?.", "?"),
            );
            return;
        };
        if table.has_items() && !members.contains_key(EACH) {
            self.fault(item, format!("[{name}] needs {EACH}: the expression that gives its items."));
        }
        for (key, item) in members.iter() {
            if self.faults.len() >= MOST_FAULTS {
                return;
            }
            if item.is_table_like() {
                self.table(table, key, item);
            } else {
                self.expression(table, key, item);
            }
        }
    }

    fn expression(&mut self, table: MappingTable, key: &str, item: &Item) {
        let keys = table.keys();
        if !keys.contains(&key) {
            let near = text::closest(key, keys.iter().copied())
                .map_or_else(String::new, |near| format!(" Did you mean {near}?"));
            let place = if table == MappingTable::Top {
                "a mapping".to_owned()
            } else {
                format!("[{}]", table.name())
            };
            self.fault(item, format!("“{}” is not a field of {place}.{near}", text::visible(key)));
            return;
        }
        match item.as_str().map(str::trim) {
            Some(expression) if !expression.is_empty() => {
                let line = self.line(item);
                let (key, expression) = (key.to_owned(), expression.to_owned());
                self.definition.entries.push(MappingEntry { table, key, expression, line });
            }
            _ => self.fault(item, format!("{key} should be a jq expression in quotes.")),
        }
    }
}
