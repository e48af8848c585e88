//! Opioids: the daily total and tapers.

use super::Calculator;
use super::answer::{Answer, listed, sentences};
use super::ask::Question;
use super::inputs::Inputs;
use super::json::Json;
use crate::clinical::calc::CalcError;
use crate::clinical::calc::mme::{Amount, Mme, MmeInput, Opioid, OpioidContext, ResearchFactors, mme};
use crate::clinical::calc::taper::{Cut, Measure, Pause, Step, TaperInput, taper};
use crate::clinical::dose::Micrograms;
use crate::clinical::exact::Exact;
use crate::clinical::facts::medicine_names::medicine_names;
use crate::clinical::facts::opioids::{InputUnit, opioids};
use crate::clinical::practice::Region;
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;

/// The daily total.
pub(super) const MME: Calculator = Calculator {
    name: "mme",
    about: "daily opioid total in morphine equivalents, thresholds, naloxone, cautions",
    questions: mme_questions,
    answer: mme_answer,
};

fn mme_questions() -> Vec<Question> {
    fn is_patch(row: &[(String, Json)]) -> bool {
        let Some((_, Json::Text(drug))) = row.iter().find(|(key, _)| key == "drug") else { return false };
        drug == "buprenorphine_any"
            || opioids().factor(drug).is_some_and(|factor| factor.input_unit == InputUnit::McgPerHour)
    }
    let row = vec![
        Question::word("drug", "Opioid", opioids().ids()),
        Question::number("mcg_per_hour", "Patch, micrograms an hour").when(is_patch),
        Question::number("patch_interval_hours", "Each patch is worn so many hours").when(is_patch),
        Question::number("dose_mg", "Milligrams a dose, the opioid alone").when(|row| !is_patch(row)),
        Question::number("times_per_day", "Doses a day, the most that is allowed").when(|row| !is_patch(row)),
        Question::yes_no("as_needed", "Only when needed").optional(),
    ];
    // The other triggers are computed from the list itself.
    let risks = opioids().naloxone_trigger.iter().filter(|entry| entry.classes.is_empty() && entry.id != "dose_50");
    let risks = risks.map(|entry| entry.id.as_str());
    let classes = medicine_names().class.iter().map(|class| class.id.as_str());
    vec![
        Question::rows("opioids", "Opioids, one after the other", row),
        Question::words("other_classes", "Classes of the other medicines", classes.chain(["carisoprodol", "alcohol"])),
        Question::words("risks", "Known of the patient", risks).optional(),
        Question::word("region", "Whose table", Region::ALL.iter().map(|region| region.name())).optional(),
        Question::word("context", "What for", OpioidContext::ALL.iter().map(|context| context.name())).optional(),
    ]
}

fn mme_answer(inputs: &Inputs) -> Result<Answer, CalcError> {
    inputs.only(&["opioids", "other_classes", "risks", "region", "context", "research_factors"])?;
    let rows = inputs.need_rows("opioids")?;
    let research =
        if inputs.flag("research_factors")? == Some(true) { ResearchFactors::On } else { ResearchFactors::Off };
    let answer = mme(&MmeInput {
        opioids: rows.iter().map(opioid).collect::<Result<_, _>>()?,
        uncounted: Vec::new(),
        other_classes: inputs.texts("other_classes")?,
        risks: inputs.texts("risks")?,
        region: inputs.word("region")?.unwrap_or(Region::Us),
        context: inputs.word("context")?.unwrap_or(OpioidContext::Chronic),
        research,
    })?;
    // A total of another table is no MME and has another name.
    let total = if answer.word == "OME" { "ome" } else { "mme" };
    Ok(Answer::new(answer.why.clone())
        .with(total, Json::or_null(answer.total.map(Json::number)))
        .with_some("full_rate_mme", answer.full_rate_total.map(Json::number))
        .with("band", Json::or_null(answer.band.map(|band| Json::text(&band.id))))
        .with("thresholds", Json::texts(answer.thresholds.iter().map(|threshold| threshold.id)))
        .with("naloxone", Json::texts(answer.naloxone.iter().map(|trigger| trigger.id.as_str())))
        .with("coprescription", Json::texts(answer.coprescription.iter().map(|caution| caution.id.as_str())))
        .flag("upper_estimate", answer.upper_estimate)
        .with("flags", Json::texts(answer.flags.iter().map(String::as_str)))
        .flag("complete", answer.complete)
        .with("table", Json::or_null(answer.table.map(Json::text)))
        .with("lines", Json::List(answer.lines.iter().map(line).collect()))
        .with("notes", Json::texts(answer.notes.iter().map(String::as_str)))
        .saying(mme_words(&answer)))
}

fn opioid(row: &Inputs) -> Result<Opioid, CalcError> {
    const FIELDS: [&str; 7] =
        ["drug", "dose_mg", "times_per_day", "mcg_per_hour", "patch_interval_hours", "route", "as_needed"];
    row.only(&FIELDS)?;
    let drug = row.need_text("drug")?;
    let by_dose = row.has("dose_mg") || row.has("times_per_day");
    let by_patch = row.has("mcg_per_hour") || row.has("patch_interval_hours");
    let amount = match (by_dose, by_patch) {
        (true, true) => {
            let both = row.name(if row.has("mcg_per_hour") { "mcg_per_hour" } else { "patch_interval_hours" });
            return Err(CalcError::wrong_unit(both, "give dose_mg and times_per_day, or the patch, and not both"));
        }
        (true, false) => {
            Amount::Doses { dose_mg: row.need_number("dose_mg")?, times_per_day: row.need_number("times_per_day")? }
        }
        (false, true) => Amount::Patch {
            mcg_per_hour: row.need_number("mcg_per_hour")?,
            interval_hours: row.number("patch_interval_hours")?,
        },
        (false, false) => Amount::NotGiven,
    };
    Ok(Opioid { drug, amount, route: row.text("route")?, as_needed: row.flag("as_needed")? == Some(true) })
}

fn line(line: &crate::clinical::calc::mme::Line) -> Json {
    Json::Object(vec![
        ("drug".to_owned(), Json::text(&line.id)),
        ("mme".to_owned(), Json::or_null(line.mme.map(Json::number))),
    ])
}

fn mme_words(answer: &Mme) -> String {
    let first = match (answer.total, answer.table) {
        (Some(total), Some(table)) => {
            let upper = if answer.upper_estimate { " at most" } else { "" };
            let incomplete = if answer.complete { "" } else { ", incomplete" };
            let band = answer.band.map(|band| format!(": {}", band.label)).unwrap_or_default();
            format!("{} {} a day{upper}{incomplete} (table {table}){band}.", answer.word, total.show(1))
        }
        _ => "No dose table for this region: the total is not computed.".to_owned(),
    };
    sentences([
        first,
        listed("Reached", answer.thresholds.iter().map(|threshold| threshold.fact.rule.as_str())),
        listed("Offer naloxone", answer.naloxone.iter().map(|trigger| trigger.label.as_str())),
        listed("Cautions", answer.coprescription.iter().map(|caution| caution.label.as_str())),
        listed("Cannot compute", answer.lines.iter().filter(|line| line.mme.is_none()).map(|line| line.id.as_str())),
        listed("Flags", answer.flags.iter().map(String::as_str)),
        listed("Note", answer.notes.iter().map(String::as_str)),
    ])
}

/// Tapers.
pub(super) const TAPER: Calculator = Calculator {
    name: "taper",
    about: "a taper: steps with dates, stop points, pauses",
    questions: taper_questions,
    answer: taper_answer,
};

fn taper_questions() -> Vec<Question> {
    let unless = |row: &[(String, Json)]| !row.iter().any(|(key, _)| key == "cut_percent");
    let by_mouth = opioids().factor.iter().filter(|factor| factor.input_unit == InputUnit::MgPerDay);
    let pause =
        vec![Question::number("step", "Pause at step (empty: none)"), Question::number("days", "So many days longer")];
    vec![
        Question::number("start_mg", "Milligrams a day now"),
        Question::number("target_mg", "Milligrams a day at the end (0 is off)"),
        Question::number("cut_percent", "Each step falls by so many percent of the dose before (empty: by milligrams)")
            .optional(),
        Question::number("cut_mg", "Each step falls by so many milligrams").when(unless),
        Question::number("unit_mg", "Smallest difference that can be given, milligrams (half a tablet…)"),
        Question::number("step_days", "Days each step is kept"),
        Question::date("first_day", "First day of the lower dose (as 2026-11-24)"),
        Question::words("stop_points_mg", "Doses at which to stop and look", []).optional(),
        Question::rows("pauses", "Pauses", pause),
        Question::word("opioid", "Opioid, to show morphine equivalents", by_mouth.map(|factor| factor.id.as_str()))
            .optional(),
    ]
}

fn taper_answer(inputs: &Inputs) -> Result<Answer, CalcError> {
    const FIELDS: [&str; 11] = [
        "start_mg",
        "target_mg",
        "cut_percent",
        "cut_percent_of_start",
        "cut_mg",
        "unit_mg",
        "step_days",
        "first_day",
        "stop_points_mg",
        "pauses",
        "opioid",
    ];
    inputs.only(&FIELDS)?;
    let dose = |field: &str| inputs.need_number(field).and_then(|mg| micrograms(&inputs.name(field), mg));
    let stops = inputs.numbers("stop_points_mg")?;
    let plan = taper(&TaperInput {
        measure: Measure::MgPerDay,
        start: dose("start_mg")?,
        target: dose("target_mg")?,
        cut: cut(inputs)?,
        unit: dose("unit_mg")?,
        step_days: count(inputs, "step_days")?,
        first_day: inputs.need_date("first_day")?,
        stop_points: stops.into_iter().map(|mg| micrograms("stop_points_mg", mg)).collect::<Result<_, _>>()?,
        pauses: inputs.rows("pauses")?.iter().map(pause).collect::<Result<_, _>>()?,
        opioid: inputs.text("opioid")?,
    })?;
    let words = plan.steps.iter().map(|step| {
        let stop = if step.is_stop_point { ", stop and look" } else { "" };
        let large = if step.is_larger_than_asked { ", larger than asked" } else { "" };
        format!("{} {} mg{stop}{large}", show_date(step.date), step.dose)
    });
    let sentence = format!(
        "From {} mg a day in {} steps: {}.",
        plan.start,
        plan.steps.len(),
        words.collect::<Vec<_>>().join("; ")
    );
    let last = plan.steps.last().map(|step| Json::text(step.date.to_string()));
    Ok(Answer::new(plan.why.clone())
        .with("steps", Json::List(plan.steps.iter().map(step).collect()))
        .with("count", Json::whole(plan.steps.len()))
        .with_some("last_step", last)
        .saying(sentence))
}

fn cut(inputs: &Inputs) -> Result<Cut, CalcError> {
    let names = ["cut_percent", "cut_percent_of_start", "cut_mg"];
    let given: Vec<&str> = names.into_iter().filter(|name| inputs.has(name)).collect();
    match given.as_slice() {
        [] => Err(CalcError::missing(names.join(" or "))),
        ["cut_mg"] => Ok(Cut::Fixed(micrograms("cut_mg", inputs.need_number("cut_mg")?)?)),
        ["cut_percent"] => Ok(Cut::PercentOfCurrent(inputs.need_number("cut_percent")?)),
        ["cut_percent_of_start"] => Ok(Cut::PercentOfStart(inputs.need_number("cut_percent_of_start")?)),
        several => Err(CalcError::wrong_unit(several.join(", "), "give one of them")),
    }
}

fn pause(row: &Inputs) -> Result<Pause, CalcError> {
    row.only(&["step", "days"])?;
    let step = row.need_whole("step")?;
    let wrong = || CalcError::out_of_range(row.name("step"), step, "steps are counted from 1");
    Ok(Pause { step: usize::try_from(step).map_err(|_| wrong())?, days: count(row, "days")? })
}

fn count(inputs: &Inputs, field: &str) -> Result<u32, CalcError> {
    let days = inputs.need_whole(field)?;
    u32::try_from(days).map_err(|_| CalcError::out_of_range(inputs.name(field), days, "it is a number of days"))
}

fn micrograms(field: &str, mg: Exact) -> Result<Micrograms, CalcError> {
    let allowed = "it is 0 or more milligrams, no finer than a microgram";
    Micrograms::from_mg(mg).ok_or_else(|| CalcError::out_of_range(field, mg, allowed))
}

fn step(step: &Step) -> Json {
    let mut fields = vec![
        ("date".to_owned(), Json::text(step.date.to_string())),
        ("dose_mg".to_owned(), Json::number(step.dose.mg())),
        ("fell_percent".to_owned(), Json::number(step.fell_percent)),
        ("stop_point".to_owned(), Json::Flag(step.is_stop_point)),
        ("larger_than_asked".to_owned(), Json::Flag(step.is_larger_than_asked)),
    ];
    fields.extend(step.mme.map(|mme| ("mme".to_owned(), Json::number(mme))));
    Json::Object(fields)
}
