//! How the values of one patient, day and instrument go into the record: as scores of a visit, or as an instrument that was
//! filled in.

use chrono::NaiveDate;

use super::{Filling, KnownPatient, ScorePlan, ScoreRow};
use crate::clinical::answer::Answer;
use crate::clinical::exact::Exact;
use crate::clinical::id::{Ids, VisitId};
use crate::clinical::import::outcome::Action;
use crate::clinical::instrument::{Entry, InstrumentResult, Replies, Reply, Setting};
use crate::clinical::patient::Sex;
use crate::clinical::provenance::Provenance;
use crate::clinical::score::{Score, ScoreItem};
use crate::clinical::text::fold;

/// What becomes of values that do not go in, and why.
pub(super) type NotPut = (Action, String);

pub(super) fn refuse(why: impl Into<String>) -> NotPut {
    (Action::Refuse, why.into())
}

/// What is said, in one; none where nothing is.
pub(super) fn joined<const N: usize>(said: [Option<String>; N]) -> Option<String> {
    let said: Vec<String> = said.into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// The values of one patient, day and instrument, with what they are put in beside.
pub(super) struct Put<'a> {
    pub filling: &'a Filling<'a>,
    pub known: Option<&'a KnownPatient>,
    pub visit: Option<&'a (VisitId, Vec<Score>)>,
    pub given: Provenance,
    pub waiting: bool,
}

impl Put<'_> {
    /// As scores of the visit of that day. Gives what is to be said of it.
    pub fn scores(
        self,
        items: &[(&'static str, ScoreItem)],
        ids: &mut Ids,
        plan: &mut ScorePlan,
        shown: &mut String,
    ) -> Result<Option<String>, NotPut> {
        let Some((visit, stored)) = self.visit else {
            return Err(refuse("there is no visit on that day, and these scores belong to one"));
        };
        let answers = items_of(self.filling, items).map_err(refuse)?;
        *shown = answers.iter().map(|(_, value)| value.to_string()).collect::<Vec<_>>().join(", ");
        let planned = |item: ScoreItem| {
            plan.scores
                .iter()
                .find(|(of, _, _, score)| of == visit && score.item == item)
                .map(|(.., score)| score.answer)
        };
        let said_above: Vec<(Answer, u8)> =
            answers.iter().filter_map(|(item, value)| Some((planned(*item)?, *value))).collect();
        if said_above.iter().any(|(above, value)| *above != Answer::Given(*value)) {
            return Err(refuse("another row gives this patient another value for this day"));
        }
        let otherwise = stored.iter().find_map(|old| {
            let (_, value) = answers.iter().find(|(item, _)| *item == old.item)?;
            (old.answer != Answer::Given(*value)).then(|| holds(old, *value))
        });
        let fresh: Vec<(ScoreItem, u8)> = answers
            .into_iter()
            .filter(|(item, _)| !stored.iter().any(|old| old.item == *item) && planned(*item).is_none())
            .collect();
        if fresh.is_empty() {
            return Err(match otherwise {
                Some(otherwise) => (Action::Skip, otherwise),
                None if said_above.is_empty() => (Action::Unchanged, "the visit holds this score".to_owned()),
                None => (Action::Unchanged, "another row says the same".to_owned()),
            });
        }
        for (item, value) in fresh {
            let score = Score::new(ids.next(self.given.at), item, Answer::Given(value), self.given.clone());
            let score = Score { waiting: self.waiting, ..score };
            plan.scores.push((*visit, self.filling.patient, self.filling.date, score));
        }
        Ok(otherwise)
    }

    /// As an instrument that was filled in. Gives what is to be said of it.
    pub fn result(
        self,
        entry: &Entry<'_>,
        birth: Option<NaiveDate>,
        ids: &mut Ids,
        plan: &mut ScorePlan,
        shown: &mut String,
    ) -> Result<Option<String>, NotPut> {
        let Self { filling, known, visit, given, waiting } = self;
        let setting = Setting { patient: filling.patient, visit: visit.map(|(visit, _)| *visit), date: filling.date };
        let sex = known.and_then(|known| known.sex);
        let result = result_of(filling, entry, sex, setting, given, ids).map_err(refuse)?;
        let result = InstrumentResult { waiting, ..result };
        format!("{} {}", result.shown, result.band).trim().clone_into(shown);
        let held = || known.into_iter().flat_map(|known| &known.results);
        let same = |old: &InstrumentResult| {
            (&old.instrument, old.date, &old.shown) == (&result.instrument, result.date, &result.shown)
                && (result.replies.is_empty() || old.replies == result.replies)
        };
        if held().chain(&plan.results).filter(|old| old.patient == filling.patient).any(same) {
            return Err((Action::Unchanged, "it is in the record".to_owned()));
        }
        let other = held()
            .find(|old| (&old.instrument, old.date) == (&result.instrument, result.date))
            .map(|old| format!("the record also holds {} of that day", old.shown));
        let not_for = entry.not_for(birth, filling.date).map(str::to_owned);
        let raised = (!result.raised.is_empty()).then(|| result.raised.clone());
        plan.results.push(result);
        Ok(joined([other, not_for, raised]))
    }
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
pub(super) fn score_items(entry: &Entry<'_>) -> Option<Vec<(&'static str, ScoreItem)>> {
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
