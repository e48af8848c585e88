//! Tables of scores: a patient, a date, an instrument, and its total or the answer to one of its questions in each row.
//!
//! A table is one of scores where its header names an instrument and a value; everything else is left to the reader of
//! schedules. Patients and dates are read as there.

use chrono::NaiveDate;

use super::dates::{Century, DateOf, Orders, WrittenDate, leading_date};
use super::decode;
use super::name;
use super::recognise;
use super::records::{self, Record};
use super::role::{Role, role, squeezed};
use crate::clinical::practice::DateOrder;
use crate::clinical::score_table::{ScoreRow, ScoreTable};
use crate::clinical::text::clean_line;

/// What a column of such a table holds beside the patient and the date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Instrument,
    Item,
    Value,
    How,
    By,
    Patient(Role),
    Date,
}

const INSTRUMENT: [&str; 12] = [
    "instrument",
    "questionnaire",
    "scale",
    "measure",
    "form",
    "tool",
    "test",
    "fragebogen",
    "skala",
    "instrumentid",
    "questionnairename",
    "scalename",
];
const ITEM: [&str; 9] =
    ["item", "question", "itemid", "questionid", "frage", "linkid", "subscale", "field", "itemname"];
const VALUE: [&str; 14] = [
    "value",
    "total",
    "score",
    "answer",
    "result",
    "points",
    "sum",
    "totalscore",
    "wert",
    "summe",
    "punkte",
    "antwort",
    "gesamt",
    "ergebnis",
];
const HOW: [&str; 5] = ["how", "mode", "way", "method", "source"];
const BY: [&str; 6] = ["by", "reportedby", "reporter", "respondent", "informant", "answeredby"];
const DATE: [&str; 11] = [
    "date",
    "day",
    "datum",
    "completed",
    "completedon",
    "completedat",
    "authored",
    "assessed",
    "assessedon",
    "tag",
    "datetime",
];

/// In a table of scores a bare number is the patient's.
const NUMBER: [&str; 7] = ["number", "no", "id", "patient", "patientid", "subject", "nummer"];

/// A header stands among the first lines.
const HEAD: usize = 30;

fn column(header: &str) -> Option<Column> {
    let name = squeezed(header);
    let is = |names: &[&str]| names.contains(&name.as_str());
    if is(&INSTRUMENT) {
        return Some(Column::Instrument);
    }
    if is(&ITEM) {
        return Some(Column::Item);
    }
    if is(&VALUE) {
        return Some(Column::Value);
    }
    if is(&HOW) {
        return Some(Column::How);
    }
    if is(&BY) {
        return Some(Column::By);
    }
    if is(&DATE) {
        return Some(Column::Date);
    }
    match role(header).or_else(|| is(&NUMBER).then_some(Role::Number))? {
        role @ (Role::Family | Role::Given | Role::Name | Role::Birth | Role::Number) => Some(Column::Patient(role)),
        Role::Start => Some(Column::Date),
        _ => None,
    }
}

/// The header's place among the records, and what its columns hold.
fn header(records: &[Record]) -> Option<(usize, Vec<Option<Column>>)> {
    let columns = |record: &Record| record.cells.iter().map(|cell| column(cell)).collect::<Vec<_>>();
    let is_scores = |columns: &Vec<Option<Column>>| {
        columns.contains(&Some(Column::Instrument)) && columns.contains(&Some(Column::Value))
    };
    let found = records.iter().take(HEAD).map(columns).enumerate().find(|(_, columns)| is_scores(columns));
    found.filter(|(_, columns)| columns.iter().any(|column| matches!(column, Some(Column::Patient(_)))))
}

fn table(bytes: &[u8]) -> Vec<Record> {
    let text = decode::decode(bytes, None).text;
    records::records(&text, recognise::dialect(&text, None))
}

/// Whether a file is a table of scores.
pub fn is_scores(bytes: &[u8]) -> bool {
    // The header stands at the top; what follows may be many megabytes.
    let text = decode::decode(records::head(bytes), None).text;
    let head: String = text.split_inclusive('\n').take(HEAD * 2).collect();
    header(&records::records(&head, recognise::dialect(&head, None))).is_some()
}

/// Reads a table of scores; `today` says which century a birth is of.
pub fn read(file: &str, bytes: &[u8], region: DateOrder, today: NaiveDate) -> ScoreTable {
    let records = table(bytes);
    let Some((head, columns)) = header(&records) else { return ScoreTable::default() };
    let rows: Vec<&Record> = records.iter().skip(head + 1).filter(|record| !record.is_empty()).collect();
    let written = |record: &Record, wanted: Column, of: DateOf| {
        cell(record, &columns, wanted).and_then(|text| leading_date(&text).map(|(date, _)| (text.clone(), date, of)))
    };
    let dates: Vec<(String, WrittenDate, DateOf)> = rows
        .iter()
        .flat_map(|record| {
            let birth = Column::Patient(Role::Birth);
            [written(record, Column::Date, DateOf::Appointment), written(record, birth, DateOf::Birth)]
        })
        .flatten()
        .collect();
    let orders = Orders::of(dates.iter().map(|(text, date, of)| (text.as_str(), *date, *of)), region);
    let mut out = ScoreTable { file: file.to_owned(), ..ScoreTable::default() };
    out.notes.extend(orders.unsettled());
    for record in rows {
        let get = |wanted: Column| cell(record, &columns, wanted);
        let patient = |role: Role| get(Column::Patient(role));
        let whole = patient(Role::Name).map(|text| name::read(&text)).unwrap_or_default();
        let birth = written(record, Column::Patient(Role::Birth), DateOf::Birth).map(|(_, date, _)| date);
        let birth = birth.or(whole.birth);
        let date = written(record, Column::Date, DateOf::Appointment);
        let date = date.and_then(|(_, date, _)| orders.date(date, Century::This));
        out.rows.push(ScoreRow {
            line: record.line,
            number: patient(Role::Number).or(whole.number),
            family: patient(Role::Family).or(whole.family),
            given: patient(Role::Given).or(whole.given),
            name: whole.name,
            birth_date: birth.and_then(|birth| orders.date(birth, Century::NotAfter(today))),
            date,
            date_as_written: get(Column::Date).unwrap_or_default(),
            instrument: get(Column::Instrument).unwrap_or_default(),
            item: get(Column::Item),
            value: get(Column::Value).unwrap_or_default(),
            how: get(Column::How),
            by: get(Column::By),
        });
    }
    out
}

fn cell(record: &Record, columns: &[Option<Column>], wanted: Column) -> Option<String> {
    let cells = record.cells.iter().zip(columns).filter(|(_, column)| **column == Some(wanted));
    cells.map(|(cell, _)| clean_line(cell)).find(|cell| !cell.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
    }

    #[test]
    fn a_table_of_scores_is_known_by_its_header() {
        for (text, is) in [
            ("number,date,instrument,total\n7,2026-11-24,PHQ-9,12\n", true),
            ("Name;Geburtsdatum;Datum;Fragebogen;Wert\n", true),
            ("patient id\tdate\tquestionnaire\titem\tanswer\n", true),
            ("date,time,patient,reason\n2026-11-24,08:00,OKAFOR Adaeze,back\n", false),
            ("instrument,total\nPHQ-9,12\n", false),
            ("", false),
        ] {
            assert_eq!(is_scores(text.as_bytes()), is, "{text}");
        }
    }

    #[test]
    fn rows_are_read_with_patient_date_and_value() {
        let text = "Name;DOB;Date;Instrument;Item;Value;Reported by\n\"Okafor, Adaeze\";02.03.1972;24.11.2026;PHQ-9;q9;1;proxy\n\
                    Hale Ruth (A-1007);;31.12.2026;RMDQ;;12;\n";
        let table = read("scores.csv", text.as_bytes(), DateOrder::Dmy, today());
        assert_eq!(table.rows.len(), 2);
        let first = &table.rows[0];
        assert_eq!((first.family.as_deref(), first.given.as_deref()), (Some("Okafor"), Some("Adaeze")));
        assert_eq!(first.birth_date, NaiveDate::from_ymd_opt(1972, 3, 2));
        assert_eq!(
            (first.item.as_deref(), first.value.as_str(), first.by.as_deref()),
            (Some("q9"), "1", Some("proxy"))
        );
        assert_eq!(first.date, Some(today()));
        let second = &table.rows[1];
        assert_eq!((second.number.as_deref(), second.line), (Some("A-1007"), 3));
        assert_eq!(second.date, NaiveDate::from_ymd_opt(2026, 12, 31));
    }
}
