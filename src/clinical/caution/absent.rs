//! What is missing beside an opioid: naloxone, a laxative, a score of function, monitoring in its interval.

use chrono::NaiveDate;

use super::{Caution, Input, Seen, lines};
use crate::clinical::exposure::Exposure;
use crate::clinical::facts::Severity;
use crate::clinical::facts::medicine_names::OPIOID;
use crate::clinical::facts::regions::regions;
use crate::clinical::facts::safety_checks::safety_checks;
use crate::clinical::monitoring::clock::{Cause, Watch};
use crate::clinical::monitoring::rule::{Rules, Whom};
use crate::clinical::monitoring::{CheckKind, Outcome};
use crate::clinical::practice::Region;
use crate::clinical::text::show_tenths;
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;
use crate::clinical::why::Fact;

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
    let opioids = lines(known.iter().filter(|one| one.has(OPIOID)));
    let rules = regions().monitoring.iter().find(|rules| rules.region == region);
    let triggers = exposure.answer.as_ref().map(|answer| answer.naloxone.as_slice()).unwrap_or_default();
    let has_naloxone = known.iter().any(|one| one.meant.iter().any(|name| name.name == "naloxone"));
    let watch = input.monitoring.watch(input.file, &Rules { region, own: input.own });
    let offer = offer(input, &watch);
    if let Offer::Made(on) = offer
        && !triggers.is_empty()
        && !has_naloxone
        && watch.of(CheckKind::Naloxone).is_none()
    {
        let on = show_date(on);
        open.push(format!("naloxone was offered {on} and is not on the list; no clock asks for it again"));
    }
    if !triggers.is_empty() && !has_naloxone && !matches!(offer, Offer::Made(_)) {
        match rules {
            Some(rules) if rules.naloxone_offer => out.extend(triggers.first().map(|first| {
                let why: Vec<&str> = triggers.iter().map(|trigger| trigger.label.as_str()).collect();
                Caution {
                    name: "absent/naloxone".to_owned(),
                    severity: Severity::High,
                    short: "no naloxone".to_owned(),
                    inputs: opioids.iter().cloned().chain([exposure.headline()]).chain(offer.said()).collect(),
                    fact: Fact::new(
                        format!("No naloxone on the list, and there is reason to offer it: {}", why.join("; ")),
                        &first.source,
                        first.verified,
                    ),
                }
            })),
            Some(rules) => open.push(format!(
                "naloxone prompt is off in {}. {}",
                region.place(),
                rules.naloxone_note.clone().unwrap_or_default().trim_end_matches('.')
            )),
            None => open.push(format!("naloxone prompt is off: no table for {}", region.place())),
        }
    }
    let laxative = known
        .iter()
        .any(|one| one.meant.iter().any(|name| name.atc.as_deref().is_some_and(|atc| atc.starts_with("A06"))));
    if !laxative {
        let said = ("no laxative", "No laxative on the list beside an opioid.");
        out.extend(check("bowel_plan", "absent/laxative", said, opioids.clone()));
    }
    let whom = input.monitoring.course(input.file).whom;
    if whom.switched_off("function").is_none() {
        out.extend(function(input, opioids.clone()));
    }
    clocks(&watch, input, (region, whom, &opioids), (&mut out, open));
    out
}

/// How far naloxone was offered, by the newest check.
enum Offer {
    /// Offered as expected, and no clock asks for it again yet.
    Made(NaiveDate),
    /// Offered, but not as expected, or so long ago that it is due again.
    Open(String),
    /// Never.
    Never,
}

impl Offer {
    fn said(&self) -> Option<String> {
        match self {
            Self::Open(said) => Some(said.clone()),
            Self::Made(_) | Self::Never => None,
        }
    }
}

fn offer(input: &Input<'_>, watch: &Watch) -> Offer {
    let Some(last) = input.monitoring.last(CheckKind::Naloxone) else { return Offer::Never };
    let is_due = watch.of(CheckKind::Naloxone).is_some_and(|clock| clock.is_due_on(input.today));
    match last.outcome {
        Outcome::Expected if !is_due => Offer::Made(last.on),
        Outcome::Expected | Outcome::Unexpected => Offer::Open(last.line()),
    }
}

/// The clocks that stand in the strip; the others stand in the patient's monitoring.
const IN_STRIP: [CheckKind; 3] = [CheckKind::Pdmp, CheckKind::Urine, CheckKind::Ecg];

/// What is due by the clocks that run here, for this patient and by the physician's own settings; what is off says why.
fn clocks(
    watch: &Watch,
    input: &Input<'_>,
    (region, whom, opioids): (Region, Whom, &[String]),
    (out, open): (&mut Vec<Caution>, &mut Vec<String>),
) {
    let mut off_here = Vec::new();
    for kind in IN_STRIP {
        let name = kind.label();
        if let Some(off) = watch.off(kind) {
            if off.cause == Cause::DoneOnce {
                // It was had: nothing is missing.
            } else if whom.switched_off(kind.name()).is_some() {
                off_here.push(name);
            } else if off.fact.source == crate::clinical::monitoring::rule::OWN {
                open.push(format!("{name} interval is off: by your settings"));
            } else {
                open.push(format!("{name} interval is off: none set for {}", region.place()));
            }
            continue;
        }
        let Some(clock) = watch.of(kind).filter(|clock| clock.is_due_on(input.today)) else { continue };
        // A test under way stands for its clock until it is read or let go.
        if kind == CheckKind::Urine && input.monitoring.urine_under_way().is_some() {
            continue;
        }
        let short = match (clock.last, kind) {
            (Some(last), _) => format!("{name} last {}", show_date(last)),
            (None, CheckKind::Ecg) => "methadone: no ECG date".to_owned(),
            (None, _) => format!("no {name} recorded"),
        };
        let first = clock.why.first();
        let fact = Fact { rule: format!("{short}. {}", first.rule), ..first.clone() };
        let last = clock
            .last
            .map_or_else(|| format!("{name} never recorded"), |last| format!("{name} last {}", show_date(last)));
        let inputs = opioids.iter().cloned().chain([last]).collect();
        let name = format!("absent/{}", kind.name());
        out.push(Caution { name, severity: Severity::Caution, short, inputs, fact });
    }
    if !off_here.is_empty() {
        open.push(format!("intervals of {} are off: {}", off_here.join(" and "), whom.context().label()));
    }
}

/// A check of the table that is not done.
fn check(id: &str, name: &str, (short, words): (&str, &str), inputs: Vec<String>) -> Option<Caution> {
    let check = safety_checks().get(id)?;
    let detail = if check.detail.is_empty() { String::new() } else { format!(" {}", check.detail) };
    Some(Caution {
        name: name.to_owned(),
        severity: Severity::Caution,
        short: short.to_owned(),
        inputs,
        fact: Fact::new(format!("{words} {}.{detail}", check.label), &check.source, check.verified),
    })
}

fn function(input: &Input<'_>, opioids: Vec<String>) -> Option<Caution> {
    let old = format!("PEG older than {FUNCTION_DAYS} days");
    let (short, words) = match input.function {
        None => ("no function score", "No complete score of function (PEG) in the record".to_owned()),
        Some((on, _)) if (input.today - on).num_days() > FUNCTION_DAYS => (
            old.as_str(),
            format!(
                "The last complete score of function (PEG) is of {}, more than {FUNCTION_DAYS} days ago",
                show_date(on)
            ),
        ),
        Some(_) => return None,
    };
    let last = match input.function {
        None => "PEG never complete".to_owned(),
        Some((on, tenths)) => format!("PEG {} on {}", show_tenths(tenths), show_date(on)),
    };
    let inputs = opioids.into_iter().chain([last]).collect();
    let (name, short) = ("absent/function".to_owned(), short.to_owned());
    Some(Caution { name, severity: Severity::Caution, short, inputs, fact: Fact::own(words) })
}
