//! Instants and durations as people write them.
