//! Diagnostics: what SEI would drop, alter or misread, each with code, place, reason and fixes.
