//! The samples: a usual run of about 2 KB, and a run of 1,000 stages with 10 steps each.

use std::fmt::Write as _;
use std::time::Duration;

/// A usual run.
pub(crate) const USUAL: &str = include_str!("../assets/samples/ci-run.json");

/// A run of 1,000 stages with 10 steps each, without a problem.
pub(crate) fn big() -> String {
    let mut text = String::with_capacity(4 << 20);
    let (head, _stages) = USUAL.split_once("\"job_run\"").unwrap();
    text.push_str(head);
    text.push_str("\"job_run\": {\"stages\": [");
    for stage in 0..1_000 {
        let comma = if stage == 0 { "" } else { "," };
        write!(text, "{comma}{{\"id\": \"s{stage}\", \"displayName\": \"Stage {stage}\", ").unwrap();
        text.push_str("\"displayDescription\": \"Compile and test\", \"result\": \"succeeded\", ");
        text.push_str("\"state\": \"completed\", \"durationInMillis\": 100, \"steps\": [");
        for step in 0..10 {
            let comma = if step == 0 { "" } else { "," };
            write!(text, "{comma}{{\"id\": \"s{stage}-{step}\", \"displayName\": \"Step {step}\", ").unwrap();
            text.push_str("\"displayDescription\": \"cargo test --locked\", \"result\": \"succeeded\", ");
            text.push_str("\"state\": \"completed\", \"durationInMillis\": 10}");
        }
        text.push_str("]}");
    }
    text.push_str("]}}");
    text
}

/// The quantile of the samples, by the nearest rank.
pub(crate) fn quantile(samples: &[Duration], part: f64) -> Duration {
    let mut sorted = samples.to_vec();
    sorted.sort();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "an index among a few thousand samples"
    )]
    let rank = (part * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}

/// A duration with three digits.
pub(crate) fn human(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    match micros {
        ..10.0 => format!("{micros:.2} µs"),
        ..100.0 => format!("{micros:.1} µs"),
        ..1e3 => format!("{micros:.0} µs"),
        ..1e4 => format!("{:.2} ms", micros / 1e3),
        ..1e5 => format!("{:.1} ms", micros / 1e3),
        _ => format!("{:.0} ms", micros / 1e3),
    }
}

/// Whether this is `cargo bench`; a plain run of the program measures nothing.
pub(crate) fn is_asked() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}
