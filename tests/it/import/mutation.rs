//! Mutated sample runs of each CI tool: no panic, no result for an unfinished run, linear time.

use std::time::Instant;

use sei_compose::document::{Object, Value, read, write_compact};
use sei_compose::import::{ImportKind, import};

/// A xorshift generator.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

/// The runs in `tests/ci`, and samples of the shapes that have no file there.
fn samples() -> Vec<Value> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ci");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let is_input = |path: &std::path::PathBuf| !path.to_string_lossy().contains("expected");
    let files = paths.into_iter().filter(is_input).map(|path| std::fs::read_to_string(path).unwrap());
    let texts = files.chain(super::shape::samples().into_iter().map(str::to_owned));
    texts.filter_map(|text| read(&text).ok()).collect()
}

fn any_value(random: &mut Random) -> Value {
    match random.below(10) {
        0 => Value::Null,
        1 => Value::Bool(true),
        2 => Value::from(i64::MIN),
        3 => Value::from(i64::MAX),
        4 => Value::from(0),
        5 => Value::Array(Vec::new()),
        6 => Value::Object(Object::default()),
        7 => Value::from("0001-01-01T00:00:00Z"),
        8 => Value::from("20260105T090000+0000"),
        _ => Value::from("é%2F/\u{0}running"),
    }
}

/// The value with a change at a random depth: a member is replaced, removed or duplicated.
fn mutated(value: &Value, random: &mut Random) -> Value {
    match value {
        Value::Object(object) if !object.is_empty() => {
            let chosen = random.below(object.len());
            let kind = random.below(6);
            let mut members = Vec::new();
            for (index, (key, member)) in object.iter().enumerate() {
                if index != chosen {
                    members.push((key.to_owned(), member.clone()));
                } else if kind < 3 {
                    members.push((key.to_owned(), mutated(member, random)));
                } else if kind == 3 {
                    members.push((key.to_owned(), any_value(random)));
                } else if kind == 4 {
                    members.push((key.to_owned(), Value::Array(vec![member.clone(), member.clone()])));
                }
            }
            Value::Object(members.into_iter().collect())
        }
        Value::Array(items) if !items.is_empty() => {
            let mut items = items.clone();
            let chosen = random.below(items.len());
            let changed = mutated(items.get(chosen).unwrap(), random);
            if random.below(4) == 0 {
                items.push(changed.clone());
            }
            *items.get_mut(chosen).unwrap() = changed;
            Value::Array(items)
        }
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::Text(_)
        | Value::Array(_)
        | Value::Object(_) => any_value(random),
    }
}

/// Imports mutated samples; `SEI_COMPOSE_FUZZ` sets the duration in seconds.
#[test]
fn a_mutated_run_is_read_or_refused() {
    let seconds: Option<u64> = std::env::var("SEI_COMPOSE_FUZZ").ok().and_then(|word| word.parse().ok());
    let mut random = Random(seconds.map_or(11, |_| u64::from(std::process::id()) << 20 | 1));
    let samples = samples();
    let start = Instant::now();
    let (mut tries, mut read_runs) = (0_usize, 0_usize);
    while seconds.map_or(tries < 3_000, |seconds| start.elapsed().as_secs() < seconds) {
        let mut value = samples[random.below(samples.len())].clone();
        for _ in 0..=random.below(4) {
            value = mutated(&value, &mut random);
        }
        let text = write_compact(&value);
        tries += 1;
        let Ok(imported) = import(&text) else { continue };
        assert_eq!(read(&write_compact(&imported.document)).as_ref(), Ok(&imported.document), "{text}");
        if !matches!(imported.kind, ImportKind::Run(_)) {
            continue;
        }
        read_runs += 1;
        let run = imported.document.as_object().unwrap();
        if imported.notes.iter().any(|note| note.starts_with("This run is not over")) {
            assert!(!run.contains("result") && !run.contains("duration"), "{text}");
        }
        assert!(run.get("duration").and_then(Value::as_i64).is_none_or(|millis| millis >= 0), "{text}");
    }
    assert!(read_runs > tries / 4, "{read_runs} of {tries}");
}

/// The time for a list four times as long must not grow by much more than a factor of four.
#[test]
fn the_time_to_read_a_run_is_linear() {
    let longer = |value: &Value, count: usize| -> Value {
        let Value::Object(object) = value else { return value.clone() };
        let grown = object.iter().map(|(key, member)| match member {
            Value::Array(items) if !items.is_empty() => {
                let items = items.iter().cycle().take(count).cloned().collect();
                (key.to_owned(), Value::Array(items))
            }
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Text(_)
            | Value::Array(_)
            | Value::Object(_) => (key.to_owned(), member.clone()),
        });
        Value::Object(grown.collect())
    };
    for sample in samples() {
        let time = |count: usize| {
            let text = write_compact(&longer(&sample, count));
            let start = Instant::now();
            drop(import(&text));
            start.elapsed()
        };
        let (short, long) = (time(1_000), time(4_000));
        let is_linear = long < short * 12 || long.as_millis() < 200;
        assert!(is_linear, "{short:?}, {long:?}: {}", write_compact(&sample));
    }
}
