//! What is due next: the only reasons for which the program wakes while nobody types.
//!
//! A pure function of moments. They are moments of the clock and not of a stop-watch, because a stop-watch stands still
//! while a laptop is closed: on waking, [`Dues::passed`] must be asked before any input is handled, so that a record
//! whose time to lock came in the meantime is locked first.

use std::time::Duration;

use crate::clinical::time::Instant;

/// Something that is done at its moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Due {
    /// Lock the record: nothing was typed for a while. First, because nothing else may be shown after it.
    Lock,
    /// Keep what was typed.
    Draft,
    /// Clear what was copied out.
    Clipboard,
    /// Show the new minute.
    Minute,
}

/// When what is due; none where nothing of the kind is awaited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dues {
    /// When to lock.
    pub lock: Option<Instant>,
    /// When to keep what was typed.
    pub draft: Option<Instant>,
    /// When to clear what was copied out.
    pub clipboard: Option<Instant>,
    /// The moment that is shown on the screen, if a clock is. It is stale when its minute is over.
    pub shown: Option<Instant>,
}

const MINUTE: i64 = 60_000;

impl Dues {
    /// What is due at this moment, in the order in which to do it.
    pub fn passed(&self, now: Instant) -> Vec<Due> {
        let stale = self.shown.is_some_and(|shown| minute(shown) != minute(now));
        let moments = [(Due::Lock, self.lock), (Due::Draft, self.draft), (Due::Clipboard, self.clipboard)];
        let passed = moments.into_iter().filter(|(_, at)| at.is_some_and(|at| at <= now)).map(|(due, _)| due);
        passed.chain(stale.then_some(Due::Minute)).collect()
    }

    /// How long the program may sleep; none is for ever, zero is not at all.
    pub fn sleep(&self, now: Instant) -> Option<Duration> {
        let minute_over = Instant::from_millis((minute(now) + 1) * MINUTE);
        let edge = self.shown.map(|shown| if minute(shown) == minute(now) { minute_over } else { now });
        let next = [self.lock, self.draft, self.clipboard, edge].into_iter().flatten().min()?;
        Some(Duration::from_millis(u64::try_from(next.millis() - now.millis()).unwrap_or(0)))
    }
}

/// Minutes begin together in every zone.
const fn minute(at: Instant) -> i64 {
    at.millis().div_euclid(MINUTE)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_795_521_600_000;

    fn at(millis: i64) -> Instant {
        Instant::from_millis(NOON + millis)
    }

    #[test]
    fn the_program_sleeps_until_the_next_moment_and_for_ever_without_one() {
        for (dues, sleeps) in [
            (Dues::default(), None),
            (Dues { shown: Some(at(0)), ..Dues::default() }, Some(59_000)),
            (Dues { shown: Some(at(-1)), ..Dues::default() }, Some(0)),
            (Dues { shown: Some(at(120_000)), ..Dues::default() }, Some(0)),
            (Dues { draft: Some(at(1_400)), shown: Some(at(0)), ..Dues::default() }, Some(400)),
            (Dues { draft: Some(at(900)), ..Dues::default() }, Some(0)),
            (Dues { lock: Some(at(600_000)), clipboard: Some(at(60_000)), ..Dues::default() }, Some(59_000)),
        ] {
            assert_eq!(dues.sleep(at(1_000)), sleeps.map(Duration::from_millis), "{dues:?}");
        }
    }

    #[test]
    fn what_has_passed_is_done_locking_first() {
        let all = Dues { lock: Some(at(10)), draft: Some(at(5)), clipboard: Some(at(5)), shown: Some(at(0)) };
        for (now, due) in [
            (4, vec![]),
            (5, vec![Due::Draft, Due::Clipboard]),
            (10, vec![Due::Lock, Due::Draft, Due::Clipboard]),
            (60_000, vec![Due::Lock, Due::Draft, Due::Clipboard, Due::Minute]),
        ] {
            assert_eq!(all.passed(at(now)), due, "{now}");
        }
        assert_eq!(Dues::default().passed(at(0)), []);
    }

    #[test]
    fn a_clock_set_back_shows_at_once() {
        let dues = Dues { shown: Some(at(0)), ..Dues::default() };
        assert_eq!(dues.passed(at(-3_600_000)), [Due::Minute]);
        assert_eq!(dues.sleep(at(-3_600_000)), Some(Duration::ZERO));
    }

    #[test]
    fn after_the_sleep_something_is_due() {
        for offset in [0, 1, 999, 59_999] {
            let dues = Dues { shown: Some(at(offset)), ..Dues::default() };
            let slept = i64::try_from(dues.sleep(at(offset)).unwrap().as_millis()).unwrap();
            assert_eq!(dues.passed(at(offset + slept)), [Due::Minute], "{offset}");
            assert_eq!(dues.passed(at(offset + slept - 1)), [], "{offset}");
        }
    }
}
