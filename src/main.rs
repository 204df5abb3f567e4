//! The `sei-compose` program.

fn main() -> std::process::ExitCode {
    sei_compose::cli::run(std::env::args_os()).into()
}
