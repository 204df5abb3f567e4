//! Changes expressions so that their work is bounded: each loop counts its turns, each new value
//! its size.
//!
//! The definitions of jq's library are changed in the same way. Definitions of a mapping that call
//! themselves are refused, because nothing bounds the depth of their calls.

use jaq_core::load::lex::StrPart;
use jaq_core::load::parse::{BinaryOp, Def, Pattern, Term};
use jaq_core::ops::Math;
use jaq_core::path::{Part, Path};

use super::budget::{DIGITS, GUARD, MATCHED, PRODUCT, SECONDS, TICK};

type Expression<'s> = Term<&'s str>;

/// The variable of the second factor in `l *= r`.
const FACTOR: &str = "$_factor";

/// Functions that need no guard: their work is small or counted by themselves, and their outputs
/// are small or a part of the input. The body of a definition with the same name has guards of its
/// own.
const FREE: [&str; 20] = [
    "time",
    "seconds",
    "minutes",
    "duration",
    "result",
    "type",
    "not",
    "empty",
    "select",
    "values",
    "nulls",
    "booleans",
    "numbers",
    "strings",
    "arrays",
    "objects",
    "iterables",
    "scalars",
    "first",
    "last",
];

/// Functions whose work grows with their input, but whose output can be small.
const REDUCING: [&str; 25] = [
    "length",
    "utf8bytelength",
    "test",
    "match",
    "capture",
    "scan",
    "splits",
    "tonumber",
    "fromjson",
    "contains",
    "inside",
    "index",
    "rindex",
    "indices",
    "min",
    "max",
    "min_by",
    "max_by",
    "has",
    "fromdate",
    "fromdateiso8601",
    "dateadd",
    "strptime",
    "ascii",
    "toboolean",
];

/// Native filters with the guard of their input, in expressions and in jq's library.
const NATIVE: [(&str, &str); 8] = [
    ("matches", MATCHED),
    ("split_matches", MATCHED),
    ("split_", MATCHED),
    ("fromjson", DIGITS),
    ("gmtime", SECONDS),
    ("strftime", SECONDS),
    ("todateiso8601", SECONDS),
    ("mktime", SECONDS),
];

/// Why an expression cannot be used, although jq could run it.
#[derive(Clone, Copy)]
pub(super) enum Refusal<'s> {
    /// A definition calls itself.
    Recursion(&'s str),
    /// A name starts with an underscore.
    Reserved(&'s str),
}

/// The restricted form of an expression of a mapping.
pub(super) fn expression(term: Expression<'_>) -> Result<Expression<'_>, Refusal<'_>> {
    let mut visitor = Visitor { is_library: false, open: Vec::new(), refusal: None };
    let term = visitor.term(term);
    visitor.refusal.map_or(Ok(term), Err)
}

/// The restricted form of a definition of jq's library, which may call itself.
pub(super) fn definition(definition: Def<&str>) -> Def<&str> {
    Visitor { is_library: true, open: Vec::new(), refusal: None }.definition(definition)
}

struct Visitor<'s> {
    is_library: bool,
    /// The definitions around the place, with the number of their arguments.
    open: Vec<(&'s str, usize)>,
    refusal: Option<Refusal<'s>>,
}

fn call(name: &str) -> Expression<'_> {
    Term::Call(name, Vec::new())
}

const fn is_literal(term: &Expression<'_>) -> bool {
    matches!(term, Term::Num(_) | Term::Str(None, _) | Term::Arr(None))
}

fn then<'s>(first: Expression<'s>, second: Expression<'s>) -> Expression<'s> {
    Term::BinOp(Box::new(first), BinaryOp::Pipe(None), Box::new(second))
}

impl<'s> Visitor<'s> {
    #[expect(clippy::boxed_local, reason = "jq's terms are boxed")]
    fn boxed(&mut self, term: Box<Expression<'s>>) -> Box<Expression<'s>> {
        Box::new(self.term(*term))
    }

    fn all(&mut self, terms: Vec<Expression<'s>>) -> Vec<Expression<'s>> {
        terms.into_iter().map(|term| self.term(term)).collect()
    }

    fn term(&mut self, term: Expression<'s>) -> Expression<'s> {
        match term {
            Term::Id | Term::Num(_) | Term::Var(_) | Term::Break(_) | Term::Arr(None) => term,
            Term::Recurse => then(term, call(TICK)),
            Term::Str(format, parts) => self.text(format, parts),
            Term::Arr(Some(inner)) => then(Term::Arr(Some(self.boxed(inner))), call(GUARD)),
            Term::Obj(members) => {
                let member =
                    |(key, value): (_, Option<_>)| (self.term(key), value.map(|value| self.term(value)));
                then(Term::Obj(members.into_iter().map(member).collect()), call(GUARD))
            }
            Term::Neg(inner) => Term::Neg(self.boxed(inner)),
            Term::BinOp(left, operator, right) => self.operation(*left, operator, *right),
            Term::Label(name, inner) => Term::Label(name, self.boxed(inner)),
            Term::Fold(kind, source, pattern, bodies) => {
                let source = then(self.term(*source), call(TICK));
                Term::Fold(kind, Box::new(source), self.pattern(pattern), self.all(bodies))
            }
            Term::TryCatch(inner, caught) => {
                Term::TryCatch(self.boxed(inner), caught.map(|caught| self.boxed(caught)))
            }
            Term::IfThenElse(branches, otherwise) => {
                let branch = |(test, body)| (self.term(test), self.term(body));
                let branches = branches.into_iter().map(branch).collect();
                Term::IfThenElse(branches, otherwise.map(|term| self.boxed(term)))
            }
            Term::Def(definitions, body) => {
                let definitions = definitions.into_iter().map(|inner| self.definition(inner)).collect();
                Term::Def(definitions, self.boxed(body))
            }
            Term::Call(name, arguments) => self.call(name, arguments),
            Term::Path(base, path) => self.path(*base, path),
        }
    }

    fn text(
        &mut self,
        format: Option<&'s str>,
        parts: Vec<StrPart<&'s str, Expression<'s>>>,
    ) -> Expression<'s> {
        let is_plain = format.is_none() && !parts.iter().any(|part| matches!(part, StrPart::Term(_)));
        let part = |part| match part {
            StrPart::Term(term) => StrPart::Term(self.term(term)),
            StrPart::Str(_) | StrPart::Char(_) => part,
        };
        let text = Term::Str(format, parts.into_iter().map(part).collect());
        if is_plain { text } else { then(text, call(GUARD)) }
    }

    fn operation(
        &mut self,
        left: Expression<'s>,
        operator: BinaryOp<&'s str>,
        right: Expression<'s>,
    ) -> Expression<'s> {
        let (left, right) = (self.term(left), self.term(right));
        match operator {
            BinaryOp::Math(Math::Mul) => then(Term::Call(PRODUCT, vec![left, right]), call(GUARD)),
            BinaryOp::UpdateMath(Math::Mul) => {
                let product = Term::Call(PRODUCT, vec![Term::Id, Term::Var(FACTOR)]);
                let update = Term::BinOp(Box::new(left), BinaryOp::Update, Box::new(product));
                let bind = BinaryOp::Pipe(Some(Pattern::Var(FACTOR)));
                then(Term::BinOp(Box::new(right), bind, Box::new(update)), call(GUARD))
            }
            BinaryOp::Math(_)
            | BinaryOp::Assign
            | BinaryOp::Update
            | BinaryOp::UpdateMath(_)
            | BinaryOp::UpdateAlt => {
                then(Term::BinOp(Box::new(left), operator, Box::new(right)), call(GUARD))
            }
            BinaryOp::Pipe(pattern) => {
                let pattern = pattern.map(|pattern| self.pattern(pattern));
                Term::BinOp(Box::new(left), BinaryOp::Pipe(pattern), Box::new(right))
            }
            // Commas in a row of pipes double the outputs at each pipe.
            BinaryOp::Comma => Term::BinOp(Box::new(left), operator, Box::new(then(right, call(TICK)))),
            // Comparing two large values takes long and gives one small value.
            BinaryOp::Cmp(_) if !is_literal(&left) && !is_literal(&right) => {
                Term::BinOp(Box::new(then(left, call(GUARD))), operator, Box::new(right))
            }
            BinaryOp::Alt | BinaryOp::Or | BinaryOp::And | BinaryOp::Cmp(_) => {
                Term::BinOp(Box::new(left), operator, Box::new(right))
            }
        }
    }

    fn pattern(&mut self, pattern: Pattern<&'s str>) -> Pattern<&'s str> {
        match pattern {
            Pattern::Var(name) => {
                self.expect_own(name);
                Pattern::Var(name)
            }
            Pattern::Arr(items) => Pattern::Arr(items.into_iter().map(|item| self.pattern(item)).collect()),
            Pattern::Obj(members) => {
                let member = |(key, inner)| (self.term(key), self.pattern(inner));
                Pattern::Obj(members.into_iter().map(member).collect())
            }
        }
    }

    fn definition(&mut self, definition: Def<&'s str>) -> Def<&'s str> {
        let Def { name, args, body } = definition;
        for name in args.iter().chain([&name]) {
            self.expect_own(name);
        }
        self.open.push((name, args.len()));
        let body = self.term(body);
        self.open.pop();
        Def { name, args, body }
    }

    fn call(&mut self, name: &'s str, arguments: Vec<Expression<'s>>) -> Expression<'s> {
        self.expect_own(name);
        let is_recursive = self.open.contains(&(name, arguments.len()));
        let call_itself = Term::Call(name, self.all(arguments));
        let call_itself = match NATIVE.iter().find(|(native, _)| *native == name) {
            Some((_, guard)) => then(call(guard), call_itself),
            None => call_itself,
        };
        match (is_recursive, self.is_library) {
            // The tick comes first, so that the call stays the last one of its definition.
            (true, true) => then(call(TICK), call_itself),
            (true, false) => {
                self.refusal = Some(Refusal::Recursion(name));
                call_itself
            }
            (false, true) => call_itself,
            (false, false) if FREE.contains(&name) => call_itself,
            (false, false) if REDUCING.contains(&name) => then(call(GUARD), then(call_itself, call(GUARD))),
            (false, false) => then(call_itself, call(GUARD)),
        }
    }

    fn path(&mut self, base: Expression<'s>, path: Path<Expression<'s>>) -> Expression<'s> {
        // A slice makes a new value; all items of a list are values that exist.
        let is_slice = path
            .0
            .iter()
            .any(|(part, _)| matches!(part, Part::Range(from, to) if from.is_some() || to.is_some()));
        let is_loop = path.0.iter().any(|(part, _)| matches!(part, Part::Range(..)));
        let part = |(part, optional)| {
            let part = match part {
                Part::Index(index) => Part::Index(self.term(index)),
                Part::Range(from, to) => {
                    Part::Range(from.map(|from| self.term(from)), to.map(|to| self.term(to)))
                }
            };
            (part, optional)
        };
        let parts = path.0.into_iter().map(part).collect();
        let path = Term::Path(Box::new(self.term(base)), Path(parts));
        match (is_slice, is_loop) {
            (true, _) => then(path, call(GUARD)),
            (false, true) => then(path, call(TICK)),
            (false, false) => path,
        }
    }

    /// Refuses names that the restriction itself uses.
    fn expect_own(&mut self, name: &'s str) {
        if !self.is_library && name.trim_start_matches('$').starts_with('_') {
            self.refusal = Some(Refusal::Reserved(name));
        }
    }
}
