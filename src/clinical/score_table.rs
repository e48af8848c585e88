//! A table of scores from another system, met with the record: a line for each thing that was read, and the rows behind it.
//!
//! What is dated today or later waits to be confirmed in the room, as a page that was typed in does; what is dated earlier is
//! history, and stands as imported. A value that was said in the room is never replaced.

mod given;
mod put;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use self::given::given;
use self::put::{Put, joined, refuse, score_items};
use super::find::PatientName;
use super::id::{Ids, PatientId, VisitId};
use super::import::outcome::Action;
use super::import::who::{Directory, Found, Person};
use super::instrument::{Catalogue, Entry, InstrumentResult};
use super::patient::{Sex, list_name};
use super::schedule::SourcePatient;
use super::score::Score;
use super::text::fold;
use super::time::Instant;

/// A row as the table has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScoreRow {
    /// Its line in the file.
    pub line: u32,
    /// The patient's record number.
    pub number: Option<String>,
    /// Family name.
    pub family: Option<String>,
    /// Given names.
    pub given: Option<String>,
    /// The whole name, where nothing sets its parts apart.
    pub name: Option<String>,
    /// Birth date.
    pub birth_date: Option<NaiveDate>,
    /// The day of the score; none where it cannot be read.
    pub date: Option<NaiveDate>,
    /// As it was written.
    pub date_as_written: String,
    /// The instrument, by any of its names.
    pub instrument: String,
    /// The question; none: the value is the total.
    pub item: Option<String>,
    /// The value as written.
    pub value: String,
    /// How it was given, as written.
    pub how: Option<String>,
    /// By whom it was reported, as written.
    pub by: Option<String>,
}

/// A table as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScoreTable {
    /// The file's name.
    pub file: String,
    /// Its rows.
    pub rows: Vec<ScoreRow>,
    /// What was decided for the table as a whole.
    pub notes: Vec<String>,
}

/// What the record knows of one patient.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownPatient {
    /// Sex, where it weighs items.
    pub sex: Option<Sex>,
    /// The visit of each day that is asked for, with the scores it holds.
    pub visits: BTreeMap<NaiveDate, (VisitId, Vec<Score>)>,
    /// Instruments filled in on the days asked for.
    pub results: Vec<InstrumentResult>,
}

/// One line of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreLine {
    /// What becomes of it.
    pub action: Action,
    /// The day.
    pub date: Option<NaiveDate>,
    /// Whom, as the source or the record names them.
    pub patient: String,
    /// The instrument's name in a row, or as written.
    pub instrument: String,
    /// The result: `16 moderately severe`.
    pub result: String,
    /// The first line of the file it comes from.
    pub line: u32,
    /// Why, or what had to be decided.
    pub reason: Option<String>,
}

/// Everything a table would do.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ScorePlan {
    /// The file's name.
    pub file: String,
    /// A line for each thing read.
    pub lines: Vec<ScoreLine>,
    /// What was decided for the table as a whole.
    pub notes: Vec<String>,
    /// Scores of visits: visit, patient, day, score.
    pub scores: Vec<(VisitId, PatientId, NaiveDate, Score)>,
    /// Instruments.
    pub results: Vec<InstrumentResult>,
}

impl ScorePlan {
    /// How many lines come to this.
    pub fn count(&self, action: Action) -> usize {
        self.lines.iter().filter(|line| line.action == action).count()
    }
}

/// Who a row is about, and what there is to say of that: by the number, where name and birth date do not both speak of
/// somebody else; else by name and birth date.
///
/// # Errors
/// In words, why nobody, or nobody for sure, was found.
pub fn who(row: &ScoreRow, patients: &[PatientName]) -> Result<(PatientId, Option<String>), String> {
    if let Some(number) = &row.number {
        return holder(number, row, patients);
    }
    let wanted = match (&row.family, &row.given, &row.name) {
        (Some(family), given, _) => fold(&format!("{family} {}", given.as_deref().unwrap_or_default())),
        (None, _, Some(name)) => fold(name),
        (None, _, None) => return Err("no patient is named".to_owned()),
    };
    let Some(birth) = row.birth_date else {
        return Err("a name alone is not enough: a number or the birth date".to_owned());
    };
    let same = |known: &&PatientName| {
        let forward = fold(&format!("{} {}", known.family, known.given));
        let spoken = fold(&format!("{} {}", known.given, known.family));
        known.birth_date == Some(birth) && (wanted == forward || wanted == spoken || wanted == fold(&known.family))
    };
    let mut found = patients.iter().filter(same);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok((one.id, None)),
        (Some(_), Some(_)) => Err("two patients have this name and birth date".to_owned()),
        (None, _) => Err("no patient has this name and birth date".to_owned()),
    }
}

/// Who holds a number, by the same rule as in a schedule: a number whose holder has another name and another birth date
/// decides nothing.
fn holder(number: &str, row: &ScoreRow, patients: &[PatientName]) -> Result<(PatientId, Option<String>), String> {
    let same = |known: &&PatientName| known.number.as_deref().is_some_and(|known| known.trim() == number.trim());
    let holders: Vec<PatientName> = patients.iter().filter(same).cloned().collect();
    let source = SourcePatient {
        number: Some(number.to_owned()),
        family: row.family.clone(),
        given: row.given.clone(),
        name: row.name.clone(),
        birth_date: row.birth_date,
        sex: None,
    };
    match Directory::of(&holders).find(&source) {
        Found::One(Person::Known(id), _, note) => Ok((id, note)),
        Found::Unclear(why) => Err(why),
        Found::One(Person::New(_), ..) | Found::Nobody => Err(format!("no patient has the number {number}")),
    }
}

/// The rows of one filling in: the same patient, day and instrument.
struct Filling<'a> {
    rows: Vec<&'a ScoreRow>,
    patient: PatientId,
    /// What there is to say of whom the first row names.
    note: Option<String>,
    date: NaiveDate,
}

/// What everything is decided with.
pub struct Terms<'a> {
    /// Every patient by name, number and birth date.
    pub patients: &'a [PatientName],
    /// Every instrument.
    pub catalogue: &'a Catalogue,
    /// Today in the practice.
    pub today: NaiveDate,
    /// The moment at which a score of a day is taken to have been given.
    pub moment: &'a dyn Fn(NaiveDate) -> Instant,
}

/// What a table would do.
pub fn plan(
    table: &ScoreTable,
    known: &BTreeMap<PatientId, KnownPatient>,
    terms: &Terms<'_>,
    ids: &mut Ids,
) -> ScorePlan {
    let mut plan = ScorePlan { file: table.file.clone(), notes: table.notes.clone(), ..ScorePlan::default() };
    let mut fillings: Vec<(String, Filling<'_>)> = Vec::new();
    for row in &table.rows {
        let ((patient, note), date) = match (who(row, terms.patients), row.date) {
            (Ok(found), Some(date)) => (found, date),
            (Err(why), _) => {
                plan.lines.push(refused(row, why));
                continue;
            }
            (_, None) => {
                plan.lines.push(refused(row, format!("\"{}\" is no date", row.date_as_written)));
                continue;
            }
        };
        let Some(entry) =
            terms.catalogue.named(&row.instrument).or_else(|| plain_nrs(&row.instrument, terms.catalogue))
        else {
            plan.lines.push(refused(row, format!("no instrument is called \"{}\"", row.instrument)));
            continue;
        };
        let id = entry.id().to_owned();
        let same = fillings.iter_mut().find(|(other, filling)| {
            *other == id && (filling.patient, filling.date) == (patient, date) && row.item.is_some()
        });
        match same
            .filter(|(_, filling)| filling.rows.iter().all(|other| other.item.is_some() && other.item != row.item))
        {
            Some((_, filling)) => filling.rows.push(row),
            None => fillings.push((id, Filling { rows: vec![row], patient, note, date })),
        }
    }
    for (id, filling) in &fillings {
        let Some(entry) = terms.catalogue.get(id) else { continue };
        let line = fill(filling, &entry, known.get(&filling.patient), terms, ids, &mut plan);
        plan.lines.push(line);
    }
    plan.lines.sort_by_key(|line| line.line);
    plan
}

/// A bare "NRS" or "pain" is pain now.
fn plain_nrs<'a>(text: &str, catalogue: &'a Catalogue) -> Option<Entry<'a>> {
    let id = match fold(text).as_str() {
        "nrs" | "pain" | "pain now" | "nrs now" | "schmerz" => "nrs_current",
        "average pain" | "nrs average" | "pain average" => "nrs_average",
        "worst pain" | "nrs worst" | "pain worst" => "nrs_worst",
        "least pain" | "nrs least" | "pain least" => "nrs_least",
        _ => return None,
    };
    catalogue.get(id)
}

fn refused(row: &ScoreRow, reason: String) -> ScoreLine {
    ScoreLine {
        action: Action::Refuse,
        date: row.date,
        patient: named(row),
        instrument: row.instrument.clone(),
        result: row.value.clone(),
        line: row.line,
        reason: Some(reason),
    }
}

/// The patient as the row names them.
fn named(row: &ScoreRow) -> String {
    match (&row.family, &row.name, &row.number) {
        (Some(family), _, _) => list_name(family, row.given.as_deref().unwrap_or_default()),
        (None, Some(name), _) => name.clone(),
        (None, None, Some(number)) => format!("no. {number}"),
        (None, None, None) => String::new(),
    }
}

fn fill(
    filling: &Filling<'_>,
    entry: &Entry<'_>,
    known: Option<&KnownPatient>,
    terms: &Terms<'_>,
    ids: &mut Ids,
    plan: &mut ScorePlan,
) -> ScoreLine {
    let row = filling.rows[0];
    let patient = terms.patients.iter().find(|known| known.id == filling.patient);
    let name = patient.map(PatientName::list_name);
    let birth = patient.and_then(|patient| patient.birth_date);
    let mut line = ScoreLine {
        action: Action::Create,
        date: Some(filling.date),
        patient: name.unwrap_or_default(),
        instrument: entry.short(),
        result: String::new(),
        line: row.line,
        reason: None,
    };
    let waiting = filling.date >= terms.today;
    let (given, doubt) = given(row, entry, (terms.moment)(filling.date));
    let visit = known.and_then(|known| known.visits.get(&filling.date));
    let put = Put { filling, known, visit, given, waiting };
    let came = if birth.is_some_and(|birth| filling.date < birth) {
        Err(refuse("the day lies before the patient was born"))
    } else if filling.date > terms.today && visit.is_none() {
        Err(refuse("the day lies ahead, and there is no visit on it"))
    } else if let Some(items) = score_items(entry) {
        put.scores(&items, ids, plan, &mut line.result)
    } else {
        put.result(entry, birth, ids, plan, &mut line.result)
    };
    match came {
        Ok(said) => {
            let waits = waiting.then(|| "waits to be confirmed".to_owned());
            line.reason = joined([said, doubt, filling.note.clone(), waits]);
        }
        Err((action, why)) => (line.action, line.reason) = (action, Some(why)),
    }
    line
}

#[cfg(test)]
mod tests;
