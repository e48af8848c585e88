//! What the patient, visit and task forms edit: drafts with everything optional, made valid once.

mod medicines;

use std::marker::PhantomData;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use self::medicines::{medicine_line, same_medicines};
use super::coded::Coded;
use super::follow_record::{follow, followed};
use super::id::Ids;
use super::patient::{
    Allergy, Antithrombotic, Capacity, Facts, Kidney, Known, Medication, Patient, PatientFile, Pregnancy, Sex, YesNo,
};
use super::task::TaskKind;
use super::text::clean_line;
use super::time::Now;
use super::visit::{VisitKind, Way};

crate::vocab! {
    /// What is said of a list in a form; blank is unknown.
    pub enum ListAnswer {
        /// As it was, with the date of its last review.
        AsBefore "as_before" "as before",
        /// Asked today: there is none.
        NoneToday "none_today" "none, asked today",
        /// These, reviewed today.
        ListedToday "listed_today" "listed, reviewed today",
    }
}

/// The list of allergies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Allergies;
/// The list of antithrombotics.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Antithrombotics;
/// The list of all other medicines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Medications;

/// One line of one of the lists: an allergy with what happened, a medicine with its dose.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, bound(serialize = "", deserialize = "L: Default"))]
pub struct ListRow<L> {
    /// What.
    pub what: String,
    /// Reaction, or dose and how often.
    pub detail: String,
    /// Which list it stands in.
    #[serde(skip)]
    pub of: PhantomData<L>,
}

/// A patient as a form edits them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PatientDraft {
    /// Family name.
    pub family: String,
    /// Given names.
    pub given: String,
    /// Date of birth.
    pub birth_date: Option<NaiveDate>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Record number.
    pub number: String,
    /// Telephone.
    pub phone: String,
    /// Language.
    pub language: String,
    /// Interpreter needed.
    pub interpreter: Option<YesNo>,
    /// Who can decide.
    pub capacity: Option<Capacity>,
    /// Who decides.
    pub decides: String,
    /// Pregnancy.
    pub pregnancy: Option<Pregnancy>,
    /// Kidney function.
    pub kidney: Option<Kidney>,
    /// What is said of the allergies.
    pub allergies: Option<ListAnswer>,
    /// Allergies.
    pub allergy_rows: Vec<ListRow<Allergies>>,
    /// What is said of antithrombotics.
    pub antithrombotics: Option<ListAnswer>,
    /// Antithrombotics.
    pub antithrombotic_rows: Vec<ListRow<Antithrombotics>>,
    /// What is said of other medicines.
    pub medications: Option<ListAnswer>,
    /// Other medicines.
    pub medication_rows: Vec<ListRow<Medications>>,
    /// Anything the day must know.
    pub note: String,
    /// The patient as the record had them when this draft began, or last followed it: what differs from it was typed.
    /// None for a new patient.
    pub began: Option<Box<PatientDraft>>,
}

fn answer<T>(known: &Known<T>) -> Option<ListAnswer> {
    (!known.is_unknown()).then_some(ListAnswer::AsBefore)
}

fn line(text: &str) -> Option<String> {
    Some(clean_line(text)).filter(|text| !text.is_empty())
}

fn row<L>(what: &str, detail: Option<&String>) -> ListRow<L> {
    ListRow { what: what.to_owned(), detail: detail.cloned().unwrap_or_default(), of: PhantomData }
}

impl PatientDraft {
    /// The draft of a patient, to change them.
    pub fn of(file: &PatientFile) -> Self {
        let (patient, facts) = (&file.patient, &file.facts);
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            family: patient.family.clone(),
            given: patient.given.clone(),
            birth_date: patient.birth_date,
            sex: patient.sex,
            number: text(&patient.number),
            phone: text(&patient.phone),
            language: text(&patient.language),
            interpreter: patient.interpreter,
            capacity: patient.capacity,
            decides: text(&patient.decides),
            pregnancy: patient.pregnancy.map(|(value, _)| value),
            kidney: patient.kidney.map(|(value, _)| value),
            allergies: answer(&facts.allergies),
            allergy_rows: facts.allergies.items().iter().map(|a| row(&a.substance, a.reaction.as_ref())).collect(),
            antithrombotics: answer(&facts.antithrombotics),
            antithrombotic_rows: facts.antithrombotics.items().iter().map(|a| row(&a.drug, a.dose.as_ref())).collect(),
            medications: answer(&facts.medications),
            medication_rows: facts.medications.items().iter().map(|m| row(&m.line, None)).collect(),
            note: text(&patient.note),
            began: None,
        }
        .beginning()
    }

    fn beginning(mut self) -> Self {
        self.began = Some(Box::new(self.clone()));
        self
    }

    /// Follows the record, which may have changed since the draft began: a medicine set elsewhere, a list brought in. What
    /// was typed stays; what was not stands as the record has it now. A line that was added to the record meanwhile is
    /// added here, and one that was taken out goes unless it was changed here.
    pub fn follow(&mut self, file: &PatientFile) {
        let now = Self::of(file);
        let Some(began) = self.began.take() else {
            self.began = now.began;
            return;
        };
        self.allergy_rows = followed(&self.allergy_rows, &began.allergy_rows, &now.allergy_rows);
        self.antithrombotic_rows =
            followed(&self.antithrombotic_rows, &began.antithrombotic_rows, &now.antithrombotic_rows);
        self.medication_rows = followed(&self.medication_rows, &began.medication_rows, &now.medication_rows);
        follow!(self, began, now => family given birth_date sex number phone language interpreter capacity decides pregnancy
            kidney note allergies antithrombotics medications);
        self.began = now.began;
    }

    /// The patient and their lists as this draft says, against what was known before. What was asked again today carries
    /// today's date, what was not keeps its own.
    ///
    /// The draft has followed what was known before ([`follow`](Self::follow)).
    pub fn finish(&self, before: Option<&PatientFile>, ids: &mut Ids, now: Now) -> (Patient, Facts) {
        let today = now.today();
        let old = before.map(|file| &file.patient);
        let patient = Patient {
            id: old.map_or_else(|| ids.next(now.instant), |patient| patient.id),
            number: line(&self.number),
            family: clean_line(&self.family),
            given: clean_line(&self.given),
            birth_date: self.birth_date,
            sex: self.sex,
            phone: line(&self.phone),
            language: line(&self.language),
            interpreter: self.interpreter,
            capacity: self.capacity,
            decides: line(&self.decides),
            pregnancy: dated(self.pregnancy, old.and_then(|patient| patient.pregnancy), today),
            kidney: dated(self.kidney, old.and_then(|patient| patient.kidney), today),
            note: line(&self.note),
        };
        let empty = Facts::default();
        let facts = before.map_or(&empty, |file| &file.facts);
        let lines: Vec<String> = self.medication_rows.iter().filter_map(medicine_line).collect();
        let mut same = same_medicines(&lines, facts.medications.items()).into_iter();
        let new = Facts {
            allergies: list(self.allergies, &self.allergy_rows, &facts.allergies, today, |row, old| {
                let found = old.iter().find(|old| old.substance == row.what && old.reaction == line(&row.detail));
                found.cloned().unwrap_or_else(|| Allergy {
                    id: ids.next(now.instant),
                    substance: row.what.clone(),
                    reaction: line(&row.detail),
                })
            }),
            antithrombotics: list(
                self.antithrombotics,
                &self.antithrombotic_rows,
                &facts.antithrombotics,
                today,
                |row, old| {
                    let found = old.iter().find(|old| old.drug == row.what && old.dose == line(&row.detail));
                    found.cloned().unwrap_or_else(|| Antithrombotic {
                        id: ids.next(now.instant),
                        drug: row.what.clone(),
                        dose: line(&row.detail),
                    })
                },
            ),
            medications: list(self.medications, &self.medication_rows, &facts.medications, today, |row, old| {
                let text = medicine_line(row).unwrap_or_else(|| row.what.clone());
                match same.next().flatten().and_then(|at| old.get(at)) {
                    Some(found) => Medication { line: text, ..found.clone() },
                    None => Medication::new(ids.next(now.instant), text, None),
                }
            }),
            ..facts.clone()
        };
        (patient, new)
    }
}

/// A value with the day on which it was asked: today where it changed, else the day it had.
fn dated<T: PartialEq + Copy>(
    value: Option<T>,
    old: Option<(T, NaiveDate)>,
    today: NaiveDate,
) -> Option<(T, NaiveDate)> {
    let value = value?;
    match old {
        Some((same, on)) if same == value => Some((value, on)),
        _ => Some((value, today)),
    }
}

fn list<T: Clone + PartialEq, L>(
    answer: Option<ListAnswer>,
    rows: &[ListRow<L>],
    old: &Known<T>,
    today: NaiveDate,
    mut make: impl FnMut(&ListRow<L>, &[T]) -> T,
) -> Known<T> {
    let rows = rows.iter().map(|row| ListRow::<L> {
        what: clean_line(&row.what),
        detail: row.detail.clone(),
        of: PhantomData,
    });
    let items: Vec<T> = rows.filter(|row| !row.what.is_empty()).map(|row| make(&row, old.items())).collect();
    let reviewed = match old {
        Known::Unknown => None,
        Known::NoneOn(on) => Some(*on),
        Known::Listed(_, on) => *on,
    };
    match answer {
        Some(ListAnswer::NoneToday) => Known::NoneOn(today),
        // Nothing that was listed is no "none": nobody said so.
        Some(ListAnswer::ListedToday) if items.is_empty() => old.clone_unreviewed(),
        Some(ListAnswer::ListedToday) => Known::Listed(items, Some(today)),
        // Something was added without a review: what was "none" is now a list nobody reviewed.
        None | Some(ListAnswer::AsBefore) if items.as_slice() == old.items() => old.clone(),
        Some(ListAnswer::AsBefore) | None if items.is_empty() => old.clone_unreviewed(),
        Some(ListAnswer::AsBefore) | None => {
            let kept = matches!(old, Known::Listed(..)).then_some(reviewed).flatten();
            Known::Listed(items, kept)
        }
    }
}

impl<T: Clone> Known<T> {
    /// A list whose last entry was taken out without a review: unknown again, unless it was none.
    fn clone_unreviewed(&self) -> Self {
        match self {
            Self::NoneOn(on) => Self::NoneOn(*on),
            Self::Unknown | Self::Listed(..) => Self::Unknown,
        }
    }
}

/// A visit as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct VisitDraft {
    /// Whose; free text makes a new patient.
    pub patient: Coded,
    /// Time; blank is a walk-in, here now.
    pub start: Option<NaiveTime>,
    /// Day; blank is the day on the board.
    pub date: Option<NaiveDate>,
    /// What for.
    pub kind: Option<VisitKind>,
    /// Why, in a few words.
    pub reason: String,
    /// Length in minutes; blank is the usual of its kind.
    pub minutes: Option<u16>,
    /// How the two meet; blank is in person.
    pub way: Option<Way>,
    /// Where.
    pub place: String,
    /// Birth date of a new patient.
    pub birth_date: Option<NaiveDate>,
    /// Sex of a new patient.
    pub sex: Option<Sex>,
    /// Record number of a new patient.
    pub number: String,
    /// That a likely duplicate was seen and this is somebody else.
    pub somebody_else: Option<YesNo>,
}

/// A name typed as one text: `FAMILY Given`, `Family, Given` or `Given Family`.
///
/// With a comma the family name stands before it; else leading words in capitals are the family name; else the last word is.
pub fn split_name(text: &str) -> (String, String) {
    let text = clean_line(text);
    if let Some((family, given)) = text.split_once(',') {
        return (family.trim().to_owned(), given.trim().to_owned());
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let loud =
        |word: &&&str| word.chars().count() > 1 && word.to_uppercase() == **word && word.to_lowercase() != **word;
    let capitals = words.iter().take_while(loud).count();
    if capitals > 0 && capitals < words.len() {
        let family = words[..capitals].iter().map(|word| capital(word)).collect::<Vec<_>>().join(" ");
        return (family, words[capitals..].join(" "));
    }
    match words.split_last() {
        Some((family, given)) => ((*family).to_owned(), given.join(" ")),
        None => (String::new(), String::new()),
    }
}

/// `OKAFOR` as `Okafor`; what is mixed stays.
fn capital(word: &str) -> String {
    let mut out = String::new();
    let mut start = true;
    for c in word.chars() {
        if start {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        start = matches!(c, '-' | '\'' | '’');
    }
    out
}

/// A task as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskDraft {
    /// What to do.
    pub what: String,
    /// About whom.
    pub patient: Coded,
    /// What it is; blank is a task.
    pub kind: Option<TaskKind>,
    /// By when; blank is today.
    pub due: Option<NaiveDate>,
    /// Whose; blank is mine.
    pub owner: Coded,
    /// What came of it.
    pub result: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::time::Instant;

    fn now() -> Now {
        Now { instant: Instant::from_millis(1_795_511_640_000), zone: chrono_tz::Europe::Berlin }
    }

    #[test]
    fn a_name_is_read_the_way_it_was_typed() {
        for (typed, family, given) in [
            ("OKAFOR Adaeze", "Okafor", "Adaeze"),
            ("Okafor, Adaeze", "Okafor", "Adaeze"),
            ("Adaeze Okafor", "Okafor", "Adaeze"),
            ("VAN DER BERG Jan Piet", "Van Der Berg", "Jan Piet"),
            ("O'HARA Cary", "O'Hara", "Cary"),
            ("Madonna", "Madonna", ""),
            ("", "", ""),
        ] {
            assert_eq!(split_name(typed), (family.to_owned(), given.to_owned()), "{typed}");
        }
    }

    #[test]
    fn a_list_is_unknown_until_asked_and_dated_when_it_was() {
        let mut ids = Ids::seeded(2);
        let today = now().today();
        let mut draft = PatientDraft { family: "Okafor".to_owned(), ..PatientDraft::default() };
        let (patient, facts) = draft.finish(None, &mut ids, now());
        assert_eq!(facts.allergies, Known::Unknown);
        draft.allergies = Some(ListAnswer::NoneToday);
        let (_, facts) = draft.finish(None, &mut ids, now());
        assert_eq!(facts.allergies, Known::NoneOn(today));
        draft.allergies = Some(ListAnswer::ListedToday);
        let (_, facts) = draft.finish(None, &mut ids, now());
        assert_eq!(facts.allergies, Known::Unknown, "listed, and no line: that is no none");
        draft.allergies = None;
        draft.allergy_rows = vec![row("penicillin", Some(&"rash".to_owned()))];
        let (_, facts) = draft.finish(None, &mut ids, now());
        assert!(
            matches!(&facts.allergies, Known::Listed(items, None) if items.len() == 1),
            "mentioned, never reviewed"
        );
        let file = PatientFile { patient, facts, problems: Vec::new() };
        let again = PatientDraft::of(&file).finish(Some(&file), &mut ids, now());
        assert_eq!(again.1.allergies, file.facts.allergies, "an untouched list keeps its rows and its date");
    }

    #[test]
    fn a_draft_follows_what_was_changed_elsewhere_and_keeps_what_was_typed() {
        let mut ids = Ids::seeded(3);
        let patient =
            PatientDraft { family: "Okafor".to_owned(), ..PatientDraft::default() }.finish(None, &mut ids, now()).0;
        let medicine = |ids: &mut Ids, line: &str| Medication::new(ids.next(now().instant), line.to_owned(), None);
        let (gabapentin, metformin) = (medicine(&mut ids, "gabapentin 300 mg"), medicine(&mut ids, "metformin 1 g"));
        let mut file = PatientFile { patient, facts: Facts::default(), problems: Vec::new() };
        file.facts.medications = Known::Listed(vec![gabapentin.clone(), metformin.clone()], None);
        let mut draft = PatientDraft::of(&file);
        draft.phone = "0151".to_owned();
        draft.medication_rows[1].what = "metformin 850 mg".to_owned();
        draft.medication_rows.push(row("naloxone", None));
        // Meanwhile: another dose of the first, and a medicine more.
        let higher = Medication { line: "gabapentin 600 mg".to_owned(), ..gabapentin.clone() };
        let oxycodone = medicine(&mut ids, "oxycodone 5 mg");
        file.facts.medications = Known::Listed(vec![higher.clone(), metformin.clone(), oxycodone.clone()], None);
        file.patient.number = Some("A-7".to_owned());
        draft.follow(&file);
        let once = draft.clone();
        draft.follow(&file);
        assert_eq!(draft, once, "following twice changes nothing");
        let (patient, facts) = draft.finish(Some(&file), &mut ids, now());
        assert_eq!((patient.phone.as_deref(), patient.number.as_deref()), (Some("0151"), Some("A-7")));
        let lines: Vec<&str> = facts.medications.items().iter().map(|one| one.line.as_str()).collect();
        assert_eq!(lines, ["metformin 850 mg", "naloxone", "gabapentin 600 mg", "oxycodone 5 mg"]);
        assert_eq!(facts.medications.items()[0].id, metformin.id);
        assert!(facts.medications.items().contains(&higher) && facts.medications.items().contains(&oxycodone));
    }

    #[test]
    fn a_draft_that_nothing_was_typed_in_is_the_record_again() {
        let mut ids = Ids::seeded(4);
        let mut draft = PatientDraft { family: "Okafor".to_owned(), ..PatientDraft::default() };
        draft.allergy_rows = vec![row("penicillin", None)];
        let (patient, facts) = draft.finish(None, &mut ids, now());
        let before = PatientFile { patient, facts, problems: Vec::new() };
        let mut draft = PatientDraft::of(&before);
        let mut after = before.clone();
        after.facts.allergies = Known::NoneOn(now().today());
        after.patient.family = "Okafor-Smith".to_owned();
        draft.follow(&after);
        assert_eq!(draft, PatientDraft::of(&after));
    }

    #[test]
    fn what_was_not_asked_again_keeps_its_day() {
        let before: NaiveDate = "2026-01-05".parse().unwrap();
        let today = now().today();
        assert_eq!(dated(Some(1), Some((1, before)), today), Some((1, before)));
        assert_eq!(dated(Some(2), Some((1, before)), today), Some((2, today)));
        assert_eq!(dated::<u8>(None, Some((1, before)), today), None);
    }
}
