//! Scores in their plain form: the numeric rating of pain and the PEG scale, each item with its provenance.
//!
//! PEG: Krebs EE et al., "Development and initial validation of the PEG", J Gen Intern Med 2009;24:733-8.
//! Relief of 30 % counts as important and 50 % as substantial: Dworkin RH et al. (IMMPACT), J Pain 2008;9:105-21.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::id::ScoreId;
use super::patient::{Capacity, Patient};
use super::provenance::rates_pain;
pub use super::provenance::{Given, How, Provenance, ReportedBy};
use super::vocab::Vocab;

crate::vocab! {
    /// The items of the two scales that every visit may ask.
    pub enum ScoreItem {
        /// Pain now, 0 to 10.
        Now "nrs_now" "pain now",
        /// Average pain of the past week, 0 to 10.
        Average "nrs_average" "average",
        /// Worst pain of the past week, 0 to 10.
        Worst "nrs_worst" "worst",
        /// Least pain of the past week, 0 to 10.
        Least "nrs_least" "least",
        /// PEG: pain on average, past week.
        PegPain "peg_pain" "PEG pain",
        /// PEG: interference with enjoyment of life.
        PegEnjoyment "peg_enjoyment" "PEG enjoyment",
        /// PEG: interference with general activity.
        PegActivity "peg_activity" "PEG activity",
    }
}

/// One item answered, with when, how, and from whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// Identity.
    pub id: ScoreId,
    /// Which item.
    pub item: ScoreItem,
    /// The answer.
    pub answer: Answer,
    /// When it was given, how, and from whom.
    pub given: Provenance,
    /// Whether it was typed in ahead and waits to be confirmed in the room.
    pub waiting: bool,
}

impl Score {
    /// An answer given now, in the room.
    pub const fn new(id: ScoreId, item: ScoreItem, answer: Answer, given: Provenance) -> Self {
        Self { id, item, answer, given, waiting: false }
    }
}

/// The answers of one visit, item by item; `None` is blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Scores {
    /// Pain now.
    pub now: Option<Answer>,
    /// Average.
    pub average: Option<Answer>,
    /// Worst.
    pub worst: Option<Answer>,
    /// Least.
    pub least: Option<Answer>,
    /// PEG pain.
    pub peg_pain: Option<Answer>,
    /// PEG enjoyment.
    pub peg_enjoyment: Option<Answer>,
    /// PEG activity.
    pub peg_activity: Option<Answer>,
}

impl Scores {
    /// The answers of these scores.
    pub fn of<'a>(scores: impl IntoIterator<Item = &'a Score>) -> Self {
        let mut out = Self::default();
        for score in scores {
            *out.slot(score.item) = Some(score.answer);
        }
        out
    }

    /// Why a patient is watched instead of asked for a number, where that is so: by what was answered, by capacity, or by
    /// age while nothing was answered.
    pub fn not_rated_because(&self, patient: &Patient, on: NaiveDate) -> Option<&'static str> {
        let answers: Vec<Answer> = ScoreItem::ALL.iter().filter_map(|item| self.get(*item)).collect();
        if patient.capacity == Some(Capacity::Lacks) || answers.contains(&Answer::CannotReport) {
            return Some("cannot report");
        }
        (answers.is_empty() && !rates_pain(patient.birth_date, on)).then_some("too young to rate")
    }

    /// The answer to an item.
    pub const fn get(&self, item: ScoreItem) -> Option<Answer> {
        match item {
            ScoreItem::Now => self.now,
            ScoreItem::Average => self.average,
            ScoreItem::Worst => self.worst,
            ScoreItem::Least => self.least,
            ScoreItem::PegPain => self.peg_pain,
            ScoreItem::PegEnjoyment => self.peg_enjoyment,
            ScoreItem::PegActivity => self.peg_activity,
        }
    }

    /// The place of an item, to set it.
    pub const fn slot(&mut self, item: ScoreItem) -> &mut Option<Answer> {
        match item {
            ScoreItem::Now => &mut self.now,
            ScoreItem::Average => &mut self.average,
            ScoreItem::Worst => &mut self.worst,
            ScoreItem::Least => &mut self.least,
            ScoreItem::PegPain => &mut self.peg_pain,
            ScoreItem::PegEnjoyment => &mut self.peg_enjoyment,
            ScoreItem::PegActivity => &mut self.peg_activity,
        }
    }

    fn value(&self, item: ScoreItem) -> Option<u8> {
        self.get(item).and_then(Answer::value)
    }

    /// The figure that stands for the visit on the board: pain now, else the average.
    pub fn headline(&self) -> Option<u8> {
        self.value(ScoreItem::Now).or_else(|| self.value(ScoreItem::Average))
    }

    /// The PEG mean. All three items are needed: a missing item gives `None`, never a guess.
    pub fn peg(&self) -> Option<Peg> {
        let sum = u16::from(self.value(ScoreItem::PegPain)?)
            + u16::from(self.value(ScoreItem::PegEnjoyment)?)
            + u16::from(self.value(ScoreItem::PegActivity)?);
        Some(Peg { sum })
    }

    /// How many of the three PEG items have a number.
    pub fn peg_answered(&self) -> usize {
        [ScoreItem::PegPain, ScoreItem::PegEnjoyment, ScoreItem::PegActivity]
            .into_iter()
            .filter(|&item| self.value(item).is_some())
            .count()
    }

    /// What cannot be true together, by the item at which it shows: least above worst and the like.
    pub fn contradictions(&self) -> Vec<(ScoreItem, String)> {
        let order = [
            (ScoreItem::Least, ScoreItem::Worst),
            (ScoreItem::Least, ScoreItem::Average),
            (ScoreItem::Least, ScoreItem::Now),
            (ScoreItem::Average, ScoreItem::Worst),
            (ScoreItem::Now, ScoreItem::Worst),
        ];
        let mut out: Vec<(ScoreItem, String)> = Vec::new();
        for (low, high) in order {
            let (Some(a), Some(b)) = (self.value(low), self.value(high)) else { continue };
            if a <= b {
                continue;
            }
            // The error stands at the end of the pair that the range of the two extremes is asked for.
            let at = if low == ScoreItem::Least { low } else { high };
            if out.iter().any(|(item, _)| *item == at) {
                continue;
            }
            let (low, high) = (super::vocab::Vocab::label(low), super::vocab::Vocab::label(high));
            out.push((at, format!("{low} {a} is above {high} {b}")));
        }
        out
    }
}

/// A PEG result: the exact sum of the three items, 0 to 30. The mean is a third of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Peg {
    sum: u16,
}

impl Peg {
    /// The mean in tenths, rounded half up: 19 of 30 is 6.3, so 63.
    pub const fn tenths(self) -> u16 {
        (self.sum * 20 + 3) / 6
    }
    /// The mean, exactly: a third of the sum.
    pub fn exact(self) -> super::exact::Exact {
        let sum = super::exact::Exact::whole(i64::from(self.sum));
        sum.over(super::exact::Exact::whole(3)).ok().flatten().unwrap_or(sum)
    }
    /// The mean as shown: `6.3`.
    pub fn show(self) -> String {
        with_tenth(self.tenths())
    }
    /// The change against an earlier result as shown beside the field: `▼1.4 −18 %`, `▲0.7 +12 %` or `=`.
    ///
    /// The percentage is of the earlier result and is left out where that was 0.
    pub fn change_from(self, earlier: Self) -> String {
        let (new, old) = (i32::from(self.sum), i32::from(earlier.sum));
        if new == old {
            return "=".to_owned();
        }
        let (mark, sign) = if new < old { ('▼', '−') } else { ('▲', '+') };
        let tenths = u16::try_from((((new - old).abs() * 20) + 3) / 6).unwrap_or(0);
        let percent = ((new - old).abs() * 200 + old).checked_div(old * 2);
        let percent = percent.map(|p| format!(" {sign}{p} %")).unwrap_or_default();
        format!("{mark}{}{percent}", with_tenth(tenths))
    }
}

/// Tenths with their decimal, also where it is a nought: a mean of three answers is one of tenths.
fn with_tenth(tenths: u16) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Relief in percent of the score before: 100 − after/before, rounded half away from zero; none where before was 0.
pub fn relief_percent(before: u8, after: u8) -> Option<i16> {
    if before == 0 {
        return None;
    }
    let (before, after) = (i32::from(before), i32::from(after));
    let twice = 200 * (before - after);
    let rounded = (twice.abs() + before) / (2 * before);
    i16::try_from(rounded * twice.signum()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Answer::{Declined, Given};

    fn peg(p: u8, e: u8, g: u8) -> Peg {
        let scores = Scores {
            peg_pain: Some(Given(p)),
            peg_enjoyment: Some(Given(e)),
            peg_activity: Some(Given(g)),
            ..Scores::default()
        };
        scores.peg().unwrap()
    }

    #[test]
    fn peg_is_the_mean_of_three_and_unknown_with_two() {
        for (items, shown) in
            [((6, 7, 6), "6.3"), ((10, 10, 10), "10.0"), ((0, 0, 0), "0.0"), ((0, 0, 1), "0.3"), ((6, 7, 7), "6.7")]
        {
            assert_eq!(peg(items.0, items.1, items.2).show(), shown);
        }
        let mut two = Scores { peg_pain: Some(Given(6)), peg_enjoyment: Some(Given(7)), ..Scores::default() };
        assert_eq!(two.peg(), None);
        two.peg_activity = Some(Declined);
        assert_eq!((two.peg(), two.peg_answered()), (None, 2));
    }

    #[test]
    fn who_cannot_be_asked_for_a_number_is_watched() {
        let at = crate::clinical::time::Instant::from_millis(0);
        let on = "2026-11-24".parse().unwrap();
        for (birth, capacity, answer, why) in [
            ("1972-03-02", None, None, None),
            ("1972-03-02", None, Some(Answer::CannotReport), Some("cannot report")),
            ("1972-03-02", Some(Capacity::Lacks), Some(Given(4)), Some("cannot report")),
            ("2024-06-01", None, None, Some("too young to rate")),
            ("2024-06-01", None, Some(Given(4)), None),
            ("2022-11-24", None, None, None),
        ] {
            let mut patient = Patient::named(crate::clinical::id::Ids::seeded(7).next(at), "Okafor", "Adaeze");
            (patient.birth_date, patient.capacity) = (birth.parse().ok(), capacity);
            let scores = Scores { now: answer, ..Scores::default() };
            assert_eq!(scores.not_rated_because(&patient, on), why, "{birth} {capacity:?} {answer:?}");
        }
    }

    #[test]
    fn peg_change_says_points_and_percent_of_the_earlier() {
        for (now, before, shown) in [
            ((6, 7, 6), (8, 7, 8), "▼1.3 −17 %"),
            ((8, 7, 8), (6, 7, 6), "▲1.3 +21 %"),
            ((5, 5, 5), (5, 5, 5), "="),
            ((1, 1, 1), (0, 0, 0), "▲1.0"),
        ] {
            assert_eq!(peg(now.0, now.1, now.2).change_from(peg(before.0, before.1, before.2)), shown);
        }
    }

    #[test]
    fn relief_is_in_percent_of_the_score_before() {
        for (before, after, relief) in
            [(8, 4, Some(50)), (7, 2, Some(71)), (4, 6, Some(-50)), (0, 3, None), (5, 5, Some(0))]
        {
            assert_eq!(relief_percent(before, after), relief, "{before} {after}");
        }
    }

    #[test]
    fn what_cannot_be_true_together_is_said_at_the_field() {
        let scores = |now, average, worst, least| Scores {
            now: Some(Given(now)),
            average: Some(Given(average)),
            worst: Some(Given(worst)),
            least: Some(Given(least)),
            ..Scores::default()
        };
        assert!(scores(6, 5, 8, 2).contradictions().is_empty());
        assert_eq!(scores(6, 5, 8, 9).contradictions(), [(ScoreItem::Least, "least 9 is above worst 8".to_owned())]);
        assert_eq!(scores(6, 9, 8, 2).contradictions(), [(ScoreItem::Worst, "average 9 is above worst 8".to_owned())]);
    }
}
