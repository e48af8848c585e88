//! Journeys: the real program in a terminal, on a real encrypted file, the way a day goes.
//!
//! An [`Office`] is a home with a record in it; `open` starts the program unlocked at the time of the journey, `store` looks
//! into the file afterwards. Nothing sleeps: everything waits for what a person would wait for.

mod ahead;
mod assessed;
mod bring_in;
mod chart;
mod disk;
mod drafts;
mod evening;
mod everything;
mod examined;
mod first_run;
mod follow;
mod grammar;
mod hard;
mod idle;
mod mapping;
mod medicines;
mod morning;
mod office;
mod plain;
mod planning;
mod private;
mod said;
mod schedule;
mod taken_back;
mod thrift;
mod typing;
mod whole_day;
mod windows;
mod wrong;

use std::path::PathBuf;

use daysheet::clinical::id::PatientId;
use daysheet::clinical::visit::VisitKind;
use daysheet::store::{Mode, Salt, Store, derive};
use zeroize::Zeroizing;

use self::office::{Office, ids, now, today};
use super::driver::{Home, Session};

/// The passphrase of every office.
const PASSPHRASE: &str = "gravel otter lantern 94 quiet";
/// When every journey begins: a Tuesday.
const NOW: &str = "2026-11-24T09:00";

const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (120, 40);

/// The line above the keys, and the keys.
fn foot(screen: &str) -> String {
    let lines: Vec<&str> = screen.lines().collect();
    lines[lines.len().saturating_sub(3)..].join("\n")
}

/// The patients in the record, by name.
fn patients(store: &Store) -> Vec<(PatientId, String)> {
    store.patient_names().unwrap().iter().map(|name| (name.id, name.list_name())).collect()
}
