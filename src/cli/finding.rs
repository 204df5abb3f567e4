//! Problems with their places in a text: what every format of a report is made from.

use std::collections::HashSet;
use std::ops::Range;

use super::raw;
use super::region::{Lines, Region};
use super::source::{Loaded, Source};
use crate::check::{self, Context, Counts, Problem, Severity};
use crate::document::{Duplicate, Places, Pointer, Value, duplicate_keys, write_compact, write_pretty};
use crate::import::{ImportError, ImportKind, Imported};
use crate::world::World;
use crate::world::config::Config;

/// Rules that are about the name of a field and not about its value.
const ABOUT_THE_NAME: [&str; 6] =
    ["unknown-field", "legacy-name", "name-conflict", "name-twice", "names-mixed", "duplicate-key"];

/// A problem and where it shows.
pub(super) struct Finding {
    pub(super) problem: Problem,
    /// In the text that is shown to people.
    pub(super) span: Range<usize>,
    /// In the file.
    pub(super) region: Region,
    /// Another place that belongs to it.
    pub(super) related: Option<Related>,
}

/// A second place of a problem.
pub(super) struct Related {
    pub(super) span: Range<usize>,
    pub(super) region: Region,
    pub(super) label: &'static str,
}

/// Decides what is said about a payload: the rules, less those that the user silenced.
pub(super) struct Judge {
    context: Context,
    silenced: Vec<String>,
}

/// A text, and all that was found in it.
pub(super) struct Examined {
    pub(super) source: Source,
    /// The payload; absent when the text is none.
    pub(super) imported: Option<Imported>,
    pub(super) findings: Vec<Finding>,
    inside: Option<String>,
    root: Pointer,
    is_mended: bool,
}

impl Judge {
    pub(super) fn new(world: &dyn World, config: &Config) -> Self {
        Self {
            context: Context { now: Some(world.now()), ..Context::default() },
            silenced: config.silenced.clone(),
        }
    }

    /// Recognises a text and checks the payload in it.
    pub(super) fn examine(&self, source: Source) -> Examined {
        match source.load() {
            Ok(loaded) => self.examined(loaded),
            Err(unread) => {
                let (source, fault) = *unread;
                let findings = vec![Finding::of_fault(&source, &fault)];
                Examined { imported: None, ..Examined::of(source, findings) }
            }
        }
    }

    fn examined(&self, loaded: Loaded) -> Examined {
        let findings = self.findings(&loaded);
        let Loaded { imported, source, inside, root } = loaded;
        Examined { imported: Some(imported), inside, root, ..Examined::of(source, findings) }
    }

    /// Applies the safe fixes to what was examined, and examines what that leads to; gives what was done as well.
    /// A text that is no payload stays as it is.
    pub(super) fn mend(&self, examined: Examined) -> (Examined, Option<Vec<String>>) {
        let Some(imported) = examined.imported else { return (examined, None) };
        let (document, done) = self.mended(&imported);
        let is_line = examined.source.line.is_some();
        let text = if is_line { write_compact(&document) } else { write_pretty(&document) };
        let imported = Imported { document, kind: ImportKind::Payload, ..imported };
        let source = Source { text, ..examined.source };
        let loaded = Loaded { imported, source, inside: None, root: Pointer::root() };
        (Examined { is_mended: true, ..self.examined(loaded) }, Some(done))
    }

    /// A payload after all safe fixes of the rules that are heard, and what they did.
    fn mended(&self, imported: &Imported) -> (Value, Vec<String>) {
        let is_heard = |problem: &Problem| !self.is_silenced(imported, problem.code);
        check::safe_fixes_where(&imported.document, &self.context, is_heard)
    }

    /// Whether the user does not want to hear of a rule, in general or in this draft.
    fn is_silenced(&self, imported: &Imported, code: &str) -> bool {
        self.silenced.iter().chain(&imported.silenced).any(|silenced| silenced == code)
    }

    fn findings(&self, loaded: &Loaded) -> Vec<Finding> {
        let mut problems = check::check(&loaded.imported.document, &self.context);
        problems.retain(|problem| !self.is_silenced(&loaded.imported, problem.code));
        let is_twice = has_duplicate_keys(&loaded.imported.document)
            && !self.is_silenced(&loaded.imported, "duplicate-key");
        if problems.is_empty() && !is_twice {
            return Vec::new();
        }
        let text = loaded.shown();
        let places = Places::read(text).ok();
        let site = Site::of(loaded);
        let mut findings: Vec<_> = problems
            .into_iter()
            .map(|problem| {
                let span = span_of(places.as_ref(), text, &loaded.root, &problem);
                site.finding(problem, span, None)
            })
            .collect();
        if is_twice {
            for duplicate in duplicate_keys(text).into_iter().filter(|one| one.at.is_within(&loaded.root)) {
                let finding = site.duplicate(duplicate, &loaded.root);
                let place = findings.partition_point(|other| other.span.start < finding.span.start);
                findings.insert(place, finding);
            }
        }
        findings
    }
}

impl Loaded {
    /// The text in which people are shown the places of the payload.
    pub(super) fn shown(&self) -> &str {
        self.inside.as_ref().unwrap_or(&self.source.text)
    }
}

impl Examined {
    /// Bytes that are no text: the source holds what could be made of them, up to the byte at fault as they were.
    pub(super) fn no_text(source: Source, at: usize) -> Self {
        let problem = raw::syntax(&format!("the line is not UTF-8 text: byte {at} fits no character"));
        let span = at..source.text.len().min(at + char::REPLACEMENT_CHARACTER.len_utf8());
        let region = Lines::of(&source.text, source.first_line()).region(&span);
        let findings = vec![Finding { problem, span, region, related: None }];
        Self::of(source, findings)
    }

    fn of(source: Source, findings: Vec<Finding>) -> Self {
        Self { source, imported: None, findings, inside: None, root: Pointer::root(), is_mended: false }
    }

    /// The text in which people are shown the places of the payload.
    pub(super) fn shown(&self) -> &str {
        self.inside.as_ref().unwrap_or(&self.source.text)
    }

    /// Where in the shown text the payload stands.
    pub(super) fn root(&self) -> Pointer {
        self.root.clone()
    }

    /// Whether what is shown has line numbers of its own, which are not those of the file.
    pub(super) fn has_own_lines(&self) -> bool {
        self.inside.is_some()
    }

    /// What that text is called.
    pub(super) fn label(&self) -> String {
        let Source { label, line, .. } = &self.source;
        match (&self.inside, line) {
            (None, _) if self.is_mended => format!("{label} (mended)"),
            (None, _) => label.clone(),
            (Some(_), None) => format!("{label} (its payload)"),
            (Some(_), Some(line)) => format!("{label}:{line} (its payload)"),
        }
    }

    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for finding in &self.findings {
            counts.add(finding.problem.severity);
        }
        counts
    }
}

/// Turns spans of the text that is shown into regions of the file.
struct Site<'t> {
    lines: Lines<'t>,
    /// Where all places are when the text that is shown is not the file.
    whole: Option<Region>,
}

impl<'t> Site<'t> {
    fn of(loaded: &'t Loaded) -> Self {
        let lines = Lines::of(&loaded.source.text, loaded.source.first_line());
        let whole = loaded.inside.is_some().then(|| lines.region(&payload_span(&loaded.source.text)));
        Self { lines, whole }
    }

    fn region(&self, span: &Range<usize>) -> Region {
        self.whole.unwrap_or_else(|| self.lines.region(span))
    }

    fn finding(&self, problem: Problem, span: Range<usize>, related: Option<Related>) -> Finding {
        Finding { region: self.region(&span), problem, span, related }
    }

    fn duplicate(&self, duplicate: Duplicate, root: &Pointer) -> Finding {
        let Duplicate { at, first, again } = duplicate;
        let inner = at.tokens().iter().skip(root.tokens().len());
        let at = inner.fold(Pointer::root(), |at, token| at.with(token.clone()));
        let problem = raw::duplicate_key(&at);
        let related = Related { region: self.region(&first), span: first, label: "first here" };
        self.finding(problem, again, Some(related))
    }
}

impl Related {
    /// Where it is, in words.
    pub(super) fn words(&self) -> String {
        format!("first at line {}, column {}", self.region.line, self.region.columns.0)
    }
}

impl Finding {
    /// A text that is no payload, as a problem of it.
    pub(super) fn of_fault(source: &Source, fault: &ImportError) -> Self {
        let text = &source.text;
        let (problem, span) = match fault {
            ImportError::Syntax(syntax) => {
                let start = syntax.offset.min(text.len());
                let length = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
                (raw::syntax(&syntax.message), start..start + length)
            }
            ImportError::Inside(_) | ImportError::Draft(_) => {
                (raw::syntax(&fault.to_string()), payload_span(text))
            }
            ImportError::List(_) | ImportError::NoObject(_) => {
                (raw::no_run(&fault.to_string()), payload_span(text))
            }
        };
        let region = Lines::of(text, source.first_line()).region(&span);
        Self { problem, span, region, related: None }
    }
}

/// The place of the payload in a wrapping, or the begin of the text.
fn payload_span(text: &str) -> Range<usize> {
    let places = Places::read(text).ok();
    let find = |at: &Pointer| places.as_ref().and_then(|places| places.find(at));
    let span = find(&Pointer::root().key("payload")).or_else(|| find(&Pointer::root()));
    span.map_or(0..0, |span| one_line(text, span.value, span.key))
}

/// Where a problem shows in the text; an absent field shows at what should hold it.
fn span_of(places: Option<&Places>, text: &str, root: &Pointer, problem: &Problem) -> Range<usize> {
    let mut at = problem.at.tokens().iter().fold(root.clone(), |at, token| at.with(token.clone()));
    let span = loop {
        match (places.and_then(|places| places.find(&at)), at.parent()) {
            (Some(span), _) => break span,
            (None, Some(parent)) => at = parent,
            (None, None) => return 0..0,
        }
    };
    match span.key {
        Some(key) if ABOUT_THE_NAME.contains(&problem.code) => key,
        key => one_line(text, span.value, key),
    }
}

/// A value of many lines is shown by its name, or by the bracket it begins with.
fn one_line(source: &str, value: Range<usize>, key: Option<Range<usize>>) -> Range<usize> {
    let has_breaks = source.get(value.clone()).is_some_and(|text| text.contains('\n'));
    if has_breaks { key.unwrap_or(value.start..value.start + 1) } else { value }
}

/// Whether any object of a value has a key twice.
fn has_duplicate_keys(value: &Value) -> bool {
    const FEW: usize = 24;
    match value {
        Value::Object(object) => {
            let is_twice = if object.len() <= FEW {
                (object.keys().enumerate())
                    .any(|(index, key)| object.keys().take(index).any(|other| other == key))
            } else {
                object.keys().collect::<HashSet<_>>().len() < object.len()
            };
            is_twice || object.iter().any(|(_, value)| has_duplicate_keys(value))
        }
        Value::Array(items) => items.iter().any(has_duplicate_keys),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => false,
    }
}

/// Counts of what weighs so much that it may end a run.
pub(super) fn fails(counts: Counts, is_strict: bool) -> bool {
    counts.errors > 0 || (is_strict && counts.warnings > 0)
}

/// Whether a problem is for the eyes of somebody who sends.
pub(super) fn is_grave(finding: &Finding) -> bool {
    finding.problem.severity < Severity::Hint
}
