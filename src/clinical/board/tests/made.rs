//! Days made for a case: visits at times of 24 Nov 2026, seen at a time of that day. Invented people only.

use chrono::NaiveDate;

use crate::clinical::answer::Answer;
use crate::clinical::board::records::{OpenVisit, PlanRecord, RedFlagRecord};
use crate::clinical::board::{Board, DayRecords, Item, ItemKey, VisitRecord, board};
use crate::clinical::check_in::CheckIn;
use crate::clinical::close::{Decision, DecisionKind};
use crate::clinical::id::{Ids, VisitId};
use crate::clinical::patient::{Facts, Patient, PatientFile};
use crate::clinical::task::{Owner, Task, TaskKind};
use crate::clinical::time::{Instant, Now, instant};
use crate::clinical::visit::{Visit, VisitKind, VisitState};

/// The zone of the made-up practice.
const ZONE: chrono_tz::Tz = chrono_tz::Europe::Berlin;
/// The day.
pub const TODAY: &str = "2026-11-24";

/// A date.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A time of a date on the wall.
pub fn at(date: &str, time: &str) -> Instant {
    instant(format!("{date}T{time}:00").parse().unwrap(), ZONE)
}

/// A day of records that is being made.
pub struct Made {
    /// The records.
    pub records: DayRecords,
    /// When the board is looked at.
    pub now: Now,
    ids: Ids,
}

impl Made {
    /// The board of 24 Nov 2026, looked at on that day.
    pub fn at(time: &str) -> Self {
        Self::on(TODAY, TODAY, time)
    }

    /// The board of a date, looked at on another.
    pub fn on(date: &str, today: &str, time: &str) -> Self {
        Self {
            records: DayRecords { date: day(date), follow_copies: true, ..DayRecords::default() },
            now: Now { instant: at(today, time), zone: ZONE },
            ids: Ids::seeded(3),
        }
    }

    /// An identity.
    pub fn id<T: From<uuid::Uuid>>(&mut self) -> T {
        self.ids.next(self.now.instant)
    }

    /// A patient.
    pub fn patient(&mut self, family: &str) -> PatientFile {
        let patient = Patient::named(self.id(), family, "A");
        PatientFile { patient, facts: Facts::default(), problems: Vec::new() }
    }

    /// A visit of the board's day in a state, of a patient of its own. Whoever is or was in room came on time.
    pub fn visit(&mut self, start: &str, kind: VisitKind, state: VisitState) -> VisitId {
        let file = self.patient(&format!("Family{}", start.replace(':', "")));
        self.visit_of(&file, start, kind, state)
    }

    /// A visit of a patient.
    pub fn visit_of(&mut self, file: &PatientFile, start: &str, kind: VisitKind, state: VisitState) -> VisitId {
        let id = self.id();
        let date = self.records.date;
        let mut visit = Visit::booked(id, Some(file.patient.id), date, format!("{start}:00").parse().unwrap(), kind);
        visit.minutes = 20;
        let on_time = at(&date.to_string(), start);
        for step in [VisitState::Here, VisitState::InRoom, VisitState::Left] {
            if state.is_live() && step <= state {
                visit = visit.with_state(step, on_time);
            }
        }
        if !state.is_live() {
            visit = visit.with_state(state, on_time);
        }
        let file = (kind != VisitKind::Block).then(|| file.clone());
        if file.is_none() {
            visit.patient = None;
        }
        self.records.visits.push(VisitRecord::new(visit, file));
        id
    }

    /// The record of a visit.
    pub fn record(&mut self, id: VisitId) -> &mut VisitRecord {
        self.records.visits.iter_mut().find(|record| record.visit.id == id).unwrap()
    }

    /// The assessment of a visit is complete, with a score, and waits for a plan.
    pub fn assessed(&mut self, id: VisitId, score: u8) -> ItemKey {
        let assessment = self.id();
        let record = self.record(id);
        record.assessed = true;
        record.scores.now = Some(Answer::Given(score));
        let (file, date) = (record.file.clone().unwrap(), record.visit.date);
        self.records.plans.push(PlanRecord {
            assessment,
            visit: id,
            date,
            file,
            score: Some(score),
            answered_by: None,
            version: None,
            version_on: None,
            keeps: Vec::new(),
        });
        ItemKey::Plan(assessment)
    }

    /// The plan record of a key.
    pub fn plan(&mut self, key: ItemKey) -> &mut PlanRecord {
        self.records.plans.iter_mut().find(|plan| ItemKey::Plan(plan.assessment) == key).unwrap()
    }

    /// A decision about an item, taken the day before: carried to a date, or closed.
    pub fn decided(&mut self, item: ItemKey, to: Option<&str>) {
        let decision = Decision {
            id: self.id(),
            item,
            visit: None,
            day: day("2026-11-23"),
            kind: if to.is_some() { DecisionKind::Carried } else { DecisionKind::Closed },
            to: to.map(day),
            reason: String::new(),
            at: self.now.instant,
        };
        self.records.decisions.insert(item, decision);
    }

    /// A check-in due on a date.
    pub fn check_in(&mut self, due: &str, attempts: u8) -> ItemKey {
        let file = self.patient("Amari");
        let check_in = CheckIn {
            id: self.id(),
            patient: file.patient.id,
            session: None,
            visit: None,
            about: "TFESI L5 LEFT".to_owned(),
            due: day(due),
            owner: Owner::Me,
            attempts,
            done: None,
            let_go: None,
        };
        let key = ItemKey::CheckIn(check_in.id);
        self.records.check_ins.push((check_in, file));
        key
    }

    /// A task caught on a date, due or not.
    pub fn task(&mut self, caught: &str, due: Option<&str>) -> ItemKey {
        let task = Task {
            id: self.id(),
            patient: None,
            visit: None,
            kind: TaskKind::Task,
            what: "order paper".to_owned(),
            due: due.map(day),
            owner: Owner::Me,
            caught_at: at(caught, "08:00"),
            done_at: None,
            result: String::new(),
            let_go: None,
        };
        let key = ItemKey::Task(task.id);
        self.records.tasks.push((task, None));
        key
    }

    /// The summary of a visit of the day waits to be copied out.
    pub fn uncopied(&mut self, id: VisitId) {
        let record = self.record(id).clone();
        self.records.to_copy.push(OpenVisit { visit: record.visit, file: record.file.unwrap() });
    }

    /// A red flag of a visit on which nothing was written.
    pub fn red_flag(&mut self, id: VisitId) {
        let assessment = self.id();
        let record = self.record(id).clone();
        self.records.red_flags.push(RedFlagRecord {
            assessment,
            visit: id,
            date: record.visit.date,
            file: record.file.unwrap(),
            note: "saddle anaesthesia".to_owned(),
        });
    }

    /// The board.
    pub fn board(&self) -> Board {
        board(&self.records, self.now)
    }

    /// The item of a key on the board.
    pub fn item(&self, key: ItemKey) -> Option<Item> {
        self.board().items().find(|item| item.key == key).cloned()
    }
}
