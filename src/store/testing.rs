//! A small schema of its own for the tests of the kernel, and short ways to write in it.

use std::path::Path;

use rusqlite::params;
use rusqlite::types::Value;
use uuid::Uuid;

use super::error::StoreError;
use super::key::{RawKey, Salt};
use super::log::{Act, Committed};
use super::migrate::{KERNEL, Plan, Step};
use super::open::{Mode, Store};
use super::search::{Of, Searched};
use crate::clinical::id::{Ids, PatientId};
use crate::clinical::time::Instant;

const TABLES: &str = "
    CREATE TABLE patient (id TEXT PRIMARY KEY, family TEXT NOT NULL COLLATE NOCASE, number TEXT UNIQUE, weight INTEGER,
      seal BLOB) STRICT;
    CREATE TABLE visit (id TEXT PRIMARY KEY, patient_id TEXT REFERENCES patient (id), date TEXT NOT NULL,
      note TEXT CHECK (note <> 'refused'), score INTEGER, \"odd \"\"na'me\" TEXT) STRICT;
    CREATE INDEX visit_of ON visit (patient_id);
    CREATE TABLE bare (id TEXT PRIMARY KEY) STRICT;";

const SEARCHED: &[Searched] = &[Searched {
    table: "visit",
    column: "note",
    patient: "{row}.patient_id",
    date: "{row}.date",
    label: "note",
    of: Of::Visit,
}];

/// The first schema of the tests.
pub(super) static SMALL: Plan = Plan { steps: &[FIRST], searched: SEARCHED };

/// The same, grown by one step that changes tables, columns and rows.
pub(super) static GROWN: Plan = Plan { steps: &[FIRST, SECOND], searched: SEARCHED };

/// The same, with a step that fails in its middle.
pub(super) static FAILING: Plan = Plan { steps: &[FIRST, FAILS], searched: SEARCHED };

const FIRST: Step = Step { version: 1, sql: &[KERNEL, TABLES] };
const SECOND: Step = Step {
    version: 2,
    sql: &["ALTER TABLE patient ADD COLUMN region TEXT NOT NULL DEFAULT 'uk';
            ALTER TABLE patient DROP COLUMN weight;
            CREATE TABLE goal (id TEXT PRIMARY KEY, patient_id TEXT REFERENCES patient (id), text TEXT) STRICT;
            CREATE INDEX goal_of ON goal (patient_id);
            INSERT INTO goal (id, patient_id, text) SELECT 'goal ' || id, id, 'walk' FROM patient;
            UPDATE visit SET score = score * 10;
            DROP TABLE bare;"],
};
const FAILS: Step = Step {
    version: 2,
    sql: &["UPDATE patient SET family = 'lost'; DROP TABLE visit; CREATE TABLE nowhere (id TEXT) STRICT;"],
};

/// A moment of the tests.
pub(super) const NOW: Instant = Instant::from_millis(1_795_000_000_000);

/// A key of the tests: no derivation, where the passphrase does not matter.
pub(super) fn key() -> RawKey {
    RawKey::from_bytes([7; 32], Salt::from_bytes(*b"salt of the test"))
}

pub(super) fn ids() -> Ids {
    Ids::seeded(1)
}

/// An empty record of the small schema in memory.
pub(super) fn memory() -> Store {
    Store::in_memory_with(&SMALL, ids(), NOW).unwrap()
}

/// A new keyed record of the small schema.
pub(super) fn create(path: &Path) -> Store {
    Store::create_with(&SMALL, path, &key(), ids(), NOW).unwrap()
}

pub(super) fn open(path: &Path, mode: Mode) -> Result<Store, StoreError> {
    Store::open_with(&SMALL, path, &key(), mode, Ids::seeded(2), NOW)
}

/// The identity of a patient of the tests.
pub(super) fn patient(n: u128) -> PatientId {
    PatientId::from(Uuid::from_u128(n))
}

impl Store {
    /// One act that runs some statements.
    pub(super) fn act(&mut self, name: &str, sql: &[&str]) -> Result<Committed, StoreError> {
        self.act_on(&Act::new(name), sql)
    }

    /// The same about a patient, or not to be undone.
    pub(super) fn act_on(&mut self, act: &Act, sql: &[&str]) -> Result<Committed, StoreError> {
        let run = |tx: &super::tx::Tx| sql.iter().try_for_each(|sql| tx.execute("testing", sql, []).map(|_| ()));
        self.transaction(act, NOW, run).map(|((), committed)| committed)
    }

    /// A patient by one act.
    pub(super) fn add_patient(&mut self, n: u128, family: &str) -> Committed {
        let add = |tx: &super::tx::Tx| {
            let (sql, id) = ("INSERT INTO patient (id, family) VALUES (?1, ?2)", patient(n).to_string());
            tx.execute("testing", sql, params![id, family]).map(|_| ())
        };
        self.transaction(&Act::new(format!("added {family}")).on(patient(n)), NOW, add).unwrap().1
    }

    /// One text from the record.
    pub(super) fn text(&self, sql: &str) -> String {
        self.conn.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// One number from the record.
    pub(super) fn number(&self, sql: &str) -> i64 {
        self.conn.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// All facts as text, to compare before and after.
    pub(crate) fn facts(&self) -> Vec<String> {
        let schema = super::schema::Schema::load(&self.conn).unwrap();
        let mut facts = Vec::new();
        for table in &schema.tables {
            let image = super::triggers::image(&self.conn, &table.columns, "t");
            let name = super::schema::quote(&table.name);
            let mut statement = self.conn.prepare(&format!("SELECT id, {image} FROM {name} AS t ORDER BY id")).unwrap();
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
            let fact = |row: rusqlite::Result<(String, Vec<u8>)>| row.unwrap();
            facts.extend(rows.map(fact).map(|(id, image)| format!("{} {id}{}", table.name, self.said(&image))));
        }
        facts
    }

    /// The changes of this kind, oldest first: each before and after as text.
    pub(super) fn logged(&self, op: &str) -> Vec<String> {
        let sql = "SELECT coalesce(before, x''), coalesce(after, x'') FROM change WHERE op = ?1 ORDER BY seq";
        let mut statement = self.conn.prepare(sql).unwrap();
        let rows = statement.query_map([op], |row| Ok([row.get(0)?, row.get(1)?])).unwrap();
        rows.map(Result::<[Vec<u8>; 2], _>::unwrap)
            .map(|[before, after]| format!("{} >{}", self.said(&before), self.said(&after)))
            .collect()
    }

    /// An image as text.
    fn said(&self, image: &[u8]) -> String {
        let names = super::names::Names::load(&self.conn).unwrap();
        let mut said = String::new();
        for (column, value) in super::image::read(image, &names).unwrap() {
            let value = match value {
                Value::Null => "null".to_owned(),
                Value::Integer(number) => number.to_string(),
                Value::Text(text) => format!("{text:?}"),
                other => format!("{other:?}"),
            };
            said += &format!(" {column}={value}");
        }
        said
    }
}
