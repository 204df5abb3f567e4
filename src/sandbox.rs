//! The embedded stand-in for SEI.
