//! Daily opioid exposure in oral morphine equivalents, its thresholds, and what comes with it.
//!
//! CDC, Clinical Practice Guideline for Prescribing Opioids for Pain, 2022 (United States); Faculty of Pain Medicine,
//! Opioids Aware, 2020 (United Kingdom). A region without a confirmed table gets no figure and no threshold, never another
//! region's. The total is for reviewing risk and never for choosing the dose of another opioid.
//!
//! How one opioid is reckoned is in `line`, cautions and naloxone in `caution`.

mod caution;
mod line;
#[cfg(test)]
mod tests;

pub use line::Line;

use super::CalcError;
use crate::clinical::exact::Exact;
use crate::clinical::facts::opioids::{Band, Caution, NaloxoneTrigger, opioids};
use crate::clinical::facts::regions::{DoseTable, regions};
use crate::clinical::practice::Region;
use crate::clinical::why::{Fact, Why};

/// How much of an opioid is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amount {
    /// Not said: enough only for an opioid without a factor.
    NotGiven,
    /// Single doses; milligrams of the opioid alone in a combination.
    Doses {
        /// Milligrams a dose.
        dose_mg: Exact,
        /// Doses a day: where a range or "as needed" is written, the most that is allowed.
        times_per_day: Exact,
    },
    /// A patch, or several worn together.
    Patch {
        /// Micrograms an hour, as printed on the patch.
        mcg_per_hour: Exact,
        /// Hours each patch is worn.
        interval_hours: Option<Exact>,
    },
}

/// One opioid of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opioid {
    /// Its id in the opioid table, or a generic name of the medicine names.
    pub drug: String,
    /// How much.
    pub amount: Amount,
    /// By which route; none: the one its factor is made for.
    pub route: Option<String>,
    /// Taken only when needed: counted at its most.
    pub as_needed: bool,
}

crate::vocab! {
    /// What the opioids are given for; decides whether thresholds apply.
    pub enum OpioidContext {
        /// Chronic pain without cancer.
        Chronic "chronic" "chronic pain",
        /// Active cancer.
        Cancer "cancer" "active cancer",
        /// Palliative care or end of life.
        Palliative "palliative" "palliative care or end of life",
        /// Sickle cell disease.
        SickleCell "sickle_cell" "sickle cell disease",
        /// Treatment of opioid use disorder.
        UseDisorder "use_disorder" "treatment of use disorder",
    }

    /// Whether factors published for research only are counted.
    pub enum ResearchFactors {
        /// Not counted: such an opioid has no factor.
        Off "off" "off",
        /// Counted, and the total says so.
        On "on" "on",
    }
}

/// What is taken, and under which rules it is reckoned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MmeInput {
    /// The opioids.
    pub opioids: Vec<Opioid>,
    /// Opioids that are taken and cannot be reckoned, by name: they make the total incomplete and raise every caution.
    pub uncounted: Vec<String>,
    /// Classes of the other medicines.
    pub other_classes: Vec<String>,
    /// What is known of the patient, by the ids of the naloxone triggers: `sleep_disordered_breathing`…
    pub risks: Vec<String>,
    /// Whose table.
    pub region: Region,
    /// What for.
    pub context: OpioidContext,
    /// Research factors.
    pub research: ResearchFactors,
}

impl MmeInput {
    /// Opioids under the United States table, for chronic pain.
    pub const fn us(opioids: Vec<Opioid>, other_classes: Vec<String>) -> Self {
        Self {
            opioids,
            uncounted: Vec::new(),
            other_classes,
            risks: Vec::new(),
            region: Region::Us,
            context: OpioidContext::Chronic,
            research: ResearchFactors::Off,
        }
    }
}

/// The daily exposure and what it asks for.
#[derive(Debug, Clone)]
pub struct Mme {
    /// Each opioid.
    pub lines: Vec<Line>,
    /// What the total is called: `MME`, `OME`.
    pub word: &'static str,
    /// The table's name and year; none where the region has none.
    pub table: Option<&'static str>,
    /// The total of all that has a factor; none where the region has no table.
    pub total: Option<Exact>,
    /// The total with every patch at its full rate, where a long interval made it smaller.
    pub full_rate_total: Option<Exact>,
    /// Whether every opioid is in the total.
    pub complete: bool,
    /// Whether a dose counts at its most.
    pub upper_estimate: bool,
    /// The band of the total, where the table has bands and they apply.
    pub band: Option<&'static Band>,
    /// Thresholds reached.
    pub thresholds: Vec<Reached>,
    /// Reasons to offer naloxone.
    pub naloxone: Vec<&'static NaloxoneTrigger>,
    /// Cautions with other medicines.
    pub coprescription: Vec<&'static Caution>,
    /// What could not be counted, and what was counted beyond the guideline.
    pub flags: Vec<String>,
    /// What to know, in words.
    pub notes: Vec<String>,
    /// Why.
    pub why: Why,
}

/// The table a region reckons with.
#[derive(Debug, Clone, Copy)]
enum Table {
    Us,
    Other(&'static DoseTable),
    None,
}

/// Reckons the total, its band and thresholds, naloxone and cautions.
///
/// # Errors
/// Names the opioid: an unknown drug, class or route; an amount that is missing, out of range, or in a unit its factor is not
/// made for. An opioid without a factor is no error: it stands in `flags` as `no_factor:ID`, and the total says that it is
/// incomplete.
pub fn mme(input: &MmeInput) -> Result<Mme, CalcError> {
    let region = regions().get(input.region);
    let id = region.map_or("none", |region| region.dose_table.as_str());
    let table = match id {
        "opioids.toml:factor" => Table::Us,
        id => regions().dose_table(id).map_or(Table::None, Table::Other),
    };
    let mut lines = Vec::with_capacity(input.opioids.len());
    for (index, opioid) in input.opioids.iter().enumerate() {
        lines.push(line::line(&format!("opioids[{index}]"), opioid, table, input.research)?);
    }
    let classes = caution::expanded(&input.other_classes)?;
    let (total, full_rate_total) = totals(&lines, table)?;
    let mut notes: Vec<String> = lines.iter().flat_map(|line| line.notes.iter().cloned()).collect();
    let thresholds = thresholds(total, table, input, &mut notes);
    // A band lies between thresholds: where these do not apply it says nothing either.
    let is_banded = matches!(table, Table::Us) && input.context == OpioidContext::Chronic;
    let band = total.filter(|_| is_banded).and_then(band);
    let present: Vec<&str> =
        lines.iter().map(|line| line.id.as_str()).chain(input.uncounted.iter().map(String::as_str)).collect();
    let dose = matches!(table, Table::Us).then_some(total).flatten();
    let naloxone = caution::naloxone(&present, &classes, dose, input)?;
    let coprescription = caution::coprescription(&present, &classes);
    let mut answer = Mme {
        word: region.map_or("none", |region| region.dose_word.as_str()),
        table: table_name(table),
        total,
        full_rate_total,
        complete: input.uncounted.is_empty() && lines.iter().all(|line| line.mme.is_some()),
        upper_estimate: input.opioids.iter().any(|opioid| opioid.as_needed),
        band,
        thresholds,
        naloxone,
        coprescription,
        flags: flags(&lines, input, table),
        notes,
        why: Why::new(first_fact(table, input.region)),
        lines,
    };
    explain(&mut answer, input, table);
    Ok(answer)
}

fn totals(lines: &[Line], table: Table) -> Result<(Option<Exact>, Option<Exact>), CalcError> {
    if matches!(table, Table::None) {
        return Ok((None, None));
    }
    let (mut total, mut full) = (Exact::ZERO, Exact::ZERO);
    for line in lines {
        let Some(mme) = line.mme else { continue };
        total = total.plus(mme)?;
        full = full.plus(line.full_rate.unwrap_or(mme))?;
    }
    Ok((Some(total), (full != total).then_some(full)))
}

fn table_name(table: Table) -> Option<&'static str> {
    match table {
        Table::Us => Some("CDC 2022"),
        Table::Other(table) => Some(&table.name),
        Table::None => None,
    }
}

/// The band of a total; no band has a gap to the next.
fn band(total: Exact) -> Option<&'static Band> {
    let within = |band: &&Band| total >= band.from_mme && band.to_mme_exclusive.is_none_or(|edge| total < edge);
    opioids().band.iter().find(within)
}

/// A threshold that was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// Id.
    pub id: &'static str,
    /// What it says, and where it is published.
    pub fact: Fact,
    /// What to think of.
    pub prompts: &'static [String],
}

fn thresholds(total: Option<Exact>, table: Table, input: &MmeInput, notes: &mut Vec<String>) -> Vec<Reached> {
    let Some(total) = total else { return Vec::new() };
    if input.context != OpioidContext::Chronic {
        let label = crate::clinical::vocab::Vocab::label(input.context);
        notes.push(format!("Thresholds do not apply: {label}. {}", regions().conventions.scope));
        return Vec::new();
    }
    let reached = |from: Exact, inclusive: bool| total > from || (inclusive && total == from);
    match table {
        Table::Us => opioids()
            .threshold
            .iter()
            .filter(|entry| reached(entry.from_mme, entry.inclusive))
            .map(|entry| Reached {
                id: &entry.id,
                fact: Fact::new(&entry.label, &entry.source, entry.verified),
                prompts: &entry.prompts,
            })
            .collect(),
        Table::Other(table) => regions()
            .dose_threshold
            .iter()
            .filter(|entry| entry.needs_table == table.id && entry.active != Some(false))
            .filter(|entry| reached(entry.from_mg_per_day, entry.inclusive))
            .map(|entry| Reached {
                id: &entry.id,
                fact: Fact::new(entry.label.as_deref().unwrap_or(&entry.id), &entry.source, entry.verified),
                prompts: &entry.prompts,
            })
            .collect(),
        Table::None => Vec::new(),
    }
}

fn flags(lines: &[Line], input: &MmeInput, table: Table) -> Vec<String> {
    let mut flags = Vec::new();
    if matches!(table, Table::None) {
        flags.push(format!("no_dose_table:{}", crate::clinical::vocab::Vocab::name(input.region)));
    } else {
        flags.extend(lines.iter().filter(|line| line.mme.is_none()).map(|line| format!("no_factor:{}", line.id)));
        flags.extend(input.uncounted.iter().map(|name| format!("not_computed:{name}")));
    }
    if lines.iter().any(|line| line.is_research) {
        flags.push("includes_non_guideline_factors".to_owned());
    }
    let mut seen = std::collections::BTreeSet::new();
    flags.retain(|flag| seen.insert(flag.clone()));
    flags
}

fn first_fact(table: Table, region: Region) -> Fact {
    match table {
        Table::Us => {
            let table = opioids();
            Fact::new(
                format!("{} {}", table.method, table.rounding),
                &table.provenance.source,
                table.provenance.verified,
            )
        }
        Table::Other(table) => Fact::new(
            format!("Sum over all opioids by the table {}, {}", table.name, table.unit),
            &table.source,
            table.verified,
        ),
        Table::None => {
            let name = crate::clinical::vocab::Vocab::label(region);
            // The convention begins with how the table says it; what follows is what it means.
            let means = regions().conventions.no_table.split_once(": ").map_or("", |(_, means)| means);
            Fact::own(format!("No dose table for {name}: {means}"))
        }
    }
}

fn explain(answer: &mut Mme, input: &MmeInput, table: Table) {
    for line in &answer.lines {
        answer.why.add(line.fact.clone());
    }
    for threshold in &answer.thresholds {
        answer.why.add(threshold.fact.clone());
    }
    for trigger in &answer.naloxone {
        answer.why.add(Fact::new(format!("Naloxone: {}", trigger.label), &trigger.source, trigger.verified));
    }
    for caution in &answer.coprescription {
        answer.why.add(Fact::new(&caution.label, &caution.source, caution.verified));
    }
    if answer.upper_estimate {
        answer.notes.push(opioids().as_needed_rule.clone());
    }
    if !answer.complete && !matches!(table, Table::None) {
        answer.notes.push("The total is incomplete: an opioid that cannot be computed is not in it.".to_owned());
    }
    if !input.opioids.is_empty() || !input.uncounted.is_empty() {
        let warning = &opioids().not_for_conversion;
        answer.why.add(Fact::new(&warning.text, &warning.source, warning.verified));
    }
}
