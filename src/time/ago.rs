//! Relative times, such as `2 minutes ago`.

use super::Timestamp;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The date, to the minute, replaces the count for an instant a day ago or earlier, or in the
/// future.
pub(super) fn ago(at: Timestamp, now: Timestamp) -> String {
    let seconds = (now - at).millis().div_euclid(1_000);
    let (count, unit) = match seconds {
        0..MINUTE => (seconds, "second"),
        MINUTE..HOUR => (seconds / MINUTE, "minute"),
        HOUR..DAY => (seconds / HOUR, "hour"),
        _ => {
            let minute: String = at.human().chars().take("2026-01-05 09:00".len()).collect();
            return format!("on {minute} UTC");
        }
    };
    format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" })
}
