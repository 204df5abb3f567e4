//! The `sei-compose` program: passes its arguments to `cli`.

fn main() -> std::process::ExitCode {
    sei_compose::cli::run(std::env::args_os()).into()
}
