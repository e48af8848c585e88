//! Journeys: the real program in a terminal, on a real encrypted file, the way a day goes.
//!
//! An [`Office`] is a home with a record in it; `open` starts the program unlocked at the time of the journey, `store` looks
//! into the file afterwards. Nothing sleeps: everything waits for what a person would wait for.

mod ahead;
mod disk;
mod drafts;
mod first_run;
mod grammar;
mod hard;
mod idle;
mod morning;
mod windows;

use std::path::PathBuf;

use chrono::{NaiveDate, NaiveTime};
use daysheet::action::Write;
use daysheet::app::chance::SystemChance;
use daysheet::clinical::find::PatientName;
use daysheet::clinical::id::{Ids, PatientId, VisitId};
use daysheet::clinical::patient::Patient;
use daysheet::clinical::practice::{Practice, Region};
use daysheet::clinical::time::{Now, instant};
use daysheet::clinical::visit::{Visit, VisitKind};
use daysheet::store::{Mode, Salt, Store, derive};
use zeroize::Zeroizing;

use super::driver::{Home, Session};

/// The passphrase of every office.
const PASSPHRASE: &str = "gravel otter lantern 94 quiet";
/// When every journey begins: a Tuesday.
const NOW: &str = "2026-11-24T09:00";

const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (120, 40);

/// A home with a record in it.
struct Office {
    home: Home,
}

impl Office {
    /// A practice in which nobody was seen yet.
    fn new() -> Self {
        let office = Self { home: Home::new() };
        std::fs::write(office.home.path().join("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
        let mut ids = ids();
        let salt = Salt::new(&mut ids);
        let key = derive(&Zeroizing::new(PASSPHRASE.to_owned()), salt).unwrap();
        let mut store = Store::create(&office.record(), &key, ids, now().instant).unwrap();
        let practice = Practice {
            id: self::ids().next(now().instant),
            physician: "Dr Ines Vela".to_owned(),
            region: Region::De,
            zone: chrono_tz::UTC,
        };
        store.commit(Write::PutPractice(practice), now()).unwrap();
        store.close().unwrap();
        office
    }

    /// The same with booked visits of this day: time, family name, reason, kind.
    fn with(visits: &[(&str, &str, &str, VisitKind)]) -> Self {
        let office = Self::new();
        let mut store = office.store(Mode::Write);
        let mut ids = ids();
        for (start, family, reason, kind) in visits {
            let patient = Patient {
                id: ids.next(now().instant),
                number: None,
                family: (*family).to_owned(),
                given: "Test".to_owned(),
                birth_date: NaiveDate::from_ymd_opt(1971, 3, 5),
                sex: None,
                phone: None,
                language: None,
                interpreter: None,
                capacity: None,
                decides: None,
                pregnancy: None,
                kidney: None,
                note: None,
            };
            let id: VisitId = ids.next(now().instant);
            let start = NaiveTime::parse_from_str(start, "%H:%M").unwrap();
            let mut visit = Visit::booked(id, Some(patient.id), today(), start, *kind);
            visit.reason = Some((*reason).to_owned());
            store.commit(Write::BookVisit { visit, new_patient: Some(patient) }, now()).unwrap();
        }
        store.close().unwrap();
        office
    }

    fn record(&self) -> PathBuf {
        self.home.path().join("record.db")
    }

    /// What the command line says, each time.
    fn arguments(&self) -> Vec<String> {
        let path = |name: &str| self.home.path().join(name).to_string_lossy().into_owned();
        let config = path("settings.toml");
        let mut arguments = vec!["--file".to_owned(), path("record.db"), "--now".to_owned(), NOW.to_owned()];
        if std::path::Path::new(&config).exists() {
            arguments.extend(["--config".to_owned(), config]);
        }
        arguments
    }

    /// Settings for every program started from now on.
    fn set(&self, settings: &str) {
        std::fs::write(self.home.path().join("settings.toml"), settings).unwrap();
    }

    /// Starts the program in front of the locked record.
    fn open_locked(&self, size: (u16, u16)) -> Session {
        let arguments = self.arguments();
        self.home.open(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), size)
    }

    /// Starts the program, unlocked; wherever one was before.
    fn open(&self, size: (u16, u16)) -> Session {
        let mut arguments = self.arguments();
        let passphrase = self.home.path().join("passphrase").to_string_lossy().into_owned();
        arguments.extend(["--passphrase-file".to_owned(), passphrase]);
        self.home.open(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), size)
    }

    /// Starts the program and waits for the board.
    fn open_board(&self, size: (u16, u16)) -> Session {
        let session = self.open(size);
        session.wait_for("Morning · Assessments");
        session
    }

    /// The file itself, opened by the library.
    fn store(&self, mode: Mode) -> Store {
        let key = derive(&Zeroizing::new(PASSPHRASE.to_owned()), Salt::of(&self.record()).unwrap()).unwrap();
        Store::open(&self.record(), &key, mode, ids(), now().instant).unwrap()
    }

    /// What the file holds of the day, without identities and stamps: summaries, tasks, drafts, plans.
    fn facts(&self) -> Vec<String> {
        let store = self.store(Mode::Read);
        let mut facts = Vec::new();
        let names = store.patient_names().unwrap();
        let records = store.board_records(today(), now(), true).unwrap();
        for record in &records.visits {
            let visit = &record.visit;
            let name = names.iter().find(|name| Some(name.id) == visit.patient).map(PatientName::list_name);
            facts.push(format!("{name:?} {:?} {:?} {:?} {:?}", visit.date, visit.kind, visit.state, visit.reason));
            facts.push(format!("scores {:?}", record.scores));
            let model = store.visit_summary(visit.id).unwrap();
            facts.push(daysheet::clinical::summary::summary(&model, None));
        }
        for (task, _) in &records.tasks {
            facts.push(format!("task {:?} {:?} {:?} {:?}", task.kind, task.what, task.due, task.done_at.is_some()));
        }
        for draft in store.drafts().unwrap() {
            facts.push(format!("draft {}", draft.form));
        }
        for name in &names {
            let plan = store.plan_model(name.id, now()).unwrap();
            let items: Vec<String> = plan
                .last
                .iter()
                .flat_map(|plan| &plan.items)
                .map(|item| format!("{} {:?}", item.what, item.due))
                .collect();
            facts.push(format!("plan of {}: {:?} {items:?}", name.list_name(), plan.last.map(|plan| plan.version)));
        }
        facts
    }
}

fn today() -> NaiveDate {
    now().today()
}

fn now() -> Now {
    let wall = chrono::NaiveDateTime::parse_from_str(NOW, "%Y-%m-%dT%H:%M").unwrap();
    Now { instant: instant(wall, chrono_tz::UTC), zone: chrono_tz::UTC }
}

fn ids() -> Ids {
    Ids::new(SystemChance::new().unwrap())
}

/// The line above the keys, and the keys.
fn foot(screen: &str) -> String {
    let lines: Vec<&str> = screen.lines().collect();
    lines[lines.len().saturating_sub(3)..].join("\n")
}

/// The patients in the record, by name.
fn patients(store: &Store) -> Vec<(PatientId, String)> {
    store.patient_names().unwrap().iter().map(|name| (name.id, name.list_name())).collect()
}
