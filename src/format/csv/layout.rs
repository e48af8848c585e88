//! Where a table's header and rows are, and what its columns hold: by a mapping, by the names of the columns, or by what
//! stands in them.

use std::collections::{BTreeMap, BTreeSet};

use super::dates::written_weekday;
use super::infer;
use super::mapping::{Column, Mapping};
use super::records::{Record, most_common};
use super::role::{Role, role, squeezed};
use super::times::Found;
use super::when::when;

/// The shape of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// Columns by what they hold; of several the first that is filled counts.
    pub roles: BTreeMap<Role, Vec<usize>>,
    /// The header's place among the records.
    pub header: Option<usize>,
    /// Names of the columns; empty without a header.
    pub names: Vec<String>,
    /// How many cells a row has.
    pub width: usize,
}

impl Layout {
    /// The columns that hold this.
    pub fn columns(&self, role: Role) -> &[usize] {
        self.roles.get(&role).map_or(&[], Vec::as_slice)
    }
    /// Whether a column holds this.
    pub fn has(&self, role: Role) -> bool {
        !self.columns(role).is_empty()
    }
    /// The filled cell that holds this, trimmed.
    pub fn cell<'a>(&self, record: &'a Record, role: Role) -> Option<&'a str> {
        let cells = self.columns(role).iter().filter_map(|column| record.cells.get(*column));
        cells.map(|cell| cell.trim()).find(|cell| !cell.is_empty())
    }
    /// The name of a column, for words about it.
    pub fn name(&self, column: usize) -> String {
        match self.names.get(column).filter(|name| !name.trim().is_empty()) {
            Some(name) => format!("\"{}\"", crate::clinical::text::cut(name.trim(), 30)),
            None => format!("column {}", column + 1),
        }
    }
    /// The first record that may be a row.
    pub fn first_row(&self) -> usize {
        self.header.map_or(0, |header| header + 1)
    }
}

/// How many cells of a record are known names of columns.
pub fn known_names(record: &Record) -> usize {
    // No column has a name as long as this.
    if record.cells.iter().any(|cell| cell.len() > 1000) {
        return 0;
    }
    let roles: BTreeSet<Role> = record.cells.iter().filter_map(|cell| role(cell)).collect();
    let holds_moments = record.cells.iter().any(|cell| matches!(when(cell, false), Found::Is(_)));
    if holds_moments { 0 } else { roles.len() }
}

/// Finds the layout of a table.
///
/// # Errors
/// In words, if a mapping names a column that is not there.
pub fn find(records: &[Record], mapping: Option<&Mapping>) -> Result<Layout, String> {
    let mut layout = match mapping.filter(|mapping| !mapping.columns.is_empty()) {
        Some(mapping) => mapped(records, mapping)?,
        None => by_names(records),
    };
    let rows = rows(records, &layout);
    layout.width = match layout.header {
        Some(header) => header_width(&records[header], &rows),
        None => most_common(&rows.iter().map(|row| row.cells.len()).collect::<Vec<_>>()).map_or(0, |(cells, _)| cells),
    };
    if mapping.is_none_or(|mapping| mapping.columns.is_empty()) {
        keep_what_holds(&mut layout, &rows);
        take_bare_number(&mut layout, &rows);
        infer::complete(&mut layout, &rows);
    }
    Ok(layout)
}

fn rows<'a>(records: &'a [Record], layout: &Layout) -> Vec<&'a Record> {
    records.iter().skip(layout.first_row()).filter(|record| !record.is_empty()).take(500).collect()
}

/// Rows may all be longer than the header by cells in which nothing stands.
fn header_width(header: &Record, rows: &[&Record]) -> usize {
    let width = header.cells.len();
    match most_common(&rows.iter().map(|row| row.cells.len()).collect::<Vec<_>>()) {
        Some((cells, times)) if cells > width && times * 2 > rows.len() => {
            let extra_is_empty = |row: &&&Record| row.cells.iter().skip(width).all(|cell| cell.trim().is_empty());
            if rows.iter().filter(|row| row.cells.len() == cells).all(|row| extra_is_empty(&row)) {
                cells
            } else {
                width
            }
        }
        _ => width,
    }
}

fn mapped(records: &[Record], mapping: &Mapping) -> Result<Layout, String> {
    let wanted: Vec<&str> = mapping
        .columns
        .values()
        .flat_map(super::mapping::Columns::list)
        .filter_map(|column| match column {
            Column::Name(name) => Some(name.as_str()),
            Column::Number(_) => None,
        })
        .collect();
    let holds = |record: &Record, name: &str| record.cells.iter().position(|cell| squeezed(cell) == squeezed(name));
    let header = if wanted.is_empty() {
        records.first().filter(|record| known_names(record) > 1).map(|_| 0)
    } else {
        let missing = |record: &Record| wanted.iter().find(|name| holds(record, name).is_none()).copied();
        let head = || records.iter().take(60);
        let Some(header) = head().position(|record| missing(record).is_none()) else {
            let found = |record: &&Record| wanted.iter().filter(|name| holds(record, name).is_some()).count();
            let name = head().max_by_key(found).and_then(missing).unwrap_or_default();
            let mapping = &mapping.name;
            return Err(format!("the mapping \"{mapping}\" wants a column \"{name}\", which this table does not have"));
        };
        Some(header)
    };
    let mut layout = Layout { header, ..Layout::default() };
    layout.names = header.map(|at| records[at].cells.clone()).unwrap_or_default();
    for (role, columns) in &mapping.columns {
        let places = columns.list().iter().filter_map(|column| match column {
            Column::Number(number) => number.checked_sub(1),
            Column::Name(name) => header.and_then(|at| holds(&records[at], name)),
        });
        layout.roles.insert(*role, places.collect());
    }
    Ok(layout)
}

fn by_names(records: &[Record]) -> Layout {
    const ANCHORS: [Role; 6] = [Role::Start, Role::Name, Role::Family, Role::Title, Role::Number, Role::Birth];
    let is_header = |record: &Record| {
        known_names(record) > 1 && record.cells.iter().filter_map(|cell| role(cell)).any(|role| ANCHORS.contains(&role))
    };
    let known = records.iter().take(40).position(is_header);
    // Of headers that stand one under the other (groups above, names below) the one that says most is meant.
    let better = |at: usize| {
        records.get(at + 1).is_some_and(|next| is_header(next) && known_names(next) > known_names(&records[at]))
    };
    let known = known.map(|first| (first..records.len()).find(|at| !better(*at)).unwrap_or(first));
    let Some(header) = known.or_else(|| is_header_unlike_rows(records).then_some(0)) else { return Layout::default() };
    let mut layout = Layout { header: Some(header), names: records[header].cells.clone(), ..Layout::default() };
    for (column, name) in layout.names.iter().enumerate() {
        if let Some(role) = role(name) {
            layout.roles.entry(role).or_default().push(column);
        }
    }
    // "Name" beside "Vorname" is the family name.
    if layout.has(Role::Given)
        && !layout.has(Role::Family)
        && let Some(name) = layout.roles.remove(&Role::Name)
    {
        layout.roles.insert(Role::Family, name);
    }
    layout
}

/// Whether the first record is words alone, over columns of moments: a header in words that are not known.
fn is_header_unlike_rows(records: &[Record]) -> bool {
    let Some((first, rest)) = records.split_first() else { return false };
    let is_words = |cell: &String| !cell.trim().is_empty() && !cell.bytes().any(|b| b.is_ascii_digit());
    let rest: Vec<&Record> = rest.iter().filter(|record| !record.is_empty()).take(100).collect();
    let is_over_moments = |column: usize| {
        let cells: Vec<&str> = infer::filled(&rest, column).collect();
        let moments = cells.iter().filter(|cell| matches!(when(cell, false), Found::Is(_))).count();
        moments > 0 && moments * 10 >= cells.len() * 7
    };
    first.cells.len() > 1 && first.cells.iter().all(is_words) && (0..first.cells.len()).any(is_over_moments)
}

/// Takes back the role of columns whose cells cannot be what their name says.
fn keep_what_holds(layout: &mut Layout, rows: &[&Record]) {
    // "Scheduled day" beside "appointment day" is the day of the booking.
    let is_booking =
        |column: &usize| layout.names.get(*column).is_some_and(|name| squeezed(name).starts_with("scheduled"));
    let (booking, own): (Vec<usize>, Vec<usize>) = layout.columns(Role::Start).iter().copied().partition(is_booking);
    if !booking.is_empty() && !own.is_empty() {
        layout.roles.insert(Role::Start, own);
    }
    // Footers and titles are shorter than rows, and say nothing of a column.
    let whole: Vec<&Record> = rows.iter().filter(|record| record.cells.len() == layout.width).copied().collect();
    let rows = if whole.is_empty() { rows } else { &whole };
    let holds_moments = |column: &usize| {
        let cells: Vec<&str> = infer::filled(rows, *column).collect();
        let moments = cells.iter().filter(|cell| !matches!(when(cell, true), Found::Other)).count();
        moments * 2 >= cells.len() && !cells.is_empty()
    };
    for role in [Role::Start, Role::End] {
        let Some(columns) = layout.roles.remove(&role) else { continue };
        let (held, other): (Vec<usize>, Vec<usize>) = columns.into_iter().partition(holds_moments);
        if !held.is_empty() {
            layout.roles.insert(role, held);
        }
        // A column "Appointment" or "Termin" with words in it is a title; days of the week beside the date are none.
        let is_title = |column: &usize| infer::filled(rows, *column).any(|cell| written_weekday(cell).is_none());
        let words = other.into_iter().find(is_title);
        if let (Role::Start, Some(column), false) = (role, words, layout.has(Role::Title)) {
            layout.roles.insert(Role::Title, vec![column]);
        }
    }
    if id_is_of_patients(layout, rows)
        && let Some(ids) = layout.roles.remove(&Role::Id)
    {
        layout.roles.entry(Role::Number).or_insert(ids);
    }
}

/// A column "Number" beside names numbers the patients, unless it counts the rows, or one number stands with two names.
fn take_bare_number(layout: &mut Layout, rows: &[&Record]) {
    const BARE: [&str; 6] = ["number", "num", "nummer", "numero", "numer", "cislo"];
    if layout.has(Role::Number) || !(layout.has(Role::Name) || layout.has(Role::Family)) {
        return;
    }
    let Some(column) = layout.names.iter().position(|name| BARE.contains(&squeezed(name).as_str())) else { return };
    let cells: Vec<&str> = infer::filled(rows, column).collect();
    let mut holders: BTreeMap<&str, String> = BTreeMap::new();
    let is_of_one = rows.iter().all(|row| {
        let Some(number) = row.cells.get(column).map(|cell| cell.trim()).filter(|number| !number.is_empty()) else {
            return true;
        };
        let roles = [Role::Name, Role::Family, Role::Given];
        let name = roles.map(|role| layout.cell(row, role).unwrap_or_default()).join(" ");
        *holders.entry(number).or_insert_with(|| name.clone()) == name
    });
    let holds_numbers = cells.iter().any(|cell| cell.bytes().any(|b| b.is_ascii_digit()));
    if holds_numbers && !counts_rows(&cells) && is_of_one {
        layout.roles.insert(Role::Number, vec![column]);
    }
}

/// Whether numbers only say which row it is: they rise from the first, also where rows were taken out.
fn counts_rows(cells: &[&str]) -> bool {
    let numbers: Option<Vec<u64>> = cells.iter().map(|cell| cell.trim_end_matches('.').parse().ok()).collect();
    let most = u64::try_from(cells.len()).unwrap_or(u64::MAX).saturating_mul(2).saturating_add(10);
    numbers.is_some_and(|numbers| {
        numbers.windows(2).all(|two| two[0] < two[1]) && numbers.last().is_none_or(|last| *last <= most)
    })
}

/// A column "ID" in which the same value comes back with the same patient at other times numbers patients, not
/// appointments.
fn id_is_of_patients(layout: &Layout, rows: &[&Record]) -> bool {
    let mut seen: BTreeMap<&str, (String, String)> = BTreeMap::new();
    let text = |row: &Record, roles: &[Role]| {
        roles.iter().filter_map(|role| layout.cell(row, *role)).collect::<Vec<_>>().join(" ")
    };
    rows.iter().any(|row| {
        let Some(id) = layout.cell(row, Role::Id) else { return false };
        let who = text(row, &[Role::Name, Role::Family, Role::Given, Role::Birth]);
        let starts: String = layout
            .columns(Role::Start)
            .iter()
            .filter_map(|column| row.cells.get(*column))
            .map(String::as_str)
            .collect();
        match seen.insert(id, (who.clone(), starts.clone())) {
            Some((before, at)) => !who.is_empty() && before == who && at != starts,
            None => false,
        }
    })
}
