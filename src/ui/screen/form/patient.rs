//! The patient: who it is, and what must be known before anything is done. Unknown, none and listed are three answers.

use super::Subject;
use crate::action::Write;
use crate::clinical::find::PatientName;
use crate::clinical::id::PatientId;
use crate::clinical::intake::{Allergies, Antithrombotics, ListRow, Medications, PatientDraft};
use crate::clinical::medicine;
use crate::clinical::patient::{Capacity, PatientFile};
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
        line("detail", "dose, how often", |v: &mut MedicineRow, _| Slot::Text(&mut v.detail))
            .width(18)
            .beside(|v| recognised(&v.what, false)),
    ];
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
    FormDef::new("patient", 1)
        .section("Who", who())
        .section("Day", day())
        .section(
            "Allergies",
            vec![
                pick("allergies", "allergies", |v: &mut P, _| Slot::Pick(&mut v.allergies))
                    .help("blank: nobody has asked"),
                rows("allergy_rows", "", |v: &mut P, _| Slot::Rows(&mut v.allergy_rows)),
            ],
        )
        .section(
            "Antithrombotics",
            vec![
                pick("antithrombotics", "antithrombotics", |v: &mut P, _| Slot::Pick(&mut v.antithrombotics))
                    .help("blank: nobody has asked"),
                rows("antithrombotic_rows", "", |v: &mut P, _| Slot::Rows(&mut v.antithrombotic_rows)),
            ],
        )
        .section(
            "Medicines",
            vec![
                pick("medications", "other medicines", |v: &mut P, _| Slot::Pick(&mut v.medications))
                    .help("blank: nobody has asked"),
                rows("medication_rows", "", |v: &mut P, _| Slot::Rows(&mut v.medication_rows)),
            ],
        )
        .rule("family", Level::Error, |v| {
            (v.family.trim().is_empty() && v.given.trim().is_empty()).then(|| "a patient needs a name".to_owned())
        })
        .rule("decides", Level::Warn, |v| {
            (v.capacity == Some(Capacity::Lacks) && v.decides.trim().is_empty()).then(|| "who decides?".to_owned())
        })
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
        pick("capacity", "decides", |v: &mut P, _| Slot::Pick(&mut v.capacity)),
        line("decides", "who decides", |v: &mut P, _| Slot::Text(&mut v.decides))
            .show(|v: &P| matches!(v.capacity, Some(Capacity::Lacks | Capacity::Supported))),
        pick("pregnancy", "pregnancy", |v: &mut P, _| Slot::Pick(&mut v.pregnancy)),
        pick("kidney", "kidney function", |v: &mut P, _| Slot::Pick(&mut v.kidney)),
        line("note", "the day must know", |v: &mut P, _| Slot::Text(&mut v.note)),
    ]
}

/// A patient, new or known.
#[derive(Debug)]
pub struct PatientSubject {
    /// As the record has them; none for a new patient.
    pub file: Option<PatientFile>,
}

impl PatientSubject {
    fn id(&self) -> Option<PatientId> {
        self.file.as_ref().map(|file| file.patient.id)
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
        self.file.as_ref().map(P::of).unwrap_or_default()
    }

    fn place(&self) -> Place {
        Place::Patient(self.id())
    }

    fn subject(&self) -> String {
        self.id().map_or_else(|| "new".to_owned(), |id| id.to_string())
    }

    fn file(&self) -> Option<&PatientFile> {
        self.file.as_ref()
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
        let form = "patient".to_owned();
        let effects = vec![Effect::write(write), Effect::DropDraft { form, subject: self.subject() }, Effect::Back];
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
    fn the_table_is_sound() {
        assert_eq!(crate::form::check::all(definition), Vec::<String>::new());
    }
}
