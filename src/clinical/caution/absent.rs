//! What is missing beside an opioid: naloxone, a laxative, a score of function, monitoring in its interval.

use chrono::NaiveDate;

use super::{Caution, Input, Seen};
use crate::clinical::exposure::Exposure;
use crate::clinical::facts::Severity;
use crate::clinical::facts::regions::regions;
use crate::clinical::facts::safety_checks::safety_checks;
use crate::clinical::monitoring::urine::UrineTest;
use crate::clinical::monitoring::{self, CheckKind};
use crate::clinical::practice::Region;
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;
use crate::clinical::why::Fact;

/// When monitoring was last done; none: never, as far as the record knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Monitoring {
    /// The prescription monitoring programme was looked at.
    pub pdmp: Option<NaiveDate>,
    /// A urine test was read.
    pub urine: Option<NaiveDate>,
    /// A treatment agreement was made.
    pub agreement: Option<NaiveDate>,
    /// An ECG was read.
    pub ecg: Option<NaiveDate>,
    /// Naloxone was offered.
    pub naloxone: Option<NaiveDate>,
}

impl From<&monitoring::Monitoring> for Monitoring {
    fn from(known: &monitoring::Monitoring) -> Self {
        let last = |kind| known.last(kind).map(|check| check.on);
        Self {
            pdmp: last(CheckKind::Pdmp),
            urine: known.last_urine().and_then(UrineTest::sample_date),
            agreement: last(CheckKind::Agreement),
            ecg: last(CheckKind::Ecg),
            naloxone: last(CheckKind::Naloxone),
        }
    }
}

/// Function is scored at least this often while an opioid is taken.
const FUNCTION_DAYS: i64 = 90;

pub(super) fn cautions(
    known: &[Seen<'_>],
    input: &Input<'_>,
    exposure: &Exposure,
    region: Region,
    open: &mut Vec<String>,
) -> Vec<Caution> {
    let mut out = Vec::new();
    let rules = regions().monitoring.iter().find(|rules| rules.region == region);
    let triggers = exposure.answer.as_ref().map(|answer| answer.naloxone.as_slice()).unwrap_or_default();
    let has_naloxone = known.iter().any(|one| one.meant.iter().any(|name| name.name == "naloxone"));
    if !triggers.is_empty() && !has_naloxone && input.monitoring.naloxone.is_none() {
        match rules {
            Some(rules) if rules.naloxone_offer => out.extend(triggers.first().map(|first| {
                let why: Vec<&str> = triggers.iter().map(|trigger| trigger.label.as_str()).collect();
                Caution {
                    name: "absent/naloxone".to_owned(),
                    severity: Severity::High,
                    short: "no naloxone".to_owned(),
                    fact: Fact::new(
                        format!("No naloxone on the list, and there is reason to offer it: {}", why.join("; ")),
                        &first.source,
                        first.verified,
                    ),
                }
            })),
            Some(rules) => open.push(format!(
                "naloxone prompt is off in {}. {}",
                region.label(),
                rules.naloxone_note.clone().unwrap_or_default().trim_end_matches('.')
            )),
            None => open.push(format!("naloxone prompt is off: no table for {}", region.label())),
        }
    }
    let laxative = known
        .iter()
        .any(|one| one.meant.iter().any(|name| name.atc.as_deref().is_some_and(|atc| atc.starts_with("A06"))));
    if !laxative {
        out.extend(check("bowel_plan", "absent/laxative", "no laxative", "No laxative on the list beside an opioid."));
    }
    out.extend(function(input));
    match rules {
        Some(rules) => {
            clock(("pdmp", "PDMP", rules.pdmp_clock_days), input.monitoring.pdmp, input, region, (&mut out, open));
            let urine = ("urine_drug_test", "urine test", rules.urine_clock_days);
            clock(urine, input.monitoring.urine, input, region, (&mut out, open));
        }
        None => open.push(format!("monitoring is off: no table for {}", region.label())),
    }
    if known.iter().any(|one| one.meant.iter().any(|name| name.name == "methadone")) && input.monitoring.ecg.is_none() {
        out.extend(check(
            "ecg_methadone",
            "absent/ecg",
            "methadone: no ECG date",
            "Methadone, and no ECG in the record.",
        ));
    }
    out
}

/// A check of the table that is not done.
fn check(id: &str, name: &str, short: &str, words: &str) -> Option<Caution> {
    let check = safety_checks().get(id)?;
    let detail = if check.detail.is_empty() { String::new() } else { format!(" {}", check.detail) };
    Some(Caution {
        name: name.to_owned(),
        severity: Severity::Caution,
        short: short.to_owned(),
        fact: Fact::new(format!("{words} {}.{detail}", check.label), &check.source, check.verified),
    })
}

fn function(input: &Input<'_>) -> Option<Caution> {
    let (short, words) = match input.function {
        None => ("no function score".to_owned(), "No complete score of function (PEG) in the record".to_owned()),
        Some((on, _)) if (input.today - on).num_days() > FUNCTION_DAYS => (
            "function score old".to_owned(),
            format!(
                "The last complete score of function (PEG) is of {}, more than {FUNCTION_DAYS} days ago",
                show_date(on)
            ),
        ),
        Some(_) => return None,
    };
    Some(Caution { name: "absent/function".to_owned(), severity: Severity::Caution, short, fact: Fact::own(words) })
}

/// A clock of the region: off where it has none, and said.
fn clock(
    (id, name, days): (&str, &str, u32),
    last: Option<NaiveDate>,
    input: &Input<'_>,
    region: Region,
    (out, open): (&mut Vec<Caution>, &mut Vec<String>),
) {
    if days == 0 {
        open.push(format!("{name} interval is off: none set for {}", region.label()));
        return;
    }
    let late = last.is_none_or(|last| (input.today - last).num_days() > i64::from(days));
    if !late {
        return;
    }
    let short = last.map_or_else(|| format!("no {name} recorded"), |last| format!("{name} last {}", show_date(last)));
    let words = format!("{short}; asked for every {days} days in {}.", region.label());
    out.extend(check(id, &format!("absent/{id}"), &short, &words));
}
