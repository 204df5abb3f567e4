//! The loop that owns the terminal, and everything that waits: network, disk, signals.

pub mod network;
