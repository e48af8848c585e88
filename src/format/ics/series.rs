//! Series to instances: rules, additions, exceptions and changed instances become single events inside a window.
//!
//! Where common readers disagree, these rules hold:
//! - the first start always counts, also where the rule alone would not give it (but not after the rule's own end);
//! - a changed instance stands for itself wherever it was moved, also if its series is missing or never had it; a start
//!   that is an exception takes the changed instance with it;
//! - a changed instance finds its series by the moment; where the two are written differently (a day here, a time or UTC
//!   there), by the wall time or the day;
//! - an exception that is a bare day takes out whatever starts on it;
//! - of several versions of one event the highest SEQUENCE counts, then the newest DTSTAMP, then the first.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use chrono_tz::Tz;

use super::event::{Event, Length, Moment};
use super::rule::{Budget, Rule, TooMany};
use super::value::Written;
use super::zone::Zone;
use crate::clinical::schedule::{LeftOut, Read, SourceEvent, SourceKey, Window};
use crate::clinical::text::clean_line;
use crate::clinical::time;

/// Where and when a calendar is read.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// The days looked at.
    pub window: Window,
    /// The practice's zone.
    pub practice: Tz,
}

/// All events of one calendar, by what names them.
#[derive(Debug, Default)]
pub struct Calendar {
    name: String,
    named: BTreeMap<String, Series>,
    nameless: Vec<Event>,
}

#[derive(Debug, Default)]
struct Series {
    master: Option<Event>,
    changed: Vec<Event>,
    /// Where the changed instance of a start stands.
    places: HashMap<String, usize>,
}

impl Calendar {
    /// An empty calendar of this name.
    pub fn new(name: String) -> Self {
        Self { name, ..Self::default() }
    }

    /// Adds an event; of two versions of one the older is passed over.
    pub fn add(&mut self, event: Event, practice: Tz, read: &mut Read) {
        let Some(uid) = event.uid.clone() else {
            self.nameless.push(event);
            return;
        };
        let series = self.named.entry(uid).or_default();
        let known = match &event.replaces {
            None => series.master.as_mut(),
            Some(replaces) => {
                let free = series.changed.len();
                let place = *series.places.entry(identity(replaces, practice)).or_insert(free);
                series.changed.get_mut(place)
            }
        };
        let older = match known {
            Some(known) if is_newer(&event, known) => std::mem::replace(known, event),
            Some(_) => event,
            None if event.replaces.is_none() => {
                series.master = Some(event);
                return;
            }
            None => {
                series.changed.push(event);
                return;
            }
        };
        read.passed_over.push(LeftOut {
            line: older.line,
            reason: "another version of the same event (same UID) stands in this file and counts".to_owned(),
            title: older.title.as_deref().map(clean_line),
            uid: older.uid,
        });
    }

    /// Puts the instances inside the window into `read`.
    pub fn expand(self, frame: Frame, budget: &mut Budget, read: &mut Read) {
        let Self { name, named, nameless } = self;
        for (uid, series) in named {
            Expansion::of(&name, &uid, &series, frame).run(budget, read);
        }
        let mut seen = HashSet::new();
        for event in nameless {
            let title = event.title.as_deref().map(clean_line).unwrap_or_default();
            let uid = format!("{}|{title}", identity(&event.start, frame.practice));
            if !seen.insert(uid.clone()) {
                let reason = "the same event stands in this file already (same start and title, no UID)".to_owned();
                read.passed_over.push(LeftOut { line: event.line, title: Some(title), reason, uid: Some(uid) });
                continue;
            }
            let series = Series { master: Some(event), ..Series::default() };
            Expansion::of(&name, &uid, &series, frame).run(budget, read);
        }
    }
}

fn is_newer(event: &Event, known: &Event) -> bool {
    (event.sequence, event.stamp.as_str()) > (known.sequence, known.stamp.as_str())
}

/// One series on its way to instances.
struct Expansion<'a> {
    calendar: &'a str,
    uid: &'a str,
    frame: Frame,
    master: Option<&'a Event>,
    /// Changed instances and which start each replaces, written as the series writes its starts.
    changed: Vec<(Moment, &'a Event)>,
    /// Those of them that stand for all later starts too: from when, and which.
    onward: Vec<(i64, usize)>,
    replaced: HashSet<String>,
    except: HashSet<String>,
    except_days: HashSet<NaiveDate>,
}

impl<'a> Expansion<'a> {
    fn of(calendar: &'a str, uid: &'a str, series: &'a Series, frame: Frame) -> Self {
        let master = series.master.as_ref();
        let like = |moment: &Moment| match master {
            Some(master) => written_like(moment, &master.start, frame.practice),
            None => moment.clone(),
        };
        let mut changed: Vec<_> =
            series.changed.iter().filter_map(|event| Some((like(event.replaces.as_ref()?), event))).collect();
        changed.sort_by_cached_key(|(start, _)| order(start, frame.practice));
        let onward = (0..).zip(&changed).filter(|(_, (_, event))| event.and_future);
        let onward = onward.map(|(at, (from, _))| (order(from, frame.practice), at)).collect();
        let except = master.map_or(&[][..], |master| &master.except);
        Self {
            calendar,
            uid,
            frame,
            master,
            replaced: changed.iter().map(|(start, _)| identity(start, frame.practice)).collect(),
            changed,
            onward,
            except: except.iter().map(|moment| identity(&like(moment), frame.practice)).collect(),
            except_days: except
                .iter()
                .filter_map(|moment| match moment {
                    Moment::Day(day) => Some(*day),
                    Moment::At(..) => None,
                })
                .collect(),
        }
    }

    fn run(&self, budget: &mut Budget, read: &mut Read) {
        if let Some(master) = self.master {
            let repeats = !(master.rules.is_empty() && master.also.is_empty());
            match self.starts(master, budget) {
                Ok(starts) => {
                    for (start, length) in starts {
                        self.instance(master, &start, length, repeats, read);
                    }
                }
                Err(TooMany) => read.refused.push(LeftOut {
                    line: master.line,
                    title: master.title.as_deref().map(clean_line),
                    reason: "it repeats too often to be a schedule".to_owned(),
                    uid: Some(self.uid.to_owned()),
                }),
            }
        }
        for (replaces, event) in &self.changed {
            if !self.is_except(replaces) {
                let recurrence = identity(replaces, self.frame.practice);
                self.put(event, &event.start, event.length, recurrence, Beyond::Kept, read);
            }
        }
    }

    /// One start of the series, with whatever holds from an earlier instance on.
    fn instance(&self, master: &Event, start: &Moment, own: Option<Length>, repeats: bool, read: &mut Read) {
        let id = identity(start, self.frame.practice);
        if self.replaced.contains(&id) || self.is_except(start) {
            return;
        }
        let at = order(start, self.frame.practice);
        let onward = self.onward.partition_point(|(from, _)| *from < at);
        let (event, moved) = match onward.checked_sub(1).and_then(|last| self.changed.get(self.onward[last].1)) {
            Some((from, event)) => (*event, shifted(start, self.shift(from, event))),
            None => (master, start.clone()),
        };
        let (recurrence, beyond) = if repeats { (id, Beyond::Dropped) } else { (String::new(), Beyond::Kept) };
        self.put(event, &moved, own.unwrap_or(event.length), recurrence, beyond, read);
    }

    /// By how much a changed instance moved, on the wall of its series.
    fn shift(&self, from: &Moment, event: &Event) -> Duration {
        let like = self.master.map_or(from, |master| &master.start);
        let wall = |moment: &Moment| wall_beside(moment, like, self.frame.practice);
        wall(&event.start) - wall(from)
    }

    fn is_except(&self, start: &Moment) -> bool {
        self.except_days.contains(&start.wall().date()) || self.except.contains(&identity(start, self.frame.practice))
    }

    /// All starts that may fall into the window, each once.
    fn starts(&self, master: &Event, budget: &mut Budget) -> Result<Vec<(Moment, Option<Length>)>, TooMany> {
        let first = master.start.wall();
        let (from, to) = self.span();
        let mut starts = Vec::new();
        // The rules' own end may lie before the first start: then there is none.
        let ends = |rule: &Rule| rule.until.is_some().then(|| is_over(rule, first, &master.start));
        if !master.rules.iter().filter_map(ends).reduce(|a, b| a && b).unwrap_or(false) {
            starts.push((master.start.clone(), None));
        }
        for rule in &master.rules {
            let found = rule.starts(first, from, to, &|start| is_over(rule, start, &master.start), budget)?;
            starts.extend(found.into_iter().map(|wall| (at_wall(wall, &master.start), None)));
        }
        for (also, length) in &master.also {
            starts.push((written_like(also, &master.start, self.frame.practice), *length));
        }
        for rule in &master.except_rules {
            let out = rule.starts(first, from, to, &|start| is_over(rule, start, &master.start), budget)?;
            let out: HashSet<NaiveDateTime> = out.into_iter().collect();
            starts.retain(|(start, _)| !out.contains(&start.wall()));
        }
        let mut seen = HashSet::new();
        starts.retain(|(start, _)| seen.insert(identity(start, self.frame.practice)));
        Ok(starts)
    }

    /// The wall times between which starts may end up inside the window, in whatever zone they are.
    fn span(&self) -> (NaiveDateTime, NaiveDateTime) {
        let mut margin = Duration::days(3);
        for (from, event) in self.changed.iter().filter(|(_, event)| event.and_future) {
            margin = margin.max(self.shift(from, event).abs() + Duration::days(3));
        }
        let Window { from, to } = self.frame.window;
        let (from, to) = (from.and_time(NaiveTime::MIN), to.and_time(NaiveTime::MIN));
        (from.checked_sub_signed(margin).unwrap_or(from), to.checked_add_signed(margin).unwrap_or(to))
    }

    fn put(&self, event: &Event, start: &Moment, length: Length, recurrence: String, beyond: Beyond, read: &mut Read) {
        let (from, to) = on_practice_wall(start, length, self.frame.practice);
        let is_inside = self.frame.window.holds(from.date());
        if !is_inside && beyond == Beyond::Dropped {
            return;
        }
        let found = SourceEvent {
            key: SourceKey { calendar: self.calendar.to_owned(), uid: self.uid.to_owned(), recurrence },
            line: event.line,
            as_written: match start {
                Moment::Day(day) => day.to_string(),
                Moment::At(wall, zone) => zone.write(*wall),
            },
            start: from,
            end: to,
            all_day: matches!(start, Moment::Day(_)),
            title: event.title.clone(),
            kind_words: event.categories.clone(),
            place: event.place.clone(),
            cancelled: event.cancelled,
            patient: None,
            note: (!event.notes.is_empty()).then(|| event.notes.join("; ")),
        };
        if is_inside { read.events.push(found) } else { read.outside.push(found) }
    }
}

/// What becomes of an instance outside the window.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beyond {
    /// It is known to exist.
    Kept,
    /// There may be no end of them.
    Dropped,
}

/// The text that names a start for good: the day, the moment in UTC, or the wall time of what floats.
fn identity(moment: &Moment, practice: Tz) -> String {
    match moment {
        Moment::Day(day) => day.format("%Y%m%d").to_string(),
        Moment::At(wall, Zone::Floating) => wall.format("%Y%m%dT%H%M%S").to_string(),
        Moment::At(wall, zone) => zone.instant(*wall, practice).utc().format("%Y%m%dT%H%M%SZ").to_string(),
    }
}

fn order(moment: &Moment, practice: Tz) -> i64 {
    match moment {
        Moment::Day(_) => time::instant(moment.wall(), practice).millis(),
        Moment::At(wall, zone) => zone.instant(*wall, practice).millis(),
    }
}

fn at_wall(wall: NaiveDateTime, like: &Moment) -> Moment {
    match like {
        Moment::Day(_) => Moment::Day(wall.date()),
        Moment::At(_, zone) => Moment::At(wall, zone.clone()),
    }
}

fn shifted(start: &Moment, by: Duration) -> Moment {
    at_wall(start.wall().checked_add_signed(by).unwrap_or(start.wall()), start)
}

/// The wall time of a moment where the zone of another is kept.
fn wall_beside(moment: &Moment, like: &Moment, practice: Tz) -> NaiveDateTime {
    match (moment, like) {
        (Moment::At(wall, zone), Moment::At(_, theirs)) if !matches!(zone, Zone::Floating) && !zone.is_same(theirs) => {
            let instant = zone.instant(*wall, practice);
            theirs.wall_at(instant, practice)
        }
        _ => moment.wall(),
    }
}

/// The same start as the series writes its own: a day for days, a moment for times.
fn written_like(moment: &Moment, like: &Moment, practice: Tz) -> Moment {
    match (moment, like) {
        (Moment::At(wall, zone), Moment::Day(_)) => Moment::Day(day_meant(*wall, zone, practice)),
        (Moment::Day(day), Moment::At(usual, zone)) => Moment::At(day.and_time(usual.time()), zone.clone()),
        (Moment::At(wall, Zone::Floating), Moment::At(_, zone)) => Moment::At(*wall, zone.clone()),
        (Moment::At(wall, zone), Moment::At(_, Zone::Floating)) => {
            Moment::At(time::wall(zone.instant(*wall, practice), practice), Zone::Floating)
        }
        (Moment::Day(_), Moment::Day(_)) | (Moment::At(..), Moment::At(..)) => moment.clone(),
    }
}

/// The day of a series of days that is meant by a time: Exchange writes midnight, in its zone or in UTC.
fn day_meant(wall: NaiveDateTime, zone: &Zone, practice: Tz) -> NaiveDate {
    if matches!(zone, Zone::Utc) && wall.time() != NaiveTime::MIN {
        let here = time::wall(zone.instant(wall, practice), practice);
        if here.time() == NaiveTime::MIN {
            return here.date();
        }
    }
    wall.date()
}

fn is_over(rule: &Rule, start: NaiveDateTime, like: &Moment) -> bool {
    match (rule.until, like) {
        (None, _) => false,
        (Some(Written::Day(day)), Moment::Day(_)) => start.date() > day,
        (Some(Written::Day(day)), Moment::At(..)) => start > day.and_time(NaiveTime::MIN),
        (Some(Written::Local(last)), _)
        | (Some(Written::Utc(last)), Moment::Day(_) | Moment::At(_, Zone::Floating)) => start > last,
        // The zone does not float, so the practice's own plays no part.
        (Some(Written::Utc(last)), Moment::At(_, zone)) => zone.instant(start, Tz::UTC).utc().naive_utc() > last,
    }
}

/// Start and end on the practice's wall, to the minute.
fn on_practice_wall(start: &Moment, length: Length, practice: Tz) -> (NaiveDateTime, Option<NaiveDateTime>) {
    let to_minute = |at: NaiveDateTime| at.with_second(0).and_then(|at| at.with_nanosecond(0)).unwrap_or(at);
    let (wall, zone) = match start {
        Moment::Day(day) => {
            let from = day.and_time(NaiveTime::MIN);
            let days = if let Length::Days(days) = length { days } else { 1 };
            return (from, Duration::try_days(days).and_then(|days| from.checked_add_signed(days)));
        }
        Moment::At(wall, zone) => (*wall, zone),
    };
    let begins = zone.instant(wall, practice);
    let ends = match length {
        Length::Unknown => None,
        Length::Days(days) => Duration::try_days(days).map(|days| begins.plus_millis(days.num_milliseconds())),
        Length::Exact(lasts) => Some(begins.plus_millis(lasts.num_milliseconds())),
        Length::Wall(lasts) => {
            let by_wall = wall.checked_add_signed(lasts).map(|end| zone.instant(end, practice));
            // In the hour that a clock skips the wall may say that it ends before it begins.
            by_wall.filter(|end| *end > begins).or(Some(begins.plus_millis(lasts.num_milliseconds())))
        }
    };
    (to_minute(time::wall(begins, practice)), ends.map(|end| to_minute(time::wall(end, practice))))
}
