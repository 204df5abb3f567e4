//! Width, cut and wrap of terminal text, by grapheme.
