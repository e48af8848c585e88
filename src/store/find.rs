//! Finding in all text of all days: which columns are searched, and what a hit says.

use std::collections::BTreeMap;

use super::error::StoreError;
use super::row::{Reading, list, statements};
use super::search::{Found, Of, Searched};
use super::{Store, visit};
use crate::clinical::hit::{Opens, TextHit};
use crate::clinical::id::{PatientId, VisitId};
use crate::clinical::patient::list_name;

/// A searched column, to be [`named`](Column::named).
struct Column(&'static str, &'static str, &'static str, &'static str);

const fn of(table: &'static str, column: &'static str, patient: &'static str, date: &'static str) -> Column {
    Column(table, column, patient, date)
}

impl Column {
    const fn named(self, label: &'static str, of: Of) -> Searched {
        let Self(table, column, patient, date) = self;
        Searched { table, column, patient, date, label, of }
    }
}

const OWN: &str = "{row}.patient_id";
const NONE: &str = "NULL";
const DATE: &str = "{row}.date";
const PLAN_PATIENT: &str = "(SELECT plan.patient_id FROM plan WHERE plan.id = {row}.plan_id)";
const PLAN_DATE: &str = "(SELECT date(plan.set_at / 1000, 'unixepoch') FROM plan WHERE plan.id = {row}.plan_id)";
const SESSION_PATIENT: &str = "(SELECT session.patient_id FROM session WHERE session.id = {row}.session_id)";
const SESSION_DATE: &str = "(SELECT session.date FROM session WHERE session.id = {row}.session_id)";
/// Of what an assessment asked, under the assessment's own identity, or pointing to it.
const ASKED_PATIENT: &str = "(SELECT assessment.patient_id FROM assessment WHERE assessment.id = {row}.id)";
const ASKED_DATE: &str = "(SELECT assessment.date FROM assessment WHERE assessment.id = {row}.id)";
const PART_PATIENT: &str = "(SELECT assessment.patient_id FROM assessment WHERE assessment.id = {row}.assessment_id)";
const PART_DATE: &str = "(SELECT assessment.date FROM assessment WHERE assessment.id = {row}.assessment_id)";
const CHECKED: &str = "date({row}.done_at / 1000, 'unixepoch')";
const TESTED: &str = "coalesce({row}.done, {row}.requested)";
const SAMPLED: &str = "coalesce({row}.collected, {row}.resulted, {row}.ordered)";
const SAMPLE_PATIENT: &str = "(SELECT urine_test.patient_id FROM urine_test WHERE urine_test.id = {row}.test_id)";
const SAMPLE_DATE: &str =
    "(SELECT coalesce(collected, resulted, ordered) FROM urine_test WHERE urine_test.id = {row}.test_id)";
const CAUGHT: &str = "date({row}.caught_at / 1000, 'unixepoch')";

/// Every free text of the record. Reflections are not among them: they are sealed.
pub(super) const SEARCHED: &[Searched] = &[
    of("patient", "family", "{row}.id", NONE).named("name", Of::Name),
    of("patient", "given", "{row}.id", NONE).named("name", Of::Name),
    of("patient", "note", "{row}.id", NONE).named("note on the patient", Of::Chart),
    of("allergy", "substance", OWN, NONE).named("allergy", Of::Chart),
    of("antithrombotic", "drug", OWN, NONE).named("antithrombotic", Of::Chart),
    of("medication", "line", OWN, NONE).named("medicine", Of::Medicines),
    of("medication", "reason", OWN, NONE).named("what a medicine is for", Of::Medicines),
    of("medication", "stop_reason", OWN, NONE).named("why a medicine was stopped", Of::Medicines),
    of("caution_reason", "reason", OWN, "{row}.on_date").named("why it is given all the same", Of::Medicines),
    of("refill", "reason", OWN, "{row}.on_date").named("answer to a refill request", Of::Medicines),
    of("goal", "text", OWN, "{row}.since").named("goal", Of::Chart),
    of("past_procedure", "what", OWN, NONE).named("procedure elsewhere", Of::Chart),
    of("elsewhere_line", "line", OWN, NONE).named("from elsewhere", Of::Chart),
    of("visit", "reason", OWN, DATE).named("reason", Of::Visit),
    of("visit", "title", OWN, DATE).named("title", Of::Visit),
    of("assessment", "place", OWN, DATE).named("where it hurts", Of::Assessment),
    of("assessment", "history", OWN, DATE).named("history", Of::Assessment),
    of("assessment", "examination", OWN, DATE).named("examination", Of::Assessment),
    of("assessment", "impression", OWN, DATE).named("impression", Of::Assessment),
    of("assessment", "red_flag_note", OWN, DATE).named("red flag", Of::Assessment),
    of("assessment", "red_flag_action", OWN, DATE).named("done about red flag", Of::Assessment),
    of("instrument_result", "action", OWN, DATE).named("done about a positive screen", Of::Chart),
    of("page_note", "place", OWN, DATE).named("where it hurts, on the page", Of::Chart),
    of("page_note", "medicines", OWN, DATE).named("medicines, on the page", Of::Chart),
    of("problem", "condition", OWN, NONE).named("problem", Of::Chart),
    of("problem", "place", OWN, NONE).named("place of a problem", Of::Chart),
    of("treatment_tried", "what", OWN, NONE).named("treatment tried", Of::Ledger),
    of("treatment_tried", "best_dose", OWN, NONE).named("dose tried", Of::Ledger),
    of("treatment_tried", "why_stopped", OWN, NONE).named("why stopped", Of::Ledger),
    of("procedure_response", "words", ASKED_PATIENT, ASKED_DATE).named("response to a procedure", Of::Assessment),
    of("opioid_review", "note", ASKED_PATIENT, ASKED_DATE).named("opioid follow-up", Of::Assessment),
    of("side_effect", "drug", PART_PATIENT, PART_DATE).named("side effect of", Of::Assessment),
    of("side_effect", "effect", PART_PATIENT, PART_DATE).named("side effect", Of::Assessment),
    of("plan", "note", OWN, "date({row}.set_at / 1000, 'unixepoch')").named("plan note", Of::Plan),
    of("plan_item", "what", PLAN_PATIENT, PLAN_DATE).named("plan item", Of::Plan),
    of("plan_item", "next_step", PLAN_PATIENT, PLAN_DATE).named("next step", Of::Plan),
    of("plan_item", "why", PLAN_PATIENT, PLAN_DATE).named("why stopped or declined", Of::Plan),
    of("plan_option", "what", PLAN_PATIENT, PLAN_DATE).named("option offered", Of::Plan),
    of("plan_option", "why", PLAN_PATIENT, PLAN_DATE).named("why an option was chosen or not", Of::Plan),
    of("session", "text", OWN, DATE).named("procedure text", Of::Procedure),
    of("procedure", "name", SESSION_PATIENT, SESSION_DATE).named("procedure", Of::Procedure),
    of("check_in", "complication", OWN, CHECKED).named("complication", Of::CheckIn),
    of("check_in", "note", OWN, CHECKED).named("check-in", Of::CheckIn),
    of("diagnostic", "what", OWN, TESTED).named("test", Of::Diagnostic),
    of("diagnostic", "question", OWN, TESTED).named("question of a test", Of::Diagnostic),
    of("diagnostic", "report", OWN, TESTED).named("report", Of::Diagnostic),
    of("diagnostic", "reading", OWN, TESTED).named("own reading", Of::Diagnostic),
    of("diagnostic", "action", OWN, TESTED).named("done about a result", Of::Diagnostic),
    of("referral", "recipient", OWN, "{row}.written").named("referral to", Of::Referral),
    of("referral", "question", OWN, "{row}.written").named("question of a referral", Of::Referral),
    of("referral", "answer", OWN, "{row}.written").named("answer to a referral", Of::Referral),
    of("referral", "action", OWN, "{row}.written").named("done about a referral", Of::Referral),
    of("care_team", "name", OWN, NONE).named("care team", Of::CareTeam),
    of("care_team", "role", OWN, NONE).named("care team", Of::CareTeam),
    of("taper", "drug", OWN, "{row}.first_day").named("taper", Of::Taper),
    of("monitoring_check", "note", OWN, "{row}.on_date").named("note on a check", Of::Check),
    of("urine_test", "note", OWN, SAMPLED).named("note on a urine test", Of::Urine),
    of("urine_test", "action", OWN, SAMPLED).named("done about a urine test", Of::Urine),
    of("urine_finding", "drug", SAMPLE_PATIENT, SAMPLE_DATE).named("urine test", Of::Monitoring),
    of("task", "what", OWN, CAUGHT).named("task", Of::Task),
    of("task", "result", OWN, CAUGHT).named("task result", Of::Task),
];

statements! {
    OF_ASSESSMENTS = "SELECT id, visit_id FROM assessment WHERE id IN (SELECT value FROM json_each(?1))";
    OF_PLANS = "SELECT id, visit_id FROM plan WHERE id IN (SELECT value FROM json_each(?1))";
    OF_PLAN_ITEMS = "SELECT plan_item.id, plan.visit_id FROM plan_item JOIN plan ON plan.id = plan_item.plan_id
        WHERE plan_item.id IN (SELECT value FROM json_each(?1))";
    OF_PLAN_OPTIONS = "SELECT plan_option.id, plan.visit_id FROM plan_option JOIN plan ON plan.id = plan_option.plan_id
        WHERE plan_option.id IN (SELECT value FROM json_each(?1))";
    OF_SESSIONS = "SELECT id, visit_id FROM session WHERE id IN (SELECT value FROM json_each(?1))";
    OF_PROCEDURES = "SELECT procedure.id, session.visit_id FROM procedure
        JOIN session ON session.id = procedure.session_id
        WHERE procedure.id IN (SELECT value FROM json_each(?1))";
    OF_CHECK_INS = "SELECT id, visit_id FROM check_in WHERE id IN (SELECT value FROM json_each(?1))";
    OF_TASKS = "SELECT id, visit_id FROM task WHERE id IN (SELECT value FROM json_each(?1))";
    OF_RESULTS = "SELECT id, visit_id FROM instrument_result WHERE id IN (SELECT value FROM json_each(?1))";
    OF_PAGES = "SELECT id, visit_id FROM page_note WHERE id IN (SELECT value FROM json_each(?1))";
    OF_SIDE_EFFECTS = "SELECT side_effect.id, assessment.visit_id FROM side_effect
        JOIN assessment ON assessment.id = side_effect.assessment_id
        WHERE side_effect.id IN (SELECT value FROM json_each(?1))";
    NAMES = "SELECT id, family, given FROM patient WHERE id IN (SELECT value FROM json_each(?1))";
}

/// The tables whose rows belong to a visit, and the statement that says to which.
const OF_VISITS: [(&str, &str); 13] = [
    ("assessment", OF_ASSESSMENTS),
    // These have the identity of their assessment.
    ("procedure_response", OF_ASSESSMENTS),
    ("opioid_review", OF_ASSESSMENTS),
    ("side_effect", OF_SIDE_EFFECTS),
    ("plan", OF_PLANS),
    ("plan_item", OF_PLAN_ITEMS),
    ("plan_option", OF_PLAN_OPTIONS),
    ("session", OF_SESSIONS),
    ("procedure", OF_PROCEDURES),
    ("check_in", OF_CHECK_INS),
    ("task", OF_TASKS),
    ("instrument_result", OF_RESULTS),
    ("page_note", OF_PAGES),
];

const DOING: &str = "searching";

/// The column that a hit's field names.
fn searched(field: &str) -> Option<&'static Searched> {
    let (table, column) = field.split_once('.')?;
    SEARCHED.iter().find(|text| text.table == table && text.column == column)
}

/// With what a text of this row is opened: what it was written in, else the chart, else the visit.
fn opens(of: Of, row: &str, patient: Option<PatientId>, visit: Option<VisitId>) -> Option<Opens> {
    let itself = match of {
        Of::Name => patient.map(Opens::Name),
        Of::Chart => None,
        Of::Medicines => patient.map(Opens::Medicines),
        Of::Plan => patient.map(Opens::Plan),
        Of::Ledger => patient.map(Opens::Ledger),
        Of::CareTeam => patient.map(Opens::CareTeam),
        Of::Monitoring => patient.map(Opens::Monitoring),
        Of::Visit => visit.map(Opens::Visit),
        Of::Assessment => visit.map(Opens::Assessment),
        Of::Procedure => visit.map(Opens::Procedure),
        Of::CheckIn => row.parse().ok().map(Opens::CheckIn),
        Of::Diagnostic => row.parse().ok().map(Opens::Diagnostic),
        Of::Referral => row.parse().ok().map(Opens::Referral),
        Of::Taper => row.parse().ok().map(Opens::Taper),
        Of::Check => row.parse().ok().map(Opens::Check),
        Of::Urine => row.parse().ok().map(Opens::Urine),
        Of::Task => row.parse().ok().map(Opens::Task),
    };
    itself.or_else(|| patient.map(Opens::Chart)).or_else(|| visit.map(Opens::Visit))
}

impl Store {
    /// Texts that hold all these words, newest first, at most so many, each with its patient and visit.
    pub fn find_hits(&self, words: &str, most: u32) -> Result<Vec<TextHit>, StoreError> {
        let found = self.find_text(words, None, None, most)?;
        let visits = self.visits_of(&found)?;
        let known = visit::by_ids(&self.conn, visits.values().copied())?;
        let patients = known.values().filter_map(|visit| visit.patient);
        let names = self.names_of(found.iter().filter_map(|hit| hit.patient).chain(patients))?;
        let hit = |hit: Found| {
            let visit = visits.get(&hit.record).copied();
            // A visit says itself whose and when it is: that may have changed since the text was written.
            let now = visit.and_then(|visit| known.get(&visit));
            let patient = now.and_then(|visit| visit.patient).or(hit.patient);
            let text = searched(&hit.field);
            TextHit {
                patient: patient.and_then(|patient| Some((patient, names.get(&patient)?.clone()))),
                visit,
                date: now.map(|visit| visit.date).or_else(|| hit.date.and_then(|date| date.parse().ok())),
                field: text.map_or("", |text| text.label),
                opens: text.and_then(|text| opens(text.of, &hit.record, patient, visit)),
                snippet: hit.around,
            }
        };
        Ok(found.into_iter().map(hit).collect())
    }

    /// To which visit the rows that were found belong.
    fn visits_of(&self, found: &[Found]) -> Result<BTreeMap<String, VisitId>, StoreError> {
        let in_table = |table: &str| {
            let rows = found.iter().filter(|hit| hit.field.split_once('.').is_some_and(|(of, _)| of == table));
            rows.map(|hit| hit.record.clone()).collect::<Vec<_>>()
        };
        let mut visits: BTreeMap<String, VisitId> = BTreeMap::new();
        visits.extend(in_table("visit").into_iter().filter_map(|id| Some((id.clone(), id.parse().ok()?))));
        for (table, sql) in OF_VISITS {
            let rows = in_table(table);
            if rows.is_empty() {
                continue;
            }
            let reading = Reading { table, doing: DOING };
            let of = reading.all(&self.conn, sql, [list(rows)], |cells| Ok((cells.text()?, cells.opt_id()?)))?;
            visits.extend(of.into_iter().filter_map(|(row, visit)| Some((row, visit?))));
        }
        Ok(visits)
    }

    fn names_of(&self, ids: impl Iterator<Item = PatientId>) -> Result<BTreeMap<PatientId, String>, StoreError> {
        let reading = Reading { table: "patient", doing: DOING };
        let names = reading.all(&self.conn, NAMES, [list(ids)], |cells| {
            Ok((cells.id()?, list_name(&cells.text()?, &cells.text()?)))
        })?;
        Ok(names.into_iter().collect())
    }
}
