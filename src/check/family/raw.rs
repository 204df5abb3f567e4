//! Faults of the text, before a document exists: text that is not JSON, and duplicate keys.

use std::ops::Range;

use crate::catalog::Evidence;
use crate::check::loss::Loss;
use crate::check::phrase::quote;
use crate::check::problem::{Fix, Problem, Severity};
use crate::check::rule::{BACKEND, Rule};
use crate::document::{
    Duplicate, Edit, Object, Pointer, SyntaxError, Value, duplicate_keys, line_column, read,
};
use crate::text;

pub(in crate::check) const SYNTAX: Rule = Rule {
    code: "syntax",
    severity: Severity::Error,
    evidence: Evidence::Doc,
    loss: Some(Loss::Run),
    other_losses: &[],
    meaning: "The text is not JSON.",
    why: "SEI refuses a body that it cannot read. The documentation's samples have such faults: curly quotes, an extra \
          or missing comma, a doubled brace.",
    source: "RFC 8259; documentation, all versions since 2023",
    example: r#""pipeline": "web","#,
    good: r#""pipeline": "web""#,
    fix: "",
};

pub(in crate::check) const DUPLICATE_KEY: Rule = Rule {
    code: "duplicate-key",
    severity: Severity::Error,
    evidence: Evidence::Seen,
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "A key appears twice in one object.",
    why: "JSON does not define which of the two counts. SEI uses the last value; other programs may use the \
          first or refuse the text.",
    source: BACKEND,
    example: r#""result": "SUCCESS", "result": "FAILURE""#,
    good: r#""result": "FAILURE""#,
    fix: "Keeps one of the two. If their values are equal, nothing is lost.",
};

/// A fault of the text, with its place there.
#[derive(Debug, Clone, PartialEq)]
pub struct RawProblem {
    /// The problem. Its fixes edit the document of the text; a text without a document has no
    /// fixes.
    pub problem: Problem,
    /// The place of the fault in the text.
    pub mark: RawMark,
    /// The first place of a duplicate key.
    pub first: Option<RawMark>,
}

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawMark {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The marked range in bytes.
    pub span: Range<usize>,
}

impl RawMark {
    fn of(text: &str, span: Range<usize>) -> Self {
        let (line, column) = line_column(text, span.start);
        Self { line, column, span }
    }
}

/// The faults of a text that should be JSON, in its order: the first syntax error, otherwise each
/// duplicate key.
pub fn raw(text: &str) -> Vec<RawProblem> {
    match read(text) {
        Ok(root) => duplicate_keys(text).iter().map(|found| duplicate_key(text, &root, found)).collect(),
        Err(error) => vec![syntax(text, &error)],
    }
}

fn syntax(text: &str, error: &SyntaxError) -> RawProblem {
    let start = error.offset.min(text.len());
    let length = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let mark = RawMark { line: error.line, column: error.column, span: start..start + length };
    let problem = SYNTAX.problem(Pointer::root(), format!("{}.", error.message), Vec::new());
    RawProblem { problem, mark, first: None }
}

fn duplicate_key(text: &str, root: &Value, duplicate: &Duplicate) -> RawProblem {
    let (first, mark) =
        (RawMark::of(text, duplicate.first.clone()), RawMark::of(text, duplicate.again.clone()));
    let key = duplicate.at.last().map(|token| token.word().into_owned()).unwrap_or_default();
    // The caller shows the places: the text may be a line, or a part, of another text.
    let message = format!("{} appears twice in one object: SEI uses the last.", quote(&key));
    let problem = DUPLICATE_KEY.problem(duplicate.at.clone(), message, keep(root, &duplicate.at, &key));
    RawProblem { problem, mark, first: Some(first) }
}

/// Fixes that keep the last value, as SEI does, or the first. An edit changes the last of equal
/// keys.
fn keep(root: &Value, at: &Pointer, key: &str) -> Vec<Fix> {
    let object = at.parent().and_then(|parent| root.get(&parent)).and_then(Value::as_object);
    let members = object.into_iter().flat_map(Object::iter).filter(|(name, _)| *name == key);
    let values: Vec<&Value> = members.map(|(_, value)| value).collect();
    let ([first, ..], Some(last)) = (values.as_slice(), values.last()) else { return Vec::new() };
    let mut edits: Vec<Edit> =
        std::iter::repeat_n(Edit::Remove { at: at.clone() }, values.len().saturating_sub(1)).collect();
    if values.iter().all(|value| value == first) {
        return vec![Fix::safe(format!("keep one {}", text::visible(key)), edits)];
    }
    let keep_first = Fix::offer("keep the first", edits.clone());
    edits.push(Edit::Replace { at: at.clone(), value: (*last).clone() });
    vec![Fix::offer("keep the last, as SEI does", edits), keep_first]
}
