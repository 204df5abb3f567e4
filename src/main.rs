//! The `sei-compose` program.

fn main() {}
