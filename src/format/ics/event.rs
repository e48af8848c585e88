//! One `VEVENT`: its parts read and checked. What would change when it takes place must be understood, or the event is
//! refused with the line that is wrong; everything else may be broken without harm.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};

use super::component::Component;
use super::lines::Property;
use super::rule::Rule;
use super::value::{Written, length, moment, short};
use super::zone::{Zone, Zones};
use crate::clinical::import::cancelled::without_cancelled;
use crate::clinical::schedule::LeftOut;
use crate::clinical::text::{clean, clean_line};

/// A start, an end, an exception: a day, or a time on the wall of a zone.
#[derive(Debug, Clone)]
pub enum Moment {
    /// A whole day.
    Day(NaiveDate),
    /// A time.
    At(NaiveDateTime, Zone),
}

impl Moment {
    /// The wall time; midnight for a day.
    pub fn wall(&self) -> NaiveDateTime {
        match self {
            Self::Day(day) => day.and_time(NaiveTime::MIN),
            Self::At(wall, _) => *wall,
        }
    }
}

/// How long an event lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Not said.
    Unknown,
    /// Whole days.
    Days(i64),
    /// By the wall: 23:00 to 07:00 ends at 07:00 also in the night of a clock change.
    Wall(Duration),
    /// By the clock: start and end are in different zones.
    Exact(Duration),
}

/// An event as written.
#[derive(Debug, Clone)]
pub struct Event {
    /// Line of its beginning.
    pub line: u32,
    /// What names it; none where the writer left it out.
    pub uid: Option<String>,
    /// Which version, by the writer's count.
    pub sequence: i64,
    /// When this version was written, as text that sorts.
    pub stamp: String,
    /// Start.
    pub start: Moment,
    /// Length.
    pub length: Length,
    /// Title.
    pub title: Option<String>,
    /// Categories.
    pub categories: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Whether it is called off.
    pub cancelled: bool,
    /// Which instance of its series it replaces.
    pub replaces: Option<Moment>,
    /// Whether it stands for all later instances, too.
    pub and_future: bool,
    /// When it repeats.
    pub rules: Vec<Rule>,
    /// When it does not, by the older way of rules for exceptions.
    pub except_rules: Vec<Rule>,
    /// Further starts, some with a length of their own.
    pub also: Vec<(Moment, Option<Length>)>,
    /// Starts left out.
    pub except: Vec<Moment>,
    /// What had to be decided in reading it.
    pub notes: Vec<String>,
}

/// What a calendar says for all of its events.
#[derive(Debug)]
pub struct Header {
    /// The zones it describes.
    pub zones: Zones,
    /// `X-WR-TIMEZONE`: the wall of floating times, and of times given in UTC.
    pub wall: Option<Zone>,
    /// Whether all of it is a cancellation.
    pub cancels: bool,
}

/// Reads an event, or says on which line it cannot be read.
pub fn read(component: &Component, header: &Header) -> Result<Event, LeftOut> {
    let title = component.get("SUMMARY").map(|p| clean(&p.text())).filter(|title| !title.trim().is_empty());
    let mut reader = Reader { header, notes: Vec::new() };
    let read = reader.event(component);
    match read {
        Ok(mut event) => {
            event.title = title;
            event.notes = reader.notes;
            Ok(event)
        }
        Err(Unread { line, reason }) => Err(LeftOut {
            line,
            title: title.map(|title| clean_line(&title)),
            reason,
            uid: component.get("UID").map(|p| clean_line(&p.text())),
        }),
    }
}

struct Reader<'a> {
    header: &'a Header,
    notes: Vec<String>,
}

/// Why an event cannot be read.
struct Unread {
    /// On which line of the file.
    line: u32,
    reason: String,
}

impl Unread {
    fn at(line: u32, reason: impl Into<String>) -> Self {
        Self { line, reason: reason.into() }
    }
}

impl Reader<'_> {
    fn event(&mut self, component: &Component) -> Result<Event, Unread> {
        if !component.ended {
            return Err(Unread::at(component.line, "the event has no end (END:VEVENT is missing)"));
        }
        let dtstart = component.get("DTSTART").ok_or_else(|| Unread::at(component.line, "the event has no start"))?;
        let start = self.moment(dtstart, &dtstart.value)?;
        let (start, length) = self.length(component, start)?;
        let replaces = component.get("RECURRENCE-ID").map(|p| self.moment(p, &p.value)).transpose()?;
        let line = |name: &str| component.get(name).map(|p| clean_line(&p.text())).filter(|text| !text.is_empty());
        if let Some(first) = component.garbled.first() {
            let more = match component.garbled.len() {
                1 => String::new(),
                count => format!(" and {} more", count - 1),
            };
            self.notes.push(format!("line {first}{more} is not understood and was left out"));
        }
        Ok(Event {
            line: component.line,
            uid: line("UID"),
            sequence: component.get("SEQUENCE").and_then(|p| p.value.trim().parse().ok()).unwrap_or(-1),
            stamp: component.get("DTSTAMP").map(|p| p.value.trim().to_owned()).unwrap_or_default(),
            and_future: component
                .get("RECURRENCE-ID")
                .and_then(|p| p.param("RANGE"))
                .is_some_and(|range| range.eq_ignore_ascii_case("THISANDFUTURE")),
            replaces,
            rules: rules(component, "RRULE")?,
            except_rules: rules(component, "EXRULE")?,
            also: self.also(component)?,
            except: self.except(component)?,
            start,
            length,
            title: None,
            categories: line("CATEGORIES"),
            place: line("LOCATION"),
            cancelled: self.header.cancels
                || component.get("SUMMARY").is_some_and(|p| without_cancelled(&p.text()).is_some())
                || component.get("STATUS").is_some_and(|p| p.value.trim().eq_ignore_ascii_case("CANCELLED")),
            notes: Vec::new(),
        })
    }

    /// Reads a date or time of a property in the zone it names.
    fn moment(&mut self, property: &Property, text: &str) -> Result<Moment, Unread> {
        let written =
            moment(text).map_err(|reason| Unread::at(property.number, format!("{}: {reason}", property.name)))?;
        let named = property.param("TZID").filter(|name| !name.is_empty());
        let known = named.and_then(|name| self.header.zones.find(name));
        if let (Some(name), None, Written::Local(_)) = (named, &known, written) {
            let note = format!("the zone \"{}\" is not known: taken as the time of the practice", short(name));
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
        Ok(match (written, known) {
            (Written::Day(day), _) => Moment::Day(day),
            // A zone beside a Z contradicts it; the wall time in the named zone is what the writer saw.
            (Written::Local(wall) | Written::Utc(wall), Some(zone)) => Moment::At(wall, zone),
            (Written::Utc(utc), None) => {
                match self.header.wall.as_ref().and_then(|zone| Some((zone.wall(utc)?, zone))) {
                    Some((wall, zone)) => Moment::At(wall, zone.clone()),
                    None => Moment::At(utc, Zone::Utc),
                }
            }
            (Written::Local(wall), None) if named.is_none() => {
                Moment::At(wall, self.header.wall.clone().unwrap_or(Zone::Floating))
            }
            (Written::Local(wall), None) => Moment::At(wall, Zone::Floating),
        })
    }

    fn length(&mut self, component: &Component, start: Moment) -> Result<(Moment, Length), Unread> {
        let filled = |name: &str| component.get(name).filter(|p| !p.value.trim().is_empty());
        let end = filled("DTEND").map(|p| self.moment(p, &p.value)).transpose()?;
        let lasts = match filled("DURATION") {
            Some(p) if end.is_none() => Some(length(&p.value).map_err(|reason| Unread::at(p.number, reason))?),
            _ => None,
        };
        Ok(match (start, end, lasts) {
            (Moment::Day(day), end, lasts) => {
                let last = match end {
                    Some(Moment::Day(end)) => end,
                    Some(Moment::At(end, _)) => until_next_midnight(end),
                    None => until_next_midnight(Moment::Day(day).wall() + lasts.unwrap_or_else(|| Duration::days(1))),
                };
                let (day, last) = if last < day { (last, self.swapped(day)) } else { (day, last) };
                (Moment::Day(day), Length::Days((last - day).num_days().max(1)))
            }
            (Moment::At(wall, zone), None, None) => (Moment::At(wall, zone), Length::Unknown),
            (Moment::At(wall, zone), None, Some(lasts)) => self.in_order(wall, zone, wall + lasts),
            // A day as the end of a time says nothing unless it lies ahead.
            (Moment::At(wall, zone), Some(Moment::Day(day)), _) => {
                let lasts = day.and_time(NaiveTime::MIN) - wall;
                let length = if lasts > Duration::zero() { Length::Wall(lasts) } else { Length::Unknown };
                (Moment::At(wall, zone), length)
            }
            // Of a pair of which one has no zone, both are in the zone of the other.
            (Moment::At(wall, Zone::Floating), Some(Moment::At(end, zone)), _)
            | (Moment::At(wall, zone), Some(Moment::At(end, Zone::Floating)), _) => self.in_order(wall, zone, end),
            (Moment::At(wall, zone), Some(Moment::At(end, other)), _) if zone.is_same(&other) => {
                self.in_order(wall, zone, end)
            }
            (Moment::At(wall, zone), Some(Moment::At(end, other)), _) => {
                // Neither zone floats here, so the practice's own plays no part.
                let from = zone.instant(wall, chrono_tz::UTC).millis();
                let to = other.instant(end, chrono_tz::UTC).millis();
                if to < from {
                    self.swapped(());
                    (Moment::At(end, other), Length::Exact(Duration::milliseconds(from - to)))
                } else {
                    (Moment::At(wall, zone), Length::Exact(Duration::milliseconds(to - from)))
                }
            }
        })
    }

    fn in_order(&mut self, wall: NaiveDateTime, zone: Zone, end: NaiveDateTime) -> (Moment, Length) {
        if end < wall {
            self.swapped(());
            (Moment::At(end, zone), Length::Wall(wall - end))
        } else {
            (Moment::At(wall, zone), Length::Wall(end - wall))
        }
    }

    fn swapped<T>(&mut self, value: T) -> T {
        self.notes.push("it ends before it starts: the two were read the other way round".to_owned());
        value
    }

    fn also(&mut self, component: &Component) -> Result<Vec<(Moment, Option<Length>)>, Unread> {
        let mut also = Vec::new();
        for property in component.all("RDATE") {
            for text in property.value.split(',') {
                let Some((from, to)) = text.split_once('/') else {
                    also.push((self.moment(property, text)?, None));
                    continue;
                };
                let from = self.moment(property, from)?;
                let lasts = if to.trim_start().starts_with(['P', 'p', '+', '-']) {
                    length(to).map_err(|reason| Unread::at(property.number, format!("RDATE: {reason}")))?
                } else {
                    self.moment(property, to)?.wall() - from.wall()
                };
                also.push((from, (lasts > Duration::zero()).then_some(Length::Wall(lasts))));
            }
        }
        Ok(also)
    }

    fn except(&mut self, component: &Component) -> Result<Vec<Moment>, Unread> {
        let mut except = Vec::new();
        for property in component.all("EXDATE") {
            for text in property.value.split(',') {
                except.push(self.moment(property, text)?);
            }
        }
        Ok(except)
    }
}

fn rules(component: &Component, name: &str) -> Result<Vec<Rule>, Unread> {
    component.all(name).map(|p| Rule::read(&p.value).map_err(|reason| Unread::at(p.number, reason))).collect()
}

fn until_next_midnight(end: NaiveDateTime) -> NaiveDate {
    let day = end.date();
    if end.time() == NaiveTime::MIN { day } else { day.succ_opt().unwrap_or(day) }
}
