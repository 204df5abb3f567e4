//! Answers to effects on mappings: the real work, and files in memory.

use std::path::PathBuf;

use sei_compose::app::message::ExportOutcome;
use sei_compose::app::{MappingEffect, MappingReply, ReplacedMapping, mapper};

use super::Script;

impl Script {
    pub(super) fn answered_mapping(&mut self, effect: MappingEffect) -> Option<MappingReply> {
        Some(match effect {
            MappingEffect::Read { source, mappings, edits } => {
                let result = mapper::read(&source.0, &mappings, edits).map(Box::new);
                MappingReply::Read { source, result }
            }
            MappingEffect::Evaluate { ticket, definition, run } => {
                MappingReply::Evaluated { ticket, result: mapper::evaluate(*definition, &run) }
            }
            MappingEffect::Save { id, definition, replaces } => {
                let path = PathBuf::from(format!("{id}.toml"));
                let is_new = self.files.insert(format!("{id}.toml"));
                let outcome = if is_new || replaces != ReplacedMapping::Nothing {
                    ExportOutcome::Saved(path)
                } else {
                    ExportOutcome::Exists(path)
                };
                MappingReply::Saved { id, definition, outcome }
            }
            MappingEffect::Keep { definition } => {
                self.work.mapping = definition;
                return None;
            }
        })
    }
}
