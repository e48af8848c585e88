//! One row of a table: an appointment, no row at all, or one that cannot be taken and why.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday};

use super::dates::{Century, Orders, WrittenDate, leading_date, serial_birth, written_weekday};
use super::layout::Layout;
use super::name::{self, NameCell};
use super::records::Record;
use super::role::{Role, is_family_first};
use super::times::{Found, Span, WrittenLength, half, is_end_of_day, length};
use super::when::{When, when};
use crate::clinical::import::cancelled::{says_cancelled, without_cancelled};
use crate::clinical::patient::Sex;
use crate::clinical::schedule::SourcePatient;
use crate::clinical::text::{clean_line, cut, fold};
use crate::clinical::time::show_date;

/// An appointment as its row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Line of the file.
    pub line: u32,
    /// Day.
    pub day: NaiveDate,
    /// Time; none if it is about the whole day.
    pub time: Option<NaiveTime>,
    /// Minutes east of UTC, where written beside the time.
    pub offset: Option<i32>,
    /// End, where the row says one.
    pub end: Option<NaiveDateTime>,
    /// Whom, where the table has columns for it.
    pub patient: Option<SourcePatient>,
    /// Title or reason.
    pub title: Option<String>,
    /// Words that tell the kind.
    pub kind_words: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// What names it for good.
    pub id: Option<String>,
    /// Whether the row says that it is cancelled.
    pub cancelled: bool,
    /// What had to be decided in reading it.
    pub note: Option<String>,
}

/// What a record is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// An appointment.
    Row(Box<Row>),
    /// A title, a footer, a repeated header; perhaps with the day of what follows.
    Nothing(Option<NaiveDate>),
    /// A slot that nobody has, on this day.
    Free(NaiveDate),
    /// It cannot be taken: why, in words.
    Bad(String),
}

/// What is known of the whole table when its rows are read.
#[derive(Debug)]
pub struct Table<'a> {
    /// Its shape.
    pub layout: &'a Layout,
    /// The order of its dates.
    pub orders: &'a Orders,
    /// Whether bare lengths are seconds.
    pub in_seconds: bool,
    /// Whether rows without a time are about the whole day.
    pub whole_days: bool,
    /// Whether the birth dates are counts of days, all of them.
    pub serial_births: bool,
}

struct Start {
    date: Option<(WrittenDate, String)>,
    time: Option<Span>,
    unread: Option<String>,
    note: Option<String>,
}

impl Table<'_> {
    /// Reads a record; `day` is the day that a line above gave to rows without a date.
    pub fn line(&self, record: &Record, day: Option<NaiveDate>) -> Line {
        match self.row(record, day) {
            Ok(line) => line,
            Err(reason) => Line::Bad(reason),
        }
    }

    fn row(&self, record: &Record, day: Option<NaiveDate>) -> Result<Line, String> {
        let layout = self.layout;
        let is_header =
            !layout.names.is_empty() && record.cells.iter().map(|c| c.trim()).eq(layout.names.iter().map(|n| n.trim()));
        let is_comment = record.cells.len() != layout.width && record.cells[0].trim_start().starts_with('#');
        // A rule drawn under the header.
        let is_ruler = record.cells.iter().all(|cell| !cell.contains(char::is_alphanumeric));
        if is_header || is_comment || is_ruler {
            return Ok(Line::Nothing(None));
        }
        let words = self.words(record);
        let start = self.start(record);
        if self.is_no_row(record, start.as_ref().ok(), words.is_some()) {
            return Ok(Line::Nothing(heading(record, self.orders)));
        }
        if record.cells.len() != layout.width {
            let of = if layout.header.is_some() { "the header has" } else { "the other rows have" };
            return Err(format!("{} cells, {of} {}", record.cells.len(), layout.width));
        }
        let start = start?;
        if let (Some(text), true) = (&start.unread, start.date.is_none() || start.time.is_none()) {
            return Err(format!("\"{text}\" is no date or time"));
        }
        let day = match &start.date {
            Some((date, text)) => {
                self.orders.date(*date, Century::This).ok_or_else(|| format!("impossible date {text}"))?
            }
            None => day.ok_or("the row has no date")?,
        };
        let all_day = layout.cell(record, Role::AllDay).is_some_and(says_yes);
        let span = match start.time {
            Some(span) if !all_day => Some(span),
            None if !(all_day || self.whole_days) => return Err("the row has no time".to_owned()),
            _ => None,
        };
        let (patient, nobody) = self.who(record, day)?;
        let unborn = patient.as_ref().and_then(|patient| patient.birth_date).is_some_and(|birth| birth > day);
        let unborn = unborn.then(|| "the birth date lies after the appointment".to_owned());
        let weekday = start.date.as_ref().and_then(|(_, text)| other_weekday(text, day));
        let (end, cut_off) = self.end(record, day, span)?;
        let notes: Vec<String> = [start.note, weekday, cut_off, unborn].into_iter().flatten().collect();
        let title = nobody.or_else(|| self.text(record, Role::Title)).or(words);
        if patient.is_none() && title.is_none() {
            return Ok(Line::Free(day));
        }
        Ok(Line::Row(Box::new(Row {
            line: record.line,
            day,
            time: span.map(|span| span.start),
            offset: span.and_then(|span| span.offset),
            end,
            cancelled: self.is_cancelled(record, title.as_deref()),
            patient,
            title,
            kind_words: self.kind_words(record),
            place: self.text(record, Role::Place),
            id: self.text(record, Role::Id),
            note: (!notes.is_empty()).then(|| notes.join("; ")),
        })))
    }

    fn text(&self, record: &Record, role: Role) -> Option<String> {
        self.layout.cell(record, role).map(clean_line).filter(|text| !text.is_empty())
    }

    /// What the row says beside patient and time: reason, else kind.
    fn words(&self, record: &Record) -> Option<String> {
        self.text(record, Role::Reason).or_else(|| self.kind_words(record))
    }

    fn kind_words(&self, record: &Record) -> Option<String> {
        let columns = self.layout.columns(Role::Kind).iter();
        let words: Vec<String> = columns
            .filter_map(|column| record.cells.get(*column))
            .map(|cell| clean_line(cell))
            .filter(|w| !w.is_empty())
            .collect();
        (!words.is_empty()).then(|| words.join(", "))
    }

    /// Titles and footers have neither a start nor a patient; a line with a date and nothing else is a heading.
    fn is_no_row(&self, record: &Record, start: Option<&Start>, has_words: bool) -> bool {
        let (has_date, has_time) = start.map_or((true, true), |start| (start.date.is_some(), start.time.is_some()));
        let roles = [Role::Name, Role::Family, Role::Given, Role::Number, Role::Title];
        let names_somebody = roles.iter().any(|role| self.layout.cell(record, *role).is_some());
        if record.cells.len() != self.layout.width {
            return !has_time && record.filled() <= 2;
        }
        let is_full = record.filled() * 2 > self.layout.width;
        !has_time && !names_somebody && !(has_words && (has_date || is_full))
    }

    fn start(&self, record: &Record) -> Result<Start, String> {
        let mut start = Start { date: None, time: None, unread: None, note: None };
        for column in self.layout.columns(Role::Start) {
            let Some(cell) = record.cells.get(*column).map(|cell| cell.trim()).filter(|cell| !cell.is_empty()) else {
                continue;
            };
            let text = cut(&clean_line(cell), 40);
            match self.when(record, cell, Role::Start) {
                Found::Impossible => return Err(format!("impossible time {text}")),
                Found::Other => start.unread = start.unread.or(Some(text)),
                Found::Is(found) => {
                    let differs = match (&start.date, found.date) {
                        (Some((known, _)), Some(date)) => {
                            self.orders.date(*known, Century::This) != self.orders.date(date, Century::This)
                        }
                        _ => false,
                    } || matches!((start.time, found.time), (Some(a), Some(b)) if a.start != b.start);
                    if differs {
                        let name = self.layout.name(*column);
                        start.note =
                            Some(format!("{name} says {text}, another column something else: the first counts"));
                    }
                    start.date = start.date.or(found.date.map(|date| (date, text)));
                    start.time = start.time.or(found.time);
                }
            }
        }
        Ok(start)
    }

    /// Reads a cell of a start or an end, with the half of the day that stands in a column beside it.
    fn when(&self, record: &Record, cell: &str, role: Role) -> Found<When> {
        let joined = self.half(record, role).map(|half| when(&format!("{cell} {half}"), true));
        joined
            .filter(|found| matches!(found, Found::Is(found) if found.time.is_some()))
            .unwrap_or_else(|| when(cell, true))
    }

    /// The half of the day in the column of its own that belongs to the start or to the end: the columns beside the end
    /// are its own, where another one stands before them.
    fn half(&self, record: &Record, role: Role) -> Option<&'static str> {
        let columns = self.layout.columns(Role::Half);
        let ends = self.layout.columns(Role::End).first().copied().unwrap_or(usize::MAX);
        let at = match (role, columns) {
            (_, []) => return None,
            (Role::End, [.., last]) => Some(last).filter(|at| **at > ends),
            (_, [first, ..]) => Some(first).filter(|at| **at < ends),
        };
        half(record.cells.get(*at.or(columns.first())?)?)
    }

    /// Whether one half of the day stands beside both start and end.
    fn half_is_shared(&self, record: &Record) -> bool {
        self.layout.columns(Role::Half).len() == 1 && self.half(record, Role::End).is_some()
    }

    fn end(
        &self,
        record: &Record,
        day: NaiveDate,
        span: Option<Span>,
    ) -> Result<(Option<NaiveDateTime>, Option<String>), String> {
        let mut last_day = None;
        let mut time = None;
        for column in self.layout.columns(Role::End) {
            let Some(cell) = record.cells.get(*column).map(|cell| cell.trim()).filter(|cell| !cell.is_empty()) else {
                continue;
            };
            match self.when(record, cell, Role::End) {
                Found::Is(found) => {
                    if let Some(date) = found.date {
                        let found = self.orders.date(date, Century::This);
                        last_day =
                            last_day.or(Some(found.ok_or_else(|| format!("impossible date {}", cut(cell, 40)))?));
                    }
                    time = time.or(found.time.map(|span| span.start));
                }
                Found::Impossible if is_end_of_day(cell) => {
                    time = time.or(Some(NaiveTime::MIN));
                    last_day = last_day.or_else(|| day.succ_opt());
                }
                Found::Impossible => return Err(format!("impossible time {}", cut(cell, 40))),
                Found::Other => {}
            }
        }
        let Some(span) = span else {
            // Days end at the midnight after the last; a last day that is the first is one day.
            let last = last_day.filter(|last| *last > day).or_else(|| day.succ_opt());
            return Ok((last.map(|last| last.and_time(NaiveTime::MIN)), None));
        };
        let start = day.and_time(span.start);
        let said = time.or(span.end).map(|time| last_day.unwrap_or(day).and_time(time));
        let noon = chrono::Duration::hours(12);
        let (end, note) = match said {
            Some(end) if end > start => (Some(end), None),
            // 11:30 to 12:30, "AM" beside them: the end lies in the other half.
            Some(end) if end < start && last_day.is_none() && self.half_is_shared(record) && end + noon > start => {
                (Some(end + noon), None)
            }
            Some(end) if end < start && last_day.is_none() && is_over_night(start.time(), end.time()) => {
                (Some(end + chrono::Duration::days(1)), Some("it ends on the next day".to_owned()))
            }
            // Midnight stands in many lists where nothing was filled in.
            Some(end) if end < start && end.time() != NaiveTime::MIN => {
                (None, Some("it ends before it starts: the end was left out".to_owned()))
            }
            _ => (None, None),
        };
        let by_length = || {
            let minutes = match length(self.layout.cell(record, Role::Length)?)? {
                WrittenLength::Bare(seconds) if self.in_seconds => seconds / 60,
                WrittenLength::Minutes(minutes) | WrittenLength::Bare(minutes) => minutes,
            };
            (1..=14_400).contains(&minutes).then(|| start + chrono::Duration::minutes(i64::from(minutes)))
        };
        Ok((end.or_else(by_length), note))
    }

    /// The patient, or the title of a block that stands where a patient would.
    fn who(&self, record: &Record, day: NaiveDate) -> Result<(Option<SourcePatient>, Option<String>), String> {
        let mut cell = NameCell {
            family: self.text(record, Role::Family),
            given: self.text(record, Role::Given),
            ..NameCell::default()
        };
        if cell.given.is_none()
            && let Some(one) = cell.family.take().or_else(|| self.text(record, Role::Name))
        {
            // A family name alone in its own column stays one.
            let apart = !self.layout.has(Role::Name) && !one.contains([',', '(']);
            cell = if apart { NameCell { family: Some(one), ..NameCell::default() } } else { name::read(&one) };
            let mut headers =
                self.layout.columns(Role::Name).iter().filter_map(|column| self.layout.names.get(*column));
            if headers.any(|header| is_family_first(header)) {
                cell.split_family_first();
            }
        }
        let birth = match self.layout.cell(record, Role::Birth) {
            Some(text) => match self.birth(text) {
                Some(date) => Some((date, text.to_owned())),
                None if text.bytes().all(|b| b.is_ascii_digit()) && text.len() >= 4 => {
                    let why = "digits run together can be read in more than one way";
                    return Err(format!("\"{}\" is no birth date: {why}", cut(text, 40)));
                }
                None if text.bytes().filter(u8::is_ascii_digit).count() >= 4 => {
                    return Err(format!("\"{}\" is no birth date", cut(&clean_line(text), 40)));
                }
                None => None,
            },
            None => cell.birth.map(|date| (date, cell.name.clone().unwrap_or_default())),
        };
        let birth_date = match birth {
            Some((date, text)) => Some(
                self.orders
                    .date(date, Century::NotAfter(day))
                    .ok_or_else(|| format!("impossible birth date {}", cut(&clean_line(&text), 40)))?,
            ),
            None => None,
        };
        let number = self.text(record, Role::Number).or(cell.number);
        let both = || Some(format!("{} / {}", cell.family.as_ref()?, cell.given.as_ref()?));
        if let (Some(name), None, None) = (cell.name.clone().or_else(both), &number, birth_date)
            && is_nobody(&name)
        {
            return Ok((None, Some(name)));
        }
        let sex = self.layout.cell(record, Role::Sex).and_then(sex);
        let patient =
            SourcePatient { family: cell.family, given: cell.given, name: cell.name, birth_date, number, sex };
        Ok(((!patient.is_empty()).then_some(patient), None))
    }

    fn birth(&self, text: &str) -> Option<WrittenDate> {
        let written = leading_date(text).map(|(date, _)| date);
        written.or_else(|| serial_birth(text).filter(|_| self.serial_births))
    }

    fn is_cancelled(&self, record: &Record, title: Option<&str>) -> bool {
        let said = self.layout.cell(record, Role::Status).is_some_and(says_cancelled);
        let flagged = self.layout.cell(record, Role::Cancelled).is_some_and(|cell| {
            // When it was cancelled says that it was.
            says_yes(cell) || says_cancelled(cell) || leading_date(cell).is_some()
        });
        let titled = title.is_some_and(|title| without_cancelled(title).is_some());
        said || flagged || titled
    }
}

/// The day that a line between rows gives to those below it.
pub fn heading(record: &Record, orders: &Orders) -> Option<NaiveDate> {
    const ABOUT_THE_PAGE: [&str; 10] =
        ["print", "gedruckt", "generat", "erstellt", "report run", "run on", "as of", "stand", "page", "seite"];
    record.cells.iter().find_map(|cell| {
        let lower = cell.to_lowercase();
        if ABOUT_THE_PAGE.iter().any(|words| lower.trim_start().starts_with(words)) {
            return None;
        }
        orders.date(super::dates::date_within(cell)?, Century::This)
    })
}

/// A sex as tables write it; whatever else stands there says nothing.
fn sex(text: &str) -> Option<Sex> {
    match fold(text.trim()).as_str() {
        "f" | "female" | "w" | "weiblich" | "woman" | "frau" | "femme" | "feminin" | "femenino" | "mujer" => {
            Some(Sex::Female)
        }
        "m" | "male" | "mannlich" | "maennlich" | "man" | "mann" | "homme" | "masculin" | "masculino" | "hombre" => {
            Some(Sex::Male)
        }
        "x" | "o" | "d" | "other" | "divers" | "diverse" | "nonbinary" | "non-binary" | "another" => Some(Sex::Other),
        _ => None,
    }
}

fn says_yes(text: &str) -> bool {
    matches!(
        text.trim().to_lowercase().as_str(),
        "1" | "true"
            | "t"
            | "yes"
            | "y"
            | "x"
            | "ja"
            | "j"
            | "wahr"
            | "ein"
            | "on"
            | "oui"
            | "vrai"
            | "sí"
            | "si"
            | "verdadero"
            | "sì"
            | "vero"
            | "sim"
            | "verdadeiro"
    )
}

/// A night that may be meant: from the evening to the morning.
fn is_over_night(start: NaiveTime, end: NaiveTime) -> bool {
    start.hour() >= 18 && end.hour() < 8
}

/// What to say where another day of the week stands before a date.
fn other_weekday(text: &str, day: NaiveDate) -> Option<String> {
    let written = written_weekday(text).filter(|written| *written != day.weekday())?;
    Some(format!("{} is a {}, the schedule says {}", show_date(day), day_name(day.weekday()), day_name(written)))
}

fn day_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// Words that stand where a patient would, and name nobody: every word is one of them, and one says what for.
fn is_nobody(name: &str) -> bool {
    const NOBODY: [&str; 27] = [
        "lunch",
        "break",
        "blocked",
        "block",
        "hold",
        "admin",
        "meeting",
        "open",
        "available",
        "free",
        "closed",
        "vacation",
        "holiday",
        "travel",
        "pause",
        "mittag",
        "mittagspause",
        "gesperrt",
        "frei",
        "teambesprechung",
        "urlaub",
        "fortbildung",
        "geschlossen",
        "verwaltung",
        "puffer",
        "buffer",
        "unavailable",
    ];
    const BESIDE: [&str; 9] = ["time", "staff", "team", "clinic", "office", "praxis", "and", "und", "slot"];
    let folded = fold(name);
    if matches!(folded.as_str(), "out of office") {
        return true;
    }
    let words: Vec<&str> = folded.split(' ').collect();
    words.iter().any(|word| NOBODY.contains(word))
        && words.iter().all(|word| NOBODY.contains(word) || BESIDE.contains(word))
}
