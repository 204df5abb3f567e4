//! Random bytes that a terminal can send on its own: none of them sends a request.

use sei_compose::app::{Effect, NetworkEffect};
use sei_compose::runtime::input::message;

use super::Sender;
use super::reply::REPLIES;
use crate::app::script::{GOOD, Script};

/// All kinds of mouse reports except a press of the left button: this press is user input, like a
/// key.
const MOUSE: [&[u8]; 8] = [
    b"\x1b[<0;40;12m",
    b"\x1b[<2;7;20M",
    b"\x1b[<35;100;3M",
    b"\x1b[<64;20;9M",
    b"\x1b[<65;90;30M",
    b"\x1b[<0;0;0M",
    b"\x1b[M#%\"",
    b"\x1b[67;12;13M",
];

/// A random stream of terminal output: replies, mouse reports, control characters, cut sequences.
///
/// It contains no key that sends a run or creates a GUID, because such bytes are this key from any
/// sender: no complete sequence of F5 or F6, no Ctrl-G, no Enter alone or with one other control
/// character, and no blank alone, which presses a button. Ctrl-Q and Ctrl-C alone are excluded
/// because they end the program.
pub(crate) struct Noise(u64);

impl Noise {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn sequence(&mut self) -> &'static [u8] {
        let index = self.below(REPLIES.len() + 2 * MOUSE.len());
        REPLIES.get(index).copied().unwrap_or_else(|| MOUSE[(index - REPLIES.len()) % MOUSE.len()])
    }

    fn controls(&mut self) -> Vec<u8> {
        loop {
            let length = 1 + self.below(8);
            let bytes: Vec<u8> = (0..length).map(|_| u8::try_from(self.below(32)).unwrap()).collect();
            let mut commands = bytes.clone();
            commands.sort_unstable();
            commands.dedup();
            // These edit a line, or start a sequence.
            commands.retain(|byte| !b"\r\n\t\x15\x17\x1b".contains(byte));
            let may_send = bytes.iter().any(|byte| b"\r\x07\x11\x03".contains(byte));
            if (commands.len() > 1 && !bytes.contains(&0x1b)) || !may_send {
                return bytes;
            }
        }
    }

    /// The bytes of one read.
    pub(crate) fn read(&mut self) -> Vec<u8> {
        loop {
            let sequence = self.sequence();
            let cut = self.below(sequence.len() + 1);
            let read = match self.below(8) {
                0 | 1 => sequence.to_vec(),
                2 => sequence[..cut].to_vec(),
                3 => sequence[cut..].to_vec(),
                4 => [&sequence[..cut], self.sequence()].concat(),
                5 => [sequence, &self.controls()].concat(),
                6 => self.controls(),
                _ => (0..=self.below(12)).map(|_| u8::try_from(128 + self.below(128)).unwrap()).collect(),
            };
            let is_key = |key: &[u8]| read == key;
            if !read.is_empty() && !is_key(b"\x07") && !read.iter().all(|byte| b" \r".contains(byte)) {
                return read;
            }
        }
    }
}

/// The number of bytes that a test sends.
pub(crate) fn bytes(few: usize) -> usize {
    let asked = std::env::var("SEI_COMPOSE_NOISE_BYTES").ok();
    asked.map_or(few, |bytes| bytes.parse().unwrap())
}

/// Sends bytes to the core; whether a request was sent.
fn sends(script: &mut Script, sender: &mut Sender) -> bool {
    for input in sender.inputs() {
        if let Some(msg) = message(input, &script.keymap, script.model.scene()) {
            script.receive(msg);
        }
    }
    script.effects().iter().any(|effect| matches!(effect, Effect::Network(NetworkEffect::Post { .. })))
}

#[test]
fn random_bytes_of_a_terminal_send_nothing() {
    let mut noise = Noise::new(12);
    let mut left = bytes(60_000);
    while left > 0 {
        let mut script = Script::on(GOOD);
        let mut sender = Sender::default();
        let mut history = Vec::new();
        while left > 0 && history.len() < 200 {
            let read = noise.read();
            left = left.saturating_sub(read.len());
            sender.read(&read).pause([0, 10, 50, 500, 5_000][noise.below(5)]);
            history.push(read.escape_ascii().to_string());
            assert!(!sends(&mut script, &mut sender), "{history:#?}");
        }
    }
}

#[test]
fn the_same_program_sends_when_a_user_presses_the_keys() {
    let mut script = Script::on(GOOD);
    let mut sender = Sender::default();
    sender.read(b"\x1b[15~");
    assert!(!sends(&mut script, &mut sender));
    sender.read(b"\r");
    assert!(sends(&mut script, &mut sender));
}
