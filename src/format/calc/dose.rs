//! What is injected: local anaesthetic, lipid rescue, steroid.

use super::Calculator;
use super::answer::{Answer, listed, sentences};
use super::ask::Question;
use super::inputs::Inputs;
use super::json::Json;
use crate::clinical::calc::CalcError;
use crate::clinical::calc::lipid_rescue::{Infusion, lipid_rescue};
use crate::clinical::calc::local_anaesthetic::{
    Ceilings, Injected, LocalAnaesthetic, dosing_weight, local_anaesthetic,
};
use crate::clinical::calc::steroid_rule::{Pair, Verdict, steroid_rule};
use crate::clinical::calc::steroid_total::{Given, Planned, SteroidTotal, steroid_total};
use crate::clinical::exact::Exact;
use crate::clinical::facts::Severity;
use crate::clinical::facts::local_anaesthetics::{Variant, local_anaesthetics};
use crate::clinical::facts::procedures::procedures;
use crate::clinical::facts::steroids::steroids;
use crate::clinical::patient::Sex;
use crate::clinical::vocab::Vocab;

/// Local anaesthetic.
pub(super) const LOCAL_ANAESTHETIC: Calculator = Calculator {
    name: "local_anaesthetic",
    about: "local anaesthetic of a mixture: doses, ceilings, fractions",
    questions: || {
        let row = vec![
            Question::word("drug", "Drug", local_anaesthetics().drugs()),
            Question::word("variant", "Variant", Variant::ALL.iter().map(|variant| variant.name())),
            Question::number("percent", "Percent"),
            Question::number("volume_ml", "Millilitres"),
        ];
        vec![Question::number("weight_kg", "Weight in kg"), Question::rows("mixture", "What is injected", row)]
    },
    answer: local_anaesthetic_answer,
};

fn local_anaesthetic_answer(inputs: &Inputs) -> Result<Answer, CalcError> {
    let is_mixture = inputs.has("mixture");
    let common = ["weight_kg", "height_cm", "sex", "ceilings"];
    let own: &[&str] = if is_mixture { &["mixture"] } else { &["mixture", "drug", "variant", "percent", "volume_ml"] };
    inputs.only(&[&common[..], own].concat())?;
    // One drug may stand by itself, and then only its ceiling may be asked.
    let mixture = if is_mixture || !inputs.has("drug") {
        inputs.need_rows("mixture")?.iter().map(|row| injected(row, Volume::Needed)).collect::<Result<Vec<_>, _>>()?
    } else {
        vec![injected(inputs, Volume::Optional)?]
    };
    let actual = inputs.need_number("weight_kg")?;
    let (weight, weight_why) = match inputs.number("height_cm")? {
        Some(height) => {
            let (weight, why) = dosing_weight(actual, height, inputs.word::<Sex>("sex")?)?;
            (weight, Some(why))
        }
        None => (actual, None),
    };
    let ceilings = inputs.word("ceilings")?.unwrap_or(Ceilings::Usual);
    let mut answer = local_anaesthetic(weight, &mixture, ceilings)?;
    if let Some(why) = &weight_why {
        answer.why.add_all(why);
    }
    let numbers = |values: Vec<Exact>| Json::List(values.into_iter().map(Json::number).collect());
    let given: Option<Vec<Exact>> = answer.doses.iter().map(|dose| dose.dose_mg).collect();
    let fractions: Option<Vec<Exact>> = answer.doses.iter().map(|dose| dose.fraction).collect();
    let mut out = Answer::new(answer.why.clone()).with_some("doses_mg", given.map(numbers));
    out = match (answer.doses.as_slice(), is_mixture) {
        ([dose], false) => out.number("max_mg", dose.max_mg).number("max_ml", dose.max_ml),
        ([dose], true) => out.with("max_mg", numbers(vec![dose.max_mg])).number("max_ml", dose.max_ml),
        (doses, _) => out.with("max_mg", numbers(doses.iter().map(|dose| dose.max_mg).collect())),
    };
    out = out.with_some("fractions", fractions.map(numbers));
    if let Some(total) = answer.total_fraction {
        out = out.number("total_fraction", total).flag("warning", answer.warning).flag("alert", answer.alert);
    }
    Ok(out
        .with_some("dosing_weight_kg", weight_why.map(|_| Json::number(weight)))
        .with("notes", Json::texts(answer.notes.iter().map(String::as_str)))
        .saying(local_words(&mixture, &answer)))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Volume {
    Needed,
    Optional,
}

fn injected(row: &Inputs, volume: Volume) -> Result<Injected, CalcError> {
    if volume == Volume::Needed {
        row.only(&["drug", "variant", "percent", "volume_ml"])?;
    }
    Ok(Injected {
        drug: row.need_text("drug")?,
        variant: row.need_word("variant")?,
        percent: row.need_number("percent")?,
        volume_ml: if volume == Volume::Needed {
            Some(row.need_number("volume_ml")?)
        } else {
            row.number("volume_ml")?
        },
    })
}

fn local_words(mixture: &[Injected], answer: &LocalAnaesthetic) -> String {
    let each = mixture.iter().zip(&answer.doses).map(|(row, dose)| {
        let given = dose.dose_mg.map(|mg| format!("{} mg, ", mg.show(1))).unwrap_or_default();
        let (drug, label, percent) = (&row.drug, row.variant.label(), row.percent);
        format!("{drug} {label} {percent} %: {given}at most {} mg ({} mL).", dose.max_mg.show(1), dose.max_ml.show(1))
    });
    let total = answer.total_fraction.map_or(String::new(), |total| {
        let shown = total.times(Exact::HUNDRED).map_or_else(|_| total.to_string(), |percent| percent.show(1));
        let state = match (answer.alert, answer.warning) {
            (true, _) => "ABOVE the combined ceiling",
            (false, true) => "near the combined ceiling",
            (false, false) => "below the ceiling",
        };
        format!("Together {shown} percent: {state}.")
    });
    let notes = listed("Note", answer.notes.iter().map(String::as_str));
    sentences(each.chain([total, notes]))
}

/// Lipid rescue.
pub(super) const LIPID_RESCUE: Calculator = Calculator {
    name: "lipid_rescue",
    about: "lipid rescue by weight: bolus, infusion, the most in all",
    questions: || vec![Question::number("weight_kg", "Weight in kg")],
    answer: |inputs| {
        inputs.only(&["weight_kg"])?;
        let answer = lipid_rescue(inputs.need_number("weight_kg")?)?;
        let [from, to] = answer.bolus_minutes;
        let out = Answer::new(answer.why).with("branch", Json::text(answer.branch)).number("bolus_ml", answer.bolus_ml);
        let (out, infusion) = match answer.infusion {
            Infusion::PerMinute { ml } => {
                (out.number("infusion_ml_per_min", ml), format!("{} mL a minute", ml.show(1)))
            }
            Infusion::Fixed { low_ml, high_ml, minutes: [least, most] } => (
                out.number("infusion_ml_low", low_ml)
                    .number("infusion_ml_high", high_ml)
                    .with("infusion_minutes", Json::List(vec![Json::whole(least), Json::whole(most)])),
                format!("{low_ml} to {high_ml} mL over {least} to {most} minutes"),
            ),
        };
        let (bolus, most) = (answer.bolus_ml.show(1), answer.max_total_ml.rounded_down(1).show(1));
        Ok(out.number("max_total_ml", answer.max_total_ml).saying(format!(
            "20 percent lipid: bolus {bolus} mL over {from} to {to} minutes, then {infusion}; at most {most} mL in all."
        )))
    },
};

/// Steroid total.
pub(super) const STEROID_TOTAL: Calculator = Calculator {
    name: "steroid_total",
    about: "injected steroid of twelve months, done and planned",
    questions: || {
        let drug =
            || Question::word("steroid", "Steroid", steroids().steroid.iter().map(|steroid| steroid.id.as_str()));
        let dose = || Question::number("dose_mg", "Milligrams");
        vec![
            Question::date("reference_date", "As of (as 2026-11-24)"),
            Question::rows(
                "done",
                "Injections done",
                vec![Question::date("date", "On (as 2026-11-24)"), drug(), dose()],
            ),
            Question::rows("planned", "Injections planned", vec![drug(), dose()]),
        ]
    },
    answer: |inputs| {
        inputs.only(&["reference_date", "done", "planned"])?;
        let given = |row: &Inputs| {
            row.only(&["date", "steroid", "dose_mg"])?;
            Ok(Given {
                date: row.need_date("date")?,
                steroid: row.need_text("steroid")?,
                dose_mg: row.need_number("dose_mg")?,
            })
        };
        let planned = |row: &Inputs| {
            row.only(&["date", "steroid", "dose_mg"])?;
            row.date("date")?;
            Ok(Planned { steroid: row.need_text("steroid")?, dose_mg: row.need_number("dose_mg")? })
        };
        let done = inputs.need_rows("done")?.iter().map(given).collect::<Result<Vec<_>, CalcError>>()?;
        let plans = inputs.rows("planned")?.iter().map(planned).collect::<Result<Vec<_>, CalcError>>()?;
        let answer = steroid_total(inputs.need_date("reference_date")?, &done, &plans)?;
        let sentence = total_words(&answer);
        let mut out = Answer::new(answer.why)
            .number("total_mg", answer.done.total_mg)
            .flag("caution", answer.done.caution)
            .with("counted", Json::whole(answer.counted));
        if let Some(projected) = answer.projected {
            out = out.number("projected_mg", projected.total_mg).flag("projected_caution", projected.caution);
        }
        out = out.number("total_3y_mg", answer.done.total_3y_mg).flag("caution_3y", answer.done.caution_3y);
        if let Some(projected) = answer.projected {
            out =
                out.number("projected_3y_mg", projected.total_3y_mg).flag("projected_caution_3y", projected.caution_3y);
        }
        Ok(out.with("notes", Json::texts(answer.notes)).saying(sentence))
    },
};

fn total_words(answer: &SteroidTotal) -> String {
    let caution = |reached: bool| if reached { ", caution" } else { "" };
    let done = &answer.done;
    let first = format!(
        "{} mg methylprednisolone equivalent in 12 months{} ({} counted), {} mg in 3 years{}.",
        done.total_mg.show(1),
        caution(done.caution),
        answer.counted,
        done.total_3y_mg.show(1),
        caution(done.caution_3y)
    );
    let plan = answer.projected.map_or(String::new(), |plan| {
        format!("With what is planned {} mg{}.", plan.total_mg.show(1), caution(plan.caution || plan.caution_3y))
    });
    sentences([first, plan, listed("Note", answer.notes.iter().map(String::as_str))])
}

/// Steroid by site.
pub(super) const STEROID_RULE: Calculator = Calculator {
    name: "steroid_rule",
    about: "whether a steroid fits a procedure and level",
    questions: || {
        let sites = procedures().procedure.iter().filter(|entry| entry.steroid_site.is_some());
        let row = vec![
            Question::word("procedure", "Procedure", sites.map(|entry| entry.id.as_str())),
            Question::word("steroid", "Steroid", steroids().steroid.iter().map(|steroid| steroid.id.as_str())),
            Question::word("level", "Level, as C7-T1", []).optional(),
        ];
        vec![
            Question::rows("pairs", "Procedures and steroids", row),
            Question::words("other_classes", "Classes of the other medicines", ["strong_cyp3a4_inhibitor"]).optional(),
        ]
    },
    answer: |inputs| {
        inputs.only(&["pairs", "other_classes"])?;
        let pair = |row: &Inputs| {
            row.only(&["procedure", "steroid", "level"])?;
            Ok(Pair {
                procedure: row.need_text("procedure")?,
                steroid: row.need_text("steroid")?,
                level: row.text("level")?,
            })
        };
        let pairs = inputs.need_rows("pairs")?.iter().map(pair).collect::<Result<Vec<_>, CalcError>>()?;
        let answer = steroid_rule(&pairs, &inputs.texts("other_classes")?)?;
        let words = pairs.iter().zip(&answer.verdicts).map(|(pair, verdict)| {
            let labels = verdict.rules.iter().map(|rule| rule.label.as_str());
            let effects = verdict.interactions.iter().map(|effect| effect.label.as_str());
            let reasons: Vec<&str> = labels.chain(effects).chain(verdict.notes.iter().map(String::as_str)).collect();
            let reasons = if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join("; ")) };
            format!("{} with {}: {}{reasons}.", pair.procedure, pair.steroid, severity(verdict))
        });
        let sentence = sentences(words);
        let ids = |of: fn(&Verdict) -> Vec<&'static str>| {
            Json::List(answer.verdicts.iter().map(|v| Json::texts(of(v))).collect())
        };
        Ok(Answer::new(answer.why.clone())
            .with("severities", Json::texts(answer.verdicts.iter().map(severity)))
            .with("rules", ids(|verdict| verdict.rules.iter().map(|rule| rule.id.as_str()).collect()))
            .with("interactions", ids(|verdict| verdict.interactions.iter().map(|effect| effect.id.as_str()).collect()))
            .with(
                "notes",
                Json::List(answer.verdicts.iter().map(|v| Json::texts(v.notes.iter().map(String::as_str))).collect()),
            )
            .saying(sentence))
    },
};

fn severity(verdict: &Verdict) -> &'static str {
    match verdict.severity {
        None => "ok",
        Some(Severity::Caution) => "caution",
        Some(Severity::High) => "high",
        Some(Severity::Block) => "block",
    }
}
