//! Random messages at random sizes: the app neither panics nor loses data.

use std::collections::HashSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use sei_compose::app::draft_list::DraftListKind;
use sei_compose::app::draft_list::ListedDraft;
use sei_compose::app::geometry::Size;
use sei_compose::app::row::Tab;
use sei_compose::app::{
    Action, DraftReply, Msg, NetworkMsg, Pasted, RestoreOutcome, SandboxMsg, SaveOutcome,
};
use sei_compose::check::{Problem, count};
use sei_compose::document::write_compact;
use sei_compose::time::{Duration, Timestamp};
use sei_compose::wire::{AttemptProgress, AttemptStage, Cause, Failure, FailureKind, find};

use crate::app::script::{Script, corpus, draft, reply};

/// Initial documents: usual, unusual, deep and hostile ones.
const STARTS: [&str; 7] = [
    "{}",
    r#"{"pipeline":"a","pipeline":["b"],"unknown":{"deep":[[1]]},"ci":"x","cd":true,"start_time":1e400,"duration":-0.0}"#,
    r#"{"job_run":{"stages":[{"steps":[{},7]},[],null],"x":1},"artifacts":[{"metadata":{"a":"b"}},3],"job_run_params":"no"}"#,
    r#"{"trigger_chain":[{"direct_parents":[{"direct_parents":[{"id":"x"}]}]}],"themes":["a,b"," "],"scm_commit_ids":[]}"#,
    r#"{"job_name":"\u0000\u001b[31m\u202e","jenkins_instance_guid":"\ud83d\udc69\u200d\ud83d\udc67 e\u0301\u0301\u0301","instance_url":"日本語テスト"}"#,
    r#"{"duration":9223372036854775807,"start_time":-9223372036854775808,"job_run":{"stages":[{"durationInMillis":9223372036854775807,"startTime":"9999-12-31T23:59:59Z"},{"durationInMillis":9223372036854775807}]}}"#,
    r#"[1,"not an object"]"#,
];

fn starts() -> Vec<String> {
    let mut starts: Vec<String> = STARTS.map(str::to_owned).to_vec();
    starts.push(corpus("whole/node-js-ci.json"));
    starts.push(corpus("whole/pipeline-2.json"));
    starts
}

fn pasted() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,20}",
        any::<String>(),
        select(vec![
            r#"{"pipeline":"pasted","job_run":{"stages":[{}]}}"#.to_owned(),
            r#"{"request_type":"x","payload":"{}"}"#.to_owned(),
            "{broken".to_owned(),
            "a, b\r\nc\td\n\n".to_owned(),
            "64be72b2c1f7d2a33082f98a40a848880fcdcd5e 9c1f0f7a4d3b6e2859f1c07d84b3a6e5d2908f41".to_owned(),
            "\u{1b}]52;c;x\u{7}\u{202e}".to_owned(),
            "x".repeat(3_000),
        ]),
    ]
}

fn typed() -> impl Strategy<Value = Msg> {
    let usual =
        select("abZ19 .,:-=/{}[]\"'nyid\t\n\r\u{1b}\u{0}é̂漢👩\u{200d}\u{202e}".chars().collect::<Vec<_>>());
    prop_oneof![4 => usual, 1 => any::<char>()].prop_map(Msg::Type)
}

fn stages() -> impl Strategy<Value = AttemptStage> {
    let waiting = any::<i64>().prop_map(|millis| AttemptStage::Waiting {
        wait: Duration::from_millis(millis),
        cause: Cause::Status(503),
    });
    prop_oneof![Just(AttemptStage::Connecting), Just(AttemptStage::Sent), waiting]
}

fn list_kinds() -> impl Strategy<Value = DraftListKind> {
    select(vec![DraftListKind::Drafts, DraftListKind::Trash, DraftListKind::Builds])
}

fn answers() -> impl Strategy<Value = Msg> {
    let failure = |ticket, sent| {
        Msg::Network(NetworkMsg::Replied {
            ticket,
            result: Err(Failure { kind: FailureKind::Timeout, sent, detail: "\u{1b}detail".to_owned() }),
        })
    };
    let outcome = prop_oneof![
        Just(SaveOutcome::Saved { at: Timestamp::from_millis(0), base: None }),
        Just(SaveOutcome::Exists(None)),
        Just(SaveOutcome::Changed(Box::new(draft("a", r#"{"pipeline":"other"}"#)))),
        Just(SaveOutcome::Gone("gone".to_owned())),
        Just(SaveOutcome::Failed("no room".to_owned())),
    ];
    let kept = |name: String| ListedDraft {
        fault: name.contains('x').then(|| "broken".to_owned()),
        saved: Some(Timestamp::from_millis(i64::MAX)),
        bytes: u64::MAX,
        path: name.clone().into(),
        name,
        base: None,
    };
    prop_oneof![
        (0_u64..6, 100_u16..600, "\\PC{0,40}").prop_map(|(ticket, status, body)| Msg::Network(
            NetworkMsg::Replied { ticket, result: Ok(reply(status, &body)) }
        )),
        (0_u64..6).prop_map(|ticket| Msg::Network(NetworkMsg::Replied {
            ticket,
            result: Ok(reply(200, r#"{"id":"0f0e0d0c-0b0a-4908-8706-050403020100"}"#)),
        })),
        (0_u64..6).prop_map(|ticket| Msg::Network(NetworkMsg::Replied {
            ticket,
            result: Ok(reply(400, r#"{"message":"job_full_name field is missing"}"#)),
        })),
        (0_u64..6, any::<bool>()).prop_map(move |(ticket, sent)| failure(ticket, sent)),
        (0_u64..6, any::<u32>(), any::<u32>(), stages()).prop_map(|(ticket, attempt, of, stage)| {
            Msg::Network(NetworkMsg::Progress { ticket, progress: AttemptProgress { attempt, of, stage } })
        }),
        (list_kinds(), vec("[a-z]{0,3}", 0..4)).prop_map(move |(kind, names)| Msg::Draft(
            DraftReply::Drafts { kind, list: Ok(names.into_iter().map(kept).collect()) }
        )),
        list_kinds()
            .prop_map(|kind| Msg::Draft(DraftReply::Drafts { kind, list: Err("no folder".to_owned()) })),
        "[a-z]{0,3}".prop_map(|name| Msg::Draft(DraftReply::Peeked {
            path: name.into(),
            digest: Err("gone".to_owned())
        })),
        Just(Msg::Draft(DraftReply::Duplicated(Ok("new".to_owned())))),
        Just(Msg::Draft(DraftReply::Restored { name: "a".to_owned(), outcome: RestoreOutcome::Taken(None) })),
        Just(Msg::Draft(DraftReply::Restored {
            name: "a".to_owned(),
            outcome: RestoreOutcome::Restored("b".to_owned())
        })),
        (any::<u64>(), outcome)
            .prop_map(|(revision, outcome)| Msg::Draft(DraftReply::Saved { revision, outcome })),
        Just(Msg::Draft(DraftReply::Opened(Err("gone".to_owned())))),
        Just(Msg::Draft(DraftReply::Built(Err("gone".to_owned())))),
        Just(Msg::Draft(DraftReply::Renamed(Ok(("new".to_owned(), None))))),
        Just(Msg::Draft(DraftReply::NotLocked("a link".to_owned()))),
        Just(Msg::Draft(DraftReply::Reloaded(Err("gone".to_owned())))),
        Just(Msg::Draft(DraftReply::Deleted(Ok("a".to_owned())))),
        Just(Msg::Sandbox(SandboxMsg::Sandbox(
            find("sandbox").cloned().map(Box::new).ok_or_else(String::new)
        ))),
        Just(Msg::Guid("0f0e0d0c-0b0a-4908-8706-050403020100".to_owned())),
        Just(Msg::Wake),
    ]
}

/// Messages that change the document or the screen, without a new document.
fn messages() -> impl Strategy<Value = Msg> {
    let actions: Vec<Action> = Action::ALL.iter().copied().filter(|action| *action != Action::New).collect();
    prop_oneof![
        12 => select(actions).prop_map(Msg::Act),
        8 => typed(),
        1 => pasted().prop_map(|text| Msg::Paste(Pasted(text))),
        1 => (0_u16..=200, 0_u16..=60).prop_map(|(columns, rows)| Msg::Resize(Size { columns, rows })),
        1 => select(vec![(0, 0), (1, 1), (50, 12), (60, 20), (80, 24), (120, 36), (200, 60)])
            .prop_map(|(columns, rows)| Msg::Resize(Size { columns, rows })),
        1 => (0_u16..=210, 0_u16..=70).prop_map(|(column, row)| Msg::Click { column, row }),
        1 => (0_u16..=210, 0_u16..=70, any::<bool>())
            .prop_map(|(column, row, down)| Msg::Wheel { column, row, down }),
        3 => answers(),
    ]
}

/// Fewer cases, since whole screens are slow to draw; `PROPTEST_CASES` sets more.
fn few() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases / 8, max_shrink_iters: 400, ..usual }
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn no_messages_cause_a_panic_and_undoing_all_restores_the_document(
        start in select(starts()),
        tab in 1_u8..=5,
        messages in vec(messages(), 1..60),
    ) {
        let mut script = Script::on(&start);
        let first = script.json();
        script.keys(&format!("alt-{tab}"));
        for msg in messages {
            script.receive(msg);
            script.draw();
        }
        let last = script.json();
        let model = &mut script.model;
        let mut steps = 0;
        while model.document.undo().is_some() {
            steps += 1;
        }
        prop_assert_eq!(write_compact(model.document.value()), &*first);
        for _ in 0..steps {
            model.document.redo();
        }
        prop_assert_eq!(write_compact(model.document.value()), last);
    }

    #[test]
    fn incremental_problem_counts_are_those_of_the_problems(
        start in select(starts()),
        messages in vec(messages(), 1..40),
    ) {
        let mut script = Script::on(&start);
        let mut places = HashSet::new();
        for msg in messages {
            script.receive(msg);
            let model = &mut script.model;
            model.settle();
            let problems: Vec<Problem> = model.checks.problems.iter().map(|problem| (**problem).clone()).collect();
            prop_assert_eq!(model.counts(), count(&problems));
            places.extend(problems.iter().flat_map(|problem| [problem.at.clone(), problem.at.parent().unwrap_or_default()]));
            for at in &places {
                let inside: Vec<_> = problems.iter().filter(|problem| problem.at.is_within(at)).cloned().collect();
                prop_assert_eq!(model.marks_at(at), count(&inside), "{}", at);
            }
            for tab in [Tab::Instance, Tab::Run, Tab::Stages, Tab::Artifacts] {
                let of_tab: Vec<_> = problems.iter().filter(|problem| Tab::of(&problem.at) == tab).cloned().collect();
                prop_assert_eq!(model.tab_counts(tab), count(&of_tab));
            }
        }
    }

    #[test]
    fn drafts_opened_and_started_in_between_cause_no_panic(
        names in vec("[a-z]{1,3}", 1..3),
        before in vec(messages(), 0..12),
        after in vec(messages(), 0..12),
    ) {
        let mut script = Script::new();
        for name in names {
            for msg in before.iter().chain([&Msg::Act(Action::New), &Msg::Act(Action::Enter)]) {
                script.receive(msg.clone());
            }
            script.receive(Msg::Draft(DraftReply::Opened(Ok(Box::new(draft(&name, r#"{"job_run":{"stages":[{}]}}"#))))));
            for msg in &after {
                script.receive(msg.clone());
                script.draw();
            }
        }
    }

    #[test]
    fn the_form_shows_any_json_at_any_size(
        document in json(),
        columns in 0_u16..=200,
        rows in 0_u16..=60,
        steps in vec(select(vec!["tab", "down", "right", "enter", "f7", "f8", "alt-f", "pagedown", "f1 esc", "f11", "ctrl-f 'e' down", "esc"]), 1..15),
    ) {
        let mut script = Script::on(&document);
        script.sized(columns, rows);
        for step in steps {
            script.keys(step);
            script.draw();
        }
    }
}

/// JSON of any shape, often with names of the catalog.
fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|b| b.to_string()),
        any::<i64>().prop_map(|n| n.to_string()),
        "\\PC{0,8}".prop_map(|text| serde_json::to_string(&text).unwrap_or_default()),
    ];
    let names = vec![
        "pipeline",
        "start_time",
        "duration",
        "job_run",
        "stages",
        "steps",
        "durationInMillis",
        "startTime",
        "artifacts",
        "metadata",
        "trigger_chain",
        "direct_parents",
        "ci",
        "cd",
        "themes",
        "job_name",
        "odd",
    ];
    let value = leaf.prop_recursive(5, 40, 5, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            vec((select(names.clone()), inner), 0..6).prop_map(|pairs| {
                let pairs: Vec<String> =
                    pairs.into_iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
                format!("{{{}}}", pairs.join(","))
            }),
        ]
    });
    vec(value, 4..=4).prop_map(|values| {
        let names = ["pipeline", "start_time", "job_run", "artifacts"];
        let pairs: Vec<String> =
            names.iter().zip(values).map(|(name, value)| format!("\"{name}\":{value}")).collect();
        format!("{{{}}}", pairs.join(","))
    })
}
