//! Tests of `document`.

mod comparison;
mod editing;
mod history;
mod property;
mod reading;
mod scan;
mod value;

use sei_compose::document::{Edit, Pointer, Value, apply, read, write_compact};

fn at(text: &str) -> Pointer {
    text.parse().unwrap()
}

fn json(text: &str) -> Value {
    read(text).unwrap()
}

/// The document after some edits, as compact JSON.
fn after(root: &str, edits: &[Edit]) -> String {
    let mut value = json(root);
    for edit in edits {
        apply(&mut value, edit).unwrap();
    }
    write_compact(&value)
}
