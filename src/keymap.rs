//! Keys to actions, from the embedded keymap.
