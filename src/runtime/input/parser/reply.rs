//! The first bytes of replies of a terminal.

/// The 7-bit form of an 8-bit control that starts strings or control sequences.
pub(super) const fn introducer(byte: u8) -> Option<u8> {
    Some(match byte {
        0x90 => b'P',
        0x98 => b'X',
        0x9b => b'[',
        0x9d => b']',
        0x9e => b'^',
        0x9f => b'_',
        _ => return None,
    })
}

/// Whether a byte may be the first of the payload of a reply.
pub(super) const fn starts_payload(introducer: u8, byte: u8) -> bool {
    match introducer {
        b'[' => matches!(byte, 0x30..=0x3f),
        b']' => matches!(byte, b'0'..=b'9' | b'l' | b'L'),
        b'P' => matches!(byte, b'0'..=b'9' | b'>' | b'!'),
        b'_' => byte == b'G',
        _ => matches!(byte, 0x20..=0x7e),
    }
}

/// Whether a payload is certainly part of a reply: users do not type or paste such text right after
/// Esc.
pub(super) fn is_reply(introducer: u8, payload: &[u8]) -> bool {
    let digits = payload.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match (introducer, payload) {
        (b']' | b'[', [b'0'..=b'9', ..]) => payload.get(digits) == Some(&b';'),
        (b'[', [b'?' | b'>' | b'<', b'0'..=b'9', ..])
        | (b'P', [b'>' | b'!', b'|', ..] | [b'0' | b'1', b'+' | b'$', b'r', ..])
        | (b'_', [b'G', b'a'..=b'z' | b'A'..=b'Z', b'=', ..]) => true,
        _ => false,
    }
}
