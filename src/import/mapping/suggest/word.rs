//! The words of keys, and names as patterns of words.

use crate::document::{Pointer, Token};

/// Words that tools write together, as in `buildnumber`.
const PARTS: &str = "\
    start started end ended finish finished complete completed create created queued stop stopped \
    time date at on build job run pipeline project repo repository commit branch user author display \
    full name number num id uuid status state result url link web html type config by trigger \
    triggered requested exit code total elapsed git ref stage hash products outputs params";

/// Words around a name that do not change its meaning, such as those of a wrapper.
const NEUTRAL: &str = "\
    metadata meta status spec attribute attributes data run build execution pipeline job workflow \
    deployment deploy release info information detail details summary result results item object \
    payload resource properties timing timings time times timestamp timestamps date dates stats \
    statistics current main response body content record operation state git vcs scm source event \
    this process task label labels annotation annotations ci cd context common core general overview \
    sync head value link links href html web all action the plan";

/// Words of things that are not the run itself.
const OTHER: &str = "\
    previous prev last latest next parent parents child children upstream downstream commit author \
    committer user actor sender repository repo project organization org organisation account owner \
    team group stage step artifact artifacts agent runner worker machine node image container \
    approval approvals retry rerun original template parameter parameters params variables vars env \
    environment input inputs log logs avatar test tests cache cluster pull request merge issue queue \
    wait waiting pending max maximum min minimum average avg mean estimated expected estimate \
    timeout limit remaining updated default base target before tree expires expiry callback webhook \
    hook api canceled cancelled finish finished end ended complete completed stopped correlation trace tracing";

/// Whether a word is in a list with spaces between its words.
pub(super) fn is_in(list: &str, word: &str) -> bool {
    list.split(' ').any(|other| other == word)
}

/// The words of a key in lower case, split at case and punctuation, without the domain in front of
/// a `/`.
pub(super) fn words(key: &str) -> Vec<String> {
    let key = key.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(key);
    let letters: Vec<char> = key.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for (index, letter) in letters.iter().copied().enumerate() {
        let before = index.checked_sub(1).and_then(|before| letters.get(before)).copied();
        let is_hump = letter.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_ascii_digit()
                    || letters.get(index + 1).is_some_and(|next| next.is_lowercase())
            });
        if (is_hump || !letter.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words.into_iter().flat_map(parted).collect()
}

/// A word of two known words as those two.
fn parted(word: String) -> Vec<String> {
    let is_known = |part: &str| is_in(PARTS, part);
    if is_known(&word) {
        return vec![word];
    }
    let halves = word.char_indices().skip(2).find_map(|(middle, _)| {
        let (one, two) = word.split_at_checked(middle)?;
        (is_known(one) && is_known(two)).then(|| vec![one.to_owned(), two.to_owned()])
    });
    halves.unwrap_or_else(|| vec![word])
}

/// The words of a path: of all its keys, and how many are of its last key.
#[derive(Debug, Clone, Default)]
pub(super) struct PathWords {
    pub(super) all: Vec<String>,
    pub(super) own: usize,
}

impl PathWords {
    pub(super) fn of(at: &Pointer) -> Self {
        let key = |token: &Token| match token {
            Token::Key(key) => words(key),
            Token::Index(_) => Vec::new(),
        };
        let all: Vec<String> = at.tokens().iter().flat_map(key).collect();
        Self { all, own: at.last().map_or(0, |token| key(token).len()) }
    }

    /// The words of the last key.
    pub(super) fn last(&self) -> &[String] {
        self.all.get(self.all.len().saturating_sub(self.own)..).unwrap_or_default()
    }

    /// The words with each as its singular.
    pub(super) fn singular(&self) -> Self {
        Self { all: self.all.iter().map(|word| singular(word)).collect(), own: self.own }
    }

    /// How well the path fits names: the points of the best one that its last words match, less for
    /// each further word. `own` are words that belong to the thing itself.
    pub(super) fn points(&self, names: &[(&str, i32)], own: &[&str]) -> Option<i32> {
        let points = names.iter().filter_map(|(pattern, points)| {
            let length = matched(pattern, &self.all)?;
            let rest = self.all.len() - length;
            Some(points - self.all.iter().take(rest).enumerate().map(|at| self.cost(at, own)).sum::<i32>())
        });
        points.max()
    }

    /// The cost of a word in front of a name: more if it is of the same key.
    fn cost(&self, (index, word): (usize, &String), own: &[&str]) -> i32 {
        let is_modifier = index + self.own >= self.all.len();
        if own.contains(&word.as_str()) || is_in(NEUTRAL, word) {
            2
        } else if is_in(OTHER, word) {
            70
        } else if is_modifier {
            18
        } else {
            12
        }
    }
}

/// The words of a pattern that the last words of a path match; `|` separates alternatives, a word
/// in capitals is a set.
fn matched(pattern: &str, words: &[String]) -> Option<usize> {
    let parts: Vec<&str> = pattern.split(' ').collect();
    let tail = words.get(words.len().checked_sub(parts.len())?..)?;
    let is_same = |(part, word): (&&str, &String)| {
        part.split('|').any(|one| set(one).map_or(one == word, |set| is_in(set, word)))
    };
    parts.iter().zip(tail).all(is_same).then_some(parts.len())
}

/// The words of a set.
fn set(name: &str) -> Option<&'static str> {
    Some(match name {
        "JOB" => "pipeline job workflow definition plan application app dag flow recipe jobset",
        "RUN" => "build run pipeline job execution deployment deploy release workflow task operation",
        "THING" => {
            "task site stack service workspace playbook component package bundle template function builder \
             script config configuration manifest action"
        }
        "START" => "start started starting begin began launched",
        "MADE" => {
            "created queued submitted enqueued triggered requested scheduled create creation queue \
             received added inserted registered deployed reconciled synced"
        }
        "END" => {
            "end ended ending finish finished complete completed completion stop stopped done closed \
             terminated"
        }
        "WHEN" => "at time on date timestamp ts epoch utc datetime",
        "TOOK" => "duration elapsed took runtime lasted dur",
        "UNIT" => {
            "ms msec msecs millis millisecond milliseconds s sec secs second seconds min mins minute \
             minutes ns nanos nanoseconds us micros microseconds hours"
        }
        "REPO" => "repo repository git vcs scm source clone remote codebase checkout",
        "BY" => {
            "triggered started requested created launched initiated submitted queued run executed \
             built deployed invoked trigger scheduled"
        }
        "WHO" => {
            "actor initiator sender requester requestor creator user starter launcher operator \
             requested"
        }
        "STAGE" => "stage step job task phase node",
        _ => return None,
    })
}

/// A plural as its singular, for the names of lists.
pub(super) fn singular(word: &str) -> String {
    if let Some(start) = word.strip_suffix("ies") {
        return format!("{start}y");
    }
    match word.strip_suffix('s') {
        Some(one) if one.len() > 2 && !one.ends_with('s') && word != "status" => one.to_owned(),
        _ => word.to_owned(),
    }
}
