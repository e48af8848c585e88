//! What comes of the answers to an instrument: the total where there is one, its band, what it raises, and why.
//!
//! A half-filled instrument has no total, but an item that must not wait is raised all the same.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::question::{Question, of_instrument, of_licensed};
use super::score::{Answers, score, total_typed};
use super::{Condition, Entry};
use crate::clinical::answer::Answer;
use crate::clinical::calc::CalcError;
use crate::clinical::calc::budapest::{BudapestInput, budapest};
use crate::clinical::calc::fm2016::{Fm2016Input, fm2016};
use crate::clinical::exact::Exact;
use crate::clinical::facts::instruments::{Band, Excluded, Instrument, Scoring};
use crate::clinical::patient::Sex;
use crate::clinical::text::capital;
use crate::clinical::why::{Fact, Why};

crate::vocab! {
    /// Why a question has no number.
    pub enum Without {
        /// The patient did not want to answer.
        Declined "declined" "declined",
        /// The patient cannot report.
        CannotReport "cannot_report" "cannot report",
        /// It was not asked, on purpose.
        NotAsked "not_asked" "not asked",
    }

    /// What a result asks of the day.
    pub enum Raises {
        /// Nothing.
        Nothing "nothing" "nothing",
        /// A flag on the row and in the band, until something is written.
        Flag "flag" "a positive screen",
        /// A line first among the paperwork, until something is written.
        Alarm "alarm" "an answer that must not wait",
    }
}

/// The answer to one question: a number in units of its last digit, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Reply {
    /// A number.
    Number(i64),
    /// None.
    Without(Without),
}

impl Reply {
    /// The number.
    pub const fn number(self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(number),
            Self::Without(_) => None,
        }
    }
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Given(value) => Self::Number(value.into()),
            Answer::Declined => Self::Without(Without::Declined),
            Answer::CannotReport => Self::Without(Without::CannotReport),
            Answer::NotAsked => Self::Without(Without::NotAsked),
        }
    }
}

/// Answers by question; one that is not there was left blank.
pub type Replies = BTreeMap<String, Reply>;

/// What came of the answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The total, exact; none where questions are missing or there is no total.
    pub total: Option<Exact>,
    /// The result in short: `16`, `6.3`, `WPI 8, SSS 6`; `–` without one.
    pub shown: String,
    /// What it is called.
    pub band: Option<String>,
    /// How bad that is, 0 the best.
    pub severity: Option<u8>,
    /// The questions that stop a total, by id.
    pub missing: Vec<String>,
    /// How many questions it needs.
    pub needed: usize,
    /// What it asks of the day.
    pub raises: Raises,
    /// What was raised, in sentences, the gravest first.
    pub raised: Vec<String>,
    /// Why.
    pub why: Why,
}

impl Outcome {
    /// As a line: `16 moderately severe`, `– 2 of 9 missing`.
    pub fn line(&self) -> String {
        match (&self.band, self.missing.len()) {
            (_, missing) if missing > 0 => format!("{} {missing} of {} missing", self.shown, self.needed),
            (Some(band), _) => format!("{} {band}", self.shown),
            (None, _) => self.shown.clone(),
        }
    }
}

/// What an instrument raises beside its total.
#[derive(Default)]
struct Raised {
    alarms: Vec<String>,
    flags: Vec<String>,
}

impl Raised {
    fn done(self) -> (Raises, Vec<String>) {
        let raises = match (self.alarms.is_empty(), self.flags.is_empty()) {
            (false, _) => Raises::Alarm,
            (true, false) => Raises::Flag,
            (true, true) => Raises::Nothing,
        };
        (raises, self.alarms.into_iter().chain(self.flags).collect())
    }
}

/// The shown result of an instrument that has none.
const NO_RESULT: &str = "–";

/// What follows from a positive screen whose table says nothing of its own.
pub const USUAL_NEXT: &str = "A screen, no diagnosis: talk it over, then decide";

impl Entry<'_> {
    /// What comes of these answers.
    ///
    /// # Errors
    /// Names an answer that the instrument has not, or a value that it cannot have; a missing one is no error.
    pub fn outcome(&self, replies: &Replies, sex: Option<Sex>) -> Result<Outcome, CalcError> {
        let questions = self.questions();
        for (id, reply) in replies {
            let Some(question) = questions.iter().find(|question| &question.id == id) else {
                let known: Vec<&str> = questions.iter().map(|question| question.id.as_str()).collect();
                return Err(CalcError::unknown(id, "this item", format!("known: {}", known.join(", "))));
            };
            if let Reply::Number(value) = reply
                && !question.takes(*value)
            {
                let shown = Exact::decimal(*value, question.decimals().into()).plain();
                return Err(CalcError::out_of_range(id, shown, format!("it is {}", question.range_in_words())));
            }
        }
        match self {
            Self::Held(instrument) if instrument.scoring == Scoring::Criteria => of_criteria(instrument, replies),
            Self::Held(instrument) => of_held(instrument, replies, sex),
            Self::Licensed(form) => of_form(form, replies),
        }
    }

    /// What comes of a total alone, as another system gives it: no answer is known, only what the total says.
    ///
    /// # Errors
    /// `OutOfRange` where it lies outside of the instrument's range; `WrongKind` where the instrument has no total.
    pub fn outcome_of_total(&self, total: Exact) -> Result<Outcome, CalcError> {
        let Self::Held(instrument) = self else {
            let units = total.times(Exact::whole(10_i64.pow(self.decimals()))).ok().and_then(Exact::as_whole);
            let units =
                units.ok_or_else(|| CalcError::out_of_range("total", total.plain(), "it has fewer decimals"))?;
            return self.outcome(&Replies::from([("total".to_owned(), Reply::Number(units))]), None);
        };
        let Some([low, high]) = instrument.range else {
            return Err(CalcError::wrong_kind(&instrument.id, "given by its answers: it has no total"));
        };
        if total < Exact::from(low) || total > Exact::from(high) {
            let allowed = format!("it lies between {low} and {high}");
            return Err(CalcError::out_of_range("total", total.plain(), allowed));
        }
        // Only a mean may have more decimals than it is shown with.
        let finest = total.times(Exact::whole(10_i64.pow(self.decimals()))).ok().and_then(Exact::as_whole);
        if instrument.scoring != Scoring::Mean && finest.is_none() {
            return Err(CalcError::out_of_range("total", total.plain(), "it has fewer decimals"));
        }
        let mut found = Raised::default();
        for flag in &instrument.flags {
            if let Ok(condition) = flag.when.parse::<Condition>()
                && condition.is_about_score()
                && condition.is_met(total)
            {
                if flag.stays { &mut found.alarms } else { &mut found.flags }.push(flag.label.clone());
            }
        }
        super::behind::behind_total(instrument, total, &mut found.alarms, &mut found.flags);
        let band = super::score::find_band(&instrument.bands, total);
        found.flags.extend(band.filter(|band| band.positive).map(positive));
        let (asks, raised) = found.done();
        let rule = format!("{}: the total as another system gives it", instrument.name);
        Ok(Outcome {
            total: Some(total),
            shown: total.show(self.decimals()),
            band: band.map(|band| band.label.clone()),
            severity: band.and_then(|band| band.severity),
            missing: Vec::new(),
            needed: 0,
            raises: asks,
            raised,
            why: Why::new(Fact::new(rule, &instrument.source, instrument.verified)),
        })
    }

    /// The questions, in the order in which they are asked.
    pub fn questions(&self) -> Vec<Question> {
        match self {
            Self::Held(instrument) => of_instrument(instrument),
            Self::Licensed(form) => of_licensed(form),
        }
    }
}

fn numbers(replies: &Replies) -> Answers {
    replies.iter().filter_map(|(id, reply)| Some((id.clone(), reply.number()?))).collect()
}

fn of_held(instrument: &Instrument, replies: &Replies, sex: Option<Sex>) -> Result<Outcome, CalcError> {
    let answers = numbers(replies);
    let asked = of_instrument(instrument);
    let scored = |id: &str| !instrument.extra_items.iter().any(|extra| extra.id == id);
    let needed = asked.iter().filter(|question| scored(&question.id)).count();
    // What is blank may count as something; what was declined, or cannot be reported, is no answer at all.
    let is_missing = |id: &String| match replies.get(id) {
        Some(Reply::Number(_)) => false,
        Some(Reply::Without(_)) => true,
        None => instrument.missing_counts_as.is_none(),
    };
    let mut missing: Vec<String> =
        asked.iter().map(|question| question.id.clone()).filter(|id| scored(id) && is_missing(id)).collect();
    let needs_sex = instrument.scoring == Scoring::WeightedSum && !matches!(sex, Some(Sex::Female | Sex::Male));
    if needs_sex {
        missing.push("sex".to_owned());
    }
    let mut found = Raised::default();
    let total = if missing.is_empty() { Some(score(instrument, &answers, sex)?) } else { None };
    let sum = total.as_ref().map(|scored| scored.total);
    for flag in &instrument.flags {
        let Ok(condition) = flag.when.parse::<Condition>() else { continue };
        let value = if condition.is_about_score() {
            sum
        } else {
            answers.get(condition.name()).map(|value| Exact::whole(*value))
        };
        if value.is_some_and(|value| condition.is_met(value)) {
            if flag.stays { &mut found.alarms } else { &mut found.flags }.push(flag.label.clone());
        }
    }
    let band = sum.and_then(|sum| super::score::find_band(&instrument.bands, sum));
    found.flags.extend(band.filter(|band| band.positive).map(positive));
    let (asks, raised) = found.done();
    let why = match &total {
        Some(scored) => scored.why.clone(),
        None => Why::new(Fact::new(
            format!("{}: {}", instrument.name, instrument.missing.as_deref().unwrap_or(missing_rule())),
            &instrument.source,
            instrument.verified,
        )),
    };
    Ok(Outcome {
        shown: total.as_ref().map_or_else(|| NO_RESULT.to_owned(), super::Scored::show),
        band: total.as_ref().and_then(|scored| scored.band).map(str::to_owned),
        severity: total.as_ref().and_then(|scored| scored.severity),
        total: sum,
        missing,
        needed,
        raises: asks,
        raised,
        why,
    })
}

/// What a positive band says; a label that names its next step says all there is to say.
fn positive(band: &Band) -> String {
    match &band.next {
        Some(next) => format!("{}: {next}", capital(&band.label)),
        None if band.label.contains(": ") => capital(&band.label),
        None => format!("{}: {USUAL_NEXT}", capital(&band.label)),
    }
}

fn missing_rule() -> &'static str {
    &crate::clinical::facts::instruments::instruments().conventions.missing_default
}

/// Criteria: what is blank among the sites counts as not painful, what was declined there does not; every other question is
/// needed.
fn of_criteria(instrument: &Instrument, replies: &Replies) -> Result<Outcome, CalcError> {
    let answers = numbers(replies);
    let asked: Vec<String> = of_instrument(instrument).into_iter().map(|question| question.id).collect();
    let is_site = |id: &str| id.starts_with("site.");
    let needed = asked.iter().filter(|id| !is_site(id)).count();
    let is_missing = |id: &String| !answers.contains_key(id) && (!is_site(id) || replies.contains_key(id));
    let missing: Vec<String> = asked.into_iter().filter(is_missing).collect();
    let marked = |prefix: &str| -> BTreeSet<String> {
        let marked = answers.iter().filter(|(_, value)| **value > 0);
        marked.filter_map(|(id, _)| id.strip_prefix(prefix).map(str::to_owned)).collect()
    };
    if !missing.is_empty() {
        return Ok(Outcome {
            total: None,
            shown: NO_RESULT.to_owned(),
            band: None,
            severity: None,
            missing,
            needed,
            raises: Raises::Nothing,
            raised: Vec::new(),
            why: Why::new(Fact::new(
                format!("{}: {}", instrument.name, missing_rule()),
                &instrument.source,
                instrument.verified,
            )),
        });
    }
    let of = |prefix: &str| -> Answers {
        answers.iter().filter_map(|(id, value)| Some((id.strip_prefix(prefix)?.to_owned(), *value))).collect()
    };
    let met = |met: bool| if met { "criteria met" } else { "criteria not met" }.to_owned();
    let (total, shown, band, why) = if instrument.regions.is_empty() {
        let is = |id: &str| answers.get(id).is_some_and(|value| *value > 0);
        let found = budapest(&BudapestInput {
            disproportionate: is("disproportionate"),
            no_better_dx: is("no_better_dx"),
            symptoms: marked("symptom."),
            signs: marked("sign."),
        })?;
        let research = if found.research_met { ", research criteria too" } else { "" };
        let shown = format!("symptoms {} of 4, signs {} of 4", found.symptom_categories, found.sign_categories);
        (None, shown, format!("{}{research}", met(found.clinical_met)), found.why)
    } else {
        let found = fm2016(&Fm2016Input {
            sites: marked("site."),
            severity: of("severity."),
            presence: of("presence."),
            months_present: Exact::whole(answers.get("months_present").copied().unwrap_or_default()),
        })?;
        let shown = format!("WPI {}, SSS {}", found.wpi, found.sss);
        (Some(Exact::whole(found.fs)), shown, met(found.met), found.why)
    };
    Ok(Outcome {
        total,
        shown,
        band: Some(band),
        severity: None,
        missing,
        needed,
        raises: Raises::Nothing,
        raised: Vec::new(),
        why,
    })
}

/// A total or code typed from a licensed form.
fn of_form(form: &Excluded, replies: &Replies) -> Result<Outcome, CalcError> {
    let answers = numbers(replies);
    let questions = of_licensed(form);
    let missing: Vec<String> =
        questions.iter().map(|question| question.id.clone()).filter(|id| !answers.contains_key(id)).collect();
    let why = Why::new(Fact::new(format!("{}: {}", form.name, form.reason), &form.source, form.verified));
    let needed = questions.len();
    let mut out = Outcome {
        total: None,
        shown: NO_RESULT.to_owned(),
        band: None,
        severity: None,
        missing,
        needed,
        raises: Raises::Nothing,
        raised: Vec::new(),
        why,
    };
    if let Some(code) = answers.get("code") {
        let code = usize::try_from(*code).ok().and_then(|at| form.levels_as_codes.get(at));
        out.shown = code.cloned().unwrap_or_default();
        if code.is_some_and(|code| form.action_codes.contains(code)) {
            let note = form.note.as_deref().unwrap_or(USUAL_NEXT);
            (out.raises, out.raised) = (Raises::Flag, vec![format!("Level {}: {note}", out.shown)]);
        }
        return Ok(out);
    }
    let Some(total) = answers.get("total") else { return Ok(out) };
    let decimals = u32::from(form.decimals.unwrap_or(0));
    let total = Exact::decimal(*total, decimals);
    let (band, why) = total_typed(form, total)?;
    (out.total, out.shown, out.why) = (Some(total), total.show(decimals), why);
    out.band = match answers.get("subscale") {
        Some(subscale) => Some(start_back(total, *subscale).to_owned()),
        None => band.map(str::to_owned),
    };
    if let Some(cut) = form.cutoff.as_ref().filter(|cut| total >= Exact::from(cut.at_or_above)) {
        (out.raises, out.raised) = (Raises::Flag, vec![format!("{}: {USUAL_NEXT}", capital(&cut.label))]);
    }
    Ok(out)
}

/// The risk group of the `STarT` Back tool, by its total and its distress subscale.
///
/// Source: the tool's rule as its table gives it (`rule` of `start_back`); Hill JC et al, Arthritis Rheum, 2008.
fn start_back(total: Exact, distress: i64) -> &'static str {
    match (distress, total >= Exact::whole(4)) {
        (4.., _) => "high",
        (_, true) => "medium",
        (_, false) => "low",
    }
}

#[cfg(test)]
mod tests;
