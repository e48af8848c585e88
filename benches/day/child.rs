//! The program itself in a terminal, from the moment at which its key is there.

use std::path::PathBuf;
use std::time::SystemTime;

use daysheet::app::paths::Paths;
use daysheet::app::program::{self, Options};
use daysheet::app::settings::Settings;

use super::files;

/// The argument with which this program is daysheet: the record follows, and a file for the moment at which it began.
pub const ASKED: &str = "--as-daysheet";

/// Runs daysheet until its end.
pub fn run(arguments: &[String]) {
    let [record, moment] = [0, 1].map(|n| PathBuf::from(&arguments[n]));
    // As behind the gate: the tables are read beside the derivation of the key.
    std::thread::spawn(daysheet::clinical::suggest::warm);
    let key = files::key();
    std::fs::write(moment, began().to_string()).unwrap();
    // The terminal is entered only after the record is open; the program itself has it long before.
    let store = files::open(&record);
    let folder = record.parent().unwrap();
    let paths = Paths {
        settings: folder.join("no-settings.toml"),
        own: folder.join("none-of-ones-own"),
        runtime: folder.join("run"),
        record: record.clone(),
    };
    let options = Options {
        paths,
        settings: Settings::default(),
        set_to: Some(files::NOW.parse().unwrap()),
        passphrase: None,
        demo: false,
        open: Some((store, key.clone())),
    };
    program::run(options).unwrap();
}

/// Nanoseconds that all processes count alike.
pub fn began() -> u128 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_nanos()
}
