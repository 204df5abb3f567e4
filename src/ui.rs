//! The model drawn as cells.
