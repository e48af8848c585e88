//! The board itself: `daysheet` without a command.

use std::process::ExitCode;

use super::{Failed, Global, record, secret};
use crate::app::program::{self, Options};

/// Opens today's board.
pub fn run(global: &Global) -> Result<ExitCode, Failed> {
    let (paths, settings) = (record::paths(global)?, record::settings(global)?);
    let passphrase = secret::given(global)?;
    Ok(program::run(Options { paths, settings, set_to: global.now, passphrase, demo: false, open: None })?)
}
