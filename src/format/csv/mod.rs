//! Tables of appointments (CSV and its relatives) as record systems, calendars and spreadsheets write them.
//!
//! `decode` finds the encoding, `records` the delimiter and the cells, `layout` the header and what the columns hold (by
//! `mapping`, by `role`, else by `infer`), `dates` the order of the dates, `row` reads one row. What the table does not say
//! is not guessed; where its dates can be read two ways, the region's order is taken and said.
//!
//! Which table it is, its columns say: of a table without a mapping their names are its calendar, whatever the file is
//! called, so that a list saved under another name is still the same list. A table speaks for the days it covers, from
//! its first to its last row (or free slot), and for no other (`recognise`).
//!
//! A row with more or fewer cells than the header, or with a date or time that cannot be, is refused with its line. Exact
//! repetitions go in once. Titles, headers that come back and footers are no rows. A time is taken as it stands, also with an
//! offset beside it, unless the mapping says that offsets move it. What is no schedule is refused as a whole, and why.

mod dates;
mod decode;
#[cfg(test)]
mod expected;
mod infer;
mod layout;
mod lengths;
pub mod mapping;
mod name;
mod recognise;
mod records;
pub mod role;
mod row;
pub mod scores;
#[cfg(test)]
mod tests;
mod times;
mod when;

use std::collections::{BTreeSet, HashMap};

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use chrono_tz::Tz;

use crate::clinical::import::who::whole_name;
use crate::clinical::practice::DateOrder;
use crate::clinical::schedule::{LeftOut, NotASchedule, Reach, Read, SourceEvent, SourceKey, Window};
use crate::clinical::text::{clean_line, fold};
use crate::clinical::time::{self, Instant};
use dates::{DateOf, Orders, WrittenDate, leading_date, serial_birth};
use decode::Decoded;
use layout::Layout;
use mapping::Mapping;
pub use recognise::{fits, mapping_of};
use records::{Dialect, Record};
use role::{Role, squeezed};
use row::{Line, Row, Table};
use times::Found;
use when::when;

/// How tables are read.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// The days looked at.
    pub window: Window,
    /// The practice's zone.
    pub practice: Tz,
    /// The region's order of dates.
    pub region: DateOrder,
    /// What the columns mean, where it was said once.
    pub mapping: Option<&'a Mapping>,
}

/// A table taken apart, before its rows are read.
struct Parsed {
    decoded: Decoded,
    dialect: Dialect,
    records: Vec<Record>,
    layout: Layout,
    orders: Orders,
    /// The day that a line above the header gives to all rows.
    day: Option<NaiveDate>,
    /// Whether rows without a time are about whole days.
    whole_days: bool,
}

/// Takes a table apart.
fn parse(bytes: &[u8], options: Options<'_>) -> Result<Parsed, NotASchedule> {
    let decoded = decode::decode(bytes, options.mapping.and_then(|mapping| mapping.encoding.as_deref()));
    let dialect = recognise::dialect(&decoded.text, options.mapping);
    let records = records::records(&decoded.text, dialect);
    if records.iter().all(Record::is_empty) {
        return Err(NotASchedule("this is no schedule: nothing stands in it".to_owned()));
    }
    let layout = layout::find(&records, options.mapping).map_err(NotASchedule)?;
    let region = options.mapping.and_then(|mapping| mapping.date_order).unwrap_or(options.region);
    let all_dates = written_dates(&records, &layout);
    let orders = Orders::of(all_dates.iter().map(|(text, date, of)| (text.as_str(), *date, *of)), region);
    let day = day_above(&records, &layout, &orders);
    let whole_days = check(&records, &layout, day)?;
    Ok(Parsed { decoded, dialect, records, layout, orders, day, whole_days })
}

/// Reads the appointments of a table.
///
/// # Errors
/// What is no schedule is refused as a whole, in words.
pub fn read(file: &str, bytes: &[u8], options: Options<'_>) -> Result<Read, NotASchedule> {
    let Parsed { decoded, records, layout, orders, day, whole_days, .. } = parse(bytes, options)?;
    let in_seconds = lengths::are_seconds(&records, &layout, &orders);
    let serial_births = births_are_serials(&records, &layout);
    let table = Table { layout: &layout, orders: &orders, in_seconds, whole_days, serial_births };

    let mut read = Read { file: file.to_owned(), ..Read::default() };
    if decoded.is_judged {
        read.notes.push(format!("the encoding is not said; read as {}", decoded.encoding));
    }
    // Where the mapping says the order, nothing was left to the region.
    read.notes
        .extend(orders.unsettled().filter(|_| options.mapping.is_none_or(|mapping| mapping.date_order.is_none())));
    if in_seconds {
        read.notes.push("the lengths were read as seconds".to_owned());
    }
    if serial_births {
        read.notes.push("the birth dates were read as days counted by a spreadsheet".to_owned());
    }
    read.notes.extend(orders.contradiction());
    read.notes.extend(not_used(&records, &layout));
    let rows = rows(&records, &table, day, &mut read);
    read.notes.extend(offsets(&rows, options));
    let by_columns = recognise::calendar_of(&layout);
    let named = options.mapping.and_then(Mapping::calendar);
    read.formerly = named.filter(|named| *named != by_columns).map(|_| by_columns.clone());
    let calendar = named.unwrap_or(&by_columns);
    read.calendars.push(calendar.to_owned());
    if calendar == by_columns {
        read.nameless.push(by_columns.clone());
    }
    put_events(rows, calendar, &layout, options, &mut read);
    if rows_are_missing(&read) {
        return Err(NotASchedule("this is no schedule: none of its rows is an appointment".to_owned()));
    }
    Ok(read)
}

/// The columns that hold something and were not used: what is left behind is said, by their names, in a table without
/// a header by their numbers. A column without a name beside named ones is padding.
fn not_used(records: &[Record], layout: &Layout) -> Option<String> {
    const NAMED: usize = 6;
    let is_used = |column: &usize| layout.roles.values().any(|columns| columns.contains(column));
    let holds = |column: usize| {
        let cell = |record: &Record| record.cells.get(column).is_some_and(|cell| !cell.trim().is_empty());
        records[layout.first_row()..].iter().any(cell)
    };
    let name = |column: usize| match layout.header {
        Some(_) => layout.names.get(column).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()),
        None => Some((column + 1).to_string()),
    };
    let unused = (0..layout.width.max(layout.names.len())).filter(|column| !is_used(column) && holds(*column));
    let left: Vec<String> = unused.filter_map(name).collect();
    let more = left.len().checked_sub(NAMED).filter(|more| *more > 0).map(|more| format!(" and {more} more"));
    let columns = if left.len() == 1 { "column" } else { "columns" };
    let told = left.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    (!left.is_empty()).then(|| format!("not used: the {columns} {told}{}", more.unwrap_or_default()))
}

fn rows_are_missing(read: &Read) -> bool {
    read.events.is_empty() && read.outside.is_empty() && read.refused.is_empty() && read.passed_over.is_empty()
}

/// Every date of the table: all of them together tell their order.
fn written_dates(records: &[Record], layout: &Layout) -> Vec<(String, WrittenDate, DateOf)> {
    let mut found = Vec::new();
    for record in records {
        for role in [Role::Start, Role::End] {
            let cells = layout.columns(role).iter().filter_map(|column| record.cells.get(*column));
            let of_cell = |cell: &String| Some((cell.clone(), when(cell, false).value()?.date?, DateOf::Appointment));
            found.extend(cells.filter_map(of_cell));
        }
        let births = layout.cell(record, Role::Birth).and_then(leading_date).map(|(date, _)| date);
        let beside = layout.cell(record, Role::Name).and_then(|cell| name::read(cell).birth);
        let text = || layout.cell(record, Role::Birth).unwrap_or_default().to_owned();
        found.extend(births.or(beside).map(|date| (text(), date, DateOf::Birth)));
    }
    for record in records.iter().take(layout.header.unwrap_or(0)) {
        let of_cell = |cell: &String| Some((cell.clone(), dates::date_within(cell)?, DateOf::Appointment));
        found.extend(record.cells.iter().filter_map(of_cell));
    }
    found
}

/// Whether all birth dates are counts of days: one alone among dates was meant as something else.
fn births_are_serials(records: &[Record], layout: &Layout) -> bool {
    let rows = records[layout.first_row()..].iter().filter(|record| record.cells.len() == layout.width);
    let births = rows.filter_map(|record| layout.cell(record, Role::Birth));
    let mut births = births.filter(|cell| cell.bytes().any(|b| b.is_ascii_digit())).peekable();
    births.peek().is_some() && births.all(|cell| serial_birth(cell).is_some())
}

/// The day that a line above the header gives to rows that have only a time.
fn day_above(records: &[Record], layout: &Layout, orders: &Orders) -> Option<NaiveDate> {
    records.iter().take(layout.header.unwrap_or(0)).find_map(|record| row::heading(record, orders))
}

/// Refuses what is no schedule; says whether rows without a time are about whole days.
fn check(records: &[Record], layout: &Layout, day: Option<NaiveDate>) -> Result<bool, NotASchedule> {
    let no = |why: &str| Err(NotASchedule(format!("this is no schedule: {why}")));
    let has = |role: Role| layout.has(role);
    let names_patient = [Role::Name, Role::Family, Role::Given, Role::Number].into_iter().any(has);
    if layout.header.is_some() && records[layout.first_row()..].iter().all(Record::is_empty) {
        return no("its columns have names, but no row stands below them");
    }
    let (mut dates, mut times) = (day.is_some(), false);
    for record in &records[layout.first_row()..] {
        for column in layout.columns(Role::Start) {
            if let Some(Found::Is(found)) = record.cells.get(*column).map(|cell| when(cell, true)) {
                dates |= found.date.is_some();
                times |= found.time.is_some();
            }
        }
    }
    if !has(Role::Start) || !(dates || times) {
        let only_births = has(Role::Birth) && names_patient;
        return no(if only_births {
            "it lists patients, and its only dates are birth dates"
        } else {
            "no column holds the dates of appointments"
        });
    }
    if !dates {
        return no(if dates_run_together(records, layout) {
            "its dates are six digits run together, which can be read in more than one way; write them with separators or \
             with four digits of the year"
        } else {
            "it has times but no date, neither in a column nor above the table"
        });
    }
    let encounters = layout.names.iter().map(|name| squeezed(name)).collect::<BTreeSet<_>>();
    let begins = |words: &[&str]| encounters.iter().any(|name| words.iter().any(|word| name.starts_with(word)));
    let booked = begins(&["appt", "appointment", "sched", "booking", "termin", "slot"]) || has(Role::Status);
    if begins(&["encounter"]) && !booked && ![Role::Name, Role::Family].into_iter().any(has) {
        return no("it lists encounters that took place, not appointments that are booked");
    }
    // Bands have names, too; a patient has a record number, a birth date, a family name, or a column that says so.
    let of_patients = [Role::Family, Role::Given, Role::Number, Role::Birth].into_iter().any(has)
        || layout.columns(Role::Name).iter().any(|column| {
            let name = layout.names.get(*column).map(|name| squeezed(name)).unwrap_or_default();
            ["pat", "pt", "client", "klient", "pac", "paz"].iter().any(|word| name.starts_with(word))
        });
    if begins(&["ticket", "price", "venue", "artist"]) && !of_patients {
        return no("it lists public events");
    }
    if !names_patient && !has(Role::Title) && !has(Role::Reason) && !has(Role::Kind) {
        return no("it names neither patients nor what the times are for");
    }
    if !(times || has(Role::Title) || has(Role::AllDay)) {
        return no("it has dates but no times of day");
    }
    Ok(!times)
}

/// Whether a column of moments that is not called one of times holds six digits in every row.
fn dates_run_together(records: &[Record], layout: &Layout) -> bool {
    let is_six = |cell: &str| cell.len() == 6 && cell.bytes().all(|byte| byte.is_ascii_digit());
    let of_times = |column: usize| {
        let name = layout.names.get(column).map(|name| squeezed(name)).unwrap_or_default();
        ["time", "zeit", "uhr", "heure", "hora", "ora"].iter().any(|word| name.contains(word))
    };
    layout.columns(Role::Start).iter().filter(|column| !of_times(**column)).any(|column| {
        let cells = records[layout.first_row()..].iter().filter_map(|record| record.cells.get(*column));
        let mut cells = cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).peekable();
        cells.peek().is_some() && cells.all(is_six)
    })
}

/// Says that times with an offset were taken as they stand, where some were and nobody said that offsets move them.
fn offsets(rows: &[Row], options: Options<'_>) -> Option<String> {
    let moves = options.mapping.is_some_and(|mapping| mapping.move_by_offset);
    let has_offset = rows.iter().any(|row| row.offset.is_some());
    (has_offset && !moves).then(|| {
        "times with an offset were taken as they stand; `move_by_offset = true` in a saved mapping moves them to the \
         practice's zone"
            .to_owned()
    })
}

/// Reads the rows; what is none, cannot be taken or comes twice is left out and said.
fn rows(records: &[Record], table: &Table<'_>, mut day: Option<NaiveDate>, read: &mut Read) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut seen: HashMap<(&[String], NaiveDate), u32> = HashMap::new();
    let mut nothing = table.layout.header.unwrap_or(0);
    let mut covered: Vec<NaiveDate> = Vec::new();
    for record in &records[table.layout.first_row()..] {
        if record.is_empty() {
            continue;
        }
        let uid = table.layout.cell(record, Role::Id).map(|id| id_uid(table.layout, id));
        let left_out = |reason: String| LeftOut { line: record.line, title: None, reason, uid };
        match table.line(record, day) {
            Line::Nothing(heading) => {
                day = heading.or(day);
                nothing += 1;
            }
            Line::Bad(reason) => read.refused.push(left_out(reason)),
            Line::Free(day) => {
                covered.push(day);
                read.passed_over.push(left_out("an empty slot: it names nobody and nothing".to_owned()));
            }
            Line::Row(row) => {
                covered.push(row.day);
                // The same words under another day are another row.
                if let Some(line) = seen.get(&(record.cells.as_slice(), row.day)) {
                    read.passed_over.push(left_out(format!("it repeats line {line} exactly")));
                } else {
                    seen.insert((&record.cells, row.day), record.line);
                    rows.push(*row);
                }
            }
        }
    }
    read.reach = Reach::of(covered);
    if nothing > 0 {
        read.notes
            .push(format!("{nothing} lines above, between and below the rows (titles, headers, footers) are no rows"));
    }
    rows
}

/// Names each row for good and puts it inside or outside the window.
fn put_events(rows: Vec<Row>, calendar: &str, layout: &Layout, options: Options<'_>, read: &mut Read) {
    let uids = uids(&rows, layout);
    let mut known: HashMap<String, u32> = HashMap::new();
    for (row, uid) in rows.into_iter().zip(uids) {
        if let Some(line) = known.insert(uid.clone(), row.line) {
            let reason = format!("it has the same id as line {line}, or the same start and title");
            read.passed_over.push(LeftOut { line: row.line, title: row.title, reason, uid: Some(uid) });
            continue;
        }
        let (start, end) = on_wall(&row, options);
        let event = SourceEvent {
            key: SourceKey { calendar: calendar.to_owned(), uid, recurrence: String::new() },
            line: row.line,
            as_written: as_written(&row),
            start,
            end,
            all_day: row.time.is_none(),
            title: row.title,
            kind_words: row.kind_words,
            place: row.place,
            cancelled: row.cancelled,
            patient: row.patient,
            note: row.note,
        };
        if options.window.holds(start.date()) { read.events.push(event) } else { read.outside.push(event) }
    }
}

/// What names each row: its id; else patient, day and place among the patient's rows of that day, in the order of their
/// times; else start and title.
fn uids(rows: &[Row], layout: &Layout) -> Vec<String> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|at| (rows[*at].day, rows[*at].time, *at));
    let mut places: HashMap<String, u32> = HashMap::new();
    let mut uids = vec![String::new(); rows.len()];
    for at in order {
        let row = &rows[at];
        uids[at] = match (&row.id, &row.patient) {
            (Some(id), _) => id_uid(layout, id),
            (None, Some(patient)) => {
                let who = patient.number.clone().unwrap_or_else(|| {
                    let name = fold(&whole_name(patient));
                    let mut words: Vec<&str> = name.split(' ').collect();
                    words.sort_unstable();
                    let birth = patient.birth_date.map(|birth| format!(" {birth}")).unwrap_or_default();
                    format!("{}{birth}", words.join(" "))
                });
                let of_day = format!("{who} | {}", row.day);
                let place = places.entry(of_day.clone()).or_default();
                *place += 1;
                format!("{of_day} | {place}")
            }
            (None, None) => format!("{} | {}", as_written(row), row.title.as_deref().unwrap_or_default()),
        };
    }
    uids
}

/// An id with the name of its column: two systems may count from one.
fn id_uid(layout: &Layout, id: &str) -> String {
    let name = layout.columns(Role::Id).first().and_then(|column| layout.names.get(*column)).map(|name| squeezed(name));
    format!("{} {}", name.as_deref().unwrap_or("id"), clean_line(id))
}

fn as_written(row: &Row) -> String {
    let Some(time) = row.time else { return row.day.to_string() };
    let at = row.day.and_time(time);
    let text = at.format(if time.second() == 0 { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%dT%H:%M:%S" }).to_string();
    match row.offset {
        None => text,
        Some(offset) => {
            let (sign, size) = if offset < 0 { ('-', -offset) } else { ('+', offset) };
            format!("{text}{sign}{:02}:{:02}", size / 60, size % 60)
        }
    }
}

fn on_wall(row: &Row, options: Options<'_>) -> (NaiveDateTime, Option<NaiveDateTime>) {
    let start = row.day.and_time(row.time.unwrap_or(NaiveTime::MIN));
    let start = start.with_second(0).unwrap_or(start);
    let moves = options.mapping.is_some_and(|mapping| mapping.move_by_offset);
    match row.offset.filter(|_| moves) {
        None => (start, row.end),
        Some(offset) => {
            let there = |at: NaiveDateTime| {
                let utc = at.checked_sub_signed(Duration::minutes(i64::from(offset))).unwrap_or(at);
                time::wall(Instant::from(utc.and_utc()), options.practice)
            };
            (there(start), row.end.map(there))
        }
    }
}
