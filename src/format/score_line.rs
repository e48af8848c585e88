//! The lines of an import of scores, for programs (`--json`: one object a line) and for people (`--dry-run`).
//!
//! The JSON shape is stable: `action` (`create`, `unchanged`, `refuse`), `date` (ISO or null), `patient`, `instrument`,
//! `result`, `source` (`file:line`), `reason` (text or null).

use serde::Serialize;

use crate::clinical::import::outcome::Action;
use crate::clinical::score_table::{ScoreLine, ScorePlan};
use crate::clinical::text::clean_line;
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;

#[derive(Serialize)]
struct Json {
    action: Action,
    date: Option<String>,
    patient: String,
    instrument: String,
    result: String,
    source: String,
    reason: Option<String>,
}

fn source(plan: &ScorePlan, line: &ScoreLine) -> String {
    format!("{}:{}", clean_line(&plan.file), line.line)
}

/// The plan as JSON, one object a line.
pub fn json(plan: &ScorePlan) -> String {
    let lines = plan.lines.iter().filter_map(|line| {
        serde_json::to_string(&Json {
            action: line.action,
            date: line.date.map(|date| date.to_string()),
            patient: clean_line(&line.patient),
            instrument: clean_line(&line.instrument),
            result: clean_line(&line.result),
            source: source(plan, line),
            reason: line.reason.as_deref().map(clean_line),
        })
        .ok()
    });
    lines.map(|line| line + "\n").collect()
}

/// The plan for people.
pub fn text(plan: &ScorePlan) -> String {
    plan.lines.iter().map(|line| show(plan, line) + "\n").collect()
}

/// One line for people: what becomes of it, when, who, what, where it stands, why.
pub fn show(plan: &ScorePlan, line: &ScoreLine) -> String {
    let date = line.date.map(show_date).unwrap_or_default();
    let what = clean_line(&format!("{} · {} {}", line.patient, line.instrument, line.result));
    let reason = line.reason.as_deref().map(|reason| format!("  {}", clean_line(reason))).unwrap_or_default();
    format!("{:<9} {date:<11} {what}  [{}]{reason}", line.action.label(), source(plan, line))
}

/// How many of what, in one sentence.
pub fn summary(plan: &ScorePlan) -> String {
    let counts = [Action::Create, Action::Unchanged, Action::Refuse].map(|action| (action, plan.count(action)));
    let words =
        counts.iter().filter(|(_, count)| *count > 0).map(|(action, count)| format!("{count} {}", action.label()));
    let words: Vec<String> = words.collect();
    format!("{}: {}", clean_line(&plan.file), if words.is_empty() { "nothing".to_owned() } else { words.join(", ") })
}
