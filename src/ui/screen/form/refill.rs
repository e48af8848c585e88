//! A refill request: what is known stands on top, the answer is one letter. Answered, the request is done and the supply
//! reaches as far as was written.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Subject;
use crate::action::write::TaskChange;
use crate::action::{Command, MedicineWrite, Write};
use crate::clinical::draft::{DraftKey, REFILL_FORM};
use crate::clinical::exposure::Exposure;
use crate::clinical::figure::{self, Account};
use crate::clinical::medicine::{self, spelling};
use crate::clinical::models::MedicinesModel;
use crate::clinical::patient::{Medication, PatientFile};
use crate::clinical::sig;
use crate::clinical::supply::{Refill, RefillAnswer, Supply};
use crate::clinical::task::{Owner, Task, TaskKind};
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

/// The one medicine of a list whose name stands in a request: `refill oxycodone`, `wants more pregabalin by Friday`. None
/// where no name of the list stands in it, or more than one medicine is named.
fn asked_for<'a>(request: &str, list: &'a [Medication]) -> Option<&'a Medication> {
    let said: Vec<String> = spelling(request).split(' ').filter(|word| word.len() > 2).map(str::to_owned).collect();
    let meant: Vec<&str> =
        request.split_whitespace().flat_map(medicine::meant_by).map(|name| name.name.as_str()).collect();
    let is_named = |one: &&Medication| {
        let own = one.sig();
        let first = spelling(&own.name);
        own.meant().iter().any(|name| meant.contains(&name.name.as_str()))
            || first.split(' ').next().is_some_and(|word| said.iter().any(|other| other == word))
    };
    let mut named = list.iter().filter(is_named);
    named.next().filter(|_| named.next().is_none())
}

/// The table of fields. Its name and ids stand in drafts: they never change.
pub fn definition() -> FormDef<R> {
    FormDef::new(REFILL_FORM, 1)
        .section(
            "Request",
            vec![
                line("which", "medicine", |v: &mut R, _| Slot::Text(&mut v.which))
                    .completes(|_| Some(Source::Medicine.into()))
                    .goes_on(),
                note("supply", "").beside(R::supply_words),
                note("fill", "").beside(R::fill_words).show(|v| !v.fill_words().is_empty()),
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
                    .show(R::writes)
                    .blank("as last time; to bridge, until the next visit"),
                note("reaches", "").beside(R::reach_words).show(|v| !v.reach_words().is_empty()),
                line("reason", "because", |v: &mut R, _| Slot::Text(&mut v.reason)),
            ],
        )
        .rule("reason", Level::Error, |v| {
            (v.answer == Some(RefillAnswer::No) && v.reason.trim().is_empty()).then(|| "no wants a reason".to_owned())
        })
        .rule("days", Level::Error, |v| {
            (v.writes() && v.lasts().is_none()).then(|| match v.answer {
                Some(RefillAnswer::Bridge) if v.is_seen_today() => {
                    "the next visit is today: say for how many days".to_owned()
                }
                Some(RefillAnswer::Bridge) => "no next visit is booked: say for how many days".to_owned(),
                _ => "no earlier supply is known: say for how many days".to_owned(),
            })
        })
}

impl R {
    /// The medicine of the list that is asked for.
    fn medicine(&self) -> Option<&Medication> {
        let items = self.beside.model.as_ref()?.file.facts.medications.items();
        self.same_as_typed(items).or_else(|| asked_for(&self.which, items))
    }

    fn same_as_typed<'a>(&self, items: &'a [Medication]) -> Option<&'a Medication> {
        let typed = sig::read(&self.which);
        let same = |one: &&Medication| {
            let own = one.sig();
            let meant = own.meant();
            spelling(&own.name) == spelling(&typed.name)
                || typed.meant().iter().any(|name| meant.iter().any(|other| other.name == name.name))
        };
        items.iter().find(|one| one.line == self.which).or_else(|| items.iter().find(same))
    }

    /// Whether the answer is one with which something is prescribed.
    fn writes(&self) -> bool {
        matches!(self.answer, Some(RefillAnswer::AsIs | RefillAnswer::Bridge))
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

    /// Whether the next visit is one of today.
    fn is_seen_today(&self) -> bool {
        self.beside
            .today
            .is_some_and(|today| self.beside.model.as_ref().and_then(|model| model.next_visit) == Some(today))
    }

    fn supply_words(&self) -> String {
        let Some(one) = self.medicine() else { return "not on the list: nothing is known of a supply".to_owned() };
        let Some(supply) = &one.supply else { return format!("{}: no prescription recorded", one.line) };
        let who = supply.prescriber.as_ref().map(|who| format!(" by {who}")).unwrap_or_default();
        // The field above has the line, unless it was asked for in other words.
        let line = if one.line == self.which.trim() { String::new() } else { format!("{}: ", one.line) };
        format!(
            "{line}written {}{who} for {} days, runs out {}",
            show_date(supply.written),
            supply.days,
            show_date(supply.runs_out())
        )
    }

    /// How far it reaches: counted from today, because nobody knows what is left; asked for early, what should be left is said.
    fn reach_words(&self) -> String {
        let days = self.lasts().filter(|_| self.writes());
        let Some((today, days)) = self.beside.today.zip(days) else { return String::new() };
        let on = |day: Option<NaiveDate>| day.map(show_date).unwrap_or_default();
        let until = today.checked_add_days(chrono::Days::new(days.into()));
        let before = self.medicine().and_then(|one| one.supply.as_ref());
        let left = before.map_or(0, |supply| (supply.runs_out() - today).num_days());
        let left = match u64::try_from(left).unwrap_or(0) {
            0 => String::new(),
            left => {
                let further = on(until.and_then(|day| day.checked_add_days(chrono::Days::new(left))));
                format!("; with {left} days left of the last one it would reach {further}")
            }
        };
        format!("runs out {}{left}", on(until))
    }

    /// From when on it may be filled again, on a line of its own: at 80 columns it is not cut.
    fn fill_words(&self) -> String {
        let Some(supply) = self.medicine().and_then(|one| one.supply.as_ref()) else { return String::new() };
        let early = self.beside.today.map_or(0, |today| (supply.earliest_fill() - today).num_days());
        let early = match early {
            ..=0 => String::new(),
            1 => ", which is tomorrow".to_owned(),
            days => format!(", which is in {days} days"),
        };
        format!("not before {}{early}", show_date(supply.earliest_fill()))
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

    /// Every figure that stands on top, with what it rests on; none where none is known.
    fn why(&self) -> Option<String> {
        let facts = &self.beside.model.as_ref()?.file.facts;
        let mme = figure::mme(&Exposure::of(&facts.medications, &facts.opioid));
        let accounts: Vec<Account> = self.medicine().and_then(figure::supply).into_iter().chain(mme).collect();
        (!accounts.is_empty()).then(|| figure::pages(&accounts))
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
        // A request that names no medicine at all means the only one with a supply, where there is one.
        let names_one = || draft.which.split_whitespace().any(|word| !medicine::meant_by(word).is_empty());
        if draft.medicine().is_none() && !names_one() {
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

    fn draft_key(&self) -> DraftKey {
        DraftKey::of(REFILL_FORM, self.task.id)
    }

    fn file(&self) -> Option<&PatientFile> {
        Some(&self.model.file)
    }

    fn file_mut(&mut self) -> Option<&mut PatientFile> {
        Some(&mut self.model.file)
    }

    fn heading(&self, _view: &View<'_>) -> Words<'static> {
        Words::new().bold(Role::Focus, format!("Refill · {}", clean_line(&self.task.what)))
    }

    fn finish(&self, draft: &R, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let now = env.now.instant;
        let today = env.now.today();
        let answer = draft.answer.ok_or(("answer", "say how it is answered".to_owned()))?;
        let days = draft.lasts().filter(|_| draft.writes());
        let medicine = draft.medicine().zip(days).map(|(one, days)| {
            let again = one.supply.as_ref().map(|supply| supply.again(today));
            let fresh = || Supply { written: today, days, quantity: None, prescriber: None, earliest: None };
            let mut supply = again.unwrap_or_else(fresh);
            if supply.days != days {
                supply.quantity = None;
            }
            supply.days = days;
            // Whoever wrote the last one: this one is written here.
            supply.prescriber = None;
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
        let visit = self.visit_to_book(&refill, env);
        let write = Write::Medicine(MedicineWrite::Refill { task, refill, medicine });
        Ok(vec![Effect::complete(write.with(visit), self.draft_key()), Effect::Back])
    }

    fn why(&self, _field: &'static str, draft: &R) -> Option<String> {
        draft.why()
    }

    fn command(&mut self, command: Command, _draft: &R, _env: &mut Env<'_>) -> Option<Vec<Effect>> {
        (command == Command::Medicines)
            .then(|| vec![Effect::KeepDraft, Effect::Open(Place::Medicines(self.model.file.patient.id))])
    }
}

impl RefillSubject {
    /// What follows where a visit is needed and none is booked: somebody has to book it.
    fn visit_to_book(&self, refill: &Refill, env: &mut Env<'_>) -> Vec<Write> {
        if refill.answer != RefillAnswer::NeedsVisit || self.model.next_visit.is_some() {
            return Vec::new();
        }
        let now = env.now.instant;
        let task = Task {
            id: env.ids.next(now),
            kind: TaskKind::Task,
            what: format!("book a visit: refill of {}", refill.medicine),
            due: None,
            owner: Owner::Me,
            caught_at: now,
            ..self.task.clone()
        };
        vec![Write::PutTask { task, change: TaskChange::Caught }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::patient::Known;
    use crate::clinical::practice::Region;
    use crate::ui::screen::testing::World;

    fn opened(world: &mut World, next_visit: Option<NaiveDate>) -> RefillSubject {
        let mut file = world.patient("Okafor Adaeze 1972-03-02 F A-1007");
        let supply = Supply {
            written: world.now.today() - chrono::Days::new(20),
            days: 28,
            quantity: Some(56),
            prescriber: None,
            earliest: None,
        };
        let medicine =
            Medication { supply: Some(supply), ..Medication::new(world.id(), "oxycodone er 20 mg bid", None) };
        file.facts.medications = Known::Listed(vec![medicine], None);
        file.facts.opioid.region = Some(Region::Us);
        let task = world.task("oxycodone", TaskKind::Refill, Owner::Me, Some(&file));
        let model = MedicinesModel {
            file,
            stopped: Vec::new(),
            next_visit,
            function: None,
            plan: None,
            refills: Vec::new(),
            said: std::collections::BTreeMap::new(),
            monitoring: crate::clinical::monitoring::Monitoring::default(),
        };
        RefillSubject { task, model, today: world.now.today() }
    }

    #[test]
    fn a_visit_that_is_needed_is_booked_by_somebody_unless_one_is() {
        let mut world = World::at("2026-11-24T10:14");
        let today = world.now.today();
        for (next, answer, caught) in [
            (None, RefillAnswer::NeedsVisit, true),
            (Some(today + chrono::Days::new(9)), RefillAnswer::NeedsVisit, false),
            (None, RefillAnswer::AsIs, false),
        ] {
            let subject = opened(&mut world, next);
            let draft = R { answer: Some(answer), ..subject.start() };
            let effects = subject.finish(&draft, &mut world.env()).unwrap();
            let asked = format!("{effects:?}").contains("book a visit: refill of oxycodone er 20 mg bid");
            assert_eq!(asked, caught, "{answer:?} {next:?}");
        }
    }

    #[test]
    fn a_request_says_how_early_it_is_and_what_is_written_is_written_here() {
        let mut world = World::at("2026-11-24T10:14");
        let mut subject = opened(&mut world, None);
        for (written, said) in [
            (
                "2026-11-04",
                "written 4 Nov 2026 by Dr Reyes for 28 days, runs out 2 Dec 2026 · not before 2 Dec 2026, which is in 8 days",
            ),
            ("2026-10-28", "not before 25 Nov 2026, which is tomorrow"),
            ("2026-10-27", "not before 24 Nov 2026"),
            ("2026-10-20", "not before 17 Nov 2026"),
        ] {
            let Known::Listed(items, _) = &mut subject.model.file.facts.medications else { panic!() };
            let supply = items[0].supply.as_mut().unwrap();
            supply.written = written.parse().unwrap();
            supply.prescriber = Some("Dr Reyes".to_owned());
            let draft = R { answer: Some(RefillAnswer::AsIs), ..subject.start() };
            let (supply, fill) = (draft.supply_words(), draft.fill_words());
            assert!(format!("{supply} · {fill}").ends_with(said), "{written}: {supply} · {fill}");
            assert!(supply.len().max(fill.len()) < 76, "neither is cut at 80 columns: {supply}");
            let effects = subject.finish(&draft, &mut world.env()).unwrap();
            let [Effect::Write(write, _), Effect::Back] = effects.as_slice() else { panic!("{effects:?}") };
            let Write::Medicine(MedicineWrite::Refill { medicine: Some(kept), .. }) = &**write else {
                panic!("{write:?}")
            };
            let prescriber = kept.supply.as_ref().map(|supply| supply.prescriber.as_deref());
            assert_eq!(prescriber, Some(None), "whoever wrote the last one, this one is written here");
        }
    }

    #[test]
    fn a_request_in_ones_own_words_finds_the_medicine_of_the_list() {
        let mut world = World::at("2026-11-24T10:14");
        let mut subject = opened(&mut world, None);
        let new = |world: &mut World, line: &str| Medication::new(world.id(), line, None);
        let more = [new(&mut world, "pregabalin 75 mg 1-0-1"), new(&mut world, "Nonsuchone drops 10 at night")];
        let Known::Listed(items, _) = &mut subject.model.file.facts.medications else { panic!() };
        items.extend(more);
        for (request, line) in [
            ("refill oxycodone", "oxycodone er 20 mg bid"),
            ("Refill: OxyContin, please", "oxycodone er 20 mg bid"),
            ("wants more Lyrica by Friday", "pregabalin 75 mg 1-0-1"),
            ("refill nonsuchone", "Nonsuchone drops 10 at night"),
            ("refill oxycodone and pregabalin", "refill oxycodone and pregabalin"),
            ("refill morphine", "refill morphine"),
        ] {
            subject.task.what = request.to_owned();
            let draft = subject.start();
            assert_eq!(draft.which, line, "{request}");
            assert_eq!(draft.medicine().is_some(), line != request, "{request}");
        }
    }

    #[test]
    fn its_figures_say_why_and_a_bridge_to_today_says_what_is_wrong() {
        let mut world = World::at("2026-11-24T10:14");
        let today = world.now.today();
        let subject = opened(&mut world, Some(today));
        let mut draft = subject.start();
        let why = subject.why("answer", &draft).unwrap();
        for said in ["runs out on 2 Dec 2026", "MME 60", "oxycodone: 40 mg/day × 1.5 = 60", "CDC"] {
            assert!(why.contains(said), "{said}: {why}");
        }
        draft.answer = Some(RefillAnswer::Bridge);
        assert!(draft.lasts().is_none() && draft.is_seen_today());
    }

    #[test]
    fn the_table_is_sound() {
        assert_eq!(crate::form::check::all(definition), Vec::<String>::new());
    }

    #[test]
    fn what_should_be_left_of_the_last_supply_is_said_and_not_counted() {
        let mut world = World::at("2026-11-24T10:14");
        let subject = opened(&mut world, None);
        let said = |answer, days| R { answer, days, ..subject.start() }.reach_words();
        let left = "; with 8 days left of the last one it would reach";
        assert_eq!(said(Some(RefillAnswer::AsIs), None), format!("runs out 22 Dec 2026{left} 30 Dec 2026"));
        assert_eq!(said(Some(RefillAnswer::Bridge), Some(10)), format!("runs out 4 Dec 2026{left} 12 Dec 2026"));
        assert_eq!(said(Some(RefillAnswer::No), Some(10)), "");
        assert_eq!(said(None, None), "");
        let mut late = subject.start();
        late.answer = Some(RefillAnswer::AsIs);
        late.beside.today = world.now.today().checked_add_days(chrono::Days::new(8));
        assert_eq!(late.reach_words(), "runs out 30 Dec 2026");
    }
}
