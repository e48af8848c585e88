//! One opioid of the list: which factor it has, in which unit, and what it comes to.

use std::collections::BTreeMap;

use super::{Amount, Opioid, ResearchFactors, Table};
use crate::clinical::calc::CalcError;
use crate::clinical::calc::error::{above_zero, known};
use crate::clinical::exact::Exact;
use crate::clinical::facts::medicine_names::medicine_names;
use crate::clinical::facts::opioids::{Factor, InputUnit, opioids};
use crate::clinical::facts::regions::DoseTable;
use crate::clinical::why::Fact;

/// Hours for which the fentanyl factor assumes a patch is worn.
const LABELLED_PATCH_HOURS: i64 = 72;
/// Above this, a weekly patch; at or below, one for three or four days.
const SHORT_PATCH_HOURS: i64 = 96;

/// One opioid, reckoned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id in the opioid table; where it has none, its name.
    pub id: String,
    /// What it comes to; none where it has no factor.
    pub mme: Option<Exact>,
    /// What it comes to at the patch's full rate, where a long interval made it smaller.
    pub full_rate: Option<Exact>,
    /// Whether its factor is one for research only.
    pub is_research: bool,
    /// What to know, in words.
    pub notes: Vec<String>,
    /// The factor, or why there is none.
    pub fact: Fact,
}

/// Every route a list may name, as the tables write it, and how it is also written.
const ROUTES: [(&str, &[&str]); 17] = [
    ("oral", &["po", "by mouth"]),
    ("transdermal", &["patch"]),
    ("iv", &["intravenous"]),
    ("im", &["intramuscular"]),
    ("sc", &["subcutaneous"]),
    ("epidural", &[]),
    ("intrathecal", &[]),
    ("sublingual", &[]),
    ("buccal", &[]),
    ("nasal", &["intranasal"]),
    ("rectal", &[]),
    ("buccal tablet", &[]),
    ("sublingual tablet", &[]),
    ("lozenge", &[]),
    ("buccal film", &[]),
    ("oral spray", &[]),
    ("implant", &["subcutaneous depot", "depot"]),
];

fn route(field: &str, given: &str) -> Result<&'static str, CalcError> {
    let given_low = given.trim().to_lowercase();
    let same = |(name, also): &&(&str, &[&str])| *name == given_low || also.contains(&given_low.as_str());
    ROUTES
        .iter()
        .find(same)
        .map(|(name, _)| *name)
        .ok_or_else(|| CalcError::unknown(format!("{field}.route"), given, known(ROUTES.iter().map(|(name, _)| *name))))
}

/// Reckons one opioid by a table.
pub(super) fn line(field: &str, opioid: &Opioid, table: Table, research: ResearchFactors) -> Result<Line, CalcError> {
    let id = identity(field, &opioid.drug)?;
    let route = opioid.route.as_deref().map(|given| route(field, given)).transpose()?;
    amount_in_range(field, &opioid.amount)?;
    let id = by_route(id, route);
    let line = match table {
        Table::None => Ok(without(&id)),
        Table::Us => us_line(field, &id, opioid, route, research),
        Table::Other(table) => other_line(field, &id, opioid, route, table),
    }?;
    Ok(line)
}

/// The id in the opioid table; a generic name is taken where it means one id, and stands for itself where it means none.
fn identity(field: &str, drug: &str) -> Result<String, CalcError> {
    let field = format!("{field}.drug");
    if opioids().ids().any(|id| id == drug) {
        return Ok(drug.to_owned());
    }
    let unknown = |known: String| CalcError::unknown(&field, drug, known);
    let Some(name) = medicine_names().named(drug) else { return Err(unknown(known(opioids().ids()))) };
    if !name.is_opioid() {
        return Err(unknown("it is no opioid".to_owned()));
    }
    match name.opioid_id.as_slice() {
        [] => Ok(name.name.clone()),
        [id] => Ok(id.clone()),
        several => Err(unknown(format!("say which: {}", several.join(", ")))),
    }
}

/// Any injected opioid is one entry of the table and any neuraxial one another, whatever its name; those that have no
/// factor anyhow keep their own.
fn by_route(id: String, route: Option<&str>) -> String {
    let has_own_entry = opioids().no_factor(&id).is_some();
    match route {
        Some("iv" | "im" | "sc") if !has_own_entry => "parenteral_opioids".to_owned(),
        Some("epidural" | "intrathecal") if !has_own_entry => "neuraxial_opioids".to_owned(),
        _ => id,
    }
}

fn amount_in_range(field: &str, amount: &Amount) -> Result<(), CalcError> {
    match amount {
        Amount::NotGiven => {}
        Amount::Doses { dose_mg, times_per_day } => {
            above_zero(&format!("{field}.dose_mg"), *dose_mg, 10_000)?;
            above_zero(&format!("{field}.times_per_day"), *times_per_day, 96)?;
        }
        Amount::Patch { mcg_per_hour, interval_hours } => {
            above_zero(&format!("{field}.mcg_per_hour"), *mcg_per_hour, 2_000)?;
            if let Some(hours) = interval_hours {
                above_zero(&format!("{field}.patch_interval_hours"), *hours, 2_160)?;
            }
        }
    }
    Ok(())
}

fn without(id: &str) -> Line {
    let fact = opioids().no_factor(id).map_or_else(
        || Fact::own(format!("{id}: listed, no factor in this table; it is not counted and never 0")),
        |entry| {
            Fact::new(
                format!("{}: no factor. {} {}", entry.drug, entry.reason, entry.behaviour),
                &entry.source,
                entry.verified,
            )
        },
    );
    Line { id: id.to_owned(), mme: None, full_rate: None, is_research: false, notes: Vec::new(), fact }
}

fn us_line(
    field: &str,
    id: &str,
    opioid: &Opioid,
    route: Option<&str>,
    research: ResearchFactors,
) -> Result<Line, CalcError> {
    let own = opioids().factor(id);
    let Some(factor) = own.or_else(|| opioids().research_factor(id).filter(|_| research == ResearchFactors::On)) else {
        let mut line = without(id);
        if let Some(entry) = opioids().research_factor(id) {
            line.fact = Fact::new(
                format!("{}: not in the clinical table; a research factor exists and is off", entry.drug),
                &entry.source,
                entry.verified,
            );
        }
        return Ok(line);
    };
    let fits =
        |wanted: &str| factor.routes.iter().any(|own| own == wanted || own.split(' ').any(|word| word == wanted));
    if let Some(route) = route.filter(|route| !fits(route)) {
        let rule = format!("{}: the factor holds for {} and not for {route}", factor.drug, factor.routes.join(", "));
        return Ok(Line { fact: Fact::new(rule, &factor.source, factor.verified), ..without(id) });
    }
    let amount = amount(field, factor, &opioid.amount)?;
    let mme = amount.a_day.times(factor.factor)?;
    let full_rate = amount.full.map(|full| full.times(factor.factor)).transpose()?;
    let unit = match factor.input_unit {
        InputUnit::MgPerDay => "mg/day",
        InputUnit::McgPerDay => "mcg/day",
        InputUnit::McgPerHour => "mcg/hour",
    };
    Ok(Line {
        id: id.to_owned(),
        mme: Some(mme),
        full_rate,
        is_research: own.is_none(),
        notes: amount.notes,
        fact: Fact::new(
            format!("{}: {} {unit} × {} = {}. {}", factor.drug, amount.a_day, factor.factor, mme, factor.notes)
                .trim()
                .to_owned(),
            &factor.source,
            factor.verified,
        ),
    })
}

struct Daily {
    a_day: Exact,
    full: Option<Exact>,
    notes: Vec<String>,
}

fn amount(field: &str, factor: &Factor, amount: &Amount) -> Result<Daily, CalcError> {
    let plain = |a_day| Daily { a_day, full: None, notes: Vec::new() };
    match (factor.input_unit, amount) {
        (InputUnit::MgPerDay, Amount::Doses { dose_mg, times_per_day }) => Ok(plain(dose_mg.times(*times_per_day)?)),
        (InputUnit::McgPerDay, Amount::Doses { dose_mg, times_per_day }) => {
            Ok(plain(dose_mg.times(*times_per_day)?.times(Exact::whole(1_000))?))
        }
        (InputUnit::McgPerHour, Amount::Patch { mcg_per_hour, interval_hours }) => {
            let hours = interval_hours.ok_or_else(|| CalcError::missing(format!("{field}.patch_interval_hours")))?;
            patch(*mcg_per_hour, hours)
        }
        (InputUnit::MgPerDay | InputUnit::McgPerDay, Amount::Patch { .. }) => Err(CalcError::wrong_unit(
            format!("{field}.mcg_per_hour"),
            format!("{} is reckoned from dose_mg and times_per_day", factor.drug),
        )),
        (InputUnit::McgPerHour, Amount::Doses { .. }) => Err(CalcError::wrong_unit(
            format!("{field}.dose_mg"),
            format!("a {} patch is reckoned from mcg_per_hour and patch_interval_hours", factor.drug),
        )),
        (InputUnit::McgPerHour, Amount::NotGiven) => Err(CalcError::missing(format!("{field}.mcg_per_hour"))),
        (InputUnit::MgPerDay | InputUnit::McgPerDay, Amount::NotGiven) => {
            Err(CalcError::missing(format!("{field}.dose_mg, {field}.times_per_day")))
        }
    }
}

/// The rate of a patch, averaged over a wear interval longer than the labelled one; a shorter one is not scaled up, as the
/// hourly rate is the same.
fn patch(mcg_per_hour: Exact, hours: Exact) -> Result<Daily, CalcError> {
    let labelled = Exact::whole(LABELLED_PATCH_HOURS);
    let mut notes = Vec::new();
    if mcg_per_hour == Exact::whole(12) {
        notes.push("The 12 mcg/h patch releases 12.5 mcg/h: 30 by the same factor.".to_owned());
    }
    if hours <= labelled {
        return Ok(Daily { a_day: mcg_per_hour, full: None, notes });
    }
    let share = labelled.over(hours)?.unwrap_or(Exact::ONE);
    notes.push(format!(
        "A patch every {hours} h is averaged over that time; while it works the exposure is the full rate. Check the record."
    ));
    Ok(Daily { a_day: mcg_per_hour.times(share)?, full: Some(mcg_per_hour), notes })
}

fn other_line(
    field: &str,
    id: &str,
    opioid: &Opioid,
    route: Option<&str>,
    table: &'static DoseTable,
) -> Result<Line, CalcError> {
    let none = |rule: String| Line { fact: Fact::new(rule, &table.source, table.verified), ..without(id) };
    let no_factor =
        || none(format!("{id}: no factor in {}. {}", table.name, table.no_factor_rule.as_deref().unwrap_or_default()));
    let counted = |mme: Exact, rule: String| Line {
        id: id.to_owned(),
        mme: Some(mme),
        full_rate: None,
        is_research: false,
        notes: table.caution.iter().cloned().collect(),
        fact: Fact::new(rule, &table.source, table.verified),
    };
    let strengths = match (id, &opioid.amount) {
        ("fentanyl_transdermal", _) => &table.fentanyl_patch_mcg_per_hour,
        ("buprenorphine_any", Amount::Patch { interval_hours, .. }) => {
            let hours = interval_hours.ok_or_else(|| CalcError::missing(format!("{field}.patch_interval_hours")))?;
            if hours <= Exact::whole(SHORT_PATCH_HOURS) {
                &table.buprenorphine_3_4_day_patch_mcg_per_hour
            } else {
                &table.buprenorphine_weekly_patch_mcg_per_hour
            }
        }
        _ => {
            let Some(factor) = table.factors.get(id).filter(|_| route.is_none_or(|route| route == "oral")) else {
                return Ok(no_factor());
            };
            let Amount::Doses { dose_mg, times_per_day } = &opioid.amount else {
                let reason = format!("{id} is reckoned from dose_mg and times_per_day");
                return Err(match opioid.amount {
                    Amount::NotGiven => CalcError::missing(format!("{field}.dose_mg, {field}.times_per_day")),
                    _ => CalcError::wrong_unit(format!("{field}.mcg_per_hour"), reason),
                });
            };
            let daily = dose_mg.times(*times_per_day)?;
            let mme = daily.times(*factor)?;
            return Ok(counted(mme, format!("{id}: {daily} mg/day × {factor} = {mme}")));
        }
    };
    let Amount::Patch { mcg_per_hour, .. } = &opioid.amount else {
        let reason = "a patch is reckoned from mcg_per_hour and patch_interval_hours";
        return Err(match opioid.amount {
            Amount::NotGiven => CalcError::missing(format!("{field}.mcg_per_hour")),
            _ => CalcError::wrong_unit(format!("{field}.dose_mg"), reason),
        });
    };
    Ok(match sum_of_patches(strengths, *mcg_per_hour)? {
        Some(mme) => counted(mme, format!("{id}: patches of {mcg_per_hour} mcg/h = {mme}")),
        None => {
            none(format!("{id}: {mcg_per_hour} mcg/h. {}", table.other_patch_strengths.as_deref().unwrap_or_default()))
        }
    })
}

/// What patches that add up to this rate come to, with the fewest patches; none where no strengths add up to it.
fn sum_of_patches(strengths: &BTreeMap<String, Exact>, rate: Exact) -> Result<Option<Exact>, CalcError> {
    // Rates are reckoned in tenths: the finest strength printed is 52.5.
    let tenths = |rate: Exact| {
        rate.times(Exact::whole(10)).map(|tenths| tenths.as_whole().and_then(|x| usize::try_from(x).ok()))
    };
    let Some(wanted) = tenths(rate)?.filter(|wanted| *wanted <= 20_000) else { return Ok(None) };
    let mut patches = Vec::new();
    for (strength, mme) in strengths {
        let Ok(strength) = strength.parse::<Exact>() else { continue };
        if let Some(size) = tenths(strength)?.filter(|size| *size > 0) {
            patches.push((size, *mme));
        }
    }
    let mut best: Vec<Option<(u32, Exact)>> = vec![None; wanted + 1];
    best[0] = Some((0, Exact::ZERO));
    for sum in 1..=wanted {
        for (size, mme) in &patches {
            let Some((count, below)) = sum.checked_sub(*size).and_then(|rest| best[rest]) else { continue };
            if best[sum].is_none_or(|(fewest, _)| count + 1 < fewest) {
                best[sum] = Some((count + 1, below.plus(*mme)?));
            }
        }
    }
    Ok(best[wanted].map(|(_, mme)| mme))
}
