//! What the opioids of a list come to in a day: the meter, drug by drug, with what could not be computed and why.
//!
//! The figure itself is [`calc::mme`](super::calc::mme); here the lines of a list become its input. A line that cannot be
//! reckoned is never 0: it is named, and the total says that it is incomplete.

use chrono::NaiveDate;

use super::calc::CalcError;
use super::calc::mme::{Amount, Mme, MmeInput, Opioid, OpioidContext, ResearchFactors, mme};
use super::exact::Exact;
use super::facts::medicine_names::{Name, OPIOID};
use super::facts::opioids::opioids;
use super::facts::regions::regions;
use super::id::MedicationId;
use super::medicine::{combination, parts_of, perhaps};
use super::opioid::{classes, is_opioid};
use super::opioid_context::OpioidFacts;
use super::patient::{Known, Medication};
use super::practice::Region;
use super::sig::{Daily, Route, Sig};
use super::text::fold;
use super::time::show_date;
use super::vocab::Vocab;
use super::why::Why;

/// One opioid of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drug {
    /// Which line of the list.
    pub id: MedicationId,
    /// What it is called.
    pub name: String,
    /// What it comes to; none where that cannot be computed, or where the region has no table.
    pub mme: Option<Exact>,
    /// Why it cannot be computed.
    pub not: Option<String>,
    /// What it comes to while a patch works, where a long interval made the average smaller.
    pub full_rate: Option<Exact>,
}

/// How far a list can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// Nobody has asked.
    Unknown,
    /// There is none, asked on a day.
    None(NaiveDate),
    /// Some are written down; nobody went through the list.
    Unreviewed,
    /// Gone through on a day.
    Reviewed(NaiveDate),
}

impl Listed {
    /// Of a list.
    pub const fn of<T>(known: &Known<T>) -> Self {
        match known {
            Known::Unknown => Self::Unknown,
            Known::NoneOn(on) => Self::None(*on),
            Known::Listed(_, None) => Self::Unreviewed,
            Known::Listed(_, Some(on)) => Self::Reviewed(*on),
        }
    }

    /// In words; what nobody reviewed says so.
    pub fn words(self) -> String {
        match self {
            Self::Unknown => "medicines unknown".to_owned(),
            Self::None(on) => format!("no medicines, asked {}", show_date(on)),
            Self::Unreviewed => "list not reviewed".to_owned(),
            Self::Reviewed(on) => format!("list reviewed {}", show_date(on)),
        }
    }
}

/// What the opioids of a list come to.
#[derive(Debug, Clone)]
pub struct Exposure {
    /// Each opioid, in the order of the list.
    pub drugs: Vec<Drug>,
    /// The total with all that goes with it; none where the figures cannot be reckoned with.
    pub answer: Option<Mme>,
    /// What they are given for.
    pub context: OpioidContext,
    /// How far the list can be trusted.
    pub listed: Listed,
}

/// A mark of the meter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// From how much on.
    pub at: Exact,
    /// Whether it is reached.
    pub reached: bool,
}

impl Exposure {
    /// Of a list under the facts that are known.
    pub fn of(list: &Known<Medication>, facts: &OpioidFacts) -> Self {
        let context = facts.context();
        let region = facts.region.unwrap_or(Region::Other);
        let mut input = MmeInput {
            opioids: Vec::new(),
            uncounted: Vec::new(),
            other_classes: Vec::new(),
            risks: facts.present(),
            region,
            context,
            research: ResearchFactors::Off,
        };
        let mut drugs = Vec::new();
        for medicine in list.items() {
            if !is_opioid(medicine) {
                input.other_classes.extend(other_classes(medicine));
                continue;
            }
            let (name, opioid) = opioid(medicine, context);
            let alone = opioid.and_then(|opioid| {
                let alone = MmeInput { opioids: vec![opioid.clone()], other_classes: Vec::new(), ..input.clone() };
                let alone = MmeInput { uncounted: Vec::new(), ..alone };
                let answer = mme(&alone).map_err(|why| in_words(&why, &opioid.amount))?;
                Ok((opioid, answer))
            });
            match alone {
                Ok((opioid, answer)) => {
                    let line = answer.lines.first();
                    let mme = line.and_then(|line| line.mme);
                    let not = (mme.is_none() && answer.total.is_some()).then(|| "no factor in the table".to_owned());
                    let full_rate = line.and_then(|line| line.full_rate);
                    drugs.push(Drug { id: medicine.id, name, mme, not, full_rate });
                    input.opioids.push(opioid);
                }
                Err(why) => {
                    input.uncounted.push(name.clone());
                    drugs.push(Drug { id: medicine.id, name, mme: None, not: Some(why), full_rate: None });
                }
            }
        }
        Self { drugs, answer: mme(&input).ok(), context, listed: Listed::of(list) }
    }

    /// What it is called in the region: `MME`, `OME`; where the region has no table, `MME` stands for what is missing.
    pub fn word(&self) -> &'static str {
        self.answer
            .as_ref()
            .map(|answer| answer.word)
            .filter(|word| word.len() <= 4 && *word != "none")
            .unwrap_or("MME")
    }

    /// The total, where the region has a table.
    pub fn total(&self) -> Option<Exact> {
        self.answer.as_ref().and_then(|answer| answer.total).filter(|_| !self.drugs.is_empty())
    }

    /// Whether an opioid is missing from the total.
    pub fn is_incomplete(&self) -> bool {
        self.answer.as_ref().is_none_or(|answer| !answer.complete)
    }

    /// The figure in a few words, honest about what it leaves out: `62`, `up to 60`, `40, incomplete`, `?`.
    pub fn figure(&self) -> String {
        let Some(answer) = &self.answer else { return "cannot compute".to_owned() };
        if self.drugs.is_empty() {
            return match self.listed {
                Listed::Unknown => "?".to_owned(),
                Listed::None(_) | Listed::Unreviewed | Listed::Reviewed(_) => "no opioid".to_owned(),
            };
        }
        let Some(total) = answer.total else { return "no dose table for this region".to_owned() };
        if self.drugs.iter().all(|drug| drug.mme.is_none()) {
            return "cannot compute".to_owned();
        }
        let upper = if answer.upper_estimate { "up to " } else { "" };
        let rest = if answer.complete { "" } else { ", incomplete" };
        format!("{upper}{}{rest}", show(total))
    }

    /// Words of the figure behind its name; without a table there is no figure to be named.
    fn named(&self, words: &str) -> String {
        let has_table = self.drugs.is_empty() || self.answer.as_ref().is_none_or(|answer| answer.total.is_some());
        if has_table { format!("{} {words}", self.word()) } else { words.to_owned() }
    }

    /// The figure with its name, its table and how far the list can be trusted: `MME 62 · CDC 2022 · list not reviewed`.
    pub fn headline(&self) -> String {
        let mut parts = vec![self.named(&self.figure())];
        if self.total().is_some() {
            parts.extend(self.answer.as_ref().and_then(|answer| answer.table).map(str::to_owned));
        }
        match self.listed {
            Listed::Unknown | Listed::Unreviewed => parts.push(self.listed.words()),
            Listed::None(_) | Listed::Reviewed(_) => {}
        }
        parts.join(" · ")
    }

    /// The figure as a flag beside a name: `MME 62`, `MME up to 100`, `MME 40+` where a part is missing; none without an opioid.
    pub fn flag(&self) -> Option<String> {
        if self.drugs.is_empty() {
            return None;
        }
        let Some(total) = self.total().filter(|_| self.drugs.iter().any(|drug| drug.mme.is_some())) else {
            return Some("opioid".to_owned());
        };
        // As the meter says it: what is taken as needed is counted at its most.
        let upper = if self.answer.as_ref().is_some_and(|answer| answer.upper_estimate) { "up to " } else { "" };
        let more = if self.is_incomplete() { "+" } else { "" };
        Some(format!("{} {upper}{}{more}", self.word(), show(total)))
    }

    /// The marks of the meter; none outside the scope of the thresholds, or where the region has no table.
    pub fn marks(&self, region: Region) -> Vec<Mark> {
        let Some(total) = self.total().filter(|_| self.context == OpioidContext::Chronic) else { return Vec::new() };
        let mark =
            |from: Exact, inclusive: bool| Mark { at: from, reached: total > from || inclusive && total == from };
        let table = regions().get(region).map_or("none", |region| region.dose_table.as_str());
        if table == "opioids.toml:factor" {
            return opioids().threshold.iter().map(|entry| mark(entry.from_mme, entry.inclusive)).collect();
        }
        let own = regions().dose_threshold.iter();
        let own = own.filter(|entry| entry.needs_table == table && entry.active != Some(false));
        own.map(|entry| mark(entry.from_mg_per_day, entry.inclusive)).collect()
    }

    /// Why there are no marks, where there are none.
    pub fn without_marks(&self, region: Region) -> Option<String> {
        if self.drugs.is_empty() || !self.marks(region).is_empty() {
            return None;
        }
        Some(match self.context {
            OpioidContext::Chronic => format!("no thresholds: no confirmed dose table for {}", region.place()),
            other => format!("no thresholds: {}", other.label()),
        })
    }

    /// How it moves to another: `MME 60 → 90`, and the marks that are passed on the way.
    pub fn to(&self, after: &Self, region: Region) -> String {
        let (before, now) = (self.figure(), after.figure());
        let mut words = after.named(&if before == now { now } else { format!("{before} → {now}") });
        let was: Vec<Exact> = self.marks(region).into_iter().filter(|mark| mark.reached).map(|mark| mark.at).collect();
        let marks = after.marks(region);
        let passed: Vec<String> =
            marks.iter().filter(|mark| mark.reached && !was.contains(&mark.at)).map(|mark| mark.at.plain()).collect();
        if !passed.is_empty() {
            words.push_str(&format!(", reaches the mark at {}", passed.join(" and ")));
        }
        words
    }

    /// Why the figure is what it is.
    pub fn why(&self) -> Option<&Why> {
        self.answer.as_ref().map(|answer| &answer.why)
    }
}

/// A figure with one decimal, where it has one.
pub fn show(figure: Exact) -> String {
    figure.as_whole().map_or_else(|| figure.show(1), |whole| whole.to_string())
}

/// The classes that a medicine which is no opioid adds. A skin product keeps its name and adds nothing.
fn other_classes(medicine: &Medication) -> Vec<String> {
    if medicine.sig().route.is_some_and(|route| !route.is_systemic()) {
        return Vec::new();
    }
    let mut out: Vec<String> = classes(medicine).into_iter().flatten().map(str::to_owned).collect();
    if medicine.sig().meant().iter().any(|name| name.name == "carisoprodol") {
        out.push("carisoprodol".to_owned());
    }
    out
}

/// The opioid a line means, by name and as the calculator takes it; or why it cannot be computed.
fn opioid(medicine: &Medication, context: OpioidContext) -> (String, Result<Opioid, String>) {
    let sig = medicine.sig();
    let meant: Vec<&'static Name> = sig.meant().into_iter().filter(|name| name.is_opioid()).collect();
    match meant.as_slice() {
        [] => perhaps_one(&sig, medicine, context),
        [name] => (name.name.clone(), one(name, &sig, medicine, context)),
        several => {
            let names: Vec<&str> = several.iter().map(|name| name.name.as_str()).collect();
            (sig.name.clone(), Err(format!("say which: {}", names.join(" or "))))
        }
    }
}

/// A name that no table knows, in which that of an opioid stands: it is that opioid once somebody said that it is one, and
/// nothing else stands beside it in the strengths. Until then the total lacks it.
fn perhaps_one(sig: &Sig, medicine: &Medication, context: OpioidContext) -> (String, Result<Opioid, String>) {
    let opioids: Vec<&'static Name> = perhaps(&sig.name).into_iter().filter(|name| name.is_opioid()).collect();
    match (opioids.as_slice(), medicine.class.as_deref()) {
        ([], _) => (sig.name.clone(), Err("no table knows it".to_owned())),
        ([only], Some(OPIOID)) if sig.strength.len() < 2 => (only.name.clone(), one(only, sig, medicine, context)),
        ([only], None) => (sig.name.clone(), Err(format!("perhaps {}: say its class", only.name))),
        _ => (sig.name.clone(), Err("not all that is in it is known".to_owned())),
    }
}

fn one(name: &'static Name, sig: &Sig, medicine: &Medication, context: OpioidContext) -> Result<Opioid, String> {
    let drug = identity(name, sig, medicine, context)?;
    let has_no_factor = opioids().no_factor(&drug).is_some() || name.opioid_id.is_empty();
    let amount = match amount(name, sig) {
        // Without a factor the amount changes nothing, except where another table counts patches.
        Err(_) if has_no_factor => Amount::NotGiven,
        other => other?,
    };
    let route = sig.route.map(Vocab::name).filter(|route| !matches!(*route, "topical" | "inhaled" | "eye or ear"));
    Ok(Opioid { drug, amount, route: route.map(str::to_owned), as_needed: sig.is_upper() })
}

/// Which entry of the table it is, where the table keeps several apart by way or reason.
fn identity(name: &'static Name, sig: &Sig, medicine: &Medication, context: OpioidContext) -> Result<String, String> {
    let has = |id: &str| name.opioid_id.iter().any(|own| own == id).then(|| id.to_owned());
    match name.opioid_id.as_slice() {
        [] => Ok(name.name.clone()),
        [id] => Ok(id.clone()),
        _ if name.opioid_id.iter().any(|id| id == "methadone_oud") => {
            let reason = fold(&format!(
                "{} {}",
                medicine.reason.clone().unwrap_or_default(),
                sig.reason.clone().unwrap_or_default()
            ));
            let treats = ["use disorder", "oud", "opioid treatment", "substitution", "addiction"];
            let for_disorder = context == OpioidContext::UseDisorder
                || treats.iter().any(|word| format!(" {reason} ").contains(&format!(" {word}")));
            has(if for_disorder { "methadone_oud" } else { "methadone" }).ok_or_else(|| "say what for".to_owned())
        }
        _ => {
            let id = match sig.route {
                Some(Route::Transdermal) => has("fentanyl_transdermal"),
                Some(Route::Nasal) => has("fentanyl_nasal"),
                Some(Route::Lozenge | Route::Buccal | Route::Sublingual) => has("fentanyl_transmucosal_tablet_lozenge"),
                Some(Route::BuccalFilm) => has("fentanyl_film_oral_spray"),
                Some(route) if route.is_parenteral() => name.opioid_id.first().cloned(),
                _ => None,
            };
            id.ok_or_else(|| "say in which form: patch, lozenge, nasal spray…".to_owned())
        }
    }
}

/// How much of the opioid: of a combination its own part.
fn amount(name: &'static Name, sig: &Sig) -> Result<Amount, String> {
    match sig.daily().map_err(|why| why.words(sig.unit))? {
        Daily::Patch { mcg_per_hour, hours } => {
            // The calculator counts a patch that is worn for less than the labelled time at its rate.
            Ok(Amount::Patch { mcg_per_hour, interval_hours: hours })
        }
        Daily::Mg { dose, times, .. } => {
            let at = match part_of_unlisted(sig) {
                Some(at) => at?,
                None if name.contains.is_empty() => 0,
                None => opioid_part(name, sig)?,
            };
            let dose_mg = *dose.get(at).ok_or_else(|| "no strength".to_owned())?;
            Ok(Amount::Doses { dose_mg, times_per_day: times })
        }
    }
}

/// Which of the strengths is the opioid's in a combination that no table has as one; none where it is no such combination.
pub(super) fn part_of_unlisted(sig: &Sig) -> Option<Result<usize, String>> {
    let parts = combination(&sig.name).filter(|parts| parts.len() > 1)?;
    if sig.strength.len() < parts.len() {
        let each: Vec<&str> = parts_of(&sig.name);
        return Some(Err(format!("say the strength of each: {}", each.join("/"))));
    }
    let is_opioid = |part: &Vec<&'static Name>| part.iter().any(|name| name.is_opioid());
    Some(parts.iter().position(is_opioid).ok_or_else(|| "which part is the opioid is not known".to_owned()))
}

/// Which of the strengths of a combination is the opioid's: in the order in which the ingredients were typed, else in that
/// of the table, where the opioid of a brand is written first.
pub(super) fn opioid_part(name: &'static Name, sig: &Sig) -> Result<usize, String> {
    if sig.strength.len() < name.contains.len().min(2) {
        return Err(format!("say the strength of each: {}", name.contains.join("/")));
    }
    let is_opioid = |part: &str| super::medicine::named(part).iter().any(|name| name.is_opioid());
    let order = order_of(name, sig)?;
    order.iter().position(|part| is_opioid(part)).ok_or_else(|| "which part is the opioid is not known".to_owned())
}

/// In which order the strengths of a combination name its ingredients.
///
/// # Errors
/// A brand in whose strengths the second is not the greater, as it is where an opioid stands with an analgesic of a hundred
/// milligrams and more: then they may be the other way round (`300/30`), and nothing is guessed.
pub fn order_of(name: &Name, sig: &Sig) -> Result<Vec<String>, String> {
    let typed: Vec<String> = sig.name.split('/').map(|part| part.trim().to_owned()).collect();
    if typed.len() == name.contains.len() {
        return Ok(typed);
    }
    let with_analgesic = ["acetaminophen", "ibuprofen", "aspirin"];
    let is_with = name.contains.get(1).is_some_and(|second| with_analgesic.contains(&second.as_str()));
    match sig.strength.as_slice() {
        [first, second, ..] if is_with && first >= second => {
            let parts = name.contains.join("/");
            Err(format!("say which is which: {parts} {}/{}, or the other way round", second.plain(), first.plain()))
        }
        _ => Ok(name.contains.clone()),
    }
}

/// What a calculator refused, in the words of a list.
fn in_words(why: &CalcError, amount: &Amount) -> String {
    match why {
        // The rate of a patch stands in its line; only how long it is worn may not.
        CalcError::Missing { .. } if matches!(amount, Amount::Patch { .. }) => {
            "how long each patch is worn is not said".to_owned()
        }
        CalcError::Missing { .. } => "strength or how often is not said".to_owned(),
        CalcError::WrongUnit { reason, .. } => reason.clone(),
        CalcError::OutOfRange { given, allowed, .. } => format!("{given}: {allowed}"),
        CalcError::Unknown { given, known, .. } => format!("{given}: {known}"),
        CalcError::WrongKind { .. } | CalcError::TooLong => "the figures cannot be reckoned with".to_owned(),
    }
}

#[cfg(test)]
mod tests;
