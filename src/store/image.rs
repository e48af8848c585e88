//! A row as JSON, exactly: how the log keeps it, and how it is read back.
//!
//! Integers are decimals, text is text, bytes are hex, NULL is `null` in a change and left out of a whole image. SQL
//! functions do this for the triggers: `row_image(names, values…)` gives a whole row; `row_changed(names, id, old…, id,
//! new…)` says whether an update changed anything, and `row_before()` and `row_after()` then give what.

use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error};
use serde_json::{Map, Value};

use super::error::{Doing, StoreError};

/// The columns of a row that are not NULL.
pub(super) type Image = Map<String, Value>;

/// What the last asked update changed: before and after.
type Changed = Arc<Mutex<(String, String)>>;

/// Teaches a connection these functions. They are not known to any other tool: what is written there fails.
pub(super) fn register(conn: &Connection) -> Result<(), StoreError> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_INNOCUOUS;
    let changed = Changed::default();
    let (before, after) = (Arc::clone(&changed), Arc::clone(&changed));
    conn.create_scalar_function("row_image", -1, flags | FunctionFlags::SQLITE_DETERMINISTIC, whole)
        .and_then(|()| conn.create_scalar_function("row_changed", -1, flags, move |context| differ(context, &changed)))
        .and_then(|()| {
            conn.create_scalar_function("row_before", 0, flags, move |_| Ok(mem::take(&mut held(&before).0)))
        })
        .and_then(|()| conn.create_scalar_function("row_after", 0, flags, move |_| Ok(mem::take(&mut held(&after).1))))
        .doing("preparing the log")
}

fn held(changed: &Changed) -> std::sync::MutexGuard<'_, (String, String)> {
    changed.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The JSON of a whole row, without what is NULL.
fn whole(context: &Context) -> Result<String, Error> {
    let mut json = String::from("{");
    for (at, name) in names(context, context.len().saturating_sub(1))?.enumerate() {
        let value = context.get_raw(at + 1);
        if value != ValueRef::Null {
            member(&mut json, name, value)?;
        }
    }
    json.push('}');
    Ok(json)
}

/// Whether two images of a row differ; keeps how, for the two functions that are asked next.
fn differ(context: &Context, kept: &Changed) -> Result<bool, Error> {
    let half = context.len().saturating_sub(1) / 2;
    let pair = |at: usize| (context.get_raw(at), context.get_raw(at + half));
    if half > 0 && pair(1).0 != pair(1).1 {
        return Err(failed("an identity does not change"));
    }
    let (mut before, mut after) = (String::from("{"), String::from("{"));
    for (at, name) in names(context, half.saturating_sub(1))?.enumerate() {
        let (old, new) = pair(at + 2);
        if old != new {
            member(&mut before, name, old)?;
            member(&mut after, name, new)?;
        }
    }
    if before.len() == 1 {
        return Ok(false);
    }
    before.push('}');
    after.push('}');
    *held(kept) = (before, after);
    Ok(true)
}

/// The names of the columns, in the order of their values: as many as there are values.
fn names<'a>(context: &'a Context, count: usize) -> Result<impl Iterator<Item = &'a str>, Error> {
    let unnamed = || failed("the log was asked about unnamed columns");
    if context.is_empty() {
        return Err(unnamed());
    }
    Ok(context.get_raw(0).as_str().map_err(|_| unnamed())?.split(',').take(count))
}

fn member(json: &mut String, name: &str, value: ValueRef) -> Result<(), Error> {
    if json.len() > 1 {
        json.push(',');
    }
    let value = self::value(value)?.unwrap_or(Value::Null);
    json.push_str(&Value::from(name).to_string());
    json.push(':');
    json.push_str(&value.to_string());
    Ok(())
}

/// A value as the log has it; none for NULL. Fact tables hold no floats and no broken text: one is refused here, before
/// it could be written.
pub(super) fn value(value: ValueRef) -> Result<Option<Value>, Error> {
    Ok(Some(match value {
        ValueRef::Null => return Ok(None),
        ValueRef::Integer(number) => number.into(),
        ValueRef::Text(text) => str::from_utf8(text).map_err(|_| failed("a text is not UTF-8"))?.into(),
        ValueRef::Blob(bytes) => hex(bytes).into(),
        ValueRef::Real(_) => return Err(failed("a binary float cannot be logged exactly")),
    }))
}

fn failed(why: &'static str) -> Error {
    Error::UserFunctionError(why.into())
}

/// Bytes as hex, in capitals.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| char::from(DIGITS[usize::from(half)])).collect()
}

/// The bytes that [`hex`] wrote.
pub(super) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |c: u8| char::from(c).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(sql: &str) -> Result<Option<String>, Error> {
        let conn = Connection::open_in_memory().unwrap();
        register(&conn).unwrap();
        conn.query_row(&format!("SELECT {sql}"), [], |row| row.get(0))
    }

    #[test]
    fn rows_become_json_and_changes_only_what_changed() {
        for (sql, expected) in [
            ("row_image('a,b', 1, NULL)", Some(r#"{"a":1}"#)),
            (
                "row_image('a,b', -9223372036854775808, 'é\"' || char(0))",
                Some("{\"a\":-9223372036854775808,\"b\":\"é\\\"\\u0000\"}"),
            ),
            ("row_image('a', x'00fF')", Some(r#"{"a":"00FF"}"#)),
            ("row_image('')", Some("{}")),
        ] {
            assert_eq!(ask(sql).unwrap().as_deref(), expected, "{sql}");
        }
        for (columns, expected) in [
            ("'a,b', 'i', 1, 2, 'i', 1, 2", None),
            ("'a,b', 'i', 1, NULL, 'i', 1, ''", Some(r#"{"b":null} {"b":""}"#)),
            ("'a,b', 'i', 'x', '1', 'i', 'X', 1", Some(r#"{"a":"x","b":"1"} {"a":"X","b":1}"#)),
            ("'', 'i', 'i'", None),
        ] {
            let sql = format!("CASE WHEN row_changed({columns}) THEN row_before() || ' ' || row_after() END");
            assert_eq!(ask(&sql).unwrap().as_deref(), expected, "{columns}");
        }
        for wrong in [
            "row_image('a', 0.5)",
            "row_image('a', CAST(x'ff' AS TEXT))",
            "row_image(1, 1)",
            "row_image()",
            "row_changed()",
            "row_changed('a', 'i', 1, 'j', 1)",
        ] {
            assert!(ask(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn bytes_survive_hex() {
        assert_eq!(unhex(&hex(&[0, 1, 171, 255])), Some(vec![0, 1, 171, 255]));
        assert_eq!((unhex("0"), unhex("0G"), unhex("")), (None, None, Some(vec![])));
    }
}
