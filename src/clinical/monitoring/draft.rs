//! Checks and urine tests as their forms edit them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::id::{CheckId, Ids, PatientId, UrineTestId, VisitId};
use super::super::text::clean_line;
use super::super::time::Instant;
use super::urine::{Finding, Found, Taken, UrineTest};
use super::{Check, CheckKind, Outcome};

/// A check as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckDraft {
    /// Of what.
    pub kind: Option<CheckKind>,
    /// When.
    pub on: Option<NaiveDate>,
    /// By whom.
    pub by: String,
    /// What it showed.
    pub outcome: Option<Outcome>,
    /// A note.
    pub note: String,
    /// The next date, set by hand.
    pub next: Option<NaiveDate>,
}

impl CheckDraft {
    /// The draft of a check, to change it.
    pub fn of(check: &Check) -> Self {
        Self {
            kind: Some(check.kind),
            on: Some(check.on),
            by: check.by.clone(),
            outcome: Some(check.outcome),
            note: check.note.clone(),
            next: check.next,
        }
    }

    /// The check, valid: without a date it was made today, without an outcome it was as expected.
    ///
    /// # Errors
    /// The field that is missing, and what to say there.
    pub fn finish(
        &self,
        old: Option<&Check>,
        (id, patient, visit): (CheckId, PatientId, Option<VisitId>),
        by: &str,
        today: NaiveDate,
        at: Instant,
    ) -> Result<Check, (&'static str, String)> {
        let kind = self.kind.ok_or(("kind", "say what was checked".to_owned()))?;
        if kind == CheckKind::Urine {
            return Err(("kind", "a urine test is kept as a test of its own".to_owned()));
        }
        let outcome = self.outcome.ok_or(("outcome", "as expected, or not?".to_owned()))?;
        let note = clean_line(&self.note);
        if outcome == Outcome::Unexpected && note.is_empty() {
            return Err(("note", "what was not as expected?".to_owned()));
        }
        let on = self.on.unwrap_or(today);
        if let Some(next) = self.next.filter(|next| *next <= on) {
            let next = super::super::time::show_date(next);
            return Err(("next", format!("{next} is not after the check")));
        }
        let typed = clean_line(&self.by);
        Ok(Check {
            id,
            patient,
            visit,
            kind,
            on,
            by: if typed.is_empty() { by.to_owned() } else { typed },
            outcome,
            note,
            next: self.next,
            kept_at: old.map_or(at, |old| old.kept_at),
        })
    }
}

/// One drug of a urine test as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FindingDraft {
    /// Which drug.
    pub drug: String,
    /// What the screen says.
    pub found: Option<Found>,
    /// What the confirmation says.
    pub confirmed: Option<Found>,
    /// Whether it stands on the list of the day; set by the program, shown beside.
    pub listed: bool,
}

/// A urine test as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UrineDraft {
    /// When it was asked for.
    pub ordered: Option<NaiveDate>,
    /// By when what comes next is expected.
    pub due: Option<NaiveDate>,
    /// When the sample was taken.
    pub collected: Option<NaiveDate>,
    /// When the result came.
    pub resulted: Option<NaiveDate>,
    /// Drug by drug.
    pub findings: Vec<FindingDraft>,
    /// Whether it was read.
    pub read: Option<bool>,
    /// When a confirmation was asked for.
    pub confirm_asked: Option<NaiveDate>,
    /// When the confirmation came.
    pub confirmed: Option<NaiveDate>,
    /// What the laboratory or the patient says.
    pub note: String,
    /// What was done about it.
    pub action: String,
}

impl UrineDraft {
    /// The draft of a test, to change it; of one without a result, with the drugs of that day's list to be filled in.
    pub fn of(test: &UrineTest, listed: &[String]) -> Self {
        let mut findings: Vec<FindingDraft> = test
            .findings
            .iter()
            .map(|finding| FindingDraft {
                drug: finding.drug.clone(),
                found: Some(finding.found),
                confirmed: finding.confirmed,
                listed: finding.listed,
            })
            .collect();
        if findings.is_empty() {
            findings = expected_of(listed);
        }
        Self {
            ordered: test.ordered,
            due: test.due,
            collected: test.collected,
            resulted: test.resulted,
            findings,
            read: test.read_at.is_some().then_some(true),
            confirm_asked: test.confirm_asked,
            confirmed: test.confirmed,
            note: test.note.clone(),
            action: test.action.clone(),
        }
    }

    /// A new test: the drugs of the list stand ready.
    pub fn new(listed: &[String]) -> Self {
        Self { findings: expected_of(listed), ..Self::default() }
    }

    /// The drugs about which the laboratory said something.
    fn said(&self) -> impl Iterator<Item = &FindingDraft> {
        self.findings.iter().filter(|row| row.found.is_some() && !row.drug.trim().is_empty())
    }

    /// The test, valid: what has a finding has come, what was acted on was read, and a drug was listed if it stands on the
    /// list of the day.
    ///
    /// # Errors
    /// The field that is missing, and what to say there.
    pub fn finish(
        &self,
        old: Option<&UrineTest>,
        (id, patient, visit): (UrineTestId, PatientId, Option<VisitId>),
        taken: &Taken,
        ids: &mut Ids,
        (today, at): (NaiveDate, Instant),
    ) -> Result<UrineTest, (&'static str, String)> {
        if let Some(found) = self.findings.iter().filter(|row| row.drug.trim().is_empty()).find_map(|row| row.found) {
            let found = super::super::vocab::Vocab::label(found);
            return Err(("findings", format!("which drug was {found}?")));
        }
        let action = self.action.trim().to_owned();
        let has_result = self.resulted.is_some() || self.said().next().is_some() || !action.is_empty();
        let read = self.read == Some(true) || !action.is_empty();
        if read && !has_result {
            return Err(("resulted", "a test is read once its result is there: when did it come?".to_owned()));
        }
        if read && self.said().next().is_none() {
            return Err(("findings", "what was found, drug by drug?".to_owned()));
        }
        let asked = self.confirm_asked.or(self.confirmed);
        if asked.is_some() && !read {
            return Err(("read", "a result is confirmed once it was read".to_owned()));
        }
        let base = UrineTest::ordered(id, patient, visit, today);
        // What nobody said a finding of is none.
        let findings = self.said().filter_map(|row| Some((row, row.found?))).map(|(row, found)| {
            let drug = clean_line(&row.drug);
            let kept = old.and_then(|old| old.findings.iter().find(|finding| finding.drug == drug));
            Finding {
                id: kept.map_or_else(|| ids.next(at), |finding| finding.id),
                // What was kept was judged by the list of its day.
                listed: kept.map_or_else(|| taken.lists(&drug), |finding| finding.listed),
                found,
                confirmed: row.confirmed,
                drug,
            }
        });
        Ok(UrineTest {
            ordered: self.ordered.or_else(|| (!has_result && self.collected.is_none()).then_some(today)),
            due: self.due.or(base.due),
            collected: self.collected,
            resulted: self.resulted.or_else(|| has_result.then_some(today)),
            read_at: read.then(|| old.and_then(|old| old.read_at).unwrap_or(at)),
            findings: findings.collect(),
            confirm_asked: asked,
            confirmed: self.confirmed,
            note: self.note.trim().to_owned(),
            acted_at: (!action.is_empty()).then(|| old.and_then(|old| old.acted_at).unwrap_or(at)),
            action,
            let_go: old.and_then(|old| old.let_go.clone()),
            ..base
        })
    }
}

fn expected_of(listed: &[String]) -> Vec<FindingDraft> {
    listed.iter().map(|drug| FindingDraft { drug: drug.clone(), listed: true, ..FindingDraft::default() }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::urine::Step;
    use super::*;
    use crate::clinical::patient::Medication;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
    }

    const AT: Instant = Instant::from_millis(1_795_000_000_000);

    fn check(draft: &CheckDraft) -> Result<Check, &'static str> {
        let mut ids = Ids::seeded(3);
        let who = (ids.next(AT), ids.next(AT), None);
        draft.finish(None, who, "AR", day(24), AT).map_err(|(field, _)| field)
    }

    #[test]
    fn a_check_wants_a_kind_an_outcome_and_a_word_where_it_was_not_as_expected() {
        let good =
            CheckDraft { kind: Some(CheckKind::Pdmp), outcome: Some(Outcome::Expected), ..CheckDraft::default() };
        let made = check(&good).unwrap();
        assert_eq!((made.on, made.by.as_str()), (day(24), "AR"));
        assert_eq!(CheckDraft::of(&made).finish(Some(&made), (made.id, made.patient, None), "", day(30), AT), Ok(made));
        for (draft, field) in [
            (CheckDraft { kind: None, ..good.clone() }, "kind"),
            (CheckDraft { kind: Some(CheckKind::Urine), ..good.clone() }, "kind"),
            (CheckDraft { outcome: None, ..good.clone() }, "outcome"),
            (CheckDraft { outcome: Some(Outcome::Unexpected), ..good.clone() }, "note"),
            (CheckDraft { next: Some(day(24)), ..good.clone() }, "next"),
        ] {
            assert_eq!(check(&draft), Err(field));
        }
    }

    fn urine(draft: &UrineDraft) -> Result<UrineTest, &'static str> {
        let mut ids = Ids::seeded(3);
        let who = (ids.next(AT), ids.next(AT), None);
        let list = [Medication::new(ids.next(AT), "tapentadol 50 mg bid", None)];
        draft.finish(None, who, &Taken::on(&list, day(24)), &mut ids, (day(24), AT)).map_err(|(field, _)| field)
    }

    #[test]
    fn what_is_typed_says_how_far_a_test_has_come() {
        let listed = ["tapentadol".to_owned()];
        let found =
            |drug: &str, found| FindingDraft { drug: drug.to_owned(), found: Some(found), ..FindingDraft::default() };
        for (change, step) in [
            ((|_| {}) as fn(&mut UrineDraft), Step::Ordered),
            (|draft| draft.collected = NaiveDate::from_ymd_opt(2026, 11, 20), Step::Collected),
            (|draft| draft.findings[0].found = Some(Found::Found), Step::Resulted),
            (|draft| (draft.findings[0].found, draft.read) = (Some(Found::Found), Some(true)), Step::Settled),
            (|draft| (draft.findings[0].found, draft.read) = (Some(Found::NotFound), Some(true)), Step::Read),
        ] {
            let mut draft = UrineDraft::new(&listed);
            change(&mut draft);
            let test = urine(&draft).unwrap();
            assert_eq!(test.step(), step, "{draft:?}");
            assert!(test.findings.iter().all(|finding| finding.listed));
        }
        let mut other = UrineDraft::new(&listed);
        other.findings[0].found = Some(Found::Found);
        other.findings.push(found("diazepam", Found::Found));
        other.read = Some(true);
        assert_eq!(urine(&other).unwrap().verdict(), "unexpected: diazepam found");
        for (draft, field) in [
            (UrineDraft { read: Some(true), ..UrineDraft::new(&listed) }, "resulted"),
            (UrineDraft { read: Some(true), resulted: Some(day(20)), ..UrineDraft::new(&listed) }, "findings"),
            (UrineDraft { findings: vec![found(" ", Found::Found)], ..UrineDraft::default() }, "findings"),
            (UrineDraft { confirm_asked: Some(day(20)), read: None, ..other.clone() }, "read"),
        ] {
            assert_eq!(urine(&draft), Err(field));
        }
    }

    #[test]
    fn a_draft_comes_back_as_it_was_also_when_the_list_has_changed() {
        let mut ids = Ids::seeded(7);
        let mut draft = UrineDraft::new(&["tapentadol".to_owned()]);
        draft.findings[0].found = Some(Found::Found);
        draft.read = Some(true);
        let test = urine(&draft).unwrap();
        let who = (test.id, test.patient, test.visit);
        let again = UrineDraft::of(&test, &[]);
        let again = again.finish(Some(&test), who, &Taken::default(), &mut ids, (day(30), AT)).unwrap();
        assert_eq!(again, test);
    }
}
