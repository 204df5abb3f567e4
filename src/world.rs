//! Clock, dice, environment variables and files: the only place where they are touched.
