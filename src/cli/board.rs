//! The board itself: `daysheet` without a command.

use std::process::ExitCode;

use super::{Failed, Global, secret};
use crate::app::paths::Paths;
use crate::app::program::{self, Options};
use crate::app::settings::{Named, Settings};

/// Opens today's board.
pub fn run(global: &Global) -> Result<ExitCode, Failed> {
    let paths = Paths::find(global.file.as_deref(), global.config.as_deref())?;
    let named = if global.config.is_some() { Named::Yes } else { Named::No };
    let settings = Settings::load(&paths.settings, named)?;
    let passphrase = secret::passphrase(global)?;
    Ok(program::run(Options { paths, settings, set_to: global.now, passphrase, demo: false })?)
}
