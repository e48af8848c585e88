//! Daily amounts above the usual ceiling, each ingredient summed over all products.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Caution, Seen, lines};
use crate::clinical::exact::Exact;
use crate::clinical::exposure::order_of;
use crate::clinical::facts::Severity;
use crate::clinical::facts::medications::{Medication, medications};
use crate::clinical::medicine;
use crate::clinical::patient::PatientFile;
use crate::clinical::sig::Daily;
use crate::clinical::time::{age_in_years, show_date};
use crate::clinical::vocab::Vocab;
use crate::clinical::why::Fact;

#[derive(Default)]
struct Sum {
    mg: Option<Exact>,
    extended: bool,
    products: usize,
    lines: Vec<String>,
}

pub(super) fn cautions(known: &[Seen<'_>], file: &PatientFile, today: NaiveDate) -> Vec<Caution> {
    let mut sums: BTreeMap<&'static str, (&'static Medication, Sum)> = BTreeMap::new();
    for one in known.iter().filter(|one| one.systemic) {
        for (entry, mg) in ingredients(one) {
            let (_, sum) = sums.entry(&entry.id).or_insert_with(|| (entry, Sum::default()));
            sum.mg = sum.mg.map_or(Some(mg), |before| before.plus(mg).ok());
            sum.extended |= one.is_extended();
            sum.products += 1;
            sum.lines.extend(lines([one]));
            sum.lines.extend(one.said_by_brand());
        }
    }
    let age = file.patient.birth_date.map(|birth| age_in_years(birth, today));
    let over = |(entry, sum): &(&'static Medication, Sum)| {
        let mg = sum.mg?;
        let (most, of) = ceiling(entry, sum, age)?;
        let old = file.patient.birth_date.filter(|_| of.goes_by_age());
        let born = old.map(|birth| format!("born {}", show_date(birth)));
        (mg > most).then(|| caution(entry, sum, (mg, most, of.words()), born))
    };
    sums.values().filter_map(over).collect()
}

fn caution(entry: &Medication, sum: &Sum, (mg, most, about): (Exact, Exact, &str), born: Option<String>) -> Caution {
    let products = if sum.products > 1 { format!(" in {} products", sum.products) } else { String::new() };
    let plain = entry.name.split(" (").next().unwrap_or_default();
    let note = entry.max_note.as_deref().map(|note| format!(" {note}")).unwrap_or_default();
    Caution {
        name: format!("ceiling/{}", entry.id),
        severity: Severity::Caution,
        short: format!("{plain} {} mg a day, above {}", mg.plain(), most.plain()),
        inputs: sum.lines.iter().cloned().chain(born).collect(),
        fact: Fact::new(
            format!(
                "{}: {} mg a day{products}; the {} ceiling{about} is {} mg.{note}",
                entry.name,
                mg.plain(),
                entry.max_kind.label(),
                most.plain()
            ),
            &entry.source,
            entry.verified,
        ),
    }
}

/// What a ceiling is that of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    /// The medicine.
    Medicine,
    /// Its preparation of extended release.
    Extended,
    /// A patient over 75 years.
    Over75,
}

impl Of {
    const fn words(self) -> &'static str {
        match self {
            Self::Medicine => "",
            Self::Extended => " of extended release",
            Self::Over75 => " over 75 years",
        }
    }
    /// Whether the birth date is one of its inputs.
    const fn goes_by_age(self) -> bool {
        matches!(self, Self::Over75)
    }
}

/// The ceiling that holds for this patient: that of the preparation and of the age where the table has one.
fn ceiling(entry: &Medication, sum: &Sum, age: Option<u32>) -> Option<(Exact, Of)> {
    let mut most = (entry.max_daily?, Of::Medicine);
    if let Some(er) = entry.max_daily_er.filter(|er| sum.extended && *er < most.0) {
        most = (er, Of::Extended);
    }
    if let Some(old) = entry.max_daily_over_75.filter(|old| age.is_some_and(|age| age > 75) && *old < most.0) {
        most = (old, Of::Over75);
    }
    Some(most)
}

/// The ingredients of a medicine that the table has in milligrams a day, with what a day comes to.
fn ingredients(one: &Seen<'_>) -> Vec<(&'static Medication, Exact)> {
    let Ok(Daily::Mg { total, .. }) = one.sig.daily() else { return Vec::new() };
    let [name] = one.meant.as_slice() else { return Vec::new() };
    if name.contains.is_empty() {
        return total.first().and_then(|mg| Some((entry(&name.medication_id, one)?, *mg))).into_iter().collect();
    }
    let Ok(order) = order_of(name, &one.sig) else { return Vec::new() };
    let of_each = order.iter().zip(total).filter_map(|(part, mg)| {
        let ids = medicine::named(part).first().map(|name| name.medication_id.clone())?;
        Some((entry(&ids, one)?, mg))
    });
    of_each.collect()
}

fn entry(ids: &[String], one: &Seen<'_>) -> Option<&'static Medication> {
    let entries = ids.iter().filter_map(|id| medications().get(id));
    let fits = |entry: &&Medication| {
        let route = one.sig.route.map_or("oral", Vocab::name);
        entry.unit == "mg" && entry.max_period.is_none() && entry.routes.iter().any(|own| own == route)
    };
    entries.into_iter().find(fits)
}
