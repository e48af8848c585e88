//! Every act there is, taken back and done again by its own name: what undo leaves is what was before, what redo leaves is
//! what was after.

use std::collections::BTreeSet;

use super::*;
use crate::action::follow::FollowWrite;
use crate::action::medicine::{KeptReason, MedicineWrite};
use crate::action::scale::{Page, ScaleWrite};
use crate::action::write::{CheckInChange, DiagnosticChange, ImportBatch, TaskChange, VisitChange};
use crate::clinical::asked::PatientLists;
use crate::clinical::board::{DayRecords, ItemKey};
use crate::clinical::calc::mme::OpioidContext;
use crate::clinical::check_in::CheckIn;
use crate::clinical::close::{Decision, DecisionKind};
use crate::clinical::diagnostic::Diagnostic;
use crate::clinical::id::{PatientId, VisitId};
use crate::clinical::instrument::{Catalogue, InstrumentResult, Replies, Reply, Setting};
use crate::clinical::page::PageNote;
use crate::clinical::patient::Medication;
use crate::clinical::provenance::{Given, How, Provenance, ReportedBy};
use crate::clinical::reflection::{Reflection, ReflectionText};
use crate::clinical::score::{Score, ScoreItem};
use crate::clinical::supply::{Refill, RefillAnswer};
use crate::clinical::task::Task;
use crate::clinical::time::instant;
use crate::clinical::visit::{Visit, VisitKind};
use crate::clinical::vital::{Vital, VitalKind};

/// Few patients and days: the acts are looked at, not their number.
const FEW: Size = Size { patients: 33, days: 4, visits_a_day: 1 };

/// What kind of act it is. A new kind of write gets its line here, and is then missed below until it is tried.
fn kind(write: &Write) -> String {
    match write {
        Write::PutPractice(_) => "practice".to_owned(),
        Write::PutPatient { is_new, .. } => format!("patient, {}", if *is_new { "new" } else { "changed" }),
        Write::BringIn { .. } => "brought in".to_owned(),
        Write::BookVisit { .. } => "visit booked".to_owned(),
        Write::ChangeVisit { change, .. } => format!("visit: {change:?}"),
        Write::QuickScore { .. } => "score".to_owned(),
        Write::CompleteAssessment { again, .. } => format!("assessment, {}", if *again { "again" } else { "new" }),
        Write::PutLists { .. } => "lists".to_owned(),
        Write::ActOnRedFlag { .. } => "red flag".to_owned(),
        Write::SetPlan { plan, .. } => format!("plan {}", if plan.unchanged { "kept" } else { "set" }),
        Write::CompleteSession { again, .. } => format!("procedure, {}", if *again { "again" } else { "new" }),
        Write::PutCheckIn { change, .. } => format!("check-in: {change:?}"),
        Write::PutTask { change, .. } => format!("task: {change:?}"),
        Write::PutDiagnostic { change, .. } => format!("test: {change:?}"),
        Write::CloseDay { .. } => "day closed".to_owned(),
        Write::Decide(decision) => format!("decision: {:?}", decision.kind),
        Write::ReopenDay(_) => "day opened again".to_owned(),
        Write::PutReflection(_) => "reflection".to_owned(),
        Write::DeleteReflection(_) => "reflection deleted".to_owned(),
        Write::Import(_) => "schedule imported".to_owned(),
        Write::Scale(scale) => match scale {
            ScaleWrite::Result { again, .. } => format!("instrument, {}", if *again { "again" } else { "new" }),
            ScaleWrite::Action { .. } => "positive screen".to_owned(),
            ScaleWrite::Page(_) => "page".to_owned(),
            ScaleWrite::Confirm { .. } => "page confirmed".to_owned(),
            ScaleWrite::Vitals { .. } => "weight".to_owned(),
            ScaleWrite::Import { .. } => "scores imported".to_owned(),
        },
        Write::Follow(follow) => match follow {
            FollowWrite::Check { .. } => "check".to_owned(),
            FollowWrite::Urine { .. } => "urine test".to_owned(),
            FollowWrite::Referral { .. } => "referral".to_owned(),
            FollowWrite::CareTeam { .. } => "care team".to_owned(),
            FollowWrite::Handout(_) => "handout".to_owned(),
            FollowWrite::Taper { .. } => "taper".to_owned(),
        },
        Write::Medicine(medicine) => match medicine {
            MedicineWrite::Put { .. } => "medicine".to_owned(),
            MedicineWrite::Stop { .. } => "medicine stopped".to_owned(),
            MedicineWrite::Review { .. } => "medicines reviewed".to_owned(),
            MedicineWrite::Reason { .. } => "reason".to_owned(),
            MedicineWrite::Context { .. } => "opioids for".to_owned(),
            MedicineWrite::Refill { .. } => "refill".to_owned(),
        },
        Write::Together(..) => "together".to_owned(),
        Write::Many(..) => "many".to_owned(),
    }
}

/// Every kind of act a physician can make.
const KINDS: &str = "practice; patient, new; patient, changed; brought in; visit booked; visit: Advanced; visit: Moved; \
    visit: Edited; visit: FromBlock; visit: KindChanged; visit: NoShow; visit: Cancelled; visit: Reinstated; visit: PatientConfirmed; \
    visit: Followed; visit: CopiedOut; visit: CopyNotNeeded; score; assessment, new; assessment, again; lists; red flag; \
    plan set; plan kept; procedure, new; procedure, again; check-in: Planned; check-in: NoAnswer; check-in: Done; \
    task: Caught; task: Changed; task: Done; task: Reopened; test: Requested; test: Brought; test: Changed; test: Done; \
    test: Read; test: ActedOn; day closed; decision: Carried; decision: Closed; day opened again; reflection; \
    reflection deleted; schedule imported; instrument, new; instrument, again; positive screen; page; page confirmed; weight; \
    scores imported; check; urine test; referral; care team; handout; taper; medicine; medicine stopped; \
    medicines reviewed; reason; opioids for; refill; together; many";

struct Tried {
    store: Store,
    now: Now,
    ids: Ids,
    kinds: BTreeSet<String>,
}

impl Tried {
    /// Keeps a write; of the first of its kind that changes anything proves that it is taken back and done again.
    fn keep(&mut self, write: Write, at: Instant) {
        let (now, kind, act) = (Now { instant: at, ..self.now }, kind(&write), write.act());
        if self.kinds.contains(&kind) {
            self.store.commit(write, now).unwrap();
            return;
        }
        let before = self.store.facts();
        self.store.commit(write, now).unwrap();
        let after = self.store.facts();
        // The first act of all makes the practice and is final; one that changed nothing is none.
        let Some(step) = self.store.undo_step(None).unwrap().filter(|_| before != after) else { return };
        // A deleted reflection can be read by nobody any more; what was made up by the thousand is no act of anybody's.
        if kind == "reflection deleted" || kind == "many" {
            assert_ne!(step.act, act);
        } else {
            assert_eq!(step.act, act, "{kind}");
            self.store.take_back(&step, now).unwrap();
            assert_eq!(self.store.facts(), before, "{kind}: {act}");
            let again = self.store.redo_step(None).unwrap().unwrap();
            assert_eq!(again.act, act, "{kind}");
            self.store.do_again(&again, now).unwrap();
            assert_eq!(self.store.facts(), after, "{kind}: {act}");
        }
        self.kinds.insert(kind);
    }

    fn act(&mut self, write: Write) {
        self.keep(write, self.now.instant);
    }

    fn id<T: From<uuid::Uuid>>(&mut self) -> T {
        self.ids.next(self.now.instant)
    }

    fn day(&self) -> DayRecords {
        self.store.board_records(self.now.today(), self.now, true).unwrap()
    }

    fn given(&self) -> Provenance {
        Given { how: How::Spoken, by: ReportedBy::Patient }.at(self.now.instant, "AR".to_owned())
    }

    /// A visit of today and its patient.
    fn visit(&self) -> (Visit, PatientId) {
        let day = self.day();
        let visit = day.visits.iter().rev().map(|record| &record.visit).find(|visit| visit.patient.is_some()).unwrap();
        (visit.clone(), visit.patient.unwrap())
    }

    /// What a made-up day does not bring with it.
    fn by_hand(&mut self) {
        self.visits();
        self.records();
        self.items();
        self.scales();
        self.medicines();
        self.evening();
    }

    fn visits(&mut self) {
        let (visit, patient) = self.visit();
        let changes = [
            VisitChange::Advanced,
            VisitChange::Moved,
            VisitChange::Edited,
            VisitChange::FromBlock,
            VisitChange::KindChanged,
            VisitChange::NoShow,
            VisitChange::Cancelled,
            VisitChange::Reinstated,
            VisitChange::PatientConfirmed,
            VisitChange::Followed,
            VisitChange::CopiedOut,
            VisitChange::CopyNotNeeded,
        ];
        for change in changes {
            let visit = Visit { reason: Some(format!("{change:?}")), ..visit.clone() };
            self.act(Write::ChangeVisit { visit, change });
        }
        let mut person = self.store.patient_file(patient).unwrap().unwrap().patient;
        person.note = Some("rings before he comes".to_owned());
        self.act(Write::PutPatient { patient: person, facts: None, is_new: false });
        let mut practice = self.store.practice().unwrap().unwrap();
        practice.physician = "Dr. Reeve".to_owned();
        self.act(Write::PutPractice(practice));
        let booked = Visit::booked(self.id(), Some(patient), self.now.today(), self.now.time(), VisitKind::FollowUp);
        let batch = ImportBatch { from: "clinic.ics".to_owned(), visits: vec![booked], ..ImportBatch::default() };
        self.act(Write::Import(batch));
    }

    fn records(&mut self) {
        let day = self.day();
        let assessed = day.visits.iter().find(|record| record.assessed).unwrap().visit.id;
        let model = self.store.assessment_model(assessed).unwrap();
        let mut assessment = model.current.unwrap();
        assessment.history.push_str(" And one word more.");
        let lists = PatientLists::default();
        self.act(Write::CompleteAssessment { assessment, scores: model.scores, lists, again: true });
        let operated = day.visits.iter().find(|record| record.session.is_some()).unwrap().visit.id;
        let mut session = self.store.session_model(operated).unwrap().current.unwrap();
        session.text.push_str(" Uneventful.");
        self.act(Write::CompleteSession { session, check_in: None, again: true });
        let flag = &day.red_flags[0];
        let (assessment, patient) = (flag.assessment, flag.file.patient.id);
        self.act(Write::ActOnRedFlag { assessment, patient, action: "sent on".to_owned() });
    }

    fn items(&mut self) {
        let day = self.day();
        let check_in = day.check_ins[0].0.clone();
        for (change, attempts) in [(CheckInChange::NoAnswer, 7), (CheckInChange::Done, 8)] {
            let check_in = CheckIn { attempts, ..check_in.clone() };
            self.act(Write::PutCheckIn { check_in, change });
        }
        let planned = CheckIn { id: self.id(), ..check_in };
        self.act(Write::PutCheckIn { check_in: planned, change: CheckInChange::Planned });
        let task = day.tasks[0].0.clone();
        for change in [TaskChange::Changed, TaskChange::Done, TaskChange::Reopened] {
            let task = Task { what: format!("{change:?}"), ..task.clone() };
            self.act(Write::PutTask { task, change });
        }
        let caught = Task { id: self.id(), ..task.clone() };
        self.act(Write::PutTask { task: caught, change: TaskChange::Caught });
        let test = day.diagnostics[0].0.clone();
        for change in [
            DiagnosticChange::Requested,
            DiagnosticChange::Brought,
            DiagnosticChange::Changed,
            DiagnosticChange::Done,
            DiagnosticChange::Read,
            DiagnosticChange::ActedOn,
        ] {
            let diagnostic = Diagnostic { question: format!("{change:?}"), ..test.clone() };
            self.act(Write::PutDiagnostic { diagnostic, change });
        }
        for (kind, to) in [(DecisionKind::Carried, self.now.today().succ_opt()), (DecisionKind::Closed, None)] {
            let decision = Decision {
                id: self.id(),
                item: ItemKey::Task(task.id),
                visit: None,
                day: self.now.today(),
                kind,
                to,
                reason: if to.is_none() { "settled".to_owned() } else { String::new() },
                at: self.now.instant,
            };
            self.act(Write::Decide(decision));
        }
    }

    fn score(&mut self, patient: PatientId, visit: VisitId, of: ScoreItem) -> (VisitId, PatientId, NaiveDate, Score) {
        let given = self.given();
        let answer = crate::clinical::answer::Answer::Given(7);
        (visit, patient, self.now.today(), Score::new(self.id(), of, answer, given))
    }

    /// An instrument filled in: every question with the lowest answer, but for these.
    fn filled(&mut self, id: &str, visit: &Visit, patient: PatientId, answers: &[(&str, i64)]) -> InstrumentResult {
        let catalogue = Catalogue::default();
        let entry = catalogue.get(id).unwrap();
        let mut replies: Replies =
            entry.questions().into_iter().map(|question| (question.id, Reply::Number(0))).collect();
        replies.extend(answers.iter().map(|(id, value)| ((*id).to_owned(), Reply::Number(*value))));
        let outcome = entry.outcome(&replies, None).unwrap();
        let setting = Setting { patient, visit: Some(visit.id), date: visit.date };
        let given = self.given();
        InstrumentResult::of(self.id(), setting, &entry, replies, &outcome, given)
    }

    fn scales(&mut self) {
        let (visit, patient) = self.visit();
        let (_, _, date, score) = self.score(patient, visit.id, ScoreItem::Now);
        self.act(Write::QuickScore { visit: visit.id, patient, date, score, before: None });
        let id = self.id();
        let note = PageNote { id, place: "LEFT knee".to_owned(), medicines: String::new(), given: self.given() };
        // The screen asks about suicide, and is answered in a way that must not wait.
        let mut result = self.filled("phq9", &visit, patient, &[("q9", 3)]);
        self.act(Write::Scale(ScaleWrite::Result { result: Box::new(result.clone()), again: false }));
        result.replies.insert("q1".to_owned(), Reply::Number(2));
        self.act(Write::Scale(ScaleWrite::Result { result: Box::new(result.clone()), again: true }));
        let action = "talked through".to_owned();
        self.act(Write::Scale(ScaleWrite::Action { result: result.id, patient, action }));
        let mut scores = vec![self.score(patient, visit.id, ScoreItem::Worst).3];
        for score in &mut scores {
            score.waiting = true;
        }
        let page = Page { visit: visit.id, patient, date, scores, results: Vec::new(), note };
        let waiting: Vec<_> = page.scores.iter().map(|score| score.id).collect();
        self.act(Write::Scale(ScaleWrite::Page(page)));
        let confirm = ScaleWrite::Confirm { patient, scores: waiting, results: Vec::new(), visits: vec![visit.id] };
        self.act(Write::Scale(confirm));
        let vital = Vital {
            id: self.id(),
            patient,
            visit: Some(visit.id),
            date,
            kind: VitalKind::Weight,
            value: 71_000,
            copied_from: None,
            given: self.given(),
        };
        self.act(Write::Scale(ScaleWrite::Vitals { patient, vitals: vec![vital] }));
        let scores = vec![self.score(patient, visit.id, ScoreItem::Least)];
        self.act(Write::Scale(ScaleWrite::Import { from: "scores.csv".to_owned(), scores, results: Vec::new() }));
    }

    fn medicines(&mut self) {
        let (_, patient) = self.visit();
        let on = self.now.today();
        let medicine = Medication::new(self.id(), "gabapentin 300 1-1-1", None);
        let (medicine_id, line) = (medicine.id, medicine.line.clone());
        let put = MedicineWrite::Put { patient, medicine, before: None, class: None, on };
        self.act(Write::Medicine(put));
        self.act(Write::Medicine(MedicineWrite::Review { patient, on }));
        let kept = KeptReason { id: self.id(), caution: "kidney".to_owned(), reason: "dose is halved".to_owned() };
        self.act(Write::Medicine(MedicineWrite::Reason { patient, kept, on }));
        let context = Some((self.id(), OpioidContext::Cancer));
        self.act(Write::Medicine(MedicineWrite::Context { patient, context, risks: Vec::new(), on }));
        let task = self.day().tasks.iter().map(|(task, _)| task.clone()).find(|task| task.done_at.is_none()).unwrap();
        let task = Task { patient: Some(patient), done_at: Some(self.now.instant), ..task };
        let refill = Refill {
            id: self.id(),
            task: task.id,
            patient,
            medicine: line.clone(),
            answer: RefillAnswer::No,
            days: None,
            reason: "seen first".to_owned(),
            on,
        };
        self.act(Write::Medicine(MedicineWrite::Refill { task, refill, medicine: None }));
        let reason = "tired".to_owned();
        let stop =
            |line: &str| MedicineWrite::Stop { patient, medicine: medicine_id, line: line.to_owned(), on, reason };
        let stopped = Write::Medicine(stop(&line));
        self.act(stopped);
        let review = Write::Medicine(MedicineWrite::Review { patient, on: on.succ_opt().unwrap() });
        let put = |tried: &mut Self, line: &str| {
            let medicine = Medication::new(tried.id(), line, None);
            Write::Medicine(MedicineWrite::Put { patient, medicine, before: None, class: None, on })
        };
        let first = put(self, "duloxetine 30 1-0-0");
        self.act(Write::Together("set the medicines".to_owned(), vec![first, review]));
        let second = put(self, "naproxen 500 1-0-1");
        self.act(Write::Many("two at once".to_owned(), vec![second]));
    }

    fn evening(&mut self) {
        let text = ReflectionText { text: "a quiet day".to_owned(), ..ReflectionText::default() };
        let reflection = Reflection { id: self.id(), date: self.now.today(), text };
        let id = reflection.id;
        self.act(Write::PutReflection(reflection));
        self.act(Write::DeleteReflection(id));
        let yesterday = people::last_clinic_day(self.now.today()).1;
        let closed = (1..9).filter_map(|n| yesterday.checked_sub_days(Days::new(n)));
        let closed = closed.filter_map(|date| self.store.day(date).unwrap()).find(|day| day.closed_at.is_some());
        self.act(Write::ReopenDay(closed.unwrap().id));
    }
}

#[test]
fn every_act_is_taken_back_and_done_again_by_its_name() {
    let zone = chrono_tz::Europe::Berlin;
    let now = Now { instant: instant("2026-11-24T10:14:00".parse().unwrap(), zone), zone };
    let store = Store::in_memory(Ids::seeded(5), now.instant).unwrap();
    let mut tried = Tried { store, now, ids: Ids::seeded(6), kinds: BTreeSet::new() };
    for Act { at, write } in generate(1, FEW, now) {
        match write {
            Write::Many(_, writes) => writes.into_iter().for_each(|write| tried.keep(write, at)),
            write => tried.keep(write, at),
        }
    }
    tried.by_hand();
    let known: BTreeSet<String> = KINDS.split("; ").map(|kind| kind.trim().to_owned()).collect();
    let missed: Vec<_> = known.difference(&tried.kinds).collect();
    let unknown: Vec<_> = tried.kinds.difference(&known).collect();
    assert!(missed.is_empty() && unknown.is_empty(), "not tried: {missed:?}; not listed: {unknown:?}");
}
