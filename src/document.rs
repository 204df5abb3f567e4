//! The payload being composed: lossless JSON, paths, edits with inverses, undo.
