//! The day as one JSON object.
//!
//! The field `what` of an item says what it asks for: `assessment`, `plan`, `step` (a step of a plan that woke),
//! `procedure`, `check_in`, `task`, `copy` (a summary to carry to the clinic system), `aftermath` (what follows a
//! no-show or cancellation), `red_flag` and `screen` (a red flag or a positive screen to act on),
//! `red_flags_not_asked` (left out in a visit of the day; told, never open), `diagnostic` (a test or result),
//! `monitoring` (a clock that is overdue), `urine_test`, `referral`, `taper` (a call that is due), `supply` (a
//! medicine that runs out), `tomorrow` (what a case of the next clinic day misses). Its `id` is that of the record it
//! comes from: the visit of an assessment, procedure, copy, aftermath, tomorrow and red flags not asked; the
//! assessment of a plan and a red flag; the patient and the clock (`ID/agreement`) of monitoring; else the check-in,
//! task, test, referral, taper, step or medicine itself. So `what` and `id` together name an item for good. Dates are
//! ISO, times `HH:MM` on the practice's wall.

use serde::Serialize;

use crate::clinical::board::{Board, DayRecords, Item};
use crate::clinical::patient::Patient;
use crate::clinical::text::clean_line;
use crate::clinical::time::show_time;
use crate::clinical::visit::Visit;
use crate::clinical::vocab::Vocab;

/// A day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    date: String,
    closed: bool,
    visits: Vec<SheetVisit>,
    panes: Panes,
    reflection: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct SheetVisit {
    id: String,
    start: Option<String>,
    minutes: u16,
    kind: &'static str,
    way: &'static str,
    state: &'static str,
    title: Option<String>,
    patient: Option<SheetPatient>,
}

/// A patient, by what identifies them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetPatient {
    id: String,
    family: String,
    given: String,
    birth_date: Option<String>,
    number: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Panes {
    morning: Vec<SheetItem>,
    midday: Vec<SheetItem>,
    afternoon: Vec<SheetItem>,
    late: Vec<SheetItem>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct SheetItem {
    id: String,
    what: &'static str,
    text: String,
    visit: Option<String>,
    patient: Option<SheetPatient>,
    owner: String,
    due: Option<String>,
    done: bool,
}

impl SheetPatient {
    /// What identifies this patient.
    pub fn of(patient: &Patient) -> Self {
        Self {
            id: patient.id.to_string(),
            family: clean_line(&patient.family),
            given: clean_line(&patient.given),
            birth_date: patient.birth_date.map(|date| date.to_string()),
            number: patient.number.as_deref().map(clean_line),
        }
    }
}

impl SheetVisit {
    fn of(visit: &Visit, patient: Option<&Patient>) -> Self {
        Self {
            id: visit.id.to_string(),
            start: visit.start.map(show_time),
            minutes: visit.minutes,
            kind: visit.kind.name(),
            way: visit.way.name(),
            state: visit.state.name(),
            title: visit.title.as_deref().map(clean_line),
            patient: patient.map(SheetPatient::of),
        }
    }
}

impl SheetItem {
    fn of(item: &Item) -> Self {
        Self {
            id: item.key.record_id(),
            what: item.key.what().name(),
            text: clean_line(&item.text),
            visit: item.visit.map(|visit| visit.to_string()),
            patient: item.patient.as_ref().map(SheetPatient::of),
            owner: clean_line(&item.owner.to_string()),
            due: item.due.map(|due| due.to_string()),
            done: item.done,
        }
    }
}

impl Sheet {
    /// The sheet of a day.
    pub fn of(records: &DayRecords, board: &Board) -> Self {
        let items = |pane: &[Item]| pane.iter().map(SheetItem::of).collect();
        let of_day = records.visits.iter().filter(|record| record.visit.date == records.date);
        Self {
            date: board.date.to_string(),
            closed: board.closed,
            visits: of_day
                .map(|record| SheetVisit::of(&record.visit, record.file.as_ref().map(|file| &file.patient)))
                .collect(),
            panes: Panes {
                morning: items(&board.morning),
                midday: items(&board.midday),
                afternoon: items(&board.afternoon),
                late: items(&board.late),
            },
            reflection: records.reflection,
        }
    }
}
