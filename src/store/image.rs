//! A row as the log keeps it: as short as it can be said exactly, and read back to the very same values.
//!
//! An image is a list of columns: the number of the column's name ([`super::names`]) and its value. Numbers are written
//! seven bits to a byte, the lowest first, the eighth bit saying that more follow. A value begins with such a number; its
//! lowest three bits say what follows, the rest is its size or the value itself:
//!
//! | bits | value | the rest of the number | then |
//! |---|---|---|---|
//! | 0 | NULL | | |
//! | 1 | an integer from 0 on | the integer | |
//! | 2 | a negative integer | how far below −1 | |
//! | 3 | a text | how many bytes | its UTF-8 |
//! | 4 | bytes | how many | the bytes |
//! | 5 | a text that spells a UUID | | its 16 bytes |
//! | 6 | a text that spells a date from 1600 on, `2026-11-24` | months since then, times 31, and days of the month | |
//! | 7 | a text that spells bytes in small hex | how many bytes | the bytes |
//!
//! NULL stands only in the images of an update; a whole row leaves it out. SQL functions do the writing for the triggers:
//! `row_image(columns, values…)` gives a whole row; `row_changed(columns, id, old…, id, new…)` says whether an update
//! changed anything, and `row_before()` and `row_after()` then give what. `row_key(id)` is a row's identity as the log has
//! it: the 16 bytes of a UUID, any other text as it is, and NULL for none.

use std::collections::BTreeMap;
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Error};
use uuid::Uuid;

use super::error::{Doing, StoreError};
use super::names::Names;

/// The columns of a row, or those that changed, by name.
pub(super) type Image<'n> = BTreeMap<&'n str, Value>;

/// What the last asked update changed: before and after.
type Changed = Arc<Mutex<(Vec<u8>, Vec<u8>)>>;

const NULL: u128 = 0;
const POSITIVE: u128 = 1;
const NEGATIVE: u128 = 2;
const TEXT: u128 = 3;
const BYTES: u128 = 4;
const UUID: u128 = 5;
const DATE: u128 = 6;
const HEX: u128 = 7;
/// Dates before are written as other texts are.
const FIRST_YEAR: u32 = 1600;
/// A shorter text is as short when it is written as it is.
const HEX_FROM: usize = 16;

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
        .and_then(|()| {
            conn.create_scalar_function("row_key", 1, flags | FunctionFlags::SQLITE_DETERMINISTIC, |context| {
                match context.get_raw(0) {
                    ValueRef::Null => Ok(Value::Null),
                    id => id.as_str().map(row_key).map_err(|_| failed("an identity is text")),
                }
            })
        })
        .doing("preparing the log")
}

fn held(changed: &Changed) -> std::sync::MutexGuard<'_, (Vec<u8>, Vec<u8>)> {
    changed.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A row's identity as the log has it.
pub(super) fn row_key(id: &str) -> Value {
    match uuid(id.as_bytes()) {
        Some(uuid) => Value::Blob(uuid.into_bytes().to_vec()),
        None => Value::Text(id.to_owned()),
    }
}

/// The identity that [`row_key`] made short.
pub(super) fn row_id(key: ValueRef) -> String {
    match key {
        ValueRef::Blob(bytes) => Uuid::from_slice(bytes).map_or_else(|_| hex(bytes), |uuid| uuid.to_string()),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => "?".to_owned(),
    }
}

/// The image of a whole row, without what is NULL.
fn whole(context: &Context) -> Result<Vec<u8>, Error> {
    let mut image = Vec::new();
    for (at, column) in columns(context, context.len().saturating_sub(1))?.enumerate() {
        let value = context.get_raw(at + 1);
        if value != ValueRef::Null {
            put(&mut image, column, value)?;
        }
    }
    Ok(image)
}

/// Whether two images of a row differ; keeps how, for the two functions that are asked next.
fn differ(context: &Context, kept: &Changed) -> Result<bool, Error> {
    let half = context.len().saturating_sub(1) / 2;
    let pair = |at: usize| (context.get_raw(at), context.get_raw(at + half));
    if half > 0 && pair(1).0 != pair(1).1 {
        return Err(failed("an identity does not change"));
    }
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for (at, column) in columns(context, half.saturating_sub(1))?.enumerate() {
        let (old, new) = pair(at + 2);
        if old != new {
            put(&mut before, column, old)?;
            put(&mut after, column, new)?;
        }
    }
    if before.is_empty() {
        return Ok(false);
    }
    *held(kept) = (before, after);
    Ok(true)
}

/// The numbers of the columns, in the order of their values: as many as there are values.
fn columns<'a>(context: &'a Context, count: usize) -> Result<impl Iterator<Item = i64> + 'a, Error> {
    let unnamed = || failed("the log was asked about unnamed columns");
    if context.is_empty() {
        return Err(unnamed());
    }
    let mut bytes = context.get_raw(0).as_blob().map_err(|_| unnamed())?;
    Ok(std::iter::from_fn(move || take_number(&mut bytes)).filter_map(|n| i64::try_from(n).ok()).take(count))
}

/// The numbers of these columns, as the functions of the log take them.
pub(super) fn column_numbers(columns: impl IntoIterator<Item = i64>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for column in columns {
        put_number(&mut bytes, column.unsigned_abs().into());
    }
    bytes
}

/// Adds a column to an image. Fact tables hold no floats and no broken text: one is refused here, before it could be
/// written.
pub(super) fn put(image: &mut Vec<u8>, column: i64, value: ValueRef) -> Result<(), Error> {
    put_number(image, column.unsigned_abs().into());
    match value {
        ValueRef::Null => put_number(image, NULL),
        ValueRef::Integer(number @ 0..) => put_number(image, u128::from(number.unsigned_abs()) << 3 | POSITIVE),
        ValueRef::Integer(number) => put_number(image, u128::from(number.unsigned_abs() - 1) << 3 | NEGATIVE),
        ValueRef::Text(text) => put_text(image, str::from_utf8(text).map_err(|_| failed("a text is not UTF-8"))?),
        ValueRef::Blob(bytes) => put_sized(image, BYTES, bytes),
        ValueRef::Real(_) => return Err(failed("a binary float cannot be logged exactly")),
    }
    Ok(())
}

fn put_text(image: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    if let Some(uuid) = uuid(bytes) {
        put_number(image, UUID);
        image.extend(uuid.into_bytes());
    } else if let Some(day) = date(bytes) {
        put_number(image, u128::from(day) << 3 | DATE);
    } else if let Some(spelled) = (bytes.len() >= HEX_FROM).then(|| small_hex(bytes)).flatten() {
        put_sized(image, HEX, &spelled);
    } else {
        put_sized(image, TEXT, bytes);
    }
}

fn put_sized(image: &mut Vec<u8>, what: u128, bytes: &[u8]) {
    put_number(image, (bytes.len() as u128) << 3 | what);
    image.extend(bytes);
}

fn put_number(image: &mut Vec<u8>, mut number: u128) {
    while number > 0x7f {
        image.push(low_byte(number) | 0x80);
        number >>= 7;
    }
    image.push(low_byte(number));
}

fn low_byte(number: u128) -> u8 {
    number.to_le_bytes()[0]
}

fn take_number(bytes: &mut &[u8]) -> Option<u128> {
    let mut number = 0;
    // No number here has more than 70 bits.
    for shift in (0..70).step_by(7) {
        let (&first, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u128::from(first & 0x7f) << shift;
        if first < 0x80 {
            return Some(number);
        }
    }
    None
}

/// Reads an image back; none if it is not one, or speaks of a column that has no name.
pub(super) fn read<'n>(mut bytes: &[u8], names: &'n Names) -> Option<Image<'n>> {
    let mut image = Image::new();
    while !bytes.is_empty() {
        let column = names.get(i64::try_from(take_number(&mut bytes)?).ok()?)?;
        image.insert(column, take_value(&mut bytes)?);
    }
    Some(image)
}

fn take_value(bytes: &mut &[u8]) -> Option<Value> {
    let number = take_number(bytes)?;
    let size = number >> 3;
    let mut take = |size: u128| {
        let (taken, rest) = bytes.split_at_checked(usize::try_from(size).ok()?)?;
        *bytes = rest;
        Some(taken.to_vec())
    };
    Some(match number & 7 {
        NULL => Value::Null,
        POSITIVE => Value::Integer(i64::try_from(size).ok()?),
        NEGATIVE => Value::Integer(-1 - i64::try_from(size).ok()?),
        TEXT => Value::Text(String::from_utf8(take(size)?).ok()?),
        BYTES => Value::Blob(take(size)?),
        UUID => Value::Text(Uuid::from_slice(&take(16)?).ok()?.to_string()),
        DATE => {
            let size = u32::try_from(size).ok()?;
            let (months, day) = (size / 31, size % 31 + 1);
            Value::Text(format!("{:04}-{:02}-{day:02}", months / 12 + FIRST_YEAR, months % 12 + 1))
        }
        _ => Value::Text(hex(&take(size)?).to_ascii_lowercase()),
    })
}

/// The UUID that a text spells in the one way in which it is written back.
fn uuid(text: &[u8]) -> Option<Uuid> {
    let is_written_so = |(at, byte): (usize, &u8)| match at {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => is_small_hex(*byte),
    };
    let is_one = text.len() == 36 && text.iter().enumerate().all(is_written_so);
    is_one.then(|| Uuid::try_parse_ascii(text).ok()).flatten()
}

/// The day that a text spells as `2026-11-24`, by a number of its own.
fn date(text: &[u8]) -> Option<u32> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text else { return None };
    let number = |digits: &[u8]| {
        let digit = |n: u32, digit: &u8| digit.is_ascii_digit().then(|| n * 10 + u32::from(digit - b'0'));
        digits.iter().try_fold(0, digit)
    };
    let (month, day) = (number(&[m1, m2])?, number(&[d1, d2])?);
    let year = number(&[y1, y2, y3, y4])?.checked_sub(FIRST_YEAR)?;
    let is_one = (1..=12).contains(&month) && (1..=31).contains(&day);
    is_one.then(|| (year * 12 + month - 1) * 31 + day - 1)
}

const fn is_small_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

fn small_hex(text: &[u8]) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.iter().all(|byte| is_small_hex(*byte)) {
        return None;
    }
    unhex(str::from_utf8(text).ok()?)
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
mod tests;
