//! Tests of `keymap`.
