//! Decides whether bytes that arrived together are keys or a paste.
//!
//! A *batch* is the bytes of one read and of all reads that followed after short gaps. Users type
//! one key per batch. A batch of several tokens is a paste, several keys delivered at once by a
//! slow line, or a reply of the terminal. The rules, in this order:
//!
//! 1. A batch that contains anything other than input (a reply, a cut sequence, bytes that are not
//!    UTF-8) presses no keys. Its plain text is pasted.
//! 2. A batch that mixes command keys (control characters, Alt with a character, Esc) with plain
//!    text, or two different command keys, presses no keys either: control characters in a text are
//!    not keys. Enter, Tab, Backspace, Ctrl-U and Ctrl-W are not command keys, because they only
//!    edit a line.
//! 3. In any other batch, a run of plain text (printable characters, line breaks, Tab) is a paste
//!    if it has at least [`PASTE`] printable characters, or a line break or Tab before a printable
//!    character. Shorter runs are keys. Enter, Tab and all keys with an escape sequence, such as
//!    arrows and function keys, are keys too.

use crate::app::Pasted;

use super::TerminalInput;
use super::token::{self, InputToken};

const CTRL_U: u8 = 0x15;
const CTRL_W: u8 = 0x17;
const DELETE: u8 = 0x7f;

/// The least number of printable characters in one batch that are a paste.
pub const PASTE: usize = 4;

/// The inputs of a batch; `before` is the number of printable characters of the same burst that
/// were delivered already.
pub fn resolve(tokens: Vec<InputToken>, before: usize) -> Vec<TerminalInput> {
    if presses_nothing(&tokens, before) {
        return text_of(tokens);
    }
    let mut inputs = Vec::new();
    let (mut run, mut before) = (String::new(), before);
    for token in tokens {
        if let Some(character) = plain(&token) {
            run.push(character);
            continue;
        }
        end_run(&mut run, before, &mut inputs);
        before = 0;
        match token {
            InputToken::Sequence(input) => inputs.push(input),
            InputToken::Alt(press) => inputs.push(TerminalInput::Press(press)),
            InputToken::Control(byte) => inputs.push(TerminalInput::Press(token::control(byte))),
            InputToken::Char(_) | InputToken::Noise => {}
        }
    }
    end_run(&mut run, before, &mut inputs);
    inputs
}

/// Whether the meaning of tokens does not depend on later tokens, so that they can be delivered at
/// once.
pub fn is_single(tokens: &[InputToken]) -> bool {
    tokens.len() == 1 || tokens.iter().all(|token| matches!(token, InputToken::Sequence(_)))
}

/// The number of printable characters among the tokens.
pub fn printed(tokens: &[InputToken]) -> usize {
    tokens.iter().filter(|token| matches!(token, InputToken::Char(_))).count()
}

/// Rules 1 and 2 of the module.
fn presses_nothing(tokens: &[InputToken], before: usize) -> bool {
    if tokens.contains(&InputToken::Noise) {
        return true;
    }
    let mut commands = tokens.iter().filter(|token| is_command(token));
    let Some(first) = commands.next() else { return false };
    before + printed(tokens) > 0 || commands.any(|other| other != first)
}

fn is_command(token: &InputToken) -> bool {
    match token {
        InputToken::Control(byte) => !matches!(*byte, b'\r' | b'\n' | b'\t' | DELETE | CTRL_U | CTRL_W),
        InputToken::Alt(_) => true,
        InputToken::Char(_) | InputToken::Sequence(_) | InputToken::Noise => false,
    }
}

fn plain(token: &InputToken) -> Option<char> {
    match token {
        InputToken::Char(character) => Some(*character),
        InputToken::Control(byte @ (b'\r' | b'\n' | b'\t')) => Some(char::from(*byte)),
        InputToken::Control(_) | InputToken::Alt(_) | InputToken::Sequence(_) | InputToken::Noise => None,
    }
}

/// The plain text of a batch as one paste, after its bracketed pastes; keys and mouse events are
/// dropped.
fn text_of(tokens: Vec<InputToken>) -> Vec<TerminalInput> {
    let mut inputs = Vec::new();
    let mut text = String::new();
    for token in tokens {
        if let Some(character) = plain(&token) {
            text.push(character);
        } else if let InputToken::Sequence(paste @ TerminalInput::Paste(_)) = token {
            inputs.push(paste);
        }
    }
    if text.contains(is_printable) {
        inputs.push(TerminalInput::Paste(Pasted(text)));
    }
    inputs
}

/// Delivers a run of plain text as a paste or as keys.
fn end_run(run: &mut String, before: usize, inputs: &mut Vec<TerminalInput>) {
    let text = std::mem::take(run);
    if is_paste(&text, before) {
        inputs.push(TerminalInput::Paste(Pasted(text)));
    } else {
        inputs.extend(text.chars().map(|character| TerminalInput::Press(token::typed(character))));
    }
}

/// Rule 3 of the module.
fn is_paste(text: &str, before: usize) -> bool {
    let printed = before + text.chars().filter(|c| is_printable(*c)).count();
    let is_broken = text.trim_start_matches(is_printable).contains(is_printable);
    !text.is_empty() && (printed >= PASTE || is_broken)
}

const fn is_printable(character: char) -> bool {
    !matches!(character, '\r' | '\n' | '\t')
}
