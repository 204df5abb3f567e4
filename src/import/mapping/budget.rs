//! A limit for the work of expressions: jq has loops without end and values without limit.
//!
//! The work is counted in units, not in time, so that the same input always gives the same result.
//! [`restrict`](super::restrict) adds calls of these filters to each expression.

use std::cell::Cell;

use jaq_core::box_iter::box_once;
use jaq_core::native::{Fun, bome, run, v};
use jaq_core::{Bind, Ctx, DataT, Error, Exn, Lut, Native, ValXs, data::HasLut};
use jaq_json::{Num, Val};

use super::value::MOST_DIGITS;

/// The cost of one turn of a loop, in units of one visited value.
const TURN: u64 = 20;
/// The work that is always allowed; about a fifth of a second.
const LEAST: u64 = 8_000_000;
/// The work allowed for each value of the input.
const PER_VALUE: u64 = 100;
/// Bytes of text that count as one value.
const TEXT_UNIT: u64 = 64;
/// The longest text that an expression may make, in bytes.
const LONGEST_TEXT: usize = 8 << 20;
/// The longest text that a regular expression may search, in bytes: the time grows with its square.
const LONGEST_MATCHED: usize = 16 << 10;
/// The most bits of a whole number: the time to print it grows with their square.
const MOST_BITS: u64 = 2_048;
/// Instants in seconds up to the year 9999 and a little more; later ones overflow in jq's library.
const LATEST_SECONDS: f64 = 1e12;
/// The deepest nesting that an expression may make; inputs are read with at most half of it.
const DEEPEST: usize = 256;

/// The message of an expression that does too much.
const SPENT: &str = "takes too much work; make the expression simpler";

/// The kind of data that expressions work on.
pub(super) struct MappingData;

/// What native filters can reach: the program and the budget.
#[derive(Clone)]
pub(super) struct ProgramData<'a> {
    lut: &'a Lut<MappingData>,
    pub(super) budget: &'a Budget,
}

impl<'a> ProgramData<'a> {
    pub(super) const fn new(lut: &'a Lut<MappingData>, budget: &'a Budget) -> Self {
        Self { lut, budget }
    }
}

impl DataT for MappingData {
    type V<'a> = Val;
    type Data<'a> = ProgramData<'a>;
}

impl<'a> HasLut<'a, MappingData> for ProgramData<'a> {
    fn lut(&self) -> &'a Lut<MappingData> {
        self.lut
    }
}

/// The units of work that are left.
pub(super) struct Budget {
    /// For the whole evaluation.
    all: Cell<u64>,
    /// For the expression that is evaluated.
    one: Cell<u64>,
    /// For each expression.
    each: u64,
}

impl Budget {
    /// The budget for an input with a number of values in it.
    pub(super) fn of(values: usize) -> Self {
        /// One expression may take this part of the whole work.
        const PART: u64 = 4;
        let values = u64::try_from(values).unwrap_or(u64::MAX);
        let all = values.saturating_mul(PER_VALUE).saturating_add(LEAST);
        Self { all: Cell::new(all), one: Cell::new(all / PART), each: all / PART }
    }

    /// Starts an expression, so that one with too much work leaves some for the others.
    fn start(&self) {
        self.one.set(self.each);
    }

    fn spend(&self, units: u64) -> Result<(), Error<Val>> {
        let (all, one) = (self.all.get().saturating_sub(units), self.one.get().saturating_sub(units));
        self.all.set(all);
        self.one.set(one);
        if all == 0 || one == 0 { Err(Error::str(SPENT)) } else { Ok(()) }
    }

    /// Visits a value, but not the values in it.
    pub(super) fn visit_shallow(&self, value: &Val) -> Result<(), Error<Val>> {
        match value {
            Val::BStr(_) | Val::TStr(_) => self.visit(value, 0),
            Val::Null | Val::Bool(_) | Val::Num(_) | Val::Arr(_) | Val::Obj(_) => self.spend(1),
        }
    }

    /// Visits a value, which costs a unit for each value in it.
    fn visit(&self, value: &Val, depth: usize) -> Result<(), Error<Val>> {
        if depth > DEEPEST {
            return Err(Error::str("makes lists or objects that are nested too deeply"));
        }
        match value {
            Val::Num(Num::BigInt(number)) if number.bits() > MOST_BITS => Err(too_many_digits()),
            Val::Null | Val::Bool(_) | Val::Num(_) => self.spend(1),
            Val::BStr(text) | Val::TStr(text) => {
                if text.len() > LONGEST_TEXT {
                    return Err(too_long());
                }
                self.spend(1 + text.len() as u64 / TEXT_UNIT)
            }
            Val::Arr(items) => {
                self.spend(1)?;
                items.iter().try_for_each(|item| self.visit(item, depth + 1))
            }
            Val::Obj(members) => {
                self.spend(1)?;
                members.iter().try_for_each(|(key, member)| {
                    self.visit(key, depth + 1)?;
                    self.visit(member, depth + 1)
                })
            }
        }
    }
}

fn too_many_digits() -> Error<Val> {
    Error::str("has a number with too many digits")
}

fn too_long() -> Error<Val> {
    Error::str("makes a text that is too long")
}

/// `tick`: passes its input on and counts a turn of a loop.
pub(super) const TICK: &str = "_tick";
/// `guard`: passes its input on and counts the values in it.
pub(super) const GUARD: &str = "_guard";
/// `matched`: passes its input on if a regular expression may search it, and counts the work.
pub(super) const MATCHED: &str = "_matched";
/// `digits`: passes a text on if its numbers are not too long.
pub(super) const DIGITS: &str = "_digits";
/// `seconds`: passes its input on unless it is an instant that jq's library cannot convert.
pub(super) const SECONDS: &str = "_seconds";
/// `product(l; r)`: multiplies, but makes no text that is too long.
pub(super) const PRODUCT: &str = "_product";

/// `collect(n; f)`: the outputs of an expression as a list of at most n values, or an object with
/// the error. The expression has a budget of its own.
pub(super) const COLLECT: &str = "_collect";

type Context<'a> = Ctx<'a, MappingData>;

fn tick<'a, T: 'a>(context: &Context<'a>, input: T) -> ValXs<'a, T, Val> {
    let spent = context.data().budget.spend(TURN);
    box_once(spent.map(|()| input).map_err(Exn::from))
}

/// Passes a value on after a test.
fn passed<'a>(
    context: &Context<'a>,
    input: Val,
    test: fn(&Budget, &Val) -> Result<(), Error<Val>>,
) -> ValXs<'a, Val> {
    bome(test(context.data().budget, &input).map(|()| input))
}

fn guarded<'a>(context: &Context<'a>, input: Val) -> Result<Val, Exn<'a, Val>> {
    context.data().budget.visit(&input, 0).map(|()| input).map_err(Exn::from)
}

fn matched(budget: &Budget, input: &Val) -> Result<(), Error<Val>> {
    let (Val::TStr(text) | Val::BStr(text)) = input else { return budget.spend(TURN) };
    if text.len() > LONGEST_MATCHED {
        return Err(Error::str(format_args!(
            "searches a text of {} KiB with a regular expression; {} KiB are possible",
            text.len() >> 10,
            LONGEST_MATCHED >> 10
        )));
    }
    let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
    budget.spend(TURN + length + length * length / 256)
}

fn digits(budget: &Budget, input: &Val) -> Result<(), Error<Val>> {
    let (Val::TStr(text) | Val::BStr(text)) = input else { return budget.spend(1) };
    let is_long = |run: &[u8]| run.len() > MOST_DIGITS;
    if text.split(|byte| !byte.is_ascii_digit()).any(is_long) {
        return Err(too_many_digits());
    }
    budget.visit(input, 0)
}

fn instant(budget: &Budget, input: &Val) -> Result<(), Error<Val>> {
    let is_far =
        |value: &Val| jaq_std::ValT::as_f64(value).is_some_and(|number| number.abs() > LATEST_SECONDS);
    let has_far = match input {
        Val::Num(_) => is_far(input),
        Val::Arr(parts) => parts.iter().any(is_far),
        Val::Null | Val::Bool(_) | Val::BStr(_) | Val::TStr(_) | Val::Obj(_) => false,
    };
    if has_far {
        let shown = input.to_string();
        let shown = crate::text::cut(&shown, 40).into_owned();
        return Err(Error::str(format_args!("{shown} is not an instant in seconds")));
    }
    budget.spend(1)
}

fn product(left: Val, right: Val) -> Result<Val, Error<Val>> {
    let bits = |value: &Val| match value {
        Val::Num(Num::BigInt(number)) => number.bits(),
        Val::Null | Val::Bool(_) | Val::Num(_) | Val::BStr(_) | Val::TStr(_) | Val::Arr(_) | Val::Obj(_) => 0,
    };
    if bits(&left) + bits(&right) > MOST_BITS {
        return Err(too_many_digits());
    }
    let length = |text: &Val, times: &Val| match (text, times) {
        (Val::TStr(text) | Val::BStr(text), Val::Num(_)) => {
            let times = jaq_std::ValT::as_f64(times).unwrap_or_default();
            #[expect(clippy::cast_precision_loss, reason = "compared with a limit only")]
            Some(text.len() as f64 * times)
        }
        _ => None,
    };
    #[expect(clippy::cast_precision_loss, reason = "a small constant")]
    let limit = LONGEST_TEXT as f64;
    match length(&left, &right).or_else(|| length(&right, &left)) {
        Some(length) if length > limit => Err(too_long()),
        _ => left * right,
    }
}

fn collect(mut context: Context<'_>, input: Val) -> Result<Val, Exn<'_, Val>> {
    let (expression, inner) = context.pop_fun();
    let most = match context.pop_var() {
        Val::Num(number) => number.as_isize().and_then(|most| usize::try_from(most).ok()),
        Val::Null | Val::Bool(_) | Val::BStr(_) | Val::TStr(_) | Val::Arr(_) | Val::Obj(_) => None,
    };
    inner.data().budget.start();
    let mut values = Vec::new();
    for output in expression.run((inner, input)).take(most.unwrap_or_default()) {
        match output.map_err(Exn::get_err) {
            Ok(value) => values.push(value),
            Err(Ok(error)) => {
                let member = (Val::utf8_str("error"), error.into_val());
                return Ok(Val::obj(std::iter::once(member).collect()));
            }
            Err(Err(other)) => return Err(other),
        }
    }
    Ok(values.into_iter().collect())
}

/// `range(from; to; by)` that counts its turns; its native form does not.
fn range<'a>(context: &Context<'a>, from: Val, to: Val, by: Val) -> ValXs<'a, Val> {
    use std::cmp::Ordering;
    let budget = context.data().budget;
    let order = by.partial_cmp(&Val::from(0isize)).unwrap_or(Ordering::Equal);
    let mut next = Some(Ok(from));
    Box::new(std::iter::from_fn(move || {
        let here = match next.take()? {
            Ok(here) => here,
            Err(fault) => return Some(Err(Exn::from(fault))),
        };
        let is_inside = match order {
            Ordering::Greater => here < to,
            Ordering::Less => here > to,
            Ordering::Equal => here != to,
        };
        if !is_inside {
            return None;
        }
        if let Err(fault) = budget.spend(TURN) {
            return Some(Err(Exn::from(fault)));
        }
        next = Some(here.clone() + by.clone());
        Some(Ok(here))
    }))
}

/// The native filters of this module.
pub(super) fn filters() -> Vec<Fun<MappingData>> {
    let ticking = Native::<MappingData>::new(|cv| tick(&cv.0, cv.1))
        .with_paths(|cv| tick(&cv.0, cv.1))
        .with_update(|cv, update| match cv.0.data().budget.spend(TURN) {
            Ok(()) => update(cv.1),
            Err(fault) => box_once(Err(Exn::from(fault))),
        });
    let guarding = Native::<MappingData>::new(|cv| box_once(guarded(&cv.0, cv.1)))
        .with_paths(|cv| {
            let (value, path) = cv.1;
            box_once(guarded(&cv.0, value).map(|value| (value, path)))
        })
        .with_update(|cv, update| match guarded(&cv.0, cv.1) {
            Ok(value) => update(value),
            Err(fault) => box_once(Err(fault)),
        });
    let multiplying = Native::<MappingData>::new(|mut cv| {
        let right = cv.0.pop_var();
        let left = cv.0.pop_var();
        bome(product(left, right))
    });
    let ranging = Native::<MappingData>::new(|mut cv| {
        let by = cv.0.pop_var();
        let to = cv.0.pop_var();
        let from = cv.0.pop_var();
        range(&cv.0, from, to, by)
    });
    let collecting = Native::<MappingData>::new(|cv| box_once(collect(cv.0, cv.1)));
    vec![
        (TICK, v(0), ticking),
        (GUARD, v(0), guarding),
        run((MATCHED, v(0), |cv| passed(&cv.0, cv.1, matched))),
        run((DIGITS, v(0), |cv| passed(&cv.0, cv.1, digits))),
        run((SECONDS, v(0), |cv| passed(&cv.0, cv.1, instant))),
        (PRODUCT, v(2), multiplying),
        (COLLECT, Box::new([Bind::Var(()), Bind::Fun(())]), collecting),
        ("range", v(3), ranging),
    ]
}
