//! Tests of `pty`.
