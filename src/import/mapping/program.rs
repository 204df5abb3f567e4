//! Expressions of a mapping, compiled into one program.

use std::sync::Arc;

use jaq_core::load::lex::{Lexer, StrPart, Tok, Token};
use jaq_core::load::parse::{Def, Parser, Term};
use jaq_core::load::{Arena, File, Loader};
use jaq_core::{Compiler, Ctx, Filter, Native, Vars, unwrap_valr};
use jaq_json::Val;

use super::budget::{self, Budget, COLLECT, MappingData, ProgramData};
use super::function::{self, FUNCTIONS};
use super::restrict::{self, Refusal};
use super::value;
use crate::document::Value;
use crate::text;

/// The longest expression, in bytes.
const LONGEST: usize = 4_000;
/// The most words, signs and texts of an expression. Reading and running one takes stack for each.
const MOST_TOKENS: usize = 400;
/// The deepest nesting of brackets in an expression.
const DEEPEST: usize = 40;
/// The most outputs of the expression of a field.
const MOST_VALUES: usize = 1_000;
/// The most runs of a document.
const MOST_RUNS: usize = 100_000;
/// The most items of a table.
const MOST_ITEMS: usize = 20_000;
/// The longest message of jq that is shown, in columns.
const WIDEST: usize = 160;

/// Native filters that reach outside of the input: variables, clocks, zones, standard error, other
/// inputs, the exit of the program.
const REFUSED: [&str; 10] = [
    "env",
    "now",
    "localtime",
    "strflocaltime",
    "mktime_local",
    "halt",
    "debug_empty",
    "stderr_empty",
    "input",
    "inputs",
];
/// Definitions that need one of them.
const REFUSED_DEFINITIONS: [&str; 4] = ["stderr", "debug", "halt", "halt_error"];

/// The start of the name of an expression in the main expression.
const EXPRESSION: &str = "_e";
/// The name of the main expression.
const MAIN: &str = "_main";

/// A compiled program; its result is the value of one main expression.
#[derive(Clone)]
pub(super) struct Program(Arc<Filter<MappingData>>);

/// Why an expression cannot be compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Uncompiled {
    /// The index of the expression.
    pub(super) index: usize,
    /// What is wrong, as a clause.
    pub(super) why: String,
}

/// The outputs of an expression, or what is wrong, as a clause.
pub(super) type Outputs = Result<Vec<Value>, String>;

/// The call of an expression in a main expression: its outputs as a list, or an object with the
/// error.
pub(super) fn outputs_of(index: usize) -> String {
    collected(&called(index), MOST_VALUES)
}

/// The call of an expression.
pub(super) fn called(index: usize) -> String {
    format!("{EXPRESSION}{index}")
}

/// The outputs of jq text as a list, or an object with the error.
pub(super) fn collected(jq: &str, most: usize) -> String {
    format!("{COLLECT}({}; {jq})", most + 1)
}

/// The outputs of the call of an expression that gives items.
pub(super) fn items_of(index: usize, item: &str) -> String {
    collected(&format!("{} | {item}", called(index)), MOST_ITEMS)
}

/// The outputs of the call of an expression that gives runs.
pub(super) fn runs_of(index: usize) -> String {
    collected(&called(index), MOST_RUNS)
}

impl Program {
    /// Compiles expressions and a main expression that calls them; reports all that are wrong.
    pub(super) fn compile(expressions: &[&str], main: &str) -> Result<Self, Vec<Uncompiled>> {
        let mut bodies = Vec::with_capacity(expressions.len());
        let mut faults = Vec::new();
        for (index, code) in expressions.iter().copied().enumerate() {
            match parsed(code).and_then(|term| restrict::expression(term).map_err(refusal)) {
                Ok(body) => bodies.push(Some(body)),
                Err(why) => faults.push(Uncompiled { index, why }),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let other = |why: String| vec![Uncompiled { index: 0, why }];
        let body = tokens(main).and_then(|tokens| term(&tokens)).map_err(other)?;
        let body = inlined(body, &mut bodies);
        let arena = Arena::default();
        let loader = Loader::new(library().map(shorter).chain([Def { name: MAIN, args: Vec::new(), body }]));
        let modules = loader
            .load(&arena, File { code: MAIN, path: () })
            .map_err(|errors| other(format!("cannot be read in {} places", errors.len())))?;
        let compiled = Compiler::default().with_funs(filters()).compile(modules);
        compiled.map(|filter| Self(Arc::new(filter))).map_err(|errors| {
            let undefined = errors.into_iter().flat_map(|(_, undefined)| undefined);
            undefined
                .map(|(name, kind)| {
                    let index = expressions.iter().position(|code| is_within(code, name)).unwrap_or_default();
                    Uncompiled { index, why: unknown(name, kind.as_str()) }
                })
                .collect()
        })
    }

    /// Evaluates the program on a value; errors say what is wrong, as a clause.
    pub(super) fn run(&self, input: &Val, values: usize) -> Result<Val, String> {
        let budget = Budget::of(values);
        let context = Ctx::<MappingData>::new(ProgramData::new(&self.0.lut, &budget), Vars::new([]));
        let result = self.0.id.run((context, input.clone())).map(unwrap_valr).next();
        match result {
            Some(Ok(value)) => Ok(value),
            Some(Err(fault)) => Err(message(&fault.to_string())),
            None => Err("gives nothing".to_owned()),
        }
    }
}

/// The outputs that [`outputs_of`] collected.
pub(super) fn outputs(collected: &Val) -> Outputs {
    match collected {
        Val::Arr(values) if values.len() > MOST_VALUES => {
            Err(format!("gives more than {MOST_VALUES} values"))
        }
        Val::Arr(values) => Ok(values.iter().map(value::from_jq).collect()),
        Val::Null | Val::Bool(_) | Val::Num(_) | Val::BStr(_) | Val::TStr(_) | Val::Obj(_) => {
            Err(error_of(collected))
        }
    }
}

/// The items that [`items_of`] collected.
pub(super) fn items(collected: &Val) -> Result<&[Val], String> {
    list(collected, (MOST_ITEMS, "items"))
}

/// The runs that [`runs_of`] collected.
pub(super) fn runs(collected: &Val) -> Result<&[Val], String> {
    list(collected, (MOST_RUNS, "runs"))
}

fn list<'v>(collected: &'v Val, (most, noun): (usize, &str)) -> Result<&'v [Val], String> {
    match collected {
        Val::Arr(values) if values.len() > most => Err(format!("gives more than {most} {noun}")),
        Val::Arr(values) => Ok(values),
        Val::Null | Val::Bool(_) | Val::Num(_) | Val::BStr(_) | Val::TStr(_) | Val::Obj(_) => {
            Err(error_of(collected))
        }
    }
}

fn error_of(caught: &Val) -> String {
    let Val::Obj(members) = caught else { return "gives no list".to_owned() };
    members.values().next().map_or_else(|| "failed".to_owned(), |fault| message(&value::plain(fault)))
}

/// A message of jq in one short line; it may quote a whole input.
fn message(text: &str) -> String {
    text::cut(&text::visible(text), WIDEST).into_owned()
}

fn parsed(code: &str) -> Result<Term<&str>, String> {
    if code.len() > LONGEST {
        return Err(format!("is longer than {LONGEST} bytes"));
    }
    if nesting(code) > DEEPEST {
        return Err(format!("has brackets nested more than {DEEPEST} levels deep"));
    }
    let tokens = tokens(code)?;
    if count(&tokens) > MOST_TOKENS {
        return Err(format!("has more than {MOST_TOKENS} words and signs"));
    }
    term(&tokens)
}

fn tokens(code: &str) -> Result<Vec<Token<&str>>, String> {
    Lexer::new(code).lex().map_err(|faults| {
        let first = faults.first().map(|(expected, found)| unexpected(expected.as_str(), found));
        first.unwrap_or_else(|| "cannot be read".to_owned())
    })
}

fn term<'s>(tokens: &[Token<&'s str>]) -> Result<Term<&'s str>, String> {
    Parser::new(tokens).parse(Parser::term).map_err(|faults| {
        let first = faults
            .first()
            .map(|(expected, found)| unexpected(expected.as_str(), found.map_or("", |token| token.as_str())));
        first.unwrap_or_else(|| "cannot be read".to_owned())
    })
}

/// The main expression with the other expressions in place of their names. A call of a definition
/// would cost more than most expressions.
#[expect(clippy::wildcard_enum_match_arm, reason = "the main expression has no other terms with names")]
fn inlined<'s>(term: Term<&'s str>, bodies: &mut [Option<Term<&'s str>>]) -> Term<&'s str> {
    match term {
        Term::Call(name, arguments) => {
            let index = name.strip_prefix(EXPRESSION).and_then(|index| index.parse::<usize>().ok());
            index.and_then(|index| bodies.get_mut(index)?.take()).unwrap_or_else(|| {
                let arguments = arguments.into_iter().map(|term| inlined(term, bodies)).collect();
                Term::Call(name, arguments)
            })
        }
        Term::Arr(Some(inner)) => Term::Arr(Some(Box::new(inlined(*inner, bodies)))),
        Term::BinOp(left, operator, right) => {
            let left = Box::new(inlined(*left, bodies));
            Term::BinOp(left, operator, Box::new(inlined(*right, bodies)))
        }
        other => other,
    }
}

fn unexpected(expected: &str, found: &str) -> String {
    const SHOWN: usize = 30;
    let at = match found.trim() {
        "" => "at the end".to_owned(),
        found => format!("at “{}”", text::cut(&text::visible(found), SHOWN)),
    };
    match expected {
        "nothing" => format!("is not jq: unexpected text {at}"),
        _ => format!("is not jq: expected {expected} {at}"),
    }
}

/// The tokens and those inside of brackets and texts.
fn count(tokens: &[Token<&str>]) -> usize {
    let inside = |token: &Token<&str>| match &token.1 {
        Tok::Block(inner) => 1 + count(inner),
        Tok::Str(parts) => {
            let part = |part: &StrPart<&str, Token<&str>>| match part {
                StrPart::Term(inner) => count(std::slice::from_ref(inner)),
                StrPart::Str(_) | StrPart::Char(_) => 0,
            };
            1 + parts.iter().map(part).sum::<usize>()
        }
        Tok::Word | Tok::Var | Tok::Fmt | Tok::Num | Tok::Sym => 1,
    };
    tokens.iter().map(inside).sum()
}

fn nesting(code: &str) -> usize {
    let depth = code.bytes().scan(0_usize, |depth, byte| {
        match byte {
            b'(' | b'[' | b'{' => *depth += 1,
            b')' | b']' | b'}' => *depth = depth.saturating_sub(1),
            _ => {}
        }
        Some(*depth)
    });
    depth.max().unwrap_or_default()
}

fn refusal(refusal: Refusal<'_>) -> String {
    match refusal {
        Refusal::Recursion(name) => {
            format!("defines {name}, which calls itself; use recurse, while or until instead")
        }
        Refusal::Reserved(name) => format!("uses the name {name}; names with _ at the start are reserved"),
    }
}

fn unknown(name: &str, kind: &str) -> String {
    let is_refused = REFUSED.contains(&name) || REFUSED_DEFINITIONS.contains(&name) || name == "$ENV";
    if is_refused || name == "$__loc__" || name == "input_filename" || name == "get_search_list" {
        return format!("uses {name}, which mappings cannot use: they see only the run");
    }
    let shown = text::visible(name);
    if kind != "filter" {
        return format!("uses {shown}, which is not a known {kind}");
    }
    let usages = FUNCTIONS.map(|function| function.usage);
    let is_called = |usage: &&str| usage.split('(').next() == Some(name);
    let forms: Vec<_> = usages.into_iter().filter(is_called).collect();
    if !forms.is_empty() {
        return format!("uses {shown} with the wrong arguments; write {}", forms.join(" or "));
    }
    let known = library().map(|definition| definition.name).chain(filters().map(|(name, ..)| name));
    let names: Vec<&str> = known.filter(|known| !known.starts_with(['_', '@', '$'])).collect();
    let own = usages.iter().filter_map(|usage| usage.split('(').next());
    let near = text::closest(name, own).or_else(|| text::closest(name, names.iter().copied()));
    let advice = near.map_or_else(
        || "docs/mappings.md lists the functions".to_owned(),
        |near| format!("did you mean {near}?"),
    );
    format!("uses {shown}, which is not a known function; {advice}")
}

/// Whether a part is a slice of a text.
fn is_within(text: &str, part: &str) -> bool {
    text.as_bytes().as_ptr_range().contains(&part.as_ptr())
}

/// A definition next to those of a mapping, which do not live as long.
const fn shorter<'s>(definition: Def<&'static str>) -> Def<&'s str> {
    definition
}

/// The definitions of jq's library and of this program, restricted.
fn library() -> impl Iterator<Item = Def<&'static str>> {
    let all = jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs()).chain(function::definitions());
    all.filter(|definition| !REFUSED_DEFINITIONS.contains(&definition.name)).map(restrict::definition)
}

fn filters() -> impl Iterator<Item = (&'static str, Box<[jaq_core::Bind]>, Native<MappingData>)> {
    let all = jaq_core::funs().chain(jaq_std::funs()).chain(jaq_json::funs());
    let usable = all.filter(|(name, ..)| !REFUSED.contains(name) && *name != "range");
    usable.chain(budget::filters()).chain(function::filters())
}
