//! Steps that sleep: what they wait for, and whether it is so.
//!
//! A step wakes when what was found since the plan was set is so, or when its date has come, whichever is first.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Modality, PlanItem};
use crate::clinical::text::show_tenths;
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;

crate::vocab! {
    /// What a sleeping step looks at.
    pub enum Gauge {
        /// Relief in percent, at a check-in or a visit after a procedure.
        Relief "relief" "relief",
        /// PEG.
        Peg "peg" "PEG",
        /// Average pain.
        Average "average" "average pain",
        /// Pain now.
        Now "now" "pain",
    }

    /// Which way.
    pub enum Than {
        /// Less.
        Below "below" "<",
        /// More.
        Above "above" ">",
        /// Less, or just so much.
        AtMost "at_most" "at most",
        /// More, or just so much.
        AtLeast "at_least" "at least",
    }
}

/// What a step waits for: relief below 50 %, PEG above 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wakes {
    /// What is looked at.
    pub of: Gauge,
    /// Which way.
    pub than: Than,
    /// The limit in tenths: 500 is 50 %.
    pub tenths: u16,
}

/// Nothing that can be waited for.
const NO_CONDITION: &str = "not a condition: try <50%, relief<50, pain>5 or peg>4";

impl Wakes {
    /// Reads what was typed: `<50%`, `relief < 50`, `pain>5`, `average > 6`, `peg>4.5`. A bare number is relief; `>=80` is
    /// at least so much.
    ///
    /// # Errors
    /// A sentence where it cannot be read or lies outside what the measure can be.
    pub fn read(text: &str) -> Result<Self, String> {
        let text = text.trim().to_lowercase();
        let at = text.find(['<', '>']).ok_or(NO_CONDITION)?;
        let (named, rest) = text.split_at(at);
        let is_below = rest.starts_with('<');
        let rest = rest[1..].trim();
        let (rest, with) = rest.strip_prefix('=').map_or((rest, false), |rest| (rest.trim(), true));
        let than = match (is_below, with) {
            (true, false) => Than::Below,
            (true, true) => Than::AtMost,
            (false, false) => Than::Above,
            (false, true) => Than::AtLeast,
        };
        let (number, is_percent) = match rest.strip_suffix('%') {
            Some(number) => (number.trim(), true),
            None => (rest, false),
        };
        let of = match named.trim().trim_end_matches([':', '=']).trim() {
            "" | "relief" | "rel" | "better" => Gauge::Relief,
            "peg" => Gauge::Peg,
            "avg" | "average" | "average pain" | "pain average" => Gauge::Average,
            "pain" | "now" | "nrs" | "pain now" => Gauge::Now,
            _ => return Err(NO_CONDITION.to_owned()),
        };
        if is_percent && of != Gauge::Relief {
            return Err(format!("{} is not in percent", of.label()));
        }
        let tenths = tenths(number).ok_or(NO_CONDITION)?;
        let most = if of == Gauge::Relief { 1000 } else { 100 };
        if tenths > most {
            return Err(format!("{} lies between 0 and {}", of.label(), most / 10));
        }
        if than == Than::AtLeast && tenths == 0 || than == Than::AtMost && tenths == most {
            return Err("that is always so".to_owned());
        }
        Ok(Self { of, than, tenths })
    }

    /// As it is typed; it reads back to the same.
    pub fn typed(self) -> String {
        let number = show_tenths(self.tenths);
        let than = match self.than {
            Than::Below => "<",
            Than::Above => ">",
            Than::AtMost => "<=",
            Than::AtLeast => ">=",
        };
        match self.of {
            Gauge::Relief => format!("{than}{number}%"),
            Gauge::Peg => format!("peg{than}{number}"),
            Gauge::Average => format!("avg{than}{number}"),
            Gauge::Now => format!("pain{than}{number}"),
        }
    }

    /// As it is shown: `relief < 50 %`.
    pub fn show(self) -> String {
        let unit = if self.of == Gauge::Relief { " %" } else { "" };
        format!("{} {} {}{unit}", self.of.label(), self.than.label(), show_tenths(self.tenths))
    }

    /// Whether a value is so.
    pub const fn is_met(self, tenths: u16) -> bool {
        match self.than {
            Than::Below => tenths < self.tenths,
            Than::Above => tenths > self.tenths,
            Than::AtMost => tenths <= self.tenths,
            Than::AtLeast => tenths >= self.tenths,
        }
    }
}

/// A number with at most one decimal, in tenths.
pub fn tenths(text: &str) -> Option<u16> {
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() != 1 {
        return None;
    }
    whole.parse::<u16>().ok()?.checked_mul(10)?.checked_add(part.parse().ok()?)
}

/// One value found since a plan was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Of what.
    pub of: Gauge,
    /// In tenths.
    pub tenths: u16,
    /// When.
    pub on: NaiveDate,
}

impl Found {
    /// As it is said: `relief 30 % on 20 Nov 2026`.
    pub fn show(&self) -> String {
        let unit = if self.of == Gauge::Relief { " %" } else { "" };
        format!("{} {}{unit} on {}", self.of.label(), show_tenths(self.tenths), show_date(self.on))
    }
}

/// Why a step is awake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wake {
    /// What it waited for is so.
    Met(Found),
    /// Its date has come; what was found so far, where anything was.
    DateCame(Option<Found>),
}

/// Whether a step is awake on a day, and why; `None` while it sleeps, and for what is not waited for: over, booked, or
/// without a date and a condition.
///
/// `evidence` is what was found since the newest version was set, the newest of each measure first.
pub fn wake(item: &PlanItem, evidence: &[Found], today: NaiveDate) -> Option<Wake> {
    if item.state.is_over() || item.booked.is_some() {
        return None;
    }
    // A letter to write stands among the paperwork until it is written.
    if item.modality == Modality::Referral && item.wakes.is_none() {
        return None;
    }
    let found = item.wakes.and_then(|wakes| evidence.iter().find(|found| found.of == wakes.of).cloned());
    if let (Some(wakes), Some(found)) = (item.wakes, &found)
        && wakes.is_met(found.tenths)
    {
        return Some(Wake::Met(found.clone()));
    }
    item.due.is_some_and(|due| due <= today).then_some(Wake::DateCame(found))
}

/// What the board says of a step that is awake: `Spine surgery: relief 30 % on 20 Nov 2026 (if relief < 50 %)`.
pub fn says(item: &PlanItem, wake: &Wake) -> String {
    let step = if item.next_step.is_empty() { item.what.clone() } else { format!("{}, {}", item.what, item.next_step) };
    let condition = item.wakes.map(|wakes| format!("if {}", wakes.show()));
    let due = item.due.map(|due| format!("due {}", show_date(due)));
    match (wake, condition) {
        (Wake::Met(found), Some(condition)) => format!("{step}: {} ({condition})", found.show()),
        (Wake::Met(found), None) => format!("{step}: {}", found.show()),
        (Wake::DateCame(found), Some(condition)) => {
            let found =
                found.as_ref().map_or_else(|| "not known".to_owned(), |found| format!("{}, not met", found.show()));
            format!("{step}: {}, {condition}: {found}", due.unwrap_or_default())
        }
        (Wake::DateCame(_), None) => format!("{step}: {}", due.unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ItemState, Modality};
    use super::*;
    use crate::clinical::id::Ids;
    use crate::clinical::time::Instant;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_condition_is_read_shown_and_reads_back() {
        for (typed, shown) in [
            ("<50%", "relief < 50 %"),
            ("< 50 %", "relief < 50 %"),
            ("<50", "relief < 50 %"),
            ("Relief<30", "relief < 30 %"),
            ("pain>5", "pain > 5"),
            ("avg > 6", "average pain > 6"),
            ("peg>4.5", "PEG > 4.5"),
            (">=80%", "relief at least 80 %"),
            ("pain <= 3", "pain at most 3"),
            ("peg>=4.5", "PEG at least 4.5"),
            (">= 100 %", "relief at least 100 %"),
        ] {
            let wakes = Wakes::read(typed).unwrap_or_else(|why| panic!("{typed}: {why}"));
            assert_eq!(wakes.show(), shown);
            assert_eq!(Wakes::read(&wakes.typed()), Ok(wakes), "{typed}");
        }
        for typed in [
            "", "50%", "<", "<50%%", "<101%", "pain>11", "pain>5%", "luck<5", "<1.25", "<-5", "<5 0", ">=0",
            "pain<=10", "<=", "<==",
        ] {
            assert!(Wakes::read(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_limit_itself_counts_where_it_was_said_to() {
        for (typed, met, not) in
            [("<50%", 499, 500), (">50%", 501, 500), ("relief<=50", 500, 501), (">=80%", 800, 799), ("pain>=5", 50, 49)]
        {
            let wakes = Wakes::read(typed).unwrap();
            assert!(wakes.is_met(met) && !wakes.is_met(not), "{typed}");
        }
    }

    #[test]
    fn a_step_sleeps_until_its_condition_is_met_or_its_date_has_come() {
        let mut ids = Ids::seeded(6);
        let id = ids.next(Instant::from_millis(0));
        let mut step = PlanItem::new(id, Modality::Other, "Spine surgery");
        step.wakes = Wakes::read("<50%").ok();
        step.due = Some(day("2026-12-22"));
        let relief = |percent: u16| vec![Found { of: Gauge::Relief, tenths: percent * 10, on: day("2026-12-01") }];
        let says = |step: &PlanItem, evidence: &[Found], today: &str| {
            wake(step, evidence, day(today)).map(|wake| says(step, &wake))
        };
        let asleep: Option<&str> = None;
        for (evidence, today, expected) in [
            (vec![], "2026-12-21", asleep),
            (relief(50), "2026-12-21", asleep),
            (relief(49), "2026-12-02", Some("Spine surgery: relief 49 % on 1 Dec 2026 (if relief < 50 %)")),
            (
                relief(80),
                "2026-12-22",
                Some("Spine surgery: due 22 Dec 2026, if relief < 50 %: relief 80 % on 1 Dec 2026, not met"),
            ),
            (vec![], "2026-12-22", Some("Spine surgery: due 22 Dec 2026, if relief < 50 %: not known")),
        ] {
            assert_eq!(says(&step, &evidence, today).as_deref(), expected, "{evidence:?} {today}");
        }
        let plain = PlanItem { wakes: None, next_step: "raise".to_owned(), ..step.clone() };
        assert_eq!(says(&plain, &relief(10), "2026-12-21"), None);
        assert_eq!(says(&plain, &[], "2026-12-22").as_deref(), Some("Spine surgery, raise: due 22 Dec 2026"));
        for over in [ItemState::Stopped, ItemState::Completed, ItemState::Declined] {
            assert_eq!(says(&PlanItem { state: over, ..step.clone() }, &relief(10), "2027-01-01"), None);
        }
        let booked = PlanItem { booked: Some(ids.next(Instant::from_millis(0))), ..step };
        assert_eq!(says(&booked, &relief(10), "2027-01-01"), None, "what is booked comes by its visit");
    }
}
