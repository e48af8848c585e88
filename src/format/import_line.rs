//! The lines of an import, for programs (`--json`: one object a line) and for people (`--dry-run`).
//!
//! The JSON shape is stable:
//!
//! | field | value |
//! |---|---|
//! | `action` | `create`, `update`, `unchanged`, `skip`, `refuse` |
//! | `start`, `end` | wall time of the practice, `2026-11-24T10:20`; `end` null where the source gives none |
//! | `start_as_written` | as the source has it: with offset if zoned, without if floating or of an unknown zone, a bare date if all-day |
//! | `all_day` | true or false |
//! | `title` | text or null |
//! | `kind` | `new`, `follow_up`, `procedure`, `block`, or null where nothing was taken |
//! | `state` | `booked`, `cancelled` |
//! | `patient` | `family`, `given`, `birth_date`, `number`, `match` (`number`, `birth_date`, `name_only`, `new`), or null |
//! | `source` | `file:line` |
//! | `reason` | why, or what had to be decided; or null |

use chrono::NaiveDateTime;
use serde::Serialize;

use crate::clinical::import::outcome::{Action, Gone, ImportPlan, LinePatient, PlanLine, WithGone};
use crate::clinical::import::who::MatchedBy;
use crate::clinical::patient::list_name;
use crate::clinical::text::{clean, clean_line, cut};
use crate::clinical::time::{show_date, show_time};
use crate::clinical::visit::VisitKind;
use crate::clinical::vocab::Vocab;

/// A line of `import --json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportLine {
    action: Action,
    start: Option<String>,
    end: Option<String>,
    start_as_written: Option<String>,
    all_day: bool,
    title: Option<String>,
    kind: Option<VisitKind>,
    state: &'static str,
    patient: Option<ImportPatient>,
    source: String,
    reason: Option<String>,
}

/// The patient of a line of `import --json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportPatient {
    family: Option<String>,
    given: Option<String>,
    birth_date: Option<String>,
    number: Option<String>,
    #[serde(rename = "match")]
    matched: MatchedBy,
}

impl From<&PlanLine> for ImportLine {
    fn from(line: &PlanLine) -> Self {
        let minute = |at: NaiveDateTime| at.format("%Y-%m-%dT%H:%M").to_string();
        Self {
            action: line.action,
            start: line.start.map(minute),
            end: line.end.map(minute),
            start_as_written: line.as_written.clone(),
            all_day: line.all_day,
            title: line.title.as_deref().map(clean),
            kind: line.kind,
            state: if line.cancelled { "cancelled" } else { "booked" },
            patient: line.patient.as_ref().map(ImportPatient::from),
            source: source(line),
            reason: line.reason.as_deref().map(clean_line),
        }
    }
}

impl From<&LinePatient> for ImportPatient {
    fn from(patient: &LinePatient) -> Self {
        Self {
            family: patient.family.as_deref().map(clean_line),
            given: patient.given.as_deref().map(clean_line),
            birth_date: patient.birth_date.map(|date| date.to_string()),
            number: patient.number.as_deref().map(clean_line),
            matched: patient.matched,
        }
    }
}

fn source(line: &PlanLine) -> String {
    match &line.source {
        (file, Some(number)) => format!("{}:{number}", clean_line(file)),
        (file, None) => clean_line(file),
    }
}

/// The plan as JSON, one object a line.
pub fn json(plan: &ImportPlan, gone: WithGone) -> String {
    let lines = plan.all_lines(gone).filter_map(|line| serde_json::to_string(&ImportLine::from(&line)).ok());
    lines.map(|line| line + "\n").collect()
}

/// The plan for people: a line for each thing read, then what is gone.
pub fn text(plan: &ImportPlan, gone: WithGone) -> String {
    plan.all_lines(gone).map(|line| show(&line) + "\n").collect()
}

/// One line for people: what becomes of it, when, who or what, where it stands, why.
pub fn show(line: &PlanLine) -> String {
    let when = match line.start {
        Some(start) if line.all_day => show_date(start.date()),
        Some(start) => format!("{} {}", show_date(start.date()), show_time(start.time())),
        None => String::new(),
    };
    let title = line.title.as_deref().map(clean_line).filter(|title| !title.is_empty());
    let who = line.patient.as_ref().map(name);
    let what = [who, title.map(|title| cut(&title, 60)), line.cancelled.then(|| "cancelled".to_owned())];
    let mut text = format!("{:<9} {when:<17} ", line.action.label());
    text.push_str(&what.into_iter().flatten().collect::<Vec<_>>().join(" · "));
    let mut text = text.trim_end().to_owned();
    if let Some(kind) = line.kind.filter(|kind| *kind != VisitKind::Block && line.action == Action::Create) {
        text.push_str(&format!(" · {}", kind.label()));
    }
    text.push_str(&format!("  [{}]", source(line)));
    if let Some(reason) = &line.reason {
        text.push_str(&format!("  {}", clean_line(reason)));
    }
    text
}

fn name(patient: &LinePatient) -> String {
    let given = patient.given.as_deref().unwrap_or_default();
    let name = match (&patient.family, &patient.number) {
        (Some(family), _) => list_name(family, given),
        (None, Some(number)) => format!("no. {number}"),
        (None, None) => given.to_owned(),
    };
    let sure = match patient.matched {
        MatchedBy::NameOnly => " patient?",
        MatchedBy::New => " new patient",
        MatchedBy::Number | MatchedBy::BirthDate => "",
    };
    let born = patient.birth_date.map(|date| format!(" *{}", show_date(date))).unwrap_or_default();
    clean_line(&format!("{name}{born}{sure}"))
}

/// The plan in figures: `12 new, 3 changed, 40 as they were, 1 left, 2 refused, 1 gone`.
pub fn summary(plan: &ImportPlan) -> String {
    let count = |action: Action| plan.count(action);
    let parts = [
        (count(Action::Create), "new"),
        (count(Action::Update), "changed"),
        (count(Action::Unchanged), if count(Action::Unchanged) == 1 { "as it was" } else { "as they were" }),
        (count(Action::Skip), "left"),
        (count(Action::Refuse), "refused"),
        (plan.gone.len(), "gone from the schedule"),
    ];
    let words: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    let stay = plan.gone.iter().filter(|gone| !Gone::can_be_cancelled(gone)).count();
    let begun = if stay > 0 { format!(" ({stay} of them have begun and stay)") } else { String::new() };
    if words.is_empty() { "nothing inside the window".to_owned() } else { words.join(", ") + &begun }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn line() -> PlanLine {
        let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        PlanLine {
            action: Action::Create,
            start: day.and_hms_opt(10, 20, 0),
            end: None,
            as_written: Some("2026-11-24T04:20:00-05:00".to_owned()),
            all_day: false,
            title: Some("ESI\u{1b}[31m L5\nleft".to_owned()),
            kind: Some(VisitKind::Procedure),
            cancelled: false,
            patient: Some(LinePatient {
                family: Some("Okafor".to_owned()),
                given: Some("Adaeze".to_owned()),
                birth_date: NaiveDate::from_ymd_opt(1972, 3, 1),
                number: None,
                matched: MatchedBy::NameOnly,
            }),
            source: ("day.ics".to_owned(), Some(12)),
            reason: None,
            visit: None,
        }
    }

    #[test]
    fn a_line_for_programs_has_exactly_the_promised_fields() {
        let json = serde_json::to_string(&ImportLine::from(&line())).unwrap();
        assert_eq!(
            json,
            r#"{"action":"create","start":"2026-11-24T10:20","end":null,"start_as_written":"2026-11-24T04:20:00-05:00","all_day":false,"title":"ESI[31m L5\nleft","kind":"procedure","state":"booked","patient":{"family":"Okafor","given":"Adaeze","birth_date":"1972-03-01","number":null,"match":"name_only"},"source":"day.ics:12","reason":null}"#
        );
    }

    #[test]
    fn a_line_for_people_names_what_becomes_of_it() {
        let mut line = line();
        assert_eq!(
            show(&line),
            "new       24 Nov 2026 10:20 OKAFOR Adaeze *1 Mar 1972 patient? · ESI[31m L5 left · procedure  [day.ics:12]"
        );
        line.action = Action::Refuse;
        (line.start, line.patient, line.title, line.kind) = (None, None, None, None);
        line.reason = Some("impossible date 2026-02-30".to_owned());
        assert_eq!(show(&line), "refused  [day.ics:12]  impossible date 2026-02-30");
    }

    #[test]
    fn the_summary_counts_what_there_is() {
        assert_eq!(summary(&ImportPlan::default()), "nothing inside the window");
        let mut plan = ImportPlan::default();
        plan.lines.extend([line(), line()]);
        assert_eq!(summary(&plan), "2 new");
        assert_eq!(json(&plan, WithGone::Keep).lines().count(), 2);
        assert_eq!(text(&plan, WithGone::Keep).lines().count(), 2);
    }
}
