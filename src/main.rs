//! The `mawqi` command.

use std::process::ExitCode;

/// Reading makes many small things that live for one report; this allocator is quicker at them than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    mawqi::cli::main()
}
