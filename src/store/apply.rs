//! Carrying out a [`Write`]: which rows each act makes, changes and takes away.

mod follow;
mod medicine;
mod scale;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::error::StoreError;
use super::seal::Secret;
use super::tx::Tx;
use super::{
    asked, assessment, check_in, close, day_records, diagnostic, elsewhere, import, patient, plan, practice, problem,
    reflection, score, session, step, task, visit,
};
use crate::action::write::{CheckInChange, ImportBatch, VisitChange, Write};
use crate::clinical::asked::PatientLists;
use crate::clinical::assessment::Assessment;
use crate::clinical::board::ItemKey;
use crate::clinical::check_in::CheckIn;
use crate::clinical::diagnostic::Diagnostic;
use crate::clinical::examination;
use crate::clinical::id::{AssessmentId, DayId, PatientId, VisitId};
use crate::clinical::patient::Goal;
use crate::clinical::plan::Plan;
use crate::clinical::procedure::ProcedureSession;
use crate::clinical::score::Score;
use crate::clinical::time::Now;
use crate::clinical::visit::{Aftermath, Visit};

/// One act as it is carried out.
struct Acting<'a> {
    tx: &'a Tx<'a>,
    /// The moment of the act.
    now: Now,
    /// Fresh chance, for the secrets an act may have to make.
    fresh: &'a Secret,
    /// The closed days to which something may have come, and how much was open of each before.
    touched: BTreeMap<NaiveDate, Touched>,
    /// What was read from the examinations of this act, by their text: an act of many visits holds the same one often.
    findings: BTreeMap<String, String>,
}

/// A day that an act touched.
enum Touched {
    /// It is not closed.
    Open,
    /// It was closed, with so many items open before the act.
    Closed(DayId, usize),
}

/// Carries out a change, whole; what fails is undone with the transaction. A closed day to which an item came is open
/// again, by the same act.
pub(super) fn apply(tx: &Tx, write: &Write, now: Now, fresh: &Secret) -> Result<(), StoreError> {
    let mut acting = Acting { tx, now, fresh, touched: BTreeMap::new(), findings: BTreeMap::new() };
    acting.apply(write)?;
    for (date, touched) in acting.touched {
        if let Touched::Closed(day, before) = touched
            && day_records::open(tx.conn(), date, now.zone)? > before
        {
            close::reopen(tx, day)?;
        }
    }
    Ok(())
}

impl Acting<'_> {
    /// Looks at a day before something may come to it.
    fn touch(&mut self, date: NaiveDate) -> Result<(), StoreError> {
        if self.touched.contains_key(&date) {
            return Ok(());
        }
        let closed = close::day(self.tx.conn(), date)?.filter(|day| day.closed_at.is_some());
        let touched = match closed {
            None => Touched::Open,
            Some(day) => Touched::Closed(day.id, day_records::open(self.tx.conn(), date, self.now.zone)?),
        };
        self.touched.insert(date, touched);
        Ok(())
    }

    fn apply(&mut self, write: &Write) -> Result<(), StoreError> {
        let tx = self.tx;
        match write {
            Write::PutPractice(practice) => practice::put(tx, practice, self.fresh),
            Write::PutPatient { patient, facts, is_new: _ } => {
                patient::put(tx, patient)?;
                facts.as_ref().map_or(Ok(()), |facts| patient::put_facts(tx, patient.id, facts, self.now.today()))
            }
            Write::BringIn { patient, brought } => {
                patient::put_facts(tx, *patient, &brought.facts, self.now.today())?;
                problem::put(tx, *patient, &brought.problems)?;
                elsewhere::put(tx, *patient, &brought.past, &brought.lines)
            }
            Write::BookVisit { visit, new_patient } => {
                self.touch(visit.date)?;
                new_patient.as_ref().map_or(Ok(()), |patient| patient::put(tx, patient))?;
                visit::put(tx, visit)
            }
            Write::ChangeVisit { visit, change } => self.change_visit(visit, *change),
            Write::QuickScore { visit, patient, date, score, before: _ } => {
                let is_news = score::put(tx, *visit, *patient, *date, score)?;
                if is_news { visit::stamp_if_recorded(tx, *visit, self.now.instant) } else { Ok(()) }
            }
            Write::CompleteAssessment { assessment, scores, lists, again: _ } => {
                self.complete_assessment(assessment, scores, lists)
            }
            Write::PutLists { patient, lists } => {
                put_lists(tx, *patient, lists)?;
                lists.problems.as_ref().map_or(Ok(()), |problems| problem::drop_slips(tx, problems))
            }
            Write::ActOnRedFlag { assessment, patient: _, action } => self.act_on_red_flag(*assessment, action),
            Write::SetPlan { plan, goals, answers, booked } => self.set_plan(plan, goals, answers, booked),
            Write::CompleteSession { session, check_in, again: _ } => self.complete_session(session, check_in.as_ref()),
            Write::PutCheckIn { check_in, change } => self.put_check_in(check_in, *change),
            Write::PutTask { task, change: _ } => {
                self.touch(self.now.today())?;
                task::put(tx, task)?;
                close::undecide(tx, [ItemKey::Task(task.id)])
            }
            Write::PutDiagnostic { diagnostic, change: _ } => self.put_diagnostic(diagnostic),
            Write::CloseDay { day, decisions } => {
                decisions.iter().try_for_each(|decision| close::decide(tx, decision))?;
                self.touched.remove(&day.date);
                close::put_day(tx, day)
            }
            Write::Decide(decision) => close::decide(tx, decision),
            Write::ReopenDay(day) => close::reopen(tx, *day),
            Write::PutReflection(reflection) => reflection::put(tx, reflection, self.fresh),
            Write::DeleteReflection(id) => reflection::delete(tx, *id),
            Write::Import(batch) => self.import(batch),
            Write::Scale(scale) => self.scale(scale),
            Write::Follow(follow) => self.follow(follow),
            Write::Medicine(medicine) => self.medicine(medicine),
            Write::Together(_, writes) | Write::Many(_, writes) => {
                writes.iter().try_for_each(|write| self.apply(write))
            }
        }
    }

    fn change_visit(&mut self, visit: &Visit, change: VisitChange) -> Result<(), StoreError> {
        let (tx, id) = (self.tx, visit.id);
        self.touch(visit.date)?;
        let before = visit::by_id(tx.conn(), id)?;
        visit::put(tx, visit)?;
        if before.is_some_and(|before| before.date != visit.date) {
            undecide_visit(tx, id)?;
        }
        if visit.aftermath != Aftermath::Open {
            close::undecide(tx, [ItemKey::Aftermath(id)])?;
        }
        match change {
            VisitChange::NoShow | VisitChange::Cancelled | VisitChange::Reinstated => undecide_visit(tx, id),
            VisitChange::CopiedOut | VisitChange::CopyNotNeeded => close::undecide(tx, [ItemKey::Copy(id)]),
            VisitChange::Advanced
            | VisitChange::Moved
            | VisitChange::Edited
            | VisitChange::KindChanged
            | VisitChange::PatientConfirmed
            | VisitChange::FromBlock
            | VisitChange::Followed => Ok(()),
        }
    }

    fn complete_assessment(
        &mut self,
        assessment: &Assessment,
        scores: &[Score],
        lists: &PatientLists,
    ) -> Result<(), StoreError> {
        let (tx, visit, patient) = (self.tx, assessment.visit, assessment.patient);
        self.touch(self.now.today())?;
        // The scores of problems point to them.
        put_lists(tx, patient, lists)?;
        let text = &assessment.examination;
        let findings = self.findings.entry(text.clone()).or_insert_with(|| examination::record(text));
        let kept = assessment::put(tx, assessment, findings)?;
        asked::put(tx, kept, assessment.date, &assessment.asked)?;
        lists.problems.as_ref().map_or(Ok(()), |problems| problem::drop_slips(tx, problems))?;
        score::put_all(tx, visit, assessment.patient, assessment.date, scores)?;
        visit::stamp_recorded(tx, visit, self.now.instant)?;
        close::undecide(tx, [ItemKey::Assessment(visit)])
    }

    fn act_on_red_flag(&self, assessment: AssessmentId, action: &str) -> Result<(), StoreError> {
        let visit = assessment::act_on_red_flag(self.tx, assessment, action)?;
        visit::stamp_recorded(self.tx, visit, self.now.instant)?;
        close::undecide(self.tx, [ItemKey::RedFlag(assessment)])
    }

    fn set_plan(
        &mut self,
        plan: &Plan,
        goals: &[Goal],
        answers: &[AssessmentId],
        booked: &[Visit],
    ) -> Result<(), StoreError> {
        let tx = self.tx;
        booked.iter().try_for_each(|visit| self.touch(visit.date))?;
        // The items point to the visits they book.
        booked.iter().try_for_each(|visit| visit::put(tx, visit))?;
        plan::put(tx, plan)?;
        let steps = step::answer(tx, plan, self.now.today())?;
        patient::put_goals(tx, plan.patient, goals)?;
        for &assessment in answers {
            assessment::answer(tx, assessment, plan.id)?;
        }
        plan.visit.map_or(Ok(()), |visit| visit::stamp_recorded(tx, visit, self.now.instant))?;
        let answered = answers.iter().map(|&assessment| ItemKey::Plan(assessment));
        close::undecide(tx, answered.chain(steps.into_iter().map(ItemKey::Step)))
    }

    fn complete_session(&mut self, session: &ProcedureSession, check_in: Option<&CheckIn>) -> Result<(), StoreError> {
        let (tx, visit) = (self.tx, session.visit);
        self.touch(self.now.today())?;
        let id = session::put(tx, session)?;
        if let Some(check_in) = check_in {
            let session = check_in.session.map(|_| id);
            check_in::put(tx, &CheckIn { session, ..check_in.clone() })?;
        }
        visit::stamp_recorded(tx, visit, self.now.instant)?;
        close::undecide(tx, [ItemKey::Procedure(visit)])
    }

    fn put_check_in(&mut self, check_in: &CheckIn, change: CheckInChange) -> Result<(), StoreError> {
        let tx = self.tx;
        self.touch(self.now.today())?;
        check_in::put(tx, check_in)?;
        close::undecide(tx, [ItemKey::CheckIn(check_in.id)])?;
        match change {
            CheckInChange::Planned | CheckInChange::NoAnswer => Ok(()),
            CheckInChange::Done => {
                check_in.visit.map_or(Ok(()), |visit| visit::stamp_recorded(tx, visit, self.now.instant))
            }
        }
    }

    fn put_diagnostic(&mut self, test: &Diagnostic) -> Result<(), StoreError> {
        let tx = self.tx;
        self.touch(self.now.today())?;
        // The summary of its visit speaks of it.
        if let Some(visit) = diagnostic::put(tx, test)? {
            visit::stamp_if_recorded(tx, visit, self.now.instant)?;
        }
        close::undecide(tx, [ItemKey::Diagnostic(test.id)])
    }

    fn import(&mut self, batch: &ImportBatch) -> Result<(), StoreError> {
        let tx = self.tx;
        batch.visits.iter().chain(&batch.changed).try_for_each(|visit| self.touch(visit.date))?;
        batch.patients.iter().try_for_each(|patient| patient::put(tx, patient))?;
        batch.visits.iter().try_for_each(|visit| visit::put(tx, visit))?;
        for visit in &batch.changed {
            visit::put(tx, visit)?;
            undecide_visit(tx, visit.id)?;
        }
        batch.sources.iter().try_for_each(|(id, visit, source)| import::put(tx, *id, *visit, source))
    }
}

/// Keeps the lists of a patient that are given.
fn put_lists(tx: &Tx, patient: PatientId, lists: &PatientLists) -> Result<(), StoreError> {
    lists.problems.as_ref().map_or(Ok(()), |problems| problem::put(tx, patient, problems))?;
    lists.treatments.as_ref().map_or(Ok(()), |tried| problem::put_tried(tx, patient, tried))?;
    lists.goals.as_ref().map_or(Ok(()), |goals| patient::put_goals(tx, patient, goals))?;
    patient::put_ended_goals(tx, patient, &lists.ended_goals)
}

/// What was decided about a visit's own items holds for the day on which it was.
fn undecide_visit(tx: &Tx, id: VisitId) -> Result<(), StoreError> {
    close::undecide(tx, [ItemKey::Assessment(id), ItemKey::Procedure(id), ItemKey::Tomorrow(id)])
}
