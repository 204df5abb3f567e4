//! Other shapes in: a payload, the wrapped body, a draft.
