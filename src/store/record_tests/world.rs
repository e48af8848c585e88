//! An invented practice in memory, and short ways to make what a day holds.

use chrono::{NaiveDate, NaiveTime};

use crate::action::write::{CheckInChange, TaskChange, VisitChange, Write};
use crate::clinical::answer::Answer;
use crate::clinical::assessment::{Assessment, RedFlags};
use crate::clinical::board::{Board, ItemKey, board};
use crate::clinical::body::{self, Body, Intensity, Quality};
use crate::clinical::check_in::{CheckIn, CheckInDone};
use crate::clinical::close::{DayRecord, Decision, DecisionKind};
use crate::clinical::draft::DraftKey;
use crate::clinical::id::{Ids, PatientId, PlanId, VisitId};
use crate::clinical::patient::{Patient, YesNo};
use crate::clinical::plan::{Books, ItemState, Modality, Plan, PlanItem};
use crate::clinical::practice::{Practice, Region};
use crate::clinical::procedure::{Outcome, Procedure, ProcedureSession, Side, Target};
use crate::clinical::reflection::{Reflection, ReflectionText};
use crate::clinical::score::{Given, How, Provenance, ReportedBy, Score, ScoreItem};
use crate::clinical::task::{Owner, Task, TaskKind};
use crate::clinical::time::{Instant, Now, instant};
use crate::clinical::visit::{Visit, VisitKind, VisitState, Way};
use crate::store::Store;

pub const ZONE: chrono_tz::Tz = chrono_tz::Europe::Berlin;

/// A day of November 2026; the 24th is a Tuesday.
pub fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
}

pub fn at(date: NaiveDate, time: &str) -> Instant {
    instant(date.and_time(time.parse::<NaiveTime>().unwrap()), ZONE)
}

/// A body map of which every column is filled.
pub fn mapped() -> Body {
    let [buttock, calf] = ["bul", "cal"].map(|code| body::BodyRegion::of_code(code).unwrap());
    let mut body = Body::default();
    body.map.set(buttock, Intensity::new(6).unwrap());
    body.map.turn(buttock, Quality::Aching);
    body.map.turn(buttock, Quality::Electric);
    body.map.radiate(buttock, Some(calf));
    let last = body.map.clone();
    body.map.take(buttock, &last);
    body.map.gone(calf);
    body.symptoms.fatigue = Some(Answer::Given(2));
    body.symptoms.cognition = Some(Answer::Declined);
    body.symptoms.headache = Some(false);
    body.symptoms.months = Some(14);
    body
}

/// Spoken by the patient.
pub fn given(at: Instant) -> Provenance {
    Given { how: How::Spoken, by: ReportedBy::Patient }.at(at, "IK")
}

/// A record with its practice, and a clock that is set by hand.
pub struct World {
    pub store: Store,
    pub ids: Ids,
    pub now: Instant,
}

impl World {
    pub fn new() -> Self {
        let now = at(day(24), "07:30:00");
        let mut ids = Ids::seeded(11);
        let store = Store::in_memory(Ids::seeded(12), now).unwrap();
        let practice = Practice {
            id: ids.next(now),
            physician: "Dr. Ines Kaltenbrunn".to_owned(),
            region: Region::De,
            zone: ZONE,
        };
        let mut world = Self { store, ids, now };
        world.commit(Write::PutPractice(practice));
        world
    }

    pub fn commit(&mut self, write: impl std::borrow::Borrow<Write>) {
        self.now = self.now.plus_millis(1000);
        self.store.commit(write, self.clock_says()).unwrap();
    }

    /// Carries out what was typed in a form: its draft ends.
    pub fn commit_typed(&mut self, write: impl std::borrow::Borrow<Write>, typed: &DraftKey) {
        self.now = self.now.plus_millis(1000);
        self.store.commit_typed(write, self.clock_says(), std::slice::from_ref(typed)).unwrap();
    }

    pub fn clock_says(&self) -> Now {
        Now { instant: self.now, zone: ZONE }
    }

    /// The clock at a time of a day.
    pub fn clock(&mut self, date: NaiveDate, time: &str) {
        self.now = at(date, time);
    }

    pub fn board(&self, date: NaiveDate) -> Board {
        let now = Now { instant: at(date, "12:00:00"), zone: ZONE };
        board(&self.store.board_records(date, now, true).unwrap(), now)
    }

    /// The items of the day's board with a word each: `○` open, `✓` done.
    pub fn items(&self, date: NaiveDate) -> Vec<(ItemKey, bool)> {
        self.board(date).items().map(|item| (item.key, item.done)).collect()
    }

    pub fn open(&self, date: NaiveDate) -> Vec<ItemKey> {
        self.board(date).open().map(|item| item.key).collect()
    }

    pub fn patient(&mut self, family: &str, given: &str) -> Patient {
        Patient {
            birth_date: Some(NaiveDate::from_ymd_opt(1971, 3, 5).unwrap()),
            ..Patient::named(self.ids.next(self.now), family, given)
        }
    }

    /// A patient in the record.
    pub fn known(&mut self, family: &str) -> PatientId {
        let patient = self.patient(family, "Adaeze");
        let id = patient.id;
        self.commit(Write::PutPatient { patient, facts: None, is_new: true });
        id
    }

    pub fn visit(&mut self, patient: PatientId, date: NaiveDate, time: &str, kind: VisitKind) -> Visit {
        Visit::booked(self.ids.next(self.now), Some(patient), date, time.parse().unwrap(), kind)
    }

    /// A visit in the record.
    pub fn booked(&mut self, patient: PatientId, date: NaiveDate, time: &str, kind: VisitKind) -> Visit {
        let visit = self.visit(patient, date, time, kind);
        self.commit(Write::BookVisit { visit: visit.clone(), new_patient: None });
        visit
    }

    /// The visit as the record holds it.
    pub fn seen(&self, id: VisitId) -> Visit {
        self.store.visit(id).unwrap().unwrap()
    }

    pub fn change(&mut self, id: VisitId, change: VisitChange, with: impl FnOnce(&mut Visit)) {
        let mut visit = self.seen(id);
        with(&mut visit);
        self.commit(Write::ChangeVisit { visit, change });
    }

    pub fn state(&mut self, id: VisitId, state: VisitState) {
        let visit = self.seen(id).with_state(state, self.now);
        let change = match state {
            VisitState::NoShow => VisitChange::NoShow,
            VisitState::Cancelled => VisitChange::Cancelled,
            _ => VisitChange::Advanced,
        };
        self.commit(Write::ChangeVisit { visit, change });
    }

    pub fn score(&mut self, item: ScoreItem, answer: Answer) -> Score {
        Score::new(self.ids.next(self.now), item, answer, given(self.now))
    }

    pub fn quick_score(&mut self, visit: &Visit, item: ScoreItem, answer: Answer) {
        let score = self.score(item, answer);
        let patient = visit.patient.unwrap();
        self.commit(Write::QuickScore { visit: visit.id, patient, date: visit.date, score, before: None });
    }

    pub fn assessment(&mut self, visit: &Visit) -> Assessment {
        Assessment {
            place: "low back".to_owned(),
            history: "Worse on stairs since October.".to_owned(),
            examination: "Straight leg raise negative.".to_owned(),
            impression: "Facet pain, likely.".to_owned(),
            red_flags: Some(RedFlags::NonePresent),
            ..Assessment::new(self.ids.next(self.now), visit.id, visit.patient.unwrap(), visit.date, self.now)
        }
    }

    /// A completed assessment with pain now.
    pub fn assessed(&mut self, visit: &Visit, pain: u8) -> Assessment {
        let mut assessment = self.assessment(visit);
        assessment.scores.now = Some(Answer::Given(pain));
        let scores = vec![self.score(ScoreItem::Now, Answer::Given(pain))];
        self.commit(Write::CompleteAssessment {
            assessment: assessment.clone(),
            scores,
            lists: crate::clinical::asked::PatientLists::default(),
            again: false,
        });
        assessment
    }

    pub fn item(&mut self, modality: Modality, what: &str) -> PlanItem {
        PlanItem { state: ItemState::Active, ..PlanItem::new(self.ids.next(self.now), modality, what) }
    }

    pub fn plan(&mut self, patient: PatientId, visit: Option<VisitId>, version: u32, items: Vec<PlanItem>) -> Plan {
        Plan {
            visit,
            unchanged: items.is_empty(),
            items,
            note: "Again in four weeks.".to_owned(),
            ..Plan::new(self.ids.next(self.now), patient, version, self.now)
        }
    }

    /// A plan of one item that books a procedure; gives the visit it booked.
    pub fn planned(&mut self, assessment: &Assessment, on: NaiveDate) -> (PlanId, Visit) {
        let visit = self.visit(assessment.patient, on, "13:00:00", VisitKind::Procedure);
        let mut item = self.item(Modality::Interventional, "medial branch block L4/5 right");
        item.books = Some(Books::Procedure);
        item.due = Some(on);
        item.booked = Some(visit.id);
        let plan = self.plan(assessment.patient, Some(assessment.visit), 1, vec![item]);
        let id = plan.id;
        let booked = vec![visit.clone()];
        let goals = self.store.patient_file(assessment.patient).unwrap().unwrap().facts.goals;
        self.commit(Write::SetPlan { plan, goals, answers: vec![assessment.id], booked });
        (id, visit)
    }

    pub fn session(&mut self, visit: &Visit) -> ProcedureSession {
        let target = Target {
            id: self.ids.next(self.now),
            level: "L4/5".to_owned(),
            side: Some(Side::Right),
            outcome: Outcome::Done,
            reason: String::new(),
        };
        let procedure = Procedure {
            id: self.ids.next(self.now),
            name: "medial branch block".to_owned(),
            targets: vec![target],
            problem: None,
        };
        ProcedureSession {
            id: self.ids.next(self.now),
            visit: visit.id,
            patient: visit.patient.unwrap(),
            date: visit.date,
            completed_at: self.now,
            procedures: vec![procedure],
            before: Some(Answer::Given(7)),
            after: Some(Answer::Declined),
            text: "Uneventful.".to_owned(),
        }
    }

    pub fn due_check_in(&mut self, session: &ProcedureSession, due: NaiveDate) -> CheckIn {
        CheckIn {
            id: self.ids.next(self.now),
            patient: session.patient,
            session: Some(session.id),
            visit: Some(session.visit),
            about: session.summary(),
            due,
            owner: Owner::Me,
            attempts: 0,
            done: None,
            let_go: None,
        }
    }

    /// A completed session with a check-in on a day.
    pub fn operated(&mut self, visit: &Visit, due: NaiveDate) -> (ProcedureSession, CheckIn) {
        let session = self.session(visit);
        let check_in = self.due_check_in(&session, due);
        let write = Write::CompleteSession { session: session.clone(), check_in: Some(check_in.clone()), again: false };
        self.commit(write);
        (session, check_in)
    }

    pub fn checked_in(&mut self, check_in: &CheckIn) {
        let done = CheckInDone {
            at: self.now,
            way: Way::Phone,
            pain: Some(Answer::Given(2)),
            relief_percent: Some(70),
            red_flag: Some(YesNo::No),
            understood: Some(YesNo::Yes),
            complication: String::new(),
            note: "Walks again.".to_owned(),
            next_contact: None,
        };
        let check_in = CheckIn { done: Some(done), ..check_in.clone() };
        self.commit(Write::PutCheckIn { check_in, change: CheckInChange::Done });
    }

    pub fn task(&mut self, patient: Option<PatientId>, what: &str, due: Option<NaiveDate>) -> Task {
        Task {
            id: self.ids.next(self.now),
            patient,
            visit: None,
            kind: TaskKind::Call,
            what: what.to_owned(),
            due,
            owner: Owner::Nurse,
            caught_at: self.now,
            done_at: None,
            result: String::new(),
            let_go: None,
        }
    }

    pub fn caught(&mut self, what: &str) -> Task {
        let task = self.task(None, what, None);
        self.commit(Write::PutTask { task: task.clone(), change: TaskChange::Caught });
        task
    }

    pub fn decision(&mut self, item: ItemKey, on: NaiveDate, to: Option<NaiveDate>) -> Decision {
        Decision {
            id: self.ids.next(self.now),
            item,
            visit: None,
            day: on,
            kind: if to.is_some() { DecisionKind::Carried } else { DecisionKind::Closed },
            to,
            reason: if to.is_some() { String::new() } else { "no longer needed".to_owned() },
            at: self.now,
        }
    }

    /// Closes a day: everything open is carried to a date, or closed with a reason.
    pub fn close(&mut self, date: NaiveDate, to: Option<NaiveDate>) {
        let open = self.open(date);
        let decisions: Vec<Decision> = open.into_iter().map(|item| self.decision(item, date, to)).collect();
        let count = u32::try_from(decisions.len()).unwrap();
        let (carried, let_go) = if to.is_some() { (count, 0) } else { (0, count) };
        let id = self.ids.next(self.now);
        let day = DayRecord { id, date, closed_at: Some(self.now.plus_millis(1000)), done: 3, carried, let_go };
        self.commit(Write::CloseDay { day, decisions });
    }

    pub fn reflection(&mut self, date: NaiveDate, text: &str) -> Reflection {
        let text = ReflectionText {
            text: text.to_owned(),
            answers: vec![("What went well?".to_owned(), "The round at noon.".to_owned())],
            energy: Some(3),
            strain: None,
        };
        Reflection { id: self.ids.next(self.now), date, text }
    }
}
