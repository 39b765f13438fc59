//! The `mawqi` command.

fn main() {}
