//! What a list of medicines asks to be thought of: combinations, the patient, what is missing, and what could not be
//! checked. One quiet strip; the physician decides, and a reason is kept where one is asked for.
//!
//! The strip is never clean while one medicine is unchecked. A rule without a table for the region is off and says so.
//! Combinations are in `combined`, ceilings in `ceiling`, the patient in `person`, allergies in `allergy`, courses that are
//! over in `ended`, what is absent in `absent`.

mod absent;
mod allergy;
mod ceiling;
mod combined;
mod ended;
mod person;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::exposure::{Exposure, Listed};
use super::facts::Severity;
use super::facts::medicine_names::{BrandForm, BrandRelease, Name, OPIOID, medicine_names};
use super::figure;
use super::medicine::{form_of_brand, spelling};
use super::models::TrendPoint;
use super::monitoring::Monitoring;
use super::monitoring::rule::OwnRule;
use super::opioid::{classes, is_opioid};
use super::patient::{Facts, Medication, PatientFile};
use super::practice::Region;
use super::sig::{Release, Route, Sig};
use super::text::{clean_line, plural};
use super::why::Fact;

/// That a region has no confirmed table of opioid doses, as it stands among what is open.
pub const NO_TABLE: &str = "dose thresholds are off: no confirmed table for this region";

/// One thing to think of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caution {
    /// Its name, under which a reason is kept: the rule, and what it is about.
    pub name: String,
    /// How grave.
    pub severity: Severity,
    /// In a few words, for the strip.
    pub short: String,
    /// What it was read from: lines of the list, facts of the patient with their dates.
    pub inputs: Vec<String>,
    /// The rule, with its source and date.
    pub fact: Fact,
}

/// What is known besides the list.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The patient, with all lists.
    pub file: &'a PatientFile,
    /// The newest complete score of function: its day and tenths.
    pub function: Option<(NaiveDate, u16)>,
    /// What was checked, and when.
    pub monitoring: &'a Monitoring,
    /// The physician's own clocks of monitoring.
    pub own: &'a [OwnRule],
    /// Today.
    pub today: NaiveDate,
}

/// The newest complete score of function among those of earlier visits, oldest first: its day and tenths.
pub fn function_of(trend: &[TrendPoint]) -> Option<(NaiveDate, u16)> {
    trend.iter().rev().find_map(|point| Some((point.date, point.scores.peg()?.tenths())))
}

/// The strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strip {
    /// What to think of, gravest first.
    pub cautions: Vec<Caution>,
    /// What is missing beside an opioid.
    pub absent: Vec<Caution>,
    /// Medicines that were not recognised, and so not checked.
    pub unchecked: Vec<String>,
    /// How many medicines there are, antithrombotics included.
    pub count: usize,
    /// Allergies that no table knows, and that nothing taken is named like: not checked.
    pub unknown_allergies: Vec<String>,
    /// What else could not be checked, and which rules are off here, in words.
    pub open: Vec<String>,
    /// How far the list can be trusted.
    pub listed: Listed,
}

/// A medicine as the rules see it.
#[derive(Clone)]
struct Seen<'a> {
    /// Its line, as it stands on the list.
    line: &'a str,
    name: String,
    sig: Sig,
    meant: Vec<&'static Name>,
    classes: BTreeSet<&'a str>,
    /// Whether it reaches the blood.
    systemic: bool,
    /// The form that its brand stands for, where no other was typed.
    brand: Option<&'static BrandRelease>,
}

impl Seen<'_> {
    /// The same, taken for an opioid.
    fn taken_for_opioid(mut self) -> Self {
        self.classes.insert(OPIOID);
        self
    }

    fn has(&self, class: &str) -> bool {
        self.systemic && self.classes.contains(class)
    }

    /// Whether one of its classes feeds this rule of the tables.
    fn feeds(&self, rule: &str) -> bool {
        let names = medicine_names();
        let rule_of = |class: &&str| {
            names.class(class).is_some_and(|class| class.rules.iter().any(|own| own.split(' ').next() == Some(rule)))
        };
        self.systemic && self.classes.iter().any(rule_of)
    }

    /// Whether it is of extended release, as it was typed or by its brand.
    fn is_extended(&self) -> bool {
        self.sig.release == Some(Release::Extended) || self.brand.is_some_and(|brand| brand.form == BrandForm::Extended)
    }

    /// What its brand says of its form, with the source.
    fn said_by_brand(&self) -> Option<String> {
        let brand = self.brand?;
        let verified = if brand.verified { "" } else { ", not verified" };
        Some(format!("{}: {} by its label ({}{verified})", self.sig.name, brand.form.label(), brand.source))
    }
}

/// A medicine as the rules see it; one that nobody knows has no class.
fn seen(medicine: &Medication) -> Seen<'_> {
    let classes = classes(medicine).unwrap_or_default();
    let sig = medicine.sig();
    let meant = sig.meant();
    let name = meant.first().map_or_else(|| sig.name.clone(), |name| name.name.clone());
    let systemic = sig.route.is_none_or(Route::is_systemic);
    let brand = if sig.release.is_none() && sig.route.is_none_or(|route| route == Route::Oral) {
        form_of_brand(&sig.name)
    } else {
        None
    };
    Seen { line: &medicine.line, name, sig, meant, classes, systemic, brand }
}

/// The antithrombotics as medicines; one that stands among the medicines too is not taken twice.
fn thinners(facts: &Facts) -> Vec<Medication> {
    let of_both: Vec<Sig> = facts.medications.items().iter().map(Medication::sig).collect();
    let same = |one: &Sig, other: &Sig| {
        let (one_means, other_means) = (one.meant(), other.meant());
        let is = |name: &&Name| other_means.iter().any(|other| other.name == name.name);
        if one_means.is_empty() { spelling(&one.name) == spelling(&other.name) } else { one_means.iter().any(is) }
    };
    let drugs = facts.antithrombotics.items().iter().map(|drug| {
        let dose = drug.dose.as_deref().unwrap_or_default();
        let id: uuid::Uuid = drug.id.into();
        Medication::new(id.into(), format!("{} {dose}", drug.drug).trim().to_owned(), None)
    });
    drugs.filter(|drug| !of_both.iter().any(|other| same(&drug.sig(), other))).collect()
}

/// The lines of these medicines, as they stand on the list.
fn lines<'a>(of: impl IntoIterator<Item = &'a Seen<'a>>) -> Vec<String> {
    of.into_iter().map(|one| clean_line(one.line)).collect()
}

/// Everything that a list asks to be thought of.
pub fn strip(input: &Input<'_>) -> Strip {
    let facts = &input.file.facts;
    let medicines = facts.medications.items();
    let thinners = thinners(facts);
    let all = medicines.iter().chain(&thinners).map(seen);
    let (known, unknown): (Vec<Seen<'_>>, Vec<Seen<'_>>) =
        all.partition(|one| !one.meant.is_empty() || !one.classes.is_empty());
    let count = known.len() + unknown.len();
    let region = facts.opioid.region.unwrap_or(Region::Other);
    let exposure = Exposure::of(&facts.medications, &facts.opioid);
    let mut open = Vec::new();
    let mut cautions = combined::cautions(&known, &exposure);
    cautions.extend(ceiling::cautions(&known, input.file, input.today));
    cautions.extend(person::cautions(&known, input, &mut open));
    let (allergic, unknown_allergies) = allergy::cautions(&known, &unknown, &facts.allergies, &mut open);
    cautions.extend(allergic);
    cautions.extend(ended::cautions(medicines, input.today));
    cautions.sort_by_key(|caution| std::cmp::Reverse(caution.severity));
    let htaken_for_opioid = medicines.iter().any(is_opioid);
    // What may be an opioid lacks the same beside it as one that is.
    let perhaps = medicines.iter().filter(|one| is_opioid(one)).map(seen).filter(|one| one.classes.is_empty());
    let beside: Vec<Seen<'_>> = known.iter().cloned().chain(perhaps.map(Seen::taken_for_opioid)).collect();
    let absent =
        if htaken_for_opioid { absent::cautions(&beside, input, &exposure, region, &mut open) } else { Vec::new() };
    if htaken_for_opioid && exposure.answer.as_ref().is_some_and(|answer| answer.table.is_none()) {
        open.push(NO_TABLE.to_owned());
    }
    let of_thinners = |one: &Seen<'_>| thinners.iter().any(|thinner| std::ptr::eq(thinner.line.as_str(), one.line));
    open.extend(twice(&known.iter().filter(|one| !of_thinners(one)).collect::<Vec<_>>()));
    let unchecked = unknown.into_iter().map(|one| one.name).collect();
    Strip { cautions, absent, unchecked, count, unknown_allergies, open, listed: Listed::of(&facts.medications) }
}

/// Medicines that the list has twice in the same words of dosing: both are counted, and nobody knows whether both are taken. No
/// rule of a table, but what the list says.
fn twice(known: &[&Seen<'_>]) -> Vec<String> {
    let same = |(at, one): (usize, &&Seen<'_>)| {
        let before = |other: &&&Seen<'_>| other.name == one.name && other.sig.reading() == one.sig.reading();
        let earlier = known[..at].iter().filter(before).count();
        (earlier == 1).then(|| format!("{} is on the list twice: both are counted", clean_line(one.line)))
    };
    known.iter().enumerate().filter_map(same).collect()
}

impl Strip {
    /// What could not be checked, in one clause; none where everything was.
    pub fn not_checked(&self) -> Option<String> {
        match self.listed {
            Listed::Unknown => return Some("medicines unknown: nothing checked".to_owned()),
            Listed::None(_) | Listed::Unreviewed | Listed::Reviewed(_) => {}
        }
        let n = self.unchecked.len();
        (n > 0).then(|| format!("{n} of {} medicine{} not checked", self.count, plural(self.count)))
    }

    /// Whether there is nothing to say and nothing unchecked.
    pub fn is_clean(&self) -> bool {
        let said = !self.cautions.is_empty() || !self.absent.is_empty() || !self.unknown_allergies.is_empty();
        !said && self.not_checked().is_none()
    }

    /// The strip in one line: what is gravest first, what is missing, what was not checked. A caution whose reason was
    /// kept today is not said again.
    pub fn line(&self, told: &[&str]) -> String {
        let fresh = |caution: &&Caution| !told.contains(&caution.name.as_str());
        let mut parts: Vec<String> =
            self.cautions.iter().chain(&self.absent).filter(fresh).map(|caution| caution.short.clone()).collect();
        parts.extend(self.not_checked());
        if self.listed == Listed::Unreviewed {
            parts.push("list not reviewed".to_owned());
        }
        if parts.is_empty() {
            let checked = if self.count == 1 { "1 medicine".to_owned() } else { format!("{} medicines", self.count) };
            return match (self.listed, self.unknown_allergies.as_slice()) {
                (Listed::None(_), _) => "no medicines".to_owned(),
                (_, []) => format!("nothing found in {checked}"),
                (_, unknown) => format!("nothing found in {checked}, allergy to {} not checked", unknown.join(", ")),
            };
        }
        parts.join(" · ")
    }

    /// The one caution that an act raises and that is asked about: a grave one that was not there before and for which no
    /// reason was kept.
    pub fn question<'a>(&'a self, before: &Self, told: &[&str]) -> Option<&'a Caution> {
        let was = |caution: &Caution| before.cautions.iter().any(|old| old.name == caution.name);
        self.cautions
            .iter()
            .filter(|caution| caution.severity >= Severity::High)
            .find(|caution| !was(caution) && !told.contains(&caution.name.as_str()))
    }

    /// Every caution in full: what it says, what it was read from, its rule with source and date; then what could not be
    /// checked.
    pub fn page(&self) -> String {
        let accounts = self.cautions.iter().chain(&self.absent).map(|one| figure::caution(one, self.listed));
        let mut lines: Vec<String> = accounts.map(|account| account.page()).collect();
        if let Some(not) = self.not_checked() {
            let names =
                if self.unchecked.is_empty() { String::new() } else { format!(": {}", self.unchecked.join(", ")) };
            lines.push(format!("{not}{names}. A name that is not recognised is never taken for harmless."));
        }
        lines.extend(self.open.iter().map(|open| format!("{open}.")));
        if lines.is_empty() {
            lines.push(self.line(&[]));
        }
        lines.join("\n\n")
    }
}
