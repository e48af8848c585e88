//! `daysheet settings`: the settings as they are without a file, each with a word about it.

use clap::Args;
use color_eyre::eyre::eyre;

use super::{Failed, Global, print, record};
use crate::app::settings::{DEFAULT_TEXT, write_default};

/// What `settings` is told.
#[derive(Debug, Args)]
pub struct Ask {
    /// Writes them to the settings file, where there is none yet.
    #[arg(long)]
    write: bool,
}

/// Prints or writes them.
pub fn run(global: &Global, ask: &Ask) -> Result<(), Failed> {
    let path = record::paths(global)?.settings;
    if !ask.write {
        return print::result(DEFAULT_TEXT);
    }
    match write_default(&path) {
        Ok(()) => {
            print::say(&format!("daysheet: the settings are in {}", path.display()));
            Ok(())
        }
        Err(why) if why.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(eyre!("{} is there already and was left as it is.", path.display()))
        }
        Err(why) => Err(eyre!("{} cannot be written: {why}", path.display())),
    }
}
