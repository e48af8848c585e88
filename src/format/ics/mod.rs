//! iCalendar (RFC 5545) as it is found in the wild: bytes to the events inside a window of days.
//!
//! The parser is our own, line by line: each refusal names its line, one broken event spoils only itself, and calendars
//! come with missing ends, unquoted parameters, bare events, folds inside characters and two encodings in one file, where
//! a grammar gives up on the whole.
//!
//! `lines` takes bytes apart, `component` nests them, `value` reads dates, `zone` and `windows` say what a time means,
//! `event` reads one `VEVENT`, `rule` and `series` find the instances. Where readers of calendars disagree, the rule taken
//! is written in `series` and `zone`, and for the whole calendar here:
//! - `X-WR-TIMEZONE` is the wall of the calendar: floating times are in it, and times in UTC are shown and repeated by it;
//! - an event whose end comes before its start is read the other way round and says so;
//! - a calendar speaks for all its events, unless its `METHOD` makes it a message about some: then nothing is gone because
//!   it is not in it.

mod component;
mod event;
#[cfg(test)]
mod expected;
mod lines;
mod rule;
mod series;
#[cfg(test)]
mod tests;
mod value;
mod windows;
mod zone;

use std::collections::BTreeMap;

use chrono_tz::Tz;

use crate::clinical::schedule::{NotASchedule, Read, Window};
use crate::clinical::text::clean_line;
use component::Component;
use event::Header;
use rule::Budget;
use series::{Calendar, Frame};
use zone::Zones;

/// Whether the bytes look like a calendar: a line of theirs begins one, however far down (mail puts much above it).
pub fn is_calendar(bytes: &[u8]) -> bool {
    let begins = |line: &[u8], mark: &[u8]| line.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark));
    let bytes = lines::as_single_bytes(bytes);
    lines::physical_lines(&bytes).any(|line| {
        let line = line.trim_ascii_start();
        begins(line, b"BEGIN:VCALENDAR") || begins(line, b"BEGIN:VEVENT")
    })
}

/// Reads the events of a calendar that start inside the window, on the wall of the practice's zone.
///
/// # Errors
/// Only what holds no calendar and no event at all is refused as a whole.
pub fn read(file: &str, bytes: &[u8], window: Window, practice: Tz) -> Result<Read, NotASchedule> {
    let outermost = component::components(&lines::unfold(bytes));
    if !outermost.iter().any(|c| c.name == "VCALENDAR" || c.name == "VEVENT") {
        return Err(NotASchedule("this is no calendar: it holds no VCALENDAR and no VEVENT".to_owned()));
    }
    let mut read = Read { file: file.to_owned(), ..Read::default() };
    let frame = Frame { window, practice };
    let mut calendars: BTreeMap<String, Calendar> = BTreeMap::new();
    let mut other = 0;
    for component in &outermost {
        other += take(component, frame, &mut calendars, &mut read);
    }
    if other > 0 {
        let left = if other == 1 { "1 entry that is no event" } else { &format!("{other} entries that are no events") };
        let was = if other == 1 { "was" } else { "were" };
        read.notes.push(format!("{left} (tasks, journals, free times) {was} left out"));
    }
    let mut budget = Budget::default();
    for calendar in calendars.into_values() {
        calendar.expand(frame, &mut budget, &mut read);
    }
    read.events.sort_by_key(|event| (event.line, event.start));
    read.refused.sort_by_key(|refused| refused.line);
    read.passed_over.sort_by_key(|passed| passed.line);
    Ok(read)
}

/// The names of the calendars that a file holds.
pub fn names(bytes: &[u8]) -> Vec<String> {
    let outermost = component::components(&lines::unfold(bytes));
    let text = |component: &Component, name: &str| component.get(name).map(|p| clean_line(&p.text()));
    let calendars = outermost.iter().filter(|component| component.name == "VCALENDAR");
    let names = calendars.filter_map(|calendar| text(calendar, "X-WR-CALNAME").or_else(|| text(calendar, "NAME")));
    names.filter(|name| !name.is_empty()).collect()
}

/// Takes the events out of one outermost component; gives back how many other entries it holds.
fn take(component: &Component, frame: Frame, calendars: &mut BTreeMap<String, Calendar>, read: &mut Read) -> usize {
    let is_bare = component.name == "VEVENT";
    let text = |name: &str| component.get(name).map(|p| clean_line(&p.text())).filter(|text| !text.is_empty());
    let method = text("METHOD").unwrap_or_default().to_ascii_uppercase();
    let zones = Zones::of(component, frame.window);
    let wall = text("X-WR-TIMEZONE").filter(|_| !is_bare).and_then(|name| {
        let zone = zones.find(&name);
        read.notes.push(match zone {
            Some(_) => format!("the calendar is kept in {name}: times without a zone of their own were read so"),
            None => format!("the calendar's zone {name} is not known: its times were taken as the practice's"),
        });
        zone
    });
    let header = Header { wall, zones, cancels: method == "CANCEL" };
    let name = if is_bare { None } else { text("X-WR-CALNAME").or_else(|| text("NAME")) }.unwrap_or_default();
    let speaks_for_all = !is_bare && matches!(method.as_str(), "" | "PUBLISH");
    if speaks_for_all && !read.calendars.contains(&name) {
        read.calendars.push(name.clone());
        if name.is_empty() {
            read.nameless.push(name.clone());
        }
    }
    let calendar = calendars.entry(name.clone()).or_insert_with(|| Calendar::new(name));
    let own = is_bare.then_some(component);
    for event in component.children.iter().filter(|c| c.name == "VEVENT").chain(own) {
        match event::read(event, &header) {
            Ok(event) => calendar.add(event, frame.practice, read),
            Err(refused) => read.refused.push(refused),
        }
    }
    component.children.iter().filter(|c| matches!(c.name.as_str(), "VTODO" | "VJOURNAL" | "VFREEBUSY")).count()
}
