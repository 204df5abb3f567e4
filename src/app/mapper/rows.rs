//! The rows of the mapper: one for each field that a mapping can fill.

use std::collections::HashSet;

use super::MapperRow;
use crate::catalog::{FieldRole, RecordKind, Shape, catalog};
use crate::import::mapping::{DETECT, Definition, EACH, MappingTable, RUNS};

/// Fields of the run that a mapping does not fill: the instance, and what the tables fill.
const ELSEWHERE: [FieldRole; 8] = [
    FieldRole::InstanceGuid,
    FieldRole::InstanceName,
    FieldRole::InstanceUrl,
    FieldRole::StageTree,
    FieldRole::Artifacts,
    FieldRole::Parameters,
    FieldRole::Triggers,
    FieldRole::PhaseEvents,
];

/// Fields that get the value of another field where they have no expression.
const DERIVED: [FieldRole; 2] = [FieldRole::FullName, FieldRole::QualifiedName];

pub(super) fn rows(definition: &Definition) -> Vec<MapperRow> {
    let mut rows = Vec::new();
    let mut seen = HashSet::new();
    for table in MappingTable::RECORDS {
        let depth = usize::from(table == MappingTable::Step);
        if table.has_items() {
            // Steps are inside of stages.
            if table == MappingTable::Step && definition.expression(MappingTable::Stage, EACH).is_none() {
                continue;
            }
            rows.push(MapperRow {
                table,
                key: EACH.to_owned(),
                label: heading(table).to_owned(),
                is_required: false,
                depth,
            });
            if definition.expression(table, EACH).is_none() {
                continue;
            }
        }
        let depth = depth + usize::from(table.has_items());
        for field in table.record().into_iter().flat_map(|record| &record.fields) {
            let is_elsewhere = field.role.is_some_and(|role| ELSEWHERE.contains(&role));
            let is_record = matches!(field.shape, Shape::Record(_));
            let is_records =
                matches!(&field.shape, Shape::List(inner) if matches!(**inner, Shape::Record(_)));
            if is_elsewhere || is_record || is_records || !seen.insert((table, field.name.clone())) {
                continue;
            }
            let is_derived = field.role.is_some_and(|role| DERIVED.contains(&role));
            let label = match field.role {
                // Both fields are one choice in the form.
                Some(FieldRole::Ci | FieldRole::Cd) => {
                    format!("{} {}", field.label, field.name.to_uppercase())
                }
                _ => field.label.clone(),
            };
            rows.push(MapperRow {
                table,
                key: field.name.clone(),
                label,
                is_required: field.required && !is_derived,
                depth,
            });
        }
    }
    let top = [(DETECT, "Recognize"), (RUNS, "Runs")];
    rows.extend(top.map(|(key, label)| MapperRow {
        table: MappingTable::Top,
        key: key.to_owned(),
        label: label.to_owned(),
        is_required: false,
        depth: 0,
    }));
    rows
}

/// The label of a table with items.
fn heading(table: MappingTable) -> &'static str {
    let role = match table {
        MappingTable::Stage => FieldRole::StageTree,
        MappingTable::Step => FieldRole::Steps,
        MappingTable::Artifact => FieldRole::Artifacts,
        MappingTable::Parameter => FieldRole::Parameters,
        MappingTable::Trigger => FieldRole::Triggers,
        MappingTable::Top | MappingTable::Fields => return "",
    };
    let kind = if role == FieldRole::Steps { RecordKind::Stage } else { RecordKind::JobRun };
    let record = catalog().records().map(|(_, record)| record).find(|record| record.kind == kind);
    record.and_then(|record| record.with_role(role)).map_or("", |(_, field)| field.label.as_str())
}
