//! The draft file format.
