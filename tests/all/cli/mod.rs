//! The command line: the real binary, its own home folder, an encrypted record.

mod bad_input;
mod demo;
mod keep;
mod passphrase;
mod print;
mod surroundings;

use std::path::PathBuf;

use chrono_tz::Tz;
use daysheet::clinical::id::Ids;
use daysheet::clinical::time::{Now, instant};
use daysheet::store::{Mode, Salt, Store, derive};

use crate::driver::Home;

const PASSPHRASE: &str = "horse staple battery moon";
const ZONE: Tz = chrono_tz::Europe::Berlin;
/// When everything happens.
const NOW: &str = "2026-11-24T10:14";

/// What a command did.
#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    words: String,
}

/// A home folder with a file that holds the passphrase.
struct Desk {
    home: Home,
}

impl Desk {
    /// A desk without a record.
    fn empty() -> Self {
        let home = Home::new();
        std::fs::write(home.path().join("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
        Self { home }
    }

    /// A desk with a new record.
    fn with_record() -> Self {
        let desk = Self::empty();
        let made = desk.run("init --name Kaltenbrunn --zone Europe/Berlin --region de");
        assert_eq!((made.code, made.out.as_str()), (0, ""), "{}", made.words);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn record(&self) -> PathBuf {
        self.path("data/daysheet/record.db")
    }

    /// Runs a command, words apart at blanks, with the passphrase and the moment given.
    fn run(&self, command: &str) -> Ran {
        self.run_with(command, "passphrase")
    }

    /// Runs a command with the passphrase in this file.
    fn run_with(&self, command: &str, passphrase: &str) -> Ran {
        let mut arguments: Vec<&str> = command.split(' ').collect();
        arguments.extend(["--passphrase-file", passphrase, "--now", NOW]);
        self.run_bare(&arguments)
    }

    /// Runs a command as it stands.
    fn run_bare(&self, arguments: &[&str]) -> Ran {
        let output = self.home.run(arguments, "");
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            words: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Opens the record in this process, with chance from this seed.
    fn store(&self, mode: Mode, seed: u64) -> Store {
        let key = derive(PASSPHRASE, Salt::of(&self.record()).unwrap()).unwrap();
        Store::open(&self.record(), &key, mode, Ids::seeded(seed), now().instant).unwrap()
    }
}

fn now() -> Now {
    Now { instant: instant(format!("{NOW}:00").parse().unwrap(), ZONE), zone: ZONE }
}

impl Ran {
    /// It could not be done, and was told in these words, with nothing else that a person should not see.
    #[track_caller]
    fn could_not(&self, words: &str) {
        assert_eq!((self.code, self.out.as_str()), (1, ""), "{self:?}");
        assert!(self.words.contains(words), "{words:?} is not in {:?}", self.words);
        assert!(self.words.starts_with("daysheet: "), "{:?}", self.words);
        assert!(!self.words.contains("fault of its own") && !self.words.contains('\u{1b}'), "{:?}", self.words);
    }

    #[track_caller]
    fn done(&self) -> &Self {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }
}
