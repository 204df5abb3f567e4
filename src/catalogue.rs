//! What SEI accepts: every field of the payload, read from the embedded schema.
