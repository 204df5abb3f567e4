//! Text encodings of commands and URLs: base64 and percent-encoding.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD, STANDARD};

/// Ignores stray bits in the last character, as other programs do.
const LENIENT: GeneralPurpose =
    GeneralPurpose::new(&alphabet::STANDARD, NO_PAD.with_decode_allow_trailing_bits(true));

/// Bytes in base64: the standard alphabet, with padding.
pub fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Decodes base64 in the standard or the URL alphabet, with or without padding. A single character
/// after the last full group is ignored.
pub fn base64_decoded(text: &str) -> Option<String> {
    let text = text.trim_end_matches('=').replace('-', "+").replace('_', "/");
    // Four characters hold three bytes: one character alone holds none.
    let whole = if text.len() % 4 == 1 { text.len() - 1 } else { text.len() };
    let is_known = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'));
    let bytes = LENIENT.decode(text.get(..whole).filter(|_| is_known)?).ok()?;
    String::from_utf8(bytes).ok()
}

/// Decodes percent-encoding; returns the text unchanged where the result is not UTF-8.
pub fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let byte = hex.filter(|_| *first == b'%').and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
