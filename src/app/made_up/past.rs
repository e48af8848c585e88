//! The days gone by: each with its visits, what was written of them, and its close.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;

use super::diagnostics;
use super::dice::{Dice, Of};
use super::people::{Person, cast, is_clinic_day, person};
use super::record::{self, PlanFor};
use super::{Size, days_ago, today, words};
use crate::action::Write;
use crate::action::write::VisitChange;
use crate::clinical::asked::PatientLists;
use crate::clinical::close::DayRecord;
use crate::clinical::id::SessionId;
use crate::clinical::reflection::{Reflection, ReflectionText};
use crate::clinical::time::{Instant, Now, instant};
use crate::clinical::visit::{Aftermath, Visit, VisitKind, VisitState, Way};

const MINUTE: i64 = 60_000;
/// Days of the recent past that are as full as a day one would look at.
const RECENT: u32 = 10;
const FULL: u32 = 8;

/// The moment at which a day is closed.
pub fn evening(date: NaiveDate, zone: Tz) -> Instant {
    at(date, (18, 30), zone)
}

/// The moment at which days are written down whole: before anything of the first of them, so that none of it is news to
/// a summary copied out or a day closed later on.
pub fn morning(date: NaiveDate, zone: Tz) -> Instant {
    at(date, (6, 0), zone)
}

/// A time on a day's wall.
pub fn at(date: NaiveDate, (hour, minute): (u32, u32), zone: Tz) -> Instant {
    instant(date.and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()), zone)
}

/// What is remembered of each patient from day to day.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    visits: u32,
    version: u32,
    /// The procedure since the last assessment.
    treated: Option<SessionId>,
}

/// The past, worked through from its first day.
#[derive(Debug)]
pub struct Past {
    seed: u64,
    size: Size,
    now: Now,
    known: Vec<Known>,
    /// Those who came, as they are invented: each is asked for at every visit.
    persons: BTreeMap<u32, Arc<Person>>,
}

impl Past {
    /// Before its first day.
    pub fn new(seed: u64, size: Size, now: Now) -> Self {
        let count = usize::try_from(size.patients).unwrap_or(0);
        Self { seed, size, now, known: vec![Known::default(); count], persons: BTreeMap::new() }
    }

    /// How many patients there are.
    pub const fn patients(&self) -> u32 {
        self.size.patients
    }

    /// The next version of a patient's plan.
    pub fn next_version(&mut self, n: u32) -> u32 {
        let Some(known) = self.known.get_mut(usize::try_from(n).unwrap_or(usize::MAX)) else { return 1 };
        known.version += 1;
        known.version
    }

    /// Notes the procedure since a patient's last assessment, and gives the one noted before.
    pub fn treat(&mut self, n: u32, session: Option<SessionId>) -> Option<SessionId> {
        let known = self.known.get_mut(usize::try_from(n).unwrap_or(usize::MAX))?;
        std::mem::replace(&mut known.treated, session)
    }

    /// Everything of the day so many days ago, with what it leaves open; nothing if it was no clinic day.
    pub fn day(&mut self, ago: u32, left_open: Vec<Write>) -> Vec<Write> {
        let date = days_ago(self.now.today(), ago);
        if !is_clinic_day(date) {
            return Vec::new();
        }
        let mut dice = Dice::of(self.seed, Of::Past(ago));
        let usual = self.size.visits_a_day;
        let spread = usual / 2 + 1;
        let drawn = u32::try_from(dice.below(usize::try_from(spread).unwrap_or(1))).unwrap_or(0);
        let mut count = usual - usual / 4 + drawn;
        if ago <= RECENT {
            count = count.max(FULL);
        }
        let mut writes = Vec::new();
        let mut done = 0;
        // Who is among what is left open has a visit on this day already.
        let mut seen: Vec<u32> = if left_open.is_empty() { Vec::new() } else { today::LEFT_OPEN.to_vec() };
        let procedures_from = count * 4 / 5;
        for slot in 0..count {
            let Some(n) = self.draw(&mut dice, &seen) else { break };
            seen.push(n);
            let kind = if slot >= procedures_from { VisitKind::Procedure } else { VisitKind::FollowUp };
            let minute = slot * 20 + if kind == VisitKind::Procedure { 60 } else { 0 };
            let start = NaiveTime::from_hms_opt((8 + minute / 60).min(23), minute % 60, 0).unwrap_or_default();
            done += self.visit(&mut dice.apart(), n, (date, start), kind, &mut writes);
        }
        writes.extend(left_open);
        self.close(&mut dice, date, ago, done, &mut writes);
        writes
    }

    /// A patient for the next slot who was not here on this day and does not come for the first time today or on the next
    /// clinic day. Those who come today came often: so their day looks the same whether one year lies behind it or twenty.
    fn draw(&self, dice: &mut Dice, seen: &[u32]) -> Option<u32> {
        let mut dice = dice.apart();
        let of_today = usize::try_from(cast::END).unwrap_or(0);
        (0..100).find_map(|_| {
            let among = if dice.percent(10) { of_today } else { self.known.len() };
            let n = u32::try_from(dice.below(among)).ok()?;
            let is_new = cast::NEWCOMERS.contains(&n) || n == cast::WITHOUT_BIRTH_DATE;
            (!seen.contains(&n) && !is_new && n < self.size.patients).then_some(n)
        })
    }

    /// One visit with all that was written of it; gives how many items of the day it was.
    fn visit(
        &mut self,
        dice: &mut Dice,
        n: u32,
        (date, start): (NaiveDate, NaiveTime),
        kind: VisitKind,
        writes: &mut Vec<Write>,
    ) -> u32 {
        let (seed, now) = (self.seed, self.now);
        let person = Arc::clone(self.persons.entry(n).or_insert_with(|| Arc::new(person(seed, n, now))));
        let Some(known) = self.known.get_mut(usize::try_from(n).unwrap_or(usize::MAX)) else { return 0 };
        let kind = if known.visits == 0 && kind == VisitKind::FollowUp { VisitKind::New } else { kind };
        known.visits += 1;
        let at = instant(date.and_time(start), self.now.zone);
        let mut visit = record::booking(dice, &person, (date, start), (kind, 20), at);
        if dice.percent(8) && kind == VisitKind::FollowUp {
            visit.way = if dice.percent(50) { Way::Phone } else { Way::Video };
        }
        if dice.percent(6) {
            missed(dice, &mut visit);
            writes.push(Write::BookVisit { visit, new_patient: None });
            return 0;
        }
        writes.push(Write::BookVisit { visit: visit.clone(), new_patient: None });
        let done = self.record(dice, n, &person, &visit, at, writes);
        if dice.percent(30) {
            writes.push(record::task(dice, &person, &visit, at, Some(at.plus_millis(300 * MINUTE))));
        }
        visit.state = VisitState::Left;
        visit.here_at = Some(at.plus_millis(-8 * MINUTE));
        visit.in_room_at = Some(at.plus_millis(4 * MINUTE));
        visit.left_at = Some(at.plus_millis(20 * MINUTE));
        visit.recorded_at = Some(at.plus_millis(19 * MINUTE));
        visit.copied_at = Some(at.plus_millis(25 * MINUTE));
        writes.push(Write::ChangeVisit { visit, change: VisitChange::CopiedOut });
        done
    }

    fn record(
        &mut self,
        dice: &mut Dice,
        n: u32,
        person: &Person,
        visit: &Visit,
        at: Instant,
        writes: &mut Vec<Write>,
    ) -> u32 {
        if visit.kind == VisitKind::Procedure {
            let checked = at.plus_millis(25 * 60 * MINUTE);
            let session = record::session(dice, person, visit, at.plus_millis(18 * MINUTE), Some(checked));
            if let Write::CompleteSession { session, .. } = &session {
                self.treat(n, Some(session.id));
            }
            writes.push(session);
            return 2;
        }
        let treated = self.treat(n, None);
        let (assessment, scores) = record::assessment(dice, person, visit, treated, at.plus_millis(16 * MINUTE));
        let answers = assessment.id;
        let lists = PatientLists::default();
        writes.push(Write::CompleteAssessment { assessment, scores, lists, again: false });
        writes.extend(diagnostics::talked_through(&mut dice.apart(), person, visit, at.plus_millis(17 * MINUTE)));
        let unchanged = dice.percent(55);
        let version = self.next_version(n);
        let plan = PlanFor { visit, answers, version, unchanged: unchanged && version > 1, books: None };
        writes.push(record::plan(&mut dice.apart(), person, plan, at.plus_millis(19 * MINUTE)));
        2
    }

    fn close(&self, dice: &mut Dice, date: NaiveDate, ago: u32, done: u32, writes: &mut Vec<Write>) {
        let closed_at = evening(date, self.now.zone);
        if dice.percent(35) || ago <= 3 {
            let given = |dice: &mut Dice| Some(dice.between(1, 5));
            let (energy, strain) = (given(dice), given(dice));
            let answers = vec![("What went well?".to_owned(), dice.pick(words::ANSWERS).to_owned())];
            let text = ReflectionText { text: dice.pick(words::REFLECTIONS).to_owned(), answers, energy, strain };
            writes.push(Write::PutReflection(Reflection { id: dice.id(closed_at), date, text }));
        }
        let day = DayRecord { id: dice.id(closed_at), date, closed_at: Some(closed_at), done, carried: 0, let_go: 0 };
        writes.push(Write::CloseDay { day, decisions: Vec::new() });
    }
}

/// A visit that did not come to be, and what followed.
fn missed(dice: &mut Dice, visit: &mut Visit) {
    visit.state = if dice.percent(60) { VisitState::NoShow } else { VisitState::Cancelled };
    (visit.aftermath, visit.end_reason) = match dice.below(3) {
        0 => (Aftermath::Rebooked, None),
        1 => (Aftermath::Letter, None),
        _ => (Aftermath::LetGo, Some("feels well, calls when it comes back".to_owned())),
    };
}
