//! `daysheet find TEXT`: patients by any part of what identifies them, and all text of all days.

use clap::Args;
use color_eyre::eyre::eyre;
use serde::Serialize;

use super::{Failed, Global, print, record};
use crate::clinical::find::PatientIndex;
use crate::clinical::hit::TextHit;
use crate::clinical::models::PatientLine;
use crate::clinical::text::clean_line;
use crate::clinical::time::show_date;
use crate::format::sheet::json::SheetPatient;
use crate::store::Mode;

/// What `find` is told.
#[derive(Debug, Args)]
pub struct Ask {
    /// Names, numbers, birth dates or words; all of them must be found.
    #[arg(required = true)]
    text: Vec<String>,
    /// One JSON object: `patients` and `texts`, each a list.
    #[arg(long)]
    json: bool,
}

/// How many patients and how many texts are listed.
const MOST: usize = 100;

/// What was found, as JSON.
#[derive(Serialize)]
struct Found {
    patients: Vec<FoundPatient>,
    texts: Vec<FoundText>,
}

#[derive(Serialize)]
struct FoundPatient {
    #[serde(flatten)]
    who: SheetPatient,
    last_visit: Option<String>,
    next_visit: Option<String>,
}

/// A text with the identities of the patient and the visit it belongs to.
#[derive(Serialize)]
struct FoundText {
    patient: Option<String>,
    name: Option<String>,
    visit: Option<String>,
    date: Option<String>,
    field: &'static str,
    text: String,
}

impl FoundPatient {
    fn of(line: &PatientLine) -> Self {
        Self {
            who: SheetPatient::of(&line.patient),
            last_visit: line.last_visit.map(|date| date.to_string()),
            next_visit: line.next_visit.map(|date| date.to_string()),
        }
    }
}

impl FoundText {
    fn of(hit: &TextHit) -> Self {
        Self {
            patient: hit.patient.as_ref().map(|(id, _)| id.to_string()),
            name: hit.patient.as_ref().map(|(_, name)| clean_line(name)),
            visit: hit.visit.map(|visit| visit.to_string()),
            date: hit.date.map(|date| date.to_string()),
            field: hit.field,
            text: clean_line(&hit.snippet),
        }
    }
}

/// Finds and prints.
pub fn run(global: &Global, ask: &Ask) -> Result<(), Failed> {
    let words = ask.text.join(" ");
    if words.trim().is_empty() {
        return Err(eyre!("nothing to find: give a part of a name, a number, a birth date or a word."));
    }
    let record = record::open(global, Mode::Read)?;
    let index = PatientIndex::new(record.store.patient_names()?);
    let ids: Vec<_> = index.find(&words, MOST).into_iter().map(|name| name.id).collect();
    let patients = record.store.patient_lines(&ids, record.now.today())?;
    let mut texts = record.store.find_hits(&words, u32::try_from(MOST).unwrap_or(u32::MAX))?;
    // Who stands in the list by name does not stand there again as a text that holds the name.
    texts.retain(|hit| !hit.is_name() || !hit.patient.as_ref().is_some_and(|(id, _)| ids.contains(id)));
    record.store.close()?;
    if ask.json {
        return print::json(&Found {
            patients: patients.iter().map(FoundPatient::of).collect(),
            texts: texts.iter().map(FoundText::of).collect(),
        });
    }
    let mut out = String::new();
    for line in &patients {
        out.push_str(&patient(line));
    }
    for hit in &texts {
        out.push_str(&text(hit));
    }
    if patients.is_empty() && texts.is_empty() {
        print::say("Nothing was found.");
    }
    print::result(&out)
}

fn patient(line: &PatientLine) -> String {
    let patient = &line.patient;
    let mut parts = vec![patient.list_name()];
    parts.extend(patient.birth_date.map(|date| format!("born {}", show_date(date))));
    parts.extend(patient.number.as_ref().map(|number| format!("no. {}", clean_line(number))));
    parts.extend(line.last_visit.map(|date| format!("last {}", show_date(date))));
    parts.extend(line.next_visit.map(|date| format!("next {}", show_date(date))));
    parts.join(" · ") + "\n"
}

fn text(hit: &TextHit) -> String {
    let mut parts = Vec::new();
    parts.extend(hit.date.map(show_date));
    parts.extend(hit.patient.as_ref().map(|(_, name)| clean_line(name)));
    parts.push(format!("{}: {}", hit.field, clean_line(&hit.snippet)));
    parts.join(" · ") + "\n"
}
