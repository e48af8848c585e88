//! Everything a patient's trial ledger is computed from: versions of the plan, treatments tried, procedures and their relief.

use chrono::NaiveDate;
use rusqlite::Connection;

use super::error::StoreError;
use super::row::{Reading, list, statements};
use super::{education, elsewhere, medicine, plan, practice, problem, referral, session, step};
use crate::clinical::id::{PatientId, SessionId};
use crate::clinical::plan::ledger::Treatments;
use crate::clinical::time::wall;

statements! {
    CHECKED = "SELECT id, session_id, relief_percent, due FROM check_in INDEXED BY check_in_after
        WHERE session_id IN (SELECT value FROM json_each(?1)) AND relief_percent IS NOT NULL ORDER BY due";
    ASKED = "SELECT procedure_response.id, procedure_response.session_id, procedure_response.best_relief, assessment.date
        FROM procedure_response INDEXED BY procedure_response_to JOIN assessment ON assessment.id = procedure_response.id
        WHERE procedure_response.session_id IN (SELECT value FROM json_each(?1))
        AND procedure_response.best_relief IS NOT NULL ORDER BY assessment.date";
}

/// Earlier than every date of a record: reads all that is later.
pub(super) const START_OF_TIME: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 1).expect("a date of the calendar");
/// What stands beside a form and on a cover looks back over so many versions; the ledger itself over all.
pub(super) const BESIDE: u32 = 12;
/// As many procedures are looked back over beside a form and on a cover.
const SESSIONS_BESIDE: u32 = 40;
/// As many stopped medicines, changes of a dose, referrals and handouts each.
const LISTED_BESIDE: u32 = 24;
/// All of them.
pub(super) const ALL: u32 = u32::MAX;
const READING: Reading = Reading { table: "check_in", doing: "reading relief after procedures" };

/// What a patient's trial ledger is computed from:
/// from its newest versions, at most so many, and the procedures since the oldest of them. `today` is the day on which it is
/// asked whether its steps are awake, where it is.
pub(super) fn of(
    conn: &Connection,
    patient: PatientId,
    most: u32,
    today: Option<NaiveDate>,
) -> Result<Treatments, StoreError> {
    let zone = practice::load(conn)?.map_or(chrono_tz::UTC, |practice| practice.zone);
    let versions = plan::newest(conn, patient, most)?;
    let is_cut = versions.len() >= usize::try_from(most).unwrap_or(usize::MAX);
    let looked_at = match (today, versions.last()) {
        (Some(today), Some(newest)) if newest.items.iter().any(|item| item.wakes.is_some()) => {
            Some((step::found_of(conn, patient, newest.set_at, zone)?, today))
        }
        _ => None,
    };
    let versions: Vec<_> = versions.into_iter().map(|plan| (wall(plan.set_at, zone).date(), plan)).collect();
    let from = versions.first().filter(|_| is_cut).map_or(START_OF_TIME, |(day, _)| *day);
    let sessions = session::since(conn, patient, from, if most == ALL { ALL } else { SESSIONS_BESIDE })?;
    let few = if most == ALL { ALL } else { LISTED_BESIDE };
    let stopped = medicine::stopped(conn, patient, START_OF_TIME, few)?;
    let doses = medicine::changed_last(conn, patient, few)?;
    let referrals = referral::newest(conn, patient, few)?;
    let handouts = education::newest(conn, patient, few)?;
    let is_full = |rows: usize| u32::try_from(rows).is_ok_and(|rows| rows >= few);
    let lists = [stopped.len(), doses.len(), referrals.len(), handouts.len()].into_iter().any(is_full);
    Ok(Treatments {
        versions,
        is_cut: is_cut
            || lists
            || (most != ALL && sessions.len() >= usize::try_from(SESSIONS_BESIDE).unwrap_or(usize::MAX)),
        tried: problem::tried(conn, patient)?,
        relief: relief(conn, sessions.iter().map(|session| session.id))?,
        sessions,
        elsewhere: elsewhere::past(conn, patient)?,
        taken: medicine::of_patients(conn, &list([patient]))?.remove(&patient).unwrap_or_default(),
        stopped,
        doses,
        referrals,
        handouts,
        looked_at,
    })
}

/// Relief after each procedure as the patient said it, oldest first: at check-ins, and when asked in a visit.
fn relief(conn: &Connection, sessions: impl Iterator<Item = SessionId>) -> Result<Vec<(SessionId, u8)>, StoreError> {
    let sessions = list(sessions);
    let mut found: Vec<(NaiveDate, SessionId, u8)> = Vec::new();
    for sql in [CHECKED, ASKED] {
        found.extend(READING.all(conn, sql, [&sessions], |cells| {
            cells.skip();
            let (session, percent) = (cells.id()?, cells.number()?);
            Ok((cells.date()?, session, percent))
        })?);
    }
    found.sort_by_key(|(on, ..)| *on);
    Ok(found.into_iter().map(|(_, session, percent)| (session, percent)).collect())
}
