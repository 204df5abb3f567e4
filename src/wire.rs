//! A document on its way out, as plain data: environment, request, reply, key.
