//! Which table this is: by its columns, and by a mapping that was saved for them.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::{self, Layout};
use super::mapping::{Column, Columns, Mapping};
use super::records::{self, Dialect, Record};
use super::role::squeezed;
use super::{NotASchedule, Options, decode, parse};

/// A header stands among the first lines, or there is none.
const HEAD: usize = 60;

/// How the cells are kept apart: as the mapping says, else as it looks.
pub(super) fn dialect(text: &str, mapping: Option<&Mapping>) -> Dialect {
    match mapping.and_then(|mapping| mapping.delimiter) {
        Some(delimiter) => Dialect { delimiter, backslash: false },
        None => records::dialect(text, &layout::known_names),
    }
}

/// The calendar of a table without a name: made of the names of its columns, in whatever order they stand. Without a
/// header the number of columns is all there is.
pub(super) fn calendar_of(layout: &Layout) -> String {
    let names = column_names(&layout.names);
    if names.is_empty() {
        return format!("table of {} columns", layout.width);
    }
    // FNV-1a: short, the same on every machine; it keeps tables apart and hides nothing.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in names.iter().flat_map(|name| name.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    format!("table {hash:016x}")
}

/// The names of columns, nameless ones aside, so that their order and spelling does not matter.
fn column_names(cells: &[String]) -> BTreeSet<String> {
    cells.iter().map(|cell| squeezed(cell)).filter(|name| !name.is_empty()).collect()
}

/// Whether a table is one that a mapping was saved for: a line near its top has exactly the mapping's headers.
pub fn fits(bytes: &[u8], mapping: &Mapping) -> bool {
    let wanted = column_names(&mapping.headers);
    if wanted.is_empty() {
        return false;
    }
    let text = decode::decode(bytes, mapping.encoding.as_deref()).text;
    // A header is found without reading a table of thousands of rows to its end.
    let head: String = text.split_inclusive('\n').take(HEAD * 2).collect();
    let found = records::records(&head, dialect(&head, Some(mapping)));
    found.iter().take(HEAD).any(|record| column_names(&record.cells) == wanted)
}

/// The mapping that says what was recognised: what the columns hold, what stands between them, the encoding, the order
/// of the dates, and the headers by which the table is known again. It has no name yet.
///
/// What the given mapping says stays as it is; only what it leaves open is filled in.
///
/// # Errors
/// What is no schedule has no mapping, and why.
pub fn mapping_of(bytes: &[u8], options: Options<'_>) -> Result<Mapping, NotASchedule> {
    let parsed = parse(bytes, options)?;
    let mut mapping = options.mapping.cloned().unwrap_or_default();
    let calendar = mapping.calendar().map_or_else(|| calendar_of(&parsed.layout), str::to_owned);
    mapping.calendar = Some(calendar);
    mapping.headers = parsed.layout.names.iter().map(|name| name.trim().to_owned()).collect();
    mapping.headers.retain(|name| !name.is_empty());
    mapping.encoding.get_or_insert_with(|| parsed.decoded.encoding.to_owned());
    // A mapping cannot say that quotes are escaped by a backslash: such a table is better looked at again.
    if !parsed.dialect.backslash {
        mapping.delimiter.get_or_insert(parsed.dialect.delimiter);
    }
    mapping.date_order.get_or_insert(parsed.orders.usual());
    if mapping.columns.is_empty() {
        mapping.columns = columns(&parsed.layout, &parsed.records);
    }
    Ok(mapping)
}

/// What the columns hold, by their names; by number where a name is missing or stands twice.
fn columns(layout: &Layout, records: &[Record]) -> BTreeMap<super::role::Role, Columns> {
    let header = layout.header.and_then(|at| records.get(at)).map(|record| record.cells.as_slice()).unwrap_or_default();
    let column = |at: &usize| {
        let name = header.get(*at).map(|name| name.trim()).filter(|name| !squeezed(name).is_empty());
        let is_first = |name: &&str| header.iter().position(|other| squeezed(other) == squeezed(name)) == Some(*at);
        name.filter(is_first).map_or(Column::Number(at + 1), |name| Column::Name(name.to_owned()))
    };
    let held = layout.roles.iter().filter(|(_, places)| !places.is_empty());
    held.map(|(role, places)| {
        let mut places: Vec<Column> = places.iter().map(column).collect();
        let columns = match places.pop() {
            Some(only) if places.is_empty() => Columns::One(only),
            last => Columns::Many(places.into_iter().chain(last).collect()),
        };
        (*role, columns)
    })
    .collect()
}
