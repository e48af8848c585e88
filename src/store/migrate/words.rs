//! The words a column may hold.
//!
//! The files of the schema list them as one reads them, `kind IN ('new','follow_up','procedure','block')`. The database
//! answers such a list of three words and more by building a table of it, anew for every row that is written: a score, with
//! four of them, took four times as long to insert as without. So the schema is made with the same said one by one, `(kind
//! = 'new' OR kind = 'follow_up' OR …)`, which costs next to nothing.

use std::borrow::Cow;

const OPENS: &str = " IN (";

/// The same SQL with every list of words said one by one.
pub(in crate::store) fn one_by_one(sql: &str) -> Cow<'_, str> {
    if !sql.contains(OPENS) {
        return Cow::Borrowed(sql);
    }
    let mut out = String::with_capacity(sql.len() * 2);
    let mut rest = sql;
    while let Some(at) = rest.find(OPENS) {
        let (before, list) = (&rest[..at], &rest[at + OPENS.len()..]);
        let end = list.find(')').unwrap_or(list.len());
        let words: Vec<&str> = list[..end].split(',').map(str::trim).collect();
        let start = before.rfind(|c: char| !c.is_alphanumeric() && c != '_').map_or(0, |space| space + 1);
        let column = &before[start..];
        if words.len() < 3 || column == "NOT" || !words.iter().all(|word| word.starts_with('\'')) {
            out.push_str(&rest[..at + OPENS.len()]);
            rest = &rest[at + OPENS.len()..];
            continue;
        }
        let each: Vec<String> = words.iter().map(|word| format!("{column} = {word}")).collect();
        out.push_str(&before[..start]);
        out.push_str(&format!("({})", each.join(" OR ")));
        rest = list.get(end + 1..).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use crate::store::testing::{NOW, ids};

    #[test]
    fn a_list_of_words_is_said_one_by_one() {
        for (written, said) in [
            ("CHECK (way IN ('a','b', 'c'))", "CHECK ((way = 'a' OR way = 'b' OR way = 'c'))"),
            ("x IN (\n  'a','b',\n  'c') AND y > 0", "(x = 'a' OR x = 'b' OR x = 'c') AND y > 0"),
            ("(kind IN ('a','b','c')) = (act IS NULL)", "((kind = 'a' OR kind = 'b' OR kind = 'c')) = (act IS NULL)"),
            ("x IN ('a','b') OR z IN ('d','e','f')", "x IN ('a','b') OR (z = 'd' OR z = 'e' OR z = 'f')"),
            ("CHECK (done IN (0, 1, 2))", "CHECK (done IN (0, 1, 2))"),
            ("state NOT IN ('a','b','c')", "state NOT IN ('a','b','c')"),
            ("CREATE TABLE bare (id TEXT)", "CREATE TABLE bare (id TEXT)"),
        ] {
            assert_eq!(one_by_one(written), said);
        }
    }

    #[test]
    fn no_row_is_written_by_building_a_table() {
        let store = Store::in_memory(ids(), NOW).unwrap();
        let mut tables = store.conn.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").unwrap();
        let tables = tables.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        let tables: Vec<(String, String)> = tables.unwrap().map(Result::unwrap).collect();
        assert!(tables.len() > 40);
        for (table, sql) in tables.iter().filter(|(_, sql)| sql.contains("id TEXT PRIMARY KEY")) {
            let mut steps = store.conn.prepare(&format!("EXPLAIN INSERT INTO {table} DEFAULT VALUES")).unwrap();
            let steps = steps.query_map([], |row| row.get(1));
            let steps: Vec<String> = steps.unwrap().map(Result::unwrap).collect();
            let built = steps.iter().any(|step| ["OpenEphemeral", "OpenAutoindex"].contains(&step.as_str()));
            assert!(!built, "{table}: {sql}");
        }
    }
}
