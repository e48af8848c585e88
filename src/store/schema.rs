//! The schema as the file itself tells it: fact tables, their columns, and which row points to which.
//!
//! Whatever is not named in [`OUTSIDE`] is a fact and under the log; so a new table is logged without anyone
//! remembering to say so.

use rusqlite::Connection;

use super::error::{Doing, StoreError};

/// The log itself, by name.
const LOG: [&str; 3] = ["change_set", "change", "log_name"];
/// Further tables outside the log; the full-text index and its shadow tables begin with `search`.
const OUTSIDE: [&str; 2] = ["draft", "machine"];

/// What a column of a fact can hold. Binary floats are not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Integer,
    Text,
    Blob,
}

/// A column of a fact table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub name: String,
    pub kind: Kind,
}

/// A table of facts: `id` first among its columns or not, but always there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub name: String,
    /// All columns but `id`.
    pub columns: Vec<Column>,
}

impl Table {
    pub(super) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// A column that points to the `id` of a row elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    pub from: String,
    pub column: String,
    pub to: String,
}

/// The fact tables of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Schema {
    pub tables: Vec<Table>,
    pub references: Vec<Reference>,
}

impl Schema {
    /// Reads the schema from the file.
    ///
    /// # Errors
    /// A fact table the log cannot follow exactly (no text key, binary floats) is refused by name.
    pub(super) fn load(conn: &Connection) -> Result<Self, StoreError> {
        let tables =
            table_names(conn)?.into_iter().map(|name| load_table(conn, name)).collect::<Result<Vec<_>, _>>()?;
        let mut references = Vec::new();
        for table in &tables {
            references.extend(load_references(conn, table)?);
        }
        Ok(Self { tables, references })
    }

    pub(super) fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }

    /// The columns that point to rows of this table.
    pub(super) fn pointing_to<'a>(&'a self, table: &'a str) -> impl Iterator<Item = &'a Reference> {
        self.references.iter().filter(move |reference| reference.to == table)
    }

    /// The columns of this table that point elsewhere.
    pub(super) fn pointing_from<'a>(&'a self, table: &'a str) -> impl Iterator<Item = &'a Reference> {
        self.references.iter().filter(move |reference| reference.from == table)
    }
}

/// A name as SQL takes it, whatever is in it.
pub(super) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn table_names(conn: &Connection) -> Result<Vec<String>, StoreError> {
    const DOING: &str = "reading the schema";
    let mut names = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
        .doing(DOING)?;
    let names =
        names.query_map([], |row| row.get(0)).and_then(Iterator::collect::<Result<Vec<String>, _>>).doing(DOING)?;
    Ok(names.into_iter().filter(|name| !is_outside(name)).collect())
}

fn is_outside(name: &str) -> bool {
    OUTSIDE.contains(&name) || is_log(name) || is_search(name)
}

/// Whether a table is part of the log.
pub(super) fn is_log(name: &str) -> bool {
    LOG.contains(&name)
}

/// Whether a table is part of the full-text index.
pub(super) fn is_search(name: &str) -> bool {
    name == "search" || name.starts_with("search_")
}

fn load_table(conn: &Connection, name: String) -> Result<Table, StoreError> {
    const DOING: &str = "reading the columns of a table";
    let refuse = |why| StoreError::Schema { table: name.clone(), why };
    let mut statement = conn.prepare("SELECT name, type, pk FROM pragma_table_info(?1) ORDER BY cid").doing(DOING)?;
    let mut rows = statement.query([&name]).doing(DOING)?;
    let (mut columns, mut key) = (Vec::new(), None);
    while let Some(row) = rows.next().doing(DOING)? {
        let column: String = row.get(0).doing(DOING)?;
        let kind = match row.get::<_, String>(1).doing(DOING)?.as_str() {
            "INTEGER" | "INT" => Kind::Integer,
            "TEXT" => Kind::Text,
            "BLOB" => Kind::Blob,
            "REAL" => return Err(refuse("it holds a binary float")),
            _ => return Err(refuse("it is not strict")),
        };
        match (row.get::<_, i64>(2).doing(DOING)?, column.as_str()) {
            (0, _) => columns.push(Column { name: column, kind }),
            (1, "id") if kind == Kind::Text => key = Some(()),
            _ => return Err(refuse("its key is not one column id TEXT")),
        }
    }
    key.ok_or_else(|| refuse("it has no key"))?;
    Ok(Table { name, columns })
}

fn load_references(conn: &Connection, table: &Table) -> Result<Vec<Reference>, StoreError> {
    const DOING: &str = "reading which tables point where";
    let refuse = |why| StoreError::Schema { table: table.name.clone(), why };
    let mut statement = conn
        .prepare(
            r#"SELECT "from", "table", coalesce("to", 'id') = 'id', on_delete = 'NO ACTION' AND on_update = 'NO ACTION'
               FROM pragma_foreign_key_list(?1)"#,
        )
        .doing(DOING)?;
    let mut rows = statement.query([&table.name]).doing(DOING)?;
    let mut references = Vec::new();
    while let Some(row) = rows.next().doing(DOING)? {
        if !row.get::<_, bool>(2).doing(DOING)? {
            return Err(refuse("it points to something else than an id"));
        }
        // An undo must see what would go with a row, and ask; the file may not decide that on its own.
        if !row.get::<_, bool>(3).doing(DOING)? {
            return Err(refuse("it changes rows by itself when those it points to go"));
        }
        let (column, to) = (row.get(0).doing(DOING)?, row.get(1).doing(DOING)?);
        references.push(Reference { from: table.name.clone(), column, to });
    }
    Ok(references)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(sql: &str) -> Result<Schema, StoreError> {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(sql).unwrap();
        Schema::load(&conn)
    }

    #[test]
    fn tables_columns_and_references_are_read_from_the_file() {
        let schema = load(
            "CREATE TABLE patient (id TEXT PRIMARY KEY, family TEXT) STRICT;
             CREATE TABLE visit (id TEXT PRIMARY KEY, patient_id TEXT REFERENCES patient, minutes INT, seal BLOB) STRICT;
             CREATE TABLE draft (form TEXT PRIMARY KEY) STRICT;
             CREATE TABLE search_text (id INTEGER PRIMARY KEY) STRICT;",
        )
        .unwrap();
        let names: Vec<_> = schema.tables.iter().map(|table| table.name.as_str()).collect();
        assert_eq!(names, ["patient", "visit"]);
        let kinds: Vec<_> = schema.tables[1].columns.iter().map(|column| column.kind).collect();
        assert_eq!(kinds, [Kind::Text, Kind::Integer, Kind::Blob]);
        assert_eq!(schema.pointing_to("patient").map(|r| r.column.as_str()).collect::<Vec<_>>(), ["patient_id"]);
        assert_eq!(schema.pointing_from("visit").count(), 1);
    }

    #[test]
    fn a_table_the_log_cannot_follow_exactly_is_refused_by_name() {
        for (sql, why) in [
            ("CREATE TABLE dose (id TEXT PRIMARY KEY, mg REAL) STRICT", "binary float"),
            ("CREATE TABLE dose (id TEXT PRIMARY KEY, mg)", "not strict"),
            ("CREATE TABLE dose (id INTEGER PRIMARY KEY) STRICT", "id TEXT"),
            ("CREATE TABLE dose (number TEXT PRIMARY KEY) STRICT", "id TEXT"),
            ("CREATE TABLE dose (mg INTEGER) STRICT", "no key"),
            ("CREATE TABLE dose (id TEXT PRIMARY KEY, of TEXT REFERENCES x ON DELETE CASCADE) STRICT", "by itself"),
            ("CREATE TABLE dose (id TEXT PRIMARY KEY, of TEXT REFERENCES x (number)) STRICT", "else than an id"),
        ] {
            let said = load(sql).unwrap_err().to_string();
            assert!(said.contains("dose") && said.contains(why), "{sql}: {said}");
        }
    }
}
