//! A terminal composer for the job-run payloads of the Harness SEI Custom CI/CD API.
//!
//! This page is the map of the house. What the program does for people stands in `README.md`.
//!
//! # Bird's eye view
//!
//! A person, or a script, composes one JSON document. [`check`] says what SEI would drop, alter or misread in it,
//! [`wire`] turns it into a request for an environment, [`runtime`] sends that, and [`wire::explain()`] says what the
//! answer means. The app is one loop around a pure core:
//!
//! ```text
//!  key, paste, mouse, resize ─┐                                     ┌─> ui::view(&Model, Look, &mut Frame)    pure
//!  reply, file, signal, time ─┴─> Msg ─> app::update(&mut Model) ───┤
//!                                        pure, no I/O               └─> Vec<Effect> ─> runtime ─> Msg …
//! ```
//!
//! - The [`document`] is the only truth. Rows, marks, problems, preview and requests are derived from it; none of them
//!   is stored beside it.
//! - An [`Action`](app::Action) is what a person can name, a [`Msg`](app::Msg) what happened, an
//!   [`Effect`](app::Effect) what to do. All three are plain data, without closures and channels.
//! - One thread owns the terminal. It waits for a message or for [`Model::deadline`](app::Model::deadline), takes in
//!   all that has arrived, and draws once. Input, signals, disk and network have threads of their own; the last two
//!   start when they are first needed. There is no idle tick.
//! - Each request has a ticket. An answer with an old ticket is dropped, and a cancel closes the socket.
//! - The commands of [`cli`] call the same functions as the app: there is no second way to check, render or send.
//!
//! # Code map
//!
//! Imports run downwards only. Two run along a floor: `import` reads drafts, `ui` prints the names of keys. A test
//! (`tests/it/tidy.rs`) reads the sources and fails on any other arrow, and on a table that differs from it.
//!
//! | floor | module | holds | must not know |
//! |---|---|---|---|
//! | 1 | [`text`] | width, cut and wrap by grapheme; words of messages | what a text is about |
//! | 1 | [`time`] | instants and durations, as people write them and as the wire wants them | what o'clock it is |
//! | 1 | [`catalogue`] | what SEI accepts, read from `assets/job-run.schema.json` | any particular document |
//! | 2 | [`document`] | lossless JSON, pointers, edits with inverses, undo | whether SEI would like it |
//! | 3 | [`check`] | rules, problems, fixes; a file for each family of rules | who asks, and what the time is unless told |
//! | 4 | [`wire`] | environments, requests, replies, the key, what an answer means | sockets, and who waits |
//! | 5 | [`book`] | the file format of the instance book | folders and clocks |
//! | 5 | [`draft`] | the file format of a draft; what a new one may begin with | folders and clocks |
//! | 5 | [`journal`] | what was sent, as lines that survive a crash | folders and clocks |
//! | 5 | [`export`] | a run as a command, a script, a step of a pipeline | files, clocks, keys |
//! | 5 | [`import`] | payloads, commands, set-up files and the runs of CI tools in, told by content and repaired where they must be | file names, files |
//! | 6 | [`sandbox`] | the stand-in for SEI: a pure answer, and a loopback server around it | clock, files, environment |
//! | 7 | [`app`] | actions, messages, effects, model, update, geometry | terminal, disk, network, clock |
//! | 8 | [`keymap`] | keys to actions, from `assets/keymap.toml` and `keys.toml` | how a terminal reports keys |
//! | 8 | [`ui`] | the model as cells | how the model changes |
//! | 8 | [`plain`] | the model as questions on ordinary lines, and answers as messages | how the model changes, who reads and writes the lines |
//! | 9 | [`world`] | clock, dice, variables, files and keyring; on them drafts, unsaved work, locks, instance book, journal and `config.toml` | screen, network, arguments |
//! | 10 | [`runtime`] | the loop, the terminal, the threads, the only way out to the network | what keys and answers mean |
//! | 11 | [`cli`] | arguments, exit codes, headless commands | what is right or wrong with a payload |
//!
//! The module pages say more. Good first reads: [`app`] with its `update`, then [`runtime`], then one family of
//! `check`, such as `src/check/family/moment.rs`.
//!
//! Inside `app::update` there are layers too: `notify`, `edit` and `navigate` change the model; above them the areas
//! `form`, `payload`, `send`, `draft` and `import`; on top the dispatchers `action`, `answer`, `overlay`, `press`,
//! `typing`, `mouse` and `reply`. An area calls no dispatcher: `model.follow_up(…)` asks for what comes next.
//!
//! # Invariants, as absences
//!
//! - Nothing below [`world`] touches a clock, a file, the environment or dice. Lints forbid the calls, a test looks
//!   for the words.
//! - Nothing but [`ui`] and [`runtime`] names ratatui.
//! - `view` changes nothing: it takes `&Model`. `update` waits for nothing.
//! - No document is ever refused for what it says. What does not fit a field gets a row of its own, and keeps it.
//! - No change of the document is without an inverse: edits are the only way in.
//! - No number is respelled, no key reordered, no unknown key dropped between opening and sending.
//! - No key (of the API) is in a type that prints: [`wire::Secret`] holds it, [`app::editor::HiddenEntry`] while it is
//!   typed, [`app::Pasted`] while it may be one. It goes to its own origin only, from one place in `runtime::network`,
//!   and into the keyring only when a person says so, from [`world::keyring`]. Where a document holds one after all, the
//!   screen has dots, unsaved work is kept with dots, and nothing is saved, exported or sent; `tests/it/planted` looks.
//! - No text from a file, a server or an argument reaches standard error or a notice with its control characters: what
//!   prints there takes [`text::Visible`], which only a literal or a sanitized text becomes.
//! - No list of fields, keys, rules or environments is typed twice. Help, footer, palette, forms, `fields`
//!   and the tables of README are renderings of one table each.
//! - No redirect is followed, and no run goes out twice without a yes. Requests that write leave through
//!   `runtime::outbox` alone, which claims a run and writes it into the [`journal`] first.
//!
//! # Where to add what
//!
//! **A field** is an entry of `assets/job-run.schema.json`: standard keywords for its type, label, help and sample, and
//! `x-sei` for tab, widget and evidence. Form, checks of structure, `schema` and `fields` follow. If code looks for the
//! field, add a [`FieldRole`](catalogue::FieldRole) in `src/catalogue/role.rs` and name it as `role` in `x-sei`: code asks
//! for roles, not for names. If the flat endpoint requires the field, add its role in `src/sandbox/answer.rs`.
//!
//! **A diagnostic** is a `Rule` and a function of its name in a file under `src/check/family/`, a line in the table of
//! `src/check/table.rs`, and a call from the walk in `src/check/walk.rs`. A folder of its code under `tests/corpus/` has
//! bad and good payloads.
//!
//! **An action** is a line in `src/app/action.rs`, an arm in `src/app/update/action.rs` (the compiler asks for it) that
//! calls a file of its area, and keys in `assets/keymap.toml`.
//!
//! **A page**, text above the form that is read and scrolled, is a variant of [`Content`](app::overlay::Content) in
//! `src/app/overlay/page.rs` with its keys and its number of rows, its rows in a file under `src/app/`, and an arm in
//! `src/ui/overlay.rs` and in `src/plain/overlay.rs` that shows them. **A picker** is a variant of
//! [`List`](app::overlay::List) and its items, each with the [`Answer`](app::overlay::Answer) that choosing it gives; an
//! answer does its work in `src/app/update/answer.rs`.
//!
//! **A text that names a key** mentions the action in braces instead, such as `{send}`: [`app::mention`] says how, and a
//! test in `tests/it/tidy` finds keys that are named by hand.
//!
//! **A CI tool** is a file under `src/import/ci/` with its reader, a line in the table of readers and a variant of
//! [`Tool`](import::Tool) in `src/import/ci.rs`, and a run of it under `tests/ci` with what is to come of it.
//!
//! **An environment** is an entry of `assets/environments.json`; renew the date there.
//!
//! **A template** for new drafts is a payload in `assets/templates` and a line in `src/draft/template.rs`.
//!
//! **An effect** is a variant of its area in `src/app/effect.rs`, its reply in `src/app/message.rs`, an arm in the
//! function of that area in `src/runtime/effect.rs` or `src/runtime/disk.rs` that carries it out and replies, and an arm
//! in `src/app/update/reply.rs` that takes the reply. Inside `update`, `model.emit(…)` asks for it.
//!
//! **A command** is a variant in `src/cli/argument.rs`, a file under `src/cli/`, and an arm in `src/cli.rs`.
//!
//! Most of these show in README: `README=overwrite cargo test --locked --test it readme` renews its tables.
//!
//! # Tests
//!
//! All tests are in one binary, `tests/it`, against the public interface; a file for each area, named like the module.
//! `tests/corpus` holds payloads with the problems they have. `app` plays keys against the core without a terminal,
//! `plain` holds conversations, `screen` compares whole screens, `cli` runs the built program, `network` and `journey` speak real HTTP to the
//! sandbox, `pty` drives the program in a pseudo-terminal, `tidy` keeps the rules of the house and `readme` the README.
//! `SEI_COMPOSE_KILL_ROUNDS=100` makes the test that kills the program kill it so often, and
//! `SEI_COMPOSE_NOISE_BYTES=1000000` makes the tests that send random bytes send so many. In a debug build,
//! `SEI_COMPOSE_PANIC` makes the app panic at Ctrl-\, for the tests of what a panic leaves behind. `.ci/run` is everything a
//! change must pass.
//!
//! # Where we left the plain way, and why
//!
//! - *A JSON tree of our own*, not `serde_json::Value`: that one loses duplicate keys and respells numbers, and a
//!   composer must hand back what it was given. The same reader tells where in a text each value stands.
//! - *A reader of our own for the schema*, and only for the keywords the asset uses; it refuses all others. A general
//!   validator would double the binary, and its messages could not name the field as the form does.
//! - *A walk without allocation in `check`*, with a prepared plan and places on the stack: it runs at each key, on
//!   documents of any length.
//! - *Threads and one channel*, not an async program: the loop stays a plain function, and start-up does not pay for a
//!   runtime that most sessions never need. Only the network and the sandbox are async inside.
//! - *A parser of our own for terminal input*, in `runtime::input`, not that of crossterm: that one takes the replies of
//!   a terminal for keys, its state cannot be reached, and it does not tell which bytes arrived together.
//! - *`app::editor` puts a coat around the text-area crate*, which belongs to the ratatui family and is the engine of
//!   fields and prompts: alone it would delete half an emoji.
//! - *Lines of our own for the payload as text*, in `app::raw`: the text area lays out all lines anew at each change,
//!   which takes 11 ms in a megabyte. It is asked only where a word ends.
//! - *`Model` has public fields.* It is one plain state, changed by `update` alone since everyone else gets `&Model`;
//!   getters would only repeat it.
//! - *Two HTTP clients for this machine*, without proxy and, for plain http, without certificates: a sandbox must not
//!   wait for the certificates of a machine that has none.

pub mod app;
pub mod book;
pub mod catalogue;
pub mod check;
pub mod cli;
pub mod document;
pub mod draft;
pub mod export;
pub mod import;
pub mod journal;
pub mod keymap;
pub mod plain;
pub mod runtime;
pub mod sandbox;
pub mod text;
pub mod time;
pub mod ui;
pub mod wire;
pub mod world;
