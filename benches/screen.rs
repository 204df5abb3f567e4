//! Response times of the program in a pseudo-terminal, next to a minimal program in the same run.
//!
//! `cargo bench --bench screen`. With the argument `minimal`, this program is the minimal program.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark stops at the first surprise, prints a table, reads clocks and files, and lets time pass"
)]

#[path = "screen/minimal.rs"]
mod minimal;
mod sample;
#[path = "screen/subject.rs"]
mod subject;

use std::path::Path;
use std::time::Duration;

use portable_pty::CommandBuilder;
use sample::{USUAL, human, quantile};
use subject::Subject;

/// The measured cases: two programs, one of them with two documents.
#[derive(Clone, Copy, PartialEq)]
enum Case {
    Minimal,
    Usual,
    Big,
}

const CASES: [Case; 3] = [Case::Minimal, Case::Usual, Case::Big];

/// All samples of one case.
#[derive(Default)]
struct Figures {
    start: Vec<Duration>,
    leave: Vec<Duration>,
    key: Vec<Duration>,
    key_below: Vec<Duration>,
    burst: Vec<Duration>,
    paste: Vec<Duration>,
    unbracketed: Vec<Duration>,
    processor: Vec<Duration>,
    bytes: Vec<u64>,
    resident: Vec<u64>,
    wakes: Vec<u64>,
    idle: Vec<Duration>,
}

fn main() {
    if std::env::args().any(|argument| argument == "minimal") {
        return minimal::run().unwrap();
    }
    if !sample::is_asked() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("usual.json"), USUAL).unwrap();
    std::fs::write(home.path().join("big.json"), sample::big()).unwrap();
    let mut all = CASES.map(|_| Figures::default());
    for round in 0..10 {
        for (case, figures) in CASES.into_iter().zip(&mut all) {
            if case != Case::Big || round < 4 {
                measure(case, home.path(), figures);
            }
        }
    }
    rest(home.path(), &mut all);
    report(&all);
}

fn start(case: Case, home: &Path) -> (Subject, Duration) {
    let mut command = match case {
        Case::Minimal => CommandBuilder::new(std::env::current_exe().unwrap()),
        Case::Usual | Case::Big => CommandBuilder::new(env!("CARGO_BIN_EXE_sei-compose")),
    };
    command.arg(match case {
        Case::Minimal => "minimal",
        Case::Usual => "usual.json",
        Case::Big => "big.json",
    });
    command.env_clear();
    command.env("TERM", "xterm-256color");
    command.env("HOME", home);
    // Each start has no unsaved work: the leftovers of the killed previous program would be offered
    // first.
    let data = tempfile::Builder::new().prefix("data-").tempdir_in(home).unwrap().keep();
    command.env("SEI_COMPOSE_DATA_DIR", data);
    command.cwd(home);
    let mut subject = Subject::start(command);
    let took = subject.ready("leave");
    (subject, took)
}

/// The same, with the focus in the first field of the run.
fn in_field(case: Case, home: &Path) -> Subject {
    let (mut subject, _took) = start(case, home);
    if case != Case::Minimal {
        subject.press("\x1b2");
    }
    subject
}

fn measure(case: Case, home: &Path, figures: &mut Figures) {
    for _time in 0..3 {
        let (subject, took) = start(case, home);
        figures.start.push(took);
        figures.leave.push(subject.leave());
    }
    keys(case, home, figures);
    let marked = |length: usize| format!("{}QZ", "k".repeat(length - 2));
    for (text, samples) in [
        (marked(500), &mut figures.burst),
        (format!("\x1b[200~{}\x1b[201~", marked(2_000)), &mut figures.paste),
        (marked(2_000), &mut figures.unbracketed),
    ] {
        let mut subject = in_field(case, home);
        let sent = subject.send(&text);
        samples.push(subject.until(sent, |screen| screen.contents().contains("kQZ")));
        subject.kill();
    }
}

fn keys(case: Case, home: &Path, figures: &mut Figures) {
    let mut subject = in_field(case, home);
    let mut letters = Letters(7);
    for _batch in 0..6 {
        let (bytes, processor) = (subject.bytes(), subject.processor());
        type_keys(&mut subject, &mut letters, &mut figures.key);
        figures.bytes.push(u64::try_from(subject.bytes() - bytes).unwrap() / u64::from(BATCH));
        figures.processor.push(subject.processor().saturating_sub(processor) / BATCH);
        subject.press(&"\x7f".repeat(BATCH as usize));
    }
    figures.resident.push(subject.resident());
    if case != Case::Minimal {
        // The last stage, unfolded.
        subject.press("\x1b3");
        for key in ["\x1b[1;5F", "\x1b[A", "\r", "\x1b[B"] {
            subject.press(key);
        }
        type_keys(&mut subject, &mut letters, &mut figures.key_below);
    }
    subject.kill();
}

/// The number of keys before they are deleted, so that the text stays shorter than its field.
const BATCH: u32 = 20;

/// Letters in an order that does not repeat.
struct Letters(u64);

impl Letters {
    fn next(&mut self) -> char {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'a' + u8::try_from((self.0 >> 33) % 26).unwrap())
    }
}

fn type_keys(subject: &mut Subject, letters: &mut Letters, samples: &mut Vec<Duration>) {
    let mut typed = String::new();
    for _key in 0..BATCH {
        typed.push(letters.next());
        samples.push(subject.key(&typed));
    }
}

/// Three idle seconds, for all programs at the same time.
fn rest(home: &Path, all: &mut [Figures; 3]) {
    let subjects = CASES.map(|case| in_field(case, home));
    std::thread::sleep(Duration::from_millis(500));
    let before = subjects.each_ref().map(|subject| (subject.wakes(), subject.processor()));
    std::thread::sleep(Duration::from_secs(3));
    for ((subject, figures), (wakes, processor)) in subjects.into_iter().zip(all).zip(before) {
        figures.wakes.push(subject.wakes() - wakes);
        figures.idle.push(subject.processor().saturating_sub(processor));
        subject.kill();
    }
}

type OfCase<'a> = &'a dyn Fn(&Figures) -> String;

fn report(all: &[Figures; 3]) {
    println!("{:<40} {:>12} {:>12} {:>12}", "", "minimal", "usual draft", "1,000 x 10");
    let line = |what: &str, of: OfCase<'_>| {
        let [minimal, usual, big] = all.each_ref().map(of);
        println!("{what:<40} {minimal:>12} {usual:>12} {big:>12}");
    };
    let at = |samples: &[Duration], part| {
        if samples.is_empty() { String::from("-") } else { human(quantile(samples, part)) }
    };
    line("start to first frame", &|of| at(&of.start, 0.5));
    line("key to screen, p50", &|of| at(&of.key, 0.5));
    line("key to screen, p99", &|of| at(&of.key, 0.99));
    line("key to screen in the last stage, p50", &|of| at(&of.key_below, 0.5));
    line("key to screen in the last stage, p99", &|of| at(&of.key_below, 0.99));
    line("500 keys at once", &|of| at(&of.burst, 0.5));
    line("paste of 2,000 characters", &|of| at(&of.paste, 0.5));
    line("the same without brackets", &|of| at(&of.unbracketed, 0.5));
    line("bytes to the terminal per key", &|of| format!("{} B", middle(&of.bytes)));
    line("processor time per key", &|of| at(&of.processor, 0.5));
    line("wake-ups in 3 s of rest", &|of| middle(&of.wakes).to_string());
    line("processor time in 3 s of rest", &|of| at(&of.idle, 0.5));
    line("resident memory", &|of| format!("{} KiB", middle(&of.resident)));
    line("leaving", &|of| at(&of.leave, 0.5));
}

fn middle(samples: &[u64]) -> u64 {
    let mut sorted = samples.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}
