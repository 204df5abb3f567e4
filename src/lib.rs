//! A terminal composer for the job-run payloads of the Harness SEI Custom CI/CD API.
//!
//! This page is the map of the code. `README.md` and `docs/` are for users; `docs/architecture.md`
//! has the event loop, the layers inside `app::update`, the tests, and reasons for unusual choices.
//!
//! # Overview
//!
//! A user or a script composes one JSON document. [`check`] reports what SEI would drop, alter or
//! misread, [`wire`] builds a request for an environment, [`runtime`] sends the request, and
//! [`wire::explain()`] explains the reply. The app is one loop around a pure core:
//!
//! ```text
//! key, paste, mouse, resize ─┐                                   ┌─> ui::view(&Model, DrawContext)
//! reply, file, signal, time ─┴─> Msg ─> app::update(&mut Model) ─┤       pure, no I/O
//!                                       pure, no I/O             └─> Vec<Effect> ─> runtime ─> Msg
//! ```
//!
//! An [`Action`](app::Action) is a command that the user can name, a [`Msg`](app::Msg) is an event,
//! an [`Effect`](app::Effect) is work to do. Rows, problems, preview and requests are derived from
//! the [`document`], the single source of truth.
//!
//! # Code map
//!
//! Imports go down only, with two exceptions inside a layer: `import` reads drafts, `ui` prints key
//! names. The test `tests/it/tidy/layer.rs` fails on any other import, and if this table differs.
//!
//! | layer | module | contains | must not know |
//! |---|---|---|---|
//! | 1 | [`text`] | width, truncation and wrapping by grapheme; wording of messages | the meaning of a text |
//! | 1 | [`time`] | instants and durations, as users write them and as the API needs them | the current time |
//! | 1 | [`catalog`] | what SEI accepts, read from `assets/job-run.schema.json` | any particular document |
//! | 2 | [`document`] | lossless JSON, pointers, edits with inverses, undo | the rules of SEI |
//! | 3 | [`check`] | rules, problems, fixes; a file for each family of rules | the caller; the time, unless passed in |
//! | 4 | [`wire`] | environments, requests, replies, the key, explanations of replies | sockets, the caller |
//! | 5 | [`book`] | the file format of the instance book | folders, clocks |
//! | 5 | [`draft`] | the file format of a draft; templates | folders, clocks |
//! | 5 | [`journal`] | sent requests, as lines that survive a crash | folders, clocks |
//! | 5 | [`export`] | a run as a command, a script, a pipeline step | files, clocks, keys |
//! | 5 | [`import`] | payloads, commands, setup files, CI runs; detection by content, repairs | file names, files |
//! | 5 | [`simulation`] | what SEI stores, loses and counts, as a pure function | clock, files, environment |
//! | 6 | [`sandbox`] | the SEI emulator: a pure reply function and a loopback server | clock, files, environment |
//! | 7 | [`app`] | actions, messages, effects, model, update, geometry | terminal, disk, network, clock |
//! | 8 | [`keymap`] | keys to actions, from `assets/keymap.toml` and `keys.toml` | how a terminal reports keys |
//! | 8 | [`ui`] | the model as cells | how the model changes |
//! | 8 | [`plain`] | the model as questions on ordinary lines, answers as messages | how the model changes; input and output |
//! | 9 | [`world`] | clock, randomness, variables, files, keyring; drafts, recovery, locks, instance book, journal, config | screen, network, arguments |
//! | 10 | [`runtime`] | the loop, the terminal, threads, the only access to the network | the meaning of keys and replies |
//! | 11 | [`cli`] | arguments, exit codes, headless commands | the rules for payloads |
//!
//! # Invariants, as absences
//!
//! - Nothing below [`world`] uses a clock, a file, the environment or randomness: lints and a test
//!   check this. Only [`ui`] and [`runtime`] name ratatui.
//! - `view` takes `&Model` and changes nothing. `update` never waits.
//! - No document is refused for its content; a value that does not fit its field has its own row.
//! - No change of the document lacks an inverse: only edits change it.
//! - No number is respelled, no key reordered, no unknown key dropped between opening and sending.
//! - No API key is in a type that prints: see [`wire::Secret`], [`app::editor::HiddenEntry`] and
//!   [`app::Pasted`]. A key goes to its own origin only, from one place in `runtime::network`, and
//!   to the keyring only on request. A document with a key is redacted on screen, and is not saved,
//!   exported or sent; `tests/it/planted.rs` checks this.
//! - No control character of a file, server or argument reaches standard error or a notice: both
//!   take [`text::Visible`], which is a literal or a sanitized text.
//! - No list of fields, keys, rules or environments is written twice: help, footer, palette, forms,
//!   `fields` and the tables of `docs/` each render one table.
//! - No redirect is followed, and no run is sent twice without a confirmation. Only
//!   `runtime::outbox` sends requests that write: it claims the run and writes it to [`journal`] first.
//!
//! # Where to add what
//!
//! `CONTRIBUTING.md` lists all files of each kind of change and the test that finds a missing file.
//! The first file to open:
//!
//! | change | file | change | file |
//! |---|---|---|---|
//! | field | `assets/job-run.schema.json` | environment | `assets/environments.json` |
//! | rule | `src/check/table.rs` | template | `src/draft/template.rs` |
//! | action | `src/app/action.rs` | effect | `src/app/effect.rs` |
//! | page | `src/app/overlay/page.rs` | command | `src/cli/argument.rs` |
//! | picker | `src/app/overlay.rs` | setting | `src/world/config.rs` |
//! | CI tool | `src/import/ci.rs` | document | `tests/it/readme.rs` |

pub mod app;
pub mod book;
pub mod catalog;
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
pub mod simulation;
pub mod text;
pub mod time;
pub mod ui;
pub mod wire;
pub mod world;
