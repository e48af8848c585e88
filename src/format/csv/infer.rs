//! What columns hold, judged by their cells, where no known name says it.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::dates::{Century, Orders, WrittenDate};
use super::layout::Layout;
use super::name;
use super::records::Record;
use super::role::{Role, role, squeezed};
use super::times::Found;
use super::when::{When, when};
use crate::clinical::import::kind;
use crate::clinical::practice::DateOrder;

/// The filled cells of a column.
pub fn filled<'a>(rows: &'a [&'a Record], column: usize) -> impl Iterator<Item = &'a str> {
    rows.iter().filter_map(move |row| row.cells.get(column)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
}

/// Finds columns for start, end, patient and kind among those without a role.
pub fn complete(layout: &mut Layout, rows: &[&Record]) {
    let free: Vec<usize> = {
        let taken: BTreeSet<usize> = layout.roles.values().flatten().copied().collect();
        (0..layout.width)
            .filter(|column| !taken.contains(column) && !is_about_something_else(layout, *column))
            .collect()
    };
    if !layout.has(Role::Start) {
        moments(layout, rows, &free);
    }
    // A header that is understood and names no patient has none: then its columns of words are something else.
    if !layout.names.iter().any(|name| role(name).is_some()) {
        words(layout, rows, &free);
    }
}

/// Names of columns whose dates are no appointments, and whose words are no patients.
fn is_about_something_else(layout: &Layout, column: usize) -> bool {
    const OTHER: [&str; 28] = [
        "reminder",
        "due",
        "cancel",
        "creat",
        "modif",
        "updat",
        "enter",
        "book",
        "made",
        "confirm",
        "print",
        "onset",
        "inventory",
        "referr",
        "receiv",
        "insur",
        "discharge",
        "arriv",
        "check",
        "deceas",
        "death",
        "regist",
        "expir",
        "order",
        "ship",
        "paid",
        "erinner",
        "erstellt",
    ];
    layout.names.get(column).is_some_and(|name| OTHER.iter().any(|other| squeezed(name).contains(other)))
}

/// What most cells of a column say of a moment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Dates,
    Times,
    Both,
}

fn holds(rows: &[&Record], column: usize) -> Option<Holds> {
    let cells: Vec<Found<When>> = filled(rows, column).map(|cell| when(cell, false)).collect();
    let share = |wanted: fn(&When) -> bool| {
        let count = cells.iter().filter(|found| matches!(found, Found::Is(moment) if wanted(moment))).count();
        count * 10 >= cells.len() * 7 && count > 0
    };
    if share(|moment| moment.date.is_some() && moment.time.is_some()) {
        Some(Holds::Both)
    } else if share(|moment| moment.date.is_some()) {
        Some(Holds::Dates)
    } else if share(|moment| moment.date.is_none() && moment.time.is_some()) {
        Some(Holds::Times)
    } else {
        None
    }
}

fn moments(layout: &mut Layout, rows: &[&Record], free: &[usize]) {
    let of = |wanted: Holds| -> Vec<usize> {
        free.iter().copied().filter(|column| holds(rows, *column) == Some(wanted)).collect()
    };
    let (both, times) = (of(Holds::Both), of(Holds::Times));
    let mut dates = of(Holds::Dates);
    // Births lie years before the appointments, and years apart from each other.
    let latest = dates.iter().chain(&both).filter_map(|column| years(rows, *column)).map(|(middle, _)| middle).max();
    dates.retain(|column| {
        let Some((middle, spread)) = years(rows, *column) else { return true };
        let is_birth = latest.is_some_and(|latest| middle + 1 < latest) || spread > 20;
        if is_birth && !layout.has(Role::Birth) {
            layout.roles.insert(Role::Birth, vec![*column]);
        }
        !is_birth
    });
    let mut start: Vec<usize> = both.iter().copied().take(1).collect();
    if start.is_empty() {
        start.extend(dates.first());
        start.extend(times.first());
    }
    let end = if both.len() > 1 { both.get(1) } else { times.get(1) };
    if let Some(end) = end.filter(|_| !layout.has(Role::End)) {
        layout.roles.insert(Role::End, vec![*end]);
    }
    if !start.is_empty() {
        layout.roles.insert(Role::Start, start);
    }
}

/// The middle year of a column's dates, and how far apart they lie.
fn years(rows: &[&Record], column: usize) -> Option<(i32, i32)> {
    let orders = Orders::of(std::iter::empty(), DateOrder::Dmy);
    let mut years: Vec<i32> = filled(rows, column)
        .filter_map(|cell| when(cell, false).value()?.date)
        .filter_map(|date| match date {
            WrittenDate::Known { year, short: false, .. } | WrittenDate::Open { year, short: false, .. } => Some(year),
            date => orders.date(date, Century::This).map(|date| date.year()),
        })
        .collect();
    years.sort_unstable();
    Some((*years.get(years.len() / 2)?, years.last()? - years.first()?))
}

/// Among columns of words: the patient's name is the one with the most different names, the kind one that names kinds.
fn words(layout: &mut Layout, rows: &[&Record], free: &[usize]) {
    let taken: BTreeSet<usize> = layout.roles.values().flatten().copied().collect();
    let text: Vec<usize> = free
        .iter()
        .copied()
        .filter(|column| !taken.contains(column) && holds(rows, *column).is_none())
        .filter(|column| filled(rows, *column).next().is_some())
        .collect();
    let share = |column: usize, is: fn(&str) -> bool| {
        let cells: Vec<&str> = filled(rows, column).collect();
        cells.iter().filter(|cell| is(cell)).count() * 10 >= cells.len() * 7
    };
    let different = |column: &usize| filled(rows, *column).collect::<BTreeSet<_>>().len();
    let names = text.iter().copied().filter(|column| share(*column, is_like_a_name)).max_by_key(different);
    if let Some(column) = names.filter(|_| !layout.has(Role::Name) && !layout.has(Role::Family)) {
        layout.roles.insert(Role::Name, vec![column]);
    }
    let kinds = text
        .iter()
        .copied()
        .filter(|column| Some(*column) != names)
        .find(|column| share(*column, |c| kind::kind(c).is_some()));
    if let Some(column) = kinds.or_else(|| {
        text.iter()
            .copied()
            .find(|column| Some(*column) != names && share(*column, |c| c.chars().any(char::is_alphabetic)))
    }) {
        layout.roles.entry(Role::Reason).or_insert_with(|| vec![column]);
    }
}

/// Two to five words of letters that begin with a capital and are no kind of visit, or `Family, Given`.
fn is_like_a_name(cell: &str) -> bool {
    let found = name::read(cell);
    let is_word = |word: &str| {
        word.chars().next().is_some_and(char::is_alphabetic)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '.' | '\u{2019}'))
    };
    let text = match (&found.name, &found.family, &found.given) {
        (Some(name), _, _) => name.clone(),
        (None, Some(family), Some(given)) => format!("{given} {family}"),
        _ => return false,
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let capitals = words.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    (2..=5).contains(&words.len())
        && words.iter().all(|word| is_word(word))
        && capitals >= 2
        && kind::kind(cell).is_none()
}
