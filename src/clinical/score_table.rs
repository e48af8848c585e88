//! A table of scores from another system, met with the record: a line for each thing that was read, and the rows behind it.
//!
//! What is dated today or later waits to be confirmed in the room, as a page that was typed in does; what is dated earlier is
//! history, and stands as imported. A value that was said in the room is never replaced.

mod given;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use self::given::given;
use super::answer::Answer;
use super::exact::Exact;
use super::find::PatientName;
use super::id::{Ids, PatientId, VisitId};
use super::import::outcome::Action;
use super::import::who::{Directory, Found, Person};
use super::instrument::{Catalogue, Entry, InstrumentResult, Replies, Reply, Setting};
use super::patient::{Sex, list_name};
use super::provenance::Provenance;
use super::schedule::SourcePatient;
use super::score::{Score, ScoreItem};
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
    let refuse = |line: ScoreLine, why: String| ScoreLine { action: Action::Refuse, reason: Some(why), ..line };
    let visit = known.and_then(|known| known.visits.get(&filling.date));
    if birth.is_some_and(|birth| filling.date < birth) {
        return refuse(line, "the day lies before the patient was born".to_owned());
    }
    if filling.date > terms.today && visit.is_none() {
        return refuse(line, "the day lies ahead, and there is no visit on it".to_owned());
    }
    if let Some(items) = score_items(entry) {
        let Some((visit, stored)) = visit else {
            return refuse(line, "there is no visit on that day, and these scores belong to one".to_owned());
        };
        let answers = match items_of(filling, &items) {
            Ok(answers) => answers,
            Err(why) => return refuse(line, why),
        };
        line.result = answers.iter().map(|(_, value)| value.to_string()).collect::<Vec<_>>().join(", ");
        let planned = |item: ScoreItem| {
            plan.scores
                .iter()
                .find(|(of, _, _, score)| of == visit && score.item == item)
                .map(|(.., score)| score.answer)
        };
        let said_above: Vec<(Answer, u8)> =
            answers.iter().filter_map(|(item, value)| Some((planned(*item)?, *value))).collect();
        if said_above.iter().any(|(above, value)| *above != Answer::Given(*value)) {
            return refuse(line, "another row gives this patient another value for this day".to_owned());
        }
        let otherwise = stored.iter().find_map(|old| {
            let (_, value) = answers.iter().find(|(item, _)| *item == old.item)?;
            (old.answer != Answer::Given(*value)).then(|| holds(old, *value))
        });
        let fresh: Vec<(ScoreItem, u8)> = answers
            .into_iter()
            .filter(|(item, _)| !stored.iter().any(|old| old.item == *item) && planned(*item).is_none())
            .collect();
        if let (true, Some(otherwise)) = (fresh.is_empty(), &otherwise) {
            return ScoreLine { action: Action::Skip, reason: Some(otherwise.clone()), ..line };
        }
        if fresh.is_empty() {
            let why = if said_above.is_empty() { "the visit holds this score" } else { "another row says the same" };
            return ScoreLine { action: Action::Unchanged, reason: Some(why.to_owned()), ..line };
        }
        for (item, value) in fresh {
            let score = Score { waiting, ..Score::new(ids.next(given.at), item, Answer::Given(value), given.clone()) };
            plan.scores.push((*visit, filling.patient, filling.date, score));
        }
        line.reason = otherwise;
    } else {
        let setting = Setting { patient: filling.patient, visit: visit.map(|(visit, _)| *visit), date: filling.date };
        let result = match result_of(filling, entry, known.and_then(|known| known.sex), setting, given, ids) {
            Ok(result) => InstrumentResult { waiting, ..result },
            Err(why) => return refuse(line, why),
        };
        format!("{} {}", result.shown, result.band).trim().clone_into(&mut line.result);
        let same = |old: &&InstrumentResult| {
            (&old.instrument, old.date, &old.shown) == (&result.instrument, result.date, &result.shown)
                && (result.replies.is_empty() || old.replies == result.replies)
        };
        if known
            .into_iter()
            .flat_map(|known| &known.results)
            .chain(&plan.results)
            .filter(|old| old.patient == filling.patient)
            .any(|old| same(&old))
        {
            return ScoreLine { action: Action::Unchanged, reason: Some("it is in the record".to_owned()), ..line };
        }
        let other = known
            .into_iter()
            .flat_map(|known| &known.results)
            .find(|old| (&old.instrument, old.date) == (&result.instrument, result.date))
            .map(|old| format!("the record also holds {} of that day", old.shown));
        let not_for = entry.not_for(birth, filling.date).map(str::to_owned);
        let raised = (!result.raised.is_empty()).then(|| result.raised.clone());
        let said: Vec<String> = [other, not_for, raised].into_iter().flatten().collect();
        line.reason = (!said.is_empty()).then(|| said.join("; "));
        plan.results.push(result);
    }
    let waits = waiting.then(|| "waits to be confirmed".to_owned());
    let said: Vec<String> = [line.reason, doubt, filling.note.clone(), waits].into_iter().flatten().collect();
    line.reason = (!said.is_empty()).then(|| said.join("; "));
    line
}

/// That a visit holds another answer than a table: what was recorded stays.
fn holds(old: &Score, value: u8) -> String {
    let held = match old.answer {
        Answer::Given(held) => held.to_string(),
        other => other.show(),
    };
    format!("the visit holds {held}, the table says {value}")
}

/// The items that a scale with a place of its own in the assessment is kept as.
fn score_items(entry: &Entry<'_>) -> Option<Vec<(&'static str, ScoreItem)>> {
    Some(match entry.id() {
        "nrs_current" => vec![("now", ScoreItem::Now)],
        "nrs_average" => vec![("avg", ScoreItem::Average)],
        "nrs_worst" => vec![("worst", ScoreItem::Worst)],
        "nrs_least" => vec![("least", ScoreItem::Least)],
        "peg" => vec![("p", ScoreItem::PegPain), ("e", ScoreItem::PegEnjoyment), ("g", ScoreItem::PegActivity)],
        _ => return None,
    })
}

fn items_of(filling: &Filling<'_>, items: &[(&str, ScoreItem)]) -> Result<Vec<(ScoreItem, u8)>, String> {
    let mut out = Vec::new();
    for row in &filling.rows {
        let item = match (&row.item, items) {
            (None, [(_, only)]) => *only,
            (None, _) => return Err("PEG is kept by its three items: p, e and g".to_owned()),
            (Some(item), _) => {
                let found = items.iter().find(|(id, _)| fold(id) == fold(item)).map(|(_, item)| *item);
                found.ok_or_else(|| format!("\"{item}\" is no item of it"))?
            }
        };
        let value = row.value.trim().parse::<u8>().ok().filter(|value| *value <= 10);
        out.push((item, value.ok_or_else(|| format!("\"{}\" is not within 0 to 10", row.value))?));
    }
    Ok(out)
}

/// The result of rows that answer questions, or of one that gives the total.
fn result_of(
    filling: &Filling<'_>,
    entry: &Entry<'_>,
    sex: Option<Sex>,
    setting: Setting,
    given: Provenance,
    ids: &mut Ids,
) -> Result<InstrumentResult, String> {
    let row = filling.rows[0];
    let id = ids.next(given.at);
    let number = |row: &ScoreRow, decimals: u8| -> Result<i64, String> {
        let exact: Exact =
            row.value.trim().replace(',', ".").parse().map_err(|_| format!("\"{}\" is no number", row.value))?;
        let scaled = exact.times(Exact::whole(10_i64.pow(decimals.into()))).ok().and_then(Exact::as_whole);
        scaled.ok_or_else(|| format!("\"{}\" has more decimals than the instrument", row.value))
    };
    let questions = entry.questions();
    if row.item.is_none() && !questions.iter().any(|question| question.id == "total" || question.id == "value") {
        let total =
            row.value.trim().replace(',', ".").parse().map_err(|_| format!("\"{}\" is no number", row.value))?;
        let outcome = entry.outcome_of_total(total).map_err(|fault| fault.to_string())?;
        return Ok(InstrumentResult::of(id, setting, entry, Replies::new(), &outcome, given));
    }
    let mut replies = Replies::new();
    for row in &filling.rows {
        let item =
            row.item.as_deref().unwrap_or(if questions.iter().any(|q| q.id == "total") { "total" } else { "value" });
        // Tables name a question by its id, or by its number on the form.
        let at = item.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let named = questions.iter().find(|question| fold(&question.id) == fold(item));
        let question = named.or_else(|| at.and_then(|at| questions.get(at)));
        let question = question.ok_or_else(|| format!("\"{item}\" is no item of it"))?;
        replies.insert(question.id.clone(), Reply::Number(number(row, question.decimals())?));
    }
    let outcome = entry.outcome(&replies, sex).map_err(|fault| fault.to_string())?;
    Ok(InstrumentResult::of(id, setting, entry, replies, &outcome, given))
}

#[cfg(test)]
mod tests;
