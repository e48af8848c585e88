//! Units: what a bare number means, and the mix-ups that are refused: milligram for microgram, per hour for per day.

use super::{Often, Per, Route, Sig, Unit};
use crate::clinical::exact::Exact;
use crate::clinical::facts::medications::{Medication, medications};
use crate::clinical::facts::medicine_names::Name;
use crate::clinical::facts::opioids::{InputUnit, opioids};

/// How the tables count a medicine.
#[derive(Debug, Default, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "units that do not exclude each other")]
struct Counted {
    /// Whether anything is known.
    known: bool,
    mg: bool,
    mcg: bool,
    per_hour: bool,
}

/// Completes a reading: the unit that was left out, the way a patch says, and what cannot be as it is written.
pub(super) fn settle(sig: &mut Sig) {
    let meant = sig.meant();
    let counted = counted(&meant, sig);
    if sig.unit.is_none() && !sig.strength.is_empty() {
        assume(sig, counted);
    }
    if sig.per == Per::Hour && sig.route.is_none() && counted.per_hour {
        sig.route = Some(Route::Transdermal);
    }
    if sig.route.is_some_and(Route::is_parenteral) {
        return;
    }
    let name = meant.first().map_or_else(|| sig.name.clone(), |name| name.name.clone());
    if let Some(why) = mixed_up(sig, counted, &name) {
        sig.refused.push(why);
    }
}

fn counted(meant: &[&'static Name], sig: &Sig) -> Counted {
    let mut out = Counted::default();
    let table = medications();
    let ids = meant.iter().flat_map(|name| &name.medication_id);
    let of: Vec<&Medication> = ids.filter_map(|id| table.get(id)).collect();
    for medication in of {
        out.known = true;
        match medication.unit.as_str() {
            "mg" => out.mg = true,
            "mcg" => out.mcg = true,
            "mcg/hour" => out.per_hour = true,
            _ => {}
        }
    }
    // Ingredients of a combination stand in the table of opioids alone.
    for id in meant.iter().flat_map(|name| &name.opioid_id) {
        let factors = [opioids().factor(id), opioids().research_factor(id)];
        for factor in factors.into_iter().flatten() {
            out.known = true;
            match factor.input_unit {
                InputUnit::MgPerDay => out.mg = true,
                InputUnit::McgPerDay => out.mcg = true,
                InputUnit::McgPerHour => out.per_hour = true,
            }
        }
    }
    match sig.route {
        Some(Route::Transdermal) if out.per_hour => Counted { mg: false, mcg: false, ..out },
        Some(Route::Transdermal) | None => out,
        Some(_) => Counted { per_hour: false, ..out },
    }
}

/// The unit of a bare number, where the table counts the medicine in one unit only.
fn assume(sig: &mut Sig, counted: Counted) {
    let (unit, per) = match counted {
        Counted { mg: true, mcg: false, per_hour: false, .. } => (Unit::Mg, sig.per),
        Counted { mg: false, mcg: true, per_hour: false, .. } => (Unit::Mcg, sig.per),
        Counted { mg: false, mcg: false, per_hour: true, .. } => (Unit::Mcg, Per::Hour),
        _ => return,
    };
    sig.unit = Some(unit);
    sig.per = per;
    sig.unit_assumed = true;
}

fn mixed_up(sig: &Sig, counted: Counted, name: &str) -> Option<String> {
    let unit = sig.unit?;
    let said = sig.strength_words();
    let long_wear = matches!(&sig.often, Some(Often::Every(low, _)) if *low >= Exact::whole(48));
    if sig.per == Per::Hour && unit != Unit::Mcg {
        return Some(format!("{said}: a patch gives micrograms an hour (mcg/h)"));
    }
    if sig.per == Per::Hour && counted.known && !counted.per_hour {
        return Some(format!("{said}: {name} is counted in mg, not in micrograms an hour"));
    }
    if sig.per == Per::Day && sig.often.is_some() {
        return Some(format!("{said} and {}: is it a day, or at a time?", sig.often_words()));
    }
    if sig.per == Per::Hour || sig.per == Per::Day {
        return None;
    }
    let is_patch = sig.route == Some(Route::Transdermal) || (sig.route.is_none() && long_wear);
    if counted.per_hour && is_patch {
        return Some(format!("{said}: a {name} patch is written in micrograms an hour (mcg/h)"));
    }
    match unit {
        Unit::Mcg if counted.known && counted.mg && !counted.mcg => {
            Some(format!("{said}: {name} is counted in mg, not in micrograms"))
        }
        Unit::Mg if counted.known && counted.mcg && !counted.mg => {
            Some(format!("{said}: {name} is counted in micrograms, not in mg"))
        }
        Unit::G if counted.known && counted.mg => grams(sig, name, &said),
        _ => None,
    }
}

/// Grams of what is counted in milligrams are right for what is taken by the gram, such as acetaminophen, and a slip
/// elsewhere: more at a time than the ceiling of a whole day, or an opioid.
fn grams(sig: &Sig, name: &str, said: &str) -> Option<String> {
    let mg = Unit::G.mg(*sig.strength.first()?)?;
    let meant = sig.meant();
    let is_opioid = meant.iter().any(|name| name.is_opioid());
    let table = medications();
    let ceilings = meant.iter().flat_map(|name| &name.medication_id).filter_map(|id| table.get(id)?.max_daily);
    let beyond = ceilings.max().is_some_and(|most| mg > most);
    (is_opioid || beyond)
        .then(|| format!("{said}: {name} is counted in mg; {} mg at a time cannot be meant", mg.plain()))
}
