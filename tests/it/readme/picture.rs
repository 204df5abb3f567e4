//! The picture of README: the demo's job run on a screen a little smaller than the usual ones, as the program draws it.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use sei_compose::app::geometry::Size;
use sei_compose::app::{Action, Choosable, Model, Msg, Start, open_document, update};
use sei_compose::document::read;
use sei_compose::keymap::Keymap;
use sei_compose::time::Timestamp;
use sei_compose::ui::{Look, Theme, view};
use sei_compose::wire::Environment;

const RUN: &str = include_str!("../../../assets/samples/first-run.json");
const SIZE: Size = Size { columns: 114, rows: 31 };
/// 2026-01-05 10:00:00 UTC, an hour after the run.
const NOW: Timestamp = Timestamp::from_millis(1_767_607_200_000);

pub(super) fn picture() -> String {
    let environment = Environment::sandbox("http://127.0.0.1:8999").unwrap();
    let mut model = Model::new(Start {
        environments: vec![Choosable::with_key(environment, "the demo")],
        environment: 0,
        size: SIZE,
        now: NOW,
        read_only: false,
        demo: true,
        silenced: Vec::new(),
    });
    open_document(&mut model, read(RUN).unwrap());
    // Past the result to the start, which is in seconds.
    for action in [Action::GoRun, Action::Down, Action::Down, Action::Down, Action::Down] {
        assert_eq!(update(&mut model, NOW, Msg::Act(action)), []);
    }
    format!("```text\n{}```\n", draw(&model))
}

fn draw(model: &Model) -> String {
    let keymap = Keymap::built_in().unwrap();
    let look = Look::new(&Theme { colour: false, ascii: false }, &keymap);
    let mut terminal = Terminal::new(TestBackend::new(SIZE.columns, SIZE.rows)).unwrap();
    terminal.draw(|frame| view(model, look, frame)).unwrap();
    let cells = terminal.backend().buffer().content();
    cells
        .chunks(usize::from(SIZE.columns))
        .map(|row| {
            row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>().trim_end().to_owned() + "\n"
        })
        .collect()
}
