//! Before and after a procedure: hold windows and block response.

use super::Calculator;
use super::answer::{Answer, listed, sentences};
use super::ask::Question;
use super::inputs::Inputs;
use super::json::Json;
use crate::clinical::calc::CalcError;
use crate::clinical::calc::antithrombotic::{
    Check, Reason, Renal, Status, Together, Upgrade, Window, Work, antithrombotic, antithrombotics_together,
};
use crate::clinical::calc::block_response::{Read, Response, block_response};
use crate::clinical::exact::Exact;
use crate::clinical::facts::antithrombotics::{Risk, antithrombotics};
use crate::clinical::facts::procedures::procedures;
use crate::clinical::vocab::Vocab;
use crate::clinical::why::Why;

/// Hold windows.
pub(super) const ANTITHROMBOTIC: Calculator = Calculator {
    name: "antithrombotic",
    about: "whether an antithrombotic was stopped long enough",
    questions: || {
        vec![
            Question::word("drug", "Antithrombotic", antithrombotics().drug.iter().map(|drug| drug.id.as_str())),
            Question::word("procedure", "Procedure", procedures().procedure.iter().map(|entry| entry.id.as_str())),
            Question::number("hours_since_last_dose", "Hours from the last dose to the procedure (empty: not known)")
                .optional(),
            Question::number("inr", "INR on the day (empty: not known)").optional(),
            Question::yes_no("renal_impaired", "Kidney impairment").optional(),
        ]
    },
    answer: |inputs| {
        if !inputs.has("checks") {
            let window = antithrombotic(&check(inputs, &CHECK)?)?;
            return Ok(one(&window));
        }
        inputs.only(&["checks", "same_patient"])?;
        let rows = inputs.need_rows("checks")?;
        let checks = rows.iter().map(|row| check(row, &CHECK)).collect::<Result<Vec<_>, _>>()?;
        if inputs.flag("same_patient")? == Some(true) {
            let together = antithrombotics_together(&checks)?;
            return Ok(governing(many(&checks, &together.windows)?, &together));
        }
        let windows = checks
            .iter()
            .enumerate()
            .map(|(index, check)| antithrombotic(check).map_err(|fault| fault.under(&format!("checks[{index}]"))));
        many(&checks, &windows.collect::<Result<Vec<_>, _>>()?)
    },
};

const CHECK: [&str; 7] = ["drug", "procedure", "category", "hours_since_last_dose", "inr", "renal_impaired", "upgrade"];

fn check(row: &Inputs, fields: &[&str]) -> Result<Check, CalcError> {
    row.only(fields)?;
    let work = match (row.text("procedure")?, row.word::<Risk>("category")?) {
        (Some(procedure), None) => Work::Procedure(procedure),
        (None, Some(category)) => Work::Category(category),
        (None, None) => return Err(CalcError::missing(row.name("procedure"))),
        (Some(_), Some(_)) => {
            return Err(CalcError::wrong_unit(row.name("category"), "the procedure has its own; give one of them"));
        }
    };
    Ok(Check {
        drug: row.need_text("drug")?,
        work,
        hours_since_last_dose: row.number("hours_since_last_dose")?,
        inr: row.number("inr")?,
        renal: if row.flag("renal_impaired")? == Some(true) { Renal::Impaired } else { Renal::NotImpaired },
        upgrade: if row.flag("upgrade")? == Some(true) { Upgrade::Yes } else { Upgrade::No },
    })
}

/// The reason, where the hours do not explain the status by themselves.
const fn reason(window: &Window) -> &'static str {
    match window.reason {
        Some(Reason::Inr | Reason::UnknownInr) => "inr",
        Some(Reason::UnlistedDrug) => "unlisted_drug",
        Some(Reason::Time | Reason::UnknownLastDose) | None => "",
    }
}

fn one(window: &Window) -> Answer {
    let reason = reason(window);
    let restart = window
        .restart_hours
        .map(|(least, most)| Json::List([Some(least), most].into_iter().flatten().map(Json::number).collect()));
    Answer::new(window.why.clone())
        .with("category", Json::text(window.category.name()))
        .with("status", Json::text(window.status.name()))
        .with_some("reason", (!reason.is_empty()).then(|| Json::text(reason)))
        .with_some("hold_hours", window.hold_hours.map(Json::number))
        .with_some("hold_hours_max", window.hold_hours_max.map(Json::number))
        .with_some("hours_short", window.hours_short.map(Json::number))
        .with_some("information_hold_hours", window.information_hold_hours.map(Json::number))
        .flag("within_range", window.within_range)
        .with_some("restart_hours", restart)
        .with("notes", Json::texts(window.notes.iter().map(String::as_str)))
        .saying(words(window))
}

fn words(window: &Window) -> String {
    let short = window.hours_short.filter(|short| *short > Exact::ZERO);
    let short = short.map(|short| format!(", {short} hours short")).unwrap_or_default();
    let reason = window.reason.map(|reason| format!(" ({}{short})", reason.label())).unwrap_or_default();
    let range = if window.within_range { ", above the least and below the most of the range" } else { "" };
    let hold = match (window.hold_hours, window.hold_hours_max, window.information_hold_hours) {
        (Some(least), Some(most), _) => format!("Hold {least} to {most} hours."),
        (Some(least), None, _) => format!("Hold {least} hours."),
        (None, _, Some(hours)) => format!("By half-life, for information: {hours} hours."),
        (None, _, None) => String::new(),
    };
    let category = window.category.label();
    sentences([
        format!("{category}: {}{reason}{range}.", window.status.label()),
        hold,
        listed("Note", window.notes.iter().map(String::as_str)),
    ])
}

fn many(checks: &[Check], windows: &[Window]) -> Result<Answer, CalcError> {
    let why = Why::of_all(windows.iter().map(|each| &each.why)).ok_or_else(|| CalcError::missing("checks"))?;
    let each = |of: fn(&Window) -> Json| Json::List(windows.iter().map(of).collect());
    let sentence = checks.iter().zip(windows).map(|(check, window)| format!("{}: {}", check.drug, words(window)));
    Ok(Answer::new(why)
        .with("categories", each(|window| Json::text(window.category.name())))
        .with("statuses", each(|window| Json::text(window.status.name())))
        .with("reasons", each(|window| Json::text(reason(window))))
        .with("hold_hours", each(|window| Json::or_null(window.hold_hours.map(Json::number))))
        .with("hours_short", each(|window| Json::or_null(window.hours_short.map(Json::number))))
        .with("within_range", each(|window| Json::Flag(window.within_range)))
        .saying(sentences(sentence)))
}

fn governing(answer: Answer, together: &Together) -> Answer {
    let dual = if together.dual_antiplatelet {
        " Dual antiplatelet therapy after a stent: with the cardiologist."
    } else {
        ""
    };
    let governs = if together.governing == Status::Adequate { "All long enough" } else { together.governing.label() };
    let sentence = format!("{} Together: {governs}.{dual}", answer.sentence);
    answer
        .with("governing", Json::text(together.governing.name()))
        .flag("dual_antiplatelet", together.dual_antiplatelet)
        .saying(sentence)
}

/// Block response.
pub(super) const BLOCK_RESPONSE: Calculator = Calculator {
    name: "block_response",
    about: "relief after a diagnostic block, and whether it is positive",
    questions: || {
        vec![
            Question::word("procedure", "Procedure", procedures().procedure.iter().map(|entry| entry.id.as_str())),
            Question::number("pre", "Pain before (0 to 10)"),
            Question::number("best_in_window", "Best pain while it worked (0 to 10)"),
        ]
    },
    answer: |inputs| {
        if !inputs.has("reads") {
            let response = block_response(&read(inputs)?)?;
            return Ok(one_block(&response));
        }
        inputs.only(&["reads"])?;
        let rows = inputs.need_rows("reads")?;
        let reads = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let responses = reads
            .iter()
            .enumerate()
            .map(|(index, read)| block_response(read).map_err(|fault| fault.under(&format!("reads[{index}]"))));
        blocks(&reads, &responses.collect::<Result<Vec<_>, _>>()?)
    },
};

fn read(row: &Inputs) -> Result<Read, CalcError> {
    row.only(&["procedure", "pre", "best_in_window"])?;
    Ok(Read {
        procedure: row.need_text("procedure")?,
        pre: row.need_number("pre")?,
        best_in_window: row.need_number("best_in_window")?,
    })
}

fn maybe(flag: Option<bool>) -> Json {
    Json::or_null(flag.map(Json::Flag))
}

fn one_block(response: &Response) -> Answer {
    Answer::new(response.why.clone())
        .with("percent", Json::or_null(response.percent.map(Json::number)))
        .with("consensus_positive", maybe(response.positive))
        .with("payer_positive", maybe(response.payer_positive))
        .flag("unreliable_low_start", response.unreliable_low_start)
        .with_some("payer_blocks", response.payer_blocks.map(Json::whole))
        .saying(block_words(response))
}

fn block_words(response: &Response) -> String {
    let Some(percent) = response.percent else {
        return "There was no pain before: the block cannot be read.".to_owned();
    };
    let verdict = |flag: Option<bool>, whose: &str| match flag {
        Some(true) => format!("{whose} positive."),
        Some(false) => format!("{whose} negative."),
        None => String::new(),
    };
    let own = if response.positive.is_none() {
        "No threshold is known for this procedure.".to_owned()
    } else {
        String::new()
    };
    let blocks = response.payer_blocks.map(|blocks| format!(" (of {blocks} blocks asked for)")).unwrap_or_default();
    let low = if response.unreliable_low_start { "The start was low: the percentage is unreliable." } else { "" };
    sentences([
        format!("{} percent relief.", percent.show(1)),
        verdict(response.positive, "By its threshold"),
        own,
        verdict(response.payer_positive, &format!("For the payer{blocks}")),
        low.to_owned(),
    ])
}

fn blocks(reads: &[Read], responses: &[Response]) -> Result<Answer, CalcError> {
    let why = Why::of_all(responses.iter().map(|each| &each.why)).ok_or_else(|| CalcError::missing("reads"))?;
    let each = |of: fn(&Response) -> Json| Json::List(responses.iter().map(of).collect());
    let sentence =
        reads.iter().zip(responses).map(|(read, response)| format!("{}: {}", read.procedure, block_words(response)));
    Ok(Answer::new(why)
        .with("percents", each(|response| Json::or_null(response.percent.map(Json::number))))
        .with("positives", each(|response| maybe(response.positive)))
        .with("payer_positives", each(|response| maybe(response.payer_positive)))
        .with("unreliable_low_start", each(|response| Json::Flag(response.unreliable_low_start)))
        .saying(sentences(sentence)))
}
