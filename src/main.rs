//! The `daysheet` binary: arguments, error hooks, exit code; nothing else.

fn main() {}
