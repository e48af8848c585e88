//! What accepted rows make of a patient's lists.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Fate, Read, Row};
use crate::clinical::code_set::Code;
use crate::clinical::elsewhere::{ElsewhereLine, LineKind, PastProcedure};
use crate::clinical::id::{ElsewhereLineId, Ids, PastProcedureId};
use crate::clinical::patient::{Allergy, Antithrombotic, Facts, Known, ListKind, Medication, PatientFile};
use crate::clinical::problem::{MOST, Problem};
use crate::clinical::since::Since;
use crate::clinical::text::fold;
use crate::clinical::time::Now;

/// A row that the record holds already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// A procedure elsewhere.
    Procedure(PastProcedureId),
    /// A line.
    Line(ElsewhereLineId),
}

/// What is written when rows are accepted: the lists as they then are, whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BroughtIn {
    /// Allergies, antithrombotics, medicines.
    pub facts: Facts,
    /// Every procedure elsewhere.
    pub past: Vec<PastProcedure>,
    /// Problems that still are some, with those that were taken in.
    pub problems: Vec<Problem>,
    /// Every line from elsewhere.
    pub lines: Vec<ElsewhereLine>,
    /// How many rows were taken in.
    pub count: usize,
}

/// Takes accepted rows into the lists; `set` is the code set of the practice. `asked` are the lists of which it was said on purpose that they are empty;
/// `reviewed` says that every list that was touched was gone through with the patient today.
pub fn take_in(
    rows: &[Row],
    file: &PatientFile,
    (asked, reviewed): (&[ListKind], bool),
    set: &str,
    ids: &mut Ids,
    now: Now,
) -> BroughtIn {
    let facts = &file.facts;
    let mut out = BroughtIn { facts: facts.clone(), problems: file.problems.clone(), ..BroughtIn::default() };
    let (today, at) = (now.today(), now.instant);
    let mut none: Vec<ListKind> = asked.to_vec();
    for row in rows.iter().filter(|row| row.fate == Fate::Accepted) {
        if row.kept.is_none() {
            out.count += 1;
        }
        match &row.read {
            Read::Allergy(substance, reaction) => {
                let allergy = Allergy { id: ids.next(at), substance: substance.clone(), reaction: reaction.clone() };
                add(&mut out.facts.allergies, allergy);
            }
            Read::Medicine(medicine) if medicine.is_antithrombotic() => {
                let how = medicine.how();
                let dose = (!how.is_empty()).then_some(how);
                add(
                    &mut out.facts.antithrombotics,
                    Antithrombotic { id: ids.next(at), drug: medicine.name.clone(), dose },
                );
            }
            Read::Medicine(medicine) => {
                let started = match medicine.since {
                    Some(Since::Day(day)) => Some(day),
                    _ => None,
                };
                // A day of its own is not said twice.
                let written =
                    super::BroughtMedicine { since: medicine.since.filter(|_| started.is_none()), ..medicine.clone() };
                add(&mut out.facts.medications, Medication::new(ids.next(at), written.show(), started));
            }
            Read::Procedure(procedure) => {
                let id = match row.kept {
                    Some(Kept::Procedure(id)) => id,
                    _ => ids.next(at),
                };
                out.past.push(PastProcedure {
                    id,
                    what: procedure.what.clone(),
                    level: procedure.level.clone(),
                    side: procedure.side,
                    on: procedure.on,
                    by: procedure.by.clone(),
                    steroid: procedure.steroid.clone(),
                });
            }
            Read::Nothing(list) => none.push(*list),
            Read::Problem(problem) if out.problems.len() < MOST => {
                out.problems.push(Problem {
                    condition_id: problem.condition().map(|condition| condition.id.clone()),
                    code: problem.code.as_ref().map(|code| Code { set: set.to_owned(), code: code.clone() }),
                    side: problem.side,
                    since: problem.since,
                    ..Problem::new(ids.next(at), problem.text.clone())
                });
            }
            // More than a patient's problems have room for stay as diagnoses.
            Read::Problem(_) | Read::Diagnosis(_) | Read::Text(_) => {
                let id = match row.kept {
                    Some(Kept::Line(id)) => id,
                    _ => ids.next(at),
                };
                let kind = if matches!(row.read, Read::Text(_)) { LineKind::Text } else { LineKind::Diagnosis };
                out.lines.push(ElsewhereLine { id, kind, text: row.read.show() });
            }
        }
    }
    out.count += asked.len();
    settle(
        &mut out.facts.allergies,
        facts.allergies.items().len(),
        none.contains(&ListKind::Allergies),
        reviewed,
        today,
    );
    settle(
        &mut out.facts.antithrombotics,
        facts.antithrombotics.items().len(),
        none.contains(&ListKind::Antithrombotics),
        reviewed,
        today,
    );
    settle(
        &mut out.facts.medications,
        facts.medications.items().len(),
        none.contains(&ListKind::Medications),
        reviewed,
        today,
    );
    out
}

/// Adds an entry. What was brought in is mentioned, not reviewed: a list that was none, or reviewed before, is not what
/// was reviewed any more.
fn add<T>(list: &mut Known<T>, entry: T) {
    match list {
        Known::Listed(entries, on) => {
            entries.push(entry);
            *on = None;
        }
        Known::Unknown | Known::NoneOn(_) => *list = Known::Listed(vec![entry], None),
    }
}

/// Dates a list: none, asked today, where it is empty on purpose; reviewed today, where it grew and was gone through.
fn settle<T>(list: &mut Known<T>, before: usize, none: bool, reviewed: bool, today: NaiveDate) {
    match list {
        Known::Unknown | Known::NoneOn(_) if none => *list = Known::NoneOn(today),
        Known::Listed(entries, on) if reviewed && entries.len() > before => *on = Some(today),
        Known::Unknown | Known::NoneOn(_) | Known::Listed(..) => {}
    }
}

/// Whether the lists hold already what a row says.
pub fn already(read: &Read, file: &PatientFile) -> bool {
    let (facts, problems) = (&file.facts, &file.problems);
    let same = |a: &str, b: &str| fold(a) == fold(b);
    match read {
        Read::Allergy(substance, _) => facts.allergies.items().iter().any(|known| same(&known.substance, substance)),
        Read::Medicine(medicine) => {
            let begins = |line: &str| fold(line) == fold(&medicine.show());
            facts.medications.items().iter().any(|known| begins(&known.line))
                || facts.antithrombotics.items().iter().any(|known| same(&known.drug, &medicine.name))
        }
        Read::Nothing(ListKind::Allergies) => matches!(facts.allergies, Known::NoneOn(_)),
        Read::Nothing(ListKind::Antithrombotics) => matches!(facts.antithrombotics, Known::NoneOn(_)),
        Read::Nothing(ListKind::Medications) => matches!(facts.medications, Known::NoneOn(_)),
        Read::Problem(problem) => problems.iter().any(|known| same(&known.condition, &problem.text)),
        Read::Diagnosis(_) | Read::Procedure(_) | Read::Text(_) => false,
    }
}
