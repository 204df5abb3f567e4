//! Tests of `time`.

use proptest::prelude::*;
use sei_compose::time::{Duration, EpochUnit, Timestamp, epoch_unit, parse_duration, parse_instant};

/// 2023-03-22 06:44:54 UTC.
const NOW: Timestamp = Timestamp::from_millis(1_679_467_494_000);

#[test]
fn instants_are_read_as_people_write_them() {
    let millis = |text| parse_instant(text, NOW).map(Timestamp::human);
    for (text, expected) in [
        ("now", "2023-03-22 06:44:54 UTC"),
        (" Now ", "2023-03-22 06:44:54 UTC"),
        ("-15m", "2023-03-22 06:29:54 UTC"),
        ("now - 15m", "2023-03-22 06:29:54 UTC"),
        ("+1h", "2023-03-22 07:44:54 UTC"),
        ("-1h 30m", "2023-03-22 05:14:54 UTC"),
        ("15m ago", "2023-03-22 06:29:54 UTC"),
        ("in 2d", "2023-03-24 06:44:54 UTC"),
        ("14:05", "2023-03-22 14:05:00 UTC"),
        ("9:05", "2023-03-22 09:05:00 UTC"),
        ("14:05:09", "2023-03-22 14:05:09 UTC"),
        ("14:05+02:00", "2023-03-22 12:05:00 UTC"),
        ("today 14:05", "2023-03-22 14:05:00 UTC"),
        ("yesterday 14:05", "2023-03-21 14:05:00 UTC"),
        ("Tomorrow 00:00:01", "2023-03-23 00:00:01 UTC"),
        ("2023-03-22T06:44:54Z", "2023-03-22 06:44:54 UTC"),
        ("2023-03-22T06:44:54.1239Z", "2023-03-22 06:44:54.123 UTC"),
        ("2023-03-22T08:44:54+02:00", "2023-03-22 06:44:54 UTC"),
        ("2023-03-21T23:14:54-0730", "2023-03-22 06:44:54 UTC"),
        ("2023-03-22 06:44", "2023-03-22 06:44:00 UTC"),
        ("2023-03-22 06:44:54", "2023-03-22 06:44:54 UTC"),
        ("2023-03-22 06:44:54.5", "2023-03-22 06:44:54.500 UTC"),
        ("2023-03-22 06:44:54,25 UTC", "2023-03-22 06:44:54.250 UTC"),
        ("2023-03-22 06:44 Z", "2023-03-22 06:44:00 UTC"),
        ("2023-03-22 08:44 +02", "2023-03-22 06:44:00 UTC"),
        ("2023/03/22 06:44", "2023-03-22 06:44:00 UTC"),
        ("2023-03-22", "2023-03-22 00:00:00 UTC"),
        ("2016-12-31T23:59:60Z", "2016-12-31 23:59:59 UTC"),
        ("Wed, 22 Mar 2023 06:44:54 GMT", "2023-03-22 06:44:54 UTC"),
        ("1679467494", "2023-03-22 06:44:54 UTC"),
        ("1679467494123", "2023-03-22 06:44:54.123 UTC"),
        ("1679467494123456", "2023-03-22 06:44:54.123 UTC"),
        ("1679467494123456789", "2023-03-22 06:44:54.123 UTC"),
        ("999999999", "2001-09-09 01:46:39 UTC"),
    ] {
        assert_eq!(millis(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn a_text_that_is_not_an_instant_is_not_parsed() {
    for text in [
        "",
        "soon",
        "25:00",
        "14:60",
        "14:05:61",
        "14",
        "2023-02-30 10:00",
        "2023-13-01",
        "2023-03-22 06",
        "-15",
        "+1679467494",
        "15m",
        "yesterday",
        "20230322",
        "167946749412",
        "12:00.5",
        "14:05 CET",
        "14:05 +25:00",
        "2023-03-2210:00",
        "2023-03-22T06:44:54Zulu",
        "9999999999999999999",
        "１４:05",
        "1:2:3:4",
        "日本語日本語日本語",
    ] {
        assert_eq!(parse_instant(text, NOW), None, "{text:?}");
    }
}

#[test]
fn rfc_3339_needs_its_seconds_and_its_zone() {
    let read = |text| Timestamp::parse_rfc3339(text).map(Timestamp::to_rfc3339);
    for text in [
        "2023-03-22T06:44:54Z",
        "2023-03-22T06:44:54.120Z",
        "1969-12-31T23:59:59.999Z",
        "0000-01-01T00:00:00Z",
    ] {
        assert_eq!(read(text).as_deref(), Some(text));
    }
    assert_eq!(read("2023-03-22t08:44:54.5+02:00").as_deref(), Some("2023-03-22T06:44:54.500Z"));
    for text in
        ["2023-03-22T06:44:54", "2023-03-22", "2023-03-22T06:44Z", "06:44:54Z", "1679467494", "", "now", "Z"]
    {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn durations_are_read_as_people_write_them() {
    for (text, expected) in [
        ("77000", 77_000),
        ("0", 0),
        ("77s", 77_000),
        ("1m 17s", 77_000),
        ("1m17s", 77_000),
        ("3m20", 200_000),
        ("1h5", 3_900_000),
        ("2h30m5", 9_005_000),
        ("4m7.5", 247_500),
        ("2d3", 183_600_000),
        ("-3m20", -200_000),
        ("1 min 17 sec", 77_000),
        ("00:01:17", 77_000),
        ("1:17", 77_000),
        ("1:17.5", 77_500),
        ("100:00:00", 360_000_000),
        ("1.5s", 1_500),
        ("0,25h", 900_000),
        ("2d", 172_800_000),
        ("1w", 604_800_000),
        ("250ms", 250),
        ("1.9ms", 1),
        ("2 Hours", 7_200_000),
        ("PT1M17S", 77_000),
        ("P1DT1H", 90_000_000),
        ("P1W", 604_800_000),
        ("PT0.5S", 500),
        ("-5s", -5_000),
        ("- 5s", -5_000),
        ("-77", -77),
        ("-1m 17s", -77_000),
        ("−1:17", -77_000),
        ("+5s", 5_000),
        ("-9223372036854775808", i64::MIN),
    ] {
        assert_eq!(parse_duration(text).map(Duration::millis), Some(expected), "{text}");
    }
}

#[test]
fn a_text_that_is_not_a_duration_is_not_parsed() {
    for text in [
        "",
        "-",
        "--5s",
        "1.5",
        "s",
        "5x",
        "1m 30",
        "1m60",
        "1h75",
        "5s3",
        "3m-20",
        "3m20x",
        "1s 1m",
        "1m 1m",
        "1:7",
        "1:60",
        "1:00:60",
        "1:2:3:4",
        ":30",
        "1:",
        "P1M",
        "P1Y",
        "P",
        "5 fortnights",
        "9223372036854775808",
        "99999999999999999999999999999999999999999s",
        "1..5s",
        "1.s",
        ".5s",
        "1 2s",
        "1m, 2s",
        "Pancake",
    ] {
        assert_eq!(parse_duration(text), None, "{text:?}");
    }
}

#[test]
fn durations_are_written_without_empty_parts() {
    for (millis, expected) in [
        (0, "0s"),
        (250, "250ms"),
        (77_000, "1m 17s"),
        (7_380_000, "2h 3m"),
        (-5_000, "-5s"),
        (-77_250, "-1m 17s 250ms"),
        (90_061_001, "1d 1h 1m 1s 1ms"),
        (172_800_000, "2d"),
        (i64::MIN, "-106751991167d 7h 12m 55s 808ms"),
    ] {
        assert_eq!(Duration::from_millis(millis).human(), expected);
    }
}

#[test]
fn an_instant_beyond_the_calendar_is_still_written() {
    for millis in [i64::MIN, i64::MAX, 253_402_300_800_000, -62_167_219_200_001] {
        assert_eq!(Timestamp::from_millis(millis).human(), format!("{millis} ms since 1970"));
    }
    assert_eq!(Timestamp::from_millis(-62_167_219_200_000).human(), "0000-01-01 00:00:00 UTC");
}

#[test]
fn the_unit_of_an_epoch_number_shows_in_its_magnitude() {
    for (n, expected) in [
        (1_679_467_494, Some(EpochUnit::Seconds)),
        (1_679_467_494_000, Some(EpochUnit::Millis)),
        (1_679_467_494_000_000, Some(EpochUnit::Micros)),
        (1_679_467_494_000_000_000, Some(EpochUnit::Nanos)),
        (978_307_200, Some(EpochUnit::Seconds)),
        (978_307_199, None),
        (4_102_444_799_999, Some(EpochUnit::Millis)),
        (4_102_444_800_000, None),
        (0, None),
        (-1_679_467_494, None),
        (77_000, None),
        (i64::MAX, None),
        (i64::MIN, None),
    ] {
        assert_eq!(epoch_unit(n), expected, "{n}");
    }
}

#[test]
fn a_number_in_its_unit_is_the_instant_meant() {
    for (unit, n) in [
        (EpochUnit::Seconds, 1_679_467_494),
        (EpochUnit::Millis, 1_679_467_494_000),
        (EpochUnit::Micros, 1_679_467_494_000_999),
        (EpochUnit::Nanos, 1_679_467_494_000_999_999),
    ] {
        assert_eq!(unit.instant(n), Some(NOW), "{}", unit.word());
    }
    assert_eq!(EpochUnit::Seconds.instant(i64::MAX), None);
    assert_eq!(EpochUnit::Micros.instant(-1), Some(Timestamp::from_millis(-1)));
}

proptest! {
    #[test]
    fn the_human_text_of_an_instant_reads_back(
        millis in prop_oneof![any::<i64>(), -70_000_000_000_000_i64..260_000_000_000_000, 0..4_102_444_800_000_i64],
        now in any::<i64>(),
    ) {
        let at = Timestamp::from_millis(millis);
        prop_assert_eq!(parse_instant(&at.human(), Timestamp::from_millis(now)), Some(at));
    }

    #[test]
    fn the_human_text_of_a_duration_reads_back(millis in prop_oneof![any::<i64>(), -100_000_000..100_000_000_i64]) {
        let length = Duration::from_millis(millis);
        prop_assert_eq!(parse_duration(&length.human()), Some(length));
    }

    #[test]
    fn a_written_rfc_3339_text_reads_back(millis in -62_167_219_200_000_i64..253_402_207_200_000) {
        let at = Timestamp::from_millis(millis);
        prop_assert_eq!(Timestamp::parse_rfc3339(&at.to_rfc3339()), Some(at));
    }

    #[test]
    fn no_text_makes_the_parsers_panic(text in any::<String>(), numeric in "[-+0-9:.TZPMSdhms ]{0,24}") {
        for text in [text, numeric] {
            let instant = parse_instant(&text, NOW);
            let duration = parse_duration(&text);
            prop_assert_eq!(instant, parse_instant(text.trim(), NOW));
            prop_assert_eq!(duration, parse_duration(text.trim()));
        }
    }
}

#[test]
fn sums_and_differences_are_exact_and_saturate() {
    let second = Duration::from_millis(1_000);
    let (least, most) = (Timestamp::from_millis(i64::MIN), Timestamp::from_millis(i64::MAX));
    assert_eq!((NOW + second) - NOW, second);
    assert_eq!((NOW - second) + second, NOW);
    assert_eq!(NOW - (NOW + second), second * -1);
    assert_eq!((most + second, least - second), (most, least));
    assert_eq!(most - least, Duration::from_millis(i64::MAX));
    assert_eq!(second * i64::MAX, Duration::from_millis(i64::MAX));
    assert_eq!([second, second].into_iter().sum::<Duration>(), Duration::from_millis(2_000));
    assert_eq!(Duration::from_millis(i64::MIN).abs(), Duration::from_millis(i64::MAX));
}

#[test]
fn durations_of_the_standard_library_convert_both_ways() {
    let std = std::time::Duration::from_micros(1_500_999);
    assert_eq!(Duration::from(std), Duration::from_millis(1_500));
    assert_eq!(std::time::Duration::from(Duration::from_millis(1_500)).as_millis(), 1_500);
    assert_eq!(std::time::Duration::from(Duration::from_millis(-5)), std::time::Duration::ZERO);
    assert_eq!(Duration::from(std::time::Duration::MAX), Duration::from_millis(i64::MAX));
}

#[test]
fn whole_seconds_of_instants_round_down_and_those_of_durations_toward_zero() {
    for (millis, instant, seconds, length) in
        [(1_999, 1_000, 1, 1_000), (-1, -1_000, -1, 0), (-1_000, -1_000, -1, -1_000), (0, 0, 0, 0)]
    {
        let at = Timestamp::from_millis(millis);
        assert_eq!((at.whole_second().millis(), at.seconds()), (instant, seconds), "{millis}");
        assert_eq!(Duration::from_millis(millis).whole_seconds().millis(), length, "{millis}");
    }
}
