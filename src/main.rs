//! The program: an exit code from [`sotay::cli::run`].

/// Rendering is many small allocations on many threads, which the system's allocator is slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    sotay::cli::run(std::env::args_os())
}
