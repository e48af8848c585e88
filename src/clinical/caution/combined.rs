//! Medicines that do not go together.

use super::{Caution, Seen, lines};
use crate::clinical::exact::Exact;
use crate::clinical::exposure::Exposure;
use crate::clinical::facts::Severity;
use crate::clinical::facts::medications::medications;
use crate::clinical::facts::medicine_names::OPIOID;
use crate::clinical::sig::{Daily, Route};
use crate::clinical::why::Fact;

pub(super) fn cautions(known: &[Seen<'_>], exposure: &Exposure) -> Vec<Caution> {
    let mut out = Vec::new();
    let has_opioid = !exposure.drugs.is_empty();
    let opioids: Vec<String> = lines(known.iter().filter(|one| one.has(OPIOID)));
    for caution in exposure.answer.iter().flat_map(|answer| &answer.coprescription) {
        let with = caution.with_class.replace('+', " + ").replace('_', " ");
        let with = match with.as_str() {
            "sedative or alcohol" => "another sedative".to_owned(),
            "serotonergic" => "a serotonergic medicine".to_owned(),
            other => other.to_owned(),
        };
        out.push(Caution {
            name: format!("with_opioid/{}", caution.id),
            severity: caution.severity,
            short: format!("opioid + {with}"),
            inputs: [opioids.clone(), beside(known, &caution.id, &caution.with_class)].concat(),
            fact: Fact::new(format!("{}. {}", caution.label, caution.prompt), &caution.source, caution.verified),
        });
    }
    out.extend(duplicates(known));
    out.extend(serotonergic(known, has_opioid && out.iter().any(|caution| caution.name == "with_opioid/serotonergic")));
    if !has_opioid {
        out.extend(several(known, "sedative", "medications:sedative_rule", "sedating medicines"));
    }
    out.extend(several(known, "qt", "medications:qt_rule", "QT-prolonging medicines"));
    out.extend(several(known, "bleeding", "medications:bleeding_rule", "medicines that raise bleeding"));
    out
}

/// The other medicines that bring a caution beside an opioid: of its class, or of one that feeds its rule.
fn beside(known: &[Seen<'_>], id: &str, with: &str) -> Vec<String> {
    let rule = format!("opioids:coprescription_caution/{id}");
    let brings = |one: &&Seen<'_>| {
        let is = |class: &str| one.has(class) || one.name == class;
        with.split('+').any(is)
            || one.feeds(&rule)
            || (with == "serotonergic" && one.feeds("medications:serotonergic_rule"))
    };
    lines(known.iter().filter(|one| !one.has(OPIOID)).filter(brings))
}

/// A rule of the table of medicines, with its own words.
fn rule(text: &str) -> Fact {
    let table = medications();
    Fact::new(text, &table.provenance.source, table.provenance.verified)
}

fn names<'a>(of: impl Iterator<Item = &'a Seen<'a>>) -> String {
    let mut names: Vec<&str> = of.map(|one| one.name.as_str()).collect();
    names.dedup();
    names.join(", ")
}

/// Two or more that carry the same flag.
fn several(known: &[Seen<'_>], flag: &str, feeds: &str, words: &str) -> Option<Caution> {
    let of: Vec<&Seen<'_>> = known.iter().filter(|one| one.feeds(feeds)).collect();
    let rules = &medications().conventions;
    let text = match flag {
        "sedative" => &rules.sedative_rule,
        "qt" => &rules.qt_rule,
        _ => &rules.bleeding_rule,
    };
    (of.len() > 1).then(|| Caution {
        name: format!("several/{flag}"),
        severity: Severity::Caution,
        short: format!("{} {words}", of.len()),
        inputs: lines(of.iter().copied()),
        fact: rule(&format!("{}: {text}", names(of.iter().copied()))),
    })
}

/// Two or more serotonergic medicines; any one with an MAO inhibitor is a high alert.
fn serotonergic(known: &[Seen<'_>], said_with_opioid: bool) -> Option<Caution> {
    let of: Vec<&Seen<'_>> = known.iter().filter(|one| one.feeds("medications:serotonergic_rule")).collect();
    let maoi = of.iter().any(|one| one.has("maoi"));
    if of.len() < 2 || (said_with_opioid && of.len() == 2 && !maoi) {
        return None;
    }
    let severity = if maoi { Severity::High } else { Severity::Caution };
    let short = if maoi { "MAO inhibitor + serotonergic medicine" } else { "serotonergic medicines together" };
    Some(Caution {
        name: format!("serotonergic/{}", if maoi { "maoi" } else { "several" }),
        severity,
        short: short.to_owned(),
        inputs: lines(of.iter().copied()),
        fact: rule(&format!("{}: {}", names(of.iter().copied()), medications().conventions.serotonergic_rule)),
    })
}

/// Whether a medicine is of a kind.
type Is<'a> = Box<dyn Fn(&Seen<'_>) -> bool + 'a>;

/// Two of a kind: NSAIDs (aspirin up to 325 mg a day excepted), gabapentinoids, triptans, long-acting opioids.
fn duplicates(known: &[Seen<'_>]) -> Vec<Caution> {
    let heart_dose = |one: &Seen<'_>| {
        one.meant.iter().any(|name| name.name == "aspirin")
            && matches!(one.sig.daily(), Ok(Daily::Mg { total, .. })
                if total.first().is_some_and(|mg| *mg <= Exact::whole(325)))
    };
    let long = |one: &Seen<'_>| {
        one.has(OPIOID)
            && (one.is_extended()
                || one.brand.is_some()
                || one.sig.route == Some(Route::Transdermal)
                || one.meant.iter().any(|name| matches!(name.name.as_str(), "methadone" | "levomethadone")))
    };
    let kinds: [(&str, &str, Is<'_>); 4] = [
        ("nsaid", "two NSAIDs", Box::new(|one| one.has("nsaid") && !heart_dose(one))),
        ("gabapentinoid", "two gabapentinoids", Box::new(|one| one.has("gabapentinoid"))),
        ("triptan", "two triptans", Box::new(|one| one.has("triptan"))),
        ("long_opioid", "two long-acting opioids", Box::new(long)),
    ];
    let mut out = Vec::new();
    for (kind, short, is) in kinds {
        let of: Vec<&Seen<'_>> = known.iter().filter(|one| is(one)).collect();
        if of.len() > 1 {
            let brands = of.iter().filter(|_| kind == "long_opioid").filter_map(|one| one.said_by_brand());
            out.push(Caution {
                name: format!("duplicate/{kind}"),
                severity: Severity::Caution,
                short: short.to_owned(),
                inputs: lines(of.iter().copied()).into_iter().chain(brands).collect(),
                fact: rule(&format!("{}: {}", names(of.iter().copied()), medications().conventions.duplicate_rule)),
            });
        }
    }
    out
}
