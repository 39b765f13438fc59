//! The `mawqi` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    mawqi::cli::main()
}
