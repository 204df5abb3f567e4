//! Near-miss spelling: finds the known word that was probably meant.

/// The known word that is nearest in spelling, where it is near enough for a suggestion.
///
/// Case and separators (`_`, `-`, `.`, space) are ignored, so `jobFullName` finds `job_full_name`;
/// among equally near words the first wins.
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
        let max_distance = max_distance(length.min(count));
        if length.abs_diff(count) > max_distance {
            continue;
        }
        let distance = strsim::osa_distance(&word, &other);
        if distance <= max_distance && best.is_none_or(|(nearest, _)| distance < nearest) {
            best = Some((distance, known));
        }
    }
    best.map(|(_, known)| known)
}

fn letters(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '_' | '-' | '.' | ' ')).flat_map(char::to_lowercase).collect()
}

/// How many typing errors a word of this length may have.
fn max_distance(letters: usize) -> usize {
    match letters {
        0..=2 => 0,
        3..=5 => 1,
        6..=9 => 2,
        _ => 3,
    }
}
