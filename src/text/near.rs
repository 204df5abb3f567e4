//! Near-miss spelling: the known word that somebody most likely meant.

/// The word among the known ones that is nearest in spelling, when it is near enough to be worth suggesting.
///
/// Case and the joints of a name (`_`, `-`, `.`, space) count for nothing, so `jobFullName` finds `job_full_name`; of
/// equally near words the first wins.
pub fn closest<'a>(word: &str, among: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = letters(word);
    if word.is_empty() {
        return None;
    }
    let length = word.chars().count();
    let mut best: Option<(usize, &'a str)> = None;
    for known in among {
        let other = letters(known);
        let count = other.chars().count();
        let reach = reach(length.min(count));
        if length.abs_diff(count) > reach {
            continue;
        }
        let distance = strsim::osa_distance(&word, &other);
        if distance <= reach && best.is_none_or(|(nearest, _)| distance < nearest) {
            best = Some((distance, known));
        }
    }
    best.map(|(_, known)| known)
}

fn letters(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '_' | '-' | '.' | ' ')).flat_map(char::to_lowercase).collect()
}

/// How many slips of the finger a word of so many letters may hold.
fn reach(letters: usize) -> usize {
    match letters {
        0..=2 => 0,
        3..=5 => 1,
        6..=9 => 2,
        _ => 3,
    }
}
