//! Response to treatment: the change of a score against the baseline and the last visit, and what the patient says of a
//! procedure. The two stand beside each other and are never merged.
//!
//! The thresholds (30 and 50 percent) and the smallest change that matters come with [`crate::clinical::instrument::change()`].

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::calc::CalcError;
use super::exact::Exact;
use super::facts::instruments::instruments;
use super::id::{ProblemId, SessionId};
use super::instrument::{Figures, change, figures};
use super::score::{Peg, ScoreItem, Scores};
use super::since::Lasted;
use super::time::show_date;
use super::vocab::Vocab;
use super::why::{Fact, Why};

crate::vocab! {
    /// What a procedure gave back in daily life, as the patient says.
    pub enum FunctionGain {
        /// Nothing.
        Nothing "nothing" "none",
        /// Something.
        Some "some" "some",
        /// A lot.
        Much "much" "much",
    }

    /// What it saved in medicine.
    pub enum MedicineSaved {
        /// Nothing.
        Nothing "nothing" "none",
        /// Less of it.
        Less "less" "less of it",
        /// Stopped one.
        Stopped "stopped" "stopped one",
    }
}

/// What the patient says of a procedure that lies since the last visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcedureResponse {
    /// Which session.
    pub session: SessionId,
    /// The best relief it gave, 0 to 100 percent.
    pub best_relief: Option<u8>,
    /// How long it held.
    pub lasted: Option<Lasted>,
    /// Whether it still holds.
    pub holding: Option<bool>,
    /// What it gave back.
    pub function: Option<FunctionGain>,
    /// What it saved.
    pub medicine: Option<MedicineSaved>,
    /// What the patient can do again, in words.
    pub words: String,
}

impl ProcedureResponse {
    /// In one sentence, as the patient says it.
    pub fn sentence(&self) -> String {
        let mut out = Vec::new();
        out.extend(self.best_relief.map(|percent| format!("best relief {percent} % as the patient says")));
        out.extend(self.lasted.map(|lasted| format!("for {}", lasted.show())));
        out.extend(self.holding.map(|holding| if holding { "still holding" } else { "no longer holding" }.to_owned()));
        out.extend(self.function.map(|gain| format!("function gained: {}", gain.label())));
        out.extend(self.medicine.map(|saved| format!("medicine saved: {}", saved.label())));
        if !self.words.trim().is_empty() {
            out.push(self.words.trim().to_owned());
        }
        out.join(", ")
    }
}

/// The same as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ResponseDraft {
    /// The best relief.
    pub best_relief: Option<u8>,
    /// How long, as typed.
    pub lasted: String,
    /// Whether it still holds.
    pub holding: Option<bool>,
    /// What it gave back.
    pub function: Option<FunctionGain>,
    /// What it saved.
    pub medicine: Option<MedicineSaved>,
    /// In words.
    pub words: String,
}

impl ResponseDraft {
    /// The draft of one in the record.
    pub fn of(response: &ProcedureResponse) -> Self {
        Self {
            best_relief: response.best_relief,
            lasted: response.lasted.map(Lasted::show).unwrap_or_default(),
            holding: response.holding,
            function: response.function,
            medicine: response.medicine,
            words: response.words.clone(),
        }
    }

    /// What the record keeps of it; none where nothing was said.
    pub fn kept(&self, session: SessionId) -> Option<ProcedureResponse> {
        (*self != Self::default()).then(|| ProcedureResponse {
            session,
            best_relief: self.best_relief,
            lasted: Lasted::read(&self.lasted).ok(),
            holding: self.holding,
            function: self.function,
            medicine: self.medicine,
            words: self.words.trim().to_owned(),
        })
    }
}

/// What is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Average pain of the past week.
    Average,
    /// Pain now.
    Now,
    /// PEG.
    Peg,
    /// The pain of one problem.
    Problem(ProblemId),
}

impl Measure {
    /// The instrument whose direction and thresholds hold for it.
    const fn instrument(&self) -> &'static str {
        match self {
            Self::Average => "nrs_average",
            Self::Now | Self::Problem(_) => "nrs_current",
            Self::Peg => "peg",
        }
    }

    /// Its value among the answers of a visit.
    fn of(&self, scores: &Scores) -> Option<Exact> {
        let item =
            |item| scores.get(item).and_then(super::answer::Answer::value).map(|value| Exact::whole(value.into()));
        match self {
            Self::Average => item(ScoreItem::Average),
            Self::Now => item(ScoreItem::Now),
            Self::Peg => scores.peg().map(Peg::exact),
            Self::Problem(_) => None,
        }
    }
}

/// With what a score is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Against {
    /// The last visit at which it was given.
    LastVisit,
    /// The first visit at which it was given.
    FirstVisit,
    /// The score of the same problem before a procedure, by the procedure's name.
    BeforeProcedure(String),
    /// Pain before a procedure as it was asked on its day, not of one problem.
    PainBeforeProcedure(String),
}

/// An earlier score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// When.
    pub date: NaiveDate,
    /// How much.
    pub value: Exact,
}

/// The procedure since the last visit, and the pain before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Treated {
    /// Which session.
    pub session: SessionId,
    /// On which day.
    pub date: NaiveDate,
    /// What was done.
    pub what: String,
    /// The problem it treated, where it names one.
    pub problem: Option<ProblemId>,
    /// The last score of that problem up to that day.
    pub problem_before: Option<Earlier>,
    /// Pain before, as it was asked with the procedure.
    pub pain_before: Option<Earlier>,
}

/// What the record holds to compare with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ResponseFacts {
    /// The first score of each measure, and the last before this visit; the same where there was only one.
    pub earlier: Vec<(Measure, Earlier, Earlier)>,
    /// The procedure since the last visit.
    pub treated: Option<Treated>,
}

/// One score compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// What.
    pub measure: Measure,
    /// How it is named: `average`, `Sciatica LEFT`.
    pub name: String,
    /// How much now.
    pub now: Exact,
    /// The changes, each with what it is against.
    pub changes: Vec<(Against, Earlier, Figures)>,
}

/// Compares the scores of a visit with what the record holds: PEG and pain as a whole, then each problem's own pain. Pain of
/// the past week is compared with pain of the past week, pain now with pain now, never one with the other.
///
/// The problem a procedure treated is compared with its pain before that procedure; where that was not asked of the problem,
/// with pain before as it was asked on the day, and says so. A procedure that names no problem is compared by pain now.
///
/// # Errors
/// Scores that cannot be reckoned with.
pub fn responses(
    facts: &ResponseFacts,
    scores: &Scores,
    problems: &[(ProblemId, String, u8)],
) -> Result<Vec<Response>, CalcError> {
    let mut out = Vec::new();
    let whole = [(Measure::Average, "average"), (Measure::Now, "pain now"), (Measure::Peg, "PEG")];
    for (measure, name) in whole {
        if let Some(now) = measure.of(scores) {
            out.push(compared(facts, measure, name.to_owned(), now)?);
        }
    }
    for (id, name, now) in problems {
        out.push(compared(facts, Measure::Problem(*id), name.clone(), Exact::whole((*now).into()))?);
    }
    out.retain(|response| !response.changes.is_empty());
    Ok(out)
}

fn compared(facts: &ResponseFacts, measure: Measure, name: String, now: Exact) -> Result<Response, CalcError> {
    let mut changes = Vec::new();
    if let Some((against, earlier)) = before_procedure(facts, &measure) {
        changes.push((against, earlier));
    }
    if let Some((_, first, last)) = facts.earlier.iter().find(|(of, ..)| *of == measure) {
        changes.push((Against::LastVisit, last.clone()));
        if first.date != last.date {
            changes.push((Against::FirstVisit, first.clone()));
        }
    }
    let Some(instrument) = instruments().get(measure.instrument()) else {
        return Ok(Response { measure, name, now, changes: Vec::new() });
    };
    let mut found = Vec::new();
    for (against, earlier) in changes {
        if let Some(change) = figures(instrument, earlier.value, now)? {
            found.push((against, earlier, change));
        }
    }
    Ok(Response { measure, name, now, changes: found })
}

fn before_procedure(facts: &ResponseFacts, measure: &Measure) -> Option<(Against, Earlier)> {
    let treated = facts.treated.as_ref()?;
    let asked = || Some((Against::PainBeforeProcedure(treated.what.clone()), treated.pain_before.clone()?));
    match (measure, treated.problem) {
        (Measure::Problem(id), Some(of)) if *id == of => match &treated.problem_before {
            Some(before) => Some((Against::BeforeProcedure(treated.what.clone()), before.clone())),
            None => asked(),
        },
        (Measure::Now, None) => asked(),
        _ => None,
    }
}

/// Which baseline a change uses, in words.
fn about(against: &Against, earlier: &Earlier) -> String {
    let on = show_date(earlier.date);
    match against {
        Against::LastVisit => format!("Compared with the last visit at which it was given, {on}"),
        Against::FirstVisit => format!("Compared with the first visit at which it was given, {on}"),
        Against::BeforeProcedure(what) => {
            format!("Compared with the last score of the treated problem before {what}, given on {on}")
        }
        Against::PainBeforeProcedure(what) => format!(
            "Compared with pain as it was asked before {what} on {on}; the treated problem had no score of its own before"
        ),
    }
}

impl Response {
    /// One sentence a comparison: `average 7 -> 4, -43 % since 3 Nov 2026 (30 % reached)`.
    pub fn sentences(&self, arrow: &str, minus: &str) -> Vec<String> {
        self.changes.iter().map(|change| self.sentence(change, arrow, minus)).collect()
    }

    /// What changed in one line, what else it is compared with behind: `average 7 -> 4, -43 % since 3 Nov 2026 (30 % reached) ·
    /// first 8, -50 % (50 % reached)`. What a change reaches is said once. None where nothing changed.
    pub fn line(&self, arrow: &str, minus: &str) -> Option<String> {
        let mut changed = self.changes.iter().filter(|(_, earlier, _)| !self.is_as(earlier));
        let first = changed.next()?;
        let mut line = self.sentence(first, arrow, minus);
        let (mut said, mut reaches) = (vec![&first.1], vec![reached(&first.2)]);
        for (against, earlier, figures) in changed {
            if said.contains(&earlier) {
                continue;
            }
            said.push(earlier);
            let since = match against {
                Against::LastVisit => show_date(earlier.date),
                Against::FirstVisit => "first".to_owned(),
                Against::BeforeProcedure(what) | Against::PainBeforeProcedure(what) => format!("before {what}"),
            };
            let percent = figures.percent.map(|percent| format!(", {}", show_percent(percent, minus)));
            let reach = Some(reached(figures)).filter(|words| !reaches.contains(words)).unwrap_or_default();
            reaches.push(reach);
            line.push_str(" · ");
            line.push_str(&format!("{since} {}{}{reach}", self.show(earlier.value), percent.unwrap_or_default()));
        }
        Some(line)
    }

    fn show(&self, value: Exact) -> String {
        show_value(value, &self.measure)
    }

    /// Whether it is shown as the earlier value was.
    fn is_as(&self, earlier: &Earlier) -> bool {
        self.show(earlier.value) == self.show(self.now)
    }

    fn sentence(&self, (against, earlier, change): &(Against, Earlier, Figures), arrow: &str, minus: &str) -> String {
        let percent = change.percent.map(|percent| format!(", {}", show_percent(percent, minus))).unwrap_or_default();
        let on = show_date(earlier.date);
        let since = match against {
            Against::LastVisit => format!("since {on}"),
            Against::FirstVisit => format!("since it was first asked on {on}"),
            Against::BeforeProcedure(what) => format!("since before {what} ({on})"),
            Against::PainBeforeProcedure(what) => format!("since pain before {what} as asked on {on}"),
        };
        let reached = reached(change);
        let (before, now) = (self.show(earlier.value), self.show(self.now));
        if self.is_as(earlier) {
            return format!("{} {now}, unchanged {since}", self.name);
        }
        format!("{} {before} {arrow} {now}{percent} {since}{reached}", self.name)
    }

    /// Why, over all its changes.
    pub fn why(&self) -> Option<Why> {
        let instrument = instruments().get(self.measure.instrument())?;
        let of = |(against, earlier, _): &(Against, Earlier, Figures)| {
            let mut why = change(instrument, earlier.value, self.now).ok()??.why;
            why.add(Fact::own(about(against, earlier)));
            Some(why)
        };
        let reasons: Vec<Why> = self.changes.iter().filter_map(of).collect();
        Why::of_all(&reasons)
    }
}

/// What a change reaches, in brackets; nothing where it reaches nothing.
const fn reached(change: &Figures) -> &'static str {
    if change.substantial_50 {
        " (50 % reached)"
    } else if change.responder_30 {
        " (30 % reached)"
    } else if change.worse_30 {
        " (worse by 30 % or more)"
    } else {
        ""
    }
}

/// A mean with its decimal, anything else whole.
fn show_value(value: Exact, measure: &Measure) -> String {
    match measure {
        Measure::Peg => value.show(1),
        Measure::Average | Measure::Now | Measure::Problem(_) => value.show(0),
    }
}

/// Relief in percent, a fall as a minus: whole, but with a decimal where a whole number would seem to reach a threshold.
fn show_percent(improvement: Exact, minus: &str) -> String {
    let whole = improvement.show(0);
    let seems = [30, 50].into_iter().any(|edge| whole == edge.to_string() && improvement < Exact::whole(edge));
    let shown = if seems { improvement.show(1) } else { whole };
    match shown.strip_prefix('-') {
        Some(worse) => format!("+{worse} %"),
        None if shown.chars().all(|c| matches!(c, '0' | '.')) => "0 %".to_owned(),
        None => format!("{minus}{shown} %"),
    }
}

#[cfg(test)]
mod tests;
