//! Checks texts: recognizes the payload, runs the rules and locates the problems.

use std::borrow::Cow;
use std::ops::Range;

use super::configuration::profiles;
use super::console::Console;
use super::finding::{Examined, Finding, Related, one_line, payload_span};
use super::post;
use super::redaction;
use super::region::{LineIndex, Region};
use super::source::{InputSource, LoadedInput};
use crate::book::{Book, BookEntry};
use crate::check::{CheckSession, Context, Problem, RawMark, RawProblem, Silenced};
use crate::document::{self, Places, Pointer, ValueKind, write_compact, write_pretty};
use crate::import::mapping::MappingSet;
use crate::import::{self, ImportError, ImportKind, Imported};
use crate::journal::{SentRun, previous_runs};
use crate::simulation::{self, Profiles};
use crate::text;
use crate::wire::Environment;
use crate::world::config::Config;
use crate::world::{World, book, mapping};

/// Rules about the name of a field, not its value; the mark goes to the name.
const ABOUT_THE_NAME: [&str; 6] =
    ["unknown-field", "legacy-name", "name-conflict", "name-twice", "names-mixed", "duplicate-key"];

/// Checks payloads with all rules except those that the user silenced.
pub(super) struct Examiner {
    context: Context,
    silenced: Vec<String>,
    /// The previous runs, for drafts with an environment of their own.
    sent: Vec<SentRun>,
    /// The known environments; `None` when one environment was chosen for all payloads.
    environments: Option<Vec<Environment>>,
    mappings: MappingSet,
    profiles: Profiles,
}

impl Examiner {
    /// Reads the journal and the instance book; `environment` is the target, if known.
    pub(super) fn new(world: &dyn World, config: &Config, environment: Option<&Environment>) -> Self {
        let sent: Vec<_> = post::recent(world).sent_runs().collect();
        let context = context(world, config, environment, &sent);
        let environments = environment.is_none().then(|| config.environments.clone());
        Self {
            context,
            silenced: config.silenced.clone(),
            sent,
            environments,
            mappings: mapping::load(world),
            profiles: profiles(world, config),
        }
    }

    /// Recognizes a text and checks its payload.
    pub(super) fn examine(&self, source: InputSource) -> Examined {
        match source.load(&self.mappings) {
            Ok(loaded) if loaded.is_repaired_json() => Self::unclean(loaded),
            Ok(loaded) => self.examined(loaded),
            Err(unread) => Self::unread(unread.source, &unread.fault),
        }
    }

    /// JSON that is readable only after repairs: SEI would refuse it, so it is reported as a fault.
    fn unclean(loaded: LoadedInput) -> Examined {
        let repairs = import::describe_all(&loaded.imported.repairs).len();
        let notes = vec![format!(
            "The text is readable after {}; `sei-compose import` lists them and prints the payload.",
            text::count(repairs, "kind of repair", "kinds of repairs")
        )];
        let fault = document::read(&loaded.source.text).err().map(ImportError::Syntax);
        let fault = fault.unwrap_or(ImportError::NoObject(ValueKind::Text));
        Examined { notes, ..Self::unread(loaded.source, &fault) }
    }

    /// The report on a text that is not a payload.
    pub(super) fn unread(source: InputSource, fault: &ImportError) -> Examined {
        let findings = vec![Finding::of_fault(&source, fault)];
        Examined { imported: None, ..Examined::of(source, findings) }
    }

    /// Checks a recognized payload.
    pub(super) fn examined(&self, loaded: LoadedInput) -> Examined {
        let findings = self.findings(&loaded);
        let LoadedInput { imported, source, inside, root } = loaded;
        Examined { imported: Some(imported), inside, root, ..Examined::of(source, findings) }
    }

    /// Applies the safe fixes and checks the result; also returns a description of each fix. A text
    /// that is not a payload is returned unchanged.
    pub(super) fn fix(&self, examined: Examined) -> (Examined, Option<Vec<String>>) {
        let Some(imported) = examined.imported else { return (examined, None) };
        let context = self.context_of(&imported);
        let (document, done) = self.session(&imported, &context).safe_fixes();
        let (document, is_redacted) = redaction::redact_document(document);
        let mut imported = imported;
        if is_redacted {
            let note = "The payload contained an API key. The key was replaced with ••••••.";
            imported.notes.push(note.to_owned());
        }
        let is_line = examined.source.line.is_some();
        let text = if is_line { write_compact(&document) } else { write_pretty(&document) };
        let imported = Imported { document, kind: ImportKind::Payload, ..imported };
        let source = InputSource { text, ..examined.source };
        let loaded = LoadedInput { imported, source, inside: None, root: Pointer::root() };
        (Examined { is_repaired: true, ..self.examined(loaded) }, Some(done))
    }

    /// The check context; the environment of a draft applies unless another one was chosen.
    fn context_of(&self, imported: &Imported) -> Cow<'_, Context> {
        let known = self.known_of(imported);
        let Some(profile) = self.profiles.of(known.environment.as_deref()) else { return known };
        let uncounted = simulation::uncounted(&imported.document, profile);
        Cow::Owned(Context { uncounted, ..known.into_owned() })
    }

    fn known_of(&self, imported: &Imported) -> Cow<'_, Context> {
        let (Some(known), Some(id)) = (&self.environments, &imported.environment) else {
            return Cow::Borrowed(&self.context);
        };
        let context = Context { environment: Some(id.clone()), ..self.context.clone() };
        Cow::Owned(match known.iter().find(|known| known.id == *id) {
            Some(own) => Context { previous_runs: previous_runs(&self.sent, Some(own)).into(), ..context },
            None => context,
        })
    }

    /// The check session; a draft may silence additional rules.
    fn session<'a>(&'a self, imported: &'a Imported, context: &'a Context) -> CheckSession<'a> {
        let silenced = Silenced { everywhere: &self.silenced, in_draft: &imported.silenced };
        CheckSession::new(&imported.document, context, silenced)
    }

    fn findings(&self, loaded: &LoadedInput) -> Vec<Finding> {
        let context = self.context_of(&loaded.imported);
        let session = self.session(&loaded.imported, &context);
        let (problems, has_text_problems) = (session.document_problems(), session.has_text_problems());
        if problems.is_empty() && !has_text_problems {
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
        if has_text_problems {
            let whole = 0..text.len();
            let payload = places.as_ref().and_then(|places| places.find(&loaded.root));
            let payload = payload.filter(|_| !loaded.root.is_root()).map_or(whole, |span| span.value);
            let session = session.with_text(text.get(payload.clone()).unwrap_or_default());
            for fault in session.text_problems() {
                let finding = site.fault(fault, payload.start);
                let key = |finding: &Finding| (finding.problem.rank(), finding.span.start);
                let place = findings.partition_point(|other| key(other) < key(&finding));
                findings.insert(place, finding);
            }
        }
        findings
    }
}

/// The facts for the rules: the instance book, and the previous runs of the environment.
pub(super) fn context(
    world: &dyn World,
    config: &Config,
    environment: Option<&Environment>,
    sent: &[SentRun],
) -> Context {
    let book = book::load(world).unwrap_or_else(|fault| {
        Console::say(format!("note: {fault}"));
        Book::default()
    });
    // The book has no entries for an address without an environment.
    let known = environment.filter(|environment| config.environment(&environment.id).is_some());
    Context {
        now: Some(world.now()),
        environment: known.map(|environment| environment.id.clone()),
        instances: book.entries.iter().map(BookEntry::known).collect(),
        previous_runs: previous_runs(sent, environment).into(),
        ..Context::default()
    }
}

/// Turns spans of the text that is shown into regions of the file.
struct Site<'t> {
    lines: LineIndex<'t>,
    /// The region of every problem, when the shown text is not the file.
    whole: Option<Region>,
}

impl<'t> Site<'t> {
    fn of(loaded: &'t LoadedInput) -> Self {
        let lines = LineIndex::of(&loaded.source.text, loaded.source.first_line());
        let whole = loaded.inside.is_some().then(|| lines.region(&payload_span(&loaded.source.text)));
        Self { lines, whole }
    }

    fn region(&self, span: &Range<usize>) -> Region {
        self.whole.unwrap_or_else(|| self.lines.region(span))
    }

    fn finding(&self, problem: Problem, span: Range<usize>, related: Option<Related>) -> Finding {
        Finding { region: self.region(&span), problem, span, related }
    }

    /// A problem of the part of the text that starts at `offset`.
    fn fault(&self, fault: RawProblem, offset: usize) -> Finding {
        let shift = |mark: RawMark| mark.span.start + offset..mark.span.end + offset;
        let related = fault.first.map(|first| {
            let span = shift(first);
            Related { region: self.region(&span), span, label: "first here" }
        });
        self.finding(fault.problem, shift(fault.mark), related)
    }
}

/// The span of a problem; an absent field is shown at its parent.
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
