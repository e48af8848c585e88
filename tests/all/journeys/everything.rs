//! Everything a record holds, so that two records can be compared: every row of every table of facts, and the name of every
//! act, with identities as numbers in the order in which they come and moments as a word. A table made later is compared
//! too, without a word here.

use std::collections::HashMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Row};

use super::{Office, PASSPHRASE};

/// Tables that are no facts, or that only repeat them: the log, the index, what a machine keeps about itself.
const BESIDE: [&str; 4] = ["change", "change_set", "machine", "draft"];

/// Columns that are another value each time: what is sealed, and its key.
const CHANCE: [&str; 3] = ["sealed", "reflection_key", "salt"];

/// Numbers for identities, in the order in which they come.
#[derive(Default)]
struct Numbers(HashMap<String, usize>);

impl Numbers {
    /// The text with every identity in it as its number.
    fn told(&mut self, text: &str) -> String {
        let (mut out, mut rest) = (String::new(), text);
        while let Some(c) = rest.chars().next() {
            let id = rest.get(..36).filter(|id| c.is_ascii_hexdigit() && uuid::Uuid::try_parse(id).is_ok());
            let Some(id) = id else {
                out.push(c);
                rest = &rest[c.len_utf8()..];
                continue;
            };
            let next = self.0.len() + 1;
            let number = *self.0.entry(id.to_owned()).or_insert(next);
            out.push_str(&format!("#{number}"));
            rest = &rest[36..];
        }
        out
    }

    fn row(&mut self, table: &str, columns: &[String], row: &Row<'_>) -> String {
        let cells = columns.iter().enumerate().map(|(at, column)| {
            let value = match row.get_ref(at).unwrap() {
                ValueRef::Null => "-".to_owned(),
                ValueRef::Integer(_) if column == "at" || column.ends_with("_at") => "a moment".to_owned(),
                ValueRef::Integer(number) => number.to_string(),
                _ if CHANCE.contains(&column.as_str()) => "chance".to_owned(),
                ValueRef::Text(text) => self.told(&String::from_utf8_lossy(text)),
                value => panic!("{table}.{column} holds {value:?}"),
            };
            format!("{column}={value}")
        });
        format!("{table}: {}", cells.collect::<Vec<_>>().join("  "))
    }

    fn table(&mut self, conn: &Connection, table: &str, out: &mut Vec<String>) {
        let mut rows = conn.prepare(&format!("SELECT * FROM {table} ORDER BY rowid")).unwrap();
        let columns: Vec<String> = rows.column_names().map(str::to_owned).collect();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            out.push(self.row(table, &columns, row));
        }
    }
}

fn texts(conn: &Connection, sql: &str) -> Vec<String> {
    let mut rows = conn.prepare(sql).unwrap();
    rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

impl Office {
    /// The file as another tool reads it.
    pub fn other_tool(&self) -> Connection {
        let conn = Connection::open_with_flags(self.record(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        conn.pragma_update(None, "key", PASSPHRASE).unwrap();
        conn
    }

    /// Everything the record holds, a line a row.
    pub fn everything(&self) -> Vec<String> {
        let conn = self.other_tool();
        let tables = texts(&conn, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid");
        let mut numbers = Numbers::default();
        let mut out = Vec::new();
        for table in tables {
            let beside = BESIDE.contains(&table.as_str());
            if !beside && !table.starts_with("search") && !table.starts_with("sqlite_") {
                numbers.table(&conn, &table, &mut out);
            }
        }
        out.extend(texts(&conn, "SELECT 'act: ' || kind || ' ' || name FROM change_set ORDER BY seq"));
        out.extend(texts(&conn, "SELECT 'draft: ' || form FROM draft ORDER BY form, subject"));
        out
    }
}

/// Where two records differ, line by line; empty where they are the same.
pub fn differences(one: &[String], other: &[String]) -> Vec<String> {
    let only = |mark: &'static str, these: &[String], those: &[String]| {
        let missing = |line: &&String| {
            let count = |lines: &[String]| lines.iter().filter(|other| other == line).count();
            count(these) != count(those)
        };
        these.iter().filter(missing).map(|line| format!("{mark} {line}")).collect::<Vec<_>>()
    };
    let mut out = only("<", one, other);
    out.extend(only(">", other, one));
    if out.is_empty() && one != other {
        out.push("the same lines in another order".to_owned());
    }
    out
}
