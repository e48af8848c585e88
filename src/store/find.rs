//! Finding in all text of all days: which columns are searched, and what a hit says.

use std::collections::BTreeMap;

use super::error::StoreError;
use super::row::{Reading, list, statements};
use super::search::{Found, Searched};
use super::{Store, visit};
use crate::clinical::id::{PatientId, VisitId};
use crate::clinical::models::TextHit;
use crate::clinical::patient::list_name;

const fn of(table: &'static str, column: &'static str, patient: &'static str, date: &'static str) -> Searched {
    Searched { table, column, patient, date }
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
    of("patient", "family", "{row}.id", NONE),
    of("patient", "given", "{row}.id", NONE),
    of("patient", "note", "{row}.id", NONE),
    of("allergy", "substance", OWN, NONE),
    of("antithrombotic", "drug", OWN, NONE),
    of("medication", "line", OWN, NONE),
    of("medication", "reason", OWN, NONE),
    of("medication", "stop_reason", OWN, NONE),
    of("caution_reason", "reason", OWN, "{row}.on_date"),
    of("refill", "reason", OWN, "{row}.on_date"),
    of("goal", "text", OWN, "{row}.since"),
    of("past_procedure", "what", OWN, NONE),
    of("elsewhere_line", "line", OWN, NONE),
    of("visit", "reason", OWN, DATE),
    of("visit", "title", OWN, DATE),
    of("assessment", "place", OWN, DATE),
    of("assessment", "history", OWN, DATE),
    of("assessment", "examination", OWN, DATE),
    of("assessment", "impression", OWN, DATE),
    of("assessment", "red_flag_note", OWN, DATE),
    of("assessment", "red_flag_action", OWN, DATE),
    of("instrument_result", "action", OWN, DATE),
    of("page_note", "place", OWN, DATE),
    of("page_note", "medicines", OWN, DATE),
    of("problem", "condition", OWN, NONE),
    of("problem", "place", OWN, NONE),
    of("treatment_tried", "what", OWN, NONE),
    of("treatment_tried", "best_dose", OWN, NONE),
    of("treatment_tried", "why_stopped", OWN, NONE),
    of("procedure_response", "words", ASKED_PATIENT, ASKED_DATE),
    of("opioid_review", "note", ASKED_PATIENT, ASKED_DATE),
    of("side_effect", "drug", PART_PATIENT, PART_DATE),
    of("side_effect", "effect", PART_PATIENT, PART_DATE),
    of("plan", "note", OWN, "date({row}.set_at / 1000, 'unixepoch')"),
    of("plan_item", "what", PLAN_PATIENT, PLAN_DATE),
    of("plan_item", "next_step", PLAN_PATIENT, PLAN_DATE),
    of("plan_item", "why", PLAN_PATIENT, PLAN_DATE),
    of("plan_option", "what", PLAN_PATIENT, PLAN_DATE),
    of("plan_option", "why", PLAN_PATIENT, PLAN_DATE),
    of("session", "text", OWN, DATE),
    of("procedure", "name", SESSION_PATIENT, SESSION_DATE),
    of("check_in", "complication", OWN, CHECKED),
    of("check_in", "note", OWN, CHECKED),
    of("diagnostic", "what", OWN, TESTED),
    of("diagnostic", "question", OWN, TESTED),
    of("diagnostic", "report", OWN, TESTED),
    of("diagnostic", "reading", OWN, TESTED),
    of("diagnostic", "action", OWN, TESTED),
    of("referral", "recipient", OWN, "{row}.written"),
    of("referral", "question", OWN, "{row}.written"),
    of("referral", "answer", OWN, "{row}.written"),
    of("referral", "action", OWN, "{row}.written"),
    of("care_team", "name", OWN, NONE),
    of("care_team", "role", OWN, NONE),
    of("taper", "drug", OWN, "{row}.first_day"),
    of("monitoring_check", "note", OWN, "{row}.on_date"),
    of("urine_test", "note", OWN, SAMPLED),
    of("urine_test", "action", OWN, SAMPLED),
    of("urine_finding", "drug", SAMPLE_PATIENT, SAMPLE_DATE),
    of("task", "what", OWN, CAUGHT),
    of("task", "result", OWN, CAUGHT),
];

/// A field as a list of hits names it.
fn label(field: &str) -> &str {
    match field {
        "patient.family" | "patient.given" => "name",
        "patient.note" => "note on the patient",
        "allergy.substance" => "allergy",
        "antithrombotic.drug" => "antithrombotic",
        "medication.line" => "medicine",
        "goal.text" => "goal",
        "past_procedure.what" => "procedure elsewhere",
        "elsewhere_line.line" => "from elsewhere",
        "visit.reason" => "reason",
        "visit.title" => "title",
        "assessment.place" => "where it hurts",
        "assessment.history" => "history",
        "assessment.examination" => "examination",
        "assessment.impression" => "impression",
        "assessment.red_flag_note" => "red flag",
        "assessment.red_flag_action" => "done about red flag",
        "instrument_result.action" => "done about a positive screen",
        "page_note.place" => "where it hurts, on the page",
        "page_note.medicines" => "medicines, on the page",
        "problem.condition" => "problem",
        "problem.place" => "place of a problem",
        "treatment_tried.what" => "treatment tried",
        "treatment_tried.best_dose" => "dose tried",
        "treatment_tried.why_stopped" => "why stopped",
        "procedure_response.words" => "response to a procedure",
        "opioid_review.note" => "opioid follow-up",
        "side_effect.drug" => "side effect of",
        "side_effect.effect" => "side effect",
        "plan.note" => "plan note",
        "plan_item.what" => "plan item",
        "plan_item.next_step" => "next step",
        "plan_item.why" => "why stopped or declined",
        "plan_option.what" => "option offered",
        "plan_option.why" => "why an option was chosen or not",
        "session.text" => "procedure text",
        "procedure.name" => "procedure",
        "check_in.complication" => "complication",
        "check_in.note" => "check-in",
        "diagnostic.what" => "test",
        "diagnostic.question" => "question of a test",
        "diagnostic.report" => "report",
        "diagnostic.reading" => "own reading",
        "diagnostic.action" => "done about a result",
        "referral.recipient" => "referral to",
        "referral.question" => "question of a referral",
        "referral.answer" => "answer to a referral",
        "referral.action" => "done about a referral",
        "care_team.name" | "care_team.role" => "care team",
        "taper.drug" => "taper",
        "monitoring_check.note" => "note on a check",
        "urine_test.note" => "note on a urine test",
        "urine_test.action" => "done about a urine test",
        "urine_finding.drug" => "urine test",
        "task.what" => "task",
        "task.result" => "task result",
        other => other,
    }
}

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
            TextHit {
                patient: patient.and_then(|patient| Some((patient, names.get(&patient)?.clone()))),
                visit,
                date: now.map(|visit| visit.date).or_else(|| hit.date.and_then(|date| date.parse().ok())),
                field: label(&hit.field).to_owned(),
                snippet: hit.around.into_iter().map(|piece| piece.text).collect(),
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
