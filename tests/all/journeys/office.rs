//! An office: a home with a record in it, as one finds it in the morning.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Instant;

use chrono::{NaiveDate, NaiveTime};
use daysheet::action::Write;
use daysheet::app::chance::SystemChance;
use daysheet::clinical::answer::Answer;
use daysheet::clinical::assessment::{Assessment, AssessmentDraft, RedFlags};
use daysheet::clinical::find::PatientName;
use daysheet::clinical::id::{Ids, PatientId, VisitId};
use daysheet::clinical::patient::Patient;
use daysheet::clinical::plan::{ItemState, Modality, Plan, PlanItem};
use daysheet::clinical::practice::{Practice, Region};
use daysheet::clinical::score::{Given, How, ReportedBy, Score, ScoreItem, Scores};
use daysheet::clinical::summary::summary;
use daysheet::clinical::time::{Now, instant};
use daysheet::clinical::visit::{Visit, VisitKind, VisitState};
use daysheet::clinical::vocab::Vocab;
use daysheet::store::{Mode, RawKey, Salt, Store, StoreError, derive};
use zeroize::Zeroizing;

use super::{NOW, PASSPHRASE};
use crate::driver::{Home, PATIENCE, Session};

/// A home with a record in it.
pub struct Office {
    pub home: Home,
    /// When its programs start.
    now: &'static str,
}

/// The key of every office: derived once, as deriving is slow on purpose.
fn key() -> &'static RawKey {
    static KEY: OnceLock<RawKey> = OnceLock::new();
    KEY.get_or_init(|| derive(&Zeroizing::new(PASSPHRASE.to_owned()), Salt::from_bytes([0x5a; 16])).unwrap())
}

impl Office {
    /// A practice in which nobody was seen yet.
    pub fn new() -> Self {
        let office = Self { home: Home::new(), now: NOW };
        std::fs::write(office.home.path().join("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
        let mut store = Store::create(&office.record(), key(), ids(), now().instant).unwrap();
        let practice = Practice {
            id: ids().next(now().instant),
            physician: "Dr Ines Vela".to_owned(),
            region: Region::De,
            zone: chrono_tz::UTC,
        };
        store.commit(Write::PutPractice(practice), now()).unwrap();
        store.close().unwrap();
        office
    }

    /// The same with booked visits of this day: time, family name, reason, kind.
    pub fn with(visits: &[(&str, &str, &str, VisitKind)]) -> Self {
        let office = Self::new();
        let mut store = office.store(Mode::Write);
        for (start, family, reason, kind) in visits {
            let patient = patient(family);
            let visit = booked(&patient, today(), start, reason, *kind);
            store.commit(Write::BookVisit { visit, new_patient: Some(patient) }, now()).unwrap();
        }
        store.close().unwrap();
        office
    }

    /// Follow-up visits of this day, every one of a patient who was assessed and given a plan four weeks ago.
    pub fn with_follow_ups(visits: &[(&str, &str, &str)]) -> Self {
        let office = Self::new();
        let mut store = office.store(Mode::Write);
        let then = at("2026-10-27T09:00");
        for (start, family, reason) in visits {
            let patient = patient(family);
            let earlier = booked(&patient, then.today(), start, reason, VisitKind::FollowUp);
            let earlier = earlier.with_state(VisitState::Left, then.instant);
            let mut writes = vec![Write::BookVisit { visit: earlier.clone(), new_patient: Some(patient.clone()) }];
            writes.extend(assessed(&earlier, patient.id, then));
            let seen = Visit { recorded_at: Some(then.instant), copy_not_needed: true, ..earlier };
            writes
                .push(Write::ChangeVisit { visit: seen, change: daysheet::action::write::VisitChange::CopyNotNeeded });
            let visit = booked(&patient, today(), start, reason, VisitKind::FollowUp);
            writes.push(Write::BookVisit { visit, new_patient: None });
            for write in writes {
                store.commit(write, then).unwrap();
            }
        }
        store.close().unwrap();
        office
    }

    /// The same office at another moment: the next morning, say.
    pub fn at(&mut self, now: &'static str) {
        self.now = now;
    }

    pub fn record(&self) -> PathBuf {
        self.home.path().join("record.db")
    }

    /// What the command line says, each time.
    pub fn arguments(&self) -> Vec<String> {
        let path = |name: &str| self.home.path().join(name).to_string_lossy().into_owned();
        let config = path("settings.toml");
        let mut arguments = vec!["--file".to_owned(), path("record.db"), "--now".to_owned(), self.now.to_owned()];
        if std::path::Path::new(&config).exists() {
            arguments.extend(["--config".to_owned(), config]);
        }
        arguments
    }

    /// The same with where the passphrase lies.
    pub fn unlocked(&self) -> Vec<String> {
        let passphrase = self.home.path().join("passphrase").to_string_lossy().into_owned();
        let mut arguments = self.arguments();
        arguments.extend(["--passphrase-file".to_owned(), passphrase]);
        arguments
    }

    /// Settings for every program started from now on.
    pub fn set(&self, settings: &str) {
        std::fs::write(self.home.path().join("settings.toml"), settings).unwrap();
    }

    /// Starts the program in front of the locked record.
    pub fn open_locked(&self, size: (u16, u16)) -> Session {
        self.home.open(&words(&self.arguments()), size)
    }

    /// Starts the program, unlocked; wherever one was before.
    pub fn open(&self, size: (u16, u16)) -> Session {
        self.home.open(&words(&self.unlocked()), size)
    }

    /// Starts the program and waits for the board.
    pub fn open_board(&self, size: (u16, u16)) -> Session {
        let session = self.open(size);
        session.wait_for("Morning · Assessments");
        session
    }

    /// The file itself, opened by the library. A program that another journey is just starting may hold this process's
    /// lock for the moment between its fork and its own beginning.
    pub fn store(&self, mode: Mode) -> Store {
        let end = Instant::now() + PATIENCE;
        loop {
            match Store::open(&self.record(), key(), mode, ids(), now().instant) {
                Err(StoreError::Held(holder)) if holder.process == Some(std::process::id()) && Instant::now() < end => {
                    std::thread::yield_now();
                }
                opened => return opened.unwrap(),
            }
        }
    }

    /// What the file holds of the day, without identities and stamps: summaries, tasks, drafts, plans.
    pub fn facts(&self) -> Vec<String> {
        let store = self.store(Mode::Read);
        let mut facts = Vec::new();
        let names = store.patient_names().unwrap();
        let records = store.board_records(today(), now(), true).unwrap();
        for record in &records.visits {
            let visit = &record.visit;
            let name = names.iter().find(|name| Some(name.id) == visit.patient).map(PatientName::list_name);
            facts.push(format!("{name:?} {:?} {:?} {:?} {:?}", visit.date, visit.kind, visit.state, visit.reason));
            facts.push(format!("scores {:?}", record.scores));
            facts.push(summary(&store.visit_summary(visit.id).unwrap(), None));
        }
        for (task, _) in &records.tasks {
            facts.push(format!("task {:?} {:?} {:?} {:?}", task.kind, task.what, task.due, task.done_at.is_some()));
        }
        for draft in store.drafts().unwrap() {
            facts.push(format!("draft {}", draft.key.form));
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

fn words(arguments: &[String]) -> Vec<&str> {
    arguments.iter().map(String::as_str).collect()
}

/// A patient nobody knows more of than a name and a birth date.
pub fn patient(family: &str) -> Patient {
    Patient {
        birth_date: NaiveDate::from_ymd_opt(1971, 3, 5),
        ..Patient::named(ids().next(now().instant), family, "Test")
    }
}

fn booked(patient: &Patient, date: NaiveDate, start: &str, reason: &str, kind: VisitKind) -> Visit {
    let id: VisitId = ids().next(now().instant);
    let start = NaiveTime::parse_from_str(start, "%H:%M").unwrap();
    let mut visit = Visit::booked(id, Some(patient.id), date, start, kind);
    visit.reason = Some(reason.to_owned());
    visit
}

/// An assessment of this visit, and the plan that answers it.
fn assessed(visit: &Visit, patient: PatientId, then: Now) -> Vec<Write> {
    let given = |value| Some(Answer::Given(value));
    let scores = Scores {
        now: given(8),
        average: given(7),
        worst: given(9),
        least: given(4),
        peg_pain: given(7),
        peg_enjoyment: given(8),
        peg_activity: given(8),
    };
    let score = |&item: &ScoreItem| {
        let answer = scores.get(item)?;
        let spoken = Given { how: How::Spoken, by: ReportedBy::Patient }.at(then.instant, "IV");
        Some(Score::new(ids().next(then.instant), item, answer, spoken))
    };
    let words = AssessmentDraft {
        place: "low back, left leg to the foot".to_owned(),
        history: "worse on walking, wakes twice a night".to_owned(),
        examination: "SLR 40 left, no weakness".to_owned(),
        impression: "L5 radicular pain".to_owned(),
        ..AssessmentDraft::default()
    };
    let assessment = Assessment {
        id: ids().next(then.instant),
        visit: visit.id,
        patient,
        date: visit.date,
        completed_at: then.instant,
        scores,
        place: words.place,
        body: words.body,
        history: words.history,
        examination: words.examination,
        impression: words.impression,
        red_flags: Some(RedFlags::NonePresent),
        red_flag_note: String::new(),
        red_flag_action: String::new(),
        answered_by: None,
        plan_let_go: None,
        asked: Box::default(),
    };
    let item =
        |modality, what: &str, state| PlanItem { state, ..PlanItem::new(ids().next(then.instant), modality, what) };
    let plan = Plan {
        visit: Some(visit.id),
        items: vec![
            item(Modality::Medication, "gabapentin 300 mg three times a day", ItemState::Active),
            item(Modality::Physical, "graded walking, 20 minutes a day", ItemState::Active),
        ],
        ..Plan::new(ids().next(then.instant), patient, 1, then.instant)
    };
    let answers = vec![assessment.id];
    let scores = ScoreItem::ALL.iter().filter_map(score).collect();
    vec![
        Write::CompleteAssessment {
            assessment,
            scores,
            lists: daysheet::clinical::asked::PatientLists::default(),
            again: false,
        },
        Write::SetPlan { plan, goals: Vec::new(), answers, booked: Vec::new() },
    ]
}

pub fn today() -> NaiveDate {
    now().today()
}

pub fn now() -> Now {
    at(NOW)
}

/// A moment on the wall of every office.
fn at(wall: &str) -> Now {
    let wall = chrono::NaiveDateTime::parse_from_str(wall, "%Y-%m-%dT%H:%M").unwrap();
    Now { instant: instant(wall, chrono_tz::UTC), zone: chrono_tz::UTC }
}

pub fn ids() -> Ids {
    Ids::new(SystemChance::new().unwrap())
}
