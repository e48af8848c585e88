//! A medicine: one typed line with a live reading, the meter as it would move, and the prescription behind it.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::Subject;
use crate::action::medicine::SaidClass as Said;
use crate::action::{Command, MedicineWrite, Write};
use crate::clinical::caution::Caution;
use crate::clinical::draft::{DraftKey, MEDICINE_FORM};
use crate::clinical::exposure::Exposure;
use crate::clinical::facts::Severity;
use crate::clinical::figure;
use crate::clinical::id::MedicationId;
use crate::clinical::medicine_change::{MedicineChange, of_items, plan_follows, plan_stays};
use crate::clinical::medicine_draft::{Beside, MedicineDraft, Moved};
use crate::clinical::models::MedicinesModel;
use crate::clinical::monitoring::rule::OwnRule;
use crate::clinical::patient::{Medication, PatientFile};
use crate::clinical::plan::Plan;
use crate::clinical::text::clean_line;
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;
use crate::form::build::{date, line, note, num, pick};
use crate::form::{DateSpec, FormDef, Level, NumSpec, Slot, Source};
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::modal::prompt::Purpose;
use crate::ui::modal::reading::wrap;
use crate::ui::modal::{Modal, Prompt};
use crate::ui::place::Place;
use crate::ui::screen::medicines::meter;
use crate::ui::theme::Role;
use crate::ui::widget::pane::Pane;
use crate::ui::widget::{Canvas, Words, inset, row};

type M = MedicineDraft;

const PIECES: NumSpec = NumSpec { min: 1.0, max: 100_000.0, warn: (1.0, 1_000.0), unit: "pieces", decimals: 0 };
const DAYS: NumSpec = NumSpec { min: 1.0, max: 730.0, warn: (1.0, 100.0), unit: "days", decimals: 0 };

/// The table of fields. Its name and ids stand in drafts: they never change.
pub fn definition() -> FormDef<M> {
    FormDef::new(MEDICINE_FORM, 1)
        .section(
            "Medicine",
            vec![
                line("line", "medicine", |v: &mut M, _| Slot::Text(&mut v.line))
                    .completes(|_| Some(Source::Medicine.into()))
                    .goes_on()
                    .help("gabapentin 300 1-1-1 · oxycodone er 20 mg bid · fentanyl patch 25 mcg/h q72h"),
                note("meant", "").beside(M::meant).show(|v| !v.line.trim().is_empty()),
                note("reading", "").beside(M::reading).show(|v| !v.line.trim().is_empty()),
                pick("class", "its class", |v: &mut M, _| Slot::Pick(&mut v.class))
                    .show(M::asks_class)
                    .help("no table knows the name; asked once, then remembered"),
                note("what_if", "").beside(M::what_if).show(|v| !v.what_if().is_empty()),
                note("cautions", "").beside(M::new_cautions).show(|v| !v.new_cautions().is_empty()),
                line("reason", "what for", |v: &mut M, _| Slot::Text(&mut v.reason)),
                date("started", "since", DateSpec::Past, |v: &mut M, _| Slot::Date(&mut v.started)),
                date("last_day", "last day", DateSpec::Any, |v: &mut M, _| Slot::Date(&mut v.last_day))
                    .help("where it is given for a time only; blank: it goes on"),
            ],
        )
        .section(
            "Parts",
            vec![
                line("drug", "drug", |v: &mut M, _| Slot::Text(&mut v.parts.drug))
                    .completes(|_| Some(Source::Medicine.into()))
                    .help("line and parts say the same: what is typed in one stands in the other"),
                line("form", "form, way", |v: &mut M, _| Slot::Text(&mut v.parts.form))
                    .help("er · patch · sl · intrathecal; blank: at once, by mouth"),
                line("strength", "strength", |v: &mut M, _| Slot::Text(&mut v.parts.strength))
                    .help("20 mg · 25 mcg/h · 10 mg/5 ml · 10/325"),
                line("dose", "at a time", |v: &mut M, _| Slot::Text(&mut v.parts.dose))
                    .help("2 · 1-2 tabs · 2.5 ml; blank: one"),
                line("often", "how often", |v: &mut M, _| Slot::Text(&mut v.parts.often))
                    .help("1-0-1 · bid · q72h · q4h prn max 6/day"),
                line("how_many", "how many", |v: &mut M, _| Slot::Text(&mut v.parts.quantity))
                    .show(|v| !v.parts.quantity.is_empty())
                    .help("as the line says it; the prescription below says for how long"),
                line("rest", "else", |v: &mut M, _| Slot::Text(&mut v.parts.rest))
                    .show(says_more)
                    .help("what the line says beside its parts"),
            ],
        )
        .section(
            "Prescription",
            vec![
                date("written", "written", DateSpec::Past, |v: &mut M, _| Slot::Date(&mut v.written))
                    .help("blank with a quantity: today"),
                num("quantity", "quantity", &PIECES, |v: &mut M, _| Slot::Exact(&mut v.quantity)),
                num("days", "lasts", &DAYS, |v: &mut M, _| Slot::Exact(&mut v.days))
                    .blank("as the quantity says, taken at its most"),
                note("until", "").beside(until).show(M::has_supply),
                date("earliest", "not before", DateSpec::Any, |v: &mut M, _| Slot::Date(&mut v.earliest))
                    .help("the next fill; blank: when it runs out"),
                line("prescriber", "prescriber", |v: &mut M, _| Slot::Text(&mut v.prescriber)).blank("me"),
            ],
        )
        .rule("line", Level::Error, |v| v.line.trim().is_empty().then(|| "say which medicine".to_owned()))
        .rule("line", Level::Error, |v| v.sig().refused.first().cloned())
        .rule("last_day", Level::Error, |v| {
            v.ends_before_it_begins().then(|| "the last day lies before the first".to_owned())
        })
        .rule("class", Level::Warn, |v| {
            (v.asks_class() && v.class.is_none()).then(|| "without a class it is not checked".to_owned())
        })
        .rule("days", Level::Error, |v| {
            (v.has_supply() && v.lasts().is_none()).then(|| "say for how many days it lasts".to_owned())
        })
}

/// Whether the line says more than its parts and what it is for, which has a field of its own.
fn says_more(draft: &M) -> bool {
    let rest = draft.parts.rest.trim();
    !rest.is_empty() && rest != format!("for {}", draft.reason.trim())
}

fn until(draft: &M) -> String {
    let today = draft.beside.today.unwrap_or_default();
    match draft.supply(today) {
        Ok(Some(supply)) => {
            let from = if draft.written.is_none() {
                format!("written {}, ", show_date(supply.written))
            } else {
                String::new()
            };
            format!("{from}{} days, runs out {}", supply.days, show_date(supply.runs_out()))
        }
        Ok(None) | Err(_) => String::new(),
    }
}

/// The next version of the plan, where a piece of it speaks of a medicine that the list changes: no assessment is
/// answered by it, no visit booked.
pub fn plan_after(model: &MedicinesModel, before: &str, after: Option<&str>, env: &mut Env<'_>) -> Vec<Write> {
    let now = env.now;
    let next = model.plan.as_ref().and_then(|plan| plan_follows(plan, before, after, (env.ids, now)));
    let goals = model.file.facts.goals.clone();
    next.map(|plan| Write::SetPlan { plan, goals, answers: Vec::new(), booked: Vec::new() }).into_iter().collect()
}

/// What a plan that is set does to the list: doses that change, medicines that are stopped or begun. What the last version
/// said the same, and what is only proposed, does nothing. A medicine joins a list that nobody has asked for as one that was
/// not reviewed.
pub fn list_follows(file: &PatientFile, last: Option<&Plan>, plan: &Plan, env: &mut Env<'_>) -> Vec<Write> {
    let (now, on, patient) = (env.now.instant, env.now.today(), file.patient.id);
    let known = &file.facts.medications;
    let mut out = Vec::new();
    for change in of_items(last, &plan.items, known.items()) {
        out.push(Write::Medicine(match change {
            MedicineChange::Stop { medicine, line, reason } => {
                MedicineWrite::Stop { patient, medicine, line, on, reason }
            }
            MedicineChange::Change { medicine, before, line } => {
                let Some(old) = known.items().iter().find(|one| one.id == medicine) else { continue };
                let medicine = Medication { line, ..old.clone() };
                MedicineWrite::Put { patient, medicine, before: Some(before), class: None, on }
            }
            MedicineChange::Start(line) => {
                let medicine = Medication::new(env.ids.next(now), line, Some(on));
                MedicineWrite::Put { patient, medicine, before: None, class: None, on }
            }
        }));
    }
    out
}

/// The one question of an act: why, although this speaks against it. The draft stays until it is answered.
pub fn ask_why(file: &PatientFile, caution: &Caution, write: Write, draft: DraftKey) -> Vec<Effect> {
    let patient = file.patient.id;
    let purpose = Purpose::Caution { write: Box::new(write), patient, caution: caution.name.clone(), draft };
    let about = format!("{} · {}", file.patient.list_name(), caution.short);
    vec![Effect::KeepDraft, Effect::show(Modal::Prompt(Box::new(Prompt::new(purpose, about))))]
}

/// A medicine.
#[derive(Debug)]
pub struct MedicineSubject {
    model: MedicinesModel,
    medicine: Option<Medication>,
    today: NaiveDate,
    own: Vec<OwnRule>,
}

impl MedicineSubject {
    /// A medicine of the list, or a new one; none where it is not on the list any more. `own` are the physician's own
    /// clocks of monitoring.
    pub fn new(
        model: MedicinesModel,
        medicine: Option<MedicationId>,
        (today, own): (NaiveDate, Vec<OwnRule>),
    ) -> Option<Self> {
        let medicine = match medicine {
            None => None,
            Some(id) => Some(model.file.facts.medications.items().iter().find(|one| one.id == id)?.clone()),
        };
        Some(Self { model, medicine, today, own })
    }
}

impl Subject for MedicineSubject {
    type Draft = M;

    fn definition(&self) -> FormDef<M> {
        definition()
    }

    fn start(&self) -> M {
        let mut draft = self.medicine.as_ref().map(M::of).unwrap_or_default();
        draft.settle();
        self.attune(&mut draft);
        draft
    }

    fn attune(&self, draft: &mut M) {
        draft.stand_beside(Beside {
            model: Some(self.model.clone()),
            id: self.medicine.as_ref().map(|one| one.id),
            today: Some(self.today),
            own: self.own.clone(),
        });
    }

    fn settle(&self, draft: &mut M) {
        draft.settle();
    }

    fn place(&self) -> Place {
        let medicine = self.medicine.as_ref().map(|one| one.id);
        Place::Medicine { patient: self.model.file.patient.id, medicine }
    }

    fn draft_key(&self) -> DraftKey {
        let new = || format!("new:{}", self.model.file.patient.id);
        DraftKey::of(MEDICINE_FORM, self.medicine.as_ref().map_or_else(new, |one| one.id.to_string()))
    }

    fn file(&self) -> Option<&PatientFile> {
        Some(&self.model.file)
    }

    fn file_mut(&mut self) -> Option<&mut PatientFile> {
        Some(&mut self.model.file)
    }

    fn heading(&self, _view: &View<'_>) -> Words<'static> {
        let what = if self.medicine.is_some() { "Medicine" } else { "New medicine" };
        Words::new().bold(Role::Focus, what)
    }

    fn headline(&self, draft: &M) -> Option<String> {
        let sign = if reaches_a_mark(draft) { "⚠ " } else { "" };
        Some(draft.what_if()).filter(|words| !words.is_empty()).map(|words| format!("{sign}{words}"))
    }

    fn headline_role(&self, draft: &M) -> Role {
        if reaches_a_mark(draft) { Role::Wants } else { Role::Strong }
    }

    fn finish(&self, draft: &M, env: &mut Env<'_>) -> Result<Vec<Effect>, (&'static str, String)> {
        let now = env.now.instant;
        let today = env.now.today();
        let id = self.medicine.as_ref().map_or_else(|| env.ids.next(now), |one| one.id);
        draft.supply(today).map_err(|why| ("days", why))?;
        let mut medicine = draft.medicine(id, today);
        // A new one begins today, unless it is over already: then nobody said since when.
        let is_over = medicine.last_day.is_some_and(|last| last < today);
        if self.medicine.is_none() && medicine.started.is_none() && !is_over {
            medicine.started = Some(today);
        }
        let class = draft.class.filter(|_| draft.is_unrecognised()).map(|class| Said {
            id: env.ids.next(now),
            name: draft.sig().name,
            class: class.name().to_owned(),
        });
        let before = self.medicine.as_ref().map(|one| one.line.clone());
        let patient = self.model.file.patient.id;
        let with = match &before {
            Some(old) if *old != medicine.line => plan_after(&self.model, old, Some(&medicine.line), env),
            Some(_) | None => Vec::new(),
        };
        let write = MedicineWrite::Put { patient, medicine, before, class, on: today };
        let write = Write::Medicine(write).with(with);
        let told = self.model.file.facts.opioid.told_on(today);
        let moved = draft.moved();
        let asked = moved.as_ref().and_then(|moved| moved.then.strip.question(&moved.now.strip, &told));
        if let Some(caution) = asked {
            return Ok(ask_why(&self.model.file, caution, write, self.draft_key()));
        }
        let changed = self.medicine.as_ref().filter(|one| one.line != clean_line(&draft.line));
        let said = changed.and_then(|one| plan_stays(self.model.plan.as_ref()?, &one.line));
        let said = said.map(|words| Effect::Say(format!("kept; {words}")));
        Ok([Effect::complete(write, self.draft_key()), Effect::Back].into_iter().chain(said).collect())
    }

    fn has_beside(&self) -> bool {
        true
    }

    fn beside(&self, draft: &M, canvas: &mut Canvas<'_>, area: Rect, _view: &View<'_>) {
        let Some(Moved { then, region, .. }) = draft.moved() else { return };
        let (then, strip) = (&then.exposure, &then.strip);
        let title = then.headline();
        let inside = inset(Pane { name: &title, ..Pane::default() }.paint(canvas, area), 1, 1);
        meter::paint(then, region, canvas, row(inside, 0));
        let mut lines: Vec<(Role, String)> = Vec::new();
        for drug in &then.drugs {
            match (&drug.mme, &drug.not) {
                (Some(mme), _) => {
                    lines.push((Role::Text, format!("{} {}", drug.name, crate::clinical::exposure::show(*mme))));
                }
                (None, Some(why)) => lines.push((Role::Wants, format!("{}: cannot compute, {why}", drug.name))),
                (None, None) => lines.push((Role::Second, format!("{}: not reckoned here", drug.name))),
            }
        }
        lines.extend(then.without_marks(region).map(|why| (Role::Second, why)));
        let grave = |one: &Caution| if one.severity >= Severity::High { Role::Danger } else { Role::Wants };
        lines.extend(strip.cautions.iter().chain(&strip.absent).map(|one| (grave(one), one.short.clone())));
        lines.extend(strip.not_checked().map(|not| (Role::Wants, not)));
        let wide = usize::from(inside.width.max(1));
        let wrapped =
            lines.into_iter().flat_map(|(role, line)| wrap(&line, wide).into_iter().map(move |line| (role, line)));
        for (down, (role, line)) in (1..inside.height).zip(wrapped) {
            canvas.text(row(inside, down), role, &line);
        }
    }

    fn command(&mut self, command: Command, _draft: &M, _env: &mut Env<'_>) -> Option<Vec<Effect>> {
        // The list lies underneath.
        (command == Command::Medicines).then(|| vec![Effect::KeepDraft, Effect::Back])
    }

    fn why(&self, _field: &'static str, draft: &M) -> Option<String> {
        let then = draft.moved()?.then;
        let mme = figure::mme(&then.exposure);
        let mut pages = vec![mme.map_or_else(|| clean_line(&then.exposure.headline()), |mme| mme.page())];
        pages.push(then.strip.page());
        // The prescription as it is typed, where it can be read.
        let id = self.medicine.as_ref().map_or_else(|| uuid::Uuid::nil().into(), |one| one.id);
        pages.extend(figure::supply(&draft.medicine(id, self.today)).map(|supply| supply.page()));
        Some(pages.join("\n\n"))
    }
}

/// Whether the dose as it is typed reaches a mark that the doses of the record do not.
fn reaches_a_mark(draft: &M) -> bool {
    let Some(Moved { now, then, region, .. }) = draft.moved() else { return false };
    let reached = |exposure: &Exposure| exposure.marks(region).into_iter().filter(|mark| mark.reached).count();
    reached(&then.exposure) > reached(&now.exposure)
}

#[cfg(test)]
mod tests;
