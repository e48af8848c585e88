//! Instruments, their change, and criteria sets.

use super::Calculator;
use super::answer::{Answer, listed, sentences, yes_no};
use super::ask::{Question, item_question, items, items_of};
use super::inputs::Inputs;
use super::json::Json;
use crate::clinical::calc::budapest::{BudapestInput, budapest};
use crate::clinical::calc::fm2016::{Fm2016Input, fm2016};
use crate::clinical::calc::mood::{Screened, mood};
use crate::clinical::calc::nrs_change::nrs_change;
use crate::clinical::calc::observation::{SCALES, observation_scales};
use crate::clinical::calc::opioid_risk::{Older, opioid_risk};
use crate::clinical::calc::peg::peg_change;
use crate::clinical::calc::rmdq::{Marked, rmdq_change};
use crate::clinical::calc::{CalcError, aldrete, shipped};
use crate::clinical::facts::instruments::{Excluded, Instrument, instruments};
use crate::clinical::instrument::{Change, Scored, item_values, score, total_typed};
use crate::clinical::patient::Sex;
use crate::clinical::why::Why;

/// A score with its band, as `6.3 (moderate)`.
fn show(scored: &Scored) -> String {
    let band = scored.band.map(|band| format!(" ({band})")).unwrap_or_default();
    format!("{}{band}", scored.show())
}

fn flag_ids(scored: &Scored) -> Json {
    Json::texts(scored.flags.iter().map(|flag| flag.id.as_str()))
}

fn flag_words(scored: &Scored) -> String {
    listed("Flags", scored.flags.iter().map(|flag| flag.label.as_str()))
}

fn show_change(change: &Change) -> String {
    let points = change.absolute.show(1);
    let percent = change.percent.map_or("no percentage".to_owned(), |percent| format!("{} percent", percent.show(1)));
    let reached = match (change.substantial_50, change.responder_30, change.worse_30) {
        (true, _, _) => "substantial improvement",
        (false, true, _) => "important improvement",
        (false, false, true) => "important worsening",
        (false, false, false) => "below the thresholds",
    };
    format!("improved by {points} points, {percent}: {reached}")
}

/// Scores one instrument under its own name.
pub(super) fn instrument(name: &str, inputs: &Inputs) -> Result<Answer, CalcError> {
    answer_of(shipped(name)?, inputs)
}

/// Whether an instrument weighs its items by sex.
fn is_weighted(form: &Instrument) -> bool {
    form.items.iter().any(|item| item.weight_female.is_some())
}

/// Scores an instrument, shipped or the physician's own.
pub(super) fn answer_of(form: &Instrument, inputs: &Inputs) -> Result<Answer, CalcError> {
    let is_weighted = is_weighted(form);
    let yes_no = |id: &str| form.items.iter().any(|item| item.id == id && item_values(form, Some(item)) == [0, 1]);
    let answers = inputs.answers_but(if is_weighted { &["sex"] } else { &[] }, yes_no)?;
    let sex = if is_weighted { inputs.word::<Sex>("sex")? } else { None };
    let scored = score(form, &answers, sex)?;
    let sentence = sentences([format!("{}: {}.", form.name, show(&scored)), flag_words(&scored)]);
    Ok(Answer::new(scored.why.clone())
        .number("total", scored.total)
        .with_some("band", scored.band.map(Json::text))
        .with("flags", flag_ids(&scored))
        .saying(sentence))
}

/// The questions of one instrument.
pub(super) fn questions_of(name: &str) -> Vec<Question> {
    instruments().get(name).map(questions_on).unwrap_or_default()
}

/// The questions of this instrument, shipped or the physician's own.
pub(super) fn questions_on(form: &Instrument) -> Vec<Question> {
    let mut questions = items_of(form);
    if is_weighted(form) {
        questions.insert(0, Question::word("sex", "Sex for the column", ["female", "male"]));
    }
    questions
}

/// Bands a total typed from a licensed form.
pub(super) fn licensed(form: &'static Excluded, inputs: &Inputs) -> Result<Answer, CalcError> {
    inputs.only(&["total"])?;
    let total = inputs.need_number("total")?;
    let (band, why) = total_typed(form, total)?;
    let words = band.map(|band| format!(" ({band})")).unwrap_or_default();
    Ok(Answer::new(why)
        .number("total", total)
        .with_some("band", band.map(Json::text))
        .with("flags", Json::List(vec![]))
        .saying(format!("{}: {total}{words}.", form.name)))
}

macro_rules! single {
    ($($(#[$doc:meta])* $row:ident = $name:literal, $about:literal;)+) => {$(
        $(#[$doc])*
        pub(super) const $row: Calculator = Calculator {
            name: $name,
            about: $about,
            questions: || items($name),
            answer: |inputs| instrument($name, inputs),
        };
    )+};
}

single! {
    /// PHQ-9.
    PHQ9 = "phq9", "PHQ-9: total, band, flags";
    /// GAD-7.
    GAD7 = "gad7", "GAD-7: total, band, flags";
    /// PHQ-2.
    PHQ2 = "phq2", "PHQ-2: total and band";
    /// GAD-2.
    GAD2 = "gad2", "GAD-2: total and band";
    /// COWS.
    COWS = "cows", "opioid withdrawal: total and band";
}

/// PEG at two times.
pub(super) const PEG: Calculator = Calculator {
    name: "peg",
    about: "PEG before and now: means, change, response",
    questions: || {
        vec![
            Question::group("baseline", "PEG before", items("peg")),
            Question::group("current", "PEG now", items("peg")),
        ]
    },
    answer: peg,
};

fn peg(inputs: &Inputs) -> Result<Answer, CalcError> {
    inputs.only(&["baseline", "current"])?;
    let (baseline, current) = (inputs.need_object("baseline")?, inputs.need_object("current")?);
    let answer = peg_change(&baseline.answers()?, &current.answers()?)?;
    let change = &answer.change;
    let sentence =
        format!("PEG {} before, {} now: {}.", answer.baseline.show(1), answer.current.show(1), show_change(change));
    let out = Answer::new(change.why.clone())
        .number("baseline", answer.baseline)
        .number("current", answer.current)
        .number("change", change.absolute);
    Ok(thresholds(out, change).saying(sentence))
}

fn thresholds(answer: Answer, change: &Change) -> Answer {
    answer
        .with_some("percent", change.percent.map(Json::number))
        .flag("percent_defined", change.percent.is_some())
        .flag("responder_30", change.responder_30)
        .flag("substantial_50", change.substantial_50)
}

/// Change of pain.
pub(super) const NRS_CHANGE: Calculator = Calculator {
    name: "nrs_change",
    about: "change of pain, 0 to 10: points, percent, response",
    questions: || {
        vec![Question::number("baseline", "Pain before (0 to 10)"), Question::number("current", "Pain now (0 to 10)")]
    },
    answer: |inputs| {
        inputs.only(&["baseline", "current"])?;
        let change = nrs_change(inputs.need_whole("baseline")?, inputs.need_whole("current")?)?;
        let answer = Answer::new(change.why.clone()).number("absolute", change.absolute);
        Ok(thresholds(answer, &change).saying(format!("Pain {}.", show_change(&change))))
    },
};

/// Mood and anxiety.
pub(super) const MOOD: Calculator = Calculator {
    name: "mood",
    about: "PHQ-9 and GAD-7 with their two-item screens",
    questions: || {
        vec![Question::group("phq9", "PHQ-9", items("phq9")), Question::group("gad7", "GAD-7", items("gad7"))]
    },
    answer: |inputs| {
        inputs.only(&["phq9", "gad7"])?;
        let (phq9, gad7) = (inputs.need_object("phq9")?, inputs.need_object("gad7")?);
        let mood = mood(&phq9.answers()?, &gad7.answers()?)?;
        let words = |screened: &Screened| {
            let form = &screened.form;
            let screen = if screened.screen_positive() { "positive" } else { "negative" };
            let short = &screened.screen.instrument.name;
            sentences([format!("{} {}, {short} {screen}.", form.instrument.name, show(form)), flag_words(form)])
        };
        let sentence = sentences([words(&mood.phq), words(&mood.gad)]);
        let answer = screened(Answer::new(mood.why.clone()), "phq9", "phq2", &mood.phq);
        Ok(screened(answer, "gad7", "gad2", &mood.gad).saying(sentence))
    },
};

fn screened(answer: Answer, form: &str, short: &str, scored: &Screened) -> Answer {
    answer
        .with(format!("{form}_total"), Json::number(scored.form.total))
        .with(format!("{form}_band"), Json::or_null(scored.form.band.map(Json::text)))
        .with(format!("{form}_flags"), flag_ids(&scored.form))
        .with(format!("{short}_total"), Json::number(scored.screen.total))
        .with(format!("{short}_positive"), Json::Flag(scored.screen_positive()))
}

/// Roland-Morris at two times.
pub(super) const RMDQ: Calculator = Calculator {
    name: "rmdq",
    about: "Roland-Morris before and now: scores and change",
    questions: || {
        let ids =
            || instruments().get("rmdq").map(|form| form.items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>());
        vec![
            Question::words("baseline_marked", "Statements marked before", ids().unwrap_or_default()),
            Question::words("current_marked", "Statements marked now", ids().unwrap_or_default()),
        ]
    },
    answer: |inputs| {
        inputs.only(&["baseline_marked", "current_marked"])?;
        let answer = rmdq_change(&marked(inputs, "baseline_marked")?, &marked(inputs, "current_marked")?)?;
        let change = &answer.change;
        Ok(Answer::new(change.why.clone())
            .number("baseline", answer.baseline)
            .number("current", answer.current)
            .number("absolute", change.absolute)
            .with_some("percent", change.percent.map(Json::number))
            .flag("percent_defined", change.percent.is_some())
            .flag("important_absolute", change.important_absolute == Some(true))
            .flag("important_percent", change.important_percent == Some(true))
            .saying(format!(
                "Roland-Morris {} before, {} now: {}.",
                answer.baseline,
                answer.current,
                show_change(change)
            )))
    },
};

fn marked(inputs: &Inputs, field: &str) -> Result<Marked, CalcError> {
    if inputs.has(field) && !inputs.is_list(field) {
        return inputs.need_whole(field).map(Marked::Count);
    }
    if inputs.is_list_of_numbers(field) {
        let places = inputs.numbers(field)?;
        return Ok(Marked::Items(places.into_iter().map(|place| format!("r{:0>2}", place.plain())).collect()));
    }
    inputs.need_set(field).map(Marked::Items)
}

/// Opioid risk.
pub(super) const OPIOID_RISK: Calculator = Calculator {
    name: "opioid_risk",
    about: "opioid risk: the revised tool and the older one",
    questions: || {
        let ids =
            instruments().get("ort").map(|form| form.items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>());
        vec![
            Question::word("sex", "Sex recorded, for the older tool", ["female", "male"]).optional(),
            Question::words("marked", "Items that apply", ids.unwrap_or_default()),
        ]
    },
    answer: |inputs| {
        inputs.only(&["marked", "sex"])?;
        let answer = opioid_risk(&inputs.need_set("marked")?, inputs.word::<Sex>("sex")?)?;
        let add = |out: Answer, total: &str, band: &str, scored: &Scored| {
            out.number(total, scored.total).with(band, Json::or_null(scored.band.map(Json::text)))
        };
        let out = add(Answer::new(answer.why.clone()), "ort_oud_total", "ort_oud_band", &answer.revised);
        let (out, older) = match &answer.older {
            Older::Column(scored) => {
                (add(out, "ort_total", "ort_band", scored), format!("Older tool {}.", show(scored)))
            }
            Older::Both { female, male } => {
                let out = add(out, "ort_female", "ort_female_band", female);
                let words = format!("Older tool {} in the women's column, {} in the men's.", show(female), show(male));
                (add(out, "ort_male", "ort_male_band", male), words)
            }
        };
        let sentence = format!("Revised opioid risk tool {}. {older}", show(&answer.revised));
        Ok(out.saying(sentence))
    },
};

/// Fibromyalgia criteria.
pub(super) const FM2016: Calculator = Calculator {
    name: "fm2016",
    about: "fibromyalgia criteria 2016: index, severity, criteria",
    questions: fm_questions,
    answer: |inputs| {
        inputs.only(&["sites", "severity", "presence", "months_present"])?;
        let answer = fm2016(&Fm2016Input {
            sites: inputs.need_set("sites")?,
            severity: inputs.need_object("severity")?.answers()?,
            presence: inputs.need_object("presence")?.marks()?,
            months_present: inputs.need_number("months_present")?,
        })?;
        let met = if answer.met { "met" } else { "not met" };
        let sentence = format!(
            "Fibromyalgia criteria {met}: widespread pain {}, symptom severity {}, together {}; {} of 5 regions.",
            answer.wpi, answer.sss, answer.fs, answer.regions
        );
        Ok(Answer::new(answer.why)
            .with("wpi", Json::whole(answer.wpi))
            .with("sss", Json::whole(answer.sss))
            .with("fs", Json::whole(answer.fs))
            .with("regions", Json::whole(answer.regions))
            .flag("c1", answer.c1)
            .flag("c2", answer.c2)
            .flag("c3", answer.c3)
            .flag("met", answer.met)
            .saying(sentence))
    },
};

fn fm_questions() -> Vec<Question> {
    let Some(form) = instruments().get("fm2016") else { return Vec::new() };
    let sites = form.regions.iter().flat_map(|region| &region.sites).map(String::as_str);
    let group = |list: &'static [_]| list.iter().map(|item| item_question(form, item)).collect();
    vec![
        Question::words("sites", "Painful sites, past week", sites),
        Question::group("severity", "Past week", group(&form.severity_items)),
        Question::group("presence", "Past six months", group(&form.presence_items)),
        Question::number("months_present", "Months at a similar level"),
    ]
}

/// Budapest criteria.
pub(super) const BUDAPEST: Calculator = Calculator {
    name: "budapest",
    about: "Budapest criteria for CRPS, clinical and research",
    questions: || {
        let form = instruments().get("budapest_clinical");
        let ids = || form.iter().flat_map(|form| &form.categories).map(|category| category.id.as_str());
        let label = |id: &str| {
            let found = form.iter().flat_map(|form| &form.preconditions).find(|known| known.id == id);
            found.map_or_else(String::new, |known| known.label.clone())
        };
        vec![
            Question::yes_no("disproportionate", &label("disproportionate")),
            Question::yes_no("no_better_dx", &label("no_better_dx")),
            Question::words("symptoms", "Categories with a symptom, as reported", ids()),
            Question::words("signs", "Categories with a sign, seen today", ids()),
        ]
    },
    answer: |inputs| {
        inputs.only(&["disproportionate", "no_better_dx", "symptoms", "signs"])?;
        let answer = budapest(&BudapestInput {
            disproportionate: inputs.need_flag("disproportionate")?,
            no_better_dx: inputs.need_flag("no_better_dx")?,
            symptoms: inputs.need_set("symptoms")?,
            signs: inputs.need_set("signs")?,
        })?;
        let sentence = format!(
            "Budapest criteria: clinical met: {}; research met: {}; {} symptom and {} sign categories.",
            yes_no(answer.clinical_met),
            yes_no(answer.research_met),
            answer.symptom_categories,
            answer.sign_categories
        );
        Ok(Answer::new(answer.why)
            .with("symptom_categories", Json::whole(answer.symptom_categories))
            .with("sign_categories", Json::whole(answer.sign_categories))
            .flag("clinical_met", answer.clinical_met)
            .flag("research_met", answer.research_met)
            .saying(sentence))
    },
};

/// Observation scales.
pub(super) const OBSERVATION_SCALES: Calculator = Calculator {
    name: "observation_scales",
    about: "PAINAD, CPOT, FLACC for those who cannot report",
    questions: || {
        let name = |id: &str| instruments().get(id).map_or_else(String::new, |form| form.name.clone());
        SCALES.iter().map(|id| Question::group(id, &name(id), items(id)).optional()).collect()
    },
    answer: |inputs| {
        inputs.only(&SCALES)?;
        let mut observed = Vec::new();
        for id in SCALES {
            if let Some(answers) = inputs.object(id)? {
                observed.push((id, answers.answers()?));
            }
        }
        let scored = observation_scales(&observed)?;
        let why = Why::of_all(scored.iter().map(|each| &each.why)).ok_or_else(|| CalcError::missing("painad"))?;
        let words = scored.iter().map(|each| format!("{} {}.", each.instrument.name, show(each)));
        let answer = Answer::new(why).saying(sentences(words));
        Ok(scored.iter().fold(answer, |answer, each| {
            let id = &each.instrument.id;
            answer
                .with(format!("{id}_total"), Json::number(each.total))
                .with(format!("{id}_band"), Json::or_null(each.band.map(Json::text)))
        }))
    },
};

/// Recovery scores.
pub(super) const ALDRETE: Calculator = Calculator {
    name: "aldrete",
    about: "modified Aldrete score, once or twice: total, ready",
    questions: || {
        vec![
            Question::group("first", "First look", items("aldrete_modified")),
            Question::group("second", "Second look", items("aldrete_modified")).optional(),
        ]
    },
    answer: |inputs| {
        inputs.only(&["first", "second"])?;
        let first = inputs.need_object("first")?;
        let first = aldrete::aldrete(&first.answers()?).map_err(|fault| fault.under("first"))?;
        let mut answer = Answer::new(first.scored.why.clone())
            .number("first_total", first.scored.total)
            .flag("first_ready", first.ready);
        let mut words = vec![format!("Aldrete {}.", show(&first.scored))];
        if let Some(second) = inputs.object("second")? {
            let second = aldrete::aldrete(&second.answers()?).map_err(|fault| fault.under("second"))?;
            words.push(format!("Then {}.", show(&second.scored)));
            answer = answer.number("second_total", second.scored.total).flag("second_ready", second.ready);
        }
        Ok(answer.saying(sentences(words)))
    },
};
