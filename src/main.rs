//! The program: an exit code from [`sotay::cli::run`].

fn main() -> std::process::ExitCode {
    sotay::cli::run(std::env::args_os())
}
