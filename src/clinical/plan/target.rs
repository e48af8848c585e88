//! What a plan aims at: a measure down by so much, or to so much, by a date; and how far off it is.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::wake::tenths;
use crate::clinical::id::PlanTargetId;
use crate::clinical::models::TrendPoint;
use crate::clinical::score::{Peg, Scores};
use crate::clinical::text::show_tenths;
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;

crate::vocab! {
    /// What a target is measured by.
    pub enum Measured {
        /// PEG.
        Peg "peg" "PEG",
        /// Average pain.
        Average "average" "average pain",
        /// Pain now.
        Now "now" "pain now",
    }
}

impl Measured {
    /// Its value in tenths among the scores of a visit.
    pub fn of(self, scores: &Scores) -> Option<u16> {
        let whole = |answer: Option<crate::clinical::answer::Answer>| {
            answer.and_then(crate::clinical::answer::Answer::value).map(|value| u16::from(value) * 10)
        };
        match self {
            Self::Peg => scores.peg().map(Peg::tenths),
            Self::Average => whole(scores.average),
            Self::Now => whole(scores.now),
        }
    }

    /// The newest value of a trend, with its day.
    pub fn newest(self, trend: &[TrendPoint]) -> Option<(u16, NaiveDate)> {
        trend.iter().rev().find_map(|point| Some((self.of(&point.scores)?, point.date)))
    }
}

/// How far a measure shall come down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Aim {
    /// By so many percent of where it began.
    Fall(u8),
    /// To this value, in tenths.
    To(u16),
}

impl Aim {
    /// Reads what was typed: `-30%`, `30%`, `to 4`, `4.5`.
    ///
    /// # Errors
    /// A sentence where it cannot be read or is out of reach.
    pub fn read(text: &str) -> Result<Self, String> {
        let no_aim = || "not an aim: try -30% or 4".to_owned();
        let text = text.trim().to_lowercase();
        if let Some(percent) = text.strip_suffix('%') {
            let percent = percent.trim().trim_start_matches(['-', '\u{2212}']).trim();
            return match percent.parse() {
                Ok(percent @ 1..=100) => Ok(Self::Fall(percent)),
                Ok(_) => Err("a fall lies between 1 and 100 %".to_owned()),
                Err(_) => Err(no_aim()),
            };
        }
        match tenths(text.trim_start_matches("to").trim()) {
            Some(value @ 0..=100) => Ok(Self::To(value)),
            Some(_) => Err("the scale ends at 10".to_owned()),
            None => Err(no_aim()),
        }
    }

    /// As it is typed; it reads back to the same.
    pub fn typed(self) -> String {
        match self {
            Self::Fall(percent) => format!("-{percent}%"),
            Self::To(value) => show_tenths(value),
        }
    }
}

/// What a plan aims at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanTarget {
    /// Identity.
    pub id: PlanTargetId,
    /// What is measured.
    pub of: Measured,
    /// How far.
    pub aim: Aim,
    /// The value it begins from, in tenths, with its day; none where nothing was measured yet.
    pub from: Option<(u16, NaiveDate)>,
    /// By when.
    pub by: NaiveDate,
}

/// How far off a target is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Not known: nothing was measured, or a fall has nothing to begin from.
    Unknown,
    /// Reached.
    Reached,
    /// So many tenths are missing.
    Off(u16),
}

impl PlanTarget {
    /// The value aimed at, in tenths. A fall in percent is of the value it begins from, rounded down to a tenth: the
    /// target is reached only when the whole fall is there.
    pub fn value(&self) -> Option<u16> {
        match self.aim {
            Aim::To(value) => Some(value),
            Aim::Fall(percent) => {
                let (from, _) = self.from?;
                u16::try_from(u32::from(from) * (100 - u32::from(percent.min(100))) / 100).ok()
            }
        }
    }

    /// How far off it is with the newest value.
    pub fn reach(&self, now: Option<(u16, NaiveDate)>) -> Reach {
        match (self.value(), now) {
            (Some(value), Some((now, _))) if now <= value => Reach::Reached,
            (Some(value), Some((now, _))) => Reach::Off(now - value),
            _ => Reach::Unknown,
        }
    }

    /// The target alone: `PEG −30 % (7.7 to 5.3) by 1 Feb 2027`.
    pub fn show(&self) -> String {
        let name = self.of.label();
        let by = show_date(self.by);
        match (self.aim, self.from, self.value()) {
            (Aim::Fall(percent), Some((from, _)), Some(value)) => {
                format!("{name} −{percent} % ({} to {}) by {by}", show_tenths(from), show_tenths(value))
            }
            (Aim::Fall(percent), ..) => format!("{name} −{percent} % by {by}"),
            (Aim::To(value), Some((from, _)), _) => {
                format!("{name} from {} to {} by {by}", show_tenths(from), show_tenths(value))
            }
            (Aim::To(value), None, _) => format!("{name} {} by {by}", show_tenths(value)),
        }
    }

    /// How far off it is, in words: `now 6.3, 1.0 to go, 70 days left`.
    pub fn distance(&self, now: Option<(u16, NaiveDate)>, today: NaiveDate) -> String {
        let days = (self.by - today).num_days();
        let left = match days {
            0 => "due today".to_owned(),
            1 => "1 day left".to_owned(),
            2.. => format!("{days} days left"),
            _ => "its date has passed".to_owned(),
        };
        let value = |(tenths, on): (u16, NaiveDate)| format!("{} on {}", show_tenths(tenths), show_date(on));
        match (self.reach(now), now) {
            (Reach::Reached, Some(now)) => format!("reached: {}", value(now)),
            (Reach::Off(off), Some(now)) => format!("{}, {} to go, {left}", value(now), show_tenths(off)),
            (Reach::Unknown, Some(now)) => format!("{}; where it began is not known, {left}", value(now)),
            (_, None) => format!("not measured yet, {left}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::id::Ids;
    use crate::clinical::time::Instant;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn target(aim: Aim, from: Option<u16>) -> PlanTarget {
        let id = Ids::seeded(8).next(Instant::from_millis(0));
        let from = from.map(|from| (from, day("2026-11-24")));
        PlanTarget { id, of: Measured::Peg, aim, from, by: day("2027-02-01") }
    }

    #[test]
    fn an_aim_is_read_and_reads_back() {
        for (typed, aim) in [
            ("-30%", Aim::Fall(30)),
            ("30 %", Aim::Fall(30)),
            ("−50%", Aim::Fall(50)),
            ("4", Aim::To(40)),
            ("to 4.5", Aim::To(45)),
            ("0", Aim::To(0)),
        ] {
            assert_eq!(Aim::read(typed), Ok(aim), "{typed}");
            assert_eq!(Aim::read(&aim.typed()), Ok(aim), "{typed}");
        }
        for typed in ["", "0%", "101%", "11", "less", "4.55", "%"] {
            assert!(Aim::read(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn the_distance_is_from_the_newest_value_to_the_target() {
        let today = day("2026-12-22");
        let now = |tenths| Some((tenths, day("2026-12-20")));
        for (aim, from, now, shown, distance) in [
            (
                Aim::Fall(30),
                Some(77),
                now(63),
                "PEG −30 % (7.7 to 5.3) by 1 Feb 2027",
                "6.3 on 20 Dec 2026, 1 to go, 41 days left",
            ),
            (
                Aim::Fall(30),
                Some(77),
                now(54),
                "PEG −30 % (7.7 to 5.3) by 1 Feb 2027",
                "5.4 on 20 Dec 2026, 0.1 to go, 41 days left",
            ),
            (Aim::Fall(30), Some(77), now(53), "PEG −30 % (7.7 to 5.3) by 1 Feb 2027", "reached: 5.3 on 20 Dec 2026"),
            (
                Aim::Fall(30),
                None,
                now(53),
                "PEG −30 % by 1 Feb 2027",
                "5.3 on 20 Dec 2026; where it began is not known, 41 days left",
            ),
            (Aim::To(40), Some(77), None, "PEG from 7.7 to 4 by 1 Feb 2027", "not measured yet, 41 days left"),
        ] {
            let target = target(aim, from);
            assert_eq!(target.show(), shown);
            assert_eq!(target.distance(now, today), distance);
        }
        assert_eq!(
            target(Aim::To(40), None).distance(now(50), day("2027-02-02")),
            "5 on 20 Dec 2026, 1 to go, its date has passed"
        );
    }

    #[test]
    fn a_fall_of_nothing_is_reached_at_nothing() {
        let target = target(Aim::Fall(100), Some(50));
        assert_eq!(target.value(), Some(0));
        assert_eq!(target.reach(Some((1, target.by))), Reach::Off(1));
        assert_eq!(target.reach(Some((0, target.by))), Reach::Reached);
    }
}
