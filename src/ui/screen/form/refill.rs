//! A refill request: what is known stands on top, the answer is one letter. Answered, the request is done and the supply
//! reaches as far as was written.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Subject;
use crate::action::{Command, MedicineWrite, Write};
use crate::clinical::exposure::Exposure;
use crate::clinical::medicine::spelling;
use crate::clinical::models::MedicinesModel;
use crate::clinical::patient::{Medication, PatientFile};
use crate::clinical::sig;
use crate::clinical::supply::{Refill, RefillAnswer, Supply};
use crate::clinical::task::Task;
use crate::clinical::text::clean_line;
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;
use crate::form::build::{line, note, num, pick};
use crate::form::{FormDef, Level, NumSpec, Slot, Source};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::place::Place;
use crate::ui::theme::Role;
use crate::ui::widget::Words;

const DAYS: NumSpec = NumSpec { min: 1.0, max: 730.0, warn: (1.0, 100.0), unit: "days", decimals: 0 };

/// The answer to a refill request, as a form edits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RefillDraft {
    which: String,
    answer: Option<RefillAnswer>,
    days: Option<u16>,
    reason: String,
    /// What is known; not typed.
    #[serde(skip)]
    beside: Beside,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Beside {
    model: Option<MedicinesModel>,
    today: Option<NaiveDate>,
}

type R = RefillDraft;

/// The table of fields. Its name and ids stand in drafts: they never change.
pub fn definition() -> FormDef<R> {
    FormDef::new("refill", 1)
        .section(
            "Request",
            vec![
                line("which", "medicine", |v: &mut R, _| Slot::Text(&mut v.which))
                    .completes(|_| Some(Source::Medicine.into()))
                    .goes_on(),
                note("supply", "").beside(R::supply_words),
                note("pdmp", "").beside(R::monitoring_words),
                note("visit", "").beside(R::visit_words),
                note("mme", "").beside(R::figure_words),
            ],
        )
        .section(
            "Answer",
            vec![
                pick("answer", "answer", |v: &mut R, _| Slot::Pick(&mut v.answer)).required(),
                num("days", "for", &DAYS, |v: &mut R, _| Slot::Exact(&mut v.days))
                    .show(|v| matches!(v.answer, Some(RefillAnswer::AsIs | RefillAnswer::Bridge)))
                    .help("blank: as last time; to bridge, until the next visit"),
                line("reason", "because", |v: &mut R, _| Slot::Text(&mut v.reason)),
            ],
        )
        .rule("reason", Level::Error, |v| {
            (v.answer == Some(RefillAnswer::No) && v.reason.trim().is_empty()).then(|| "no wants a reason".to_owned())
        })
        .rule("days", Level::Error, |v| {
            let writes = matches!(v.answer, Some(RefillAnswer::AsIs | RefillAnswer::Bridge));
            (writes && v.lasts().is_none()).then(|| match v.answer {
                Some(RefillAnswer::Bridge) => "no next visit is booked: say for how many days".to_owned(),
                _ => "no earlier supply is known: say for how many days".to_owned(),
            })
        })
}

impl R {
    /// The medicine of the list that is asked for.
    fn medicine(&self) -> Option<&Medication> {
        let items = self.beside.model.as_ref()?.file.facts.medications.items();
        let typed = sig::read(&self.which);
        let same = |one: &&Medication| {
            let own = one.sig();
            let meant = own.meant();
            spelling(&own.name) == spelling(&typed.name)
                || typed.meant().iter().any(|name| meant.iter().any(|other| other.name == name.name))
        };
        items.iter().find(|one| one.line == self.which).or_else(|| items.iter().find(same))
    }

    /// For how many days is written: as typed, else as last time, or up to the next visit.
    fn lasts(&self) -> Option<u16> {
        let model = self.beside.model.as_ref()?;
        let own = || match self.answer? {
            RefillAnswer::AsIs => self.medicine()?.supply.as_ref().map(|supply| supply.days),
            RefillAnswer::Bridge => {
                let days = (model.next_visit? - self.beside.today?).num_days();
                u16::try_from(days).ok().filter(|days| (1..=730).contains(days))
            }
            RefillAnswer::NeedsVisit | RefillAnswer::No => None,
        };
        self.days.or_else(own)
    }

    fn supply_words(&self) -> String {
        let Some(one) = self.medicine() else { return "not on the list: nothing is known of a supply".to_owned() };
        let Some(supply) = &one.supply else { return format!("{}: no prescription recorded", one.line) };
        let who = supply.prescriber.as_ref().map(|who| format!(" by {who}")).unwrap_or_default();
        format!(
            "{}: written {}{who} for {} days, until {}; not before {}",
            one.line,
            show_date(supply.written),
            supply.days,
            show_date(supply.runs_out()),
            show_date(supply.earliest_fill())
        )
    }

    fn monitoring_words(&self) -> String {
        let Some(model) = &self.beside.model else { return String::new() };
        let pdmp = model
            .monitoring
            .last_pdmp()
            .map_or_else(|| "no PDMP recorded".to_owned(), |check| clean_line(&check.line()));
        let urine = model.monitoring.last_urine().map_or_else(
            || "no urine test read".to_owned(),
            |test| {
                let on = test.sample_date().map(show_date).unwrap_or_default();
                format!("urine test {on} {}", clean_line(&test.verdict()))
            },
        );
        format!("{pdmp} · {urine}")
    }

    fn visit_words(&self) -> String {
        let Some(model) = &self.beside.model else { return String::new() };
        model.next_visit.map_or_else(|| "no visit booked".to_owned(), |on| format!("next visit {}", show_date(on)))
    }

    fn figure_words(&self) -> String {
        let Some(model) = &self.beside.model else { return String::new() };
        Exposure::of(&model.file.facts.medications, &model.file.facts.opioid).headline()
    }
}

/// A refill request.
#[derive(Debug)]
pub struct RefillSubject {
    /// The request.
    pub task: Task,
    /// The patient's medicines.
    pub model: MedicinesModel,
    /// Today.
    pub today: NaiveDate,
}

impl Subject for RefillSubject {
    type Draft = R;

    fn definition(&self) -> FormDef<R> {
        definition()
    }

    fn start(&self) -> R {
        let mut draft = R { which: self.task.what.clone(), ..R::default() };
        self.attune(&mut draft);
        // A request that names no medicine of the list means the only one with a supply, where there is one.
        if draft.medicine().is_none() {
            let mut with_supply = self.model.file.facts.medications.items().iter().filter(|one| one.supply.is_some());
            if let (Some(only), None) = (with_supply.next(), with_supply.next()) {
                draft.which.clone_from(&only.line);
            }
        } else if let Some(one) = draft.medicine() {
            draft.which = one.line.clone();
        }
        draft
    }

    fn attune(&self, draft: &mut R) {
        draft.beside = Beside { model: Some(self.model.clone()), today: Some(self.today) };
    }

    fn place(&self) -> Place {
        Place::Task(self.task.id)
    }

    fn subject(&self) -> String {
        self.task.id.to_string()
    }

    fn file(&self) -> Option<&PatientFile> {
        Some(&self.model.file)
    }

    fn heading(&self, _view: &View<'_>) -> Words<'static> {
        Words::new().bold(Role::Focus, format!("Refill · {}", clean_line(&self.task.what)))
    }

    fn finish(&self, draft: &R, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let now = env.now.instant;
        let today = env.now.today();
        let answer = draft.answer.ok_or(("answer", "say how it is answered".to_owned()))?;
        let writes = matches!(answer, RefillAnswer::AsIs | RefillAnswer::Bridge);
        let days = draft.lasts().filter(|_| writes);
        let medicine = draft.medicine().zip(days).map(|(one, days)| {
            let again = one.supply.as_ref().map(|supply| supply.again(today));
            let fresh = || Supply { written: today, days, quantity: None, prescriber: None, earliest: None };
            let mut supply = again.unwrap_or_else(fresh);
            if supply.days != days {
                supply.quantity = None;
            }
            supply.days = days;
            Medication { supply: Some(supply), ..one.clone() }
        });
        let reason = clean_line(&draft.reason);
        let said = if reason.is_empty() { String::new() } else { format!(": {reason}") };
        let for_days = days.map(|days| format!(", {days} days")).unwrap_or_default();
        let task =
            Task { done_at: Some(now), result: format!("{}{for_days}{said}", answer.label()), ..self.task.clone() };
        let which = if clean_line(&draft.which).is_empty() { "not said".to_owned() } else { clean_line(&draft.which) };
        let refill = Refill {
            id: env.ids.next(now),
            task: task.id,
            patient: self.model.file.patient.id,
            medicine: which,
            answer,
            days,
            reason,
            on: today,
        };
        let write = MedicineWrite::Refill { task, refill, medicine };
        let drop = Effect::DropDraft { form: "refill".to_owned(), subject: self.subject() };
        Ok(vec![Effect::write(Write::Medicine(write)), drop, Effect::Back])
    }

    fn command(&mut self, command: Command, _draft: &R, _env: &mut Env<'_>) -> Option<Vec<Effect>> {
        (command == Command::Medicines)
            .then(|| vec![Effect::KeepDraft, Effect::Open(Place::Medicines(self.model.file.patient.id))])
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
