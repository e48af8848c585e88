//! Clocks: what is due when, from what was done and what is taken. Computed, never kept.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::super::time::show_date;
use super::super::vocab::Vocab;
use super::super::why::{Fact, Why};
use super::CheckKind;
use super::group::Group;
use super::rule::{Rhythm, Rule, Rules, Whom};

/// When something was last done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Last {
    /// The day.
    pub on: NaiveDate,
    /// The next date, where it was set by hand.
    pub next: Option<NaiveDate>,
}

/// What a patient takes that is monitored, and what was last done about it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Course {
    /// The groups of what is taken, each with the first day it is known to have been taken.
    pub groups: BTreeMap<Group, Option<NaiveDate>>,
    /// The risk, and for what opioids are given.
    pub whom: Whom,
    /// What was last done.
    pub last: BTreeMap<CheckKind, Last>,
}

/// One clock that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// Of what.
    pub kind: CheckKind,
    /// When it was last done; none: never.
    pub last: Option<NaiveDate>,
    /// When it is due; none where it was never done and nobody knows since when the medicine is taken: now.
    pub due: Option<NaiveDate>,
    /// Whether the date was set by hand.
    pub by_hand: bool,
    /// What it is reckoned from: when it was last done, since when the medicine is taken, the risk.
    pub inputs: Vec<String>,
    /// Why.
    pub why: Why,
}

/// One clock that does not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Off {
    /// Of what.
    pub kind: CheckKind,
    /// Whether it is over or never was.
    pub cause: Cause,
    /// Why.
    pub fact: Fact,
}

/// How it comes that a clock does not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// No interval: by what opioids are given for, by the region, or by a setting.
    NoInterval,
    /// It is wanted once, and was done.
    DoneOnce,
}

/// The clocks of a patient.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Watch {
    /// Those that run, the soonest first.
    pub running: Vec<Clock>,
    /// Those that do not run, with the reason.
    pub off: Vec<Off>,
    /// Nobody has asked about medicines: which clocks should run is unknown.
    pub list_unknown: bool,
}

/// When a check is due.
enum Due {
    /// It was done, and the rule wants it no more.
    NotAgain,
    /// Nobody knows since when the medicine is taken.
    Now,
    On(NaiveDate),
}

impl Course {
    /// Adds a medicine that is taken.
    pub fn drug(&mut self, groups: BTreeSet<Group>, since: Option<NaiveDate>) {
        for group in groups {
            let first = self.groups.entry(group).or_insert(since);
            *first = [*first, since].into_iter().flatten().min();
        }
    }

    /// Adds something done; the newest counts.
    pub fn done(&mut self, kind: CheckKind, last: Last) {
        let newest = self.last.entry(kind).or_insert(last);
        if last.on > newest.on {
            *newest = last;
        }
    }

    /// The clocks by these rules.
    pub fn watch(&self, rules: &Rules<'_>) -> Watch {
        let groups: Vec<Group> = self.groups.keys().copied().collect();
        let mut watch = Watch::default();
        for &kind in CheckKind::ALL {
            let last = self.last.get(&kind).copied();
            // A date set by hand holds whatever the rules say.
            if let Some(next) = last.and_then(|last| last.next) {
                let fact = Fact { source: "Own decision".to_owned(), ..Fact::own(by_hand(kind, last, next)) };
                let last = last.map(|last| last.on);
                let inputs = vec![done(last)];
                watch.running.push(Clock { kind, last, due: Some(next), by_hand: true, inputs, why: Why::new(fact) });
                continue;
            }
            match rules.of(kind, self.whom, &groups) {
                None => {}
                Some(Rule::Off(fact)) => watch.off.push(Off { kind, cause: Cause::NoInterval, fact }),
                Some(Rule::Runs(rhythm, fact)) => match self.clock(kind, rhythm, &fact) {
                    Some(clock) => watch.running.push(clock),
                    None => watch.off.push(Off { kind, cause: Cause::DoneOnce, fact: done_once(last, fact) }),
                },
            }
        }
        watch.running.sort_by_key(|clock| (clock.due, clock.kind));
        watch
    }

    /// Since when what the check is for is taken.
    fn since(&self, kind: CheckKind) -> Option<NaiveDate> {
        let of_kind = |group: &Group| super::rule::is_for(kind, &[*group]);
        let dated = self.groups.iter().filter(|(group, _)| of_kind(group)).filter_map(|(_, since)| *since);
        dated.min().or_else(|| self.groups.values().flatten().min().copied())
    }

    /// Whether anything is due on a day, by rhythms that [`Rules::rhythms`] gives for these groups: the dates alone, for
    /// whoever looks through thousands of patients for the few of whom [`Course::watch`] then tells everything.
    pub fn is_any_due(&self, rhythms: &[(CheckKind, Rhythm)], day: NaiveDate) -> bool {
        let by_hand = |kind: CheckKind| self.last.get(&kind).and_then(|last| last.next);
        self.last.values().any(|last| last.next.is_some_and(|next| next <= day))
            || rhythms.iter().any(|&(kind, rhythm)| {
                by_hand(kind).is_none()
                    && match self.due(kind, rhythm) {
                        Due::NotAgain => false,
                        Due::Now => true,
                        Due::On(due) => due <= day,
                    }
            })
    }

    fn due(&self, kind: CheckKind, rhythm: Rhythm) -> Due {
        let since = self.since(kind);
        let after = |from: NaiveDate, days: u32| from.checked_add_days(Days::new(days.into())).unwrap_or(from);
        let Some(last) = self.last.get(&kind) else {
            return since.map_or(Due::Now, |since| Due::On(after(since, rhythm.first)));
        };
        let second = since.zip(rhythm.second).map(|(since, days)| after(since, days));
        let again = || rhythm.every.map(|days| after(last.on, days));
        second.filter(|second| last.on < *second).or_else(again).map_or(Due::NotAgain, Due::On)
    }

    fn clock(&self, kind: CheckKind, rhythm: Rhythm, fact: &Fact) -> Option<Clock> {
        let due = match self.due(kind, rhythm) {
            Due::NotAgain => return None,
            Due::Now => None,
            Due::On(due) => Some(due),
        };
        let since = self.since(kind);
        let last = self.last.get(&kind).map(|last| last.on);
        let listed = match since {
            Some(since) => format!("medicine on the list since {}", show_date(since)),
            None => "since when the medicine is taken is not known".to_owned(),
        };
        let risk = self.whom.risk.map(|risk| format!("risk as last found: {}", risk.label()));
        let inputs = [done(last), listed].into_iter().chain(risk).collect();
        Some(Clock { kind, last, due, by_hand: false, inputs, why: Why::new(fact.clone()) })
    }
}

/// A rule that wants something once, and had it: of later ones the tables say no interval.
fn done_once(last: Option<Last>, fact: Fact) -> Fact {
    let done = last.map_or_else(String::new, |last| format!(" Done {}.", show_date(last.on)));
    let rule = fact.rule.trim_end_matches('.');
    let later = "The tables give no interval for later ones: it is due again only on a date set by hand, or by a rhythm of the settings.";
    Fact { rule: format!("{rule}.{done} {later}"), ..fact }
}

fn by_hand(kind: CheckKind, last: Option<Last>, next: NaiveDate) -> String {
    let last = last.map_or_else(String::new, |last| format!(", when it was last done on {}", show_date(last.on)));
    format!("{}: next on {}, a date set by hand{last}", kind.label(), show_date(next))
}

fn done(last: Option<NaiveDate>) -> String {
    last.map_or_else(|| "never done here".to_owned(), |last| format!("last done {}", show_date(last)))
}

impl Clock {
    /// Whether it is due on this day, or was before.
    pub fn is_due_on(&self, day: NaiveDate) -> bool {
        self.due.is_none_or(|due| due <= day)
    }

    /// In a few words: `PDMP · last 3 Aug 2026`, `urine test · never`.
    pub fn line(&self) -> String {
        match self.last {
            Some(last) => format!("{} · last {}", self.kind.label(), show_date(last)),
            None => format!("{} · never", self.kind.label()),
        }
    }
}

impl Watch {
    /// The clocks that are due on this day.
    pub fn due_on(&self, day: NaiveDate) -> impl Iterator<Item = &Clock> {
        self.running.iter().filter(move |clock| clock.is_due_on(day))
    }

    /// The clock of a kind, where it runs.
    pub fn of(&self, kind: CheckKind) -> Option<&Clock> {
        self.running.iter().find(|clock| clock.kind == kind)
    }

    /// Why the clock of a kind does not run, where the rules speak of it.
    pub fn off(&self, kind: CheckKind) -> Option<&Off> {
        self.off.iter().find(|off| off.kind == kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::practice::Region;

    const US: Rules<'static> = Rules { region: Region::Us, own: &[] };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn on(groups: &[Group], since: Option<&str>) -> Course {
        let mut course = Course::default();
        course.drug(groups.iter().copied().collect(), since.map(day));
        course
    }

    /// The day a clock is due, "now" where nobody knows since when, "none" where it does not run.
    fn due(course: &Course, kind: CheckKind) -> String {
        let due = course.watch(&US).of(kind).map(|clock| clock.due);
        due.map_or("none".to_owned(), |due| due.map_or("now".to_owned(), |due| due.to_string()))
    }

    #[test]
    fn what_was_never_done_is_due_from_the_start_of_the_medicine() {
        let course = on(&[Group::Opioid], Some("2026-10-01"));
        assert_eq!(due(&course, CheckKind::Pdmp), "2026-10-01");
        assert_eq!(due(&course, CheckKind::Review), "2026-10-29");
        let unknown = on(&[Group::Opioid], None);
        assert_eq!(due(&unknown, CheckKind::Pdmp), "now", "since when is unknown: now");
        assert!(unknown.watch(&US).of(CheckKind::Pdmp).unwrap().is_due_on(day("2026-01-01")));
        assert_eq!(due(&on(&[Group::Nsaid], None), CheckKind::Pdmp), "none");
        assert!(Course::default().watch(&US).running.is_empty());
    }

    #[test]
    fn what_was_done_is_due_again_by_the_rule_or_by_hand() {
        let mut course = on(&[Group::Opioid], Some("2024-01-01"));
        let at = |on: &str| Last { on: day(on), next: None };
        course.done(CheckKind::Pdmp, at("2026-08-26"));
        course.done(CheckKind::Pdmp, at("2026-05-01"));
        assert_eq!(due(&course, CheckKind::Pdmp), "2026-11-24");
        let clock = course.watch(&US).of(CheckKind::Pdmp).cloned().unwrap();
        assert_eq!((clock.is_due_on(day("2026-11-23")), clock.is_due_on(day("2026-11-24"))), (false, true));
        assert_eq!(clock.line(), "PDMP · last 26 Aug 2026");
        course.done(CheckKind::Review, at("2026-02-01"));
        assert_eq!(
            due(&course, CheckKind::Review),
            "none",
            "the first review is made, and there is no further interval"
        );
        let watch = course.watch(&US);
        let off = watch.off(CheckKind::Review).unwrap();
        assert_eq!(off.cause, Cause::DoneOnce);
        let why = off.fact.show();
        for said in ["Done 1 Feb 2026", "no interval for later ones: it is due again only", "CDC"] {
            assert!(why.contains(said), "{said}: {why}");
        }
        course.done(CheckKind::Pdmp, Last { on: day("2026-11-01"), next: Some(day("2026-12-01")) });
        assert_eq!(due(&course, CheckKind::Pdmp), "2026-12-01");
        let why = course.watch(&US).of(CheckKind::Pdmp).map(|clock| clock.why.facts().next().unwrap().rule.clone());
        let said = "PDMP: next on 1 Dec 2026, a date set by hand, when it was last done on 1 Nov 2026";
        assert_eq!(why.as_deref(), Some(said));
        let watch = course.watch(&Rules { region: Region::De, own: &[] });
        assert!(watch.of(CheckKind::Pdmp).is_some_and(|clock| clock.by_hand), "a date set by hand runs everywhere");
        assert!(watch.off(CheckKind::Urine).is_some_and(|off| off.cause == Cause::NoInterval));
    }

    #[test]
    fn the_dates_alone_say_of_whom_anything_is_due() {
        let courses = [Some("2026-10-01"), Some("2024-01-01"), None].into_iter().flat_map(|since| {
            let lasts = [None, Some(("2026-08-26", None)), Some(("2026-11-01", Some("2026-12-01")))];
            let kinds = CheckKind::ALL.iter().flat_map(move |&kind| lasts.map(|last| (kind, last)));
            kinds.map(move |(kind, last)| {
                let mut course = on(&[Group::Opioid, Group::Methadone], since);
                if let Some((on, next)) = last {
                    course.done(kind, Last { on: day(on), next: next.map(day) });
                }
                course
            })
        });
        let (mut due, mut not) = (0, 0);
        for course in courses {
            for today in ["2023-12-31", "2026-08-27", "2026-10-02", "2026-11-30", "2026-12-01", "2028-01-01"].map(day) {
                for region in [Region::Us, Region::Uk, Region::De] {
                    let rules = Rules { region, own: &[] };
                    let groups: Vec<Group> = course.groups.keys().copied().collect();
                    let told = course.watch(&rules).due_on(today).next().is_some();
                    let found = course.is_any_due(&rules.rhythms(course.whom, &groups), today);
                    assert_eq!(found, told, "{course:?} on {today} in {region:?}");
                    *(if told { &mut due } else { &mut not }) += 1;
                }
            }
        }
        assert!(due > 100 && not > 100, "{due} due, {not} not");
    }

    #[test]
    fn an_ecg_is_due_before_after_a_month_and_yearly() {
        let mut course = on(&[Group::Opioid, Group::Methadone], Some("2026-03-01"));
        assert_eq!(due(&course, CheckKind::Ecg), "2026-03-01");
        for (done, next) in [("2026-02-27", "2026-03-31"), ("2026-03-31", "2027-03-31"), ("2026-04-02", "2027-04-02")] {
            course.done(CheckKind::Ecg, Last { on: day(done), next: None });
            assert_eq!(due(&course, CheckKind::Ecg), next, "{done}");
        }
    }

    #[test]
    fn every_clock_and_every_reason_to_be_off_has_a_source() {
        for region in [Region::Us, Region::Uk, Region::De, Region::Other] {
            let course = on(&[Group::Opioid, Group::Methadone, Group::Nsaid], None);
            let watch = course.watch(&Rules { region, own: &[] });
            let running = watch.running.iter().flat_map(|clock| clock.why.facts());
            for fact in running.chain(watch.off.iter().map(|off| &off.fact)) {
                assert!(!fact.rule.is_empty() && !fact.source.is_empty() && !fact.date.is_empty(), "{fact:?}");
            }
            assert_eq!(watch.running.len() + watch.off.len(), CheckKind::ALL.len(), "{region:?}");
        }
    }
}
