//! What an assessment asked beyond its scores and texts. Each part has a table; parts nobody asked have no row.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rusqlite::Connection;

use super::error::StoreError;
use super::row::{self, Cells, Owned, Put, Reading, date, key, list, number, opt, provenance, statements, text, word};
use super::tx::Tx;
use crate::clinical::asked::Asked;
use crate::clinical::board::NotAsked;
use crate::clinical::history::HistoryLetters;
use crate::clinical::id::{AssessmentId, PatientId, SessionId};
use crate::clinical::opioid_review::{OpioidReview, SideEffect};
use crate::clinical::plan::goal::GoalScore;
use crate::clinical::problem::ProblemScore;
use crate::clinical::red_flag::{self, FlagAnswer};
use crate::clinical::response::ProcedureResponse;
use crate::clinical::since::Lasted;
use crate::clinical::vocab::Vocab;

statements! {
    LETTERS = "SELECT id, onset, course, quality, timing, worse, better, sleep, mood, work FROM assessment_letters
        WHERE id = ?1";
    PROBLEM_SCORES = "SELECT id, problem_id, answer, value, at, how, reported_by, initials FROM problem_score WHERE assessment_id = ?1
        ORDER BY position";
    RED_FLAGS = "SELECT id, present, absent, not_asked FROM assessment_red_flags WHERE id = ?1";
    NOT_ASKED = "SELECT id, not_asked, present <> '[]' OR absent <> '[]' FROM assessment_red_flags INDEXED BY assessment_red_flags_not_asked
        WHERE id IN (SELECT value FROM json_each(?1)) AND not_asked <> '[]'";
    RESPONSE = "SELECT id, session_id, best_relief, lasted_hours, holding, function, medicine, words
        FROM procedure_response WHERE id = ?1";
    CARRIED = "SELECT id, fields FROM assessment_carried WHERE id = ?1";
    RESPONSES_TO = "SELECT procedure_response.id, assessment.date FROM procedure_response
        JOIN assessment ON assessment.id = procedure_response.id WHERE procedure_response.session_id = ?1";
    OPIOID = "SELECT id, analgesia, activity, adverse, used, affect, note FROM opioid_review WHERE id = ?1";
    GOAL_SCORES = "SELECT goal_score.id, goal_score.goal_id, assessment.date, goal_score.answer, goal_score.value
        FROM goal_score JOIN assessment ON assessment.id = goal_score.assessment_id
        WHERE goal_score.assessment_id = ?1 ORDER BY goal_score.position";
    GOAL_SCORES_OF = "SELECT goal_score.id, goal_score.goal_id, assessment.date, goal_score.answer, goal_score.value
        FROM goal_score JOIN assessment ON assessment.id = goal_score.assessment_id
        WHERE goal_score.assessment_id IN (SELECT id FROM assessment WHERE patient_id = ?1 ORDER BY date DESC LIMIT 12)
        ORDER BY assessment.date, assessment.completed_at";
    SIDE_EFFECTS = "SELECT id, drug, effect, severity FROM side_effect WHERE assessment_id = ?1 ORDER BY position";
}

const READING: Reading = Reading { table: "assessment", doing: "reading assessments" };
const KEEPING: &str = "keeping an assessment";

fn names(cells: &mut Cells) -> Result<Vec<String>, StoreError> {
    let text = cells.text()?;
    serde_json::from_str(&text).map_err(|_| cells.wrong())
}

fn words<V: Vocab>(cells: &mut Cells) -> Result<BTreeSet<V>, StoreError> {
    names(cells)?.iter().map(|name| V::from_name(name).ok_or_else(|| cells.wrong())).collect()
}

fn red_flags(cells: &mut Cells) -> Result<Vec<(String, FlagAnswer)>, StoreError> {
    cells.skip();
    let mut out = Vec::new();
    for answer in [FlagAnswer::Yes, FlagAnswer::No, FlagAnswer::NotAsked] {
        out.extend(names(cells)?.into_iter().map(|flag| (flag, answer)));
    }
    red_flag::sort(&mut out);
    Ok(out)
}

fn json<V: Vocab>(words: &BTreeSet<V>) -> rusqlite::types::Value {
    let names: Vec<&str> = words.iter().map(|word| word.name()).collect();
    text(&serde_json::Value::from(names).to_string())
}

fn yes_no(cells: &mut Cells) -> Result<Option<bool>, StoreError> {
    match cells.opt_text()?.as_deref() {
        None => Ok(None),
        Some("yes") => Ok(Some(true)),
        Some("no") => Ok(Some(false)),
        Some(_) => Err(cells.wrong()),
    }
}

/// What an assessment asked.
pub(super) fn of(conn: &Connection, id: AssessmentId) -> Result<Asked, StoreError> {
    let id = &id.to_string();
    let table = |table| Reading { table, ..READING };
    Ok(Asked {
        problem_scores: table("problem_score").all(conn, PROBLEM_SCORES, [id], |cells| {
            Ok(ProblemScore {
                id: cells.id()?,
                problem: cells.id()?,
                answer: cells.answer()?,
                given: provenance(cells)?,
            })
        })?,
        letters: table("assessment_letters").one(conn, LETTERS, [id], letters)?.unwrap_or_default(),
        red_flags: table("assessment_red_flags").one(conn, RED_FLAGS, [id], red_flags)?.unwrap_or_default(),
        response: table("procedure_response").one(conn, RESPONSE, [id], response)?,
        carried: table("assessment_carried")
            .one(conn, CARRIED, [id], |cells| {
                cells.skip();
                names(cells)
            })?
            .unwrap_or_default(),
        opioid: table("opioid_review").one(conn, OPIOID, [id], opioid)?.unwrap_or_default(),
        side_effects: table("side_effect").all(conn, SIDE_EFFECTS, [id], |cells| {
            Ok(SideEffect { id: cells.id()?, drug: cells.text()?, effect: cells.text()?, severity: cells.opt_word()? })
        })?,
        goal_scores: table("goal_score").all(conn, GOAL_SCORES, [id], goal_score)?,
    })
}

fn goal_score(cells: &mut Cells) -> Result<GoalScore, StoreError> {
    Ok(GoalScore { id: cells.id()?, goal: cells.id()?, date: cells.date()?, answer: cells.answer()? })
}

/// How far a patient's goals were reached in the last twelve assessments, oldest first.
pub(super) fn goal_scores(conn: &Connection, patient: PatientId) -> Result<Vec<GoalScore>, StoreError> {
    Reading { table: "goal_score", ..READING }.all(conn, GOAL_SCORES_OF, [patient.to_string()], goal_score)
}

/// What the patient said of a session at the newest visit that asked, and on which day.
pub(super) fn response_to(
    conn: &Connection,
    session: SessionId,
) -> Result<Option<(NaiveDate, ProcedureResponse)>, StoreError> {
    let reading = Reading { table: "procedure_response", ..READING };
    let mut newest: Option<(NaiveDate, String)> = None;
    reading.each(conn, RESPONSES_TO, [session.to_string()], |cells| {
        let id = cells.text()?;
        let date = cells.date()?;
        if newest.as_ref().is_none_or(|(on, _)| *on <= date) {
            newest = Some((date, id));
        }
        Ok(true)
    })?;
    let Some((date, id)) = newest else { return Ok(None) };
    Ok(reading.one(conn, RESPONSE, [&id], response)?.map(|response| (date, response)))
}

fn response(cells: &mut Cells) -> Result<ProcedureResponse, StoreError> {
    cells.skip();
    Ok(ProcedureResponse {
        session: cells.id()?,
        best_relief: cells.opt_number()?,
        lasted: cells.opt_number()?.map(Lasted),
        holding: yes_no(cells)?,
        function: cells.opt_word()?,
        medicine: cells.opt_word()?,
        words: cells.text()?,
    })
}

fn letters(cells: &mut Cells) -> Result<HistoryLetters, StoreError> {
    cells.skip();
    Ok(HistoryLetters {
        onset: cells.opt_word()?,
        course: cells.opt_word()?,
        quality: words(cells)?,
        timing: words(cells)?,
        worse: words(cells)?,
        better: words(cells)?,
        sleep: words(cells)?,
        mood: words(cells)?,
        work: cells.opt_word()?,
    })
}

fn opioid(cells: &mut Cells) -> Result<OpioidReview, StoreError> {
    cells.skip();
    Ok(OpioidReview {
        analgesia: cells.opt_word()?,
        activity: cells.opt_word()?,
        adverse: cells.opt_word()?,
        used: cells.opt_word()?,
        affect: cells.opt_word()?,
        note: cells.text()?,
    })
}

/// The red flags that are present, from a column that may be NULL.
pub(super) fn present(cells: &mut Cells) -> Result<Vec<(String, FlagAnswer)>, StoreError> {
    let Some(text) = cells.opt_text()? else { return Ok(Vec::new()) };
    let names: Vec<String> = serde_json::from_str(&text).map_err(|_| cells.wrong())?;
    Ok(names.into_iter().map(|name| (name, FlagAnswer::Yes)).collect())
}

/// The red flags that were due and not asked, by assessment, and whether others were.
pub(super) fn not_asked(
    conn: &Connection,
    assessments: impl IntoIterator<Item = AssessmentId>,
) -> Result<BTreeMap<AssessmentId, NotAsked>, StoreError> {
    let mut out: BTreeMap<AssessmentId, NotAsked> = BTreeMap::new();
    Reading { table: "assessment_red_flags", ..READING }.each(conn, NOT_ASKED, [list(assessments)], |cells| {
        out.insert(cells.id()?, NotAsked { flags: names(cells)?, begun: cells.flag()? });
        Ok(true)
    })?;
    Ok(out)
}

/// Whether an assessment is kept for the first time: then there is nothing of it to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    First,
    Again,
}

/// Keeps what an assessment of this day asked, under the identity the assessment has in the file. The problems it scores
/// and the session it speaks of must be there. Parts that are as they were are not looked at again.
pub(super) fn put(tx: &Tx, (id, kept): (AssessmentId, Kept), day: NaiveDate, asked: &Asked) -> Result<(), StoreError> {
    let stored = match kept {
        Kept::First => Asked::default(),
        Kept::Again => of(tx.conn(), id)?,
    };
    if asked.letters != stored.letters {
        put_letters(tx, id, &asked.letters)?;
    }
    if asked.response != stored.response {
        put_response(tx, id, asked.response.as_ref())?;
    }
    if asked.opioid != stored.opioid {
        put_opioid(tx, id, &asked.opioid)?;
    }
    if asked.red_flags != stored.red_flags {
        put_red_flags(tx, id, &asked.red_flags)?;
    }
    if asked.carried != stored.carried {
        put_carried(tx, id, &asked.carried)?;
    }
    let (owner_id, is_new) = (id.to_string(), kept == Kept::First);
    let owned = |table| Owned { table, doing: KEEPING, owner: "assessment_id", owner_id: &owner_id };
    let scores = asked.problem_scores.iter().map(|score| {
        // The same answer given the same way keeps its identity and its moment.
        let old = stored.problem_scores.iter().find(|old| old.problem == score.problem);
        let same = old.filter(|old| old.answer == score.answer && old.given.same_way(&score.given));
        Put::new("problem_score", KEEPING, old.map_or(score.id, |old| old.id))
            .set("problem_id", key(score.problem))
            .set("date", date(day))
            .set_answer(["answer", "value"], Some(score.answer))
            .set_provenance(same.map_or(&score.given, |old| &old.given))
    });
    if !(asked.problem_scores.is_empty() && stored.problem_scores.is_empty()) {
        owned("problem_score").put_knowing(tx, scores.collect(), is_new)?;
    }
    if asked.side_effects != stored.side_effects {
        let effects = asked.side_effects.iter().map(|effect| {
            Put::new("side_effect", KEEPING, effect.id)
                .set("drug", text(&effect.drug))
                .set("effect", text(&effect.effect))
                .set("severity", opt(effect.severity, word))
        });
        owned("side_effect").put_knowing(tx, effects.collect(), is_new)?;
    }
    if asked.goal_scores != stored.goal_scores {
        let goals = asked.goal_scores.iter().map(|score| {
            Put::new("goal_score", KEEPING, score.id)
                .set("goal_id", key(score.goal))
                .set_answer(["answer", "value"], Some(score.answer))
        });
        owned("goal_score").put_knowing(tx, goals.collect(), is_new)?;
    }
    Ok(())
}

fn put_letters(tx: &Tx, id: AssessmentId, letters: &HistoryLetters) -> Result<(), StoreError> {
    if letters.is_blank() {
        return row::delete(tx, "assessment_letters", KEEPING, id);
    }
    Put::new("assessment_letters", KEEPING, id)
        .set("onset", opt(letters.onset, word))
        .set("course", opt(letters.course, word))
        .set("quality", json(&letters.quality))
        .set("timing", json(&letters.timing))
        .set("worse", json(&letters.worse))
        .set("better", json(&letters.better))
        .set("sleep", json(&letters.sleep))
        .set("mood", json(&letters.mood))
        .set("work", opt(letters.work, word))
        .put(tx)
}

fn put_response(tx: &Tx, id: AssessmentId, response: Option<&ProcedureResponse>) -> Result<(), StoreError> {
    let Some(response) = response else { return row::delete(tx, "procedure_response", KEEPING, id) };
    Put::new("procedure_response", KEEPING, id)
        .set("session_id", key(response.session))
        .set("best_relief", opt(response.best_relief, number))
        .set("lasted_hours", opt(response.lasted, |lasted| number(lasted.0)))
        .set("holding", opt(response.holding, |holding| text(if holding { "yes" } else { "no" })))
        .set("function", opt(response.function, word))
        .set("medicine", opt(response.medicine, word))
        .set("words", text(&response.words))
        .put(tx)
}

fn put_opioid(tx: &Tx, id: AssessmentId, review: &OpioidReview) -> Result<(), StoreError> {
    if review.is_blank() {
        return row::delete(tx, "opioid_review", KEEPING, id);
    }
    Put::new("opioid_review", KEEPING, id)
        .set("analgesia", opt(review.analgesia, word))
        .set("activity", opt(review.activity, word))
        .set("adverse", opt(review.adverse, word))
        .set("used", opt(review.used, word))
        .set("affect", opt(review.affect, word))
        .set("note", text(&review.note))
        .put(tx)
}

/// Which fields were copied forward; an assessment without any has no row.
fn put_carried(tx: &Tx, id: AssessmentId, fields: &[String]) -> Result<(), StoreError> {
    if fields.is_empty() {
        return row::delete(tx, "assessment_carried", KEEPING, id);
    }
    let fields = serde_json::Value::from(fields.to_vec()).to_string();
    Put::new("assessment_carried", KEEPING, id).set("fields", text(&fields)).put(tx)
}

fn put_red_flags(tx: &Tx, id: AssessmentId, flags: &[(String, FlagAnswer)]) -> Result<(), StoreError> {
    if flags.is_empty() {
        return row::delete(tx, "assessment_red_flags", KEEPING, id);
    }
    let with = |answer| {
        let ids: Vec<&str> = flags.iter().filter(|(_, given)| *given == answer).map(|(id, _)| id.as_str()).collect();
        text(&serde_json::Value::from(ids).to_string())
    };
    Put::new("assessment_red_flags", KEEPING, id)
        .set("present", with(FlagAnswer::Yes))
        .set("absent", with(FlagAnswer::No))
        .set("not_asked", with(FlagAnswer::NotAsked))
        .put(tx)
}
