//! Bringing scores in from tables: read, met with the record, and planned. What is shown is exactly what is then written, as
//! one act.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use chrono::{NaiveDate, NaiveTime};

use super::import::ImportError;
use crate::action::{ScaleWrite, Write};
use crate::clinical::find::PatientName;
use crate::clinical::id::{Ids, PatientId};
use crate::clinical::instrument::Catalogue;
use crate::clinical::practice::Practice;
use crate::clinical::score_table::{KnownPatient, ScorePlan, ScoreTable, Terms, plan as planner, who};
use crate::clinical::time::{Now, instant};
use crate::format::csv::scores;
use crate::format::ics;
use crate::store::{Store, StoreError};

/// Whether a file is a table of scores; one that cannot be read is none, and a pipe is left to those who read it once.
pub fn is_scores(path: &Path) -> bool {
    const HEAD: u64 = 1 << 20;
    let mut head = Vec::new();
    let mut read = || File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    path.is_file() && read().is_ok() && !ics::is_calendar(&head) && scores::is_scores(&head)
}

/// Reads a table and plans what it would do.
pub fn plan(
    store: &Store,
    path: &Path,
    practice: &Practice,
    catalogue: &Catalogue,
    (ids, now): (&mut Ids, Now),
) -> Result<ScorePlan, ImportError> {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let bytes = std::fs::read(path).map_err(|why| ImportError::Unread(path.display().to_string(), why))?;
    let table = scores::read(&name, &bytes, practice.region.date_order(), now.today());
    let patients = store.patient_names()?;
    let known = known(store, &table, &patients)?;
    let noon =
        |date: NaiveDate| instant(date.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default()), now.zone);
    let terms = Terms { patients: &patients, catalogue, today: now.today(), moment: &noon };
    Ok(planner(&table, &known, &terms, ids))
}

/// What the record knows of the patients and days of a table.
fn known(
    store: &Store,
    table: &ScoreTable,
    patients: &[PatientName],
) -> Result<BTreeMap<PatientId, KnownPatient>, StoreError> {
    let mut out: BTreeMap<PatientId, KnownPatient> = BTreeMap::new();
    for row in &table.rows {
        let (Ok((patient, _)), Some(date)) = (who(row, patients), row.date) else { continue };
        let known = match out.entry(patient) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let sex = store.patient_file(patient)?.and_then(|file| file.patient.sex);
                let results = store.results_of_patient(patient)?;
                new.insert(KnownPatient { sex, results, ..KnownPatient::default() })
            }
        };
        if known.visits.contains_key(&date) {
            continue;
        }
        if let Some(visit) = store.visit_of_day(patient, date)? {
            known.visits.insert(date, (visit.id, store.scores_of_visit(visit.id)?));
        }
    }
    Ok(out)
}

/// The act of a plan; none where nothing is to be written.
pub fn act(plan: &ScorePlan) -> Option<Write> {
    let import =
        ScaleWrite::Import { from: plan.file.clone(), scores: plan.scores.clone(), results: plan.results.clone() };
    (!plan.scores.is_empty() || !plan.results.is_empty()).then_some(Write::Scale(import))
}
