//! The cost of one key without a terminal: reading, checking, changing, drawing.
//!
//! `cargo bench --bench core`
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark stops at the first surprise, prints a table and reads the clock"
)]

mod sample;

use std::hint::black_box;
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use sample::{USUAL, big, human, quantile};
use sei_compose::app::geometry::Size;
use sei_compose::app::raw::TextPosition;
use sei_compose::app::{self, Action, EnvironmentChoice, Model, Msg, Start};
use sei_compose::catalog::{Catalog, SCHEMA};
use sei_compose::check::{Context, check};
use sei_compose::document::{compact_len, line_count, read, write_compact, write_pretty};
use sei_compose::import::mapping::Mapping;
use sei_compose::keymap::Keymap;
use sei_compose::simulation::{self, InstanceFact, PreviousFact, SimulationFacts, simulate};
use sei_compose::time::Timestamp;
use sei_compose::ui::{self, DrawContext, Theme};
use sei_compose::wire::built_in;

/// A time after the sample's run.
const NOW: Timestamp = Timestamp::from_millis(1_767_700_000_000);

fn main() {
    if !sample::is_asked() {
        return;
    }
    println!("{:<52} {:>10} {:>10}", "", "median", "p99");
    time("start: schema", 200, || Catalog::from_schema(SCHEMA).unwrap());
    time("start: keymap", 200, || Keymap::built_in().unwrap());
    let usual = write_compact(&read(USUAL).unwrap());
    document(&format!("{} B", usual.len()), &usual, 2_000);
    lines(&usual);
    mapped();
    let openings = read(&format!("{{\"pipeline\": \"{}\"}}", "{".repeat(40_000))).unwrap();
    time("40,000 openings of placeholders: check, parsed", 20, || check(&openings, &Context::default()));
    let big = big();
    document("10,000 steps", &big, 60);
    keys("usual draft", USUAL, 2_000);
    keys("1,000 stages x 10 steps", &big, 200);
    text("usual draft", USUAL, 2_000);
    text("1,000 stages x 10 steps", &big, 200);
    keys("the same without ids", &big.replace("\"id\"", "\"key\""), 100);
}

fn row(what: &str, samples: &[Duration]) {
    println!("{what:<52} {:>10} {:>10}", human(quantile(samples, 0.5)), human(quantile(samples, 0.99)));
}

fn time<T>(what: &str, times: usize, mut work: impl FnMut() -> T) {
    let samples: Vec<Duration> = (0..times)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed()
        })
        .collect();
    row(what, &samples);
}

/// The cost of the document and of the checks.
fn document(name: &str, text: &str, times: usize) {
    let root = read(text).unwrap();
    let context = Context { now: Some(NOW), ..Context::default() };
    time(&format!("{name}: read"), times, || read(text).unwrap());
    time(&format!("{name}: check, parsed"), times, || check(&root, &context));
    let facts = SimulationFacts {
        instance: InstanceFact::Known,
        previous: PreviousFact::None,
        ..SimulationFacts::default()
    };
    time(&format!("{name}: simulate, parsed"), times, || simulate(&root, &facts));
    time(&format!("{name}: simulate, and the rows of the view"), times, || {
        simulation::rows(&simulation::lines(&simulate(&root, &facts)), 52)
    });
    time(&format!("{name}: write compact"), times, || write_compact(&root));
    time(&format!("{name}: write pretty"), times, || write_pretty(&root));
    time(&format!("{name}: compact length"), times, || compact_len(&root));
    time(&format!("{name}: lines"), times, || line_count(&root));
}

/// Reads and checks, like `check` with each line of NDJSON.
fn lines(text: &str) {
    const COUNT: u32 = 20_000;
    let context = Context { now: Some(NOW), ..Context::default() };
    let start = Instant::now();
    for _line in 0..COUNT {
        black_box(check(&read(black_box(text)).unwrap(), &context));
    }
    let rate = f64::from(COUNT) / start.elapsed().as_secs_f64();
    println!("{:<52} {rate:>10.0} a second", format!("{} B: lines read and checked", text.len()));
}

/// Runs of 2 KB of an invented tool, read by a mapping with a usual number of fields.
fn mapped() {
    const MAPPING: &str = r#"
        name = "Invented"
        [fields]
        pipeline = '.execution.flow.title'
        job_full_name = '[.execution.flow.team, .execution.flow.title] | join("/")'
        build_number = '.execution.seq'
        result = '.execution.verdict | result'
        start_time = '.execution.timing.began | time'
        duration = '.execution.timing.tookSec | seconds'
        branch_name = '.execution.vcs.branchName'
        scm_commit_ids = '.execution.vcs.head'
        user_id = '.execution.initiator.mail'
        [stage]
        each = '.phases[]'
        displayName = '.title'
        result = '.verdict'
        startTime = '.began | time'
        durationInMillis = '.sec | seconds'
    "#;
    let phase = r#"{"title": "compile and package the service", "sec": 30.5, "verdict": "green", "began": 1679467494,
        "worker": {"name": "worker-17", "pool": "linux-large", "image": "builder:2026.11"}, "log": "logs/4711/compile.txt"}"#;
    let run = format!(
        r#"{{"execution": {{"uid": "x-991", "seq": 4711, "flow": {{"title": "checkout-deploy", "team": "shop"}},
        "verdict": "green", "timing": {{"began": 1679467494, "tookSec": 77.5}}, "initiator": {{"mail": "ann@shop.example"}},
        "vcs": {{"branchName": "main", "head": "abcdef0123456789abcdef0123456789abcdef01"}}}}, "phases": [{}]}}"#,
        [phase; 8].join(", ")
    );
    let mapping = Mapping::read("invented", MAPPING).unwrap();
    let run = write_compact(&read(&run).unwrap());
    let value = read(&run).unwrap();
    assert!(mapping.map(&value).unwrap().faults.is_empty());
    let count = 5_000_u32;
    let start = Instant::now();
    for _run in 0..count {
        black_box(mapping.map(&read(black_box(&run)).unwrap()).unwrap());
    }
    let rate = f64::from(count) / start.elapsed().as_secs_f64();
    println!("{:<52} {rate:>10.0} a second", format!("{} B: runs read and mapped", run.len()));
    time("mapping: read and compile", 100, || Mapping::read("invented", MAPPING).unwrap().faults());
}

fn model(text: &str) -> Model {
    let mut model = Model::new(Start {
        environments: built_in().iter().cloned().map(EnvironmentChoice::without_key).collect(),
        environment: 0,
        size: Size { columns: 120, rows: 36 },
        now: NOW,
        read_only: false,
        demo: false,
        silenced: Vec::new(),
    });
    app::open_document(&mut model, read(text).unwrap());
    model
}

/// A key from the message to the cells, on the tab of the run and in the last stage.
fn keys(name: &str, text: &str, times: usize) {
    let mut model = model(text);
    app::update(&mut model, NOW, Msg::Act(Action::GoRun));
    typed(&format!("{name}: key in a field of the run"), &mut model, times);
    for action in [Action::GoStages, Action::Last, Action::Up, Action::Enter, Action::Down] {
        app::update(&mut model, NOW, Msg::Act(action));
    }
    typed(&format!("{name}: key in the last stage"), &mut model, times);
    // The work of the drawing thread for unsaved work; the rest is disk access.
    time(&format!("{name}: the work taken for recovery"), times, || model.draft_now());
}

/// A key in the middle of the payload text, and the next reading, at once or after a pause.
fn text(name: &str, text: &str, times: usize) {
    let mut model = model(text);
    app::update(&mut model, NOW, Msg::Act(Action::EditJson));
    let start = Instant::now();
    app::update(&mut model, NOW, Msg::Act(Action::EditJson));
    app::update(&mut model, NOW, Msg::Act(Action::EditJson));
    row(&format!("{name}: out of the text and in again"), &[start.elapsed()]);
    let editor = &mut model.payload.raw.as_mut().unwrap().editor;
    let middle = editor.lines().len() / 2;
    let is_name = |(_, line): &(usize, &String)| line.contains("displayName");
    let lines = || editor.lines().iter().enumerate();
    let (line, text) = lines().skip(middle).find(is_name).or_else(|| lines().find(is_name)).unwrap();
    let byte = text.rfind('"').unwrap();
    editor.move_to(TextPosition { line, byte });
    typed(&format!("{name}: key in the text"), &mut model, times);
    let later = Timestamp::from_millis(NOW.millis() + 60_000);
    let samples: Vec<Duration> = (0..times.min(60))
        .map(|_| {
            app::update(&mut model, NOW, Msg::Type('k'));
            let start = Instant::now();
            app::update(&mut model, later, Msg::Wake);
            model.settle();
            start.elapsed()
        })
        .collect();
    row(&format!("{name}: the text read and taken in"), &samples);
}

fn typed(name: &str, model: &mut Model, times: usize) {
    let theme = Theme { color: true, ascii: false };
    let keymap = Keymap::built_in().unwrap();
    let mut terminal = Terminal::new(TestBackend::new(120, 36)).unwrap();
    let (mut whole, mut drawing) = (Vec::new(), Vec::new());
    for turn in 0..times {
        // Alternate typing and deleting keeps the text short.
        let msg = if turn % 20 < 10 { Msg::Type('k') } else { Msg::Act(Action::Backspace) };
        let start = Instant::now();
        app::update(model, NOW, msg);
        model.settle();
        let settled = start.elapsed();
        terminal.draw(|frame| ui::view(model, DrawContext::new(&theme, &keymap), frame)).unwrap();
        whole.push(start.elapsed());
        drawing.push(start.elapsed().saturating_sub(settled));
    }
    row(name, &whole);
    row("  of it, drawing", &drawing);
}
