//! Questionnaires and scales in the summary: the result with its band, what it raised, what was done, and the change since
//! the last time.

use crate::clinical::instrument::InstrumentResult;
use crate::clinical::models::VisitSummary;
use crate::clinical::provenance::{Given, How, Provenance, ReportedBy};
use crate::clinical::time::show_date;

/// Each result that is another than the last time.
pub fn changes(summary: &VisitSummary) -> Vec<String> {
    let changed = |now: &InstrumentResult| {
        let last = summary.results_before.iter().find(|last| last.instrument == now.instrument)?;
        let since = show_date(last.date);
        (last.shown != now.shown).then(|| format!("{} {} -> {} since {since}.", now.name, last.shown, now.shown))
    };
    summary.results.iter().filter_map(changed).collect()
}

/// Each result with its band, what it raised and what was done about it.
pub fn lines(summary: &VisitSummary) -> Vec<String> {
    summary.results.iter().flat_map(result).collect()
}

/// How a value was given, where that is not the usual spoken answer of the patient, and that it waits to be confirmed.
pub fn how_given(given: &Provenance, waits: bool) -> String {
    let given = Given { how: given.how, by: given.by };
    let usual = given == Given { how: How::Spoken, by: ReportedBy::Patient };
    let given = if usual { String::new() } else { format!(" ({})", given.show()) };
    format!("{given}{}", if waits { " (typed in, not confirmed)" } else { "" })
}

fn result(result: &InstrumentResult) -> Vec<String> {
    let mut out = vec![format!("{}{}.", result.full(), how_given(&result.given, result.waiting))];
    if let Some(copied) = &result.copied {
        let (of, all) = (copied.parts.len(), result.replies.len());
        let answers = if of >= all { "every answer".to_owned() } else { format!("{of} of {all} answers") };
        out.push(copied.sentence(&answers));
    }
    if !result.raised.trim().is_empty() {
        out.push(format!("{}.", result.raised.trim().trim_end_matches('.')));
        let action = result.action.trim();
        out.push(if action.is_empty() {
            "Nothing is written about it yet.".to_owned()
        } else {
            format!("Done: {action}")
        });
    }
    out
}
