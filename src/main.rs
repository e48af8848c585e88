//! The `daysheet` binary: arguments, error hooks, exit code; nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    daysheet::app::fault::install();
    daysheet::cli::run(std::env::args_os())
}
