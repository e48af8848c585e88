//! The patient: who it is, and what must be known before anything is done. Unknown, none and listed are three answers.

use super::{FormScreen, Subject};
use crate::action::Write;
use crate::clinical::draft::{DraftKey, PATIENT_FORM};
use crate::clinical::find::PatientName;
use crate::clinical::id::PatientId;
use crate::clinical::intake::{Allergies, Antithrombotics, ListAnswer, ListRow, Medications, PatientDraft, split_name};
use crate::clinical::medicine;
use crate::clinical::patient::{Capacity, PatientFile};
use crate::clinical::sig;
use crate::clinical::text::fold;
use crate::clinical::time::show_date;
use crate::form::build::{date, line, pick, rows};
use crate::form::{DateSpec, Field, FormDef, Level, Row, Slot, Source};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::modal::{Choice, Choose, Modal};
use crate::ui::place::Place;
use crate::ui::theme::Role;
use crate::ui::widget::Words;

type P = PatientDraft;

type AllergyRow = ListRow<Allergies>;
type ThinnerRow = ListRow<Antithrombotics>;
type MedicineRow = ListRow<Medications>;

impl Row for AllergyRow {
    const COLS: &'static [Field<Self>] = &[
        line("what", "to what", |v: &mut AllergyRow, _| Slot::Text(&mut v.what))
            .width(26)
            .completes(|_| Some(Source::Allergen.into())),
        line("detail", "reaction", |v: &mut AllergyRow, _| Slot::Text(&mut v.detail)).width(34),
    ];
}

impl Row for ThinnerRow {
    const COLS: &'static [Field<Self>] = &[
        line("what", "medicine", |v: &mut ThinnerRow, _| Slot::Text(&mut v.what))
            .width(26)
            .completes(|_| Some(Source::Antithrombotic.into())),
        line("detail", "dose, how often", |v: &mut ThinnerRow, _| Slot::Text(&mut v.detail))
            .width(18)
            .beside(|v| recognised(&v.what, medicine::antithrombotics_meant_by(&v.what).is_empty())),
    ];
}

impl Row for MedicineRow {
    const COLS: &'static [Field<Self>] = &[
        line("what", "medicine", |v: &mut MedicineRow, _| Slot::Text(&mut v.what))
            .width(26)
            .completes(|_| Some(Source::Medicine.into())),
        line("detail", "dose, how often", |v: &mut MedicineRow, _| Slot::Text(&mut v.detail)).width(18).beside(read_as),
    ];
}

/// How a typed medicine is read: what it is, and what a day comes to.
fn read_as(row: &MedicineRow) -> String {
    let sig = sig::read(&format!("{} {}", row.what, row.detail));
    let known = recognised(&sig.name, false);
    match (sig.refused.first(), sig.daily()) {
        (Some(why), _) => why.clone(),
        (None, Ok(daily)) => format!("{known} · {}", daily.words()),
        (None, Err(_)) => known,
    }
}

/// What a typed medicine was taken for, said beside it; what was not recognised is not checked, and says so.
fn recognised(what: &str, hold_unknown: bool) -> String {
    if what.trim().is_empty() {
        return String::new();
    }
    let shown = medicine::shown(what);
    let shown = if shown.is_empty() { "not recognised, not checked".to_owned() } else { shown };
    if hold_unknown { format!("{shown}; hold unknown") } else { shown }
}

/// The table of fields. Its name and ids stand in drafts: they never change.
pub fn definition() -> FormDef<P> {
    FormDef::new(PATIENT_FORM, 1)
        .section("Who", who())
        .section("Day", day())
        .section(
            "Allergies",
            vec![
                pick("allergies", "allergies", |v: &mut P, _| Slot::Pick(&mut v.allergies)).blank("nobody has asked"),
                rows("allergy_rows", "", |v: &mut P, _| Slot::Rows(&mut v.allergy_rows)),
            ],
        )
        .section(
            "Antithrombotics",
            vec![
                pick("antithrombotics", "antithrombotics", |v: &mut P, _| Slot::Pick(&mut v.antithrombotics))
                    .blank("nobody has asked"),
                rows("antithrombotic_rows", "", |v: &mut P, _| Slot::Rows(&mut v.antithrombotic_rows)),
            ],
        )
        .section(
            "Medicines",
            vec![
                pick("medications", "other medicines", |v: &mut P, _| Slot::Pick(&mut v.medications))
                    .blank("nobody has asked"),
                rows("medication_rows", "", |v: &mut P, _| Slot::Rows(&mut v.medication_rows)),
            ],
        )
        .rule("allergies", Level::Error, |v| contradicts(v.allergies, &v.allergy_rows))
        .rule("antithrombotics", Level::Error, |v| contradicts(v.antithrombotics, &v.antithrombotic_rows))
        .rule("medications", Level::Error, |v| contradicts(v.medications, &v.medication_rows))
        .rule("family", Level::Error, |v| {
            (v.family.trim().is_empty() && v.given.trim().is_empty()).then(|| "a patient needs a name".to_owned())
        })
        .rule("decides", Level::Warn, |v| {
            (v.capacity == Some(Capacity::Lacks) && v.decides.trim().is_empty()).then(|| "who decides?".to_owned())
        })
}

/// "None" above lines that say otherwise; "listed" above no line, which must never become a "none" that nobody said.
fn contradicts<L>(answer: Option<ListAnswer>, rows: &[ListRow<L>]) -> Option<String> {
    let has_lines = rows.iter().any(|row| !row.what.trim().is_empty());
    let why = match answer {
        Some(ListAnswer::NoneToday) if has_lines => {
            "none was answered, but lines stand below: take them out, or say listed"
        }
        Some(ListAnswer::ListedToday) if !has_lines => {
            "listed was answered, but no line stands below: add one, or say none"
        }
        _ => return None,
    };
    Some(why.to_owned())
}

fn who() -> Vec<Field<P>> {
    vec![
        line("family", "family name", |v: &mut P, _| Slot::Text(&mut v.family)),
        line("given", "given names", |v: &mut P, _| Slot::Text(&mut v.given)),
        date("birth_date", "birth date", DateSpec::Birth, |v: &mut P, _| Slot::Date(&mut v.birth_date)),
        pick("sex", "sex", |v: &mut P, _| Slot::Pick(&mut v.sex)),
        line("number", "record number", |v: &mut P, _| Slot::Text(&mut v.number)),
        line("phone", "phone", |v: &mut P, _| Slot::Text(&mut v.phone)),
    ]
}

fn day() -> Vec<Field<P>> {
    vec![
        line("language", "language", |v: &mut P, _| Slot::Text(&mut v.language)),
        pick("interpreter", "interpreter needed", |v: &mut P, _| Slot::Pick(&mut v.interpreter)),
        pick("capacity", "capacity", |v: &mut P, _| Slot::Pick(&mut v.capacity)),
        line("decides", "who decides", |v: &mut P, _| Slot::Text(&mut v.decides))
            .show(|v: &P| matches!(v.capacity, Some(Capacity::Lacks | Capacity::Supported))),
        pick("pregnancy", "pregnancy", |v: &mut P, _| Slot::Pick(&mut v.pregnancy)),
        pick("kidney", "kidney function", |v: &mut P, _| Slot::Pick(&mut v.kidney)),
        line("note", "to know today", |v: &mut P, _| Slot::Text(&mut v.note)),
    ]
}

/// A patient, new or known.
#[derive(Debug)]
pub struct PatientSubject {
    /// As the record has them; none for a new patient.
    pub file: Option<PatientFile>,
    /// The name a new patient was looked for by.
    pub typed: Option<String>,
}

impl PatientSubject {
    fn id(&self) -> Option<PatientId> {
        self.file.as_ref().map(|file| file.patient.id)
    }
}

/// A new patient from what was typed to find them: a name, a record number, or a birth date.
fn named(typed: &str) -> P {
    let mut draft = P::default();
    if typed.chars().any(char::is_alphabetic) && !typed.chars().any(|c| c.is_ascii_digit()) {
        (draft.family, draft.given) = split_name(typed);
    } else if !typed.contains(['.', '/']) {
        typed.trim().clone_into(&mut draft.number);
    }
    draft
}

impl FormScreen<PatientSubject> {
    /// Where the form holds another new patient who was begun before, a word about it.
    pub fn is_another(&self) -> Option<String> {
        let typed = self.subject().typed.as_deref()?;
        let (begun, wanted) = (self.value(), named(typed));
        let same = fold(&begun.family) == fold(&wanted.family) && fold(&begun.given) == fold(&wanted.given);
        let blank = *begun == P::default();
        (!same && !blank).then(|| {
            let begun = format!("{} {}", begun.given, begun.family);
            format!("{} was begun and is not complete: complete or clear this first, then {typed}", begun.trim())
        })
    }
}

/// A patient as a list of likely duplicates names them.
pub fn described(name: &PatientName) -> String {
    let birth = name.birth_date.map_or_else(|| "birth date ?".to_owned(), show_date);
    let number = name.number.as_ref().map(|number| format!(" · {number}")).unwrap_or_default();
    format!("{} · {birth}{number}", name.list_name())
}

impl Subject for PatientSubject {
    type Draft = P;

    fn definition(&self) -> FormDef<P> {
        definition()
    }

    fn start(&self) -> P {
        match (&self.file, &self.typed) {
            (Some(file), _) => P::of(file),
            (None, Some(typed)) => named(typed),
            (None, None) => P::default(),
        }
    }

    fn attune(&self, draft: &mut P) {
        if let Some(file) = &self.file {
            draft.follow(file);
        }
    }

    fn place(&self) -> Place {
        match (&self.file, &self.typed) {
            (None, Some(typed)) => Place::NewPatient(typed.clone()),
            _ => Place::Patient(self.id()),
        }
    }

    fn draft_key(&self) -> DraftKey {
        DraftKey::of(PATIENT_FORM, self.id().map_or_else(|| "new".to_owned(), |id| id.to_string()))
    }

    fn file(&self) -> Option<&PatientFile> {
        self.file.as_ref()
    }

    fn file_mut(&mut self) -> Option<&mut PatientFile> {
        self.file.as_mut()
    }

    fn heading(&self, _view: &View<'_>) -> Words<'static> {
        Words::new().bold(Role::Focus, if self.file.is_some() { "Patient" } else { "New patient" })
    }

    fn finish(&self, draft: &P, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let number = draft.number.trim();
        let number = (!number.is_empty()).then_some(number);
        let likely = env.patients.likely_same(&draft.family, &draft.given, draft.birth_date, number, self.id());
        if let Some(taken) = likely.iter().find(|name| number.is_some() && name.number.as_deref() == number) {
            return Err(("number", format!("this number belongs to {}", taken.list_name())));
        }
        let lines: Vec<String> = likely.iter().take(5).map(|name| described(name)).collect();
        let first = likely.first().map(|name| name.id);
        let (patient, facts) = draft.finish(self.file.as_ref(), env.ids, env.now);
        let is_new = self.file.is_none();
        let name = patient.list_name();
        let write = Write::PutPatient { patient, facts: Some(facts), is_new };
        let effects = vec![Effect::complete(write, self.draft_key()), Effect::Back];
        match first {
            Some(known) if is_new => Ok(vec![Effect::show(Modal::Choice(Choice {
                title: "Already known?".to_owned(),
                about: name,
                lines,
                options: vec![
                    Choose::new(
                        'o',
                        "open the one who is known",
                        vec![Effect::Back, Effect::Open(Place::Chart(known))],
                    ),
                    Choose::new('s', "somebody else: make a new patient", effects),
                ],
                enter: false,
            }))]),
            _ => Ok(effects),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_for_is_typed_ahead() {
        for (typed, family, given, number) in [
            ("okafor", "okafor", "", ""),
            ("Adaeze Okafor", "Okafor", "Adaeze", ""),
            ("Okafor, Adaeze", "Okafor", "Adaeze", ""),
            ("A-1042", "", "", "A-1042"),
            ("4711", "", "", "4711"),
            ("2.3.1972", "", "", ""),
        ] {
            let draft = named(typed);
            assert_eq!((draft.family.as_str(), draft.given.as_str(), draft.number.as_str()), (family, given, number));
        }
    }

    #[test]
    fn a_medicine_says_what_it_was_taken_for() {
        for (what, unknown, expected) in [
            ("Eliquis", false, "apixaban, anticoagulant by mouth"),
            ("a herb from home", true, "not recognised, not checked; hold unknown"),
            ("", true, ""),
        ] {
            assert_eq!(recognised(what, unknown), expected);
        }
    }

    #[test]
    fn none_and_listed_say_what_stands_below_them() {
        let nothing: [AllergyRow; 2] =
            [AllergyRow::default(), AllergyRow { what: " ".to_owned(), ..AllergyRow::default() }];
        let one = [AllergyRow { what: "penicillin".to_owned(), ..AllergyRow::default() }];
        for (answer, rows, is_refused) in [
            (None, &nothing[..], false),
            (None, &one[..], false),
            (Some(ListAnswer::AsBefore), &nothing[..], false),
            (Some(ListAnswer::NoneToday), &nothing[..], false),
            (Some(ListAnswer::NoneToday), &one[..], true),
            (Some(ListAnswer::ListedToday), &one[..], false),
            (Some(ListAnswer::ListedToday), &nothing[..], true),
        ] {
            assert_eq!(contradicts(answer, rows).is_some(), is_refused, "{answer:?}");
        }
    }

    #[test]
    fn the_table_is_sound() {
        assert_eq!(crate::form::check::all(definition), Vec::<String>::new());
    }
}
