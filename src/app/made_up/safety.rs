//! Medicines with which something is at stake: opioids given for each of the reasons that switch the rules, combinations, a
//! medicine no table knows, supplies that end, a dose that changed.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::days_ago;
use super::dice::{Dice, Of};
use super::people::{Person, person};
use crate::action::{MedicineWrite, Write};
use crate::clinical::calc::mme::OpioidContext;
use crate::clinical::exact::Exact;
use crate::clinical::facts::regions::regions;
use crate::clinical::opioid_context::Risk;
use crate::clinical::patient::{Known, Medication, YesNo};
use crate::clinical::practice::Region;
use crate::clinical::supply::{Supply, controlled};
use crate::clinical::time::{Instant, Now};

/// The region whose tables the made-up practice shows: that of the zone where it has a table of opioid doses, else the United
/// States, so that every screen has something to show.
pub fn region(zone: Tz) -> Region {
    let suggested = Region::suggested_by(zone);
    let has_table = regions().get(suggested).is_some_and(|region| region.dose_table != "none");
    if has_table { suggested } else { Region::Us }
}

/// One patient with whom something is at stake.
struct Stake {
    /// The patient's number.
    n: u32,
    /// What is taken beside the course's medicines, and for what where that decides.
    adds: &'static [(&'static str, &'static str)],
    /// What opioids are given for, where somebody has said so.
    given_for: Option<OpioidContext>,
    /// Risks that were asked about.
    risks: &'static [(Risk, YesNo)],
}

const STAKES: [Stake; 9] = [
    // Does not come today; the supply ends in three days.
    Stake { n: 4, adds: &[("oxycodone er 10 mg bid", "")], given_for: Some(OpioidContext::Chronic), risks: &[] },
    Stake { n: 7, adds: &[("tramadol 50 mg 1-1-1-1", "")], given_for: None, risks: &[] },
    // The pharmacy asks about this patch.
    Stake {
        n: 8,
        adds: &[("fentanyl patch 12 mcg/h q72h", ""), ("lorazepam 1 mg at night", "sleep")],
        given_for: Some(OpioidContext::Chronic),
        risks: &[(Risk::Breathing, YesNo::Yes), (Risk::Household, YesNo::No)],
    },
    Stake { n: 10, adds: &[("grandmother's drops 10 drops at night", "sleep")], given_for: None, risks: &[] },
    Stake {
        n: 15,
        adds: &[("morphine er 30 mg bid", "pain of the tumour"), ("morphine 10 mg 1 tab q4h prn max 4/day", "")],
        given_for: Some(OpioidContext::Cancer),
        risks: &[],
    },
    Stake {
        n: 18,
        adds: &[("oxycodone er 40 mg bid", ""), ("haloperidol 1 mg at night", "nausea")],
        given_for: Some(OpioidContext::Palliative),
        risks: &[],
    },
    Stake {
        n: 19,
        adds: &[("hydromorphone 2 mg 1 tab q6h prn max 4/day", "crises")],
        given_for: Some(OpioidContext::SickleCell),
        risks: &[],
    },
    Stake {
        n: 21,
        adds: &[("methadone 60 mg daily", "opioid use disorder")],
        given_for: Some(OpioidContext::UseDisorder),
        risks: &[(Risk::SubstanceUse, YesNo::Yes)],
    },
    Stake {
        n: 23,
        adds: &[],
        given_for: Some(OpioidContext::Chronic),
        risks: &[(Risk::SubstanceUse, YesNo::Yes), (Risk::Breathing, YesNo::No)],
    },
];

/// How many days a prescription lasts.
const DAYS: u16 = 28;

/// Adds what is at stake to what a patient takes, and how far it reaches.
pub fn play(person: &mut Person, n: u32, today: NaiveDate, dice: &mut Dice, known_since: Instant) {
    let Known::Listed(items, _) = &mut person.facts.medications else { return };
    let stake = STAKES.iter().find(|stake| stake.n == n);
    for &(line, reason) in stake.iter().flat_map(|stake| stake.adds) {
        let mut medicine = Medication::new(dice.id(known_since), line, Some(days_ago(today, 120)));
        medicine.reason = Some(reason.to_owned()).filter(|reason| !reason.is_empty());
        items.push(medicine);
    }
    // Of a few the supply ends within days, of the others it was written of late.
    let ago = match n {
        4 => 25,
        8 => 24,
        10 => 27,
        n => 1 + n % 18,
    };
    let lasts = |one: &Medication| controlled(one, Region::Us).is_some() || one.line.starts_with("gabapentin");
    for one in items.iter_mut().filter(|one| lasts(one)) {
        let quantity = one.sig().pieces_a_day().and_then(Exact::as_whole);
        let quantity = quantity.and_then(|a_day| u32::try_from(a_day).ok()).map(|a_day| a_day * u32::from(DAYS));
        let written = days_ago(today, ago);
        one.supply = Some(Supply { written, days: DAYS, quantity, prescriber: None, earliest: None });
    }
}

/// What is said of a patient beside the lists: what opioids are given for, the risks, a dose that changed since.
pub fn writes(seed: u64, n: u32, now: Now, moment: Instant) -> Vec<Write> {
    let Some(stake) = STAKES.iter().find(|stake| stake.n == n) else { return Vec::new() };
    let person = person(seed, n, now);
    let patient = person.patient.id;
    let mut dice = Dice::of(seed, Of::Stake(n));
    let mut writes = Vec::new();
    if stake.given_for.is_some() || !stake.risks.is_empty() {
        let context = stake.given_for.map(|context| (dice.id(moment), context));
        let risks = stake.risks.iter().map(|(risk, answer)| (dice.id(moment), *risk, *answer)).collect();
        let on = days_ago(now.today(), 60);
        writes.push(Write::Medicine(MedicineWrite::Context { patient, context, risks, on }));
    }
    let patch = person.facts.medications.items().iter().find(|one| one.line.starts_with("fentanyl patch 12"));
    if let Some(patch) = patch {
        let medicine = Medication { line: "fentanyl patch 25 mcg/h q72h".to_owned(), ..patch.clone() };
        let (before, on) = (Some(patch.line.clone()), days_ago(now.today(), 45));
        writes.push(Write::Medicine(MedicineWrite::Put { patient, medicine, before, class: None, on }));
    }
    writes
}
