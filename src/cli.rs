//! Arguments, exit codes and the headless commands.
