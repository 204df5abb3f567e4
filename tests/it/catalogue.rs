//! Tests of `catalogue`.
