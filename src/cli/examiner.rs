//! Examines texts: recognises the payload, asks the rules, and finds the places.

use std::borrow::Cow;
use std::ops::Range;

use super::console::Console;
use super::finding::{Examined, Finding, Related, one_line, payload_span};
use super::post;
use super::redaction;
use super::region::{LineIndex, Region};
use super::source::{InputSource, LoadedInput};
use crate::book::{Book, BookEntry};
use crate::check::{CheckSession, Context, Problem, RawMark, RawProblem, Silenced};
use crate::document::{self, Places, Pointer, ValueKind, write_compact, write_pretty};
use crate::import::{self, ImportError, ImportKind, Imported};
use crate::journal::{SentRun, previous_runs};
use crate::text;
use crate::wire::Environment;
use crate::world::config::Config;
use crate::world::{World, book};

/// Rules that are about the name of a field and not about its value.
const ABOUT_THE_NAME: [&str; 6] =
    ["unknown-field", "legacy-name", "name-conflict", "name-twice", "names-mixed", "duplicate-key"];

/// Decides what is said about a payload: the rules, less those that the user silenced.
pub(super) struct Examiner {
    context: Context,
    silenced: Vec<String>,
    /// What was sent before, for drafts that say where they go.
    sent: Vec<SentRun>,
    /// The environments that drafts may mean; none when somebody said for all which one is meant.
    environments: Option<Vec<Environment>>,
}

impl Examiner {
    /// For payloads that are meant for an environment, if that is known; what journal and book know is looked up.
    pub(super) fn new(world: &dyn World, config: &Config, environment: Option<&Environment>) -> Self {
        let book = book::load(world).unwrap_or_else(|fault| {
            Console::say(format!("note: {fault}"));
            Book::default()
        });
        // The book knows nothing of an address without a name.
        let known = environment.filter(|environment| config.environment(&environment.id).is_some());
        let sent: Vec<_> = post::recent(world).sent_runs().collect();
        let context = Context {
            now: Some(world.now()),
            environment: known.map(|environment| environment.id.clone()),
            instances: book.entries.iter().map(BookEntry::known).collect(),
            previous_runs: previous_runs(&sent, environment).into(),
            ..Context::default()
        };
        let environments = environment.is_none().then(|| config.environments.clone());
        Self { context, silenced: config.silenced.clone(), sent, environments }
    }

    /// Recognises a text and checks the payload in it.
    pub(super) fn examine(&self, source: InputSource) -> Examined {
        match source.load() {
            Ok(loaded) if loaded.is_repaired_json() => Self::unclean(loaded),
            Ok(loaded) => self.examined(loaded),
            Err(unread) => Self::unread(unread.source, &unread.fault),
        }
    }

    /// JSON that can be read with repairs only: as it stands it would be refused, and that is what is said.
    fn unclean(loaded: LoadedInput) -> Examined {
        let repairs = import::describe_all(&loaded.imported.repairs).len();
        let notes = vec![format!(
            "It can be read with {}; `sei-compose import` lists them and prints the payload.",
            text::count(repairs, "kind of repair", "kinds of repairs")
        )];
        let fault = document::read(&loaded.source.text).err().map(ImportError::Syntax);
        let fault = fault.unwrap_or(ImportError::NoObject(ValueKind::Text));
        Examined { notes, ..Self::unread(loaded.source, &fault) }
    }

    /// What there is to say of a text that is no payload.
    pub(super) fn unread(source: InputSource, fault: &ImportError) -> Examined {
        let findings = vec![Finding::of_fault(&source, fault)];
        Examined { imported: None, ..Examined::of(source, findings) }
    }

    /// Checks a payload that was recognised.
    pub(super) fn examined(&self, loaded: LoadedInput) -> Examined {
        let findings = self.findings(&loaded);
        let LoadedInput { imported, source, inside, root } = loaded;
        Examined { imported: Some(imported), inside, root, ..Examined::of(source, findings) }
    }

    /// Applies the safe fixes to what was examined, and examines what that leads to; gives what was done as well.
    /// A text that is no payload stays as it is.
    pub(super) fn fix(&self, examined: Examined) -> (Examined, Option<Vec<String>>) {
        let Some(imported) = examined.imported else { return (examined, None) };
        let context = self.context_of(&imported);
        let (document, done) = self.session(&imported, &context).safe_fixes();
        let (document, is_redacted) = redaction::redact_document(document);
        let mut imported = imported;
        if is_redacted {
            let note = "The payload held an API key. It was replaced with ••••••.";
            imported.notes.push(note.to_owned());
        }
        let is_line = examined.source.line.is_some();
        let text = if is_line { write_compact(&document) } else { write_pretty(&document) };
        let imported = Imported { document, kind: ImportKind::Payload, ..imported };
        let source = InputSource { text, ..examined.source };
        let loaded = LoadedInput { imported, source, inside: None, root: Pointer::root() };
        (Examined { is_repaired: true, ..self.examined(loaded) }, Some(done))
    }

    /// What is known besides the payload: a draft tells the environment it is meant for, unless somebody said another.
    fn context_of(&self, imported: &Imported) -> Cow<'_, Context> {
        let (Some(known), Some(id)) = (&self.environments, &imported.environment) else {
            return Cow::Borrowed(&self.context);
        };
        let context = Context { environment: Some(id.clone()), ..self.context.clone() };
        Cow::Owned(match known.iter().find(|known| known.id == *id) {
            Some(own) => Context { previous_runs: previous_runs(&self.sent, Some(own)).into(), ..context },
            None => context,
        })
    }

    /// The check of a payload; its draft may silence more rules than the user does.
    fn session<'a>(&'a self, imported: &'a Imported, context: &'a Context) -> CheckSession<'a> {
        let silenced = Silenced { everywhere: &self.silenced, in_draft: &imported.silenced };
        CheckSession::new(&imported.document, context, silenced)
    }

    fn findings(&self, loaded: &LoadedInput) -> Vec<Finding> {
        let context = self.context_of(&loaded.imported);
        let session = self.session(&loaded.imported, &context);
        let (problems, is_twice) = (session.document_problems(), session.has_text_problems());
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
            let whole = 0..text.len();
            let payload = places.as_ref().and_then(|places| places.find(&loaded.root));
            let payload = payload.filter(|_| !loaded.root.is_root()).map_or(whole, |span| span.value);
            let session = session.with_text(text.get(payload.clone()).unwrap_or_default());
            for fault in session.text_problems() {
                let finding = site.fault(fault, payload.start);
                let place = findings.partition_point(|other| other.span.start < finding.span.start);
                findings.insert(place, finding);
            }
        }
        findings
    }
}

/// Turns spans of the text that is shown into regions of the file.
struct Site<'t> {
    lines: LineIndex<'t>,
    /// Where all places are when the text that is shown is not the file.
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

    /// A fault of a part of the text that begins at an offset.
    fn fault(&self, fault: RawProblem, offset: usize) -> Finding {
        let shift = |mark: RawMark| mark.span.start + offset..mark.span.end + offset;
        let related = fault.first.map(|first| {
            let span = shift(first);
            Related { region: self.region(&span), span, label: "first here" }
        });
        self.finding(fault.problem, shift(fault.mark), related)
    }
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
