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
    let mut best: Option<(usize, &'a str)> = None;
    for known in among {
        let other = letters(known);
        let reach = reach(word.len().min(other.len()));
        if word.len().abs_diff(other.len()) > reach {
            continue;
        }
        let distance = distance(&word, &other);
        if distance <= reach && best.is_none_or(|(nearest, _)| distance < nearest) {
            best = Some((distance, known));
        }
    }
    best.map(|(_, known)| known)
}

fn letters(word: &str) -> Vec<char> {
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

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut previous = None;
    for (i, &from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        let mut left = None;
        for (j, &to) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut cost =
                (at(&last, j) + usize::from(from != to)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            if j > 0 && previous == Some(to) && left == Some(from) {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            row.push(cost);
            left = Some(to);
        }
        before = std::mem::replace(&mut last, row);
        previous = Some(from);
    }
    last.last().copied().unwrap_or(0)
}
