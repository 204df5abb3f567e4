//! The composer without its terminal: what happened goes in, the new state and the effects to run come out.
