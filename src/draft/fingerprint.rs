//! A hash of the content of a file, to detect changes.

use std::fmt;

/// A 128-bit hash of the content of a file, stable across versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(u128);

/// The offset basis and the prime of FNV-1a for 128 bits.
const OFFSET_BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

impl Fingerprint {
    /// The fingerprint of these bytes.
    pub fn of(content: impl AsRef<[u8]>) -> Self {
        let content = content.as_ref();
        // Eight bytes at a time, for speed: a list of drafts needs the fingerprint of each file.
        let (words, rest) = content.as_chunks::<8>();
        let words = words.iter().map(|word| u128::from(u64::from_le_bytes(*word)));
        let rest = rest.iter().map(|byte| u128::from(*byte));
        let length = std::iter::once(content.len() as u128);
        let add = |sum: u128, part: u128| (sum ^ part).wrapping_mul(PRIME);
        Self(words.chain(rest).chain(length).fold(OFFSET_BASIS, add))
    }

    /// Parses the output of `Display`: 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let is_hex = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex.then(|| u128::from_str_radix(text, 16).ok().map(Self)).flatten()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}
