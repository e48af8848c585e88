//! The clock: the one place where the time is read.

use std::str::FromStr;
use std::time;

use chrono::{DateTime, NaiveDateTime};
use chrono_tz::Tz;

use crate::clinical::time::{Instant, Now, instant};

/// Where `--now` sets the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetTo {
    /// What the wall of the practice shows, whichever its zone turns out to be.
    Wall(NaiveDateTime),
    /// A moment, the same everywhere.
    Moment(Instant),
}

/// A text that sets no clock.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no moment: write the practice's date and time, 2026-11-24T10:14, or add the offset, 2026-11-24T10:14+01:00"
)]
pub struct NotAMoment(String);

impl FromStr for SetTo {
    type Err = NotAMoment;

    /// Reads `2026-11-24T10:14`, with seconds or without, with a blank for the `T`, with an offset or `Z` or without.
    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        let one_form = text.trim().replacen(' ', "T", 1);
        let with_seconds = |form: &str| NaiveDateTime::parse_from_str(form, "%Y-%m-%dT%H:%M:%S%.f").ok();
        let wall = NaiveDateTime::parse_from_str(&one_form, "%Y-%m-%dT%H:%M").ok().or_else(|| with_seconds(&one_form));
        if let Some(wall) = wall {
            return Ok(Self::Wall(wall));
        }
        let zoned = one_form.strip_suffix(['Z', 'z']).map(|form| format!("{form}+00:00")).unwrap_or(one_form);
        ["%Y-%m-%dT%H:%M%:z", "%Y-%m-%dT%H:%M:%S%.f%:z"]
            .iter()
            .find_map(|form| DateTime::parse_from_str(&zoned, form).ok())
            .map(|at| Self::Moment(Instant::from_millis(at.timestamp_millis())))
            .ok_or_else(|| NotAMoment(text.to_owned()))
    }
}

/// Tells the time, in the zone of the practice.
#[derive(Debug, Clone)]
pub struct Clock {
    zone: Tz,
    source: Source,
}

#[derive(Debug, Clone, Copy)]
enum Source {
    System,
    Set(SetTo, time::Instant),
    Still(Instant),
}

impl Clock {
    /// The system's clock.
    pub const fn system(zone: Tz) -> Self {
        Self { zone, source: Source::System }
    }

    /// A clock that shows this now and runs on from there. It keeps running true while the system's clock is set, but
    /// stands still while the machine sleeps.
    pub fn fixed(at: SetTo, zone: Tz) -> Self {
        Self { zone, source: Source::Set(at, time::Instant::now()) }
    }

    /// A clock that always shows this moment: for tests and made-up data.
    pub const fn still(at: Instant, zone: Tz) -> Self {
        Self { zone, source: Source::Still(at) }
    }

    /// What it shows.
    pub fn now(&self) -> Now {
        let instant = match self.source {
            Source::System => Instant::from(DateTime::from(time::SystemTime::now())),
            Source::Still(at) => at,
            Source::Set(at, since) => {
                let start = match at {
                    SetTo::Wall(wall) => instant(wall, self.zone),
                    SetTo::Moment(at) => at,
                };
                start.plus_millis(i64::try_from(since.elapsed().as_millis()).unwrap_or(i64::MAX))
            }
        };
        Now { instant, zone: self.zone }
    }

    /// Reads it in this zone from now on: that of the record, once it is open. A clock set by the wall still shows the
    /// wall time it was set to.
    pub fn set_zone(&mut self, zone: Tz) {
        self.zone = zone;
    }
}

/// The zone the session says it is in with `TZ`, else the one of the system, where either names one.
pub fn system_zone() -> Option<Tz> {
    let of_session = std::env::var("TZ").ok().and_then(|name| named_zone(&name));
    of_session.or_else(|| iana_time_zone::get_timezone().ok()?.parse().ok())
}

/// A zone as `TZ` names it: by name, with a colon before it, or by its file in the system's folder of zones.
fn named_zone(name: &str) -> Option<Tz> {
    let name = name.trim().trim_start_matches(':');
    name.split_once("/zoneinfo/").map_or(name, |(_, zone)| zone).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::time::show_time;
    use chrono_tz::{America::New_York, Europe::Berlin, UTC};

    #[test]
    fn a_session_names_its_zone_in_three_ways() {
        for name in ["Europe/Berlin", ":Europe/Berlin", ":/usr/share/zoneinfo/Europe/Berlin"] {
            assert_eq!(named_zone(name), Some(Berlin), "{name}");
        }
        for name in ["", "Mars/Olympus", "EST5EDT,M3.2.0,M11.1.0"] {
            assert_eq!(named_zone(name), None, "{name}");
        }
    }

    #[test]
    fn moments_are_read_with_and_without_offset() {
        let wall = |text: &str| Ok(SetTo::Wall(text.parse().unwrap()));
        let moment = |millis| Ok(SetTo::Moment(Instant::from_millis(millis)));
        for (text, set) in [
            ("2026-11-24T10:14", wall("2026-11-24T10:14:00")),
            ("2026-11-24 10:14", wall("2026-11-24T10:14:00")),
            (" 2026-11-24T10:14:30 ", wall("2026-11-24T10:14:30")),
            ("2026-11-24T10:14+01:00", moment(1_795_511_640_000)),
            ("2026-11-24T09:14Z", moment(1_795_511_640_000)),
            ("2026-11-24 04:14:00-05:00", moment(1_795_511_640_000)),
        ] {
            assert_eq!(text.parse(), set, "{text}");
        }
        for text in ["", "now", "2026-11-24", "10:14", "2026-02-30T10:14", "2026-11-24T25:00", "24.11.2026 10:14"] {
            assert_eq!(text.parse::<SetTo>(), Err(NotAMoment(text.to_owned())), "{text}");
        }
    }

    #[test]
    fn a_clock_set_by_the_wall_shows_it_in_any_zone() {
        let set = "2026-11-24T10:14".parse().unwrap();
        let mut clock = Clock::fixed(set, Berlin);
        let in_berlin = clock.now();
        clock.set_zone(New_York);
        let in_new_york = clock.now();
        assert_eq!((show_time(in_berlin.time()), show_time(in_new_york.time())), ("10:14".into(), "10:14".into()));
        let apart = in_new_york.instant.millis() - in_berlin.instant.millis();
        assert!((21_600_000..21_660_000).contains(&apart), "six hours, not {apart} ms");
    }

    #[test]
    fn a_clock_set_to_a_moment_shows_it_by_the_wall_of_the_zone() {
        let clock = Clock::fixed("2026-11-24T09:14Z".parse().unwrap(), Berlin);
        assert_eq!(show_time(clock.now().time()), "10:14");
    }

    #[test]
    fn a_set_clock_runs_on_and_a_still_one_does_not() {
        let at = Instant::from_millis(1_795_511_640_000);
        let running = Clock::fixed(SetTo::Moment(at), UTC);
        while running.now().instant == at {
            std::hint::spin_loop();
        }
        assert!(running.now().instant > at);
        let still = Clock::still(at, UTC);
        assert_eq!((still.now().instant, still.now().instant), (at, at));
    }
}
