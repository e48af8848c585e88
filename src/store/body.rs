//! The body map of an assessment: its regions, and the symptoms that go with widespread pain.
//!
//! A row's identity follows from the assessment's and the region's code, so that the same region of the same assessment is
//! the same row wherever it is written.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::Connection;

use super::asked::Kept;
use super::error::StoreError;
use super::row::{self, Cells, Put, Reading, flag, key, list, number, opt, statements, text};
use super::tx::Tx;
use crate::clinical::body::{Body, BodyRegion, Intensity, MapOn, Mark, PainMap, Quality, Symptoms};
use crate::clinical::id::{AssessmentId, PatientId, part_of};
use crate::clinical::vocab::Vocab;

statements! {
    REGIONS = "SELECT id, region, intensity, quality, radiates_to, carried FROM pain_region WHERE assessment_id = ?1";
    SYMPTOMS = "SELECT id, fatigue_answer, fatigue_value, unrefreshed_answer, unrefreshed_value, cognition_answer,
        cognition_value, headache, low_abdominal, depression, months FROM symptom_severity WHERE assessment_id = ?1";
    REGIONS_OF = "SELECT id, assessment_id, region, intensity, quality, radiates_to, carried FROM pain_region
        WHERE assessment_id IN (SELECT value FROM json_each(?1))";
    NEWEST_OF = "SELECT id, patient_id, date FROM assessment WHERE id IN (SELECT (SELECT newest.id FROM assessment AS newest
        WHERE newest.patient_id = asked.value AND newest.date <= ?2
        AND EXISTS (SELECT 1 FROM pain_region WHERE pain_region.assessment_id = newest.id)
        ORDER BY newest.date DESC, newest.completed_at DESC LIMIT 1) FROM json_each(?1) AS asked)";
    LAST_BEFORE = "SELECT id, date FROM
        (SELECT id, date, completed_at FROM assessment WHERE patient_id = ?1 AND date < ?2
         ORDER BY date DESC, completed_at DESC LIMIT 50) AS newest
        WHERE EXISTS (SELECT 1 FROM pain_region WHERE pain_region.assessment_id = newest.id)
        ORDER BY date DESC, completed_at DESC LIMIT 1";
}

const READING: Reading = Reading { table: "pain_region", doing: "reading the body map" };
const KEEPING: &str = "keeping the body map";
/// The name under which the symptoms are part of an assessment: no code of a region.
const SEVERITY: &str = "sss";

fn region(cells: &mut Cells) -> Result<BodyRegion, StoreError> {
    let code = cells.text()?;
    BodyRegion::of_code(&code).ok_or_else(|| cells.wrong())
}

fn opt_region(cells: &mut Cells) -> Result<Option<BodyRegion>, StoreError> {
    let code = cells.opt_text()?;
    code.map(|code| BodyRegion::of_code(&code).ok_or_else(|| cells.wrong())).transpose()
}

fn mark(cells: &mut Cells) -> Result<(BodyRegion, Mark), StoreError> {
    let at = region(cells)?;
    let value: Option<u8> = cells.opt_number()?;
    let intensity = value.map(|value| Intensity::new(value).ok_or_else(|| cells.wrong())).transpose()?;
    let words = cells.text()?;
    let quality = words.split_whitespace().map(|name| Quality::from_name(name).ok_or_else(|| cells.wrong()));
    let quality = quality.collect::<Result<_, _>>()?;
    let radiates = opt_region(cells)?;
    Ok((at, Mark { intensity, quality, radiates, carried: cells.flag()? }))
}

fn map(conn: &Connection, assessment: AssessmentId) -> Result<PainMap, StoreError> {
    let mut map = PainMap::default();
    READING.each(conn, REGIONS, [assessment.to_string()], |cells| {
        cells.skip();
        let (at, mark) = mark(cells)?;
        map.put(at, mark);
        Ok(true)
    })?;
    Ok(map)
}

fn symptoms(conn: &Connection, assessment: AssessmentId) -> Result<Option<Symptoms>, StoreError> {
    let read = |cells: &mut Cells| {
        cells.skip();
        let mut answer = || cells.opt_answer();
        let (fatigue, unrefreshed, cognition) = (answer()?, answer()?, answer()?);
        let mut present = || Ok::<_, StoreError>(cells.opt_number::<u8>()?.map(|there| there != 0));
        let (headache, low_abdominal, depression) = (present()?, present()?, present()?);
        let months = cells.opt_number()?;
        Ok(Symptoms { fatigue, unrefreshed, cognition, headache, low_abdominal, depression, months })
    };
    Reading { table: "symptom_severity", ..READING }.one(conn, SYMPTOMS, [assessment.to_string()], read)
}

/// The body map of an assessment; blank where none was made.
pub(super) fn of(conn: &Connection, assessment: AssessmentId) -> Result<Body, StoreError> {
    Ok(Body { map: map(conn, assessment)?, symptoms: symptoms(conn, assessment)?.unwrap_or_default() })
}

/// A patient's newest body map before a day.
pub(super) fn last_before(conn: &Connection, patient: PatientId, day: NaiveDate) -> Result<Option<MapOn>, StoreError> {
    let read = |cells: &mut Cells| Ok((cells.id()?, cells.date()?));
    let found = READING.one(conn, LAST_BEFORE, [patient.to_string(), day.to_string()], read)?;
    let Some((assessment, date)) = found else { return Ok(None) };
    Ok(Some(MapOn { date, map: map(conn, assessment)? }))
}

/// The newest body map of each of these patients up to a day, those who never had one left out: two statements, however many
/// they are.
pub(super) fn newest_of(
    conn: &Connection,
    patients: impl IntoIterator<Item = PatientId>,
    day: NaiveDate,
) -> Result<BTreeMap<PatientId, MapOn>, StoreError> {
    let mut of: BTreeMap<AssessmentId, PatientId> = BTreeMap::new();
    let mut out: BTreeMap<PatientId, MapOn> = BTreeMap::new();
    READING.each(conn, NEWEST_OF, [list(patients).as_str(), &day.to_string()], |cells| {
        let (assessment, patient, date) = (cells.id()?, cells.id()?, cells.date()?);
        of.insert(assessment, patient);
        out.insert(patient, MapOn { date, map: PainMap::default() });
        Ok(true)
    })?;
    READING.each(conn, REGIONS_OF, [list(of.keys())], |cells| {
        cells.skip();
        let assessment: AssessmentId = cells.id()?;
        let (at, mark) = mark(cells)?;
        if let Some(found) = of.get(&assessment).and_then(|patient| out.get_mut(patient)) {
            found.map.put(at, mark);
        }
        Ok(true)
    })?;
    Ok(out)
}

/// Makes the body map of an assessment so; what did not change is not rewritten. One that is kept for the first time has
/// none yet.
pub(super) fn put(tx: &Tx, (assessment, kept): (AssessmentId, Kept), body: &Body) -> Result<(), StoreError> {
    let stored = match kept {
        Kept::First => PainMap::default(),
        Kept::Again => map(tx.conn(), assessment)?,
    };
    for (gone, _) in stored.marks().filter(|(region, _)| body.map.get(*region).is_none()) {
        row::delete(tx, "pain_region", KEEPING, part_of(assessment, gone.code()))?;
    }
    let changed = body.map.marks().filter(|(region, mark)| stored.get(*region) != Some(mark));
    let rows: Vec<Put> = changed.map(|(region, mark)| region_row(assessment, region, mark)).collect();
    row::put_all(tx, &rows, stored == PainMap::default())?;
    if kept == Kept::First && body.symptoms == Symptoms::default() {
        return Ok(());
    }
    put_symptoms(tx, assessment, &body.symptoms)
}

fn region_row(assessment: AssessmentId, region: BodyRegion, mark: &Mark) -> Put {
    let quality: Vec<&str> = mark.quality.iter().map(|quality| quality.name()).collect();
    Put::new("pain_region", KEEPING, part_of(assessment, region.code()))
        .set("assessment_id", key(assessment))
        .set("region", text(region.code()))
        .set("intensity", opt(mark.intensity, |intensity| number(intensity.get())))
        .set("quality", text(&quality.join(" ")))
        .set("radiates_to", opt(mark.radiates, |to| text(to.code())))
        .set("carried", flag(mark.carried))
}

fn put_symptoms(tx: &Tx, assessment: AssessmentId, symptoms: &Symptoms) -> Result<(), StoreError> {
    let id = part_of(assessment, SEVERITY);
    if *symptoms == Symptoms::default() {
        return match self::symptoms(tx.conn(), assessment)? {
            Some(_) => row::delete(tx, "symptom_severity", KEEPING, id),
            None => Ok(()),
        };
    }
    let present = |there: Option<bool>| opt(there, flag);
    Put::new("symptom_severity", KEEPING, id)
        .set("assessment_id", key(assessment))
        .set_answer(["fatigue_answer", "fatigue_value"], symptoms.fatigue)
        .set_answer(["unrefreshed_answer", "unrefreshed_value"], symptoms.unrefreshed)
        .set_answer(["cognition_answer", "cognition_value"], symptoms.cognition)
        .set("headache", present(symptoms.headache))
        .set("low_abdominal", present(symptoms.low_abdominal))
        .set("depression", present(symptoms.depression))
        .set("months", opt(symptoms.months, number))
        .put(tx)
}
