//! What a time in a calendar means: zones by their IANA name, by what the file itself says of them, by their Windows name.
//!
//! The order, first match first:
//! 1. an IANA name, also at the end of a longer path (`/citadel.org/20210210_1/Europe/Berlin`): the database is newer and
//!    knows the past, the file's own description is often cut short;
//! 2. the `VTIMEZONE` of this name in the file (its `X-LIC-LOCATION`, else its own offsets and dates);
//! 3. a Windows name (`windows.rs`), an IANA name with other separators (`Europe_Amsterdam`, `US-Eastern`), a fixed offset
//!    (`UTC+02:00`);
//! 4. none: the time is taken on the practice's wall, and the event says so.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Duration, NaiveDateTime};
use chrono_tz::{TZ_VARIANTS, Tz};

use super::component::Component;
use super::rule::{Budget, Rule};
use super::value::{Written, moment, offset};
use super::windows;
use crate::clinical::schedule::Window;
use crate::clinical::time::{self, Instant};

/// How a wall time becomes a moment.
#[derive(Debug, Clone)]
pub enum Zone {
    /// None given, or none known: the practice's wall.
    Floating,
    /// UTC.
    Utc,
    /// Of the database.
    Named(Tz),
    /// Described in the file.
    Private(Arc<Private>),
    /// Always so many seconds east of UTC.
    Fixed(i32),
}

impl Zone {
    /// The moment at which a wall of this zone shows this time.
    pub fn instant(&self, wall: NaiveDateTime, practice: Tz) -> Instant {
        match self {
            Self::Floating => time::instant(wall, practice),
            Self::Named(zone) => time::instant(wall, *zone),
            Self::Utc => Instant::from(wall.and_utc()),
            Self::Private(private) => {
                Instant::from(wall.and_utc()).plus_millis(-1000 * i64::from(private.offset_at(wall)))
            }
            Self::Fixed(east) => Instant::from(wall.and_utc()).plus_millis(-1000 * i64::from(*east)),
        }
    }

    /// The wall of this zone at a moment given in UTC, for zones of which that can be said without guessing.
    pub fn wall(&self, utc: NaiveDateTime) -> Option<NaiveDateTime> {
        match self {
            Self::Utc => Some(utc),
            Self::Named(zone) => Some(time::wall(Instant::from(utc.and_utc()), *zone)),
            Self::Fixed(east) => utc.checked_add_signed(Duration::seconds(i64::from(*east))),
            Self::Floating | Self::Private(_) => None,
        }
    }

    /// The wall of this zone at a moment, as near as the zone can tell.
    pub fn wall_at(&self, at: Instant, practice: Tz) -> NaiveDateTime {
        let utc = at.utc().naive_utc();
        match self {
            Self::Private(private) => {
                let east = |wall: NaiveDateTime| Duration::seconds(i64::from(private.offset_at(wall)));
                let plus = |by: Duration| utc.checked_add_signed(by).unwrap_or(utc);
                // The offset is known by the wall: the first guess finds the wall, the second its offset.
                plus(east(plus(east(utc))))
            }
            _ => self.wall(utc).unwrap_or_else(|| time::wall(at, practice)),
        }
    }

    /// A wall time as it is written in this zone: with its offset, or without one where no zone is known.
    pub fn write(&self, wall: NaiveDateTime) -> String {
        let text = wall.format("%Y-%m-%dT%H:%M:%S").to_string();
        if matches!(self, Self::Floating) {
            return text;
        }
        let east = (wall.and_utc().timestamp_millis() - self.instant(wall, Tz::UTC).millis()) / 1000;
        let (sign, size) = if east < 0 { ('-', -east) } else { ('+', east) };
        let (hours, minutes, seconds) = (size / 3600, size / 60 % 60, size % 60);
        let seconds = if seconds == 0 { String::new() } else { format!(":{seconds:02}") };
        format!("{text}{sign}{hours:02}:{minutes:02}{seconds}")
    }

    /// Whether two times in these zones may be compared on the wall.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Floating, Self::Floating) | (Self::Utc, Self::Utc) => true,
            (Self::Named(a), Self::Named(b)) => a == b,
            (Self::Private(a), Self::Private(b)) => Arc::ptr_eq(a, b),
            (Self::Fixed(a), Self::Fixed(b)) => a == b,
            _ => false,
        }
    }
}

/// A zone as a file describes it.
#[derive(Debug, Default)]
pub struct Private {
    parts: Vec<Part>,
    /// The changes of the years that matter, in order: a calendar asks for its few zones thousands of times.
    changes: Vec<Change>,
    /// Walls between these are answered by the changes.
    years: Option<(NaiveDateTime, NaiveDateTime)>,
}

/// Standard or daylight time: from when, from which offset to which.
#[derive(Debug)]
struct Part {
    first: NaiveDateTime,
    from: i32,
    to: i32,
    rules: Vec<Rule>,
    also: Vec<NaiveDateTime>,
}

/// A change of the offset: the moment in UTC, the first wall time that is surely after it, and the offset from then on.
#[derive(Debug, Clone, Copy)]
struct Change {
    utc: NaiveDateTime,
    wall: NaiveDateTime,
    to: i32,
}

impl Private {
    fn read(component: &Component, window: Window) -> Option<Self> {
        let parts: Vec<Part> = component
            .children
            .iter()
            .filter(|c| matches!(c.name.as_str(), "STANDARD" | "DAYLIGHT"))
            .filter_map(Part::read)
            .collect();
        if parts.is_empty() {
            return None;
        }
        let mut private = Self { parts, ..Self::default() };
        private.years = private.look_ahead(window);
        Some(private)
    }

    /// Finds the changes of the years round a window.
    fn look_ahead(&mut self, window: Window) -> Option<(NaiveDateTime, NaiveDateTime)> {
        let margin = Duration::days(400);
        let from = window.from.and_time(chrono::NaiveTime::MIN).checked_sub_signed(margin)?;
        let to = window.to.and_time(chrono::NaiveTime::MIN).checked_add_signed(margin)?;
        for part in &self.parts {
            let before = part.last_change(from);
            let walls = before.into_iter().chain(part.changes_between(from, to)?);
            self.changes.extend(walls.filter_map(|wall| part.change(wall)));
        }
        self.changes.sort_by_key(|change| change.utc);
        Some((from, to))
    }

    /// The offset in force on a wall. A time that the clock skips has the offset from before, one that it repeats is the
    /// first of the two.
    fn offset_at(&self, wall: NaiveDateTime) -> i32 {
        let now = if self.years.is_some_and(|(from, to)| from <= wall && wall < to) {
            self.changes.iter().rev().find(|change| change.wall <= wall).copied()
        } else {
            let in_force = |part: &Part| {
                let gap = Duration::seconds(i64::from((part.to - part.from).max(0)));
                part.change(part.last_change(wall.checked_sub_signed(gap)?)?)
            };
            self.parts.iter().filter_map(in_force).max_by_key(|change| change.utc)
        };
        let before_all = || self.parts.iter().min_by_key(|part| part.first).map(|part| part.from);
        now.map(|change| change.to).or_else(before_all).unwrap_or(0)
    }
}

impl Part {
    fn read(component: &Component) -> Option<Self> {
        let local = |text: &str| match moment(text) {
            Ok(Written::Local(at) | Written::Utc(at)) => Some(at),
            Ok(Written::Day(day)) => Some(day.and_time(chrono::NaiveTime::MIN)),
            Err(_) => None,
        };
        let to = offset(&component.get("TZOFFSETTO")?.value)?;
        Some(Self {
            first: local(&component.get("DTSTART")?.value)?,
            from: component.get("TZOFFSETFROM").and_then(|p| offset(&p.value)).unwrap_or(to),
            to,
            // No clock is changed more than once a day.
            rules: component
                .all("RRULE")
                .filter_map(|p| Rule::read(&p.value).ok())
                .filter(|rule| !rule.is_within_a_day())
                .collect(),
            also: component
                .all("RDATE")
                .flat_map(|p| p.value.split(',').filter_map(local).collect::<Vec<_>>())
                .collect(),
        })
    }

    fn change(&self, at: NaiveDateTime) -> Option<Change> {
        let gap = Duration::seconds(i64::from((self.to - self.from).max(0)));
        Some(Change {
            utc: at.checked_sub_signed(Duration::seconds(i64::from(self.from)))?,
            wall: at.checked_add_signed(gap)?,
            to: self.to,
        })
    }

    fn changes_between(&self, from: NaiveDateTime, to: NaiveDateTime) -> Option<Vec<NaiveDateTime>> {
        let single = self.also.iter().chain([&self.first]).copied().filter(|at| from < *at && *at < to);
        let mut all: Vec<NaiveDateTime> = single.collect();
        for rule in &self.rules {
            all.extend(self.starts(rule, from, to)?);
        }
        Some(all)
    }

    fn is_over(&self, rule: &Rule, start: NaiveDateTime) -> bool {
        match rule.until {
            Some(Written::Utc(last)) => start - Duration::seconds(i64::from(self.from)) > last,
            Some(Written::Local(last)) => start > last,
            Some(Written::Day(day)) => start.date() > day,
            None => false,
        }
    }

    /// The last change to this part at or before a wall time.
    fn last_change(&self, wall: NaiveDateTime) -> Option<NaiveDateTime> {
        let single = self.also.iter().chain([&self.first]).copied().filter(|change| *change <= wall).max();
        let repeated = self.rules.iter().filter_map(|rule| self.last_by_rule(rule, wall)).max();
        single.max(repeated)
    }

    fn last_by_rule(&self, rule: &Rule, wall: NaiveDateTime) -> Option<NaiveDateTime> {
        let to = wall.checked_add_signed(Duration::seconds(1))?;
        if rule.is_counted() {
            return self.starts(rule, self.first, to)?.last().copied();
        }
        // The rules of zones come round every year: two years back from the wall, or from the rule's own end, are enough.
        let end = rule.until.map(|until| match until {
            Written::Utc(last) | Written::Local(last) => last,
            Written::Day(day) => day.and_time(chrono::NaiveTime::MIN),
        });
        let to = end.and_then(|end| end.checked_add_signed(Duration::days(2))).map_or(to, |end| end.min(to));
        self.starts(rule, to.checked_sub_signed(Duration::days(800))?, to)?.last().copied()
    }

    fn starts(&self, rule: &Rule, from: NaiveDateTime, to: NaiveDateTime) -> Option<Vec<NaiveDateTime>> {
        let is_over = |start| self.is_over(rule, start);
        rule.starts(self.first, from.max(self.first), to, &is_over, &mut Budget::default()).ok()
    }
}

/// The zones that a calendar can name.
#[derive(Debug, Default)]
pub struct Zones {
    described: HashMap<String, Zone>,
}

impl Zones {
    /// The zones described in a calendar; the window says which years will be asked for most.
    pub fn of(calendar: &Component, window: Window) -> Self {
        let mut described = HashMap::new();
        for component in calendar.children.iter().filter(|c| c.name == "VTIMEZONE") {
            let Some(id) = component.get("TZID") else { continue };
            let located = component.get("X-LIC-LOCATION").and_then(|p| iana(p.value.trim())).map(Zone::Named);
            let zone =
                located.or_else(|| Private::read(component, window).map(|private| Zone::Private(Arc::new(private))));
            if let Some(zone) = zone {
                described.entry(plain(&id.value)).or_insert(zone);
            }
        }
        Self { described }
    }

    /// The zone of this name; none if nothing says what it means.
    pub fn find(&self, name: &str) -> Option<Zone> {
        let name = plain(name);
        if matches!(name.to_ascii_uppercase().as_str(), "UTC" | "Z" | "GMT" | "ETC/UTC" | "ETC/GMT") {
            return Some(Zone::Utc);
        }
        iana(&name)
            .map(Zone::Named)
            .or_else(|| self.described.get(&name).cloned())
            .or_else(|| windows::zone(&name).map(Zone::Named))
            .or_else(|| other_separators(&name).map(Zone::Named))
            .or_else(|| fixed(&name).map(Zone::Fixed))
    }
}

fn plain(name: &str) -> String {
    let name = name.trim().trim_matches('"').replace("\\,", ",").replace("\\;", ";");
    // Exchange writes the zones of its web client as addresses.
    name.trim().trim_start_matches("tzone://Microsoft/").to_owned()
}

/// An IANA name in any case, alone or as the end of a path.
fn iana(name: &str) -> Option<Tz> {
    let exact = |name: &str| {
        name.parse().ok().or_else(|| TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(name)).copied())
    };
    let ends = || name.match_indices('/').map(|(at, _)| &name[at + 1..]).filter(|end| end.contains('/'));
    exact(name).or_else(|| ends().find_map(exact))
}

/// `Europe_Amsterdam`, `America-New_York`: the first separator stands for the slash.
fn other_separators(name: &str) -> Option<Tz> {
    let at = name.find(['_', '-'])?;
    let slashed = format!("{}/{}", &name[..at], &name[at + 1..]);
    iana(&slashed).or_else(|| iana(&slashed.replace(' ', "_")))
}

/// `UTC+2`, `GMT-0530`, `+02:00`.
fn fixed(name: &str) -> Option<i32> {
    let signed = name.strip_prefix("UTC").or_else(|| name.strip_prefix("GMT")).unwrap_or(name).trim();
    if !signed.starts_with(['+', '-']) {
        return None;
    }
    offset(signed).or_else(|| {
        let hours: i32 = signed.parse().ok()?;
        (hours.abs() <= 14).then_some(hours * 3600)
    })
}

#[cfg(test)]
mod tests {
    use super::super::component::components;
    use super::super::lines::unfold;
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M").unwrap()
    }

    fn zones(vtimezone: &str) -> Zones {
        let text = format!("BEGIN:VCALENDAR\n{vtimezone}END:VCALENDAR\n");
        Zones::of(&components(&unfold(text.as_bytes()))[0], WINDOW)
    }

    const WINDOW: Window = Window {
        from: chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
        to: chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap(),
    };

    const EXCHANGE: &str = "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\n\
        BEGIN:STANDARD\nDTSTART:16010101T020000\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\n\
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11\nEND:STANDARD\n\
        BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400\n\
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n";

    #[test]
    fn names_are_tried_in_order() {
        let zones = zones(EXCHANGE);
        for (name, as_written) in [
            ("Europe/Berlin", "2026-07-01T08:00:00+02:00"),
            ("europe/berlin", "2026-07-01T08:00:00+02:00"),
            ("/citadel.org/20210210_1/Europe/Berlin", "2026-07-01T08:00:00+02:00"),
            ("tzone://Microsoft/Utc", "2026-07-01T08:00:00+00:00"),
            ("/x/America/Argentina/Ushuaia", "2026-07-01T08:00:00-03:00"),
            ("Europe_Amsterdam", "2026-07-01T08:00:00+02:00"),
            ("America_New_York", "2026-07-01T08:00:00-04:00"),
            ("US-Eastern", "2026-07-01T08:00:00-04:00"),
            ("Customized Time Zone", "2026-07-01T08:00:00-04:00"),
            ("Eastern Standard Time", "2026-07-01T08:00:00-04:00"),
            ("UTC+2", "2026-07-01T08:00:00+02:00"),
            ("GMT-0530", "2026-07-01T08:00:00-05:30"),
            ("UTC", "2026-07-01T08:00:00+00:00"),
        ] {
            let zone = zones.find(name).unwrap();
            assert_eq!(zone.write(at("20260701T0800")), as_written, "{name}");
        }
        for name in ["FOO", "Germany/Berlin", "", "Customized"] {
            assert!(zones.find(name).is_none(), "{name}");
        }
        assert_eq!(Zone::Floating.write(at("20260701T0800")), "2026-07-01T08:00:00");
    }

    #[test]
    fn a_described_zone_agrees_with_the_database_also_where_the_clock_jumps() {
        let described = zones(EXCHANGE).find("Customized Time Zone").unwrap();
        let named = Zone::Named(chrono_tz::America::New_York);
        for wall in [
            "20260308T0159",
            "20260308T0200",
            "20260308T0230",
            "20260308T0300",
            "20261101T0059",
            "20261101T0100",
            "20261101T0159",
            "20261101T0200",
            "20260101T0000",
            "20260704T1200",
            "20110313T0230",
            "20111106T0130",
            "20380704T1200",
        ] {
            assert_eq!(described.write(at(wall)), named.write(at(wall)), "{wall}");
        }
    }

    #[test]
    fn zones_without_rules_hold_from_change_to_change() {
        let text = "BEGIN:VTIMEZONE\nTZID:Private\n\
            BEGIN:STANDARD\nDTSTART:20141026T030000\nRDATE:20151025T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\n\
            BEGIN:DAYLIGHT\nDTSTART:20140330T020000\nRDATE:20150329T020000,20160327T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\n\
            END:VTIMEZONE\n";
        let zone = zones(text).find("Private").unwrap();
        for (wall, end) in [
            ("20130101T0000", "+01:00"),
            ("20140401T0000", "+02:00"),
            ("20150101T0000", "+01:00"),
            ("20300101T0000", "+02:00"),
        ] {
            assert!(zone.write(at(wall)).ends_with(end), "{wall}");
        }
        // What is no zone description leaves the name unknown.
        assert!(zones("BEGIN:VTIMEZONE\nTZID:Empty\nEND:VTIMEZONE\n").find("Empty").is_none());
    }
}
