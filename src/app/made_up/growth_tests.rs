//! The work behind a key does not grow with the years: counted in steps of the database's own machine, not in time.

use std::collections::BTreeMap;

use super::*;
use crate::action::write::{TaskChange, VisitChange};
use crate::clinical::board::{DayRecords, VisitRecord};
use crate::clinical::id::{PatientId, VisitId};
use crate::clinical::plan::Plan;
use crate::clinical::reflection::{Reflection, ReflectionText};
use crate::clinical::task::Task;
use crate::clinical::time::instant;
use crate::clinical::visit::{VisitKind, VisitState};
use crate::store::Work;

/// Few patients, so that each has a long history; in both records it is longer than anything shows of it at once.
const SHORT: Size = Size { patients: 33, days: 400, visits_a_day: 2 };
const LONG: Size = Size { days: 800, ..SHORT };

/// A record, its day, and what new rows are made with.
struct Record {
    store: Store,
    now: Now,
    day: DayRecords,
    ids: Ids,
    work: Work,
}

impl Record {
    fn filled(size: Size) -> Self {
        let zone = chrono_tz::Europe::Berlin;
        let now = Now { instant: instant("2026-11-24T10:14:00".parse().unwrap(), zone), zone };
        let mut store = Store::in_memory(Ids::seeded(5), now.instant).unwrap();
        fill(&mut store, 1, size, now).unwrap();
        let day = store.board_records(now.today(), now, true).unwrap();
        let work = store.count_work();
        Self { store, now, day, ids: Ids::seeded(6), work }
    }

    /// The steps of a key by statement. The index for full-text search tidies itself up now and then, whichever write it
    /// is: what it does inside for that is left out.
    fn steps_of(&mut self, key: fn(&mut Self)) -> BTreeMap<String, u64> {
        let known = self.work.statements();
        key(self);
        let mut statements = self.work.statements();
        statements.retain(|sql, steps| {
            *steps -= known.get(sql).copied().unwrap_or(0);
            *steps > 0 && !sql.contains("'search_") && !sql.contains("data_version")
        });
        statements
    }

    fn commit(&mut self, write: Write) {
        self.store.commit(write, self.now).unwrap();
    }

    /// The first visit of today that is so, with its patient.
    fn visit(&self, is_so: impl Fn(&VisitRecord) -> bool) -> (VisitId, PatientId) {
        let found = self.day.visits.iter().find(|record| record.visit.patient.is_some() && is_so(record)).unwrap();
        (found.visit.id, found.visit.patient.unwrap())
    }

    fn assessed(&self) -> (VisitId, PatientId) {
        self.visit(|record| record.assessed && record.visit.kind == VisitKind::FollowUp)
    }

    fn operated(&self) -> (VisitId, PatientId) {
        self.visit(|record| record.session.is_some())
    }

    fn complete_assessment(&mut self) {
        let model = self.store.assessment_model(self.assessed().0).unwrap();
        let mut assessment = model.current.unwrap();
        assessment.history.push_str(" And one word more.");
        let lists = crate::clinical::asked::PatientLists::default();
        self.commit(Write::CompleteAssessment { assessment, scores: model.scores, lists, again: true });
    }

    fn set_plan(&mut self) {
        let patient = self.assessed().1;
        let model = self.store.plan_model(patient, self.now).unwrap();
        let last = model.last.unwrap();
        let mut items = last.items;
        for item in &mut items {
            item.id = self.ids.next(self.now.instant);
        }
        let plan = Plan {
            id: self.ids.next(self.now.instant),
            version: last.version + 1,
            set_at: self.now.instant,
            unchanged: false,
            items,
            ..last
        };
        let goals = model.file.facts.goals;
        self.commit(Write::SetPlan { plan, goals, answers: Vec::new(), booked: Vec::new() });
    }

    fn complete_session(&mut self) {
        let session = self.store.session_model(self.operated().0).unwrap().current.unwrap();
        let text = format!("{} Uneventful.", session.text);
        let session = crate::clinical::procedure::ProcedureSession { text, ..session };
        self.commit(Write::CompleteSession { session, check_in: None, again: true });
    }

    fn advance(&mut self) {
        let (id, _) = self.visit(|record| record.visit.state == VisitState::Booked);
        let visit = self.store.visit(id).unwrap().unwrap().with_state(VisitState::Here, self.now.instant);
        self.commit(Write::ChangeVisit { visit, change: VisitChange::Advanced });
    }

    fn finish_task(&mut self) {
        let task = self.day.tasks.iter().map(|(task, _)| task).find(|task| task.done_at.is_none()).unwrap();
        let task = Task { done_at: Some(self.now.instant), ..task.clone() };
        self.commit(Write::PutTask { task, change: TaskChange::Done });
    }

    fn reflect(&mut self) {
        let text = ReflectionText { text: "a quiet day".to_owned(), ..ReflectionText::default() };
        let id = self.ids.next(self.now.instant);
        self.commit(Write::PutReflection(Reflection { id, date: self.now.today(), text }));
    }

    fn undo(&mut self) {
        let step = self.store.undo_step(None).unwrap().unwrap();
        self.store.take_back(&step, self.now).unwrap();
        let step = self.store.redo_step(None).unwrap().unwrap();
        self.store.do_again(&step, self.now).unwrap();
    }
}

/// What a key asks of the store, by name.
type Key = (&'static str, fn(&mut Record));

/// What a key may ask of the store.
const KEYS: [Key; 21] = [
    ("the board", |r| drop(r.store.board_records(r.now.today(), r.now, true).unwrap())),
    ("the next day", |r| drop(r.store.board_records(r.now.today().succ_opt().unwrap(), r.now, true).unwrap())),
    ("the week", |r| drop(r.store.week(r.now.today()).unwrap())),
    ("an assessment opened", |r| drop(r.store.assessment_model(r.assessed().0).unwrap())),
    ("a plan opened", |r| drop(r.store.plan_model(r.assessed().1, r.now).unwrap())),
    ("a procedure opened", |r| drop(r.store.session_model(r.operated().0).unwrap())),
    ("a summary", |r| drop(r.store.visit_summary(r.assessed().0).unwrap())),
    ("a patient in a list", |r| drop(r.store.patient_lines(&[r.assessed().1], r.now.today()).unwrap())),
    ("find: one letter", |r| drop(r.store.find_hits("s", 20).unwrap())),
    ("find: three letters", |r| drop(r.store.find_hits("sho", 20).unwrap())),
    ("find: more letters", |r| drop(r.store.find_hits("walk", 20).unwrap())),
    ("find: two words", |r| drop(r.store.find_hits("left l", 20).unwrap())),
    ("find: nothing", |r| drop(r.store.find_hits("xyzzy", 20).unwrap())),
    ("an assessment completed", Record::complete_assessment),
    ("a plan set", Record::set_plan),
    ("a procedure completed", Record::complete_session),
    ("a patient here", Record::advance),
    ("a task done", Record::finish_task),
    ("a reflection", Record::reflect),
    ("undo and redo", Record::undo),
    ("what undo would take back", |r| drop(r.store.undo_step(Some(r.assessed().1)).unwrap())),
];

#[test]
fn no_key_costs_more_with_the_years() {
    let [mut short, mut long] = [SHORT, LONG].map(Record::filled);
    let mut grown = Vec::new();
    for (name, key) in KEYS {
        let [short, long] = [&mut short, &mut long].map(|record| record.steps_of(key));
        let (before, after): (u64, u64) = (short.values().sum(), long.values().sum());
        if before == 0 || after > before + before / 10 {
            let more = long.into_iter().map(|(sql, steps)| (short.get(&sql).copied().unwrap_or(0), steps, sql));
            let more: Vec<_> = more.filter(|(before, after, _)| after > before).collect();
            grown.push(format!("{name}: {before} steps, then {after}: {more:#?}"));
        }
    }
    assert!(grown.is_empty(), "{}", grown.join("\n"));
}

/// What a key may walk from end to end: the one row of the practice, the schema, the names that the log uses, the open
/// forms; and the log from its end to the newest act.
const WALKED: [&str; 5] = ["practice", "sqlite_schema", "log_name", "draft", "n"];

/// The statements that are put together while the program runs are among those that the keys run.
#[test]
fn no_key_walks_a_table_of_facts() {
    let mut record = Record::filled(Size { days: 60, ..SHORT });
    for (_, key) in KEYS {
        key(&mut record);
    }
    let statements = record.work.statements();
    assert!(statements.len() > 150, "{}", statements.len());
    let is_own =
        |sql: &&String| ["SELECT", "INSERT", "UPDATE", "DELETE"].iter().any(|word| sql.trim_start().starts_with(word));
    let walking = |sql: &String| {
        let mut walks = record.store.walks(sql);
        walks.retain(|step| !WALKED.iter().any(|table| step == &format!("SCAN {table}")));
        (!walks.is_empty()).then(|| format!("{walks:?}: {sql}"))
    };
    let found: Vec<String> =
        statements.keys().filter(is_own).filter(|sql| !sql.contains("'search_")).filter_map(walking).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
